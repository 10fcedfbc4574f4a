"""The reports that an edition stands on: what is accepted now, and from adoption on what was."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.constants import Role
from accounts.models import User
from agenda.constants import SuccessionKind
from agenda.models import AgendaVersion, Goal, GoalSuccession
from monitor.actions import adopt, mark_judged, open_edition, publish
from monitor.constants import MonitorKind
from monitor.models import Judgement, Monitor
from monitor.reports import ground_of, results_in
from monitor.snapshots import read
from reporting.constants import ReportStatus
from tests.factories import UserFactory
from tests.factories_agenda import AgendaVersionFactory, GoalFactory, ThemeFactory
from tests.factories_monitor import MonitorFactory
from tests.monitor.making import agenda, draft, judge_all, judged
from tests.monitor.reported import accept, accepted, came_in, kpi_of, move, owed

pytestmark = pytest.mark.django_db

DESK = "/beheer/monitor/2019/doel/doel-0/"


@pytest.fixture
def version(db: None) -> AgendaVersion:
    return agenda(goals=2)


@pytest.fixture
def goal(version: AgendaVersion) -> Goal:
    return Goal.objects.get(slug="doel-0", theme__version=version)


def results(monitor: Monitor, goal: Goal) -> tuple[int, int, list[bool | None]]:
    found = results_in(monitor, [goal.pk], ground_of(monitor))[goal.pk]
    return found.accepted, found.expected, [row.result.achieved for row in found.outcomes]


# -- what counts -----------------------------------------------------------------------------------
def test_only_accepted_reports_count_and_the_others_are_counted(
    version: AgendaVersion, goal: Goal, officer: User
) -> None:
    accepted(goal, achieved=False)
    kpi = kpi_of(goal, partner="Het Web")
    came_in(owed(kpi), kpi)
    owed(kpi_of(goal, partner="De Kern"))
    assert results(draft(version, officer), goal) == (1, 3, [False])


def test_a_report_that_was_opened_again_does_not_count_until_it_is_accepted_again(
    version: AgendaVersion, goal: Goal, officer: User
) -> None:
    report = accepted(goal, achieved=False)
    monitor = draft(version, officer)
    move(report, ReportStatus.RETURNED)
    assert results(monitor, goal) == (0, 1, [])
    came_in(report, report.contract.kpis.get(), achieved=True)
    accept(report)
    assert results(monitor, goal) == (1, 1, [True])


@pytest.mark.parametrize(
    ("kind", "expected"),
    [(MonitorKind.ANNUAL, (3, 3, [True] * 3)), (MonitorKind.HALF_YEAR, (1, 1, [True]))],
)
def test_half_a_year_stands_on_the_reports_over_that_half(
    kind: MonitorKind,
    expected: tuple[int, int, list[bool]],
    version: AgendaVersion,
    goal: Goal,
    officer: User,
) -> None:
    kpi = kpi_of(goal)
    for period in ("2018", "2019-H1", "2019-H2", "2019", "2020-H1"):
        report = owed(kpi, period)
        came_in(report, kpi)
        accept(report)
    monitor = open_edition(year=2019, kind=kind, version=version, user=officer).monitor
    assert results(monitor, goal) == expected


def test_a_result_counts_for_what_the_goal_became(goal: Goal, officer: User) -> None:
    accepted(goal)
    later = AgendaVersionFactory.create(adopted=True, agenda=goal.theme.version.agenda, number=2)
    new = GoalFactory.create(theme=ThemeFactory.create(version=later), slug="doel-nieuw")
    GoalSuccession.objects.create(predecessor=goal, successor=new, kind=SuccessionKind.REWORDED)
    assert results(draft(later, officer), new) == (1, 1, [True])


def test_a_report_from_before_the_system_is_nothing_that_was_owed(
    version: AgendaVersion, goal: Goal, officer: User
) -> None:
    kpi = kpi_of(goal)
    owed(kpi, status=None, origin="source")
    assert results(draft(version, officer), goal) == (0, 0, [])


# -- the desk --------------------------------------------------------------------------------------
def test_the_desk_shows_what_partners_reported_and_it_counts(
    version: AgendaVersion, goal: Goal, client: Client, officer: User
) -> None:
    accepted(goal, achieved=False, name="Bereik onder jongeren")
    owed(kpi_of(goal, partner="Het Web"))
    draft(version, officer)
    client.force_login(officer)
    html = client.get(DESK).content.decode()
    assert "1 van 2 rapportages geaccepteerd." in html
    assert "De Brug, ‘Bereik onder jongeren’: niet gehaald." in html
    assert "Ronde 1, geaccepteerd op 14 september 2019" in html
    assert "niets wijst omhoog, dus negatief." in html


def test_the_desk_says_that_nothing_was_agreed(
    version: AgendaVersion, client: Client, officer: User
) -> None:
    draft(version, officer)
    client.force_login(officer)
    assert "Met geen partner is over deze periode" in client.get(DESK).content.decode()


def test_the_desk_stays_within_its_queries_with_many_partners(
    version: AgendaVersion, goal: Goal, client: Client, officer: User
) -> None:
    draft(version, officer)
    client.force_login(officer)
    counts = []
    for more in (1, 12):
        for number in range(more):
            accepted(goal, partner=f"Partner {more}-{number}")
        with CaptureQueriesContext(connection) as queries:
            client.get(DESK)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 20


# -- from adoption on ------------------------------------------------------------------------------
def test_adoption_writes_down_which_rounds_carry_the_edition(
    version: AgendaVersion, goal: Goal, officer: User
) -> None:
    report = accepted(goal)
    owed(kpi_of(goal, partner="Het Web"))
    monitor = judged(version, officer)
    assert not monitor.reports.exists()
    adopt(monitor, user=officer)
    row = monitor.reports.get()
    assert (row.report, row.round_number) == (report, 1)
    assert row.sha256 == report.rounds.get().sha256


def test_a_report_that_is_accepted_after_adoption_stays_out_and_the_page_says_so(
    version: AgendaVersion, goal: Goal, client: Client, officer: User, clerk: User
) -> None:
    early = accepted(goal, achieved=True)
    kpi = kpi_of(goal, partner="Het Web")
    late = owed(kpi)
    came_in(late, kpi, achieved=False)
    monitor = judged(version, officer)
    adopt(monitor, user=officer)
    accept(late, at=timezone.now())
    ground = ground_of(monitor)
    assert [line.report for line in ground.based_on] == [early]
    assert [line.report for line in ground.later] == [late]
    client.force_login(clerk)
    html = client.get("/beheer/monitor/2019/aanbieden/").content.decode()
    assert "Na de vaststelling geaccepteerd" in html
    assert html.index("Na de vaststelling") < html.index(late.title)
    content = read(publish(monitor, user=clerk))
    held = next(row for row in content["goals"] if row["slug"] == "doel-0")
    assert [row["achieved"] for row in held["results"]] == ["yes"]
    assert (held["reports_accepted"], held["reports_expected"]) == (1, 2)
    assert [row["id"] for row in content["reports"]] == [early.pk]
    # Whoever has all but one number of a round would find that number with its hash.
    assert early.rounds.get().sha256 not in json.dumps(content)
    told = [report["title"] for partner in content["partners"] for report in partner["reports"]]
    assert told == [early.title]


def test_a_report_that_is_opened_again_after_adoption_keeps_its_place(
    version: AgendaVersion, goal: Goal, officer: User
) -> None:
    report = accepted(goal, achieved=True)
    monitor = judged(version, officer)
    adopt(monitor, user=officer)
    move(report, ReportStatus.RETURNED)
    assert results(monitor, goal) == (1, 1, [True])
    came_in(report, report.contract.kpis.get(), achieved=False)
    accept(report)
    ground = ground_of(monitor)
    assert [(line.report, line.key[1]) for line in ground.based_on] == [(report, 1)]
    assert [(line.report, line.key[1]) for line in ground.later] == [(report, 2)]
    assert results(monitor, goal) == (1, 1, [True])
    content = read(publish(monitor, user=officer))
    held = next(row for row in content["goals"] if row["slug"] == "doel-0")
    assert [(row["achieved"], row["report"]["round"]) for row in held["results"]] == [("yes", 1)]


def test_the_college_reads_which_reports_are_not_in(
    version: AgendaVersion, goal: Goal, client: Client, officer: User
) -> None:
    accepted(goal)
    owed(kpi_of(goal, partner="Het Web"))
    judged(version, officer)
    client.force_login(UserFactory.create(holds=[Role.COLLEGE]))
    html = client.get("/beheer/monitor/2019/vaststellen/").content.decode()
    assert html.index("Rapportages onder deze monitor") < html.index("Rapportage De Brug 2019-H1")
    assert html.index("Niet geaccepteerd") < html.index("Rapportage Het Web 2019-H1")


def test_an_edition_from_a_source_stands_on_no_report_of_this_system(
    version: AgendaVersion, goal: Goal
) -> None:
    accepted(goal)
    monitor = MonitorFactory.create(
        year=2019, from_source=True, judges_goals=False, agenda_version=version
    )
    for step in (mark_judged, adopt):
        step(monitor, user=None)
    assert not monitor.reports.exists()


def test_the_public_page_shows_the_figure_with_its_report(
    version: AgendaVersion, goal: Goal, client: Client, officer: User
) -> None:
    report = accepted(goal, achieved=True, name="Bereik onder jongeren")
    monitor = draft(version, officer)
    judge_all(monitor)
    mark_judged(monitor, user=officer)
    adopt(monitor, user=officer)
    publish(monitor, user=officer)
    html = client.get("/monitor/2019/doel/doel-0/").content.decode()
    assert "Bereik onder jongeren" in html
    partner = report.contract.partner
    assert partner is not None
    link = f'<a href="/partners/{partner.slug}/rapportages/{report.pk}/ronde/1/">{report.title}</a>'
    assert link in html
    assert "Ronde 1, geaccepteerd op 14 september 2019" in html
    assert Judgement.objects.filter(monitor=monitor).count() == 2


def test_freezing_asks_as_often_with_many_reports_as_with_one(
    version: AgendaVersion, goal: Goal, officer: User
) -> None:
    counts = []
    for year, partners in ((2019, 1), (2019, 12)):
        for number in range(partners):
            accepted(goal, partner=f"Partner {partners}-{number}")
        monitor = Monitor.objects.filter(year=year).first() or draft(version, officer, year)
        with CaptureQueriesContext(connection) as queries:
            results_in(monitor, [goal.pk], ground_of(monitor))
        counts.append(len(queries))
    assert counts[0] == counts[1]
