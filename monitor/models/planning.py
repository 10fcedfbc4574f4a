"""Which investigations the college plans in a year (Gemeentewet, article 213a)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agenda.models import Sourced
from core.edits import Revised
from core.fields import words
from core.periods import FIRST_YEAR, LAST_YEAR
from monitor.constants import InvestigationStatus, Quarter, ResearchKind
from monitor.models.investigations import Investigation


class PlannedInvestigation(Revised, Sourced):
    """A subject that is to be investigated; it has begun once an ``investigation`` is linked.

    What does not go on says why in ``dropped_because``. Its state follows from these two.
    """

    year = models.PositiveSmallIntegerField("jaar")
    kind = models.CharField("soort", max_length=13, choices=ResearchKind)
    subject = models.CharField("onderwerp", max_length=200)
    reason = models.TextField("waarom dit onderwerp", blank=True)
    performed_by = models.CharField("wie het uitvoert", max_length=200)
    quarter = models.CharField("begint in", max_length=1, choices=Quarter, blank=True)
    investigation = models.OneToOneField(
        Investigation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="planned",
        verbose_name="het onderzoek",
    )
    dropped_because = models.CharField("waarom het niet doorgaat", max_length=300, blank=True)
    is_example = models.BooleanField("verzonnen voorbeeld", default=False)

    class Meta:
        verbose_name = "gepland onderzoek"
        verbose_name_plural = "geplande onderzoeken"
        ordering = ["-year", "quarter", "id"]
        constraints = [
            words(
                "kind",
                ResearchKind,
                name="monitor_planned_kind",
                message="Deze soort onderzoek bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(quarter="") | Q(quarter__in=Quarter.values),
                name="monitor_planned_quarter",
                violation_error_message="Een jaar heeft vier kwartalen.",
            ),
            models.CheckConstraint(
                condition=~Q(quarter="") | Q(source__isnull=False),
                name="monitor_planned_when",
                violation_error_message="Kies wanneer het begint.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="monitor_planned_year",
                violation_error_message=f"Kies een jaar van {FIRST_YEAR} tot en met {LAST_YEAR}.",
            ),
            models.CheckConstraint(
                condition=~Q(subject="") & ~Q(performed_by=""),
                name="monitor_planned_says_what",
                violation_error_message="Schrijf het onderwerp en wie het uitvoert.",
            ),
            models.CheckConstraint(
                condition=Q(dropped_because="") | Q(investigation__isnull=True),
                name="monitor_planned_begun_or_dropped",
                violation_error_message=(
                    "Een onderzoek dat is begonnen, kan niet ook niet doorgaan."
                ),
            ),
            models.UniqueConstraint(
                fields=["year", "subject"],
                name="monitor_planned_unique",
                violation_error_message="Dit onderwerp staat al in dit jaar.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.year})"

    @property
    def is_done(self) -> bool:
        """Whether everybody can read what was found."""
        held = self.investigation
        return held is not None and held.status == InvestigationStatus.PUBLISHED

    @property
    def counts(self) -> bool:
        return not self.dropped_because

    @property
    def state_label(self) -> str:
        if self.dropped_because:
            return "gaat niet door"
        if self.is_done:
            return "klaar en openbaar"
        return "begonnen" if self.investigation_id is not None else "gepland"
