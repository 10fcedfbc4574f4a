"""The form over other policy that an agenda has to do with."""

from __future__ import annotations

from django import forms

from agenda.edit_forms import PartForm
from agenda.models import PolicyLink

NO_ADDRESS = "Dit is geen adres van een webpagina. Zo’n adres begint met https:// of http://."


class PolicyLinkForm(PartForm):
    url = forms.URLField(
        label="Adres",
        help_text="Waar dit beleid te lezen is.",
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": NO_ADDRESS},
    )

    class Meta:
        model = PolicyLink
        fields = ["name", "kind", "state", "url", "asks"]
        widgets = {"asks": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"name": "Bijvoorbeeld: Gezond en Actief Leven Akkoord (GALA)."}

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if url and not url.lower().startswith(("https://", "http://")):
            raise forms.ValidationError(NO_ADDRESS)
        scheme, separator, rest = url.partition("://")
        return f"{scheme.lower()}{separator}{rest}"
