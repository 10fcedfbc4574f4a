"""Organisations in all contracts: which roles each has, and what went on under it. Reads only."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from accounts.merging import family_of
from accounts.models import Organisation
from contracts.models import Contract, Party
from contracts.querysets import organisations_in


def counted() -> QuerySet[Organisation]:
    """Every organisation with ``contract_count``, the contracts that it holds, and ``part_count``,
    those of others that it takes part in."""
    held = Count("contracts", distinct=True)
    taken = Count(
        "parties__contract",
        filter=Q(parties__withdrawn_on=None)
        & (Q(parties__contract__partner=None) | ~Q(parties__contract__partner=F("pk"))),
        distinct=True,
    )
    rows = Organisation.objects.select_related("merged_into")
    return rows.annotate(contract_count=held, part_count=taken).order_by("name", "pk")


def organisation_page(organisation: Organisation, today: datetime.date) -> dict[str, Any]:
    """All that ``organisation`` holds and takes part in, also under former names. Six queries, and
    one for each step of organisations that went on under it.
    """
    family = family_of(organisation)
    contracts = Contract.objects.filter(partner__in=family).select_related("partner")
    parties = Party.objects.filter(organisation__in=family).select_related(
        "contract__partner", "organisation"
    )
    former = Organisation.objects.filter(pk__in=family).exclude(pk=organisation.pk)
    told = organisations_in(Contract.objects.readable())
    return {
        "organisation": organisation,
        "is_public": told.filter(pk__in=family).exists(),
        "contracts": list(contracts.order_by("-starts_on", "title")),
        "parties": [
            {"row": row, "has_left": row.has_left(today)}
            for row in parties.order_by("contract__title", "order", "pk")
        ],
        "former": list(former.order_by("name")),
    }
