"""Storing bytes once, by their hash."""

from __future__ import annotations

import hashlib
import tempfile
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from core.models import CHUNK, StoredFile

# Up to this size an upload is held in memory while its hash is computed, above it on disk.
SPOOL = 2 * CHUNK


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
        if kept is not None and kept.is_whole():
            return kept
        spool.seek(0)
        # The storage gives another name when a file stands at this path already: the row keeps the
        # name it gave, so half a file that a crash left behind does no harm.
        path = default_storage.save(f"bestanden/{sha256[:2]}/{sha256}", File(spool))
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
