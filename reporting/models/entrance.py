"""Where an inhabitant goes with a question: an entrance of a partner or of the municipality."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from agenda.models import Sourced
from core.edits import Revised
from core.fields import words
from reporting.constants import Referral


class Entrance(Revised, Sourced):
    """A desk, team or site that takes questions, and how one gets there."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="entrances", verbose_name="van wie"
    )
    name = models.CharField("naam", max_length=100)
    for_what = models.TextField("waarvoor u hier terechtkunt")
    referral = models.CharField("verwijzing", max_length=10, choices=Referral, blank=True)
    place = models.CharField("waar", max_length=200, blank=True)
    opening = models.CharField("wanneer", max_length=200, blank=True)
    phone = models.CharField("telefoon", max_length=30, blank=True)
    email = models.EmailField("e-mail", blank=True)
    website = models.CharField("website", max_length=300, blank=True)
    is_example = models.BooleanField("verzonnen voorbeeld", default=False)

    class Meta:
        verbose_name = "plek waar inwoners terechtkunnen"
        verbose_name_plural = "plekken waar inwoners terechtkunnen"
        ordering = ["organisation__name", "name"]
        constraints = [
            words(
                "referral",
                Referral,
                name="reporting_entrance_referral",
                message="Deze soort verwijzing bestaat niet.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="reporting_entrance_unique",
                violation_error_message="Deze organisatie heeft al een plek met deze naam.",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(for_what=""),
                name="reporting_entrance_says_what_for",
                violation_error_message="Zeg hoe de plek heet, en waarvoor mensen er komen.",
            ),
            models.CheckConstraint(
                condition=~Q(place="", phone="", email="", website=""),
                name="reporting_entrance_can_be_reached",
                violation_error_message="Zeg hoe mensen hier komen: waar, telefoon, mail of site.",
            ),
            models.CheckConstraint(
                condition=Q(website="")
                | Q(website__startswith="https://")
                | Q(website__startswith="http://"),
                name="reporting_entrance_website",
                violation_error_message="Een adres begint met https:// of http://.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
