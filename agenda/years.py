"""What the form over an agenda checks: its name, and whether its years are those of another too."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Organisation
from agenda.models import Agenda
from core.edits import RevisedForm
from core.periods import Period

AGREED = "overlap_is_meant"


class OwnYears(RevisedForm):
    """A form over an agenda with the fields ``owner``, ``short_name`` and ``period``.

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

    def clean_short_name(self) -> str:
        """The short name is its address too."""
        name: str = self.cleaned_data["short_name"]
        if not any(sign.isalnum() for sign in name):
            raise ValidationError("Kies een naam met letters of cijfers.")
        return name

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self._is_named_apart()
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

    def _is_named_apart(self) -> None:
        """Two agendas of one municipality under one short name look the same in every list."""
        name, owner = self.cleaned_data.get("short_name"), self.cleaned_data.get("owner")
        if not name or owner is None or not {"short_name", "owner"} & set(self.changed_data):
            return
        others = Agenda.objects.exclude(pk=self.instance.pk).filter(owner=owner)
        others = others.exclude(name__iexact=self.cleaned_data.get("name", ""))
        if others.filter(short_name__iexact=name).exists():
            self.add_error("short_name", f"{owner} heeft al een agenda die zo heet.")

    def _beside(self, owner: Organisation, period: Period) -> list[Agenda]:
        """The other agendas of ``owner`` with a year in common. One query.

        One of the same name is this one, on a second click: what comes next tells that.
        """
        name = self.cleaned_data.get("name", "")
        others = Agenda.objects.filter(owner=owner, period__isnull=False)
        others = others.exclude(pk=self.instance.pk).exclude(name__iexact=name)
        return [one for one in others if one.period.overlaps(period)]
