"""How wide a text is, and where it may break: a picture cannot ask the browser.

The widths are those of Fira Sans 600, rounded up, so that 400 and most other sans serifs fit too.
"""

from __future__ import annotations

from decimal import Decimal

from core.values import HUNDRED, NARROW, format_euro, format_number

_WIDTHS: dict[str, float] = {
    character: width
    for width, characters in {
        0.25: " \N{NO-BREAK SPACE}!',.:;·‘’",
        0.3: "Iijlï",
        0.35: "()J[]`{}",
        0.4: "frt|",
        0.45: '"*-“”',
        0.5: "17?Fcszç",
        0.55: "#$+/235<=>ELTZ\\_agkvxy~–−á",
        0.6: "04689ACPSVXY^bdehnopqu€éëöüè",
        0.65: "BDGKR",
        0.7: "HNOQU",
        0.75: "w",
        0.85: "&MWm",
        0.9: "%",
        1.05: "@½",
    }.items()
    for character in characters
}
_UNKNOWN = 0.7


def text_width(text: str, size: float) -> float:
    """An upper estimate of the width of ``text`` at ``size``, in the same units."""
    return sum(_WIDTHS.get(character, _UNKNOWN) for character in text) * size


def wrap(text: str, size: float, width: float) -> list[str]:
    """``text`` in lines that are at most ``width`` wide, where words allow it.

    A word wider than ``width`` is broken between letters: nothing may leave the canvas. No-break
    spaces bind until there is no other way.
    """
    lines: list[str] = []
    for word in text.split(" "):
        if not word:
            continue
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size) <= width:
            lines[-1] = joined
        elif text_width(word, size) <= width:
            lines.append(word)
        elif NARROW in word.strip(NARROW):
            lines.extend(wrap(word.replace(NARROW, " "), size, width))
        else:
            lines.extend(_broken(word, size, width))
    return lines or [""]


def _broken(word: str, size: float, width: float) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and text_width(pieces[-1] + character, size) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


_LARGE = ((Decimal(10) ** 9, "mld"), (Decimal(10) ** 6, "mln"))


def with_unit(text: str, unit: str) -> str:
    """``text`` with a unit that belongs to the figure; a longer unit stands in the heading."""
    if unit == "%":
        return f"{text}%"
    if unit == "€":
        return f"€{NARROW}{text}"
    return text


def short_number(number: Decimal) -> str:
    """``number`` for in a picture: at most three figures after millions; the table has the rest."""
    for size, word in _LARGE:
        if abs(number) >= size:
            scaled = number / size
            decimals = 2 if abs(scaled) < 10 else 1 if abs(scaled) < HUNDRED else 0
            text = format_number(round(scaled, decimals))
            return f"{text}{NARROW}{word}"
    if abs(number) >= 1000:
        return format_number(number, 0)
    return format_number(round(number, 1 if abs(number) >= 10 else 2))


def full_number(number: Decimal, unit: str) -> str:
    """``number`` for in a table or sentence: all of it, at most two decimals."""
    if unit == "€":
        return format_euro(round(number, 2))
    return with_unit(format_number(round(number, 2)), unit)
