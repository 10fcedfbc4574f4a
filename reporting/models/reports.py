"""What partners report: an obligation per contract and period, with its content.

A report that was taken over from a source document has no status: nobody here received or accepted
it (docs/decisions/0008); its content stands in the rows below. The content of a report of this
system stands in its rounds (rounds.py), and before that in its draft (drafts.py).
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from agenda.constants import Origin
from agenda.models import Sourced, Theme
from contracts.models import Contract
from core.fields import TypedValue, words
from core.periods import PeriodField
from reporting.constants import OPEN_STATUSES, NarrativeSection, ReportKind, ReportStatus
from reporting.querysets import ReportQuerySet


class Report(Sourced):
    """One obligation to report, or a report from before the system."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="reports")
    period = PeriodField("periode")
    kind = models.CharField("soort", max_length=10, choices=ReportKind)
    title = models.CharField("titel", max_length=200)
    status = models.CharField("stand", max_length=10, choices=ReportStatus, null=True, blank=True)
    origin = models.CharField("herkomst", max_length=8, choices=Origin, default=Origin.SYSTEM)
    due_on = models.DateField("in te dienen uiterlijk op", null=True, blank=True)
    locks_on = models.DateField(
        "open tot en met",
        null=True,
        blank=True,
        help_text="Tot en met deze dag kan een te late rapportage nog worden ingediend.",
    )
    kpis_achieved = models.PositiveSmallIntegerField(
        "behaalde prestatie-indicatoren", null=True, blank=True
    )
    kpis_total = models.PositiveSmallIntegerField(
        "prestatie-indicatoren in totaal", null=True, blank=True
    )
    kpis_note = models.CharField("behaald, in woorden", max_length=150, blank=True)
    note = models.TextField("opmerking", blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "rapportage"
        verbose_name_plural = "rapportages"
        ordering = ["contract", "period", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "period", "kind"],
                name="reporting_report_unique",
                violation_error_message="Voor deze periode is er al zo’n rapportage.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ReportKind.values),
                name="reporting_report_kind",
                violation_error_message="Deze soort rapportage bestaat niet.",
            ),
            words(
                "origin",
                Origin,
                name="reporting_report_origin",
                message="Deze herkomst bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(origin="source", status__isnull=True)
                | Q(origin="system", status__isnull=False, status__in=ReportStatus.values),
                name="reporting_report_status_by_origin",
                violation_error_message=(
                    "Een rapportage uit dit systeem heeft een stand; een uit een bronstuk niet."
                ),
            ),
            models.CheckConstraint(
                condition=Q(origin="source")
                | Q(due_on__isnull=False, locks_on__isnull=False, locks_on__gte=models.F("due_on")),
                name="reporting_report_dates",
                violation_error_message=(
                    "Een rapportage uit dit systeem heeft een uiterste dag, en sluit niet daarvoor."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kpis_achieved__isnull=True)
                | Q(kpis_total__isnull=True)
                | Q(kpis_achieved__lte=models.F("kpis_total")),
                name="reporting_report_kpis_within_total",
                violation_error_message="Er zijn meer indicatoren behaald dan er zijn.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_returned(self) -> bool:
        """Sent back by the municipality: no day closes it."""
        return self.status == ReportStatus.RETURNED

    @property
    def is_submitted(self) -> bool:
        """Handed in, and waiting for the municipality."""
        return self.status == ReportStatus.SUBMITTED

    @property
    def is_accepted(self) -> bool:
        return self.status == ReportStatus.ACCEPTED

    @property
    def is_open(self) -> bool:
        """Whether the partner may write: open, or returned with remarks."""
        return self.status in OPEN_STATUSES


class Activity(Sourced):
    """What a partner did, under a theme or under a heading of its own."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="activities")
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="activities"
    )
    heading = models.CharField("kop", max_length=150)
    text = models.TextField("wat er gebeurde")
    note = models.TextField("opmerking", blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "activiteit"
        verbose_name_plural = "activiteiten"
        ordering = ["report", "order"]

    def __str__(self) -> str:
        return self.heading


class Narrative(Sourced):
    """One statement of a report, in the section it belongs to."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="narratives")
    section = models.CharField("onderdeel", max_length=14, choices=NarrativeSection)
    text = models.TextField("tekst")
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="narratives"
    )
    note = models.TextField("opmerking", blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "toelichting"
        verbose_name_plural = "toelichtingen"
        ordering = ["report", "section", "order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(section__in=NarrativeSection.values),
                name="reporting_narrative_section",
                violation_error_message="Dit onderdeel bestaat niet.",
            )
        ]

    def __str__(self) -> str:
        return self.text


class Figure(TypedValue, Sourced):
    """A number that a report gives: participants, requests, complaints."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="figures")
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="figures"
    )
    label = models.CharField("wat", max_length=200)
    unit = models.CharField("eenheid", max_length=60, blank=True)
    note = models.TextField("opmerking", blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta(TypedValue.Meta):
        verbose_name = "cijfer"
        verbose_name_plural = "cijfers"
        ordering = ["report", "order"]

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"

    def clean(self) -> None:
        super().clean()
        if self.activity is not None and self.activity.report_id != self.report_id:
            raise ValidationError({"activity": "Deze activiteit hoort bij een andere rapportage."})


class Spending(TypedValue, Sourced):
    """What was spent, in euros, in a period."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="spendings")
    label = models.CharField("post", max_length=200)
    period = PeriodField("periode")
    outside_wmo = models.BooleanField("hoort niet tot de Wmo", default=False)
    note = models.TextField("opmerking", blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta(TypedValue.Meta):
        verbose_name = "besteding"
        verbose_name_plural = "bestedingen"
        ordering = ["report", "order"]
        constraints = [
            *TypedValue.Meta.constraints,
            models.CheckConstraint(
                condition=Q(value_type="amount"),
                name="reporting_spending_is_amount",
                violation_error_message="Een besteding is een bedrag in euro.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"
