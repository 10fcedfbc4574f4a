"""Template tags for verdicts: mark, word and colour, always together.

A verdict goes in as its code: ``good``, ``neutral``, ``negative``, or empty when there is none.
The words differ per municipality, so each tag takes a label that replaces the usual word.
"""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()

WORDS = {"good": "goed", "neutral": "neutraal", "negative": "negatief"}
NO_VERDICT = "nog geen oordeel"
DIRECTIONS = {"up": "verbeterd", "down": "verslechterd", "same": "gelijk"}


def _mark(code: str | None, label: str = "") -> dict[str, str]:
    known = code if code in WORDS else "none"
    if code and known == "none":
        raise ValueError(f"unknown verdict {code!r}")
    return {"code": known, "label": label or WORDS.get(known, NO_VERDICT)}


@register.inclusion_tag("includes/_verdict.html")
def verdict(
    code: str | None, label: str = "", big: bool = False, word_hidden: bool = False
) -> dict[str, Any]:
    """One verdict. ``word_hidden`` only in a dense row under a legend: the word stays readable."""
    return {"mark": _mark(code, label), "big": big, "word_hidden": word_hidden}


@register.inclusion_tag("includes/_verdict_frame.html")
def suggested_verdict(code: str | None, label: str = "") -> dict[str, Any]:
    """A verdict that the machine suggests: in a dashed frame, and it says so."""
    return {"mark": _mark(code, label), "suggested": True}


@register.inclusion_tag("includes/_verdict_frame.html")
def decided_verdict(code: str | None, label: str = "") -> dict[str, Any]:
    """A verdict that a person gave: in a solid frame."""
    return {"mark": _mark(code, label), "suggested": False}


@register.inclusion_tag("includes/_movement.html")
def movement(
    before: str | None,
    now: str | None,
    before_year: str,
    now_year: str,
    before_label: str = "",
    now_label: str = "",
) -> dict[str, Any]:
    """From one edition to the next: the first small, the second large, then its word."""
    return {
        "before": _mark(before, before_label),
        "now": _mark(now, now_label),
        "before_year": str(before_year),
        "now_year": str(now_year),
    }


@register.inclusion_tag("includes/_flag.html")
def flag(direction: str) -> dict[str, Any]:
    """Arrow and word for a change: ``up``, ``down`` or ``same``."""
    return {"icon": direction, "word": DIRECTIONS[direction]}


@register.inclusion_tag("includes/_verdict_legend.html")
def verdict_legend(before_year: str = "", now_year: str = "") -> dict[str, Any]:
    """What the marks mean; with two years also how small and large are read."""
    return {
        "marks": [_mark(code) for code in WORDS],
        "before_year": str(before_year),
        "now_year": str(now_year),
    }
