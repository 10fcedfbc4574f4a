"""On its page a goal says what measures it, from where to where, by whom; or why nothing does."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agenda.constants import TargetKind
from agenda.models import Goal
from monitor.payload import build_payload
from tests.factories_agenda import GoalFactory, MeasureFactory, ObservationFactory, TargetFactory
from tests.factories_monitor import JudgementFactory
from tests.monitor.editions_in_test import published_snapshot
from tests.monitor.payload_fixture import payload

pytestmark = pytest.mark.django_db
WHY = "Oorzaak en gevolg zijn hier niet te scheiden."


@pytest.fixture
def goal() -> Goal:
    made: Goal = GoalFactory.create(label="Doe mee", theme__version__adopted=True)
    return made


def page(client: Client, goal: Goal) -> str:
    agenda = goal.theme.version.agenda.slug
    return client.get(reverse("agenda_goal", args=[agenda, goal.slug])).content.decode()


def measured(goal: Goal) -> None:
    measure = MeasureFactory.create(
        goal=goal, theme=None, text="Inwoners die meedoen", indicator__measured_by="de GGD"
    )
    TargetFactory.create(measure=measure, kind=TargetKind.BASELINE, period="2016", number=40)
    TargetFactory.create(measure=measure, period="2020", number=100)
    ObservationFactory.create(indicator=measure.indicator, period="2018", number=55)


def cells(html: str) -> str:
    return " ".join(html.split("Metingen met")[1].split("</table>")[0].split())


def test_m20_baseline_last_value_and_target_stand_side_by_side(client: Client, goal: Goal) -> None:
    measured(goal)
    table = cells(page(client, goal))
    for words in ("Nulmeting", "Streefwaarde", ">40<", "55 (2018)", ">100<"):
        assert words in table


def test_e11_who_measured_stands_with_the_measure(client: Client, goal: Goal) -> None:
    measured(goal)
    assert "Gemeten door de GGD" in cells(page(client, goal))


def test_a_column_that_would_be_empty_is_left_out(client: Client, goal: Goal) -> None:
    MeasureFactory.create(goal=goal, theme=None)
    table = cells(page(client, goal))
    assert "Nulmeting" not in table
    assert "Streefwaarde" not in table
    assert "nog geen waarde" in table


def test_a14_a_goal_that_is_a_direction_says_why(client: Client, goal: Goal) -> None:
    Goal.objects.filter(pk=goal.pk).update(direction_reason=WHY)
    assert f"<b>Dit doel is een richting.</b> {WHY}" in page(client, goal)
    version = goal.theme.version
    address = reverse("agenda_version", args=[version.agenda.slug, version.number])
    assert f"<b>Richting:</b> {WHY}" in client.get(address).content.decode()


def test_a14_an_edition_keeps_why_a_goal_is_a_direction(goal: Goal) -> None:
    Goal.objects.filter(pk=goal.pk).update(direction_reason=WHY)
    goal.refresh_from_db()
    monitor = JudgementFactory.create(monitor__agenda_version=goal.theme.version, goal=goal).monitor
    [held] = build_payload(monitor, version=1)["goals"]
    assert held["direction_reason"] == WHY


def test_an_edition_shows_baseline_target_and_direction(client: Client) -> None:
    content: Any = payload()
    held = content["goals"][0]
    shown = {"display": "40", "label": "2016", "period": "2016", "present": True}
    held["measures"][0] |= {"baselines": [shown], "measured_by": "GGD"}
    held["direction_reason"] = WHY
    published_snapshot(content=content)
    html = client.get("/monitor/2018/doel/wonen-1/").content.decode()
    assert "Nulmeting" in cells(html)
    assert WHY in html
