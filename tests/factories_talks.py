"""Talks in each of their states, with action points and decisions, for tests."""

from __future__ import annotations

import datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.constants import Role
from accounts.models import Organisation, User
from contracts.actions import talks as actions
from contracts.models import (
    ActionEvent,
    ActionPoint,
    Attendance,
    CollegeNote,
    Contract,
    Decision,
    Meeting,
    MeetingEvent,
    MeetingPoint,
    MeetingRhythm,
)
from contracts.talk_constants import (
    ActionStatus,
    DecisionKind,
    MeetingKind,
    MeetingStatus,
    Presence,
)
from reporting.models import DecidedReport, SheetDocument, TalkedReport
from tests.factories import UserFactory
from tests.factories_contracts import ContractFactory
from tests.factories_reporting import ReportFactory

DAY = datetime.date(2026, 3, 12)


def manager() -> User:
    made: User = UserFactory.create(holds=[Role.CONTRACT_MANAGER])
    return made


class MeetingFactory(DjangoModelFactory[Meeting]):
    """A talk that is planned, about no contract; ``contracts`` and ``partners`` add them."""

    class Meta:
        model = Meeting
        skip_postgeneration_save = True

    kind = MeetingKind.OFFICIAL
    title = factory.Sequence(lambda n: f"Voortgangsgesprek {n}")
    day = DAY

    @factory.post_generation
    def contracts(self: Meeting, create: bool, extracted: Any, **kwargs: Any) -> None:
        self.contracts.set(extracted or [])

    @factory.post_generation
    def partners(self: Meeting, create: bool, extracted: Any, **kwargs: Any) -> None:
        self.partners.set(extracted or [])


class MeetingPointFactory(DjangoModelFactory[MeetingPoint]):
    class Meta:
        model = MeetingPoint

    meeting = factory.SubFactory(MeetingFactory)
    title = factory.Sequence(lambda n: f"Wachttijden ({n})")


class AttendanceFactory(DjangoModelFactory[Attendance]):
    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory)
    who = factory.Sequence(lambda n: f"accounthouder {n}")
    presence = Presence.PRESENT


class MeetingEventFactory(DjangoModelFactory[MeetingEvent]):
    class Meta:
        model = MeetingEvent

    meeting = factory.SubFactory(MeetingFactory)
    from_status = MeetingStatus.PLANNED
    to_status = MeetingStatus.HELD
    actor = factory.LazyFunction(manager)


class ActionPointFactory(DjangoModelFactory[ActionPoint]):
    class Meta:
        model = ActionPoint
        skip_postgeneration_save = True

    meeting = factory.SubFactory(MeetingFactory)
    text = factory.Sequence(lambda n: f"Cijfers nasturen ({n})")
    user = factory.LazyFunction(manager)
    due_on = DAY + datetime.timedelta(days=30)

    @factory.post_generation
    def between(self: ActionPoint, create: bool, extracted: Any, **kwargs: Any) -> None:
        self.between.set(extracted or [])


class ActionEventFactory(DjangoModelFactory[ActionEvent]):
    class Meta:
        model = ActionEvent

    action = factory.SubFactory(ActionPointFactory)
    from_status = ActionStatus.OPEN
    to_status = ActionStatus.DONE
    actor = factory.LazyFunction(manager)


class DecisionFactory(DjangoModelFactory[Decision]):
    class Meta:
        model = Decision
        skip_postgeneration_save = True

    kind = DecisionKind.MONEY
    title = factory.Sequence(lambda n: f"Het budget gaat omhoog ({n})")
    reason = "De vraag groeide."
    decided_on = DAY
    decided_by = "het college"
    actor = factory.LazyFunction(manager)

    @factory.post_generation
    def contracts(self: Decision, create: bool, extracted: Any, **kwargs: Any) -> None:
        self.contracts.set(extracted or [])


class CollegeNoteFactory(DjangoModelFactory[CollegeNote]):
    class Meta:
        model = CollegeNote

    meeting = factory.SubFactory(MeetingFactory)
    number = 1
    text = "De wachttijd loopt op; wij spreken elkaar volgende maand weer."
    actor = factory.LazyFunction(manager)


class TalkedReportFactory(DjangoModelFactory[TalkedReport]):
    class Meta:
        model = TalkedReport

    meeting = factory.SubFactory(MeetingFactory)
    report = factory.SubFactory(ReportFactory)


class DecidedReportFactory(DjangoModelFactory[DecidedReport]):
    class Meta:
        model = DecidedReport

    decision = factory.SubFactory(DecisionFactory)
    report = factory.SubFactory(ReportFactory)


class SheetDocumentFactory(DjangoModelFactory[SheetDocument]):
    class Meta:
        model = SheetDocument

    meeting = factory.SubFactory(MeetingFactory)


class MeetingRhythmFactory(DjangoModelFactory[MeetingRhythm]):
    class Meta:
        model = MeetingRhythm

    contract = factory.SubFactory(ContractFactory, running=True)
    from_year = 2026
    official = 12
    executive = 2
    reason = "Een heel belangrijke partner."


def held_meeting(user: User | None = None, **fields: Any) -> Meeting:
    meeting = MeetingFactory.create(**fields)
    actions.hold(meeting, user=user or manager(), today=meeting.day)
    meeting.refresh_from_db()
    return meeting


def recorded_meeting(user: User | None = None, **fields: Any) -> Meeting:
    """A talk whose minutes are laid down."""
    user = user or manager()
    meeting = held_meeting(user, **fields)
    AttendanceFactory.create(meeting=meeting)
    MeetingPointFactory.create(meeting=meeting, minutes="De wachttijd is gedaald.")
    actions.record(meeting, seen=actions.mark_of(meeting), user=user)
    meeting.refresh_from_db()
    return meeting


def cancelled_meeting(user: User | None = None, **fields: Any) -> Meeting:
    meeting = MeetingFactory.create(**fields)
    actions.cancel(meeting, reason="De partner was ziek.", user=user or manager())
    meeting.refresh_from_db()
    return meeting


def shared_with(organisation: Organisation, **fields: Any) -> Meeting:
    """A planned talk about a contract of ``organisation``, which reads it."""
    contract: Contract = ContractFactory.create(running=True, partner=organisation)
    made: Meeting = MeetingFactory.create(contracts=[contract], is_shared=True, **fields)
    return made
