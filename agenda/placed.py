"""What every form over a goal checks: its date is whole, and it fits in the goal tree."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from agenda.models import contribution_faults
from core.edits import RevisedForm
from core.periods import FIRST_YEAR, LAST_YEAR


class PlacedInTree(RevisedForm):
    """A form over a goal with the fields ``level``, ``due_kind`` and ``due_on``."""

    def clean_due_on(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["due_on"]
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(f"Kies een dag van {FIRST_YEAR} tot en met {LAST_YEAR}.")
        return day

    def clean(self) -> dict[str, Any] | None:
        """The two halves of a date, each told at its own field."""
        cleaned = super().clean()
        kind, day = self.cleaned_data.get("due_kind"), self.cleaned_data.get("due_on")
        if kind and not day and "due_on" not in self.errors:
            self.add_error("due_on", "Vul de dag in, of kies ‘niet vermeld’.")
        elif day and not kind and "due_kind" not in self.errors:
            self.add_error("due_kind", "Kies of het doel op deze dag geldt of vanaf deze dag.")
        return cleaned

    def _post_clean(self) -> None:
        """On its new level the goal still has to fit between what it leads to and what leads to
        it; the instance holds that level only now."""
        super()._post_clean()  # type: ignore[misc] # Django's own, not in its stubs
        if self.instance.pk is not None and "level" not in self.errors:
            for fault in contribution_faults(self.instance):
                self.add_error("level", fault.message)
