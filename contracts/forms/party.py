"""Forms over who joins or leaves a contract that runs, and over organisations that go together."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from accounts.constants import MergeKind
from accounts.models import Organisation
from agenda.task_forms import not_to_come
from contracts.constants import PartyRole
from contracts.models import Contract
from core.forms import DayField, TextForm


class JoinForm(TextForm):
    """Who takes part from which day on, and as what."""

    organisation = forms.ModelChoiceField(
        label="Organisatie", queryset=Organisation.objects.none(), empty_label="kies"
    )
    role = forms.ChoiceField(label="Doet mee als", choices=[("", "kies"), *PartyRole.choices])
    valid_from = DayField(label="Doet mee vanaf")
    part = forms.CharField(label="Onderdeel", max_length=80, required=False)
    contributes = forms.BooleanField(
        label="Schrijft mee aan de rapportage",
        required=False,
        help_text="Alleen een coalitiepartner: die vult haar eigen deel in.",
    )
    note = forms.CharField(label="Toelichting", max_length=250, required=False)

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contract = contract
        chosen: Any = self.fields["organisation"]
        chosen.queryset = Organisation.objects.current().order_by("name")

    def clean_valid_from(self) -> datetime.date:
        return _within(self.contract, self.cleaned_data["valid_from"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("contributes") and cleaned.get("role") not in (None, PartyRole.MEMBER):
            self.add_error(
                "contributes",
                "Alleen een coalitiepartner schrijft mee; de penvoerder vult het geheel in.",
            )
        return cleaned


def _within(contract: Contract, day: datetime.date) -> datetime.date:
    if contract.starts_on and day < contract.starts_on:
        raise forms.ValidationError(
            f"De overeenkomst gaat pas in op {contract.starts_on:%d-%m-%Y}."
        )
    if contract.ends_on and day > contract.ends_on:
        raise forms.ValidationError(
            f"De overeenkomst loopt tot en met {contract.ends_on:%d-%m-%Y}."
        )
    return day


class LeaveForm(TextForm):
    """The last day on which a party takes part, and why it leaves."""

    valid_until = DayField(label="Laatste dag")
    reason = forms.CharField(
        label="Waarom?", max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contract = contract

    def clean_valid_until(self) -> datetime.date:
        return _within(self.contract, self.cleaned_data["valid_until"])


class MergeForm(TextForm):
    """Into which organisation another one goes, since when, and why."""

    into = forms.ModelChoiceField(
        label="Gaat op in", queryset=Organisation.objects.none(), empty_label="kies"
    )
    kind = forms.ChoiceField(
        label="Wat is er aan de hand?",
        choices=MergeKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies of dit een dubbele is, of een fusie."},
    )
    merged_on = DayField(label="Sinds", validators=[not_to_come])
    reason = forms.CharField(
        label="Toelichting", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["into"]
        others = Organisation.objects.current().exclude(pk=organisation.pk)
        chosen.queryset = others.filter(kind=organisation.kind).order_by("name")
