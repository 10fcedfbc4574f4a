"""Forms over a KPI and over the reporting agreement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models

from agenda.choosing import IndicatorField
from contracts.constants import ReportFrequency, SectionKind
from contracts.models import KPI, Amendment, Contract
from contracts.models.agreements import NO_MEMBER
from contracts.querysets import offered_goals, offered_indicators, offered_members
from core.edits import RevisedForm
from core.forms import DutchNumberField, RowsField, TextForm
from core.values import ValueType

MOST_PERCENT = 100


class GoalChoice(RowsField):
    default_error_messages = {
        "invalid_choice": "Dit doel hoort niet bij een agenda van deze overeenkomst."
    }

    def label_from_instance(self, obj: Any) -> str:
        version = obj.theme.version
        agenda = f"{version.agenda.short_name}, versie {version.number}"
        return f"{obj.theme.name} {obj.number}. {obj.label} ({agenda})"


class KPIForm(RevisedForm):
    """A KPI of ``contract`` under ``amendment``; population indicators are not offered."""

    indicator = IndicatorField(
        label="Indicator",
        queryset=offered_indicators(),
        empty_label="kies een indicator",
        help_text="Alleen indicatoren die de prestatie van één partner meten.",
        error_messages={
            "invalid_choice": (
                "Deze indicator meet de hele gemeente, of bestaat niet. Een partner wordt niet "
                "afgerekend op een cijfer over de hele gemeente: kies een andere."
            )
        },
    )
    name = forms.CharField(
        label="Naam in deze overeenkomst",
        max_length=200,
        required=False,
        help_text="Leeg: de naam van de indicator.",
    )
    goals = GoalChoice(
        label="Doelen waaraan dit bijdraagt",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    band = DutchNumberField(
        label="Bandbreedte",
        required=False,
        lowest=0,
        decimals=4,
        help_text="Hoeveel de uitkomst mag afwijken van de streefwaarde. Leeg: zoals het paspoort "
        "van de indicator zegt.",
    )

    class Meta:
        model = KPI
        fields = [
            *("indicator", "number", "name", "goals", "member"),
            *("aspect", "obligation", "band", "rationale", "note"),
        ]
        widgets = {
            "rationale": forms.Textarea(attrs={"rows": 3}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, contract: Contract, amendment: Amendment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contract, self.amendment = contract, amendment
        for name in ("aspect", "obligation"):
            chosen: Any = self.fields[name]
            chosen.choices = [("", "niet gekozen"), *[c for c in chosen.choices if c[0]]]
        goals: Any = self.fields["goals"]
        goals.queryset = offered_goals(contract)
        member: Any = self.fields["member"]
        member.queryset = offered_members(contract)
        member.empty_label = "de penvoerder"
        member.error_messages["invalid_choice"] = NO_MEMBER
        if not member.queryset.exists() and self.instance.member_id is None:
            del self.fields["member"]  # without members there is nothing to choose
        if self.instance.pk is None:
            self.instance.contract, self.instance.started_by = contract, amendment

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"].strip()
        others = KPI.objects.filter(contract=self.contract, number=number).as_amended_by(
            self.amendment.number
        )
        taken = others.exclude(pk=self.instance.pk).first()
        if taken is not None:
            raise forms.ValidationError(
                f"Nummer {number} is al van ‘{taken.name}’. Kies een ander nummer."
            )
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        indicator = cleaned.get("indicator")
        if indicator is None:
            return cleaned
        if (
            indicator.value_type == ValueType.PERCENTAGE
            and (cleaned.get("band") or 0) > MOST_PERCENT
        ):
            self.add_error("band", "Een percentage ligt tussen 0 en 100, dus ook de bandbreedte.")
        if not (cleaned.get("name") or "").strip():
            cleaned["name"] = indicator.name[:200]
        if (
            self.instance.pk
            and self.instance.targets.exclude(value_type=indicator.value_type).exists()
        ):
            self.add_error(
                "indicator",
                "Er staan al streefwaarden van een andere soort. Maak die eerst leeg.",
            )
        return cleaned

    def over(self, instance: models.Model) -> KPIForm:
        return KPIForm(instance=instance, contract=self.contract, amendment=self.amendment)


class ReportingForm(TextForm):
    """How often the partner reports, until when, and on what."""

    frequency = forms.ChoiceField(
        label="Hoe vaak",
        choices=[("", "kies"), *[c for c in ReportFrequency.choices if c[0]]],
    )
    annual_accounts = forms.BooleanField(
        label="Ook een jaarverantwoording na elk kalenderjaar", required=False
    )
    due_days = forms.IntegerField(
        label="Indienen binnen (dagen)",
        min_value=1,
        max_value=366,
        help_text="Dagen na het einde van de periode; acht weken (56) is gebruikelijk.",
    )
    lock_days = forms.IntegerField(
        label="Daarna nog open (dagen)",
        min_value=0,
        max_value=366,
        help_text="Zo lang kan een te late rapportage nog worden ingediend.",
    )
    sections = forms.MultipleChoiceField(
        label="Onderdelen die worden gevraagd",
        choices=SectionKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="De partner krijgt precies deze onderdelen, niet meer.",
    )
    note = forms.CharField(label="Toelichting", max_length=250, required=False)
