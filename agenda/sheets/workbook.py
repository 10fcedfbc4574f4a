"""The workbook of an agenda to fill in: empty, or with what stands in a version now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from agenda.models import AgendaVersion, Measure
from agenda.sheets.columns import Column, value_cell
from agenda.sheets.layouts import (
    EXAMPLE,
    INDICATOR_COLUMNS,
    INDICATOR_EXAMPLE,
    INDICATOR_INTRO,
    INDICATORS,
    KEY,
    SHEETS,
    Sheet,
    indicator_key,
    indicators_of,
)
from agenda.sheets.names import Names
from agenda.sheets.targets import target_heading
from core.periods import LAST_YEAR, Period
from core.sheets import SheetContent, book_bytes
from core.tables import CellValue

EXPLANATION = "Uitleg"
KEY_WIDTH = 18
YEARS = 4  # with a column for a target, when an agenda does not say for which years it is
EXPLAINED = (
    ("Vul in", "Schrijf op elk blad een rij per onderdeel. Een cel mag leeg blijven waar niets te "
     "zeggen is."),
    (KEY, "Staat hier iets, dan is de rij al in de agenda: wijzig het kenmerk niet. Bij een nieuwe "
     "rij blijft het leeg."),
    ("Voorbeeld", f"Een rij die begint met ‘{EXAMPLE}’ telt niet mee. U mag haar laten staan."),
    ("Verwijzen", "Een doel noemt zijn thema bij naam. Een ander doel heet ‘naam van het thema, "
     "spatie, nummer’, zoals ‘Meedoen 1’."),
    ("Waarden", "Een getal (12,5), een percentage (76%), een deel (3 van 4), een reeks (10 tot 20) "
     "of waarom er geen waarde is (‘niet gemeten’)."),
    ("Jaren", "Voor een ander jaar maakt u op het blad Metingen een kolom ‘Streefwaarde 2030’ of "
     "‘Nulmeting 2025’."),
    ("Wat niet kan", "Samengevoegde cellen, formules, en verborgen rijen, kolommen of bladen. "
     "Andere koppen of bladen kennen wij niet."),
    ("Bladen", "Een blad dat u niet gebruikt, mag u weghalen: van die onderdelen verandert niets."),
    ("Inlezen", "U ziet eerst wat er zou veranderen. Pas als u dat bevestigt, staat het in de "
     "agenda: alles, of niets."),
)  # fmt: skip


def agenda_book(version: AgendaVersion, *, filled: bool) -> bytes:
    """The workbook; ``filled`` with what ``version`` says. Eighteen queries at most."""
    names = Names(version)
    told: list[tuple[str, str]] = [*EXPLAINED]
    told += [(sheet.name, sheet.intro) for sheet in SHEETS]
    told.append((INDICATORS, INDICATOR_INTRO))
    title = f"Sjabloon voor {version.agenda.name}, versie {version.number}"
    contents = [
        SheetContent(EXPLANATION, (), [(title, None), (None, None), *told], (24, 100), wraps=True)
    ]
    for sheet in SHEETS:
        if sheet.word == "meting":
            contents.append(_indicators(version, names, filled=filled))
        contents.append(_sheet(sheet, version, names, filled=filled))
    return book_bytes(contents)


def _sheet(sheet: Sheet, version: AgendaVersion, names: Names, *, filled: bool) -> SheetContent:
    held = list(sheet.rows(version)) if filled else []
    columns = sheet.all_columns
    targets = _target_headings(version, held) if sheet.word == "meting" else []
    rows = [
        [sheet.key(row), *(column.show(row, names) for column in columns), *_targets(row, targets)]
        for row in held
    ]
    return _content(
        sheet.name,
        columns,
        rows,
        example=sheet.example,
        more=targets,
    )


def _content(
    name: str,
    columns: Sequence[Column],
    rows: list[list[CellValue]],
    *,
    example: Sequence[CellValue],
    more: Sequence[str] = (),
) -> SheetContent:
    return SheetContent(
        name,
        [KEY, *(column.heading for column in columns), *more],
        rows,
        [KEY_WIDTH, *(column.width for column in columns), *([18] * len(more))],
        choices={n: column.options for n, column in enumerate(columns, 1) if column.options},
        hints={n: column.hint for n, column in enumerate(columns, 1) if column.hint},
        examples=[] if rows else [[EXAMPLE, *example]],
        wraps=True,
    )


def _indicators(version: AgendaVersion, names: Names, *, filled: bool) -> SheetContent:
    held = indicators_of(version) if filled else ()
    rows: list[list[CellValue]] = [
        [indicator_key(row), *(column.show(row, names) for column in INDICATOR_COLUMNS)]
        for row in held
    ]
    return _content(INDICATORS, INDICATOR_COLUMNS, rows, example=INDICATOR_EXAMPLE)


def _target_headings(version: AgendaVersion, measures: Sequence[Any]) -> list[str]:
    """A baseline and a target for each year of the agenda, and for every period that has one."""
    period = version.agenda.period
    first = period.year if period else version.agenda.year
    last = period.until or period.year if period else first + YEARS - 1
    wanted = {("baseline", Period(max(first - 1, 1990)))}
    wanted |= {("target", Period(year)) for year in range(first, min(last, LAST_YEAR) + 1)}
    wanted |= {(target.kind, target.period) for row in measures for target in row.targets.all()}
    return [target_heading(kind, each) for kind, each in sorted(wanted)]


def _targets(row: Any, headings: Sequence[str]) -> Iterator[CellValue]:
    if not isinstance(row, Measure):
        return
    held = {target_heading(each.kind, each.period): each.value for each in row.targets.all()}
    for heading in headings:
        yield value_cell(held[heading]) if heading in held else None


def state_of(version: AgendaVersion) -> str:
    """A hash of all that a workbook of ``version`` holds: it changes when that does."""
    names = Names(version)
    told: list[Any] = [version.status]
    for sheet in SHEETS:
        for row in sheet.rows(version):
            told.append([sheet.key(row), sheet.texts(row, names)])
            if isinstance(row, Measure):
                told.append(
                    sorted(
                        [each.kind, each.period.code, each.value.typed()]
                        for each in row.targets.all()
                    )
                )
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
