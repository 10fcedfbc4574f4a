"""What an answer gets from who asks it: a line in the audit trail, no cache, a limit on tries."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase

from accounts.audited import words
from accounts.constants import AuditResult
from accounts.models import User
from accounts.trail import asked_from, record

Answer = Callable[[HttpRequest], HttpResponseBase]

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# One entry per person and page for all saves within this many seconds, while somebody types.
SAVE_SESSION = 30 * 60


def audited(get_response: Answer) -> Answer:
    """Record each change, each reading of what is not public, and each refusal.

    The entry is written after the answer was made, in a transaction of its own: so a refusal is
    kept although what was tried is rolled back. What is done with
    accounts and roles records itself, in the transaction that does it (decision 0020).
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        with asked_from(get_adapter().get_client_ip(request)):
            response = get_response(request)
            _note(request, response)
        return response

    return answer


def kept_by_nobody(get_response: Answer) -> Answer:
    """A page behind the sign-in stays in no cache: the back button of a shared computer shows none.

    Public pages say the same to everybody and keep what they say of caching themselves.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        match = request.resolver_match
        behind = match is not None and getattr(match.func, "login_required", True)
        if behind and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response

    return answer


def too_often(get_response: Answer) -> Answer:
    """A sign-in that was tried too often is answered 429, with its form as it was typed."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if getattr(request, "tried_too_often", False) and response.status_code == 200:
            response.status_code = 429
        return response

    return answer


def _note(request: HttpRequest, response: HttpResponseBase) -> None:
    match = request.resolver_match
    name = match.url_name if match else None
    if name is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return
    told = words()
    changes = request.method not in SAFE
    refused = response.status_code in {403, 404}
    if name in told.quiet or not (changes or refused or name in told.reads):
        return
    user = request.user
    if not isinstance(user, User):
        return
    result = _result(request, response, changes=changes)
    if name in told.once and not cache.add(
        f"audit:{user.pk}:{request.path}:{result}", 1, timeout=SAVE_SESSION
    ):
        return
    record(name, actor=user, target=request.path, result=result)


def _result(request: HttpRequest, response: HttpResponseBase, *, changes: bool) -> AuditResult:
    status = response.status_code
    if status >= 500:
        return AuditResult.FAILED
    if status in {403, 404, 405, 429}:
        return AuditResult.REFUSED
    if status >= 400:
        return AuditResult.UNCHANGED
    if not changes:
        return AuditResult.DONE
    # A form that was not accepted comes back as a page; what was accepted leads elsewhere.
    shown_again = status == 200 and response.get("Content-Type", "").startswith("text/html")
    return AuditResult.UNCHANGED if shown_again or _warned(request) else AuditResult.DONE


def _warned(request: HttpRequest) -> bool:
    """Whether the view sends the reader elsewhere with a message that it did not work."""
    # Reading the messages in the public way would take them from the page that shows them.
    queued = getattr(getattr(request, "_messages", None), "_queued_messages", ())
    return any(message.level >= messages.WARNING for message in queued)
