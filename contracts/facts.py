"""What the rules of activation look at, read from the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef

from accounts.constants import OrganisationKind
from accounts.models import Organisation
from agenda.constants import IndicatorLevel, TargetKind
from contracts.constants import ContractStatus, DateKind, PartyRole, SectionKind
from contracts.models import KPI, Contract, KPITarget, Party, SubAssignment
from contracts.querysets import COALITION
from contracts.readiness import Facts, KPIFacts


def facts_of(contract: Contract) -> Facts:
    """The facts of ``contract`` as it stands. Twelve queries, however much was agreed."""
    parties = list(contract.parties.all())
    now = [row for row in parties if row.valid_until is None]
    leads = [row.organisation_id for row in now if row.role == PartyRole.LEAD]
    contributing = {row.organisation_id for row in parties if row.contributes}
    agreement = contract.reporting_agreements.in_force().prefetch_related("sections").last()
    sections = {row.kind for row in agreement.sections.all()} if agreement else set()
    partner = contract.partner
    return Facts(
        has_partner=partner is not None,
        is_coalition=partner is not None and partner.kind == OrganisationKind.COALITION,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        leads=len(leads),
        carrying=len({row.organisation_id for row in now if row.role in COALITION}),
        lead_is_member=not leads or _takes_part(leads[0], parties, partner),
        agendas=contract.agenda_versions.count(),
        themes=contract.themes.count(),
        has_agreement=agreement is not None,
        has_frequency=bool(agreement and agreement.frequency),
        sections=len(sections),
        asks_kpi_scores=SectionKind.KPI_SCORES in sections,
        kpis=_kpis(contract, contributing),
        budget_lines=contract.budget_lines.count(),
        has_funding=bool(contract.funding),
        has_funding_reason=bool(contract.funding_note.strip()),
        official_meetings=contract.official_meetings,
        executive_meetings=contract.executive_meetings,
        overlapping=overlapping(contract),
        is_signed=contract.dates.filter(kind=DateKind.SIGNED).exists(),
    )


def _takes_part(lead: int, parties: Iterable[Party], partner: Organisation | None) -> bool:
    """Whether the lead is a member too; of one partner alone, or without members, it need not."""
    members = {row.organisation_id for row in parties if row.role == PartyRole.MEMBER}
    return not members or lead in members or (partner is not None and partner.pk == lead)


def overlapping(contract: Contract) -> tuple[str, ...]:
    """The titles of other contracts of the same partner that run at the same time and have a
    sub-assignment of the same theme or name. Two queries; none without a partner or days.
    """
    if contract.partner_id is None or contract.starts_on is None or contract.ends_on is None:
        return ()
    own = list(contract.sub_assignments.all())
    if not own:
        return ()
    themes = {row.theme_id for row in own if row.theme_id is not None}
    names = {row.name.strip().lower() for row in own}
    rows = SubAssignment.objects.filter(
        contract__partner=contract.partner_id,
        contract__starts_on__lte=contract.ends_on,
        contract__ends_on__gte=contract.starts_on,
    ).exclude(contract=contract.pk)
    found = {
        row.contract.title
        for row in rows.exclude(contract__status=ContractStatus.ENDED).select_related("contract")
        if row.theme_id in themes or row.name.strip().lower() in names
    }
    return tuple(sorted(found))


def _kpis(contract: Contract, contributing: Collection[int]) -> tuple[KPIFacts, ...]:
    targets = KPITarget.objects.in_force().filter(kpi=OuterRef("pk"), kind=TargetKind.TARGET)
    linked = KPI.goals.through.objects.filter(kpi=OuterRef("pk"))
    rows = (
        contract.kpis.in_force()
        .select_related("indicator")
        .annotate(has_target=Exists(targets), has_goal=Exists(linked))
    )
    return tuple(
        KPIFacts(
            number=row.number,
            has_goal=row.has_goal,
            has_target=row.has_target,
            has_value_type=bool(row.indicator.value_type),
            has_reporter=row.member_id is None or row.member_id in contributing,
            is_population=row.indicator.level == IndicatorLevel.POPULATION,
        )
        for row in rows
    )
