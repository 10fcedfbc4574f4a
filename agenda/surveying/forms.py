"""Forms over a survey among clients: the survey, its questions, and the answers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from agenda.choosing import IndicatorField
from agenda.constants import IndicatorLevel, SurveyClients, SurveyGroup
from agenda.models import Indicator, Statement, Survey
from core.edits import RevisedForm
from core.forms import DutchNumberField, TextForm
from core.periods import FIRST_YEAR
from core.values import Value, ValueType


class SurveyForm(RevisedForm):
    """What was asked, of whom, and how many answered."""

    class Meta:
        model = Survey
        fields = ["name", "year", "clients", "executor", "method", "sent", "returned", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "sent": "Hoeveel vragenlijsten zijn verstuurd?",
            "returned": "Hoeveel kwamen er ingevuld terug?",
            "method": "Hoe is het gevraagd?",
        }
        help_texts = {
            "name": "Bijvoorbeeld: Cliëntervaringsonderzoek Wmo.",
            "method": "Bijvoorbeeld: een vragenlijst per post, of gesprekken thuis.",
            "sent": "Mag later. Het moet er staan voordat u het onderzoek openbaar maakt.",
        }
        error_messages = {
            "name": {"required": "Geef het onderzoek een naam."},
            "year": {"required": "Vul in over welk jaar het gaat."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this_year = timezone.localdate().year
        cast("forms.IntegerField", self.fields["year"]).validators[:] = [
            MinValueValidator(FIRST_YEAR, f"Kies een jaar vanaf {FIRST_YEAR}."),
            MaxValueValidator(this_year, f"Kies een jaar tot en met {this_year}."),
        ]
        if self.instance.pk is not None:
            del self.fields["year"]  # the answers are about that one
        clients = cast("forms.ChoiceField", self.fields["clients"])
        clients.required = True
        clients.choices = [("", "kies"), *((c.value, c.label) for c in SurveyClients if c)]
        clients.error_messages["required"] = "Kies onder wie het onderzoek is gedaan."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        sent, returned = cleaned.get("sent"), cleaned.get("returned")
        if returned is not None and "sent" not in self.errors:
            if sent is None:
                self.add_error("sent", "Vul ook in hoeveel vragenlijsten zijn verstuurd.")
            elif returned > sent:
                self.add_error("returned", "Er komen niet meer lijsten terug dan verstuurd.")
        if self.instance.is_public:
            for name in ("sent", "returned"):
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, "Dit onderzoek is openbaar. Laat dit niet leeg.")
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if {"sent", "returned"} & set(self.errors):  # said at the fields already
            self.errors.pop("__all__", None)


class QuestionForm(RevisedForm):
    """A question; one of the standard set keeps its words, so that years compare."""

    indicator = IndicatorField(
        Indicator.objects.filter(
            level=IndicatorLevel.POPULATION, value_type=ValueType.PERCENTAGE
        ).in_groups(),
        label="Hoort bij indicator",
        required=False,
        empty_label="geen",
        help_text="De antwoorden worden dan meetwaarden van die indicator.",
    )

    class Meta:
        model = Statement
        fields = ["number", "topic", "text", "scale", "base", "direction", "indicator", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}
        labels = {"text": "De vraag of stelling"}
        help_texts = {
            "text": "Precies zoals cliënten haar lazen.",
            "scale": "Bijvoorbeeld: (helemaal) eens.",
            "base": "Alleen als niet iedereen deze vraag kreeg.",
        }
        error_messages = {"text": {"required": "Schrijf de vraag of stelling."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.survey.is_public:
            # What was answered is what was asked, and what it measured.
            fixed = {"text", "scale", "base", "direction", "indicator"}
        else:
            fixed = {"text", "direction", "indicator"} if self.instance.standard else set()
        for name in fixed:
            del self.fields[name]

    def _get_validation_exclusions(self) -> set[str]:
        """The survey is no field, and yet decides what is double."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"survey"}


class AnswersForm(TextForm):
    """Per question how many clients answered it, and how many of them agreed."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.survey = survey
        self.initial["revision"] = survey.revision
        self.questions = list(survey.statements.all())
        for row in self.questions:
            held = next(
                (
                    each
                    for each in row.results.all()
                    if each.group == SurveyGroup.MUNICIPALITY and each.year == survey.year
                ),
                None,
            )
            for part, label in (("eens", "Eens, of ja"), ("van", "Beantwoord door")):
                self.fields[f"{part}_{row.pk}"] = DutchNumberField(
                    label=f"{row.number}. {row.text}: {label.lower()}",
                    lowest=0,
                    decimals=0,
                    required=False,
                    widget=forms.TextInput(attrs={"class": "form-control"}),
                )
            if held is not None and held.numerator is not None:
                self.initial[f"eens_{row.pk}"] = held.numerator.normalize()
                self.initial[f"van_{row.pk}"] = (held.denominator or Decimal(0)).normalize()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for row in self.questions:
            agreed, of = cleaned.get(f"eens_{row.pk}"), cleaned.get(f"van_{row.pk}")
            if self.errors.keys() & {f"eens_{row.pk}", f"van_{row.pk}"}:
                continue
            if (agreed is None) != (of is None):
                name = "eens" if agreed is None else "van"
                self.add_error(f"{name}_{row.pk}", "Vul beide getallen in, of geen van beide.")
            elif agreed is not None and of is not None:
                self._check(row, agreed, of)
        return cleaned

    def _check(self, row: Statement, agreed: Decimal, of: Decimal) -> None:
        if of == 0:
            self.add_error(f"van_{row.pk}", "Niemand antwoordde? Laat dan beide leeg.")
        elif agreed > of:
            self.add_error(f"eens_{row.pk}", "Dit zijn er meer dan er antwoordden.")
        elif self.survey.returned is not None and of > self.survey.returned:
            self.add_error(
                f"van_{row.pk}", f"Er kwamen {self.survey.returned} vragenlijsten terug."
            )

    @property
    def answers(self) -> dict[int, Value | None]:
        """What was typed, by the key of each question."""
        found: dict[int, Value | None] = {}
        for row in self.questions:
            agreed, of = self.cleaned_data[f"eens_{row.pk}"], self.cleaned_data[f"van_{row.pk}"]
            found[row.pk] = None if agreed is None else Value.fraction(agreed, of)
        return found

    @property
    def rows(self) -> list[tuple[Statement, forms.BoundField, forms.BoundField]]:
        """Each question with its two fields."""
        return [(row, self[f"eens_{row.pk}"], self[f"van_{row.pk}"]) for row in self.questions]
