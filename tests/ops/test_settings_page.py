"""docs/instellingen.md says what config/settings.py does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.ops.tables import ROOT, rows, settings_variables

PAGE = ROOT / "docs" / "instellingen.md"
KINDS = {
    "text": "tekst",
    "flag": "aan of uit",
    "choice": "keuze",
    "number": "getal",
    "words": "lijst",
    "folder": "map",
    "database": "database",
    "broker": "wachtrij",
    "address": "adres",
    "mail": "postserver",
    "scanner": "virusscanner",
}


def import_settings(tmp_path: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_page_lists_every_variable_in_the_order_of_the_settings() -> None:
    assert [row[0] for row in rows(PAGE, "Variabele") if len(row) == 5] == [
        f"`{variable.name}`" for variable in settings_variables()
    ]


def test_the_page_gives_the_kind_and_the_default_of_every_variable() -> None:
    page = {row[0].strip("`"): row for row in rows(PAGE, "Variabele") if len(row) == 5}
    for variable in settings_variables():
        _, kind, default, _, meaning = page[variable.name]
        assert kind == KINDS[variable.reader], variable.name
        assert meaning.endswith("."), variable.name
        if variable.default:
            assert default == f"`{variable.default}`", variable.name


def test_the_bounds_of_a_number_are_those_of_the_settings(tmp_path: Path) -> None:
    page = {row[0].strip("`"): row for row in rows(PAGE, "Variabele") if len(row) == 5}
    for variable in settings_variables():
        if variable.reader == "number":
            answer = import_settings(tmp_path, **{variable.name: "veel"})
            bounds = re.search(r"geef een getal van (\d+) tot (\d+)", answer.stderr)
            assert bounds is not None, variable.name
            assert f"Van {bounds[1]} tot {bounds[2]}." in page[variable.name][4]


def test_production_asks_for_what_the_page_calls_required_and_for_nothing_else(
    tmp_path: Path,
) -> None:
    answer = import_settings(tmp_path, MODE="production")
    assert answer.returncode != 0
    asked = set(re.findall(r"^  - ([A-Z_]+)", answer.stderr, re.MULTILINE))
    required = {row[0].strip("`") for row in rows(PAGE, "Variabele") if row[3:4] == ["ja"]}
    assert asked == required


def test_production_starts_with_what_the_page_calls_required(tmp_path: Path) -> None:
    answer = import_settings(
        tmp_path,
        MODE="production",
        SECRET_KEY="k" * 50,
        ALLOWED_HOSTS="monitor.example.org",
        BASE_URL="https://monitor.example.org",
        CACHE_URL="redis://127.0.0.1:6379/1",
    )
    assert (answer.returncode, answer.stderr) == (0, "")
