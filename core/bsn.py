"""Finding citizen service numbers (BSN) in text, so that they do not come in. Pure Python.

The rules, in Dutch and with examples: ``docs/regels/bsn.md``. In doubt a number is found: a person
looks at what is found, and nobody at what is missed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby, pairwise

WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)

# Every kind of space and dash that a word processor makes, to the one on the keyboard.
_PLAIN = str.maketrans(
    dict.fromkeys("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}", " ")
    | dict.fromkeys("\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{WORD JOINER}", " ")
    | dict.fromkeys("\N{SOFT HYPHEN}", "-")
    | dict.fromkeys("\N{EN DASH}\N{EM DASH}\N{NON-BREAKING HYPHEN}\N{HYPHEN}\N{MINUS SIGN}", "-")
)
_ELSEWHERE_DIGIT = re.compile(r"(?![0-9])\d")
_DIGITS = re.compile(r"\d+", re.ASCII)
_SAID = re.compile(
    r"(?:bsn|burger ?service ?nummer|sofi)(?:[- ]?(?:nummer|nr))?(?: is)?[ :.=(-]*$", re.IGNORECASE
)
# Of eight digits, where a BSN that is written in full has nine.
_CHAMBER_NUMBER = re.compile(
    r"\b(?:kvk|k\.v\.k|kamer van koophandel)(?:[- ]?(?:nummer|nr))?(?: is)?[ :.=(-]*$",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(
    r"\b(?:rsin|btw|telefoon|tel|mobiel|fax|iban|rekening)"
    r"(?:[- ]?(?:nummer|nr))?(?: is)?[ :.=(-]*$",
    re.IGNORECASE,
)
_PHONE_BEFORE = re.compile(
    r"(?:(?:\+|\b00)\d{2}[ ./()-]{0,4}\d{0,3}|(?<!\d)0\)?\d?)[ ./()-]{0,4}$", re.ASCII
)
_CODE_BEFORE = re.compile(r"(?<![^\W_])[A-Z]{1,4}$")
_CODE_AFTER = re.compile(r"[A-Z]{1,4}\d", re.ASCII)  # as in a number for btw: B01
_AMOUNT_BEFORE = re.compile(r"(?:€|\beuro?) ?-? ?$", re.IGNORECASE)
_AMOUNT_AFTER = re.compile(r",\d{1,2}(?!\d)|,-| ?(?:€|%|euro?\b|procent\b)", re.IGNORECASE)
_DATE = re.compile(
    r"(?:[0-3]\d([ .-])[01]\d\1(?:19|20)\d\d|(?:19|20)\d\d([ .-])[01]\d\2[0-3]\d"
    r"|(?:19|20)\d\d[ .-](?:19|20)\d\d)",
    re.ASCII,
)


def find_bsn(text: str) -> list[str]:
    """The numbers in ``text`` that may be a BSN, each as it was written, in order."""
    # Character for character, so that places stay the same.
    plain = _ELSEWHERE_DIGIT.sub(_as_here, text.translate(_PLAIN))
    found: list[str] = []
    seen = 0
    for start, end in sorted(_written(plain)):
        if start >= seen and _may_be_bsn(plain, start, end):
            found.append(text[start:end])
            seen = end
    return found


def _as_here(character: re.Match[str]) -> str:
    """A digit of another script (Arabic, full width) as one of ours."""
    return str(unicodedata.decimal(character[0]))


def passes_eleven_test(digits: str) -> bool:
    """Whether 8 or 9 ``digits`` are a number that can have been given out."""
    padded = digits.zfill(9)
    if len(padded) != 9 or padded.startswith("00"):
        return False
    return sum(weight * int(digit) for weight, digit in zip(WEIGHTS, padded, strict=True)) % 11 == 0


def _written(plain: str) -> Iterator[tuple[int, int]]:
    """Where 8 or 9 digits stand together: at a stretch, or in groups with one sign between."""
    groups = [match.span() for match in _DIGITS.finditer(plain)]
    yield from (span for span in groups if span[1] - span[0] in (8, 9))
    between = [plain[before[1] : after[0]] for before, after in pairwise(groups)]
    first = 0
    for sign, same in groupby(between):
        last = first + len(list(same))
        if sign in (" ", ".", "-") and _is_grouped(
            [end - start for start, end in groups[first : last + 1]]
        ):
            yield groups[first][0], groups[last][1]
        first = last


def _is_grouped(lengths: list[int]) -> bool:
    """Whether groups of these lengths are a way to write one number, and not a row of figures."""
    if lengths == [1] * 9:  # as in the boxes of a form
        return True
    return sum(lengths) in (8, 9) and len(lengths) <= 4 and min(lengths) >= 2


def _may_be_bsn(plain: str, start: int, end: int) -> bool:
    digits = re.sub(r"\D", "", plain[start:end])
    if not passes_eleven_test(digits):
        return False
    before, after = plain[max(0, start - 40) : start], plain[end : end + 12]
    if _SAID.search(before):
        return True
    return not (
        _CODE_AFTER.match(after)
        or (len(digits) == 8 and _CHAMBER_NUMBER.search(before))
        or _DATE.fullmatch(plain[start:end])
        or _AMOUNT_AFTER.match(after)
        or any(
            other.search(before)
            for other in (_AMOUNT_BEFORE, _PHONE_BEFORE, _OTHER_NUMBER, _CODE_BEFORE)
        )
    )
