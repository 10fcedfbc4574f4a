"""``run_demo`` in the process that prepares the data; tests/processes runs all of it."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from django.conf import settings as held
from django.core.management import call_command
from pytest_django import Settings

from demo.management.commands.run_demo import Command, make_children


def test_what_is_prepared_leads_to_the_port_of_the_site(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = str(tmp_path)
    settings.BASE_URL = "http://localhost:8000"
    seen: list[str] = []

    def prepare(self: Command, data: Path) -> str:
        seen.append(held.BASE_URL)
        return ""

    monkeypatch.setattr(Command, "prepare", prepare)
    monkeypatch.setattr(Command, "run", lambda self, *args: None)
    monkeypatch.setattr("os.umask", lambda mask: 0)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    call_command("run_demo", port=port)
    assert seen == [f"http://localhost:{port}"]


def test_the_site_is_served_with_the_settings_of_an_installation(tmp_path: Path) -> None:
    """So that a request that cannot be read gets the same page in Dutch (tests/ops)."""
    web = make_children(tmp_path, 8000)[0].command
    assert web[web.index("--config") :][:2] == ["--config", "python:config.gunicorn"]
