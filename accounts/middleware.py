"""What a request meets before and after its view: the second step, the audit trail, no cache."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import idle, looking
from accounts.audited import words
from accounts.constants import AuditResult
from accounts.models import User
from accounts.second_step import ONWARD, is_settled, must_sign_in_anew
from accounts.trail import asked_from, record

Answer = Callable[[HttpRequest], HttpResponseBase]

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
ADDING = frozenset({"mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"})
# Where the owner of an account changes how it is entered.
OWNING = frozenset({"account_change_password", "account_set_password", "account_email"})
# Where somebody sets up a second step, and shows who it is before that.
ENROLLING = ADDING | {"mfa_index", "account_reauthenticate", "session_state"}
# Whether it waits in the browser (static/js/typed.js), the browser adds.
LOST = " Wat u instuurde, is nog niet bewaard."
ONWARDS = " Log in om verder te gaan waar u was."
# One entry per person and page for all saves and looks within this many seconds, while somebody
# works on it.
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
        if _is_behind(request) and not response.has_header("Cache-Control"):
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


class _BeforeView:
    """A middleware with no more than a ``process_view``, for views that a stranger may not see.

    A public page says the same to everybody: these do not so much as look at its session.
    """

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view, "login_required", True) or not isinstance(request.user, User):
            return None
        return self.before(request, request.user)

    def before(self, request: HttpRequest, user: User) -> HttpResponseBase | None:
        raise NotImplementedError


class IdleEnds(_BeforeView):
    """A session in which nobody did anything for too long ends, and leads back after signing in."""

    def before(self, request: HttpRequest, user: User) -> HttpResponseBase | None:
        if idle.seconds_left(request):
            if idle.is_act(request):
                idle.note(request, user)
            return None
        held = request.session[idle.KEY]
        looking.stop(request, user=user)
        record("session_ended", actor=user)
        logout(request)
        lost = "" if request.method in SAFE or _is_script(request) else LOST
        messages.info(
            request,
            f"U bent uitgelogd, omdat u {idle.minutes(held)} minuten niets deed.{lost}{ONWARDS}",
        )
        return redirect_to_login(_page_of(request))


class SignInFirst(LoginRequiredMiddleware):
    """A stranger signs in first. Who sent a form was signed in when it was opened: that is said,
    and leads back to the page of the form, not to where it was sent."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        if request.method in SAFE or _is_script(request):
            return super().handle_no_permission(request, view_func)
        messages.info(request, f"U bent uitgelogd.{LOST}{ONWARDS}")
        return redirect_to_login(_page_of(request))


class SecondStep(_BeforeView):
    """Who is signed in without a second step is led to setting one up, and may do nothing else.

    Public pages and signing out stay open. What such a person sends elsewhere is refused on a page
    that does not throw the form away; a script that saves a draft is answered as it is after a
    session ended, and keeps what was typed.
    """

    def before(self, request: HttpRequest, user: User) -> HttpResponseBase | None:
        name = request.resolver_match.url_name if request.resolver_match else None
        if user.is_demonstration:
            return self._shared(request, name)
        if name in ADDING | OWNING and must_sign_in_anew(request, user):
            return self._anew(request)
        if is_settled(request, user):
            return None
        request.must_enrol = True  # type: ignore[attr-defined] # the menu is empty then
        if name in ENROLLING:
            return None
        if request.method in SAFE or _is_script(request):
            if request.method in SAFE:
                request.session[ONWARD] = request.get_full_path()
            return redirect("mfa_index")
        return render(request, "accounts/second_step_first.html", status=403)

    @staticmethod
    def _anew(request: HttpRequest) -> HttpResponseBase:
        page = _page_of(request)
        get_adapter(request).logout(request)
        messages.info(
            request,
            "Log eerst opnieuw in. Wat u wilt doen, vraagt om zekerheid dat u het bent.",
        )
        return redirect_to_login(page)

    @staticmethod
    def _shared(request: HttpRequest, name: str | None) -> HttpResponseBase | None:
        if not settings.DEMO:
            logout(request)
            return redirect(settings.LOGIN_URL)
        # A second step or a password of one would shut out all others who share the account.
        return redirect("mfa_index") if name in ADDING | OWNING else None


class LooksAlong(_BeforeView):
    """A functional manager who looks along sees the page as the other does, and changes nothing."""

    def before(self, request: HttpRequest, user: User) -> HttpResponseBase | None:
        person = looking.person_of(request, user)
        if person is None:
            return None
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in {looking.STOP, "account_logout", "session_state"}:
            return None
        request.looks_along = person  # type: ignore[attr-defined] # the banner says so
        request.looker = user  # type: ignore[attr-defined] # who it is in the audit trail
        own = request.path.startswith(looking.OWN)
        if own or request.method not in SAFE:
            return render(request, "accounts/looking_refused.html", {"own": own}, status=403)
        request.user = SimpleLazyObject(lambda: person)  # type: ignore[assignment]
        return None


def _is_behind(request: HttpRequest) -> bool:
    """Whether a page was asked that no stranger may see."""
    match = request.resolver_match
    return match is not None and bool(getattr(match.func, "login_required", True))


def _is_script(request: HttpRequest) -> bool:
    """Whether a script asks, which keeps what was typed itself."""
    return request.headers.get("Accept") == "application/json"


def _page_of(request: HttpRequest) -> str:
    """Where the person is: the page, or the one that the form was on."""
    if request.method in SAFE and not _is_script(request):
        return request.get_full_path()
    page = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return urlsplit(page)._replace(scheme="", netloc="", fragment="").geturl()
    return reverse(settings.LOGIN_REDIRECT_URL)


def _note(request: HttpRequest, response: HttpResponseBase) -> None:
    match = request.resolver_match
    name = match.url_name if match else None
    if name is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return
    told = words()
    changes = request.method not in SAFE
    refused = response.status_code in {403, 404}
    # A file that is handed out counts also where nobody thought of a word for it.
    handed_out = response.has_header("Content-Disposition") and _is_behind(request)
    if name in told.quiet or not (changes or refused or handed_out or name in told.reads):
        return
    looker = getattr(request, "looker", None)
    user = looker or request.user
    if not isinstance(user, User):
        return
    result = _result(request, response, changes=changes)
    action = told.action(name, changes=changes)
    if name in told.once and not cache.add(
        f"audit:{user.pk}:{action}:{request.path}:{result}", 1, timeout=SAVE_SESSION
    ):
        return
    along = getattr(request, "looks_along", None)
    details = {"kijkt mee met account": along.pk} if along else {}
    record(action, actor=user, target=request.path, result=result, details=details)


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
