"""The figures of an edition as rows for a spreadsheet, from its frozen content."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from agenda.story import Story, cite, quantity
from agenda.tables import SERIES_HEADER, series_rows
from core.tables import CellValue
from monitor.constants import Verdict

Row = list[CellValue]

JUDGEMENT_HEADER = [
    "thema",
    "nummer",
    "doel",
    "doelstelling",
    "vorig oordeel",
    "oordeel",
    "ontwikkeling",
    "motivering",
    "bron",
]
MEASURE_HEADER = ["thema", "doel", *SERIES_HEADER]
MONEY_HEADER = [
    "soort",
    "partner",
    "onderdeel",
    "periode",
    "bedrag in euro",
    "zoals vermeld",
    "bron",
]
EXPERIENCE_HEADER = [
    "nummer",
    "onderwerp",
    "stelling",
    "gemeente in %",
    "referentiegroep in %",
    "eerder jaar",
    "eerder in %",
    "bron",
]


def _word(verdict: str | None) -> str:
    return str(Verdict(verdict).label) if verdict else ""


def judgement_rows(content: Story) -> Iterator[Row]:
    for goal in content["goals"]:
        yield [
            goal["theme_name"],
            goal["number"],
            goal["label"],
            goal["text"],
            _word(goal["previous"]),
            _word(goal["verdict"]),
            goal["movement_label"],
            goal["explanation"],
            cite(goal["source"]),
        ]


def measure_rows(theme: Story, goals: list[Story]) -> Iterator[Row]:
    """Observations, targets and baselines of the theme and of its goals."""
    for label, measures in [("", theme["measures"])] + [
        (goal["label"], goal["measures"]) for goal in goals
    ]:
        for row in series_rows(measures):
            yield [theme["name"], label, *row]


def money_rows(content: Story) -> Iterator[Row]:
    budget = content["money"]["budget"]
    for item in budget["items"] if budget else []:
        yield [
            "begroting",
            "",
            item["name"],
            str(budget["year"]),
            Decimal(item["amount"]),
            item["note"],
            cite(budget["source"]),
        ]
    for word, key in (("overeengekomen", "agreed"), ("besteed", "spent")):
        for row in content["money"]["amounts"][key]:
            yield [
                word,
                row["partner"],
                row["label"],
                row["period"],
                quantity(row),
                row["display"],
                cite(row["source"]),
            ]


def experience_rows(content: Story) -> Iterator[Row]:
    survey = content["experience"]
    for row in survey["statements"] if survey else []:
        yield [
            row["number"],
            row["topic"],
            row["text"],
            quantity(row["own"]),
            quantity(row["reference"]),
            row["earlier"]["year"] if row["earlier"] else None,
            quantity(row["earlier"]),
            cite(row["own"]["source"] if row["own"] else row["source"]),
        ]
