"""The passports that a workbook brings: new ones are made, those that are there are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from accounts.models import User
from agenda.actions.passports import create_indicator
from agenda.models import AgendaVersion, Indicator
from agenda.passport_forms import IndicatorForm
from agenda.sheets.layouts import (
    INDICATOR_COLUMNS,
    KEY,
    UNKNOWN_KEY,
    indicator_key,
    indicators_of,
)
from agenda.sheets.names import Names
from agenda.sheets.posting import as_posted, field_problems, form_problems, lay_cells
from core.uploaded_tables.reading import Problem, Row, folded

PASSPORT = (
    "Deze indicator is er al, en zijn paspoort zegt hier iets anders. Wijzig het op de bladzijde "
    "van de indicator, of maak een nieuwe rij met een andere naam en zonder kenmerk."
)
DOUBLE = "Deze indicator staat al in een rij hierboven. Haal er één weg."


@dataclass
class Passports:
    """What entering passports came to: the rows of which one was made, with its name, and how many
    say what is there."""

    problems: list[Problem] = field(default_factory=list)
    made: list[tuple[Row, str]] = field(default_factory=list)
    unchanged: int = 0


def enter_passports(
    rows: Sequence[Row], version: AgendaVersion, names: Names, *, user: User
) -> Passports:
    """Two queries for all passports that are there; more for each that is made."""
    known = {indicator_key(each): each for each in indicators_of(version)}
    called = Indicator.objects.in_bulk(
        {pk for row in rows for pk in names.indicators_called(row.texts["Naam"])}
    )
    found = Passports()
    for row in rows:
        key = row.texts.get(KEY, "").strip().casefold()
        there = names.indicators_called(row.texts["Naam"])
        if not key and not there:
            wrong, name = _make(row, names, user)
            found.made += [] if wrong else [(row, name)]
        elif held := known.get(key) if key else called.get(there[0]):
            wrong = _compared(row, held, names)
            found.unchanged += not wrong
        else:
            # Made by a row above, or a key of something else.
            wrong = [row.problem("Naam", DOUBLE) if not key else row.problem(KEY, UNKNOWN_KEY)]
        found.problems += wrong
    return found


def _compared(row: Row, held: Indicator, names: Names) -> list[Problem]:
    return [
        row.problem(column.heading, PASSPORT)
        for column in INDICATOR_COLUMNS
        if row.texts.get(column.heading)
        and folded(column.plain(row.texts[column.heading])) != folded(column.text(held, names))
    ]


def _make(row: Row, names: Names, user: User) -> tuple[list[Problem], str]:
    columns = [column for column in INDICATOR_COLUMNS if row.texts.get(column.heading)]
    data = as_posted(IndicatorForm())
    problems, _ = lay_cells(data, row, columns, names)
    form = IndicatorForm(data)
    if problems:
        return [*problems, *field_problems(form, row, INDICATOR_COLUMNS, problems)], ""
    if not form.is_valid():
        return form_problems(form, row, INDICATOR_COLUMNS), ""
    made = create_indicator(form, user=user)
    names.add_indicator(made)
    return [], made.name
