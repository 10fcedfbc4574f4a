"""Which observations of an indicator are not published (docs/regels/kleine-aantallen.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from types import MappingProxyType

from django.conf import settings
from django.db.models import Count

from agenda.constants import AreaKind
from agenda.models import Area, Group, Indicator, Observation
from agenda.series import DEFINITE, place_of, rank, standing
from core.disclosure import Addition, left_out, people_in, year_sums

#: How many there are of a kind of area, or in the breakdown with this key.
Parts = Mapping[str | int, int]


def decide(indicator: Indicator) -> None:
    """Decide which observations of ``indicator`` are withheld. Five queries at most; call it in the
    transaction that wrote one of them.

    What was withheld stays so while it is part of an addition; alone, a corrected value shows. What
    comes from a source can be read there, and stays public.
    """
    rows = list(indicator.observations.select_related("area", "group__breakdown"))
    out: frozenset[str] = frozenset()
    if indicator.counts_people:
        out = withheld_of(
            rows,
            settings.SMALL_NUMBER_THRESHOLD,
            cumulative=indicator.is_cumulative,
            parts=_parts_there_are(),
        )
    for withheld in (True, False):
        changed = [
            row.pk for row in rows if row.withheld != withheld and (_key(row) in out) == withheld
        ]
        if changed:
            Observation.objects.filter(pk__in=changed).update(withheld=withheld)


def _parts_there_are() -> Parts:
    """How many areas there are of each kind, and groups in each breakdown. Two queries."""
    areas = Area.objects.order_by().values_list("kind").annotate(Count("pk"))
    groups = Group.objects.order_by().values_list("breakdown").annotate(Count("pk"))
    return dict([*areas, *groups])


def withheld_of(
    rows: Sequence[Observation],
    threshold: int,
    *,
    cumulative: bool = False,
    parts: Parts = MappingProxyType({}),
) -> frozenset[str]:
    """The keys of those of ``rows``, all of one indicator, that are not published.

    ``parts``: how many areas there are of a kind, and groups in a breakdown, told or not.
    An earlier figure of the same place is near the later one: with one of them go all.
    """
    counts = {_key(row): people_in(row.value) for row in rows}
    additions = list(
        dict.fromkeys(
            each
            for moment in _moments(rows)
            for each in (
                *_years(moment, cumulative=cumulative),
                *_areas(moment, parts),
                *_groups(moment, parts),
            )
        )
    )
    added = {key for each in additions for key in each.members}
    public = [_key(row) for row in rows if row.source_id is not None]
    already = {_key(row) for row in rows if row.withheld and _key(row) in added}
    while True:
        out = left_out(counts, additions, threshold, already=already, public=public)
        places = {place_of(row) for row in rows if _key(row) in out}
        beside = {_key(row) for row in rows if place_of(row) in places}
        if beside <= already | out:
            return out
        already |= beside


def _key(row: Observation) -> str:
    return str(row.pk)


def _moments(rows: Sequence[Observation]) -> Iterator[list[Observation]]:
    """What counted when nothing was more definite than this: figures that were told together."""
    for certainty in DEFINITE:
        told = [row for row in rows if rank(row.certainty) <= rank(certainty)]
        if any(row.certainty == certainty for row in told):
            yield standing(told)


def _area(row: Observation) -> int | None:
    """The part of the municipality; the municipality itself is no part of it."""
    whole = row.area is None or row.area.kind == AreaKind.MUNICIPALITY
    return None if whole else row.area_id


def _years(rows: Iterable[Observation], *, cumulative: bool) -> Iterator[Addition]:
    """A year is its two half-years. The newest of them is left out first: the others may have been
    published before."""
    held: dict[tuple[int | None, int | None, int], dict[int | None, list[str]]] = defaultdict(dict)
    for row in rows:
        if row.period.until is None:
            told = held[_area(row), row.group_id, row.period.year]
            told.setdefault(row.period.half, []).append(_key(row))
    for told in held.values():
        for (total, *parts), rest in year_sums(told, cumulative=cumulative):
            yield Addition(total, tuple(parts), (total, *reversed(parts)), rest)


def _areas(rows: Iterable[Observation], number: Parts) -> Iterator[Addition]:
    """The municipality is its areas, of each kind that was measured; for each group as well."""
    whole: dict[object, list[str]] = defaultdict(list)
    parts: dict[object, dict[str, dict[int, list[str]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for row in rows:
        about = (row.period, row.group_id)
        if row.area is None or row.area.kind == AreaKind.MUNICIPALITY:
            whole[about].append(_key(row))
        else:
            parts[about][row.area.kind][row.area.pk].append(_key(row))
    for held, kinds in parts.items():
        for kind, areas in kinds.items():
            yield from _sums(whole[held], areas, number.get(kind, 0))


def _groups(rows: Iterable[Observation], number: Parts) -> Iterator[Addition]:
    """Everybody is the groups of a breakdown in which everybody has one; in each area as well."""
    whole: dict[object, list[str]] = defaultdict(list)
    parts: dict[object, dict[int, dict[int, list[str]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for row in rows:
        about = (row.period, _area(row))
        if row.group is None:
            whole[about].append(_key(row))
        elif row.group.breakdown.is_partition:
            parts[about][row.group.breakdown_id][row.group.pk].append(_key(row))
    for held, breakdowns in parts.items():
        for breakdown, groups in breakdowns.items():
            yield from _sums(whole[held], groups, number.get(breakdown, 0))


def _sums(totals: Iterable[str], parts: dict[int, list[str]], number: int) -> Iterator[Addition]:
    """More than one source may have told a value: each way to add them up counts. Of the ``number``
    of parts that there are, those that nobody told yet are the rest."""
    for members in product(*(parts[part] for part in sorted(parts))):
        for total in totals:
            yield Addition(total, members, members, rest=len(parts) < number)
