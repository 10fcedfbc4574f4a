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
from agenda.actions.renewing import complete
from agenda.constants import AgendaStatus
from agenda.documents import request_document
from agenda.following import following, former_of
from agenda.models import Agenda, AgendaVersion, AgendaVersionEvent, Goal
from core.files import store
from core.uploads.field import Upload


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
    version: AgendaVersion,
    *,
    user: User,
    adopted_on: datetime.date,
    adopted_by: str,
    decision: str,
    upload: Upload,
) -> AgendaVersionEvent:
    """consultation -> adopted, by a decision with its document; what it follows, where that was
    adopted here, is superseded: earlier versions of the same agenda, and the agenda before it. The
    agenda as a document is asked for.

    Raises ``TransitionError`` without goals, while a goal of the former agenda has no fate or a new
    one no reason, or when the agenda is not open for consultation.
    """
    with transaction.atomic():
        _hold(version)
        _ask_for_goals(version)
        _ask_for_fates(version)
        _ask_for_place(version)
        former = former_of(version)
        if former is not None and former.agenda_id == version.agenda_id:
            complete(version, former)
        kept = store(upload.file, name=upload.name, content_type=upload.kind.content_type)
        event = _move(
            version,
            AgendaStatus.CONSULTATION,
            AgendaStatus.ADOPTED,
            user=user,
            note=f"Vastgesteld door {adopted_by} op {adopted_on.isoformat()}: {decision}.",
            adopted_on=adopted_on,
            adopted_by=adopted_by,
            decision=decision,
            decision_file=kept,
            decision_name=upload.name,
        )
        for former in AgendaVersion.objects.filter(
            Q(agenda=version.agenda_id, number__lt=version.number)
            | Q(agenda=version.agenda.predecessor_id),
            status=AgendaStatus.ADOPTED,
            origin="system",
        ).select_for_update():
            _move(former, AgendaStatus.ADOPTED, AgendaStatus.SUPERSEDED, user=user)
        request_document(version, requested_by=str(user))
        return event


def _ask_for_place(version: AgendaVersion) -> None:
    """A version of an agenda that was followed meanwhile comes too late."""
    # Its own row and the one before it: of two adoptions at once the second sees the first.
    beside = [version.agenda_id, *filter(None, [version.agenda.predecessor_id])]
    list(Agenda.objects.select_for_update(of=("self",)).filter(pk__in=beside).order_by("pk"))
    followers = AgendaVersion.objects.decided().filter(agenda__predecessor=version.agenda_id)
    follower = followers.select_related("agenda").order_by("-number").first()
    if follower is not None:
        raise TransitionError(
            f"Deze agenda is intussen opgevolgd door {follower.agenda}. Neem de wijziging daar op."
        )


def _ask_for_goals(version: AgendaVersion) -> None:
    if not Goal.objects.filter(theme__version=version).exists():
        raise TransitionError("Deze agenda heeft nog geen doelen. Voeg eerst doelen toe.")


def _ask_for_fates(version: AgendaVersion) -> None:
    told = following(version).unsaid
    if told:
        raise TransitionError(f"{told} Leg dat eerst vast bij Opvolging.")
