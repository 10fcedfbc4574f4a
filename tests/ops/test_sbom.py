"""The bill of materials names all that is shipped, and both locks pin all that is installed."""

from __future__ import annotations

import re
from typing import Any

import pytest

from scripts.locks import LOCKS, read_lock
from scripts.sbom import bill_of_materials
from tests.ops.tables import ROOT

BILL = bill_of_materials()
COMPONENTS: list[dict[str, Any]] = BILL["components"]
HASH = "--hash=sha256:" + "a" * 64


def test_the_bill_names_every_package_of_the_lock_with_its_version() -> None:
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    locked = [line.split(" ")[0] for line in lines if re.match(r"[a-z0-9]", line)]
    assert len(locked) > 40
    named = {f"{each['name']}=={each['version']}" for each in COMPONENTS}
    assert [re.sub(r"\[.*\]", "", line) for line in locked if line not in named] == []


def test_everything_in_the_bill_has_a_licence() -> None:
    assert [each["name"] for each in COMPONENTS if not each.get("licenses")] == []


def test_the_bill_names_every_file_that_was_copied_in() -> None:
    copied = {
        str(path.relative_to(ROOT))
        for folder in ("static/vendor", "static/fonts")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not path.name.startswith(("LICENSE", "OFL"))
    }
    named = {file["name"] for each in COMPONENTS for file in each.get("components", [])}
    assert copied == named
    version = next(each["version"] for each in COMPONENTS if each["name"] == "bootstrap")
    assert f"v{version} " in (ROOT / "static/vendor/bootstrap.min.css").read_text()[:200]
    version = next(each["version"] for each in COMPONENTS if each["name"] == "htmx.org")
    assert f'version:"{version}"' in (ROOT / "static/vendor/htmx.min.js").read_text()


def test_the_bill_is_the_same_every_time_and_names_nothing_twice() -> None:
    assert bill_of_materials() == BILL
    refs = [each["bom-ref"] for each in COMPONENTS]
    assert len(set(refs)) == len(refs)
    assert (BILL["bomFormat"], BILL["specVersion"]) == ("CycloneDX", "1.6")


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_with_its_hashes(name: str) -> None:
    pins, problems = read_lock((ROOT / name).read_text())
    assert problems == []
    assert len(pins) > 40


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (f"django==5.2 {HASH}", None),
        (f"django==5.2 \\\n    {HASH} \\\n    {HASH}\n    # via x", None),
        (f"django[argon2]==5.2 {HASH}", None),
        ("django==5.2", "no hash: django==5.2"),
        (f"django>=5.2 {HASH}", "no exact version: django>=5.2"),
        (f"django {HASH}", "no exact version: django"),
        ("django==5.2 --hash=md5:abc", "no hash: django==5.2"),
        (f"django==5.2 {HASH} --hash=sha256:short", "more than a version"),
        ("-r other.txt", "no exact version: -r"),
        (f"https://elders.example/x.whl {HASH}", "no exact version: https://"),
        (f"a==1 {HASH}\na==2 {HASH}", "twice: a"),
    ],
)
def test_a_loose_line_would_be_found(line: str, problem: str | None) -> None:
    problems = read_lock(line)[1]
    assert len(problems) == (problem is not None)
    assert problem is None or problem in problems[0]
