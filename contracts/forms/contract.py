"""Forms over the contract itself and over an amendment."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from accounts.constants import OrganisationKind
from accounts.models import Organisation
from contracts.constants import AssignmentKind, PartyRole
from contracts.models import Amendment, Contract
from contracts.querysets import offered_basics, offered_versions
from core.edits import RevisedForm
from core.forms import DayField, DayInput, RowsField, TextForm

LONGEST_YEARS = 20
PARTNER_KINDS = (OrganisationKind.PARTNER, OrganisationKind.COALITION)


class VersionChoice(RowsField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.agenda.short_name}, versie {obj.number}"


class NewOrganisation(TextForm):
    """An organisation that is not known here yet, typed beside the choice of a known one."""

    no_prose = frozenset({"new_kvk"})

    new_name = forms.CharField(
        label="Nieuwe partner: naam",
        required=False,
        max_length=200,
        help_text="Alleen als de partner nog niet in de lijst staat.",
    )
    new_kind = forms.ChoiceField(
        label="Nieuwe partner: soort",
        required=False,
        choices=[(kind.value, kind.label) for kind in PARTNER_KINDS],
    )
    new_kvk = forms.CharField(
        label="Nieuwe partner: KvK-nummer",
        required=False,
        max_length=8,
        help_text="Acht cijfers. Een coalitie zonder eigen inschrijving heeft er geen.",
    )


def checked_kvk(number: str) -> str:
    """Eight digits of nobody else, or nothing. Raises ``ValidationError`` that names who has it."""
    number = number.replace(" ", "")
    if not number:
        return ""
    if len(number) != 8 or not (number.isascii() and number.isdigit()):
        raise ValidationError("Een KvK-nummer heeft acht cijfers.")
    known = Organisation.objects.filter(kvk_number=number).first()
    if known is not None:
        raise ValidationError(f"Dit KvK-nummer is van {known.name}. Kies die uit de lijst.")
    return number


class ContractForm(RevisedForm):
    """Title, partner, dates, agendas and funding; the partner may be typed in as a new one."""

    no_prose = NewOrganisation.no_prose

    agenda_versions = VersionChoice(
        label="Agenda’s",
        queryset=offered_versions(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="De prestatie-indicatoren kunnen horen bij de doelen van deze agenda’s.",
    )
    new_name = NewOrganisation.base_fields["new_name"]
    new_kind = NewOrganisation.base_fields["new_kind"]
    new_kvk = NewOrganisation.base_fields["new_kvk"]

    class Meta:
        model = Contract
        fields = [
            "title",
            "kind",
            "partner",
            "new_name",
            "new_kind",
            "new_kvk",
            "starts_on",
            "ends_on",
            "agenda_versions",
            "assignment_kind",
            "basic_contract",
            "occasion",
            "purchasing",
            "purchasing_note",
            "funding",
            "funding_note",
            "legal_frame",
            "financial_frame",
            "note",
        ]
        widgets = {
            "starts_on": DayInput,
            "ends_on": DayInput,
            "occasion": forms.Textarea(attrs={"rows": 3}),
            "purchasing_note": forms.Textarea(attrs={"rows": 2}),
            "funding_note": forms.Textarea(attrs={"rows": 2}),
            "legal_frame": forms.Textarea(attrs={"rows": 3}),
            "financial_frame": forms.Textarea(attrs={"rows": 3}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    field_order = Meta.fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["partner"]
        offered = Organisation.objects.to_choose([self.instance.partner_id])
        choices.queryset = offered.filter(kind__in=PARTNER_KINDS)
        choices.empty_label = "nog niet gekozen"
        choices.help_text = "De partner of de coalitie met wie de overeenkomst wordt gesloten."
        for name in ("starts_on", "ends_on"):
            self.fields[name].help_text = "Nodig om te activeren."
        for name in ("kind", "funding", "purchasing", "assignment_kind"):
            chosen: Any = self.fields[name]
            chosen.choices = [("", "nog niet gekozen"), *[c for c in chosen.choices if c[0]]]
        basic: Any = self.fields["basic_contract"]
        basic.queryset = offered_basics(self.instance)
        basic.empty_label = "geen andere overeenkomst"

    @property
    def new_partner(self) -> dict[str, str] | None:
        """The partner that was typed in as a new one; only after ``is_valid``."""
        typed = self.cleaned_data
        if not typed["new_name"].strip():
            return None
        return {
            "name": typed["new_name"],
            "kvk_number": typed["new_kvk"],
            "kind": typed["new_kind"],
        }

    def clean_new_kvk(self) -> str:
        return checked_kvk(self.cleaned_data["new_kvk"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("new_name") and cleaned.get("partner"):
            self.add_error("new_name", "Kies een partner uit de lijst, of typ een nieuwe; één.")
        if cleaned.get("new_kvk") and not cleaned.get("new_name"):
            self.add_error("new_name", "Vul ook de naam in bij dit KvK-nummer.")
        if (
            cleaned.get("basic_contract")
            and cleaned.get("assignment_kind") != AssignmentKind.ADDITIONAL
        ):
            self.add_error(
                "basic_contract", "Alleen een aanvullende opdracht hoort bij een andere."
            )
        self._check_dates(cleaned.get("starts_on"), cleaned.get("ends_on"))
        if self.instance.pk and "agenda_versions" in cleaned:
            self._check_left_agendas({version.pk for version in cleaned["agenda_versions"]})
        return cleaned

    def _check_dates(self, start: datetime.date | None, end: datetime.date | None) -> None:
        if start is None or end is None:
            return
        if end < start:
            self.add_error("ends_on", "De einddatum ligt voor de ingangsdatum.")
        elif end.year - start.year > LONGEST_YEARS:
            self.add_error("ends_on", f"Een overeenkomst duurt ten hoogste {LONGEST_YEARS} jaar.")

    def _check_left_agendas(self, kept: set[int]) -> None:
        """An agenda that a KPI or a theme hangs on cannot be let go of."""
        contract: Contract = self.instance
        linked = contract.kpis.filter(goals__isnull=False).exclude(goals__theme__version__in=kept)
        number = linked.values_list("number", flat=True).first()
        theme = contract.themes.exclude(theme__version__in=kept).select_related("theme").first()
        if number is not None:
            self.add_error(
                "agenda_versions",
                f"Prestatie-indicator {number} hoort bij een doel van een agenda die u weghaalt. "
                "Maak dat doel daar eerst los.",
            )
        elif theme is not None:
            self.add_error(
                "agenda_versions",
                f"Het thema ‘{theme.theme}’ is van een agenda die u weghaalt. "
                "Haal eerst het thema weg.",
            )


class MeetingsForm(RevisedForm):
    """How often is met, in a year; fewer than usual is a warning elsewhere, no error."""

    class Meta:
        model = Contract
        fields = ["official_meetings", "executive_meetings", "meeting_note"]
        widgets = {"meeting_note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "official_meetings": "Gebruikelijk is ten minste twee keer.",
            "executive_meetings": "Gebruikelijk is ten minste één keer.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("official_meetings", "executive_meetings"):
            self.fields[name] = forms.IntegerField(
                label=self.fields[name].label,
                help_text=self.fields[name].help_text,
                required=False,
                min_value=0,
                max_value=366,
            )


class OrganisationForm(forms.ModelForm[Organisation]):
    """A new organisation, and as what it takes part."""

    role = forms.ChoiceField(label="Doet mee als", choices=PartyRole.choices)

    class Meta:
        model = Organisation
        fields = ["name", "kvk_number", "kind", "seat"]

    field_order = ["name", "kvk_number", "kind", "seat", "role"]

    def clean_kvk_number(self) -> str:
        return checked_kvk(self.cleaned_data["kvk_number"])


class AmendmentForm(RevisedForm):
    """Title, reason and dates of an amendment in draft."""

    class Meta:
        model = Amendment
        fields = ["title", "reason", "holds_from", "ends_on", "note"]
        widgets = {
            "holds_from": DayInput,
            "ends_on": DayInput,
            "reason": forms.Textarea(attrs={"rows": 3}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contract = contract
        self.fields["reason"].required = True
        self.fields["holds_from"].required = True

    def over(self, instance: models.Model) -> AmendmentForm:
        return AmendmentForm(instance=instance, contract=self.contract)

    def clean_holds_from(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["holds_from"]
        start, end = self.contract.starts_on, self.contract.ends_on
        if start and day < start:
            raise ValidationError(
                f"De overeenkomst gaat pas in op {start:%d-%m-%Y}. Een addendum kan niet eerder "
                "gelden."
            )
        if end and day > end and not self.data.get(self.add_prefix("ends_on")):
            raise ValidationError(
                f"De overeenkomst is dan al afgelopen ({end:%d-%m-%Y}). Geef ook een nieuwe "
                "einddatum."
            )
        before = (
            self.contract.amendments.signed()
            .filter(holds_from__gt=day)
            .exclude(pk=self.instance.pk)
            .last()
        )
        if before is not None:
            raise ValidationError(
                f"‘{before.title}’ geldt vanaf {before.holds_from:%d-%m-%Y}. Een later addendum "
                "bouwt daarop voort en kan niet eerder gelden. Kies die dag of een latere."
            )
        return day

    def clean_ends_on(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["ends_on"]
        start, holds = self.contract.starts_on, self.cleaned_data.get("holds_from")
        if day is None or start is None:
            return day
        if day < (holds or start):
            raise ValidationError(
                "De nieuwe einddatum ligt voor de dag waarop het addendum ingaat."
            )
        if day.year - start.year > LONGEST_YEARS:
            raise ValidationError(f"Een overeenkomst duurt ten hoogste {LONGEST_YEARS} jaar.")
        return day


class SignForm(TextForm):
    """The day on which an amendment was signed."""

    signed_on = DayField(label="Ondertekend op")
    note = forms.CharField(label="Toelichting", required=False, max_length=150)


class EndForm(TextForm):
    """From which day a contract ends, and why."""

    last_day = DayField(label="Laatste dag")

    note = forms.CharField(
        label="Waarom eindigt de overeenkomst?",
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
