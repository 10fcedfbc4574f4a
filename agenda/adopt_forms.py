"""The form that lays down by which decision an agenda was adopted, with the decision itself."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format

from agenda.models import AgendaVersion
from core.forms import DayField, TextForm
from core.periods import FIRST_YEAR
from core.uploads.field import Upload, UploadField


class AdoptForm(TextForm):
    """When, by whom and by which decision ``version`` was adopted."""

    adopted_on = DayField(label="Vastgesteld op")
    adopted_by = forms.CharField(label="Vastgesteld door", max_length=100, initial="gemeenteraad")
    decision = forms.CharField(
        label="Nummer of titel van het besluit",
        max_length=200,
        help_text="Zoals het in de besluitenlijst staat, bijvoorbeeld: Raadsbesluit 2026-114.",
    )
    upload = UploadField(label="Het besluit", pdf_only=True)
    looked = forms.BooleanField(
        label="Ik keek na wat u in het bestand vond. Het mag openbaar worden.",
        required=False,
        help_text="Alleen nodig als wij bij het nakijken iets vonden.",
    )

    def __init__(self, *args: Any, version: AgendaVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        self.fields["upload"].help_text = (
            f"Een pdf van ten hoogste {settings.UPLOAD_MAX_MB} MB. Iedereen kan het "
            "besluit bij de agenda ophalen. Na het versturen kijken wij het bestand na; "
            "dat duurt enkele seconden."
        )

    def clean_adopted_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["adopted_on"]
        if day > timezone.localdate():
            raise ValidationError("Deze dag moet nog komen. Leg de vaststelling daarna vast.")
        if day.year < FIRST_YEAR:
            raise ValidationError(f"Kies een dag vanaf {FIRST_YEAR}.")
        year = self.version.agenda.year
        if day.year < year:
            raise ValidationError(
                f"Volgens haar gegevens is deze agenda van {year}. Kies een dag in dat jaar, of "
                "later."
            )
        former = self.version.agenda.versions.filter(number__lt=self.version.number)
        last = former.aggregate(last=Max("adopted_on"))["last"]
        if last is not None and day < last:
            raise ValidationError(
                f"De versie hiervoor is vastgesteld op {date_format(last, 'j F Y')}. Deze wijzigt "
                "die, en is van later."
            )
        return day

    def clean(self) -> dict[str, Any]:
        """What may be about a person is public only after somebody looked."""
        cleaned = super().clean() or self.cleaned_data
        upload: Upload | None = cleaned.get("upload")
        if upload is None or cleaned.get("looked"):
            return cleaned
        if upload.read.numbers:
            places = ", ".join(dict.fromkeys(each.place for each in upload.read.numbers))
            self.add_error(
                "upload",
                "In dit bestand staat een nummer dat een burgerservicenummer kan zijn "
                f"({places}). Haal het eruit en kies het bestand opnieuw. Is het geen "
                "burgerservicenummer? Kies het bestand opnieuw en zet het vinkje hieronder.",
            )
        elif upload.read.unread:
            self.add_error(
                "upload",
                f"{upload.read.unread} Kijk het zelf na, kies het bestand opnieuw en zet het "
                "vinkje hieronder.",
            )
        return cleaned

    @property
    def decided(self) -> dict[str, Any]:
        """What the valid form says about the decision."""
        return {name: said for name, said in self.cleaned_data.items() if name != "looked"}
