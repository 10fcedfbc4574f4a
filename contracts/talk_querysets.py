"""Selections of talks, action points and decisions."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import Organisation
from contracts.querysets import COALITION
from contracts.talk_constants import (
    COUNTED_KINDS,
    TOOK_PLACE,
    ActionKind,
    ActionStatus,
    MeetingStatus,
)

if TYPE_CHECKING:
    from contracts.models import (  # noqa: F401 - named in base classes
        ActionPoint,
        Contract,
        Decision,
        Meeting,
    )


def _of_contracts(organisations: Sequence[int], *, day: str) -> Q:
    """Talks or decisions about a contract that is no draft, and that these organisations hold; or
    that they lead or take part in, today or on the day in the column ``day`` of the row. What is
    said after a party left is not for it.
    """
    from contracts.models import Contract, Party

    rows = Contract.objects.readable()
    parties = Party.objects.filter(organisation__in=organisations, role__in=COALITION)
    then = parties.during(OuterRef(OuterRef(day)), OuterRef(OuterRef(day)))
    held = rows.filter(
        Q(partner__in=organisations)
        | Q(pk__in=parties.now().values("contract"))
        | Exists(then.filter(contract=OuterRef("pk")))
    )
    return Q(contracts__in=held.order_by())


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def planned(self) -> MeetingQuerySet:
        return self.filter(status=MeetingStatus.PLANNED)

    def standing(self) -> MeetingQuerySet:
        """All but what was called off."""
        return self.exclude(status=MeetingStatus.CANCELLED)

    def took_place(self) -> MeetingQuerySet:
        return self.filter(status__in=TOOK_PLACE)

    def without_minutes(self) -> MeetingQuerySet:
        """Held, and the minutes are not laid down yet."""
        return self.filter(status=MeetingStatus.HELD)

    def past_due(self, today: datetime.date) -> MeetingQuerySet:
        """Planned on a day that is over: held, or not?"""
        return self.planned().filter(day__lt=today)

    def counted(self) -> MeetingQuerySet:
        """Those that count for the rhythm of a contract."""
        return self.filter(kind__in=COUNTED_KINDS)

    def in_year(self, year: int) -> MeetingQuerySet:
        return self.filter(day__year=year)

    def by_day(self) -> MeetingQuerySet:
        return self.order_by("day", "starts_at", "pk")

    def with_organisation(self, organisation: Organisation) -> MeetingQuerySet:
        """Those with ``organisation``, itself or by a contract."""
        return self.of_partners([organisation.pk])

    def of_partners(self, organisations: Sequence[int]) -> MeetingQuerySet:
        """Talks with these organisations, or about a contract that they carry out, or did on that
        day."""
        held = self.model._base_manager.filter(
            Q(partners__in=organisations) | _of_contracts(organisations, day="day")
        )
        return self.filter(pk__in=held.order_by().values("pk"))

    def shared_with(self, organisations: Sequence[int]) -> MeetingQuerySet:
        """What these organisations may read in the portal."""
        return self.filter(is_shared=True).of_partners(organisations)


class ActionPointQuerySet(models.QuerySet["ActionPoint"]):
    def open(self) -> ActionPointQuerySet:
        return self.filter(status=ActionStatus.OPEN)

    def overdue(self, today: datetime.date) -> ActionPointQuerySet:
        return self.open().filter(due_on__lt=today)

    def bottlenecks(self) -> ActionPointQuerySet:
        return self.filter(kind=ActionKind.BOTTLENECK)

    def owned_by(self, organisations: Sequence[int]) -> ActionPointQuerySet:
        return self.filter(organisation__in=organisations)

    def about(self, contracts: Any) -> ActionPointQuerySet:
        """Those of talks about one of ``contracts``."""
        return self.filter(meeting__contracts__in=contracts).distinct()

    def by_term(self) -> ActionPointQuerySet:
        """What is open first, by the day that it has to be done."""
        is_open = models.Case(models.When(status=ActionStatus.OPEN, then=0), default=1)
        return self.order_by(is_open, "due_on", "pk")


class DecisionQuerySet(models.QuerySet["Decision"]):
    def newest_first(self) -> DecisionQuerySet:
        return self.order_by("-decided_on", "-pk")

    def in_year(self, year: int) -> DecisionQuerySet:
        return self.filter(decided_on__year=year)

    def shared_with(self, organisations: Sequence[int]) -> DecisionQuerySet:
        """What these organisations may read in the portal."""
        held = self.model._base_manager.filter(_of_contracts(organisations, day="decided_on"))
        return self.filter(is_shared=True, pk__in=held.order_by().values("pk"))
