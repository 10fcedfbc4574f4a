"""The evidence desk: what it shows, and giving a verdict."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.constants import Role
from accounts.models import User
from agenda.models import Goal
from bench.measure import evidence_desk
from bench.seed import seed_edition, seed_framework
from core.edits import MEANWHILE
from monitor.actions import back_to_draft, mark_judged
from monitor.constants import MonitorStatus, Verdict
from monitor.models import Judgement, Monitor
from tests.factories import UserFactory
from tests.factories_agenda import (
    GoalFactory,
    IndicatorFactory,
    MeasureFactory,
    ObservationFactory,
    SourceFactory,
    TargetFactory,
    ThemeFactory,
)
from tests.factories_monitor import BottleneckFactory, offer
from tests.monitor.making import agenda, draft, earlier, judge_all

pytestmark = pytest.mark.django_db

DESK = "/beheer/monitor/2019/doel/doel-0/"
MOST_QUERIES = 20
# The desk, its suggestion once more, the write with its locks, and its line in the history.
MOST_QUERIES_TO_WRITE = 28


@pytest.fixture
def monitor(officer: User) -> Monitor:
    """A draft over 2019 of two goals that stood on good in 2018."""
    version = agenda(goals=2)
    earlier(version, verdict=Verdict.GOOD)
    return draft(version, officer)


def measured(
    goal: Goal, *, name: str = "Woningen", number: int = 70, before: int = 60, target: int = 65
) -> None:
    """A measure of ``goal`` over 2019 and 2018, with a target for 2019."""
    indicator = IndicatorFactory.create(name=name, direction="up")
    measure = MeasureFactory.create(indicator=indicator, goal=goal, theme=None)
    for period, value in (("2018", before), ("2019", number)):
        ObservationFactory.create(indicator=indicator, period=period, number=value)
    TargetFactory.create(measure=measure, period="2019", number=target)
    TargetFactory.create(measure=measure, kind="baseline", period="2016", number=50)


def goal_of(monitor: Monitor, slug: str = "doel-0") -> Goal:
    return Goal.objects.get(slug=slug, judgements__monitor=monitor)


def post(client: Client, **typed: Any) -> Any:
    """Send the desk of the first goal as it stands, with ``typed`` over it."""
    held = {"verdict": "good", "reason": "", "explanation": "Zo bleef het."}
    data = {**held, "revision": row_of().revision}
    return client.post(DESK, {**data, **typed})


def row_of(slug: str = "doel-0") -> Judgement:
    return Judgement.objects.get(goal__slug=slug, monitor__year=2019)


# -- what the desk shows ---------------------------------------------------------------------------
def test_the_desk_shows_the_goal_its_figures_and_what_was_said_before(
    client: Client, officer: User, monitor: Monitor
) -> None:
    measured(goal_of(monitor))
    client.force_login(officer)
    html = client.get(DESK).content.decode()
    assert "0 van 2</b> beoordeeld" in html
    assert "Inwoners doen mee." in html
    assert "Woningen: 70 in 2019, bij een streefwaarde van 65 voor 2019. Gehaald." in html
    assert "Woningen: van 60 in 2018 naar 70 in 2019. Dat is beter." in html
    assert "2 keer omhoog: niets wijst omlaag, dus goed." in html
    assert "Het ging goed." in html
    assert "te weinig huizen" in html.lower()
    assert "Nulmeting" in html
    assert '<figure class="chart">' in html


def test_the_measures_of_the_theme_are_shown_and_do_not_count(
    client: Client, officer: User, monitor: Monitor
) -> None:
    indicator = IndicatorFactory.create(name="Leefbaarheid", direction="up")
    MeasureFactory.create(indicator=indicator, theme=goal_of(monitor).theme, text="Leefbaarheid")
    for period, number in (("2018", 9), ("2019", 1)):
        ObservationFactory.create(indicator=indicator, period=period, number=number)
    client.force_login(officer)
    html = client.get(DESK).content.decode()
    assert "Metingen van het hele thema (1)" in html
    assert "Daarom is er geen voorstel" in html


def test_two_sources_that_contradict_each_other_say_nothing(
    client: Client, officer: User, monitor: Monitor
) -> None:
    indicator = IndicatorFactory.create(name="Woningen", direction="up")
    MeasureFactory.create(indicator=indicator, goal=goal_of(monitor), theme=None)
    for number in (1, 2):
        ObservationFactory.create(
            indicator=indicator, period="2019", number=number, source=SourceFactory.create()
        )
    client.force_login(officer)
    html = client.get(DESK).content.decode()
    assert "de bronnen spreken elkaar tegen over 2019" in html
    assert "geen uitspraak" in html


def test_a_year_is_not_held_against_half_a_year(
    client: Client, officer: User, monitor: Monitor
) -> None:
    indicator = IndicatorFactory.create(name="Woningen", direction="up")
    MeasureFactory.create(indicator=indicator, goal=goal_of(monitor), theme=None)
    for period, number in (("2017", 80), ("2018-H2", 20), ("2019", 90)):
        ObservationFactory.create(indicator=indicator, period=period, number=number)
    client.force_login(officer)
    assert "van 80 in 2017 naar 90 in 2019" in client.get(DESK).content.decode()


def test_what_comes_after_the_year_is_not_seen(
    client: Client, officer: User, monitor: Monitor
) -> None:
    measured(goal_of(monitor))
    ObservationFactory.create(
        indicator=goal_of(monitor).measures.get().indicator, period="2020", number=1
    )
    client.force_login(officer)
    html = client.get(DESK).content.decode()
    assert "van 60 in 2018 naar 70 in 2019" in html


@pytest.mark.parametrize(
    ("shown", "seen", "hidden"),
    [
        ("alle", {"Doel nummer 0", "Doel nummer 1", "Ander thema"}, set()),
        ("open", {"Doel nummer 0", "Ander thema"}, {"Doel nummer 1"}),
        ("wonen", {"Doel nummer 0", "Doel nummer 1"}, {"Ander thema"}),
        ("onzin", {"Doel nummer 0", "Doel nummer 1", "Ander thema"}, set()),
    ],
)
def test_the_queue_shows_all_goals_the_open_ones_or_those_of_a_theme(
    shown: str, seen: set[str], hidden: set[str], client: Client, officer: User
) -> None:
    version = agenda(goals=2)
    GoalFactory.create(theme=ThemeFactory.create(version=version), label="Ander thema")
    draft(version, officer)
    Judgement.objects.filter(goal__slug="doel-1").update(verdict="good")
    client.force_login(officer)
    html = client.get(f"{DESK}?toon={shown}").content.decode()
    queue = html[html.index('aria-label="Doelen"') : html.index("desk-evidence")]
    assert {label for label in seen | hidden if label in queue} == seen


def test_a_goal_of_another_agenda_is_not_judged_here(
    client: Client, officer: User, monitor: Monitor
) -> None:
    other = GoalFactory.create(slug="vreemd-doel")
    client.force_login(officer)
    for answer in (
        client.get(f"/beheer/monitor/2019/doel/{other.slug}/"),
        client.post(f"/beheer/monitor/2019/doel/{other.slug}/", {"verdict": "good"}),
    ):
        assert answer.status_code == 404
        assert "hoort niet bij de agenda" in answer.content.decode()
    assert not Judgement.objects.filter(goal=other).exists()


# -- giving a verdict ------------------------------------------------------------------------------
def test_a_verdict_is_kept_with_what_was_suggested_and_by_whom(
    client: Client, officer: User, monitor: Monitor
) -> None:
    measured(goal_of(monitor))
    client.force_login(officer)
    answer = post(client, verdict="good", explanation="Er kwamen meer woningen.")
    assert answer.headers["Location"] == "/beheer/monitor/2019/doel/doel-1/"
    row = row_of()
    assert (row.verdict, row.suggested, row.reason) == ("good", "good", "")
    assert (row.explanation, row.decided_by) == ("Er kwamen meer woningen.", officer)
    assert row.decided_at is not None
    html = client.get(DESK).content.decode()
    assert "Vastgelegd door Olga Beleid" in html
    assert "Het voorstel was toen goed" in html
    assert "1 van 2</b> beoordeeld" in html


def test_the_kept_suggestion_stays_when_the_evidence_changes(
    client: Client, officer: User, monitor: Monitor
) -> None:
    measured(goal_of(monitor))
    client.force_login(officer)
    post(client)
    ObservationFactory._meta.model.objects.filter(period="2019").update(number=1)
    html = client.get(DESK).content.decode()
    assert "niets wijst omhoog, dus negatief." in html
    assert row_of().suggested == "good"


def test_after_the_last_goal_the_officer_reads_that_all_are_judged(
    client: Client, officer: User, monitor: Monitor
) -> None:
    judge_all(monitor)
    Judgement.objects.filter(goal__slug="doel-0", monitor=monitor).update(verdict=None, reason="")
    client.force_login(officer)
    typed = {"verdict": "good", "explanation": "Zo bleef het.", "revision": row_of().revision}
    answer = client.post(DESK, typed, follow=True)
    assert answer.redirect_chain == [("/beheer/monitor/2019/", 302)]
    assert "Alle doelen hebben nu een oordeel" in answer.content.decode()
    assert "Leg voor aan het college" in answer.content.decode()


def test_going_on_keeps_the_choice_of_the_queue(
    client: Client, officer: User, monitor: Monitor
) -> None:
    client.force_login(officer)
    data = {"verdict": "good", "explanation": "Zo bleef het.", "revision": row_of().revision}
    answer = client.post(f"{DESK}?toon=wonen", data)
    assert answer.headers["Location"] == "/beheer/monitor/2019/doel/doel-1/?toon=wonen"


@pytest.mark.parametrize(
    ("with_measure", "verdict", "words"),
    [
        (False, "neutral", "Vorige keer was dit goed. Een ander oordeel vraagt om een reden."),
        (True, "negative", "Vorige keer was dit goed. Een ander oordeel vraagt om een reden."),
        (True, "neutral", "Vorige keer was dit goed en het voorstel is negatief."),
        (True, "good", "Het voorstel is negatief. Een ander oordeel vraagt om een reden."),
    ],
)
def test_another_verdict_without_a_reason_is_refused_and_nothing_typed_is_lost(
    with_measure: bool,
    verdict: str,
    words: str,
    client: Client,
    officer: User,
    monitor: Monitor,
) -> None:
    if with_measure:
        measured(goal_of(monitor), number=10, before=20, target=30)
    client.force_login(officer)
    html = post(client, verdict=verdict, explanation="Dit typte ik.").content.decode()
    assert words in html
    assert "<title>1 fout – " in html
    assert "Dit typte ik.</textarea>" in html
    assert f'value="{verdict}" ' in html
    assert "0 van 2</b> beoordeeld" in html
    assert row_of().verdict is None


@pytest.mark.parametrize(("verdict", "reason"), [("good", ""), ("negative", "performance")])
def test_every_verdict_needs_an_explanation(
    verdict: str, reason: str, client: Client, officer: User, monitor: Monitor
) -> None:
    client.force_login(officer)
    html = post(client, verdict=verdict, reason=reason, explanation=" ").content.decode()
    assert "Leg in één of twee zinnen uit" in html
    assert row_of().verdict is None


def test_with_a_reason_and_an_explanation_another_verdict_is_kept(
    client: Client, officer: User, monitor: Monitor
) -> None:
    client.force_login(officer)
    post(client, verdict="negative", reason="target", explanation="De lat ging omhoog.")
    row = row_of()
    assert (row.verdict, row.reason) == ("negative", "target")


def test_the_database_refuses_another_verdict_without_a_reason(monitor: Monitor) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Judgement.objects.filter(monitor=monitor).update(verdict="negative")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"verdict": ""}, "Kies goed, neutraal of negatief."),
        ({"verdict": "prima"}, "Kies goed, neutraal of negatief."),
        ({"reason": "zomaar"}, "Selecteer een geldige keuze"),
        ({"explanation": "x" * 200_000}, "200000"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    typed: dict[str, str], words: str, client: Client, officer: User, monitor: Monitor
) -> None:
    client.force_login(officer)
    answer = post(client, **typed)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert row_of().verdict is None


def test_the_second_of_two_officers_sees_both_texts(
    client: Client, officer: User, monitor: Monitor
) -> None:
    other = UserFactory.create(holds=[Role.POLICY_OFFICER])
    old = row_of().revision
    client.force_login(other)
    post(client, verdict="good", explanation="Van de een.")
    client.force_login(officer)
    html = post(
        client, verdict="neutral", reason="other", explanation="Van de ander.", revision=old
    ).content.decode()
    assert MEANWHILE in html
    assert "Nu staat er: ‘Van de een.’." in html
    assert "Nu staat er: ‘goed’." in html
    assert "Van de ander.</textarea>" in html
    assert row_of().explanation == "Van de een."
    again = post(client, verdict="neutral", reason="other", explanation="Van de ander.")
    assert again.status_code == 302
    assert (row_of().verdict, row_of().decided_by) == ("neutral", officer)


# -- an edition that is no draft any more ----------------------------------------------------------
@pytest.mark.parametrize(
    ("status", "words"),
    [
        (MonitorStatus.JUDGED, "Zet hem eerst terug naar concept"),
        (MonitorStatus.ADOPTED, "Het college heeft deze monitor vastgesteld"),
        (MonitorStatus.PUBLISHED, "aangeboden aan de raad"),
    ],
)
def test_a_stale_tab_of_a_closed_edition_keeps_the_text_and_changes_nothing(
    status: MonitorStatus, words: str, client: Client, officer: User, monitor: Monitor
) -> None:
    judge_all(monitor)
    old = row_of().revision
    offer(monitor, status)
    client.force_login(officer)
    html = post(client, verdict="good", explanation="Te laat.", revision=old).content.decode()
    assert words in html
    assert "Te laat.</textarea>" in html
    assert row_of().explanation == ""
    assert "Oordeel vastleggen" not in html


def test_a_closed_edition_is_read_without_a_form(
    client: Client, officer: User, monitor: Monitor
) -> None:
    judge_all(monitor)
    mark_judged(monitor, user=officer)
    client.force_login(officer)
    html = client.get(DESK).content.decode()
    assert 'method="post" novalidate' not in html
    assert "Zet hem eerst terug naar concept" in html
    back_to_draft(monitor, user=officer, note="Nog een cijfer")
    assert "Oordeel vastleggen" in client.get(DESK).content.decode()


@pytest.mark.parametrize(
    "role", [Role.FUNCTIONAL_MANAGER, Role.CONTRACT_MANAGER, Role.COLLEGE, Role.AUDITOR]
)
def test_a_reader_sees_the_evidence_and_may_not_judge(
    role: Role, client: Client, monitor: Monitor
) -> None:
    client.force_login(UserFactory.create(holds=[role]))
    html = client.get(DESK).content.decode()
    assert "Voorstel" in html
    assert "Oordeel vastleggen" not in html
    assert "Voeg toe" not in html
    assert post(client).status_code == 403
    assert row_of().verdict is None


# -- queries ---------------------------------------------------------------------------------------
def test_the_desk_takes_as_many_queries_at_any_size_and_twenty_at_most(
    client: Client, officer: User
) -> None:
    counts = []
    for year, goals, measures in ((2019, 1, 1), (2021, 30, 12)):
        version = agenda(goals=0)
        theme = version.themes.get()
        slugs = [f"doel-{year}-{number}" for number in range(goals)]
        for number, slug in enumerate(slugs):
            GoalFactory.create(theme=theme, number=str(number), slug=slug)
        goal = Goal.objects.get(slug=slugs[0])
        for number in range(measures):
            measured(goal, name=f"Woningen {year}-{number}")
            MeasureFactory.create(theme=theme)
        earlier(version, year - 1)
        monitor = draft(version, officer, year)
        for _ in range(measures):
            BottleneckFactory.create(monitor=monitor, theme=theme, goal=goal)
        client.force_login(officer)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/beheer/monitor/{year}/doel/{slugs[0]}/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= MOST_QUERIES


def test_a_verdict_is_written_in_few_queries_and_one_transaction(
    client: Client, officer: User, monitor: Monitor
) -> None:
    client.force_login(officer)
    data = {"verdict": "good", "explanation": "Zo bleef het.", "revision": row_of().revision}
    with CaptureQueriesContext(connection) as queries:
        client.post(DESK, data)
    assert len(queries) <= MOST_QUERIES_TO_WRITE


def test_the_moment_is_shown_as_a_dutch_reader_writes_it(
    client: Client, officer: User, monitor: Monitor
) -> None:
    Judgement.objects.filter(pk=row_of().pk).update(
        verdict="good",
        decided_by=officer,
        decided_at=datetime.datetime(2020, 3, 3, 13, 32, tzinfo=datetime.UTC),
    )
    client.force_login(officer)
    assert "op 3 maart 2020, 14.32 uur" in client.get(DESK).content.decode()


def test_the_bench_finds_the_desk_within_its_number_of_queries() -> None:
    version = seed_framework(goals=6, indicators=12, years=3)
    year = seed_edition(version).monitor.year + 1
    counted = {result.name: result for result in evidence_desk(version, year)}
    assert counted["werkblad van een doel: queries"].met
