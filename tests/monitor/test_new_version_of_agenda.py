"""A goal is the same goal in a new version of its agenda: results, verdicts and picture go on."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from accounts.models import User
from agenda.actions import amend, submit_for_consultation
from agenda.models import AgendaVersion, Goal
from monitor.actions import open_edition
from monitor.constants import MonitorKind
from monitor.history import verdict_history
from monitor.models import Judgement
from monitor.reports import ground_of, results_in
from tests.agenda.adopting import adopt
from tests.factories_agenda import AgendaVersionFactory, GoalFactory, ThemeFactory
from tests.factories_monitor import JudgementFactory, MonitorFactory
from tests.monitor.reported import accepted

pytestmark = pytest.mark.django_db


@pytest.fixture
def goal() -> Goal:
    version = AgendaVersionFactory.create(
        agenda__slug="mag", agenda__short_name="MAG", agenda__year=2016, adopted=True
    )
    theme = ThemeFactory.create(version=version)
    return GoalFactory.create(theme=theme, label="Huizen", slug="huizen")


@pytest.fixture
def second(goal: Goal, officer: User) -> AgendaVersion:
    version, _is_made = amend(goal.theme.version, "Motie 12", user=officer)
    submit_for_consultation(version, user=officer)
    day = datetime.date(2019, 3, 1)
    adopt(version, officer, day)
    return version


def test_what_partners_report_on_a_goal_counts_in_the_new_version(
    goal: Goal, second: AgendaVersion, officer: User
) -> None:
    accepted(goal)
    edition = open_edition(year=2019, kind=MonitorKind.ANNUAL, version=second, user=officer)
    (new,) = goal.copies.all()
    found = results_in(edition.monitor, [new.pk], ground_of(edition.monitor))[new.pk]
    assert (found.accepted, found.expected, len(found.outcomes)) == (1, 1, 1)


def test_the_verdict_of_the_former_version_is_the_one_before(
    goal: Goal, second: AgendaVersion, officer: User
) -> None:
    earlier = MonitorFactory.create(year=2018, agenda_version=goal.theme.version)
    JudgementFactory.create(monitor=earlier, goal=goal, verdict="good", offered=True)
    (new,) = goal.copies.all()
    assert [row["verdict"] for row in verdict_history(new)] == ["good"]
    edition = open_edition(year=2019, kind=MonitorKind.ANNUAL, version=second, user=officer)
    judgement = Judgement.objects.get(monitor=edition.monitor, goal=new)
    assert judgement.previous == "good"


def test_the_picture_tells_versions_of_one_agenda_from_agendas(
    client: Client, goal: Goal, second: AgendaVersion
) -> None:
    html = client.get("/agenda/opvolging/").content.decode()
    assert "Van één doel in versie 1 van MAG naar één doel in versie 2" in html
    assert "MAG: van versie 1 naar versie 2" in html
    assert html.count("data-lineage") == 1
