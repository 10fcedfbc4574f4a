"""``kill -9`` in the middle of building the council document: it is built all the same, once."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.processes.test_killed_worker import REDIS_URL, Installation, _redis
from tests.waiting import wait_until

pytestmark = pytest.mark.processes


class DocumentInstallation(Installation):
    """An installation with the real settings, a published edition and a document to build."""

    def __init__(self, folder: Path, broker: str) -> None:
        super().__init__(folder, broker)
        self.environment["DJANGO_SETTINGS_MODULE"] = "config.settings"

    def enqueue(self) -> None:
        subprocess.run(
            [sys.executable, "-m", "tests.processes.enqueue_document"],
            cwd=settings.BASE_DIR,
            env=self.environment,
            check=True,
        )

    def rows(self, query: str) -> list[dict[str, Any]]:
        path = self.folder / "data" / "database.sqlite3"
        with contextlib.closing(sqlite3.connect(path, timeout=10)) as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(query)]


@pytest.fixture
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DocumentInstallation]:
    server = _redis() if request.param == "redis" else None
    if server is not None:
        server.flushdb()
    held = DocumentInstallation(tmp_path, REDIS_URL if server is not None else "filesystem://")
    try:
        yield held
    finally:
        for process in held.processes:
            held.kill(process)
        sys.stdout.write(held.output())  # pytest shows it when the test fails
        if server is not None:
            server.flushdb()
            server.close()


@pytest.mark.parametrize("house", ["filesystem", "redis"], indirect=True)
def test_a_document_whose_worker_is_killed_is_built_once_by_the_next(
    house: DocumentInstallation,
) -> None:
    house.enqueue()
    worker = house.worker()
    wait_until(
        lambda: house.job()["state"] == "running" and house.job()["progress"] >= 20,
        seconds=60,
        what="the document is being laid out",
    )
    house.kill(worker)
    left = house.job()
    assert (left["state"], left["attempts"]) == ("running", 1)
    assert house.rows("SELECT * FROM core_storedfile") == []

    house.beat()
    house.worker()
    wait_until(lambda: house.job()["state"] == "done", seconds=120, what="another worker builds it")
    assert house.job()["attempts"] == 2
    (document,) = house.rows("SELECT * FROM monitor_councildocument")
    (file,) = house.rows("SELECT * FROM core_storedfile")
    assert document["file_id"] == file["id"]
    assert document["pages"] > 25
    stored = [path for path in (house.folder / "data" / "files").rglob("*") if path.is_file()]
    assert [path.stat().st_size for path in stored] == [file["size"]]
