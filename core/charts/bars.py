"""Horizontal bars from zero, each against a reference and an earlier value where there are any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from core.charts.parts import (
    WIDE,
    Cell,
    DataTable,
    KeyEntry,
    Row,
    Rule,
    Text,
    absent_cell,
    key_row,
    number_cell,
    unit,
)
from core.charts.scale import ZERO, axis
from core.charts.text import full_number, short_number, text_width, with_unit, wrap

BAR = 20.0


@dataclass(frozen=True)
class BarRow:
    """``text`` is how the value reads with its qualifier; ``absence`` why there is none."""

    label: str
    value: Decimal | None
    reference: Decimal | None = None
    previous: Decimal | None = None
    text: str = ""
    absence: str = ""


@dataclass(frozen=True)
class BarChart:
    """Without a reference or previous value anywhere this is a plain bar chart without a key."""

    id: str
    finding: str
    measured: str
    rows: Sequence[BarRow]
    unit: str = ""
    value_name: str = "waarde"
    reference_name: str = "referentiegroep"
    previous_name: str = "eerder"
    label_name: str = "Onderwerp"


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    marked: bool = False


@dataclass(frozen=True)
class BarPicture:
    """``references`` are upright strokes; ``previous`` are the middles of small diamonds."""

    width: float
    height: float
    description: str
    key: list[KeyEntry] = field(default_factory=list)
    grid: list[Rule] = field(default_factory=list)
    baselines: list[Rule] = field(default_factory=list)
    ticks: list[Text] = field(default_factory=list)
    labels: list[Text] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    references: list[Rule] = field(default_factory=list)
    previous: list[tuple[float, float]] = field(default_factory=list)
    values: list[Text] = field(default_factory=list)

    @property
    def texts(self) -> list[Text]:
        return [*(e.label for e in self.key), *self.ticks, *self.labels, *self.values]


def bar_table(chart: BarChart) -> DataTable:
    """A row per bar: the value and, where any row has them, reference and earlier value."""
    columns = [chart.label_name, chart.value_name]
    extra: list[str] = []
    for name, heading in (("reference", chart.reference_name), ("previous", chart.previous_name)):
        if any(getattr(row, name) is not None for row in chart.rows):
            extra.append(name)
            columns.append(heading)
    if chart.unit not in {"", "%", "€"}:
        columns[1:] = [f"{name} ({chart.unit})" for name in columns[1:]]
    rows: list[Row] = []
    for row in chart.rows:
        cells: list[Cell] = [
            absent_cell(row.absence)
            if row.value is None
            else number_cell(row.value, row.text or full_number(row.value, chart.unit))
        ]
        for name in extra:
            number: Decimal | None = getattr(row, name)
            cells.append(
                absent_cell() if number is None else Cell(full_number(number, chart.unit), number)
            )
        rows.append(Row(row.label, cells))
    headings = [name[:1].upper() + name[1:] for name in columns]
    return DataTable(f"Cijfers bij: {chart.measured}", headings, rows)


def draw_bars(chart: BarChart, width: float = WIDE) -> BarPicture | None:
    """The picture; ``None`` when no row has a value. On a narrow canvas labels stand over bars."""
    values = [row.value for row in chart.rows if row.value is not None]
    if not values:
        return None
    others = [n for row in chart.rows for n in (row.reference, row.previous) if n is not None]
    wide = width >= 500
    size = 15.0 if wide else 13.0
    ceiling = Decimal(100) if chart.unit == "%" else None
    scale = axis([*values, *others], intervals=5 if wide else 4, from_zero=True, ceiling=ceiling)

    def words(row: BarRow) -> str:
        if row.value is None:
            return "geen waarde" + (f": {row.absence}" if row.absence else "")
        return row.text or with_unit(short_number(row.value), chart.unit)

    shown = [wrap(words(row), size, width * 0.3) for row in chart.rows if row.value is not None]
    right = max(text_width(line, size) for lines in shown for line in lines) + 18
    label_width = width * 0.36 if wide else width
    labels = [wrap(row.label, size, label_width - (16 if wide else 0)) for row in chart.rows]
    tick_words = [with_unit(short_number(t), chart.unit) for t in scale.ticks]
    if wide:
        used = max(text_width(line, size) for lines in labels for line in lines) + 16
        left = max(min(label_width, used), text_width(tick_words[0], size) / 2)
    else:
        left = 1.0
    end = max(width - right, left + 20)
    right_tick = text_width(tick_words[-1], size) / 2
    end = min(end, width - right_tick)

    def x(value: Decimal) -> float:
        return scale.place(value, left, end)

    names = [("bar", chart.value_name)]
    if any(row.reference is not None for row in chart.rows):
        names.append(("reference", chart.reference_name))
    if any(row.previous is not None for row in chart.rows):
        names.append(("previous", chart.previous_name))
    key, top = key_row(names, width, 0, size) if len(names) > 1 else ([], 0.0)
    top += 10
    picture = BarPicture(width=width, height=0, description=_description(chart), key=key)
    y, line = top, 1.28 * size
    zero = x(ZERO)
    for row, lines in zip(chart.rows, labels, strict=True):
        if wide:
            height = max(len(lines) * line, BAR) + 16
            bar_top = y + (height - BAR) / 2
            first = y + (height - len(lines) * line) / 2 + 0.8 * size
            spots = [(0.0, first + n * line) for n in range(len(lines))]
        else:
            bar_top = y + len(lines) * line + 5
            height = len(lines) * line + 5 + BAR + 16
            spots = [(0.0, y + 0.8 * size + n * line) for n in range(len(lines))]
        picture.labels.extend(
            Text(x_, unit(y_), text, size) for (x_, y_), text in zip(spots, lines, strict=True)
        )
        middle = bar_top + BAR / 2
        if row.value is None:
            texts = wrap(words(row), size, width - max(zero, left) - 10)
            beside, soft = max(zero, left) + 8, True
        else:
            ends = sorted((zero, x(row.value)))
            picture.bars.append(
                Bar(unit(ends[0]), unit(bar_top), unit(ends[1] - ends[0]), unit(BAR))
            )
            texts, soft = wrap(words(row), size, width * 0.3), False
            marks = [x(n) for n in (row.reference, row.previous) if n is not None]
            beside = max([ends[1], *marks]) + (16 if row.previous is not None else 10)
        first = middle + 0.36 * size - (len(texts) - 1) * line / 2
        told = [
            Text(
                unit(beside),
                unit(first + n * line),
                text,
                size,
                bold=not soft,
                soft=soft,
                italic=soft,
            )
            for n, text in enumerate(texts)
        ]
        picture.values.extend(told)
        # The lines run per row, so that none crosses a text: over the bar on a narrow canvas
        # stands the label.
        ends_at = y + max(height, len(texts) * line + 10)
        row_top, row_floor = (y, ends_at) if wide else (bar_top - 4, bar_top + BAR + 4)
        for tick in scale.ticks:
            at = unit(x(tick))
            rule = Rule(at, unit(row_top), at, unit(row_floor))
            if tick == 0:
                picture.baselines.append(rule)
            elif not any(t.box.left - 4 < at < t.box.right + 4 for t in told):
                picture.grid.append(rule)
        if row.reference is not None:
            at = unit(x(row.reference))
            picture.references.append(Rule(at, unit(bar_top - 4), at, unit(bar_top + BAR + 4)))
        if row.previous is not None:
            picture.previous.append((unit(x(row.previous)), unit(middle)))
        y = ends_at
    floor = y
    placed: list[Text] = []
    for tick, text in zip(scale.ticks, tick_words, strict=True):
        at = unit(x(tick))
        half = text_width(text, size) / 2
        label = Text(
            unit(min(max(at, half), width - half)),
            unit(floor + 1.4 * size),
            text,
            size,
            "middle",
            soft=True,
        )
        if not any(label.box.overlaps(other.box, 6) for other in placed):
            placed.append(label)
    picture.ticks.extend(placed)
    return replace(picture, height=unit(floor + 1.9 * size))


def _description(chart: BarChart) -> str:
    spoken = [
        f"{row.label}: "
        + ("geen waarde" if row.value is None else row.text or full_number(row.value, chart.unit))
        + (
            f" ({chart.reference_name} {full_number(row.reference, chart.unit)})"
            if row.reference is not None
            else ""
        )
        for row in chart.rows
    ]
    return f"Staafgrafiek vanaf 0. {chart.measured}. {'; '.join(spoken)}."
