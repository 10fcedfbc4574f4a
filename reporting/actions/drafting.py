"""Writing in the draft: fields one by one, and files."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from accounts.models import User
from contracts.terms import terms_of
from core.files import store
from core.forms import clean_text
from core.uploads.field import Upload
from core.uploads.handler import MB
from reporting.actions.errors import ReportError
from reporting.asked import remarks_on
from reporting.models import Answer, Attachment, Report
from reporting.parts import WHOLE, Part
from reporting.sheet import sheet

# A field of a numbered block, an answer to a remark, or a field of a section; what a member of
# the coalition writes starts with its number.
KEY = re.compile(
    r"(?:m\d{1,9}-)?(?:(?:number|bottleneck|activity)-\d{1,9}-[a-z_]+|[a-z_]+-[a-z_]+)"
    r"|(?:kpi|budget)-\d{1,9}-[a-z_]+|remark-\d{1,9}"
)
MOST_FIELDS = 1_000  # in one request
LONGEST_KEPT = 500_000  # characters; far more than a form takes: what is too long is kept too
NOT_HERE = "Dit veld hoort niet bij deze rapportage."
NOT_IN_PART = "Dit veld hoort niet bij uw deel van de rapportage."
CLOSED = "Deze rapportage is intussen ingediend. Wat u daarna typte, is niet bewaard."


@dataclass(frozen=True)
class Typed:
    """What stands in one field, and the revision that the page had of it (0: it was empty)."""

    key: str
    text: str
    revision: int


@dataclass
class Saved:
    """Which fields were written, with their new revision; and which somebody else wrote first."""

    revisions: dict[str, int] = field(default_factory=dict)
    conflicts: dict[str, Answer] = field(default_factory=dict)


def save_answers(
    report: Report,
    typed: Sequence[Typed],
    *,
    user: User,
    part: Part = WHOLE,
    at: datetime.datetime | None = None,
) -> Saved:
    """Write the fields that nobody else wrote since the page got them; report the others.

    The caller holds the row of ``report`` (``writing_desk_or_404(lock=True)``) in a transaction.
    Two queries; sixteen at most for a ``part``, and for a field without a text so far, because it
    has to be known which fields the form has. Raises ``ReportError`` when the report is not in the
    partner's hands any more, or when a field or its text cannot be.
    """
    _refuse(report, typed)
    wanted = {each.key: each for each in typed}
    held = {a.key: a for a in report.answers.filter(key__in=wanted).select_related("edited_by")}
    if not part.is_whole or wanted.keys() - held.keys():
        _refuse_others(report, typed, part)
    moment = at or timezone.now()
    outcome, rows = Saved(), []
    for key, each in wanted.items():
        text = clean_text(each.text)
        answer = held.get(key)
        if answer is not None and answer.text == text:
            outcome.revisions[key] = answer.revision
        elif answer is not None and answer.revision != each.revision:
            outcome.conflicts[key] = answer
        elif answer is None and not text:
            outcome.revisions[key] = 0
        else:
            revision = (answer.revision if answer else 0) + 1
            rows.append(
                Answer(
                    report=report,
                    key=key,
                    text=text,
                    revision=revision,
                    edited_by=user,
                    edited_at=moment,
                )
            )
            outcome.revisions[key] = revision
    if rows:
        if not part.is_whole:  # who writes on in its part says anew that it is ready
            report.ready_parts.filter(organisation__in=part.members).delete()
        Answer.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["report", "key"],
            update_fields=["text", "revision", "edited_by", "edited_at"],
        )
    return outcome


def _refuse(report: Report, typed: Sequence[Typed]) -> None:
    """Raise ``ReportError`` for what cannot be written now, or not here."""
    if not report.is_open:
        raise ReportError(CLOSED)
    if len(typed) > MOST_FIELDS:
        raise ReportError("Dit zijn te veel velden tegelijk. Bewaar per onderdeel.")
    for each in typed:
        if not KEY.fullmatch(each.key):
            raise ReportError(NOT_HERE)
        if len(each.text) > LONGEST_KEPT:
            raise ReportError(
                f"Een tekst van {len(each.text)} tekens is te lang om te bewaren. "
                "Kort hem in, of voeg hem als bijlage toe."
            )


def _refuse_others(report: Report, typed: Sequence[Typed], part: Part) -> None:
    """Raise ``ReportError`` for a field that ``part`` of the form does not have."""
    texts = report.answers.texts() | {each.key: each.text for each in typed}
    sections = part.of(sheet(terms_of(report.contract, report.period), texts))
    keys = part.keys(sections, part.remarks(remarks_on(report), sections))
    if any(each.key not in keys for each in typed):
        raise ReportError(NOT_HERE if part.is_whole else NOT_IN_PART)


@dataclass(frozen=True)
class Room:
    """What may still be added to a draft: files, and bytes of them together."""

    files: int
    size: int


def room_for(report: Report) -> Room:
    """What is left of the limits of ``report`` (``docs/instellingen.md``). One query."""
    held = report.attachments.aggregate(files=Count("pk"), size=Sum("file__size", default=0))
    return Room(
        settings.REPORT_MAX_FILES - held["files"], settings.REPORT_MAX_MB * MB - held["size"]
    )


def attach(report: Report, upload: Upload, *, user: User) -> Attachment:
    """Add a file to the draft; the same bytes once.

    Raises ``ReportError`` when the draft is closed or full, and no byte is stored then; and when
    the same bytes are there already.
    """
    with transaction.atomic():
        _open_or_refuse(report)
        room = room_for(report)
        if room.files <= 0:
            raise ReportError(full())
        if (upload.file.size or 0) > room.size:
            raise ReportError(
                f"De bijlagen van een rapportage zijn samen ten hoogste {settings.REPORT_MAX_MB} "
                "MB. Haal er eerst een weg, of verklein dit bestand."
            )
        stored = store(upload.file, name=upload.name, content_type=upload.kind.content_type)
        attachment, added = Attachment.objects.get_or_create(
            report=report,
            file=stored,
            defaults={
                "name": upload.name,
                "added_by": user,
                "numbers": [[each.number, each.place] for each in upload.read.numbers],
                "more_numbers": upload.read.more,
                "unread": upload.read.unread,
            },
        )
        if not added:
            raise ReportError(f"Dit bestand staat er al, als ‘{attachment.name}’.")
    return attachment


def full() -> str:
    """What is said of a draft to which no file can be added."""
    return (
        f"Bij een rapportage gaan ten hoogste {settings.REPORT_MAX_FILES} bijlagen mee. "
        "Haal er eerst een weg."
    )


def detach(attachment: Attachment, *, user: User) -> None:
    """Take a file off the draft; rounds keep theirs. Raises ``ReportError`` when it is closed."""
    with transaction.atomic():
        _open_or_refuse(attachment.report)
        attachment.delete()


def _open_or_refuse(report: Report) -> None:
    if not Report.objects.to_write().select_for_update().filter(pk=report.pk).exists():
        raise ReportError(CLOSED)
