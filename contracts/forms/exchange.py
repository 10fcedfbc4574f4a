"""The form over an exchange of information."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate as today

from accounts.constants import OrganisationKind
from accounts.models import Organisation
from contracts.constants import ExchangeOutcome
from contracts.models import Contract, Exchange
from core.edits import RevisedForm
from core.forms import DayInput, RowsField

TESTED = ("reason", "tested_by", "tested_on", "review_on")
MISSING = {
    "reason": "Schrijf waarom dit de uitkomst is.",
    "tested_by": "Schrijf welke functie toetste.",
    "tested_on": "Vul in op welke dag is getoetst.",
    "review_on": "Vul in voor welke dag opnieuw wordt getoetst.",
}
BOTH = (
    "Geeft en krijgt allebei: {names}. Kies elke organisatie één keer. Geven zij elkaar gegevens, "
    "schrijf dan voor elke richting een uitwisseling op."
)
MAY = (ExchangeOutcome.ALLOWED, ExchangeOutcome.CONDITIONS)


class ExchangeForm(RevisedForm):
    """Purpose, who gives and gets what, the ground in the law, and what the test came to."""

    givers = RowsField(
        label="Wie geeft de gegevens",
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één organisatie die de gegevens geeft."},
    )
    receivers = RowsField(
        label="Wie krijgt de gegevens",
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één organisatie die de gegevens krijgt."},
    )
    contracts = RowsField(
        label="Bij welke overeenkomsten",
        queryset=Contract.objects.order_by("title"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Exchange
        fields = [
            "purpose",
            "givers",
            "receivers",
            "data",
            "about",
            "contracts",
            "ground",
            "law",
            "is_special",
            "special_ground",
            "outcome",
            "conditions",
            "reason",
            "tested_by",
            "tested_on",
            "review_on",
            "ended_on",
        ]
        widgets = {
            "tested_on": DayInput,
            "review_on": DayInput,
            "ended_on": DayInput,
            "purpose": forms.Textarea(attrs={"rows": 2}),
            "data": forms.Textarea(attrs={"rows": 3}),
            "about": forms.Textarea(attrs={"rows": 2}),
            "conditions": forms.Textarea(attrs={"rows": 3}),
            "reason": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "purpose": "Waarvoor zijn de gegevens nodig? Eén doel per toets.",
            "data": "Soorten gegevens, zoals naam, adres en hulpvraag. Nooit de gegevens zelf.",
            "about": "Een groep, zoals: inwoners met een vraag bij het Kernteam. Geen namen.",
            "law": "Wet en artikel, zoals de Wmo 2015, hoofdstuk 5.",
            "reason": "Waarom is dit de uitkomst? Dit is openbaar.",
        }
        error_messages = {
            "purpose": {"required": "Schrijf waarvoor de gegevens nodig zijn."},
            "data": {"required": "Schrijf om welke soorten gegevens het gaat."},
            "about": {"required": "Schrijf over welke groep de gegevens gaan."},
            "outcome": {"required": "Kies een uitkomst, of ‘wordt nog getoetst’."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        for name in ("givers", "receivers"):
            held = [] if row.pk is None else [one.pk for one in getattr(row, name).all()]
            field: Any = self.fields[name]
            field.queryset = Organisation.objects.to_choose(held).order_by("name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        outcome = cleaned.get("outcome")
        if outcome == ExchangeOutcome.OPEN:
            self._check_open(cleaned)
        elif outcome:
            self._check_tested(cleaned)
        if outcome in MAY:
            self._check_grounds(cleaned)
        self._check_conditions(cleaned, outcome)
        self._check_parties(cleaned)
        if cleaned.get("special_ground") and not cleaned.get("is_special"):
            self._refuse("special_ground", "Dit hoort bij bijzondere persoonsgegevens.")
        return cleaned

    def _refuse(self, name: str, why: str) -> None:
        if name not in self.errors:
            self.add_error(name, why)

    def _check_parties(self, cleaned: dict[str, Any]) -> None:
        """Nobody gives something to itself; a coalition may: its members give each other."""
        receivers = set(cleaned.get("receivers") or ())
        both = [
            str(each)
            for each in cleaned.get("givers") or ()
            if each in receivers and each.kind != OrganisationKind.COALITION
        ]
        if both:
            self._refuse("receivers", BOTH.format(names=" en ".join(both)))

    def _check_open(self, cleaned: dict[str, Any]) -> None:
        for name in ("tested_on", "review_on"):
            if cleaned.get(name):
                self._refuse(name, "Er is nog geen uitkomst. Kies die, of laat dit leeg.")

    def _check_tested(self, cleaned: dict[str, Any]) -> None:
        for name in TESTED:
            if not cleaned.get(name):
                self._refuse(name, MISSING[name])
        if (cleaned.get("tested_on") or today()) > today():
            self._refuse("tested_on", "Deze dag is nog niet geweest. Vul in wanneer is getoetst.")
        tested, review = cleaned.get("tested_on"), cleaned.get("review_on")
        if tested and review and review <= tested:
            self._refuse("review_on", "Kies een dag na de dag van de toets.")

    def _check_grounds(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("ground"):
            self._refuse("ground", "Wat mag, heeft een grondslag. Kies die.")
        if cleaned.get("is_special") and not cleaned.get("special_ground"):
            self._refuse("special_ground", "Kies waarom bijzondere gegevens hier mogen.")

    def _check_conditions(self, cleaned: dict[str, Any], outcome: str | None) -> None:
        given = bool(cleaned.get("conditions"))
        if outcome == ExchangeOutcome.CONDITIONS and not given:
            self._refuse("conditions", "Schrijf onder welke voorwaarden het mag.")
        elif outcome and outcome != ExchangeOutcome.CONDITIONS and given:
            self._refuse("conditions", "Voorwaarden horen bij ‘mag onder voorwaarden’.")
