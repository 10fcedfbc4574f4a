"""Development tasks of an agenda: what the municipality has to change to reach its goals."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Organisation, User
from agenda.constants import NO_SUBJECT, TaskResult
from agenda.models.agendas import AgendaVersion
from agenda.models.goals import Goal
from agenda.models.sources import Sourced
from agenda.querysets import DevelopmentTaskQuerySet
from core.edits import Revised
from core.fields import words


class DevelopmentTask(Revised, Sourced):
    """A change assignment of an agenda. Its subject is empty where the source names none.

    What it is stands fast once the agenda is adopted; its evaluation comes afterwards.
    """

    version = models.ForeignKey(AgendaVersion, on_delete=models.PROTECT, related_name="tasks")
    number = models.PositiveSmallIntegerField("nummer")
    subject = models.CharField("onderwerp", max_length=200, blank=True)
    owner = models.CharField("verantwoordelijke", max_length=150, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="verantwoordelijke organisatie",
    )
    frames = models.TextField("kaders", blank=True)
    goals = models.ManyToManyField(Goal, related_name="tasks", blank=True, verbose_name="doelen")
    evaluated_on = models.DateField("geëvalueerd op", null=True, blank=True)
    result = models.CharField("resultaat", max_length=8, choices=TaskResult, blank=True)
    evaluation = models.TextField("evaluatie", blank=True)
    copied_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies"
    )

    objects = DevelopmentTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "ontwikkelopdracht"
        verbose_name_plural = "ontwikkelopdrachten"
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number"],
                name="agenda_task_number_unique",
                violation_error_message="Deze agenda heeft al een opdracht met dit nummer.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="agenda_task_number_from_one",
                violation_error_message="Opdrachten tellen vanaf 1.",
            ),
            words(
                "result",
                TaskResult,
                name="agenda_task_result",
                message="Dit resultaat bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(result="", evaluated_on__isnull=True, evaluation="")
                | (~Q(result="") & Q(evaluated_on__isnull=False) & ~Q(evaluation="")),
                name="agenda_task_evaluated_whole",
                violation_error_message="Een evaluatie heeft een dag, een resultaat en een tekst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.subject or NO_SUBJECT}"

    @property
    def responsible(self) -> str:
        """Who has to see to it: a function, an organisation, or both."""
        organisation = self.organisation.name if self.organisation else ""
        return ", ".join(filter(None, [self.owner, organisation]))


class TaskStep(Revised, Sourced):
    """A step of a task, with the day it has to be done and the day it was."""

    task = models.ForeignKey(DevelopmentTask, on_delete=models.PROTECT, related_name="steps")
    text = models.CharField("wat er gebeurt", max_length=300)
    due_on = models.DateField("klaar uiterlijk op", null=True, blank=True)
    done_on = models.DateField("afgerond op", null=True, blank=True)
    order = models.PositiveSmallIntegerField("volgorde")
    copied_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies"
    )

    class Meta:
        verbose_name = "stap"
        verbose_name_plural = "stappen"
        ordering = ["task", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "order"],
                name="agenda_step_order_unique",
                violation_error_message="Er staat al een stap op deze plaats.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="agenda_step_has_text",
                violation_error_message="Een stap zegt wat er gebeurt.",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class TaskUpdate(models.Model):
    """How a task stood on a day; append-only, so a mistake is mended by a next one."""

    task = models.ForeignKey(DevelopmentTask, on_delete=models.PROTECT, related_name="updates")
    day = models.DateField("datum")
    text = models.TextField("stand van zaken")
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("vastgelegd op", default=timezone.now)

    class Meta:
        verbose_name = "stand van zaken"
        verbose_name_plural = "standen van zaken"
        ordering = ["task", "-day", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="agenda_update_has_text",
                violation_error_message="Schrijf hoe het ervoor staat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}, {self.day:%d-%m-%Y}"
