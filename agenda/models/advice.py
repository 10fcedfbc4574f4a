"""Advice on a version of an agenda: who was asked, what they said, what the municipality answered.

A point names the part of the agenda it is about by key and in words, as ``accounts.history`` does:
what was advised stays readable when that part is reworded or goes.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.constants import Role
from accounts.models import Organisation, User
from agenda.constants import AdviceKind, AdviceOutcome, RoundStatus
from agenda.models.agendas import AgendaVersion
from agenda.models.sources import Sourced
from agenda.querysets import AdviceAnswerQuerySet, ConsultationRoundQuerySet, InvitationQuerySet
from core.edits import Revised
from core.fields import words
from core.models import Job, StoredFile


class ConsultationRound(Revised, Sourced):
    """A question about a version of an agenda, put to some bodies, for some days."""

    version = models.ForeignKey(AgendaVersion, on_delete=models.PROTECT, related_name="rounds")
    title = models.CharField("titel", max_length=150)
    question = models.TextField("vraag aan de lezer", blank=True)
    opens_on = models.DateField("opent op", null=True, blank=True)
    closes_on = models.DateField("sluit op", null=True, blank=True)
    is_announced = models.BooleanField("staat in het overzicht van plannen", default=False)
    status = models.CharField(
        "stand", max_length=10, choices=RoundStatus, default=RoundStatus.PREPARED
    )
    foreword = models.TextField("inleiding van de antwoordbrief", blank=True)
    answered_on = models.DateField("beantwoord op", null=True, blank=True)
    answered_by = models.CharField("beantwoord door", max_length=100, blank=True)

    objects = ConsultationRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "adviesronde"
        verbose_name_plural = "adviesrondes"
        ordering = ["version", "id"]
        constraints = [
            words(
                "status",
                RoundStatus,
                name="agenda_round_status",
                message="Deze stand bestaat niet.",
            ),
            models.UniqueConstraint(
                fields=["version", "title"],
                name="agenda_round_title_unique",
                violation_error_message="Deze agenda heeft al een adviesronde met deze titel.",
            ),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True)
                | Q(closes_on__isnull=True)
                | Q(closes_on__gte=models.F("opens_on")),
                name="agenda_round_closes_after_opening",
                violation_error_message="De ronde sluit voordat zij opent.",
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=False)
                | Q(opens_on__isnull=False, closes_on__isnull=False),
                name="agenda_round_has_days",
                violation_error_message="Een adviesronde heeft een eerste en een laatste dag.",
            ),
            models.CheckConstraint(
                condition=~Q(status="answered")
                | Q(source__isnull=False)
                | (Q(answered_on__isnull=False) & ~Q(answered_by="")),
                name="agenda_round_answered_when",
                violation_error_message="Een antwoord heeft een datum en een afzender.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_editable(self) -> bool:
        return self.status in (RoundStatus.PREPARED, RoundStatus.OPEN)

    @property
    def is_answered(self) -> bool:
        return self.status == RoundStatus.ANSWERED

    @property
    def is_public(self) -> bool:
        """Whether the public may read its answers; ask with ``version``."""
        return self.is_answered and self.version.is_readable


class RoundEvent(models.Model):
    """A step of a consultation round; append-only."""

    round = models.ForeignKey(ConsultationRound, on_delete=models.PROTECT, related_name="events")
    to_status = models.CharField("naar", max_length=10, choices=RoundStatus)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("tijdstip", default=timezone.now)

    class Meta:
        verbose_name = "gebeurtenis van een adviesronde"
        verbose_name_plural = "logboek van adviesrondes"
        ordering = ["round", "id"]
        constraints = [
            words(
                "to_status",
                RoundStatus,
                name="agenda_round_event_status",
                message="Deze stand bestaat niet.",
            )
        ]

    def __str__(self) -> str:
        return self.get_to_status_display()


class Invitation(models.Model):
    """A body that is asked for advice: an organisation, or without one the advisory council.

    ``sent_at`` is empty until the round is put out. A withdrawn one stays; it can be sent again.
    """

    round = models.ForeignKey(
        ConsultationRound, on_delete=models.PROTECT, related_name="invitations"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    sent_at = models.DateTimeField("uitgenodigd op", null=True, blank=True)
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"
        ordering = ["round", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organisation"],
                name="agenda_invitation_unique",
                violation_error_message="Deze organisatie is al uitgenodigd.",
            ),
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(organisation__isnull=True),
                name="agenda_invitation_of_council_unique",
                violation_error_message="De adviesraad is al uitgenodigd.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(sent_at__isnull=False),
                name="agenda_invitation_sent_before_withdrawn",
                violation_error_message="Alleen een verstuurde uitnodiging is in te trekken.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """How the body is called; ask with ``organisation``."""
        return self.organisation.name if self.organisation else Role.ADVISORY_COUNCIL.label


class Advice(Revised, Sourced):
    """What one body advised in a round: point by point, until it hands all of it in.

    One without an invitation came on paper, and an officer types it over.
    """

    round = models.ForeignKey(ConsultationRound, on_delete=models.PROTECT, related_name="advices")
    invitation = models.OneToOneField(
        Invitation, on_delete=models.PROTECT, related_name="advice", null=True, blank=True
    )
    body = models.CharField("namens", max_length=150)
    given_on = models.DateField("datum van het advies", null=True, blank=True)
    is_submitted = models.BooleanField("ingediend", default=False, editable=False)
    submitted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = "advies"
        verbose_name_plural = "adviezen"
        ordering = ["round", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "body", "given_on"],
                condition=Q(invitation__isnull=True),
                name="agenda_advice_letter_unique",
                violation_error_message="Deze brief staat al in deze adviesronde.",
            ),
            models.CheckConstraint(
                condition=Q(is_submitted=False) | (Q(given_on__isnull=False) & ~Q(body="")),
                name="agenda_advice_submitted_by_whom_when",
                violation_error_message="Een advies heeft een afzender en een datum.",
            ),
        ]

    def __str__(self) -> str:
        return self.body

    @property
    def is_letter(self) -> bool:
        return self.invitation_id is None


class AdvicePoint(Revised):
    """One point of an advice, about the agenda as a whole or about a part of it."""

    advice = models.ForeignKey(Advice, on_delete=models.PROTECT, related_name="points")
    about_key = models.CharField("gaat over", max_length=40, blank=True)
    about = models.CharField("onderdeel zoals het heette", max_length=300, blank=True)
    kind = models.CharField("soort", max_length=8, choices=AdviceKind, default=AdviceKind.ADVICE)
    text = models.TextField("wat u wilt zeggen")

    class Meta:
        verbose_name = "adviespunt"
        verbose_name_plural = "adviespunten"
        ordering = ["advice", "id"]
        constraints = [
            words(
                "kind",
                AdviceKind,
                name="agenda_advice_point_kind",
                message="Deze soort adviespunt bestaat niet.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="agenda_advice_point_says_something",
                violation_error_message="Schrijf wat u wilt zeggen.",
            ),
            models.CheckConstraint(
                condition=Q(about_key="", about="") | (~Q(about_key="") & ~Q(about="")),
                name="agenda_advice_point_about",
                violation_error_message="Zeg waar dit punt over gaat.",
            ),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"


class AdviceAnswer(Revised):
    """What the municipality says to a point; empty from the handing in until somebody answers."""

    point = models.OneToOneField(AdvicePoint, on_delete=models.PROTECT, related_name="answer")
    outcome = models.CharField(
        "antwoord", max_length=12, choices=AdviceOutcome, blank=True, default=""
    )
    reason = models.TextField("waarom", blank=True)
    change = models.TextField("wat er veranderde, en waar", blank=True)

    objects = AdviceAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "antwoord op een adviespunt"
        verbose_name_plural = "antwoorden op adviespunten"
        ordering = ["point"]
        constraints = [
            words(
                "outcome",
                AdviceOutcome,
                name="agenda_advice_answer_outcome",
                message="Dit antwoord bestaat niet.",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") | Q(outcome="", change=""),
                name="agenda_advice_answer_with_reason",
                violation_error_message="Schrijf waarom dit het antwoord is.",
            ),
        ]

    def __str__(self) -> str:
        return f"Antwoord op ‘{self.point}’"

    @property
    def is_given(self) -> bool:
        return self.reason != ""


class AdviceDocument(models.Model):
    """The PDF of an answered round: the letter and the overview of points and answers."""

    round = models.OneToOneField(
        ConsultationRound, on_delete=models.PROTECT, related_name="document"
    )
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="+", null=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", null=True)
    pages = models.PositiveSmallIntegerField("bladzijden", null=True)

    class Meta:
        verbose_name = "antwoordbrief"
        verbose_name_plural = "antwoordbrieven"
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=True) | Q(pages__isnull=False),
                name="agenda_advice_document_counted",
                violation_error_message="Een gemaakt document heeft een aantal bladzijden.",
            )
        ]

    def __str__(self) -> str:
        return f"Antwoordbrief bij {self.round}"
