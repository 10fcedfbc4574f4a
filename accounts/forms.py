"""Forms with which the functional manager gives and ends accounts and roles."""

from __future__ import annotations

import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.constants import PARTNER_ROLES, OrganisationKind, ReviewScope, Role
from accounts.domains import WrongDomain, read_domains
from accounts.models import PROOF_MISSING, Organisation, RoleAssignment, User
from core.forms import DayField, no_turning_signs


class RoleForm(forms.Form):
    """A role, at which organisation, from when, until when."""

    role = forms.ChoiceField(label="Rol", choices=[("", "Kies een rol"), *Role.choices])
    organisation = forms.ModelChoiceField(
        label="Organisatie",
        queryset=Organisation.objects.exclude(kind=OrganisationKind.MUNICIPALITY).order_by("name"),
        required=False,
        empty_label="geen",
        help_text="Alleen bij een rol van een partner, en dan altijd.",
    )
    valid_from = DayField(label="Vanaf", initial=timezone.localdate)
    valid_until = DayField(
        label="Tot en met",
        required=False,
        help_text="Laat leeg als er nog geen einde is.",
    )
    replaces = forms.ModelChoiceField(
        label="Vervangt",
        queryset=User.objects.none(),
        required=False,
        empty_label="niemand",
        help_text="Bij verlof of ziekte: wie deze rol ook heeft. Een vervanging heeft een einde.",
    )
    authority = forms.CharField(
        label="Waaruit blijkt de tekenbevoegdheid?",
        required=False,
        max_length=300,
        help_text="Alleen bij een tekenbevoegde, en dan altijd. Bijvoorbeeld: uittreksel KvK van "
        "12 maart 2026.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = cast("forms.ModelChoiceField[User]", self.fields["replaces"])
        people.queryset = User.objects.filter(
            pk__in=RoleAssignment.objects.held_now().values("user")
        ).order_by("name")

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        role, organisation = cleaned.get("role"), cleaned.get("organisation")
        if role in PARTNER_ROLES and organisation is None and "organisation" not in self.errors:
            self.add_error("organisation", "Kies bij welke partner deze rol hoort.")
        if role and role not in PARTNER_ROLES and organisation is not None:
            self.add_error("organisation", f"De rol {role.label} hoort bij geen organisatie.")
        if role == Role.SIGNATORY and not cleaned.get("authority"):
            self.add_error("authority", PROOF_MISSING)
        if cleaned.get("replaces") and not cleaned.get("valid_until"):
            self.add_error("valid_until", "Kies de laatste dag van de vervanging.")
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", "De einddatum ligt voor de begindatum.")
        return cleaned


class AccountForm(RoleForm):
    """Somebody new, with a first role from today on."""

    email = forms.EmailField(label="E-mailadres", max_length=254)
    name = forms.CharField(label="Naam", max_length=150, validators=[no_turning_signs])

    field_order = ("email", "name", "role", "organisation", "authority", "valid_until", "replaces")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["valid_from"]

    def clean_valid_until(self) -> Any:
        last = self.cleaned_data["valid_until"]
        if last is not None and last < timezone.localdate():
            raise ValidationError("De einddatum is al voorbij.")
        return last


class EndRoleForm(forms.Form):
    """The last day of a role; or take it away at once."""

    last_day = DayField(label="Laatste dag", required=False, initial=timezone.localdate)
    at_once = forms.BooleanField(
        label="Neem de rol meteen weg",
        required=False,
        help_text="Dan werkt de rol vanaf nu niet meer.",
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if not cleaned.get("at_once") and not cleaned.get("last_day") and not self.errors:
            self.add_error("last_day", "Kies de laatste dag, of neem de rol meteen weg.")
        return cleaned

    def last_chosen(self) -> datetime.date:
        """The last day that was chosen; yesterday when the role goes at once."""
        if self.cleaned_data["at_once"]:
            return timezone.localdate() - datetime.timedelta(days=1)
        day: datetime.date = self.cleaned_data["last_day"]
        return day


class ReviewForm(forms.Form):
    """Whose access was looked at, and what came of it."""

    scope = forms.ChoiceField(label="Waarover", choices=ReviewScope.choices)
    note = forms.CharField(
        label="Wat kwam eruit?",
        max_length=2_000,
        help_text="Bijvoorbeeld: twee rollen beëindigd, de rest klopt.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Schrijf wat er uit de controle kwam."},
    )

    def clean_scope(self) -> ReviewScope:
        return ReviewScope(self.cleaned_data["scope"])


class DomainsForm(forms.Form):
    """Where the e-mail addresses of an organisation end."""

    domains = forms.CharField(
        label="E-mailadressen eindigen op",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wat er achter het apenstaartje komt, zoals gemeente.nl. Meer dan één mag: zet "
        "er komma’s tussen. Laat leeg als elk adres mag.",
    )
    agreed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_domains(self) -> tuple[str, ...]:
        try:
            return read_domains(self.cleaned_data["domains"])
        except WrongDomain as error:
            raise ValidationError(
                f"‘{error.args[0]}’ is geen einde van een e-mailadres. Schrijf het als gemeente.nl."
            ) from error
