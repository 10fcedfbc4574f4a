"""Which information each role needs, what for, and whether it is there."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agenda.models import Indicator
from core.edits import Revised
from core.fields import words
from monitor.constants import InformationRole


class InformationNeed(Revised):
    """Something that a role wants to know. Without an indicator it is a gap in the information."""

    role = models.CharField("voor wie", max_length=14, choices=InformationRole)
    need = models.CharField("wat deze rol wil weten", max_length=200)
    used_for = models.CharField("waarvoor", max_length=300)
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    registered = models.CharField("waar het wordt vastgelegd", max_length=200, blank=True)
    is_example = models.BooleanField("verzonnen voorbeeld", default=False)

    class Meta:
        verbose_name = "informatiebehoefte"
        verbose_name_plural = "informatiebehoeften"
        ordering = ["role", "need"]
        constraints = [
            words(
                "role", InformationRole, name="monitor_need_role", message="Deze rol bestaat niet."
            ),
            models.UniqueConstraint(
                fields=["role", "need"],
                name="monitor_need_unique",
                violation_error_message="Dit staat er al bij deze rol.",
            ),
            models.CheckConstraint(
                condition=~Q(need="") & ~Q(used_for=""),
                name="monitor_need_says_what_for",
                violation_error_message="Zeg wat de rol wil weten, en waarvoor.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.need}"
