"""Modules stay small enough to read, and are named for their contents."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (
    *("core", "accounts", "agenda", "contracts", "reporting", "monitor", "demo"),
    *("config", "tests", "bench", "scripts"),
)
LONGEST = 500
#: Data that happens to be Python, and migrations, which are written by a tool.
SPARED = {"migrations", "data", "node_modules"}
MEANINGLESS = {"utils", "helpers", "misc", "common", "util"}


def modules() -> list[Path]:
    return [
        path
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if not SPARED & set(path.parts)
    ]


def test_no_module_is_longer_than_one_can_read() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in modules()
    }
    assert lengths
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_no_module_is_named_for_nothing() -> None:
    assert [path for path in modules() if path.stem in MEANINGLESS] == []
