"""Charts of measures and indicators; the monitor and the document draw the same."""

from __future__ import annotations

from agenda.story import Story, quantity
from core.charts import LineChart, Point
from core.values import ValueType


def measure_picture(measure: Story, number: int) -> LineChart | None:
    """The series of a measure with its targets; ``None`` when there is nothing to draw."""
    series = [row for row in measure["series"] if row["value"]["type"] != ValueType.TEXT]
    known = [row for row in series if row["present"]]
    if not known:
        return None
    targets = {row["period"]: quantity(row) for row in measure["targets"]}
    last = known[-1]
    unit = "%" if last["value"]["type"] == ValueType.PERCENTAGE else measure["unit"]
    if last["value"]["type"] == ValueType.AMOUNT:
        unit = "€"
    return LineChart(
        id=f"meting-{number}",
        finding=f"{measure['name']}: {last['display']} in {last['label']}",
        measured=measure["definition"] or measure["text"],
        points=[
            Point(
                label=row["period"],
                value=quantity(row),
                provisional=row["provisional"],
                target=targets.get(row["period"]),
                text=row["display"] if row["present"] else "",
                absence="" if row["present"] else row["display"],
            )
            for row in series
        ],
        unit=unit,
    )


def indicator_picture(indicator: Story) -> LineChart | None:
    """The observations of an indicator for the municipality as a whole, with the newest targets."""
    measure = indicator["measure"]
    series = [row for row in indicator["observations"] if not row["area"]]
    return measure_picture(
        {
            "name": indicator["name"],
            "text": indicator["name"],
            "definition": indicator["definition"],
            "unit": indicator["unit"],
            "series": series,
            "targets": measure["targets"] if measure else [],
        },
        1,
    )
