"""The form over a municipality."""

from __future__ import annotations

from typing import cast

from django import forms

from agenda.models import Municipality, Source
from core.edits import RevisedForm


class MunicipalityForm(RevisedForm):
    """What a municipality is like, as context for its figures."""

    class Meta:
        model = Municipality
        fields = ["name", "inhabitants", "places", "teams", "measured", "source", "locator", "note"]
        labels = {"source": "Bron", "locator": "Plaats in de bron"}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        source = cast("forms.ModelChoiceField[Source]", self.fields["source"])
        source.empty_label = "eigen opgave"
