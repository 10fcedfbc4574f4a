"""What accounts keep and for how long; and the report and the closing of everything past its term.

Names of leavers go, their work stays. Of the audit trail the oldest part goes as one piece, and its
chain says so (``accounts.trail.cut``).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from accounts.actions import NOWHERE, page_of, remove_name
from accounts.models import AuditEntry, User
from accounts.trail import cut, entries_to_cut, record
from core.retention import Found, Kind, found_in, kinds


def _closed(before: datetime.datetime) -> list[tuple[datetime.date, User]]:
    """Closed accounts that have a name still, with the day on which they were closed. Two queries.

    An account without a line about its closing in the audit trail counts from its last sign-in.
    """
    people = User.objects.filter(is_active=False).exclude(email__endswith=f"@{NOWHERE}")
    closings = AuditEntry.objects.filter(action="account_closed").order_by().values("target")
    moments = dict(closings.annotate(last=Max("at")).values_list("target", "last"))
    found = []
    for person in people:
        moment = moments.get(page_of(person)) or person.last_login or person.created_at
        if moment < before:
            found.append((timezone.localtime(moment).date(), person))
    return found


def _find_closed(before: datetime.datetime) -> Found:
    found = _closed(before)
    return Found(len(found), min((day for day, _ in found), default=None))


def _remove_names(before: datetime.datetime) -> int:
    found = _closed(before)
    for _, person in found:
        remove_name(person=person, user=None)
    return len(found)


KINDS = [
    Kind(
        key="accounts",
        label="Namen van gesloten accounts",
        setting="RETAIN_CLOSED_ACCOUNTS_MONTHS",
        starts="het sluiten van het account",
        deed="naam en e-mailadres worden verwijderd; wat iemand deed blijft staan, zonder naam",
        ground="Zo lang kan iemand nog iets vragen over het werk van een vertrokken collega (AVG, "
        "artikel 5).",
        find=_find_closed,
        close=_remove_names,
    ),
    Kind(
        key="audit",
        label="Regels van het logboek, ook over inloggen",
        setting="RETAIN_AUDIT_MONTHS",
        starts="de regel zelf",
        deed="worden verwijderd, de oudste eerst; de keten zegt tot waar",
        ground="Even lang als overeenkomsten na hun einde: zo lang kan iemand vragen wie wat deed "
        "(BIO2, 8.15).",
        find=lambda before: found_in(entries_to_cut(before), "at"),
        close=cut,
    ),
]


@dataclass(frozen=True)
class Line:
    """A kind, and what of it is past its term."""

    kind: Kind
    found: Found

    @property
    def is_due(self) -> bool:
        """Whether there is something to close."""
        return self.found.number > 0 and self.kind.close is not None

    @property
    def stays(self) -> bool:
        """Whether rows are past their term and stay all the same."""
        return self.found.number > 0 and self.kind.close is None


def report(now: datetime.datetime | None = None) -> list[Line]:
    """Every kind with what is past its term. Some ten queries, however much there is."""
    now = now or timezone.now()
    return [Line(kind, kind.find(kind.before(now))) for kind in kinds()]


def close(kind: Kind, *, user: User | None, now: datetime.datetime | None = None) -> int:
    """Close what is past the term of ``kind``, and record how many in the audit trail.

    In one transaction. Zero, and no record, when nothing is past its term. ``user`` is None on the
    command line.
    """
    if kind.close is None:
        return 0
    with transaction.atomic():
        closed = kind.close(kind.before(now or timezone.now()))
        if closed:
            details = {"soort": kind.key, "aantal": closed, "termijn": kind.term}
            record("retention_closed", actor=user, target=reverse("retention"), details=details)
    return closed
