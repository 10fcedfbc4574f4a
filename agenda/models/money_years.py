"""The years of the municipality's money: open, or closed so that nothing of them changes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from agenda.constants import YearStatus
from core.edits import Revised
from core.fields import words


class MoneyYear(Revised):
    """A calendar year of money; one without a row is open. Amounts are euros.

    ``stated_total`` is the budget as it was adopted, to hold the lines of the year against.
    """

    year = models.PositiveSmallIntegerField("jaar", unique=True)
    status = models.CharField(
        "stand", max_length=6, choices=YearStatus, default=YearStatus.OPEN, editable=False
    )
    stated_total = models.DecimalField(
        "vastgesteld totaal", max_digits=14, decimal_places=2, null=True, blank=True
    )
    note = models.TextField("opmerking", blank=True)

    class Meta:
        verbose_name = "begrotingsjaar"
        verbose_name_plural = "begrotingsjaren"
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(year__gte=1990, year__lte=2100),
                name="agenda_money_year_in_reach",
                violation_error_message="Kies een jaar van 1990 tot en met 2100.",
            ),
            words(
                "status",
                YearStatus,
                name="agenda_money_year_status",
                message="Deze stand bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(stated_total__isnull=True) | Q(stated_total__gte=0),
                name="agenda_money_year_total_not_negative",
                violation_error_message="Het totaal van een jaar is 0 of meer.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def is_closed(self) -> bool:
        return self.status == YearStatus.CLOSED


class MoneyYearEvent(models.Model):
    """That a year was closed or opened again, and why; append-only."""

    year = models.ForeignKey(MoneyYear, on_delete=models.PROTECT, related_name="events")
    from_status = models.CharField("van", max_length=6, choices=YearStatus)
    to_status = models.CharField("naar", max_length=6, choices=YearStatus)
    reason = models.TextField("reden")
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("tijdstip", default=timezone.now)

    class Meta:
        verbose_name = "gebeurtenis van een begrotingsjaar"
        verbose_name_plural = "logboek van begrotingsjaren"
        ordering = ["year", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_status__in=YearStatus.values) & Q(to_status__in=YearStatus.values),
                name="agenda_money_year_event_words",
                violation_error_message="Deze stand bestaat niet.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="agenda_money_year_event_reason",
                violation_error_message="Schrijf waarom.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"
