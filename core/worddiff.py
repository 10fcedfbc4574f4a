"""What changed between two texts, word by word: for people who read what was rewritten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, GONE, NEW, SKIPPED = "same", "gone", "new", "skipped"
WORD = re.compile(r"\S+\s*|\s+")
# Under this share of equal words two texts are easier to read under each other than through each
# other.
ALIKE = 0.35
# A stretch that stayed the same is shown with this many words at each end.
AROUND = 25


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed, went or came; ``skipped``: stayed, and is not shown."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The pieces that both texts are made of, in reading order.

    What stayed and went together are ``before``; what stayed and came together are ``after``.
    Texts that have little in common are one piece that went and one that came.
    """
    if before == after:
        return [Piece(SAME, before)] if before else []
    old, new = WORD.findall(before), WORD.findall(after)
    matcher = SequenceMatcher(None, old, new)
    if matcher.ratio() < ALIKE:
        return _filled([Piece(GONE, before), Piece(NEW, after)])
    pieces = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(SAME, "".join(old[i1:i2])))
        else:
            pieces += [Piece(GONE, "".join(old[i1:i2])), Piece(NEW, "".join(new[j1:j2]))]
    return _filled(pieces)


def _filled(pieces: list[Piece]) -> list[Piece]:
    return [piece for piece in pieces if piece.text]


def folded(pieces: list[Piece]) -> list[Piece]:
    """The same pieces, with the middle of each long stretch that stayed left out."""
    return [part for at, piece in enumerate(pieces) for part in _fold(piece, at, len(pieces))]


def _fold(piece: Piece, at: int, total: int) -> Iterator[Piece]:
    words = WORD.findall(piece.text)
    if piece.kind != SAME or len(words) <= 2 * AROUND + 10:
        yield piece
        return
    if at > 0:
        yield Piece(SAME, "".join(words[:AROUND]))
    yield Piece(SKIPPED, "")
    if at < total - 1:
        yield Piece(SAME, "".join(words[-AROUND:]))
