"""The doors to partners and reports: what is not for somebody answers as if it were not there."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format

from accounts.access import partner_roles, roles_of
from accounts.constants import Role
from accounts.merging import family_of
from accounts.models import Organisation, User
from agenda.constants import Origin
from contracts.constants import PartyRole
from contracts.models import Contract
from contracts.querysets import organisations_in
from core.periods import Period
from reporting.checking import BSN_KEY, bsn_key
from reporting.constants import ReportStatus
from reporting.disclosure import WITHHELD
from reporting.models import (
    Attachment,
    Report,
    ReportEvent,
    Round,
    RoundFile,
    SupervisionDocument,
    SupervisionFinding,
    SupervisionReport,
    SupervisionWithdrawal,
)
from reporting.parts import WHOLE, Part


def organisation_or_404(slug: str) -> Organisation:
    """An organisation in a contract that the public may read, or under which one of those went on.

    Raises ``Http404``. One query for the first kind, three at least for the other.
    """
    told = organisations_in(Contract.objects.readable())
    organisation = told.filter(slug=slug).first()
    if organisation is not None:
        return organisation
    successor = Organisation.objects.filter(slug=slug).first()
    if successor is not None and told.filter(pk__in=family_of(successor)).exists():
        return successor
    raise Http404("Deze partner is er niet, of heeft nog geen openbare overeenkomst.")


@dataclass(frozen=True)
class Desk:
    """A report in the hands of somebody of the partner, and what that person may do with it.

    ``part`` is the whole for who works for the partner or the lead of the coalition, and else the
    part of the members that this person works for; ``organisation`` is one of those.
    """

    user: User
    report: Report
    roles: frozenset[Role]
    organisation: Organisation
    part: Part = WHOLE

    @property
    def bsn_key(self) -> str:
        """Where this desk says why numbers are no person's."""
        return BSN_KEY if self.part.is_whole else bsn_key(self.organisation.pk)

    @property
    def may_write(self) -> bool:
        return bool(self.roles & {Role.REPORTER, Role.SIGNATORY})

    @property
    def may_sign(self) -> bool:
        return self.part.is_whole and Role.SIGNATORY in self.roles


def desk_or_404(user: User | AnonymousUser, pk: int, *, lock: bool = False) -> Desk:
    """The report ``pk``, for a user of its partner, or of a member of the coalition that writes a
    part of it. Raises ``Http404``. Two queries, and for a member one more.

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
    part = WHOLE
    if not found:
        members = _contributing(report, list(held))
        found, part = [held[key] for key in members], Part(frozenset(members))
    roles = frozenset(role for _, each in found for role in each)
    signing = [organisation for organisation, each in found if Role.SIGNATORY in each]
    assert isinstance(user, User)  # noqa: S101 - a stranger works for nobody
    organisation = (signing or [organisation for organisation, _ in found])[0]
    return Desk(user, report, roles, organisation, part)


def _contributing(report: Report, organisations: list[int]) -> list[int]:
    period = report.period
    parties = report.contract.parties.during(period.start, period.end)
    rows = parties.filter(contributes=True, organisation__in=organisations)
    return list(rows.order_by("order", "pk").values_list("organisation", flat=True))


def whole_desk_or_404(user: User | AnonymousUser, pk: int) -> Desk:
    """As ``desk_or_404``, for what belongs to the report as a whole: its files and its receipt.

    Raises ``Http404`` for who writes a part.
    """
    desk = desk_or_404(user, pk)
    if not desk.part.is_whole:
        raise Http404("Dit is van de penvoerder, die het geheel indient.")
    return desk


def part_desk_or_404(user: User | AnonymousUser, pk: int) -> Desk:
    """As ``desk_or_404``, for who writes a part of it. Raises ``Http404`` for who has the whole."""
    desk = desk_or_404(user, pk)
    if desk.part.is_whole:
        raise Http404("U vult het geheel in; dat dient een tekenbevoegde in.")
    return desk


def writing_desk_or_404(user: User | AnonymousUser, pk: int, *, lock: bool = False) -> Desk:
    """As ``desk_or_404``, for those who may write. Raises ``PermissionDenied`` for a reader."""
    desk = desk_or_404(user, pk, lock=lock)
    _refuse_reader(desk)
    return desk


def whole_writing_desk_or_404(user: User | AnonymousUser, pk: int) -> Desk:
    """Both: the report as a whole, for those who may write."""
    desk = whole_desk_or_404(user, pk)
    _refuse_reader(desk)
    return desk


def _refuse_reader(desk: Desk) -> None:
    if not desk.may_write:
        raise PermissionDenied(
            "U leest mee bij deze organisatie. Invullen doen een rapporteur en een tekenbevoegde."
        )


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


def lead_of(contract: Contract, period: Period) -> Organisation | None:
    """The organisation that leads the coalition at the end of ``period``. One query."""
    parties = contract.parties.during(period.start, period.end).filter(role=PartyRole.LEAD)
    party = parties.select_related("organisation").order_by("-order", "-pk").first()
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


# -- supervision -----------------------------------------------------------------------------------
def published_supervision_or_404(year: int) -> SupervisionReport:
    """The supervisor's report over ``year`` as everybody may read it. Raises ``Http404``. One
    query."""
    found = SupervisionReport.objects.published().filter(year=year).first()
    if found is None:
        raise Http404(f"Over {year} is er nog geen jaarverslag van het toezicht.")
    return found


def supervision_or_404(user: User | AnonymousUser, pk: int) -> SupervisionReport:
    """A report of supervision: a draft for the supervisor alone. Raises ``Http404``. One query."""
    rows = SupervisionReport.objects.all()
    if Role.SUPERVISOR not in roles_of(user):
        rows = rows.published()
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404("Dit jaarverslag is er niet, of het is nog niet openbaar.")
    return found


def supervision_draft_or_404(pk: int) -> SupervisionReport:
    """A draft, for the supervisor to write in. Raises ``Http404``. One query."""
    found = SupervisionReport.objects.drafts().filter(pk=pk).first()
    if found is None:
        raise Http404("Dit jaarverslag is er niet, of het is gepubliceerd en verandert niet meer.")
    return found


def finding_or_404(report: SupervisionReport, pk: int) -> SupervisionFinding:
    """A finding of ``report``. Raises ``Http404``. One query."""
    found = report.findings.filter(pk=pk).select_related("partner").first()
    if found is None:
        raise Http404("Deze bevinding staat niet in dit jaarverslag.")
    found.report = report
    return found


def document_of(report: SupervisionReport) -> SupervisionDocument | None:
    """The document of ``report``, if there is one. One query."""
    return SupervisionDocument.objects.filter(report=report).select_related("file").first()


def document_or_404(report: SupervisionReport) -> SupervisionDocument:
    """The document of ``report``. Raises ``Http404``, and says so where it was taken back. One
    query, and one more where there is none."""
    found = document_of(report)
    if found is None:
        taken_back = withdrawal_of(report)
        if taken_back is not None:
            day = date_format(timezone.localtime(taken_back.at), "j F Y")
            raise Http404(f"De toezichthouder trok dit document in op {day}: {taken_back.reason}")
        raise Http404("Bij dit jaarverslag staat geen document.")
    return found


def withdrawal_of(report: SupervisionReport) -> SupervisionWithdrawal | None:
    """That the document of ``report`` was taken back, if it was. One query."""
    return SupervisionWithdrawal.objects.filter(report=report).first()


def withdrawable_or_404(pk: int) -> SupervisionReport:
    """A published report whose document can be taken back, or was. Raises ``Http404``. One
    query."""
    rows = SupervisionReport.objects.published().that_came_with_a_document()
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404("Bij dit jaarverslag staat geen openbaar document om in te trekken.")
    return found
