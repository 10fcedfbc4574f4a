"""What the pages of the budget tell: a year, its lines added up by something, and its gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from agenda.models import MoneyYear
from contracts.budgets.access import listed
from contracts.budgets.sums import Check, Sum, add_up, in_one_year, plain
from contracts.constants import Duration
from contracts.models import Allocation
from contracts.querysets import AllocationQuerySet
from contracts.task_fields import named
from core.tables import CellValue
from core.values import Value

NO_YEAR = "voor de jaren samen"


@dataclass(frozen=True)
class Line:
    """A budget line as it counts in one year; ``amount`` is None when that is not known."""

    row: Allocation
    year: int

    @property
    def value(self) -> Value:
        return self.row.value

    @property
    def amount(self) -> Decimal | None:
        row = self.row
        return in_one_year(row.value, row.first_year, row.last_year, row.per_year)

    @property
    def about(self) -> bool:
        return bool(self.row.qualifier)

    @property
    def is_shared(self) -> bool:
        """Known, but for more years together."""
        return self.amount is None and self.value.is_present

    @property
    def when(self) -> str:
        if self.row.first_year == self.row.last_year:
            return ""
        return f"{self.row.years}, {'per jaar' if self.row.per_year else NO_YEAR}"

    @property
    def field(self) -> str:
        return named(self.row.task_field, self.year) if self.row.task_field else ""

    @property
    def partner(self) -> str:
        held = self.row.contract
        return str(held.partner) if held is not None and held.partner is not None else ""

    @property
    def purpose(self) -> str:
        """The goal, or else the theme, that the money is for."""
        if self.row.goal is not None:
            return f"{self.row.goal.number}. {self.row.goal.label}"
        return self.row.theme.name if self.row.theme is not None else ""


def lines_of(rows: AllocationQuerySet, year: int) -> list[Line]:
    """The lines of ``year`` among ``rows``. One query."""
    return [Line(row, year) for row in listed(rows.touching(year))]


def total_of(lines: Iterable[Line]) -> Sum:
    return add_up((line.amount, line.about) for line in lines)


@dataclass(frozen=True)
class YearStory:
    """A year with its sums; ``check`` holds them against the adopted total."""

    held: MoneyYear
    check: Check
    structural: Sum
    incidental: Sum
    unsaid: Sum  # of lines of which the source does not say which of the two

    @property
    def year(self) -> int:
        return self.held.year


def year_story(held: MoneyYear, lines: Sequence[Line]) -> YearStory:
    """``held`` with the sums of all its lines. No query."""

    def of(duration: Duration) -> Sum:
        return total_of(line for line in lines if line.row.duration == duration)

    return YearStory(
        held,
        Check(held.stated_total, total_of(lines)),
        of(Duration.STRUCTURAL),
        of(Duration.INCIDENTAL),
        of(Duration.NOT_STATED),
    )


def known_years(also: int) -> list[int]:
    """The years that have a line or a row, and ``also``, newest first. Two queries."""
    held = {also, *MoneyYear.objects.values_list("year", flat=True)}
    return sorted(held | years_with_lines(), reverse=True)


def years_with_lines() -> set[int]:
    """The years that have a budget line. One query."""
    spans = Allocation.objects.order_by().values_list("first_year", "last_year").distinct()
    return {year for first, last in spans for year in range(first, last + 1)}


# -- added up by something -------------------------------------------------------------------------
@dataclass
class Group:
    """The lines that have something in common; ``name`` is "" for those that lack it."""

    name: str
    lines: list[Line] = field(default_factory=list)

    @property
    def total(self) -> Sum:
        return total_of(self.lines)

    @property
    def structural(self) -> Sum:
        return total_of(line for line in self.lines if line.row.duration == Duration.STRUCTURAL)

    @property
    def incidental(self) -> Sum:
        return total_of(line for line in self.lines if line.row.duration == Duration.INCIDENTAL)


@dataclass(frozen=True)
class By:
    """A way to add up: its name on the screen, what a line is grouped by, what it says without."""

    slug: str
    heading: str
    column: str
    of: Callable[[Line], str]
    without: str


def _theme_of(line: Line) -> str:
    row = line.row
    held = row.goal.theme if row.goal is not None else row.theme
    return f"{held.name} ({held.version.agenda.short_name})" if held is not None else ""


BY = {
    each.slug: each
    for each in (
        By("partner", "Geld per partner", "Partner", lambda line: line.partner, "geen partner"),
        By("thema", "Geld per thema", "Thema", _theme_of, "geen thema of doel"),
        By("taakveld", "Geld per taakveld", "Taakveld (Iv3)", lambda line: line.field,
           "geen taakveld"),
        By("herkomst", "Geld per herkomst", "Herkomst",
           lambda line: str(line.row.get_origin_display()) if line.row.origin else "",
           "herkomst niet vermeld in de bron"),
    )
}  # fmt: skip


def grouped(lines: Iterable[Line], by: By) -> list[Group]:
    """``lines`` grouped, by name; what lacks it comes last."""
    found: dict[str, Group] = {}
    for line in lines:
        name = by.of(line)
        found.setdefault(name, Group(name)).lines.append(line)
    return sorted(found.values(), key=lambda group: (not group.name, group.name))


# -- as a table ------------------------------------------------------------------------------------
LINE_HEADER = [
    *("Omschrijving", "Jaar", "Tot en met", "Bedrag", "Bedrag zoals geschreven", "Per jaar"),
    *("Structureel of incidenteel", "Einddatum", "Geoormerkt voor", "Herkomst", "Regeling"),
    *("Te verantwoorden", "Verantwoorden voor", "Taakveld", "Thema", "Doel", "Overeenkomst"),
    *("Partner", "Bron", "Voorbeeld"),
]


def line_cells(line: Line) -> list[CellValue]:
    """A line as a row under ``LINE_HEADER``; amounts in euros."""
    row = line.row
    return [
        *(
            row.label,
            row.first_year,
            row.last_year,
            plain(line.amount),
            str(row.value),
            row.per_year,
        ),
        *(str(row.get_duration_display()), row.ends_on, row.earmark),
        *(str(row.get_origin_display()), row.scheme, row.account_for, row.account_by),
        *(line.field, _theme_of(line), str(row.goal) if row.goal else ""),
        *(row.contract.title if row.contract else "", line.partner, row.provenance),
        row.is_example,
    ]


GROUP_HEADER = ["Structureel", "Incidenteel", "Samen", "Posten", "Posten zonder jaarbedrag"]


def group_cells(group: Group, by: By) -> list[CellValue]:
    """A group as a row, under the name of ``by`` and ``GROUP_HEADER``; amounts in euros."""
    total = group.total
    return [
        group.name or by.without,
        *map(plain, (group.structural.total, group.incidental.total, total.total)),
        *(total.lines, total.unknown),
    ]
