"""What must not stand in a tracked file: this machine's paths, index addresses, promises."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.txt", "requirements-dev.txt", "tests/package-lock.json"]
BINARY = {".woff2", ".woff", ".ttf", ".otf", ".png", ".jpg", ".ico", ".pdf", ".xlsx", ".gz", ".zip"}

# Written in two parts, so that this file does not find itself.
FORBIDDEN = {
    "a path of one machine": re.compile(r"(?<![\w.~/}-])/(?:wo" + r"rk|ro" + r"ot)/"),
    "a promise for later": re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b"),
}


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [
        path
        for path in paths
        if path.is_file()
        and not path.is_symlink()
        and path.suffix not in BINARY
        # Others' code, minified and taken as it is.
        and "vendor" not in path.parts
    ]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_tracked_file_holds(what: str) -> None:
    paths = tracked_files()
    assert len(paths) > 30
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if FORBIDDEN[what].search(line)
    ]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert not re.search(r"--(?:extra-)?index-url|--find-links|--trusted-host", text)


@pytest.mark.parametrize("name", LOCKS[:2])
def test_every_python_package_is_pinned_with_hashes(name: str) -> None:
    lines = (ROOT / name).read_text().splitlines()
    pins = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert len(pins) > 30
    assert [
        pin for pin in pins if not re.fullmatch(r"[\w.-]+(\[[\w,-]+\])?==\S+( ; .+)? \\", pin)
    ] == []


def test_the_test_lock_ships_the_same_versions() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(), re.MULTILINE))

    assert pins("requirements.txt") <= pins("requirements-dev.txt")


def test_every_npm_package_is_pinned_with_its_hash() -> None:
    packages = json.loads((ROOT / "tests/package-lock.json").read_text())["packages"]
    assert len(packages) > 1
    for name, package in packages.items():
        if name:
            assert package["integrity"].startswith("sha512-")
            assert "resolved" not in package
