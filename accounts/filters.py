"""What a reader may choose above the lists of accounts and of the audit trail."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.audited import words
from accounts.constants import AuditResult, OrganisationKind, Role
from accounts.models import AuditEntry, Organisation, RoleAssignment, User
from accounts.querysets import unused
from accounts.reviewing import LONG_UNUSED
from core.filters import ListFilter, WordFilter
from core.forms import DayInput


def _actions() -> list[tuple[str, str]]:
    """What can be chosen, each label once: the first of the actions that are called so."""
    told = words()
    first = {told.label(name): name for name in reversed(told.actions)}
    return [(first[label], label) for label in sorted(first)]


def _people(request: Any) -> QuerySet[User]:
    return User.objects.order_by("name", "pk")


def _partners(request: Any) -> QuerySet[Organisation]:
    held = RoleAssignment.objects.held_now().filter(organisation__isnull=False)
    return Organisation.objects.filter(pk__in=held.values("organisation")).order_by("name")


USED = (
    ("long", "90 dagen of langer niet ingelogd"),
    ("never", "nog nooit, of niet sinds deze rol"),
)
STATES = (
    ("open", "open"),
    ("no_second_step", "nog geen tweede stap"),
    ("invited", "nog geen wachtwoord gekozen"),
    ("work_account", "met een werkaccount"),
    ("closed", "gesloten"),
)


class AccountFilter(ListFilter):
    zoek = WordFilter("Naam of e-mailadres", ("name", "email"))
    rol = filters.ChoiceFilter(
        label="Rol", method="with_role", choices=Role.choices, empty_label="alle rollen"
    )
    organisatie = filters.ModelChoiceFilter(
        label="Organisatie", method="at", queryset=_partners, empty_label="alle organisaties"
    )
    stand = filters.ChoiceFilter(
        label="Stand", method="in_state", choices=STATES, empty_label="alle"
    )

    class Meta(ListFilter.Meta):
        model = User

    def with_role(self, rows: QuerySet[User], name: str, role: str) -> QuerySet[User]:
        held = RoleAssignment.objects.filter(role=role).held_now()
        return rows.filter(pk__in=held.values("user"))

    def at(self, rows: QuerySet[User], name: str, organisation: Organisation) -> QuerySet[User]:
        held = RoleAssignment.objects.filter(organisation=organisation).held_now()
        return rows.filter(pk__in=held.values("user"))

    def in_state(self, rows: QuerySet[User], name: str, state: str) -> QuerySet[User]:
        if state == "closed":
            return rows.filter(is_active=False)
        rows = rows.filter(is_active=True)
        no_password = Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        # The last two are of access.people().
        if state == "work_account":
            return rows.filter(has_work_account=True)  # type: ignore[misc]
        if state == "no_second_step":
            rows = rows.filter(is_demonstration=False, has_work_account=False)  # type: ignore[misc]
            return rows.filter(has_second_step=False)  # type: ignore[misc]
        if state == "invited":
            return rows.filter(no_password, has_work_account=False)  # type: ignore[misc]
        return rows


class OrganisationFilter(ListFilter):
    zoek = WordFilter("Naam of einde van een e-mailadres", ("name", "email_domains"))
    soort = filters.ChoiceFilter(
        label="Soort", field_name="kind", choices=OrganisationKind.choices, empty_label="alle"
    )

    class Meta(ListFilter.Meta):
        model = Organisation


class AccessFilter(ListFilter):
    """Over roles that are held, with the person who holds each."""

    zoek = WordFilter("Naam of e-mailadres", ("user__name", "user__email"))
    rol = filters.ChoiceFilter(
        label="Rol", field_name="role", choices=Role.choices, empty_label="alle rollen"
    )
    organisatie = filters.ModelChoiceFilter(
        label="Organisatie",
        field_name="organisation",
        queryset=_partners,
        empty_label="alle organisaties",
    )
    gebruik = filters.ChoiceFilter(label="Gebruik", method="used", choices=USED, empty_label="alle")

    class Meta(ListFilter.Meta):
        model = RoleAssignment

    def used(self, rows: QuerySet[RoleAssignment], name: str, how: str) -> QuerySet[RoleAssignment]:
        if how == "never":
            return rows.filter(unused())
        return rows.filter(user__last_login__lt=timezone.now() - LONG_UNUSED)


class AuditFilter(ListFilter):
    first = ("wie", "handeling", "zoek")

    wie = filters.ModelChoiceFilter(
        label="Wie", field_name="actor", queryset=_people, empty_label="iedereen"
    )
    handeling = filters.ChoiceFilter(
        label="Handeling", method="with_action", choices=_actions, empty_label="alle handelingen"
    )
    uitkomst = filters.ChoiceFilter(
        label="Uitkomst", field_name="result", choices=AuditResult.choices, empty_label="alle"
    )
    vanaf = filters.DateFilter(
        label="Vanaf", field_name="at", lookup_expr="date__gte", widget=DayInput
    )
    tot = filters.DateFilter(
        label="Tot en met", field_name="at", lookup_expr="date__lte", widget=DayInput
    )
    zoek = filters.CharFilter(label="Waarop of adres", method="with_word")

    class Meta(ListFilter.Meta):
        model = AuditEntry

    def with_action(
        self, rows: QuerySet[AuditEntry], name: str, action: str
    ) -> QuerySet[AuditEntry]:
        return rows.filter(action__in=words().alike(action))

    def with_word(self, rows: QuerySet[AuditEntry], name: str, word: str) -> QuerySet[AuditEntry]:
        return rows.filter(Q(target__icontains=word) | Q(origin__icontains=word))
