"""The figures of an edition as rows for a spreadsheet, from its frozen content."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from agenda.story import Story, cite, plain, quantity
from agenda.tables import SERIES_HEADER, series_rows
from core.tables import CellValue
from core.values import format_euro
from monitor.constants import Verdict
from monitor.national import national_figures

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
    "opdracht",
    "onderdeel",
    "periode",
    "bedrag in euro",
    "zoals vermeld",
    "opmerking",
    "bron",
]
EXPERIENCE_HEADER = [
    "nummer",
    "onderwerp",
    "stelling",
    "antwoord",
    "wie antwoordde",
    "jaar van het onderzoek",
    "gemeente in %",
    "referentiegroep in %",
    "eerder jaar",
    "eerder in %",
    "opmerking",
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
    """Budget with its sum, then what was agreed and what was spent; these are not to be added up.

    The amount is a number, as far as there is one; beside it stands how the source writes it.
    """
    budget = content["money"]["budget"]
    if budget:
        yield from _budget_rows(budget)
    amounts = content["money"]["amounts"]
    for row in amounts["agreed"]:
        yield _amount_row("overeengekomen", row, row["contract"], row["when"])
    for row in amounts["spent"]:
        yield _amount_row("besteed", row, row["report"], row["period"])


def _budget_rows(budget: Story) -> Iterator[Row]:
    year, source = str(budget["year"]), cite(budget["source"])

    def line(kind: str, name: str, amount: str, note: str) -> Row:
        number = Decimal(plain(Decimal(amount)))
        return [kind, "", "", name, year, number, format_euro(number), note, source]

    for item in budget["items"]:
        posts = ", ".join(
            post["name"] + (" (niet Wmo)" if post["outside_wmo"] else "") for post in item["posts"]
        )
        yield line(
            "begroting",
            item["name"],
            item["amount"],
            " Posten: ".join(filter(None, [item["note"], posts])),
        )
    yield line("begroting, som", "Samen, nageteld", budget["computed_total"], budget["note"])
    if budget["stated_total"] is not None:
        stated = "gelijk aan de som" if budget["sum_is_right"] else "wijkt af van de som"
        yield line("begroting, som", "Totaal volgens de bron", budget["stated_total"], stated)
    yield from _national_rows(budget)


def _national_rows(budget: Story) -> Iterator[Row]:
    """What all municipalities together spend and receive; without a year, as none is recorded."""
    national = national_figures(budget)
    for row in national["rows"] if national else []:
        for kind, amount in (("uitgaven", row["spending"]), ("inkomsten", row["income"])):
            if amount is not None:
                number = Decimal(plain(amount))
                told = [f"landelijk, {kind}", "", "", row["name"], "", number, format_euro(number)]
                yield [*told, "", budget.get("national_note", "")]


def _amount_row(kind: str, row: Story, what: str, when: str) -> Row:
    outside = "niet Wmo" if row.get("outside_wmo") else ""
    return [
        kind,
        row["partner"],
        what,
        row["label"],
        when,
        quantity(row),
        row["display"],
        "; ".join(filter(None, [outside, row["note"]])),
        cite(row["source"]),
    ]


def experience_rows(content: Story) -> Iterator[Row]:
    survey = content["experience"]
    for row in survey["statements"] if survey else []:
        yield [
            row["number"],
            row["topic"],
            row["text"],
            row["scale"],
            row["base"],
            survey["year"],
            quantity(row["own"]),
            quantity(row["reference"]),
            row["earlier"]["year"] if row["earlier"] else None,
            quantity(row["earlier"]),
            row["note"],
            cite(row["own"]["source"] if row["own"] else row["source"]),
        ]
