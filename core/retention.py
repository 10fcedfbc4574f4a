"""How long each kind of record is kept, and what happens after that; the kinds of ``core`` too.

Each app says in a ``KINDS`` what it keeps; ``settings.RETENTION_KINDS`` names them. A kind that the
law or a decision keeps has no ``close``: it is reported, and stays.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Min
from django.utils import timezone
from django.utils.module_loading import import_string

from core.models import Job, OutboxMail
from core.periods import months_before

# RFC 2606: nobody will ever have this address.
NOBODY = "verwijderd@verwijderd.invalid"
NO_TEXT = "De tekst van dit bericht is na de bewaartermijn verwijderd."


@dataclass(frozen=True)
class Found:
    """How many rows are past their term, and since when the oldest of them is there."""

    number: int
    oldest: datetime.date | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of record. ``find`` and ``close`` get the moment before which a row is past its term.

    ``close`` returns how many rows it closed; what it leaves is not past its term any more, so a
    second time it closes nothing. ``deed`` says what closing does, or why the rows stay; ``ground``
    why the term is what it is.
    """

    key: str
    label: str
    setting: str
    starts: str
    deed: str
    ground: str
    find: Callable[[datetime.datetime], Found]
    close: Callable[[datetime.datetime], int] | None = None

    @property
    def length(self) -> int:
        return int(getattr(settings, self.setting))

    @property
    def term(self) -> str:
        """The term in words: ``12 maanden``."""
        one, more = ("dag", "dagen") if self.setting.endswith("_DAYS") else ("maand", "maanden")
        return f"{self.length} {one if self.length == 1 else more}"

    def before(self, now: datetime.datetime) -> datetime.datetime:
        """What began before this moment is past its term."""
        if self.setting.endswith("_DAYS"):
            return now - datetime.timedelta(days=self.length)
        return months_before(now, self.length)


def kinds() -> list[Kind]:
    """The kinds of all apps, in the order of the settings."""
    held: list[list[Kind]] = [import_string(path) for path in settings.RETENTION_KINDS]
    return [kind for of_app in held for kind in of_app]


def found_in(rows: models.QuerySet[Any], field: str) -> Found:
    """How many ``rows`` there are, and the oldest day in ``field``. One query."""
    told = rows.order_by().aggregate(count=models.Count("pk", distinct=True), oldest=Min(field))
    oldest = told["oldest"]
    if isinstance(oldest, datetime.datetime):
        oldest = timezone.localtime(oldest).date()
    return Found(told["count"], oldest)


# -- the kinds of core -----------------------------------------------------------------------------
def _mails(before: datetime.datetime) -> models.QuerySet[OutboxMail]:
    return OutboxMail.objects.filter(sent_at__lt=before).exclude(to=NOBODY)


def _empty_mails(before: datetime.datetime) -> int:
    """The row stays, by its key: else the same mail could go out once more."""
    return _mails(before).update(to=NOBODY, subject="", text=NO_TEXT, error="")


def _jobs(before: datetime.datetime) -> models.QuerySet[Job]:
    return Job.objects.filter(finished_at__lt=before).exclude(requested_by="")


def _sessions(before: datetime.datetime) -> models.QuerySet[Session]:
    return Session.objects.filter(expire_date__lt=before)


def _delete_sessions(before: datetime.datetime) -> int:
    return _sessions(before).delete()[0]


KINDS = [
    Kind(
        key="sessions",
        label="Zittingen die voorbij zijn",
        setting="RETAIN_SESSIONS_DAYS",
        starts="het einde van de zitting",
        deed="worden verwijderd",
        ground="Niemand heeft ze nog nodig; zij zeggen wie wanneer was ingelogd.",
        find=lambda before: found_in(_sessions(before), "expire_date"),
        close=_delete_sessions,
    ),
    Kind(
        key="mails",
        label="Verstuurde berichten",
        setting="RETAIN_MAILS_MONTHS",
        starts="het versturen",
        deed="verliezen adres, onderwerp en tekst; dat er een bericht uitging, blijft staan",
        ground="Lang genoeg om na te gaan of iemand bericht kreeg. De ontvanger heeft het bericht "
        "zelf.",
        find=lambda before: found_in(_mails(before), "sent_at"),
        close=_empty_mails,
    ),
    Kind(
        key="jobs",
        label="Namen bij afgelopen opdrachten",
        setting="RETAIN_JOBS_MONTHS",
        starts="het einde van de opdracht",
        deed="worden verwijderd; de opdracht blijft",
        ground="Wie een document vroeg, is later niet meer van belang.",
        find=lambda before: found_in(_jobs(before), "finished_at"),
        close=lambda before: _jobs(before).update(requested_by=""),
    ),
]
