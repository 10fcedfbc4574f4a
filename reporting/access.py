"""The doors to partners and reports: what is not for somebody answers as if it were not there."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404

from accounts.access import assignments_of
from accounts.constants import PARTNER_ROLES, Role
from accounts.models import Organisation, User
from agenda.constants import Origin
from contracts.constants import PartyRole
from contracts.models import Contract
from contracts.querysets import organisations_in
from reporting.constants import ReportStatus
from reporting.disclosure import WITHHELD
from reporting.models import Attachment, Report, ReportEvent, Round, RoundFile


def organisation_or_404(slug: str) -> Organisation:
    """An organisation in a contract that the public may read. Raises ``Http404``. One query."""
    organisation = organisations_in(Contract.objects.readable()).filter(slug=slug).first()
    if organisation is None:
        raise Http404("Deze partner is er niet, of heeft nog geen openbare overeenkomst.")
    return organisation


@dataclass(frozen=True)
class Desk:
    """A report in the hands of somebody of the partner, and what that person may do with it."""

    user: User
    report: Report
    roles: frozenset[Role]
    organisation: Organisation

    @property
    def may_write(self) -> bool:
        return bool(self.roles & {Role.REPORTER, Role.SIGNATORY})

    @property
    def may_sign(self) -> bool:
        return Role.SIGNATORY in self.roles


def partner_roles(user: User | AnonymousUser) -> dict[int, tuple[Organisation, frozenset[Role]]]:
    """The organisations that ``user`` works for today, and as what. One query."""
    held: dict[int, tuple[Organisation, frozenset[Role]]] = {}
    for assignment in assignments_of(user):
        organisation, role = assignment.organisation, Role(assignment.role)
        if role in PARTNER_ROLES and organisation is not None:
            _, roles = held.get(organisation.pk, (organisation, frozenset()))
            held[organisation.pk] = (organisation, roles | {role})
    return held


def desk_or_404(user: User | AnonymousUser, pk: int, *, lock: bool = False) -> Desk:
    """The report ``pk``, for a user of its partner. Raises ``Http404``. Two queries.

    With ``lock`` the row is held until the transaction ends.
    """
    held = partner_roles(user)
    reports = Report.objects.of_partners(list(held)).with_lead()
    if lock:
        reports = reports.select_for_update(of=("self",))
    report = reports.select_related("contract__partner").filter(pk=pk).first() if held else None
    if report is None:
        raise Http404("Deze rapportage is er niet, of zij is niet van uw organisatie.")
    involved = [report.contract.partner_id, report.lead_id]  # type: ignore[attr-defined]
    found = [held[key] for key in involved if key in held]
    roles = frozenset(role for _, each in found for role in each)
    signing = [organisation for organisation, each in found if Role.SIGNATORY in each]
    assert isinstance(user, User)  # noqa: S101 - a stranger works for nobody
    return Desk(user, report, roles, (signing or [organisation for organisation, _ in found])[0])


def writing_desk_or_404(user: User | AnonymousUser, pk: int, *, lock: bool = False) -> Desk:
    """As ``desk_or_404``, for those who may write. Raises ``PermissionDenied`` for a reader."""
    desk = desk_or_404(user, pk, lock=lock)
    if not desk.may_write:
        raise PermissionDenied(
            "U leest mee bij deze organisatie. Invullen doen een rapporteur en een tekenbevoegde."
        )
    return desk


def round_or_404(report: Report, number: int) -> Round:
    """Round ``number`` of a report that somebody may read. Raises ``Http404``. One query."""
    found = (
        report.rounds.filter(number=number).select_related("submitted_by", "on_behalf_of").first()
    )
    if found is None:
        raise Http404("Deze ronde is er niet.")
    return found


def attachment_or_404(report: Report, pk: int) -> Attachment:
    """A file of the draft of ``report``. Raises ``Http404``. One query."""
    found = report.attachments.filter(pk=pk).select_related("file", "report").first()
    if found is None:
        raise Http404("Deze bijlage is er niet (meer).")
    return found


def review_or_404(pk: int) -> Report:
    """A report of this system, for the municipality. Raises ``Http404``. One query."""
    report = Report.objects.of_system().select_related("contract__partner").filter(pk=pk).first()
    if report is None:
        raise Http404("Deze rapportage is er niet.")
    return report


def accepted_or_404(slug: str, pk: int, number: int) -> Round:
    """Round ``number`` of a report in a public contract of this partner, if it was ever accepted.

    An edition that stands on it leads here for good, also when the report was opened again
    afterwards. Raises ``Http404``. Two queries.
    """
    accepted = ReportEvent.objects.filter(
        round=models.OuterRef("pk"), to_status=ReportStatus.ACCEPTED
    )
    found = (
        Round.objects.filter(
            models.Exists(accepted),
            report__contract__in=Contract.objects.readable(),
            report__contract__partner__slug=slug,
            report__pk=pk,  # and not report=pk, which fails on a number that no row can have
            number=number,
        )
        .select_related("report__contract__partner")
        .prefetch_related(WITHHELD)
        .first()
    )
    if found is None:
        raise Http404("Deze ronde is er niet, of zij is niet geaccepteerd.")
    return found


def lead_of(contract: Contract) -> Organisation | None:
    """The organisation that leads the coalition. One query."""
    party = contract.parties.filter(role=PartyRole.LEAD).select_related("organisation").first()
    return party.organisation if party else None


def round_file_or_404(report: Report, pk: int) -> RoundFile:
    """A file of a round of ``report``. Raises ``Http404``. One query."""
    found = RoundFile.objects.filter(round__report=report, pk=pk).select_related("file").first()
    if found is None:
        raise Http404("Deze bijlage is er niet.")
    return found


def draft_contract_or_404(slug: str) -> Contract:
    """A contract of this system, to activate it. Raises ``Http404``. One query."""
    contract = Contract.objects.filter(slug=slug, origin=Origin.SYSTEM).first()
    if contract is None:
        raise Http404("Deze overeenkomst is er niet.")
    return contract
