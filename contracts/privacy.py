"""What is agreed about personal data, read from the database: for officers, and for everybody."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Prefetch

from agenda.story import Story, provenance
from contracts.constants import CLIENT_ROLES, ContractStatus, PrivacyState
from contracts.models import Contract, DataAgreement, Party
from contracts.privacy_rules import Agreed, PrivacyFacts, PrivacyFinding, privacy_finding


@dataclass(frozen=True)
class PrivacyRow:
    """A contract in the list of officers, with what was found and the names of whom it is about."""

    contract: Contract
    finding: PrivacyFinding
    parties: tuple[str, ...]

    @property
    def state(self) -> PrivacyState:
        return self.finding.state


def privacy_rows(today: datetime.date) -> list[PrivacyRow]:
    """Every contract that somebody got and that has not ended, the worst first. Three queries."""
    contracts = (
        Contract.objects.exclude(status=ContractStatus.ENDED)
        .exclude(status=None, partner=None)
        .select_related("partner", "personal_data")
        .prefetch_related(
            Prefetch("parties", Party.objects.select_related("organisation")),
            Prefetch("data_agreements", DataAgreement.objects.select_related("organisation")),
        )
    )
    rows = [privacy_row(contract, today) for contract in contracts]
    order = list(PrivacyState)
    return sorted(rows, key=lambda row: (order.index(row.state), row.contract.title))


def privacy_row(contract: Contract, today: datetime.date) -> PrivacyRow:
    """What was found about ``contract``, which has the relations of ``privacy_rows``."""
    carrying_out = [
        row.organisation for row in contract.parties.all() if row.role not in CLIENT_ROLES
    ]
    agreements = contract.data_agreements.all()
    names = {each.slug: each.name for each in carrying_out}
    partner = contract.partner
    if partner is not None:
        names[partner.slug] = partner.name
    said = getattr(contract, "personal_data", None)
    facts = PrivacyFacts(
        is_processed=None if said is None else said.is_processed,
        partner=partner.slug if partner is not None else "",
        parties=[each.slug for each in carrying_out],
        ends_on=contract.ends_on or (contract.term.end if contract.term else None),
        agreed=[Agreed(row.organisation.slug, row.ends_on) for row in agreements],
    )
    finding = privacy_finding(facts, today)
    return PrivacyRow(contract, finding, tuple(names[slug] for slug in finding.parties))


def privacy_story(contract: Contract) -> Story:
    """What everybody may read about personal data: the facts and dates, never the document.

    Two queries.
    """
    said = getattr(contract, "personal_data", None)
    agreements = contract.data_agreements.select_related("organisation", "source")
    return {
        "is_known": said is not None,
        "is_processed": said is not None and said.is_processed,
        "note": said.note if said is not None else "",
        "source": provenance(said) if said is not None else {},
        "agreements": [
            {
                "party": row.organisation.name,
                "party_slug": row.organisation.slug,
                "kind": row.get_kind_display(),
                "signed_on": row.signed_on,
                "ends_on": row.ends_on,
                "reason": row.reason,
                "source": provenance(row),
            }
            for row in agreements
        ],
    }
