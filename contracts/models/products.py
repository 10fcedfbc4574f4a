"""Numbers and amounts by product and provider, and rates by municipality, as sources print them.

Aggregates only: never a row about one client. Amounts are euros.
"""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from agenda.models import Municipality, Sourced
from contracts.constants import ProductTableKind
from core.edits import Revised
from core.fields import TypedValue, words


class ProductTable(Revised, Sourced):
    """A table of products, providers or combinations in a period, with its stated totals."""

    slug = models.SlugField("korte naam", max_length=80, unique=True)
    title = models.CharField("titel", max_length=200)
    kind = models.CharField("soort", max_length=12, choices=ProductTableKind)
    place = models.CharField("gemeente", max_length=80)
    year = models.PositiveSmallIntegerField("jaar")
    period = models.CharField("periode, in woorden", max_length=80, blank=True)
    stated_count = models.PositiveIntegerField(
        "totaal aantal volgens de bron", null=True, blank=True
    )
    stated_amount = models.DecimalField(
        "totaal bedrag volgens de bron", max_digits=14, decimal_places=2, null=True, blank=True
    )
    note = models.TextField("opmerking", blank=True)
    is_example = models.BooleanField("verzonnen voorbeeld", default=False)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "tabel met producten"
        verbose_name_plural = "tabellen met producten"
        ordering = ["-year", "order", "id"]
        constraints = [
            words(
                "kind",
                ProductTableKind,
                name="contracts_product_table_kind",
                message="Deze soort tabel bestaat niet.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1990, year__lte=2100)
                & (Q(stated_amount__isnull=True) | Q(stated_amount__gte=0)),
                name="contracts_product_table_in_reach",
                violation_error_message="Kies een jaar van 1990 tot en met 2100.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProductRow(Revised, Sourced):
    """A row: how many, for how much; or which share of the clients, for combinations.

    In a table of products a row may say who provides it, so that each provider has its share.
    """

    table = models.ForeignKey(ProductTable, on_delete=models.PROTECT, related_name="rows")
    name = models.CharField("product of aanbieder", max_length=200)
    provider = models.CharField("aanbieder", max_length=150, blank=True)
    count = models.PositiveIntegerField("aantal", null=True, blank=True)
    amount = models.DecimalField("bedrag", max_digits=14, decimal_places=2, null=True, blank=True)
    percentage = models.DecimalField(
        "percentage", max_digits=5, decimal_places=2, null=True, blank=True
    )
    note = models.CharField("opmerking", max_length=250, blank=True)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "rij van een tabel met producten"
        verbose_name_plural = "rijen van tabellen met producten"
        ordering = ["table", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                models.F("table"),
                Lower("name"),
                Lower("provider"),
                name="contracts_product_row_unique",
                violation_error_message="Dit staat al in de tabel.",
            ),
            models.CheckConstraint(
                condition=(Q(amount__isnull=True) | Q(amount__gte=0))
                & (Q(percentage__isnull=True) | Q(percentage__gte=0, percentage__lte=100)),
                name="contracts_product_row_in_reach",
                violation_error_message="Een bedrag is 0 of meer, een percentage hoogstens 100.",
            ),
            models.CheckConstraint(
                condition=Q(count__isnull=False)
                | Q(amount__isnull=False)
                | Q(percentage__isnull=False),
                name="contracts_product_row_says",
                violation_error_message="Vul een aantal, een bedrag of een percentage in.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.provider}" if self.provider else self.name


class Rate(TypedValue, Revised, Sourced):
    """What a municipality pays for something, on a condition; or what share of the usual rate."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="rates")
    subject = models.CharField("waarvoor", max_length=100)
    condition = models.CharField("wanneer", max_length=150, blank=True)
    is_example = models.BooleanField("verzonnen voorbeeld", default=False)
    order = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta(TypedValue.Meta):
        verbose_name = "tarief"
        verbose_name_plural = "tarieven"
        ordering = ["subject", "municipality", "order", "id"]
        constraints = [
            *TypedValue.Meta.constraints,
            models.CheckConstraint(
                condition=Q(value_type__in=["amount", "percentage", "text"])
                & (Q(number__isnull=True) | Q(number__gte=Decimal(0))),
                name="contracts_rate_kind",
                violation_error_message="Een tarief is een bedrag of een percentage van 0 of meer.",
            ),
            models.UniqueConstraint(
                fields=["municipality", "subject", "condition"],
                name="contracts_rate_unique",
                violation_error_message="Dit tarief van deze gemeente staat er al.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.subject}"
