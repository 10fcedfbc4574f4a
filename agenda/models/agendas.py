"""Agendas of the council, their versions, principles and how people took part."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Organisation, User
from agenda.constants import EDITABLE_STATUSES, AgendaStatus, Origin, PrincipleKind
from agenda.models.sources import Sourced
from agenda.querysets import AgendaVersionQuerySet
from core.edits import Revised
from core.fields import TypedValue, words
from core.models import Job, StoredFile
from core.periods import PeriodField


class Agenda(Revised, Sourced):
    """A policy agenda of a municipality for some years (MAG, SMA or under another name)."""

    slug = models.SlugField("korte naam in adressen", max_length=60, unique=True)
    short_name = models.CharField("korte naam", max_length=40)
    name = models.CharField("naam", max_length=200)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("jaar van vaststelling")
    period = PeriodField("looptijd", null=True, blank=True)
    occasion = models.TextField("aanleiding", blank=True)
    character = models.TextField("kern van de inhoud", blank=True)
    replaces = models.TextField("wat deze agenda vervangt", blank=True)
    note = models.TextField("opmerking", blank=True)
    predecessor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors"
    )

    class Meta:
        verbose_name = "agenda"
        verbose_name_plural = "agenda’s"
        ordering = ["year", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(predecessor__isnull=True) | ~Q(predecessor=models.F("id")),
                name="agenda_agenda_not_own_predecessor",
                violation_error_message="Een agenda kan zichzelf niet opvolgen.",
            )
        ]

    @property
    def municipality(self) -> str:
        """The name of the municipality whose agenda it is, without the word before it."""
        return str(self.owner.name).removeprefix("Gemeente ")

    def __str__(self) -> str:
        return self.short_name


class AgendaVersion(Revised, Sourced):
    """An agenda as it stood from one decision to the next.

    A version from a source document may have no status: where the source names no decision, none is
    invented. One that began as a copy says of which version, and what did not come along and why
    (``left_out``, written once: agenda/actions/copying.py).
    """

    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("versie", default=1)
    status = models.CharField("stand", max_length=14, choices=AgendaStatus, null=True, blank=True)
    origin = models.CharField("herkomst", max_length=8, choices=Origin, default=Origin.SYSTEM)
    adopted_on = models.DateField("vastgesteld op", null=True, blank=True)
    adopted_by = models.CharField("vastgesteld door", max_length=100, blank=True)
    decision = models.CharField("nummer of titel van het besluit", max_length=200, blank=True)
    decision_file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision_name = models.CharField("naam van het bestand", max_length=100, blank=True)
    reason = models.TextField("waarom deze versie", blank=True)
    copied_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies"
    )
    left_out = models.JSONField("niet overgenomen", default=list, blank=True)

    objects = AgendaVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "versie van een agenda"
        verbose_name_plural = "versies van agenda’s"
        ordering = ["agenda", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agenda", "number"],
                name="agenda_version_number_unique",
                violation_error_message="Deze agenda heeft al een versie met dit nummer.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="agenda_version_number_from_one",
                violation_error_message="Versies tellen vanaf 1.",
            ),
            words(
                "origin",
                Origin,
                name="agenda_version_origin",
                message="Deze herkomst bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(origin="source") | Q(origin="system", status__isnull=False),
                name="agenda_version_status_known",
                violation_error_message="Een versie uit dit systeem heeft altijd een stand.",
            ),
            models.CheckConstraint(
                condition=Q(status__isnull=True) | Q(status__in=AgendaStatus.values),
                name="agenda_version_status_exists",
                violation_error_message="Deze stand bestaat niet.",
            ),
            models.CheckConstraint(
                condition=~Q(origin="system", status__in=["adopted", "superseded"])
                | (Q(adopted_on__isnull=False) & ~Q(adopted_by="")),
                name="agenda_version_adopted_when",
                violation_error_message=(
                    "Een vastgestelde agenda heeft een datum en een orgaan dat hem vaststelde."
                ),
            ),
            models.UniqueConstraint(
                fields=["agenda"],
                condition=Q(status__in=sorted(EDITABLE_STATUSES)),
                name="agenda_version_one_open",
                violation_error_message="Van deze agenda is al een nieuwe versie in de maak.",
            ),
            models.CheckConstraint(
                condition=Q(origin="source") | Q(number=1) | ~Q(reason=""),
                name="agenda_version_later_with_reason",
                violation_error_message="Een volgende versie zegt waarom zij er is.",
            ),
            models.CheckConstraint(
                condition=Q(decision_file__isnull=True, decision_name="")
                | (Q(decision_file__isnull=False) & ~Q(decision_name="")),
                name="agenda_version_decision_file_named",
                violation_error_message="Een besluit dat als bestand is bewaard, heeft een naam.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agenda.short_name}, versie {self.number}"

    @property
    def is_editable(self) -> bool:
        """Whether its content may be written: made here, and not adopted yet."""
        return self.origin == Origin.SYSTEM and self.status in EDITABLE_STATUSES

    @property
    def is_draft(self) -> bool:
        return self.status == AgendaStatus.DRAFT

    @property
    def is_readable(self) -> bool:
        """Whether the public may read this version: all but drafts."""
        return not self.is_draft


class AgendaDocument(models.Model):
    """The PDF of a version. That of one which is still written is a concept, for officers only.

    ``sha256`` is the hash of the contents that the file was made of.
    """

    version = models.OneToOneField(AgendaVersion, on_delete=models.PROTECT, related_name="document")
    is_concept = models.BooleanField("concept", default=False)
    sha256 = models.CharField("controlegetal", max_length=64, blank=True)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="+", null=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", null=True)
    pages = models.PositiveSmallIntegerField("bladzijden", null=True)

    class Meta:
        verbose_name = "document van een agenda"
        verbose_name_plural = "documenten van agenda’s"
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=True) | (Q(pages__isnull=False) & ~Q(sha256="")),
                name="agenda_document_made_whole",
                violation_error_message=(
                    "Een gemaakt document heeft een aantal bladzijden en een controlegetal."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"Document van {self.version}"


class AgendaVersionEvent(models.Model):
    """A transition of a version of an agenda; append-only."""

    version = models.ForeignKey(AgendaVersion, on_delete=models.PROTECT, related_name="events")
    from_status = models.CharField("van", max_length=14, choices=AgendaStatus)
    to_status = models.CharField("naar", max_length=14, choices=AgendaStatus)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    note = models.TextField("toelichting", blank=True)
    at = models.DateTimeField("tijdstip", default=timezone.now)

    class Meta:
        verbose_name = "gebeurtenis van een agenda"
        verbose_name_plural = "logboek van agenda’s"
        ordering = ["version", "id"]
        constraints = [
            words(
                "from_status",
                AgendaStatus,
                name="agenda_event_from_status",
                message="De stand vóór deze stap bestaat niet.",
            ),
            words(
                "to_status",
                AgendaStatus,
                name="agenda_event_to_status",
                message="De stand na deze stap bestaat niet.",
            ),
            models.CheckConstraint(
                condition=~Q(to_status="draft") | ~Q(note=""),
                name="agenda_event_taken_back_with_reason",
                violation_error_message="Terug naar concept vraagt een reden.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"


class Principle(Revised, Sourced):
    """A principle (or a line of the vision) that an agenda version starts from."""

    version = models.ForeignKey(AgendaVersion, on_delete=models.PROTECT, related_name="principles")
    kind = models.CharField(
        "soort", max_length=10, choices=PrincipleKind, default=PrincipleKind.PRINCIPLE
    )
    text = models.CharField("tekst", max_length=300)
    is_new = models.BooleanField("nieuw in deze agenda", default=False)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "uitgangspunt"
        verbose_name_plural = "uitgangspunten"
        ordering = ["version", "kind", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind", "order"],
                name="agenda_principle_order_unique",
                violation_error_message="Er staat al een uitgangspunt op deze plaats.",
            ),
            words(
                "kind",
                PrincipleKind,
                name="agenda_principle_kind",
                message="Deze soort uitgangspunt bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Participation(TypedValue, Revised, Sourced):
    """Who took part in making an agenda, how, when, and with how many (the typed value)."""

    version = models.ForeignKey(
        AgendaVersion, on_delete=models.PROTECT, related_name="participations"
    )
    who = models.CharField("wie", max_length=200)
    form = models.CharField("vorm", max_length=200)
    held_on = models.DateField("datum", null=True, blank=True)
    year = models.PositiveSmallIntegerField("jaar", null=True, blank=True)
    unit = models.CharField("eenheid van het aantal", max_length=40, default="deelnemers")
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta(TypedValue.Meta):
        verbose_name = "participatie"
        verbose_name_plural = "participatie"
        ordering = ["version", "order"]

    def __str__(self) -> str:
        return f"{self.who}: {self.form}"


class SituationFact(Revised, Sourced):
    """A line of the picture of the social situation that an agenda started from."""

    version = models.ForeignKey(
        AgendaVersion, on_delete=models.PROTECT, related_name="situation_facts"
    )
    topic = models.CharField("onderwerp", max_length=100)
    text = models.TextField("hoe het ervoor staat")
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "feit over de samenleving"
        verbose_name_plural = "feiten over de samenleving"
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "topic"],
                name="agenda_situation_topic_unique",
                violation_error_message="Dit onderwerp staat al in het beeld van de samenleving.",
            ),
            models.UniqueConstraint(
                fields=["version", "order"],
                name="agenda_situation_order_unique",
                violation_error_message="Er staat al een feit over de samenleving op deze plaats.",
            ),
        ]

    def __str__(self) -> str:
        return self.topic
