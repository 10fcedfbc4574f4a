"""What may be done to an investigation: written, put before the municipality, settled, published.

Each holds the row, so that nothing is written in what moved on meanwhile. They raise
``ValidationError`` with why not, in Dutch, and then nothing changed. docs/regels/wederhoor.md says
the rules.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import history
from accounts.models import User
from core.edits import RevisedForm
from monitor.changes import of_investigation
from monitor.constants import InvestigationStatus
from monitor.models import (
    Investigation,
    InvestigationEvent,
    InvestigationPart,
    PlannedInvestigation,
)

MOVED_ON = (
    "Dit onderzoek is intussen een stap verder. Van u is niets bewaard. Ga terug naar het "
    "onderzoek en kijk wat u nu kunt doen."
)
NOTHING_FOUND = "Voeg eerst een bevinding toe. Zonder bevinding valt er niets te controleren."
UNSETTLED = (
    "Op {number} nog geen antwoord gegeven. Zeg eerst bij elke reactie of u die overneemt, en "
    "waarom."
)
NO_REACTION = (
    "Er is nog geen bestuurlijke reactie. Wacht op het college, of schrijf waarom er geen reactie "
    "is."
)
JUDGED_IN_IT = (
    "Bij dit onderzoek staan oordelen over normen. Die blijven bewaard, dus dit onderzoek ook."
)


def save_investigation(form: RevisedForm, *, status: str, user: User) -> bool:
    """Write what an investigation of ``status`` says. False when another wrote meanwhile."""
    with transaction.atomic():
        if form.instance.pk is not None:
            _hold(form.instance, status)
        return history.save(form, of_investigation, user=user)


def save_part(form: RevisedForm, *, status: str, user: User) -> bool:
    """Write a part of an investigation of ``status``; a second click adds nothing."""
    with transaction.atomic():
        held = _hold(form.instance.investigation, status)
        newest = held.parts.order_by("-pk").first() if form.instance.pk is None else None
        if newest is not None and form.says_what(newest):
            return True
        return history.save(form, of_investigation, user=user)


def remove_part(part: InvestigationPart, *, user: User) -> None:
    """Take a part out of a draft; a second click finds it gone."""
    with transaction.atomic():
        _hold(part.investigation, InvestigationStatus.DRAFT)
        found = InvestigationPart.objects.filter(pk=part.pk).first()
        if found is not None:
            history.removed(found, of_investigation, user=user)
            found.delete()


def delete_draft(row: Investigation, *, user: User) -> None:
    """Throw a draft away, with its parts; a second click finds it gone."""
    with transaction.atomic():
        held = _hold(row, InvestigationStatus.DRAFT)
        if held.norm_verdicts.exists():
            raise ValidationError(JUDGED_IN_IT)
        held.parts.all().delete()
        # What was planned is still to begin then.
        PlannedInvestigation.objects.filter(investigation=held).update(
            investigation=None, revision=F("revision") + 1
        )
        history.removed(held, of_investigation, user=user)
        held.delete()


# -- steps -----------------------------------------------------------------------------------------
def present(form: RevisedForm, *, user: User) -> bool:
    """Put the findings before the municipality. False when another wrote meanwhile."""

    def ready(held: Investigation) -> None:
        if not held.parts.exists():
            raise ValidationError(NOTHING_FOUND)

    return _step(form, InvestigationStatus.DRAFT, InvestigationStatus.CHECK, ready, user=user)


def settle(form: RevisedForm, *, user: User) -> bool:
    """Close the check on facts: every reaction has its answer, and the board may react."""

    def ready(held: Investigation) -> None:
        number = held.parts.awaiting_outcome().count()
        if number:
            told = "één reactie is" if number == 1 else f"{number} reacties is"
            raise ValidationError(UNSETTLED.format(number=told))

    return _step(form, InvestigationStatus.CHECK, InvestigationStatus.SETTLED, ready, user=user)


def publish(form: RevisedForm, *, user: User) -> bool:
    """From now on everybody reads the investigation, and nobody changes it."""

    def ready(held: Investigation) -> None:
        if not held.reaction and not form.cleaned_data.get("without_reaction"):
            raise ValidationError(NO_REACTION)

    return _step(form, InvestigationStatus.SETTLED, InvestigationStatus.PUBLISHED, ready, user=user)


def _step(
    form: RevisedForm,
    old: InvestigationStatus,
    new: InvestigationStatus,
    ready: Callable[[Investigation], None],
    *,
    user: User,
) -> bool:
    row: Investigation = form.instance
    with transaction.atomic():
        ready(_hold(row, old))
        if not history.save(form, of_investigation, user=user):
            return False
        changed: dict[str, Any] = {"status": new}
        if new == InvestigationStatus.PUBLISHED:
            changed |= {"published_on": timezone.localdate()}
        moved = Investigation.objects.filter(pk=row.pk, status=old).update(**changed)
        if moved != 1:
            raise ValidationError(MOVED_ON)
        InvestigationEvent.objects.create(investigation=row, to_status=new, actor=user)
    return True


def _hold(row: Investigation, status: str) -> Investigation:
    """The row as it stands now, held for this transaction; it has to be of ``status``."""
    rows = Investigation.objects.select_for_update(of=("self",)).order_by("pk")
    held = rows.filter(pk=row.pk, status=status).first()
    if held is None:
        raise ValidationError(MOVED_ON)
    return held


def settle_from_source(row: Investigation) -> None:
    """Make an investigation that was taken from a source readable; it had no steps here."""
    Investigation.objects.filter(pk=row.pk, source__isnull=False).update(
        status=InvestigationStatus.PUBLISHED
    )
