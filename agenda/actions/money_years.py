"""Closing a year of money, and opening it again: each with a reason, in the log for good."""

from __future__ import annotations

import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from accounts import history
from accounts.history import Part, Whole, key_of
from accounts.models import User
from agenda.actions.locks import NotEditable
from agenda.constants import YearStatus
from agenda.models import MoneyYear, MoneyYearEvent
from agenda.money_years import told_closed
from core.edits import RevisedForm
from core.wording import Told, told

LABELS = {"stated_total": "Vastgesteld totaal", "note": "Opmerking"}
MEANWHILE = "Iemand anders deed dit intussen al. Kijk eerst hoe het jaar er nu voor staat."


def _describe(row: MoneyYear) -> tuple[Part, Told]:
    name = f"Begrotingsjaar {row.year}"
    whole = Whole(key_of(row), name, reverse("budget_year", args=[row.year]))
    return Part(whole, key_of(row), "begrotingsjaar", name), told(row, LABELS)


def year_row(year: int) -> MoneyYear:
    """The row of ``year``, made when it is not there: an open year needs none. Two queries."""
    return MoneyYear.objects.get_or_create(year=year)[0]


def save_year(form: RevisedForm, *, user: User) -> bool:
    """Write the total and the note of an open year. False when another wrote meanwhile.

    Raises ``NotEditable``, also when somebody made the same year at the same moment.
    """
    row: MoneyYear = form.instance
    try:
        with transaction.atomic():
            held = MoneyYear.objects.select_for_update().filter(year=row.year).first()
            if held is not None and held.is_closed:
                raise NotEditable(told_closed([held.year]))
            return history.save(form, _describe, user=user)
    except IntegrityError as error:
        raise NotEditable(MEANWHILE) from error


def _move(
    year: int,
    to: YearStatus,
    reason: str,
    *,
    user: User,
    at: datetime.datetime | None,
) -> MoneyYearEvent:
    before = YearStatus.OPEN if to is YearStatus.CLOSED else YearStatus.CLOSED
    with transaction.atomic():
        row = year_row(year)
        rows = MoneyYear.objects.filter(pk=row.pk, status=before)
        if rows.update(status=to, revision=F("revision") + 1) != 1:
            raise NotEditable(MEANWHILE)
        return MoneyYearEvent.objects.create(
            year=row,
            from_status=before,
            to_status=to,
            reason=reason,
            actor=user,
            at=at or timezone.now(),
        )


def close_year(
    year: int, reason: str, *, user: User, at: datetime.datetime | None = None
) -> MoneyYearEvent:
    """open -> closed: of the money of ``year`` nothing changes any more.

    Raises ``NotEditable`` when it is closed already: a second click does nothing.
    """
    return _move(year, YearStatus.CLOSED, reason, user=user, at=at)


def reopen_year(
    year: int, reason: str, *, user: User, at: datetime.datetime | None = None
) -> MoneyYearEvent:
    """closed -> open, with the reason. Raises ``NotEditable`` when it is open already."""
    return _move(year, YearStatus.OPEN, reason, user=user, at=at)
