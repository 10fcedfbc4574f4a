"""Storing bytes once, by their hash; and letting go of what nothing uses."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Exists, ForeignObjectRel, OuterRef, ProtectedError
from django.utils import timezone

from core.models import CHUNK, StoredFile

# Up to this size an upload is held in memory while its hash is computed, above it on disk.
SPOOL = 2 * CHUNK
ROOT = "bestanden"
# What nothing uses may be that of an upload under way; no upload takes as long as this.
GRACE = datetime.timedelta(hours=1)


def store(content: bytes | IO[bytes] | File[Any], *, name: str, content_type: str) -> StoredFile:
    """Keep ``content`` and return its row; the same bytes give the same row, whatever the name.

    A file is read in chunks from where it stands, and left open. Bytes that the storage lost, or
    of which it holds a part only, are put back. The file is written before the row, so a crash
    in between leaves bytes that no row names, and never a row without its bytes.
    """
    digest = hashlib.sha256()
    size = 0
    with tempfile.SpooledTemporaryFile(max_size=SPOOL) as spool:
        if isinstance(content, bytes):
            digest.update(content)
            size = len(content)
            spool.write(content)
        else:
            while chunk := content.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                spool.write(chunk)
        sha256 = digest.hexdigest()
        kept = StoredFile.objects.filter(sha256=sha256).first()
        if kept is not None and not _want(kept):
            kept = None  # the sweep was first
        if kept is not None and kept.is_whole():
            return kept
        spool.seek(0)
        # The storage gives another name when a file stands at this path already: the row keeps the
        # name it gave, so half a file that a crash left behind does no harm.
        path = default_storage.save(f"{ROOT}/{sha256[:2]}/{sha256}", File(spool))
    if kept is not None:
        damaged, kept.path = kept.path, path
        kept.save(update_fields=["path"])
        if damaged != path:
            default_storage.delete(damaged)
        return kept
    try:
        with transaction.atomic():
            return StoredFile.objects.create(
                sha256=sha256,
                size=size,
                content_type=content_type[:120],
                name=name[:255],
                path=path,
            )
    except IntegrityError:
        # Another process stored the same bytes at the same moment.
        kept = StoredFile.objects.get(sha256=sha256)
        if kept.path != path:
            default_storage.delete(path)
        return kept


def _want(kept: StoredFile) -> bool:
    """Keep the sweep off ``kept``; false when it is gone."""
    kept.wanted_at = timezone.now()
    return bool(StoredFile.objects.filter(pk=kept.pk).update(wanted_at=kept.wanted_at))


# -- letting go -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class SweptFiles:
    """What one sweep let go: rows that nothing used, and bytes that no row named."""

    rows: int = 0
    stray: int = 0


def sweep() -> SweptFiles:
    """Let go of files that nothing uses, and of bytes that a crash or a rollback left behind.

    Neither is touched within ``GRACE`` of coming in. Not inside a transaction.
    """
    before = timezone.now() - GRACE
    rows = 0
    unused = StoredFile.objects.filter(*_used_by_nothing(), wanted_at__lt=before)
    for pk in list(unused.values_list("pk", flat=True)):
        # Between that look and this one somebody may have wanted it, or use it.
        with contextlib.suppress(ProtectedError, IntegrityError), transaction.atomic():
            held = StoredFile.objects.select_for_update().filter(pk=pk, wanted_at__lt=before)
            for file in held:
                file.delete()
                transaction.on_commit(partial(default_storage.delete, file.path))
                rows += 1
    stray = 0
    for path in _stray(before):
        default_storage.delete(path)
        stray += 1
    return SweptFiles(rows, stray)


def _used_by_nothing() -> Iterator[Any]:
    """Conditions that no row of any table names the file."""
    for each in StoredFile._meta.get_fields(include_hidden=True):
        if isinstance(each, ForeignObjectRel):
            rows = each.related_model._base_manager.filter(**{each.field.name: OuterRef("pk")})
            yield ~Exists(rows)


def _stray(before: datetime.datetime) -> Iterator[str]:
    """The paths of bytes from before a moment that no row names. A query a folder."""
    try:
        folders, _ = default_storage.listdir(ROOT)
    except FileNotFoundError:
        return  # nothing was ever stored
    for folder in folders:
        _, names = default_storage.listdir(f"{ROOT}/{folder}")
        paths = [f"{ROOT}/{folder}/{name}" for name in names]
        named = set(StoredFile.objects.filter(path__in=paths).values_list("path", flat=True))
        for path in paths:
            if path not in named and default_storage.get_modified_time(path) < before:
                yield path
