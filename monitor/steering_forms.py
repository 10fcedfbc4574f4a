"""Forms over who steers by what."""

from __future__ import annotations

from typing import Any

from django import forms

from core.edits import RevisedForm
from core.forms import DayInput
from monitor.constants import Product
from monitor.models import SteeringArrangement


class ArrangementForm(RevisedForm):
    """An arrangement: new, in the place of another one, or one that says it better."""

    class Meta:
        model = SteeringArrangement
        fields = [
            "level",
            "manner",
            "who",
            "product",
            "product_name",
            "frequency",
            "decides",
            "since",
            "decision",
        ]
        widgets = {"since": DayInput, "decides": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "who": "Een functie of orgaan, zoals de raadscommissie. Geen namen van mensen.",
            "frequency": "Bijvoorbeeld: elk halfjaar, in april en oktober.",
            "decides": "Wat kan dit niveau doen met wat het leest?",
            "decision": "Welk besluit, van wie, en van welke datum.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.source_id is None:
            self.fields["since"].required = True
            self.fields["decision"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        other = cleaned.get("product") == Product.OTHER
        name = cleaned.get("product_name")
        if other and not name:
            self.add_error("product_name", "Schrijf hoe dit stuk heet.")
        elif cleaned.get("product") and not other and name:
            self.add_error("product_name", "Dit stuk heeft al een naam. Laat dit leeg.")
        self._check_start(cleaned)
        return cleaned

    def _check_start(self, cleaned: dict[str, Any]) -> None:
        since, row = cleaned.get("since"), self.instance
        if since is None:
            return
        if row.until is not None and since > row.until:
            self.add_error("since", f"Deze afspraak gold tot en met {row.until:%d-%m-%Y}.")
        old = row.replaces if row.pk is None else None
        if old is not None and old.since is not None and since <= old.since:
            self.add_error(
                "since", f"De afspraak die u vervangt, geldt pas vanaf {old.since:%d-%m-%Y}."
            )


class ArrangementEndForm(RevisedForm):
    """The last day of an arrangement that nothing replaces, and by which decision."""

    class Meta:
        model = SteeringArrangement
        fields = ["until", "ended_by"]
        labels = {"until": "Laatste dag"}
        widgets = {"until": DayInput}
        help_texts = {"ended_by": "Welk besluit, van wie, en van welke datum."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:
            self.fields[name].required = True

    def clean_until(self) -> Any:
        until, since = self.cleaned_data["until"], self.instance.since
        if since is not None and until < since:
            raise forms.ValidationError(f"Deze afspraak geldt pas vanaf {since:%d-%m-%Y}.")
        return until
