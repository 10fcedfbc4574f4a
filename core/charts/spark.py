"""The last few values, small, each written out, with a dotted target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.charts.line import Mark, Point, heights_between
from core.charts.parts import Text, path, unit
from core.charts.text import full_number, short_number, text_width, wrap

KEPT = 5
SIZE = 13.0


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
    values = [point.value for point in points if point.value is not None]
    if not values:
        return None
    target = next((p.target for p in reversed(points) if p.target is not None), None)
    words = (
        wrap(f"{chart.target_name} {short_number(target)}", SIZE, 90) if target is not None else []
    )
    right = max([text_width(text, SIZE) + 10 for text in words] or [0.0])
    every = [*values, *([target] if target is not None else [])]
    low, high = min(every), max(every)
    top, floor = 24.0, 56.0
    column = (width - right) / len(points)

    def x(index: int) -> float:
        return column * (index + 0.5)

    def y(value: Decimal) -> float:
        share = float((value - low) / (high - low)) if high > low else 0.5
        return floor - share * (floor - top)

    runs: list[list[tuple[float, float]]] = [[]]
    for i, point in enumerate(points):
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append((x(i), y(point.value)))
    labels: list[Text] = []
    for i, point in enumerate(points):
        if point.value is None:
            labels.append(Text(unit(x(i)), 44, "geen", SIZE, "middle", soft=True, italic=True))
            continue
        text = short_number(point.value)
        size = min(SIZE, SIZE * (column - 2) / text_width(text, SIZE))
        half = text_width(text, size) / 2
        near = [y(point.value), *heights_between(runs, x(i) - half, x(i) + half)]
        above = target is None or point.value >= target
        level = min(near) - 9 if above else max(near) + 9 + 0.75 * size
        labels.append(Text(unit(x(i)), unit(level), text, unit(size), "middle", bold=True))
    spoken = "; ".join(
        f"{p.label}: {full_number(p.value, chart.unit) if p.value is not None else 'geen waarde'}"
        for p in points
    )
    if target is not None:
        spoken += f"; {chart.target_name} {full_number(target, chart.unit)}"
    periods: list[Text] = []
    for i in reversed(range(len(points))):
        half = text_width(points[i].label, 12) / 2
        middle = min(max(x(i), half), width - half)
        label = Text(unit(middle), 94, points[i].label, 12, "middle", soft=True)
        if not any(label.box.overlaps(other.box, 3) for other in periods):
            periods.insert(0, label)
    target_y = unit(y(target)) if target is not None else 0.0
    return SparkPicture(
        width=width,
        height=98,
        description=f"{spoken}.",
        lines=[path(run) for run in runs if len(run) > 1],
        marks=[
            Mark(unit(x(i)), unit(y(p.value)), p.provisional)
            for i, p in enumerate(points)
            if p.value is not None
        ],
        target=path([(0, target_y), (width - right, target_y)]) if target is not None else "",
        target_labels=[
            Text(unit(width - right + 8), unit(target_y + 4.5 + i * 15), text, SIZE, soft=True)
            for i, text in enumerate(words)
        ],
        labels=labels,
        periods=periods,
    )
