"""Child processes of the demonstration: started, watched, restarted within limits, and stopped."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path

RESTARTS = 5
RESTART_WINDOW_SECONDS = 60.0
STOP_SECONDS = 8.0
LOG_BYTES = 5_000_000
PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    """Linux: ask for SIGTERM when the parent dies, so that even kill -9 leaves nothing behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """One process with a log file and a pid file, in a process group of its own."""

    def __init__(
        self, name: str, command: Sequence[str], *, cwd: Path, env: Mapping[str, str], data: Path
    ) -> None:
        self.name = name
        self.command = list(command)
        self.cwd = cwd
        self.env = dict(env)
        self.log_path = data / "logs" / f"{name}.log"
        self.pid_path = data / "run" / f"{name}.pid"
        self.process: subprocess.Popen[bytes] | None = None
        self._restarts: deque[float] = deque(maxlen=RESTARTS)

    def start(self) -> None:
        self.log_path.parent.mkdir(parents=True, exist_ok=True)
        self.pid_path.parent.mkdir(parents=True, exist_ok=True)
        if self.log_path.exists() and self.log_path.stat().st_size > LOG_BYTES:
            self.log_path.replace(self.log_path.with_suffix(".log.1"))
        with self.log_path.open("ab") as log:
            # A group of its own: Ctrl-C in the terminal reaches the parent alone, which stops the
            # children in order. The parent has no threads, so preexec_fn is safe.
            self.process = subprocess.Popen(  # noqa: S603 - our own commands
                self.command,
                cwd=self.cwd,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            )
        self.pid_path.write_text(f"{self.process.pid}\n")

    @property
    def has_died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def restart(self) -> bool:
        """Start again after a death; False when that happened too often in the last minute."""
        now = time.monotonic()
        if len(self._restarts) == RESTARTS and now - self._restarts[0] < RESTART_WINDOW_SECONDS:
            return False
        self._restarts.append(now)
        self._kill_group()
        self.start()
        return True

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def stop(self, until: float) -> None:
        """Wait until the monotonic time ``until``, then take it and all that it started away."""
        if self.process is not None:
            # A worker in the middle of a job would wait for it. The job is a row with a lease, so
            # the next start takes it up again.
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(max(0.0, until - time.monotonic()))
            self._kill_group()
            self.process.wait()
        self.pid_path.unlink(missing_ok=True)

    def _kill_group(self) -> None:
        # The group bears the pid of its first process; the system does not give that number out
        # again while the group has members.
        assert self.process is not None  # noqa: S101 - only called after a start
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


def stop_all(children: Sequence[Child]) -> None:
    """Ask all of them at once, then wait for each within one span of ``STOP_SECONDS``."""
    for child in children:
        child.ask_to_stop()
    until = time.monotonic() + STOP_SECONDS
    for child in children:
        child.stop(until)
