"""Consultation rounds and their answers: prepared -> open -> closed -> answered.

Everything here holds the row of the round until its transaction ends, so that what is handed in and
what is closed, withdrawn or answered at the same moment come one after the other.
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import history
from accounts.models import Organisation, User
from agenda.actions.locks import lock_version
from agenda.advising import documents, mails
from agenda.changes import of_version, unsaid
from agenda.constants import RoundStatus
from agenda.models import (
    Advice,
    AdviceAnswer,
    AdvicePoint,
    AgendaVersion,
    ConsultationRound,
    Invitation,
    RoundEvent,
)
from core.edits import RevisedForm

TAKEN = "Deze stap is al gezet, of de ronde staat intussen anders. Bekijk haar opnieuw."
ANSWERED = "Deze ronde is beantwoord en verandert niet meer."
KEPT_HERE = "Wat u typte, staat hieronder nog, maar is niet bewaard."


class NotPossible(ValidationError):
    """It cannot be done now; the message says why and what to do. Nothing changed."""


def lock_round(round: ConsultationRound) -> ConsultationRound:
    """The round as it stands now, held for this transaction. Raises ``NotPossible``."""
    held = ConsultationRound.objects.select_for_update().filter(pk=round.pk).first()
    if held is None:
        raise NotPossible("Deze adviesronde is intussen verwijderd.")
    held.version = round.version
    return held


@contextlib.contextmanager
def _no_twin(message: str) -> Iterator[None]:
    """Somebody added the same at the same moment: the form saw no twin, the database does."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise NotPossible(message) from error


def _move(
    round: ConsultationRound,
    before: Iterable[RoundStatus],
    to: RoundStatus,
    *,
    user: User,
    **columns: object,
) -> None:
    rows = ConsultationRound.objects.filter(pk=round.pk, status__in=list(before))
    if rows.update(status=to, **columns) != 1:
        raise NotPossible(TAKEN)
    RoundEvent.objects.create(round=round, to_status=to, actor=user)
    round.refresh_from_db()


# -- the round -------------------------------------------------------------------------------------
def create_round(form: RevisedForm, version: AgendaVersion, *, user: User) -> ConsultationRound:
    """A new round on a version that is not adopted yet. Raises ``NotEditable``."""
    with transaction.atomic(), _no_twin("Deze agenda heeft al een adviesronde met deze titel."):
        lock_version(version)
        form.save()
        history.added(form.instance, of_version(version), user=user)
    round: ConsultationRound = form.instance
    return round


def save_round(form: RevisedForm, round: ConsultationRound, *, user: User) -> bool:
    """False, with both texts on the form, when somebody else wrote first."""
    with transaction.atomic():
        if not lock_round(round).is_editable:
            raise NotPossible("Deze ronde is gesloten. Haar gegevens veranderen niet meer.")
        with _no_twin("Deze agenda heeft al een adviesronde met deze titel."):
            return history.save(form, of_version(round.version), user=user)


def delete_round(round: ConsultationRound, *, user: User) -> None:
    """Throw a round away that was not put out and holds no advice."""
    with transaction.atomic():
        held = lock_round(round)
        if held.status != RoundStatus.PREPARED or held.advices.exists():
            raise NotPossible("Deze ronde is uitgezet of bevat een advies, en blijft bewaard.")
        history.removed(held, of_version(held.version), user=user)
        held.invitations.all().delete()
        held.delete()


def open_round(round: ConsultationRound, *, user: User) -> None:
    """prepared -> open: the invitations go out."""
    with transaction.atomic():
        lock_version(round.version)
        held = lock_round(round)
        if not held.invitations.exists():
            raise NotPossible("Nodig eerst iemand uit.")
        if held.closes_on is not None and held.closes_on < timezone.localdate():
            raise NotPossible("De laatste dag is al voorbij. Kies eerst een latere dag.")
        _move(held, [RoundStatus.PREPARED], RoundStatus.OPEN, user=user)
        held.invitations.update(sent_at=timezone.now())
        for invitation in held.invitations.select_related("organisation"):
            invitation.round = held
            mails.tell_invited(invitation)


def close_round(round: ConsultationRound, *, user: User) -> None:
    """prepared or open -> closed: no advice is taken any more but on paper."""
    with transaction.atomic():
        held = lock_round(round)
        _move(held, [RoundStatus.PREPARED, RoundStatus.OPEN], RoundStatus.CLOSED, user=user)


def finish_round(
    round: ConsultationRound,
    *,
    user: User,
    answered_on: datetime.date,
    answered_by: str,
    foreword: str,
) -> None:
    """closed -> answered: every point has its answer, and nothing of it changes any more.

    The answer is mailed, and its document is asked for.
    """
    with transaction.atomic():
        held = lock_round(round)
        if held.advices.filter(is_submitted=False, invitation__isnull=True).exists():
            raise NotPossible("Er staat nog een brief open. Leg eerst al zijn punten vast.")
        answers = AdviceAnswer.objects.of_round(held.pk)
        if number := answers.to_give().count():
            points = "1 punt heeft" if number == 1 else f"{number} punten hebben"
            raise NotPossible(f"{points} nog geen antwoord.")
        if not answers.exists():
            raise NotPossible("In deze ronde kwam geen advies binnen. Er is niets te beantwoorden.")
        _move(
            held,
            [RoundStatus.CLOSED],
            RoundStatus.ANSWERED,
            user=user,
            answered_on=answered_on,
            answered_by=answered_by,
            foreword=foreword,
        )
        mails.tell_answered(held)
        documents.request_document(held, requested_by=str(user))


def settle_from_source(round: ConsultationRound) -> None:
    """All that a source document tells of ``round`` is there: it changes no more.

    Nobody took a step here, so no event is written and nothing is sent.
    """
    Advice.objects.filter(round=round).update(is_submitted=True)
    rows = ConsultationRound.objects.filter(pk=round.pk, source__isnull=False)
    if rows.update(status=RoundStatus.ANSWERED) != 1:
        raise NotPossible("Deze ronde komt niet uit een bronstuk.")


# -- whom to ask -----------------------------------------------------------------------------------
def invite(
    round: ConsultationRound, bodies: Iterable[Organisation | None], *, user: User
) -> list[Invitation]:
    """Ask more bodies (None: the advisory council); in an open round their mail goes at once.

    Who is asked already is left alone: a second click sends nothing.
    """
    with transaction.atomic():
        held = lock_round(round)
        if not held.is_editable:
            raise NotPossible("Deze ronde is gesloten. U nodigt niemand meer uit.")
        made = []
        for organisation in bodies:
            invitation, is_new = Invitation.objects.get_or_create(
                round=held, organisation=organisation
            )
            if not is_new and invitation.withdrawn_at is None:
                continue
            if held.status == RoundStatus.OPEN:
                invitation.sent_at, invitation.withdrawn_at = timezone.now(), None
                invitation.save(update_fields=["sent_at", "withdrawn_at"])
                mails.tell_invited(invitation)
            _note(held, "Uitgenodigd", invitation.name, user=user)
            made.append(invitation)
        return made


def withdraw(invitation: Invitation, *, user: User) -> None:
    """Ask a body no longer; one that was told so already gets a mail."""
    with transaction.atomic():
        held = lock_round(invitation.round)
        if not held.is_editable:
            raise NotPossible("Deze ronde is gesloten. De uitnodiging blijft zoals zij was.")
        if Advice.objects.filter(invitation=invitation, is_submitted=True).exists():
            raise NotPossible(f"{invitation.name} gaf al advies. Dat blijft staan.")
        if invitation.sent_at is None:
            invitation.delete()
        else:
            changed = Invitation.objects.filter(pk=invitation.pk, withdrawn_at__isnull=True)
            if changed.update(withdrawn_at=timezone.now()) != 1:
                return  # a second click
            mails.tell_withdrawn(invitation)
        _note(held, "Uitnodiging ingetrokken", invitation.name, user=user)


def _note(round: ConsultationRound, label: str, words: str, *, user: User) -> None:
    part, _ = of_version(round.version)(round)
    history.note(part, {label: ""}, {label: words}, user=user)


# -- what a body says ------------------------------------------------------------------------------
def _hold_to_advise(invitation: Invitation) -> ConsultationRound:
    """The round, held, while this body may still write its advice. Raises ``NotPossible``."""
    held = lock_round(invitation.round)
    invitation.refresh_from_db(fields=["withdrawn_at"])
    if invitation.withdrawn_at is not None:
        raise NotPossible(f"Uw uitnodiging is ingetrokken. {KEPT_HERE}")
    if Advice.objects.filter(invitation=invitation, is_submitted=True).exists():
        raise NotPossible(f"Uw advies is al ingediend en verandert niet meer. {KEPT_HERE}")
    today = timezone.localdate()
    if held.status == RoundStatus.OPEN and held.opens_on and today < held.opens_on:
        raise NotPossible(f"Deze ronde is nog niet open. {KEPT_HERE}")
    if held.status != RoundStatus.OPEN or (held.closes_on and held.closes_on < today):
        raise NotPossible(
            f"Deze ronde is gesloten: er komt geen advies meer bij. {KEPT_HERE} Neem contact op "
            "met de gemeente als u dit nog wilt meegeven."
        )
    return held


def save_own_point(form: RevisedForm, invitation: Invitation, *, user: User) -> bool:
    """Write the valid form of a point; the first one begins the advice.

    What a body writes is its own until it hands it in: no history tells the municipality of it.
    """
    with transaction.atomic():
        held = _hold_to_advise(invitation)
        advice, _ = Advice.objects.get_or_create(
            invitation=invitation, defaults={"round": held, "body": invitation.name}
        )
        _refuse_twice(form, advice)
        return history.save(form, unsaid(held.version), user=user)


def delete_own_point(point: AdvicePoint, invitation: Invitation) -> None:
    with transaction.atomic():
        _hold_to_advise(invitation)
        point.delete()


def hand_in(invitation: Invitation, *, body: str, user: User) -> Advice:
    """The whole advice, today, on behalf of ``body``; from now on it does not change."""
    with transaction.atomic():
        held = _hold_to_advise(invitation)
        advice = Advice.objects.filter(invitation=invitation).first()
        if advice is None or not advice.points.exists():
            raise NotPossible("Uw advies is nog leeg. Voeg eerst een punt toe.")
        advice.round, advice.body, advice.given_on = held, body, timezone.localdate()
        _submit(advice, user=user)
        mails.tell_received(advice)
    return advice


def _submit(advice: Advice, *, user: User) -> None:
    """Freeze ``advice``, and lay an empty answer beside each of its points."""
    advice.is_submitted, advice.submitted_by = True, user
    advice.save(update_fields=["body", "given_on", "is_submitted", "submitted_by"])
    points = list(advice.points.all())
    AdviceAnswer.objects.bulk_create([AdviceAnswer(point=point) for point in points])
    part, says = of_version(advice.round.version)(advice)
    texts = {f"Punt {number}": point.text for number, point in enumerate(points, start=1)}
    history.note(part, says, {**says, **texts}, user=user)


def _refuse_twice(form: RevisedForm, advice: Advice) -> None:
    """A new point goes under ``advice``; raises ``NotPossible`` when it stands there already."""
    point: AdvicePoint = form.instance
    if not point._state.adding:
        return
    point.advice = advice
    if advice.points.filter(about_key=point.about_key, kind=point.kind, text=point.text).exists():
        raise NotPossible("Dit punt staat er al.")


# -- what came on paper ----------------------------------------------------------------------------
def _hold_for_letter(advice: Advice) -> ConsultationRound:
    held = lock_round(advice.round)
    if held.is_answered:
        raise NotPossible(ANSWERED)
    if Advice.objects.filter(pk=advice.pk, is_submitted=True).exists():
        raise NotPossible(f"Deze brief is al vastgelegd en verandert niet meer. {KEPT_HERE}")
    return held


def save_letter(form: RevisedForm, round: ConsultationRound, *, user: User) -> bool:
    """Who wrote a letter and when; a new one, or one that is not laid down yet."""
    with transaction.atomic(), _no_twin("Deze brief staat al in deze adviesronde."):
        if form.instance.pk is None:
            if lock_round(round).is_answered:
                raise NotPossible(ANSWERED)
        else:
            _hold_for_letter(form.instance)
        return history.save(form, of_version(round.version), user=user)


def save_letter_point(form: RevisedForm, letter: Advice, *, user: User) -> bool:
    with transaction.atomic():
        held = _hold_for_letter(letter)
        _refuse_twice(form, letter)
        return history.save(form, of_version(held.version), user=user)


def delete_letter_point(point: AdvicePoint, letter: Advice, *, user: User) -> None:
    with transaction.atomic():
        held = _hold_for_letter(letter)
        history.removed(point, of_version(held.version), user=user)
        point.delete()


def delete_letter(letter: Advice, *, user: User) -> None:
    """Throw a letter away that was begun by mistake, with its points."""
    with transaction.atomic():
        held = _hold_for_letter(letter)
        history.removed(letter, of_version(held.version), user=user)
        letter.points.all().delete()
        letter.delete()


def lay_down(letter: Advice, *, user: User) -> None:
    """All points of a letter are there: it changes no more, and can be answered."""
    with transaction.atomic():
        _hold_for_letter(letter)
        if not letter.points.exists():
            raise NotPossible("Deze brief heeft nog geen punten. Voeg ze eerst toe.")
        _submit(letter, user=user)


# -- what the municipality answers -----------------------------------------------------------------
def save_answer(form: RevisedForm, round: ConsultationRound, *, user: User) -> bool:
    """Write the valid answer to a point. False, with both texts, when another answered first."""
    with transaction.atomic():
        if lock_round(round).is_answered:
            raise NotPossible(f"{ANSWERED} {KEPT_HERE}")
        return history.save(form, of_version(round.version), user=user)
