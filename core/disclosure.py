"""Small numbers of people: what is not published, so that nobody can be recognised. Pure Python.

Rules (docs/regels/kleine-aantallen.md, DESIGN model rule 13):

1. a number of people from 1 up to the threshold is not published; nor is a percentage of which the
   numerator, the rest or the denominator is such a number, with all of its parts;
2. where published numbers add up to a published total, one missing part is the total less the
   others: more of them are left out, until what is missing is together no small number either;
3. what an earlier version left out stays left out, because two versions can be compared;
4. where numbers stand together and nobody said which of them add up, each that is the sum of others
   is taken for their total.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product
from typing import TypeVar

from core.values import Absence, Qualifier, Value, ValueType

Counts = tuple[Decimal, ...]
Key = str  # of a published number, the same wherever it is published
Told = TypeVar("Told")
MOST_TRIED = 12  # numbers of which every sum is tried: some four thousand sums


@dataclass(frozen=True)
class Addition:
    """``total`` is the sum of ``parts``; ``first``: in which order more of them are left out.

    ``rest``: nobody told the other parts yet; they are the total less those that were told.
    """

    total: Key
    parts: tuple[Key, ...]
    first: tuple[Key, ...]
    rest: bool = False

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
    sums = []
    for each in additions:
        if not all(member in held for member in each.members):
            continue
        if each.rest:
            missing = _rest(each, held)
            hidden = (held[part] for part in each.parts if part in out)
            unseen = tuple(Decimal(sum(counts)) for counts in zip(missing, *hidden, strict=False))
            if not is_small(missing, threshold) and not is_small(unseen, threshold):
                continue  # what was not told yet can be any number: the total tells nothing
            key = f"rest of {each.total} after {' '.join(each.parts)}"
            held[key] = missing
            out.add(key)
            each = replace(each, parts=(*each.parts, key))
        sums.append(each)
    # Each round leaves one more out, so it ends; with everything out nothing can be computed.
    while (more := _one_more(held, sums, threshold, out, public)) is not None:
        out.add(more)
    return frozenset(out).intersection(cells)


def _rest(each: Addition, held: Mapping[Key, Counts]) -> Counts:
    """The total less the parts that were told; nothing where those are more than the total."""
    numbers = zip(held[each.total], *(held[part] for part in each.parts), strict=False)
    rest = tuple(total - sum(parts) for total, *parts in numbers)
    return rest if all(number >= 0 for number in rest) else ()


def left_out_unnamed(cells: Mapping[Key, Counts], threshold: int) -> frozenset[Key]:
    """Which of ``cells`` are not published, where nobody said which of them add up (rule 4).

    What adds up is taken for an addition, also where that is chance. Of too many to try, none is
    published as soon as one is small.
    """
    held = {key: counts for key, counts in cells.items() if any(counts)}
    if not any(is_small(counts, threshold) for counts in held.values()):
        return frozenset()
    if len(held) > MOST_TRIED:
        return frozenset(held)
    return left_out(held, list(_additions_among(held)), threshold)


def _additions_among(cells: Mapping[Key, Counts]) -> Iterator[Addition]:
    """Every way in which one of ``cells`` is the sum of two or more others, the smallest first."""
    numbers = {key: sum(counts) for key, counts in cells.items()}
    by_number: dict[Decimal | int, list[Key]] = {}
    for key, number in numbers.items():
        by_number.setdefault(number, []).append(key)
    keys = sorted(numbers, key=lambda key: (numbers[key], key))
    for size in range(2, len(keys)):
        for parts in combinations(keys, size):
            for total in by_number.get(sum(numbers[part] for part in parts), ()):
                yield Addition(total, parts, parts)


def year_sums(
    held: Mapping[int | None, Sequence[Told]], *, cumulative: bool
) -> Iterator[tuple[tuple[Told, ...], bool]]:
    """Which of the figures ``held`` of one year (its half, or None for the year) add up: the total
    and its parts, and whether a part was not told.

    A half-year that was not told yet is the year less the other. Of a number that runs up within
    the year, the second half-year holds the first, and the year is the second.
    """
    years, first, second = (held.get(half, ()) for half in (None, 1, 2))
    if cumulative:
        yield from ((pair, False) for pair in product(years, second))
        yield from ((pair, True) for pair in product((*years, *second), first))
    elif first and second:
        yield from ((members, False) for members in product(years, first, second))
    else:
        yield from ((pair, True) for pair in product(years, (*first, *second)))


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
