"""Which contracts measure with an indicator: what the library of the agenda asks of this layer."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from agenda.models import Indicator
from agenda.uses import Use
from contracts.models import KPI, Contract


class ContractsThatMeasure:
    """Contracts that the public may read, with the performance indicators that hold in them."""

    def choices(self) -> list[tuple[str, str]]:
        """Address and title of each contract with a performance indicator. One query."""
        rows = Contract.objects.readable().filter(kpis__in=KPI.objects.in_force()).distinct()
        return list(rows.order_by("title").values_list("slug", "title"))

    def keys(self, chosen: str) -> QuerySet[Any]:
        """The keys of the indicators of the contract with the address ``chosen``."""
        return self._held().filter(contract__slug=chosen).values("indicator")

    def uses(self, indicator: Indicator) -> list[Use]:
        """The contracts that measure with ``indicator``, by title. One query."""
        rows = self._held().filter(indicator=indicator).select_related("contract")
        return [
            Use(
                row.contract.title,
                f"Prestatie-indicator {row.number}: {row.name}",
                reverse("contract_detail", args=[row.contract.slug]),
            )
            for row in rows.order_by("contract__title", "number")
        ]

    def _held(self) -> QuerySet[KPI]:
        return KPI.objects.in_force().filter(contract__in=Contract.objects.readable())


CONTRACTS = ContractsThatMeasure()
