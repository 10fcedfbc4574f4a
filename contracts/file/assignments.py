"""A basic assignment and those additional to it, each with its own money and reporting (C29).

The basic one has one amount for all ordinary work; what comes beside it is paid and reported
on apart (report 004, H4.4).
"""

from __future__ import annotations

from django.db.models import Prefetch, Q

from agenda.story import Story
from contracts.constants import AmountKind, AssignmentKind, ContractStatus
from contracts.models import BudgetLine, Contract, ReportingAgreement


def assignments_beside(contract: Contract, *, drafts: bool) -> list[Story]:
    """The basic assignment of ``contract`` and all that are additional to it, the basic one first.

    Nothing when there is one assignment only. Drafts are left out unless asked for. Amounts are
    those of whole assignments that are agreed and hold now. Four queries at most.
    """
    basic = contract.basic_contract_id or contract.pk
    rows = Contract.objects.filter(Q(pk=basic) | Q(basic_contract=basic))
    if not drafts:
        rows = rows.exclude(status=ContractStatus.DRAFT)
    lines = BudgetLine.objects.filter(
        amount_kind=AmountKind.AGREED, sub_assignment=None, is_earmarked=False
    )
    held = ReportingAgreement.objects.prefetch_related("sections")
    if not drafts:
        lines, held = lines.in_force(), held.in_force()
    else:
        lines, held = lines.filter(ended_by=None), held.filter(ended_by=None)
    found = list(
        rows.prefetch_related(
            Prefetch("budget_lines", lines.order_by("period", "order", "pk"), to_attr="agreed"),
            Prefetch("reporting_agreements", held.order_by("pk"), to_attr="held"),
        )
    )
    if len(found) < 2:
        return []
    found.sort(key=lambda row: (row.pk != basic, row.title, row.pk))
    return [_told(row, is_basic=row.pk == basic, is_this=row.pk == contract.pk) for row in found]


def _told(row: Contract, *, is_basic: bool, is_this: bool) -> Story:
    kind = AssignmentKind.BASIC if is_basic else AssignmentKind.ADDITIONAL
    agreed: list[BudgetLine] = getattr(row, "agreed")  # noqa: B009 - set by the prefetch
    held: list[ReportingAgreement] = getattr(row, "held")  # noqa: B009
    newest = held[-1] if held else None
    return {
        "slug": row.slug,
        "title": row.title,
        "is_example": row.is_example,
        "is_this": is_this,
        "kind": str(kind.label),
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "funding": str(row.get_funding_display()) if row.funding else "",
        "money": [
            {
                "label": line.label,
                "display": line.value.display(),
                "when": (line.period.label if line.period else "")
                + (" per jaar" if line.per_year else ""),
            }
            for line in agreed
        ],
        "frequency": str(newest.get_frequency_display()) if newest and newest.frequency else "",
        "sections": [str(each.get_kind_display()) for each in newest.sections.all()]
        if newest
        else [],
    }
