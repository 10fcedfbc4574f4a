"""People, organisations, and what people may do for them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.constants import (
    PARTNER_ROLES,
    AuditResult,
    ChangeAction,
    MergeKind,
    OrganisationKind,
    ReviewScope,
    Role,
    separation_of,
)
from accounts.domains import LONGEST, read_domains
from accounts.querysets import (
    AuditEntryQuerySet,
    ChangeQuerySet,
    MembershipQuerySet,
    OrganisationQuerySet,
    RoleAssignmentQuerySet,
)
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
    is_demonstration = models.BooleanField(
        "gedeeld account voor de demonstratie", default=False, editable=False
    )
    invited_at = models.DateTimeField("uitgenodigd op", null=True, blank=True, editable=False)

    closed_at = models.DateTimeField("gesloten op", null=True, blank=True, editable=False)
    second_step_reset_at = models.DateTimeField(
        "tweede stap weggehaald op", null=True, blank=True, editable=False
    )

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

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """A session ends when its user gets another password, loses the second step, or leaves."""
        held: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc] # no stub
        moments = [each for each in (self.second_step_reset_at, self.closed_at) if each]
        if not moments:
            return held
        moment = max(moments).timestamp()
        return salted_hmac(
            "accounts.second_step", f"{held} {moment}", secret=secret, algorithm="sha256"
        ).hexdigest()


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
    # What accounts/domains.py writes: "a.nl, b.nl", or nothing.
    email_domains = models.CharField("e-mailadressen eindigen op", max_length=LONGEST, blank=True)
    # What was agreed with it stays under its own name; its successor shows that too.
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="ging op in",
    )
    merge_kind = models.CharField("soort samengaan", max_length=9, choices=MergeKind, blank=True)
    merged_on = models.DateField("sinds", null=True, blank=True)
    merge_reason = models.CharField("toelichting op het samengaan", max_length=300, blank=True)

    objects = OrganisationQuerySet.as_manager()

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
            models.CheckConstraint(
                condition=models.Q(email_domains="")
                | models.Q(email_domains__regex=r"^[a-z0-9.-]+(, [a-z0-9.-]+)*$"),
                name="accounts_organisation_email_domains",
                violation_error_message="Schrijf domeinen als gemeente.nl, met komma’s ertussen.",
            ),
            models.CheckConstraint(
                condition=models.Q(merge_kind="") | models.Q(merge_kind__in=MergeKind.values),
                name="accounts_organisation_merge_kind",
                violation_error_message="Kies of dit een dubbele is, of een fusie.",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    merged_into__isnull=True, merged_on__isnull=True, merge_kind="", merge_reason=""
                )
                | (
                    models.Q(merged_into__isnull=False, merged_on__isnull=False)
                    & ~models.Q(merge_kind="")
                    & ~models.Q(merge_reason="")
                    & ~models.Q(merged_into=models.F("id"))
                ),
                name="accounts_organisation_merged",
                violation_error_message=(
                    "Wie opgaat in een andere organisatie, heeft een dag en een toelichting."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def domains(self) -> tuple[str, ...]:
        """Where the addresses of its people have to be; empty: anywhere."""
        return read_domains(self.email_domains)


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

    objects = MembershipQuerySet.as_manager()

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


PROOF_MISSING = "Schrijf waaruit blijkt dat deze persoon mag tekenen."


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
    authority = models.CharField(
        "waaruit de tekenbevoegdheid blijkt",
        max_length=300,
        blank=True,
        help_text="Bijvoorbeeld: uittreksel KvK van 12 maart 2026.",
    )
    replaces = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="vervangt",
    )

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
            models.CheckConstraint(
                condition=models.Q(replaces__isnull=True) | models.Q(valid_until__isnull=False),
                name="accounts_role_replaces_for_a_time",
                violation_error_message="Een vervanging heeft een laatste dag.",
            ),
            models.CheckConstraint(
                condition=models.Q(replaces__isnull=True) | ~models.Q(replaces=models.F("user")),
                name="accounts_role_replaces_another",
                violation_error_message="Niemand vervangt zichzelf.",
            ),
            models.CheckConstraint(
                condition=~models.Q(role=Role.SIGNATORY) | ~models.Q(authority=""),
                name="accounts_role_signatory_has_proof",
                violation_error_message=PROOF_MISSING,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"

    def clean(self) -> None:
        """A role at a partner is not at a municipality, and duties are separated
        (``accounts/rules.py`` keeps both too). One query."""
        if (
            self.organisation is not None
            and self.organisation.kind == OrganisationKind.MUNICIPALITY
        ):
            raise ValidationError(
                f"{self.organisation} is een gemeente. Kies bij welke partner deze rol hoort."
            )
        if not (self.user_id and self.valid_from):
            return  # the fields say so themselves
        other = RoleAssignment.objects.exclude(pk=self.pk).excluding(self).first()
        if other is not None:
            apart = separation_of(self.role, other.role)
            raise ValidationError(
                f"{self.user} is in deze periode al {other.get_role_display()}. "
                f"{apart.why if apart else ''}"
            )

    @property
    def has_begun(self) -> bool:
        return self.valid_from <= timezone.localdate()


class AccessReview(models.Model):
    """Somebody looked at who has which access, and says what came of it; append-only."""

    at = models.DateTimeField("tijdstip", default=timezone.now)
    reviewer = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="wie"
    )
    scope = models.CharField("waarover", max_length=10, choices=ReviewScope)
    assignments = models.PositiveIntegerField("aantal rollen")
    note = models.TextField("wat eruit kwam")

    class Meta:
        verbose_name = "controle van de toegang"
        verbose_name_plural = "controles van de toegang"
        ordering = ["-pk"]
        constraints = [
            words(
                "scope",
                ReviewScope,
                name="accounts_review_scope",
                message="Dit is geen controle die bestaat.",
            ),
            models.CheckConstraint(
                condition=~models.Q(note=""),
                name="accounts_review_has_note",
                violation_error_message="Schrijf wat er uit de controle kwam.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_scope_display()}, {self.at:%d-%m-%Y}"


class Change(models.Model):
    """One save of a part of an agenda, contract, indicator or edition; append-only.

    It keeps both texts whole, in the words of the screen, and knows what it is about by key: the
    apps of those rows stand above this one, and the history outlives a part that is removed. Its
    actor is a key too, so that a leaver's name can be taken away. ``accounts.history`` writes it.
    """

    at = models.DateTimeField("tijdstip", default=timezone.now)
    actor = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="wie"
    )
    whole = models.CharField("geheel", max_length=60)
    whole_name = models.CharField("naam van het geheel", max_length=300)
    page = models.CharField("adres van de geschiedenis", max_length=300)
    part = models.CharField("onderdeel", max_length=60)
    under = models.CharField("valt onder", max_length=60, blank=True)
    kind = models.CharField("soort onderdeel", max_length=60)
    name = models.CharField("naam", max_length=300)
    action = models.CharField("wat", max_length=8, choices=ChangeAction)
    fields = models.JSONField("velden")
    is_private = models.BooleanField("alleen voor wie aan het geheel werkt", default=False)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "wijziging"
        verbose_name_plural = "wijzigingen"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["whole", "-id"], name="accounts_change_whole")]
        constraints = [
            words(
                "action",
                ChangeAction,
                name="accounts_change_action",
                message="Dit kan niet met een onderdeel gebeuren.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name} {self.get_action_display()}"


class AuditEntry(models.Model):
    """What somebody did, tried or read; append-only (the database refuses changes).

    It names its actor by key and never by name, so that a leaver's name can be taken away without
    touching it (BIO2 8.15: action, object, result, origin, actor and time).
    """

    at = models.DateTimeField("tijdstip", default=timezone.now)
    actor = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="wie"
    )
    origin = models.GenericIPAddressField("adres", null=True, blank=True)
    action = models.CharField("handeling", max_length=60)
    target = models.CharField("waarop", max_length=300, blank=True)
    result = models.CharField("uitkomst", max_length=10, choices=AuditResult)
    details = models.JSONField("bijzonderheden", default=dict, blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "regel in het logboek"
        verbose_name_plural = "logboek"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["action", "-id"], name="accounts_audit_action"),
            models.Index(fields=["actor", "-id"], name="accounts_audit_actor"),
            models.Index(fields=["at"], name="accounts_audit_at"),
        ]
        constraints = [
            words(
                "result",
                AuditResult,
                name="accounts_audit_result",
                message="Deze uitkomst bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.target} ({self.get_result_display()})"

    @property
    def place(self) -> tuple[int | None, str]:
        """Number and hash of its link; (None, "") while it has none (select ``with_link``)."""
        link: AuditLink | None = getattr(self, "link", None)
        return (link.number, link.hash) if link else (None, "")


class AuditLink(models.Model):
    """The place of an entry in the chain: link n holds the hash of link n-1 and of its entry.

    Append-only. An entry gets its link right after its transaction (see ``accounts/trail.py``).
    """

    number = models.PositiveBigIntegerField("nummer", unique=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="link")
    hash = models.CharField("controlegetal", max_length=64)

    class Meta:
        verbose_name = "schakel van het logboek"
        verbose_name_plural = "schakels van het logboek"
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number__gte=1),
                name="accounts_audit_link_number",
                violation_error_message="De eerste schakel heeft nummer 1.",
            ),
            models.CheckConstraint(
                condition=models.Q(hash__regex="^[0-9a-f]{64}$"),
                name="accounts_audit_link_hash",
                violation_error_message="Een controlegetal heeft 64 tekens.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.hash[:12]}"
