"""Indicators (the passport), measures (the appointment), targets and observations."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from agenda.constants import (
    Aggregation,
    AreaKind,
    Certainty,
    Direction,
    IndicatorLevel,
    Rhythm,
    TargetKind,
)
from agenda.models.goals import Goal, Theme
from agenda.models.sources import Sourced
from agenda.querysets import AreaQuerySet, IndicatorQuerySet, MeasureQuerySet, TargetQuerySet
from core.edits import Revised
from core.fields import TypedValue, Withholdable, words
from core.periods import PeriodField
from core.values import ValueType


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
    definition = models.TextField("definitie", blank=True)
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
    level = models.CharField("meet", max_length=12, choices=IndicatorLevel)
    aggregation = models.CharField(
        "samennemen", max_length=8, choices=Aggregation, default=Aggregation.NONE
    )
    is_cumulative = models.BooleanField("loopt op binnen het jaar", default=False)
    counts_people = models.BooleanField(
        "telt mensen",
        default=True,
        help_text="Kleine aantallen mensen worden niet gepubliceerd.",
    )
    measured_by = models.CharField("gemeten door", max_length=120, blank=True)
    rhythm = models.CharField("hoe vaak gemeten", max_length=12, choices=Rhythm, blank=True)
    measured_when = models.CharField("meetmoment", max_length=120, blank=True)
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
            words(
                "rhythm",
                Rhythm,
                name="agenda_indicator_rhythm",
                message="Dit ritme bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def has_values(self) -> bool:
        """Whether anything was observed or aimed at: its type cannot change then. Two queries."""
        return self.observations.exists() or Target.objects.filter(measure__indicator=self).exists()


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

    def clean(self) -> None:
        super().clean()
        check_value_type(self.value_type, self.measure.indicator)


class Observation(TypedValue, Withholdable, Revised, Sourced):
    """A measured value of an indicator, for a period and perhaps an area, with its provenance."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="observations")
    period = PeriodField("periode")
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="observations"
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
            # Four constraints, because a database takes two empty cells for different ones.
            models.UniqueConstraint(
                fields=["indicator", "period", "source", "area"],
                condition=Q(area__isnull=False),
                name="agenda_observation_unique_in_area",
                violation_error_message="Deze bron gaf voor deze periode al een waarde.",
            ),
            models.UniqueConstraint(
                fields=["indicator", "period", "source"],
                condition=Q(area__isnull=True),
                name="agenda_observation_unique",
                violation_error_message="Deze bron gaf voor deze periode al een waarde.",
            ),
            models.UniqueConstraint(
                fields=["indicator", "period", "area"],
                condition=Q(source__isnull=True, area__isnull=False),
                name="agenda_observation_unique_unsourced_in_area",
                violation_error_message="Voor deze periode is er al een waarde zonder bron.",
            ),
            models.UniqueConstraint(
                fields=["indicator", "period"],
                condition=Q(source__isnull=True, area__isnull=True),
                name="agenda_observation_unique_unsourced",
                violation_error_message="Voor deze periode is er al een waarde zonder bron.",
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


def check_value_type(value_type: str, indicator: Indicator) -> None:
    """Raise ``ValidationError`` unless a value of this type fits the passport of ``indicator``."""
    if not indicator.value_type:
        raise ValidationError(
            "Deze indicator zegt niet welke soort waarde hij heeft. Vul eerst het paspoort aan."
        )
    if value_type != indicator.value_type:
        raise ValidationError(
            f"Deze indicator vraagt een {ValueType(indicator.value_type).label}, "
            f"geen {ValueType(value_type).label}."
        )
