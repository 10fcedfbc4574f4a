"""Selections of accounts data; views and templates never spell these filters."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.constants import SEPARATIONS, excluded_by

if TYPE_CHECKING:
    from accounts.models import (  # noqa: F401 - named in the base classes below
        AuditEntry,
        Change,
        Membership,
        Organisation,
        RoleAssignment,
    )


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def current(self) -> OrganisationQuerySet:
        """Those that did not go on under another one."""
        return self.filter(merged_into__isnull=True)

    def to_choose(self, held: Iterable[int | None] = ()) -> OrganisationQuerySet:
        """Those to offer in a form: the current ones, and those that the row holds already."""
        keys = [key for key in held if key is not None]
        return self.filter(Q(merged_into__isnull=True) | Q(pk__in=keys))


def unused() -> Q:
    """Of a role: it began, and the person did not sign in on its first day or after it.

    Which role somebody with more roles used, nothing in the database tells.
    """
    away = Q(user__last_login=None) | Q(user__last_login__date__lt=models.F("valid_from"))
    return Q(valid_from__lte=timezone.localdate()) & away


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def valid_on(self, day: datetime.date) -> RoleAssignmentQuerySet:
        """Assignments that hold on ``day``, first and last day included."""
        return self.filter(valid_from__lte=day).filter(
            models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=day)
        )

    def overlapping(
        self, first: datetime.date, last: datetime.date | None
    ) -> RoleAssignmentQuerySet:
        """Assignments that hold on some day from ``first`` to ``last`` (None: without an end)."""
        rows = self.filter(models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=first))
        return rows if last is None else rows.filter(valid_from__lte=last)

    def after(self, day: datetime.date) -> RoleAssignmentQuerySet:
        """Assignments that hold on some day after ``day``."""
        return self.overlapping(day + datetime.timedelta(days=1), None)

    def replacing(self, held: RoleAssignment) -> RoleAssignmentQuerySet:
        """Assignments of who replaces the holder of ``held``, in the time that it holds."""
        rows = self.filter(replaces=held.user_id, role=held.role, organisation=held.organisation_id)
        return rows.overlapping(held.valid_from, held.valid_until).select_related("user")

    def excluding(self, other: RoleAssignment) -> RoleAssignmentQuerySet:
        """The assignments because of which the same person cannot hold ``other`` (saved or not)."""
        held = self.filter(user=other.user_id, role__in=excluded_by(other.role))
        return held.overlapping(other.valid_from, other.valid_until)

    def with_clash(self) -> RoleAssignmentQuerySet:
        """With ``clashes``: on some same day this person holds a role that this one excludes. The
        database refuses such a pair; one from before that rule shows here."""
        told = models.Case(
            models.When(self._clashes(), then=True),
            default=False,
            output_field=models.BooleanField(),
        )
        return self.annotate(clashes=told)

    def with_unused(self) -> RoleAssignmentQuerySet:
        """With ``unused``, of the condition with that name."""
        told = models.ExpressionWrapper(unused(), output_field=models.BooleanField())
        return self.annotate(unused=told)

    def clashing(self) -> RoleAssignmentQuerySet:
        return self.filter(self._clashes())

    def _clashes(self) -> Q:
        last = Coalesce(OuterRef("valid_until"), Value(datetime.date.max))
        same_days = self.model._base_manager.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=OuterRef("valid_from")),
            user=OuterRef("user"),
            valid_from__lte=last,
        )
        clashes = Q(pk__in=())
        for each in SEPARATIONS:
            one, other = Q(role__in=sorted(each.roles)), Q(role__in=sorted(each.others))
            clashes |= one & Q(Exists(same_days.filter(other)))
            clashes |= other & Q(Exists(same_days.filter(one)))
        return clashes

    def people(self) -> int:
        """How many people hold these."""
        return self.order_by().values("user").distinct().count()

    def held_now(self) -> RoleAssignmentQuerySet:
        """What is held today or later by whose account is open."""
        return self.filter(user__is_active=True).overlapping(timezone.localdate(), None)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def open_on(self, day: datetime.date) -> MembershipQuerySet:
        """Memberships that hold on ``day``, first and last day included."""
        return self.filter(valid_from__lte=day).filter(
            models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=day)
        )


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def unlinked(self) -> AuditEntryQuerySet:
        """Entries without a place in the chain yet, oldest first."""
        return self.filter(link__isnull=True).order_by("pk")

    def newest_first(self) -> AuditEntryQuerySet:
        return self.select_related("actor").order_by("-pk")

    def with_link(self) -> AuditEntryQuerySet:
        """Each with its link in the chain, where it has one."""
        return self.select_related("link")


class ChangeQuerySet(models.QuerySet["Change"]):
    def of(self, whole: str) -> ChangeQuerySet:
        """The history of one whole (an agenda version, a contract, an edition), newest first."""
        return self.filter(whole=whole).select_related("actor").order_by("-pk")

    def newest_first(self) -> ChangeQuerySet:
        """What changed anywhere, but for what is only for who works on the whole."""
        return self.filter(is_private=False).select_related("actor").order_by("-pk")

    def about(self, part: str) -> ChangeQuerySet:
        """What is about ``part``, or about what stands under it."""
        return self.filter(models.Q(part=part) | models.Q(under=part))

    def one_of_each_part(self) -> ChangeQuerySet:
        """The newest line of each part, which has its latest name."""
        newest = self.order_by().values("part").annotate(last=models.Max("pk")).values("last")
        return self.filter(pk__in=newest).select_related(None).order_by("kind", "name")
