"""What the tests of ``core.child`` call in a child process."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import Any

from core.child import Progress


def double(argument: dict[str, Any], folder: Path, progress: Progress) -> dict[str, Any]:
    sys.stdout.write("noise on standard output is no report\n")
    progress(50, "Halverwege")
    return {"doubled": argument["number"] * 2}


def break_down(argument: dict[str, Any], folder: Path, progress: Progress) -> dict[str, Any]:
    raise ValueError("kapot")


def forever(argument: dict[str, Any], folder: Path, progress: Progress) -> dict[str, Any]:
    Path(argument["pid_file"]).write_text(str(os.getpid()))
    progress(10, "Begonnen")
    threading.Event().wait()
    return {}
