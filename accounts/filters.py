"""What a reader may choose above the lists of accounts and of the audit trail."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet

from accounts.audited import words
from accounts.constants import AuditResult
from accounts.models import AuditEntry, User
from core.filters import filter_helper
from core.forms import DayInput


def _actions() -> list[tuple[str, str]]:
    told = words()
    return sorted(
        ({name: told.label(name) for name in (*told.changes, *told.reads)}).items(),
        key=lambda pair: pair[1],
    )


def _people(request: Any) -> QuerySet[User]:
    return User.objects.order_by("name", "pk")


class AuditFilter(filters.FilterSet):  # type: ignore[misc] # the package ships no types
    wie = filters.ModelChoiceFilter(
        label="Wie", field_name="actor", queryset=_people, empty_label="iedereen"
    )
    handeling = filters.ChoiceFilter(
        label="Handeling", field_name="action", choices=_actions, empty_label="alle handelingen"
    )
    uitkomst = filters.ChoiceFilter(
        label="Uitkomst", field_name="result", choices=AuditResult.choices, empty_label="alle"
    )
    vanaf = filters.DateFilter(
        label="Vanaf", field_name="at", lookup_expr="date__gte", widget=DayInput
    )
    tot = filters.DateFilter(
        label="Tot en met", field_name="at", lookup_expr="date__lte", widget=DayInput
    )
    zoek = filters.CharFilter(label="Waarop of adres", method="with_word")

    class Meta:
        model = AuditEntry
        fields: list[str] = []

    @property
    def form(self) -> forms.Form:
        form: forms.Form = super().form
        form.helper = filter_helper()  # type: ignore[attr-defined] # read by crispy
        return form

    def with_word(self, rows: QuerySet[AuditEntry], name: str, word: str) -> QuerySet[AuditEntry]:
        return rows.filter(Q(target__icontains=word) | Q(origin__icontains=word))
