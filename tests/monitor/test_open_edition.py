"""A new edition from the last one: its goals, their earlier verdicts, and what comes along."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from agenda.constants import SuccessionKind
from agenda.models import AgendaVersion, GoalSuccession, ThemeSuccession
from monitor.actions import (
    EditionExists,
    TransitionError,
    delete_draft,
    mark_judged,
    open_edition,
)
from monitor.carrying import unsolved_before
from monitor.constants import BottleneckState, MonitorKind, MonitorStatus, Verdict
from monitor.models import Bottleneck, Judgement, Monitor
from tests.factories_agenda import AgendaVersionFactory, GoalFactory, ThemeFactory
from tests.factories_monitor import BottleneckFactory, JudgementFactory, MonitorFactory, offer
from tests.monitor.making import agenda, draft, earlier, judge_all

pytestmark = pytest.mark.django_db


def opened(user: User, version: AgendaVersion, **fields: object) -> Monitor:
    asked: dict[str, object] = {"year": 2019, "kind": MonitorKind.ANNUAL, **fields}
    return open_edition(version=version, user=user, **asked).monitor  # type: ignore[arg-type]


def test_every_goal_of_the_agenda_waits_for_a_verdict_with_its_number_and_label(
    officer: User,
) -> None:
    version = agenda(goals=2)
    earlier(version, verdict=Verdict.NEUTRAL)
    monitor = opened(officer, version)
    assert (monitor.status, monitor.origin) == (MonitorStatus.DRAFT, "system")
    rows = monitor.judgements.in_order().values_list("number", "label", "verdict", "previous")
    assert list(rows) == [
        ("1", "Doel nummer 0", None, "neutral"),
        ("2", "Doel nummer 1", None, "neutral"),
    ]


def test_the_first_edition_has_no_earlier_verdicts(officer: User) -> None:
    monitor = opened(officer, agenda())
    assert set(monitor.judgements.values_list("previous", flat=True)) == {None}


def test_a_draft_is_no_earlier_edition(officer: User) -> None:
    version = agenda()
    judge_all(draft(version, officer, 2018))
    monitor = opened(officer, version)
    assert set(monitor.judgements.values_list("previous", flat=True)) == {None}


def test_a_year_is_held_against_the_newest_earlier_year(officer: User) -> None:
    version = agenda(goals=1)
    earlier(version, 2017, Verdict.GOOD)
    earlier(version, 2018, Verdict.NEUTRAL, kind=MonitorKind.HALF_YEAR)
    earlier(version, 2019, Verdict.NEGATIVE, kind=MonitorKind.HALF_YEAR)
    assert opened(officer, version).judgements.get().previous == "good"


def test_a_half_year_is_held_against_the_newest_edition_of_either_kind(officer: User) -> None:
    version = agenda(goals=1)
    earlier(version, 2017, Verdict.GOOD)
    earlier(version, 2018, Verdict.NEUTRAL, kind=MonitorKind.HALF_YEAR)
    earlier(version, 2018, Verdict.NEGATIVE)
    monitor = opened(officer, version, kind=MonitorKind.HALF_YEAR)
    assert monitor.judgements.get().previous == "negative"


def test_a_goal_of_a_later_version_has_the_verdict_of_what_it_was(officer: User) -> None:
    old = agenda(goals=1)
    earlier(old, verdict=Verdict.NEGATIVE)
    new: AgendaVersion = AgendaVersionFactory.create(adopted=True, agenda=old.agenda, number=2)
    goal = GoalFactory.create(theme=ThemeFactory.create(version=new))
    GoalSuccession.objects.create(
        predecessor=old.themes.get().goals.get(), successor=goal, kind=SuccessionKind.REWORDED
    )
    assert opened(officer, new).judgements.get().previous == "negative"


# -- bottlenecks -----------------------------------------------------------------------------------
def test_what_was_not_solved_comes_along_with_its_action(officer: User) -> None:
    version = agenda(goals=1)
    goal = version.themes.get().goals.get()
    last: Monitor = MonitorFactory.create(year=2018, agenda_version=version)
    theme = version.themes.get()
    due = datetime.date(2019, 10, 1)
    for state, text in (("", "oud"), ("running", "loopt"), ("solved", "weg")):
        BottleneckFactory.create(
            monitor=last, theme=theme, goal=goal, text=text, state=state,
            action="Praten", owner="Wethouder", due_on=due,
        )  # fmt: skip
    offer(last)
    result = open_edition(year=2019, kind=MonitorKind.ANNUAL, version=version, user=officer)
    rows = list(result.monitor.bottlenecks.order_by("order"))
    assert [(row.text, row.state) for row in rows] == [("oud", "open"), ("loopt", "running")]
    assert {(row.action, row.owner, row.due_on, row.goal_id) for row in rows} == {
        ("Praten", "Wethouder", due, goal.pk)
    }
    assert {row.continues.text for row in rows if row.continues} == {"oud", "loopt"}
    assert (result.carried, result.left_behind) == (2, [])


def test_bottlenecks_come_from_the_newest_edition_even_over_half_a_year(officer: User) -> None:
    version = agenda(goals=1)
    earlier(version, 2018)
    half = earlier(version, 2019, kind=MonitorKind.HALF_YEAR)
    monitor = opened(officer, version)
    assert monitor.bottlenecks.get().continues == half.bottlenecks.get()


def test_a_bottleneck_follows_its_theme_to_the_next_agenda_and_else_is_left_behind(
    officer: User,
) -> None:
    old = agenda(goals=1)
    last: Monitor = MonitorFactory.create(year=2018, agenda_version=old)
    followed = old.themes.get()
    lost = ThemeFactory.create(version=old)
    BottleneckFactory.create(monitor=last, theme=followed, goal=followed.goals.get(), text="mee")
    BottleneckFactory.create(monitor=last, theme=lost, text="kwijt")
    offer(last)
    new: AgendaVersion = AgendaVersionFactory.create(adopted=True, agenda__year=2020)
    theme = ThemeFactory.create(version=new)
    GoalFactory.create(theme=theme)
    ThemeSuccession.objects.create(
        predecessor=followed, successor=theme, kind=SuccessionKind.CONTINUED
    )
    result = open_edition(year=2019, kind=MonitorKind.ANNUAL, version=new, user=officer)
    held = result.monitor.bottlenecks.get()
    assert (held.text, held.theme, held.goal) == ("mee", theme, None)
    assert [row.text for row in result.left_behind] == ["kwijt"]


# -- refusals --------------------------------------------------------------------------------------
def test_a_second_try_says_that_it_exists_and_makes_nothing(officer: User) -> None:
    version = agenda()
    opened(officer, version)
    with pytest.raises(EditionExists, match="bestaat al"):
        opened(officer, version)
    assert Monitor.objects.count() == 1
    assert Judgement.objects.count() == 2


@pytest.mark.parametrize("trait", [{}, {"consulted": True}])
def test_an_agenda_that_was_not_adopted_is_not_judged(
    trait: dict[str, bool], officer: User
) -> None:
    version = AgendaVersionFactory.create(**trait)
    GoalFactory.create(theme=ThemeFactory.create(version=version))
    with pytest.raises(TransitionError, match="nog niet vastgesteld"):
        opened(officer, version)


def test_an_agenda_without_goals_is_not_judged(officer: User) -> None:
    with pytest.raises(TransitionError, match="geen doelen"):
        opened(officer, AgendaVersionFactory.create(adopted=True))


def test_many_goals_cost_as_many_queries_as_one(officer: User) -> None:
    counts = []
    for year, goals in ((2019, 1), (2021, 30)):
        version = agenda(goals=0)
        for number in range(goals):
            GoalFactory.create(theme=version.themes.get(), number=str(number))
        earlier(version, year - 1)
        with CaptureQueriesContext(connection) as queries:
            opened(officer, version, year=year)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# -- throwing away ---------------------------------------------------------------------------------
def test_a_draft_without_verdicts_goes_with_all_that_came_along(officer: User) -> None:
    version = agenda()
    earlier(version)
    monitor = opened(officer, version)
    delete_draft(monitor, user=officer)
    assert Monitor.objects.get().year == 2018
    assert not Bottleneck.objects.filter(continues__isnull=False).exists()


def test_a_draft_with_a_verdict_stays(officer: User) -> None:
    monitor = JudgementFactory.create().monitor
    with pytest.raises(TransitionError, match="al een oordeel gegeven"):
        delete_draft(monitor, user=officer)
    assert Monitor.objects.filter(pk=monitor.pk).exists()


def test_an_edition_that_is_further_than_a_draft_stays(officer: User) -> None:
    monitor = MonitorFactory.create(judges_goals=False)
    mark_judged(monitor, user=officer)
    with pytest.raises(TransitionError, match="Alleen een concept"):
        delete_draft(monitor, user=officer)


def test_deleting_twice_says_that_it_is_gone(officer: User) -> None:
    monitor = opened(officer, agenda())
    stale = Monitor.objects.get(pk=monitor.pk)
    delete_draft(monitor, user=officer)
    with pytest.raises(TransitionError, match="intussen verwijderd"):
        delete_draft(stale, user=officer)


# -- the pages -------------------------------------------------------------------------------------
def test_an_officer_opens_an_edition_on_the_page(client: Client, officer: User) -> None:
    version = agenda()
    earlier(version)
    client.force_login(officer)
    html = client.get("/beheer/monitor/nieuw/").content.decode()
    assert 'value="2019"' in html
    answer = client.post(
        "/beheer/monitor/nieuw/", {"year": "2019", "kind": "half_year", "version": version.pk}
    )
    assert answer.headers["Location"] == "/beheer/monitor/2019/halfjaar/"
    html = client.get(answer.headers["Location"]).content.decode()
    assert "Monitor Sociaal Domein 2019, halfjaar staat klaar." in html
    assert "1 knelpunt kwam mee" in html
    assert "2 doelen wachten op een oordeel" in html


def test_a_double_click_leads_to_the_edition_that_is_there(client: Client, officer: User) -> None:
    data = {"year": "2019", "kind": "annual", "version": agenda().pk}
    client.force_login(officer)
    client.post("/beheer/monitor/nieuw/", data)
    answer = client.post("/beheer/monitor/nieuw/", data, follow=True)
    assert answer.redirect_chain == [("/beheer/monitor/2019/", 302)]
    assert "bestaat al. Ga daarmee verder" in answer.content.decode()


def test_a_year_that_is_no_year_keeps_what_was_typed(client: Client, officer: User) -> None:
    client.force_login(officer)
    answer = client.post("/beheer/monitor/nieuw/", {"year": "ca. 2019", "kind": "half_year"})
    html = answer.content.decode()
    assert 'value="ca. 2019"' in html
    assert "Schrijf het jaar in vier cijfers" in html
    assert "Kies de agenda die u beoordeelt" in html


def test_a_draft_is_deleted_after_a_question(client: Client, officer: User) -> None:
    draft(agenda(), officer)
    client.force_login(officer)
    assert "verwijderen?" in client.get("/beheer/monitor/2019/verwijderen/").content.decode()
    assert Monitor.objects.exists()
    answer = client.post("/beheer/monitor/2019/verwijderen/", follow=True)
    assert "is verwijderd" in answer.content.decode()
    assert not Monitor.objects.exists()


def test_a_bottleneck_without_a_place_is_offered_to_be_taken_over(
    client: Client, officer: User
) -> None:
    old = agenda(goals=1)
    held = earlier(old).bottlenecks.get()
    new: AgendaVersion = AgendaVersionFactory.create(adopted=True)
    goal = GoalFactory.create(theme=ThemeFactory.create(version=new))
    monitor = draft(new, officer)
    client.force_login(officer)
    html = client.get("/beheer/monitor/2019/").content.decode()
    address = f"/beheer/monitor/2019/knelpunt/?vervolg={held.pk}"
    assert address in html
    assert "te weinig huizen" in client.get(address).content.decode()
    client.post(address, {"place": f"g{goal.pk}", "text": "Nog steeds te weinig huizen."})
    row = monitor.bottlenecks.get()
    assert (row.continues, row.goal, row.state) == (held, goal, BottleneckState.OPEN)
    assert address not in client.get("/beheer/monitor/2019/").content.decode()


def test_what_has_no_place_yet_stays_in_sight_when_another_bottleneck_is_added() -> None:
    earlier = BottleneckFactory.create(monitor__year=2017)
    offer(earlier.monitor, MonitorStatus.PUBLISHED)
    draft = JudgementFactory.create(monitor__year=2018).monitor
    assert unsolved_before(draft) == [earlier]
    BottleneckFactory.create(monitor=draft)
    assert unsolved_before(draft) == [earlier]
