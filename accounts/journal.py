"""Where the chain of the audit trail ends, after every link, in a file of each day.

The files stand beside the anchors, outside the database: whoever cuts off the newest entries there
leaves the lines about them here. A line is written right after the link is; a crash in between
costs the line of that one link, which the next one makes up for.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils import timezone

FOLDER = "logboek"  # also that of the anchors
PREFIX = "einde-"
KEPT = datetime.timedelta(days=31)  # long enough for a check that runs every day, or every week


def note(number: int, digest: str) -> None:
    """Add a line: the number and the hash of the last link."""
    folder = Path(default_storage.path(FOLDER))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{PREFIX}{timezone.localdate().isoformat()}.txt"
    # One short write in append mode: those of two processes do not mix.
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, f"{number} {digest}\n".encode())
    finally:
        os.close(file)


def noted() -> Iterator[tuple[int, str]]:
    """Number and hash of every line that is kept; half a line, of a crash, is none."""
    for path in _files():
        yield from _lines(path)


def forget(covered: int, today: datetime.date) -> None:
    """Remove files of long ago, when an anchor of link ``covered`` or later says all of it too."""
    for path in _files():
        day = path.stem.removeprefix(PREFIX)
        old = day < (today - KEPT).isoformat()
        if old and all(number <= covered for number, _ in _lines(path)):
            path.unlink(missing_ok=True)


def _files() -> list[Path]:
    return sorted(Path(default_storage.path(FOLDER)).glob(f"{PREFIX}*.txt"))


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for line in path.read_text().splitlines():
        number, _, digest = line.partition(" ")
        if number.isdigit() and len(digest) == 64:
            yield int(number), digest
