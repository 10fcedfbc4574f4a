"""The council document as HTML: everything on it comes from the frozen content."""

from __future__ import annotations

import datetime
from typing import Any

from django.template.loader import render_to_string

from core.documents import asset_name
from core.tokens import by_name, document_style
from monitor.constants import DocumentVariant, MonitorKind
from monitor.documents.content import document_content
from monitor.documents.words import long_date
from monitor.glossary import frozen_in, verdict_words_in

# Beside its word a mark is decoration, and only a background is left out of what is read aloud.
MARKS = ("good", "neutral", "negative", "none", "up", "down")


def _mark_svgs(payload: dict[str, Any]) -> dict[str, str]:
    context = {"c": by_name(payload["tokens"])}
    return {
        code: render_to_string("monitor/document/_mark_file.svg", {**context, "code": code})
        for code in MARKS
    }


def document_assets(payload: dict[str, Any]) -> list[bytes]:
    """The pictures that ``document_html`` names: the marks that stand beside their word."""
    return [svg.encode() for svg in _mark_svgs(payload).values()]


def document_html(
    payload: dict[str, Any],
    *,
    sha256: str,
    version: int,
    variant: str = DocumentVariant.FULL,
    frozen_on: datetime.date | None = None,
    release: str = "",
) -> str:
    """The whole document from ``payload``; no query, and nothing of the moment of making in it.

    ``sha256``, ``frozen_on`` and ``release`` are those of the snapshot and stand in the colophon;
    ``variant`` chooses the cover. Render it with ``document_assets(payload)``.
    """
    half_year = payload["kind"] == MonitorKind.HALF_YEAR
    lean = variant == DocumentVariant.LEAN
    tokens = payload["tokens"]
    return render_to_string(
        "monitor/document/document.html",
        {
            **document_content(payload),
            "payload": payload,
            "short_title": payload["title"],
            "full_title": f"{payload['title']} – gemeente {payload['municipality']}",
            "half_year": half_year,
            "sha256": sha256,
            "version": version,
            "release": release,
            "lean": lean,
            **document_style(tokens, is_lean=lean),
            "frozen": long_date(frozen_on.isoformat()) if frozen_on else "",
            "frozen_iso": frozen_on.isoformat() if frozen_on else "",
            "previous_year": payload["previous_year"],
            "previous_total": sum(payload["counts"]["previous"].values()),
            "year": payload["year"],
            "chart_tokens": tokens,
            "mark_names": {
                code: asset_name(svg.encode()) for code, svg in _mark_svgs(payload).items()
            },
            "glossary": frozen_in(payload),
            "verdicts": verdict_words_in(payload),
        },
    )
