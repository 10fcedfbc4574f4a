"""scripts/healthcheck.py, which the containers ask whether they are well."""

from __future__ import annotations

import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ops.tables import ROOT


def run(*arguments: str, hosts: str = "monitor.example.org") -> int:
    return subprocess.run(
        [sys.executable, ROOT / "scripts" / "healthcheck.py", *arguments],
        env={"PATH": os.environ["PATH"], "ALLOWED_HOSTS": hosts},
        capture_output=True,
        check=False,
    ).returncode


class Site(http.server.BaseHTTPRequestHandler):
    """A site that is ready, and answers under one host name only, as Django does."""

    def do_GET(self) -> None:
        right = self.path == "/readyz" and self.headers["Host"] == "monitor.example.org"
        self.send_response(200 if right else 400)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield str(server.server_address[1])
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    "hosts", ["monitor.example.org", ".monitor.example.org", "monitor.example.org, www.example.org"]
)
def test_a_ready_site_is_asked_under_its_own_name(port: str, hosts: str) -> None:
    assert run("web", port, hosts=hosts) == 0


def test_a_site_that_is_not_ready_is_unwell(port: str) -> None:
    assert run("web", port, hosts="anders.example.org") == 1


def test_a_site_that_does_not_answer_is_unwell() -> None:
    assert run("web", "1") == 1


def test_a_planner_is_well_as_long_as_it_writes_its_schedule(tmp_path: Path) -> None:
    schedule = tmp_path / "celerybeat-schedule"
    assert run("beat", str(schedule)) == 1
    written = tmp_path / "celerybeat-schedule.dat"
    written.touch()
    assert run("beat", str(schedule)) == 0
    os.utime(written, (1_000_000_000, 1_000_000_000))
    assert run("beat", str(schedule)) == 1


def test_a_question_that_makes_no_sense_is_an_error() -> None:
    assert run() == run("web") == run("web", "poort") == run("planner", "x") == 2
