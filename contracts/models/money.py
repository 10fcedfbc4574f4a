"""Money: lines of a contract, and the budget of the municipality. Amounts are euros."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from agenda.models import Sourced
from contracts.constants import AmountKind, Duration
from contracts.models.agreements import SubAssignment, check_part
from contracts.models.contracts import Amended, Contract
from contracts.querysets import BudgetLineQuerySet
from core.edits import Revised
from core.fields import TypedValue, words
from core.periods import PeriodField


class BudgetLine(TypedValue, Amended, Sourced):
    """An amount as the contract gives it: a year, a year amount over a term, or one for a span.

    ``per_year`` says that the amount holds for each year of the period. An earmarked line is
    part of the assignment's money, not extra.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="budget_lines")
    sub_assignment = models.ForeignKey(
        SubAssignment, on_delete=models.PROTECT, null=True, blank=True, related_name="budget_lines"
    )
    label = models.CharField("omschrijving", max_length=200)
    amount_kind = models.CharField("soort bedrag", max_length=10, choices=AmountKind)
    period = PeriodField("jaar of jaren", null=True, blank=True)
    per_year = models.BooleanField("bedrag per jaar", default=False)
    is_earmarked = models.BooleanField("geoormerkt", default=False)
    duration = models.CharField(
        "structureel of incidenteel", max_length=10, choices=Duration, blank=True
    )
    note = models.TextField("opmerking", blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = BudgetLineQuerySet.as_manager()

    class Meta(TypedValue.Meta, Amended.Meta):
        verbose_name = "begrotingspost"
        verbose_name_plural = "begrotingsposten"
        ordering = ["contract", "order"]
        constraints = [
            *TypedValue.Meta.constraints,
            *Amended.Meta.constraints,
            models.CheckConstraint(
                condition=Q(value_type="amount"),
                name="contracts_budget_line_is_amount",
                violation_error_message="Een begrotingspost is een bedrag in euro.",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gte=0),
                name="contracts_budget_line_not_negative",
                violation_error_message="Een begrotingspost is 0 of meer.",
            ),
            words(
                "amount_kind",
                AmountKind,
                name="contracts_budget_line_amount_kind",
                message="Deze soort bedrag bestaat niet.",
            ),
            words(
                "duration",
                Duration,
                name="contracts_budget_line_duration",
                message="Kies structureel of incidenteel.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"

    def clean(self) -> None:
        super().clean()
        check_part(self.sub_assignment, self.contract_id)


class Budget(Revised, Sourced):
    """A budget table of the municipality, as the source prints it; ``year`` is the year it counts
    for, also where the source names another one too.

    ``national_note`` tells where the national figures of its items come from."""

    slug = models.SlugField("korte naam", max_length=80, unique=True)
    title = models.CharField("titel", max_length=200)
    year = models.PositiveSmallIntegerField("begrotingsjaar")
    stated_total = models.DecimalField(
        "totaal volgens de bron", max_digits=14, decimal_places=2, null=True, blank=True
    )
    note = models.TextField("opmerking", blank=True)
    national_note = models.TextField("landelijke cijfers: bron en toelichting", blank=True)

    class Meta:
        verbose_name = "begroting"
        verbose_name_plural = "begrotingen"
        ordering = ["year", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stated_total__isnull=True) | Q(stated_total__gte=0),
                name="contracts_budget_total_not_negative",
                violation_error_message="Het totaal van een begroting is 0 of meer.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.year}"

    def computed_total(self) -> Decimal:
        """The sum of the items, in euros. One query, none when the items are prefetched."""
        return sum((item.amount for item in self.items.all()), Decimal(0))


class BudgetItem(Revised, Sourced):
    """A row of the budget table, with what all municipalities together spend on it and receive."""

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField("nummer")
    name = models.CharField("onderdeel", max_length=200)
    amount = models.DecimalField("bedrag", max_digits=14, decimal_places=2)
    is_custom_care = models.BooleanField("maatwerk", default=False)
    note = models.CharField("bestemd voor", max_length=250, blank=True)
    national_spending = models.DecimalField(
        "landelijke uitgaven", max_digits=14, decimal_places=2, null=True, blank=True
    )
    national_income = models.DecimalField(
        "landelijke inkomsten", max_digits=14, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = "onderdeel van de begroting"
        verbose_name_plural = "onderdelen van de begroting"
        ordering = ["budget", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "number"],
                name="contracts_budget_item_number_unique",
                violation_error_message="Dit nummer staat al in de begroting.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="contracts_budget_item_not_negative",
                violation_error_message="Een bedrag in de begroting is 0 of meer.",
            ),
            models.CheckConstraint(
                condition=(Q(national_spending__isnull=True) | Q(national_spending__gte=0))
                & (Q(national_income__isnull=True) | Q(national_income__gte=0)),
                name="contracts_budget_item_national_not_negative",
                violation_error_message="Een landelijk bedrag is 0 of meer.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BudgetPost(models.Model):
    """What falls under a row of the budget; some of it is not the Wmo."""

    item = models.ForeignKey(BudgetItem, on_delete=models.CASCADE, related_name="posts")
    name = models.CharField("post", max_length=200)
    outside_wmo = models.BooleanField("hoort niet tot de Wmo", default=False)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "post"
        verbose_name_plural = "posten"
        ordering = ["item", "order"]

    def __str__(self) -> str:
        return self.name

    @property
    def in_words(self) -> str:
        return f"{self.name} (niet Wmo)" if self.outside_wmo else self.name
