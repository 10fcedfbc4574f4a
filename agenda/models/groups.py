"""Groups of people by which a figure can be told: by age, by household, by income."""

from __future__ import annotations

from django.db import models

from core.edits import Revised


class Breakdown(Revised):
    """A way to divide people into groups.

    Where it ``is_partition``, everybody belongs to exactly one of the groups: their numbers add up
    to the whole. Otherwise they may overlap, and nothing is added up.
    """

    name = models.CharField("naam", max_length=100, unique=True)
    slug = models.SlugField("korte naam in adressen", max_length=80, unique=True)
    is_partition = models.BooleanField(
        "iedereen hoort in precies één groep",
        default=True,
        help_text="Dan zijn de aantallen van de groepen samen het totaal.",
    )

    class Meta:
        verbose_name = "uitsplitsing"
        verbose_name_plural = "uitsplitsingen"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Group(models.Model):
    """One of the groups of a breakdown: 18 to 64 years."""

    breakdown = models.ForeignKey(Breakdown, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField("naam", max_length=100)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "groep"
        verbose_name_plural = "groepen"
        ordering = ["breakdown__name", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["breakdown", "name"],
                name="agenda_group_name_unique",
                violation_error_message="Deze groep staat er al.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
