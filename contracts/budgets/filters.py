"""What a reader may choose above the list of budget lines."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from accounts.models import Organisation
from agenda.models import Theme
from contracts.models import Allocation
from contracts.models.allocations import DURATIONS, ORIGINS
from core.filters import ListFilter, WordFilter


def themes(request: Any) -> QuerySet[Theme]:
    used = Allocation.objects.order_by().values("theme")
    return Theme.objects.filter(pk__in=used).select_related("version__agenda").in_order()


def partners(request: Any) -> QuerySet[Organisation]:
    used = Allocation.objects.order_by().values("contract__partner")
    return Organisation.objects.filter(pk__in=used).order_by("name")


class AllocationFilter(ListFilter):
    """The year stands in the address of the page; a wrong one chooses nothing."""

    zoek = WordFilter("Woord in de post", ("label", "earmark", "scheme"))
    herkomst = filters.ChoiceFilter(
        label="Herkomst", field_name="origin", choices=ORIGINS, empty_label="alle"
    )
    soort = filters.ChoiceFilter(
        label="Soort", field_name="duration", choices=DURATIONS, empty_label="alle"
    )
    thema = filters.ModelChoiceFilter(
        label="Thema", field_name="theme", queryset=themes, empty_label="alle thema’s"
    )
    partner = filters.ModelChoiceFilter(
        label="Partner", field_name="contract__partner", queryset=partners, empty_label="alle"
    )
    zonder = filters.BooleanFilter(
        label="Alleen zonder bedrag", method="without", widget=forms.CheckboxInput
    )

    class Meta(ListFilter.Meta):
        model = Allocation

    def without(self, rows: Any, name: str, wanted: bool) -> Any:
        return rows.exclude(absence="") if wanted else rows
