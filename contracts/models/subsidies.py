"""Subsidies from grant to settlement, and what a coalition passes on to volunteers. In euros."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models import User
from agenda.models import Sourced
from contracts.constants import LowerGround, ReviseGround, SubsidyStatus, SubsidyStep
from contracts.models.contracts import Contract
from contracts.querysets import SubsidyQuerySet
from core.edits import Revised
from core.fields import TypedValue, words


class Subsidy(Revised, Sourced):
    """Money granted to the partner of a contract for some years, and what became of it (Awb 4.2).

    ``granted`` is what was promised, ``paid`` the sum of the advances, ``settled`` what it came to
    and ``repaid`` what was given back. All but a draft changes by actions only, each with a line in
    the log.
    """

    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="subsidies", verbose_name="overeenkomst"
    )
    reference = models.CharField(
        "kenmerk van het besluit", max_length=80, help_text="Zoals op de beschikking staat."
    )
    purpose = models.CharField("waarvoor", max_length=200)
    first_year = models.PositiveSmallIntegerField("eerste jaar")
    last_year = models.PositiveSmallIntegerField("laatste jaar")
    granted = models.DecimalField("verleend bedrag", max_digits=14, decimal_places=2)
    obligations = models.TextField("verplichtingen", blank=True)
    interim_by = models.DateField("tussentijds verantwoorden uiterlijk op", null=True, blank=True)
    request_by = models.DateField("vaststelling aanvragen uiterlijk op")
    settle_by = models.DateField("vaststellen uiterlijk op")
    status = models.CharField(
        "stand", max_length=9, choices=SubsidyStatus, default=SubsidyStatus.DRAFT, editable=False
    )
    paid = models.DecimalField(
        "betaald als voorschot", max_digits=14, decimal_places=2, default=0, editable=False
    )
    settled = models.DecimalField(
        "vastgesteld bedrag", max_digits=14, decimal_places=2, null=True, blank=True, editable=False
    )
    repay_by = models.DateField("terugbetalen uiterlijk op", null=True, blank=True, editable=False)
    repaid = models.DecimalField(
        "terugbetaald", max_digits=14, decimal_places=2, default=0, editable=False
    )
    is_example = models.BooleanField("verzonnen voorbeeld", default=False)

    objects = SubsidyQuerySet.as_manager()

    class Meta:
        verbose_name = "subsidie"
        verbose_name_plural = "subsidies"
        ordering = ["-first_year", "contract", "id"]
        constraints = [
            words(
                "status",
                SubsidyStatus,
                name="contracts_subsidy_status",
                message="Deze stand bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(first_year__gte=1990, last_year__lte=2100)
                & Q(last_year__gte=F("first_year")),
                name="contracts_subsidy_years",
                violation_error_message="Het laatste jaar ligt niet voor het eerste.",
            ),
            models.CheckConstraint(
                condition=Q(granted__gt=0),
                name="contracts_subsidy_granted_something",
                violation_error_message="Een subsidie is meer dan 0 euro.",
            ),
            models.CheckConstraint(
                condition=Q(paid__gte=0, paid__lte=F("granted")),
                name="contracts_subsidy_paid_within_grant",
                violation_error_message="Er is niet meer betaald dan verleend.",
            ),
            models.CheckConstraint(
                condition=Q(settled__isnull=True)
                | (
                    Q(settled__gte=0, settled__lte=F("granted"))
                    & Q(status__in=["settled", "reclaimed", "repaid"])
                ),
                name="contracts_subsidy_settled_within_grant",
                violation_error_message="Een subsidie wordt niet hoger vastgesteld dan verleend.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["settled", "reclaimed", "repaid"])
                | Q(settled__isnull=False),
                name="contracts_subsidy_settled_how_much",
                violation_error_message="Zeg op welk bedrag de subsidie is vastgesteld.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["reclaimed", "repaid"])
                | Q(settled__lt=F("paid"), repay_by__isnull=False),
                name="contracts_subsidy_reclaimed_what",
                violation_error_message=(
                    "Terugvorderen kan als meer is betaald dan vastgesteld, met een uiterste dag."
                ),
            ),
            models.CheckConstraint(
                condition=Q(repaid__gte=0, repaid__lte=F("paid")),
                name="contracts_subsidy_repaid_within_paid",
                violation_error_message="Er is niet meer terugbetaald dan betaald.",
            ),
            models.CheckConstraint(
                condition=Q(settle_by__gte=F("request_by"))
                & (Q(interim_by__isnull=True) | Q(interim_by__lte=F("request_by"))),
                name="contracts_subsidy_days",
                violation_error_message=(
                    "Eerst komt de tussentijdse verantwoording, dan de aanvraag tot vaststelling, "
                    "dan de vaststelling."
                ),
            ),
            models.UniqueConstraint(
                F("contract"),
                Lower("reference"),
                name="contracts_subsidy_reference_unique",
                violation_error_message="Deze overeenkomst heeft al een subsidie met dit kenmerk.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}, {self.years}"

    @property
    def years(self) -> str:
        if self.last_year == self.first_year:
            return str(self.first_year)
        return f"{self.first_year} tot en met {self.last_year}"

    @property
    def is_draft(self) -> bool:
        return self.status == SubsidyStatus.DRAFT


class SubsidyEvent(models.Model):
    """Something done with a subsidy on a day, with its amount and ground; append-only."""

    subsidy = models.ForeignKey(Subsidy, on_delete=models.PROTECT, related_name="events")
    step = models.CharField("stap", max_length=8, choices=SubsidyStep)
    from_status = models.CharField("van", max_length=9, choices=SubsidyStatus)
    to_status = models.CharField("naar", max_length=9, choices=SubsidyStatus)
    day = models.DateField("datum")
    amount = models.DecimalField("bedrag", max_digits=14, decimal_places=2, null=True, blank=True)
    ground = models.CharField("grond", max_length=1, choices=LowerGround, blank=True)
    revise_ground = models.CharField(
        "grond van de wijziging", max_length=1, choices=ReviseGround, blank=True
    )
    note = models.TextField("toelichting", blank=True)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("tijdstip", default=timezone.now)

    class Meta:
        verbose_name = "gebeurtenis van een subsidie"
        verbose_name_plural = "logboek van subsidies"
        ordering = ["subsidy", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(step__in=SubsidyStep.values)
                & Q(from_status__in=SubsidyStatus.values)
                & Q(to_status__in=SubsidyStatus.values)
                & Q(ground__in=LowerGround.values, revise_ground__in=ReviseGround.values),
                name="contracts_subsidy_event_words",
                violation_error_message="Deze stap, stand of grond bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="contracts_subsidy_event_not_negative",
                violation_error_message="Een bedrag is 0 of meer.",
            ),
            models.CheckConstraint(
                condition=Q(ground="") | (Q(step="settle") & ~Q(note="")),
                name="contracts_subsidy_event_ground",
                violation_error_message="Een grond om lager vast te stellen heeft een toelichting.",
            ),
            models.CheckConstraint(
                condition=Q(step__in=["revise", "withdraw"], revise_ground__gt="", note__gt="")
                | (~Q(step__in=["revise", "withdraw"]) & Q(revise_ground="")),
                name="contracts_subsidy_event_revised_why",
                violation_error_message=(
                    "Een vaststelling wordt gewijzigd of ingetrokken op een grond, met een "
                    "toelichting."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}, {self.day:%d-%m-%Y}"


class PassOnFrame(Revised, Sourced):
    """What a coalition may pass on to volunteer organisations in a year, and by which rules."""

    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="pass_on_frames",
        verbose_name="overeenkomst",
    )  # fmt: skip
    year = models.PositiveSmallIntegerField("jaar")
    ceiling = models.DecimalField(
        "samen ten hoogste", max_digits=14, decimal_places=2, null=True, blank=True
    )
    each_at_most = models.DecimalField(
        "per organisatie ten hoogste", max_digits=14, decimal_places=2, null=True, blank=True
    )
    rules = models.TextField("kader voor de hoogte", blank=True)
    vision_by = models.DateField("visie van de coalitie uiterlijk op", null=True, blank=True)
    vision_on = models.DateField("visie ontvangen op", null=True, blank=True)
    note = models.TextField("opmerking", blank=True)
    is_example = models.BooleanField("verzonnen voorbeeld", default=False)

    class Meta:
        verbose_name = "kader voor doorgegeven subsidies"
        verbose_name_plural = "kaders voor doorgegeven subsidies"
        ordering = ["-year", "contract", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "year"],
                name="contracts_pass_on_frame_unique",
                violation_error_message="Dit jaar staat al bij deze overeenkomst. Wijzig dat.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1990, year__lte=2100),
                name="contracts_pass_on_frame_year",
                violation_error_message="Kies een jaar van 1990 tot en met 2100.",
            ),
            models.CheckConstraint(
                condition=(Q(ceiling__isnull=True) | Q(ceiling__gte=0))
                & (Q(each_at_most__isnull=True) | Q(each_at_most__gte=0)),
                name="contracts_pass_on_frame_not_negative",
                violation_error_message="Een bedrag is 0 of meer.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract}, {self.year}"


class PassOn(TypedValue, Revised, Sourced):
    """A subsidy that the coalition gave to a volunteer organisation; the amount may be unknown."""

    frame = models.ForeignKey(PassOnFrame, on_delete=models.PROTECT, related_name="rows")
    receiver = models.CharField("organisatie", max_length=150)
    purpose = models.CharField("waarvoor", max_length=250, blank=True)

    class Meta(TypedValue.Meta):
        verbose_name = "doorgegeven subsidie"
        verbose_name_plural = "doorgegeven subsidies"
        ordering = ["frame", "receiver", "id"]
        constraints = [
            *TypedValue.Meta.constraints,
            models.CheckConstraint(
                condition=Q(value_type="amount") & (Q(number__isnull=True) | Q(number__gte=0)),
                name="contracts_pass_on_is_amount",
                violation_error_message="Een doorgegeven subsidie is een bedrag van 0 of meer.",
            ),
            models.UniqueConstraint(
                F("frame"),
                Lower("receiver"),
                Lower("purpose"),
                name="contracts_pass_on_unique",
                violation_error_message="Deze organisatie staat hier al met hetzelfde doel.",
            ),
        ]

    def __str__(self) -> str:
        return self.receiver
