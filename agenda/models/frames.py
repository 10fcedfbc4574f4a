"""What stands around the goals of an agenda: for whom they are, and what other policy asks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agenda.constants import PolicyKind, PolicyState
from agenda.models.agendas import AgendaVersion
from agenda.models.sources import Sourced
from agenda.querysets import TargetGroupQuerySet
from core.edits import Revised
from core.fields import words


class TargetGroup(models.Model):
    """People whom a goal is meant for, such as young people or carers; shared by all agendas."""

    name = models.CharField("naam", max_length=100, unique=True)
    slug = models.SlugField("korte naam in adressen", max_length=80, unique=True)

    objects = TargetGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "doelgroep"
        verbose_name_plural = "doelgroepen"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PolicyLink(Revised, Sourced):
    """Other policy that an agenda has to do with, and what that asks of it."""

    version = models.ForeignKey(AgendaVersion, on_delete=models.PROTECT, related_name="policies")
    name = models.CharField("naam", max_length=150)
    kind = models.CharField("soort", max_length=14, choices=PolicyKind)
    state = models.CharField("stand", max_length=14, choices=PolicyState, blank=True)
    url = models.CharField("adres", max_length=500, blank=True)
    asks = models.TextField("wat het vraagt van deze agenda", blank=True)

    class Meta:
        verbose_name = "ander beleid"
        verbose_name_plural = "ander beleid"
        ordering = ["version", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "name"],
                name="agenda_policy_name_unique",
                violation_error_message="Dit beleid staat al in deze agenda.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=PolicyKind.values),
                name="agenda_policy_kind",
                violation_error_message="Deze soort beleid bestaat niet.",
            ),
            words(
                "state", PolicyState, name="agenda_policy_state", message="Deze stand bestaat niet."
            ),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__startswith="https://") | Q(url__startswith="http://"),
                name="agenda_policy_url",
                violation_error_message="Een adres begint met https:// of http://.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
