"""The draft of a report: what was typed, field by field, right or wrong, and the files with it.

A draft keeps texts, not values: what somebody typed is never lost because it does not fit. The
answers are the data of the forms that check them (sections.py), in the editor
as well as at submission.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from accounts.models import Organisation, User
from core.models import StoredFile
from reporting.models.reports import Report
from reporting.querysets import AnswerQuerySet

FIRST = 10  # numbers that are told beside a file


class Answer(models.Model):
    """What stands in one field of a draft. ``revision`` counts how often it was written."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="answers")
    key = models.CharField("veld", max_length=80)
    text = models.TextField("tekst", blank=True)
    revision = models.PositiveIntegerField("bewerking", default=1)
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField("bewaard op", default=timezone.now)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "antwoord"
        verbose_name_plural = "antwoorden"
        ordering = ["report", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "key"],
                name="reporting_answer_unique",
                violation_error_message="Dit veld is al bewaard.",
            )
        ]

    def __str__(self) -> str:
        return self.key


class ReadyPart(models.Model):
    """A member of the coalition said that its part of the draft is ready; the last time counts."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="ready_parts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    ready_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ready_at = models.DateTimeField("klaar op", default=timezone.now)

    class Meta:
        verbose_name = "klaar gemeld deel"
        verbose_name_plural = "klaar gemelde delen"
        ordering = ["report", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "organisation"],
                name="reporting_ready_part_unique",
                violation_error_message="Dit deel is al klaar gemeld.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.report}"


class ReceivedFile(models.Model):
    """A file that somebody sent, and what was read in it when it came in.

    ``numbers`` holds what may be citizen service numbers: ``[number, place]`` each. They go with
    the row when the file is taken off; ``more_numbers`` counts those that are not told.
    ``unread`` says what could not be read, for a person to look at.
    """

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("naam", max_length=200)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField("toegevoegd op", default=timezone.now)
    numbers = models.JSONField("gevonden nummers", default=list, blank=True)
    more_numbers = models.PositiveIntegerField("nog meer nummers", default=0)
    unread = models.CharField("niet nagelezen", max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def first_numbers(self) -> list[tuple[str, str]]:
        """Those that are told beside the file; the check of a report tells all."""
        return [(number, place) for number, place in self.numbers[:FIRST]]

    @property
    def other_numbers(self) -> int:
        return max(0, len(self.numbers) - FIRST) + int(self.more_numbers)


class Attachment(ReceivedFile):
    """A file that goes with the next round."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="attachments")

    class Meta:
        verbose_name = "bijlage"
        verbose_name_plural = "bijlagen"
        ordering = ["report", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "file"],
                name="reporting_attachment_unique",
                violation_error_message="Dit bestand zit er al bij.",
            )
        ]
