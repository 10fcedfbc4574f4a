"""The form above the list of partners."""

from __future__ import annotations

from typing import Any

from django import forms

from core.filters import filter_helper


class PartnerSearch(forms.Form):
    zoek = forms.CharField(label="Woord in naam of overeenkomst", required=False, max_length=100)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.helper = filter_helper("Zoeken")

    @property
    def words(self) -> str:
        return str(self.cleaned_data.get("zoek", "")) if self.is_valid() else ""
