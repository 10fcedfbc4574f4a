"""The municipality's own budget lines: where money comes from and what it is for. In euros.

What is agreed with a partner stands in its contract and changes by an amendment only
(``money.py``). How the municipality books and justifies the money is its own affair.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from agenda.models import Goal, Sourced, Theme
from contracts.constants import Duration, MoneyOrigin
from contracts.models.agreements import SubAssignment, check_part
from contracts.models.contracts import Contract
from contracts.querysets import AllocationQuerySet
from contracts.task_fields import task_field
from core.edits import Revised
from core.fields import TypedValue

DURATIONS = [choice for choice in Duration.choices if choice[0]]
ORIGINS = [choice for choice in MoneyOrigin.choices if choice[0]]


class Allocation(TypedValue, Revised, Sourced):
    """Money of the municipality for a year, or for some years at once.

    ``per_year`` says that the amount holds for each of the years. The amount may be unknown, with
    the reason why. Incidental money says until when; a specific grant says under which scheme, what
    is to be accounted for, and by when.
    """

    label = models.CharField("omschrijving", max_length=200)
    first_year = models.PositiveSmallIntegerField("eerste jaar")
    last_year = models.PositiveSmallIntegerField("laatste jaar")
    per_year = models.BooleanField("bedrag per jaar", default=False)
    duration = models.CharField(
        "structureel of incidenteel", max_length=10, choices=Duration, blank=True
    )
    ends_on = models.DateField("incidenteel geld is er tot en met", null=True, blank=True)
    earmark = models.CharField(
        "geoormerkt voor",
        max_length=200,
        blank=True,
        help_text="Laat leeg als het geld vrij te besteden is.",
    )
    origin = models.CharField("herkomst", max_length=8, choices=MoneyOrigin, blank=True)
    scheme = models.CharField("regeling", max_length=200, blank=True)
    account_for = models.TextField("wat u verantwoordt", blank=True)
    account_by = models.DateField("verantwoorden uiterlijk op", null=True, blank=True)
    task_field = models.CharField("taakveld (Iv3)", max_length=6, blank=True)
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="allocations",
        verbose_name="thema",
    )  # fmt: skip
    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="allocations",
        verbose_name="doel",
    )  # fmt: skip
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, null=True, blank=True, related_name="allocations",
        verbose_name="overeenkomst",
    )  # fmt: skip
    sub_assignment = models.ForeignKey(
        SubAssignment, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="deelopdracht",
    )  # fmt: skip
    note = models.TextField("opmerking", blank=True)
    is_example = models.BooleanField("verzonnen voorbeeld", default=False)

    objects = AllocationQuerySet.as_manager()

    class Meta(TypedValue.Meta):
        verbose_name = "budgetpost"
        verbose_name_plural = "budgetposten"
        ordering = ["first_year", "label", "id"]
        constraints = [
            *TypedValue.Meta.constraints,
            models.CheckConstraint(
                condition=Q(value_type="amount"),
                name="contracts_allocation_is_amount",
                violation_error_message="Een budgetpost is een bedrag in euro.",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gte=0),
                name="contracts_allocation_not_negative",
                violation_error_message="Een budgetpost is 0 of meer.",
            ),
            models.CheckConstraint(
                condition=Q(first_year__gte=1990, last_year__lte=2100)
                & Q(last_year__gte=F("first_year")),
                name="contracts_allocation_years",
                violation_error_message="Het laatste jaar ligt niet voor het eerste.",
            ),
            models.CheckConstraint(
                condition=Q(duration__in=Duration.values, origin__in=MoneyOrigin.values),
                name="contracts_allocation_words",
                violation_error_message="Deze soort geld of herkomst bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=False) | (~Q(duration="") & ~Q(origin="")),
                name="contracts_allocation_stated",
                violation_error_message=(
                    "Kies structureel of incidenteel, en waar het geld vandaan komt."
                ),
            ),
            models.CheckConstraint(
                condition=Q(duration="incidental", ends_on__isnull=False)
                | (~Q(duration="incidental") & Q(ends_on__isnull=True)),
                name="contracts_allocation_ends",
                violation_error_message=(
                    "Incidenteel geld heeft een einddatum; structureel geld heeft er geen."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(origin="grant")
                | (~Q(scheme="") & ~Q(account_for="") & Q(account_by__isnull=False)),
                name="contracts_allocation_accounted",
                violation_error_message=(
                    "Een specifieke uitkering heeft een regeling, wat u verantwoordt en uiterlijk "
                    "wanneer."
                ),
            ),
            models.UniqueConstraint(
                F("first_year"),
                F("last_year"),
                Lower("label"),
                name="contracts_allocation_unique",
                violation_error_message=(
                    "Er is al een budgetpost met deze omschrijving in deze jaren. Wijzig die, of "
                    "noem het verschil."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.years}"

    @property
    def years(self) -> str:
        """``2019``, or ``2019 tot en met 2020``."""
        if self.last_year == self.first_year:
            return str(self.first_year)
        return f"{self.first_year} tot en met {self.last_year}"

    def clean(self) -> None:
        super().clean()
        if self.sub_assignment is not None and self.contract_id is not None:
            check_part(self.sub_assignment, self.contract_id)
        if self.first_year is None or self.last_year is None or not self.task_field:
            return
        if task_field(self.task_field, self.first_year, self.last_year) is None:
            raise ValidationError(
                {"task_field": f"Dit taakveld bestond niet in {self.years}. Kies een ander."}
            )
