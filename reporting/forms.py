"""The forms beside those of a report itself (sections.py)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from core.filters import filter_helper
from core.forms import DayInput
from reporting.actions import attach
from reporting.models import Attachment, Report

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


class PartnerSearch(forms.Form):
    """Above the list of partners."""

    zoek = forms.CharField(label="Woord in naam of overeenkomst", required=False, max_length=100)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.helper = filter_helper("Zoeken")

    @property
    def words(self) -> str:
        return str(self.cleaned_data.get("zoek", "")) if self.is_valid() else ""


LARGEST_FILE = 20 * 1024 * 1024  # bytes
# How a file of each kind begins; an extension says nothing about what is inside.
KINDS: dict[str, tuple[bytes, str]] = {
    ".pdf": (b"%PDF-", "application/pdf"),
    ".png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    ".jpg": (b"\xff\xd8\xff", "image/jpeg"),
    ".jpeg": (b"\xff\xd8\xff", "image/jpeg"),
    ".docx": (
        b"PK\x03\x04",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ".xlsx": (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


class AttachmentForm(forms.Form):
    """One file that goes with a report."""

    file = forms.FileField(
        label="Bestand",
        help_text="Pdf, Word, Excel of een afbeelding, ten hoogste 20 MB.",
        error_messages={"required": "Kies een bestand.", "empty": "Dit bestand is leeg."},
    )

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        size = file.size or 0
        if size > LARGEST_FILE:
            raise ValidationError(
                f"Dit bestand is {size // (1024 * 1024)} MB; ten hoogste 20 MB kan mee. "
                "Verklein het, of deel het op."
            )
        extension = Path(file.name or "").suffix.lower()
        if extension not in KINDS:
            raise ValidationError(
                "Dit soort bestand kan niet mee. Kies pdf, docx, xlsx, png of jpg."
            )
        begin, _ = KINDS[extension]
        file.seek(0)
        if file.read(len(begin)) != begin:
            raise ValidationError(
                f"Dit bestand heet {extension}, maar de inhoud is iets anders. Sla het opnieuw op."
            )
        file.seek(0)
        return file

    def attach(self, report: Report, *, user: User) -> Attachment:
        """Add the valid file to the draft of ``report``. Raises ``ReportError``."""
        file = self.cleaned_data["file"]
        name = Path(file.name).name
        _, content_type = KINDS[Path(name).suffix.lower()]
        return attach(report, file, name=name, content_type=content_type, user=user)


class ReasonForm(forms.Form):
    """Why an accepted report is opened again."""

    reason = forms.CharField(
        label="Waarom moet deze rapportage weer open?",
        help_text="De partner leest dit.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ExtensionForm(forms.Form):
    """More time for a partner."""

    until = forms.DateField(
        label="Uitstel tot en met",
        widget=DayInput(),
    )
    reason = forms.CharField(
        label="Waarom", max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )
