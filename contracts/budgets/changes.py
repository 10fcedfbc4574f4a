"""What the history of the municipality's budget calls its lines, and what it keeps of each."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.text import capfirst

from accounts.history import Part, Whole, key_of
from contracts.models import (
    Allocation,
    Budget,
    BudgetItem,
    LineChange,
    PassOn,
    PassOnFrame,
    ProductRow,
    ProductTable,
    Rate,
    Subsidy,
)
from core.wording import Told, told

COLUMNS: dict[type[models.Model], tuple[str, ...]] = {
    Allocation: (
        *("label", "first_year", "last_year", "value", "per_year", "duration", "ends_on"),
        *("earmark", "origin", "scheme", "account_for", "account_by", "task_field"),
        *("goal", "theme", "contract", "sub_assignment", "note"),
    ),
    Subsidy: (
        *("contract", "reference", "purpose", "first_year", "last_year", "granted"),
        *("obligations", "interim_by", "request_by", "settle_by"),
    ),
    PassOnFrame: (
        *("contract", "year", "ceiling", "each_at_most", "rules", "vision_by", "vision_on", "note"),
    ),
    PassOn: ("receiver", "purpose", "value"),
    LineChange: ("year", "cut", "cut_ground", "growth", "growth_ground"),
    ProductTable: (
        *("title", "kind", "place", "year", "period", "stated_count", "stated_amount"),
        *("source", "locator", "note"),
    ),
    ProductRow: ("name", "provider", "count", "amount", "percentage", "note"),
    Budget: ("title", "year", "stated_total", "source", "locator", "note", "national_note"),
    BudgetItem: (
        *("number", "name", "amount", "is_custom_care", "note"),
        *("national_spending", "national_income"),
    ),
    Rate: ("municipality", "subject", "condition", "value", "source", "locator"),
}


def label_of(model: type[models.Model], name: str) -> str:
    """What the screen calls a column of ``model``."""
    if name == "value":
        return "Tarief" if model is Rate else "Bedrag"
    if name == "source":
        return "Bron"
    field = model._meta.get_field(name)
    return str(capfirst(str(getattr(field, "verbose_name", name))))


def labels_of(model: type[models.Model]) -> dict[str, str]:
    return {name: label_of(model, name) for name in COLUMNS[model]}


def _told(row: models.Model) -> Told:
    """What ``row`` says; a year has no point in it."""
    model = type(row)
    says = told(row, labels_of(model))
    for name in ("first_year", "last_year", "year"):
        if name in COLUMNS[model]:
            says[label_of(model, name)] = str(getattr(row, name))
    return says


def of_allocation(row: Allocation) -> tuple[Part, Told]:
    """Describes a budget line. Five queries at most."""
    whole = Whole(key_of(row), str(row), reverse("budget_line_history", args=[row.pk]))
    return Part(whole, key_of(row), "budgetpost", str(row)), _told(row)


def of_change(row: LineChange) -> tuple[Part, Told]:
    """Describes why a budget line differs from the year before. Two queries."""
    line = row.allocation
    whole = Whole(key_of(line), str(line), reverse("budget_line_history", args=[line.pk]))
    name = f"Verandering in {row.year}"
    return Part(whole, key_of(row), "verandering", name), _told(row)


def of_subsidy(row: Subsidy) -> tuple[Part, Told]:
    """Describes a subsidy, as long as it is a draft. One query."""
    whole = Whole(key_of(row), str(row), reverse("subsidy_history", args=[row.pk]))
    return Part(whole, key_of(row), "subsidie", str(row)), _told(row)


def of_pass_on(row: PassOnFrame | PassOn) -> tuple[Part, Told]:
    """Describes a frame, or what was passed on within it. Two queries."""
    frame = row if isinstance(row, PassOnFrame) else row.frame
    name = f"Doorgegeven subsidies, {frame}"
    whole = Whole(key_of(frame), name, reverse("pass_on_history", args=[frame.pk]))
    kind = "kader" if isinstance(row, PassOnFrame) else "doorgegeven subsidie"
    return Part(whole, key_of(row), kind, str(row)), _told(row)


def of_product(row: ProductTable | ProductRow) -> tuple[Part, Told]:
    """Describes a table, or a row of it. Two queries.

    It may tell a small number of people, so that it stands in no other list of changes.
    """
    table = row if isinstance(row, ProductTable) else row.table
    page = reverse("product_history", args=[table.slug])
    whole = Whole(key_of(table), str(table), page, is_private=True)
    kind = "tabel" if isinstance(row, ProductTable) else "rij"
    return Part(whole, key_of(row), kind, str(row)), _told(row)


def of_rate(row: Rate) -> tuple[Part, Told]:
    """Describes a rate. Two queries."""
    whole = Whole(key_of(row), str(row), reverse("rate_history", args=[row.pk]))
    return Part(whole, key_of(row), "tarief", str(row)), _told(row)


def of_budget(row: Budget | BudgetItem) -> tuple[Part, Told]:
    """Describes a budget table, or an item of it with its posts. Two queries."""
    if isinstance(row, Budget):
        budget, says = row, _told(row)
    else:
        budget, says = row.budget, _told(row)
        says["Posten"] = "\n".join(post.in_words for post in row.posts.all())
    whole = Whole(key_of(budget), str(budget), reverse("wmo_budget_history", args=[budget.slug]))
    kind = "begroting" if row is budget else "onderdeel"
    return Part(whole, key_of(row), kind, str(row)), says
