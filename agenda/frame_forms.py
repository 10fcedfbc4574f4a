"""The forms over what stands around the goals: the picture of society, and other policy."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from agenda.edit_forms import PartForm
from agenda.models import PolicyLink, SituationFact, Source

NO_ADDRESS = "Dit is geen adres van een webpagina. Zo’n adres begint met https:// of http://."


class SituationFactForm(PartForm):
    """A line of the picture of society that an agenda starts from."""

    class Meta:
        model = SituationFact
        fields = ["topic", "text", "source", "locator"]
        labels = {"source": "Bron", "locator": "Plaats in de bron"}
        help_texts = {
            "topic": "Bijvoorbeeld: armoede, of de vraag naar zorg.",
            "text": "Zoals het is nu deze agenda begint. Noem bij een cijfer het jaar.",
            "source": "Staat de bron er niet bij? Noem haar dan in de tekst.",
            "locator": "Bijvoorbeeld: bladzijde 12.",
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source = cast("forms.ModelChoiceField[Source]", self.fields["source"])
        source.empty_label = "geen bron gekozen"

    def clean(self) -> dict[str, Any] | None:
        """A place in no source would be shown nowhere."""
        cleaned = super().clean()
        if self.cleaned_data.get("locator") and self.cleaned_data.get("source", "") is None:
            self.add_error("source", "Kies de bron waarin deze plaats te vinden is.")
        return cleaned


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
