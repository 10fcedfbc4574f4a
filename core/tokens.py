"""Design tokens for what the browser's cascade does not reach: pictures in the document.

The style sheet ``static/css/tokens.css`` is the one place where a colour is written. WeasyPrint
applies neither the page's style sheet nor ``var()`` to inline SVG, so the charts carry the resolved
values in their attributes, read from that same sheet.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.safestring import mark_safe

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DECLARATION = re.compile(r"(?<![\w-])--([a-z][\w-]*)\s*:\s*([^;{}]+)")
_HEX = re.compile(r"^#(?:[0-9a-f]{3}|[0-9a-f]{6})$")
_REFERENCE = re.compile(r"^var\(\s*--([\w-]+)\s*(?:,\s*(.+))?\)$")


def load_tokens(path: Path | str) -> dict[str, str]:
    """The colours (``#rrggbb``) and typefaces (``font-*``) that the sheet at ``path`` declares.

    Names come without the two dashes. References to another token are followed; a later
    declaration wins, as in the browser. Sizes and whatever is no plain colour are left out. Raises
    ``FileNotFoundError``.
    """
    sheet = _COMMENT.sub("", Path(path).read_text(encoding="utf-8"))
    declared = {name: " ".join(text.split()) for name, text in _DECLARATION.findall(sheet)}
    found: dict[str, str] = {}
    for name in declared:
        value = _resolve(declared[name], declared)
        if _HEX.match(value.lower()):
            found[name] = _six_digits(value.lower())
        elif name.startswith("font-") and value and "var(" not in value:
            # Single quotes: the value goes into a double-quoted attribute.
            found[name] = value.replace('"', "'")
    return found


def _resolve(value: str, declared: dict[str, str], depth: int = 0) -> str:
    reference = _REFERENCE.match(value)
    if reference is None or depth > len(declared):
        return value
    name, fallback = reference.groups()
    return _resolve(declared.get(name, fallback or ""), declared, depth + 1)


def _six_digits(colour: str) -> str:
    if len(colour) == 4:
        return "#" + "".join(digit * 2 for digit in colour[1:])
    return colour


@cache
def tokens() -> dict[str, str]:
    """The tokens of this installation; read once per process, do not change the dictionary."""
    return load_tokens(settings.BASE_DIR / "static" / "css" / "tokens.css")


def colours() -> dict[str, str]:
    """Our own colours (Bootstrap's names repeat them): name -> ``#rrggbb``."""
    return {
        name: value
        for name, value in tokens().items()
        if _HEX.match(value) and not name.startswith("bs-")
    }


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2). Raises ``ValueError`` on another notation."""
    if len(colour) != 7 or not _HEX.match(colour.lower()):
        raise ValueError(f"not a colour of the form #rrggbb: {colour!r}")
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours ``#rrggbb``: 1 (the same) to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def by_name(tokens: dict[str, str]) -> dict[str, str]:
    """``tokens`` for a template, which cannot look up a name with a dash in it."""
    return {name.replace("-", "_"): value for name, value in tokens.items()}


def document_style(tokens: dict[str, str], *, is_lean: bool = False) -> dict[str, Any]:
    """What ``core/document/_tokens.css`` needs; a lean cover takes little ink.

    The tokens come from our own style sheet, or from one that was frozen: never from a visitor.
    """
    return {
        "c": by_name(tokens),
        "custom_properties": [
            (name, mark_safe(value))  # noqa: S308
            for name, value in tokens.items()
        ],
        "cover_paper": tokens["paper" if is_lean else "brand"],
        "cover_ink": tokens["brand" if is_lean else "paper"],
    }
