"""What the contract manager does with a report that was handed in."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from contracts.models import Contract
from reporting.actions.errors import ReportError
from reporting.actions.mails import tell_accepted, tell_extended, tell_returned
from reporting.constants import ReportStatus
from reporting.disclosure import decide
from reporting.models import Extension, Remark, Report, ReportEvent, Round
from reporting.reading import content_of, members_by_field
from reporting.sections import LONGEST


@dataclass(frozen=True)
class RemarkText:
    """A remark on one field (``key`` as the draft stores it), or on the whole (empty)."""

    key: str
    label: str
    text: str


def return_(
    report: Report,
    *,
    user: User,
    round_number: int,
    remarks: Sequence[RemarkText],
    note: str = "",
    at: datetime.datetime | None = None,
) -> None:
    """submitted -> returned, with what must change. Raises ``ReportError``; nothing changes then.

    ``round_number`` is the round that ``user`` read: a newer one asks to be read first.
    """
    asked = [remark for remark in remarks if remark.text.strip()]
    _refuse_too_long(note, *(remark.text for remark in asked))
    if not asked and not note.strip():
        raise ReportError("Schrijf bij ten minste één veld, of onderaan, wat de partner moet doen.")
    moment = at or timezone.now()
    with transaction.atomic():
        made = _move(
            report, ReportStatus.SUBMITTED, ReportStatus.RETURNED, user, round_number, note, moment
        )
        Remark.objects.bulk_create(
            Remark(
                round=made,
                key=remark.key,
                label=remark.label[:250],
                text=remark.text.strip(),
                author=user,
                at=moment,
            )
            for remark in asked
        )
        # Whoever is asked something about its part says anew that it is ready.
        reporters = members_by_field(content_of(made))
        members = [reporters[remark.key] for remark in asked if remark.key in reporters]
        report.ready_parts.filter(organisation__in=members).delete()
        tell_returned(made, note)


def accept(
    report: Report,
    *,
    user: User,
    round_number: int,
    note: str = "",
    at: datetime.datetime | None = None,
) -> None:
    """submitted -> accepted: from now on the public may read it. Raises ``ReportError``."""
    _refuse_too_long(note)
    with transaction.atomic():
        # What is not published of one report depends on the others: they are accepted in turn.
        Contract.objects.select_for_update().get(pk=report.contract_id)
        made = _move(
            report,
            ReportStatus.SUBMITTED,
            ReportStatus.ACCEPTED,
            user,
            round_number,
            note,
            at or timezone.now(),
        )
        decide(made)
        tell_accepted(made)


def reopen(report: Report, *, user: User, reason: str, at: datetime.datetime | None = None) -> None:
    """accepted -> returned, with a reason. Raises ``ReportError``; nothing changes then."""
    if not reason.strip():
        raise ReportError("Schrijf waarom deze rapportage weer open moet.")
    with transaction.atomic():
        newest = report.rounds.newest_first().first()
        made = _move(
            report,
            ReportStatus.ACCEPTED,
            ReportStatus.RETURNED,
            user,
            newest.number if newest else 0,
            reason,
            at or timezone.now(),
        )
        tell_returned(made, reason)


# A typing mistake in the year would leave a report open for ever.
LONGEST_EXTENSION = datetime.timedelta(days=365)


def extend(
    report: Report,
    *,
    user: User,
    until: datetime.date,
    reason: str,
    at: datetime.datetime | None = None,
) -> Extension:
    """Give the partner until ``until``: to that day the report is in time, and open.

    Raises ``ReportError`` when it was handed in, when it is not due before that day, or when that
    day is more than a year from now and from the day on which it is due.
    """
    if not reason.strip():
        raise ReportError("Schrijf waarom u uitstel geeft.")
    with transaction.atomic():
        held = Report.objects.select_for_update().get(pk=report.pk)
        if held.status != ReportStatus.OPEN:
            raise ReportError("Deze rapportage is al ingediend; uitstel is niet meer nodig.")
        due = max(filter(None, [held.due_on, *held.extensions.values_list("until", flat=True)]))
        if until <= due:
            raise ReportError(f"Kies een dag na {date_format(due, 'j F Y')}; dan moet zij nu in.")
        latest = max(due, timezone.localdate()) + LONGEST_EXTENSION
        if until > latest:
            raise ReportError(
                f"Kies een dag tot en met {date_format(latest, 'j F Y')}: een jaar is het meeste."
            )
        made = Extension.objects.create(
            report=report,
            until=until,
            reason=reason.strip(),
            granted_by=user,
            at=at or timezone.now(),
        )
        tell_extended(made)
    return made


SAID = {
    ReportStatus.OPEN: "is nog niet ingediend",
    ReportStatus.SUBMITTED: "is intussen opnieuw ingediend",
    ReportStatus.RETURNED: "is al teruggestuurd",
    ReportStatus.ACCEPTED: "is al geaccepteerd",
}


def _refuse_too_long(*texts: str) -> None:
    longest = max(map(len, texts))
    if longest > LONGEST:
        raise ReportError(
            f"Een tekst van {longest} tekens is te lang; er passen er {LONGEST}. Kort hem in."
        )


def _move(
    report: Report,
    before: ReportStatus,
    after: ReportStatus,
    user: User,
    round_number: int,
    note: str,
    moment: datetime.datetime,
) -> Round:
    """Change the status of exactly one report, and log it. Raises ``ReportError``."""
    held = Report.objects.select_for_update().get(pk=report.pk)
    newest = held.rounds.newest_first().first()
    if held.status != before or newest is None:
        said = SAID[ReportStatus(held.status or ReportStatus.OPEN)]
        raise ReportError(f"Deze rapportage {said}. Er is niets gewijzigd; bekijk haar opnieuw.")
    if newest.number != round_number:
        raise ReportError(
            f"Er is intussen een ronde {newest.number}. Lees die eerst; er is niets gewijzigd."
        )
    if Report.objects.filter(pk=report.pk, status=before).update(status=after) != 1:
        raise ReportError("Iemand anders was u voor. Er is niets gewijzigd; bekijk haar opnieuw.")
    ReportEvent.objects.create(
        report=report,
        round=newest,
        from_status=before,
        to_status=after,
        actor=user,
        note=note.strip(),
        at=moment,
    )
    report.refresh_from_db(fields=["status"])
    return newest
