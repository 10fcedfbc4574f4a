"""Where facts come from, and where the sources contradict one another."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from agenda.constants import ContradictionTopic, Phase, Rhythm
from core.fields import words


class Source(models.Model):
    """A document, data set or other place that facts are taken from, filed under its phase."""

    slug = models.SlugField("korte naam", max_length=80, unique=True)
    title = models.CharField("titel", max_length=250)
    publisher = models.CharField("uitgever", max_length=150, blank=True)
    phase = models.CharField("fase van de beleidscyclus", max_length=12, choices=Phase)
    rhythm = models.CharField("ritme", max_length=12, choices=Rhythm, blank=True)
    published = models.CharField("verschenen", max_length=60, blank=True)
    url = models.URLField("adres", blank=True)
    note = models.TextField("opmerking", blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "bron"
        verbose_name_plural = "bronnen"
        ordering = ["order", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(phase__in=Phase.values),
                name="agenda_source_phase",
                violation_error_message="Deze fase bestaat niet.",
            ),
            words(
                "rhythm",
                Rhythm,
                name="agenda_source_rhythm",
                message="Dit ritme bestaat niet.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Sourced(models.Model):
    """A row whose fact can be opened to its source: which document, and where in it."""

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    locator = models.CharField("vindplaats", max_length=120, blank=True)

    class Meta:
        abstract = True

    @property
    def provenance(self) -> str:
        """The source as a reader cites it; empty when the row was made in this system."""
        if self.source is None:
            return ""
        return f"{self.source.title}, {self.locator}" if self.locator else self.source.title


class Contradiction(models.Model):
    """Two or more readings of one fact, shown side by side and never smoothed over."""

    slug = models.SlugField("korte naam", max_length=80, unique=True)
    topic = models.CharField("onderwerp", max_length=20, choices=ContradictionTopic)
    title = models.CharField("waar het om gaat", max_length=200)
    explanation = models.TextField("wat wij ermee doen", blank=True)
    agendas = models.ManyToManyField(
        "agenda.Agenda", blank=True, related_name="+", verbose_name="over welke agenda’s"
    )
    partners = models.ManyToManyField(
        Organisation, blank=True, related_name="+", verbose_name="over welke partners"
    )
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "tegenspraak"
        verbose_name_plural = "tegenspraken"
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(topic__in=ContradictionTopic.values),
                name="agenda_contradiction_topic",
                violation_error_message="Dit onderwerp bestaat niet.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Reading(Sourced):
    """What one place says about a contradicted fact."""

    contradiction = models.ForeignKey(
        Contradiction, on_delete=models.CASCADE, related_name="readings"
    )
    text = models.CharField("lezing", max_length=300)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "lezing"
        verbose_name_plural = "lezingen"
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.text
