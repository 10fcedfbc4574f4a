"""Horizontal bars from zero, each against a reference and an earlier value where there are any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from core.charts.parts import (
    WIDE,
    Bar,
    Canvas,
    Cell,
    DataTable,
    KeyEntry,
    Row,
    Rule,
    Text,
    absent_cell,
    absent_words,
    key_row,
    middle_inside,
    number_cell,
    text_lines,
    those_that_fit,
    unit,
    value_lines,
    widest,
)
from core.charts.scale import ZERO, Axis, axis
from core.charts.text import full_number, short_number, text_width, with_unit, wrap
from core.values import HUNDRED

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
            cells.append(absent_cell() if number is None else Cell(full_number(number, chart.unit)))
        rows.append(Row(row.label, cells))
    headings = [name[:1].upper() + name[1:] for name in columns]
    return DataTable(f"Cijfers bij: {chart.measured}", headings, rows)


def draw_bars(chart: BarChart, width: float = WIDE) -> BarPicture | None:
    """The picture; ``None`` when no row has a value. On a narrow canvas labels stand over bars."""
    if all(row.value is None for row in chart.rows):
        return None
    canvas = Canvas(width)
    layout = _layout(chart, canvas)
    key, top = _key(chart, canvas)
    picture = BarPicture(width=width, height=0, description=_description(chart), key=key)
    y = top + 10
    for row, label in zip(chart.rows, layout.labels, strict=True):
        y = _draw_row(picture, layout, row, _band(canvas, label, y))
    picture.ticks.extend(_tick_labels(layout, y))
    return replace(picture, height=unit(y + 1.9 * canvas.size))


# -- measuring -------------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Layout:
    """How the canvas is divided across: the axis runs from ``left`` to ``end``, values follow it.

    ``labels`` are those of the rows, broken into lines; ``ticks`` are the words under the axis.
    """

    chart: BarChart
    canvas: Canvas
    scale: Axis
    labels: list[list[str]]
    ticks: list[str]
    left: float
    end: float

    def x(self, value: Decimal) -> float:
        return self.scale.place(value, self.left, self.end)


@dataclass(frozen=True)
class _Band:
    """The strip of one row: where its label starts and where its bar lies."""

    label: list[str]
    label_base: float
    top: float
    height: float
    bar_top: float

    @property
    def middle(self) -> float:
        return self.bar_top + BAR / 2


def _layout(chart: BarChart, canvas: Canvas) -> _Layout:
    width, size = canvas.width, canvas.size
    scale = _axis(chart, canvas)
    ticks = [with_unit(short_number(tick), chart.unit) for tick in scale.ticks]
    label_width = width * 0.36 if canvas.wide else width
    labels = [wrap(row.label, size, label_width - (16 if canvas.wide else 0)) for row in chart.rows]
    left = 1.0
    if canvas.wide:
        used = widest(labels, size) + 16
        left = max(min(label_width, used), text_width(ticks[0], size) / 2)
    values = [_value_words(chart, row, canvas) for row in chart.rows if row.value is not None]
    right = widest(values, size) + 18
    end = min(max(width - right, left + 20), width - text_width(ticks[-1], size) / 2)
    return _Layout(chart, canvas, scale, labels, ticks, left, end)


def _axis(chart: BarChart, canvas: Canvas) -> Axis:
    numbers = [
        number
        for row in chart.rows
        for number in (row.value, row.reference, row.previous)
        if number is not None
    ]
    ceiling = HUNDRED if chart.unit == "%" else None
    return axis(numbers, intervals=5 if canvas.wide else 4, from_zero=True, ceiling=ceiling)


def _band(canvas: Canvas, label: list[str], top: float) -> _Band:
    """The strip from ``top``: the label beside the bar, or over it on a narrow canvas."""
    tall = len(label) * canvas.leading
    if canvas.wide:
        height = max(tall, BAR) + 16
        base = top + (height - tall) / 2 + 0.8 * canvas.size
        return _Band(label, base, top, height, bar_top=top + (height - BAR) / 2)
    base = top + 0.8 * canvas.size
    return _Band(label, base, top, height=tall + 5 + BAR + 16, bar_top=top + tall + 5)


def _value_words(chart: BarChart, row: BarRow, canvas: Canvas) -> list[str]:
    assert row.value is not None  # noqa: S101 - callers checked
    words = row.text or with_unit(short_number(row.value), chart.unit)
    return wrap(words, canvas.size, canvas.width * 0.3)


# -- drawing ---------------------------------------------------------------------------------------
def _key(chart: BarChart, canvas: Canvas) -> tuple[list[KeyEntry], float]:
    """What bars, strokes and diamonds are, and where the rows may start; none for bars alone."""
    names = [("bar", chart.value_name)]
    if any(row.reference is not None for row in chart.rows):
        names.append(("reference", chart.reference_name))
    if any(row.previous is not None for row in chart.rows):
        names.append(("previous", chart.previous_name))
    return key_row(names, canvas.width, 0, canvas.size) if len(names) > 1 else ([], 0.0)


def _draw_row(picture: BarPicture, layout: _Layout, row: BarRow, band: _Band) -> float:
    """The label, the bar with its marks, the value and the grid behind them; returns the end."""
    canvas = layout.canvas
    picture.labels.extend(text_lines(0.0, band.label_base, band.label, canvas))
    if row.value is not None:
        picture.bars.append(_bar(layout, row.value, band))
    if row.reference is not None:
        at = unit(layout.x(row.reference))
        picture.references.append(
            Rule(at, unit(band.bar_top - 4), at, unit(band.bar_top + BAR + 4))
        )
    if row.previous is not None:
        picture.previous.append((unit(layout.x(row.previous)), unit(band.middle)))
    told = _told(layout, row, band)
    picture.values.extend(told)
    end = band.top + max(band.height, len(told) * canvas.leading + 10)
    _draw_grid(picture, layout, band, end, told)
    return end


def _bar(layout: _Layout, value: Decimal, band: _Band) -> Bar:
    start, stop = sorted((layout.x(ZERO), layout.x(value)))
    return Bar(unit(start), unit(band.bar_top), unit(stop - start), unit(BAR))


def _told(layout: _Layout, row: BarRow, band: _Band) -> list[Text]:
    """The value to the right of its bar and marks, or why there is none."""
    canvas = layout.canvas
    if row.value is None:
        start = max(layout.x(ZERO), layout.left)
        words = wrap(absent_words(row.absence), canvas.size, canvas.width - start - 10)
        return value_lines(start + 8, band.middle, words, canvas, absent=True)
    drawn = [n for n in (ZERO, row.value, row.reference, row.previous) if n is not None]
    beside = max(layout.x(number) for number in drawn) + (16 if row.previous is not None else 10)
    words = _value_words(layout.chart, row, canvas)
    return value_lines(beside, band.middle, words, canvas, absent=False)


def _draw_grid(
    picture: BarPicture, layout: _Layout, band: _Band, end: float, told: list[Text]
) -> None:
    """The upright lines behind one row.

    They run per row, so that none crosses a text: over the bar on a narrow canvas stands the label.
    """
    top, floor = band.top, end
    if not layout.canvas.wide:
        top, floor = band.bar_top - 4, band.bar_top + BAR + 4
    for tick in layout.scale.ticks:
        at = unit(layout.x(tick))
        rule = Rule(at, unit(top), at, unit(floor))
        if tick == 0:
            picture.baselines.append(rule)
        elif not any(text.box.left - 4 < at < text.box.right + 4 for text in told):
            picture.grid.append(rule)


def _tick_labels(layout: _Layout, floor: float) -> list[Text]:
    """The numbers under the axis, from the left, as many as fit."""
    width, size = layout.canvas.width, layout.canvas.size
    y = unit(floor + 1.4 * size)
    every = (
        Text(
            unit(middle_inside(unit(layout.x(tick)), words, size, width)),
            y,
            words,
            size,
            "middle",
            soft=True,
        )
        for tick, words in zip(layout.scale.ticks, layout.ticks, strict=True)
    )
    return those_that_fit(every, 6)


# -- words -----------------------------------------------------------------------------------------
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
