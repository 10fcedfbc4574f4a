"""Signing in with an account of work: away to the provider, and back (accounts/oidc.py)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import oidc
from accounts.constants import AuditResult
from accounts.second_step import DONE_ELSEWHERE
from accounts.sign_on_words import TOLD, Reason, Refused
from accounts.single_sign_on import person_of
from accounts.trail import record

View = Callable[[HttpRequest], HttpResponseBase]


def _where_it_is_on(view: View) -> View:
    """Without a provider in the settings there is nothing here; with one, a refusal is a page."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        if not oidc.is_on():
            raise Http404
        if not consume(request, app="allauth.account", action="single_sign_on", limit_get=True):
            return _page_of(request, Reason.TOO_OFTEN)
        try:
            return view(request)
        except Refused as refused:
            account = f"account {refused.account}" if refused.account else "onbekend account"
            record(
                "single_sign_on",
                actor=None,
                target=account,
                result=AuditResult.REFUSED,
                details={"reden": refused.reason.value},
            )
            return _page_of(request, refused.reason)

    return guarded


@login_not_required
@never_cache
@_where_it_is_on
@require_POST
def oidc_start(request: HttpRequest) -> HttpResponseBase:
    """On to the provider, by a page: a form that leads elsewhere would be stopped by our policy,
    and so would each next address that the provider itself leads to."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    onward = request.POST.get("next", "")
    # A path of this site alone: no address of another host, whatever it looks like.
    if not url_has_allowed_host_and_scheme(onward, allowed_hosts=None):
        onward = ""
    return render(
        request,
        "account/oidc_onward.html",
        {"address": oidc.address_to_ask(request, onward), "name": settings.OIDC_NAME},
    )


@login_not_required
@never_cache
@_where_it_is_on
@require_safe
def oidc_callback(request: HttpRequest) -> HttpResponseBase:
    """Back from the provider: sign in, or say why not."""
    identity, onward = oidc.answer_of(request)
    person = person_of(identity)
    if request.user.is_authenticated:
        # What the former session knows must not count for this one.
        get_adapter(request).logout(request)
    if identity.did_second_step:
        setattr(request, DONE_ELSEWHERE, True)
    record_authentication(
        request, person, "socialaccount", provider=identity.issuer, uid=identity.subject
    )
    answer: HttpResponseBase = perform_login(
        request, person, email_verification="none", redirect_url=onward or None
    )
    return answer


def _page_of(request: HttpRequest, reason: Reason) -> HttpResponse:
    told = TOLD[reason]
    context = {"title": told.title, "text": told.text.format(name=settings.OIDC_NAME)}
    return render(request, "account/oidc_refused.html", context, status=told.status)
