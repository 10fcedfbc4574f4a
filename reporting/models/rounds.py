"""Rounds of a report, and what the municipality says of them. All of it is append-only.

``Round.payload`` is the truth of a round: what was typed, what it meant, and the terms as they
stood. ``KPIResult`` holds the figures of it once more, as rows that can be searched.
"""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Organisation, User
from contracts.models import KPI
from core.fields import TypedValue, Withholdable, words
from core.models import StoredFile
from reporting.constants import ReportStatus
from reporting.models.reports import Report
from reporting.querysets import RoundQuerySet


class Round(models.Model):
    """One submission; append-only. ``sha256`` is over the exact text of ``payload``."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField("ronde")
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField("ingediend op", default=timezone.now)
    payload = models.TextField("inhoud")
    sha256 = models.CharField("controlegetal", max_length=64)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "ronde"
        verbose_name_plural = "rondes"
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"],
                name="reporting_round_unique",
                violation_error_message="Deze ronde is al ingediend.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="reporting_round_from_one",
                violation_error_message="Rondes tellen vanaf 1.",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="reporting_round_sha256",
                violation_error_message="Het controlegetal klopt niet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, ronde {self.number}"

    @property
    def submitted_on(self) -> datetime.date:
        """The day of submission where the municipality is."""
        return timezone.localtime(self.submitted_at).date()


class RoundFile(models.Model):
    """A file as it was handed in with a round; append-only."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("naam", max_length=200)

    class Meta:
        verbose_name = "ingediende bijlage"
        verbose_name_plural = "ingediende bijlagen"
        ordering = ["round", "id"]

    def __str__(self) -> str:
        return self.name


class KPIResult(TypedValue, Withholdable):
    """What a round says of one KPI. ``achieved`` is None where no target compares.

    Never changed, but for ``withheld``: that is decided when the round is accepted.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="results")
    kpi = models.ForeignKey(KPI, on_delete=models.PROTECT, related_name="results")
    achieved = models.BooleanField("behaald", null=True)
    explanation = models.TextField("toelichting", blank=True)
    improvement = models.TextField("verbeteractie", blank=True)

    class Meta(TypedValue.Meta):
        verbose_name = "resultaat"
        verbose_name_plural = "resultaten"
        ordering = ["round", "kpi"]
        constraints = [
            *TypedValue.Meta.constraints,
            models.UniqueConstraint(
                fields=["round", "kpi"],
                name="reporting_kpi_result_unique",
                violation_error_message="Deze ronde heeft al een resultaat voor deze indicator.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kpi}: {self.value}"


class Remark(models.Model):
    """What the reader says of a field of a round, or of the whole (no ``key``); append-only."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="remarks")
    key = models.CharField("veld", max_length=80, blank=True)
    label = models.CharField("waarover", max_length=250)
    text = models.TextField("opmerking")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("tijdstip", default=timezone.now)

    class Meta:
        verbose_name = "opmerking"
        verbose_name_plural = "opmerkingen"
        ordering = ["round", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="reporting_remark_not_empty",
                violation_error_message="Een opmerking heeft een tekst.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.text}"


class ReportEvent(models.Model):
    """A transition of a report; append-only."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="events")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="events")
    from_status = models.CharField("van", max_length=10, choices=ReportStatus)
    to_status = models.CharField("naar", max_length=10, choices=ReportStatus)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    note = models.TextField("toelichting", blank=True)
    at = models.DateTimeField("tijdstip", default=timezone.now)

    class Meta:
        verbose_name = "gebeurtenis van een rapportage"
        verbose_name_plural = "logboek van rapportages"
        ordering = ["report", "id"]
        constraints = [
            words(
                "from_status",
                ReportStatus,
                name="reporting_event_from_status",
                message="De stand vóór deze stap bestaat niet.",
            ),
            words(
                "to_status",
                ReportStatus,
                name="reporting_event_to_status",
                message="De stand na deze stap bestaat niet.",
            ),
            models.CheckConstraint(
                condition=~Q(from_status="accepted") | ~Q(note=""),
                name="reporting_event_reopened_with_reason",
                violation_error_message="Een geaccepteerde rapportage openen vraagt een reden.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"


class Extension(models.Model):
    """More time for a report: by whom, why, until when (DESIGN, rule 6). Append-only."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="extensions")
    until = models.DateField("uitstel tot en met")
    reason = models.TextField("reden")
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("tijdstip", default=timezone.now)

    class Meta:
        verbose_name = "uitstel"
        verbose_name_plural = "uitstel"
        ordering = ["report", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="reporting_extension_has_reason",
                violation_error_message="Uitstel heeft een reden.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report}: uitstel tot en met {self.until}"
