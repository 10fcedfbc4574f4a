"""The last few values, small, each written out, with a dotted target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.charts.line import Mark, Point
from core.charts.parts import Text, middle_inside, path, those_that_fit, unit, widest
from core.charts.runs import Runs, heights_between, unbroken
from core.charts.text import full_number, short_number, text_width, wrap

KEPT = 5
SIZE = 13.0
PERIOD_SIZE = 12
HEIGHT = 98
TOP, FLOOR = 24.0, 56.0  # of the line


@dataclass(frozen=True)
class SparkChart:
    """The last five of ``points`` are drawn; the target is that of the last point that has one."""

    id: str
    finding: str
    points: Sequence[Point]
    unit: str = ""
    target_name: str = "streef"


@dataclass(frozen=True)
class SparkPicture:
    width: float
    height: float
    description: str
    lines: list[str]
    marks: list[Mark]
    target: str
    target_labels: list[Text]
    labels: list[Text]
    periods: list[Text]

    @property
    def texts(self) -> list[Text]:
        return [*self.target_labels, *self.labels, *self.periods]


def draw_spark(chart: SparkChart, width: float = 260) -> SparkPicture | None:
    """The picture; ``None`` when none of the last values is there."""
    points = list(chart.points)[-KEPT:]
    if all(point.value is None for point in points):
        return None
    layout = _layout(chart, points, width)
    runs = unbroken(layout.spots)
    return SparkPicture(
        width=width,
        height=HEIGHT,
        description=_description(chart, layout),
        lines=[path(run) for run in runs if len(run) > 1],
        marks=[
            Mark(unit(spot[0]), unit(spot[1]), point.provisional)
            for point, spot in zip(points, layout.spots, strict=True)
            if spot is not None
        ],
        target=_target_line(layout),
        target_labels=_target_labels(layout),
        labels=[_value_label(layout, i, runs) for i in range(len(points))],
        periods=_periods(layout),
    )


@dataclass(frozen=True)
class _Layout:
    """A column for each point from the left; ``words`` of the target stand to the ``right``.

    Heights run from ``low`` at the floor to ``high`` at the top, the target included.
    """

    points: list[Point]
    target: Decimal | None
    words: list[str]
    width: float
    right: float
    low: Decimal
    high: Decimal

    @property
    def column(self) -> float:
        return (self.width - self.right) / len(self.points)

    @property
    def spots(self) -> list[tuple[float, float] | None]:
        """Where the points are; ``None`` for one without a value."""
        return [
            None if point.value is None else (self.x(i), self.y(point.value))
            for i, point in enumerate(self.points)
        ]

    def x(self, index: int) -> float:
        return self.column * (index + 0.5)

    def y(self, value: Decimal) -> float:
        share = float((value - self.low) / (self.high - self.low)) if self.high > self.low else 0.5
        return FLOOR - share * (FLOOR - TOP)


def _layout(chart: SparkChart, points: list[Point], width: float) -> _Layout:
    target = next((p.target for p in reversed(points) if p.target is not None), None)
    words: list[str] = []
    if target is not None:
        words = wrap(f"{chart.target_name} {short_number(target)}", SIZE, 90)
    right = widest([words], SIZE) + 10 if words else 0.0
    numbers = [n for n in (*(point.value for point in points), target) if n is not None]
    return _Layout(points, target, words, width, right, min(numbers), max(numbers))


def _value_label(layout: _Layout, index: int, runs: Runs) -> Text:
    """The value at its point, clear of the line: above it, or below when under the target."""
    value, x = layout.points[index].value, layout.x(index)
    if value is None:
        return Text(unit(x), 44, "geen", SIZE, "middle", soft=True, italic=True)
    text = short_number(value)
    size = min(SIZE, SIZE * (layout.column - 2) / text_width(text, SIZE))
    half = text_width(text, size) / 2
    near = [layout.y(value), *heights_between(runs, x - half, x + half)]
    above = layout.target is None or value >= layout.target
    level = min(near) - 9 if above else max(near) + 9 + 0.75 * size
    return Text(unit(x), unit(level), text, unit(size), "middle", bold=True)


def _target_line(layout: _Layout) -> str:
    if layout.target is None:
        return ""
    y = unit(layout.y(layout.target))
    return path([(0, y), (layout.width - layout.right, y)])


def _target_labels(layout: _Layout) -> list[Text]:
    if layout.target is None:
        return []
    x, y = unit(layout.width - layout.right + 8), unit(layout.y(layout.target))
    return [
        Text(x, unit(y + 4.5 + i * 15), text, SIZE, soft=True)
        for i, text in enumerate(layout.words)
    ]


def _periods(layout: _Layout) -> list[Text]:
    """The periods under the values, as many as fit; the last always stands there."""
    every = [
        Text(
            unit(middle_inside(layout.x(i), point.label, PERIOD_SIZE, layout.width)),
            94,
            point.label,
            PERIOD_SIZE,
            "middle",
            soft=True,
        )
        for i, point in enumerate(layout.points)
    ]
    return those_that_fit(reversed(every), 3)[::-1]


def _description(chart: SparkChart, layout: _Layout) -> str:
    spoken = [
        f"{p.label}: {full_number(p.value, chart.unit) if p.value is not None else 'geen waarde'}"
        for p in layout.points
    ]
    if layout.target is not None:
        spoken.append(f"{chart.target_name} {full_number(layout.target, chart.unit)}")
    return f"{'; '.join(spoken)}."
