"""What else is wrong with rows of a workbook that cannot be entered: one round tells it all.

Nothing is written here, and nothing is told that may be right once the row itself is mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from agenda.aims import period_fault
from agenda.constants import TargetKind
from agenda.models import (
    AgendaVersion,
    Indicator,
    Measure,
    check_bounds,
    check_people,
    check_value_type,
)
from agenda.sheets.columns import Column
from agenda.sheets.layouts import MEASURES, Sheet
from agenda.sheets.names import Blocked, Names
from agenda.sheets.posting import as_posted, field_problems, form_problems, lay_cells
from agenda.sheets.targets import TargetCell, target_cells
from core.periods import Period
from core.uploaded_tables.reading import Problem, Row
from core.values import InvalidValue, Value

MOST_LOOKED_AT = 300  # rows of one file that cannot be entered: each asks some queries


def cells_by_themselves(sheet: Sheet, rows: Iterable[Row], names: Names) -> Iterator[Problem]:
    """Of rows of which it is not known what they are about: which cells say nothing."""
    for row in rows:
        filled = _filled(sheet.all_columns, row)
        yield from lay_cells(QueryDict(mutable=True), row, filled, names)[0]


def further_problems(
    sheet: Sheet,
    row: Row,
    changed: Sequence[Column],
    held: Any,
    version: AgendaVersion,
    names: Names,
    headings: Sequence[str],
) -> list[Problem]:
    """What is wrong with the cells of ``row``, which stands under a row that is not there, or of
    which a cell in ``changed`` cannot be read. Where it is not known to what it belongs, each cell
    is judged by itself."""
    own = [column for column in changed if column.heading not in sheet.under]
    form = sheet.form(instance=copy(held), version=version)
    data = as_posted(form)
    wrong: list[Problem] = []
    waiting, refers = [], False
    for column in own:
        found, waits = lay_cells(data, row, [column], names)
        refers = refers or ((waits or bool(found)) and column.names_rows)
        wrong += found
        waiting += [row.problem(column.heading, "")] if waits else []
    if sheet.finish is not None:
        sheet.finish(data)
    form = sheet.form(data, instance=copy(held), version=version)
    told = [*wrong, *waiting]
    if refers or (held is None and sheet.parent is not None):
        rest = field_problems(form, row, sheet.columns, told)
    else:
        places = {problem.place for problem in told}
        together = form_problems(form, row, sheet.columns)
        rest = [problem for problem in together if problem.place not in places]
    later = lay_cells(QueryDict(mutable=True), row, _filled(sheet.later, row), names)[0]
    found = [*wrong, *rest, *later]
    if sheet is MEASURES:
        years = version.agenda.period
        found += _targets(None if held is None else held.pk, row, years, names, headings)
    return found


def _filled(columns: Iterable[Column], row: Row) -> list[Column]:
    return [column for column in columns if row.texts.get(column.heading)]


def _targets(
    pk: int | None, row: Row, years: Period | None, names: Names, headings: Sequence[str]
) -> list[Problem]:
    """What is wrong with the baseline and targets of a measure that is not entered, or is there
    under ``pk``; of an unknown indicator nothing but their years."""
    try:
        indicator = Indicator.objects.get(pk=names.indicator(row.texts.get("Indicator", "")))
    except (Blocked, ValidationError):
        indicator = None
    problems: list[Problem] = []
    measure = Measure(pk=pk)
    if indicator is not None:
        measure.indicator = indicator
    cells = list(target_cells(measure, row, headings, problems))
    told = [(cell.kind.value, cell.period) for cell in cells if cell.after]
    for cell in cells:
        if not cell.is_gone and cell.differs:
            faults = _faults(cell, indicator, years, told)
            problems += [row.problem(cell.heading, text) for text in faults]
    return problems


def _faults(
    cell: TargetCell,
    indicator: Indicator | None,
    years: Period | None,
    others: list[tuple[str, Period]],
) -> Iterator[str]:
    fault = period_fault(cell.kind, cell.period, years, others)
    if fault:
        yield fault
    if indicator is None:
        return
    try:
        check_value_type(cell.value_type, indicator)
        value = Value.parse(cell.value_type, cell.after)
        check_bounds(value, indicator)
        if cell.kind == TargetKind.BASELINE:
            check_people(value, indicator)
    except ValidationError as error:
        yield from error.messages
    except InvalidValue as error:
        yield str(error)
