"""The guides name pictures that are there and addresses that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import resolve

from scripts.handleiding_beelden import GUIDES, PICTURES

FOLDER = GUIDES.parent
TEXTS = {path.name: path.read_text() for path in sorted(FOLDER.glob("*.md"))}
ADDRESS = re.compile(r"`(/[a-z0-9/-]*/)`")
LINK = re.compile(r"\]\(([^)#]+)")


def test_every_picture_is_named_once_and_every_named_picture_is_there() -> None:
    named = [name for text in TEXTS.values() for name in re.findall(r"\(beeld/([^)]+)\)", text)]
    assert sorted(named) == sorted(path.name for path in GUIDES.glob("*.png"))


def test_the_script_makes_exactly_the_pictures_of_the_guides() -> None:
    made = {f"{row.name}.png" for row in PICTURES if row.folder == GUIDES}
    assert made == {path.name for path in GUIDES.glob("*.png")}


def test_every_picture_has_words_for_who_does_not_see_it() -> None:
    for name, text in TEXTS.items():
        assert "![](" not in text, name


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_every_address_in_a_guide_exists(name: str) -> None:
    for address in ADDRESS.findall(TEXTS[name]):
        resolve(address)


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_every_link_in_a_guide_leads_somewhere(name: str) -> None:
    for link in LINK.findall(TEXTS[name]):
        assert (FOLDER / link).exists(), link


def test_every_address_of_a_picture_exists() -> None:
    for row in PICTURES:
        resolve(row.path.partition("?")[0])


def test_no_picture_is_heavy() -> None:
    for path in (*GUIDES.glob("*.png"), *(Path(GUIDES).parents[1] / "beeld").glob("*.png")):
        assert path.stat().st_size < 400_000, path.name
