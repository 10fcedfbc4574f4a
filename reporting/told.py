"""What a round told, in the same shape as a report from a source document (reporting/story.py).

Everything comes from the payload that the round froze; pages, document and open data show it alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any

from agenda.story import Story, plain, value_story
from contracts.constants import SectionKind
from core.values import (
    DECIMALS,
    Absence,
    InvalidValue,
    Value,
    ValueType,
    format_euro,
    parse_number,
)
from reporting.disclosure import TOO_SMALL, published
from reporting.models import Report, Round
from reporting.reading import as_euro, content_of
from reporting.sections import GRADES

# Sections that are told in sentences, in the order in which a reader wants them.
SENTENCES = (
    SectionKind.RESULTS,
    SectionKind.GOES_WELL,
    SectionKind.GOES_LESS_WELL,
    SectionKind.BOTTLENECKS,
    SectionKind.TRENDS,
    SectionKind.COOPERATION,
    SectionKind.CLIENT_EXPERIENCE,
)


def told(report: Report, made: Round, withheld: Collection[int] = ()) -> Story:
    """The content of ``made`` as the public reads it: without the results on the KPIs ``withheld``.

    No queries when ``report`` has its contract and partner.
    """
    content = published(content_of(made), withheld)
    blocks: dict[str, list[Story]] = {
        section["kind"]: section["blocks"] for section in content["sections"]
    }
    source = source_of(report, made)
    results = [_result(block) for block in blocks.get(SectionKind.KPI_SCORES, [])]
    judged = [row["achieved"] for row in results if row["achieved"] is not None]
    return {
        "round": made.number,
        "results": results,
        "kpis_achieved": sum(judged) if judged else None,
        "kpis_total": len(judged) if judged else None,
        "figures": [
            *_numbers(blocks.get(SectionKind.NUMBERS, []), source),
            *_complaints(blocks.get(SectionKind.COMPLAINTS, []), source),
            *_grades(blocks.get(SectionKind.CLIENT_EXPERIENCE, []), source),
        ],
        "sections": [
            {"code": kind.value, "label": str(kind.label), "lines": lines}
            for kind in SENTENCES
            if (lines := [line for block in blocks.get(kind, []) for line in _lines(block)])
        ],
        "activities": [_activity(block) for block in blocks.get(SectionKind.ACTIVITIES, [])],
        "spendings": list(_spendings(blocks.get(SectionKind.SPENDING, []), report, source)),
        "source": source,
    }


def source_of(report: Report, made: Round) -> Story:
    """The round as the source of its figures, with the page where everybody reads it."""
    partner = report.contract.partner
    return {
        "title": report.title,
        "locator": f"ronde {made.number}",
        "view": "report_detail",
        "kwargs": {
            "slug": partner.slug if partner else "",
            "pk": report.pk,
            "number": made.number,
        },
    }


def _texts(block: Story) -> dict[str, str]:
    """What stands in each field of a block, by the name of the field."""
    start = len(block["prefix"]) + 1
    return {row["key"][start:]: row["text"] for row in block["rows"]}


def _by(block: Story) -> str:
    """Which member of the coalition tells it; empty for the lead."""
    return f"Bijdrage van {block['member']['name']}." if block.get("member") else ""


def _result(block: Story) -> Story:
    kpi = block["kpi"]
    value = Value.from_json(kpi["value"]) if kpi["value"] else None
    target = Value.from_json(kpi["target"]) if kpi["target"] else None
    return {
        "number": kpi["number"],
        "name": block["title"],
        "display": value.display(unit=kpi["unit"]) if value else "",
        "present": value is not None and value.is_present,
        "quantity": _quantity(value),
        "value": kpi["value"],
        "unit": kpi["unit"],
        "target": target.display(unit=kpi["unit"]) if target else "",
        "achieved": kpi["achieved"],
        "explanation": kpi["explanation"],
        "improvement": kpi["improvement"],
    }


def _quantity(value: Value | None) -> str | None:
    if value is None or value.quantity is None:
        return None
    return plain(round(value.quantity, DECIMALS))


def _figure(label: str, text: str, source: Story, type: ValueType, **extra: Any) -> Story:
    """A number that was typed as text; what is no number stays as it was typed."""
    if text == TOO_SMALL:
        absent = value_story(Value.absent(type, Absence.TOO_SMALL))
        return {"label": label, **absent, "note": "", "source": source, **extra}
    try:
        number: Decimal | None = parse_number(text)
    except InvalidValue:
        number = None
    shown = format_euro(number) if type is ValueType.AMOUNT and number is not None else text
    return {
        "label": label,
        "display": shown,
        "present": True,
        "quantity": None if number is None else plain(number),
        "value": Value(type, number=number).to_json() if number is not None else {},
        "note": "",
        "source": source,
        **extra,
    }


def _numbers(blocks: list[Story], source: Story) -> Iterator[Story]:
    for block in blocks:
        texts = _texts(block)
        if texts.get("value"):
            label = texts.get("label") or block["title"]
            figure = _figure(label, texts["value"], source, ValueType.COUNT, unit="")
            yield {**figure, "note": _by(block)}


def _complaints(blocks: list[Story], source: Story) -> Iterator[Story]:
    for block in blocks:
        texts = _texts(block)
        for name, label in (("complaints", "Klachten"), ("incidents", "Incidenten")):
            if texts.get(name):
                note = texts.get(f"{name}_nature", "")
                yield _figure(label, texts[name], source, ValueType.COUNT, unit="", note=note)


def _grades(blocks: list[Story], source: Story) -> Iterator[Story]:
    """The grades of clients and of those who work along, with how many gave them."""
    for block in blocks:
        texts = _texts(block)
        for row in block["rows"]:
            name = row["key"][len(block["prefix"]) + 1 :]
            if name in GRADES and row["text"]:
                by = texts.get(f"{name}_number", "")
                note = f"Gegeven door {by}." if by and by != TOO_SMALL else ""
                yield _figure(
                    row["label"], row["text"], source, ValueType.SCALE, unit="", note=note
                )


def _lines(block: Story) -> Iterator[Story]:
    texts = _texts(block)
    notes = (
        ("Oorzaak", texts.get("cause", "")),
        ("Voorgestelde oplossing", texts.get("solution", "")),
    )
    if texts.get("text"):
        told = [f"{label}: {text}" for label, text in notes if text]
        yield _line(texts["text"], " ".join(filter(None, [*told, _by(block)])))


def _line(text: str, note: str = "") -> Story:
    return {"text": text, "note": note, "theme_slug": ""}


def _activity(block: Story) -> Story:
    texts = _texts(block)
    place = block.get("place", {})
    note = f"Bij het doel ‘{place['goal']}’." if place.get("goal") else ""
    return {
        "heading": texts.get("heading") or block["title"],
        "text": texts.get("text", ""),
        "note": " ".join(filter(None, [note if place else texts.get("place", ""), _by(block)])),
        "theme": place.get("theme", ""),
        "theme_slug": place.get("theme_slug", ""),
        "figures": [],
    }


def _spendings(blocks: list[Story], report: Report, source: Story) -> Iterator[Story]:
    for block in blocks:
        texts = _texts(block)
        if not texts.get("spent"):
            continue
        forecast = texts.get("forecast", "")
        note = f"Verwacht voor het hele jaar: {as_euro(forecast)}." if forecast else ""
        yield _figure(
            block["title"],
            texts["spent"],
            source,
            ValueType.AMOUNT,
            period=report.period.label,
            outside_wmo=False,
            note=" ".join(filter(None, [note, texts.get("note", "")])),
        )
