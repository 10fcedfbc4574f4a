"""Selections of reports, their drafts and their rounds; and of the reports of supervision."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from agenda.constants import Origin
from contracts.constants import PartyRole
from contracts.models import Party
from reporting.constants import OPEN_STATUSES, ReportStatus

if TYPE_CHECKING:
    from reporting.models import (  # noqa: F401 - named in base classes
        Answer,
        Report,
        Round,
        SupervisionFinding,
        SupervisionReport,
    )


class ReportQuerySet(models.QuerySet["Report"]):
    def readable(self) -> ReportQuerySet:
        """What the public may read: accepted reports, and history from source documents."""
        return self.filter(Q(origin=Origin.SOURCE) | Q(status=ReportStatus.ACCEPTED))

    def of_system(self) -> ReportQuerySet:
        """The obligations of this system; history has none."""
        return self.filter(origin=Origin.SYSTEM)

    def accepted(self) -> ReportQuerySet:
        return self.of_system().filter(status=ReportStatus.ACCEPTED)

    def submitted(self) -> ReportQuerySet:
        """What the contract manager has to read."""
        return self.of_system().filter(status=ReportStatus.SUBMITTED)

    def to_write(self) -> ReportQuerySet:
        """What a partner has in hand: open, or returned."""
        return self.of_system().filter(status__in=OPEN_STATUSES)

    def untouched(self) -> ReportQuerySet:
        """What is expected and nobody began: no answer, part, file, round or extra time."""
        return self.filter(
            status=ReportStatus.OPEN,
            answers__isnull=True,
            ready_parts__isnull=True,
            attachments__isnull=True,
            rounds__isnull=True,
            extensions__isnull=True,
        )

    def returned(self) -> ReportQuerySet:
        return self.of_system().filter(status=ReportStatus.RETURNED)

    def late(self, today: datetime.date) -> ReportQuerySet:
        """Those that were never handed in and were due before ``today``; who got more time is due
        when that ends. A report that came back was handed in before, and no day closes it."""
        return self.of_system().with_last_day().filter(_is_late(today))

    def with_last_day(self) -> ReportQuerySet:
        """With ``extended_until``: the last extension, or None; and ``due_until``: that day, or
        else the day it is due."""
        last = Max("extensions__until")
        return self.annotate(extended_until=last, due_until=Coalesce(last, "due_on"))

    def of_partners(self, organisations: Sequence[int]) -> ReportQuerySet:
        """Reports of the contracts that these organisations hold, or lead for a coalition, or to
        which they contribute a part."""
        parties = Party.objects.in_period_of("period").filter(
            Q(role=PartyRole.LEAD) | Q(contributes=True),
            contract=models.OuterRef("contract"),
            organisation__in=organisations,
        )
        return self.of_system().filter(
            Q(contract__partner__in=organisations) | models.Exists(parties)
        )

    def waiting_for(self, organisations: Sequence[int]) -> ReportQuerySet:
        """Those that these organisations have in hand: the whole, or a part that is not said to be
        ready; a member that said so waits for the lead."""
        ready: Any = self.model._meta.get_field("ready_parts").related_model
        said = ready.objects.filter(report=models.OuterRef(models.OuterRef("pk")))
        open_parts = (
            Party.objects.in_period_of("period")
            .filter(
                contract=models.OuterRef("contract"),
                contributes=True,
                organisation__in=organisations,
            )
            .exclude(organisation__in=said.values("organisation"))
        )
        return self.to_write().filter(
            Q(contract__partner__in=organisations)
            | models.Exists(_leads().filter(organisation__in=organisations))
            | models.Exists(open_parts)
        )

    def for_portal(self) -> ReportQuerySet:
        """With their contract, what the partner has in hand first, by the day it is due."""
        in_hand = models.Case(
            models.When(status__in=OPEN_STATUSES, then=0),
            models.When(status=ReportStatus.SUBMITTED, then=1),
            default=2,
        )
        return (
            self.select_related("contract__partner")
            .with_last_day()
            .with_lead()
            .order_by(in_hand, "due_on", "period", "pk")
        )

    def for_inbox(self, today: datetime.date) -> ReportQuerySet:
        """With their contract: what waits for the municipality first, then what is late, then what
        came or comes soon. Periods that still run come last."""
        order = models.Case(
            models.When(status=ReportStatus.SUBMITTED, then=0),
            models.When(_is_late(today), then=1),
            models.When(status=ReportStatus.RETURNED, then=2),
            models.When(status=ReportStatus.OPEN, then=3),
            default=4,
        )
        return (
            self.of_system()
            .select_related("contract__partner")
            .with_last_day()
            .order_by(order, "due_on", "pk")
        )

    def to_remind(self, today: datetime.date, *, ahead: datetime.timedelta) -> ReportQuerySet:
        """What was never handed in and is due within ``ahead``, or was due."""
        return self.late(today + ahead + datetime.timedelta(days=1))

    def with_lead(self) -> ReportQuerySet:
        """With ``lead_id``: the organisation that leads the coalition, or None."""
        return self.annotate(lead_id=models.Subquery(_leads().values("organisation")[:1]))


def _is_late(today: datetime.date) -> Q:
    return Q(status=ReportStatus.OPEN, due_until__lt=today)


def _leads() -> QuerySet[Party]:
    """Who leads the coalition in the period of the report, the last one first."""
    leads: QuerySet[Party] = Party.objects.in_period_of("period").filter(role=PartyRole.LEAD)
    return leads.filter(contract=models.OuterRef("contract")).order_by("-order", "-pk")


class AnswerQuerySet(models.QuerySet["Answer"]):
    def texts(self) -> dict[str, str]:
        """What was typed, by field. One query."""
        return dict(self.values_list("key", "text"))


class RoundQuerySet(models.QuerySet["Round"]):
    def newest_first(self) -> RoundQuerySet:
        return self.order_by("-number")


# -- supervision -----------------------------------------------------------------------------------
class SupervisionReportQuerySet(models.QuerySet["SupervisionReport"]):
    def published(self) -> SupervisionReportQuerySet:
        """What everybody may read."""
        return self.filter(published_at__isnull=False)

    def drafts(self) -> SupervisionReportQuerySet:
        """What the supervisor alone may read."""
        return self.filter(published_at__isnull=True)

    def that_came_with_a_document(self) -> SupervisionReportQuerySet:
        """Also where it was taken back since."""
        return self.filter(Q(document__isnull=False) | Q(withdrawal__isnull=False))

    def counted(self) -> SupervisionReportQuerySet:
        """With ``advised`` and ``answered``: how many recommendations, and how many of them have an
        answer of the municipality."""
        return self.annotate(
            advised=Count("findings", distinct=True),
            answered=Count("findings", filter=Q(findings__answers__isnull=False), distinct=True),
        )

    def newest_first(self) -> SupervisionReportQuerySet:
        return self.order_by("-year")


class SupervisionFindingQuerySet(models.QuerySet["SupervisionFinding"]):
    def unanswered(self) -> SupervisionFindingQuerySet:
        """Published recommendations without an answer of the municipality."""
        return self.filter(report__published_at__isnull=False, answers__isnull=True)

    def told(self) -> SupervisionFindingQuerySet:
        """With whom they are for, and with ``replies``: the answers, oldest first. Two queries."""
        replies = models.Prefetch("answers", to_attr="replies")
        return self.select_related("partner").prefetch_related(replies).order_by("pk")
