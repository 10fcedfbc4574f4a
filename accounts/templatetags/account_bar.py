"""The menu of those who are signed in: by the roles that they hold today."""

from __future__ import annotations

from django import template
from django.conf import settings

from accounts import idle
from accounts.access import roles_of
from core.navigation import Link, navigation, resolve

register = template.Library()


@register.simple_tag(takes_context=True)
def work_navigation(context: template.Context) -> list[Link]:
    """The links for the roles of the user of this request. One query.

    None for who has to set up a second step first: every link would lead there.
    """
    request = context["request"]
    if getattr(request, "must_enrol", False):
        return []
    return resolve(navigation(roles_of(request.user)), request.path)


@register.simple_tag
def work_account() -> str:
    """What the provider of single sign-on is called; empty when there is none. No query."""
    return str(settings.OIDC_NAME) if settings.OIDC_SERVER_URL else ""


@register.simple_tag(takes_context=True)
def session_seconds(context: template.Context) -> int:
    """How long the session of this request lasts when nothing more happens. No query."""
    return idle.seconds_left(context["request"])
