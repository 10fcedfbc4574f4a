"""What an indicator meant before: the passport as it stood when its definition was replaced."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from agenda.constants import VersionKind
from agenda.models.indicators import Indicator
from core.fields import words
from core.periods import PeriodField
from core.values import ValueType


class IndicatorVersion(models.Model):
    """A former version of a passport. Append-only: guarded by triggers in the database.

    The passport itself is the newest version and stands here only once it is replaced. After a
    change ``replaced_from`` is the first period of the next meaning: a year, or a second half-year.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("versie")
    definition = models.TextField("definitie", blank=True)
    value_type = models.CharField(
        "soort waarde", max_length=12, choices=ValueType.choices, blank=True
    )
    unit = models.CharField("eenheid", max_length=60, blank=True)
    numerator = models.CharField("teller", max_length=300, blank=True)
    denominator = models.CharField("noemer", max_length=300, blank=True)
    kind = models.CharField("waarom vervangen", max_length=10, choices=VersionKind)
    replaced_from = PeriodField("vervangen vanaf", null=True, blank=True)
    reason = models.TextField("reden")
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("tijdstip", default=timezone.now)

    class Meta:
        verbose_name = "vroegere versie van een paspoort"
        verbose_name_plural = "vroegere versies van paspoorten"
        ordering = ["indicator", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "number"],
                name="agenda_indicator_version_number_unique",
                violation_error_message="Deze versie van het paspoort is er al.",
            ),
            models.CheckConstraint(
                condition=Q(kind=VersionKind.CHANGED, replaced_from__isnull=False)
                | Q(kind=VersionKind.CORRECTED, replaced_from__isnull=True),
                name="agenda_indicator_version_from",
                violation_error_message="Zeg vanaf wanneer iets anders wordt gemeten.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="agenda_indicator_version_reason",
                violation_error_message="Zeg waarom het paspoort verandert.",
            ),
            words(
                "kind",
                VersionKind,
                name="agenda_indicator_version_kind",
                message="Zeg of er iets anders wordt gemeten, of alleen de tekst is verbeterd.",
            ),
            models.CheckConstraint(
                condition=Q(value_type="") | Q(value_type__in=ValueType.values),
                name="agenda_indicator_version_value_type",
                violation_error_message="Deze soort waarde bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, versie {self.number}"

    def clean(self) -> None:
        super().clean()
        period = self.replaced_from
        if period is not None and (period.until is not None or period.half == 1):
            raise ValidationError({"replaced_from": "Kies een jaar of een tweede halfjaar."})
