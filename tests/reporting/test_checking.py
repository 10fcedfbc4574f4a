"""What the check says of remarks, of people, of jumps and of targets for a whole year."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from contracts.models import KPI
from core.values import Value
from reporting import actions
from reporting.actions import NotReady, RemarkText, draft_of
from reporting.checking import _jumps
from reporting.former import former_values, last_values
from reporting.models import KPIResult, Remark, Report
from tests.factories_contracts import BudgetLineFactory
from tests.reporting.cycle import (
    MOMENT,
    Cycle,
    answers,
    cycle,
    fill,
    submit,
    submitted,
    typed_value,
    write,
)

pytestmark = pytest.mark.django_db

# Made up: it passes the eleven-test, as one in eleven numbers does.
NUMBER = "111222333"


@pytest.fixture
def returned() -> Cycle:
    """A report that came back with a remark at one field and one on the whole."""
    made = submitted()
    actions.return_(
        made.report,
        user=made.manager,
        round_number=1,
        remarks=[
            RemarkText("trends-text", "Trends", "Welke kern?"),
            RemarkText("", "", "Mooi verslag."),
        ],
    )
    made.report.refresh_from_db()
    return made


def blocking(made: Cycle) -> list[tuple[int, str]]:
    found = draft_of(Report.objects.get(pk=made.report.pk)).findings
    return [(finding.rule, finding.anchor) for finding in found if finding.blocks]


def test_a_remark_at_a_field_is_answered_before_the_next_round(returned: Cycle) -> None:
    remark = Remark.objects.get(key="trends-text")
    assert blocking(returned) == [(9, f"id_remark-{remark.pk}")]
    with pytest.raises(NotReady):
        submit(returned)
    write(returned, {f"remark-{remark.pk}": "Rijnsaterwoude."})
    assert blocking(returned) == []
    assert submit(returned).number == 2


@pytest.mark.parametrize(("text", "rule"), [(f"mevrouw {NUMBER}", 8), ("x" * 20_001, 1)])
def test_an_answer_to_a_remark_is_checked_like_any_text(
    returned: Cycle, text: str, rule: int
) -> None:
    remark = Remark.objects.get(key="trends-text")
    write(returned, {f"remark-{remark.pk}": text})
    assert blocking(returned) == [(rule, f"id_remark-{remark.pk}")]


def test_a_result_stays_within_its_passport() -> None:
    made = cycle(kpis=1, highest=500)
    fill(made)
    write(made, typed_value(f"kpi-{made.kpis[0].pk}", Value.count(501)))
    (finding,) = [each for each in draft_of(made.report).findings if each.blocks]
    assert (finding.rule, finding.text) == (
        1,
        "Hoger dan 500 kan niet: zo staat het in het paspoort.",
    )
    with pytest.raises(NotReady):
        submit(made)
    fill(made)
    assert submit(made).number == 1


def test_what_no_page_shows_is_not_handed_in() -> None:
    made = cycle()
    fill(made)
    # Left from a KPI that an amendment took away meanwhile.
    made.report.answers.create(
        key="kpi-999999-explanation", text=f"mevrouw {NUMBER}", edited_by=made.reporter
    )
    round = submit(made)
    assert NUMBER not in round.payload
    assert made.report.answers.filter(key="kpi-999999-explanation").exists(), "the draft keeps it"


def test_a_report_that_came_back_after_its_lock_can_be_handed_in_again() -> None:
    made = submitted()
    late = MOMENT + datetime.timedelta(days=100)
    actions.return_(
        made.report, user=made.manager, round_number=1, remarks=[], note="Graag aanvullen", at=late
    )
    assert submit(made, at=late).number == 2


def test_an_indicator_that_an_amendment_words_anew_keeps_its_history() -> None:
    made = submitted()
    old = made.kpis[0]
    later = Report.objects.get(contract=made.contract, period="2019-H2")
    amendment = made.contract.amendments.create(
        number=1,
        title="Addendum",
        signed_on=datetime.date(2019, 6, 1),
        holds_from=datetime.date(2019, 7, 1),
    )
    KPI.objects.filter(pk=old.pk).update(ended_by=amendment)
    KPI.objects.create(
        contract=made.contract,
        indicator=old.indicator,
        started_by=amendment,
        number="1",
        name="Anders verwoord",
    )
    assert str(last_values(former_values(later))[old.indicator_id, None]) == "60"


@pytest.mark.parametrize(
    ("former", "value", "jumps"),
    [
        (Value.count(0), Value.count(500), True),
        (Value.count(0), Value.count(0), False),
        (Value.count(100), Value.count(150), False),
        (Value.count(100), Value.count(151), True),
        (Value.count(100), Value.count(49), True),
        (Value.reported_percentage(2), Value.reported_percentage(4), False),
        (Value.reported_percentage(60), Value.fraction(85, 100), True),
        (Value.count(1), Value.reported_percentage(85), False),
    ],
)
def test_a_jump(former: Value, value: Value, jumps: bool) -> None:
    assert _jumps(value, former) is jumps


@pytest.mark.parametrize(
    ("changes", "achieved"),
    [
        ({"aggregation": "sum"}, None),
        ({"is_cumulative": True}, None),
        ({"aggregation": "mean"}, False),
    ],
)
def test_half_a_year_is_not_held_to_what_adds_up_over_the_year(
    changes: dict[str, Any], achieved: bool | None
) -> None:
    made = cycle(1, target_period="2019", **changes)
    fill(made)
    write(made, {f"kpi-{made.kpis[0].pk}-value_number": "30"})
    submit(made)
    assert KPIResult.objects.get().achieved is achieved


def test_a_target_of_the_half_year_itself_is_held_against_what_adds_up() -> None:
    made = cycle(1, aggregation="sum")
    fill(made)
    submit(made)
    assert KPIResult.objects.get().achieved is True


def test_every_rule_of_the_check_stands_in_the_page_of_rules() -> None:
    page = (Path(settings.BASE_DIR) / "docs/regels/controle-rapportage.md").read_text()
    code = (Path(settings.BASE_DIR) / "reporting/checking.py").read_text()
    told = re.findall(r"^(\d+)\. \*\*", page, re.MULTILINE)
    used = re.findall(r"_(?:error|warning)\(\s*(\d+),|\((\d+), (?:f\"|\"|_about)", code)
    assert told == [str(number) for number in range(1, len(told) + 1)]
    assert {one or other for one, other in used} == set(told)


def test_a_forecast_of_a_year_is_held_against_the_part_of_a_year() -> None:
    made = cycle(1)
    amendment = made.contract.amendments.get(number=0)
    line = BudgetLineFactory.create(
        contract=made.contract, started_by=amendment, period="2019/2020", number=844_759
    )
    write(made, {**answers(made), f"budget-{line.pk}-forecast": "800.000"})
    write(made, {f"budget-{line.pk}-note": ""})
    found = [each.text for each in draft_of(made.report).findings if each.rule == 6]
    assert found == [
        "U verwacht meer dan de begroting van €\xa0844.759 voor 2 jaar, dat is €\xa0422.380 "
        "per jaar. Schrijf in één zin waarom."
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"clients": "", "clients_number": ""}, []),
        ({"clients": "7,8", "clients_number": ""}, [(2, "clients_number")]),
        ({"clients": "", "clients_number": "212"}, [(2, "clients")]),
        ({"clients": "11"}, [(1, "clients")]),
        ({"clients": "0,5"}, [(1, "clients")]),
        ({"stakeholders": "goed"}, [(1, "stakeholders")]),
        ({"clients_number": "2,5"}, [(1, "clients_number")]),
        ({"clients": "7,85"}, [(1, "clients")]),
    ],
)
def test_a_grade_is_a_number_from_1_to_10_and_says_how_many_gave_it(
    typed: dict[str, str], found: list[tuple[int, str]]
) -> None:
    made = cycle(1)
    fill(made)
    write(made, {f"client_experience-{name}": text for name, text in typed.items()})
    anchors = [(rule, f"div_id_client_experience-{name}") for rule, name in found]
    assert blocking(made) == anchors
