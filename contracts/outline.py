"""What the work page of a contract shows, as plain data: the outline with its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from agenda.constants import Origin, TargetKind
from agenda.story import Story
from contracts.actions.agreed import agreement_under
from contracts.actions.joining import why_not_leave
from contracts.actions.locks import FROM_SOURCE, open_amendment
from contracts.constants import ContractStatus
from contracts.facts import facts_of
from contracts.file.reading import file_of
from contracts.models import KPI, Amendment, Contract, PersonalData
from contracts.readiness import blocking, findings, warnings

SHOWN_KPIS = 10

#: Where each part of a contract is edited.
PLACES = {
    "basics": "contract_edit",
    "parties": "contract_parties",
    "dates": "contract_dates",
    "themes": "contract_themes",
    "kpis": "contract_kpi_list",
    "targets": "contract_targets",
    "reporting": "contract_reporting",
    "money": "contract_money",
    "meetings": "contract_meetings",
    "sub_assignments": "sub_assignment_add",
}


@dataclass(frozen=True)
class Desk:
    """A contract with the amendment that is written now, if any, and why not otherwise."""

    contract: Contract
    amendment: Amendment | None

    @property
    def is_draft(self) -> bool:
        return self.contract.status == ContractStatus.DRAFT

    @property
    def closed(self) -> str:
        """Why the parts that every contract has cannot be edited; empty for a draft."""
        if self.contract.origin == Origin.SOURCE:
            return FROM_SOURCE
        if self.contract.status == ContractStatus.ENDED:
            return "Deze overeenkomst is beëindigd. Er verandert niets meer aan."
        if self.contract.status == ContractStatus.ACTIVE:
            return (
                "Deze overeenkomst is actief. Wat is afgesproken, verandert alleen nog met een "
                "addendum."
            )
        return ""

    @property
    def none(self) -> str:
        """What stands where nothing was filled in."""
        return "staat niet in de bron" if self.contract.origin == Origin.SOURCE else "nog open"

    @property
    def number(self) -> int:
        """Up to which amendment the page looks: the one that is written, else the newest."""
        if self.amendment is not None:
            return self.amendment.number
        newest = self.contract.amendments.signed().last()
        return newest.number if newest else 0

    @property
    def under(self) -> Amendment:
        """The amendment that pages look under; not written when nothing may be written now."""
        return self.amendment or Amendment(contract=self.contract, number=self.number)


def desk_of(contract: Contract) -> Desk:
    return Desk(contract, open_amendment(contract))


def outline(desk: Desk) -> dict[str, Any]:
    """The parts of the contract as they hold now; what a draft amendment changes stands apart.

    The number of queries does not depend on how much was agreed.
    """
    contract = desk.contract
    amendments = list(contract.amendments.all())
    signed = [row.number for row in amendments if not row.is_draft]
    number = max(signed, default=0)
    kpis = kpi_rows(contract, number)
    agreement = agreement_under(contract, Amendment(number=number))
    return {
        "contract": contract,
        "desk": desk,
        "parties": list(contract.parties.all()),
        "staying": {row.pk for row in contract.parties.all() if not why_not_leave(row)},
        "dates": list(contract.dates.all()),
        "versions": list(contract.agenda_versions.select_related("agenda")),
        "themes": list(contract.themes.select_related("theme")),
        "kpis": list(kpis[:SHOWN_KPIS]),
        "kpi_total": contract.kpis.as_amended_by(number).count(),
        "agreement": agreement,
        "sections": list(agreement.sections.all()) if agreement else [],
        "lines": list(contract.budget_lines.as_amended_by(number)),
        "allocations": list(contract.allocations.order_by("first_year", "label", "pk")),
        "personal_data": PersonalData.objects.filter(contract=contract).first(),
        "data_agreements": list(contract.data_agreements.select_related("organisation", "source")),
        "amendments": [row for row in amendments if row.number],
        "draft_amendment": next((row for row in amendments if row.is_draft), None),
        "events": list(contract.events.select_related("actor")),
        "file": file_of(contract, number, timezone.localdate()),
        **readiness(desk),
    }


def kpi_rows(contract: Contract, number: int) -> Any:
    """The KPIs that hold under amendment ``number``, with how many targets each has."""
    held = Q(targets__kind=TargetKind.TARGET, targets__started_by__number__lte=number) & (
        Q(targets__ended_by__isnull=True) | Q(targets__ended_by__number__gt=number)
    )
    return (
        contract.kpis.as_amended_by(number)
        .select_related("indicator")
        .annotate(target_count=Count("targets", filter=held))
        .order_by("order", "pk")
    )


def readiness(desk: Desk) -> dict[str, list[Story]]:
    """What is missing and what is remarkable, each with the page where it is mended."""
    if not desk.is_draft or desk.contract.origin == Origin.SOURCE:
        return {"missing": [], "remarkable": []}
    found = findings(facts_of(desk.contract))

    def placed(rows: Any) -> list[Story]:
        return [{"text": row.text, "url_name": PLACES[row.place]} for row in rows]

    return {"missing": placed(blocking(found)), "remarkable": placed(warnings(found))}


def ended_kpis(contract: Contract, amendment: Amendment) -> list[KPI]:
    """The KPIs that a draft amendment ends. One query."""
    rows = KPI.objects.filter(contract=contract, ended_by=amendment).order_by("order", "pk")
    return list(rows.select_related("indicator"))
