"""For whom a goal is and where: chosen from what other goals have, or named anew in its form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from agenda.constants import AreaKind
from agenda.models import Area, Goal, TargetGroup
from agenda.slugs import free_slug
from core.edits import RevisedForm
from core.forms import RowsField

LONGEST_NAME = 100
COMMAS = "Meer dan één? Zet er een komma tussen."


@dataclass(frozen=True)
class Named:
    """A field in which rows of ``model`` that are not there yet are named, for ``chosen``."""

    chosen: str
    model: type[TargetGroup | Area]
    extra: dict[str, Any]

    def row(self, name: str) -> models.Model:
        """The row of this name, whatever its capitals; made when there is none. Two queries."""
        rows = cast("models.QuerySet[Any]", self.model._default_manager)
        found: models.Model | None = rows.filter(name__iexact=name, **self.extra).first()
        if found is not None:
            return found
        slug = free_slug(rows.all(), name, otherwise=str(self.model._meta.verbose_name))
        made: models.Model = rows.create(name=name, slug=slug, **self.extra)
        return made


NEW = {
    "new_groups": Named("target_groups", TargetGroup, {}),
    "new_villages": Named("areas", Area, {"kind": AreaKind.CORE}),
    "new_districts": Named("areas", Area, {"kind": AreaKind.DISTRICT}),
}


class FramesOfGoal(RevisedForm):
    """The part of the form of a goal that says for whom it is, and for which villages."""

    target_groups = RowsField(
        label="Doelgroepen",
        queryset=TargetGroup.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    new_groups = forms.CharField(
        label="Doelgroepen die er nog niet bij staan",
        help_text=COMMAS,
        required=False,
        max_length=500,
    )
    areas = RowsField(
        label="Kernen en wijken",
        help_text="Zonder keuze geldt het doel voor de hele gemeente.",
        queryset=Area.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    new_villages = forms.CharField(
        label="Kernen die er nog niet bij staan", help_text=COMMAS, required=False, max_length=500
    )
    new_districts = forms.CharField(
        label="Wijken die er nog niet bij staan", help_text=COMMAS, required=False, max_length=500
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("target_groups", TargetGroup.objects.in_use())
        self._offer("areas", Area.objects.parts_of_town())

    def _offer(self, name: str, rows: models.QuerySet[Any]) -> None:
        """The rows to choose from; no field where there are none yet."""
        if rows.exists():
            cast("forms.ModelMultipleChoiceField[Any]", self.fields[name]).queryset = rows
        else:
            del self.fields[name]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for field in NEW:
            if any(len(name) > LONGEST_NAME for name in self._typed(field)):
                self.add_error(
                    field, ValidationError(f"Een naam heeft hoogstens {LONGEST_NAME} tekens.")
                )
        return cleaned

    def _typed(self, field: str) -> list[str]:
        """The names in ``field``, each once, without spare spaces."""
        names = (" ".join(name.split()) for name in self.cleaned_data.get(field, "").split(","))
        return list({name.casefold(): name for name in names if name}.values())

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc] # Django's own, not in its stubs
        for field, named in NEW.items():
            for name in self._typed(field):
                getattr(self.instance, named.chosen).add(named.row(name))

    def _differences(self, theirs: RevisedForm) -> dict[str, Any]:
        """A row that was named anew by a first click is chosen for who clicks again."""
        found = {
            name: value
            for name, value in super()._differences(theirs).items()
            if name not in NEW and name not in {"target_groups", "areas"}
        }
        held = cast(Goal, theirs.instance)
        for name in self.fields.keys() & {"target_groups", "areas"}:
            theirs_too = list(getattr(held, name).all())
            if {str(row).casefold() for row in theirs_too} != set(self._wanted(name)):
                found[name] = theirs_too
        return found

    def _wanted(self, chosen: str) -> Iterator[str]:
        for row in self.cleaned_data.get(chosen) or ():
            yield str(row).casefold()
        for field, named in NEW.items():
            if named.chosen == chosen:
                yield from (name.casefold() for name in self._typed(field))
