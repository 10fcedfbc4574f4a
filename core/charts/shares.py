"""Amounts that sum: one bar of all of them, and under it a bar from zero for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from core.charts.bars import Bar
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
    unit,
)
from core.charts.scale import ZERO
from core.charts.text import full_number, text_width, wrap
from core.values import HUNDRED, format_number

BAR = 18.0
STACK = 30.0


@dataclass(frozen=True)
class ShareItem:
    """``marked`` sets an item apart (hollow bar, a word in the key and in the table)."""

    label: str
    amount: Decimal | None
    marked: bool = False
    text: str = ""
    absence: str = ""


@dataclass(frozen=True)
class ShareChart:
    """``marked_name`` and ``plain_name`` say what a hollow and a filled bar are."""

    id: str
    finding: str
    measured: str
    items: Sequence[ShareItem]
    unit: str = "€"
    plain_name: str = ""
    marked_name: str = ""
    total_name: str = "samen"
    label_name: str = "Post"
    amount_name: str = "Bedrag"


@dataclass(frozen=True)
class SharePicture:
    """``stack`` is empty when an amount is missing or negative: parts of an unknown whole lie."""

    width: float
    height: float
    description: str
    key: list[KeyEntry] = field(default_factory=list)
    stack: list[Bar] = field(default_factory=list)
    stack_labels: list[tuple[Text, bool]] = field(default_factory=list)
    labels: list[Text] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    amounts: list[Text] = field(default_factory=list)
    baselines: list[Rule] = field(default_factory=list)
    total_rule: Rule | None = None

    @property
    def texts(self) -> list[Text]:
        return [
            *(entry.label for entry in self.key),
            *(text for text, _ in self.stack_labels),
            *self.labels,
            *self.amounts,
        ]


def share_total(chart: ShareChart) -> Decimal:
    """The sum of the amounts that are known."""
    return sum((item.amount for item in chart.items if item.amount is not None), ZERO)


def is_whole(chart: ShareChart) -> bool:
    """Whether shares may be told: every amount known, none negative, and a sum over zero."""
    return share_total(chart) > 0 and all(
        item.amount is not None and item.amount >= 0 for item in chart.items
    )


def share_table(chart: ShareChart) -> DataTable:
    """A row per item and one for the sum; shares only when they may be told."""
    whole, total = is_whole(chart), share_total(chart)
    columns = [chart.label_name, chart.amount_name]
    if whole:
        columns.append("Aandeel")
    if chart.marked_name:
        columns.append("Soort")
    rows: list[Row] = []
    for item in chart.items:
        if item.amount is None:
            cells = [absent_cell(item.absence)]
        else:
            cells = [Cell(item.text or full_number(item.amount, chart.unit), item.amount)]
        if whole and item.amount is not None:
            cells.append(_share_cell(item.amount, total))
        if chart.marked_name:
            cells.append(Cell(chart.marked_name if item.marked else chart.plain_name))
        rows.append(Row(item.label, cells))
    cells = [Cell(full_number(total, chart.unit), total)]
    if whole:
        cells.append(_share_cell(total, total))
    if chart.marked_name:
        cells.append(Cell(""))
    rows.append(Row(_total_words(chart), cells))
    return DataTable(f"Cijfers bij: {chart.measured}", columns, rows)


def draw_shares(chart: ShareChart, width: float = WIDE) -> SharePicture | None:
    """The picture; ``None`` when no amount is known."""
    known = [item.amount for item in chart.items if item.amount is not None]
    if not known:
        return None
    wide = width >= 500
    size = 15.0 if wide else 13.0
    line = 1.28 * size
    whole, total = is_whole(chart), share_total(chart)
    names = []
    if chart.marked_name:
        names = [("bar", chart.plain_name)] if chart.plain_name else []
        names.append(("marked", chart.marked_name))
    key, y = key_row(names, width, 0, size) if names else ([], 0.0)
    picture = SharePicture(width=width, height=0, description=_description(chart), key=key)
    number_width = text_width(f"{len(chart.items)} ", size) + 4 if whole else 0.0
    if whole:
        y = _draw_stack(picture, chart, width, y + 4, size) + 20

    def words(item: ShareItem) -> str:
        if item.amount is None:
            return "geen waarde" + (f": {item.absence}" if item.absence else "")
        text = item.text or full_number(item.amount, chart.unit)
        return f"{text} · {_share(item.amount, total)}" if whole else text

    limit = width * 0.42
    shown = [wrap(words(item), size, limit) for item in chart.items if item.amount is not None]
    total_words = wrap(full_number(total, chart.unit), size, limit)
    right = 12 + max(text_width(text, size) for lines in [*shown, total_words] for text in lines)
    label_width = width * 0.36 - number_width if wide else width - number_width
    labels = [wrap(item.label, size, label_width - (16 if wide else 0)) for item in chart.items]
    left = width * 0.36 if wide else number_width
    end = width - right
    low, high = min([*known, ZERO]), max([*known, ZERO])
    span = (high - low) or Decimal(1)

    def x(amount: Decimal) -> float:
        return left + float((amount - low) / span) * (end - left)

    zero = x(ZERO)
    for number, (item, lines) in enumerate(zip(chart.items, labels, strict=True), start=1):
        texts = (
            wrap(words(item), size, limit)
            if item.amount is not None
            else wrap(words(item), size, width - zero - 10)
        )
        over = 0 if wide else len(lines) * line + 4
        body = max(BAR, len(texts) * line, len(lines) * line if wide else 0)
        middle = y + over + body / 2
        first = middle - (len(lines) - 1) * line / 2 + 0.36 * size if wide else y + 0.8 * size
        if whole:
            picture.labels.append(Text(0, unit(first), str(number), size, soft=True))
        picture.labels.extend(
            Text(unit(number_width), unit(first + n * line), text, size)
            for n, text in enumerate(lines)
        )
        beside = zero + 8
        if item.amount is not None:
            ends = sorted((zero, x(item.amount)))
            picture.bars.append(
                _bar(ends[0], middle - BAR / 2, ends[1] - ends[0], BAR, item.marked)
            )
            beside = ends[1] + 10
        absent = item.amount is None
        base = middle + 0.36 * size - (len(texts) - 1) * line / 2
        picture.amounts.extend(
            Text(
                unit(beside),
                unit(base + n * line),
                text,
                size,
                bold=not absent,
                soft=absent,
                italic=absent,
            )
            for n, text in enumerate(texts)
        )
        line_top, line_end = (y - 7, y + body + 7) if wide else (y + over - 3, y + over + body + 3)
        picture.baselines.append(Rule(unit(zero), unit(line_top), unit(zero), unit(line_end)))
        y += over + body + 14
    total_rule = Rule(0, unit(y), width, unit(y))
    base = y + 1.3 * size
    total_label = wrap(_total_words(chart), size, left - 8 if wide else width - right)
    picture.labels.extend(
        Text(0, unit(base + n * line), text, size, bold=True) for n, text in enumerate(total_label)
    )
    total_x = left + 10 if wide else width - right + 12
    picture.amounts.extend(
        Text(unit(total_x), unit(base + n * line), text, size, bold=True)
        for n, text in enumerate(total_words)
    )
    height = base + (max(len(total_label), len(total_words)) - 1) * line + 0.6 * size
    return replace(picture, height=unit(height), total_rule=total_rule)


def _bar(x: float, y: float, width: float, height: float, marked: bool) -> Bar:
    """A bar; a hollow one is drawn inside its own measure, half a stroke from every side."""
    if marked:
        inset = min(1.0, width / 2)
        return Bar(unit(x + inset), unit(y + 1), unit(width - 2 * inset), unit(height - 2), True)
    return Bar(unit(x), unit(y), unit(width), unit(height))


def _draw_stack(
    picture: SharePicture, chart: ShareChart, width: float, top: float, size: float
) -> float:
    """One bar of the whole in numbered parts; returns where it ends."""
    total, at = share_total(chart), ZERO
    for number, item in enumerate(chart.items, start=1):
        assert item.amount is not None  # noqa: S101 - only drawn when whole
        start, stop = (float(n / total) * width for n in (at, at + item.amount))
        at += item.amount
        part = max(stop - start - 2, 0.5)
        picture.stack.append(_bar(start, top, part, STACK, item.marked))
        if text_width(str(number), size) + 6 <= part:
            label = Text(
                unit(start + part / 2),
                unit(top + STACK / 2 + 0.36 * size),
                str(number),
                size,
                "middle",
                bold=True,
            )
            picture.stack_labels.append((label, item.marked))
    return top + STACK


def _share(amount: Decimal, total: Decimal) -> str:
    percentage = amount / total * HUNDRED
    if 0 < percentage < 1:
        return "minder dan 1%"
    return f"{format_number(percentage, 0)}%"


def _share_cell(amount: Decimal, total: Decimal) -> Cell:
    return Cell(_share(amount, total), round(amount / total * HUNDRED, 1))


def _total_words(chart: ShareChart) -> str:
    name = chart.total_name[:1].upper() + chart.total_name[1:]
    if any(item.amount is None for item in chart.items):
        return f"{name}, zonder wat ontbreekt"
    return name


def _description(chart: ShareChart) -> str:
    spoken = [
        f"{item.label}: "
        + (
            "geen waarde"
            if item.amount is None
            else item.text or full_number(item.amount, chart.unit)
        )
        for item in chart.items
    ]
    spoken.append(f"{_total_words(chart)}: {full_number(share_total(chart), chart.unit)}")
    return f"Staafgrafiek vanaf 0. {chart.measured}. {'; '.join(spoken)}."
