"""What of a round is not published (docs/regels/kleine-aantallen.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import product
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch

from contracts.constants import SectionKind
from core.disclosure import Addition, is_small, left_out, masked, people_in
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
    for period, totals in by_period.items():
        if period.half is not None or period.until is not None:
            continue
        halves = (by_period.get(Period(period.year, half), []) for half in (1, 2))
        for members in product(totals, *halves):
            now = [_key(row) for row in members if row.round_id == made.pk]
            total, *parts = map(_key, members)
            yield Addition(total, tuple(parts), (*now, total, *reversed(parts)))


WITHHELD = Prefetch("results", KPIResult.objects.filter(withheld=True), to_attr="withheld_results")


def withheld_of(made: Round) -> frozenset[int]:
    """The KPIs of which the result is not published. ``made`` brings ``WITHHELD`` along."""
    rows: list[KPIResult] = made.withheld_results  # type: ignore[attr-defined]
    return frozenset(row.kpi_id for row in rows)


# -- the content of a round as the public reads it -----------------------------------------------
def published(content: Mapping[str, Any], withheld: Collection[int]) -> dict[str, Any]:
    """The content that a round froze, without what is not published.

    ``withheld`` are its KPIs of which the result is not. A number that stands under no indicator is
    left out when it is small itself, and so is a grade that few people gave. Complaints and
    incidents are no people.
    """
    return {
        **content,
        "sections": [
            {
                **section,
                "blocks": [_block(section["kind"], each, withheld) for each in section["blocks"]],
            }
            for section in content.get("sections", [])
        ],
    }


def _block(kind: str, block: dict[str, Any], withheld: Collection[int]) -> dict[str, Any]:
    kpi = block.get("kpi")
    if kpi is not None and kpi["id"] in withheld:
        value = masked(Value.from_json(kpi["value"]))
        hidden = {"value": value.to_json(), "achieved": None, "deviates": False, "words": ""}
        # Who misses a target has to explain it: that there is an explanation tells as much.
        hidden |= dict.fromkeys(EXPLAINED, "")
        rows = [row for row in _rows(block, {"value"}) if not row["key"].endswith(EXPLAINED)]
        return {**block, "kpi": {**kpi, **hidden}, "rows": rows}
    counted = Value.from_json(block["value"]) if "value" in block else None
    if counted is not None and is_small(people_in(counted), settings.SMALL_NUMBER_THRESHOLD):
        return {**block, "rows": _rows(block, {"value"})}
    if kind == SectionKind.CLIENT_EXPERIENCE:
        few = [grade for grade in GRADES if _counts_few(block, f"{grade}_number")]
        return {**block, "rows": _rows(block, {*few, *(f"{grade}_number" for grade in few)})}
    return block


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
