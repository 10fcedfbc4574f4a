"""Taking the values of several reports together: a rule that anyone can check by hand.

The rules, in Dutch and with examples: ``docs/regels/samennemen.md``; the numbers below are those of
that page. Pure Python; no database.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from agenda.constants import Aggregation
from core.periods import Period
from core.values import DECIMALS, Basis, Qualifier, Value, ValueType


class NoValue(StrEnum):
    """Why values do not come together; the text is what the reader sees."""

    NO_REPORTS = "Er zijn nog geen rapportages."
    ALL_ABSENT = "Geen van de rapportages geeft een waarde."
    NOT_AGGREGATED = "Deze indicator wordt niet samengenomen."
    TEXT = "Teksten zijn niet samen te nemen."
    REPORTED = (
        "Een percentage zonder teller en noemer is niet na te rekenen en wordt niet samengenomen."
    )
    SCALE = "Schaalscores worden niet opgeteld."
    RANGE = "Met een reeks, zoals ‘10 tot 20’, is dit niet uit te rekenen."
    AMBIGUOUS = "De woorden bij de getallen gaan niet samen: de uitkomst is te onzeker."


@dataclass(frozen=True)
class Given:
    """The value that one report gives: of whom, and over which period."""

    giver: str
    period: Period
    value: Value


@dataclass(frozen=True)
class Aggregate:
    """Either ``value``, or the ``reason`` why there is none.

    It rests on the ``reported`` values of the reports that were ``expected``.
    """

    value: Value | None
    reported: int
    expected: int
    reason: NoValue | None = None

    @property
    def coverage(self) -> str:
        """``2 van 3``."""
        return f"{self.reported} van {self.expected}"


# Rule 7: which words bound a number from below, from above, or stay close to it.
BELOW = frozenset({Qualifier.AT_LEAST, Qualifier.MORE_THAN, Qualifier.JUST_OVER})
ABOVE = frozenset({Qualifier.AT_MOST, Qualifier.LESS_THAN, Qualifier.ALMOST})
CLOSE = frozenset({Qualifier.ABOUT, Qualifier.ALMOST, Qualifier.JUST_OVER})


def aggregate(
    given: Sequence[Given],
    *,
    aggregation: Aggregation,
    is_cumulative: bool = False,
    expected: int,
) -> Aggregate:
    """What the values ``given`` by reports come to.

    ``expected`` is the number of reports that should be there, those without a value included. The
    order of ``given``, oldest first, counts for ``LATEST`` only.

    Raises ``ValueError`` when values are of different types, when one giver speaks twice about one
    time, or when there are more reports than expected; ``InvalidValue`` when the outcome is too
    large to keep.
    """
    _check(given, expected)
    present = [each for each in given if each.value.is_present]
    held = [each.value for each in _that_count(present, aggregation, is_cumulative)]
    outcome: Value | NoValue
    if not given:
        outcome = NoValue.NO_REPORTS
    elif given[0].value.type is ValueType.TEXT:
        outcome = NoValue.TEXT
    elif aggregation == Aggregation.NONE:
        outcome = NoValue.NOT_AGGREGATED
    elif not held:
        outcome = NoValue.ALL_ABSENT
    elif any(value.basis is Basis.REPORTED for value in held):
        outcome = NoValue.REPORTED
    elif aggregation == Aggregation.LATEST:
        (outcome,) = held
    elif not all(value.may_aggregate for value in held):  # of what may not, a range is left here
        outcome = NoValue.RANGE
    elif aggregation == Aggregation.MAX:
        outcome = _highest(held)
    else:
        outcome = _together(held, is_mean=aggregation == Aggregation.MEAN)
    if isinstance(outcome, NoValue):
        return Aggregate(None, len(present), expected, outcome)
    return Aggregate(outcome, len(present), expected)


def combined(words: Collection[Qualifier]) -> Qualifier | None:
    """The word for a sum of numbers with these words (rule 7); ``None`` when there is none."""
    said = {word for word in words if word}
    if len(said) <= 1:
        return next(iter(said), Qualifier.EXACT)
    for group, word in (
        (BELOW, Qualifier.AT_LEAST),
        (ABOVE, Qualifier.AT_MOST),
        (CLOSE, Qualifier.ABOUT),
    ):
        if said <= group:
            return word
    return None


def _check(given: Sequence[Given], expected: int) -> None:
    if len({each.value.type for each in given}) > 1:
        raise ValueError("Waarden van verschillende soorten zijn niet samen te nemen.")
    if len(given) > expected:
        raise ValueError(f"Er zijn {len(given)} rapportages en er werden er {expected} verwacht.")
    in_time = sorted(given, key=lambda each: (each.giver, each.period.start))
    for before, after in pairwise(in_time):
        if before.giver == after.giver and after.period.start <= before.period.end:
            raise ValueError(
                f"{before.giver} geeft over dezelfde tijd twee waarden: {before.period.code} en "
                f"{after.period.code}."
            )


def _that_count(
    present: Sequence[Given], aggregation: Aggregation, is_cumulative: bool
) -> Sequence[Given]:
    """The last one of all (rule 9), of each giver and year the last one (rule 5), or all."""
    # Of equal periods the last one in the given order: ``sorted`` keeps that order.
    in_time = sorted(present, key=lambda each: each.period.end)
    if aggregation == Aggregation.LATEST:
        return in_time[-1:]
    if is_cumulative:
        return list({(each.giver, each.period.year): each for each in in_time}.values())
    return present


def _together(values: Sequence[Value], *, is_mean: bool) -> Value | NoValue:
    """The sum or the mean (rules 3, 4, 6 and 7)."""
    kind = values[0].type
    if kind is ValueType.SCALE and not is_mean:
        return NoValue.SCALE
    word = combined([value.qualifier for value in values])
    if word is None:
        return NoValue.AMBIGUOUS
    if kind is ValueType.PERCENTAGE:
        return Value(
            kind,
            numerator=sum((value.numerator or Decimal(0) for value in values), Decimal(0)),
            denominator=sum((value.denominator or Decimal(0) for value in values), Decimal(0)),
            qualifier=word,
        )
    total = sum((value.number or Decimal(0) for value in values), Decimal(0))
    if not is_mean:
        return Value(kind, number=total, qualifier=word)
    mean = _rounded(Fraction(total) / len(values), 0 if kind is ValueType.COUNT else DECIMALS, word)
    if kind is ValueType.COUNT and not word and mean * len(values) != total:
        word = Qualifier.ABOUT
    return Value(kind, number=mean, qualifier=word)


def _rounded(number: Fraction, decimals: int, word: Qualifier) -> Decimal:
    """Rounded so that ``word`` stays true: down under "ten minste", up under "ten hoogste"."""
    scaled = number * 10**decimals
    if word in BELOW:
        whole = floor(scaled)
    elif word in ABOVE:
        whole = ceil(scaled)
    else:
        whole = floor(scaled + Fraction(1, 2))
    return Decimal(whole).scaleb(-decimals)


def _highest(values: Sequence[Value]) -> Value | NoValue:
    """The highest value, with the word that stays true of it (rules 3 and 8)."""
    surely = max(
        (_size(value) for value in values if not value.qualifier or value.qualifier in BELOW),
        default=None,
    )
    # "Ten hoogste 8" does not matter beside 10: it is lower, whatever it is.
    relevant = [
        value
        for value in values
        if surely is None or value.qualifier not in ABOVE or _size(value) > surely
    ]
    top = max(_size(value) for value in relevant)
    tops = [value for value in relevant if _size(value) == top]
    said = {value.qualifier for value in relevant if value.qualifier}
    own = {value.qualifier for value in tops if value.qualifier}
    word = combined(said)
    if len(said) == 1 and not own:  # only lower ones have the word: it does not fit the highest
        (lower,) = said
        word = Qualifier.AT_LEAST if lower in BELOW else Qualifier.ABOUT
    if word is None:
        return NoValue.AMBIGUOUS
    best = max(tops, key=lambda value: value.denominator or Decimal(0))
    return replace(best, qualifier=word)


def _size(value: Value) -> Fraction:
    """The number to compare by, without rounding."""
    if value.numerator is not None and value.denominator is not None:
        return Fraction(value.numerator) / Fraction(value.denominator)
    return Fraction(value.number or 0)
