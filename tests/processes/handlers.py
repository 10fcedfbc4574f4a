"""A job that gets stuck in a child in its first attempt, and does its work in any later one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from core.child import run_child
from core.jobs import JobRun


def note(run: JobRun, word: str) -> None:
    with Path(run.payload["log"]).open("a") as log:
        log.write(f"{word} {run.job.attempts} {os.getpid()}\n")


def slow_probe(run: JobRun) -> dict[str, Any]:
    note(run, "started")
    if run.job.attempts == 1:
        with tempfile.TemporaryDirectory(dir=Path(run.payload["log"]).parent) as name:
            run_child(
                "tests.core.child_targets.forever",
                {"pid_file": run.payload["pid_file"]},
                Path(name),
                timeout=120,
                progress=run.progress,
                check=run.check,
            )
    with run.finishing() as result:
        note(run, "built")
        result["attempt"] = run.job.attempts
    return result
