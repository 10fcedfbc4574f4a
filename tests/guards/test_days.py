"""Every day that a form asks for lies in the years that this application is about."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.urls import get_resolver

from core.edits import RevisedForm
from core.forms import DayField, TextForm

OURS = ("accounts.", "agenda.", "contracts.", "core.", "monitor.", "reporting.")


def _forms(kind: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for form in kind.__subclasses__():
        if form.__module__.startswith(OURS):
            yield form
        yield from _forms(form)


def test_a_form_asks_for_a_day_with_a_field_that_knows_its_bounds() -> None:
    assert get_resolver().url_patterns  # every form module is imported by the pages that use it
    found = {
        form for form in _forms(forms.BaseForm) if not issubclass(form, RevisedForm | TextForm)
    }
    days = {
        (form.__qualname__, name): field
        for form in found
        for name, field in form.base_fields.items()  # type: ignore[attr-defined] # of any form
        if isinstance(field, forms.DateField)
    }
    assert days
    loose = [name for name, field in days.items() if not isinstance(field, DayField)]
    assert not loose, f"use core.forms.DayField: {loose}"


def test_a_form_over_a_row_refuses_a_day_that_nobody_means() -> None:
    from monitor.steering_forms import ArrangementForm

    form = ArrangementForm({"since": "9999-12-31"})
    assert form.errors["since"] == ["Kies een dag van 1990 tot en met 2100."]
