"""The forms over development tasks: what a task is, its steps, how it stands, what came of it."""

from __future__ import annotations

import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db.models import Max
from django.utils import timezone

from accounts.models import Organisation
from agenda.constants import TaskResult
from agenda.edit_forms import PartForm
from agenda.models import DevelopmentTask, Goal, TaskStep
from core.edits import LONGEST_TEXT, TOO_LONG, RevisedForm
from core.forms import DayField, DayInput, RowsField, TextForm
from core.periods import FIRST_YEAR

HIGHEST_NUMBER = 999


def not_to_come(day: datetime.date) -> None:
    """Raises ``ValidationError`` on a day that is still to come, or before all policy here."""
    if day > timezone.localdate():
        raise ValidationError("Deze dag moet nog komen. Vul een dag in tot en met vandaag.")
    if day.year < FIRST_YEAR:
        raise ValidationError(f"Kies een dag vanaf {FIRST_YEAR}.")


class GoalsField(RowsField):
    def label_from_instance(self, obj: Goal) -> str:
        return f"{obj.theme}: {obj.number}. {obj.label}"


class TaskForm(PartForm):
    """What a task is; it stands fast once the agenda is adopted."""

    goals = GoalsField(
        label="Doelen waaraan de opdracht bijdraagt",
        queryset=Goal.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = DevelopmentTask
        fields = ["number", "subject", "owner", "organisation", "frames", "goals"]
        widgets = {"frames": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "subject": "Noemt de bron geen onderwerp? Laat het dan leeg.",
            "owner": "Noem een functie of afdeling, geen persoon: iedereen kan dit lezen.",
            "frames": "Waarbinnen de opdracht wordt uitgevoerd.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.IntegerField", self.fields["number"]).validators[:] = [
            MinValueValidator(1, "Nummer de opdrachten vanaf 1."),
            MaxValueValidator(HIGHEST_NUMBER, f"Kies een nummer tot en met {HIGHEST_NUMBER}."),
        ]
        organisations = cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"])
        organisations.queryset = Organisation.objects.order_by("name")
        organisations.empty_label = "geen"
        goals = Goal.objects.filter(theme__version=self.version).select_related("theme")
        if goals.exists():
            offered = cast("forms.ModelMultipleChoiceField[Goal]", self.fields["goals"])
            offered.queryset = goals.order_by("theme__order", "order")
        else:
            del self.fields["goals"]
        if self.instance.pk is None:
            last = self.version.tasks.aggregate(last=Max("number"))["last"] or 0
            self.initial.setdefault("number", last + 1)


class StepForm(PartForm):
    class Meta:
        model = TaskStep
        fields = ["text", "due_on"]
        labels = {"text": "Wat gebeurt er?"}
        widgets = {"due_on": DayInput()}

    def stand_under(self) -> None:
        self.instance.task = self.parent

    def clean_text(self) -> str:
        """The same step twice is a double click, or a mistake."""
        text: str = self.cleaned_data["text"]
        beside = TaskStep.objects.filter(task=self.instance.task_id).exclude(pk=self.instance.pk)
        if beside.filter(text__iexact=text).exists():
            raise ValidationError("Deze stap staat al bij deze opdracht.")
        return text


class StepDoneForm(RevisedForm):
    """When a step was done."""

    class Meta:
        model = TaskStep
        fields = ["done_on"]
        widgets = {"done_on": DayInput()}
        help_texts = {"done_on": "Laat dit leeg zolang de stap niet klaar is."}

    def clean_done_on(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["done_on"]
        if day is not None:
            not_to_come(day)
        return day


class EvaluationForm(RevisedForm):
    """What came of a task, looking back."""

    class Meta:
        model = DevelopmentTask
        fields = ["evaluated_on", "result", "evaluation"]
        labels = {
            "result": "Is het resultaat bereikt?",
            "evaluation": "Wat kwam ervan terecht, en waardoor?",
        }
        widgets = {
            "evaluated_on": DayInput(),
            "result": forms.RadioSelect,
            "evaluation": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = not field.widget.is_hidden
        answers = {TaskResult.YES: "ja", TaskResult.PARTLY: "deels", TaskResult.NO: "nee"}
        choice = cast(forms.ChoiceField, self.fields["result"])
        choice.choices = [(value.value, label) for value, label in answers.items()]

    def clean_evaluated_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["evaluated_on"]
        not_to_come(day)
        return day


class UpdateForm(TextForm):
    """How a task stands on a day."""

    day = DayField(label="Datum", validators=[not_to_come])
    text = forms.CharField(
        label="Hoe staat het ervoor?",
        help_text="Iedereen kan dit lezen zodra de agenda openbaar is. Noem geen personen.",
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[MaxLengthValidator(LONGEST_TEXT, TOO_LONG)],
    )
