"""Template tags for stories (agenda/story.py): sources, dates and amounts as a reader expects."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.template.defaultfilters import date as format_date
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from agenda.story import repeats
from agenda.story import with_unit as figure_with_unit
from core.templatetags.look import within_a_sentence
from core.values import format_euro

register = template.Library()


@register.simple_tag
def source(story: dict[str, Any] | None, lead: str = "Bron: ") -> SafeString:
    """Where a fact comes from, with a link to the list of sources; nothing without a source."""
    values = {"story": story, "url": _url_of(story or {}), "lead": lead}
    return within_a_sentence("includes/_source.html", values)


def _url_of(story: dict[str, Any]) -> str:
    """Where a source is read: in the list of sources, or on a page of its own (``view``)."""
    try:
        if story.get("view"):
            return reverse(story["view"], kwargs=story["kwargs"])
        slug = story.get("slug", "")
        return f"{reverse('source_list')}#bron-{slug}" if slug else ""
    except NoReverseMatch:
        return ""


@register.simple_tag
def common_source(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The source that all ``rows`` share, to say once under their table; nothing otherwise.

    It has a place (locator) when that is shared too; where the places differ each row says its own.
    """
    held = [row.get("source") or {} for row in rows]
    first = held[0] if held else {}
    if len(held) < 2 or not first.get("title"):
        return {}
    if any(row.get("slug") != first.get("slug") for row in held):
        return {}
    same_place = all(row.get("locator") == first.get("locator") for row in held)
    return {**first, "locator": first.get("locator", "") if same_place else ""}


@register.simple_tag
def shared(rows: list[dict[str, Any]], name: str) -> str:
    """What all ``rows`` say at ``name``, to say once under their table; empty otherwise."""
    said = {str(row.get(name) or "") for row in rows}
    return said.pop() if len(rows) > 1 and len(said) == 1 else ""


@register.simple_tag
def measure_columns(rows: list[dict[str, Any]]) -> dict[str, bool]:
    """Which columns the table of these measures needs: none that would be empty in each row."""
    return {name: any(row.get(name) for row in rows) for name in ("baselines", "targets")}


@register.simple_tag
def row_source(story: dict[str, Any] | None, common: dict[str, Any]) -> SafeString:
    """The source of a row in a table whose rows share ``common``: what the foot does not say."""
    if not common:
        return source(story)
    place = "" if common.get("locator") else (story or {}).get("locator", "")
    return format_html('<span class="source">Bron: {}</span>', place) if place else SafeString()


@register.simple_tag
def row_remark(row: dict[str, Any], common: dict[str, Any]) -> SafeString:
    """The note of a row and its source; nothing, not a space, where there is neither."""
    parts = [part for part in (row["note"], row_source(row["source"], common)) if part]
    return format_html_join(" ", "{}", ((part,) for part in parts))


@register.filter
def with_unit(figure: dict[str, Any]) -> str:
    """A figure with its unit: ``50 deelnemers``."""
    return figure_with_unit(figure)


@register.filter
def dutch_date(iso: str) -> str:
    """``2012-10-08`` as ``8 oktober 2012``; empty stays empty."""
    return format_date(datetime.date.fromisoformat(iso), "j F Y") if iso else ""


@register.filter
def says(note: str, label: str) -> bool:
    """Whether ``note`` already begins with ``label``: then the page shows the note alone."""
    return repeats(note, str(label))


@register.filter
def as_sentence(text: str) -> str:
    """``text`` with a capital and one full stop, whether or not it came with one."""
    text = full_stop(text)
    return f"{text[:1].upper()}{text[1:]}"


@register.filter
def full_stop(text: str) -> str:
    """``text`` as the end of a sentence: with one full stop, whether or not it came with one."""
    text = text.strip()
    return text + ("" if text.endswith((".", "!", "?")) else ".")


@register.filter
def euro(amount: str | Decimal | None) -> str:
    """An amount in euros, kept as text, as ``€ 1.720.000``."""
    return "" if amount is None else format_euro(Decimal(amount))
