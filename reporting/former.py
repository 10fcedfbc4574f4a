"""What was reported before, to read beside the field and to see a jump."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contracts.terms import Series
from core.periods import Period
from core.values import Value
from reporting.models import KPIResult, Report

SHOWN = 2  # earlier periods beside a field
LOOKED_BACK = 8  # earlier reports that are looked through for them: four years of half-years


@dataclass(frozen=True)
class Former:
    """What a KPI was in an earlier period, as last handed in."""

    period: Period
    value: Value


def former_values(report: Report) -> dict[Series, list[Former]]:
    """Per series the last periods of the same length before this one, newest first. One query.

    Per indicator and reporter, not per KPI: one that an amendment words anew keeps its history.
    """
    earlier = (
        Report.objects.filter(
            contract=report.contract_id,
            kind=report.kind,
            period__lt=report.period.code,
            rounds__isnull=False,
        )
        .order_by("-period")
        .values("pk")
        .distinct()[:LOOKED_BACK]
    )
    rows = (
        KPIResult.objects.filter(round__report__in=earlier)
        .select_related("round__report", "kpi")
        .defer("round__payload")
        .order_by("-round__report__period", "-round__number")
    )
    found: dict[Series, list[Former]] = {}
    for row in rows:
        held = found.setdefault((row.kpi.indicator_id, row.kpi.member_id), [])
        period = row.round.report.period
        if len(held) < SHOWN and period not in [each.period for each in held]:
            held.append(Former(period, row.value))
    return found


def last_values(former: Mapping[Series, Sequence[Former]]) -> dict[Series, Value]:
    """Per series the last value that there was; a reason why there was none is passed over."""
    return {
        series: next(each.value for each in held if each.value.is_present)
        for series, held in former.items()
        if any(each.value.is_present for each in held)
    }
