"""The design tokens as Python reads them, and how far two colours are apart.

``static/css/tokens.css`` stays the only place where a colour is written down.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.conf import settings

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DECLARATION = re.compile(r"--([a-z0-9-]+)\s*:\s*([^;]+);")
_HEX = re.compile(r"^#([0-9a-f]{6})$", re.IGNORECASE)


def parse_tokens(css: str) -> dict[str, str]:
    """Name (without the dashes) -> value of every custom property in ``css``, in its order."""
    return {name: value.strip() for name, value in _DECLARATION.findall(_COMMENT.sub("", css))}


@cache
def tokens() -> dict[str, str]:
    """The tokens of this installation; read once a process."""
    return parse_tokens((Path(settings.BASE_DIR) / "static" / "css" / "tokens.css").read_text())


def colours() -> dict[str, str]:
    """Only the tokens that are a colour: name -> ``#rrggbb``."""
    return {name: value for name, value in tokens().items() if _HEX.match(value)}


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2). Raises ``ValueError`` on another notation."""
    match = _HEX.match(colour)
    if match is None:
        raise ValueError(f"not a colour of the form #rrggbb: {colour!r}")
    channels = [int(match[1][i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours ``#rrggbb``: 1 (the same) to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
