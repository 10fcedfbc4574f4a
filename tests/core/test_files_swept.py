"""Bytes and rows that nothing uses go after a while; what is used, or new, stays."""

from __future__ import annotations

import datetime
import os
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from core import files
from core.files import SweptFiles, store, sweep
from core.models import StoredFile
from tests.factories_reporting import AttachmentFactory, RoundFileFactory

LONG_AGO = datetime.timedelta(hours=2)


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def age(file: StoredFile) -> None:
    """As if ``file`` came in two hours ago."""
    StoredFile.objects.filter(pk=file.pk).update(wanted_at=timezone.now() - LONG_AGO)


def age_bytes(path: str) -> None:
    then = time.time() - LONG_AGO.total_seconds()
    os.utime(default_storage.path(path), (then, then))


def stored(content: bytes = b"inhoud") -> StoredFile:
    return store(content, name="a.txt", content_type="text/plain")


@pytest.mark.django_db(transaction=True)
def test_what_nothing_uses_goes_with_its_bytes() -> None:
    file = stored()
    age(file)
    assert sweep() == SweptFiles(rows=1)
    assert not StoredFile.objects.exists()
    assert not default_storage.exists(file.path)


@pytest.mark.django_db(transaction=True)
def test_what_just_came_in_stays_though_nothing_uses_it_yet() -> None:
    file = stored()
    assert sweep() == SweptFiles()
    age(file)
    assert stored() == file  # somebody brings the same bytes
    assert sweep() == SweptFiles()
    assert file.verify()


@pytest.mark.django_db(transaction=True)
def test_what_a_draft_or_a_round_uses_stays() -> None:
    for used in (AttachmentFactory.create(), RoundFileFactory.create()):
        age(used.file)
        age_bytes(used.file.path)
        assert sweep() == SweptFiles()
        assert used.file.verify()


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_off_a_draft_goes() -> None:
    attachment = AttachmentFactory.create()
    age(attachment.file)
    attachment.delete()
    assert sweep().rows == 1


@pytest.mark.django_db(transaction=True)
def test_bytes_of_a_transaction_that_rolled_back_go_after_a_while() -> None:
    with transaction.atomic():
        path = stored().path
        transaction.set_rollback(True)
    assert not StoredFile.objects.exists()
    assert default_storage.exists(path)
    assert sweep() == SweptFiles()
    age_bytes(path)
    assert sweep() == SweptFiles(stray=1)
    assert not default_storage.exists(path)


@pytest.mark.django_db(transaction=True)
def test_an_empty_storage_is_swept_too() -> None:
    assert sweep() == SweptFiles()


@pytest.mark.django_db(transaction=True)
def test_files_of_others_in_the_storage_are_left_alone() -> None:
    path = default_storage.save("logboek/anker.txt", ContentFile(b"anker"))
    age_bytes(path)
    assert sweep() == SweptFiles()
    assert default_storage.exists(path)


@pytest.mark.django_db(transaction=True)
def test_who_brings_the_bytes_back_during_a_sweep_gets_them_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = stored()
    age(file)
    want = files._want

    def swept_first(kept: StoredFile) -> bool:
        assert sweep().rows == 1
        return want(kept)

    monkeypatch.setattr(files, "_want", swept_first)
    again = stored()
    assert again.pk != file.pk
    assert again.verify()
