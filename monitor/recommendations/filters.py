"""What a reader may ask of the list of recommendations; the same of both kinds."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.filters import ListFilter
from monitor.constants import FollowUpState, NormRef
from monitor.normlist import norms_of_part
from monitor.recommendations.reading import OVER, responsible_choices

LATE, UNTOLD, UNASSIGNED = "te-laat", "zonder-stand", "niet-toegewezen"
STATES = [
    *((each.value, str(each.label)) for each in FollowUpState),
    (LATE, "te laat"),
    (UNTOLD, "nog geen stand vastgelegd"),
    (UNASSIGNED, "nog niet toegewezen"),
]


class RecommendationFilter(ListFilter):
    """Over the recommendations of investigations, or those of the supervisor; one query beside
    those of the list."""

    stand = django_filters.ChoiceFilter(
        label="Stand", choices=STATES, method="of_state", empty_label="alle"
    )
    norm = django_filters.ChoiceFilter(
        label="Norm", choices=NormRef.choices, method="of_norm", empty_label="alle"
    )
    wie = django_filters.ChoiceFilter(
        label="Verantwoordelijk",
        choices=responsible_choices,
        field_name="follow_up__responsible",
        empty_label="iedereen",
    )

    def of_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value == UNASSIGNED:
            return rows.filter(follow_up__isnull=True)
        if value == UNTOLD:
            return rows.filter(follow_up__isnull=False, state__isnull=True)
        if value == LATE:
            busy = Q(state__isnull=True) | ~Q(state__in=[each.value for each in OVER])
            return rows.filter(busy, follow_up__due_on__lt=timezone.localdate())
        return rows.filter(state=value)

    def of_norm(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """A part of the list asks for its norms as well."""
        return rows.filter(follow_up__norm__in=[value, *norms_of_part(value)])
