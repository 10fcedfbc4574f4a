"""Transitions of a version of an agenda: draft -> consultation -> adopted -> superseded.

Each is compare-and-set in one transaction and writes an append-only event.
"""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from agenda.actions.locks import NotEditable, lock_version
from agenda.constants import AgendaStatus
from agenda.following import following
from agenda.models import AgendaVersion, AgendaVersionEvent, Goal


class TransitionError(ValidationError):
    """The step is not possible now; the message says what to do. Nothing changed."""


TAKEN = "Deze stap is al gezet, of de agenda staat intussen anders. Bekijk hem opnieuw."


def _move(
    version: AgendaVersion,
    before: AgendaStatus,
    to: AgendaStatus,
    *,
    user: User,
    note: str = "",
    **columns: object,
) -> AgendaVersionEvent:
    moved = AgendaVersion.objects.filter(pk=version.pk, status=before, origin="system").update(
        status=to, **columns
    )
    if moved != 1:
        raise TransitionError(TAKEN)
    version.refresh_from_db()
    return AgendaVersionEvent.objects.create(
        version=version, from_status=before, to_status=to, actor=user, note=note.strip()
    )


def _hold(version: AgendaVersion) -> None:
    try:
        lock_version(version)
    except NotEditable as error:
        raise TransitionError(TAKEN) from error


def submit_for_consultation(version: AgendaVersion, *, user: User) -> AgendaVersionEvent:
    """draft -> consultation: from now on everybody may read it. Raises ``TransitionError``."""
    with transaction.atomic():
        _hold(version)
        _ask_for_goals(version)
        return _move(version, AgendaStatus.DRAFT, AgendaStatus.CONSULTATION, user=user)


def take_back(version: AgendaVersion, *, user: User, note: str) -> AgendaVersionEvent:
    """consultation -> draft, with the reason. Raises ``TransitionError``."""
    if not note.strip():
        raise TransitionError("Schrijf waarom de agenda teruggaat naar concept.")
    with transaction.atomic():
        _hold(version)
        return _move(version, AgendaStatus.CONSULTATION, AgendaStatus.DRAFT, user=user, note=note)


def adopt(
    version: AgendaVersion, *, user: User, adopted_on: datetime.date, adopted_by: str
) -> AgendaVersionEvent:
    """consultation -> adopted; what it follows, where that was adopted here, is superseded: earlier
    versions of the same agenda, and the agenda before it.

    Raises ``TransitionError`` without goals, while a goal of the former agenda has no fate or a new
    one no reason, or when the agenda is not open for consultation.
    """
    with transaction.atomic():
        _hold(version)
        _ask_for_goals(version)
        _ask_for_fates(version)
        event = _move(
            version,
            AgendaStatus.CONSULTATION,
            AgendaStatus.ADOPTED,
            user=user,
            note=f"Vastgesteld door {adopted_by} op {adopted_on.isoformat()}.",
            adopted_on=adopted_on,
            adopted_by=adopted_by,
        )
        for former in AgendaVersion.objects.filter(
            Q(agenda=version.agenda_id, number__lt=version.number)
            | Q(agenda=version.agenda.predecessor_id),
            status=AgendaStatus.ADOPTED,
            origin="system",
        ).select_for_update():
            _move(former, AgendaStatus.ADOPTED, AgendaStatus.SUPERSEDED, user=user)
        return event


def _ask_for_goals(version: AgendaVersion) -> None:
    if not Goal.objects.filter(theme__version=version).exists():
        raise TransitionError("Deze agenda heeft nog geen doelen. Voeg eerst doelen toe.")


def _ask_for_fates(version: AgendaVersion) -> None:
    told = following(version).unsaid
    if told:
        raise TransitionError(f"{told} Leg dat eerst vast bij Opvolging.")
