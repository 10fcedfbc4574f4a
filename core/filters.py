"""What every form above a list shares."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, ClassVar

import django_filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout, Submit
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.folding import fold


def filter_helper(label: str = "Toon") -> FormHelper:
    """A GET form without a token: the address holds the choice, and can be sent to somebody."""
    helper = FormHelper()
    helper.form_method = "get"
    helper.form_class = "filters"
    helper.disable_csrf = True
    helper.attrs = {"role": "search"}
    # Every filter may be left open: the fields do not say so one by one.
    helper.all_optional = True
    helper.add_input(Submit("", label, css_class="btn-line"))
    return helper


def folded(fields: list[str], *, is_open: bool) -> tuple[HTML | str, ...]:
    """Fields of a filter behind "Meer keuzes", for those that are not asked for each time."""
    state = " open" if is_open else ""
    head = f'<details class="more"{state}><summary>Meer keuzes</summary><div class="filters-more">'
    return HTML(head), *fields, HTML("</div></details>")


class ListFilter(django_filters.FilterSet):  # type: ignore[misc] # the package ships no types
    """A filter set whose form stands above its list.

    ``first``: the filters that are seen at once, where showing all would hide the list behind them.
    """

    button = "Toon"
    first: ClassVar[tuple[str, ...]] = ()

    class Meta:
        fields: list[str] = []

    @property
    def form(self) -> forms.Form:
        form: forms.Form = super().form
        form.helper = helper = filter_helper(self.button)  # type: ignore[attr-defined] # read by crispy
        if self.first:
            rest = [name for name in form.fields if name not in self.first]
            chosen = any(form.data.get(name) for name in rest)
            helper.layout = Layout(*self.first, *folded(rest, is_open=chosen))
        return form


class WordFilter(django_filters.CharFilter):  # type: ignore[misc] # the package ships no types
    """Rows that hold every typed word somewhere in ``fields``, whatever capitals and accents.

    A field may lead to more rows, such as the points of a talk: the words may stand in different
    ones. The texts are compared here, the same on every database, so this is for lists of at most
    some thousands of rows. One query, and none when nothing was typed.
    """

    def __init__(self, label: str, fields: tuple[str, ...]) -> None:
        super().__init__(label=label, max_length=100)
        self.fields = fields

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        words = re.findall(r"\w+", fold(value or ""))
        if not words:
            # A word of signs alone stands in no text; nothing typed asks for everything.
            return qs.none() if value else qs
        texts: defaultdict[Any, set[str]] = defaultdict(set)
        for pk, *parts in qs.order_by().values_list("pk", *self.fields):
            texts[pk].update(filter(None, parts))
        found = [
            pk
            for pk, parts in texts.items()
            if all(word in fold(" ".join(parts)) for word in words)
        ]
        return qs.filter(pk__in=found)


def refused_choice(request: HttpRequest, form: forms.BaseForm) -> HttpResponse:
    """The answer (400) where a file was asked with a choice that does not exist, field by field."""
    problems = [(form[name].label, errors) for name, errors in form.errors.items()]
    return render(request, "core/bad_choice.html", {"problems": problems}, status=400)


def whole_number(text: str | None) -> int | None:
    """A number that an address or form names, such as a row; ``None`` for anything else."""
    held = text or ""
    return int(held) if held.isascii() and held.isdigit() and len(held) < 18 else None


def is_chosen(found: django_filters.FilterSet) -> bool:
    """Whether the reader chose anything that the list could follow; a refused choice is none."""
    return bool(found.form.is_valid() and any(found.form.cleaned_data.values()))
