"""People, organisations, and what people may do for them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.constants import PARTNER_ROLES, OrganisationKind, Role
from accounts.querysets import RoleAssignmentQuerySet
from core.fields import words


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A new user; without a password nobody can sign in with this account yet."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in with an e-mail address. Rights come from role assignments alone."""

    email = models.EmailField("e-mailadres", max_length=254, unique=True)
    name = models.CharField("naam", max_length=150)
    is_active = models.BooleanField("actief", default=True)
    created_at = models.DateTimeField("aangemaakt op", default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_unique",
                violation_error_message="Er is al een account met dit e-mailadres.",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email


class Organisation(models.Model):
    """A partner, a municipality or another party that agreements are made with."""

    name = models.CharField("naam", max_length=200)
    slug = models.SlugField("korte naam in adressen", max_length=80, unique=True)
    kind = models.CharField(
        "soort", max_length=20, choices=OrganisationKind, default=OrganisationKind.PARTNER
    )
    kvk_number = models.CharField(
        "KvK-nummer",
        max_length=8,
        blank=True,
        validators=[RegexValidator("^[0-9]{8}$", "Een KvK-nummer heeft acht cijfers.")],
    )
    seat = models.CharField("zetel", max_length=100, blank=True)
    description = models.TextField("omschrijving", blank=True)

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["kvk_number"],
                condition=~models.Q(kvk_number=""),
                name="accounts_organisation_kvk_unique",
                violation_error_message="Er is al een organisatie met dit KvK-nummer.",
            ),
            words(
                "kind",
                OrganisationKind,
                name="accounts_organisation_kind",
                message="Deze soort organisatie bestaat niet.",
            ),
            models.CheckConstraint(
                condition=models.Q(kvk_number="") | models.Q(kvk_number__regex="^[0-9]{8}$"),
                name="accounts_organisation_kvk_digits",
                violation_error_message="Een KvK-nummer heeft acht cijfers.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


def _not_before(start: str, end: str) -> models.Q:
    return models.Q(**{f"{end}__isnull": True}) | models.Q(**{f"{end}__gte": models.F(start)})


class Membership(models.Model):
    """A user belongs to an organisation for some time."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    valid_from = models.DateField("vanaf")
    valid_until = models.DateField("tot en met", null=True, blank=True)

    class Meta:
        verbose_name = "lidmaatschap"
        verbose_name_plural = "lidmaatschappen"
        constraints = [
            models.CheckConstraint(
                condition=_not_before("valid_from", "valid_until"),
                name="accounts_membership_period",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "valid_from"],
                name="accounts_membership_unique",
                violation_error_message="Dit lidmaatschap bestaat al.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} bij {self.organisation}"


class RoleAssignment(models.Model):
    """A user holds a role, from a day, until a day; a partner's role is for one organisation."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_assignments")
    role = models.CharField("rol", max_length=30, choices=Role)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="role_assignments",
        null=True,
        blank=True,
    )
    valid_from = models.DateField("vanaf")
    valid_until = models.DateField("tot en met", null=True, blank=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "rol"
        verbose_name_plural = "rollen"
        constraints = [
            models.CheckConstraint(
                condition=_not_before("valid_from", "valid_until"),
                name="accounts_role_period",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=sorted(PARTNER_ROLES), organisation__isnull=False)
                | (~models.Q(role__in=sorted(PARTNER_ROLES)) & models.Q(organisation__isnull=True)),
                name="accounts_role_organisation",
                violation_error_message=(
                    "Een rol bij een partner hoort bij één organisatie; een andere rol bij geen."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values),
                name="accounts_role_known",
                violation_error_message="Deze rol bestaat niet.",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "valid_from"],
                condition=models.Q(organisation__isnull=True),
                name="accounts_role_unique",
                violation_error_message="Deze rol is vanaf deze dag al gegeven.",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "organisation", "valid_from"],
                condition=models.Q(organisation__isnull=False),
                name="accounts_role_at_organisation_unique",
                violation_error_message="Deze rol is hier vanaf deze dag al gegeven.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
