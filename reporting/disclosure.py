"""What of a round is not published (docs/regels/kleine-aantallen.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Prefetch

from contracts.constants import SectionKind
from core.disclosure import Addition, is_small, left_out, masked, people_in
from core.periods import Period
from core.values import Absence, InvalidValue, Value, ValueType, parse_number
from reporting.constants import ReportStatus
from reporting.models import KPIResult, Round
from reporting.sections import GRADES

TOO_SMALL = str(Absence.TOO_SMALL.label)


# -- results on indicators: decided when the round is accepted -----------------------------------
def decide(made: Round) -> None:
    """Decide which results of ``made`` are withheld. Call it in the transaction that accepts it.

    The other reports of the contract are public already, in their newest round: from a year and one
    half-year the other half-year follows. Two queries at most.
    """
    newest: dict[tuple[int, str], KPIResult] = {}
    results = (
        KPIResult.objects.filter(
            round__report__contract=made.report.contract_id,
            round__report__status=ReportStatus.ACCEPTED,
            kpi__indicator__counts_people=True,
        )
        .select_related("kpi", "round__report")
        .order_by("round__number")
    )
    for row in results:
        assert row.kpi.indicator_id is not None  # noqa: S101 - filtered above
        newest[row.kpi.indicator_id, row.round.report.period.code] = row
    series: dict[int, dict[str, KPIResult]] = defaultdict(dict)
    for (indicator, period), row in newest.items():
        series[indicator][period] = row
    withheld = [
        rows[period].pk
        for rows in series.values()
        for period in _left_out(rows, made)
        if rows[period].round_id == made.pk
    ]
    if withheld:
        KPIResult.objects.filter(pk__in=withheld).update(withheld=True)


def _left_out(rows: Mapping[str, KPIResult], made: Round) -> Collection[str]:
    return left_out(
        {period: people_in(row.value) for period, row in rows.items()},
        list(_years(rows, made.report.period.code)),
        settings.SMALL_NUMBER_THRESHOLD,
        already=[period for period, row in rows.items() if row.withheld],
    )


def _years(rows: Collection[str], now: str) -> Iterator[Addition]:
    """A year is its two half-years; what is published now is left out before what is already."""
    for code in rows:
        period = Period.parse(code)
        if period.half is None and period.until is None:
            first, second = (Period(period.year, half).code for half in (1, 2))
            yield Addition(code, (first, second), (now, code, second, first))


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
        return {**block, "kpi": {**kpi, **hidden}, "rows": _rows(block, {"value"})}
    if kind == SectionKind.NUMBERS and _counts_few(block, "value"):
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
    """Whether a field holds a small number of people; what is no number is none."""
    key = f"{block['prefix']}-{name}"
    text = next((row["text"] for row in block["rows"] if row["key"] == key), "")
    try:
        value = Value(ValueType.COUNT, number=parse_number(text)) if text else None
    except InvalidValue:
        return False
    return value is not None and is_small(people_in(value), settings.SMALL_NUMBER_THRESHOLD)
