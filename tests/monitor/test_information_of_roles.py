"""What each role needs to know, which indicator tells it, and what is missing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Change, User
from agenda.constants import IndicatorLevel
from agenda.models import Indicator
from monitor.information.reading import pictures
from monitor.models import InformationNeed
from reporting.models import Report
from tests.factories_agenda import (
    GoalFactory,
    IndicatorFactory,
    MeasureFactory,
    ObservationFactory,
    ThemeFactory,
)
from tests.factories_inquiries import InformationNeedFactory
from tests.factories_monitor import SteeringFactory
from tests.factories_reporting import KPIResultFactory

pytestmark = pytest.mark.django_db
DESK = "/beheer/informatie/"


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def text_of(answer: Any) -> str:
    html: str = answer.content.decode()
    return html


def typed(**changes: Any) -> dict[str, Any]:
    return {"role": "bestuurder", "need": "hoe het gaat", "used_for": "kiezen", **changes}


def measured() -> Indicator:
    """An indicator with a value, which measures a public goal."""
    value = ObservationFactory.create(indicator__level=IndicatorLevel.POPULATION)
    theme = ThemeFactory.create(version__adopted=True)
    goal = GoalFactory.create(theme=theme, label="Meedoen")
    MeasureFactory.create(indicator=value.indicator, theme=None, goal=goal)
    return value.indicator


def test_what_partners_report_on_an_indicator_is_there(client: Client) -> None:
    result = KPIResultFactory.create()
    need = InformationNeedFactory.create(role="uitvoerder", indicator=result.kpi.indicator)
    (state,) = [row["state"] for role in pictures() for row in role.needs]
    assert state == "empty", "the report was not accepted"
    Report.objects.filter(pk=result.round.report_id).update(status="accepted")
    (told,) = [row for role in pictures() for row in role.needs]
    assert (told["pk"], told["state"]) == (need.pk, "present")


def test_an_officer_writes_what_a_role_needs_and_which_indicator_tells_it(desk: Client) -> None:
    indicator = measured()
    sent = typed(indicator=indicator.pk, registered="het zaaksysteem")
    assert desk.post(f"{DESK}nieuw/", sent).status_code == 302
    page = text_of(Client().get("/informatie/bestuurder/"))
    for words in (
        *("Hoe het gaat", "Kiezen", indicator.name, "de gemeente als geheel"),
        *("Meedoen", "Vastgelegd in: het zaaksysteem"),
    ):
        assert words in page
    assert Change.objects.get().action == "added"


def test_what_nothing_tells_is_a_gap_and_what_has_no_value_says_so(client: Client) -> None:
    InformationNeedFactory.create()
    InformationNeedFactory.create(indicator=IndicatorFactory.create(performance=True))
    page = text_of(client.get("/informatie/manager/"))
    assert "Hier is nog geen indicator voor." in page
    assert "Er is nog geen cijfer." in page
    row = next(each for each in client.get("/informatie/").context["pictures"] if each.needs)
    assert (row.present, row.missing) == (0, 2)


def test_an_indicator_that_is_not_public_is_not_named(client: Client) -> None:
    indicator = IndicatorFactory.create(level=IndicatorLevel.POPULATION, name="Geheim cijfer")
    InformationNeedFactory.create(indicator=indicator)
    page = text_of(client.get("/informatie/manager/"))
    assert "Geheim cijfer" not in page
    assert "Een indicator die nog niet openbaar is." in page


def test_who_does_the_work_is_told_of_partners_only(desk: Client) -> None:
    indicator = measured()
    answer = desk.post(f"{DESK}nieuw/", typed(role="uitvoerder", indicator=indicator.pk))
    assert "Deze indicator gaat over de hele gemeente." in text_of(answer)
    assert not InformationNeed.objects.exists()


def test_a_role_reads_which_pieces_were_agreed_for_it(client: Client) -> None:
    SteeringFactory.create(level="council", who="raadscommissie", decides="Stelt doelen bij.")
    assert "Stelt doelen bij." in text_of(client.get("/informatie/bestuurder/"))
    assert "Stelt doelen bij." not in text_of(client.get("/informatie/manager/"))


def test_a_role_that_is_not_there(client: Client) -> None:
    assert client.get("/informatie/keizer/").status_code == 404


@pytest.mark.parametrize("field", ["role", "need", "used_for"])
def test_what_for_and_for_whom_is_asked(desk: Client, field: str) -> None:
    answer = desk.post(f"{DESK}nieuw/", typed(**{field: ""}))
    assert field in answer.context["form"].errors


def test_a_second_click_adds_nothing_and_of_two_writers_both_texts_show(desk: Client) -> None:
    assert desk.post(f"{DESK}nieuw/", typed()).status_code == 302
    assert "Dit staat er al bij deze rol" in text_of(desk.post(f"{DESK}nieuw/", typed()))
    row = InformationNeed.objects.get()
    assert desk.post(f"{DESK}{row.pk}/", typed(used_for="sturen", revision=1)).status_code == 302
    other = desk.post(f"{DESK}{row.pk}/", typed(used_for="leren", revision=1))
    assert "Nu staat er: ‘sturen’" in text_of(other)


def test_what_is_needed_no_more_is_taken_out_after_asking(desk: Client) -> None:
    row = InformationNeedFactory.create()
    assert "Dit weghalen?" in text_of(desk.get(f"{DESK}{row.pk}/weghalen/"))
    assert desk.post(f"{DESK}{row.pk}/weghalen/").status_code == 302
    assert not InformationNeed.objects.exists()
    assert Change.objects.get().action == "removed"


@pytest.mark.parametrize("page", ["/informatie/", "/informatie/manager/", DESK])
def test_a_page_costs_the_same_at_one_and_at_many(desk: Client, page: str) -> None:
    def more() -> int:
        InformationNeedFactory.create(indicator=measured())
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(page).status_code == 200
        return len(asked)

    counts = [more(), more(), more()]
    assert counts[0] == counts[1] == counts[2]
