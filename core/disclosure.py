"""Small numbers of people: what is not published, so that nobody can be recognised. Pure Python.

Rules (docs/regels/kleine-aantallen.md, DESIGN model rule 13):

1. a number of people from 1 up to the threshold is not published; nor is a percentage of which the
   numerator, the rest or the denominator is such a number, with all of its parts;
2. where published numbers add up to a published total, one missing part is the total less the
   others: more of them are left out, until what is missing is together no small number either;
3. what an earlier version left out stays left out, because two versions can be compared.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.values import Absence, Qualifier, Value, ValueType

Counts = tuple[Decimal, ...]
Key = str  # of a published number, the same wherever it is published


@dataclass(frozen=True)
class Addition:
    """``total`` is the sum of ``parts``; ``first``: in which order more of them are left out."""

    total: Key
    parts: tuple[Key, ...]
    first: tuple[Key, ...]

    @property
    def members(self) -> tuple[Key, ...]:
        return (self.total, *self.parts)


def people_in(value: Value) -> Counts:
    """The numbers of people that ``value`` tells: the count, or the numerator and the rest.

    None for amounts, scales, texts, what is absent, and a percentage that was only reported. What
    was given as too small to publish is a small number, whichever; ‘minder dan 5’ is four at most.
    """
    if value.absence is Absence.TOO_SMALL and value.type in (ValueType.COUNT, ValueType.PERCENTAGE):
        return (Decimal(1),)
    if not value.is_present:
        return ()
    if value.type is ValueType.COUNT and value.number is not None:
        below = value.qualifier is Qualifier.LESS_THAN
        return (max(value.number - 1, Decimal(1)),) if below else (value.number,)
    if value.numerator is not None and value.denominator is not None:
        return (value.numerator, value.denominator - value.numerator)
    return ()


def is_small(counts: Counts, threshold: int) -> bool:
    """Rule 1. Nobody (0) is no small number of people. A threshold of 0 or 1 leaves nothing out."""
    if any(0 < count < threshold for count in counts):
        return True
    return len(counts) > 1 and 0 < sum(counts) < threshold


def masked(value: Value) -> Value:
    """What is published in the place of ``value``."""
    return Value.absent(value.type, Absence.TOO_SMALL)


def left_out(
    cells: Mapping[Key, Counts],
    additions: Sequence[Addition],
    threshold: int,
    *,
    already: Collection[Key] = (),
    public: Collection[Key] = (),
) -> frozenset[Key]:
    """Which of ``cells`` are not published.

    An addition of which a member is not in ``cells`` tells nothing, and is passed over. ``already``
    is what an earlier version left out (rule 3); ``public`` is what everybody can find elsewhere:
    leaving that out would hide nothing.
    """
    held = {key: counts for key, counts in cells.items() if counts}
    out = {key for key, counts in held.items() if is_small(counts, threshold)}
    out |= {key for key in already if key in held}
    out -= set(public)
    sums = [each for each in additions if all(member in held for member in each.members)]
    # Each round leaves one more out, so it ends; with everything out nothing can be computed.
    while (more := _one_more(held, sums, threshold, out, public)) is not None:
        out.add(more)
    return frozenset(out)


def _one_more(
    cells: Mapping[Key, Counts],
    sums: Sequence[Addition],
    threshold: int,
    out: set[Key],
    public: Collection[Key],
) -> Key | None:
    """What has to be left out as well, if anything (rule 2)."""
    for each in sums:
        if _gives_away(each, cells, threshold, out):
            key = _next(each, out, public)
            if key is not None:
                return key
    found = computable(sums, out)
    for each in sums:
        if any(member in found for member in each.members):
            key = _next(each, out, public)
            if key is not None:
                return key
    return None


def _next(each: Addition, out: Collection[Key], public: Collection[Key]) -> Key | None:
    order = (*each.first, *each.parts, each.total)
    return next((key for key in order if key not in out and key not in public), None)


def _gives_away(
    each: Addition, cells: Mapping[Key, Counts], threshold: int, out: Collection[Key]
) -> bool:
    """Whether this addition alone tells what is left out of it, or that it is a small number."""
    missing = [part for part in each.parts if part in out]
    if each.total in out:
        return not missing
    if not missing:
        return False
    together = [sum(counts) for counts in zip(*(cells[part] for part in missing), strict=False)]
    number = len(missing)
    # All ones, or all as large as a small number can be: the sum leaves no other way.
    certain = {Decimal(number), Decimal(number * (threshold - 1))}
    return number == 1 or any(0 < count < threshold or count in certain for count in together)


def computable(sums: Sequence[Addition], out: Collection[Key]) -> frozenset[Key]:
    """Which of ``out`` the published numbers give away when all additions are taken together.

    Gauss and Jordan: a row with one unknown left in it is a solution.
    """
    unknowns = sorted({key for each in sums for key in each.members if key in out})
    place = {key: number for number, key in enumerate(unknowns)}
    rows = []
    for each in sums:
        row = [Fraction(0)] * len(unknowns)
        for key, sign in ((each.total, -1), *((part, 1) for part in each.parts)):
            if key in place:
                row[place[key]] += sign
        rows.append(row)
    done = 0
    for column in range(len(unknowns)):
        pivot = next((n for n in range(done, len(rows)) if rows[n][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        lead = rows[done][column]
        rows[done] = [number / lead for number in rows[done]]
        for n, row in enumerate(rows):
            if n != done and row[column]:
                factor = row[column]
                rows[n] = [a - factor * b for a, b in zip(row, rows[done], strict=True)]
        done += 1
    solved = (row for row in rows if sum(bool(number) for number in row) == 1)
    return frozenset(unknowns[next(n for n, number in enumerate(row) if number)] for row in solved)
