"""Looking at who has which access: every year, and each quarter for who has most (BIO2 5.18)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.constants import PRIVILEGED_ROLES, ReviewScope, Role
from accounts.models import AccessReview, RoleAssignment, User
from accounts.querysets import RoleAssignmentQuerySet
from accounts.trail import record
from core.tables import CellValue

HOW_OFTEN = {
    ReviewScope.ALL: datetime.timedelta(days=365),
    ReviewScope.PRIVILEGED: datetime.timedelta(days=92),
}
LONG_UNUSED = datetime.timedelta(days=90)
# The same words of the same person within this time are one review: a second click, or going back.
SAME_REVIEW = datetime.timedelta(hours=1)
HEADER = (
    *("naam", "e-mailadres", "rol", "organisatie", "vanaf", "tot en met", "vervangt"),
    *("tekenbevoegdheid", "persoon laatst ingelogd", "niet ingelogd sinds deze rol"),
    "gaat niet samen",
)


@dataclass(frozen=True)
class Due:
    """When a review has to be done again; ``on`` is today when it never was."""

    scope: ReviewScope
    done_on: datetime.date | None
    on: datetime.date
    is_due: bool


def access() -> RoleAssignmentQuerySet:
    """Every role that is held today or later, with who holds it and whether it ``clashes`` with
    another of the same person or is ``unused``, in order of name."""
    return (
        RoleAssignment.objects.held_now()
        .with_clash()
        .with_unused()
        .select_related("user", "organisation", "replaces")
        .order_by("user__name", "user_id", "valid_from", "role")
    )


def of_scope(scope: ReviewScope) -> RoleAssignmentQuerySet:
    rows = access()
    return rows.filter(role__in=PRIVILEGED_ROLES) if scope == ReviewScope.PRIVILEGED else rows


def dues(today: datetime.date) -> list[Due]:
    """Both reviews, with the day on which each is due. One query. The wide one counts for both."""
    newest = AccessReview.objects.order_by().values("scope").annotate(newest=Max("at"))
    held = dict(newest.values_list("scope", "newest"))
    last = {scope: timezone.localtime(at).date() for scope, at in held.items()}
    found = []
    for scope, often in HOW_OFTEN.items():
        days = [last[one] for one in (scope, ReviewScope.ALL) if one in last]
        done = max(days, default=None)
        on = done + often if done else today
        found.append(Due(scope, done, on, on <= today))
    return found


class AlreadyRecorded(ValidationError):
    """This review was written down a moment ago."""


def record_review(*, scope: ReviewScope, note: str, user: User) -> AccessReview:
    """Write down that ``user`` looked, and what came of it.

    Raises ``ValidationError``, and ``AlreadyRecorded`` when that was done a moment ago.
    """
    note = note.strip()
    if not note:
        raise ValidationError("Schrijf wat er uit de controle kwam.")
    with transaction.atomic():
        # Two clicks wait for each other here: the second finds the review there.
        User.objects.select_for_update().get(pk=user.pk)
        newest = AccessReview.objects.filter(reviewer=user, at__gt=timezone.now() - SAME_REVIEW)
        if newest.filter(scope=scope, note=note).exists():
            raise AlreadyRecorded("Deze controle was al vastgelegd. U hoeft niets te doen.")
        made = AccessReview.objects.create(
            scope=scope, note=note, reviewer=user, assignments=of_scope(scope).count()
        )
        record("access_reviewed", actor=user, details={"waarover": str(made.get_scope_display())})
    return made


def rows() -> Iterator[list[CellValue]]:
    """The whole of it, for a spreadsheet."""
    for held in access():
        seen = held.user.last_login
        yield [
            held.user.name,
            held.user.email,
            held.get_role_display(),
            held.organisation.name if held.organisation else "",
            held.valid_from,
            held.valid_until,
            held.replaces.name if held.replaces else "",
            held.authority,
            timezone.localtime(seen).replace(tzinfo=None) if seen else "nog nooit",
            "ja" if held.unused else "",  # type: ignore[attr-defined] # of ``with_unused``
            "ja" if held.clashes else "",  # type: ignore[attr-defined] # of ``with_clash``
        ]


def alone_in(person: User) -> list[RoleAssignment]:
    """The roles of ``person`` that nobody else holds today, at the same organisation where there is
    one: what waits for such a role waits for nobody once the account is closed. Two queries.
    """
    today = timezone.localdate()
    mine = list(
        RoleAssignment.objects.filter(user=person).valid_on(today).select_related("organisation")
    )
    others = set(
        RoleAssignment.objects.filter(user__is_active=True)
        .valid_on(today)
        .exclude(user=person)
        .values_list("role", "organisation")
    )
    return [
        held
        for held in mine
        if (held.role, held.organisation_id) not in others and held.role != Role.READER
    ]
