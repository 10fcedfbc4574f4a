"""What was decided, what the college was told, and whose calendar asks for talks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models import User
from agenda.models import Goal
from contracts.models.agreements import KPI
from contracts.models.contracts import Contract
from contracts.models.projects import Project
from contracts.models.talks import Meeting
from contracts.talk_constants import DecisionKind
from contracts.talk_querysets import DecisionQuerySet
from core.fields import words


class Decision(models.Model):
    """What was decided, by whom and why; append-only, so a later decision ``replaces`` it."""

    kind = models.CharField("wat verandert er", max_length=9, choices=DecisionKind)
    title = models.CharField("besluit, in één zin", max_length=200)
    text = models.TextField("toelichting", blank=True)
    reason = models.TextField("waarom")
    decided_on = models.DateField("besloten op")
    decided_by = models.CharField("besloten door", max_length=120)
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name="genomen in dit overleg",
    )
    contracts = models.ManyToManyField(
        Contract, blank=True, related_name="decisions", verbose_name="bij welke overeenkomsten"
    )
    goals = models.ManyToManyField(
        Goal, blank=True, related_name="+", verbose_name="voor welke doelen"
    )
    kpis = models.ManyToManyField(
        KPI, blank=True, related_name="+", verbose_name="over welke prestatie-indicatoren"
    )
    project = models.ForeignKey(
        Project,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="over welk project",
    )
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name="in plaats van dit besluit",
    )
    is_shared = models.BooleanField("de partner leest mee", default=False)
    is_example = models.BooleanField("verzonnen voorbeeld", default=False, editable=False)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField("vastgelegd op", default=timezone.now, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "besluit"
        verbose_name_plural = "besluiten"
        ordering = ["-decided_on", "-id"]
        constraints = [
            words(
                "kind",
                DecisionKind,
                name="contracts_decision_kind",
                message="Deze soort besluit bestaat niet.",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(reason="") & ~Q(decided_by=""),
                name="contracts_decision_says",
                violation_error_message="Een besluit zegt wat, waarom en door wie.",
            ),
            models.UniqueConstraint(
                Lower("title"),
                "decided_on",
                name="contracts_decision_unique",
                violation_error_message="Dit besluit van deze dag is al vastgelegd.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CollegeNote(models.Model):
    """A short note to the college about a talk, sent by mail and kept; append-only (G09)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="notes")
    number = models.PositiveSmallIntegerField("nummer")
    text = models.TextField("bericht")
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("verstuurd op", default=timezone.now)

    class Meta:
        verbose_name = "bericht aan het college"
        verbose_name_plural = "berichten aan het college"
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                name="contracts_college_note_number_unique",
                violation_error_message="Iemand anders stuurde intussen een bericht.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="contracts_college_note_says",
                violation_error_message="Schrijf het bericht.",
            ),
        ]

    def __str__(self) -> str:
        return f"Bericht {self.number} over {self.meeting}"


class CalendarFeed(models.Model):
    """The secret address by which a calendar asks for the talks of somebody; only its hash is
    kept."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField("controlegetal", max_length=64, unique=True)
    made_at = models.DateTimeField("gemaakt op", default=timezone.now)

    class Meta:
        verbose_name = "agenda-adres"
        verbose_name_plural = "agenda-adressen"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Agenda-adres van {self.user}"
