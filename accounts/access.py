"""Who may do what: the roles of a user today, and the doors that ask for one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.constants import Role
from accounts.models import Organisation, RoleAssignment, User
from accounts.querysets import RoleAssignmentQuerySet
from accounts.second_step import FACTORS

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def roles_of(user: User | AnonymousUser) -> frozenset[Role]:
    """The roles that ``user`` holds today, over all organisations. At most one query, and for the
    user of a request (``request.user``) one in the whole of it."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    of_request = isinstance(user, SimpleLazyObject)
    known: frozenset[Role] | None = getattr(user, "roles_asked", None) if of_request else None
    if known is not None:
        return known
    held = RoleAssignment.objects.filter(user=user).valid_on(timezone.localdate())
    roles = frozenset(Role(role) for role in held.values_list("role", flat=True))
    if of_request:
        user.roles_asked = roles  # type: ignore[attr-defined] # kept for this request
    return roles


def assignments_of(user: User | AnonymousUser) -> RoleAssignmentQuerySet:
    """The assignments that ``user`` holds today, with their organisation, oldest first."""
    if not isinstance(user, User):
        return RoleAssignment.objects.none()
    held = RoleAssignment.objects.filter(user=user).valid_on(timezone.localdate())
    return held.select_related("organisation").order_by("valid_from", "role")


def holders_of(*roles: Role, organisation: Organisation | None = None) -> QuerySet[User]:
    """The active users who hold one of ``roles`` today; at ``organisation`` where it is given."""
    held = RoleAssignment.objects.filter(role__in=roles).valid_on(timezone.localdate())
    if organisation is not None:
        held = held.filter(organisation=organisation)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("pk")


def people() -> QuerySet[User]:
    """Every account, open ones first, each with ``held``: the roles that run or are to come; and
    with ``has_second_step`` and ``has_work_account``."""
    held = RoleAssignment.objects.overlapping(timezone.localdate(), None)
    held = held.select_related("organisation", "replaces").order_by("valid_from", "role")
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
    work = SocialAccount.objects.filter(user=OuterRef("pk"))
    rows = User.objects.annotate(has_second_step=Exists(factors), has_work_account=Exists(work))
    return rows.order_by("-is_active", "name", "pk").prefetch_related(
        Prefetch("role_assignments", queryset=held, to_attr="held")
    )


def signed_in(request: HttpRequest) -> User:
    """Who is signed in; the doors before it let nobody else through."""
    if not isinstance(request.user, User):
        raise PermissionDenied("Log eerst in.")
    return request.user


def person_or_404(pk: int) -> User:
    """The account ``pk`` with ``held``; the caller has asked for the role that manages accounts."""
    return get_object_or_404(people(), pk=pk)


def role_or_404(person: User, pk: int) -> RoleAssignment:
    """A role of ``person`` that runs or is to come."""
    held = RoleAssignment.objects.filter(user=person).overlapping(timezone.localdate(), None)
    return get_object_or_404(held.select_related("user", "organisation"), pk=pk)


def organisation_or_404(pk: int) -> Organisation:
    """An organisation; the caller has asked for the role that manages them."""
    return get_object_or_404(Organisation, pk=pk)


def require_role(*roles: Role) -> Callable[[View[P]], View[P]]:
    """A view for holders of one of ``roles``; others who are signed in get 403 and the reason."""
    wanted = frozenset(roles)

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not roles_of(request.user) & wanted:
                names = ", ".join(sorted(str(role.label) for role in wanted))
                raise PermissionDenied(f"Deze bladzijde is voor: {names}.")
            return view(request, *args, **kwargs)

        return guarded

    return decorate
