"""Whether a value reaches its target, and whether it is further off than the band allows.

The rule, in Dutch and with examples: ``docs/regels/afwijking.md``. Pure Python; no database.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from agenda.constants import Direction
from contracts.terms import KPITerms
from core.values import NARROW, Qualifier, Value, ValueType, format_euro, format_number

ENDLESS = Decimal("Infinity")
TENTH = Decimal("0.1")
HIGHER = frozenset({Direction.UP, Direction.AT_LEAST})
LOWER = frozenset({Direction.DOWN, Direction.AT_MOST})
FROM_BELOW = frozenset({Qualifier.AT_LEAST, Qualifier.MORE_THAN})
FROM_ABOVE = frozenset({Qualifier.AT_MOST, Qualifier.LESS_THAN})


@dataclass(frozen=True)
class Outcome:
    """``achieved`` is None where nobody can say; ``words`` tells a reader how far off it is."""

    achieved: bool | None
    deviates: bool
    words: str


class Edge(NamedTuple):
    """A number, or a hair below (-1) or above (1) it. Sorts as such."""

    number: Decimal
    hair: int = 0

    def moved(self, by: Decimal) -> Edge:
        return Edge(self.number + by, self.hair)

    def above(self, other: Edge) -> Edge:
        """How far this lies above ``other``."""
        return Edge(self.number - other.number, self.hair - other.hair)


class Span(NamedTuple):
    """All that a value may be, its ends included."""

    low: Edge
    high: Edge


def judge(
    value: Value | None, target: Value | None, direction: str, band: Decimal | None
) -> Outcome:
    """Hold ``value`` against ``target``. A ``band`` of None is a band of 0.

    Raises ``ValueError`` on a direction that does not exist.
    """
    way = Direction(direction)
    if unknown := _unknown(value, target, way):
        return Outcome(None, False, unknown)
    assert value is not None and target is not None  # noqa: S101, PT018 - told above
    held, aim = _span(value), _aim(target)
    slack = band or Decimal(0)
    achieved, deviates = _compare(held, aim, way, slack)
    if achieved is None:
        words = f"niet te zeggen: {_shown(value)} bij een streefwaarde van {_shown(target)}"
        return Outcome(None, False, words)
    words = f"{_distance(held, aim, value, way)} de streefwaarde van {_shown(target)}"
    words += _about_band((achieved, deviates), way, slack, held, aim)
    return Outcome(achieved, deviates, words)


def judge_kpi(value: Value | None, kpi: KPITerms) -> Outcome:
    """Hold ``value`` against the terms of ``kpi``; half a year is not held to the sum of a year."""
    if kpi.is_partial:
        return Outcome(None, False, f"de streefwaarde geldt voor heel {kpi.target_period}")
    return judge(value, kpi.target, kpi.direction, kpi.band)


def _unknown(value: Value | None, target: Value | None, way: Direction) -> str:
    """Why the two cannot be compared, in Dutch; empty where they can."""
    if value is None:
        return "geen waarde"
    if not value.is_present:
        return f"geen waarde: {value.absence.label}"
    if target is None:
        return "geen streefwaarde"
    if not target.is_present:
        return f"geen streefwaarde: {target.absence.label}"
    if not way:
        return "geen richting"
    if value.type != target.type:
        return "waarde en streefwaarde zijn niet van dezelfde soort"
    if value.type is ValueType.TEXT:
        return "een tekst is niet met een streefwaarde te vergelijken"
    against = {
        **dict.fromkeys(HIGHER, FROM_ABOVE),
        **dict.fromkeys(LOWER, FROM_BELOW),
    }.get(way, FROM_ABOVE | FROM_BELOW)
    if target.qualifier in against:
        return f"de streefwaarde ({_shown(target)}) past niet bij de richting ({way.label})"
    return ""


def _compare(held: Span, aim: Span, way: Direction, slack: Decimal) -> tuple[bool | None, bool]:
    """Whether the target is reached (None: open), and whether it is surely missed by more than
    the slack."""
    lowest, highest = aim.low.moved(-slack), aim.high.moved(slack)
    if way in HIGHER:
        return _sure(held.low >= aim.low, held.high < aim.low), held.high < lowest
    if way in LOWER:
        return _sure(held.high <= aim.high, held.low > aim.high), held.low > highest
    outside = held.high < lowest or held.low > highest
    return _sure(lowest <= held.low and held.high <= highest, outside), outside


def _sure(reached: bool, missed: bool) -> bool | None:
    return True if reached else False if missed else None


def _ends(value: Value) -> tuple[Decimal, Decimal]:
    low = value.quantity
    assert low is not None  # noqa: S101 - a present number, checked at construction
    return low, low if value.number_to is None else value.number_to


def _span(value: Value) -> Span:
    low, high = _ends(value)
    whole = value.type is ValueType.COUNT  # less than 5 persons is 4 at most
    match value.qualifier:
        case Qualifier.ALMOST:
            return Span(Edge(low, -1), Edge(high, -1))
        case Qualifier.JUST_OVER:
            return Span(Edge(low, 1), Edge(high, 1))
        case Qualifier.AT_LEAST:
            return Span(Edge(low), Edge(ENDLESS))
        case Qualifier.MORE_THAN:
            return Span(Edge(low + 1) if whole else Edge(low, 1), Edge(ENDLESS))
        case Qualifier.AT_MOST:
            return Span(Edge(-ENDLESS), Edge(high))
        case Qualifier.LESS_THAN:
            return Span(Edge(-ENDLESS), Edge(high - 1) if whole else Edge(high, -1))
    return Span(Edge(low), Edge(high))


def _aim(target: Value) -> Span:
    """What is aimed at: a number or a range; 'more than' and 'less than' leave out the number."""
    low, high = _ends(target)
    hair = {Qualifier.MORE_THAN: 1, Qualifier.LESS_THAN: -1}.get(target.qualifier, 0)
    return Span(Edge(low, hair), Edge(high, hair))


# -- words ---------------------------------------------------------------------------------------
def _shown(value: Value) -> str:
    return value.display().replace(NARROW, " ")


def _distance(held: Span, aim: Span, value: Value, way: Direction) -> str:
    """How far ``held`` is from what is aimed at, up to the words 'de streefwaarde'."""
    if held.high < aim.low:
        return f"{_far(aim.low.above(held.high), aim.low.above(held.low), value)}onder"
    if held.low > aim.high:
        return f"{_far(held.low.above(aim.high), held.high.above(aim.high), value)}boven"
    if held.low == held.high:
        return "gelijk aan" if aim.low == aim.high else "binnen"
    if way in HIGHER:
        return "ten minste"
    return "ten hoogste" if way in LOWER else "rond"


def _far(near: Edge, far: Edge, value: Value) -> str:
    """A distance between ``near`` and ``far`` in words, with a space after it."""
    circa = "circa " if value.qualifier is Qualifier.ABOUT else ""
    if far.number == ENDLESS:
        if near.number == 0:
            return ""
        return f"{'meer dan' if near.hair > 0 else 'ten minste'} {_size(near.number, value)} "
    if near == far:
        if near.number == 0:
            return "net "
        word = circa or {1: "ruim ", -1: "bijna "}.get(max(-1, min(1, near.hair)), "")
        return f"{word}{_size(near.number, value)} "
    if near.number == 0:
        return f"{circa}ten hoogste {_size(far.number, value)} "
    return f"{circa}{_size(near.number, value, bare=True)} tot {_size(far.number, value)} "


def _size(number: Decimal, value: Value, *, bare: bool = False) -> str:
    if value.type is ValueType.AMOUNT:
        return format_euro(number).replace(NARROW, " ")
    if value.type is not ValueType.PERCENTAGE:
        return format_number(number)
    points = "" if bare else " procentpunt"
    rounded = number.quantize(TENTH, rounding=ROUND_HALF_UP)
    return f"{format_number(rounded)}{points}" if rounded else f"minder dan 0,1{points}"


def _about_band(
    outcome: tuple[bool | None, bool], way: Direction, slack: Decimal, held: Span, aim: Span
) -> str:
    """What the band does to the outcome, where it does something."""
    achieved, deviates = outcome
    inside = aim.low <= held.low and held.high <= aim.high
    if not slack or inside or (achieved and way is not Direction.STABLE):
        return ""
    if deviates:
        where = "buiten"
    elif aim.low.moved(-slack) <= held.low and held.high <= aim.high.moved(slack):
        where = "binnen"
    else:
        where = "misschien buiten"
    return f", {where} de bandbreedte van {format_number(slack)}"
