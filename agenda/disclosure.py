"""Which observations of an indicator are not published (docs/regels/kleine-aantallen.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product

from django.conf import settings

from agenda.constants import AreaKind
from agenda.models import Indicator, Observation
from core.disclosure import Addition, left_out, people_in
from core.periods import Period


def decide(indicator: Indicator) -> None:
    """Decide which observations of ``indicator`` are withheld. Two queries; call it in the
    transaction that wrote one of them.

    What was withheld stays so while it is part of an addition; alone, a corrected value shows. What
    comes from a source can be read there, and stays public.
    """
    rows = list(indicator.observations.select_related("area"))
    out: frozenset[str] = frozenset()
    if indicator.counts_people:
        additions = [*_years(rows), *_areas(rows)]
        added = {key for each in additions for key in each.members}
        out = left_out(
            {_key(row): people_in(row.value) for row in rows},
            additions,
            settings.SMALL_NUMBER_THRESHOLD,
            already=[_key(row) for row in rows if row.withheld and _key(row) in added],
            public=[_key(row) for row in rows if row.source_id is not None],
        )
    for withheld in (True, False):
        changed = [
            row.pk for row in rows if row.withheld != withheld and (_key(row) in out) == withheld
        ]
        if changed:
            Observation.objects.filter(pk__in=changed).update(withheld=withheld)


def _key(row: Observation) -> str:
    return str(row.pk)


def _years(rows: Iterable[Observation]) -> Iterator[Addition]:
    """A year is its two half-years. The newest of them is left out first: the others may have been
    published before."""
    held: dict[tuple[int | None, Period], list[str]] = defaultdict(list)
    for row in rows:
        held[row.area_id, row.period].append(_key(row))
    for (area, period), totals in held.items():
        if period.half is not None or period.until is not None:
            continue
        first, second = (held.get((area, Period(period.year, half)), []) for half in (1, 2))
        for total, one, two in product(totals, first, second):
            yield Addition(total, (one, two), (total, two, one))


def _areas(rows: Iterable[Observation]) -> Iterator[Addition]:
    """The municipality is its areas, of each kind that was measured."""
    whole: dict[Period, list[str]] = defaultdict(list)
    parts: dict[tuple[Period, str], dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.area is None or row.area.kind == AreaKind.MUNICIPALITY:
            whole[row.period].append(_key(row))
        else:
            parts[row.period, row.area.kind][row.area.pk].append(_key(row))
    for (period, _), areas in parts.items():
        # More than one source may have told a value: each way to add them up counts.
        for members in product(*(areas[area] for area in sorted(areas))):
            for total in whole[period]:
                yield Addition(total, members, members)
