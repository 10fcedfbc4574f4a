"""The pieces that pictures are made of. Coordinates are units of the canvas, y grows downwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.charts.text import text_width

WIDE = 720
NARROW_WIDTH = 350


@dataclass(frozen=True)
class Canvas:
    """What a picture is drawn on; a narrow one has smaller type, and labels stand over bars."""

    width: float

    @property
    def wide(self) -> bool:
        return self.width >= 500

    @property
    def size(self) -> float:
        """The size of the type."""
        return 15.0 if self.wide else 13.0

    @property
    def leading(self) -> float:
        """From one baseline to the next."""
        return 1.28 * self.size


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box, gap: float = 0) -> bool:
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )


@dataclass(frozen=True)
class Text:
    """A line of text; ``x``, ``y`` are the anchor on the baseline."""

    x: float
    y: float
    text: str
    size: float = 14
    anchor: str = "start"
    bold: bool = False
    soft: bool = False
    serif: bool = False
    italic: bool = False

    @property
    def box(self) -> Box:
        width = text_width(self.text, self.size)
        left = self.x - {"start": 0, "middle": width / 2, "end": width}[self.anchor]
        return Box(left, self.y - 0.75 * self.size, left + width, self.y + 0.22 * self.size)


@dataclass(frozen=True)
class Rule:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Bar:
    """A filled bar, or a hollow one when ``marked``."""

    x: float
    y: float
    width: float
    height: float
    marked: bool = False


@dataclass(frozen=True)
class KeyEntry:
    """What a mark or line means: ``x``, ``y`` is the middle of the sample's left side."""

    x: float
    y: float
    kind: str
    label: Text


def key_row(
    entries: Sequence[tuple[str, str]], width: float, top: float, size: float, sample: float = 28
) -> tuple[list[KeyEntry], float]:
    """The (kind, words) of a legend set out in rows; returns them and where the next row starts."""
    placed: list[KeyEntry] = []
    x, y, step = 0.0, top + size * 0.75, size * 1.75
    for kind, words in entries:
        needed = sample + 8 + text_width(words, size)
        if x > 0 and x + needed > width:
            x, y = 0.0, y + step
        label = Text(unit(x + sample + 8), unit(y + size * 0.36), words, size)
        placed.append(KeyEntry(unit(x), unit(y), kind, label))
        x += needed + size * 1.6
    return placed, y + step - size * 0.75 if placed else top


def text_lines(
    x: float,
    base: float,
    lines: Sequence[str],
    canvas: Canvas,
    *,
    bold: bool = False,
    absent: bool = False,
) -> list[Text]:
    """Lines under each other from the baseline ``base``; what is absent is set soft and slanted."""
    return [
        Text(
            x,
            unit(base + n * canvas.leading),
            text,
            canvas.size,
            bold=bold,
            soft=absent,
            italic=absent,
        )
        for n, text in enumerate(lines)
    ]


def value_lines(
    x: float, middle: float, lines: Sequence[str], canvas: Canvas, *, absent: bool
) -> list[Text]:
    """What a bar says, beside it from ``x`` and centred on its ``middle``."""
    base = middle + 0.36 * canvas.size - (len(lines) - 1) * canvas.leading / 2
    return text_lines(unit(x), base, lines, canvas, bold=not absent, absent=absent)


def widest(blocks: Iterable[Sequence[str]], size: float) -> float:
    """The width of the longest line in ``blocks`` of lines (at least one)."""
    return max(text_width(line, size) for lines in blocks for line in lines)


def middle_inside(middle: float, words: str, size: float, width: float) -> float:
    """The middle nearest to ``middle`` where ``words`` stay on a canvas of ``width``."""
    half = text_width(words, size) / 2
    return min(max(middle, half), width - half)


def those_that_fit(texts: Iterable[Text], gap: float) -> list[Text]:
    """``texts`` without those that come within ``gap`` of an earlier one."""
    placed: list[Text] = []
    for text in texts:
        if not any(text.box.overlaps(other.box, gap) for other in placed):
            placed.append(text)
    return placed


def unit(coordinate: float) -> float:
    """A coordinate, to a tenth: enough for print, and the same on every machine."""
    return round(coordinate, 1) + 0.0


def path(points: Iterable[tuple[float, float]]) -> str:
    """The ``d`` of a line through ``points``."""
    return "M" + "L".join(f"{unit(x)} {unit(y)}" for x, y in points)


# -- the table beside the picture ------------------------------------------------------------------
@dataclass(frozen=True)
class Cell:
    """``text`` is what a reader sees; where a value is absent it says so, with the reason."""

    text: str
    absent: bool = False
    span: int = 1


@dataclass(frozen=True)
class Row:
    heading: str
    cells: list[Cell]


@dataclass(frozen=True)
class DataTable:
    """The figures of a picture; the first column holds the headings of the rows."""

    caption: str
    columns: list[str]
    rows: list[Row]
    notes: list[str] = field(default_factory=list)


def number_cell(number: Decimal | None, text: str, reason: str = "") -> Cell:
    """A number, or the sentence that says why there is none."""
    if number is None:
        return absent_cell(reason)
    return Cell(text)


def absent_cell(reason: str = "") -> Cell:
    return Cell(absent_words(reason), absent=True)


def absent_words(reason: str) -> str:
    """What stands where a value is missing, in the picture as in the table."""
    return f"geen waarde: {reason}" if reason else "geen waarde"
