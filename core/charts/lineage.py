"""How items went on from one list to the next: lists as columns, their items in order, and a line
for each that went on.

The order of the lists is kept: it has a meaning of its own. What can be chosen is how low each
group starts, and there the lines decide: a group stands as near as it can to where it came from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from core.charts.parts import Box, Rule, Text, unit
from core.charts.text import text_width, wrap

LINEAGE_WIDTH = 1200.0
TITLE, HEAD, SIZE, SMALL = 19.0, 15.0, 13.5, 12.5
LEADING = 1.3
TOP = 20.0
INDENT = 12.0  # between the bar of an item and its words
BETWEEN = 20.0  # two groups
PADDING = 6.0  # above and below the words of an item
LOWEST = 26.0  # height of an item: room to point at
BAR = 4.0
STUB = 30.0
MARK = 14.0
#: By the number of columns how wide one is; more than four make the canvas wider.
COLUMN = {1: 520.0, 2: 440.0, 3: 310.0}
NARROWEST, GAP = 222.0, 104.0


@dataclass(frozen=True)
class Mark:
    """A sign and its words, such as a verdict with its year; the sheet draws the sign by name."""

    sign: str
    words: str


@dataclass(frozen=True)
class Item:
    """``before`` and ``after`` name the sign of a loose end: it came from none, or went nowhere.

    ``told`` says all of it in a sentence, for who cannot see the picture.
    """

    key: str
    label: str
    url: str
    told: str
    marks: Sequence[Mark] = ()
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Group:
    key: str
    label: str
    items: Sequence[Item]
    note: str = ""


@dataclass(frozen=True)
class Column:
    title: str
    under: str
    groups: Sequence[Group]


@dataclass(frozen=True)
class Link:
    """From an item, or a group, to one in a later column; ``kind`` names how."""

    before: str
    after: str
    kind: str


@dataclass(frozen=True)
class LineageChart:
    id: str
    finding: str
    description: str
    columns: Sequence[Column]
    links: Sequence[Link]
    group_links: Sequence[Link] = ()


@dataclass(frozen=True)
class PlacedMark:
    sign: str
    x: float
    y: float


@dataclass(frozen=True)
class PlacedItem:
    item: Item
    box: Box
    texts: list[Text]
    marks: list[PlacedMark]

    @property
    def middle(self) -> float:
        return unit((self.box.top + self.box.bottom) / 2)

    @property
    def width(self) -> float:
        return unit(self.box.right - self.box.left)

    @property
    def height(self) -> float:
        return unit(self.box.bottom - self.box.top)

    @property
    def right_bar(self) -> float:
        return unit(self.box.right - BAR)

    @property
    def bar_top(self) -> float:
        """The bars leave a little room, so that items under each other stay apart."""
        return unit(self.box.top + 2)

    @property
    def bar_height(self) -> float:
        return unit(self.height - 4)

    @property
    def stub(self) -> float:
        """How far a loose end sticks out; those of two columns do not meet."""
        return STUB


@dataclass(frozen=True)
class Curve:
    before: str
    after: str
    kind: str
    path: str


@dataclass(frozen=True)
class LineagePicture:
    width: float
    height: float
    items: list[PlacedItem] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    curves: list[Curve] = field(default_factory=list)
    group_curves: list[Curve] = field(default_factory=list)


def draw_lineage(chart: LineageChart) -> LineagePicture | None:
    """The picture; ``None`` without columns. The height follows from the longest column."""
    if not chart.columns:
        return None
    count = len(chart.columns)
    wide = COLUMN.get(count, NARROWEST)
    gap = GAP if count > 3 else (LINEAGE_WIDTH - count * wide) / max(count - 1, 1)
    width = count * wide + (count - 1) * gap
    titles = [wrap(column.title, TITLE, wide) for column in chart.columns]
    start = TOP + max(len(lines) for lines in titles) * TITLE * LEADING + SMALL * 2.4
    picture = LineagePicture(unit(width), 0)
    links = [*chart.links, *_telling(chart.group_links)]
    lefts = [place * (wide + gap) for place in range(count)]
    blocks = [
        [_Block(group, left, wide) for group in column.groups]
        for left, column in zip(lefts, chart.columns, strict=True)
    ]
    ends: dict[str, tuple[float, float]] = {}  # how high an item or group stands, and how tall
    for column in blocks:  # beside where it came from ...
        _settle(column, links, ends, start)
    turned = [Link(link.after, link.before, link.kind) for link in links]
    for column in blocks[-2::-1]:  # ... and then beside where it went
        _settle(column, turned, ends, start)
    sides: dict[str, tuple[float, float]] = {}
    bottom = start
    for left, lines, told, column in zip(lefts, titles, chart.columns, blocks, strict=True):
        picture.texts.extend(_titles(left, lines, told.under))
        for block in column:
            block.place(picture, ends)
            sides.update(dict.fromkeys(block.offsets, (left, left + wide)))
            bottom = max(bottom, ends[block.group.key][0] + block.height)
    picture.curves.extend(_curves(chart.links, ends, sides))
    picture.group_curves.extend(_curves(chart.group_links, ends, sides))
    return LineagePicture(
        picture.width,
        unit(bottom + BETWEEN),
        picture.items,
        picture.texts,
        picture.rules,
        picture.curves,
        picture.group_curves,
    )


def _titles(left: float, lines: Sequence[str], under: str) -> list[Text]:
    texts = [
        Text(unit(left), unit(TOP + n * TITLE * LEADING), line, TITLE, bold=True, serif=True)
        for n, line in enumerate(lines)
    ]
    below = TOP + (len(lines) - 1) * TITLE * LEADING + SMALL * 1.5
    return [*texts, Text(unit(left), unit(below), under, SMALL, soft=True)]


class _Block:
    """A group before it has its place: what it is made of, and how tall that is."""

    def __init__(self, group: Group, left: float, wide: float) -> None:
        self.group, self.left, self.wide = group, left, wide
        self.head = wrap(group.label, HEAD, wide)
        self.note = wrap(group.note, SMALL, wide) if group.note else []
        self.head_height = len(self.head) * HEAD * LEADING + 6
        self.items = [_Words(item, wide - 2 * INDENT) for item in group.items]
        self.offsets: dict[str, tuple[float, float]] = {group.key: (0, self.head_height)}
        at = self.head_height + len(self.note) * SMALL * LEADING
        for words in self.items:
            self.offsets[words.item.key] = (at, words.height)
            at += words.height
        self.height = at

    def stand(self, top: float, ends: dict[str, tuple[float, float]]) -> None:
        for key, (offset, height) in self.offsets.items():
            ends[key] = (top + offset, height)

    def place(self, picture: LineagePicture, ends: dict[str, tuple[float, float]]) -> None:
        top = ends[self.group.key][0]
        for n, line in enumerate(self.head):
            base = unit(top + (n + 0.8) * HEAD * LEADING)
            picture.texts.append(Text(unit(self.left), base, line, HEAD, bold=True, serif=True))
        under = unit(top + self.head_height - 2)
        picture.rules.append(Rule(unit(self.left), under, unit(self.left + self.wide), under))
        for n, line in enumerate(self.note):
            base = unit(top + self.head_height + (n + 0.9) * SMALL * LEADING)
            picture.texts.append(Text(unit(self.left), base, line, SMALL, soft=True, italic=True))
        for words in self.items:
            offset, _ = self.offsets[words.item.key]
            picture.items.append(words.placed(self.left, top + offset, self.wide))


class _Words:
    """The lines of an item: its label, and below that its marks as they fit beside each other."""

    def __init__(self, item: Item, width: float) -> None:
        self.item = item
        self.label = wrap(item.label, SIZE, width)
        self.rows: list[list[tuple[float, Mark | None, str]]] = []
        used = width
        for mark in item.marks:
            lines = wrap(mark.words, SMALL, width - MARK - 4)
            needed = MARK + 4 + max(text_width(line, SMALL) for line in lines)
            if used + needed > width:
                self.rows.append([])
                used = 0
            self.rows[-1].append((used, mark, lines[0]))
            used += needed + 12
            for line in lines[1:]:
                self.rows.append([(0, None, line)])
                used = width
        self.below = len(self.label) * SIZE * LEADING
        words = self.below + len(self.rows) * SMALL * 1.5
        self.height = max(words + 2 * PADDING, LOWEST)

    def placed(self, left: float, top: float, wide: float) -> PlacedItem:
        x, y = left + INDENT, top + PADDING
        texts = [
            Text(unit(x), unit(y + (n + 0.8) * SIZE * LEADING), line, SIZE)
            for n, line in enumerate(self.label)
        ]
        marks = []
        for n, row in enumerate(self.rows):
            base = y + self.below + (n + 0.85) * SMALL * 1.5
            for at, mark, line in row:
                if mark is not None:
                    marks.append(PlacedMark(mark.sign, unit(x + at), unit(base - 0.85 * MARK)))
                texts.append(Text(unit(x + at + MARK + 4), unit(base), line, SMALL, soft=True))
        box = Box(unit(left), unit(top), unit(left + wide), unit(top + self.height))
        return PlacedItem(self.item, box, texts, marks)


def _telling(links: Sequence[Link]) -> list[Link]:
    """``links`` without those of groups that went on together as several others together: which
    came from which is not told, so they say nothing about where a group belongs."""
    out, into = Counter(link.before for link in links), Counter(link.after for link in links)
    return [link for link in links if out[link.before] == 1 or into[link.after] == 1]


def _settle(
    blocks: Sequence[_Block],
    links: Sequence[Link],
    ends: dict[str, tuple[float, float]],
    start: float,
) -> None:
    """Give a column its place; one that no line reaches keeps the place that it has."""
    own = {key for block in blocks for key in block.offsets}
    if own <= ends.keys() and not any(link.after in own and link.before in ends for link in links):
        return
    for block, top in zip(blocks, _tops(blocks, links, ends, start), strict=True):
        block.stand(top, ends)


def _tops(
    blocks: Sequence[_Block],
    links: Iterable[Link],
    ends: dict[str, tuple[float, float]],
    start: float,
) -> list[float]:
    """How low each group starts: in order, apart, and together as near as can be to where their
    items came from. Least squares over the lines, by pooling the groups that push each other."""
    into: dict[str, list[float]] = defaultdict(list)
    for link in links:
        if link.before in ends:
            top, height = ends[link.before]
            into[link.after].append(top + height / 2)
    pools: list[tuple[float, float, int]] = []  # where, how heavy, how many groups
    stacked = 0.0
    shifts = []
    for block in blocks:
        wanted = [
            middle - offset - height / 2
            for key, (offset, height) in block.offsets.items()
            for middle in into.get(key, ())
        ]
        shifts.append(stacked)
        weight = float(len(wanted)) or 0.01
        where = (sum(wanted) / len(wanted) - stacked) if wanted else start
        pools.append((where, weight, 1))
        stacked += block.height + BETWEEN
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (one, heavy, many), (other, light, few) = pools[-2:]
            mean = (one * heavy + other * light) / (heavy + light)
            pools[-2:] = [(mean, heavy + light, many + few)]
    spread = [max(where, start) for where, _, many in pools for _ in range(many)]
    return [where + shift for where, shift in zip(spread, shifts, strict=True)]


def _curves(
    links: Iterable[Link],
    ends: dict[str, tuple[float, float]],
    sides: dict[str, tuple[float, float]],
) -> list[Curve]:
    """A curve for each link whose ends are both in the picture. Lines that share an end leave it
    in the order of where they go, so that they do not cross there."""
    known = [link for link in links if link.before in ends and link.after in ends]
    out, into = defaultdict(list), defaultdict(list)
    for link in known:
        out[link.before].append(link.after)
        into[link.after].append(link.before)
    found = []
    for link in known:
        x1, x2 = sides[link.before][1], sides[link.after][0]
        y1 = _port(link.before, link.after, out[link.before], ends)
        y2 = _port(link.after, link.before, into[link.after], ends)
        middle = unit((x1 + x2) / 2)
        path = f"M{unit(x1)} {y1}C{middle} {y1} {middle} {y2} {unit(x2)} {y2}"
        found.append(Curve(link.before, link.after, link.kind, path))
    return found


def _port(key: str, other: str, others: list[str], ends: dict[str, tuple[float, float]]) -> float:
    """Where along the bar of ``key`` its line with ``other`` begins."""
    top, height = ends[key]
    order = sorted(others, key=lambda one: (ends[one], one))
    return unit(top + height * (order.index(other) + 1) / (len(order) + 1))
