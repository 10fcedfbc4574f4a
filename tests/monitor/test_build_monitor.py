"""``build_monitor`` makes the document without a worker, all of it or nothing."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from monitor.constants import MonitorKind
from monitor.models import Snapshot
from tests.factories_monitor import MonitorFactory
from tests.monitor.editions_in_test import published_snapshot
from tests.monitor.payload_fixture import notes_payload

RENDER_TWICE = """
import hashlib, json, sys, django
django.setup()
from core.documents import render_pdf
from monitor.documents import document_assets, document_html
from tests.monitor.payload_fixture import payload
content = payload()
html = document_html(content, sha256="ab" * 32, version=1, release="0.1.0")
pdf = render_pdf(html, stylesheets=["css/document.css"], assets=document_assets(content))
print(hashlib.sha256(pdf).hexdigest())
"""


def build(output: Path, *arguments: str) -> None:
    call_command("build_monitor", *arguments, "--output", str(output), verbosity=0)


@pytest.mark.django_db
def test_the_newest_published_version_becomes_a_file(tmp_path: Path) -> None:
    published_snapshot(content=notes_payload())
    build(tmp_path / "raad.pdf", "2018")
    assert (tmp_path / "raad.pdf").read_bytes().startswith(b"%PDF-")
    assert [path.name for path in tmp_path.iterdir()] == ["raad.pdf"]


@pytest.mark.django_db
def test_the_half_year_is_an_edition_of_its_own(tmp_path: Path) -> None:
    published_snapshot(kind=MonitorKind.HALF_YEAR, content=notes_payload())
    with pytest.raises(CommandError, match="Er is geen monitor over 2018"):
        build(tmp_path / "raad.pdf", "2018")
    build(tmp_path / "raad.pdf", "2018", "--kind", "halfjaar")
    assert (tmp_path / "raad.pdf").exists()


@pytest.mark.django_db
def test_two_builds_of_a_snapshot_are_the_same_bytes(tmp_path: Path) -> None:
    published_snapshot(content=notes_payload())
    build(tmp_path / "een.pdf", "2018")
    build(tmp_path / "twee.pdf", "2018")
    assert (tmp_path / "een.pdf").read_bytes() == (tmp_path / "twee.pdf").read_bytes()


def test_two_processes_give_the_same_bytes() -> None:
    digests = set()
    for seed in ("1", "2"):
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTHONHASHSEED": seed,
        }
        answer = subprocess.run(
            [sys.executable, "-c", RENDER_TWICE],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(answer.stdout.strip())
    assert len(digests) == 1
    assert digests != {hashlib.sha256(b"").hexdigest()}


@pytest.mark.django_db
def test_a_year_without_a_monitor_names_the_years_that_have_one(tmp_path: Path) -> None:
    published_snapshot(content=notes_payload())
    with pytest.raises(CommandError, match=r"Er is geen monitor over 1999\. Wel over: 2018\."):
        build(tmp_path / "raad.pdf", "1999")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_a_monitor_that_is_not_published_gives_no_document(tmp_path: Path) -> None:
    MonitorFactory.create(year=2018, adopted=True)
    with pytest.raises(CommandError, match=r"nog niet aan de raad aangeboden .*vastgesteld"):
        build(tmp_path / "raad.pdf", "2018")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_a_path_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    published_snapshot(content=notes_payload())
    with pytest.raises(CommandError, match="kan niet worden geschreven"):
        build(tmp_path / "er" / "is" / "niets.pdf", "2018")
    with pytest.raises(CommandError, match="is een map"):
        build(tmp_path, "2018")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_a_build_that_fails_leaves_the_old_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = published_snapshot(content=notes_payload())
    (tmp_path / "raad.pdf").write_bytes(b"oud")
    monkeypatch.setattr(
        "monitor.management.commands.build_monitor._snapshot",
        lambda year, kind: Snapshot(
            monitor=snapshot.monitor, version=1, payload="{}", sha256=snapshot.sha256
        ),
    )
    with pytest.raises(CommandError, match="controlegetal"):
        build(tmp_path / "raad.pdf", "2018")
    assert (tmp_path / "raad.pdf").read_bytes() == b"oud"
    assert [path.name for path in tmp_path.iterdir()] == ["raad.pdf"]
