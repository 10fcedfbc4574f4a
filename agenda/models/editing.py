"""The steps that somebody took in writing an agenda, so that they can be taken back."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from accounts.models import User
from agenda.models.agendas import AgendaVersion


class EditStep(models.Model):
    """One step: the rows as they stood before and after it, as Django's serializer writes them.

    A row that is only in ``after`` was added, one that is only in ``before`` was removed.
    """

    version = models.ForeignKey(AgendaVersion, on_delete=models.CASCADE, related_name="edit_steps")
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("tijdstip", default=timezone.now)
    label = models.CharField("wat er gebeurde", max_length=300)
    before = models.JSONField("ervoor", default=list)
    after = models.JSONField("erna", default=list)

    class Meta:
        verbose_name = "bewerkingsstap"
        verbose_name_plural = "bewerkingsstappen"
        ordering = ["version", "id"]

    def __str__(self) -> str:
        return self.label
