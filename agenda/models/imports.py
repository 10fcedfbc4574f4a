"""A file with a table that somebody handed in and looks over before it is taken in."""

from __future__ import annotations

import datetime

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from agenda.constants import ImportKind
from agenda.models.agendas import AgendaVersion
from agenda.models.indicators import Indicator
from agenda.querysets import TableImportQuerySet
from core.fields import words

KEPT = datetime.timedelta(hours=24)  # so long a preview waits to be confirmed


def until() -> datetime.datetime:
    return timezone.now() + KEPT


class TableImport(models.Model):
    """What a file says (``tables``), what it would change (``preview``), and on which state of the
    agenda or of the values that rests (``rests_on``, a hash).

    Once it is taken in, the row stays as a record of who did that, when and with which bytes; what
    the file said is let go then.
    """

    kind = models.CharField("soort", max_length=12, choices=ImportKind)
    version = models.ForeignKey(
        AgendaVersion, on_delete=models.CASCADE, null=True, blank=True, related_name="imports"
    )
    # The one indicator that the file is about; without it the file names its indicators.
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The key of the table of products that the file is about.
    about = models.CharField("waarover", max_length=20, blank=True)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField("naam van het bestand", max_length=255)
    sha256 = models.CharField(
        "SHA-256",
        max_length=64,
        validators=[RegexValidator(r"^[0-9a-f]{64}$", "Dit is geen SHA-256.")],
    )
    tables = models.JSONField("wat er in het bestand stond", default=list)
    preview = models.JSONField("wat er zou veranderen", default=dict)
    rests_on = models.CharField("waar het voorstel op rust", max_length=64)
    made_at = models.DateTimeField("ingelezen op", default=timezone.now, editable=False)
    expires_at = models.DateTimeField("geldig tot", default=until)
    applied_at = models.DateTimeField("overgenomen op", null=True, blank=True)

    objects = TableImportQuerySet.as_manager()

    class Meta:
        verbose_name = "ingelezen bestand"
        verbose_name_plural = "ingelezen bestanden"
        ordering = ["-pk"]
        constraints = [
            words(
                "kind",
                ImportKind,
                name="agenda_tableimport_kind",
                message="Deze soort bestand bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(kind="agenda", version__isnull=False, indicator__isnull=True, about="")
                | Q(kind="values", version__isnull=True, about="")
                | Q(kind="products", version__isnull=True, indicator__isnull=True, about__gt="")
                | Q(kind="rates", version__isnull=True, indicator__isnull=True, about=""),
                name="agenda_tableimport_about_one",
                violation_error_message=(
                    "Een bestand gaat over een agenda, over meetwaarden of over geld."
                ),
            ),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True) | Q(tables=[]),
                name="agenda_tableimport_lets_go",
                violation_error_message="Wat is overgenomen, blijft hier niet staan.",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_waiting(self) -> bool:
        return self.applied_at is None and self.expires_at > timezone.now()
