"""What the supervisor does with a yearly report, and how the municipality answers it.

Each holds the row of the report, so that nothing is written in a report that is just published.
They raise ``ValidationError`` with why not, in Dutch, and then nothing changed.
"""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import history
from accounts.models import User
from core.edits import RevisedForm
from core.files import store
from core.uploads.field import Upload
from reporting.access import document_of
from reporting.actions.mails import tell_supervision
from reporting.changes import describe, note_document
from reporting.models import (
    SupervisionAnswer,
    SupervisionDocument,
    SupervisionFinding,
    SupervisionReport,
    SupervisionWithdrawal,
)

CLOSED = (
    "Dit jaarverslag is gepubliceerd of verwijderd. Er verandert niets meer aan. Van u is niets "
    "bewaard."
)
NOTHING_SAID = "Voeg eerst een bevinding toe: zonder bevinding valt er niets te antwoorden."
NO_DOCUMENT = "Bij dit jaarverslag staat geen document. Er valt niets in te trekken."
LOOK_FIRST = (
    "Kijk eerst na of er in het document iets over een persoon staat. Werd het intussen vervangen, "
    "kijk dan het nieuwe na."
)


# -- the supervisor --------------------------------------------------------------------------------
def save_report(form: RevisedForm, *, user: User) -> bool:
    """Write title and summary. False when somebody else did meanwhile."""
    with transaction.atomic():
        if form.instance.pk is not None:
            _hold_draft(form.instance)
        return history.save(form, describe, user=user)


def save_finding(form: RevisedForm, *, user: User) -> bool:
    """Write a finding with its recommendation. False when somebody else did meanwhile."""
    with transaction.atomic():
        report = _hold_draft(form.instance.report)
        newest = report.findings.order_by("-pk").first() if form.instance.pk is None else None
        if newest is not None and form.says_what(newest):
            return True  # a second click
        return history.save(form, describe, user=user)


def remove_finding(finding: SupervisionFinding, *, user: User) -> None:
    """Take a finding out of a draft; a second click finds it gone."""
    with transaction.atomic():
        _hold_draft(finding.report)
        held = SupervisionFinding.objects.filter(pk=finding.pk).first()
        if held is not None:
            history.removed(held, describe, user=user)
            held.delete()


def keep_document(report: SupervisionReport, upload: Upload, *, user: User) -> SupervisionDocument:
    """Put ``upload`` with the draft, in the place of an earlier document."""
    with transaction.atomic():
        _hold_draft(report)
        former = _take_off(report)
        kept = SupervisionDocument.objects.create(
            report=report,
            file=store(upload.file, name=upload.name, content_type=upload.kind.content_type),
            name=upload.name,
            added_by=user,
            numbers=[[each.number, each.place] for each in upload.read.numbers],
            more_numbers=upload.read.more,
            unread=upload.read.unread,
        )
        note_document(report, former, kept.name, user=user)
    return kept


def remove_document(report: SupervisionReport, *, user: User) -> None:
    """Take the document off the draft; a second click finds it gone."""
    with transaction.atomic():
        _hold_draft(report)
        note_document(report, _take_off(report), "", user=user)


def _take_off(report: SupervisionReport) -> str:
    """The name of the document that went, if there was one."""
    held = SupervisionDocument.objects.filter(report=report).first()
    if held is None:
        return ""
    held.delete()
    return held.name


def delete_draft(report: SupervisionReport, *, user: User) -> None:
    """Throw a draft away, with all that belongs to it."""
    with transaction.atomic():
        held = _hold_draft(report)
        _take_off(held)
        held.findings.all().delete()
        history.removed(held, describe, user=user)
        held.delete()


def publish(
    report: SupervisionReport,
    *,
    user: User,
    looked_at: int | None = None,
    at: datetime.datetime | None = None,
) -> None:
    """From now on everybody may read the report, and nobody changes it. The councils and who
    answers hear of it.

    Where the document holds what may be citizen service numbers, or could not be read, a person has
    to have looked: ``looked_at`` is the key of the document that was looked at.
    """
    with transaction.atomic():
        held = _hold_draft(report)
        if not held.findings.exists():
            raise ValidationError(NOTHING_SAID)
        document = SupervisionDocument.objects.filter(report=held).first()
        if document is not None and document.asks_a_look and document.pk != looked_at:
            raise ValidationError(LOOK_FIRST)
        held.published_at, held.published_by = at or timezone.now(), user
        held.save(update_fields=["published_at", "published_by"])
        tell_supervision(held)


def withdraw_document(
    report: SupervisionReport, reason: str, *, user: User, at: datetime.datetime | None = None
) -> None:
    """Take the document of a published report back, and say why; a second click changes nothing.

    Its bytes go with the next sweep of files that nothing uses. The rest of the report stays as it
    was published.
    """
    with transaction.atomic():
        SupervisionReport.objects.select_for_update().get(pk=report.pk)
        kept = document_of(report)
        if SupervisionWithdrawal.objects.filter(report=report).exists():
            return
        if kept is None:
            raise ValidationError(NO_DOCUMENT)
        SupervisionWithdrawal.objects.create(
            report=report,
            reason=reason,
            at=at or timezone.now(),
            author=user,
            name=kept.name,
            sha256=kept.file.sha256,
        )
        note_document(report, _take_off(report), "", user=user)


def _hold_draft(report: SupervisionReport) -> SupervisionReport:
    """The row as it stands now, held for this transaction."""
    held = SupervisionReport.objects.drafts().select_for_update().filter(pk=report.pk).first()
    if held is None:
        raise ValidationError(CLOSED)
    return held


# -- the municipality ------------------------------------------------------------------------------
def answer(
    finding: SupervisionFinding, text: str, *, user: User, at: datetime.datetime | None = None
) -> None:
    """Add what the municipality did with a published recommendation; a second click adds nothing.

    The database refuses an answer to a draft, and any change of an answer.
    """
    with transaction.atomic():
        SupervisionReport.objects.select_for_update().get(pk=finding.report_id)
        newest = finding.answers.order_by("-pk").first()
        if newest is not None and newest.text == text:
            return
        SupervisionAnswer.objects.create(
            finding=finding, text=text, author=user, at=at or timezone.now()
        )
