"""Amounts that sum: one bar of all of them, and under it a bar from zero for each."""

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
    text_lines,
    unit,
    value_lines,
    widest,
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
            cells = [Cell(item.text or full_number(item.amount, chart.unit))]
        if whole and item.amount is not None:
            cells.append(_share_cell(item.amount, total))
        if chart.marked_name:
            cells.append(Cell(chart.marked_name if item.marked else chart.plain_name))
        rows.append(Row(item.label, cells))
    cells = [Cell(full_number(total, chart.unit))]
    if whole:
        cells.append(_share_cell(total, total))
    if chart.marked_name:
        cells.append(Cell(""))
    rows.append(Row(_total_words(chart), cells))
    return DataTable(f"Cijfers bij: {chart.measured}", columns, rows)


def draw_shares(chart: ShareChart, width: float = WIDE) -> SharePicture | None:
    """The picture; ``None`` when no amount is known."""
    if all(item.amount is None for item in chart.items):
        return None
    layout = _layout(chart, Canvas(width))
    key, y = _key(chart, layout.canvas)
    picture = SharePicture(width=width, height=0, description=_description(chart), key=key)
    if layout.whole:
        y = _draw_stack(picture, layout, y + 4) + 20
    for number, (item, label) in enumerate(zip(chart.items, layout.labels, strict=True), start=1):
        y = _draw_item(picture, layout, item, number, label, y)
    return _with_total(picture, layout, y)


# -- measuring -------------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Layout:
    """How the canvas is divided across: numbers, labels from ``indent``, bars, amounts.

    The bars lie between ``left``, where the amount ``low`` is, and ``end``, which is ``span`` more.
    ``labels`` are those of the items, broken into lines.
    """

    chart: ShareChart
    canvas: Canvas
    whole: bool
    total: Decimal
    labels: list[list[str]]
    indent: float
    left: float
    end: float
    low: Decimal
    span: Decimal

    def x(self, amount: Decimal) -> float:
        return self.left + float((amount - self.low) / self.span) * (self.end - self.left)


@dataclass(frozen=True)
class _Band:
    """The strip of one item: where its label starts, and the body with bar and amount."""

    label_base: float
    body_top: float
    body: float
    end: float

    @property
    def middle(self) -> float:
        return self.body_top + self.body / 2


def _layout(chart: ShareChart, canvas: Canvas) -> _Layout:
    size = canvas.size
    whole, total = is_whole(chart), share_total(chart)
    # The parts of the stack are numbered, and so are the labels then.
    indent = text_width(f"{len(chart.items)} ", size) + 4 if whole else 0.0
    left = canvas.width * 0.36 if canvas.wide else indent
    label_width = left - indent - 16 if canvas.wide else canvas.width - indent
    amounts = [
        _amount_lines(_amount_words(chart, item, whole, total), canvas)
        for item in chart.items
        if item.amount is not None
    ]
    right = 12 + widest([*amounts, _sum_lines(chart, canvas)], size)
    known = [item.amount for item in chart.items if item.amount is not None]
    low, high = min([*known, ZERO]), max([*known, ZERO])
    return _Layout(
        chart=chart,
        canvas=canvas,
        whole=whole,
        total=total,
        labels=[wrap(item.label, size, label_width) for item in chart.items],
        indent=indent,
        left=left,
        end=canvas.width - right,
        low=low,
        span=(high - low) or Decimal(1),
    )


def _band(canvas: Canvas, label: list[str], told: list[str], top: float) -> _Band:
    """The strip from ``top``: the label beside the bar, or over it on a narrow canvas."""
    leading = canvas.leading
    if canvas.wide:
        over = 0.0
        body = max(BAR, len(told) * leading, len(label) * leading)
        base = top + body / 2 - (len(label) - 1) * leading / 2 + 0.36 * canvas.size
    else:
        over = len(label) * leading + 4
        body = max(BAR, len(told) * leading)
        base = top + 0.8 * canvas.size
    return _Band(base, body_top=top + over, body=body, end=top + (over + body + 14))


def _amount_words(chart: ShareChart, item: ShareItem, whole: bool, total: Decimal) -> str:
    if item.amount is None:
        return absent_words(item.absence)
    text = item.text or full_number(item.amount, chart.unit)
    return f"{text} · {_share(item.amount, total)}" if whole else text


def _amount_lines(words: str, canvas: Canvas) -> list[str]:
    return wrap(words, canvas.size, canvas.width * 0.42)


def _sum_lines(chart: ShareChart, canvas: Canvas) -> list[str]:
    return _amount_lines(full_number(share_total(chart), chart.unit), canvas)


# -- drawing ---------------------------------------------------------------------------------------
def _key(chart: ShareChart, canvas: Canvas) -> tuple[list[KeyEntry], float]:
    """What a filled and a hollow bar are, and where the picture may go on under that."""
    if not chart.marked_name:
        return [], 0.0
    names = [("bar", chart.plain_name)] if chart.plain_name else []
    names.append(("marked", chart.marked_name))
    return key_row(names, canvas.width, 0, canvas.size)


def _draw_stack(picture: SharePicture, layout: _Layout, top: float) -> float:
    """One bar of the whole in numbered parts; returns where it ends."""
    width, size = layout.canvas.width, layout.canvas.size
    at = ZERO
    for number, item in enumerate(layout.chart.items, start=1):
        assert item.amount is not None  # noqa: S101 - only drawn when whole
        start, stop = (float(n / layout.total) * width for n in (at, at + item.amount))
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


def _draw_item(
    picture: SharePicture,
    layout: _Layout,
    item: ShareItem,
    number: int,
    label: list[str],
    top: float,
) -> float:
    """The label, the bar from zero and the amount of one item; returns where the next starts."""
    canvas, zero = layout.canvas, layout.x(ZERO)
    told = _told(layout, item)
    band = _band(canvas, label, told, top)
    if layout.whole:
        picture.labels.append(Text(0, unit(band.label_base), str(number), canvas.size, soft=True))
    picture.labels.extend(text_lines(unit(layout.indent), band.label_base, label, canvas))
    beside = zero + 8
    if item.amount is not None:
        start, stop = sorted((zero, layout.x(item.amount)))
        picture.bars.append(_bar(start, band.middle - BAR / 2, stop - start, BAR, item.marked))
        beside = stop + 10
    picture.amounts.extend(
        value_lines(beside, band.middle, told, canvas, absent=item.amount is None)
    )
    reach = 7 if canvas.wide else 3
    line_top, line_end = band.body_top - reach, band.body_top + band.body + reach
    picture.baselines.append(Rule(unit(zero), unit(line_top), unit(zero), unit(line_end)))
    return band.end


def _told(layout: _Layout, item: ShareItem) -> list[str]:
    """The amount with its share, or why there is none, in lines."""
    canvas = layout.canvas
    words = _amount_words(layout.chart, item, layout.whole, layout.total)
    if item.amount is None:
        return wrap(words, canvas.size, canvas.width - layout.x(ZERO) - 10)
    return _amount_lines(words, canvas)


def _with_total(picture: SharePicture, layout: _Layout, top: float) -> SharePicture:
    """``picture`` closed by a line across and the sum under it."""
    chart, canvas = layout.chart, layout.canvas
    base = top + 1.3 * canvas.size
    label = wrap(_total_words(chart), canvas.size, layout.left - 8 if canvas.wide else layout.end)
    amount = _sum_lines(chart, canvas)
    x = layout.left + 10 if canvas.wide else layout.end + 12
    picture.labels.extend(text_lines(0, base, label, canvas, bold=True))
    picture.amounts.extend(text_lines(unit(x), base, amount, canvas, bold=True))
    height = base + (max(len(label), len(amount)) - 1) * canvas.leading + 0.6 * canvas.size
    rule = Rule(0, unit(top), canvas.width, unit(top))
    return replace(picture, height=unit(height), total_rule=rule)


def _bar(x: float, y: float, width: float, height: float, marked: bool) -> Bar:
    """A bar; a hollow one is drawn inside its own measure, half a stroke from every side."""
    if marked:
        inset = min(1.0, width / 2)
        return Bar(unit(x + inset), unit(y + 1), unit(width - 2 * inset), unit(height - 2), True)
    return Bar(unit(x), unit(y), unit(width), unit(height))


# -- words -----------------------------------------------------------------------------------------
def _share(amount: Decimal, total: Decimal) -> str:
    percentage = amount / total * HUNDRED
    if 0 < percentage < 1:
        return "minder dan 1%"
    return f"{format_number(percentage, 0)}%"


def _share_cell(amount: Decimal, total: Decimal) -> Cell:
    return Cell(_share(amount, total))


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
