"""Design tokens for what the browser's cascade does not reach: pictures in the document.

The style sheet ``static/css/tokens.css`` is the one place where a colour is written. WeasyPrint
applies neither the page's style sheet nor ``var()`` to inline SVG, so the charts carry the resolved
values in their attributes, read from that same sheet.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.conf import settings

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
