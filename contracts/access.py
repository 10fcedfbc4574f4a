"""The doors to contracts: what may not be read answers as if it were not there."""

from __future__ import annotations

from django.http import Http404

from contracts.models import Amendment, Contract
from contracts.story import CONTRACT_RELATIONS


def contract_or_404(slug: str) -> Contract:
    """A contract that the public may read, with all its parts. Raises ``Http404``.

    The number of queries does not depend on how much was agreed.
    """
    contract = (
        Contract.objects.readable()
        .filter(slug=slug)
        .select_related("partner", "source")
        .prefetch_related(*CONTRACT_RELATIONS, "kpis__indicator", "budget_lines__ended_by")
        .first()
    )
    if contract is None:
        raise Http404("Deze overeenkomst is er niet, of zij is nog niet openbaar.")
    return contract


def amendment_or_404(contract: Contract, number: int) -> Amendment:
    """The amendment ``number`` of ``contract``, which has its parts. Raises ``Http404``."""
    for amendment in contract.amendments.all():
        if amendment.number == number:
            return amendment
    raise Http404("Dit addendum hoort niet bij deze overeenkomst.")
