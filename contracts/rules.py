"""Rules of contracts that cross tables, as the database keeps them (core/guards/rules.py)."""

from __future__ import annotations

from core.guards.rules import Rule


def _amended(table: str, *, by_kpi: bool = False) -> list[Rule]:
    """An amendment of the contract itself starts a row, and a later one may end it.

    A row names its contract itself, or ``by_kpi``.
    """
    kpi, of_kpi = ({"kpi": "contracts_kpi"}, "kpi.id = agreed.kpi_id AND ") if by_kpi else ({}, "")
    contract = "kpi.contract_id" if by_kpi else "agreed.contract_id"
    return [
        Rule(
            name=f"{table}_started_in_contract",
            message="Een addendum van een andere overeenkomst begon deze afspraak.",
            tables={"agreed": table, "start": "contracts_amendment", **kpi},
            linked=f"{of_kpi}start.id = agreed.started_by_id",
            broken=f"start.contract_id <> {contract}",
        ),
        Rule(
            name=f"{table}_ended_in_contract",
            message="Een addendum van een andere overeenkomst beëindigde deze afspraak.",
            tables={"agreed": table, "finish": "contracts_amendment", **kpi},
            linked=f"{of_kpi}finish.id = agreed.ended_by_id",
            broken=f"finish.contract_id <> {contract}",
        ),
        Rule(
            name=f"{table}_ends_after_start",
            message="Een afspraak eindigt na haar begin.",
            tables={
                "agreed": table,
                "start": "contracts_amendment",
                "finish": "contracts_amendment",
            },
            linked="start.id = agreed.started_by_id AND finish.id = agreed.ended_by_id",
            broken="finish.number <= start.number",
        ),
    ]


def _part_of_contract(table: str) -> Rule:
    return Rule(
        name=f"{table}_part_of_contract",
        message="Deze deelopdracht is van een andere overeenkomst.",
        tables={"agreed": table, "part": "contracts_subassignment"},
        linked="part.id = agreed.sub_assignment_id",
        broken="part.contract_id <> agreed.contract_id",
    )


RULES = [
    *_amended("contracts_kpi"),
    *_amended("contracts_kpitarget", by_kpi=True),
    *_amended("contracts_budgetline"),
    *_amended("contracts_reportingagreement"),
    *_amended("contracts_term"),
    *_amended("contracts_provision"),
    _part_of_contract("contracts_budgetline"),
    _part_of_contract("contracts_expectation"),
    Rule(
        name="contracts_document_of_contract",
        message="Dit addendum is van een andere overeenkomst.",
        tables={"document": "contracts_contractdocument", "amendment": "contracts_amendment"},
        linked="amendment.id = document.amendment_id",
        broken="amendment.contract_id <> document.contract_id",
    ),
    Rule(
        name="contracts_remark_of_contract",
        message="Deze prestatie-indicator is van een andere overeenkomst.",
        tables={
            "remark": "contracts_remark",
            "amendment": "contracts_amendment",
            "kpi": "contracts_kpi",
        },
        linked="amendment.id = remark.amendment_id AND kpi.id = remark.kpi_id",
        broken="amendment.contract_id <> kpi.contract_id",
    ),
    Rule(
        name="contracts_kpi_of_performance",
        message=(
            "Een partner wordt niet afgerekend op een cijfer over de hele gemeente: een"
            " prestatie-indicator vraagt een indicator die de prestatie van één partner meet."
        ),
        tables={"kpi": "contracts_kpi", "indicator": "agenda_indicator"},
        linked="indicator.id = kpi.indicator_id",
        broken="indicator.level = 'population'",
    ),
    Rule(
        name="contracts_kpitarget_fits_passport",
        message="De streefwaarde heeft niet de soort waarde die de indicator vraagt.",
        tables={
            "target": "contracts_kpitarget",
            "kpi": "contracts_kpi",
            "indicator": "agenda_indicator",
        },
        linked="kpi.id = target.kpi_id AND indicator.id = kpi.indicator_id",
        broken="target.value_type <> indicator.value_type",
    ),
    Rule(
        name="contracts_kpi_member_contributes",
        message="Wie over deze prestatie-indicator rapporteert, schrijft niet mee.",
        tables={"kpi": "contracts_kpi"},
        linked="kpi.member_id IS NOT NULL",
        broken=(
            "NOT EXISTS (SELECT 1 FROM contracts_party AS party"
            " WHERE party.contract_id = kpi.contract_id"
            " AND party.organisation_id = kpi.member_id AND party.contributes"
            " AND party.withdrawn_on IS NULL)"
        ),
    ),
    # From the other side. Taking a party away is watched by the action, which writes its rows anew;
    # of an agreed contract only the last day of a party is written, or that it is withdrawn
    # (contracts/frozen.py).
    Rule(
        name="contracts_party_of_kpi_contributes",
        message="Deze partij rapporteert over een prestatie-indicator, en schrijft dus mee.",
        tables={"party": "contracts_party"},
        linked=(
            "EXISTS (SELECT 1 FROM contracts_kpi AS kpi WHERE kpi.contract_id = party.contract_id"
            " AND kpi.member_id = party.organisation_id)"
        ),
        broken=(
            "NOT EXISTS (SELECT 1 FROM contracts_party AS other"
            " WHERE other.contract_id = party.contract_id"
            " AND other.organisation_id = party.organisation_id AND other.contributes"
            " AND other.withdrawn_on IS NULL)"
        ),
    ),
    # A project that lacks what it needs is found without the table of what it lacks.
    Rule(
        name="contracts_project_in_order",
        message=(
            "Een project start pas als vooraf alles vastligt, en gaat door of stopt pas met een"
            " evaluatie en een besluit."
        ),
        tables={"project": "contracts_project"},
        linked="project.origin = 'system' AND project.status <> 'draft'",
        broken=(
            "NOT EXISTS (SELECT 1 FROM contracts_projectplan AS plan"
            " WHERE plan.project_id = project.id AND plan.is_agreed)"
            " OR (project.status IN ('evaluated', 'closed')"
            " AND NOT EXISTS (SELECT 1 FROM contracts_projectevaluation AS evaluation"
            " WHERE evaluation.project_id = project.id))"
        ),
    ),
]
