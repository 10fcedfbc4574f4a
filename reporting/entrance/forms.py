"""The form over where inhabitants can go."""

from __future__ import annotations

import re
from typing import Any, cast

from django import forms

from accounts.models import Organisation
from core.edits import RevisedForm
from reporting.models import Entrance

#: Three digits at least, as in 112; what people put between and around them.
PHONE = re.compile(r"\+?[ ()./-]*(?:[0-9][ ()./-]*){3,20}")
NO_PHONE = (
    "Een telefoonnummer bestaat uit cijfers, zoals 0172 12 34 56. Schrijf de rest bij ‘waar’."
)
UNREACHABLE = "Vul ten minste één in: waar, telefoon, e-mail of website."


class EntranceForm(RevisedForm):
    """A desk, team or site, and how one gets there."""

    no_prose = frozenset({"website", "phone", "email"})

    class Meta:
        model = Entrance
        fields = [
            *("organisation", "name", "for_what", "referral", "place", "opening"),
            *("phone", "email", "website"),
        ]
        widgets = {"for_what": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "organisation": "Van welke organisatie?",
            "name": "Hoe heet deze plek?",
            "for_what": "Waarvoor kunnen mensen hier terecht?",
            "referral": "Is er een verwijzing nodig?",
        }
        help_texts = {
            "name": "Zoals mensen het noemen, bijvoorbeeld: het Wmo-loket.",
            "for_what": "In gewone woorden. Schrijf voor iemand die hulp zoekt.",
            "opening": "Bijvoorbeeld: iedere ochtend van 9 tot 12 uur.",
            "phone": "Een nummer van de organisatie, niet van een medewerker.",
            "email": "Een adres van de organisatie, niet van een medewerker.",
            "website": "Begint met https://.",
        }
        error_messages = {
            "organisation": {"required": "Kies een organisatie."},
            "name": {"required": "Schrijf hoe deze plek heet."},
            "for_what": {"required": "Schrijf waarvoor mensen hier terechtkunnen."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"])
        field.queryset = Organisation.objects.to_choose([self.instance.organisation_id]).order_by(
            "name"
        )
        field.empty_label = "kies een organisatie"

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"].strip()
        if phone and not PHONE.fullmatch(phone):
            raise forms.ValidationError(NO_PHONE)
        return phone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        ways = ("place", "phone", "email", "website")
        if not any(cleaned.get(name) or name in self.errors for name in ways):
            self.add_error("place", UNREACHABLE)
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if "place" in self.errors:  # said at the field already
            self.errors.pop("__all__", None)
