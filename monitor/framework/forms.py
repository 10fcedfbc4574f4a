"""The form over the verdict on a norm."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone

from core.edits import LONGEST_TEXT, TOO_LONG
from core.forms import DayField, TextForm
from core.periods import FIRST_YEAR, LAST_YEAR
from monitor.constants import InvestigationStatus, NormAnswer
from monitor.models import Investigation


class NormVerdictForm(TextForm):
    """Whether the norm was met in a year, and on which ground; it stands for good."""

    year = forms.IntegerField(
        label="Over het jaar",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages={"required": "Vul een jaar in."},
    )
    answer = forms.ChoiceField(
        label="Wordt aan deze norm voldaan?",
        choices=NormAnswer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies ja, deels of nee."},
    )
    ground = forms.CharField(
        label="Waaruit blijkt dat?",
        widget=forms.Textarea(attrs={"rows": 6}),
        validators=[MaxLengthValidator(LONGEST_TEXT, TOO_LONG)],
        help_text="Noem de stukken en wat erin staat. Geen namen van mensen.",
        error_messages={"required": "Een oordeel heeft een onderbouwing."},
    )
    judged_on = DayField(label="Beoordeeld op", error_messages={"required": "Vul een dag in."})
    investigation = forms.ModelChoiceField(
        label="In welk onderzoek? (mag leeg blijven)",
        queryset=Investigation.objects.none(),
        required=False,
        empty_label="geen onderzoek",
        help_text="Het oordeel staat dan bij dat onderzoek, en wordt daarmee openbaar.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Investigation]", self.fields["investigation"])
        rows = Investigation.objects.exclude(status=InvestigationStatus.PUBLISHED)
        field.queryset = rows.order_by("title")

    def clean_judged_on(self) -> Any:
        day = self.cleaned_data["judged_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Deze dag is nog niet geweest.")
        return day
