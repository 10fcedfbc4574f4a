"""The plain questions with which an officer makes one goal measurable; each may be skipped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from agenda.aims import period_fault
from agenda.constants import Direction, Rhythm, TargetKind
from agenda.edit_forms import PartForm
from agenda.models import Goal, Indicator, Measure, Target
from agenda.passport_forms import IndicatorForm
from core.edits import RevisedForm
from core.fields import value_columns
from core.filters import whole_number
from core.forms import TextForm
from core.periods import Period
from core.values import InvalidValue, Value, ValueType

NEW = "nieuw"
UNTYPED = (
    "De indicator zegt nog niet welke soort waarde hij heeft, zoals een aantal of een percentage. "
    "Kies dat eerst bij de indicator, of laat dit voorlopig leeg."
)


class GoalAnswers(PartForm):
    """What changes for whom; or why the goal is deliberately a direction."""

    class Meta:
        model = Goal
        fields = ["text", "direction_reason"]
        labels = {
            "text": "Het doel",
            "direction_reason": "Dit doel is met opzet een richting, omdat",
        }
        help_texts = {
            "text": "Zoals een inwoner het zou merken.",
            "direction_reason": "Een reden die u ook aan de adviesraad zou geven.",
        }
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3}),
            "direction_reason": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True  # a number alone is not to be measured

    def stand_under(self) -> None:
        """A goal of this form is there already."""


class IndicatorChoice(forms.Form):
    """An indicator of the library by its key, or a new one; ``found`` after cleaning."""

    zoek = forms.CharField(label="Zoek in de bibliotheek", max_length=100, required=False)
    keuze = forms.CharField(label="Waaraan ziet u dat?", max_length=20, required=False)

    found: Indicator | None = None

    def clean_keuze(self) -> str:
        choice: str = self.cleaned_data["keuze"]
        if choice and choice != NEW:
            key = whole_number(choice)
            self.found = Indicator.objects.filter(pk=key).first() if key is not None else None
            if self.found is None:
                raise ValidationError("Deze indicator is er niet meer. Kies een andere.")
        return choice


class NewIndicator(IndicatorForm):
    """The least that a passport needs; the rest can be written in the library."""

    band = None  # type: ignore[assignment] # a field of the parent that is not asked here

    class Meta(IndicatorForm.Meta):
        fields = ["name", "value_type", "unit", "direction", "level"]
        labels = {"name": "Naam van de indicator", "level": "Zegt iets over"}
        help_texts = {
            "name": "Bijvoorbeeld: inwoners die wekelijks sporten.",
            "value_type": "Wat voor cijfer het is.",
            "unit": "Bijvoorbeeld: inwoners, of per 10.000 inwoners.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("value_type", "level"):
            choices = self.fields[name].choices  # type: ignore[attr-defined] # a choice field
            self.fields[name].choices = [("", "kies"), *choices[1:]]  # type: ignore[attr-defined]
        # Keeping stable asks for a band, and so for the whole passport.
        self.fields["direction"].choices = [  # type: ignore[attr-defined] # a choice field
            ("", "weet ik nog niet"),
            *((one.value, one.label) for one in Direction if one and one != Direction.STABLE),
        ]


class MeasureAnswers(PartForm):
    """What is measured, in the words of this agenda."""

    class Meta:
        model = Measure
        fields = ["text"]
        labels = {"text": "Hoe zegt deze agenda dat?"}
        help_texts = {"text": "Laat leeg om de naam van de indicator te gebruiken."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
        if self.instance.pk is not None:
            self.fields["text"].help_text = ""

    def stand_under(self) -> None:
        assert isinstance(self.parent, Goal)  # noqa: S101 - the page is about one
        self.instance.goal = self.parent
        held = set(self.parent.measures.values_list("number", flat=True))
        self.instance.number = next(
            str(number) for number in range(1, len(held) + 2) if str(number) not in held
        )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text and self.instance.pk is not None:
            raise ValidationError("Een meting heeft woorden nodig.")
        return text


class PassportAnswers(TextForm):
    """Who measures, and how often: what the passport of ``indicator`` does not say yet."""

    measured_by = forms.CharField(
        label="Wie meet het",
        max_length=120,
        required=False,
        help_text="De gemeente, een partner of een onderzoeksbureau.",
    )
    rhythm = forms.ChoiceField(
        label="Hoe vaak",
        required=False,
        help_text="Hoe vaak er een nieuw cijfer komt.",
        choices=[("", "weet ik nog niet"), *((r.value, r.label) for r in Rhythm if r)],
    )

    def __init__(self, *args: Any, indicator: Indicator | None, **kwargs: Any) -> None:
        self.indicator = indicator
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """The passport is shared with other agendas: it is completed here, and never rewritten."""
        for name, said in self.said.items():
            typed = self.cleaned_data.get(name, "")
            if typed and said and typed != getattr(self.indicator, name):
                self.add_error(
                    name,
                    f"In het paspoort van deze indicator staat ‘{said}’. Laat dit leeg, of wijzig "
                    "het paspoort.",
                )
        return self.cleaned_data

    @property
    def said(self) -> dict[str, str]:
        """What the passport says already, in words; a new one says nothing yet."""
        is_there = self.indicator is not None and not self.indicator._state.adding
        return passport_says(self.indicator) if is_there else {}

    def added(self) -> dict[str, str]:
        """What was answered and is not in the passport yet."""
        said = self.said
        return {
            name: self.cleaned_data[name]
            for name in ("measured_by", "rhythm")
            if self.cleaned_data.get(name) and not said.get(name)
        }


def passport_says(indicator: Indicator | None) -> dict[str, str]:
    """Who measures and how often, in words."""
    if indicator is None:
        return {}
    return {
        "measured_by": indicator.measured_by,
        "rhythm": indicator.get_rhythm_display() if indicator.rhythm else "",
    }


class PassportForm(RevisedForm):
    """Completes a passport that is there."""

    class Meta:
        model = Indicator
        fields = ["measured_by", "rhythm"]


class AimAnswers(PartForm):
    """A baseline or a target of one measure: a value and its period, or nothing at all."""

    value = forms.CharField(
        label="Waarde",
        max_length=500,
        required=False,
        help_text="Bijvoorbeeld: 62%, of bijna 1.200.",
    )

    class Meta:
        model = Target
        fields = ["period"]
        labels = {"period": "Over welk jaar"}
        help_texts = {"period": "Een jaar of halfjaar: 2026 of 2026-H1."}

    def __init__(
        self, *args: Any, kind: TargetKind, measure: Measure, value_type: str, **kwargs: Any
    ) -> None:
        self.kind, self.measure, self.value_type = kind, measure, value_type
        super().__init__(*args, **kwargs)
        self.order_fields(["value", "period", "revision"])
        self.fields["period"].required = False
        if self.instance.pk is not None:
            self.initial["value"] = self.instance.value.display()
        if kind == TargetKind.TARGET:
            self.fields["period"].label = "Wanneer"

    def stand_under(self) -> None:
        self.instance.measure, self.instance.kind = self.measure, self.kind

    def over(self, instance: Any) -> RevisedForm:
        return type(self)(
            instance=instance,
            version=self.version,
            kind=self.kind,
            measure=self.measure,
            value_type=self.value_type,
        )

    @property
    def is_skipped(self) -> bool:
        return not self.cleaned_data.get("value") and not self.cleaned_data.get("period")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors or (self.is_skipped and self.instance.pk is None):
            return cleaned
        if self.is_skipped:
            self.add_error("value", "Weghalen kan in het overzicht van de agenda, bij de meting.")
        elif not cleaned.get("value"):
            self.add_error("value", "Vul ook de waarde in, of laat beide leeg.")
        elif not cleaned.get("period"):
            self.add_error("period", "Zeg ook over welk jaar dit gaat, of laat beide leeg.")
        else:
            self._check_years()
            self._read_value()
        return cleaned

    def _check_years(self) -> None:
        others: list[tuple[str, Period]] = []
        if self.measure.pk is not None:
            rows = self.measure.targets.exclude(pk=self.instance.pk)
            others = list(rows.values_list("kind", "period"))
        self.say_fault(others)

    def say_fault(self, others: Iterable[tuple[str, Period]]) -> None:
        """Say it at the period when that cannot be beside the ``others`` of the measure."""
        period = self.cleaned_data["period"]
        fault = period_fault(self.kind, period, self.version.agenda.period, others)
        if fault and not self.has_error("period"):
            self.add_error("period", fault)

    def _read_value(self) -> None:
        if self.instance.pk is not None and "value" not in self.changed_data:
            return  # as it stands there, with its numerator and denominator
        if not self.value_type:
            self.add_error("value", UNTYPED)
            return
        try:
            self.instance.value = Value.parse(
                ValueType(self.value_type), self.cleaned_data["value"]
            )
        except InvalidValue as error:
            self.add_error("value", str(error))

    def _post_clean(self) -> None:
        if not self.errors and not self.is_skipped:
            super()._post_clean()  # type: ignore[misc] # Django's own, not in its stubs

    def _get_validation_exclusions(self) -> set[str]:
        """What decides on a double one counts too, once the measure is there; so does the value."""
        excluded = super()._get_validation_exclusions() - {"kind"}
        excluded -= set(value_columns(self.instance.value))
        return excluded | ({"measure"} if self.instance.measure_id is None else set())

    def also_written(self) -> dict[str, Any]:
        target: Target = self.instance
        return value_columns(target.value) | target.agreed_now()
