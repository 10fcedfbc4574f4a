"""Health of the installation, and what a visitor sees when something goes wrong."""

from __future__ import annotations

import datetime
import logging
import uuid
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.connection import Connection

from core.context_processors import site

logger = logging.getLogger(__name__)


@never_cache
@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: everything that is public."""
    closed = ("/beheer/", "/portaal/", "/werk/", "/account/", "/stijlgids/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


# Readers of security.txt take one that is about to end for a forgotten one.
SECURITY_TXT_HOLDS = datetime.timedelta(days=90)


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116). Raises ``Http404`` while no contact is set."""
    if not settings.SECURITY_CONTACT:
        raise Http404("Deze site noemt nog geen adres voor het melden van een kwetsbaarheid.")
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    expires = (midnight + SECURITY_TXT_HOLDS).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.BASE_URL}{reverse('security_txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 or, for more than the site takes at once, 413; of our own. Django's asks for the token of
    the form, which reads the body that could not be read, and so fails again."""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return HttpResponse(render_to_string(f"{status}.html", site(request)), status=status)


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponseBase:
    """Where a browser looks that did not read the page."""
    return redirect(static("favicon.svg"), permanent=True)


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _broker() -> None:
    options = dict(settings.CELERY_BROKER_TRANSPORT_OPTIONS)
    if settings.CELERY_BROKER_URL.startswith("filesystem"):
        # There is nothing to connect to: the folder that takes the messages is the broker.
        _write_to(Path(options["data_folder_out"]))
        return
    if settings.CELERY_BROKER_URL.startswith("redis"):
        # Redis ignores connect_timeout; without these a silent host holds the answer up for ever.
        options |= {"socket_connect_timeout": 2, "socket_timeout": 2}
    with Connection(  # type: ignore[no-untyped-call] # kombu ships no types
        settings.CELERY_BROKER_URL, transport_options=options, connect_timeout=2
    ) as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, timeout=2)


def _storage() -> None:
    # Through the storage itself, which need not be a folder of this machine.
    probe = f".ready-{uuid.uuid4().hex}"
    try:
        default_storage.save(probe, ContentFile(b"ok"))
    finally:
        default_storage.delete(probe)


def _write_to(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    # The name does not end in .msg, so that a worker does not take it for a message.
    probe = folder / f".ready-{uuid.uuid4().hex}"
    try:
        probe.write_bytes(b"ok")
    finally:
        probe.unlink(missing_ok=True)


CHECKS = {"database": _database, "broker": _broker, "storage": _storage}


@never_cache
@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Database, broker and storage answer: 200; otherwise 503 with the names of what does not.

    Anybody may ask, so why something fails goes to the log alone.
    """
    state: dict[str, str] = {}
    for name, check in CHECKS.items():
        try:
            check()
        except Exception as error:  # a storage of any make: what it raises has no common kind
            logger.warning("readyz: %s does not answer: %s", name, error)
            state[name] = "unavailable"
        else:
            state[name] = "ok"
    ready = all(word == "ok" for word in state.values())
    return JsonResponse(state, status=200 if ready else 503)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or came from elsewhere: 403 in plain Dutch."""
    return render(request, "403_csrf.html", status=403)
