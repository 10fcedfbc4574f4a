"""Indicators (the passport), measures (the appointment), targets and observations."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from agenda.constants import (
    Aggregation,
    AreaKind,
    Certainty,
    Direction,
    IndicatorLevel,
    ResultKind,
    Rhythm,
    TargetKind,
    VersionKind,
)
from agenda.models.goals import Goal, Theme
from agenda.models.groups import Group
from agenda.models.sources import Sourced
from agenda.querysets import AreaQuerySet, IndicatorQuerySet, MeasureQuerySet, TargetQuerySet
from core import values
from core.disclosure import is_small, people_in
from core.edits import Revised
from core.fields import TypedValue, Withholdable, words
from core.periods import Period, PeriodField
from core.values import ValueType, format_number


class Area(models.Model):
    """A village, district or the municipality itself."""

    name = models.CharField("naam", max_length=100)
    slug = models.SlugField("korte naam in adressen", max_length=80, unique=True)
    kind = models.CharField("soort", max_length=14, choices=AreaKind)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = "gebied"
        verbose_name_plural = "gebieden"
        ordering = ["name"]
        constraints = [
            words(
                "kind",
                AreaKind,
                name="agenda_area_kind",
                message="Deze soort gebied bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Indicator(Revised, Sourced):
    """What is measured, and how: the passport that measures and KPIs refer to.

    ``value_type`` and ``direction`` may be empty for an indicator from a source document that does
    not say; such an indicator can have no observations until somebody decides.
    """

    slug = models.SlugField("korte naam in adressen", max_length=100, unique=True)
    name = models.CharField("naam", max_length=250)
    subject = models.CharField("onderwerp", max_length=80, blank=True)
    definition = models.TextField("definitie", blank=True)
    rationale = models.TextField("waarom deze indicator", blank=True)
    numerator = models.CharField("teller", max_length=300, blank=True)
    denominator = models.CharField("noemer", max_length=300, blank=True)
    value_type = models.CharField(
        "soort waarde", max_length=12, choices=ValueType.choices, blank=True
    )
    unit = models.CharField("eenheid", max_length=60, blank=True)
    direction = models.CharField("richting", max_length=10, choices=Direction, blank=True)
    band = models.DecimalField(
        "bandbreedte",
        max_digits=12,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="Hoeveel de waarde mag afwijken, in de eenheid van de indicator.",
    )
    lowest = models.DecimalField(
        "laagst mogelijke waarde", max_digits=18, decimal_places=4, null=True, blank=True
    )
    highest = models.DecimalField(
        "hoogst mogelijke waarde", max_digits=18, decimal_places=4, null=True, blank=True
    )
    level = models.CharField("meet", max_length=12, choices=IndicatorLevel)
    result_kind = models.CharField(
        "effect of prestatie", max_length=8, choices=ResultKind, blank=True
    )
    aggregation = models.CharField(
        "samennemen", max_length=8, choices=Aggregation, default=Aggregation.NONE
    )
    is_cumulative = models.BooleanField("loopt op binnen het jaar", default=False)
    counts_people = models.BooleanField(
        "telt mensen",
        default=True,
        help_text="Kleine aantallen mensen worden niet gepubliceerd.",
    )
    supplier = models.CharField("bron van de cijfers", max_length=150, blank=True)
    measured_by = models.CharField("gemeten door", max_length=120, blank=True)
    rhythm = models.CharField("hoe vaak gemeten", max_length=12, choices=Rhythm, blank=True)
    measured_when = models.CharField("meetmoment", max_length=120, blank=True)
    available_for = models.CharField("beschikbaar voor", max_length=150, blank=True)
    weaknesses = models.TextField("bekende zwakke punten", blank=True)
    owner = models.CharField("eigenaar van het paspoort", max_length=120, blank=True)
    standard = models.CharField(
        "uit welke standaardset", max_length=100, blank=True, editable=False
    )
    note = models.TextField("opmerking", blank=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "indicator"
        verbose_name_plural = "indicatoren"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value_type="") | Q(value_type__in=ValueType.values),
                name="agenda_indicator_value_type",
                violation_error_message="Deze soort waarde bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values)
                & Q(level__in=IndicatorLevel.values)
                & Q(aggregation__in=Aggregation.values),
                name="agenda_indicator_words",
                violation_error_message="Deze richting, soort of samenneming bestaat niet.",
            ),
            models.CheckConstraint(
                condition=~Q(direction="stable") | Q(band__isnull=False),
                name="agenda_indicator_stable_has_band",
                violation_error_message="Gelijk houden vraagt een bandbreedte.",
            ),
            models.CheckConstraint(
                condition=Q(band__isnull=True) | Q(band__gte=0),
                name="agenda_indicator_band_positive",
                violation_error_message="Een bandbreedte is 0 of meer.",
            ),
            models.CheckConstraint(
                condition=~Q(value_type="text") | Q(aggregation="none"),
                name="agenda_indicator_text_not_aggregated",
                violation_error_message="Teksten zijn niet samen te nemen.",
            ),
            models.CheckConstraint(
                condition=Q(lowest__isnull=True)
                | Q(highest__isnull=True)
                | Q(lowest__lt=F("highest")),
                name="agenda_indicator_bounds_in_order",
                violation_error_message="De hoogst mogelijke waarde is hoger dan de laagste.",
            ),
            models.CheckConstraint(
                condition=~Q(value_type="text") | Q(lowest__isnull=True, highest__isnull=True),
                name="agenda_indicator_text_without_bounds",
                violation_error_message="Een tekst heeft geen laagste en hoogste waarde.",
            ),
            words(
                "rhythm",
                Rhythm,
                name="agenda_indicator_rhythm",
                message="Dit ritme bestaat niet.",
            ),
            words(
                "result_kind",
                ResultKind,
                name="agenda_indicator_result_kind",
                message="Kies effect of prestatie.",
            ),
            models.UniqueConstraint(
                fields=["standard"],
                condition=~Q(standard=""),
                name="agenda_indicator_standard_unique",
                violation_error_message="Deze indicator uit de standaardset is er al.",
            ),
            # What a source document names keeps the name that it has there.
            models.UniqueConstraint(
                Lower("name"),
                condition=Q(source__isnull=True),
                name="agenda_indicator_name_unique",
                violation_error_message="Er is al een indicator met deze naam.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def has_values(self) -> bool:
        """Whether anything was observed or aimed at: its type cannot change then. Two queries."""
        return self.observations.exists() or Target.objects.filter(measure__indicator=self).exists()

    def count_of_changes(self) -> int:
        """How often it came to mean something else: by which number its meaning goes. One query."""
        return self.versions.filter(kind=VersionKind.CHANGED).count()


class Measure(Revised, Sourced):
    """An indicator appointed to a theme or a goal of an agenda, with its own number there."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="measures")
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="measures"
    )
    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="measures"
    )
    number = models.CharField("nummer", max_length=10)
    text = models.CharField("meting zoals afgesproken", max_length=300)
    note = models.TextField("opmerking", blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = "meting"
        verbose_name_plural = "metingen"
        ordering = ["theme", "goal", "order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(theme__isnull=False, goal__isnull=True)
                | Q(theme__isnull=True, goal__isnull=False),
                name="agenda_measure_theme_or_goal",
                violation_error_message="Een meting hoort bij een thema of bij een doel.",
            ),
            models.UniqueConstraint(
                fields=["theme", "number"],
                name="agenda_measure_theme_number_unique",
                violation_error_message="Dit thema heeft al een meting met dit nummer.",
            ),
            models.UniqueConstraint(
                fields=["goal", "number"],
                name="agenda_measure_goal_number_unique",
                violation_error_message="Dit doel heeft al een meting met dit nummer.",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Target(TypedValue, Revised, Sourced):
    """The baseline of a measure, or the value aimed at in a period."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="targets")
    kind = models.CharField("soort", max_length=10, choices=TargetKind, default=TargetKind.TARGET)
    period = PeriodField("periode")
    meaning = models.PositiveSmallIntegerField(
        "onder welke omschrijving van de indicator", default=0, editable=False
    )

    objects = TargetQuerySet.as_manager()

    class Meta(TypedValue.Meta):
        verbose_name = "streefwaarde"
        verbose_name_plural = "streefwaarden"
        ordering = ["measure_id", "period"]  # by the measure's own order would join in a circle
        constraints = [
            *TypedValue.Meta.constraints,
            models.UniqueConstraint(
                fields=["measure", "kind", "period"],
                name="agenda_target_unique",
                violation_error_message="Voor deze periode is er al een streefwaarde.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=TargetKind.values),
                name="agenda_target_kind",
                violation_error_message="Deze soort streefwaarde bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.value} in {self.period}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new target is agreed under what its indicator means now."""
        if self._state.adding:
            self.meaning = self.agreed_now()["meaning"]
        super().save(*args, **kwargs)

    def agreed_now(self) -> dict[str, Any]:
        """The columns that say under which meaning this is agreed, when it is now. One query."""
        return {"meaning": self.measure.indicator.count_of_changes()}

    def clean(self) -> None:
        super().clean()
        check_value_type(self.value_type, self.measure.indicator)
        check_bounds(self, self.measure.indicator)
        # What a source says can be read there.
        if self.kind == TargetKind.BASELINE and self.source_id is None:
            check_people(self.value, self.measure.indicator)


class Observation(TypedValue, Withholdable, Revised, Sourced):
    """A measured value of an indicator, for a period and perhaps an area and a group of people.

    A source may give one period more than once, less and less provisional: each stays, and
    ``agenda/series.py`` says which of them counts.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="observations")
    period = PeriodField("periode")
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="observations"
    )
    group = models.ForeignKey(
        Group,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="observations",
        verbose_name="groep",
    )
    certainty = models.CharField("status", max_length=12, choices=Certainty, blank=True)
    retrieved_on = models.DateField("opgehaald op", null=True, blank=True)
    note = models.TextField("opmerking", blank=True)

    class Meta(TypedValue.Meta):
        verbose_name = "meetwaarde"
        verbose_name_plural = "meetwaarden"
        ordering = ["indicator", "period"]
        constraints = [
            *TypedValue.Meta.constraints,
            # A database takes two empty cells for different ones: here they are the same.
            models.UniqueConstraint(
                "indicator",
                "period",
                Coalesce("source", Value(0), output_field=models.BigIntegerField()),
                Coalesce("area", Value(0), output_field=models.BigIntegerField()),
                Coalesce("group", Value(0), output_field=models.BigIntegerField()),
                "certainty",
                name="agenda_observation_unique",
                violation_error_message=(
                    "Deze bron gaf voor deze periode al een waarde met deze status. Wijzig die."
                ),
            ),
            models.CheckConstraint(
                condition=Q(certainty__in=Certainty.values),
                name="agenda_observation_certainty",
                violation_error_message="Deze status bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value} in {self.period}"

    def clean(self) -> None:
        super().clean()
        check_value_type(self.value_type, self.indicator)
        check_bounds(self, self.indicator)


def check_value_type(value_type: str, indicator: Indicator) -> None:
    """Raise ``ValidationError`` unless a value of this type fits the passport of ``indicator``."""
    if not indicator.value_type:
        raise ValidationError(
            "Deze indicator zegt nog niet welke soort waarde hij heeft, zoals een aantal of een "
            "percentage. Kies dat eerst in het paspoort van de indicator. Vul daarna de waarde in."
        )
    if value_type != indicator.value_type:
        raise ValidationError(
            f"Deze indicator vraagt een {ValueType(indicator.value_type).label}, "
            f"geen {ValueType(value_type).label}."
        )


def check_begun(period: Period) -> None:
    """Raise ``ValidationError`` for a period in which nothing can have been measured yet.

    One that runs may have a value, and a final one too: the number of inhabitants in a year is that
    of its first day.
    """
    if period.start > timezone.localdate():
        raise ValidationError(
            f"{period.label[:1].upper()}{period.label[1:]} is nog niet begonnen. Een meetwaarde is "
            "er pas als er is gemeten."
        )


class Numbered(Protocol):
    """A value as a row or by itself."""

    @property
    def number(self) -> Decimal | None: ...

    @property
    def number_to(self) -> Decimal | None: ...


class Bounded(Protocol):
    """What says how low and how high a value can be: a passport, or terms that hold it."""

    @property
    def lowest(self) -> Decimal | None: ...

    @property
    def highest(self) -> Decimal | None: ...


def check_bounds(value: Numbered, passport: Bounded) -> None:
    """Raise ``ValidationError`` where ``passport`` says that ``value`` cannot be."""
    held = [number for number in (value.number, value.number_to) if number is not None]
    lowest, highest = passport.lowest, passport.highest
    if lowest is not None and any(number < lowest for number in held):
        raise ValidationError(
            f"Lager dan {format_number(lowest)} kan niet: zo staat het in het paspoort."
        )
    if highest is not None and any(number > highest for number in held):
        raise ValidationError(
            f"Hoger dan {format_number(highest)} kan niet: zo staat het in het paspoort."
        )


def check_people(value: values.Value, indicator: Indicator) -> None:
    """Raise ``ValidationError`` where ``value`` tells of so few people that nobody may read it: a
    baseline everybody reads (docs/regels/kleine-aantallen.md)."""
    if not indicator.counts_people or not value.is_present:
        return
    if is_small(people_in(value), settings.SMALL_NUMBER_THRESHOLD):
        raise ValidationError(
            "Dit zijn te weinig mensen om te publiceren, en een nulmeting leest iedereen. Kies of "
            "typ ‘te klein om te publiceren’."
        )
