"""Opens a file from outside, in a process of its own: ``python -m core.uploads.child PDF < file``.

It has little memory and little time, no database, no settings and no secrets. What it finds it
writes as lines of JSON: first whether the file may come in, then what was read in it. A file that
kills it after the first line is safe to keep and was not read.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
import time
from typing import IO

from core.uploads.kinds import HEAD, OLE, Kind
from core.uploads.numbers import Found
from core.uploads.refusals import Refused

MEMORY = 1024 * 1024 * 1024  # bytes of address space
READING = 15  # seconds by the clock; what was read by then is told
SECONDS = 30  # of processor time; the parent waits less long by the clock


def check(file: IO[bytes], kind: Kind) -> None:
    """Raises ``Refused`` when ``file`` may not come in as ``kind``."""
    if kind is Kind.PDF:
        from core.uploads.pdf import check_pdf

        check_pdf(file)
    elif kind.is_office:
        from core.uploads.office import check_office, check_ole

        file.seek(0)
        if file.read(HEAD).startswith(OLE):
            check_ole(file)
        found = check_office(file)
        if found is not kind:
            raise Refused("other", said=kind.extensions[0], told=found.words)
    elif kind.is_picture:
        from core.uploads.picture import check_picture

        check_picture(file, kind)
    else:
        from core.uploads.plain import read_plain

        read_plain(file)


def read(file: IO[bytes], kind: Kind) -> tuple[Found, list[int]]:
    """The numbers in ``file``, and the pages without text."""
    found = Found(until=time.monotonic() + READING)
    file.seek(0)
    if kind is Kind.PDF:
        from core.uploads.pdf_text import PdfPages

        pages = PdfPages(file)
        found.read(pages.pieces())
        found.is_whole = found.is_whole and pages.is_whole
        return found, pages.silent
    if kind.is_office:
        from core.uploads.office_text import has_unread, pieces_of_docx, pieces_of_xlsx

        found.is_whole = not has_unread(file)
        found.read((pieces_of_docx if kind is Kind.DOCX else pieces_of_xlsx)(file))
    elif kind.is_plain:
        from core.uploads.plain import pieces_of_plain, read_plain

        found.read(pieces_of_plain(read_plain(file), kind))
    return found, []


def main(kind: Kind, file: IO[bytes], out: IO[str]) -> None:
    """Check and read ``file``, and tell of it on ``out``."""

    def tell(**what: object) -> None:
        print(json.dumps(what), file=out, flush=True)

    try:
        check(file, kind)
    except Refused as refused:
        tell(refused=refused.code, words=refused.words)
        return
    tell(safe=True)
    found, silent = read(file, kind)
    tell(
        numbers=[[number, place] for number, place in found.places.items()],
        more=found.more,
        is_whole=found.is_whole,
        silent=silent,
    )


def confine() -> None:
    """Give this process little memory and little time, and no file to write."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    confine()
    # A stack trace could hold what the file says: it goes nowhere.
    with contextlib.suppress(MemoryError):
        main(Kind[sys.argv[1]], sys.stdin.buffer, sys.stdout)
