"""Handing a report in: from a draft to a round that nobody changes any more."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import Organisation, User
from contracts.terms import Terms, terms_of
from core.fields import value_columns
from core.values import Value
from reporting.access import Desk
from reporting.actions.errors import NotReady, ReportError
from reporting.actions.mails import tell_submitted
from reporting.asked import answer_key, remarks_on
from reporting.checking import BSN_KEY, BSN_RULE, Finding, bsn_key, check, may_submit
from reporting.constants import OPEN_STATUSES, ReportStatus
from reporting.former import former_values, last_values
from reporting.models import Attachment, KPIResult, Remark, Report, ReportEvent, Round, RoundFile
from reporting.parts import WHOLE, Part
from reporting.payload import canonical, digest, kpi_content, round_payload, seen
from reporting.sheet import Section, known_keys, sheet


@dataclass(frozen=True)
class Draft:
    """A draft as it stands, laid out and checked."""

    report: Report
    terms: Terms
    answers: dict[str, str]
    sections: tuple[Section, ...]
    findings: tuple[Finding, ...]
    files: tuple[Attachment, ...]
    remarks: tuple[Remark, ...]

    @property
    def seen(self) -> str:
        """The mark of what the signatory reads; ``submit`` asks for it back."""
        return seen(self.terms, self.answers, self.files)

    @property
    def shown(self) -> dict[str, str]:
        """The answers that the pages of the report show, and so what is checked and signed.

        A field of a KPI that an amendment ended stays in the draft, unseen; it is not handed in.
        """
        keys = known_keys(self.sections) | {answer_key(remark) for remark in self.remarks}
        if any(finding.rule == BSN_RULE for finding in self.findings):
            keys |= {BSN_KEY, *(bsn_key(member.id) for member in self.terms.members)}
        return {key: text for key, text in self.answers.items() if key in keys and text.strip()}

    @property
    def may_submit(self) -> bool:
        return may_submit(self.findings)


def draft_of(report: Report, part: Part = WHOLE) -> Draft:
    """The draft of ``report``, or ``part`` of it, under the terms that hold now. The number of
    queries is constant."""
    terms = terms_of(report.contract, report.period)
    answers = report.answers.texts()
    sections = part.of(sheet(terms, answers))
    former = last_values(former_values(report))
    remarks = part.remarks(remarks_on(report), sections)
    answers = part.answers(answers, sections, remarks)
    files = tuple(report.attachments.select_related("file")) if part.is_whole else ()
    findings = check(sections, former, answers, remarks, files)
    return Draft(report, terms, answers, sections, findings, files, remarks)


def last_day(report: Report) -> datetime.date:
    """The last day on which ``report`` can be handed in: its lock, or the last extension."""
    assert report.locks_on is not None  # noqa: S101 - of this system
    given = [each.until for each in report.extensions.all()]
    return max([report.locks_on, *given])


def submit(desk: Desk, *, user: User, seen: str, at: datetime.datetime | None = None) -> Round:
    """open or returned -> submitted: freeze a round, log it, and tell who must know by mail.

    ``seen`` is the mark of what ``user`` read. Raises ``PermissionDenied`` for who may not sign,
    ``NotReady`` with what is still to do, and ``ReportError`` when it was handed in already, when
    it is locked, or when it changed since it was read. Nothing changes then.
    """
    if not desk.may_sign:
        raise PermissionDenied(
            "Alleen een tekenbevoegde van uw organisatie dient een rapportage in."
        )
    moment = at or timezone.now()
    with transaction.atomic():
        report = (
            Report.objects.select_for_update(of=("self",))
            .select_related("contract__partner")
            .get(pk=desk.report.pk)
        )
        _refuse_unless_open(report, moment)
        draft = draft_of(report)
        if draft.seen != seen:
            raise ReportError(
                "De rapportage of de afspraken zijn gewijzigd sinds u ze las. Lees de rapportage "
                "opnieuw en dien haar dan in."
            )
        if not draft.may_submit:
            raise NotReady(draft.findings)
        made = _freeze(draft, user, report.contract.partner or desk.organisation, moment)
        _move(report, made, user, moment)
        tell_submitted(made)
    return made


def _refuse_unless_open(report: Report, moment: datetime.datetime) -> None:
    if not report.is_open:
        newest = report.rounds.newest_first().select_related("submitted_by").first()
        when = date_format(timezone.localtime(newest.submitted_at), "j F Y, H.i") if newest else ""
        by = f" op {when} uur door {newest.submitted_by}" if newest else ""
        raise ReportError(f"Deze rapportage is al ingediend{by}. Er is niets dubbel gebeurd.")
    until = last_day(report)
    if report.status == ReportStatus.RETURNED:
        return  # the municipality itself asked for it again: no day closes it
    if timezone.localtime(moment).date() <= report.period.end:
        raise ReportError(
            f"Deze periode loopt tot en met {date_format(report.period.end, 'j F Y')}. "
            "Indienen kan vanaf de dag erna; uw concept blijft bewaard."
        )
    if timezone.localtime(moment).date() > until:
        raise ReportError(
            f"Deze rapportage kon tot en met {date_format(until, 'j F Y')} worden ingediend en is "
            "nu gesloten. Uw concept blijft bewaard. Vraag de accounthouder om uitstel."
        )


def _freeze(
    draft: Draft, user: User, organisation: Organisation, moment: datetime.datetime
) -> Round:
    report = draft.report
    text = canonical(
        round_payload(
            report,
            draft.terms,
            draft.sections,
            draft.findings,
            draft.shown,
            draft.files,
        )
    )
    made = Round.objects.create(
        report=report,
        number=report.rounds.count() + 1,
        submitted_by=user,
        on_behalf_of=organisation,
        submitted_at=moment,
        payload=text,
        sha256=digest(text),
    )
    RoundFile.objects.bulk_create(
        RoundFile(round=made, file=each.file, name=each.name) for each in draft.files
    )
    KPIResult.objects.bulk_create(_results(made, draft.sections))
    return made


def _results(made: Round, sections: tuple[Section, ...]) -> list[KPIResult]:
    found = []
    for block in (block for section in sections for block in section.blocks):
        value = block.value("value") if block.kpi else None
        if block.kpi is None or not isinstance(value, Value):
            continue
        told = kpi_content(block)
        found.append(
            KPIResult(
                round=made,
                kpi_id=block.kpi.id,
                achieved=told["achieved"],
                explanation=told["explanation"],
                improvement=told["improvement"],
                **value_columns(value),
            )
        )
    return found


def _move(report: Report, made: Round, user: User, moment: datetime.datetime) -> None:
    old = report.status
    moved = Report.objects.filter(pk=report.pk, status__in=OPEN_STATUSES).update(
        status=ReportStatus.SUBMITTED
    )
    if moved != 1:
        raise ReportError("Deze rapportage is al ingediend. Er is niets dubbel gebeurd.")
    ReportEvent.objects.create(
        report=report,
        round=made,
        from_status=old or "",
        to_status=ReportStatus.SUBMITTED,
        actor=user,
        at=moment,
    )
    report.refresh_from_db(fields=["status"])
