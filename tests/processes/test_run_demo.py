"""``manage.py run_demo`` as a user runs it: real processes on a throwaway data folder."""

from __future__ import annotations

import contextlib
import http.client
import os
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("web", "worker", "beat")
PATIENCE = 120.0

pytestmark = pytest.mark.processes


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def environment(data: Path, **extra: str) -> dict[str, str]:
    """A clean one: what the test run itself was given must not reach the demonstration."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "DATA_DIR": str(data), "PYTHONUNBUFFERED": "1", **extra}


class Demo:
    """A running demonstration, its output read line by line."""

    def __init__(self, data: Path, port: int) -> None:
        self.data, self.port = data, port
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "run_demo", "--port", str(port)],
            cwd=ROOT,
            env=environment(data),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        # Reading a line blocks; this ends a test that would wait for ever.
        self.watchdog = threading.Timer(PATIENCE, self.process.kill)
        self.watchdog.start()

    def read_until(self, words: str) -> str:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if words in line:
                return line.rstrip()
        pytest.fail(f"{words!r} never came; the output was:\n" + "\n".join(self.lines))

    def get(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def pids(self) -> dict[str, int]:
        return {name: int((self.data / "run" / f"{name}.pid").read_text()) for name in NAMES}

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.end()

    def end(self) -> int:
        """Read the output to its end and return the exit status; harmless a second time."""
        assert self.process.stdout is not None
        if not self.process.stdout.closed:
            self.lines += self.process.stdout.read().splitlines()
            self.process.stdout.close()
        self.watchdog.cancel()
        return self.process.wait(PATIENCE)


def family(pid: int) -> set[int]:
    """``pid`` and all that descend from it."""
    found = {pid}
    try:
        listed = [task.read_text() for task in Path(f"/proc/{pid}/task").glob("*/children")]
    except (FileNotFoundError, ProcessLookupError):
        return found  # it ended while we looked, as a child that lays out a document does
    for child in " ".join(listed).split():
        found |= family(int(child))
    return found


def has_ended(pid: int, within: float = 15.0) -> bool:
    """Whether the process is gone, or goes within so many seconds."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], within)[0])
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def started(data: Path) -> Iterator[Demo]:
    running = Demo(data, free_port())
    try:
        running.read_until("Stoppen: Ctrl-C")
        yield running
    finally:
        if running.process.poll() is None:
            running.process.terminate()
        running.end()


@pytest.fixture
def first_demo(tmp_path: Path) -> Iterator[Demo]:
    """A demonstration that began with nothing."""
    with started(tmp_path) as running:
        yield running


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data that a first start leaves behind: loading it takes most of the time of a start."""
    data = tmp_path_factory.mktemp("loaded")
    with started(data):
        pass
    return data


@pytest.fixture
def demo(loaded: Path, tmp_path: Path) -> Iterator[Demo]:
    shutil.copytree(loaded, tmp_path, dirs_exist_ok=True)
    with started(tmp_path) as running:
        yield running


def test_the_site_answers_and_a_stop_leaves_nothing_behind(first_demo: Demo) -> None:
    demo = first_demo
    assert demo.get("/")[0] == 200
    assert demo.get("/healthz") == (200, "ok")
    assert demo.get("/readyz")[0] == 200
    output = "\n".join(demo.lines)
    assert f"http://localhost:{demo.port}/" in output
    password = (demo.data / "demo-password").read_text().strip()
    assert password in output
    assert "beleid@voorbeeld.nl" in output
    # Passwords, mail and the database are for this user alone; what the site serves need not be.
    files = [path for path in demo.data.rglob("*") if path.is_file()]
    assert demo.data / "database.sqlite3" in files
    public = demo.data / "static"
    open_to_others = [path for path in files if path.stat().st_mode & 0o077]
    assert [path for path in open_to_others if public not in path.parents] == []
    everybody = family(demo.process.pid)
    assert set(demo.pids().values()) < everybody
    assert demo.stop(signal.SIGINT) == 0
    assert [pid for pid in everybody if not has_ended(pid)] == []
    assert list((demo.data / "run").glob("*.pid")) == []


def test_a_dead_worker_is_started_again(demo: Demo) -> None:
    before = demo.pids()
    os.kill(before["worker"], signal.SIGKILL)
    assert "worker" in demo.read_until("opnieuw gestart")
    after = demo.pids()
    assert after["worker"] != before["worker"]
    assert (after["web"], after["beat"]) == (before["web"], before["beat"])
    assert demo.get("/readyz")[0] == 200


def test_a_second_start_keeps_the_data_and_repeats_no_slow_work(demo: Demo) -> None:
    """How many seconds it takes is measured by scripts/chroot_proof.sh, on a quiet machine."""

    def kept() -> tuple[str, int, list[tuple[str, str]]]:
        with contextlib.closing(sqlite3.connect(demo.data / "database.sqlite3")) as database:
            accounts = database.execute("SELECT email, password FROM accounts_user ORDER BY email")
            return (
                (demo.data / "demo-password").read_text(),
                (demo.data / "static" / "staticfiles.json").stat().st_mtime_ns,
                accounts.fetchall(),
            )

    before = kept()
    assert demo.stop() == 0
    again = Demo(demo.data, demo.port)
    try:
        again.read_until("Stoppen: Ctrl-C")
        assert kept() == before
    finally:
        assert again.stop() == 0


def test_a_kill_that_nobody_can_catch_leaves_no_children(demo: Demo) -> None:
    everybody = family(demo.process.pid)
    demo.process.kill()
    demo.end()
    assert [pid for pid in everybody if not has_ended(pid)] == []


def test_a_second_demonstration_on_the_same_data_is_refused(demo: Demo) -> None:
    answer = run_briefly(demo.data, free_port())
    assert answer.returncode == 1
    assert "Er draait al een demonstratie met deze gegevens." in answer.stderr
    assert demo.get("/healthz") == (200, "ok")


def run_briefly(data: Path, port: int, **extra: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "run_demo", "--port", str(port)],
        cwd=ROOT,
        env=environment(data, **extra),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_a_port_in_use_is_named_and_nothing_is_started(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        answer = run_briefly(tmp_path, port)
    assert answer.returncode == 1
    assert answer.stderr == f"Poort {port} is bezet; probeer make demo PORT={port + 1}\n"
    assert not (tmp_path / "database.sqlite3").exists()
    assert not (tmp_path / "run").exists()


def test_a_port_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    answer = run_briefly(tmp_path, 70000)
    assert answer.returncode == 1
    assert answer.stderr == "Poort 70000 bestaat niet; kies een getal van 1 tot en met 65535.\n"


def test_production_refuses_the_demonstration(tmp_path: Path) -> None:
    answer = run_briefly(
        tmp_path,
        free_port(),
        MODE="production",
        SECRET_KEY="k" * 60,
        ALLOWED_HOSTS="monitor.example.org",
        BASE_URL="https://monitor.example.org",
        CACHE_URL="redis://127.0.0.1:6379/0",
    )
    assert answer.returncode == 1
    assert "MODE=production" in answer.stderr
    assert not (tmp_path / "database.sqlite3").exists()


def test_a_process_that_keeps_dying_ends_the_demonstration(demo: Demo) -> None:
    for _ in range(5):
        os.kill(demo.pids()["beat"], signal.SIGKILL)
        demo.read_until("Het proces beat was gestopt en is opnieuw gestart.")
    everybody = family(demo.process.pid)
    os.kill(demo.pids()["beat"], signal.SIGKILL)
    demo.read_until("Het proces beat stopt steeds.")
    assert demo.end() == 1
    assert [pid for pid in everybody if not has_ended(pid)] == []
