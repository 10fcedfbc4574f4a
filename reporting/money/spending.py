"""What accepted reports say was spent on each line of a contract, by year. In euros."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from agenda.models import MoneyYear
from contracts.constants import SectionKind
from contracts.models import Contract
from core.periods import Period
from core.uploaded_tables.reading import folded
from core.values import InvalidValue, parse_number
from reporting.constants import ReportStatus
from reporting.models import Report, ReportEvent, Round, Spending
from reporting.reading import content_of

NOUGHT = Decimal(0)
Key = tuple[int, int]  # of a contract, and a year


@dataclass
class Spent:
    """What reports say of one line of a contract in a year.

    ``late`` is the part of ``amount`` out of reports that were accepted after the year was closed;
    ``forecast`` is what the last report that named one expects for the whole year.
    """

    contract: Contract
    label: str
    amount: Decimal = NOUGHT
    late: Decimal = NOUGHT
    forecast: Decimal | None = None
    reports: list[str] = field(default_factory=list)
    unknown: int = 0

    @property
    def is_known(self) -> bool:
        """Whether a report names an amount at all."""
        return len(self.reports) > self.unknown


@dataclass
class Year:
    """The spending of a contract in a year, by the words of its lines; ``awaited`` names the
    periods of which the report is not accepted yet."""

    lines: dict[str, Spent] = field(default_factory=dict)
    awaited: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)  # the codes of the periods that were reported

    @property
    def is_whole(self) -> bool:
        """Whether the whole year was reported, and every amount in it is known."""
        ends = {code.partition("-")[2] for code in self.told}
        unknown = any(line.unknown for line in self.lines.values())
        return (
            self.is_known
            and not unknown
            and not self.awaited
            and ("" in ends or ends >= {"H1", "H2"})
        )

    @property
    def is_known(self) -> bool:
        return any(line.is_known for line in self.lines.values())

    @property
    def amount(self) -> Decimal:
        return sum((line.amount for line in self.lines.values()), NOUGHT)

    @property
    def forecast(self) -> Decimal | None:
        """What partners expect for the whole year; None when a line has no forecast."""
        expected = [line.forecast for line in self.lines.values()]
        known = [amount for amount in expected if amount is not None]
        return sum(known, NOUGHT) if known and len(known) == len(expected) else None

    @property
    def late(self) -> Decimal:
        return sum((line.late for line in self.lines.values()), NOUGHT)


def spending_of(years: Collection[int]) -> dict[Key, Year]:
    """The spending in ``years`` of every contract with a report about them. Seven queries at most.

    A report counts in the year of its period; one over more years counts in none of them.
    """
    periods = [code for year in years for code in (f"{year}", f"{year}-H1", f"{year}-H2")]
    reports = list(
        Report.objects.filter(period__in=periods)
        .select_related("contract__partner")
        .order_by("period", "kind", "pk")
    )
    newest = _newest(reports)
    late = _late(reports, years)
    found: dict[Key, Year] = {}
    for report in reports:
        held = found.setdefault((report.contract_id, report.period.year), Year())
        if report.status is None:
            continue  # from a source: its rows follow
        if report.status != ReportStatus.ACCEPTED:
            held.awaited.append(report.period.label)
            continue
        held.told.add(report.period.code)
        made = newest.get(report.pk)
        for label, spent, forecast in _of_round(made) if made is not None else ():
            line = _line(held, report.contract, label)
            _add(line, report, spent, is_late=report.pk in late)
            if forecast is not None:
                line.forecast = forecast
    rows = Spending.objects.filter(period__in=periods, report__status__isnull=True)
    for row in rows.select_related("report__contract__partner").order_by("pk"):
        period: Period = row.period
        held = found.setdefault((row.report.contract_id, period.year), Year())
        held.told.add(period.code)
        line = _line(held, row.report.contract, row.label)
        amount = row.number if row.value.may_aggregate else None
        _add(line, row.report, amount, is_late=False)
    return found


def _line(held: Year, contract: Contract, label: str) -> Spent:
    return held.lines.setdefault(folded(label), Spent(contract, label))


def _add(line: Spent, report: Report, amount: Decimal | None, *, is_late: bool) -> None:
    line.reports.append(report.title)
    if amount is None:
        line.unknown += 1
        return
    line.amount += amount
    line.late += amount if is_late else NOUGHT


def _newest(reports: list[Report]) -> dict[int, Round]:
    """The last round of each accepted report. One query."""
    accepted = [row.pk for row in reports if row.status == ReportStatus.ACCEPTED]
    rows = Round.objects.filter(report__in=accepted).order_by("number")
    return {row.report_id: row for row in rows}


def _of_round(made: Round) -> Iterator[tuple[str, Decimal | None, Decimal | None]]:
    """Each line of the contract as the round tells of it: what was spent, and what is expected."""
    for section in content_of(made)["sections"]:
        if section["kind"] != SectionKind.SPENDING:
            continue
        for block in section["blocks"]:
            start = len(block["prefix"]) + 1
            texts = {row["key"][start:]: row["text"] for row in block["rows"]}
            yield block["title"], _number(texts.get("spent")), _number(texts.get("forecast"))


def _number(text: str | None) -> Decimal | None:
    try:
        return parse_number(text) if text else None
    except InvalidValue:
        return None


def _late(reports: list[Report], years: Collection[int]) -> set[int]:
    """The reports that were accepted after their year was closed, and it is closed still. Three
    queries at most."""
    closed: dict[int, datetime.datetime] = {}
    for year in MoneyYear.objects.filter(year__in=years).prefetch_related("events"):
        if year.is_closed:
            closed[year.year] = max(event.at for event in year.events.all())
    of_year = {row.pk: row.period.year for row in reports if row.period.year in closed}
    moves = ReportEvent.objects.filter(report__in=of_year, to_status=ReportStatus.ACCEPTED)
    accepted = {event.report_id: event.at for event in moves.order_by("pk")}
    return {pk for pk, at in accepted.items() if at > closed[of_year[pk]]}


def reported_years() -> set[int]:
    """The years that a report is about. One query."""
    periods = Report.objects.order_by().values_list("period", flat=True).distinct()
    return {period.year for period in periods}
