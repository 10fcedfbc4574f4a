"""An indicator that does not say which type its values have takes no baseline and no target: the
pages say so before anybody types one."""

from __future__ import annotations

import html as entities
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from agenda.models import Goal, Indicator, Measure, Target
from tests.factories_agenda import GoalFactory, IndicatorFactory, MeasureFactory

pytestmark = pytest.mark.django_db
HOME = "/beheer/agenda/mag-3/1/"
WORDS = "zegt niet welke soort waarde hij heeft"


@pytest.fixture
def goal() -> Goal:
    made: Goal = GoalFactory.create(theme__version__agenda__slug="mag-3")
    return made


@pytest.fixture
def untyped() -> Indicator:
    made: Indicator = IndicatorFactory.create(undecided=True, name="Bijstand")
    return made


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def read(desk: Client, address: str, typed: dict[str, Any] | None = None) -> str:
    page = desk.get(address) if typed is None else desk.post(address, typed)
    return entities.unescape(page.content.decode())


def test_who_chooses_an_indicator_reads_what_an_unknown_type_means(
    desk: Client, goal: Goal, untyped: Indicator
) -> None:
    page = read(desk, f"{HOME}meting/nieuw/?doel={goal.pk}")
    assert "Bijstand (soort waarde nog onbekend)" in page
    assert "dan kunt u nog geen nulmeting of streefwaarde invullen" in page
    found = read(
        desk, f"{HOME}doel/{goal.pk}/meetbaar/", {"stap": "zoek", "indicator-zoek": "Bijstand"}
    )
    assert "Soort waarde nog onbekend: een nulmeting of streefwaarde kan pas" in found


def test_a_measure_says_that_it_takes_no_target_yet(
    desk: Client, goal: Goal, untyped: Indicator
) -> None:
    measure = MeasureFactory.create(goal=goal, theme=None, indicator=untyped)
    passport = f'href="/beheer/indicatoren/{untyped.slug}/paspoort/"'
    for address in (HOME, f"{HOME}doel/{goal.pk}/meetbaar/"):
        page = read(desk, address)
        assert WORDS in page
        assert passport in page
    assert f"streefwaarde/nieuw/?meting={measure.pk}" not in read(desk, HOME)
    Indicator.objects.update(value_type="count")
    page = read(desk, HOME)
    assert WORDS not in page
    assert f"streefwaarde/nieuw/?meting={measure.pk}" in page
    assert WORDS not in read(desk, f"{HOME}doel/{goal.pk}/meetbaar/")


def test_the_form_of_a_target_says_it_before_and_after_saving(
    desk: Client, goal: Goal, untyped: Indicator
) -> None:
    measure: Measure = MeasureFactory.create(goal=goal, theme=None, indicator=untyped)
    address = f"{HOME}streefwaarde/nieuw/?meting={measure.pk}"
    assert f"de indicator ‘Bijstand’ {WORDS}" in read(desk, address)
    typed = {"kind": "baseline", "period": "2025", "value_text": "40"}
    page = read(desk, address, typed)
    assert "Kies dat eerst in het paspoort van de indicator. Vul daarna de waarde in." in page
    assert not Target.objects.exists()
