"""What is known of one goal in one edition, for the desk and for the suggestion."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch, Q

from agenda.constants import TargetKind
from agenda.meanings import break_between, breaks_of, meaning_in
from agenda.models import Goal, Measure, Observation, Target
from agenda.progress import due_target
from agenda.series import of_whole
from core.periods import Period
from monitor.models import Monitor
from monitor.suggestion import MeasureEvidence, Reading


def measures_of(goal: Goal) -> tuple[list[Measure], list[Measure]]:
    """The measures of ``goal`` and of its theme, ready for ``measure_story``. Four queries."""
    rows = (
        Measure.objects.filter(Q(goal=goal) | Q(theme=goal.theme_id))
        .select_related("indicator", "source")
        .prefetch_related(
            Prefetch("targets", Target.objects.select_related("source")),
            Prefetch("indicator__observations", Observation.objects.select_related("source")),
            "indicator__versions",
        )
        .order_by("order", "pk")
    )
    return [row for row in rows if row.goal_id], [row for row in rows if not row.goal_id]


def measure_evidence(measure: Measure, monitor: Monitor) -> MeasureEvidence:
    """What ``measure`` says at the end of the edition's period; needs the prefetched relations."""
    by_period: dict[Period, list[Observation]] = {}
    for row in of_whole(measure.indicator.observations.all()):
        if row.period.end <= monitor.period.end:
            by_period.setdefault(row.period, []).append(row)
    periods = sorted(by_period, key=lambda period: period.moment)
    newest_period = periods[-1] if periods else None
    newest, missing = _agreed(by_period[newest_period]) if newest_period else (None, "")
    indicator = measure.indicator
    breaks = breaks_of(indicator)
    before, target, broken = None, None, ""
    if newest is not None and newest_period is not None:
        alike = [p for p in periods[:-1] if _same_kind(p, newest_period)]
        for period in reversed(alike):
            before, _ = _agreed(by_period[period])
            if before is not None:
                crossed = break_between(breaks, period, newest_period)
                before, broken = (None, crossed.words) if crossed else (before, "")
                break
    if newest_period is not None:
        meaning = meaning_in([held.since for held in breaks], newest_period)
        aims = list(measure.targets.all())
        target = _due_target([row for row in aims if row.meaning == meaning], newest_period)
        if target is None and _due_target(aims, newest_period) is not None:
            broken = broken or "de streefwaarde is afgesproken onder een andere definitie"
    return MeasureEvidence(
        name=indicator.name,
        direction=indicator.direction,
        newest=newest,
        before=before,
        target=_reading(target) if target else None,
        is_due=bool(target and newest_period and target.period.end <= newest_period.end),
        band=indicator.band,
        missing=missing,
        broken=broken,
    )


def _same_kind(one: Period, other: Period) -> bool:
    """A year beside a year, and a first half beside a first half."""
    return one.half == other.half and (one.until is None) == (other.until is None)


def _agreed(rows: list[Observation]) -> tuple[Reading | None, str]:
    """The one number that ``rows`` of a period give, or why there is none."""
    known = [row for row in rows if row.value.quantity is not None]
    if not known:
        first = rows[0]
        words = "een tekst, geen getal" if first.value.is_present else first.value.display()
        return None, f"geen waarde over {first.period.label} ({words})"
    if len({row.value.quantity for row in known}) > 1:
        return None, f"de bronnen spreken elkaar tegen over {known[0].period.label}"
    return _reading(known[0]), ""


def _reading(row: Observation | Target) -> Reading | None:
    number = row.value.quantity
    return None if number is None else Reading(number, row.period.label, row.value.display())


def _due_target(targets: Iterable[Target], period: Period) -> Target | None:
    """The target that ``period`` is held against, of those that are a number."""
    known = [
        (row.period, row)
        for row in targets
        if row.kind == TargetKind.TARGET and row.value.quantity is not None
    ]
    return due_target(known, period)
