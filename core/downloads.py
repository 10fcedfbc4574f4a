"""Handing out stored files: always to be saved, never to be run, and never by path."""

from __future__ import annotations

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from core.models import StoredFile

logger = logging.getLogger(__name__)


GONE = "Dit bestand is niet meer te openen. Meld het de beheerder."
NOT_YET = "Dit document wordt nog gemaakt. Probeer het over een minuut opnieuw."


def inline_pdf(
    request: HttpRequest, file: StoredFile, name: str, *, is_public: bool
) -> HttpResponseBase:
    """A PDF that was made here, to be read in the browser; what is not public stays in no cache.

    Raises ``Http404`` when the storage lost it. The caller has opened the door.
    """
    etag = f'"{file.sha256}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            with file.open() as opened:
                response = HttpResponse(opened.read(), content_type="application/pdf")
        except FileNotFoundError as error:
            logger.exception("The bytes of stored file %s are gone from the storage", file.pk)
            raise Http404(NOT_YET) from error
        response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response["ETag"] = etag
    response["Cache-Control"] = "public, no-cache" if is_public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def download(file: StoredFile, name: str) -> HttpResponse:
    """The bytes of ``file`` under ``name``. Raises ``Http404`` when the storage lost them.

    The caller has opened the door: this asks nobody who they are.
    """
    try:
        with file.open() as opened:
            response = HttpResponse(opened.read(), content_type="application/octet-stream")
    except FileNotFoundError:
        logger.exception("The bytes of stored file %s are gone from the storage", file.pk)
        raise Http404(GONE) from None
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
