"""What somebody judged of a norm of the 213a framework, on which ground and when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from agenda.models import Sourced
from core.fields import words
from core.periods import FIRST_YEAR, LAST_YEAR
from monitor.constants import NormAnswer
from monitor.models.investigations import Investigation
from monitor.querysets import NormVerdictQuerySet

LAST_NORM = 14


class NormVerdict(Sourced):
    """Whether a norm was met in a year; append-only, so a next verdict comes beside it.

    One that was given in an ``investigation`` is read by who may read that.
    """

    year = models.PositiveSmallIntegerField("over het jaar")
    number = models.PositiveSmallIntegerField("norm")
    answer = models.CharField("oordeel", max_length=6, choices=NormAnswer)
    ground = models.TextField("onderbouwing")
    judged_on = models.DateField("beoordeeld op", null=True, blank=True)
    investigation = models.ForeignKey(
        Investigation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="norm_verdicts",
        verbose_name="in welk onderzoek",
    )
    actor = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    at = models.DateTimeField("vastgelegd op", default=timezone.now)

    objects = NormVerdictQuerySet.as_manager()

    class Meta:
        verbose_name = "oordeel over een norm"
        verbose_name_plural = "oordelen over normen"
        ordering = ["number", "-judged_on", "-id"]
        constraints = [
            words(
                "answer",
                NormAnswer,
                name="monitor_norm_verdict_answer",
                message="Het oordeel is ja, deels of nee.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=LAST_NORM),
                name="monitor_norm_verdict_number",
                violation_error_message="Er zijn veertien normen.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="monitor_norm_verdict_year",
                violation_error_message=f"Kies een jaar van {FIRST_YEAR} tot en met {LAST_YEAR}.",
            ),
            models.CheckConstraint(
                condition=~Q(ground=""),
                name="monitor_norm_verdict_ground",
                violation_error_message="Een oordeel heeft een onderbouwing.",
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=False) | Q(judged_on__isnull=False, actor__isnull=False),
                name="monitor_norm_verdict_by_whom_when",
                violation_error_message="Een oordeel is van iemand, en heeft een dag.",
            ),
        ]

    def __str__(self) -> str:
        return f"norm {self.number} in {self.year}: {self.get_answer_display()}"
