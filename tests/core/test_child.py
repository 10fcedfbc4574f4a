"""A child process does the work, and is gone when nobody wants the work any more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from core.child import ChildFailed, ChildTimeout, run_child
from tests.waiting import is_alive, wait_until

TARGETS = "tests.core.child_targets"


def test_a_child_returns_its_result_and_reports_its_steps(tmp_path: Path) -> None:
    steps: list[tuple[int, str]] = []

    outcome = run_child(
        f"{TARGETS}.double",
        {"number": 21},
        tmp_path,
        timeout=30,
        progress=lambda percent, text: steps.append((percent, text)),
    )

    assert outcome == {"doubled": 42}
    assert steps == [(50, "Halverwege")]


def test_a_child_that_breaks_down_says_why(tmp_path: Path) -> None:
    with pytest.raises(ChildFailed, match="kapot"):
        run_child(f"{TARGETS}.break_down", {}, tmp_path, timeout=30)


def test_a_child_that_takes_too_long_is_killed(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"

    with pytest.raises(ChildTimeout):
        run_child(f"{TARGETS}.forever", {"pid_file": str(pid_file)}, tmp_path, timeout=3)

    assert not is_alive(int(pid_file.read_text()))


def test_a_child_is_killed_when_the_check_raises(tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    pid_file = tmp_path / "pid"

    def check() -> None:
        if pid_file.exists() and pid_file.read_text():
            raise Stop

    with pytest.raises(Stop):
        run_child(
            f"{TARGETS}.forever", {"pid_file": str(pid_file)}, tmp_path, timeout=60, check=check
        )

    assert not is_alive(int(pid_file.read_text()))


def test_a_child_dies_with_its_parent(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    program = (
        "from pathlib import Path; from core.child import run_child;"
        f"run_child('{TARGETS}.forever', {{'pid_file': {str(pid_file)!r}}},"
        f" Path({str(tmp_path)!r}), timeout=60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", program])
    try:
        wait_until(
            lambda: pid_file.exists() and pid_file.read_text(), seconds=30, what="child started"
        )
        child = int(pid_file.read_text())
        assert is_alive(child)
    finally:
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()

    wait_until(lambda: not is_alive(child), seconds=10, what="the child follows its parent")
