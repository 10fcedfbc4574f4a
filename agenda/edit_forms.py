"""The forms over an agenda and its parts, and over indicators and what was observed."""

from __future__ import annotations

import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.constants import OrganisationKind
from accounts.models import Organisation
from agenda.constants import UNNAMED, Certainty
from agenda.goal_frames import FramesOfGoal
from agenda.models import (
    Agenda,
    AgendaVersion,
    Area,
    DevelopmentTask,
    Goal,
    GoalSuccession,
    Indicator,
    Measure,
    Observation,
    Participation,
    PolicyLink,
    Principle,
    Source,
    Target,
    TaskStep,
    Theme,
)
from agenda.placed import PlacedInTree
from core.edits import RevisedForm
from core.fields import TypedValue, value_columns
from core.forms import DayInput, DutchNumberField, ValueField
from core.periods import FIRST_YEAR, LAST_YEAR
from core.values import ValueType


class AgendaForm(RevisedForm):
    """What an agenda is; its parts have forms of their own."""

    class Meta:
        model = Agenda
        fields = [
            "name",
            "short_name",
            "owner",
            "year",
            "period",
            "predecessor",
            "occasion",
            "character",
            "note",
        ]
        help_texts = {
            "short_name": "Zoals iedereen hem noemt, bijvoorbeeld MAG 3.0.",
            "period": "Een jaar of een reeks jaren: 2026 of 2026/2029.",
            "predecessor": "De agenda die deze opvolgt.",
        }
        labels = {"year": "Jaar van vaststelling", "predecessor": "Volgt op"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = cast("forms.ModelChoiceField[Organisation]", self.fields["owner"])
        owners.label = "Van welke gemeente"
        owners.queryset = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY)
        cast("forms.IntegerField", self.fields["year"]).validators[:] = [
            MinValueValidator(FIRST_YEAR, f"Kies een jaar vanaf {FIRST_YEAR}."),
            MaxValueValidator(LAST_YEAR, f"Kies een jaar tot en met {LAST_YEAR}."),
        ]
        former = cast("forms.ModelChoiceField[Agenda]", self.fields["predecessor"])
        former.queryset = Agenda.objects.exclude(pk=self.instance.pk).order_by("-year")

    def clean_predecessor(self) -> Agenda | None:
        """Who said what becomes of the goals of an agenda, is not left with half a succession."""
        chosen: Agenda | None = self.cleaned_data.get("predecessor")
        held = self.initial.get("predecessor")
        if held and held != (chosen.pk if chosen else None):
            of_held = GoalSuccession.objects.filter(predecessor__theme__version__agenda=held)
            if of_held.decided_in(self.instance).exists():
                raise ValidationError(
                    "Van doelen van de agenda die hier stond, is al vastgelegd wat ervan wordt. "
                    "Haal dat eerst weg bij Opvolging."
                )
        return chosen

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        before, year = self.cleaned_data.get("predecessor"), self.cleaned_data.get("year")
        if before is not None and year is not None and year <= before.year:
            self.add_error("year", f"{before} is van {before.year}. Kies een jaar daarna.")
        return cleaned


class PartForm(RevisedForm):
    """A part of ``version``; ``parent`` is the part that a new one stands under, if any."""

    def __init__(
        self,
        *args: Any,
        version: AgendaVersion,
        parent: models.Model | None = None,
        **kwargs: Any,
    ) -> None:
        self.version, self.parent = version, parent
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.stand_under()

    def stand_under(self) -> None:
        """Put a new row where it belongs."""
        self.instance.version = self.version

    def _get_validation_exclusions(self) -> set[str]:
        """What a part stands under is no field, and yet decides what is double."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"version", "theme", "goal", "measure"}

    def over(self, instance: models.Model) -> RevisedForm:
        return type(self)(instance=instance, version=self.version, parent=self.parent)


class ThemeForm(PartForm):
    class Meta:
        model = Theme
        fields = ["name", "number", "parent", "result", "role", "role_note", "note"]
        labels = {"parent": "Valt onder thema"}
        help_texts = {
            "parent": "Alleen voor een subthema.",
            "result": "Wat er in de samenleving anders is als de doelen zijn gehaald.",
            "role": "De rol kan per thema anders zijn. Kies de belangrijkste, en licht die toe.",
        }
        widgets = {
            "result": forms.Textarea(attrs={"rows": 3}),
            "role_note": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Theme]", self.fields["parent"])
        field.queryset = self.version.themes.filter(parent__isnull=True).exclude(
            pk=self.instance.pk
        )
        field.empty_label = "geen: een hoofdthema"

    def clean_parent(self) -> Theme | None:
        parent: Theme | None = self.cleaned_data.get("parent")
        if parent is not None and self.instance.pk and self.instance.subthemes.exists():
            raise ValidationError(
                "Dit thema heeft zelf subthema’s. Thema’s hebben hoogstens twee niveaus."
            )
        return parent

    def clean(self) -> dict[str, Any] | None:
        """A second theme of the same name in the same place is a double click, or a mistake."""
        cleaned = super().clean()
        beside = self.version.themes.filter(parent=self.cleaned_data.get("parent"))
        name = self.cleaned_data.get("name", "")
        if beside.exclude(pk=self.instance.pk).filter(name__iexact=name).exists():
            self.add_error("name", "Dit thema staat al in deze agenda.")
        return cleaned


class GoalForm(FramesOfGoal, PlacedInTree, PartForm):
    only_number = forms.BooleanField(
        label="De bron geeft alleen het nummer van dit doel",
        help_text="Korte naam en doel mogen dan leeg blijven.",
        required=False,
    )
    field_order = [
        *("theme", "number", "only_number", "label", "text", "level", "due_kind", "due_on"),
        *("direction_reason", "target_groups", "new_groups", "areas", "new_villages"),
        *("new_districts", "note"),
    ]

    class Meta:
        model = Goal
        fields = [
            *("theme", "number", "label", "text", "level", "due_kind", "due_on"),
            *("direction_reason", "target_groups", "areas", "note"),
        ]
        labels = {
            "theme": "Thema",
            "text": "Wat moet er bereikt zijn?",
            "label": "Korte naam",
            "due_kind": "Geldt het doel op of vanaf een dag?",
        }
        help_texts = {
            "due_kind": "Op: dan is het bereikt. Vanaf: van die dag af is het zo.",
        }
        widgets = {
            "text": forms.Textarea(attrs={"rows": 4}),
            "direction_reason": forms.Textarea(attrs={"rows": 3}),
            "note": forms.Textarea(attrs={"rows": 3}),
            "due_on": DayInput(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Theme]", self.fields["theme"])
        field.queryset = self.version.themes.all()
        if self.instance.pk is None and self.parent is not None:
            self.initial.setdefault("theme", self.parent.pk)
        self.initial["only_number"] = self.instance.pk is not None and not self.instance.text
        if self.data.get(self.add_prefix("only_number")):
            self.fields["label"].required = self.fields["text"].required = False
        else:
            self.fields["text"].required = True

    def stand_under(self) -> None:
        """The theme is a field of the form."""

    def clean_label(self) -> str:
        return self.cleaned_data["label"] or UNNAMED


class MeasureForm(PartForm):
    class Meta:
        model = Measure
        fields = ["indicator", "number", "text", "note"]
        labels = {"text": "Zoals afgesproken", "indicator": "Indicator"}
        help_texts = {"text": "Wat er gemeten wordt, in de woorden van deze agenda."}

    def stand_under(self) -> None:
        if isinstance(self.parent, Goal):
            self.instance.goal = self.parent
        else:
            self.instance.theme = self.parent


class ValueForm(PartForm):
    """A part that holds a typed value: ``value`` is its field, of the type of ``value_type``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = ValueField(value_type=self.value_type, label="Waarde")
        if self.instance.pk is not None:
            self.initial["value"] = self.instance.value

    @property
    def value_type(self) -> ValueType:
        return ValueType.COUNT

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        value = self.cleaned_data.get("value")
        if value is not None:
            cast(TypedValue, self.instance).value = value
        return cleaned

    def also_written(self) -> dict[str, Any]:
        return value_columns(self.cleaned_data["value"])

    def _get_validation_exclusions(self) -> set[str]:
        """The columns of the value are checked when there is one: its own field tells why not."""
        excluded = super()._get_validation_exclusions()
        if self.cleaned_data.get("value") is None:
            return excluded
        return excluded - set(value_columns(self.cleaned_data["value"]))


class TargetForm(ValueForm):
    class Meta:
        model = Target
        fields = ["kind", "period"]
        help_texts = {"period": "Een jaar of halfjaar: 2026 of 2026-H1."}

    @property
    def value_type(self) -> ValueType:
        return _type_of(self._measure.indicator)

    @property
    def _measure(self) -> Measure:
        return self.instance.measure if self.instance.pk else cast(Measure, self.parent)

    def stand_under(self) -> None:
        self.instance.measure = self.parent


class PrincipleForm(PartForm):
    class Meta:
        model = Principle
        fields = ["text", "kind", "is_new"]


class ParticipationForm(ValueForm):
    class Meta:
        model = Participation
        fields = ["who", "form", "held_on", "year", "unit"]
        labels = {"who": "Wie", "form": "Hoe", "held_on": "Wanneer"}
        widgets = {"held_on": DayInput()}


def _type_of(indicator: Indicator) -> ValueType:
    return ValueType(indicator.value_type or ValueType.TEXT)


class IndicatorForm(RevisedForm):
    """The passport of an indicator."""

    band = DutchNumberField(
        label="Bandbreedte",
        lowest=0,
        decimals=4,
        required=False,
        help_text="Hoeveel de waarde mag afwijken, in de eenheid van de indicator.",
    )

    class Meta:
        model = Indicator
        fields = [
            "name",
            "definition",
            "value_type",
            "unit",
            "direction",
            "band",
            "level",
            "aggregation",
            "is_cumulative",
            "counts_people",
            "measured_by",
            "rhythm",
            "measured_when",
            "note",
        ]
        labels = {"level": "Zegt iets over", "aggregation": "Hoe waarden samen te nemen zijn"}
        help_texts = {
            "measured_by": "De gemeente, een partner of een onderzoeksbureau.",
            "measured_when": "Bijvoorbeeld: elk voorjaar, of op 31 december.",
        }

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self.instance.pk is None and Indicator.objects.filter(name__iexact=name).exists():
            raise ValidationError(
                "Er is al een indicator met deze naam. Gebruik die, of kies een naam die het "
                "verschil zegt."
            )
        return name

    def clean_value_type(self) -> str:
        value_type: str = self.cleaned_data["value_type"]
        held = Indicator.objects.filter(pk=self.instance.pk).first() if self.instance.pk else None
        if held and held.value_type and held.value_type != value_type and held.has_values():
            raise ValidationError(
                "Er zijn al waarden van deze indicator. De soort waarde kan daarom niet meer "
                "veranderen; maak een nieuwe indicator."
            )
        return value_type


class ObservationForm(RevisedForm):
    """A measured value of ``indicator``."""

    class Meta:
        model = Observation
        fields = ["period", "area", "certainty", "source", "retrieved_on", "note"]
        labels = {
            "certainty": "Voorlopig of definitief",
            "area": "Kern of wijk",
            "source": "Bron",
        }
        widgets = {"retrieved_on": DayInput()}
        help_texts = {"period": "Een jaar of halfjaar: 2026 of 2026-H1."}

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        self.indicator = indicator
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.instance.indicator = indicator
            self.fields["certainty"].required = True
        else:
            self.initial["value"] = self.instance.value
        self.fields["value"] = ValueField(value_type=_type_of(indicator), label="Waarde")
        self.order_fields(["period", "value", "area", "certainty", "source"])
        choices = cast(forms.ChoiceField, self.fields["certainty"])
        choices.choices = [("", "kies"), *((c.value, c.label) for c in Certainty if c.value)]
        cast("forms.ModelChoiceField[Area]", self.fields["area"]).empty_label = "de hele gemeente"
        source = cast("forms.ModelChoiceField[Source]", self.fields["source"])
        source.empty_label = "eigen meting"

    def over(self, instance: models.Model) -> RevisedForm:
        return type(self)(instance=instance, indicator=self.indicator)

    def _get_validation_exclusions(self) -> set[str]:
        """The indicator is no field, and yet decides what is double."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"indicator"}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if (value := self.cleaned_data.get("value")) is not None:
            self.instance.value = value
        return cleaned

    def also_written(self) -> dict[str, Any]:
        return value_columns(self.cleaned_data["value"])


class AdoptForm(forms.Form):
    """When and by whom an agenda was adopted."""

    adopted_on = forms.DateField(label="Vastgesteld op", widget=DayInput())
    adopted_by = forms.CharField(label="Vastgesteld door", max_length=100, initial="gemeenteraad")

    def clean_adopted_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["adopted_on"]
        if day > timezone.localdate():
            raise ValidationError("Deze dag moet nog komen. Leg de vaststelling daarna vast.")
        if day.year < FIRST_YEAR:
            raise ValidationError(f"Kies een dag vanaf {FIRST_YEAR}.")
        return day


class ReasonForm(forms.Form):
    """Why an agenda goes back to draft."""

    note = forms.CharField(
        label="Waarom terug naar concept?",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def within(version: AgendaVersion) -> dict[type[models.Model], Q]:
    """Per kind of part the condition that it belongs to ``version``."""
    of_measure = Q(theme__version=version) | Q(goal__theme__version=version)
    return {
        Theme: Q(version=version),
        Goal: Q(theme__version=version),
        Measure: of_measure,
        Target: Q(measure__theme__version=version) | Q(measure__goal__theme__version=version),
        Principle: Q(version=version),
        Participation: Q(version=version),
        PolicyLink: Q(version=version),
        DevelopmentTask: Q(version=version),
        TaskStep: Q(task__version=version),
    }
