"""Result agreements of a year (RAK) while they are made together: remarks, and who signed off.

The agreements themselves are an amendment with a ``year``: its KPIs, targets and reporting.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Organisation, User
from contracts.constants import ReplyOutcome
from contracts.models.agreements import KPI
from contracts.models.contracts import Amendment
from core.fields import words
from core.periods import PeriodField


class Remark(models.Model):
    """What a partner says or proposes about a KPI, or what the municipality answers.

    ``organisation`` is empty for the municipality. ``proposed`` is a target as people write it.
    """

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="remarks")
    kpi = models.ForeignKey(
        KPI, on_delete=models.SET_NULL, null=True, blank=True, related_name="remarks"
    )
    about = models.CharField("over", max_length=220, blank=True)
    reply_to = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies"
    )
    outcome = models.CharField(
        "wat ermee is gedaan", max_length=8, choices=ReplyOutcome, blank=True
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("opmerking")
    period = PeriodField("periode", null=True, blank=True)
    proposed = models.CharField("voorgestelde streefwaarde", max_length=60, blank=True)
    at = models.DateTimeField("tijdstip", default=timezone.now)

    class Meta:
        verbose_name = "opmerking bij resultaatafspraken"
        verbose_name_plural = "opmerkingen bij resultaatafspraken"
        ordering = ["amendment", "id"]
        constraints = [
            words(
                "outcome",
                ReplyOutcome,
                name="contracts_remark_outcome",
                message="Kies overgenomen of niet overgenomen.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="contracts_remark_says",
                violation_error_message="Schrijf uw opmerking.",
            ),
            models.CheckConstraint(
                condition=Q(proposed="", period__isnull=True)
                | (~Q(proposed="") & Q(period__isnull=False)),
                name="contracts_remark_proposal",
                violation_error_message="Een voorstel noemt een streefwaarde en een periode.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(reply_to__isnull=False),
                name="contracts_remark_outcome_of_reply",
                violation_error_message="Alleen een antwoord zegt wat met een opmerking is gedaan.",
            ),
            models.UniqueConstraint(
                fields=["reply_to"],
                condition=~Q(outcome=""),
                name="contracts_remark_answered_once",
                violation_error_message="Op deze opmerking is al geantwoord.",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class SignOff(models.Model):
    """Somebody agreed, for the municipality or for a partner, with the content as it stood.

    ``sha256`` is of that content: when it changes, the sign-off holds no more.
    """

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="sign_offs")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField("controlegetal", max_length=64)
    at = models.DateTimeField("tijdstip", default=timezone.now)

    class Meta:
        verbose_name = "akkoord met resultaatafspraken"
        verbose_name_plural = "akkoorden met resultaatafspraken"
        ordering = ["amendment", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "organisation", "sha256"],
                name="contracts_sign_off_unique",
                violation_error_message="Deze organisatie is al akkoord.",
            ),
            models.UniqueConstraint(
                fields=["amendment", "sha256"],
                condition=Q(organisation__isnull=True),
                name="contracts_sign_off_own_unique",
                violation_error_message="De gemeente is al akkoord.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation or 'gemeente'}, {self.at:%d-%m-%Y}"
