"""What a budget line will cost and did cost, and why it differs from the year before. In euros."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from contracts.constants import FigureKind
from contracts.models.allocations import Allocation
from core.edits import Revised


class LineFigure(models.Model):
    """What somebody expects that a budget line costs in a year, or what it did cost; append-only.

    The newest of a kind counts; a mistake is put right by a newer one. ``day`` is the day up to
    which the figure was reckoned.
    """

    allocation = models.ForeignKey(
        Allocation, on_delete=models.PROTECT, related_name="figures", verbose_name="budgetpost"
    )
    year = models.PositiveSmallIntegerField("jaar")
    kind = models.CharField("soort", max_length=8, choices=FigureKind)
    amount = models.DecimalField("bedrag", max_digits=14, decimal_places=2)
    day = models.DateField("stand op")
    explanation = models.TextField("toelichting")
    is_example = models.BooleanField("verzonnen voorbeeld", default=False)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("tijdstip", default=timezone.now)

    class Meta:
        verbose_name = "prognose of uitkomst van een budgetpost"
        verbose_name_plural = "prognoses en uitkomsten van budgetposten"
        ordering = ["allocation", "year", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=FigureKind.values),
                name="contracts_line_figure_kind",
                violation_error_message="Kies een prognose of een uitkomst.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0, year__gte=1990, year__lte=2100),
                name="contracts_line_figure_in_reach",
                violation_error_message="Een bedrag is 0 of meer.",
            ),
            models.CheckConstraint(
                condition=~Q(explanation=""),
                name="contracts_line_figure_explained",
                violation_error_message="Schrijf op waar het bedrag op rust.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}: {self.allocation.label}"


class LineChange(Revised):
    """Why a budget line of a year differs from the year before: what the municipality cuts, and
    what grows by itself; ``growth`` is below nought where it shrinks by itself.

    A line that stops hangs on the line of the year before.
    """

    allocation = models.ForeignKey(
        Allocation, on_delete=models.PROTECT, related_name="changes", verbose_name="budgetpost"
    )
    year = models.PositiveSmallIntegerField("jaar")
    cut = models.DecimalField("taakstelling", max_digits=14, decimal_places=2, default=Decimal(0))
    cut_ground = models.TextField("grond van de taakstelling", blank=True)
    growth = models.DecimalField(
        "autonome groei", max_digits=14, decimal_places=2, default=Decimal(0)
    )
    growth_ground = models.TextField("grond van de groei", blank=True)
    is_example = models.BooleanField("verzonnen voorbeeld", default=False)

    class Meta:
        verbose_name = "verandering van een budgetpost"
        verbose_name_plural = "veranderingen van budgetposten"
        ordering = ["allocation", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["allocation", "year"],
                name="contracts_line_change_unique",
                violation_error_message="Deze verandering staat er al. Wijzig die.",
            ),
            models.CheckConstraint(
                condition=Q(cut__gte=0, year__gte=1990, year__lte=2100),
                name="contracts_line_change_in_reach",
                violation_error_message="Een taakstelling is 0 of meer: zij gaat van het geld af.",
            ),
            models.CheckConstraint(
                condition=(Q(cut=0) | ~Q(cut_ground="")) & (Q(growth=0) | ~Q(growth_ground="")),
                name="contracts_line_change_grounds",
                violation_error_message="Schrijf op waar de verandering op rust.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.allocation.label}, {self.year}"
