"""The form over a breakdown and its groups, one on a line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from agenda.models import Breakdown, Group
from core.edits import RevisedForm

MOST_GROUPS = 24  # rows of a table that a reader still takes in
NAME_LENGTH = 100


class BreakdownForm(RevisedForm):
    """Groups keep their figures: a line that is changed in its place is the same group."""

    groups = forms.CharField(
        label="Groepen",
        help_text="Elke groep op een eigen regel, in de volgorde waarin u ze wilt zien.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    class Meta:
        model = Breakdown
        fields = ["name", "is_partition"]
        labels = {"name": "Naam van de uitsplitsing"}
        help_texts = {"name": "Bijvoorbeeld leeftijd, huishouden of inkomen."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["name", "groups", "is_partition"])
        if self.instance.pk is not None:
            self.initial["groups"] = "\n".join(self.instance.groups.values_list("name", flat=True))

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = Breakdown.objects.exclude(pk=self.instance.pk)
        if others.filter(name__iexact=name).exists():
            raise ValidationError("Deze uitsplitsing is er al. Wijzig die, of kies een andere.")
        return name

    def clean_groups(self) -> str:
        lines = [" ".join(line.split()) for line in self.cleaned_data["groups"].splitlines()]
        names = [line for line in lines if line]
        double = sorted({name for name in names if names.count(name) > 1})
        if double:
            raise ValidationError(f"‘{double[0]}’ staat er twee keer. Haal er één weg.")
        if len(names) < 2 or len(names) > MOST_GROUPS:
            raise ValidationError(f"Noem ten minste twee en ten hoogste {MOST_GROUPS} groepen.")
        long = [name for name in names if len(name) > NAME_LENGTH]
        if long:
            raise ValidationError(f"‘{long[0][:40]}…’ is te lang: {NAME_LENGTH} tekens passen.")
        if self.instance.pk is not None:
            gone = [group for group in _placed(self.instance, names)[1] if _is_used(group)]
            if gone:
                raise ValidationError(
                    f"Van ‘{gone[0]}’ zijn er meetwaarden. Die groep kan niet weg; een andere naam "
                    "geven kan wel, op dezelfde regel."
                )
        return "\n".join(names)

    def _save_m2m(self) -> None:
        """The groups as the lines say, each in its place."""
        super()._save_m2m()  # type: ignore[misc] # Django's own, not in its stubs
        names = self.cleaned_data["groups"].split("\n")
        kept, gone = _placed(self.instance, names)
        for group in gone:
            group.delete()
        # Out of each other's way first: two groups may have changed names.
        for place, group in kept.items():
            Group.objects.filter(pk=group.pk).exclude(name=names[place]).update(name=f"#{group.pk}")
        for place, name in enumerate(names):
            if place in kept:
                Group.objects.filter(pk=kept[place].pk).update(name=name, order=place)
            else:
                Group.objects.create(breakdown=self.instance, name=name, order=place)


def _placed(breakdown: Breakdown, names: list[str]) -> tuple[dict[int, Group], list[Group]]:
    """Which group goes on by place in ``names``, and which goes. One query.

    A group goes on where its name is; or under a new name on its own line.
    """
    held = list(breakdown.groups.all())
    called = {group.name: group for group in held}
    kept = {place: called[name] for place, name in enumerate(names) if name in called}
    gone = []
    for place, group in enumerate(held):
        if group.name in names:
            continue
        if place < len(names) and place not in kept:
            kept[place] = group
        else:
            gone.append(group)
    return kept, gone


def _is_used(group: Group) -> bool:
    return group.observations.exists()
