"""One row out of many: a list with headings, that becomes a field to search in with a script."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator


class SearchSelect(forms.Select):
    """A list that ``static/js/choose.js`` makes searchable; without the script it is a list."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-choose": "", **(attrs or {})})


class _UnderHeadings(ModelChoiceIterator[Any]):
    """The choices of a ``RowField``. The rows come sorted by their heading. One query."""

    field: RowField

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for heading, rows in groupby(self.queryset.all(), self.field.heading):
            yield (heading, [self.choice(row) for row in rows])


class RowField(forms.ModelChoiceField[Any]):
    """One row of a long list. A subclass says under which ``heading`` a row stands."""

    widget = SearchSelect
    iterator = _UnderHeadings

    def heading(self, row: Any) -> str:
        raise NotImplementedError
