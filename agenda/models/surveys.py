"""Client experience surveys: statements, and what the municipality and a reference group scored."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agenda.constants import Direction, SurveyClients, SurveyGroup
from agenda.models.indicators import Indicator
from agenda.models.sources import Sourced
from agenda.querysets import SurveyQuerySet
from core.edits import Revised
from core.fields import TypedValue, Withholdable, words


class Survey(Revised, Sourced):
    """A survey among clients in one year; one that is not public yet is for officers only.

    ``sent`` and ``returned`` count questionnaires: how many went out, and how many came back.
    """

    slug = models.SlugField("korte naam in adressen", max_length=80, unique=True)
    name = models.CharField("naam", max_length=150)
    year = models.PositiveSmallIntegerField("jaar")
    executor = models.CharField("uitvoerder", max_length=100, blank=True)
    clients = models.CharField("onder wie", max_length=8, choices=SurveyClients, blank=True)
    method = models.CharField("hoe is het gevraagd", max_length=200, blank=True)
    sent = models.PositiveIntegerField("verstuurd", null=True, blank=True)
    returned = models.PositiveIntegerField("terugontvangen", null=True, blank=True)
    is_public = models.BooleanField("openbaar", default=False, editable=False)
    is_example = models.BooleanField("verzonnen voorbeeld", default=False)
    note = models.TextField("opmerking", blank=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = "cliëntervaringsonderzoek"
        verbose_name_plural = "cliëntervaringsonderzoeken"
        ordering = ["-year", "-id"]
        constraints = [
            words(
                "clients",
                SurveyClients,
                name="agenda_survey_clients",
                message="Deze groep cliënten bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(returned__isnull=True)
                | (Q(sent__isnull=False) & Q(returned__lte=models.F("sent"))),
                name="agenda_survey_no_more_than_sent",
                violation_error_message="Er komen niet meer lijsten terug dan er zijn verstuurd.",
            ),
            models.CheckConstraint(
                condition=Q(is_public=False)
                | Q(source__isnull=False)
                | Q(sent__isnull=False, returned__isnull=False),
                name="agenda_survey_public_with_response",
                violation_error_message="Vul in hoeveel lijsten er zijn verstuurd en terugkwamen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"


class Statement(Revised, Sourced):
    """A statement that clients agreed with or not; the set differs per year and is editable."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="statements")
    number = models.PositiveSmallIntegerField("nummer")
    topic = models.CharField("onderwerp", max_length=80)
    text = models.CharField("stelling", max_length=200)
    # By which it is known as one of a standard set (agenda/standard_sets.py); empty: a question of
    # the municipality itself.
    standard = models.CharField("uit een standaardset", max_length=80, blank=True, editable=False)
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
            models.UniqueConstraint(
                fields=["survey", "standard"],
                condition=~Q(standard=""),
                name="agenda_statement_standard_once",
                violation_error_message="Deze standaardvraag staat al in dit onderzoek.",
            ),
            # Two answers to one figure: the second would write over the first.
            models.UniqueConstraint(
                fields=["survey", "indicator"],
                condition=Q(indicator__isnull=False),
                name="agenda_statement_indicator_once",
                violation_error_message="Een andere vraag van dit onderzoek hoort al bij deze "
                "indicator.",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class StatementResult(TypedValue, Withholdable, Sourced):
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
