"""Investigations of policy: what was found, what the municipality said about it, and the board's
reaction.

Who investigates puts the findings before the municipality to be checked on facts, and says of each
reaction what was done with it. Then the board reacts, and all of it becomes public together.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from agenda.models import Sourced
from core.edits import Revised
from core.fields import words
from monitor.constants import (
    CheckOutcome,
    InvestigationKind,
    InvestigationPartKind,
    InvestigationStatus,
)
from monitor.querysets import InvestigationPartQuerySet, InvestigationQuerySet


class Investigation(Revised, Sourced):
    """One investigation; nothing in it changes once it is public.

    One that was taken from a source may lack the days that the source does not name; then
    ``check_note`` and ``reaction_note`` say what the source does tell.
    """

    title = models.CharField("titel", max_length=200, unique=True)
    kind = models.CharField("soort onderzoek", max_length=16, choices=InvestigationKind)
    performed_by = models.CharField("uitgevoerd door", max_length=200)
    question = models.TextField("wat is onderzocht", blank=True)
    status = models.CharField(
        "stand", max_length=10, choices=InvestigationStatus, default=InvestigationStatus.DRAFT
    )
    presented_to = models.CharField("voorgelegd aan", max_length=200, blank=True)
    asked_on = models.DateField("voorgelegd op", null=True, blank=True)
    answer_by = models.DateField("antwoord uiterlijk op", null=True, blank=True)
    answered_on = models.DateField("antwoord ontvangen op", null=True, blank=True)
    check_note = models.CharField(
        "wat de bron zegt over hoor en wederhoor", max_length=400, blank=True
    )
    reaction_by = models.CharField("reactie van", max_length=150, blank=True)
    reaction_on = models.DateField("datum van de reactie", null=True, blank=True)
    reaction = models.TextField("bestuurlijke reactie", blank=True)
    reaction_url = models.CharField("adres van de brief", max_length=500, blank=True)
    reaction_note = models.CharField("wat de bron zegt over de reactie", max_length=400, blank=True)
    afterword = models.TextField("nawoord van de onderzoeker", blank=True)
    without_reaction = models.CharField(
        "waarom er geen bestuurlijke reactie is", max_length=300, blank=True
    )
    published_on = models.DateField("openbaar sinds", null=True, blank=True)
    is_example = models.BooleanField("verzonnen voorbeeld", default=False)

    objects = InvestigationQuerySet.as_manager()

    class Meta:
        verbose_name = "onderzoek"
        verbose_name_plural = "onderzoeken"
        ordering = ["-published_on", "-id"]
        constraints = [
            words(
                "kind",
                InvestigationKind,
                name="monitor_investigation_kind",
                message="Deze soort onderzoek bestaat niet.",
            ),
            words(
                "status",
                InvestigationStatus,
                name="monitor_investigation_status",
                message="Deze stand bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(status=InvestigationStatus.DRAFT)
                | Q(source__isnull=False)
                | (Q(asked_on__isnull=False) & ~Q(presented_to="")),
                name="monitor_investigation_asked",
                violation_error_message="Zeg aan wie en wanneer de bevindingen zijn voorgelegd.",
            ),
            models.CheckConstraint(
                condition=Q(asked_on__isnull=True)
                | (
                    (Q(answer_by__isnull=True) | Q(answer_by__gte=F("asked_on")))
                    & (Q(answered_on__isnull=True) | Q(answered_on__gte=F("asked_on")))
                ),
                name="monitor_investigation_answered_after_asking",
                violation_error_message="Een antwoord komt niet voor de vraag.",
            ),
            models.CheckConstraint(
                condition=Q(reaction="")
                | Q(source__isnull=False)
                | (Q(reaction_on__isnull=False) & ~Q(reaction_by="")),
                name="monitor_investigation_reaction_by_whom_when",
                violation_error_message="Een bestuurlijke reactie heeft een afzender en een datum.",
            ),
            models.CheckConstraint(
                condition=Q(reaction_url="")
                | Q(reaction_url__startswith="https://")
                | Q(reaction_url__startswith="http://"),
                name="monitor_investigation_url",
                violation_error_message="Een adres begint met https:// of http://.",
            ),
            models.CheckConstraint(
                condition=~Q(status=InvestigationStatus.PUBLISHED)
                | Q(source__isnull=False)
                | (Q(published_on__isnull=False) & (~Q(reaction="") | ~Q(without_reaction=""))),
                name="monitor_investigation_public_with_reaction",
                violation_error_message=(
                    "Een openbaar onderzoek heeft een bestuurlijke reactie, of zegt waarom niet."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.status == InvestigationStatus.DRAFT

    @property
    def is_public(self) -> bool:
        return self.status == InvestigationStatus.PUBLISHED


class InvestigationPart(Revised, Sourced):
    """A finding, conclusion or recommendation, with what was said about it.

    ``heard`` is what the municipality said in the check on facts, ``outcome`` what the investigator
    did with that, ``reaction`` what the board says to it in the end.
    """

    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="parts")
    kind = models.CharField("soort", max_length=10, choices=InvestigationPartKind)
    text = models.TextField("tekst")
    heard = models.TextField("reactie van de gemeente op de feiten", blank=True)
    outcome = models.CharField(
        "wat de onderzoeker ermee deed", max_length=12, choices=CheckOutcome, blank=True, default=""
    )
    outcome_reason = models.TextField("waarom", blank=True)
    reaction = models.TextField("bestuurlijke reactie hierop", blank=True)

    objects = InvestigationPartQuerySet.as_manager()

    class Meta:
        verbose_name = "onderdeel van een onderzoek"
        verbose_name_plural = "onderdelen van een onderzoek"
        ordering = ["investigation", "id"]
        constraints = [
            words(
                "kind",
                InvestigationPartKind,
                name="monitor_investigation_part_kind",
                message="Deze soort onderdeel bestaat niet.",
            ),
            words(
                "outcome",
                CheckOutcome,
                name="monitor_investigation_part_outcome",
                message="Dit antwoord bestaat niet.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="monitor_investigation_part_says_something",
                violation_error_message="Schrijf wat er is gevonden of wordt aanbevolen.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_reason="")
                | (~Q(heard="") & ~Q(outcome="") & ~Q(outcome_reason="")),
                name="monitor_investigation_part_outcome_with_reason",
                violation_error_message="Zeg wat met de reactie is gedaan, en waarom.",
            ),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"

    @property
    def awaits_outcome(self) -> bool:
        """Whether the municipality said something that the investigator has no answer to yet."""
        return bool(self.heard) and not self.outcome


class InvestigationEvent(models.Model):
    """A step of an investigation; append-only."""

    investigation = models.ForeignKey(
        Investigation, on_delete=models.PROTECT, related_name="events"
    )
    to_status = models.CharField("naar", max_length=10, choices=InvestigationStatus)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("tijdstip", default=timezone.now)

    class Meta:
        verbose_name = "gebeurtenis van een onderzoek"
        verbose_name_plural = "logboek van onderzoeken"
        ordering = ["investigation", "id"]
        constraints = [
            words(
                "to_status",
                InvestigationStatus,
                name="monitor_investigation_event_status",
                message="Deze stand bestaat niet.",
            )
        ]

    def __str__(self) -> str:
        return self.get_to_status_display()
