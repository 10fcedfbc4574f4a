"""Money: budget lines and years, numbers by product, rates, and invented subsidies."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from django.conf import settings
from django.db import transaction

from accounts.models import User
from agenda.models import Goal, MoneyYear, Municipality
from contracts.actions import subsidies
from contracts.constants import Duration, FigureKind, MoneyOrigin, ProductTableKind
from contracts.models import (
    Allocation,
    Contract,
    LineChange,
    LineFigure,
    PassOn,
    PassOnFrame,
    ProductRow,
    ProductTable,
    Rate,
    Subsidy,
)
from core.fields import value_columns
from core.values import Value, ValueType
from demo.accounts import OFFICER
from demo.loading.invented import cite, kept
from demo.loading.reader import Place, find, read_file, save, save_all
from demo.loading.sources import Citations

PRODUCTS_FROM, RATES_FROM = "visie-gebiedsgericht-zoetermeer", "wmo-friesland-2017"
RATES_AT = "H7.1, tabel PGB"


@dataclass(frozen=True)
class YearRow:
    place: Place
    year: int
    stated_total: int
    note: str = ""


@dataclass(frozen=True)
class FigureRow:
    """An invented forecast or outcome of a budget line."""

    place: Place
    kind: FigureKind
    amount: int
    day: datetime.date
    explanation: str


@dataclass(frozen=True)
class ChangeRow:
    """Invented: why a budget line differs from the year before."""

    place: Place
    cut: int = 0
    cut_ground: str = ""
    growth: int = 0
    growth_ground: str = ""


@dataclass(frozen=True)
class LineRow:
    place: Place
    label: str
    year: int
    value: Annotated[Value, ValueType.AMOUNT]
    duration: Duration = Duration.NOT_STATED
    ends_on: datetime.date | None = None
    origin: MoneyOrigin = MoneyOrigin.NOT_STATED
    scheme: str = ""
    account_for: str = ""
    account_by: datetime.date | None = None
    earmark: str = ""
    task_field: str = ""
    goal: str = ""
    contract: str = ""
    note: str = ""
    locator: str = ""
    example: bool = False
    figures: list[FigureRow] = field(default_factory=list)
    change: ChangeRow | None = None


@dataclass(frozen=True)
class ProductLine:
    place: Place
    name: str
    count: int | None = None
    amount: int | None = None
    percentage: int | None = None
    note: str = ""


@dataclass(frozen=True)
class TableRow:
    place: Place
    slug: str
    title: str
    kind: ProductTableKind
    year: int
    period: str
    locator: str
    rows: list[ProductLine]
    stated_count: int | None = None
    stated_amount: int | None = None
    note: str = ""
    municipality: str = ""


@dataclass(frozen=True)
class RateRow:
    place: Place
    municipality: str
    subject: str
    value: str
    condition: str = ""


@dataclass(frozen=True)
class SubsidyRow:
    """An invented subsidy, with the days of its steps."""

    place: Place
    contract: str
    reference: str
    purpose: str
    year: int
    granted: int
    obligations: str
    interim_by: datetime.date
    request_by: datetime.date
    settle_by: datetime.date
    granted_on: datetime.date
    advance: int
    advance_on: datetime.date
    interim_on: datetime.date
    interim: str
    requested_on: datetime.date | None = None
    cost: int = 0
    settled_on: datetime.date | None = None
    settled: int = 0
    ground: str = ""
    reason: str = ""


@dataclass(frozen=True)
class ReceiverRow:
    place: Place
    receiver: str
    purpose: str
    value: Annotated[Value, ValueType.AMOUNT]


@dataclass(frozen=True)
class FrameRow:
    """A frame of a source, or without a place in one an invented frame."""

    place: Place
    contract: str
    year: int
    rules: str
    ceiling: int | None = None
    each_at_most: int | None = None
    vision_by: datetime.date | None = None
    rows: list[ReceiverRow] = field(default_factory=list)
    locator: str = ""

    @property
    def example(self) -> bool:
        return not self.locator


@dataclass(frozen=True)
class MoneyFile:
    source: str
    years: list[YearRow]
    allocations: list[LineRow]
    products: list[TableRow]
    rates: list[RateRow]
    subsidies: list[SubsidyRow] = field(default_factory=list)
    frames: list[FrameRow] = field(default_factory=list)


def load(data: Path) -> None:
    """Insert what ``money.yaml`` says; the contracts, also the invented ones, are there already.

    Raises ``DataFileError``; nothing is kept then.
    """
    content = read_file(data / "money.yaml", MoneyFile)
    with transaction.atomic():
        cited = Citations(content.source)
        newest = Goal.objects.filter(theme__version__agenda__slug="mag-2-0")
        goals = {row.slug: row for row in newest.order_by("theme__version__number")}
        save_all(
            (row.place, MoneyYear(year=row.year, stated_total=row.stated_total, note=row.note))
            for row in content.years
        )
        contracts = {row.slug: row for row in Contract.objects.all()}
        lines = kept(content.allocations)
        made = [save(row.place, _line(row, cited, goals, contracts)) for row in lines]
        for table in content.products:
            _table(table, cited)
        _rates(content.rates, cited)
        for frame in kept(content.frames):
            _frame(frame, find(frame.place, contracts, frame.contract, "overeenkomst"), cited)
        if settings.DEMO:
            officer = User.objects.get(email=OFFICER)  # made with the example before
            _figures(list(zip(lines, made, strict=True)), officer)
            for told in content.subsidies:
                contract = find(told.place, contracts, told.contract, "overeenkomst")
                _subsidy(told, contract, officer)


def _line(
    row: LineRow, cited: Citations, goals: dict[str, Goal], contracts: dict[str, Contract]
) -> Allocation:
    return Allocation(
        label=row.label,
        first_year=row.year,
        last_year=row.year,
        duration=row.duration,
        ends_on=row.ends_on,
        origin=row.origin,
        scheme=row.scheme,
        account_for=row.account_for,
        account_by=row.account_by,
        earmark=row.earmark,
        task_field=row.task_field,
        goal=find(row.place, goals, row.goal, "doel") if row.goal else None,
        contract=(
            find(row.place, contracts, row.contract, "overeenkomst") if row.contract else None
        ),
        note=row.note,
        is_example=row.example,
        **value_columns(row.value),
        **cite(cited, row),
    )


def _figures(rows: list[tuple[LineRow, Allocation]], officer: User) -> None:
    save_all(
        (
            told.place,
            LineFigure(
                allocation=line,
                year=row.year,
                kind=told.kind,
                amount=told.amount,
                day=told.day,
                explanation=told.explanation,
                is_example=True,
                actor=officer,
            ),
        )
        for row, line in rows
        for told in row.figures
    )
    save_all(
        (
            row.change.place,
            LineChange(
                allocation=line,
                year=row.year,
                cut=row.change.cut,
                cut_ground=row.change.cut_ground,
                growth=row.change.growth,
                growth_ground=row.change.growth_ground,
                is_example=True,
            ),
        )
        for row, line in rows
        if row.change is not None
    )


def _table(row: TableRow, cited: Citations) -> None:
    where = cited.cite(row.place, row.locator, source=PRODUCTS_FROM)
    made = save(
        row.place,
        ProductTable(
            slug=row.slug,
            title=row.title,
            kind=row.kind,
            place=row.municipality,
            year=row.year,
            period=row.period,
            stated_count=row.stated_count,
            stated_amount=row.stated_amount,
            note=row.note,
            **where,
        ),
    )
    save_all(
        (
            line.place,
            ProductRow(
                table=made,
                name=line.name,
                count=line.count,
                amount=line.amount,
                percentage=line.percentage,
                note=line.note,
                order=order,
                **where,
            ),
        )
        for order, line in enumerate(row.rows, start=1)
    )


def _rates(rows: list[RateRow], cited: Citations) -> None:
    known = {row.name: row for row in Municipality.objects.all()}
    subjects = list(dict.fromkeys(row.subject for row in rows))
    save_all(
        (
            row.place,
            Rate(
                municipality=find(row.place, known, row.municipality, "gemeente"),
                subject=row.subject,
                condition=row.condition,
                order=subjects.index(row.subject),
                **value_columns(
                    row.place.value(
                        ValueType.PERCENTAGE if "%" in row.value else ValueType.AMOUNT, row.value
                    )
                ),
                **cited.cite(row.place, RATES_AT, source=RATES_FROM),
            ),
        )
        for row in rows
    )


def _frame(row: FrameRow, contract: Contract, cited: Citations) -> None:
    where = cite(cited, row)
    made = save(
        row.place,
        PassOnFrame(
            contract=contract,
            year=row.year,
            ceiling=row.ceiling,
            each_at_most=row.each_at_most,
            rules=row.rules,
            vision_by=row.vision_by,
            is_example=row.example,
            **where,
        ),
    )
    save_all(
        (
            held.place,
            PassOn(
                frame=made,
                receiver=held.receiver,
                purpose=held.purpose,
                **value_columns(held.value),
                **where,
            ),
        )
        for held in row.rows
    )


def _subsidy(row: SubsidyRow, contract: Contract, officer: User) -> None:
    """By the real actions, so that the log is as it would be."""
    made = save(
        row.place,
        Subsidy(
            contract=contract,
            reference=row.reference,
            purpose=row.purpose,
            first_year=row.year,
            last_year=row.year,
            granted=row.granted,
            obligations=row.obligations,
            interim_by=row.interim_by,
            request_by=row.request_by,
            settle_by=row.settle_by,
            is_example=True,
        ),
    )
    act: dict[str, Any] = {"seen": None, "user": officer}
    subsidies.grant(made, day=row.granted_on, **act)
    subsidies.pay_advance(made, day=row.advance_on, amount=Decimal(row.advance), **act)
    subsidies.account_interim(made, day=row.interim_on, note=row.interim, **act)
    if row.requested_on is not None:
        subsidies.receive_request(made, day=row.requested_on, amount=Decimal(row.cost), **act)
    if row.settled_on is not None:
        subsidies.settle(
            made,
            day=row.settled_on,
            amount=Decimal(row.settled),
            ground=row.ground,
            note=row.reason,
            **act,
        )
