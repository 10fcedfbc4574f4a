"""Looking along: the functional manager sees the site as somebody else does, and changes nothing.

For support: what does this person see? The session stays that of the manager. Begin and end stand
in the audit trail, and so does, under the manager's own name, whatever was read meanwhile.
"""

from __future__ import annotations

import time

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accounts.access import roles_of
from accounts.constants import PRIVILEGED_ROLES, Role
from accounts.models import User
from accounts.trail import record

# In the session of the manager: who is looked along with, and until when (seconds since 1970).
KEY = "looks_along"
LONGEST = 30 * 60
STOP = "looking_stop"
# Nobody borrows the eyes of who has most rights, nor of who is independent of the municipality.
APART = PRIVILEGED_ROLES | {Role.SUPERVISOR}
# The pages about the account itself: its codes and keys are nobody else's.
OWN = "/account/"


def begin(request: HttpRequest, *, person: User, user: User, page: str) -> None:
    """See what ``person`` sees from the next page on. Raises ``ValidationError``."""
    if person.pk == user.pk:
        raise ValidationError("U kijkt al met uw eigen account.")
    if not person.is_active:
        raise ValidationError("Dit account is gesloten: er is niets om mee te kijken.")
    if roles_of(person) & APART:
        raise ValidationError("Met een beheerder, auditor of toezichthouder kunt u niet meekijken.")
    record("looking_begun", actor=user, target=page)
    until = int(time.time()) + LONGEST
    request.session[KEY] = {"pk": person.pk, "until": until, "page": page}


def stop(request: HttpRequest, *, user: User) -> int | None:
    """See the site as oneself again; gives with whom was looked along, if with anybody."""
    held = request.session.pop(KEY, None)
    if held is None:
        return None
    record("looking_ended", actor=user, target=held["page"])
    return int(held["pk"])


def person_of(request: HttpRequest, user: User) -> User | None:
    """With whom ``user`` looks along now; None when that ended. Three queries, and none without."""
    held = request.session.get(KEY)
    if held is None:
        return None
    person: User | None = None
    if held["until"] > time.time() and Role.FUNCTIONAL_MANAGER in roles_of(user):
        person = User.objects.filter(pk=held["pk"], is_active=True).first()
    if person is None or roles_of(person) & APART:
        stop(request, user=user)
        return None
    return person
