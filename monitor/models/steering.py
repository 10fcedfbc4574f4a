"""Who steers on what, at which level, by which information, and how often."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q

from agenda.models import Sourced
from core.edits import Revised
from core.fields import words
from monitor.constants import Product, SteeringLevel, SteeringManner
from monitor.querysets import SteeringQuerySet


class SteeringArrangement(Revised, Sourced):
    """What somebody gets at a level to steer by, and what is decided there.

    What was agreed changes by a new arrangement in the place of the old one, so that what held
    before stays readable. One that was taken from a source may lack its day and its decision.
    """

    level = models.CharField("niveau", max_length=10, choices=SteeringLevel)
    manner = models.CharField("waarop wordt gestuurd", max_length=10, choices=SteeringManner)
    who = models.CharField("wie", max_length=150)
    product = models.CharField("welke informatie", max_length=20, choices=Product)
    product_name = models.CharField(
        "naam van een ander stuk",
        max_length=150,
        blank=True,
        help_text="Alleen bij een stuk dat niet uit deze toepassing komt.",
    )
    frequency = models.CharField("hoe vaak", max_length=100)
    decides = models.CharField("wat hier wordt besloten", max_length=400)
    since = models.DateField("geldt vanaf", null=True, blank=True)
    decision = models.CharField("vastgelegd in besluit", max_length=200, blank=True)
    until = models.DateField("gold tot en met", null=True, blank=True)
    ended_by = models.CharField("beëindigd met besluit", max_length=200, blank=True)
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name="komt in de plaats van",
    )
    is_example = models.BooleanField("verzonnen voorbeeld", default=False)

    objects = SteeringQuerySet.as_manager()

    class Meta:
        verbose_name = "afspraak over sturing"
        verbose_name_plural = "afspraken over sturing"
        ordering = ["id"]
        constraints = [
            words(
                "level",
                SteeringLevel,
                name="monitor_steering_level",
                message="Dit niveau bestaat niet.",
            ),
            words(
                "manner",
                SteeringManner,
                name="monitor_steering_manner",
                message="Deze manier van sturen bestaat niet.",
            ),
            words(
                "product",
                Product,
                name="monitor_steering_product",
                message="Dit informatieproduct bestaat niet.",
            ),
            models.CheckConstraint(
                condition=(Q(product=Product.OTHER) & ~Q(product_name=""))
                | (~Q(product=Product.OTHER) & Q(product_name="")),
                name="monitor_steering_product_named",
                violation_error_message=(
                    "Een ander stuk heeft een naam; een stuk van deze toepassing heeft die al."
                ),
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=False) | (Q(since__isnull=False) & ~Q(decision="")),
                name="monitor_steering_decided",
                violation_error_message="Een afspraak heeft een begindatum en een besluit.",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True, ended_by="")
                | (Q(until__isnull=False) & ~Q(ended_by="")),
                name="monitor_steering_end_decided",
                violation_error_message="Een einde heeft een datum en een besluit.",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="monitor_steering_dates",
                violation_error_message="Een afspraak eindigt niet voor haar begin.",
            ),
            models.UniqueConstraint(
                fields=["level", "who", "product", "product_name", "since"],
                name="monitor_steering_unique",
                violation_error_message="Deze afspraak staat er al.",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")),
                name="monitor_steering_replaces_another",
                violation_error_message="Een afspraak kan niet zichzelf vervangen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who}: {self.product_label}"

    def is_past(self, today: datetime.date) -> bool:
        """Whether it held before ``today``, and no more."""
        return self.until is not None and self.until < today

    @property
    def product_label(self) -> str:
        """What the reader calls the information."""
        return self.product_name or str(self.get_product_display())
