"""Selections of contract data."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Cast, Concat, ExtractYear
from django.utils import timezone

from accounts.models import Organisation
from agenda.constants import IndicatorLevel
from agenda.models import AgendaVersion, Goal, GoalSuccession, Indicator, Theme
from contracts.constants import (
    RUNNING,
    ContractStatus,
    PartyRole,
    ProjectStatus,
    SubsidyStatus,
)

if TYPE_CHECKING:
    from contracts.models import (  # noqa: F401 - named in base classes
        Allocation,
        Amendment,
        Contract,
        Exchange,
        Party,
        Project,
        Subsidy,
    )


Day = datetime.date | OuterRef

#: These carry a contract out together, so they read what was said about it.
COALITION = (PartyRole.LEAD, PartyRole.MEMBER)


class ContractQuerySet(models.QuerySet["Contract"]):
    def readable(self) -> ContractQuerySet:
        """What the public may read: all but drafts."""
        return self.exclude(status=ContractStatus.DRAFT)

    def drafts(self) -> ContractQuerySet:
        return self.filter(status=ContractStatus.DRAFT)

    def active(self) -> ContractQuerySet:
        """Those that run, made here; what a source tells has no status."""
        return self.filter(status=ContractStatus.ACTIVE)

    def newest_first(self) -> ContractQuerySet:
        """As those who manage contracts see them."""
        return self.order_by("-pk")


class PartyQuerySet(models.QuerySet["Party"]):
    def during(self, first: Day, last: Day) -> PartyQuerySet:
        """Those that take part on some day from ``first`` to ``last``; a day may be a column of an
        outer query."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=last),
            Q(valid_until__isnull=True) | Q(valid_until__gte=first),
        )

    def now(self, *roles: PartyRole) -> PartyQuerySet:
        """Those that take part today, in one of ``roles`` where they are given."""
        today = timezone.localdate()
        rows = self.during(today, today)
        return rows.filter(role__in=roles) if roles else rows

    def staying(self) -> PartyQuerySet:
        """Those that take part today or later."""
        return self.during(timezone.localdate(), datetime.date.max)

    def in_period_of(self, column: str) -> PartyQuerySet:
        """Those that take part on some day of the period, a year or a half, in ``column`` of the
        outer query. Codes compare as text: 2019 comes before 2019-H1, and that before 2019-H2.
        """
        asked = Cast(OuterRef(column), models.CharField())
        rows = self.alias(
            first_half=_half_of("valid_from"),
            first_year=Cast(ExtractYear("valid_from"), models.CharField()),
            last_half=_half_of("valid_until"),
        )
        return rows.filter(
            Q(valid_from__isnull=True) | Q(first_half__lte=asked) | Q(first_year=asked),
            Q(valid_until__isnull=True) | Q(last_half__gte=asked),
        )


_EveryParty = models.Manager.from_queryset(PartyQuerySet)


class PartyManager(_EveryParty["Party"]):
    """Parties but those that were withdrawn. A query that joins parties from another table leaves
    those out itself: ``parties__withdrawn_on=None``."""

    def get_queryset(self) -> PartyQuerySet:
        return PartyQuerySet(self.model, using=self._db).filter(withdrawn_on__isnull=True)


def _half_of(day: str) -> Any:
    """The code of the half-year in which ``day`` lies."""
    half = models.Case(
        models.When(**{f"{day}__month__lte": 6}, then=models.Value("-H1")),
        default=models.Value("-H2"),
    )
    year = Cast(ExtractYear(day), models.CharField())
    return Concat(year, half, output_field=models.CharField())


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    def signed(self) -> AmendmentQuerySet:
        """All but drafts: what was agreed, at first and later."""
        return self.filter(is_draft=False)

    def drafts(self) -> AmendmentQuerySet:
        return self.filter(is_draft=True)


class AmendedQuerySet(models.QuerySet[Any]):
    """Rows of any kind that an amendment started and perhaps another one ended."""

    def signed(self) -> Self:
        """Rows that an agreed amendment started; a draft amendment changes nothing yet."""
        return self.filter(started_by__is_draft=False)

    def in_force(self) -> Self:
        """Agreed rows that no agreed amendment ended."""
        return self.signed().filter(Q(ended_by__isnull=True) | Q(ended_by__is_draft=True))

    def as_amended_by(self, number: int) -> Self:
        """The rows that hold under amendment ``number`` (0 is the contract as first agreed)."""
        return self.filter(started_by__number__lte=number).filter(
            Q(ended_by__isnull=True) | Q(ended_by__number__gt=number)
        )


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    def overdue(self, today: datetime.date) -> ExchangeQuerySet:
        """Running ones that had to be tested again before ``today``."""
        return self.filter(ended_on__isnull=True, review_on__lt=today)


class ProjectQuerySet(models.QuerySet["Project"]):
    def readable(self) -> ProjectQuerySet:
        """What the public may read: all but drafts."""
        return self.exclude(status=ProjectStatus.DRAFT)

    def own_first(self) -> ProjectQuerySet:
        """By title, those of other municipalities after our own."""
        return self.order_by(F("elsewhere__name").asc(nulls_first=True), "title", "pk")

    def running(self) -> ProjectQuerySet:
        return self.filter(status__in=RUNNING)

    def _planned(self, **days: Any) -> ProjectQuerySet:
        """Those of which the plan that holds now, the last one, has these ``days``."""
        model: Any = self.model._meta.get_field("plans").related_model
        later = model.objects.filter(project=OuterRef("project"), number__gt=OuterRef("number"))
        held = model.objects.filter(~Exists(later), **days)
        return self.filter(pk__in=held.values("project"))

    def undecided(self, today: datetime.date) -> ProjectQuerySet:
        """Started ones on which something had to be decided before ``today``."""
        return self.filter(status=ProjectStatus.STARTED)._planned(decide_by__lt=today)

    def over_time(self, today: datetime.date) -> ProjectQuerySet:
        """Running ones whose last day was before ``today``."""
        return self.running()._planned(ends_on__lt=today)

    def within(self, year: int) -> ProjectQuerySet:
        """Those whose plan touches ``year``; a plan without days touches none."""
        first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        return self._planned(starts_on__lte=last, ends_on__gte=first)

    def with_organisation(
        self, organisation: Organisation, contracts: models.QuerySet[Contract]
    ) -> ProjectQuerySet:
        """Those that ``organisation`` carries out or owns, itself or by one of ``contracts``."""
        held = self.filter(
            Q(partners=organisation)
            | Q(organisation=organisation)
            | Q(contracts__in=contracts.filter(partner=organisation).order_by().values("pk"))
        )
        return self.filter(pk__in=held.order_by().values("pk"))


class AllocationQuerySet(models.QuerySet["Allocation"]):
    def touching(self, year: int) -> AllocationQuerySet:
        """Budget lines of ``year``, also those of more years at once."""
        return self.filter(first_year__lte=year, last_year__gte=year)

    def to_account(self, until: datetime.date) -> AllocationQuerySet:
        """Specific grants to account for by ``until``, what is due first on top."""
        return self.filter(account_by__lte=until).order_by("account_by", "pk")


class SubsidyQuerySet(models.QuerySet["Subsidy"]):
    def out(self) -> SubsidyQuerySet:
        """All but drafts: what a partner may read of its own."""
        return self.exclude(status=SubsidyStatus.DRAFT)

    def of_partners(self, organisations: Collection[int]) -> SubsidyQuerySet:
        """Those of contracts made with one of ``organisations``, or that one of them leads now."""
        from contracts.models import Party

        leads = Party.objects.now(PartyRole.LEAD).filter(organisation__in=organisations)
        return self.filter(
            Q(contract__partner__in=organisations) | Q(contract__in=leads.values("contract"))
        )

    def request_due(self, until: datetime.date) -> SubsidyQuerySet:
        """Granted ones of which the partner has to account on ``until`` or before."""
        return self.filter(status=SubsidyStatus.GRANTED, request_by__lte=until)

    def settling_due(self, until: datetime.date) -> SubsidyQuerySet:
        """Those that the municipality has to settle by ``until``."""
        waiting = (SubsidyStatus.GRANTED, SubsidyStatus.REQUESTED)
        return self.filter(status__in=waiting, settle_by__lte=until)

    def repaying_due(self, until: datetime.date) -> SubsidyQuerySet:
        return self.filter(status=SubsidyStatus.RECLAIMED, repay_by__lte=until)


class BudgetLineQuerySet(AmendedQuerySet):
    def agreed(self) -> BudgetLineQuerySet:
        return self.filter(amount_kind="agreed", is_earmarked=False)


def organisations_in(contracts: models.QuerySet[Contract]) -> models.QuerySet[Organisation]:
    """The organisations that ``contracts`` are made with or that take part in them, each once."""
    held = contracts.order_by().values("pk")
    return (
        Organisation.objects.filter(
            Q(contracts__in=held) | Q(parties__contract__in=held, parties__withdrawn_on=None)
        )
        .distinct()
        .order_by("name")
    )


def offered_basics(contract: Contract) -> models.QuerySet[Contract]:
    """The contracts that ``contract`` may be an addition to: those that are no addition."""
    model: Any = type(contract)
    rows: models.QuerySet[Contract] = model.objects.exclude(assignment_kind="additional")
    return rows.exclude(pk=contract.pk).order_by("title")


# -- what a contract may choose from the agenda ----------------------------------------------------
def offered_versions() -> models.QuerySet[AgendaVersion]:
    """Agenda versions that a contract can serve: all but drafts, the newest first."""
    return (
        AgendaVersion.objects.readable()
        .select_related("agenda")
        .order_by("-agenda__year", "agenda_id", "-number")
    )


def offered_indicators() -> models.QuerySet[Indicator]:
    """Indicators that measure one partner; a population figure is held against nobody."""
    return Indicator.objects.filter(level=IndicatorLevel.PERFORMANCE).in_groups()


def offered_goals(contract: Contract) -> models.QuerySet[Goal]:
    """The goals of the versions that ``contract`` serves, and what a later version of such an
    agenda has new: a goal that only continues is known by the version that was agreed on."""
    served = AgendaVersion.objects.filter(contracts=contract)
    earlier = served.filter(
        agenda=OuterRef("theme__version__agenda"),
        number__lt=OuterRef("theme__version__number"),
    )
    continues = GoalSuccession.objects.filter(
        successor=OuterRef("pk"),
        predecessor__theme__version__agenda=OuterRef("theme__version__agenda"),
    )
    new = Q(Exists(earlier)) & ~Q(Exists(continues))
    return (
        Goal.objects.readable()
        .filter(Q(theme__version__in=served) | new)
        .select_related("theme__version__agenda")
        .in_order()
    )


def offered_members(contract: Contract) -> models.QuerySet[Organisation]:
    """The members of the coalition that write their own part of its reports, and did not leave."""
    writing = contract.parties.staying().filter(contributes=True)
    return Organisation.objects.filter(pk__in=writing.values("organisation")).order_by("name")


def offered_parties(contract: Contract) -> models.QuerySet[Organisation]:
    """Who can be told of a contract, or keep an eye on a part of it: its partner, and who takes
    part in it and did not leave."""
    parties = contract.parties.staying().values("organisation")
    return Organisation.objects.filter(Q(pk__in=parties) | Q(pk=contract.partner_id)).order_by(
        "name"
    )


def offered_themes(contract: Contract) -> models.QuerySet[Theme]:
    """The themes of the agendas that ``contract`` serves."""
    return (
        Theme.objects.readable()
        .filter(version__contracts=contract)
        .select_related("version__agenda", "parent")
        .in_order()
    )
