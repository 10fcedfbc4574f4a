"""Rendering for a job: in a child process that the job can stop."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from django.conf import settings

from core.child import ChildTimeout, run_child
from core.jobs import TOOK_TOO_LONG, JobFailed, JobRun


def render_in_child(
    html: str,
    *,
    stylesheets: Sequence[str] = (),
    assets: Sequence[bytes] = (),
    folders: Sequence[Path] | None = None,
    timeout: float = 600,
    run: JobRun | None = None,
    first: int = 0,
    last: int = 100,
) -> bytes:
    """``render_pdf`` in a child process, for a job: its progress is the job's, between the per
    cents ``first`` and ``last``, and when the job is cancelled or lost the child is killed.

    Raises ``JobFailed`` when it takes more than ``timeout`` seconds, ``ChildFailed`` when the
    document cannot be rendered (its message holds why), and what ``JobRun.check`` raises.
    """

    def relay(percent: int, text: str) -> None:
        if run is not None:
            run.progress(first + (last - first) * percent // 100, text)

    check: Callable[[], None] = run.check if run is not None else lambda: None
    with tempfile.TemporaryDirectory(prefix="document-") as name:
        folder = Path(name)
        (folder / "document.html").write_text(html, encoding="utf-8")
        paths = []
        for number, content in enumerate(assets):
            (folder / f"asset-{number}").write_bytes(content)
            paths.append(f"asset-{number}")
        static = settings.STATICFILES_DIRS if folders is None else folders
        argument = {
            "stylesheets": list(stylesheets),
            "assets": paths,
            "folders": [str(path) for path in static],
        }
        try:
            run_child(
                "core.documents.render_here",
                argument,
                folder,
                timeout=timeout,
                progress=relay,
                check=check,
            )
        except ChildTimeout as error:
            raise JobFailed(TOOK_TOO_LONG) from error
        return (folder / "document.pdf").read_bytes()
