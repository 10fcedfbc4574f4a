"""Editions of the monitor: verdicts, bottlenecks, frozen versions and council documents."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from agenda.constants import Origin
from agenda.models import AgendaVersion, Goal, Sourced, Theme
from core.edits import Revised
from core.fields import words
from core.models import Job, StoredFile
from core.periods import Period
from monitor.constants import (
    HALF_YEAR_WORD,
    BottleneckState,
    ChangeReason,
    DocumentVariant,
    MonitorKind,
    MonitorStatus,
    NoteKind,
    Verdict,
)
from monitor.querysets import (
    BottleneckQuerySet,
    ChallengeQuerySet,
    CouncilDocumentQuerySet,
    JudgementQuerySet,
    MonitorQuerySet,
    SnapshotQuerySet,
)
from reporting.models import Report


class Monitor(Sourced):
    """One edition of the Monitor Sociaal Domein, over a year or over its first half."""

    year = models.PositiveSmallIntegerField("jaar")
    kind = models.CharField("soort", max_length=10, choices=MonitorKind)
    status = models.CharField(
        "stand", max_length=10, choices=MonitorStatus, default=MonitorStatus.DRAFT
    )
    origin = models.CharField("herkomst", max_length=8, choices=Origin, default=Origin.SYSTEM)
    agenda_version = models.ForeignKey(
        AgendaVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="monitors"
    )
    judges_goals = models.BooleanField("geeft een oordeel per doel", default=True)
    note = models.TextField("opmerking", blank=True)

    objects = MonitorQuerySet.as_manager()

    class Meta:
        verbose_name = "monitor"
        verbose_name_plural = "monitors"
        ordering = ["-year", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "kind"],
                name="monitor_edition_unique",
                violation_error_message="Deze monitor bestaat al.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=MonitorKind.values) & Q(status__in=MonitorStatus.values),
                name="monitor_words",
                violation_error_message="Deze soort of stand bestaat niet.",
            ),
            words(
                "origin",
                Origin,
                name="monitor_origin",
                message="Deze herkomst bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(judges_goals=False) | Q(agenda_version__isnull=False),
                name="monitor_judges_an_agenda",
                violation_error_message="Een monitor met oordelen hoort bij een agenda.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def edition(self) -> str:
        """The edition as addresses name it: ``2018`` or ``2018/halfjaar``."""
        half = f"/{HALF_YEAR_WORD}" if self.kind == MonitorKind.HALF_YEAR else ""
        return f"{self.year}{half}"

    @property
    def title(self) -> str:
        half = ", halfjaar" if self.kind == MonitorKind.HALF_YEAR else ""
        return f"Monitor Sociaal Domein {self.year}{half}"

    @property
    def period(self) -> Period:
        """What the edition is about: the year, or its first half."""
        return Period(self.year, 1 if self.kind == MonitorKind.HALF_YEAR else None)

    @property
    def is_draft(self) -> bool:
        return self.status == MonitorStatus.DRAFT

    @property
    def is_adopted(self) -> bool:
        """The college adopted it: nothing in it changes any more."""
        return self.status in (MonitorStatus.ADOPTED, MonitorStatus.PUBLISHED)


class Judgement(Revised, Sourced):
    """The verdict on one goal in one edition, with the number and label the goal had there.

    For a judgement of this system a reason is required where the verdict differs from the
    suggestion or from last time (DESIGN, model rule 10); for history from a source document
    none is invented.
    """

    monitor = models.ForeignKey(Monitor, on_delete=models.PROTECT, related_name="judgements")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="judgements")
    number = models.CharField("nummer in deze monitor", max_length=10)
    label = models.CharField("naam in deze monitor", max_length=80)
    verdict = models.CharField("oordeel", max_length=8, choices=Verdict, null=True, blank=True)
    previous = models.CharField(
        "vorig oordeel", max_length=8, choices=Verdict, null=True, blank=True
    )
    suggested = models.CharField("voorstel", max_length=8, choices=Verdict, null=True, blank=True)
    reason = models.CharField("reden", max_length=14, choices=ChangeReason, blank=True)
    explanation = models.TextField("motivering", blank=True)
    origin = models.CharField("herkomst", max_length=8, choices=Origin, default=Origin.SYSTEM)
    order = models.PositiveSmallIntegerField("volgorde", default=0)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("vastgelegd op", null=True, blank=True)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        verbose_name = "oordeel"
        verbose_name_plural = "oordelen"
        ordering = ["monitor", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["monitor", "goal"],
                name="monitor_judgement_unique",
                violation_error_message="Dit doel heeft in deze monitor al een oordeel.",
            ),
            models.CheckConstraint(
                condition=Q(verdict__isnull=True) | Q(verdict__in=Verdict.values),
                name="monitor_judgement_verdict",
                violation_error_message="Kies goed, neutraal of negatief.",
            ),
            words(
                "previous",
                Verdict,
                name="monitor_judgement_previous",
                message="Kies goed, neutraal of negatief als vorig oordeel.",
            ),
            words(
                "suggested",
                Verdict,
                name="monitor_judgement_suggested",
                message="Kies goed, neutraal of negatief als voorstel.",
            ),
            words(
                "origin",
                Origin,
                name="monitor_judgement_origin",
                message="Deze herkomst bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(origin="source")
                | Q(verdict__isnull=True)
                | ~Q(reason="")
                | (
                    (Q(previous__isnull=True) | Q(previous=F("verdict")))
                    & (Q(suggested__isnull=True) | Q(suggested=F("verdict")))
                ),
                name="monitor_judgement_reason_when_different",
                violation_error_message=(
                    "Het oordeel wijkt af van het voorstel of van vorige keer. Kies een reden."
                ),
            ),
            models.CheckConstraint(
                condition=Q(reason__in=ChangeReason.values),
                name="monitor_judgement_reason",
                violation_error_message="Deze reden bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.get_verdict_display() or 'nog geen oordeel'}"

    def clean(self) -> None:
        super().clean()
        if self.goal.theme.version_id != self.monitor.agenda_version_id:
            raise ValidationError(
                {"goal": "Dit doel hoort bij een andere agenda dan deze monitor beoordeelt."}
            )


class Bottleneck(Revised, Sourced):
    """What hampers a goal or theme, with what was agreed; followed in the next edition."""

    monitor = models.ForeignKey(Monitor, on_delete=models.PROTECT, related_name="bottlenecks")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="bottlenecks")
    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="bottlenecks"
    )
    text = models.TextField("knelpunt")
    action = models.TextField("afgesproken actie", blank=True)
    owner = models.CharField("wie", max_length=120, blank=True)
    due_on = models.DateField("klaar op", null=True, blank=True)
    state = models.CharField("voortgang", max_length=8, choices=BottleneckState, blank=True)
    continues = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="continued_as"
    )
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = BottleneckQuerySet.as_manager()

    class Meta:
        verbose_name = "knelpunt"
        verbose_name_plural = "knelpunten"
        ordering = ["-monitor__year", "theme__order", "order"]
        constraints = [
            words(
                "state",
                BottleneckState,
                name="monitor_bottleneck_state",
                message="Deze voortgang bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(continues__isnull=True) | ~Q(continues=models.F("id")),
                name="monitor_bottleneck_continues_another",
                violation_error_message="Een knelpunt kan niet zichzelf vervolgen.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def without_action(self) -> str:
        """What is said where no action was agreed; needs the monitor selected."""
        if self.monitor.origin == Origin.SOURCE:
            return "In de bron staat geen actie."
        return "Nog geen actie afgesproken."

    def clean(self) -> None:
        super().clean()
        if not hasattr(self, "theme"):  # its own field says so
            return
        if self.theme.version_id != self.monitor.agenda_version_id:
            raise ValidationError({"theme": "Dit thema hoort bij een andere agenda."})
        if self.goal is not None and self.goal.theme_id != self.theme_id:
            raise ValidationError({"goal": "Dit doel hoort bij een ander thema."})


class MonitorNote(Sourced):
    """A trend, success or worry that an edition names outside the goals."""

    monitor = models.ForeignKey(Monitor, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField("soort", max_length=14, choices=NoteKind)
    text = models.TextField("tekst")
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "waarneming"
        verbose_name_plural = "waarnemingen"
        ordering = ["monitor", "kind", "order"]
        constraints = [
            words(
                "kind",
                NoteKind,
                name="monitor_note_kind",
                message="Deze soort waarneming bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Challenge(Sourced):
    """A persistent challenge that an edition names; goals may be good and still be named here."""

    monitor = models.ForeignKey(Monitor, on_delete=models.PROTECT, related_name="challenges")
    text = models.CharField("uitdaging", max_length=200)
    is_core = models.BooleanField("hardnekkig genoemd (anders: ook genoemd)", default=True)
    goals = models.ManyToManyField(Goal, related_name="challenges", blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        verbose_name = "hardnekkige uitdaging"
        verbose_name_plural = "hardnekkige uitdagingen"
        ordering = ["monitor", "-is_core", "order"]

    def __str__(self) -> str:
        return self.text


class OtherParty(Sourced):
    """A party outside the contracts that must act too."""

    monitor = models.ForeignKey(Monitor, on_delete=models.PROTECT, related_name="other_parties")
    name = models.CharField("naam", max_length=120)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "andere partij aan zet"
        verbose_name_plural = "andere partijen aan zet"
        ordering = ["monitor", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["monitor", "name"],
                name="monitor_other_party_unique",
                violation_error_message="Deze partij staat al bij deze monitor.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MonitorEvent(models.Model):
    """A transition of an edition; append-only (the database refuses changes)."""

    monitor = models.ForeignKey(Monitor, on_delete=models.PROTECT, related_name="events")
    from_status = models.CharField("van", max_length=10, choices=MonitorStatus)
    to_status = models.CharField("naar", max_length=10, choices=MonitorStatus)
    origin = models.CharField("herkomst", max_length=8, choices=Origin)
    actor = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField("toelichting", max_length=300, blank=True)
    at = models.DateTimeField("tijdstip", default=timezone.now)

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "logboek"
        ordering = ["monitor", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(origin="source") | Q(origin="system", actor__isnull=False),
                name="monitor_event_has_actor",
                violation_error_message="Een besluit in dit systeem heeft iemand die het nam.",
            ),
            words(
                "from_status",
                MonitorStatus,
                name="monitor_event_from_status",
                message="De stand vóór deze stap bestaat niet.",
            ),
            words(
                "to_status",
                MonitorStatus,
                name="monitor_event_to_status",
                message="De stand na deze stap bestaat niet.",
            ),
            words(
                "origin",
                Origin,
                name="monitor_event_origin",
                message="Deze herkomst bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"


class EditionReport(models.Model):
    """A report that was accepted when the college adopted an edition, with the round that was.

    Those over its period carry it; the others are what it knows of other years. Append-only: what
    is accepted afterwards does not creep in, and what is opened again does not drop out.
    """

    monitor = models.ForeignKey(Monitor, on_delete=models.PROTECT, related_name="reports")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    round_number = models.PositiveSmallIntegerField("ronde")
    sha256 = models.CharField("controlegetal van de ronde", max_length=64)
    carries = models.BooleanField("gaat over de periode van de monitor", default=True)

    class Meta:
        verbose_name = "rapportage onder een monitor"
        verbose_name_plural = "rapportages onder een monitor"
        ordering = ["monitor", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["monitor", "report"],
                name="monitor_edition_report_unique",
                violation_error_message="Deze rapportage ligt al onder deze monitor.",
            ),
            models.CheckConstraint(
                condition=Q(round_number__gte=1),
                name="monitor_edition_report_round_from_one",
                violation_error_message="Ronden tellen vanaf 1.",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="monitor_edition_report_sha256",
                violation_error_message="Het controlegetal van de ronde klopt niet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, ronde {self.round_number}"


class Snapshot(models.Model):
    """A frozen edition: canonical JSON that web, PDF and open data are all made from.

    Append-only. ``sha256`` is over the exact text of ``payload``.
    """

    monitor = models.ForeignKey(Monitor, on_delete=models.PROTECT, related_name="snapshots")
    version = models.PositiveSmallIntegerField("versie")
    payload = models.TextField("inhoud")
    sha256 = models.CharField("controlegetal", max_length=64, unique=True)
    release = models.CharField("uitgave van de programmatuur", max_length=20)
    created_at = models.DateTimeField("vastgelegd op", default=timezone.now)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = "vastgestelde versie"
        verbose_name_plural = "vastgestelde versies"
        ordering = ["monitor", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["monitor", "version"],
                name="monitor_snapshot_version_unique",
                violation_error_message="Deze versie bestaat al.",
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1),
                name="monitor_snapshot_version_from_one",
                violation_error_message="Versies tellen vanaf 1.",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="monitor_snapshot_sha256",
                violation_error_message="Het controlegetal klopt niet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.monitor}, versie {self.version}"


class CouncilDocument(models.Model):
    """The PDF of a snapshot: asked for, being built by a job, or stored as bytes."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="documents")
    variant = models.CharField(
        "uitvoering", max_length=8, choices=DocumentVariant, default=DocumentVariant.FULL
    )
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    pages = models.PositiveSmallIntegerField("bladzijden", null=True, blank=True)
    built_at = models.DateTimeField("gemaakt op", null=True, blank=True)

    objects = CouncilDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "raadsdocument"
        verbose_name_plural = "raadsdocumenten"
        ordering = ["snapshot", "variant"]
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "variant"],
                name="monitor_document_unique",
                violation_error_message="Dit document bestaat al.",
            ),
            words(
                "variant",
                DocumentVariant,
                name="monitor_document_variant",
                message="Deze uitvoering bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=True, pages__isnull=True, built_at__isnull=True)
                | Q(file__isnull=False, pages__isnull=False, built_at__isnull=False),
                name="monitor_document_whole",
                violation_error_message=(
                    "Een gemaakt document heeft een bestand, een aantal bladzijden en een tijdstip."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot} ({self.get_variant_display()})"
