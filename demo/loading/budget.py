"""The budget of the municipality: the table as printed, and what in it is not the Wmo."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from contracts.models import Budget, BudgetItem, BudgetPost
from demo.loading.reader import Place, read_file, save, save_all
from demo.loading.sources import Citations


@dataclass(frozen=True)
class PostRow:
    place: Place
    name: str
    outside_wmo: bool = False


@dataclass(frozen=True)
class ItemRow:
    place: Place
    number: int
    name: str
    amount: int
    is_custom_care: bool
    note: str = ""
    locator: str = ""
    national_spending: int | None = None
    national_income: int | None = None
    posts: list[PostRow] = field(default_factory=list)


@dataclass(frozen=True)
class BudgetRow:
    place: Place
    slug: str
    title: str
    year: int
    locator: str
    items: list[ItemRow]
    stated_total: int | None = None
    note: str = ""
    national_note: str = ""


@dataclass(frozen=True)
class BudgetFile:
    source: str
    budgets: list[BudgetRow]


def load(data: Path) -> None:
    """Insert the budgets of ``budget.yaml``, amounts in whole euros; the sources are there already.

    Raises ``DataFileError``, also when the items do not add up to the printed total; nothing is
    kept then.
    """
    content = read_file(data / "budget.yaml", BudgetFile)
    with transaction.atomic():
        for row in content.budgets:
            _budget(row, Citations(content.source, row.locator))


def _budget(row: BudgetRow, cited: Citations) -> None:
    total = sum(item.amount for item in row.items)
    if row.stated_total is not None and total != row.stated_total:
        raise row.place.error(
            f"De onderdelen zijn samen {total}, het totaal is {row.stated_total}. Kijk beide na."
        )
    budget = save(
        row.place,
        Budget(
            slug=row.slug,
            title=row.title,
            year=row.year,
            stated_total=row.stated_total,
            note=row.note,
            national_note=row.national_note,
            **cited.cite(row.place),
        ),
    )
    items = save_all(
        (
            item.place,
            BudgetItem(
                budget=budget,
                number=item.number,
                name=item.name,
                amount=item.amount,
                is_custom_care=item.is_custom_care,
                note=item.note,
                national_spending=item.national_spending,
                national_income=item.national_income,
                **cited.cite(item.place, item.locator),
            ),
        )
        for item in row.items
    )
    save_all(
        (
            post.place,
            BudgetPost(item=item, name=post.name, outside_wmo=post.outside_wmo, order=order),
        )
        for item, told in zip(items, row.items, strict=True)
        for order, post in enumerate(told.posts, start=1)
    )
