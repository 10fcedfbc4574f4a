"""How long somebody who is signed in may do nothing (docs/instellingen.md names the settings).

Counted is the last request that was an act of a person. A draft that saves itself and a page that
looks whether a job is done ask on their own, also when everybody went home.
"""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts.access import roles_of
from accounts.constants import PARTNER_ROLES
from accounts.models import User

# In the session: when its user last did something, and whether the shorter time holds.
KEY = "active"
# What asks on its own (URL names).
NO_ACTS = frozenset({"report_autosave", "document_job"})
# The moment is written again after so many seconds: not every page costs a write.
STEP = 30


def now() -> int:
    """Seconds since 1970."""
    return int(time.time())


def begin(request: HttpRequest, user: User) -> None:
    """The user did something now. One query, for the roles: who has one at a partner gets the
    shorter time, whatever else he holds."""
    partner = bool(roles_of(user) & PARTNER_ROLES)
    request.session[KEY] = {"at": now(), "partner": partner}


def minutes(held: dict[str, Any]) -> int:
    """How long nothing may happen in a session that keeps ``held``."""
    partner, staff = settings.SESSION_MINUTES_PARTNER, settings.SESSION_MINUTES_STAFF
    return int(min(partner, staff) if held["partner"] else staff)


def seconds_left(request: HttpRequest) -> int:
    """Until the session ends; 0 once it did. A session from before this rule has all its time."""
    held = request.session.get(KEY)
    if held is None:
        return int(settings.SESSION_MINUTES_STAFF) * 60
    end = int(held["at"]) + minutes(held) * 60
    return max(0, end - now())


def is_act(request: HttpRequest) -> bool:
    """Whether a person asked this."""
    name = request.resolver_match.url_name if request.resolver_match else None
    if name == "session_state":
        return request.method == "POST"
    return name not in NO_ACTS


def note(request: HttpRequest, user: User) -> None:
    """Keep that the user did something, unless that was kept a moment ago."""
    held = request.session.get(KEY)
    if held is None or now() - held["at"] >= STEP:
        begin(request, user)
