"""The figures of an edition as rows for a spreadsheet, from its frozen content."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from agenda.story import Story
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
MEASURE_HEADER = ["thema", "doel", "nummer", "meting", "periode", "soort", "waarde", "toelichting"]
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
]


def cite(source: Story) -> str:
    """A source as text: title and place in it."""
    return ", ".join(filter(None, [source.get("title", ""), source.get("locator", "")]))


def _word(verdict: str | None) -> str:
    return str(Verdict(verdict).label) if verdict else ""


def _number(figure: Story | None) -> CellValue:
    return None if figure is None or figure["quantity"] is None else Decimal(figure["quantity"])


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
    """Observations, targets and baselines; a measure without any gets one row that says so."""
    held = [("", measure) for measure in theme["measures"]]
    held += [(goal["label"], measure) for goal in goals for measure in goal["measures"]]
    for label, measure in held:
        start: Row = [theme["name"], label, measure["number"], measure["text"]]
        kinds = [("meetwaarde", "series"), ("streefwaarde", "targets"), ("nulmeting", "baselines")]
        rows = [(word, row) for word, key in kinds for row in measure[key]]
        for word, row in rows:
            yield [*start, row["period"], word, _number(row), row["display"]]
        if not rows:
            yield [*start, "", "", None, "geen waarde in de bron"]


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
                _number(row),
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
            _number(row["own"]),
            _number(row["reference"]),
            row["earlier"]["year"] if row["earlier"] else None,
            _number(row["earlier"]),
        ]
