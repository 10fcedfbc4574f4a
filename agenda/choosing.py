"""Choosing one indicator out of the library, in any form that asks for one."""

from __future__ import annotations

from typing import Any

from agenda.constants import IndicatorLevel
from agenda.models import Indicator
from core.choosing import RowField
from core.values import ValueType


class IndicatorField(RowField):
    """An indicator, under its subject or the theme of the agenda that measures with it.

    Without ``queryset`` every indicator is offered; any other comes with ``in_groups()`` too.
    """

    def __init__(self, queryset: Any = None, **kwargs: Any) -> None:
        rows = Indicator.objects.in_groups() if queryset is None else queryset
        super().__init__(queryset=rows, **kwargs)

    def heading(self, row: Indicator) -> str:
        return row.heading or f"Over {IndicatorLevel(row.level).label}"  # type: ignore[attr-defined] # see in_groups

    def label_from_instance(self, obj: Indicator) -> str:
        if not obj.value_type:
            return f"{obj.name} (soort waarde nog onbekend)"
        return f"{obj.name} ({ValueType(obj.value_type).label})"
