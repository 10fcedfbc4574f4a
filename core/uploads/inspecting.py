"""Having a file from outside opened and read, at a distance (``child.py``)."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings

from core.uploads.kinds import Kind
from core.uploads.refusals import Refused

logger = logging.getLogger(__name__)

SECONDS = 25  # by the clock, for checking and reading together
# How many files one web process has opened at the same time: each may take its share of memory.
AT_ONCE = 2
_turn = threading.BoundedSemaphore(AT_ONCE)
LOOK = "Kijk zelf na of er gegevens van personen in staan."
MOST_NAMED = 5  # pages


@dataclass(frozen=True)
class Number:
    """A number in a file that may be a citizen service number, as it is written there."""

    number: str
    place: str


@dataclass(frozen=True)
class Inspected:
    """What was read in a file that may come in.

    ``more`` counts the numbers beyond those that are told. ``unread`` is a sentence for who sent
    the file about what could not be read in it; empty when all was.
    """

    numbers: tuple[Number, ...] = ()
    more: int = 0
    unread: str = ""


def inspect(file: IO[bytes], kind: Kind) -> Inspected:
    """Have ``file`` checked and read. Raises ``Refused`` when it may not come in.

    Takes ``SECONDS`` at most, and as long to wait its turn. The file is left at its begin.
    """
    answers = ask_child("core.uploads.child", file, kind)
    if not answers:
        # It was not even found to be safe: too large for the memory, too slow, or worse.
        logger.warning("An upload (%s) could not be checked", kind.name)
        raise Refused("hard")
    if "refused" in answers[0]:
        raise Refused(answers[0]["refused"], **answers[0]["words"])
    if len(answers) < 2:
        logger.warning("An upload (%s) could not be read", kind.name)
        return Inspected(unread=f"Wij konden dit bestand niet nalezen. {LOOK}")
    told = answers[1]
    return Inspected(
        numbers=tuple(Number(number, place) for number, place in told["numbers"]),
        more=told["more"],
        unread=_unread(kind, told),
    )


def ask_child(module: str, file: IO[bytes], kind: Kind) -> list[dict[str, Any]]:
    """The lines that a child running ``module`` wrote before it ended, or was ended.

    Raises ``Refused`` when too many files are being opened. The file is left at its begin.
    """
    if not _turn.acquire(timeout=SECONDS):
        raise Refused("busy")
    try:
        return _ask(module, file, kind)
    finally:
        _turn.release()
        file.seek(0)


def _ask(module: str, file: IO[bytes], kind: Kind) -> list[dict[str, Any]]:
    with tempfile.TemporaryFile() as handed:
        file.seek(0)
        shutil.copyfileobj(file, handed)
        handed.seek(0)
        child = subprocess.Popen(  # noqa: S603 - our own modules; no word of the sender in it
            [sys.executable, "-X", "utf8", "-m", module, kind.name],
            cwd=settings.BASE_DIR,
            # Nothing of our own environment: there are secrets in it.
            env={"PATH": os.environ.get("PATH", ""), "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=handed,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        try:
            written, _ = child.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            written, _ = child.communicate()
        except BaseException:
            child.kill()
            child.wait()
            raise
    lines = written.decode(errors="replace").split("\n")[:-1]  # what has no end is half a line
    return [json.loads(line) for line in lines]


def _unread(kind: Kind, told: dict[str, Any]) -> str:
    if kind.is_picture:
        return f"In een afbeelding zoeken wij niet naar nummers. {LOOK}"
    said = []
    if not told["is_whole"]:
        said.append("Wij konden dit bestand niet helemaal nalezen.")
    silent = told["silent"]
    if len(silent) == 1:
        said.append(f"Op bladzijde {silent[0]} staat geen tekst die wij kunnen lezen.")
    elif silent:
        named = ", ".join(map(str, silent[:MOST_NAMED]))
        rest = f" en {len(silent) - MOST_NAMED} andere" if len(silent) > MOST_NAMED else ""
        said.append(f"Op bladzijde {named}{rest} staat geen tekst die wij kunnen lezen.")
    return " ".join([*said, LOOK]) if said else ""
