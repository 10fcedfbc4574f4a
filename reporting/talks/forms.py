"""Which reports a talk is about."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from core.forms import RowsField, TextForm
from reporting.models import Report


class TalkedReportsForm(TextForm):
    reports = RowsField(
        label="Welke rapportages bespreekt u?",
        queryset=Report.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, contracts: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelMultipleChoiceField[Report]", self.fields["reports"])
        rows = Report.objects.of_system().filter(contract__in=contracts)
        field.queryset = rows.order_by("-due_on", "pk")
