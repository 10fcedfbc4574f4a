"""Figures of measures and indicators as rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from agenda.framework import FORMER
from agenda.story import Story, cite, quantity
from core.tables import CellValue

Row = list[CellValue]

SERIES_HEADER = ("nummer", "meting", "periode", "soort", "waarde", "zoals vermeld", "bron")
OBSERVATION_HEADER = (
    "periode",
    "gebied",
    "uitsplitsing",
    "groep",
    "waarde",
    "zoals vermeld",
    "status",
    "telt",
    "opgehaald op",
    "opmerking",
    "bron",
)
OBSERVATION_WIDTHS = (12, 20, 20, 24, 14, 26, 16, 14, 14, 40, 40)
KINDS = (("meetwaarde", "series"), ("streefwaarde", "targets"), ("nulmeting", "baselines"))


def series_rows(measures: Iterable[Story]) -> Iterator[Row]:
    """Observations, targets and baselines; a measure without any gets one row that says so."""
    for measure in measures:
        start: Row = [measure["number"], measure["text"]]
        held = [(word, row) for word, key in KINDS for row in measure[key]]
        for word, row in held:
            source = cite(row.get("source", {}))
            yield [*start, row["period"], word, quantity(row), row["display"], source]
        if not held:
            yield [*start, "", "", None, "geen waarde in de bron", cite(measure["source"])]


def observation_rows(observations: Iterable[Story]) -> Iterator[Row]:
    for row in observations:
        yield [
            row["period"],
            row["area"],
            row["breakdown"],
            row["group"],
            quantity(row),
            row["display"],
            row["certainty"],
            "ja" if row["counts"] else "nee, vervangen",
            row["retrieved_on"],
            "; ".join(filter(None, [FORMER if row["former"] else "", row["note"]])),
            cite(row["source"]),
        ]
