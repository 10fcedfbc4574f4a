"""Opens a table from outside, in a process of its own, and tells of every cell as one JSON line.

``python -m core.uploaded_tables.child XLSX < file``; confined as in ``core/uploads/child.py``.
"""

from __future__ import annotations

import contextlib
import json
import sys
from dataclasses import asdict
from typing import IO

from core.uploaded_tables.cells import grids
from core.uploads.child import confine
from core.uploads.kinds import Kind
from core.uploads.refusals import Refused

MOST_PROBLEMS = 100  # that are told of


def main(kind: Kind, file: IO[bytes], out: IO[str]) -> None:
    try:
        found = grids(file, kind)
    except Refused as refused:
        print(json.dumps({"refused": refused.code}), file=out, flush=True)
        return
    for grid in found:
        del grid.problems[MOST_PROBLEMS:]
    print(json.dumps({"sheets": [asdict(grid) for grid in found]}), file=out, flush=True)


if __name__ == "__main__":
    confine()
    with contextlib.suppress(MemoryError):
        main(Kind[sys.argv[1]], sys.stdin.buffer, sys.stdout)
