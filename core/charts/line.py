"""A line through the years, with a target that may change in steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.charts.parts import (
    WIDE,
    Box,
    Canvas,
    Cell,
    DataTable,
    Row,
    Rule,
    Text,
    absent_cell,
    middle_inside,
    number_cell,
    path,
    those_that_fit,
    unit,
)
from core.charts.runs import Runs, Spot, heights_between, unbroken
from core.charts.scale import Axis, axis
from core.charts.text import full_number, short_number, text_width, with_unit, wrap
from core.values import HUNDRED

RADIUS = 6
EARLIER = "eerdere reeks"
GAP = 10


@dataclass(frozen=True)
class Point:
    """One value in time.

    ``text`` is how the value reads with its qualifier ("bijna 120"); empty: the number itself.
    ``absence`` says why ``value`` is ``None``. ``since`` names the break in the series before this
    point ("andere definitie vanaf 2025"): the line and the target stop there.
    """

    label: str
    value: Decimal | None
    provisional: bool = False
    target: Decimal | None = None
    text: str = ""
    absence: str = ""
    since: str = ""


@dataclass(frozen=True)
class LineChart:
    """``id`` is unique on the page; ``finding`` is a sentence; ``measured`` says what and in what.

    ``unit`` is "%" or "€" or a word; a word stands in ``measured`` and in the table's heading, not
    at every number. ``remarks`` are sentences that belong under the picture.
    """

    id: str
    finding: str
    measured: str
    points: Sequence[Point]
    unit: str = ""
    value_name: str = "waarde"
    target_name: str = "streefwaarde"
    period_name: str = "Jaar"
    remarks: Sequence[str] = ()


@dataclass(frozen=True)
class Mark:
    x: float
    y: float
    provisional: bool


@dataclass(frozen=True)
class LinePicture:
    """``lines`` and ``targets`` are paths; ``missing`` are the bands of periods without a value."""

    width: float
    height: float
    description: str
    grid: list[Rule] = field(default_factory=list)
    baseline: Rule | None = None
    ticks: list[Text] = field(default_factory=list)
    periods: list[Text] = field(default_factory=list)
    missing: list[Box] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    labels: list[Text] = field(default_factory=list)
    end_labels: list[Text] = field(default_factory=list)
    breaks: list[Rule] = field(default_factory=list)
    break_labels: list[Text] = field(default_factory=list)

    @property
    def texts(self) -> list[Text]:
        return [
            *self.ticks,
            *self.periods,
            *self.labels,
            *self.end_labels,
            *self.break_labels,
        ]


def line_notes(chart: LineChart) -> list[str]:
    """What must be said under the picture: an axis that starts above zero, and what is missing."""
    notes: list[str] = []
    scale = _axis(chart)
    if scale is not None and scale.starts_above_zero:
        notes.append(f"De as begint bij {_tick(scale.low, chart.unit)}, niet bij 0.")
    for point in chart.points:
        if point.value is None:
            reason = f": {point.absence}" if point.absence else ""
            notes.append(f"Geen waarde voor {point.label}{reason}.")
    return [*notes, *chart.remarks]


def line_table(chart: LineChart) -> DataTable:
    """A row per period: the value with its qualifier, and the target where there are any."""
    suffix = _heading_unit(chart.unit)
    columns = [chart.period_name, f"{chart.value_name}{suffix}"]
    with_targets = any(point.target is not None for point in chart.points)
    with_state = any(point.provisional for point in chart.points)
    with_break = any(point.since for point in chart.points)
    series = EARLIER
    if with_targets:
        columns.append(f"{chart.target_name}{suffix}")
    if with_state:
        columns.append("Stand")
    if with_break:
        columns.append("Reeks")
    rows: list[Row] = []
    for point in chart.points:
        cells = [
            number_cell(point.value, _words(point, chart.unit), point.absence)
            if point.value is not None
            else absent_cell(point.absence)
        ]
        if with_targets:
            cells.append(
                Cell("geen", absent=True)
                if point.target is None
                else Cell(full_number(point.target, chart.unit))
            )
        if with_state:
            state = "voorlopig" if point.provisional else "definitief"
            cells.append(Cell(state if point.value is not None else ""))
        if with_break:
            series = point.since or series
            cells.append(Cell(series))
        rows.append(Row(point.label, cells))
    return DataTable(f"Cijfers bij: {chart.measured}", [_capital(name) for name in columns], rows)


def draw_line(chart: LineChart, width: float = WIDE) -> LinePicture | None:
    """The picture on a canvas of ``width``; ``None`` when there is no value at all."""
    scale = _axis(chart)
    if scale is None:
        return None
    return _Drawing(chart, scale, width).picture()


def _axis(chart: LineChart) -> Axis | None:
    values = [point.value for point in chart.points if point.value is not None]
    if not values:
        return None
    values += [point.target for point in chart.points if point.target is not None]
    return axis(values, from_zero=False, ceiling=HUNDRED if chart.unit == "%" else None)


def _heading_unit(name: str) -> str:
    return f" ({name})" if name and name not in {"%", "€"} else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _words(point: Point, unit_name: str) -> str:
    assert point.value is not None  # noqa: S101 - callers checked
    return point.text or full_number(point.value, unit_name)


def _tick(number: Decimal, unit_name: str) -> str:
    return with_unit(short_number(number), unit_name)


class _Drawing:
    """The measures of one drawing, shared by its steps."""

    def __init__(self, chart: LineChart, scale: Axis, width: float) -> None:
        self.chart, self.scale, self.width = chart, scale, width
        self.points = list(chart.points)
        canvas = Canvas(width)
        self.wide, self.size = canvas.wide, canvas.size
        self.last = max(i for i, point in enumerate(self.points) if point.value is not None)
        # A single point stands in the middle, so its label stands there too, not at the end.
        self.ends_now = self.last == len(self.points) - 1 and self.last > 0
        self.end_value, self.end_target = self._end_words()
        self.ticks = [
            _tick(tick, chart.unit if tick == scale.high or chart.unit == "€" else "")
            for tick in scale.ticks
        ]
        self.left = max(text_width(text, self.size) for text in self.ticks) + 12
        ends = [*self.end_value, *self.end_target]
        self.right = max([text_width(text, self.size) + 16 for text in ends] or [24.0])
        self.cuts = self._cut_words()
        # The words of a break stand above everything, a line each.
        self.top = 2.4 * self.size + sum(len(lines) for _, lines in self.cuts) * 1.25 * self.size
        self.plot_height = 230.0 if self.wide else 180.0
        self.floor = self.top + self.plot_height
        # Labels below the line may reach under the baseline; the periods stand below those.
        self.height = self.floor + 2.2 * self.size
        self.plot_right = width - self.right
        inset = min(24.0, (self.plot_right - self.left) / 8)
        self.first_x, self.last_x = self.left + inset, self.plot_right - (0 if ends else inset)

    def _cut_words(self) -> list[tuple[int, list[str]]]:
        """Before which points the series breaks, and the words for it in lines."""
        return [
            (i, wrap(point.since, self.size, self.width * 0.6))
            for i, point in enumerate(self.points)
            if point.since
        ]

    def _end_words(self) -> tuple[list[str], list[str]]:
        """The lines at the right end: value with its state, and the target's name and number."""
        limit = self.width * (0.3 if self.wide else 0.36)
        value: list[str] = []
        target: list[str] = []
        point = self.points[self.last]
        if self.ends_now:
            words = point.text or self._label(point)
            value = wrap(words, self.size, limit)
            if point.provisional:
                value.append("voorlopig")
        final = self.points[-1].target
        if final is not None:
            target = wrap(self.chart.target_name, self.size, limit)
            target += wrap(_tick(final, self.chart.unit), self.size, limit)
        return value, target

    def _label(self, point: Point) -> str:
        assert point.value is not None  # noqa: S101 - callers checked
        text = point.text or short_number(point.value)
        return text if point.text else with_unit(text, self.chart.unit)

    def x(self, index: int) -> float:
        if len(self.points) == 1:
            return (self.first_x + self.last_x) / 2
        return self.first_x + (self.last_x - self.first_x) * index / (len(self.points) - 1)

    def y(self, value: Decimal) -> float:
        return self.scale.place(value, self.floor, self.top)

    def picture(self) -> LinePicture:
        self.runs = unbroken(self._spots())
        self.target_runs = self._target_runs()
        labels = self._labels()
        rules, words = self._breaks()
        return LinePicture(
            width=self.width,
            height=unit(self.height),
            description=self._description(),
            grid=self._grid(labels),
            baseline=Rule(
                unit(self.left), unit(self.floor), unit(self.plot_right), unit(self.floor)
            ),
            ticks=[
                Text(
                    unit(self.left - 10),
                    unit(self.y(tick) + self.size * 0.35),
                    text,
                    self.size,
                    "end",
                    soft=True,
                )
                for tick, text in zip(self.scale.ticks, self.ticks, strict=True)
            ],
            periods=self._periods(),
            missing=self._missing(),
            lines=[path(run) for run in self.runs if len(run) > 1],
            targets=[path(run) for run in self.target_runs],
            marks=[
                Mark(unit(self.x(i)), unit(self.y(point.value)), point.provisional)
                for i, point in enumerate(self.points)
                if point.value is not None
            ],
            labels=labels,
            end_labels=self._end_labels(),
            breaks=rules,
            break_labels=words,
        )

    def _spots(self) -> Iterator[Spot | None]:
        """Where the values stand; nothing where a value misses or the series breaks."""
        for i, point in enumerate(self.points):
            if point.since:
                yield None
            yield None if point.value is None else (self.x(i), self.y(point.value))

    def _breaks(self) -> tuple[list[Rule], list[Text]]:
        """A line from top to bottom at each break, and its words above, on the side with room."""
        rules: list[Rule] = []
        texts: list[Text] = []
        y = 0.85 * self.size
        for i, lines in self.cuts:
            x = (self.x(i - 1) + self.x(i)) / 2 if i else max(self.left, self.x(0) - 14)
            rules.append(Rule(unit(x), unit(y - 0.75 * self.size), unit(x), unit(self.floor)))
            widest = max(text_width(line, self.size) for line in lines)
            right = x + 8 + widest <= self.width
            for line in lines:
                place = x + 8 if right else max(x - 8, widest + 2)
                anchor = "start" if right else "end"
                texts.append(Text(unit(place), unit(y), line, self.size, anchor, italic=True))
                y += 1.25 * self.size
        return rules, texts

    def _grid(self, labels: list[Text]) -> list[Rule]:
        """A hairline per tick above the axis, broken where a label stands."""
        rules: list[Rule] = []
        for tick in self.scale.ticks[1:]:
            y, start = self.y(tick), self.left
            for label in labels:  # from left to right
                box = label.box
                if box.top - 3 < y < box.bottom + 3:
                    if box.left - 4 > start:
                        rules.append(Rule(unit(start), unit(y), unit(box.left - 4), unit(y)))
                    start = max(start, box.right + 4)
            if start < self.plot_right:
                rules.append(Rule(unit(start), unit(y), unit(self.plot_right), unit(y)))
        return rules

    def _target_runs(self) -> Runs:
        """The target as steps: it holds half a period to either side and jumps in between."""
        runs: Runs = [[]]
        half = (self.x(1) - self.x(0)) / 2 if len(self.points) > 1 else self.x(0) - self.left
        for i, point in enumerate(self.points):
            if point.since:
                runs.append([])
            if point.target is None:
                runs.append([])
                continue
            y = self.y(point.target)
            runs[-1].append((max(self.left, self.x(i) - half), y))
            runs[-1].append((min(self.plot_right, self.x(i) + half), y))
        return [run for run in runs if run]

    def _periods(self) -> list[Text]:
        """The periods under the axis, as many as fit; the last always stands there."""
        y = unit(self.floor + 1.6 * self.size)
        every = [
            Text(
                unit(middle_inside(self.x(i), point.label, self.size, self.width)),
                y,
                point.label,
                self.size,
                "middle",
            )
            for i, point in enumerate(self.points)
        ]
        return those_that_fit(reversed(every), 6)[::-1]

    def _missing(self) -> list[Box]:
        if len(self.points) < 2:
            return []
        half = min(14.0, (self.x(1) - self.x(0)) / 4)
        return [
            Box(unit(self.x(i) - half), unit(self.top), unit(self.x(i) + half), unit(self.floor))
            for i, point in enumerate(self.points)
            if point.value is None
        ]

    def _labels(self) -> list[Text]:
        """The values at the points, the most telling first; one that has no room is left out.

        A label hugs the line from outside over its whole width, so that it never crosses it: above
        when the value is at or over its target, below when under, and on the other side only
        when that is clearly nearer to its point.
        """
        known = [i for i, point in enumerate(self.points) if point.value is not None]
        if self.ends_now:
            known.remove(self.last)

        def value(i: int) -> Decimal:
            return self.points[i].value or Decimal(0)

        first = [known[0], known[-1], max(known, key=value), min(known, key=value)] if known else []
        taken = {
            -1 - i: Box(self.x(i) - 7, self.y(p.value) - 7, self.x(i) + 7, self.y(p.value) + 7)
            for i, p in enumerate(self.points)
            if p.value is not None
        }
        # A label that would float far from its point is read with another: none is better.
        farthest = GAP + (26 if len(self.points) <= 8 else 8)
        placed: dict[int, Text] = {}
        for i in dict.fromkeys([*first, *known]):
            options = [
                (cost, label)
                for distance, cost, label in (self._label_at(i, above) for above in (True, False))
                if distance <= farthest
                and not any(label.box.overlaps(box, 1) for at, box in taken.items() if at != -1 - i)
            ]
            if options:
                placed[i] = min(options, key=lambda option: option[0])[1]
                taken[i] = placed[i].box
        return [placed[i] for i in sorted(placed)]

    def _label_at(self, i: int, above: bool) -> tuple[float, float, Text]:
        point = self.points[i]
        assert point.value is not None  # noqa: S101 - callers checked
        text, size = self._label(point), self.size
        if self.chart.unit == "%" and not point.text:
            text = text.removesuffix("%")
        width = min(text_width(text, size), self.width)
        x = min(max(self.x(i), width / 2 + 2), self.plot_right - width / 2)
        x = max(x, width / 2)
        here = self.y(point.value)
        runs = [*self.runs, *self.target_runs]
        near = [here, *heights_between(runs, x - width / 2 - 3, x + width / 2 + 3)]
        if above:
            y = min(near) - GAP - 2
            distance = here - y
        else:
            y = max(near) + GAP + 0.75 * size
            distance = y - here - 0.75 * size
        if y < 0.8 * size or y > self.floor + 0.6 * size:
            distance = float("inf")  # it would leave the canvas or stand on a period
        preferred = point.target is None or point.value >= point.target
        cost = distance + (0 if above == preferred else 12)
        return distance, cost, Text(unit(x), unit(y), text, size, "middle", bold=True)

    def _end_labels(self) -> list[Text]:
        line = 1.25 * self.size
        blocks: list[tuple[float, float, list[Text]]] = []
        x = unit(self.plot_right + 14)
        if self.end_value:
            here = self.points[self.last].value or Decimal(0)
            soft = ["voorlopig"] if self.points[self.last].provisional else []
            texts = [
                Text(x, 0, words, self.size, bold=words not in soft, soft=words in soft)
                for words in self.end_value
            ]
            blocks.append((self.y(here), 1.0, texts))
        final = self.points[-1].target
        if self.end_target and final is not None:
            words = self.end_target
            texts = [
                Text(x, 0, text, self.size, bold=number < len(words) - 1)
                for number, text in enumerate(words)
            ]
            blocks.append((self.y(final), 0.0, texts))
        blocks.sort(key=lambda block: (block[0], block[1]))
        tops = [middle - 0.36 * self.size for middle, _, _ in blocks]
        sizes = [len(texts) * line for _, _, texts in blocks]
        if len(blocks) == 2 and tops[0] + sizes[0] + 4 > tops[1]:
            spread = tops[0] + sizes[0] + 4 - tops[1]
            tops = [tops[0] - spread / 2, tops[1] + spread / 2]
        low, high = 0.0, self.height
        for i in range(len(tops)):
            tops[i] = max(tops[i], low)
            low = tops[i] + sizes[i] + 4
        for i in reversed(range(len(tops))):
            tops[i] = min(tops[i], high - sizes[i])
            high = tops[i] - 4
        placed: list[Text] = []
        for top, (_, _, texts) in zip(tops, blocks, strict=True):
            for number, text in enumerate(texts):
                y = unit(top + number * line + 0.75 * self.size)
                placed.append(Text(text.x, y, text.text, text.size, bold=text.bold, soft=text.soft))
        return placed

    def _description(self) -> str:
        spoken = [
            f"{point.label}: "
            + (_words(point, self.chart.unit) if point.value is not None else "geen waarde")
            + (" (voorlopig)" if point.provisional and point.value is not None else "")
            + (f" ({point.since})" if point.since else "")
            for point in self.points
        ]
        if len(spoken) > 8:
            spoken = [spoken[0], "…", *spoken[-3:]]
        text = f"Lijngrafiek. {self.chart.measured}. {'; '.join(spoken)}."
        final = self.points[-1].target
        if final is not None:
            text += f" {_capital(self.chart.target_name)}: {full_number(final, self.chart.unit)}."
        return text
