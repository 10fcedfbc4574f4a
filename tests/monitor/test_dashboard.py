"""The dashboard of the board: results against norms, money, clients, verdicts and decisions."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.constants import Role
from agenda.models import Goal
from contracts.constants import ResultAspect
from monitor.constants import Verdict
from monitor.dashboard import by_contract, by_theme
from monitor.norms import contracts_in
from reporting import actions
from reporting.models import KPIResult
from tests.contracts.drafts import text_of
from tests.factories import UserFactory
from tests.factories_agenda import GoalFactory
from tests.factories_monitor import JudgementFactory, MonitorFactory
from tests.factories_talks import DecisionFactory
from tests.reporting.cycle import Cycle, answers, cycle, submit, submitted, write

pytestmark = pytest.mark.django_db
PAGE = "/beheer/dashboard/"


#: The first KPI is about production, the others are about quality.
ASPECTS = (ResultAspect.QUANTITY, ResultAspect.QUALITY, ResultAspect.QUALITY)


def accepted(kpis: int = 3, goals: list[Goal] | None = None) -> Cycle:
    """A contract of which the first half of 2019 was reported and accepted."""
    found = submitted(kpis, goals=goals, aspects=ASPECTS)
    actions.accept(found.report, user=found.manager, round_number=1)
    return found


def reader(role: Role = Role.COLLEGE) -> Client:
    client = Client()
    client.force_login(UserFactory.create(holds=[role]))
    return client


def test_quality_and_production_are_held_against_their_norms_apart() -> None:
    made = cycle(3, aspects=ASPECTS)
    typed = answers(made)
    # The second KPI is a percentage that misses its target of 40 out of 50.
    key = next(key for key in typed if key.endswith("value_numerator"))
    stem = key.removesuffix("value_numerator")
    write(made, typed | {key: "10", f"{stem}explanation": "Ziek.", f"{stem}improvement": "Meer."})
    submit(made)
    actions.accept(made.report, user=made.manager, round_number=1)
    (row,) = by_contract(list(contracts_in(2019)), 2019).rows
    quality, production = row.norms
    assert (quality.label, quality.met, quality.compared) == ("Kwaliteit", 1, 2)
    assert (production.label, production.met, production.compared) == ("Productie", 1, 1)
    (missed,) = quality.missed
    assert (missed.kpi, missed.display, missed.target) == (made.kpis[1], "20%", "80%")
    page = text_of(reader().get(PAGE, {"jaar": 2019}))
    assert "1 van 2 gehaald" in page
    assert f"norm {missed.target}" in page
    assert missed.url in page
    assert reader(Role.AUDITOR).get(missed.url).status_code == 200


def test_money_clients_verdicts_and_decisions_stand_beside_the_results() -> None:
    goal = GoalFactory.create()
    made = accepted(goals=[goal])
    for year, verdict in ((2018, Verdict.NEGATIVE), (2019, Verdict.GOOD)):
        edition = MonitorFactory.create(year=year, agenda_version=goal.theme.version)
        JudgementFactory.create(monitor=edition, goal=goal, verdict=verdict, offered=True)
    draft = MonitorFactory.create(year=2020, agenda_version=goal.theme.version)
    JudgementFactory.create(monitor=draft, goal=goal, verdict=Verdict.NEUTRAL)
    decision = DecisionFactory.create(contracts=[made.contract])
    board = by_contract(list(contracts_in(2019)), 2019)
    (row,) = board.rows
    assert (row.agreed.total, row.spent_total.total) == (Decimal(1000), Decimal(400))
    assert (board.agreed.total, board.spent.total) == (Decimal(1000), Decimal(400))
    assert row.counted == [("good", "goed", 1)]
    assert row.decisions == [decision]
    assert any("7,8" in each.text for each in row.said)
    page = text_of(reader().get(PAGE))
    for words in ("1.000", "400", decision.title, f"/doelen/{goal.slug}/oordelen/", "7,8"):
        assert words in page
    assert reader().get(f"/beheer/besluiten/{decision.pk}/").status_code == 200


def test_what_is_not_accepted_does_not_count() -> None:
    submitted(2)
    (row,) = by_contract(list(contracts_in(2019)), 2019).rows
    assert (row.scores, row.spent, row.said, row.reports) == ([], [], [], 0)
    assert "geen uitkomsten" in text_of(reader().get(PAGE, {"jaar": 2019}))


def test_a_small_result_is_left_out() -> None:
    made = accepted(1)
    KPIResult.objects.update(withheld=True)
    (row,) = by_contract(list(contracts_in(2019)), 2019).rows
    assert [score.achieved for score in row.scores] == [None]
    assert "60" not in row.scores[0].display
    assert made.contract.title in text_of(reader().get(PAGE, {"jaar": 2019}))


def test_a_theme_gathers_the_contracts_that_serve_its_goals() -> None:
    one, other = GoalFactory.create(), GoalFactory.create()
    first, second = accepted(goals=[one]), accepted(2, goals=[one, other])
    accepted(1)
    board = by_theme(list(contracts_in(2019)), 2019)
    told = {row.title: {contract.pk for contract in row.contracts} for row in board.rows}
    assert len(board.rows) == 2
    assert {first.contract.pk, second.contract.pk} in told.values()
    assert {second.contract.pk} in told.values() or one.theme_id == other.theme_id
    # Everything once, also what is under two themes or under none.
    assert len(board.scores) == 6
    assert board.agreed.total == Decimal(3000)
    page = text_of(reader().get(f"{PAGE}?jaar=2019&per=thema"))
    assert "tellen niet op tot" in page
    assert first.contract.title in page


def test_the_newest_year_with_a_report_is_shown_and_another_can_be_asked() -> None:
    assert "Er is niets om te tonen" in text_of(reader().get(PAGE, {"jaar": 2012}))
    accepted(1)
    assert reader().get(PAGE).context["year"] == 2019
    assert reader().get(PAGE, {"jaar": 2020}).context["year"] == 2020
    made = accepted(1)
    chosen = reader().get(f"{PAGE}?jaar=2019&partner={made.partner.pk}")
    assert [row.title for row in chosen.context["board"].rows] == [made.contract.title]


def test_readers_find_it_on_their_work_page() -> None:
    for role in (Role.COLLEGE, Role.CONTRACT_MANAGER, Role.POLICY_OFFICER, Role.AUDITOR):
        assert PAGE in text_of(reader(role).get("/werk/"))
    assert PAGE not in text_of(reader(Role.COUNCIL_MEMBER).get("/werk/"))
    assert reader(Role.COUNCIL_MEMBER).get(PAGE).status_code == 403


@pytest.mark.parametrize("per", ["overeenkomst", "thema"])
def test_it_costs_the_same_for_one_and_for_many(per: str) -> None:
    goal = GoalFactory.create()
    client = reader()
    counted = []
    for _ in range(3):
        made = accepted(2, goals=[goal])
        DecisionFactory.create(contracts=[made.contract])
        client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{PAGE}?jaar=2019&per={per}").status_code == 200
        counted.append(len(queries))
    assert len(set(counted)) == 1, counted
