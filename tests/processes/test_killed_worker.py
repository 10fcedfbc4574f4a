"""A worker that is killed in the middle of a job loses nothing, on either broker."""

from __future__ import annotations

import contextlib
import datetime
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings

from tests.waiting import is_alive, wait_until

pytestmark = pytest.mark.processes

REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/13")


class Installation:
    """A throwaway database with a broker, and the worker and beat processes on it."""

    def __init__(self, folder: Path, broker: str) -> None:
        self.folder = folder
        self.log = folder / "job.log"
        self.pid_file = folder / "child.pid"
        self.processes: list[subprocess.Popen[bytes]] = []
        keep = {"PATH", "HOME", "LANG", "VIRTUAL_ENV"}
        self.environment = {
            **{name: value for name, value in os.environ.items() if name in keep},
            "DJANGO_SETTINGS_MODULE": "tests.process_settings",
            "DATA_DIR": str(folder / "data"),
            "CELERY_BROKER_URL": broker,
            "JOB_LEASE_SECONDS": "2",
            "JOB_SWEEP_SECONDS": "1",
        }

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """A process in a group of its own, so that it can be killed with all that it started."""
        output = (self.folder / f"{len(self.processes)}-{command[1]}.log").open("wb")
        with output:
            process = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def worker(self) -> subprocess.Popen[bytes]:
        return self.start(
            *("celery", "-A", "config", "worker", "--concurrency", "1", "--loglevel", "INFO"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        )

    def beat(self) -> subprocess.Popen[bytes]:
        return self.start("celery", "-A", "config", "beat")

    def enqueue(self) -> None:
        subprocess.run(
            [sys.executable, "-m", "tests.processes.enqueue", str(self.log), str(self.pid_file)],
            cwd=settings.BASE_DIR,
            env=self.environment,
            check=True,
        )

    def wait_for_the_middle(self) -> None:
        wait_until(
            lambda: self.pid_file.exists() and self.pid_file.read_text(),
            seconds=30,
            what="the job is in the middle of its work",
        )

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def job(self) -> dict[str, Any]:
        with contextlib.closing(
            sqlite3.connect(self.folder / "data" / "database.sqlite3", timeout=10)
        ) as database:
            database.row_factory = sqlite3.Row
            return dict(database.execute("SELECT * FROM core_job").fetchone())

    def words(self) -> list[str]:
        return [line.split()[0] for line in self.log.read_text().splitlines()]

    def child(self) -> int:
        return int(self.pid_file.read_text())

    def output(self) -> str:
        logs = sorted(self.folder.glob("*-*.log"))
        return "\n".join(f"== {path.name}\n{path.read_text()[-4000:]}" for path in logs)


def _redis() -> redis.Redis:
    server = redis.Redis.from_url(REDIS_URL)
    try:
        server.ping()
    except redis.ConnectionError:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"Redis does not answer on {REDIS_URL}")
    return server


@pytest.fixture
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    server = _redis() if request.param == "redis" else None
    if server is not None:
        server.flushdb()
    house = Installation(tmp_path, REDIS_URL if server is not None else "filesystem://")
    try:
        yield house
    finally:
        for process in house.processes:
            house.kill(process)
        sys.stdout.write(house.output())  # pytest shows it when the test fails
        if server is not None:
            server.flushdb()
            server.close()


@pytest.mark.parametrize(
    ("installation", "rescue"),
    [("filesystem", "beat"), ("filesystem", "start"), ("redis", "beat")],
    indirect=["installation"],
)
def test_a_job_whose_worker_is_killed_is_done_once_by_the_next(
    installation: Installation, rescue: str
) -> None:
    worker = installation.worker()
    installation.enqueue()
    installation.wait_for_the_middle()
    wait_until(lambda: installation.job()["progress"] == 10, seconds=10, what="progress is shown")
    child = installation.child()
    assert is_alive(child)

    installation.kill(worker)

    wait_until(lambda: not is_alive(child), seconds=10, what="the child follows its worker")
    left_behind = installation.job()
    assert (left_behind["state"], left_behind["attempts"]) == ("running", 1)

    if rescue == "beat":
        installation.beat()
    else:
        lease_until = datetime.datetime.fromisoformat(left_behind["lease_until"])
        wait_until(
            lambda: datetime.datetime.now(datetime.UTC).replace(tzinfo=None) > lease_until,
            seconds=10,
            what="the lease runs out",
        )
    installation.worker()
    wait_until(
        lambda: installation.job()["state"] == "done", seconds=30, what="another worker does it"
    )

    done = installation.job()
    assert done["attempts"] == 2
    assert done["result"] == '{"attempt": 2}'
    assert installation.words() == ["started", "started", "built"]


@pytest.mark.parametrize("installation", ["filesystem"], indirect=True)
def test_heartbeats_keep_a_long_job_with_its_worker(installation: Installation) -> None:
    installation.worker()
    installation.beat()
    installation.enqueue()
    installation.wait_for_the_middle()
    first_lease = installation.job()["lease_until"]
    wait_until(
        lambda: installation.job()["heartbeat_at"] > first_lease,
        seconds=10,
        what="a heartbeat after the first lease would have run out",
    )
    job = installation.job()
    assert (job["state"], job["attempts"]) == ("running", 1)
    assert installation.words() == ["started"]

    with contextlib.closing(
        sqlite3.connect(installation.folder / "data" / "database.sqlite3", timeout=10)
    ) as database:
        database.execute("UPDATE core_job SET cancel_requested = 1")
        database.commit()
    wait_until(
        lambda: installation.job()["state"] == "cancelled", seconds=10, what="the job is stopped"
    )
    assert not is_alive(installation.child())
