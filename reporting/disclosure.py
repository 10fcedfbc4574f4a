"""What of a round is not published (docs/regels/kleine-aantallen.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch

from contracts.constants import SectionKind
from core.disclosure import (
    Addition,
    is_small,
    left_out,
    left_out_unnamed,
    masked,
    people_in,
    year_sums,
)
from core.periods import Period
from core.values import Absence, InvalidValue, Value, ValueType, parse_number
from reporting.constants import ReportStatus
from reporting.models import KPIResult, ReportEvent, Round
from reporting.sections import GRADES

EXPLAINED = ("explanation", "improvement")
TOO_SMALL = str(Absence.TOO_SMALL.label)


# -- results on indicators: decided when the round is accepted -----------------------------------
def decide(made: Round) -> None:
    """Decide which results of ``made`` are withheld. Call it in the transaction that accepts it.

    Every round that was ever accepted stays public, also of a report that was opened again: from a
    year and one half-year the other half-year follows. Two queries at most.
    """
    accepted = ReportEvent.objects.filter(round=OuterRef("round"), to_status=ReportStatus.ACCEPTED)
    series: dict[int, list[KPIResult]] = defaultdict(list)
    for row in (
        KPIResult.objects.filter(
            Exists(accepted),
            round__report__contract=made.report.contract_id,
            kpi__indicator__counts_people=True,
        )
        .select_related("kpi", "round__report")
        .order_by("pk")
    ):
        assert row.kpi.indicator_id is not None  # noqa: S101 - filtered above
        series[row.kpi.indicator_id].append(row)
    withheld = [
        row.pk
        for rows in series.values()
        for row in _left_out(rows, made)
        if row.round_id == made.pk
    ]
    if withheld:
        KPIResult.objects.filter(pk__in=withheld).update(withheld=True)


def _left_out(rows: list[KPIResult], made: Round) -> list[KPIResult]:
    out = left_out(
        {_key(row): people_in(row.value) for row in rows},
        list(_years(rows, made)),
        settings.SMALL_NUMBER_THRESHOLD,
        already=[_key(row) for row in rows if row.withheld],
    )
    return [row for row in rows if _key(row) in out]


def _key(row: KPIResult) -> str:
    return str(row.pk)


def _years(rows: list[KPIResult], made: Round) -> Iterator[Addition]:
    """A year is its two half-years, whichever rounds told them; what is published now is left out
    before what is already."""
    by_period: dict[Period, list[KPIResult]] = defaultdict(list)
    for row in rows:
        by_period[row.round.report.period].append(row)
    for year in {period.year for period in by_period if period.until is None}:
        held = {half: by_period.get(Period(year, half), []) for half in (None, 1, 2)}
        for members, rest in year_sums(held, cumulative=rows[0].kpi.indicator.is_cumulative):
            now = [_key(row) for row in members if row.round_id == made.pk]
            total, *parts = map(_key, members)
            yield Addition(total, tuple(parts), (*now, total, *reversed(parts)), rest)


WITHHELD = Prefetch("results", KPIResult.objects.filter(withheld=True), to_attr="withheld_results")


def withheld_of(made: Round) -> frozenset[int]:
    """The KPIs of which the result is not published. ``made`` brings ``WITHHELD`` along."""
    rows: list[KPIResult] = made.withheld_results  # type: ignore[attr-defined]
    return frozenset(row.kpi_id for row in rows)


# -- the content of a round as the public reads it -----------------------------------------------
def published(content: Mapping[str, Any], withheld: Collection[int]) -> dict[str, Any]:
    """The content that a round froze, without what is not published.

    ``withheld`` are its KPIs of which the result is not. Numbers that stand under no indicator are
    left out when they are small, with others of their section that would give them away; a grade
    is, when few people gave it. Complaints and incidents are no people.
    """
    sections = [
        {**section, "blocks": list(_blocks(section, withheld))}
        for section in content.get("sections", [])
    ]
    return {**content, "sections": sections}


def _blocks(section: Mapping[str, Any], withheld: Collection[int]) -> Iterator[dict[str, Any]]:
    blocks = section["blocks"]
    loose = {
        block["prefix"]: people_in(Value.from_json(block["value"]))
        for block in blocks
        if "value" in block and not block.get("kpi")
    }
    out = left_out_unnamed(loose, settings.SMALL_NUMBER_THRESHOLD)
    for block in blocks:
        kpi = block.get("kpi")
        if kpi is not None and kpi["id"] in withheld:
            yield _without_result(block)
        elif block["prefix"] in out:
            yield {**block, "rows": _rows(block, {"value"})}
        elif section["kind"] == SectionKind.CLIENT_EXPERIENCE:
            few = [grade for grade in GRADES if _counts_few(block, f"{grade}_number")]
            names = {*few, *(f"{grade}_number" for grade in few)}
            yield {**block, "rows": _rows(block, names)}
        else:
            yield block


def _without_result(block: dict[str, Any]) -> dict[str, Any]:
    kpi = block["kpi"]
    value = masked(Value.from_json(kpi["value"]))
    hidden = {"value": value.to_json(), "achieved": None, "deviates": False, "words": ""}
    # Who misses a target has to explain it: that there is an explanation tells as much.
    hidden |= dict.fromkeys(EXPLAINED, "")
    rows = [row for row in _rows(block, {"value"}) if not row["key"].endswith(EXPLAINED)]
    return {**block, "kpi": {**kpi, **hidden}, "rows": rows}


def _rows(block: dict[str, Any], names: Collection[str]) -> list[dict[str, Any]]:
    start = len(block["prefix"]) + 1
    return [
        {**row, "text": TOO_SMALL} if row["key"][start:] in names else row for row in block["rows"]
    ]


def _counts_few(block: dict[str, Any], name: str) -> bool:
    """Whether a field that holds a plain number holds a small one of people."""
    key = f"{block['prefix']}-{name}"
    text = next((row["text"] for row in block["rows"] if row["key"] == key), "")
    try:
        value = Value(ValueType.COUNT, number=parse_number(text)) if text else None
    except InvalidValue:
        return False
    return value is not None and is_small(people_in(value), settings.SMALL_NUMBER_THRESHOLD)
