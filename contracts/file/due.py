"""Days of contracts before which somebody has to act: on "Mijn werk", on a list, and in a mail."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format

from accounts.access import holders_of
from accounts.constants import Role
from contracts.constants import ContractStatus, OptionOutcome
from contracts.models import Contract, ExtensionOption, Supply, Transition
from core.outbox import queue_mail

#: How long before a contract ends its manager is told.
ENDING = datetime.timedelta(days=180)


@dataclass(frozen=True)
class Deadline:
    """A day of ``contract`` and what is to be done before it."""

    key: str
    contract: Contract
    day: datetime.date
    what: str
    anchor: str

    @property
    def url(self) -> str:
        return f"{reverse('contract_manage', args=[self.contract.slug])}#{self.anchor}"


def deadlines(today: datetime.date) -> list[Deadline]:
    """What asks for attention on ``today``, also what has passed; the nearest day first.

    A contract whose term is over asks for nothing before a day: it is in ``to_finish``. What a
    document of the past says (it has a source) asks for nothing either. Four queries.
    """
    found = [*_options(today), *_transitions(today), *_supplies(today), *_ends(today)]
    return sorted(found, key=lambda each: (each.day, each.contract.title, each.key))


def to_finish(today: datetime.date) -> list[Contract]:
    """Contracts that stand as active while their term is over, the oldest first. One query.

    That is no alarm: somebody has to end them, or the amendment that extended them is missing.
    """
    rows = Contract.objects.active().filter(ends_on__lt=today)
    return list(rows.select_related("partner").order_by("ends_on", "title", "pk"))


def _of_running(rows: QuerySet[Any], today: datetime.date) -> QuerySet[Any]:
    """Those of a contract that runs still, as far as is known, and that no document tells."""
    over = Q(contract__status=ContractStatus.ENDED) | Q(contract__ends_on__lt=today)
    return rows.filter(source__isnull=True).exclude(over).select_related("contract")


def _near(day: datetime.date | None, remind_days: int, today: datetime.date) -> bool:
    return day is not None and day <= today + datetime.timedelta(days=remind_days)


def _options(today: datetime.date) -> Iterable[Deadline]:
    for row in _of_running(ExtensionOption.objects.filter(outcome=OptionOutcome.OPEN), today):
        if _near(row.notice_by, row.remind_days, today):
            until = date_format(row.until, "j F Y")
            yield Deadline(
                f"option-{row.pk}",
                row.contract,
                row.notice_by,
                f"Laat de partner weten of u verlengt tot en met {until}.",
                "verlengen",
            )


def _transitions(today: datetime.date) -> Iterable[Deadline]:
    rows = Transition.objects.filter(
        finished_on__isnull=True, ends_on__isnull=False, source__isnull=True
    )
    for row in rows.select_related("contract"):
        if row.ends_on is not None and _near(row.ends_on, row.remind_days, today):
            yield Deadline(
                f"transition-{row.pk}",
                row.contract,
                row.ends_on,
                f"De overgangsregeling ‘{row.group}’ loopt af. Rond haar af.",
                "overgang",
            )


def _supplies(today: datetime.date) -> Iterable[Deadline]:
    rows = _of_running(Supply.objects.filter(ends_on__isnull=False), today)
    for row in rows.select_related("supplier"):
        if row.ends_on is not None and _near(row.ends_on, row.remind_days, today):
            yield Deadline(
                f"supply-{row.pk}",
                row.contract,
                row.ends_on,
                f"Het contract met {row.supplier} ({row.subject}) loopt af.",
                "leveranciers",
            )


def _ends(today: datetime.date) -> Iterable[Deadline]:
    """Contracts that end soon."""
    rows = Contract.objects.active().filter(ends_on__gte=today, ends_on__lte=today + ENDING)
    for row in rows:
        if row.ends_on is not None:
            yield Deadline(
                f"contract-{row.pk}",
                row,
                row.ends_on,
                "De overeenkomst loopt af. Verleng haar met een addendum, of beëindig haar.",
                "gegevens",
            )


def remind_deadlines(today: datetime.date) -> int:
    """Mail the contract managers once about every deadline; returns how many there are.

    The outbox sends each occasion once to each receiver: another day is a new occasion.
    """
    found = deadlines(today)
    if not found:
        return 0
    managers = list(holders_of(Role.CONTRACT_MANAGER))
    for each in found:
        day = date_format(each.day, "j F Y")
        text = (
            f"{each.contract.title}\n\nVoor {day}: {each.what}\n\n"
            f"Bekijken: {settings.BASE_URL}{each.url}\n"
        )
        for user in managers:
            queue_mail(
                to=user.email,
                subject=f"Voor {day}: {each.contract.title}"[:200],
                text=text,
                key=f"deadline-{each.key}-{each.day.isoformat()}-{user.pk}",
            )
    return len(found)
