"""The forms over an agenda and its parts."""

from __future__ import annotations

import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from accounts.constants import OrganisationKind
from accounts.models import Organisation
from agenda.aims import period_fault
from agenda.choosing import IndicatorField
from agenda.constants import UNNAMED, TargetKind
from agenda.goal_frames import FramesOfGoal
from agenda.models import (
    Agenda,
    AgendaVersion,
    Goal,
    GoalSuccession,
    Indicator,
    Measure,
    Participation,
    Principle,
    Target,
    Theme,
)
from agenda.numbering import next_goal, next_number
from agenda.placed import PlacedInTree
from agenda.years import OwnYears
from core.edits import RevisedForm
from core.fields import TypedValue, value_columns
from core.forms import DayInput, TextForm, ValueField
from core.periods import FIRST_YEAR, LAST_YEAR, Period
from core.values import Absence, Value, ValueType

ONLY_TYPED = (
    "Staat er ‘soort waarde nog onbekend’ bij, dan kunt u nog geen nulmeting of streefwaarde "
    "invullen. Kies dan eerst in het paspoort van de indicator welke soort waarde hij heeft."
)
UNTYPED = (
    "Nog niet in te vullen: de indicator ‘{}’ zegt niet welke soort waarde hij heeft. Kies dat "
    "eerst in het paspoort van de indicator."
)


def bound_year(field: forms.Field) -> None:
    """Let ``field`` take years that this application can tell of."""
    cast("forms.IntegerField", field).validators[:] = [
        MinValueValidator(FIRST_YEAR, f"Kies een jaar vanaf {FIRST_YEAR}."),
        MaxValueValidator(LAST_YEAR, f"Kies een jaar tot en met {LAST_YEAR}."),
    ]


class AgendaForm(OwnYears):
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
        owners.empty_label = "nog niet gekozen"
        owners.queryset = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY)
        bound_year(self.fields["year"])
        former = cast("forms.ModelChoiceField[Agenda]", self.fields["predecessor"])
        former.queryset = Agenda.objects.exclude(pk=self.instance.pk).order_by("-year")
        former.empty_label = "geen andere agenda"

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

    def clean_period(self) -> Period | None:
        """Targets stay within the years of their agenda."""
        period: Period | None = self.cleaned_data.get("period")
        if self.instance.pk is None or "period" not in self.changed_data:
            return period
        held = Target.objects.filter(
            Q(measure__theme__version__agenda=self.instance.pk)
            | Q(measure__goal__theme__version__agenda=self.instance.pk),
            kind=TargetKind.TARGET,
        ).values_list("period", flat=True)
        if period is None:
            if held.exists():
                raise ValidationError(
                    "Er zijn streefwaarden, en die vallen binnen de looptijd. Vul een looptijd in."
                )
            return None
        outside = sorted({str(each) for each in held if period_fault("target", each, period, ())})
        if outside:
            raise ValidationError(
                f"Er zijn streefwaarden voor {', '.join(outside)}. Kies een looptijd waar die in "
                "vallen, of wijzig eerst die streefwaarden."
            )
        return period

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        before, year = self.cleaned_data.get("predecessor"), self.cleaned_data.get("year")
        period: Period | None = self.cleaned_data.get("period")
        if period is not None and year is not None and year > period.end.year:
            self.add_error(
                "year", f"De looptijd eindigt in {period.end.year}. Kies een jaar ervoor."
            )
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

    @classmethod
    def proposed(cls, version: AgendaVersion, parent: models.Model | None) -> dict[str, Any]:
        """What the page of a new part fills in already, for its writer to change."""
        return {}

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
            "number": "Voor een subthema kan dat een ander nummer zijn, zoals 2.1.",
            "parent": "Alleen voor een subthema.",
            "result": "Wat er in de samenleving anders is als de doelen zijn gehaald.",
            "role": "De rol kan per thema anders zijn. Kies de belangrijkste, en licht die toe.",
            "note": "Iedereen leest deze opmerking bij het thema.",
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

    @classmethod
    def proposed(cls, version: AgendaVersion, parent: models.Model | None) -> dict[str, Any]:
        """The number after those of the themes, or of the main ones when they count apart."""
        held = list(version.themes.exclude(number="").values_list("number", "parent"))
        mains = [number for number, above in held if above is None]
        return {"number": next_number([number for number, _ in held]) or next_number(mains)}

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

    @classmethod
    def proposed(cls, version: AgendaVersion, parent: models.Model | None) -> dict[str, Any]:
        """The number that comes next in the theme, or in the agenda if that counts on."""
        held: dict[int, tuple[str, list[str]]] = {}
        for pk, number, goal in version.themes.order_by("order", "goals__order").values_list(
            "pk", "number", "goals__number"
        ):
            numbers = held.setdefault(pk, (number, []))[1]
            numbers.extend([goal] if goal else [])
        theme = held.pop(parent.pk, None) if parent is not None else None
        return {"number": next_goal(theme, list(held.values()))}

    def stand_under(self) -> None:
        """The theme is a field of the form."""

    def clean_label(self) -> str:
        return self.cleaned_data["label"] or UNNAMED

    def clean_due_on(self) -> datetime.date | None:
        """Within the years of the agenda; the day after them says that it is reached by then."""
        day: datetime.date | None = self.cleaned_data["due_on"]
        period = self.version.agenda.period
        if day is None or period is None:
            return day
        if not period.start <= day <= period.end + datetime.timedelta(days=1):
            raise forms.ValidationError(
                f"De agenda loopt van {period.start:%d-%m-%Y} tot en met {period.end:%d-%m-%Y}. "
                "Kies een dag daarin."
            )
        return day


class MeasureForm(PartForm):
    indicator = IndicatorField(label="Indicator", empty_label="kies een indicator")

    class Meta:
        model = Measure
        fields = ["indicator", "number", "text", "note"]
        labels = {"text": "Zoals afgesproken"}
        help_texts = {"text": "Wat er gemeten wordt, in de woorden van deze agenda."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].help_text = ONLY_TYPED

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
        elif self.instance.pk is None:
            # What is wrong with it stands at the field: the row does not say so once more.
            untold = Value.absent(self.value_type, Absence.NOT_YET)
            cast(TypedValue, self.instance).value = untold
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        indicator = self._measure.indicator
        if not indicator.value_type:
            self.fields["value"].help_text = UNTYPED.format(indicator)

    @property
    def value_type(self) -> ValueType:
        return type_of(self._measure.indicator)

    @property
    def _measure(self) -> Measure:
        return self.instance.measure if self.instance.pk else cast(Measure, self.parent)

    def stand_under(self) -> None:
        self.instance.measure = self.parent

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        kind, period = self.cleaned_data.get("kind"), self.cleaned_data.get("period")
        if kind and period:
            others = self._measure.targets.exclude(pk=self.instance.pk)
            fault = period_fault(
                kind, period, self.version.agenda.period, others.values_list("kind", "period")
            )
            if fault:
                self.add_error("period", fault)
        return cleaned

    def also_written(self) -> dict[str, Any]:
        """Who writes a target anew agrees it under what the indicator means now."""
        target: Target = self.instance
        return super().also_written() | target.agreed_now()


class PrincipleForm(PartForm):
    class Meta:
        model = Principle
        fields = ["text", "kind", "is_new"]


class ParticipationForm(ValueForm):
    class Meta:
        model = Participation
        fields = ["who", "form", "held_on", "year", "unit"]
        labels = {"who": "Wie", "form": "Hoe", "held_on": "Wanneer"}
        help_texts = {"year": "Is de dag niet bekend? Noem dan het jaar."}
        widgets = {"held_on": DayInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bound_year(self.fields["year"])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        day: datetime.date | None = self.cleaned_data.get("held_on")
        year: int | None = self.cleaned_data.get("year")
        if day is not None and year is not None and day.year != year:
            self.add_error("year", f"De dag valt in {day.year}. Laat het jaar leeg, of wijzig het.")
        return cleaned


def type_of(indicator: Indicator) -> ValueType:
    return ValueType(indicator.value_type or ValueType.TEXT)


class ReasonForm(TextForm):
    """Why an agenda goes back to draft."""

    note = forms.CharField(
        label="Waarom terug naar concept?",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
