"""Choosing an indicator: under its subject or its theme, in one query, however many there are."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms

from agenda.choosing import IndicatorField
from agenda.edit_forms import MeasureForm
from agenda.models import Indicator
from agenda.surveying.forms import QuestionForm
from contracts.forms.kpi import KPIForm
from core.choosing import SearchSelect
from monitor.information.forms import NeedForm
from tests.factories_agenda import AgendaVersionFactory, IndicatorFactory, MeasureFactory

pytestmark = pytest.mark.django_db


class Choice(forms.Form):
    indicator = IndicatorField(empty_label="kies een indicator")


def offered() -> list[tuple[str, list[str]]]:
    held: list[Any] = list(Choice().fields["indicator"].choices)  # type: ignore[attr-defined]
    assert held[0] == ("", "kies een indicator")
    return [(heading, [str(label) for _key, label in rows]) for heading, rows in held[1:]]


def test_an_indicator_stands_under_its_subject_else_under_the_theme_that_it_measures() -> None:
    IndicatorFactory.create(name="Wachttijd", subject="Wonen", value_type="count")
    adopted = AgendaVersionFactory.create(adopted=True)
    measured = IndicatorFactory.create(name="Bijstand", subject="", value_type="")
    MeasureFactory.create(indicator=measured, theme__version=adopted, theme__name="Werken")
    IndicatorFactory.create(name="Nergens", subject="", performance=True, value_type="count")
    assert offered() == [
        ("Werken", ["Bijstand (soort waarde nog onbekend)"]),
        ("Wonen", ["Wachttijd (aantal)"]),
        ("Over de prestatie van één partner", ["Nergens (aantal)"]),
    ]


def test_the_theme_of_an_agenda_in_the_making_is_not_told() -> None:
    row = IndicatorFactory.create(name="Bijstand", subject="")
    MeasureFactory.create(indicator=row, theme__version__status="draft", theme__name="Geheim")
    assert [heading for heading, _rows in offered()] == ["Over de gemeente als geheel"]


@pytest.mark.parametrize("number", [2, 30])
def test_the_choices_take_one_query(number: int, django_assert_num_queries: Any) -> None:
    IndicatorFactory.create_batch(number)
    with django_assert_num_queries(1):
        text = str(Choice())
    assert text.count("<option") == number + 1


def test_what_was_chosen_stays() -> None:
    row = IndicatorFactory.create()
    form = Choice({"indicator": str(row.pk)})
    assert f'<option value="{row.pk}" selected>' in str(form)
    assert form.is_valid()
    assert form.cleaned_data["indicator"] == row


@pytest.mark.parametrize("wrong", ["0", "9" * 30, "x", ""])
def test_a_row_that_is_not_offered_is_refused(wrong: str) -> None:
    assert not Choice({"indicator": wrong}).is_valid()


@pytest.mark.parametrize("form", [MeasureForm, QuestionForm, KPIForm, NeedForm])
def test_every_form_that_asks_for_an_indicator_offers_to_search(form: Any) -> None:
    field = form.base_fields["indicator"]
    assert isinstance(field, IndicatorField)
    widget: Any = field.widget
    assert isinstance(widget, SearchSelect)
    assert Indicator in {held.model for held in [field.queryset] if held is not None}
