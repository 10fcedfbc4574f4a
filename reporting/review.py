"""What a page about a round shows besides its content, and what is typed on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404

from core.bsn import find_bsn
from core.forms import clean_text
from reporting.actions import RemarkText
from reporting.former import former_values
from reporting.models import Remark, Report, Round
from reporting.portal import deadline_now
from reporting.reading import content_of, round_page

# What somebody types about a field stands in the field of this name, with the key behind it.
REMARK = "remark:"


def review_context(
    report: Report, number: int | None, typed: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Round ``number`` of ``report``, or the newest. Raises ``Http404`` for a round that is not.

    ``typed`` is what a post said that was refused.

    Ten queries, however long the report is.
    """
    rounds = list(report.rounds.select_related("submitted_by", "on_behalf_of", "report"))
    context: dict[str, Any] = {
        "report": report,
        "rounds": rounds,
        "events": report.events.select_related("actor", "round").defer("round__payload"),
        "extensions": report.extensions.select_related("granted_by"),
        "deadline": deadline_now(report, for_partner=False),
        "page": None,
    }
    if not rounds:
        return context
    shown = next((each for each in rounds if each.number == (number or len(rounds))), None)
    if shown is None:
        raise Http404("Deze ronde is er niet.")
    former = {series: str(held[0].value) for series, held in former_values(report).items()}
    asked = {
        name.removeprefix(REMARK): text
        for name, text in (typed or {}).items()
        if name.startswith(REMARK)
    }
    page = round_page(shown, earlier=former, asked=asked)
    return {
        **context,
        "page": page,
        "is_newest": shown.number == len(rounds),
        "answers": _answers(page.before, shown),
    }


def numbers_in(made: Round) -> list[tuple[str, str]]:
    """The numbers in the texts of a round that could be of a person, each with where it stands.

    The partner explained them; who accepts makes them public (docs/regels/bsn.md).
    """
    return [
        (f"{block['title']}: {row['label']}", number)
        for section in content_of(made)["sections"]
        for block in section["blocks"]
        for row in block["rows"]
        for number in find_bsn(row["text"])
    ]


def _answers(before: Round | None, shown: Round) -> list[tuple[Remark, str]]:
    """What was asked about the round before, each with what the partner answered in this one."""
    if before is None:
        return []
    told = content_of(shown)["answers"]
    return [
        (remark, told.get(f"remark-{remark.pk}", ""))
        for remark in before.remarks.select_related("author")
    ]


def remarks_of(report: Report, typed: Mapping[str, str]) -> list[RemarkText]:
    """The remarks in a post, each with the label of its field in the newest round."""
    newest = report.rounds.newest_first().first()
    if newest is None:
        return []
    labels = {
        row["key"]: f"{block['title']}: {row['label']}"
        for section in content_of(newest)["sections"]
        for block in section["blocks"]
        for row in block["rows"]
    }
    return [
        RemarkText(key, labels[key], clean_text(text))
        for name, text in typed.items()
        if name.startswith(REMARK) and (key := name.removeprefix(REMARK)) in labels
    ]
