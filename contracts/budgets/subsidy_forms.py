"""The forms over a subsidy: its draft, and each step afterwards."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone

from agenda.task_forms import not_to_come
from contracts.budgets.amounts import EuroField, ExactEuroField
from contracts.budgets.forms import YearsForm, year_field
from contracts.budgets.years import beyond, contract_years
from contracts.constants import LowerGround, ReviseGround, SubsidyStep
from contracts.models import Contract, PassOn, PassOnFrame, Subsidy
from core.edits import LONGEST_TEXT, TOO_LONG, RevisedForm
from core.fields import value_columns
from core.forms import DayField, DayInput, TextForm


def text_field(label: str, *, required: bool = True, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[MaxLengthValidator(LONGEST_TEXT, TOO_LONG)],
        **kwargs,
    )


class SubsidyForm(YearsForm):
    """What the decision is going to say."""

    granted = ExactEuroField(label="Te verlenen bedrag in euro", more_than_nought=True)

    class Meta:
        model = Subsidy
        fields = [
            *("contract", "reference", "purpose", "first_year", "last_year", "granted"),
            *("obligations", "interim_by", "request_by", "settle_by"),
        ]
        labels = {"purpose": "Waarvoor is de subsidie?"}
        help_texts = {
            "obligations": "Wat moet de ontvanger doen of laten zien?",
            "interim_by": "Laat leeg als er geen tussentijdse verantwoording is.",
            "request_by": "De dag uit de beschikking of de subsidieverordening.",
            "settle_by": "De dag waarop de gemeente uiterlijk besluit.",
        }
        widgets = {
            "obligations": forms.Textarea(attrs={"rows": 3}),
            "interim_by": DayInput,
            "request_by": DayInput,
            "settle_by": DayInput,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contracts = cast("forms.ModelChoiceField[Contract]", self.fields["contract"])
        # The portal shows what was granted, with the title of its contract: that is no draft.
        contracts.queryset = Contract.objects.readable().order_by("title")
        contracts.empty_label = "kies"


class StepForm(TextForm):
    """A step on a day; ``seen`` is the revision of the subsidy that was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    day = DayField(label="Datum", validators=[not_to_come])
    note = text_field("Toelichting", required=False)

    def __init__(self, *args: Any, subsidy: Subsidy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(seen=subsidy.revision, day=timezone.localdate())
        self.prepare(subsidy)

    def prepare(self, subsidy: Subsidy) -> None:
        """Fill in what is likely."""


class GrantForm(StepForm):
    day = DayField(label="Datum van het besluit", validators=[not_to_come])


class AmountForm(StepForm):
    amount = ExactEuroField(label="Bedrag in euro", more_than_nought=True)
    field_order = ["seen", "day", "amount", "note"]


class InterimForm(StepForm):
    day = DayField(label="Ontvangen op", validators=[not_to_come])
    note = text_field("Wat liet de ontvanger zien?")


class RequestForm(StepForm):
    day = DayField(label="Ontvangen op", validators=[not_to_come])
    amount = ExactEuroField(label="Wat kostte het volgens de ontvanger, in euro?")
    field_order = ["seen", "day", "amount", "note"]


class SettleForm(StepForm):
    day = DayField(label="Datum van het besluit", validators=[not_to_come])
    amount = ExactEuroField(label="Vastgesteld bedrag in euro")
    ground = forms.ChoiceField(
        label="Als u lager vaststelt: op welke grond? (Awb 4:46, tweede lid)",
        choices=LowerGround.choices,
        required=False,
    )
    note = text_field(
        "Toelichting", required=False, help_text="Nodig als u lager vaststelt dan verleend."
    )
    field_order = ["seen", "day", "amount", "ground", "note"]

    def prepare(self, subsidy: Subsidy) -> None:
        self.initial["amount"] = subsidy.granted


class ReclaimForm(StepForm):
    day = DayField(label="Datum van het besluit", validators=[not_to_come])
    repay_by = DayField(label="Terugbetalen uiterlijk op")
    field_order = ["seen", "day", "repay_by", "note"]


class WithdrawForm(StepForm):
    day = DayField(label="Datum van het besluit", validators=[not_to_come])
    revise_ground = forms.ChoiceField(
        label="Op welke grond? (Awb 4:49, eerste lid)",
        choices=[each for each in ReviseGround.choices if each[0]],
        widget=forms.RadioSelect,
    )
    since = DayField(
        label="Sinds wanneer is niet voldaan aan de verplichting?",
        required=False,
        validators=[not_to_come],
        help_text="Alleen bij grond c. Vanaf die dag lopen de vijf jaar.",
    )
    note = text_field("Toelichting")
    field_order = ["seen", "day", "revise_ground", "since", "note"]


class ReviseForm(WithdrawForm):
    amount = ExactEuroField(label="Nieuw vastgesteld bedrag in euro", more_than_nought=True)
    field_order = ["seen", "day", "amount", "revise_ground", "since", "note"]


STEP_FORMS: dict[SubsidyStep, type[StepForm]] = {
    SubsidyStep.GRANT: GrantForm,
    SubsidyStep.ADVANCE: AmountForm,
    SubsidyStep.INTERIM: InterimForm,
    SubsidyStep.REQUEST: RequestForm,
    SubsidyStep.SETTLE: SettleForm,
    SubsidyStep.PAY: AmountForm,
    SubsidyStep.RECLAIM: ReclaimForm,
    SubsidyStep.REPAY: AmountForm,
    SubsidyStep.REVISE: ReviseForm,
    SubsidyStep.WITHDRAW: WithdrawForm,
}


class FrameForm(RevisedForm):
    """What a coalition may pass on in a year, and by which rules."""

    year = year_field("Jaar")
    ceiling = ExactEuroField(label="Samen ten hoogste, in euro", required=False)
    each_at_most = ExactEuroField(label="Per organisatie ten hoogste, in euro", required=False)

    class Meta:
        model = PassOnFrame
        fields = [
            *("contract", "year", "ceiling", "each_at_most", "rules", "vision_by", "vision_on"),
            "note",
        ]
        help_texts = {
            "rules": "Hoe bepaalt de coalitie hoeveel een organisatie krijgt?",
            "vision_on": "Laat leeg zolang de coalitie haar visie niet heeft gegeven.",
        }
        widgets = {
            "rules": forms.Textarea(attrs={"rows": 4}),
            "note": forms.Textarea(attrs={"rows": 2}),
            "vision_by": DayInput,
            "vision_on": DayInput,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contracts = cast("forms.ModelChoiceField[Contract]", self.fields["contract"])
        contracts.queryset, contracts.empty_label = Contract.objects.order_by("title"), "kies"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        contract, year = cleaned.get("contract"), cleaned.get("year")
        if contract is not None and year is not None:
            told = beyond(year, year, contract_years(contract), "Deze overeenkomst")
            if told:
                self.add_error("year", told)
        return cleaned


class PassOnForm(RevisedForm):
    """What one volunteer organisation gets."""

    value = EuroField(label="Bedrag in euro")

    class Meta:
        model = PassOn
        fields = ["receiver", "purpose", "value"]
        labels = {"receiver": "Naam van de organisatie"}

    def __init__(self, *args: Any, frame: PassOnFrame, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.frame = self.instance.frame = frame
        if self.instance.pk is not None:
            self.initial["value"] = self.instance.value

    def over(self, instance: Any) -> RevisedForm:
        return type(self)(instance=instance, frame=self.frame)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (value := cleaned.get("value")) is not None:
            self.instance.value = value
        return cleaned

    def also_written(self) -> dict[str, Any]:
        return value_columns(self.cleaned_data["value"])
