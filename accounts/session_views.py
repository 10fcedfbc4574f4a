"""How long somebody stays signed in: asked by the warning on each work page, and extended by it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.access import signed_in
from accounts.idle import begin, seconds_left


@require_http_methods(["GET", "HEAD", "POST"])
def session_state(request: HttpRequest) -> HttpResponseBase:
    """Who is signed in and for how long; a POST is the button that stays signed in.

    The token goes along for who signed in anew in another window: what stands in the forms of this
    one can be sent then.
    """
    user = signed_in(request)
    if request.method == "POST":
        begin(request, user)
        if request.headers.get("Accept") != "application/json":
            return redirect("work_home")
    return JsonResponse(
        {"left": seconds_left(request), "person": str(user.pk), "token": get_token(request)}
    )
