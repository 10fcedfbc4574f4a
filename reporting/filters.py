"""What the contract manager may choose above the inbox."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Organisation
from core.filters import ListFilter
from reporting.constants import ReportStatus
from reporting.models import Report


def partners(request: Any) -> QuerySet[Organisation]:
    reports = Report.objects.of_system()
    return Organisation.objects.filter(contracts__reports__in=reports).distinct().order_by("name")


LATE = "late"


class InboxFilter(ListFilter):
    partner = filters.ModelChoiceFilter(
        label="Partner",
        field_name="contract__partner",
        queryset=partners,
        empty_label="alle partners",
    )
    stand = filters.ChoiceFilter(
        label="Stand",
        method="in_state",
        choices=[*ReportStatus.choices, (LATE, "te laat")],
        empty_label="alle standen",
    )
    overeenkomst = filters.CharFilter(field_name="contract__slug", widget=forms.HiddenInput)

    class Meta(ListFilter.Meta):
        model = Report

    def in_state(self, rows: QuerySet[Report], name: str, state: str) -> QuerySet[Report]:
        if state != LATE:
            return rows.filter(status=state)
        return rows.filter(pk__in=Report.objects.late(timezone.localdate()).values("pk"))
