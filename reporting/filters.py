"""What the contract manager may choose above the inbox."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from accounts.models import Organisation
from core.filters import ListFilter
from reporting.constants import ReportStatus
from reporting.models import Report


def partners(request: Any) -> QuerySet[Organisation]:
    reports = Report.objects.of_system()
    return Organisation.objects.filter(contracts__reports__in=reports).distinct().order_by("name")


class InboxFilter(ListFilter):
    partner = filters.ModelChoiceFilter(
        label="Partner",
        field_name="contract__partner",
        queryset=partners,
        empty_label="alle partners",
    )
    stand = filters.ChoiceFilter(
        label="Stand", field_name="status", choices=ReportStatus.choices, empty_label="alle standen"
    )
    overeenkomst = filters.CharFilter(field_name="contract__slug", widget=forms.HiddenInput)

    class Meta(ListFilter.Meta):
        model = Report
