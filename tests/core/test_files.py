"""The same bytes are kept once, and what was kept can be checked."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pytest_django import Settings

from core.files import store
from core.models import CHUNK, StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def _kept(tmp_path: Path) -> list[Path]:
    return [path for path in tmp_path.rglob("*") if path.is_file()]


def test_stored_bytes_come_back(tmp_path: Path) -> None:
    kept = store(b"inhoud", name="verslag.txt", content_type="text/plain")
    assert (kept.size, kept.sha256) == (6, hashlib.sha256(b"inhoud").hexdigest())
    assert kept.sha256 in kept.path
    with kept.open() as file:
        assert file.read() == b"inhoud"


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    first = store(b"inhoud", name="a.txt", content_type="text/plain")
    assert store(io.BytesIO(b"inhoud"), name="b.txt", content_type="text/plain") == first
    assert len(_kept(tmp_path)) == 1
    assert StoredFile.objects.get().name == "a.txt"


def test_a_big_file_is_read_in_chunks() -> None:
    class Careful(io.BytesIO):
        largest = 0

        def read(self, size: int | None = -1, /) -> bytes:
            assert size is not None
            assert 0 < size <= CHUNK
            return super().read(size)

    content = b"0123456789" * 500_000
    kept = store(Careful(content), name="groot.bin", content_type="application/octet-stream")
    assert kept.size == len(content)
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert kept.verify()


@examples(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=200))
def test_any_bytes_survive(content: bytes) -> None:
    kept = store(ContentFile(content), name="x", content_type="application/octet-stream")
    with kept.open() as file:
        assert file.read() == content
    assert kept.verify()


@pytest.mark.parametrize("change", [b"inhoux", b"inhoud en meer", b""])
def test_changed_bytes_are_noticed(change: bytes, tmp_path: Path) -> None:
    kept = store(b"inhoud", name="a.txt", content_type="text/plain")
    (tmp_path / kept.path).write_bytes(change)
    assert not kept.verify()


def test_lost_bytes_are_noticed_and_put_back() -> None:
    kept = store(b"inhoud", name="a.txt", content_type="text/plain")
    default_storage.delete(kept.path)
    assert not kept.verify()
    assert store(b"inhoud", name="a.txt", content_type="text/plain") == kept
    kept.refresh_from_db()
    assert kept.verify()


def test_a_file_that_was_cut_off_is_put_back(tmp_path: Path) -> None:
    kept = store(b"inhoud", name="a.txt", content_type="text/plain")
    (tmp_path / kept.path).write_bytes(b"inh")
    assert not kept.is_whole()
    assert store(b"inhoud", name="a.txt", content_type="text/plain") == kept
    kept.refresh_from_db()
    assert kept.verify()
    assert len(_kept(tmp_path)) == 1


def test_half_a_file_of_a_crash_does_no_harm(tmp_path: Path) -> None:
    sha256 = hashlib.sha256(b"inhoud").hexdigest()
    default_storage.save(f"bestanden/{sha256[:2]}/{sha256}", ContentFile(b"inh"))
    assert store(b"inhoud", name="a.txt", content_type="text/plain").verify()


def test_two_processes_that_store_the_same_bytes_at_once_keep_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    save = FileSystemStorage.save
    saves: list[int] = []

    def slow_save(self: FileSystemStorage, path: str, content: Any) -> str:
        saves.append(1)
        if len(saves) == 1:
            store(b"inhoud", name="snel.txt", content_type="text/plain")
        return save(self, path, content)

    monkeypatch.setattr(FileSystemStorage, "save", slow_save)
    kept = store(b"inhoud", name="traag.txt", content_type="text/plain")
    assert StoredFile.objects.get() == kept
    assert kept.name == "snel.txt"
    assert kept.verify()
    assert len(_kept(tmp_path)) == 1


def test_the_database_refuses_what_is_no_hash() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.create(sha256="x" * 64, size=1, content_type="a/b", name="a", path="p")
