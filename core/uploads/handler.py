"""No byte too many is kept while a form with a file comes in."""

from __future__ import annotations

import io
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

MB = 1024 * 1024
AROUND = MB  # bytes of a form besides its file


def most_bytes() -> int:
    """How large one file may be."""
    return int(settings.UPLOAD_MAX_MB) * MB


class Dropped(UploadedFile):  # type: ignore[type-arg] # Django's own annotation has no default
    """Stands for a file that was too large: it has its size, and none of its bytes."""


class LimitedUpload(FileUploadHandler):
    """The first of the handlers: it counts, and hands on no more than one file may hold.

    A request that says at its start that it is larger than that is not kept at all.
    """

    keeps = True
    size = 0

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> tuple[QueryDict, MultiValueDict[str, UploadedFile[Any]]] | None:
        self.keeps = content_length <= most_bytes() + AROUND
        return None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.size = 0
        if not self.keeps:
            raise StopFutureHandlers  # they open a file at once

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.size += len(raw_data)
        return raw_data if self.keeps and self.size <= most_bytes() else None

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        if self.keeps and self.size <= most_bytes():
            return None
        if self.request is not None:
            for handler in self.request.upload_handlers:
                handler.upload_interrupted()  # closes and removes what was kept of it
        return Dropped(io.BytesIO(), self.file_name, self.content_type, self.size)
