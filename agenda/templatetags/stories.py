"""Template tags for stories (agenda/story.py): sources, dates and amounts as a reader expects."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.template.defaultfilters import date as format_date
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from core.templatetags.look import within_a_sentence
from core.values import format_euro

register = template.Library()


@register.simple_tag
def source(story: dict[str, Any] | None, lead: str = "Bron: ") -> SafeString:
    """Where a fact comes from, with a link to the list of sources; nothing without a source."""
    slug = (story or {}).get("slug", "")
    try:
        url = f"{reverse('source_list')}#bron-{slug}" if slug else ""
    except NoReverseMatch:
        url = ""
    return within_a_sentence("includes/_source.html", {"story": story, "url": url, "lead": lead})


@register.filter
def dutch_date(iso: str) -> str:
    """``2012-10-08`` as ``8 oktober 2012``; empty stays empty."""
    return format_date(datetime.date.fromisoformat(iso), "j F Y") if iso else ""


@register.filter
def as_sentence(text: str) -> str:
    """``text`` with a capital and one full stop, whether or not it came with one."""
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith((".", "!", "?")) else ".")


@register.filter
def euro(amount: str | Decimal | None) -> str:
    """An amount in euros, kept as text, as ``€ 1.720.000``."""
    return "" if amount is None else format_euro(Decimal(amount))
