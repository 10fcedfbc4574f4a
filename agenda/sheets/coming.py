"""Which names a workbook itself brings: what a row refers to may still come."""

from __future__ import annotations

from agenda.sheets.layouts import GOALS, INDICATORS, TASKS, THEMES
from agenda.sheets.names import Names
from core.uploaded_tables.reading import Tables, folded


def expect(names: Names, tables: Tables) -> None:
    """Tell ``names`` what ``tables`` bring, and of which kinds a name or a sheet was not read."""
    coming = names.coming
    for kind, sheet, headings in (
        ("thema", THEMES.name, THEMES.by),
        ("doel", GOALS.name, GOALS.by),
        ("opdracht", TASKS.name, TASKS.by),
        ("indicator", INDICATORS, ("Naam",)),
    ):
        unread = any(tables.is_unread(row, *headings) for row in tables.rows.get(sheet, []))
        if unread or sheet in tables.formless:
            names.unread.add(kind)
    for row in tables.rows.get(THEMES.name, []):
        name, above = row.texts["Naam"], row.texts.get("Valt onder", "")
        coming["thema"] |= {folded(name), folded(f"{above} › {name}")}
    for row in tables.rows.get(GOALS.name, []):
        coming["doel"].add(folded(f"{row.texts['Thema']} {row.texts['Nummer']}"))
    for row in tables.rows.get(TASKS.name, []):
        coming["opdracht"].add(folded(row.texts["Nummer"]))
    for row in tables.rows.get(INDICATORS, []):
        coming["indicator"].add(folded(row.texts["Naam"]))
