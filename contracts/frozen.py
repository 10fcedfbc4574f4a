"""What the database never lets anybody change here: what was agreed in a contract that runs or ran,
the plan of a project that started, and what was decided on it.

A row stays as it is, and only an amendment gives it an end. A row that a draft amendment started is
not agreed yet (docs/decisions/0016).
"""

from __future__ import annotations

from agenda.frozen import of_a_closed_year, years_of
from core.guards.frozen import FrozenRows

_AGREED = "contract.origin = 'system' AND contract.status IN ('active', 'ended')"
_OF_AN_AGREED_CONTRACT = (
    "EXISTS (SELECT 1 FROM contracts_contract AS contract"
    f" WHERE contract.id = {{row}}.contract_id AND {_AGREED})"
)
_NOT_DRAFTED = (
    " AND NOT EXISTS (SELECT 1 FROM contracts_amendment AS amendment"
    " WHERE amendment.id = {row}.started_by_id AND amendment.is_draft)"
)
ENDS_ONLY = ("ended_by_id",)


def _of_an_agreed_kpi(start: str) -> str:
    """The KPI of the row was agreed, and so was what the amendment ``start`` began."""
    return (
        "EXISTS (SELECT 1 FROM contracts_kpi AS kpi"
        " JOIN contracts_contract AS contract ON contract.id = kpi.contract_id"
        f" JOIN contracts_amendment AS amendment ON amendment.id = {start}"
        f" WHERE kpi.id = {{row}}.kpi_id AND {_AGREED} AND NOT amendment.is_draft)"
    )


# What was said and signed while result agreements were made stays once they are agreed.
_OF_AN_AGREED_FRAMEWORK = (
    "EXISTS (SELECT 1 FROM contracts_amendment AS amendment"
    " WHERE amendment.id = {row}.amendment_id AND NOT amendment.is_draft)"
)
_OF_AN_AGREED_REPORT = (
    "EXISTS (SELECT 1 FROM contracts_reportingagreement AS agreement"
    " JOIN contracts_contract AS contract ON contract.id = agreement.contract_id"
    " JOIN contracts_amendment AS amendment ON amendment.id = agreement.started_by_id"
    f" WHERE agreement.id = {{row}}.agreement_id AND {_AGREED} AND NOT amendment.is_draft)"
)

# What a result means stands in the passport of its indicator, so that is agreed with the KPI.
_MEASURES_AN_AGREED_KPI = (
    "EXISTS (SELECT 1 FROM contracts_kpi AS kpi"
    " JOIN contracts_contract AS contract ON contract.id = kpi.contract_id"
    " JOIN contracts_amendment AS amendment ON amendment.id = kpi.started_by_id"
    f" WHERE kpi.indicator_id = {{row}}.id AND {_AGREED} AND NOT amendment.is_draft)"
)
OF_NO_MEANING = (
    "counts_people",
    "name",
    "subject",
    "rationale",
    "result_kind",
    "supplier",
    "measured_by",
    "rhythm",
    "measured_when",
    "available_for",
    "weaknesses",
    "owner",
    "note",
    "revision",
)

# What was agreed of a project before it started, and its log, decisions and news.
_OF_AN_AGREED_PLAN = (
    "EXISTS (SELECT 1 FROM contracts_projectplan AS plan"
    " WHERE plan.id = {row}.projectplan_id AND plan.is_agreed)"
)


def _of_a_project(*statuses: str) -> str:
    """The project of the row has one of ``statuses``."""
    held = ", ".join(f"'{status}'" for status in statuses)
    return (
        "EXISTS (SELECT 1 FROM contracts_project AS project"
        f" WHERE project.id = {{row}}.project_id AND project.status IN ({held}))"
    )


# What was said and who was there, once the minutes are laid down or the talk was called off.
_OF_A_SETTLED_TALK = (
    "EXISTS (SELECT 1 FROM contracts_meeting AS meeting"
    " WHERE meeting.id = {row}.meeting_id AND meeting.status IN ('recorded', 'cancelled'))"
)
# Money of a closed year (agenda/money_years.py). A new line of a contract is refused by the action
# alone: its table knows no guard on what is added.
_SPENT_IN_A_CLOSED_YEAR = of_a_closed_year(*("substr(CAST({row}.spent_on AS text), 1, 4)",) * 2)
_AGREED_IN_A_CLOSED_YEAR = of_a_closed_year(*years_of("{row}.period"))
_ALLOCATED_IN_A_CLOSED_YEAR = of_a_closed_year(
    "CAST({row}.first_year AS text)", "CAST({row}.last_year AS text)"
)
_PASSED_ON_IN_A_CLOSED_YEAR = (
    "EXISTS (SELECT 1 FROM contracts_passonframe AS frame WHERE frame.id = {row}.frame_id AND "
    f"{of_a_closed_year(*('CAST(frame.year AS text)',) * 2)})"
)
_BUDGETED_IN_A_CLOSED_YEAR = of_a_closed_year(*("CAST(budget.year AS text)",) * 2)
# The decision of a subsidy stands fast once it was granted; what became of it goes on.
_GRANTED = "{row}.status <> 'draft'"
GOES_ON = ("status", "revision", "paid", "settled", "repay_by", "repaid")

ROWS = FrozenRows(
    append_only=(
        "contracts_contractevent",
        "contracts_termcheck",
        "contracts_tendernotice",
        "contracts_tendernotice_organisations",
        "contracts_projectevaluation",
        "contracts_projectevent",
        "contracts_projectupdate",
        *("contracts_meetingevent", "contracts_actionevent", "contracts_collegenote"),
        *("contracts_decision", "contracts_decision_contracts", "contracts_decision_goals"),
        "contracts_decision_kpis",
        *("contracts_subsidyevent", "contracts_linefigure"),
    ),
    locked={
        "contracts_attendance": _OF_A_SETTLED_TALK,
        "contracts_meetingpoint": _OF_A_SETTLED_TALK,
        "contracts_meeting_contracts": _OF_A_SETTLED_TALK,
        "contracts_meeting_partners": _OF_A_SETTLED_TALK,
        "contracts_projectplan_indicators": _OF_AN_AGREED_PLAN,
        "contracts_passonframe": of_a_closed_year(*("CAST({row}.year AS text)",) * 2),
        "contracts_passon": _PASSED_ON_IN_A_CLOSED_YEAR,
        "contracts_linechange": of_a_closed_year(*("CAST({row}.year AS text)",) * 2),
        "contracts_allocation": _ALLOCATED_IN_A_CLOSED_YEAR,
        "contracts_budget": of_a_closed_year(*("CAST({row}.year AS text)",) * 2),
        "contracts_budgetitem": (
            "EXISTS (SELECT 1 FROM contracts_budget AS budget"
            f" WHERE budget.id = {{row}}.budget_id AND {_BUDGETED_IN_A_CLOSED_YEAR})"
        ),
        "contracts_budgetpost": (
            "EXISTS (SELECT 1 FROM contracts_budget AS budget, contracts_budgetitem AS item"
            " WHERE item.id = {row}.item_id AND budget.id = item.budget_id"
            f" AND {_BUDGETED_IN_A_CLOSED_YEAR})"
        ),
        "contracts_projectspending": (
            f"{_of_a_project('draft', 'closed')} OR {_SPENT_IN_A_CLOSED_YEAR}"
        ),
        "contracts_projectstep": _of_a_project("closed"),
    },
    kept={
        "agenda_indicator": (_MEASURES_AN_AGREED_KPI, OF_NO_MEANING),
        "contracts_kpi": (_OF_AN_AGREED_CONTRACT + _NOT_DRAFTED, ENDS_ONLY),
        "contracts_budgetline": (
            f"({_OF_AN_AGREED_CONTRACT}{_NOT_DRAFTED}) OR {_AGREED_IN_A_CLOSED_YEAR}",
            ENDS_ONLY,
        ),
        "contracts_reportingagreement": (_OF_AN_AGREED_CONTRACT + _NOT_DRAFTED, ENDS_ONLY),
        "contracts_kpitarget": (_of_an_agreed_kpi("{row}.started_by_id"), ENDS_ONLY),
        "contracts_kpi_goals": (_of_an_agreed_kpi("kpi.started_by_id"), ()),
        "contracts_reportingsection": (_OF_AN_AGREED_REPORT, ()),
        "contracts_amendment": (_OF_AN_AGREED_CONTRACT + " AND NOT {row}.is_draft", ()),
        "contracts_party": (_OF_AN_AGREED_CONTRACT, ("valid_until", "withdrawn_on")),
        "contracts_contracttheme": (_OF_AN_AGREED_CONTRACT, ()),
        "contracts_contractdate": (_OF_AN_AGREED_CONTRACT, ()),
        "contracts_term": (_OF_AN_AGREED_CONTRACT + _NOT_DRAFTED, ENDS_ONLY),
        "contracts_provision": (_OF_AN_AGREED_CONTRACT + _NOT_DRAFTED, ENDS_ONLY),
        "contracts_subassignment": (_OF_AN_AGREED_CONTRACT, ()),
        "contracts_expectation": (_OF_AN_AGREED_CONTRACT, ()),
        "contracts_remark": (_OF_AN_AGREED_FRAMEWORK, ()),
        "contracts_signoff": (_OF_AN_AGREED_FRAMEWORK, ()),
        "contracts_project": ("{row}.origin = 'system' AND {row}.status = 'closed'", ()),
        "contracts_projectplan": ("{row}.is_agreed", ()),
        "contracts_meeting": ("{row}.status IN ('recorded', 'cancelled')", ()),
        "contracts_subsidy": (_GRANTED, GOES_ON),
    },
)
