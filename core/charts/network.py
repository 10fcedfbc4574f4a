"""Boxes in columns, joined by lines that run from left to right.

No box touches another and no line runs through a box: what skips a column goes along a lane of its
own between the boxes there. Boxes that lead to the very same ones share their lines, which meet in
a knot; so a column that leads to the whole next one takes a few lines, and not hundreds.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from core.charts.parts import Rule, Text, unit
from core.charts.text import wrap

BOX = 184.0
EMPTY = 104.0  # the width of a column without boxes
GUTTER = 64.0  # between two columns: here the lines run
GAP = 14.0  # between two boxes
LANE = 8.0  # the height of a lane
PAD = 10.0
KNOTS_APART = 16.0
HEADING, TEXT, NOTE = 15.0, 14.0, 13.0  # sizes of type
LEADING = 1.28
FLAG = 18.0  # the room for the mark before a flag
SWEEPS = 6

Point = tuple[float, float]


@dataclass(frozen=True)
class NetworkNode:
    """``notes`` stand small under the text; ``flags`` tell in words what is wrong with the box.

    ``spoken`` is what a screen reader says of it; ``url`` is where the box leads, if anywhere.
    """

    id: str
    text: str
    notes: Sequence[str] = ()
    flags: Sequence[str] = ()
    url: str = ""
    spoken: str = ""


@dataclass(frozen=True)
class NetworkColumn:
    heading: str
    note: str
    nodes: Sequence[NetworkNode] = ()


@dataclass(frozen=True)
class NetworkChart:
    """``links`` are (from, to), by the ids of nodes; every one runs to a column further right.

    Raises ``ValueError`` where one does not, or names a node that is not there.
    """

    id: str
    finding: str
    measured: str
    columns: Sequence[NetworkColumn]
    links: Sequence[tuple[str, str]]
    empty_words: str = "leeg"

    def __post_init__(self) -> None:
        for before, after in self.links:
            if before not in self.places or after not in self.places:
                raise ValueError(f"no such box: {before} or {after}")
            if self.places[before] >= self.places[after]:
                raise ValueError(f"{before} to {after} does not run to the right")

    @property
    def places(self) -> dict[str, int]:
        """The number of the column of each node."""
        return {node.id: n for n, column in enumerate(self.columns) for node in column.nodes}


@dataclass(frozen=True)
class NodeBox:
    node: NetworkNode
    x: float
    y: float
    width: float
    height: float
    texts: list[Text]
    marks: list[Point]

    @property
    def middle(self) -> float:
        return unit(self.y + self.height / 2)

    @property
    def right(self) -> float:
        return unit(self.x + self.width)


@dataclass(frozen=True)
class Line:
    """A line from ``start`` to ``end``; ``nodes`` are the boxes that it helps to join."""

    start: Point
    end: Point
    nodes: tuple[str, ...]

    @property
    def path(self) -> str:
        (x1, y1), (x2, y2) = self.start, self.end
        if y1 == y2:
            return f"M{x1} {y1}L{x2} {y2}"
        middle = unit((x1 + x2) / 2)
        return f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"


@dataclass(frozen=True)
class NetworkPicture:
    """``arrows`` are the points of arrow heads; ``knots`` the dots where shared lines meet."""

    width: float
    height: float
    description: str
    headings: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    steps: list[Rule] = field(default_factory=list)
    boxes: list[NodeBox] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    knots: list[Point] = field(default_factory=list)
    arrows: list[Point] = field(default_factory=list)

    @property
    def texts(self) -> list[Text]:
        return [*self.headings, *(text for box in self.boxes for text in box.texts)]


def draw_network(chart: NetworkChart) -> NetworkPicture | None:
    """The picture at its natural size; ``None`` without boxes."""
    if not chart.places:
        return None
    strands = _strands(chart)
    columns = _ordered(*_slots(chart, strands))
    lefts, width = _across(chart)
    headings, rules, steps, top = _headings(chart, lefts)
    sizes = {node.id: _height(node) for column in chart.columns for node in column.nodes}
    tops, bottom = _down(columns, sizes, top)
    boxes = {
        node.id: _box(node, lefts[n], tops[node.id], sizes[node.id])
        for n, column in enumerate(chart.columns)
        for node in column.nodes
    }
    lines, knots = _joined(strands, boxes, lefts, tops, (top, bottom))
    reached = {after for _, after in chart.links}
    return NetworkPicture(
        width=width,
        height=unit(bottom + 2),
        description=_description(chart),
        headings=headings,
        rules=rules,
        steps=steps,
        boxes=list(boxes.values()),
        lines=lines,
        knots=knots,
        arrows=[(box.x, box.middle) for box in boxes.values() if box.node.id in reached],
    )


# -- which lines are shared ------------------------------------------------------------------------
@dataclass(frozen=True)
class _Strand:
    """All of ``sources``, in column ``start``, lead to all of ``targets``, in column ``stop``."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    start: int
    stop: int

    @property
    def nodes(self) -> tuple[str, ...]:
        return (*self.sources, *self.targets)

    @property
    def lanes(self) -> list[str]:
        """A name for its lane in each column that it passes."""
        return [f"{self.sources} {self.stop} {n}" for n in range(self.start + 1, self.stop)]

    @property
    def has_knot(self) -> bool:
        return not self.lanes and len(self.sources) > 1 and len(self.targets) > 1


def _strands(chart: NetworkChart) -> list[_Strand]:
    """Together they hold every link once: boxes of a column with the same targets in one other."""
    places = chart.places
    targets: dict[tuple[str, int], dict[str, None]] = defaultdict(dict)
    for before, after in chart.links:
        targets[before, places[after]][after] = None
    shared: dict[tuple[int, int, tuple[str, ...]], list[str]] = defaultdict(list)
    for before in places:
        for stop in range(places[before] + 1, len(chart.columns)):
            found = targets.get((before, stop))
            if found:
                shared[places[before], stop, tuple(sorted(found))].append(before)
    return [
        _Strand(tuple(sources), ends, start, stop)
        for (start, stop, ends), sources in shared.items()
    ]


# -- the order in each column ----------------------------------------------------------------------
_Columns = list[list[str]]
_Joins = list[list[tuple[str, str]]]  # for each gutter, what it joins on its left and right


def _slots(chart: NetworkChart, strands: list[_Strand]) -> tuple[_Columns, _Joins]:
    """What each column holds, boxes and then lanes, and what is joined in each gutter."""
    columns = [[node.id for node in column.nodes] for column in chart.columns]
    joins: _Joins = [[] for _ in chart.columns[1:]]
    for strand in strands:
        stations = [strand.sources, *((lane,) for lane in strand.lanes), strand.targets]
        for n, lane in enumerate(strand.lanes, start=strand.start + 1):
            columns[n].append(lane)
        for n, (before, after) in enumerate(pairwise(stations), start=strand.start):
            joins[n] += [(one, other) for one in before for other in after]
    return columns, joins


def _ordered(columns: _Columns, joins: _Joins) -> _Columns:
    """The order with the fewest crossings of some that bring what is joined near each other.

    The order that came in stays where nothing is gained.
    """
    best, fewest = columns, _crossings(columns, joins)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        columns = _swept(columns, joins, to_left=sweep % 2 == 0)
        crossings = _crossings(columns, joins)
        if crossings < fewest:
            best, fewest = columns, crossings
    return best


def _swept(columns: _Columns, joins: _Joins, *, to_left: bool) -> _Columns:
    """Each column sorted by the mean place of what it is joined to on the side that came before."""
    swept = [list(column) for column in columns]
    numbers = range(len(columns) - 2, -1, -1) if to_left else range(1, len(columns))
    for n in numbers:
        beside = _places(swept[n + 1 if to_left else n - 1])
        near: dict[str, list[float]] = defaultdict(list)
        for before, after in joins[n if to_left else n - 1]:
            own, other = (before, after) if to_left else (after, before)
            near[own].append(beside[other])
        here = _places(swept[n])
        mean = {key: sum(near[key]) / len(near[key]) if near[key] else here[key] for key in here}
        swept[n].sort(key=mean.__getitem__)
    return swept


def _places(column: Sequence[str]) -> dict[str, float]:
    """How far down each stands, from 0 to 1."""
    return {key: (n + 0.5) / len(column) for n, key in enumerate(column)}


def _crossings(columns: _Columns, joins: _Joins) -> int:
    total = 0
    for (left, right), gutter in zip(pairwise(columns), joins, strict=True):
        before, after = ({key: n for n, key in enumerate(column)} for column in (left, right))
        passed: list[int] = []
        for _, end in sorted((before[one], after[other]) for one, other in gutter):
            total += len(passed) - bisect_right(passed, end)
            insort(passed, end)
    return total


# -- measuring -------------------------------------------------------------------------------------
def _across(chart: NetworkChart) -> tuple[list[float], float]:
    """Where each column starts, and how wide all are together."""
    lefts, x = [], 2.0
    for column in chart.columns:
        lefts.append(unit(x))
        x += (BOX if column.nodes else EMPTY) + GUTTER
    return lefts, unit(x - GUTTER + 2)


def _down(
    columns: _Columns, sizes: Mapping[str, float], top: float
) -> tuple[dict[str, float], float]:
    """Where each box and lane starts, and where the longest column ends; shorter ones spread."""
    heights = [[sizes.get(key, LANE) for key in column] for column in columns]
    room = max(sum(column) + GAP * len(column) for column in heights)
    tops = {}
    for keys, column in zip(columns, heights, strict=True):
        gap = (room - sum(column)) / max(len(column), 1)
        y = top + gap / 2
        for key, height in zip(keys, column, strict=True):
            tops[key] = y
            y += height + gap
    return tops, top + room


def _lines_of(node: NetworkNode) -> Iterator[tuple[str, float, str]]:
    """The lines in a box: what it says, its size, and which kind it is."""
    for text in wrap(node.text, TEXT, BOX - 2 * PAD):
        yield text, TEXT, "text"
    for note in node.notes:
        for text in wrap(note, NOTE, BOX - 2 * PAD):
            yield text, NOTE, "note"
    for flag in node.flags:
        for n, text in enumerate(wrap(flag, NOTE, BOX - 2 * PAD - FLAG)):
            yield text, NOTE, "more" if n else "flag"


def _height(node: NetworkNode) -> float:
    return sum(size * LEADING for _, size, _ in _lines_of(node)) + 2 * PAD - 2


def _box(node: NetworkNode, x: float, y: float, height: float) -> NodeBox:
    texts: list[Text] = []
    marks: list[Point] = []
    at = y + PAD - 2
    for text, size, kind in _lines_of(node):
        base = unit(at + size)
        if kind == "flag":
            marks.append((unit(x + PAD), base))
        left = unit(x + PAD + (FLAG if kind in {"flag", "more"} else 0))
        texts.append(
            Text(left, base, text, size, soft=kind == "note", bold=kind in {"flag", "more"})
        )
        at += size * LEADING
    return NodeBox(node, x, unit(y), BOX, unit(height), texts, marks)


def _headings(
    chart: NetworkChart, lefts: list[float]
) -> tuple[list[Text], list[Rule], list[Rule], float]:
    """The words over the columns with a line under them, an arrow from each to the next, and where
    the boxes may start; an empty column says so."""
    texts: list[Text] = []
    floors = []
    for column, x in zip(chart.columns, lefts, strict=True):
        width = BOX if column.nodes else EMPTY
        y = 0.0
        for words, size, bold in ((column.heading, HEADING, True), (column.note, NOTE, False)):
            for line in wrap(words, size, width):
                y += size * LEADING
                texts.append(Text(x, unit(y), line, size, bold=bold, soft=not bold))
        floors.append(y)
    floor = unit(max(floors) + 8)
    rules = []
    for column, x in zip(chart.columns, lefts, strict=True):
        rules.append(Rule(x, floor, unit(x + (BOX if column.nodes else EMPTY)), floor))
        if not column.nodes:
            y = unit(floor + 2 * NOTE)
            texts.append(Text(x, y, chart.empty_words, NOTE, soft=True, italic=True))
    middle = unit(HEADING * LEADING - 5)
    steps = [Rule(unit(x - GUTTER + 16), middle, unit(x - 16), middle) for x in lefts[1:]]
    return texts, rules, steps, floor + 6


# -- joining ---------------------------------------------------------------------------------------
def _joined(
    strands: list[_Strand],
    boxes: Mapping[str, NodeBox],
    lefts: list[float],
    tops: Mapping[str, float],
    room: tuple[float, float],
) -> tuple[list[Line], list[Point]]:
    knots = _knots(strands, boxes, lefts, room)
    lines: list[Line] = []
    dots: list[Point] = list(knots.values())
    for strand in strands:
        starts = {key: (boxes[key].right, boxes[key].middle) for key in strand.sources}
        ends = {key: (boxes[key].x, boxes[key].middle) for key in strand.targets}
        if strand in knots:
            way = [knots[strand]]
        else:
            way = []
            for n, lane in enumerate(strand.lanes, start=strand.start + 1):
                y = unit(tops[lane] + LANE / 2)
                way += [(lefts[n], y), (unit(lefts[n + 1] - GUTTER), y)]
            dots += [way[0]] if way and len(starts) > 1 else []
        if not way:
            lines += [
                Line(start, end, (one, other))
                for one, start in starts.items()
                for other, end in ends.items()
            ]
            continue
        lines += [Line(at, way[0], (key, *strand.targets)) for key, at in starts.items()]
        lines += [Line(a, b, strand.nodes) for a, b in pairwise(way)]
        lines += [Line(way[-1], at, (key, *strand.sources)) for key, at in ends.items()]
    return lines, dots


def _knots(
    strands: list[_Strand],
    boxes: Mapping[str, NodeBox],
    lefts: list[float],
    room: tuple[float, float],
) -> dict[_Strand, Point]:
    """Where shared lines meet: halfway their gutter, each at a height of its own."""
    found = {}
    for column in {strand.start for strand in strands if strand.has_knot}:
        here = [strand for strand in strands if strand.has_knot and strand.start == column]
        wanted = {
            strand: sum(boxes[key].middle for key in strand.nodes) / len(strand.nodes)
            for strand in here
        }
        here.sort(key=wanted.__getitem__)
        heights = _apart([wanted[strand] for strand in here], room)
        x = unit(lefts[column + 1] - GUTTER / 2)
        found.update({strand: (x, unit(y)) for strand, y in zip(here, heights, strict=True)})
    return found


def _apart(heights: Sequence[float], room: tuple[float, float]) -> list[float]:
    """``heights``, which rise, moved so that none is too near the one before; all in ``room``."""
    top, bottom = room
    moved: list[float] = []
    for height in heights:
        moved.append(max(height, moved[-1] + KNOTS_APART if moved else top))
    limit = bottom
    for n in range(len(moved) - 1, -1, -1):
        moved[n] = min(moved[n], limit)
        limit = moved[n] - KNOTS_APART
    return moved


def _description(chart: NetworkChart) -> str:
    columns = "; ".join(f"{column.heading}: {len(column.nodes)}" for column in chart.columns)
    return f"Van links naar rechts: {columns}. Lijnen: {len(chart.links)}."
