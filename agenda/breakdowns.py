"""The figures of an indicator by place and by group, and what they come to together.

Nothing is added up across a break in the series (``agenda/meanings.py``).
Everything here is made of what is published: what is withheld counts as a reason, not as a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from agenda.aggregation import Aggregate, Given, NoValue, aggregate
from agenda.constants import Aggregation
from agenda.meanings import unit_in
from agenda.models import Indicator
from agenda.story import Story, quantity, value_story, with_unit
from core.charts import BarChart
from core.charts.bars import BarRow
from core.periods import Period
from core.values import InvalidValue, Value, ValueType

MOST_PERIODS = 5
WHOLE = "Gemeten voor de hele gemeente"
FORMER = "eerdere definitie"


@dataclass(frozen=True)
class Total:
    """What the parts come to together, and how that was computed."""

    display: str
    is_present: bool
    coverage: str
    is_complete: bool
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    label: str
    cells: tuple[Story | None, ...]


@dataclass(frozen=True)
class Table:
    """The parts down, the last periods across; ``totals`` where parts may be taken together."""

    key: str
    title: str
    periods: tuple[str, ...]
    lines: tuple[Line, ...]
    whole: Line | None
    totals: tuple[Total | None, ...]
    how: str
    chart: BarChart | None


def tables(indicator: Indicator, rows: Sequence[Story]) -> list[Table]:
    """A table for each way in which ``rows`` (of ``observation_stories``) are told in parts."""
    counting = [row for row in rows if row["counts"]]
    whole = [row for row in counting if not row["area"] and not row["group"]]
    found = []
    areas = [row for row in counting if row["area"] and not row["group"]]
    if areas:
        found.append(_table(indicator, "gebied", "Per gebied", areas, whole, _area, adds_up=True))
    parts = [row for row in counting if row["group"] and not row["area"]]
    for name, told in groupby(parts_in_order(parts), key=lambda row: str(row["breakdown"])):
        held = list(told)
        adds_up = bool(held[0]["is_partition"])
        title = f"Naar {name[:1].lower()}{name[1:]}"
        key = f"groep-{len(found)}"
        found.append(_table(indicator, key, title, held, whole, _group, adds_up=adds_up))
    return found


def parts_in_order(rows: Iterable[Story]) -> list[Story]:
    return sorted(rows, key=lambda row: (str(row["breakdown"]), row["group_order"]))


def _area(row: Story) -> str:
    return str(row["area"])


def _group(row: Story) -> str:
    return str(row["group"])


def _table(
    indicator: Indicator,
    key: str,
    title: str,
    rows: Sequence[Story],
    whole: Sequence[Story],
    part_of: Callable[[Story], str],
    *,
    adds_up: bool,
) -> Table:
    periods = sorted({Period.parse(row["period"]) for row in rows}, key=lambda held: held.moment)
    periods = periods[-MOST_PERIODS:]
    labels = list(dict.fromkeys(part_of(row) for row in rows))
    held = {(part_of(row), row["period"]): row for row in rows}
    measured = {row["period"]: row for row in whole}
    former = {row["period"] for row in rows if row["former"]}
    lines = tuple(
        Line(label, tuple(held.get((label, period.code)) for period in periods)) for label in labels
    )
    totals: tuple[Total | None, ...] = ()
    may_add = adds_up and indicator.aggregation != Aggregation.NONE
    if may_add:
        totals = tuple(_total(indicator, lines, place, at) for place, at in enumerate(periods))
    return Table(
        key=key,
        title=title,
        periods=tuple(
            f"{period.label} ({FORMER})" if period.code in former else period.label
            for period in periods
        ),
        lines=lines,
        whole=Line(WHOLE, tuple(measured.get(period.code) for period in periods))
        if any(period.code in measured for period in periods)
        else None,
        totals=totals,
        how="" if may_add else _why_not(indicator, adds_up=adds_up),
        chart=_picture(indicator, key, title, periods[-1], lines),
    )


def _why_not(indicator: Indicator, *, adds_up: bool) -> str:
    if not adds_up:
        return "Iemand kan in meer groepen zitten. Daarom staat er geen totaal bij."
    return f"{NoValue.NOT_AGGREGATED.value} Zo staat het in het paspoort."


def _total(indicator: Indicator, lines: Sequence[Line], place: int, period: Period) -> Total | None:
    given = [
        Given(line.label, period, Value.from_json(cell["value"]))
        for line in lines
        if (cell := line.cells[place]) is not None
    ]
    return total_of(indicator, given, expected=len(lines))


def total_of(indicator: Indicator, given: Sequence[Given], *, expected: int) -> Total | None:
    """What ``given``, all of one meaning, comes to by the rule of the passport; None of nothing."""
    if not given:
        return None
    rule = Aggregation(indicator.aggregation)
    try:
        outcome = aggregate(
            given,
            aggregation=rule,
            is_cumulative=indicator.is_cumulative,
            expected=expected,
        )
    except InvalidValue:
        outcome = Aggregate(None, len(given), expected, NoValue.AMBIGUOUS)
    display = outcome.reason.value if outcome.reason else ""
    if outcome.value is not None:
        display = with_unit(
            {**value_story(outcome.value), "unit": unit_in(indicator, given[0].period)}
        )
    return Total(
        display,
        is_present=outcome.value is not None,
        coverage=outcome.coverage,
        is_complete=outcome.reported == outcome.expected,
        steps=_steps(given, rule),
    )


def _steps(given: Sequence[Given], rule: Aggregation) -> tuple[str, ...]:
    """The computation, to be done again by hand."""
    told = [f"{each.giver}: {_as_counted(each.value)}" for each in given]
    return (f"Regel in het paspoort: {rule.label}.", *told)


def _as_counted(value: Value) -> str:
    if value.numerator is not None and value.denominator is not None:
        return f"{value.display()} ({value.numerator:f} van {value.denominator:f})"
    return value.display() if value.is_present else f"telt niet mee ({value.display()})"


def years(indicator: Indicator, rows: Sequence[Story]) -> list[tuple[str, Total]]:
    """The years of which only half-years are told, newest first, taken together."""
    if indicator.aggregation == Aggregation.NONE:
        return []
    whole = [row for row in rows if row["counts"] and not row["area"] and not row["group"]]
    told = {Period.parse(row["period"]) for row in whole}
    found = []
    for year in sorted({period.year for period in told if period.half}, reverse=True):
        halves = [row for row in whole if row["period"] in (f"{year}-H1", f"{year}-H2")]
        # Two sources about one half-year speak of different things: nothing is added up.
        if Period(year) in told or len({row["period"] for row in halves}) < len(halves):
            continue
        if len({row["meaning"] for row in halves}) > 1:
            continue
        given = [
            Given("Gemeente", Period.parse(row["period"]), Value.from_json(row["value"]))
            for row in halves
        ]
        total = total_of(indicator, given, expected=2)
        if total is not None:
            labels = [f"{row['label'].capitalize()}: {row['display']}" for row in halves]
            steps = (total.steps[0], *_cumulative(indicator), *labels)
            found.append((str(year), replace(total, steps=steps)))
    return found


def _cumulative(indicator: Indicator) -> list[str]:
    if not indicator.is_cumulative:
        return []
    return ["De waarde loopt op binnen het jaar: die van het tweede halfjaar is die van het jaar."]


def _picture(
    indicator: Indicator, key: str, title: str, period: Period, lines: Sequence[Line]
) -> BarChart | None:
    """The newest period, a bar for each part; None for texts and where there is no number."""
    told = [(line.label, cell) for line in lines if (cell := line.cells[-1]) is not None]
    if indicator.value_type == ValueType.TEXT or not any(cell["present"] for _, cell in told):
        return None
    units = {ValueType.PERCENTAGE: "%", ValueType.AMOUNT: "€"}
    return BarChart(
        id=f"uitsplitsing-{key}",
        finding=f"{title} in {period.label}",
        measured=indicator.name,
        rows=[
            BarRow(
                label,
                quantity(cell),
                text=cell["display"] if cell["present"] else "",
                absence="" if cell["present"] else cell["display"],
            )
            for label, cell in told
        ],
        unit=units.get(ValueType(indicator.value_type), unit_in(indicator, period)),
    )
