"""Talks with partners: how often, who was there, what was said, done and decided."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models import Organisation, User
from contracts.models.contracts import Contract
from contracts.talk_constants import (
    SETTLED,
    TOOK_PLACE,
    ActionKind,
    ActionStatus,
    MeetingKind,
    MeetingStatus,
    Presence,
)
from contracts.talk_querysets import ActionPointQuerySet, MeetingQuerySet
from core.edits import Revised
from core.fields import words

#: Nadere regels budgetsubsidies sociaal domein (report 004, H4.5).
LEAST_OFFICIAL, LEAST_EXECUTIVE = 2, 1


class MeetingRhythm(Revised):
    """How often is met about a contract from a year on, where that is more than agreed in it."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="rhythms")
    from_year = models.PositiveSmallIntegerField("vanaf het jaar")
    official = models.PositiveSmallIntegerField("ambtelijk overleg per jaar")
    executive = models.PositiveSmallIntegerField("bestuurlijk overleg per jaar")
    reason = models.TextField("waarom")

    class Meta:
        verbose_name = "overlegritme"
        verbose_name_plural = "overlegritmes"
        ordering = ["contract", "from_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "from_year"],
                name="contracts_rhythm_year_unique",
                violation_error_message="Vanaf dit jaar geldt al een ritme. Wijzig dat.",
            ),
            models.CheckConstraint(
                condition=Q(official__gte=LEAST_OFFICIAL, executive__gte=LEAST_EXECUTIVE),
                name="contracts_rhythm_least",
                violation_error_message=(
                    "De Nadere regels vragen ten minste twee keer per jaar ambtelijk overleg en "
                    "één keer bestuurlijk overleg."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="contracts_rhythm_reason",
                violation_error_message="Schrijf waarom u dit ritme afspreekt.",
            ),
        ]

    def __str__(self) -> str:
        return f"Ritme vanaf {self.from_year}"


class Meeting(Revised):
    """A talk: planned, then held, then with its minutes laid down; or called off.

    It is about contracts, with partners, or both. The partner reads one that ``is_shared``.
    """

    kind = models.CharField("soort overleg", max_length=11, choices=MeetingKind)
    status = models.CharField(
        "stand", max_length=9, choices=MeetingStatus, default=MeetingStatus.PLANNED, editable=False
    )
    title = models.CharField("onderwerp", max_length=150)
    day = models.DateField("datum")
    starts_at = models.TimeField("begintijd", null=True, blank=True)
    place = models.CharField("plaats", max_length=150, blank=True)
    contracts = models.ManyToManyField(
        Contract, blank=True, related_name="meetings", verbose_name="over welke overeenkomsten"
    )
    partners = models.ManyToManyField(
        Organisation, blank=True, related_name="meetings", verbose_name="met welke organisaties"
    )
    is_shared = models.BooleanField("de partner leest mee", default=False)
    reason = models.CharField("waarom het vervalt", max_length=300, blank=True, editable=False)
    is_example = models.BooleanField("verzonnen voorbeeld", default=False, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "overleg"
        verbose_name_plural = "overleggen"
        ordering = ["-day", "-id"]
        constraints = [
            words(
                "kind",
                MeetingKind,
                name="contracts_meeting_kind",
                message="Deze soort overleg bestaat niet.",
            ),
            words(
                "status",
                MeetingStatus,
                name="contracts_meeting_status",
                message="Deze stand bestaat niet.",
            ),
            models.UniqueConstraint(
                Lower("title"),
                "day",
                "kind",
                condition=~Q(status="cancelled"),
                name="contracts_meeting_unique",
                violation_error_message="Dit overleg staat er al. Ga ermee verder vanuit de lijst.",
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled") & ~Q(reason="")
                | ~Q(status="cancelled") & Q(reason=""),
                name="contracts_meeting_cancelled_with_reason",
                violation_error_message="Een overleg vervalt met een reden.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_planned(self) -> bool:
        return self.status == MeetingStatus.PLANNED

    @property
    def is_held(self) -> bool:
        """Held, and the minutes are not laid down yet."""
        return self.status == MeetingStatus.HELD

    @property
    def took_place(self) -> bool:
        return self.status in TOOK_PLACE

    @property
    def is_settled(self) -> bool:
        """Nothing of it changes any more."""
        return self.status in SETTLED

    @property
    def is_cancelled(self) -> bool:
        return self.status == MeetingStatus.CANCELLED


class MeetingEvent(models.Model):
    """A transition of a talk; append-only."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="events")
    from_status = models.CharField("van", max_length=9, choices=MeetingStatus)
    to_status = models.CharField("naar", max_length=9, choices=MeetingStatus)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    note = models.CharField("toelichting", max_length=300, blank=True)
    at = models.DateTimeField("tijdstip", default=timezone.now)

    class Meta:
        verbose_name = "gebeurtenis van een overleg"
        verbose_name_plural = "logboek van overleggen"
        ordering = ["meeting", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_status__in=MeetingStatus.values)
                & Q(to_status__in=MeetingStatus.values),
                name="contracts_meeting_event_words",
                violation_error_message="Deze stand bestaat niet.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"


class Attendance(models.Model):
    """Somebody at a talk, by function: there, not there, or not involved at all."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    who = models.CharField("wie (functie)", max_length=120)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="van welke organisatie",
    )
    presence = models.CharField("aanwezigheid", max_length=12, choices=Presence)
    note = models.CharField("toelichting", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "deelnemer aan een overleg"
        verbose_name_plural = "deelnemers aan overleggen"
        ordering = ["meeting", "order", "id"]
        constraints = [
            words(
                "presence",
                Presence,
                name="contracts_attendance_presence",
                message="Deze aanwezigheid bestaat niet.",
            ),
            models.CheckConstraint(
                condition=~Q(who=""),
                name="contracts_attendance_who",
                violation_error_message="Schrijf wie het is, met een functie.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who}, {self.organisation}" if self.organisation else self.who


class MeetingPoint(Revised):
    """A point on the agenda of a talk, put there by the municipality or by a partner, and what was
    said about it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="points")
    title = models.CharField("agendapunt", max_length=150)
    text = models.TextField("waarom, of de vraag", blank=True)
    raised_by = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="ingebracht door",
    )
    minutes = models.TextField("verslag", blank=True)

    class Meta:
        verbose_name = "agendapunt van een overleg"
        verbose_name_plural = "agendapunten van overleggen"
        ordering = ["meeting", "id"]
        constraints = [
            models.UniqueConstraint(
                "meeting",
                Lower("title"),
                name="contracts_meeting_point_unique",
                violation_error_message="Dit punt staat al op de agenda.",
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="contracts_meeting_point_says",
                violation_error_message="Een agendapunt heeft een naam.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ActionPoint(Revised):
    """What somebody does before a day; of a bottleneck between partners the owner directs it.

    Either a ``user`` of the municipality or an ``organisation`` owns it.
    """

    kind = models.CharField("soort", max_length=10, choices=ActionKind, default=ActionKind.ACTION)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    text = models.CharField("wat er moet gebeuren", max_length=300)
    user = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="eigenaar bij de gemeente",
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="of: welke organisatie is eigenaar",
    )
    between = models.ManyToManyField(
        Organisation, blank=True, related_name="+", verbose_name="tussen welke organisaties"
    )
    due_on = models.DateField("klaar uiterlijk op")
    status = models.CharField(
        "stand", max_length=7, choices=ActionStatus, default=ActionStatus.OPEN, editable=False
    )
    is_example = models.BooleanField("verzonnen voorbeeld", default=False, editable=False)

    objects = ActionPointQuerySet.as_manager()

    class Meta:
        verbose_name = "actiepunt"
        verbose_name_plural = "actiepunten"
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ActionKind.values) & Q(status__in=ActionStatus.values),
                name="contracts_action_words",
                violation_error_message="Deze soort of stand bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, organisation__isnull=True)
                | Q(user__isnull=True, organisation__isnull=False),
                name="contracts_action_one_owner",
                violation_error_message=(
                    "Kies één eigenaar: iemand van de gemeente of een organisatie."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="contracts_action_says",
                violation_error_message="Schrijf wat er moet gebeuren.",
            ),
            models.UniqueConstraint(
                F("meeting"),
                Lower("text"),
                name="contracts_action_unique",
                violation_error_message="Dit actiepunt staat al bij dit overleg.",
            ),
            models.UniqueConstraint(
                Lower("text"),
                condition=Q(meeting__isnull=True, status="open"),
                name="contracts_action_loose_unique",
                violation_error_message="Dit actiepunt staat al open.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def owner(self) -> User | Organisation | None:
        return self.user or self.organisation

    @property
    def is_open(self) -> bool:
        return self.status == ActionStatus.OPEN

    @property
    def is_bottleneck(self) -> bool:
        return self.kind == ActionKind.BOTTLENECK


class ActionEvent(models.Model):
    """That an action point was finished, dropped or opened again, and why; append-only."""

    action = models.ForeignKey(ActionPoint, on_delete=models.PROTECT, related_name="events")
    from_status = models.CharField("van", max_length=7, choices=ActionStatus)
    to_status = models.CharField("naar", max_length=7, choices=ActionStatus)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    note = models.CharField("toelichting", max_length=300, blank=True)
    at = models.DateTimeField("tijdstip", default=timezone.now)

    class Meta:
        verbose_name = "gebeurtenis van een actiepunt"
        verbose_name_plural = "logboek van actiepunten"
        ordering = ["action", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_status__in=ActionStatus.values)
                & Q(to_status__in=ActionStatus.values)
                & (Q(to_status="done") | ~Q(note="")),
                name="contracts_action_event_words",
                violation_error_message=(
                    "Wat vervalt of weer open gaat, heeft een reden; en de stand bestaat."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"
