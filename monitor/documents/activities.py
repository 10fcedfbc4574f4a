"""What partners did, as the chapters of themes and of partners show it."""

from __future__ import annotations

from monitor.documents.words import Content


def with_counted(rows: list[Content]) -> Content:
    """Activities, and whether any of them has a figure: without, no column is kept for them."""
    return {"rows": rows, "counted": any(row["figures"] for row in rows)}


def activity(row: Content) -> Content:
    return {**row, "figures": [_figure(held) for held in row["figures"]]}


def _figure(figure: Content) -> Content:
    """``50 deelnemers`` and what they took part in, without saying the unit twice."""
    unit, label = figure["unit"] if figure["present"] else "", figure["label"]
    if unit and label.lower().startswith(unit.lower()):
        unit, label = label[:1].lower() + label[1:], ""
    return {**figure, "words": unit, "about": label}
