"""Work in a child process: it can be stopped at any moment, and it never outlives its parent.

Celery's workers are daemons and may not have ``multiprocessing`` children, so this is a subprocess
with ``python -m core.child``. The target is a function without a database::

    def target(argument: dict, folder: Path, progress: Callable[[int, str], None]) -> dict

``argument`` and what it returns travel as JSON; files travel through ``folder``, which is made for
the occasion and removed afterwards. Both sides see it.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)

Progress = Callable[[int, str], None]
Target = Callable[[dict[str, Any], Path, Progress], dict[str, Any]]

# How often the parent looks whether it should stop the child, in seconds.
TICK = 0.5


class ChildFailed(Exception):
    """The child did not do its work; the message is for the log."""


class ChildTimeout(ChildFailed):
    """The child took longer than it may, and was stopped."""


def run_child(
    target: str,
    argument: dict[str, Any],
    folder: Path,
    *,
    timeout: float,
    progress: Progress = lambda percent, text: None,
    check: Callable[[], None] = lambda: None,
) -> dict[str, Any]:
    """Call the function with dotted path ``target`` in a child and return what it returns.

    ``progress`` is called in this process for each step that the child reports; ``check`` every
    half second. Whatever either raises stops the child and is raised here. Raises ``ChildTimeout``
    after ``timeout`` seconds, ``ChildFailed`` when the child breaks down.
    """
    (folder / "argument.json").write_text(json.dumps(argument))
    with (folder / "errors.log").open("wb") as errors:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "core.child", target, str(folder)],
            stdin=subprocess.PIPE,  # stays open: its end tells the child that we are gone
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=settings.BASE_DIR,
            start_new_session=True,
        )
    try:
        _relay(process, time.monotonic() + timeout, timeout, progress, check)
        code = process.wait()
    finally:
        _stop(process)
    if code != 0:
        words = (folder / "errors.log").read_text(errors="replace").strip()
        raise ChildFailed(f"{target} ended with code {code}: {words[-2000:]}")
    outcome: dict[str, Any] = json.loads((folder / "result.json").read_text())
    return outcome


def _relay(
    process: subprocess.Popen[bytes],
    deadline: float,
    timeout: float,
    progress: Progress,
    check: Callable[[], None],
) -> None:
    """Pass on the child's reports until it closes its end."""
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    descriptor = process.stdout.fileno()
    os.set_blocking(descriptor, False)
    waiting = b""
    next_check = 0.0
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while True:
            if time.monotonic() >= deadline:
                raise ChildTimeout(f"stopped after {timeout:g} seconds")
            if time.monotonic() >= next_check:
                check()
                next_check = time.monotonic() + TICK
            if not selector.select(timeout=TICK):
                continue
            piece = os.read(descriptor, 65536)
            if not piece:
                return
            *lines, waiting = (waiting + piece).split(b"\n")
            if lines:
                # Only the last step counts: older ones are past by now.
                percent, text = json.loads(lines[-1])
                progress(percent, text)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Nothing of the child is left after this: its group is killed and its pipes are closed."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


# -- the child's side ------------------------------------------------------------------------------
def _die_with_parent(pipe: IO[bytes]) -> None:
    """End this process, at once, when the parent's end of the pipe is gone."""
    pipe.read()
    os._exit(3)


def main(target: str, folder: Path) -> None:
    """What the child does: read the argument, call the target, write the result."""
    threading.Thread(target=_die_with_parent, args=(sys.stdin.buffer,), daemon=True).start()
    # Reports have a channel of their own: what a library prints ends up in the log.
    reports = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def progress(percent: int, text: str) -> None:
        reports.write(json.dumps([percent, text]) + "\n")
        reports.flush()

    function: Target = import_string(target)
    outcome = function(json.loads((folder / "argument.json").read_text()), folder, progress)
    (folder / "result.json").write_text(json.dumps(outcome))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main(sys.argv[1], Path(sys.argv[2]))
    # The thread that watches the parent still reads from its pipe; a normal exit would wait for it.
    sys.stderr.flush()
    os._exit(0)
