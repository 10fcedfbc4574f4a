"""What a form would post: what it shows now, with the cells that say something else laid over it.

So a form gets what a person would send who changed these fields on the screen and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from agenda.sheets.columns import Column, Posted
from agenda.sheets.names import Blocked, Names
from core.uploaded_tables.reading import Problem, Row


def as_posted(form: forms.BaseForm) -> QueryDict:
    """What the browser sends when ``form``, which is not bound, is opened and saved as it is."""
    data = QueryDict(mutable=True)
    for bound in form:
        value, widget = bound.value(), cast(Any, bound.field.widget)
        if isinstance(widget, forms.MultiWidget):
            names: list[str] = widget.widgets_names  # type: ignore[attr-defined]
            parts: list[Any] = value if isinstance(value, list) else widget.decompress(value) or []
            for suffix, part in zip(names, parts, strict=True):
                data[bound.html_name + suffix] = "" if part is None else str(part)
        elif isinstance(widget, forms.CheckboxInput):
            if value:
                data[bound.html_name] = "on"
        elif isinstance(value, list | tuple):
            data.setlist(bound.html_name, [str(each) for each in value])
        elif value is not None:
            data[bound.html_name] = str(value)
    return data


def lay_over(data: QueryDict, posted: Posted) -> None:
    """Put ``posted`` over what is in ``data``; None takes a field out."""
    for name, value in posted.items():
        if value is None:
            data.pop(name, None)
        elif isinstance(value, list):
            data.setlist(name, value)
        else:
            data[name] = value


def lay_cells(
    data: QueryDict, row: Row, columns: Iterable[Column], names: Names
) -> tuple[list[Problem], bool]:
    """Put the cells of ``row`` in ``columns`` over ``data``.

    What is wrong with them, and whether one refers to a row that is still to come.
    """
    problems, waits = [], False
    for column in columns:
        try:
            lay_over(data, column.read(row.texts[column.heading], names))
        except ValidationError as error:
            problems += [row.problem(column.heading, text) for text in error.messages]
        except Blocked:
            waits = True
    return problems, waits


def field_problems(
    form: forms.BaseForm, row: Row, columns: Iterable[Column], told: Iterable[Problem]
) -> list[Problem]:
    """What is wrong with each cell by itself, where nothing was ``told`` of it: for a row of which
    another cell cannot be read, or waits, so that its form cannot judge them together."""
    places, problems = {problem.place for problem in told}, []
    for column in columns:
        field = form.fields.get(column.field)
        if field is None or row.place(column.heading) in places:
            continue
        name = form.add_prefix(column.field)
        try:
            field.clean(field.widget.value_from_datadict(form.data, form.files, name))
        except ValidationError as error:
            problems += [_at_cell(row, column.heading, text) for text in error.messages]
    return problems


def _at_cell(row: Row, heading: str, text: str) -> Problem:
    """At the cell; at the row, with its heading, where the file has no such column."""
    return row.problem(heading, text if heading in row.columns else f"{heading}: {text}")


def form_problems(form: forms.BaseForm, row: Row, columns: Sequence[Column]) -> list[Problem]:
    """What ``form`` finds wrong, each at its cell."""
    headings: Mapping[str, str] = {column.field: column.heading for column in columns}
    problems = []
    for name, errors in form.errors.items():
        heading = headings.get(name, "")
        for text in errors:
            if not heading and name in form.fields:
                text = f"{form.fields[name].label}: {text}"
            told = str(text)
            problems.append(_at_cell(row, heading, told) if heading else row.problem("", told))
    return problems
