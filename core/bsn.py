"""Finding numbers that may be a citizen service number (burgerservicenummer, BSN). Pure Python.

A BSN has eight or nine digits and passes the eleven-test: nine times the first digit, eight times
the second and so on, and minus once the last, is divisible by eleven. About one in eleven other
numbers passes it too; so what is found *may be* a BSN, and a person looks.
"""

from __future__ import annotations

import re

# Digits with at most one space, dot or dash between two of them, and no digit beside.
_NUMBER = re.compile(r"(?<![\d,.])\d(?:[ .-]?\d){7,8}(?![\d]|[.,]\d)", re.ASCII)
_EURO = re.compile(r"€\s*$")


def passes_eleven_test(digits: str) -> bool:
    """Whether eight or nine ``digits`` can be a BSN. Zeros alone cannot."""
    padded = digits.zfill(9)
    if len(padded) != 9 or not padded.isdecimal() or not padded.strip("0"):
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(int(d) * w for d, w in zip(padded, weights, strict=True)) % 11 == 0


def find_bsn(text: str) -> list[str]:
    """The numbers in ``text`` that may be a BSN, each as it was written.

    Not an amount after a euro sign, and not a telephone number (a 0 followed by nine digits has
    ten).
    """
    found = []
    for match in _NUMBER.finditer(text):
        written = match.group()
        if _EURO.search(text[: match.start()]):
            continue
        if passes_eleven_test(re.sub(r"\D", "", written)):
            found.append(written)
    return found
