"""The charts of the council document, from the frozen content. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from core.charts import (
    BarChart,
    BarRow,
    Category,
    FlowChart,
    FlowItem,
    LineChart,
    Point,
    ShareChart,
    ShareItem,
)
from core.values import format_number

Content = dict[str, Any]

VERDICT_ORDER = ("good", "neutral", "negative")
CATEGORIES = (
    Category("goed", "disc", "goed"),
    Category("neutraal", "square", "neutraal"),
    Category("negatief", "triangle", "negatief"),
)


def quantity(figure: Content | None) -> Decimal | None:
    """The number of a figure to draw or add up; ``None`` where there is none."""
    if figure is None or figure.get("quantity") is None:
        return None
    return Decimal(figure["quantity"])


def value_type(figure: Content) -> str:
    return str(figure["value"]["type"])


def unit_of(measure: Content, figures: Sequence[Content]) -> str:
    """The unit at the axis: "%" or "€" by the type of the values, or else the indicator's word."""
    types = {value_type(row) for row in figures if row["present"]}
    if types == {"percentage"}:
        return "%"
    if types == {"amount"}:
        return "€"
    return str(measure["unit"])


def flow(payload: Content) -> FlowChart | None:
    """How the verdicts moved; ``None`` without an earlier edition to compare with."""
    goals = payload["goals"]
    if payload["previous_year"] is None or not any(goal["previous"] for goal in goals):
        return None

    def place(code: str | None) -> int | None:
        return VERDICT_ORDER.index(code) if code else None

    year, before = str(payload["year"]), str(payload["previous_year"])
    return FlowChart(
        id="stroom",
        finding=f"Het oordeel over {len(goals)} doelen, van {before} naar {year}",
        measured="",
        categories=CATEGORIES,
        items=[FlowItem(place(goal["previous"]), place(goal["verdict"])) for goal in goals],
        before_name=before,
        after_name=year,
        absent_words="geen oordeel",
    )


def measure_chart(measure: Content, key: str) -> LineChart | None:
    """The series of a measure; ``None`` where fewer than two values can be drawn."""
    series = measure["series"]
    numbers = [number for row in series if (number := quantity(row)) is not None]
    types = {value_type(row) for row in series if quantity(row) is not None}
    if len(numbers) < 2 or len(types) != 1:
        return None
    targets = {
        row["label"]: number
        for row in measure["targets"]
        if (number := quantity(row)) is not None and value_type(row) in types
    }
    points = [
        Point(
            label=row["label"],
            value=quantity(row),
            provisional=row["provisional"],
            target=targets.get(row["label"]),
            text=row["display"] if row["value"].get("qualifier") else "",
            absence="" if row["present"] else row["display"],
        )
        for row in series
    ]
    unit = unit_of(measure, series)
    word = f", in {unit}" if unit and unit not in {"%", "€"} else ""
    return LineChart(
        id=f"lijn-{key}",
        finding=measure_finding(measure),
        measured=f"{measure['name']}{word}",
        points=points,
        unit=unit,
    )


def measure_finding(measure: Content) -> str:
    """The last two values of a series as a sentence; says whether that is better where agreed."""
    drawn = [row for row in measure["series"] if quantity(row) is not None]
    before, last = drawn[-2], drawn[-1]
    old, new = quantity(before), quantity(last)
    assert old is not None and new is not None  # noqa: S101 - chosen so above
    name = measure["text"] or measure["name"]
    shown = f"{last['display']} in {last['label']}"
    if new == old:
        return f"{name}: {shown}, gelijk aan {before['label']}"
    word = "hoger" if new > old else "lager"
    better = {"up": new > old, "at_least": new > old, "down": new < old, "at_most": new < old}
    judged = ""
    if measure["direction"] in better:
        judged = "; dat is beter" if better[measure["direction"]] else "; dat is minder goed"
    return f"{name}: {shown}, {word} dan in {before['label']}{judged}"


def experience(survey: Content) -> BarChart | None:
    """Percentages of the survey against the reference group; ``None`` where there are none."""
    rows = [
        row
        for row in survey["statements"]
        if row["own"] and row["own"]["present"] and value_type(row["own"]) == "percentage"
    ]
    if not rows:
        return None

    def comparable(figure: Content | None) -> Decimal | None:
        return quantity(figure) if figure and value_type(figure) == "percentage" else None

    return BarChart(
        id="ervaring",
        finding=experience_finding(rows),
        measured=f"{survey['name']}: deel van de cliënten, in procenten",
        rows=[
            BarRow(
                label=row["topic"],
                value=quantity(row["own"]),
                reference=comparable(row["reference"]),
                previous=comparable(row["earlier"]),
                text=row["own"]["display"],
            )
            for row in rows
        ],
        unit="%",
        value_name=f"gemeente {survey['year']}",
        reference_name="referentiegroep",
        previous_name="eerder",
    )


def experience_finding(statements: Sequence[Content]) -> str:
    """How often the municipality stands at or over its reference group."""
    pairs = [
        (quantity(row["own"]), quantity(row["reference"]), row["direction"])
        for row in statements
        if quantity(row["own"]) is not None and quantity(row["reference"]) is not None
    ]
    if not pairs:
        return "Zo ervaren cliënten de hulp; er is geen referentiegroep om mee te vergelijken"
    better = sum(
        own is not None and reference is not None and (own <= reference if down else own >= reference)
        for own, reference, direction in pairs
        for down in [direction == "down"]
    )
    return (
        f"Bij {better} van de {len(pairs)} vragen scoort de gemeente "
        "gelijk aan of beter dan de referentiegroep"
    )


def budget_shares(budget: Content) -> ShareChart:
    total, custom = Decimal(budget["computed_total"]), Decimal(budget["custom_care_total"])
    share = format_number(custom / total * 100, 0) if total else "0"
    return ShareChart(
        id="begroting",
        finding=f"Van de begroting {budget['year']} is {share}% voor maatwerkvoorzieningen",
        measured=f"{budget['title']}, bedragen in euro",
        items=[
            ShareItem(item["name"], Decimal(item["amount"]), marked=item["custom_care"])
            for item in budget["items"]
        ],
        plain_name="andere posten",
        marked_name="maatwerkvoorziening",
        total_name="samen",
    )
