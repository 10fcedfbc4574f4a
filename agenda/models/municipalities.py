"""Municipalities and what they are like: the context without which no comparison is fair."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from agenda.models.sources import Sourced
from core.edits import Revised


class Municipality(Revised, Sourced):
    """A municipality with the characteristics that put its figures in proportion.

    A number that a source does not name stays empty: it is not known, which is not nought.
    """

    name = models.CharField("gemeente", max_length=80)
    inhabitants = models.PositiveIntegerField(
        "inwoners", null=True, blank=True, help_text="Afgerond mag: zet de peildatum erbij."
    )
    places = models.PositiveIntegerField("dorpen en kernen", null=True, blank=True)
    teams = models.PositiveIntegerField(
        "uitvoeringsteams",
        null=True,
        blank=True,
        help_text="Sociale teams, wijkteams of gebiedsteams.",
    )
    measured = models.CharField(
        "peildatum", max_length=80, blank=True, help_text="Van wanneer deze getallen zijn."
    )
    note = models.CharField("bijzonderheden", max_length=300, blank=True)

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="agenda_municipality_once",
                violation_error_message="Deze gemeente staat er al. Wijzig die.",
            ),
            models.CheckConstraint(
                condition=Q(inhabitants__isnull=True) | Q(inhabitants__gte=1),
                name="agenda_municipality_inhabited",
                violation_error_message=(
                    "Een gemeente heeft inwoners. Laat het veld leeg als u het aantal niet kent."
                ),
            ),
            models.CheckConstraint(
                condition=Q(places__isnull=True)
                | Q(inhabitants__isnull=True)
                | Q(places__lte=F("inhabitants")),
                name="agenda_municipality_places",
                violation_error_message="Er zijn meer kernen dan inwoners. Kijk beide getallen na.",
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=False) | ~Q(measured=""),
                name="agenda_municipality_since",
                violation_error_message="Zeg van wanneer deze getallen zijn.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
