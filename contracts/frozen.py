"""What the database never lets anybody change here: what was agreed in a contract that runs or ran.

A row stays as it is, and only an amendment gives it an end. A row that a draft amendment started is
not agreed yet (docs/decisions/0016).
"""

from __future__ import annotations

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
    "measured_by",
    "rhythm",
    "measured_when",
    "note",
    "revision",
)

ROWS = FrozenRows(
    append_only=("contracts_contractevent",),
    kept={
        "agenda_indicator": (_MEASURES_AN_AGREED_KPI, OF_NO_MEANING),
        "contracts_kpi": (_OF_AN_AGREED_CONTRACT + _NOT_DRAFTED, ENDS_ONLY),
        "contracts_budgetline": (_OF_AN_AGREED_CONTRACT + _NOT_DRAFTED, ENDS_ONLY),
        "contracts_reportingagreement": (_OF_AN_AGREED_CONTRACT + _NOT_DRAFTED, ENDS_ONLY),
        "contracts_kpitarget": (_of_an_agreed_kpi("{row}.started_by_id"), ENDS_ONLY),
        "contracts_kpi_goals": (_of_an_agreed_kpi("kpi.started_by_id"), ()),
        "contracts_reportingsection": (_OF_AN_AGREED_REPORT, ()),
        "contracts_amendment": (_OF_AN_AGREED_CONTRACT + " AND NOT {row}.is_draft", ()),
        "contracts_party": (_OF_AN_AGREED_CONTRACT, ()),
        "contracts_contracttheme": (_OF_AN_AGREED_CONTRACT, ()),
        "contracts_contractdate": (_OF_AN_AGREED_CONTRACT, ()),
        "contracts_term": (_OF_AN_AGREED_CONTRACT, ()),
    },
)
