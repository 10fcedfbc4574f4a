"""What the form over an agenda checks: whether its years are the years of another agenda too."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Organisation
from agenda.models import Agenda
from core.edits import RevisedForm
from core.periods import Period

AGREED = "overlap_is_meant"


class OwnYears(RevisedForm):
    """A form over an agenda with the fields ``owner`` and ``period``.

    Two agendas of one municipality in one year is unusual and possible: an agenda that ends early,
    or one for youth beside one for all. So the officer confirms it; the box comes when needed.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get(self.add_prefix(AGREED)):
            self._ask()

    def _ask(self) -> None:
        """The box comes right after the years that it is about."""
        self.fields[AGREED] = forms.BooleanField(
            label="De looptijden overlappen, en dat is de bedoeling", required=False
        )
        names = [name for name in self.fields if name != AGREED]
        place = names.index("period") + 1
        self.order_fields([*names[:place], AGREED, *names[place:]])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        owner, period = self.cleaned_data.get("owner"), self.cleaned_data.get("period")
        is_agreed = self.cleaned_data.get(AGREED, False)
        is_old = self.instance.pk is not None and not {"owner", "period"} & set(self.changed_data)
        if owner is None or period is None or is_agreed or is_old:
            return cleaned
        if beside := self._beside(owner, period):
            self._ask()
            told = ", ".join(f"{one.short_name} ({one.period})" for one in beside)
            self.add_error(
                AGREED,
                f"In deze jaren loopt ook {told}. Kies een andere looptijd, of vink aan dat het "
                "klopt.",
            )
        return cleaned

    def _beside(self, owner: Organisation, period: Period) -> list[Agenda]:
        """The other agendas of ``owner`` with a year in common. One query.

        One of the same name is this one, on a second click: what comes next tells that.
        """
        name = self.cleaned_data.get("name", "")
        others = Agenda.objects.filter(owner=owner, period__isnull=False)
        others = others.exclude(pk=self.instance.pk).exclude(name__iexact=name)
        return [one for one in others if one.period.overlaps(period)]
