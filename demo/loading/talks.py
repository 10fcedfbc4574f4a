"""A year of talks that was invented; planned, held and laid down by the actions that people use."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

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
    MeetingPoint,
)
from contracts.talk_constants import ActionKind, ActionStatus, DecisionKind, MeetingKind, Presence
from contracts.talks.forms import DecisionForm, MeetingForm
from demo.accounts import REVIEWER
from demo.loading.example.steps import moment, posted, told_at, valid
from demo.loading.lookups import Known
from demo.loading.reader import Place, find, read_file
from reporting.actions.talking import set_talked_reports
from reporting.models import Report


@dataclass(frozen=True)
class AttendanceLine:
    who: str
    presence: Presence
    partner: str = ""
    note: str = ""


@dataclass(frozen=True)
class PointRow:
    title: str
    text: str = ""
    raised_by: str = ""
    minutes: str = ""


@dataclass(frozen=True)
class ActionRow:
    """``due_in`` is in days from today; ``done`` is what came of it."""

    text: str
    partner: str = ""
    due_on: datetime.date | None = None
    due_in: int = 0
    between: list[str] = field(default_factory=list)
    done: str = ""
    done_on: datetime.date | None = None


@dataclass(frozen=True)
class DecisionRow:
    kind: DecisionKind
    title: str
    reason: str
    decided_by: str
    kpis: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class MeetingRow:
    """``partner`` holds the invented contract that it is about; ``planned_in`` is in days from
    today."""

    place: Place
    title: str
    kind: MeetingKind
    day: datetime.date | None = None
    planned_in: int = 0
    hour: str = ""
    spot: str = ""
    partner: str = ""
    partners: list[str] = field(default_factory=list)
    shared: bool = False
    about_report: bool = False
    cancelled: str = ""
    attendance: list[AttendanceLine] = field(default_factory=list)
    points: list[PointRow] = field(default_factory=list)
    actions: list[ActionRow] = field(default_factory=list)
    decisions: list[DecisionRow] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True)
class TalksFile:
    meetings: list[MeetingRow]


def load(data: Path) -> None:
    """Insert the talks of ``talks.yaml``; all of it is invented, so only in a demonstration.

    Nobody is mailed about it. Raises ``DataFileError``; nothing is kept then.
    """
    content = read_file(data / "talks.yaml", TalksFile)
    if not settings.DEMO:
        return
    with transaction.atomic():
        known, user = Known(), User.objects.get(email=REVIEWER)
        held = Contract.objects.filter(is_example=True).select_related("partner").order_by("pk")
        contracts = {each.partner.slug: each for each in held if each.partner}
        for row in content.meetings:
            Talk(row, known, contracts, user).walk()


def _workday(day: datetime.date) -> datetime.date:
    """``day``, or the Monday after a weekend."""
    until_monday = 7 - day.weekday()
    return day + datetime.timedelta(days=until_monday if until_monday <= 2 else 0)


class Talk:
    """One invented talk, each step by the action that people use."""

    def __init__(
        self, row: MeetingRow, known: Known, contracts: dict[str, Contract], user: User
    ) -> None:
        self.row, self.known, self.user = row, known, user
        place = row.place
        self.contracts = (
            [find(place, contracts, row.partner, "overeenkomst")] if row.partner else []
        )
        self.day = row.day or _workday(
            timezone.localdate() + datetime.timedelta(days=row.planned_in)
        )

    def walk(self) -> None:
        """From planning to minutes. Raises ``DataFileError``."""
        with told_at(self.row.place):
            meeting = self._plan()
            if self.row.cancelled:
                at = moment(self.day - datetime.timedelta(days=1))
                actions.cancel(meeting, reason=self.row.cancelled, user=self.user, at=at)
                return
            is_past = self.row.day is not None
            if is_past:
                actions.hold(meeting, user=self.user, at=moment(self.day, 16))
            self._write(meeting)
            if self.row.about_report:
                due = Report.objects.of_system().filter(
                    contract__in=self.contracts, due_on__lte=self.day
                )
                set_talked_reports(meeting, due)
            for action in self.row.actions:
                self._action(meeting, action)
            for decision in self.row.decisions:
                self._decide(meeting, decision)
            if self.row.note:
                CollegeNote.objects.create(
                    meeting=meeting,
                    number=1,
                    text=self.row.note,
                    actor=self.user,
                    at=moment(self.day, 17),
                )
            if is_past:
                at = moment(self.day + datetime.timedelta(days=5))
                actions.record(meeting, seen=actions.mark_of(meeting), user=self.user, at=at)

    def _organisation(self, slug: str) -> Organisation | None:
        return self.known.organisation(self.row.place, slug) if slug else None

    def _plan(self) -> Meeting:
        row = self.row
        form = MeetingForm(
            posted(
                kind=row.kind,
                title=row.title,
                day=self.day,
                starts_at=row.hour,
                place=row.spot,
                contracts=self.contracts,
                partners=[self._organisation(slug) for slug in row.partners],
                is_shared="on" if row.shared else "",
            ),
            instance=Meeting(is_example=True),
        )
        return actions.create_meeting(valid(row.place, form), user=self.user)

    def _write(self, meeting: Meeting) -> None:
        MeetingPoint.objects.bulk_create(
            MeetingPoint(
                meeting=meeting,
                title=row.title,
                text=row.text,
                minutes=row.minutes,
                raised_by=self._organisation(row.raised_by),
            )
            for row in self.row.points
        )
        Attendance.objects.bulk_create(
            Attendance(
                meeting=meeting,
                who=line.who,
                organisation=self._organisation(line.partner),
                presence=line.presence,
                note=line.note,
                order=order,
            )
            for order, line in enumerate(self.row.attendance, start=1)
        )

    def _action(self, meeting: Meeting, row: ActionRow) -> None:
        """Nobody is mailed about it: that is why no action of people is used."""
        owner = self._organisation(row.partner)
        is_done = row.done_on is not None
        action = ActionPoint.objects.create(
            kind=ActionKind.BOTTLENECK if row.between else ActionKind.ACTION,
            meeting=meeting,
            text=row.text,
            user=None if owner else self.user,
            organisation=owner,
            due_on=row.due_on or timezone.localdate() + datetime.timedelta(days=row.due_in),
            status=ActionStatus.DONE if is_done else ActionStatus.OPEN,
            is_example=True,
        )
        if row.between:
            found = [self._organisation(slug) for slug in row.between]
            action.between.set([one for one in found if one is not None])
        if row.done_on is not None:
            ActionEvent.objects.create(
                action=action,
                from_status=ActionStatus.OPEN,
                to_status=ActionStatus.DONE,
                actor=self.user,
                note=row.done,
                at=moment(row.done_on),
            )

    def _decide(self, meeting: Meeting, row: DecisionRow) -> None:
        (contract,) = self.contracts
        form = DecisionForm(
            posted(
                kind=row.kind,
                title=row.title,
                reason=row.reason,
                decided_on=self.day,
                decided_by=row.decided_by,
                meeting=meeting,
                contracts=[contract],
                kpis=list(contract.kpis.filter(number__in=row.kpis)),
                is_shared="on" if self.row.shared else "",
            ),
            instance=Decision(is_example=True, at=moment(self.day, 16)),
            about=self.contracts,
        )
        actions.decide(valid(self.row.place, form), user=self.user)
