"""Consultation rounds with who is asked, what was advised and answered, for tests."""

from __future__ import annotations

import datetime
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.constants import Role
from accounts.models import User
from agenda.actions import advising
from agenda.constants import AdviceOutcome, RoundStatus
from agenda.models import Advice, AdviceAnswer, AdvicePoint, ConsultationRound, Invitation
from tests.factories import UserFactory
from tests.factories_agenda import AgendaVersionFactory

WEEK = datetime.timedelta(days=7)


class ConsultationRoundFactory(DjangoModelFactory[ConsultationRound]):
    """A round in preparation, that runs from a week ago until a week from now."""

    class Meta:
        model = ConsultationRound

    version = factory.SubFactory(AgendaVersionFactory)
    title = factory.Sequence(lambda n: f"Advies op concept {n}")
    opens_on = factory.LazyFunction(lambda: timezone.localdate() - WEEK)
    closes_on = factory.LazyFunction(lambda: timezone.localdate() + WEEK)

    class Params:
        put_out = factory.Trait(status=RoundStatus.OPEN)
        closed = factory.Trait(status=RoundStatus.CLOSED)


class InvitationFactory(DjangoModelFactory[Invitation]):
    """The advisory council, asked in a round that is open."""

    class Meta:
        model = Invitation

    round = factory.SubFactory(ConsultationRoundFactory, put_out=True)
    sent_at = factory.LazyFunction(timezone.now)


class AdviceFactory(DjangoModelFactory[Advice]):
    """A letter that is not laid down yet."""

    class Meta:
        model = Advice

    round = factory.SubFactory(ConsultationRoundFactory)
    body = "Adviesraad Sociaal domein"
    given_on = datetime.date(2023, 7, 20)


class AdvicePointFactory(DjangoModelFactory[AdvicePoint]):
    class Meta:
        model = AdvicePoint

    advice = factory.SubFactory(AdviceFactory)
    text = factory.Sequence(lambda n: f"Punt {n}")


def officer() -> User:
    user: User = UserFactory.create(holds=[Role.POLICY_OFFICER])
    return user


def laid_down(count: int = 1, **round: Any) -> Advice:
    """A letter with ``count`` points that wait for an answer, in a closed round."""
    letter = AdviceFactory.create(round=ConsultationRoundFactory.create(closed=True, **round))
    AdvicePointFactory.create_batch(count, advice=letter)
    advising.lay_down(letter, user=officer())
    return letter


def answered(count: int = 1, **round: Any) -> ConsultationRound:
    """A round whose every point was answered and sent."""
    letter = laid_down(count, **round)
    AdviceAnswer.objects.filter(point__advice=letter).update(
        outcome=AdviceOutcome.ADOPTED, reason="Een goed idee.", change="Doel i."
    )
    advising.finish_round(
        letter.round,
        user=officer(),
        answered_on=timezone.localdate(),
        answered_by="het college",
        foreword="",
    )
    return letter.round
