"""The forms of the supervisor's yearly report, and of the answer to it."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from accounts.constants import OrganisationKind
from accounts.models import Organisation
from core.edits import RevisedForm
from core.forms import TextForm, clean_text
from core.uploads.field import UploadField
from reporting.models import SupervisionFinding, SupervisionReport

PARTNERS = (OrganisationKind.PARTNER, OrganisationKind.COALITION)
LONGEST_ANSWER = 5_000
LONGEST_REASON = 1_000


def _text(label: str, *, rows: int, help_text: str = "", required: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required},
    )


class SupervisionReportForm(RevisedForm):
    """What the report is about, and what it says in short."""

    summary = _text(
        "Samenvatting",
        rows=12,
        help_text="Wat u dit jaar deed, met en zonder signaal, en wat u in het algemeen zag. Noem "
        "geen cliënten.",
        required="Vat samen wat u dit jaar zag.",
    )

    class Meta:
        model = SupervisionReport
        fields = ("year", "title", "summary")
        widgets = {"year": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})}
        labels = {"year": "Over welk jaar", "title": "Titel"}
        error_messages = {
            "year": {
                "required": "Vul het jaar in waar het verslag over gaat.",
                "invalid": "Schrijf het jaar in vier cijfers, bijvoorbeeld 2025.",
            },
            "title": {"required": "Geef het verslag een titel."},
        }


class SupervisionFindingForm(RevisedForm):
    """What was seen, what is recommended, and to whom."""

    text = _text(
        "Wat zag u?",
        rows=6,
        help_text="Uw bevinding, zonder gegevens van cliënten.",
        required="Schrijf wat u zag.",
    )
    advice = _text(
        "Wat beveelt u aan?",
        rows=4,
        help_text="De gemeente antwoordt hier later op. Noem één ding per aanbeveling.",
        required="Schrijf wat u aanbeveelt.",
    )

    class Meta:
        model = SupervisionFinding
        fields = ("text", "advice", "partner")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partner = cast("forms.ModelChoiceField[Organisation]", self.fields["partner"])
        offered = Organisation.objects.to_choose([self.instance.partner_id])
        partner.queryset = offered.filter(kind__in=PARTNERS).order_by("name")
        partner.empty_label = "de gemeente"
        partner.label = "Voor wie is de aanbeveling?"


class SupervisionDocumentForm(forms.Form):
    """The report as a pdf."""

    file = UploadField(label="Document", pdf_only=True)


class PublishForm(forms.Form):
    """Asks whether a person looked at the document, and keeps which one the page was about."""

    document = forms.IntegerField(widget=forms.HiddenInput)
    looked = forms.BooleanField(
        label="Ik keek het document na. Er staat niets in over een persoon.",
        error_messages={"required": "Kijk het document na en zet hier een vinkje."},
    )


class SupervisionAnswerForm(TextForm):
    """What the municipality did, or will do, with a recommendation."""

    text = forms.CharField(
        label="Wat deed of doet de gemeente hiermee?",
        help_text="Iedereen kan dit lezen. Een antwoord blijft staan; een later antwoord komt "
        "erbij.",
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Schrijf wat de gemeente hiermee deed of gaat doen."},
    )

    def clean_text(self) -> str:
        return clean_text(self.cleaned_data["text"])


class WithdrawalForm(TextForm):
    """Why the document of a published report is taken back."""

    reason = forms.CharField(
        label="Waarom trekt u het document in?",
        help_text="Iedereen leest dit. Bijvoorbeeld: dit was een concept. Noem niemand.",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf waarom u het document intrekt."},
    )

    def clean_reason(self) -> str:
        return clean_text(self.cleaned_data["reason"])
