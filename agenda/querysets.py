"""Selections of agenda data; views and templates never spell these filters."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from agenda.constants import (
    EDITABLE_STATUSES,
    AgendaStatus,
    AreaKind,
    IndicatorLevel,
    RoundStatus,
    TalkPointKind,
    TargetKind,
)

if TYPE_CHECKING:
    from agenda.models import (  # noqa: F401 - named in base classes
        AdviceAnswer,
        Agenda,
        AgendaVersion,
        Area,
        ConsultationRound,
        Contribution,
        CouncilTalk,
        DevelopmentTask,
        Goal,
        GoalSuccession,
        Indicator,
        Invitation,
        Measure,
        Survey,
        TableImport,
        Target,
        TargetGroup,
        Theme,
        ThemeSuccession,
    )


PUBLIC = (AgendaStatus.CONSULTATION, AgendaStatus.ADOPTED, AgendaStatus.SUPERSEDED)
DECIDED = (AgendaStatus.ADOPTED, AgendaStatus.SUPERSEDED)


def not_draft(status: str) -> Q:
    """The status is no draft; a version from a source document may have none at all."""
    return Q(**{f"{status}__in": PUBLIC}) | Q(**{f"{status}__isnull": True})


class AgendaVersionQuerySet(models.QuerySet["AgendaVersion"]):
    def readable(self) -> AgendaVersionQuerySet:
        """What the public may read: all but drafts."""
        return self.filter(not_draft("status"))

    def newest(self) -> AgendaVersionQuerySet:
        """Of each agenda the newest version that was decided; where none was, the one that the
        public may read."""
        decided = AgendaVersionQuerySet(self.model).decided()
        beside = decided.filter(agenda=models.OuterRef("agenda"))
        later = beside.filter(number__gt=models.OuterRef("number"))
        return self.readable().exclude(
            models.Exists(later) | (Q(status=AgendaStatus.CONSULTATION) & models.Exists(beside))
        )

    def decided_first(self) -> AgendaVersionQuerySet:
        """What was decided before what is only asked advice on; of those the newest first."""
        asked = models.Case(models.When(status=AgendaStatus.CONSULTATION, then=1), default=0)
        return self.order_by(asked, "-number")

    def decided(self) -> AgendaVersionQuerySet:
        """Versions that are not written any more: adopted, superseded or from a source."""
        return self.filter(Q(status__isnull=True) | Q(status__in=DECIDED))

    def in_the_making(self) -> AgendaVersionQuerySet:
        """Versions that may be written: drafts, and those that are open for consultation."""
        return self.filter(status__in=EDITABLE_STATUSES)

    def with_counts(self) -> AgendaVersionQuerySet:
        """With their agenda, ``goal_count`` and ``theme_count``, the themes with goals."""
        return self.select_related("agenda__owner").annotate(
            goal_count=models.Count("themes__goals", distinct=True),
            theme_count=themes_with_goals(),
        )

    def in_time(self) -> AgendaVersionQuerySet:
        return self.order_by("agenda__year", "agenda_id", "number")


def themes_with_goals() -> models.Count:
    """How many themes of a version hold goals: what every page means by ‘26 doelen in 8 thema’s’.
    A theme that is only a heading above its subthemes is none of them."""
    return models.Count("themes", filter=Q(themes__goals__isnull=False), distinct=True)


class ThemeQuerySet(models.QuerySet["Theme"]):
    def readable(self) -> ThemeQuerySet:
        """Themes of agenda versions that the public may read."""
        return self.filter(not_draft("version__status"))

    def in_order(self) -> ThemeQuerySet:
        return self.order_by("version__agenda__year", "version_id", "order")


class GoalQuerySet(models.QuerySet["Goal"]):
    def readable(self) -> GoalQuerySet:
        """Goals of agenda versions that the public may read."""
        return self.filter(not_draft("theme__version__status"))

    def unmeasured(self) -> GoalQuerySet:
        """Goals that nothing measures: no measure of their own and none of their theme."""
        return self.filter(measures__isnull=True, theme__measures__isnull=True)

    def in_order(self) -> GoalQuerySet:
        return self.order_by(
            "theme__version__agenda__year", "theme__version__number", "theme__order", "order"
        )


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def of_version(self, version_id: int) -> ContributionQuerySet:
        return self.filter(contributor__theme__version=version_id)

    def pairs(self) -> list[tuple[int, int]]:
        """The keys of the goal that contributes and of the goal that it leads to. One query."""
        return list(self.order_by("pk").values_list("contributor_id", "effect_id"))


class TargetQuerySet(models.QuerySet["Target"]):
    def targets(self) -> TargetQuerySet:
        return self.filter(kind=TargetKind.TARGET)


class MeasureQuerySet(models.QuerySet["Measure"]):
    def of_version(self, version_id: int) -> MeasureQuerySet:
        """The measures of a version's themes and of its goals."""
        return self.filter(Q(theme__version=version_id) | Q(goal__theme__version=version_id))

    def with_place(self) -> MeasureQuerySet:
        """With the theme or goal, version and agenda that they stand in, newest agenda first."""
        return self.select_related(
            "theme__version__agenda", "goal__theme__version__agenda"
        ).order_by("-pk")

    def readable(self) -> MeasureQuerySet:
        """Measures in agenda versions that the public may read."""
        return self.filter(
            Q(not_draft("theme__version__status"), theme__isnull=False)
            | Q(not_draft("goal__theme__version__status"), goal__isnull=False)
        )


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def with_counts(self) -> IndicatorQuerySet:
        """With ``value_count`` and ``measure_count``."""
        return self.annotate(
            value_count=models.Count("observations", distinct=True),
            measure_count=models.Count("measures", distinct=True),
        )

    def in_groups(self) -> IndicatorQuerySet:
        """With ``heading``: the subject, else the theme of the newest readable agenda that
        measures with it, else nothing. Sorted by heading, those without one last; then by name."""
        measures: Any = self.model._meta.get_field("measures").related_model
        measured = measures.objects.readable().filter(indicator=models.OuterRef("pk"))
        theme = measured.order_by("-pk").values(
            held=Coalesce("theme__name", "goal__theme__name", output_field=models.TextField())
        )[:1]
        heading = models.Case(
            models.When(~Q(subject=""), then=models.F("subject")),
            default=Coalesce(models.Subquery(theme), models.Value("")),
            output_field=models.TextField(),
        )
        without = models.Case(models.When(heading="", then=1), default=0)
        return self.annotate(heading=heading).order_by(without, "heading", "level", "name")

    def with_figures(self) -> IndicatorQuerySet:
        """With all that was measured and agreed. Four queries more, however many there are."""
        return self.prefetch_related("observations", "measures__targets", "versions")

    def readable(self) -> IndicatorQuerySet:
        """Those that a readable agenda measures with, and those that partners are measured by.

        One that stands in no agenda is readable once it has a value, or when it is about the
        performance of a partner.
        """
        return self.filter(
            Q(measures__isnull=True, observations__isnull=False)
            | Q(measures__isnull=True, level=IndicatorLevel.PERFORMANCE)
            | Q(not_draft("measures__theme__version__status"), measures__theme__isnull=False)
            | Q(not_draft("measures__goal__theme__version__status"), measures__goal__isnull=False)
        ).distinct()


class TargetGroupQuerySet(models.QuerySet["TargetGroup"]):
    def in_use(self) -> TargetGroupQuerySet:
        """Groups of any goal, also of one in a draft: a name that nothing uses is not offered."""
        return self.filter(goals__isnull=False).distinct()

    def readable(self) -> TargetGroupQuerySet:
        """Groups of goals that the public may read."""
        return self.filter(
            not_draft("goals__theme__version__status"), goals__isnull=False
        ).distinct()


class AreaQuerySet(models.QuerySet["Area"]):
    def parts_of_town(self) -> AreaQuerySet:
        """Villages and districts; the municipality as a whole is no part of itself."""
        return self.exclude(kind=AreaKind.MUNICIPALITY)

    def with_readable_goals(self) -> AreaQuerySet:
        """Areas of goals that the public may read."""
        return self.filter(
            not_draft("goals__theme__version__status"), goals__isnull=False
        ).distinct()


class DevelopmentTaskQuerySet(models.QuerySet["DevelopmentTask"]):
    def with_moves(self) -> DevelopmentTaskQuerySet:
        """With ``last_update`` and ``last_step``: the last day on which either came."""
        return self.annotate(
            last_update=models.Max("updates__day"), last_step=models.Max("steps__done_on")
        )


class TableImportQuerySet(models.QuerySet["TableImport"]):
    def expired(self) -> TableImportQuerySet:
        """What nobody confirmed in time."""
        return self.filter(applied_at__isnull=True, expires_at__lte=timezone.now())


class ThemeSuccessionQuerySet(models.QuerySet["ThemeSuccession"]):
    def readable(self) -> ThemeSuccessionQuerySet:
        """Links whose both ends the public may read; an empty end hides nothing."""
        return self.filter(
            not_draft("predecessor__version__status"), not_draft("successor__version__status")
        )


class GoalSuccessionQuerySet(models.QuerySet["GoalSuccession"]):
    def readable(self) -> GoalSuccessionQuerySet:
        """Links whose both ends the public may read; an empty end hides nothing."""
        return self.filter(
            not_draft("predecessor__theme__version__status"),
            not_draft("successor__theme__version__status"),
            not_draft("dropped_in__status"),
        )

    def decided_in(self, agenda: Agenda) -> GoalSuccessionQuerySet:
        """What the versions of ``agenda`` decide about goals of another."""
        return self.filter(
            Q(successor__theme__version__agenda=agenda.pk) | Q(dropped_in__agenda=agenda.pk)
        )

    def of_goals_in(self, version_id: int) -> GoalSuccessionQuerySet:
        """What becomes of the goals of a version, wherever that is said."""
        return self.filter(predecessor__theme__version=version_id)

    def said_in_the_making(self) -> GoalSuccessionQuerySet:
        """What versions say that may still be written."""
        return self.filter(
            Q(successor__theme__version__status__in=EDITABLE_STATUSES)
            | Q(dropped_in__status__in=EDITABLE_STATUSES)
        )

    def into(self, version_id: int) -> GoalSuccessionQuerySet:
        """What a version decides: how goals go on in it, and which it drops or calls new."""
        return self.filter(Q(successor__theme__version=version_id) | Q(dropped_in=version_id))


class ConsultationRoundQuerySet(models.QuerySet["ConsultationRound"]):
    def readable(self) -> ConsultationRoundQuerySet:
        """Rounds that the public may know of: put out, on a version that the public may read."""
        return self.exclude(status=RoundStatus.PREPARED).filter(not_draft("version__status"))

    def with_counts(self) -> ConsultationRoundQuerySet:
        """With ``point_count``, what was handed in, and ``waiting``, what has no answer yet."""
        points = "advices__points__answer"
        return self.annotate(
            point_count=models.Count(points, distinct=True),
            waiting=models.Count(points, filter=Q(**{f"{points}__reason": ""}), distinct=True),
        )

    def announced(self) -> ConsultationRoundQuerySet:
        """Those that the overview of plans names: readable, or on a draft and told on purpose."""
        return self.exclude(status=RoundStatus.PREPARED).filter(
            not_draft("version__status") | Q(is_announced=True)
        )


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def standing(self) -> InvitationQuerySet:
        """Sent and not withdrawn."""
        return self.filter(sent_at__isnull=False, withdrawn_at__isnull=True)

    def to_answer(self, today: datetime.date) -> InvitationQuerySet:
        """Of which the body may still hand in its advice."""
        return (
            self.standing()
            .filter(
                round__status=RoundStatus.OPEN,
                round__opens_on__lte=today,
                round__closes_on__gte=today,
            )
            .exclude(advice__is_submitted=True)
        )


class AdviceAnswerQuerySet(models.QuerySet["AdviceAnswer"]):
    def of_round(self, round_id: int) -> AdviceAnswerQuerySet:
        return self.filter(point__advice__round=round_id)

    def to_give(self) -> AdviceAnswerQuerySet:
        """Points that nobody answered yet."""
        return self.filter(reason="")


class CouncilTalkQuerySet(models.QuerySet["CouncilTalk"]):
    def readable(self) -> CouncilTalkQuerySet:
        """Talks about versions that the public may read."""
        return self.filter(not_draft("version__status"))

    def with_agenda(self) -> CouncilTalkQuerySet:
        return self.select_related("version__agenda", "source")

    def with_promises(self) -> CouncilTalkQuerySet:
        """With ``point_count``, ``promise_count`` and ``open_count``; the newest first."""
        promise = Q(points__kind=TalkPointKind.PROMISE)
        newest = self.order_by(models.F("held_on").desc(nulls_last=True), "-pk")
        return newest.annotate(
            point_count=models.Count("points"),
            promise_count=models.Count("points", filter=promise),
            open_count=models.Count("points", filter=promise & Q(points__done_on=None)),
        )


class SurveyQuerySet(models.QuerySet["Survey"]):
    def readable(self) -> SurveyQuerySet:
        """Those that everybody may read."""
        return self.filter(is_public=True)

    def with_answers(self) -> SurveyQuerySet:
        """With their statements and what was answered. Four queries, however many there are."""
        return self.select_related("source").prefetch_related(
            "statements__indicator", "statements__results"
        )
