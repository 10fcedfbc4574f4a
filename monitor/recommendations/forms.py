"""Forms over what becomes of a recommendation."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone

from accounts.access import holders_of
from accounts.constants import STAFF_ROLES, Role
from accounts.models import Organisation, User
from core.edits import LONGEST_TEXT, TOO_LONG, RevisedForm
from core.forms import DayField, DayInput, TextForm
from monitor.constants import FollowUpState
from monitor.models import FollowUp

ONE_KEEPER = "Kies één die de stand bijhoudt: een rol, een medewerker of een partner."
WEB = "Begin met https:// of http://."


class FollowUpForm(RevisedForm):
    """Which norm a recommendation serves, who is responsible, who tells how far it is."""

    class Meta:
        model = FollowUp
        fields = ["norm", "responsible", "role", "user", "organisation", "due_on"]
        widgets = {"due_on": DayInput}
        help_texts = {
            "norm": "De norm of het deel van het normenkader. Leeg: geen van deze.",
            "responsible": "Een functie, orgaan of organisatie. Iedereen leest dit. Geen namen "
            "van mensen.",
            "role": "Iedereen met deze rol ziet het bij Mijn werk.",
            "user": "Alleen deze medewerker ziet het bij Mijn werk. De openbare bladzijde noemt "
            "geen namen.",
        }
        error_messages = {"responsible": {"required": "Schrijf wie verantwoordelijk is."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = cast("forms.ModelChoiceField[User]", self.fields["user"])
        people.queryset = holders_of(*STAFF_ROLES, Role.COLLEGE, Role.COUNCIL_CLERK).order_by(
            "name", "pk"
        )
        people.empty_label = "geen"
        organisations = cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"])
        offered = Organisation.objects.to_choose([self.instance.organisation_id])
        organisations.queryset = offered.order_by("name")
        organisations.empty_label = "geen"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        keepers = [name for name in ("role", "user", "organisation") if cleaned.get(name)]
        if not self.errors and len(keepers) != 1:
            self.add_error(keepers[1] if keepers else "role", ONE_KEEPER)
        return cleaned


class UpdateForm(TextForm):
    """How far a recommendation is on a day."""

    no_prose = frozenset({"evidence_url"})

    state = forms.ChoiceField(
        label="Hoe ver is het?",
        choices=FollowUpState.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe ver het is."},
    )
    day = DayField(label="Op", error_messages={"required": "Vul een dag in."})
    text = forms.CharField(
        label="Wat is er gedaan, of waarom niet?",
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[MaxLengthValidator(LONGEST_TEXT, TOO_LONG)],
        help_text="Iedereen leest dit, ook de raad.",
        error_messages={"required": "Schrijf hoe het ervoor staat."},
    )
    evidence_url = forms.CharField(
        label="Waaruit blijkt dat? (mag leeg blijven)",
        required=False,
        max_length=500,
        help_text="Het adres van een besluit, brief of bladzijde. Begint met https://.",
    )

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(
                "Deze dag moet nog komen. Vul een dag in tot en met vandaag."
            )
        return day

    def clean_evidence_url(self) -> str:
        url: str = self.cleaned_data["evidence_url"]
        if url and not url.startswith(("https://", "http://")):
            raise forms.ValidationError(WEB)
        return url
