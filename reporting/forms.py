"""The forms beside those of a report itself (sections.py)."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import User
from core.filters import filter_helper
from core.forms import DayField, TextForm
from core.uploads.field import UploadField
from reporting.actions import attach
from reporting.models import Attachment, Report


class PartnerSearch(forms.Form):
    """Above the list of partners."""

    zoek = forms.CharField(label="Woord in naam of overeenkomst", required=False, max_length=100)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.helper = filter_helper("Zoeken")

    @property
    def words(self) -> str:
        return str(self.cleaned_data.get("zoek", "")) if self.is_valid() else ""


class AttachmentForm(forms.Form):
    """One file that goes with a report."""

    file = UploadField(label="Bestand")

    def attach(self, report: Report, *, user: User) -> Attachment:
        """Add the valid file to the draft of ``report``. Raises ``ReportError``."""
        return attach(report, self.cleaned_data["file"], user=user)


class ReasonForm(TextForm):
    """Why an accepted report is opened again."""

    reason = forms.CharField(
        label="Waarom moet deze rapportage weer open?",
        help_text="De partner leest dit.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ExtensionForm(TextForm):
    """More time for a partner."""

    until = DayField(
        label="Uitstel tot en met",
    )
    reason = forms.CharField(
        label="Waarom", max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )
