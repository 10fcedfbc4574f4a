"""Choosing what a goal contributes to."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import QueryDict

from agenda.constants import TREE_LEVELS
from agenda.edit_forms import PartForm
from agenda.models import Goal, contribution_faults
from agenda.tree import RANKS
from core.forms import GroupedCheckboxes

HELP = "Kies de doelen waar dit doel toe moet leiden. Zij staan op een hoger niveau."
WITHOUT_LEVEL = "niveau nog niet gekozen"
GONE = "Een van deze doelen staat niet meer in deze agenda. Open de bladzijde opnieuw."


class ContributionsForm(PartForm):
    """What a goal contributes to: the goals of its version on a higher level, or without one."""

    contributes_to = forms.ModelMultipleChoiceField(
        label="Draagt bij aan",
        queryset=Goal.objects.none(),
        required=False,
        widget=GroupedCheckboxes,
        help_text=HELP,
        error_messages={"invalid_choice": GONE, "invalid_pk_value": GONE},
    )

    class Meta:
        model = Goal
        fields = ["contributes_to"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelMultipleChoiceField[Goal]", self.fields["contributes_to"])
        others = Goal.objects.filter(theme__version=self.version).exclude(pk=self.instance.pk)
        field.queryset = others
        field.choices = self._by_level(list(others.order_by("theme__order", "order")))

    def clean_contributes_to(self) -> list[Goal]:
        chosen = list(self.cleaned_data["contributes_to"])
        found = contribution_faults(self.instance, [goal.pk for goal in chosen])
        if found:
            raise forms.ValidationError([fault.message for fault in found])
        return chosen

    def _by_level(self, others: list[Goal]) -> list[tuple[str, list[tuple[int, str]]]]:
        """What the goal may contribute to, grouped: the next level first, without a level last.

        What is ticked stands there too, also when it may not be.
        """
        own = RANKS.get(self.instance.level, -1)
        ticked = self.data.getlist("contributes_to") if isinstance(self.data, QueryDict) else []
        offered = [
            goal
            for goal in others
            if RANKS.get(goal.level, len(RANKS)) > own or str(goal.pk) in ticked
        ]
        groups = [*((level.value, str(level.label)) for level in TREE_LEVELS), ("", WITHOUT_LEVEL)]
        return [
            (name[:1].upper() + name[1:], found)
            for level, name in groups
            if (
                found := [
                    (goal.pk, f"{goal.number}. {goal}") for goal in offered if goal.level == level
                ]
            )
        ]
