"""Talks of the council for tests."""

from __future__ import annotations

import datetime

import factory
from factory.django import DjangoModelFactory

from agenda.constants import CouncilBody, TalkPointKind
from agenda.models import CouncilTalk, CouncilTalkPoint
from tests.factories_agenda import AgendaVersionFactory


class CouncilTalkFactory(DjangoModelFactory[CouncilTalk]):
    class Meta:
        model = CouncilTalk

    version = factory.SubFactory(AgendaVersionFactory, adopted=True)
    body = CouncilBody.COMMITTEE
    held_on = datetime.date(2026, 3, 3)
    summary = "De commissie besprak de agenda."


class CouncilTalkPointFactory(DjangoModelFactory[CouncilTalkPoint]):
    class Meta:
        model = CouncilTalkPoint

    class Params:
        promised = factory.Trait(kind=TalkPointKind.PROMISE, promised_by="de wethouder zorg")

    talk = factory.SubFactory(CouncilTalkFactory)
    kind = TalkPointKind.DISCUSSED
    text = factory.Sequence(lambda n: f"Punt {n}: de wachttijd is te lang.")
