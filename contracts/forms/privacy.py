"""Forms over what is agreed about personal data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from accounts.models import Organisation
from contracts.constants import PRIVACY_GAPS, DataAgreementKind, PrivacyState
from contracts.models import Contract, DataAgreement, PersonalData
from core.edits import RevisedForm
from core.filters import filter_helper
from core.forms import DayInput
from core.uploads.field import UploadField

GAPS, ALL = "", "alles"
WITH_HELP = (
    "Staat de partij er niet bij? Voeg haar dan eerst toe aan de partijen van de overeenkomst."
)
REASON_OF_NONE = "Er is wel een overeenkomst. Laat dit leeg, of kies een andere soort."


class PrivacyListForm(forms.Form):
    """Above the list of contracts; without a choice it shows what needs attention."""

    stand = forms.ChoiceField(
        label="Wat",
        required=False,
        choices=[
            (GAPS, "alles wat aandacht vraagt"),
            *PrivacyState.choices,
            (ALL, "alle overeenkomsten"),
        ],
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.helper = filter_helper()

    def shows(self, state: PrivacyState) -> bool:
        """Whether a contract of ``state`` is in the list; a choice that is none shows nothing."""
        if not self.is_valid():
            return False
        chosen = self.cleaned_data["stand"]
        return chosen == ALL or state == chosen or (chosen == GAPS and state in PRIVACY_GAPS)

    @property
    def is_chosen(self) -> bool:
        return not self.is_valid() or self.cleaned_data["stand"] != GAPS


class PersonalDataForm(RevisedForm):
    """Whether a contract needs personal data, and which."""

    is_processed = forms.TypedChoiceField(
        label="Worden er persoonsgegevens verwerkt?",
        choices=[("True", "ja"), ("False", "nee")],
        coerce=lambda word: word == "True",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies ja of nee."},
    )

    class Meta:
        model = PersonalData
        fields = ["is_processed", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "note": "Soorten gegevens en groepen mensen, zoals: naam en hulpvraag van cliënten. "
            "Noem geen personen. Dit is openbaar."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.initial["is_processed"] = str(self.instance.is_processed)
        else:
            self.initial["is_processed"] = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_processed") and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", "Schrijf om welke soorten gegevens het gaat, en van wie.")
        return cleaned


class DataAgreementForm(RevisedForm):
    """An agreement with one party, with its document as a file or an address."""

    no_prose = frozenset({"document_url"})

    upload = UploadField(label="Bestand", required=False)
    drop_file = forms.BooleanField(label="Haal het bestand weg dat er nu is", required=False)

    class Meta:
        model = DataAgreement
        fields = [
            "organisation",
            "kind",
            "signed_on",
            "ends_on",
            "reason",
            "document_url",
            "note",
        ]
        widgets = {
            "signed_on": DayInput,
            "ends_on": DayInput,
            "reason": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "reason": "Alleen bij een partij die zelf verantwoordelijk is voor haar verwerking. "
            "Dit is openbaar.",
            "document_url": "Waar het document staat, zoals in het zaaksysteem. Niet openbaar.",
            "note": "Alleen voor medewerkers van de gemeente.",
        }
        error_messages = {
            "organisation": {"required": "Kies met welke partij dit is afgesproken."},
            "kind": {"required": "Kies een soort afspraak."},
        }

    field_order = [
        *("organisation", "kind", "signed_on", "ends_on", "reason"),
        *("upload", "drop_file", "document_url", "note"),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["organisation"]
        choices.queryset = parties_of(self.instance.contract, self.instance)
        choices.empty_label = "kies een partij"
        choices.help_text = WITH_HELP
        if self.instance.file_id is None:
            del self.fields["drop_file"]

    def also_written(self) -> dict[str, Any]:
        return {"file": self.instance.file, "file_name": self.instance.file_name}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == DataAgreementKind.OWN:
            if not cleaned.get("reason"):
                self._refuse("reason", "Schrijf waarom er geen overeenkomst nodig is.")
        elif cleaned.get("kind"):
            if cleaned.get("signed_on") is None and self.instance.source_id is None:
                self._refuse("signed_on", "Vul in op welke dag de afspraak is ondertekend.")
            if cleaned.get("reason"):
                self._refuse("reason", REASON_OF_NONE)
        if cleaned.get("organisation") and cleaned.get("kind") and self._is_there(cleaned):
            self.add_error(None, "Deze afspraak staat er al. Wijzig die.")
        return cleaned

    def _refuse(self, name: str, why: str) -> None:
        if name not in self.errors:
            self.add_error(name, why)

    def _is_there(self, cleaned: dict[str, Any]) -> bool:
        same = Q(signed_on=cleaned.get("signed_on"))
        if cleaned.get("signed_on") is None:
            same = Q(signed_on__isnull=True, kind=cleaned["kind"])
        rows = DataAgreement.objects.filter(
            same, contract=self.instance.contract, organisation=cleaned["organisation"]
        )
        return rows.exclude(pk=self.instance.pk).exists()


def parties_of(contract: Contract, row: DataAgreement) -> QuerySet[Organisation]:
    """With whom an agreement can be made: the partner, the parties, and who ``row`` names now."""
    takes_part = Q(parties__contract=contract, parties__withdrawn_on=None)
    wanted = takes_part | Q(pk=contract.partner_id) | Q(pk=row.organisation_id)
    return Organisation.objects.filter(wanted).distinct().order_by("name")
