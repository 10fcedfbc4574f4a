"""The licence, publiccode.yml and the README say what is true of this project."""

from __future__ import annotations

import re
from typing import Any

import yaml
from django.conf import settings

from tests.ops.tables import ROOT, rows

PUBLICCODE: dict[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text())
PYPROJECT = (ROOT / "pyproject.toml").read_text()


def test_publiccode_has_the_mandatory_fields_within_their_limits() -> None:
    assert PUBLICCODE["publiccodeYmlVersion"] == "0.4"
    assert PUBLICCODE["developmentStatus"] in {
        "concept",
        "development",
        "beta",
        "stable",
        "obsolete",
    }
    assert PUBLICCODE["softwareType"] == "standalone/web"
    assert PUBLICCODE["platforms"] == ["web"]
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", PUBLICCODE["releaseDate"])
    assert set(PUBLICCODE["description"]) == {"nl", "en"}
    for text in PUBLICCODE["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]
    assert PUBLICCODE["maintenance"]["contacts"]
    assert isinstance(PUBLICCODE["localisation"]["localisationReady"], bool)


def test_the_licence_is_the_same_everywhere_and_its_text_is_complete() -> None:
    assert PUBLICCODE["legal"]["license"] == "EUPL-1.2"
    assert 'license = { text = "EUPL-1.2" }' in PYPROJECT
    text = (ROOT / "LICENSE").read_text()
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [int(n) for n in re.findall(r"^(\d+)\.\s?[A-Z]", text, re.MULTILINE)] == [*range(1, 16)]
    assert "Appendix" in text


def test_the_version_is_the_same_everywhere() -> None:
    assert PUBLICCODE["softwareVersion"] == settings.VERSION
    assert f'version = "{settings.VERSION}"' in PYPROJECT


def test_the_readme_names_folders_that_exist_and_every_app() -> None:
    named = {
        folder
        for row in rows(ROOT / "README.md", "folder")
        for folder in re.findall(r"`(\w+)/`", row[0])
    }
    assert [folder for folder in named if not (ROOT / folder).is_dir()] == []
    apps = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert apps <= named


def test_links_between_the_papers_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    dead = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        # The exclamation mark: pictures are made from the running application.
        for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)#]+)[^)]*\)", page.read_text())
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert dead == []


def test_the_first_screen_of_the_readme_has_both_commands_and_a_picture() -> None:
    first_screen = (ROOT / "README.md").read_text().splitlines()[:14]
    for words in ("make demo", "make test", "](docs/beeld/overzicht.png)"):
        assert any(words in line for line in first_screen), words
