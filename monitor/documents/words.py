"""The words of the document that more than one chapter needs. Pure: no database, no clock."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from core.values import format_euro
from monitor.finding import number_word

Content = dict[str, Any]

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def long_date(iso: str) -> str:
    """``2019-10-01`` as 1 oktober 2019; empty stays empty."""
    if not iso:
        return ""
    day = datetime.date.fromisoformat(iso[:10])
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def counted(number: int, one: str, many: str) -> str:
    """``één thema``, ``acht thema's``, ``30 doelen``."""
    return f"{number_word(number)} {one if number == 1 else many}"


def mark(code: str | None, word: str) -> Content:
    """A verdict as the templates draw it: its code and its frozen word."""
    return {"code": code or "none", "word": word if code else "geen oordeel"}


def mark_now(goal: Content) -> Content:
    return mark(goal["verdict"], goal["verdict_label"])


def mark_before(goal: Content) -> Content:
    return mark(goal["previous"], goal["previous_label"])


def reference(source: Content) -> str:
    """Where a fact comes from, in one line; empty where it was made in this system."""
    if not source:
        return ""
    return f"{source['title']}, {source['locator']}" if source["locator"] else source["title"]


def references(rows: list[Content]) -> str:
    """The different sources of ``rows``, with the places in each."""
    places: dict[str, list[str]] = {}
    for row in rows:
        if source := row.get("source"):
            held = places.setdefault(source["title"], [])
            if source["locator"] and source["locator"] not in held:
                held.append(source["locator"])
    return "; ".join(
        f"{title}, {', '.join(held)}" if held else title for title, held in places.items()
    )


def in_a_row(words: list[str]) -> str:
    """``de uitslag, de cijfers en de bedragen``."""
    return " en ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def euro(amount: str) -> str:
    return format_euro(Decimal(amount))
