"""Selections of contract data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from contracts.constants import ContractStatus

if TYPE_CHECKING:
    from contracts.models import Contract  # noqa: F401 - named in a base class


class ContractQuerySet(models.QuerySet["Contract"]):
    def readable(self) -> ContractQuerySet:
        """What the public may read: all but drafts."""
        return self.exclude(status=ContractStatus.DRAFT)


class AmendedQuerySet(models.QuerySet[Any]):
    """Rows of any kind that an amendment started and perhaps another one ended."""

    def as_amended_by(self, number: int) -> Self:
        """The rows that hold under amendment ``number`` (0 is the contract as first agreed)."""
        return self.filter(started_by__number__lte=number).filter(
            Q(ended_by__isnull=True) | Q(ended_by__number__gt=number)
        )


class BudgetLineQuerySet(AmendedQuerySet):
    def agreed(self) -> BudgetLineQuerySet:
        return self.filter(amount_kind="agreed", is_earmarked=False)
