"""Selections of contract data."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from agenda.constants import IndicatorLevel
from agenda.models import AgendaVersion, Goal, Indicator, Theme
from contracts.constants import ContractStatus

if TYPE_CHECKING:
    from contracts.models import (  # noqa: F401 - named in base classes
        Amendment,
        Contract,
        Exchange,
    )


class ContractQuerySet(models.QuerySet["Contract"]):
    def readable(self) -> ContractQuerySet:
        """What the public may read: all but drafts."""
        return self.exclude(status=ContractStatus.DRAFT)

    def drafts(self) -> ContractQuerySet:
        return self.filter(status=ContractStatus.DRAFT)

    def newest_first(self) -> ContractQuerySet:
        """As those who manage contracts see them."""
        return self.order_by("-pk")


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


class BudgetLineQuerySet(AmendedQuerySet):
    def agreed(self) -> BudgetLineQuerySet:
        return self.filter(amount_kind="agreed", is_earmarked=False)


def organisations_in(contracts: models.QuerySet[Contract]) -> models.QuerySet[Organisation]:
    """The organisations that ``contracts`` are made with or that take part in them, each once."""
    held = contracts.order_by().values("pk")
    return (
        Organisation.objects.filter(Q(contracts__in=held) | Q(parties__contract__in=held))
        .distinct()
        .order_by("name")
    )


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
    return Indicator.objects.filter(level=IndicatorLevel.PERFORMANCE).order_by("name")


def offered_goals(contract: Contract) -> models.QuerySet[Goal]:
    """The goals of the agendas that ``contract`` serves."""
    return (
        Goal.objects.readable()
        .filter(theme__version__contracts=contract)
        .select_related("theme__version__agenda")
        .in_order()
    )


def offered_members(contract: Contract) -> models.QuerySet[Organisation]:
    """The members of the coalition that write their own part of its reports."""
    return Organisation.objects.filter(
        parties__contract=contract, parties__contributes=True
    ).order_by("name")


def offered_themes(contract: Contract) -> models.QuerySet[Theme]:
    """The themes of the agendas that ``contract`` serves."""
    return (
        Theme.objects.readable()
        .filter(version__contracts=contract)
        .select_related("version__agenda", "parent")
        .in_order()
    )
