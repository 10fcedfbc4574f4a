"""Charts of measures and indicators; the monitor and the document draw the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agenda.constants import TargetKind
from agenda.meanings import breaks_of, meaning_in
from agenda.models import Indicator
from agenda.reading import observation_stories
from agenda.series import NOT_FINAL, of_whole
from agenda.story import Story, break_story, measure_story, quantity
from core.charts import LineChart, Point, SparkChart
from core.periods import Period
from core.values import ValueType

UNITS = {ValueType.PERCENTAGE: "%", ValueType.AMOUNT: "€"}


def measure_picture(measure: Story, number: int, agreed: Sequence[Story] = ()) -> LineChart | None:
    """The series of a measure with its targets; ``None`` when there is nothing to draw.

    Where the indicator came to mean something else the line breaks. Figures in another unit than
    the newest have no place on its axis: they are left out, and that is said. A frozen edition from
    before there were breaks has none. ``agreed`` are rows for periods that the series has not.
    """
    series = [row for row in measure["series"] if row["value"]["type"] != ValueType.TEXT]
    known = [row for row in series if row["present"]]
    if not known:
        return None
    breaks = measure.get("breaks", [])
    targets = {(row["period"], row.get("meaning", 0)): quantity(row) for row in measure["targets"]}
    last = known[-1]
    first = _first_in_unit(measure, last)
    kept = [row for row in (*series, *agreed) if row.get("meaning", 0) >= first]
    kept.sort(key=lambda row: Period.parse(row["period"]).moment)
    unit = UNITS.get(last["value"]["type"], _units(measure)[last.get("meaning", 0)])
    points, meaning = [], kept[0].get("meaning", 0)
    for row in kept:
        held = row.get("meaning", 0)
        points.append(
            Point(
                label=row["period"],
                value=quantity(row),
                provisional=row["provisional"],
                target=targets.get((row["period"], held)),
                text=row["display"] if row["present"] else "",
                absence="" if row["present"] else row["display"],
                since=breaks[held - 1]["words"] if held > meaning else "",
            )
        )
        meaning = held
    return LineChart(
        id=f"meting-{number}",
        finding=f"{measure['name']}: {last['display']} in {last['label']}",
        measured=measure["definition"] or measure["text"],
        points=points,
        unit=unit,
        remarks=_remarks(
            breaks,
            {point.since for point in points},
            left_out=any(row.get("meaning", 0) < first for row in series),
        ),
    )


def _units(measure: Story) -> list[str]:
    """The unit of each meaning, by its number."""
    return [*(held["unit"] for held in measure.get("breaks", [])), measure["unit"]]


def _first_in_unit(measure: Story, last: Story) -> int:
    """The number of the earliest meaning from which on all is in the unit of the value ``last``.

    A percentage and an amount have a unit of their own, whatever a passport of before wrote there.
    """
    if last["value"]["type"] in UNITS:
        return 0
    units = _units(measure)
    first: int = last.get("meaning", 0)
    while first > 0 and units[first - 1] == units[first]:
        first -= 1
    return first


def _remarks(breaks: list[Story], shown: set[str], *, left_out: bool) -> list[str]:
    told = [
        f"Vanaf {held['label']} geldt een andere definitie; de cijfers ervoor zijn daarmee niet "
        f"vergelijkbaar. Reden: {held['reason']}"
        for held in breaks
        if held["words"] in shown
    ]
    if left_out:
        told.append("Eerdere cijfers hebben een andere eenheid en staan alleen in de tabel.")
    return told


def indicator_picture(indicator: Story) -> LineChart | None:
    """What counts for the municipality as a whole, with the newest baseline and targets."""
    measure = indicator["measure"]
    series = [
        row
        for row in indicator["observations"]
        if row["counts"] and not row["area"] and not row["group"]
    ]
    chart = measure_picture(
        {
            "name": indicator["name"],
            "text": indicator["name"],
            "definition": indicator["definition"],
            "unit": indicator["unit"],
            "breaks": indicator["breaks"],
            "series": series,
            "targets": measure["targets"] if measure else [],
        },
        1,
        _agreed(measure, series, indicator["breaks"]) if measure else (),
    )
    told = _baselines(measure) if measure else []
    if chart is None or not told:
        return chart
    return replace(chart, measured=" ".join([f"{chart.measured.rstrip('.')}.", *told]))


def _agreed(measure: Story, series: list[Story], breaks: list[Story]) -> list[Story]:
    """The baseline as a value, and targets for periods without one.

    What was agreed under another meaning than that of its period has no place on the line.
    """
    filled = {row["period"] for row in series}
    starts = [Period.parse(held["since"]) for held in breaks]
    unknown = {"quantity": None, "present": False, "display": "nog geen waarde"}
    placed: list[Story] = []
    told = [(row, row) for row in measure["baselines"]]
    told += [(row, {**row, **unknown}) for row in measure["targets"]]
    for row, shown in told:
        fits = row["meaning"] == meaning_in(starts, Period.parse(row["period"]))
        if row["present"] and fits and row["period"] not in filled:
            filled.add(row["period"])
            placed.append({**shown, "provisional": False})
    return placed


def _baselines(measure: Story) -> list[str]:
    """What is said of them, also of one that is drawn as a value."""
    return [
        f"Nulmeting: {row['display']} in {row['label']}"
        + (", volgens een andere definitie." if row["broken"] else ".")
        for row in measure["baselines"]
        if row["present"]
    ]


def managed_picture(indicator: Indicator) -> LineChart | None:
    """The same for officers: with what is withheld, and a draft agenda's targets. Five queries."""
    measure = indicator.measures.prefetch_related(
        "targets", "indicator__observations", "indicator__versions"
    ).last()
    return indicator_picture(
        {
            "name": indicator.name,
            "definition": indicator.definition,
            "unit": indicator.unit,
            "breaks": [break_story(held) for held in breaks_of(indicator)],
            "observations": observation_stories(indicator, whole=True),
            "measure": measure_story(measure, whole=True) if measure else {},
        }
    )


def small_picture(indicator: Indicator) -> SparkChart | None:
    """The last values of ``indicator`` beside its name; needs ``with_figures``.

    For officers: what is withheld from the public is in it. There is no room to say where the
    series breaks: only what may stand beside the newest value is drawn.
    """
    rows = sorted(of_whole(indicator.observations.all()), key=lambda row: row.period.moment)
    known = [row for row in rows if row.value.quantity is not None]
    if not known:
        return None
    last = known[-1]
    starts = [held.since for held in breaks_of(indicator)]
    meaning = meaning_in(starts, last.period)
    rows = [row for row in rows if meaning_in(starts, row.period) == meaning]
    targets = {
        row.period: row.value.quantity
        for measure in indicator.measures.all()
        for row in measure.targets.all()
        if row.kind == TargetKind.TARGET and row.meaning == meaning
    }
    return SparkChart(
        id=f"reeks-{indicator.pk}",
        finding=f"{indicator.name}: {last.value} in {last.period.label}",
        points=[
            Point(
                label=row.period.code,
                value=row.value.quantity,
                provisional=row.certainty in NOT_FINAL,
                target=targets.get(row.period),
                text=str(row.value) if row.value.is_present else "",
                absence="" if row.value.is_present else str(row.value),
            )
            for row in rows
        ],
        unit=UNITS.get(ValueType(indicator.value_type), ""),
    )
