"""How items moved between categories from one moment to the next, one mark an item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from core.charts.parts import Cell, DataTable, KeyEntry, Row, Text, key_row, middle_inside, unit
from core.charts.text import text_width, wrap

FLOW_WIDTH = 420
SIZE = 14.0
COUNT = 30.0
MARKS = ("disc", "square", "triangle", "ring")


@dataclass(frozen=True)
class Category:
    """``mark`` is one of ``MARKS``; ``colour`` names a colour of the design tokens."""

    label: str
    mark: str
    colour: str

    def __post_init__(self) -> None:
        if self.mark not in MARKS:
            raise ValueError(f"Unknown mark {self.mark!r}; known are {', '.join(MARKS)}.")


@dataclass(frozen=True)
class FlowItem:
    """Indexes into the categories; ``None`` where the item was not there at that moment."""

    before: int | None
    after: int | None


@dataclass(frozen=True)
class FlowChart:
    """``categories`` run from the top (best) down; an item that rises has moved up.

    ``absent_words`` say what it means that an item was not there ("geen oordeel").
    """

    id: str
    finding: str
    measured: str
    categories: Sequence[Category]
    items: Sequence[FlowItem]
    before_name: str
    after_name: str
    up_name: str = "verbeterd"
    down_name: str = "verslechterd"
    same_name: str = "gelijk"
    up_colour: str = "goed"
    down_colour: str = "negatief"
    absent_words: str = "geen waarde"


@dataclass(frozen=True)
class FlowMark:
    x: float
    y: float
    mark: str
    colour: str


@dataclass(frozen=True)
class FlowPicture:
    """``curves`` are (kind, path) with kind up, down or same, in the order to be drawn."""

    width: float
    height: float
    description: str
    radius: float
    curves: list[tuple[str, str]] = field(default_factory=list)
    marks: list[FlowMark] = field(default_factory=list)
    counts: list[Text] = field(default_factory=list)
    labels: list[Text] = field(default_factory=list)
    key: list[KeyEntry] = field(default_factory=list)

    @property
    def texts(self) -> list[Text]:
        return [*self.counts, *self.labels, *(entry.label for entry in self.key)]


def movement(item: FlowItem) -> str:
    """``up``, ``down``, ``same``, or ``absent`` when it was there at one moment only."""
    if item.before is None or item.after is None:
        return "absent"
    if item.after < item.before:
        return "up"
    return "down" if item.after > item.before else "same"


def flow_notes(chart: FlowChart) -> list[str]:
    """How many items were not there at a moment."""
    return [
        f"{count} keer {chart.absent_words} in {name}."
        for name, count in (
            (chart.before_name, sum(item.before is None for item in chart.items)),
            (chart.after_name, sum(item.after is None for item in chart.items)),
        )
        if count
    ]


def flow_table(chart: FlowChart) -> DataTable:
    """From each category (rows) to each (columns), with sums; what was not there has its own."""
    last = len(chart.categories)
    names = [category.label for category in chart.categories]
    tally = Counter(
        (
            last if item.before is None else item.before,
            last if item.after is None else item.after,
        )
        for item in chart.items
    )
    rows_at = list(range(last)) + ([last] if any(i.before is None for i in chart.items) else [])
    columns_at = list(range(last)) + ([last] if any(i.after is None for i in chart.items) else [])
    names.append(chart.absent_words)
    columns = [
        f"Van {chart.before_name} naar {chart.after_name}",
        *(f"{names[c]} in {chart.after_name}" for c in columns_at),
        "Samen",
    ]
    rows: list[Row] = []
    for r in rows_at:
        numbers = [tally[r, c] for c in columns_at]
        cells = [Cell(str(n)) for n in [*numbers, sum(numbers)]]
        rows.append(Row(f"{names[r]} in {chart.before_name}", cells))
    sums = [sum(tally[r, c] for r in rows_at) for c in columns_at]
    rows.append(Row("Samen", [Cell(str(n)) for n in [*sums, sum(sums)]]))
    headings = [name[:1].upper() + name[1:] for name in columns]
    rows = [Row(row.heading[:1].upper() + row.heading[1:], row.cells) for row in rows]
    return DataTable(f"Cijfers bij: {chart.measured or chart.finding}", headings, rows)


def draw_flow(chart: FlowChart, width: float = FLOW_WIDTH) -> FlowPicture | None:
    """The picture; ``None`` without items. The height follows from the number of items."""
    items = [i for i in chart.items if i.before is not None or i.after is not None]
    if not items:
        return None
    step = 11.5 if len(items) <= 40 else max(5.0, 460 / len(items))
    radius = unit(step * 0.4)
    margin = _margin(chart, width)
    columns = {"before": margin, "after": width - margin}
    left, left_bottom = _column(chart, items, "before", step, margin)
    right, right_bottom = _column(chart, items, "after", step, margin)
    bottom = max(left_bottom, right_bottom) + 1.5 * SIZE
    picture = FlowPicture(width=width, height=0, description=_description(chart), radius=radius)
    spots: dict[str, dict[int, float]] = {"before": {}, "after": {}}
    for side, slots in (("before", left), ("after", right)):
        x = columns[side]
        for category, slot in zip(chart.categories, slots, strict=True):
            for index, y in slot.spots:
                spots[side][index] = y
                picture.marks.append(FlowMark(unit(x), unit(y), category.mark, category.colour))
            _label(picture, category, slot, x, side, radius)
    for side, name in (("before", chart.before_name), ("after", chart.after_name)):
        x = middle_inside(columns[side], name, SIZE, width)
        picture.labels.append(Text(unit(x), unit(bottom), name, SIZE, "middle", bold=True))
    start, stop = margin + radius + 3, width - margin - radius - 3
    middle = (start + stop) / 2
    for kind in ("same", "up", "down"):
        for index, item in enumerate(items):
            if movement(item) == kind:
                y1, y2 = unit(spots["before"][index]), unit(spots["after"][index])
                curve = (
                    f"M{unit(start)} {y1}C{unit(middle)} {y1} {unit(middle)} {y2} {unit(stop)} {y2}"
                )
                picture.curves.append((kind, curve))
    tally = Counter(movement(item) for item in items)
    names = [
        (kind, f"{tally[kind]} {name}")
        for kind, name in (
            ("up", chart.up_name),
            ("down", chart.down_name),
            ("same", chart.same_name),
        )
    ]
    key, end = key_row(names, width, bottom + 16, SIZE, sample=26)
    picture.key.extend(key)
    return replace(picture, height=unit(end))


@dataclass(frozen=True)
class _Slot:
    """The part of a column that one category has: its height, and where its items are."""

    top: float
    height: float
    spots: list[tuple[int, float]]
    lines: list[str]
    beside: bool


def _margin(chart: FlowChart, width: float) -> float:
    """How far the columns stand from the edges: wide enough for counts and labels."""
    number = text_width(str(len(chart.items)), COUNT)
    needed = max((text_width(c.label, SIZE) for c in chart.categories), default=0.0) + number + 30
    return min(needed, width * 0.34)


def _column(
    chart: FlowChart, items: list[FlowItem], side: str, step: float, margin: float
) -> tuple[list[_Slot], float]:
    """The slots of one column. Items are sorted by where they go, so that curves cross little."""
    other = "after" if side == "before" else "before"
    y = 12.0
    slots: list[_Slot] = []
    for number, category in enumerate(chart.categories):
        members = [i for i, item in enumerate(items) if getattr(item, side) == number]
        members.sort(
            key=lambda i: number if getattr(items[i], other) is None else getattr(items[i], other)
        )
        text = text_width(str(len(members)), COUNT) + 8 + text_width(category.label, SIZE)
        lines = wrap(category.label, SIZE, margin - 18)
        stacked = COUNT + len(lines) * 1.2 * SIZE
        beside = len(members) * step < stacked and text + 18 <= margin
        height = max(len(members) * step, 0.85 * COUNT if beside else stacked)
        first = y + (height - len(members) * step) / 2 + step / 2
        spots = [(i, first + n * step) for n, i in enumerate(members)]
        slots.append(_Slot(y, height, spots, lines, beside))
        y += height + 14
    return slots, y - 14


def _label(
    picture: FlowPicture, category: Category, slot: _Slot, x: float, side: str, radius: float
) -> None:
    """The count and the name of a category, outside its column."""
    sign, anchor = (-1, "end") if side == "before" else (1, "start")
    edge = x + sign * (radius + 12)
    count = str(len(slot.spots))
    middle = slot.top + slot.height / 2
    if slot.beside:
        base = middle + 0.34 * COUNT
        picture.counts.append(Text(unit(edge), unit(base), count, COUNT, anchor, True, serif=True))
        away = edge + sign * (text_width(count, COUNT) + 6)
        picture.labels.append(Text(unit(away), unit(base), category.label, SIZE, anchor))
        return
    line = 1.2 * SIZE
    base = middle - (COUNT + len(slot.lines) * line) / 2 + 0.8 * COUNT
    picture.counts.append(Text(unit(edge), unit(base), count, COUNT, anchor, True, serif=True))
    picture.labels.extend(
        Text(unit(edge), unit(base + 2 + (n + 1) * line), text, SIZE, anchor)
        for n, text in enumerate(slot.lines)
    )


def _description(chart: FlowChart) -> str:
    told = []
    for name, side in ((chart.before_name, "before"), (chart.after_name, "after")):
        counts = Counter(getattr(item, side) for item in chart.items)
        parts = [f"{counts[n]} {category.label}" for n, category in enumerate(chart.categories)]
        told.append(f"{name}: {', '.join(parts)}.")
    tally = Counter(movement(item) for item in chart.items)
    told.append(
        f"{tally['up']} {chart.up_name}, {tally['down']} {chart.down_name}, "
        f"{tally['same']} {chart.same_name}."
    )
    return " ".join(told)
