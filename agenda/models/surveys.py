"""Client experience surveys: statements, and what the municipality and a reference group scored."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agenda.constants import Direction, SurveyGroup
from agenda.models.indicators import Indicator
from agenda.models.sources import Sourced
from core.fields import TypedValue, words


class Survey(Sourced):
    """A survey among clients in one year."""

    slug = models.SlugField("korte naam in adressen", max_length=80, unique=True)
    name = models.CharField("naam", max_length=150)
    year = models.PositiveSmallIntegerField("jaar")
    executor = models.CharField("uitvoerder", max_length=100, blank=True)
    note = models.TextField("opmerking", blank=True)

    class Meta:
        verbose_name = "cliëntervaringsonderzoek"
        verbose_name_plural = "cliëntervaringsonderzoeken"
        ordering = ["-year"]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"


class Statement(Sourced):
    """A statement that clients agreed with or not; the set differs per year and is editable."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="statements")
    number = models.PositiveSmallIntegerField("nummer")
    topic = models.CharField("onderwerp", max_length=80)
    text = models.CharField("stelling", max_length=200)
    scale = models.CharField("schaal", max_length=80, blank=True)
    base = models.CharField("wie antwoordden", max_length=150, blank=True)
    direction = models.CharField("richting", max_length=10, choices=Direction, blank=True)
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="statements"
    )
    note = models.TextField("opmerking", blank=True)

    class Meta:
        verbose_name = "stelling"
        verbose_name_plural = "stellingen"
        ordering = ["survey", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "number"],
                name="agenda_statement_number_unique",
                violation_error_message="Dit onderzoek heeft al een stelling met dit nummer.",
            ),
            words(
                "direction",
                Direction,
                name="agenda_statement_direction",
                message="Deze richting bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class StatementResult(TypedValue, Sourced):
    """What part of a group agreed with a statement in a year."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="results")
    group = models.CharField("groep", max_length=14, choices=SurveyGroup)
    year = models.PositiveSmallIntegerField("jaar")

    class Meta(TypedValue.Meta):
        verbose_name = "uitkomst"
        verbose_name_plural = "uitkomsten"
        ordering = ["statement", "group", "year"]
        constraints = [
            *TypedValue.Meta.constraints,
            models.UniqueConstraint(
                fields=["statement", "group", "year"],
                name="agenda_statement_result_unique",
                violation_error_message="Voor deze groep en dit jaar is er al een uitkomst.",
            ),
            models.CheckConstraint(
                condition=Q(group__in=SurveyGroup.values),
                name="agenda_statement_result_group",
                violation_error_message="Deze groep bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement}: {self.value}"
