"""The national figures beside a budget, as an edition froze them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from agenda.story import Story
from contracts.budgets.shares import shares


def national_figures(budget: Story) -> dict[str, Any] | None:
    """Each item with its share here and nationally in percent, and the national amounts in euros.

    None where none is known, and in an edition that was frozen before budgets had them.
    """
    items = budget["items"]
    spending = [_amount(item.get("national_spending")) for item in items]
    income = [_amount(item.get("national_income")) for item in items]
    if not any(held is not None for held in (*spending, *income)):
        return None
    own = shares([Decimal(item["amount"]) for item in items])
    found = zip(items, own, shares(spending), spending, income, strict=True)
    return {
        "rows": [
            {"name": item["name"], "own": here, "share": there, "spending": spent, "income": got}
            for item, here, there, spent, got in found
        ],
        "spending": sum((held for held in spending if held is not None), Decimal(0)),
        "income": sum((held for held in income if held is not None), Decimal(0)),
        "note": budget.get("national_note", ""),
    }


def _amount(held: str | None) -> Decimal | None:
    return None if held is None else Decimal(held)
