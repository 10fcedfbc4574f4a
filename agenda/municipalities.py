"""Municipalities side by side, to learn from and not to rank: by name, with what they are like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from agenda.models import Municipality
from agenda.story import Story, cite, provenance
from core.tables import CellValue

NUMBERS = ("inwoners", "dorpen en kernen", "teams", "inwoners per team")
OWN = "eigen opgave"  # what names no source was told by the municipality itself
HEADER = ("gemeente", *NUMBERS, "peildatum", "bijzonderheden", "bron")


def per_team(row: Municipality) -> int | None:
    """Inhabitants a team, rounded to hundreds as the numbers that it is made of are."""
    if not row.inhabitants or not row.teams:
        return None
    return round(row.inhabitants / row.teams / 100) * 100


def story(row: Municipality) -> Story:
    """A municipality as plain data; needs ``source`` selected."""
    numbers = (row.inhabitants, row.places, row.teams, per_team(row))
    return {
        "pk": row.pk,
        "name": row.name,
        "cells": [
            {"label": label.capitalize(), "number": number}
            for label, number in zip(NUMBERS, numbers, strict=True)
        ],
        "measured": row.measured,
        "note": row.note,
        "source": provenance(row),
    }


def table_rows(rows: Iterable[Municipality]) -> Iterator[list[CellValue]]:
    """The same for a spreadsheet."""
    for told in map(story, rows):
        numbers = [cell["number"] for cell in told["cells"]]
        yield [told["name"], *numbers, told["measured"], told["note"], cite(told["source"]) or OWN]
