"""Charts of an edition, made from its frozen content; the web and the document draw the same."""

from __future__ import annotations

from decimal import Decimal

from agenda.pictures import measure_picture
from agenda.story import Story, quantity
from core.charts import (
    BarChart,
    BarRow,
    Category,
    FlowChart,
    FlowItem,
    ShareChart,
    ShareItem,
)
from core.values import Value, format_euro
from monitor.constants import Verdict
from monitor.finding import number_word, sentence

__all__ = [
    "budget_picture",
    "experience_picture",
    "flow_picture",
    "measure_picture",
    "quantity",
]

CATEGORIES = (
    Category("goed", "disc", "goed"),
    Category("neutraal", "square", "neutraal"),
    Category("negatief", "triangle", "negatief"),
)
PLACE = {Verdict.GOOD.value: 0, Verdict.NEUTRAL.value: 1, Verdict.NEGATIVE.value: 2}


def flow_picture(content: Story) -> FlowChart | None:
    """How the goals moved since the edition before; ``None`` when there is none to compare."""
    if not content["previous_year"] or not content["goals"]:
        return None
    total = content["counts"]["total"]
    return FlowChart(
        id="verloop",
        finding=(
            f"{sentence(number_word(total)) if total <= 12 else total} doelen, "
            f"van {content['previous_year']} naar {content['year']}"
        ),
        measured="Oordeel per doel; elk teken is één doel.",
        categories=CATEGORIES,
        items=[
            FlowItem(
                before=PLACE[goal["previous"]] if goal["previous"] else None,
                after=PLACE[goal["verdict"]] if goal["verdict"] else None,
            )
            for goal in content["goals"]
        ],
        before_name=str(content["previous_year"]),
        after_name=str(content["year"]),
        absent_words="geen oordeel",
    )


def experience_picture(survey: Story) -> BarChart:
    """What clients say, against the reference group and an earlier year."""
    rows = survey["statements"]
    return BarChart(
        id="clientervaring",
        finding=_compared(rows),
        measured=f"Aandeel cliënten, in procenten, {survey['year']}",
        rows=[
            BarRow(
                label=row["text"],
                value=quantity(row["own"]),
                reference=quantity(row["reference"]),
                previous=quantity(row["earlier"]),
                text=row["own"]["display"] if row["own"] else "",
                absence="" if quantity(row["own"]) is not None else "staat niet in de bron",
            )
            for row in rows
        ],
        unit="%",
        value_name="gemeente",
        label_name="Stelling",
    )


def _compared(rows: list[Story]) -> str:
    """How many statements turn out better than with the reference group, how many equal, and how
    many worse."""
    pairs = [
        (row, quantity(row["own"]), quantity(row["reference"]))
        for row in rows
        if row["own"] is not None and quantity(row["reference"]) is not None
    ]
    better = sum(_leads(row) > 0 for row, _own, _reference in pairs)
    same = sum(own == reference for _row, own, reference in pairs)
    worse = sum(_leads(row) < 0 for row, _own, _reference in pairs)
    told = (
        f"Op {number_word(better)} van de {number_word(len(pairs))} vergeleken stellingen "
        "is de uitkomst gunstiger dan bij de referentiegroep"
    )
    rest = [f"op {number_word(same)} gelijk"] if same else []
    rest += [f"op {number_word(worse)} ongunstiger"] if worse else []
    return ", ".join([told, " en ".join(rest)]) if rest else told


def _leads(row: Story) -> int:
    """1 where the municipality does better than the reference group, -1 worse, else 0."""
    own, reference = quantity(row["own"]), quantity(row["reference"])
    if own is None or reference is None or own == reference or not row["direction"]:
        return 0
    higher = own > reference
    return 1 if higher == (row["direction"] in ("up", "at_least")) else -1


def budget_picture(budget: Story) -> ShareChart:
    """The budget of the municipality by part; tailored care is set apart."""
    total = Decimal(budget["computed_total"])
    custom = Decimal(budget["custom_care_total"])
    return ShareChart(
        id="begroting",
        finding=(
            f"Van {format_euro(total)} gaat {format_euro(total - custom)} naar algemene "
            f"voorzieningen en {format_euro(custom)} naar maatwerk"
        ),
        measured=f"Begroting {budget['year']}, in euro",
        items=[
            ShareItem(
                label=item["name"],
                amount=Decimal(item["amount"]),
                marked=item["custom_care"],
                text=Value.amount(Decimal(item["amount"])).display(),
            )
            for item in budget["items"]
        ],
        plain_name="algemene voorziening",
        marked_name="maatwerk",
    )
