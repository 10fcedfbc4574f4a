"""A browser keeps a page of an edition until something that the page is made of changes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from pytest_django import Settings

from monitor.editions import Edition, EditionKey


def edition(sha256: str = "a" * 64, others: tuple[EditionKey, ...] = ()) -> Edition:
    return Edition(key=EditionKey(2018), version=1, sha256=sha256, others=others)


@pytest.mark.parametrize(
    ("name", "value"), [("VERSION", "9.9.9"), ("MUNICIPALITY_NAME", "Elders"), ("DEMO", False)]
)
def test_a_setting_that_the_page_shows_changes_the_tag(
    name: str, value: Any, settings: Settings
) -> None:
    before = edition().etag
    assert edition().etag == before
    setattr(settings, name, value)
    assert edition().etag != before


def test_other_static_files_change_the_tag(monkeypatch: pytest.MonkeyPatch) -> None:
    tags = set()
    for manifest in ("aaa", "bbb"):
        storage = SimpleNamespace(manifest_hash=manifest)
        monkeypatch.setattr("monitor.editions.staticfiles_storage", storage)
        tags.add(edition().etag)
    assert len(tags) == 2


def test_content_and_neighbours_change_the_tag() -> None:
    others = (EditionKey(2017),)
    tags = {edition().etag, edition(sha256="b" * 64).etag, edition(others=others).etag}
    assert len(tags) == 3
