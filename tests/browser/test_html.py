"""The HTML checker reads every page that the other browser tests visited, in one go."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.browser.pages import messages

ROOT = Path(__file__).resolve().parents[2]
VNU = ROOT / "tests/node_modules/vnu-jar/build/dist/vnu.jar"

pytestmark = pytest.mark.browser


def run_checker(folder: Path) -> tuple[list[str], list[str]]:
    pages = sorted(folder.glob("*.html"))
    assert pages, "no page was visited: run the whole folder tests/browser"
    done = subprocess.run(
        ["java", "-Xss4m", "-jar", VNU, "--format", "json", "--stdout", *pages],
        capture_output=True,
        text=True,
        check=False,
    )
    kept = (folder / "addresses.txt").read_text().splitlines()
    addresses = dict(line.split(" ", 1) for line in kept)
    return messages(json.loads(done.stdout), addresses)


def test_all_html_that_was_visited_is_valid(
    kept_html: Path,
) -> None:
    errors, remarks = run_checker(kept_html)
    for remark in remarks:
        print(f"vnu: {remark}")  # noqa: T201 - shown when the test fails, or with -rP
    assert errors == [], "\n".join(errors)


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<!doctype html><html lang="nl"><title>x</title><p><div></div></p>'
    )
    (tmp_path / "addresses.txt").write_text("a /ergens/\n")
    errors, _ = run_checker(tmp_path)
    assert len(errors) == 1
    assert errors[0].startswith("/ergens/:1: No “p” element in scope")
