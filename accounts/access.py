"""Who may do what: the roles of a user today, and the doors that ask for one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.constants import PARTNER_ROLES, Role
from accounts.models import Organisation, RoleAssignment, User
from accounts.querysets import RoleAssignmentQuerySet
from accounts.second_step import FACTORS

P = ParamSpec("P")
Row = TypeVar("Row", bound=Model)
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
    """The assignments that ``user`` holds today, oldest first, with their organisation and who is
    replaced; ``took_over`` tells whether another organisation went on under theirs."""
    if not isinstance(user, User):
        return RoleAssignment.objects.none()
    held = RoleAssignment.objects.filter(user=user).valid_on(timezone.localdate())
    former = Organisation.objects.filter(merged_into=OuterRef("organisation"))
    return (
        held.annotate(took_over=Exists(former))
        .select_related("organisation", "replaces")
        .order_by("valid_from", "role")
    )


Working = dict[int, tuple[Organisation, frozenset[Role]]]


def partner_roles(user: User | AnonymousUser) -> Working:
    """The organisations that ``user`` works for today, and as what; with those that went on under
    them (docs/decisions/0032). One query, and where there are such one for each step.
    """
    return working_for(assignments_of(user))


def working_for(assignments: Iterable[RoleAssignment]) -> Working:
    """As ``partner_roles``, of ``assignments`` that ``assignments_of`` read. No query, and where
    organisations went on under others one for each step."""
    held: Working = {}
    took_over: set[int] = set()
    for assignment in assignments:
        organisation, role = assignment.organisation, Role(assignment.role)
        if role in PARTNER_ROLES and organisation is not None:
            _, roles = held.get(organisation.pk, (organisation, frozenset()))
            held[organisation.pk] = (organisation, roles | {role})
            if assignment.took_over:  # type: ignore[attr-defined] # of the selection
                took_over.add(organisation.pk)
    step = {key: held[key] for key in took_over}
    while step:
        rows = Organisation.objects.filter(merged_into__in=step).exclude(pk__in=held)
        step = {row.pk: (row, held[row.merged_into_id or 0][1]) for row in rows}
        held |= step
    return held


def holders_of(*roles: Role, organisation: Organisation | None = None) -> QuerySet[User]:
    """The active users who hold one of ``roles`` today; at ``organisation`` where it is given, or
    at the one that it went on under."""
    held = RoleAssignment.objects.filter(role__in=roles).valid_on(timezone.localdate())
    if organisation is not None:
        held = held.filter(organisation__in=_names_of(organisation))
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("pk")


def _names_of(organisation: Organisation) -> list[Organisation]:
    """``organisation`` and all that it went on under. One query for each step."""
    names = [organisation]
    while (successor := names[-1].merged_into) is not None:
        names.append(successor)
    return names


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
    return _first_or_404(people().filter(pk=pk), "Dit account is er niet.")


def role_or_404(person: User, pk: int) -> RoleAssignment:
    """A role of ``person`` that runs or is to come."""
    held = RoleAssignment.objects.filter(user=person).overlapping(timezone.localdate(), None)
    found = held.filter(pk=pk).select_related("user", "organisation")
    return _first_or_404(found, "Deze rol is er niet, of zij is al beëindigd.")


def organisation_or_404(pk: int) -> Organisation:
    """An organisation; the caller has asked for the role that manages them."""
    return _first_or_404(Organisation.objects.filter(pk=pk), "Deze organisatie is er niet.")


def _first_or_404(rows: QuerySet[Row], words: str) -> Row:
    found = rows.first()
    if found is None:
        raise Http404(words)
    return found


def require_role(*roles: Role, why: str = "") -> Callable[[View[P]], View[P]]:
    """A view for holders of one of ``roles``; others who are signed in get 403 and the reason:
    ``why``, or else which roles these are."""
    wanted = frozenset(roles)

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not roles_of(request.user) & wanted:
                names = ", ".join(sorted(str(role.label) for role in wanted))
                raise PermissionDenied(why or f"Deze bladzijde is voor: {names}.")
            return view(request, *args, **kwargs)

        return guarded

    return decorate
