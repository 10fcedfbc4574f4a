"""Handing out stored files: always to be saved, never to be run, and never by path."""

from __future__ import annotations

import logging

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from core.models import StoredFile

logger = logging.getLogger(__name__)


def download(file: StoredFile, name: str) -> HttpResponse:
    """The bytes of ``file`` under ``name``. Raises ``Http404`` when the storage lost them.

    The caller has opened the door: this asks nobody who they are.
    """
    try:
        with file.open() as opened:
            response = HttpResponse(opened.read(), content_type="application/octet-stream")
    except FileNotFoundError:
        logger.exception("The bytes of stored file %s are gone from the storage", file.pk)
        raise Http404("Dit bestand is niet meer te openen. Meld het de beheerder.") from None
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
