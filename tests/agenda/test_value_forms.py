"""One value in its form: one clear word about what is wrong with it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from agenda.models import Indicator, Observation
from tests.factories_agenda import IndicatorFactory, MeasureFactory, ObservationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator() -> Indicator:
    made: Indicator = IndicatorFactory.create(slug="dakloos", counts_people=False)
    return made


@pytest.fixture
def desk(client: Client, officer: User, indicator: Indicator) -> Client:
    client.force_login(officer)
    return client


def sent(desk: Client, pk: int | None = None, **typed: str) -> Any:
    held = {"period": "2024", "certainty": "final", "value_number": "12", "revision": "1"}
    page = f"/beheer/indicatoren/dakloos/meetwaarden/{pk or 'nieuw'}/"
    return desk.post(page, held | typed)


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 200
    return {name: list(told) for name, told in answer.context["form"].errors.items()}


@pytest.mark.parametrize("typed", ["twaalf", "12%", "", "-1"])
def test_a_wrong_value_is_told_once_and_at_its_field(desk: Client, typed: str) -> None:
    found = errors(sent(desk, value_number=typed))
    assert list(found) == ["value"]
    assert len(found["value"]) == 1
    assert not Observation.objects.exists()


def test_a_wrong_value_over_a_good_one_is_told_once(desk: Client, indicator: Indicator) -> None:
    row = ObservationFactory.create(indicator=indicator)
    assert list(errors(sent(desk, row.pk, value_number="twaalf"))) == ["value"]


def test_a_wrong_target_is_told_once_and_at_its_field(desk: Client) -> None:
    measure = MeasureFactory.create()
    assert measure.theme is not None
    version = measure.theme.version
    page = f"/beheer/agenda/{version.agenda.slug}/{version.number}/streefwaarde/nieuw/"
    typed = {"kind": "target", "period": "2026", "value_number": "twaalf"}
    found = errors(desk.post(f"{page}?meting={measure.pk}", typed))
    assert list(found) == ["value"]
    assert len(found["value"]) == 1


def test_a_value_was_not_fetched_tomorrow(desk: Client) -> None:
    today = timezone.localdate()
    tomorrow = today + datetime.timedelta(days=1)
    found = errors(sent(desk, retrieved_on=tomorrow.isoformat()))
    words = "Deze dag is nog niet geweest. Vul in wanneer u dit ophaalde."
    assert found == {"retrieved_on": [words]}
    assert sent(desk, retrieved_on=today.isoformat()).status_code == 302


@pytest.mark.parametrize("certainty", ["provisional", "final"])
def test_a_year_that_is_not_there_yet_has_no_value_and_one_that_runs_may(
    desk: Client, certainty: str
) -> None:
    """Inhabitants are counted on the first of January: that value is final in the year itself."""
    year = timezone.localdate().year
    found = errors(sent(desk, period=str(year + 1), certainty=certainty))
    assert list(found) == ["period"]
    assert f"{year + 1} is nog niet begonnen" in found["period"][0]
    assert sent(desk, period=str(year), certainty=certainty).status_code == 302


def test_that_there_is_no_value_yet_may_be_said_of_any_year(desk: Client) -> None:
    year = str(timezone.localdate().year + 1)
    answer = sent(desk, value_number="", value_absence="not_yet", period=year)
    assert answer.status_code == 302


def test_the_table_refuses_a_year_that_is_not_there_yet_too(desk: Client) -> None:
    year = timezone.localdate().year + 1
    answer = desk.post(
        f"/beheer/indicatoren/dakloos/meetwaarden/?van={year}&tot={year}",
        {"status": "provisional", f"w0-0-{year}": "12", f"was-w0-0-{year}": ""},
    )
    (cell,) = answer.context["grid"].errors
    assert "is nog niet begonnen" in cell.error
    assert not Observation.objects.exists()
