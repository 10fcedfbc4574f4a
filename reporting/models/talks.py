"""Which reports a talk was about, and which decisions were taken on a report."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from contracts.models import Decision, Meeting
from core.models import Job, StoredFile
from reporting.models.reports import Report


class TalkedReport(models.Model):
    """A report that a talk is about; such a talk has minutes and action points (G03)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="talks")

    class Meta:
        verbose_name = "rapportage in een overleg"
        verbose_name_plural = "rapportages in overleggen"
        ordering = ["meeting", "report"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "report"],
                name="reporting_talked_report_unique",
                violation_error_message="Deze rapportage hoort al bij dit overleg.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report} in {self.meeting}"


class DecidedReport(models.Model):
    """A decision on a report, such as agreeing to the annual one (G10). Append-only."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="decisions")

    class Meta:
        verbose_name = "besluit op een rapportage"
        verbose_name_plural = "besluiten op rapportages"
        ordering = ["report", "decision"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "report"],
                name="reporting_decided_report_unique",
                violation_error_message="Dit besluit hoort al bij deze rapportage.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision} op {self.report}"


class SheetDocument(models.Model):
    """The agenda sheet of a talk as a PDF; ``sha256`` is the hash of what it tells."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField("controlegetal", max_length=64, blank=True)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="+", null=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", null=True)
    pages = models.PositiveSmallIntegerField("bladzijden", null=True)

    class Meta:
        verbose_name = "agendablad van een overleg"
        verbose_name_plural = "agendabladen van overleggen"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=True) | (Q(pages__isnull=False) & ~Q(sha256="")),
                name="reporting_sheet_made_whole",
                violation_error_message=(
                    "Een gemaakt agendablad heeft een aantal bladzijden en een controlegetal."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"Agendablad van {self.meeting}"
