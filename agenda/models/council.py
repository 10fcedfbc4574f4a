"""What the council talked about when an agenda was before it, and what was promised then.

A point names the part of the agenda by key and in words, as points of advice do: what was said
stays readable when that part is reworded or goes. A talk is no content of the agenda: it may be
written down after the agenda was adopted too.
"""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q

from agenda.constants import CouncilBody, TalkPointKind
from agenda.models.agendas import AgendaVersion
from agenda.models.sources import Sourced
from agenda.querysets import CouncilTalkQuerySet
from core.edits import Revised
from core.fields import words


class CouncilTalk(Revised, Sourced):
    """A talk of the council, or of a committee of it, about a version of an agenda.

    One that was taken from a source may have no day; then ``when`` says what the source tells.
    """

    version = models.ForeignKey(
        AgendaVersion, on_delete=models.PROTECT, related_name="talks", verbose_name="agenda"
    )
    body = models.CharField("wie", max_length=10, choices=CouncilBody)
    held_on = models.DateField("datum", null=True, blank=True)
    when = models.CharField("wanneer, volgens de bron", max_length=100, blank=True)
    summary = models.TextField("waar het gesprek over ging")
    url = models.CharField("adres van het verslag", max_length=500, blank=True)
    is_example = models.BooleanField("verzonnen voorbeeld", default=False)

    objects = CouncilTalkQuerySet.as_manager()

    class Meta:
        verbose_name = "gesprek in de raad"
        verbose_name_plural = "gesprekken in de raad"
        ordering = [F("held_on").desc(nulls_last=True), "-id"]
        constraints = [
            words("body", CouncilBody, name="agenda_talk_body", message="Kies wie het besprak."),
            models.CheckConstraint(
                condition=Q(held_on__isnull=False) | Q(source__isnull=False),
                name="agenda_talk_has_day",
                violation_error_message="Een gesprek heeft een datum.",
            ),
            models.CheckConstraint(
                condition=~Q(summary=""),
                name="agenda_talk_says_something",
                violation_error_message="Schrijf waar het gesprek over ging.",
            ),
            models.UniqueConstraint(
                fields=["version", "body", "held_on"],
                name="agenda_talk_unique",
                violation_error_message="Dit gesprek op deze dag staat er al.",
            ),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__startswith="https://") | Q(url__startswith="http://"),
                name="agenda_talk_url",
                violation_error_message="Een adres begint met https:// of http://.",
            ),
        ]

    def __str__(self) -> str:
        day = f"{self.held_on:%d-%m-%Y}" if self.held_on else self.when
        return ", ".join(filter(None, [str(self.get_body_display()), day]))


class CouncilTalkPoint(Revised, Sourced):
    """What was said about the agenda as a whole or about a part of it, or what was promised."""

    talk = models.ForeignKey(CouncilTalk, on_delete=models.PROTECT, related_name="points")
    about_key = models.CharField("gaat over", max_length=40, blank=True)
    about = models.CharField("onderdeel zoals het heette", max_length=300, blank=True)
    kind = models.CharField("soort", max_length=10, choices=TalkPointKind)
    text = models.TextField("wat is gezegd of toegezegd")
    promised_by = models.CharField("toegezegd door", max_length=150, blank=True)
    due_on = models.DateField("voor welke dag", null=True, blank=True)
    done_on = models.DateField("nagekomen op", null=True, blank=True)
    done_note = models.TextField("hoe de toezegging is nagekomen", blank=True)

    class Meta:
        verbose_name = "punt van een gesprek in de raad"
        verbose_name_plural = "punten van gesprekken in de raad"
        ordering = ["talk", "id"]
        constraints = [
            words(
                "kind",
                TalkPointKind,
                name="agenda_talk_point_kind",
                message="Deze soort punt bestaat niet.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="agenda_talk_point_says_something",
                violation_error_message="Schrijf wat is gezegd of toegezegd.",
            ),
            models.CheckConstraint(
                condition=Q(about_key="", about="") | (~Q(about_key="") & ~Q(about="")),
                name="agenda_talk_point_about",
                violation_error_message="Zeg waar dit punt over gaat.",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind=TalkPointKind.DISCUSSED,
                    promised_by="",
                    due_on__isnull=True,
                    done_on__isnull=True,
                    done_note="",
                )
                | (Q(kind=TalkPointKind.PROMISE) & ~Q(promised_by="")),
                name="agenda_talk_point_promised_by",
                violation_error_message="Alleen een toezegging heeft iemand die haar deed.",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_note="")
                | (Q(done_on__isnull=False) & ~Q(done_note="")),
                name="agenda_talk_point_done_how",
                violation_error_message="Zeg wanneer en hoe de toezegging is nagekomen.",
            ),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"

    @property
    def is_promise(self) -> bool:
        return self.kind == TalkPointKind.PROMISE

    def is_late(self, today: datetime.date) -> bool:
        """Whether a promise should have been kept before ``today``, and was not."""
        return self.done_on is None and self.due_on is not None and self.due_on < today
