"""What becomes of recommendations: who sees to it, by when, and how far it is.

A recommendation itself stands where it was made: in an investigation, or in a report of the
supervisor. What is published there does not change; this stands beside it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Organisation, User
from agenda.models import Sourced
from core.edits import Revised
from core.fields import words
from monitor.constants import FollowUpState, Keeper, NormRef
from monitor.models.investigations import InvestigationPart
from reporting.models import SupervisionFinding


class FollowUp(Revised, Sourced):
    """Who is to carry out one recommendation, which norm it serves, and by when.

    ``responsible`` is what everybody reads; one of ``role``, ``user`` and ``organisation`` tells
    how far it is, and is reminded.
    """

    part = models.OneToOneField(
        InvestigationPart,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_up",
    )
    finding = models.OneToOneField(
        SupervisionFinding,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_up",
    )
    norm = models.CharField("hoort bij norm", max_length=2, choices=NormRef, blank=True)
    responsible = models.CharField("wie verantwoordelijk is", max_length=150)
    role = models.CharField("wie de stand bijhoudt", max_length=16, choices=Keeper, blank=True)
    user = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="of: welke medewerker",
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="of: welke partner",
    )
    due_on = models.DateField("uitgevoerd uiterlijk op", null=True, blank=True)

    class Meta:
        verbose_name = "opvolging van een aanbeveling"
        verbose_name_plural = "opvolging van aanbevelingen"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(part__isnull=False, finding__isnull=True)
                | Q(part__isnull=True, finding__isnull=False),
                name="monitor_follow_up_of_one",
                violation_error_message="Opvolging hoort bij één aanbeveling.",
            ),
            models.CheckConstraint(
                condition=Q(norm="") | Q(norm__in=NormRef.values),
                name="monitor_follow_up_norm",
                violation_error_message="Deze norm bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(role="") | Q(role__in=Keeper.values),
                name="monitor_follow_up_role",
                violation_error_message="Deze rol houdt geen stand bij.",
            ),
            models.CheckConstraint(
                condition=~Q(responsible=""),
                name="monitor_follow_up_responsible",
                violation_error_message="Schrijf wie verantwoordelijk is.",
            ),
            models.CheckConstraint(
                condition=Q(~Q(role=""), user__isnull=True, organisation__isnull=True)
                | Q(role="", user__isnull=False, organisation__isnull=True)
                | Q(role="", user__isnull=True, organisation__isnull=False),
                name="monitor_follow_up_one_keeper",
                violation_error_message=(
                    "Kies één die de stand bijhoudt: een rol, een medewerker of een partner."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"opvolging door {self.responsible}"

    @property
    def keeper(self) -> str:
        """Who tells how far it is, in words; for who works with it, as it may name a person."""
        if self.role:
            return str(self.get_role_display())
        return str(self.user or self.organisation)


class FollowUpUpdate(models.Model):
    """How far a recommendation was on a day; append-only, so a mistake is mended by a next one."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="updates")
    day = models.DateField("datum")
    state = models.CharField("stand", max_length=11, choices=FollowUpState)
    text = models.TextField("toelichting")
    evidence_url = models.CharField("waaruit dat blijkt", max_length=500, blank=True)
    actor = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    at = models.DateTimeField("vastgelegd op", default=timezone.now)
    is_example = models.BooleanField("verzonnen voorbeeld", default=False)

    class Meta:
        verbose_name = "stand van een aanbeveling"
        verbose_name_plural = "standen van aanbevelingen"
        ordering = ["follow_up", "-day", "-id"]
        constraints = [
            words(
                "state",
                FollowUpState,
                name="monitor_follow_up_update_state",
                message="Deze stand bestaat niet.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="monitor_follow_up_update_says",
                violation_error_message="Schrijf hoe het ervoor staat.",
            ),
            models.CheckConstraint(
                condition=Q(evidence_url="")
                | Q(evidence_url__startswith="https://")
                | Q(evidence_url__startswith="http://"),
                name="monitor_follow_up_update_url",
                violation_error_message="Een adres begint met https:// of http://.",
            ),
            models.CheckConstraint(
                condition=Q(actor__isnull=False) | Q(is_example=True),
                name="monitor_follow_up_update_by_whom",
                violation_error_message="Een stand is van iemand.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.day:%d-%m-%Y}"
