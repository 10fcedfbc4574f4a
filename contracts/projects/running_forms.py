"""The forms over a project that runs: its steps and money, how it stands, and what is decided."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.validators import MaxLengthValidator

from agenda.task_forms import not_to_come
from contracts.constants import CriterionResult, Duration, ProjectDecision
from contracts.models import ProjectEvaluation, ProjectSpending, ProjectStep
from contracts.projects.forms import MOST_EUROS, euros, text_area
from core.edits import LONGEST_TEXT, TOO_LONG, RevisedForm
from core.forms import DayField, DayInput, DutchNumberField, TextForm

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[ProjectEvaluation]
else:
    ModelForm = forms.ModelForm


class StepForm(RevisedForm):
    class Meta:
        model = ProjectStep
        fields = ["text", "due_on", "done_on"]
        labels = {"text": "Wat gebeurt er?"}
        widgets = {"due_on": DayInput, "done_on": DayInput}
        help_texts = {"done_on": "Laat dit leeg zolang de stap niet klaar is."}

    def clean_done_on(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["done_on"]
        if day is not None:
            not_to_come(day)
        return day


class SpendingForm(RevisedForm):
    amount = DutchNumberField(
        label="Bedrag in euro", lowest=Decimal("0.01"), highest=MOST_EUROS, decimals=2
    )

    class Meta:
        model = ProjectSpending
        fields = ["spent_on", "label", "amount", "duration"]
        labels = {"label": "Waaraan is het uitgegeven?", "duration": "Uit welk geld?"}
        widgets = {"spent_on": DayInput, "duration": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast(forms.ChoiceField, self.fields["duration"])
        choice.choices = [
            (Duration.INCIDENTAL.value, "eenmalig geld (incidenteel)"),
            (Duration.STRUCTURAL.value, "vast geld (structureel)"),
        ]

    def clean_spent_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["spent_on"]
        not_to_come(day)
        # What was bought to begin with may be of the year before.
        plan = self.instance.project.plans.order_by("-number").first()
        starts_on = plan.starts_on if plan else None
        if starts_on is not None and day.year < starts_on.year - 1:
            raise forms.ValidationError(
                f"Het project begint op {starts_on:%d-%m-%Y}. Klopt dit jaar?"
            )
        return day


class UpdateForm(TextForm):
    """How a project stands on a day."""

    day = DayField(label="Datum", validators=[not_to_come])
    text = forms.CharField(
        label="Hoe staat het ervoor?",
        help_text="Iedereen kan dit lezen. Noem geen personen.",
        widget=text_area(5),
        validators=[MaxLengthValidator(LONGEST_TEXT, TOO_LONG)],
    )


class StartForm(forms.Form):
    """The revision of the plan that was read before the project started."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class EvaluationForm(ModelForm, TextForm):
    """What came of a project and what is decided; ``seen`` counts the evaluations there were."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    costs = euros("Wat kostte het?", help_text="In euro. Laat leeg als het niet te bepalen is.")
    savings = euros(
        "Wat bespaarde het?",
        help_text="In euro. Laat leeg als het niet te bepalen is. Bespaarde het niets? Vul 0 in.",
    )

    class Meta:
        model = ProjectEvaluation
        fields = [
            "results",
            "criterion_result",
            "criterion_reason",
            "costs",
            "savings",
            "balance_note",
            "lessons",
            "decision",
            "decision_reason",
            "follow_up",
            "decided_on",
            "decided_by",
        ]
        labels = {
            "results": "Wat kwam eruit?",
            "criterion_result": "Is het criterium gehaald?",
            "criterion_reason": "Waaruit blijkt dat?",
            "balance_note": "Kosten of besparing niet te bepalen? Schrijf waarom.",
            "lessons": "Wat leerde u?",
            "decision": "Wat is besloten?",
            "decision_reason": "Waarom dit besluit?",
            "follow_up": "Hoe gaat het verder, wie doet het en wie betaalt het?",
            "decided_by": "Wie besloot dat?",
        }
        help_texts = {
            "lessons": "Ook van wat niet lukte. Een ander project leest dit.",
            "follow_up": "Leeg als het project stopt.",
            "decided_by": "Noem een functie of bestuur, zoals het college. Geen namen.",
        }
        widgets = {
            "decided_on": DayInput,
            "criterion_result": forms.RadioSelect,
            "decision": forms.RadioSelect,
            **{name: text_area(4) for name in ("results", "lessons")},
            **{
                name: text_area(3)
                for name in ("criterion_reason", "balance_note", "decision_reason", "follow_up")
            },
        }

    REQUIRED = (
        *("results", "criterion_result", "criterion_reason", "lessons"),
        *("decision", "decision_reason", "decided_on", "decided_by"),
    )

    def __init__(self, *args: Any, starts_on: datetime.date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.starts_on = starts_on
        for name in self.REQUIRED:
            self.fields[name].required = True
        for name, words in (("criterion_result", CriterionResult), ("decision", ProjectDecision)):
            choice = cast(forms.ChoiceField, self.fields[name])
            choice.choices = [(one.value, one.label) for one in words if one.value]
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and field.max_length is None:
                field.validators.append(MaxLengthValidator(LONGEST_TEXT, TOO_LONG))

    def clean_decided_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["decided_on"]
        not_to_come(day)
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        decision = cleaned.get("decision")
        goes_on = decision and decision != ProjectDecision.STOP
        day = cleaned.get("decided_on")
        if goes_on and day and self.starts_on and day < self.starts_on:
            self.add_error(
                "decided_on",
                f"Het project begint pas op {self.starts_on:%d-%m-%Y}. Daarvoor kan het alleen "
                "stoppen.",
            )
        if goes_on and not cleaned.get("follow_up") and "follow_up" not in self.errors:
            self.add_error("follow_up", "Schrijf hoe het verdergaat, wie het doet en wie betaalt.")
        unknown = [
            name
            for name in ("costs", "savings")
            if name not in self.errors and cleaned.get(name) is None
        ]
        if unknown and not cleaned.get("balance_note") and "balance_note" not in self.errors:
            words = {"costs": "de kosten", "savings": "de besparing"}
            which = " en ".join(words[name] for name in unknown)
            self.add_error("balance_note", f"U vulde {which} niet in. Schrijf waarom dat niet kan.")
        return cleaned
