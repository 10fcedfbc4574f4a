"""Forms over talks of the council: the talk, and its points with what was promised."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from agenda.advising.subjects import Subjects
from agenda.constants import TalkPointKind
from agenda.models import AgendaVersion, CouncilTalk, CouncilTalkPoint
from core.edits import RevisedForm
from core.forms import DayInput

IN_THE_FUTURE = "Deze dag is nog niet geweest."
OF_A_PROMISE = ("promised_by", "due_on", "done_on", "done_note")


class TalkForm(RevisedForm):
    """About which agenda the council talked, when, and what about."""

    no_prose = frozenset({"url"})

    class Meta:
        model = CouncilTalk
        fields = ["version", "body", "held_on", "summary", "url"]
        widgets = {"held_on": DayInput, "summary": forms.Textarea(attrs={"rows": 5})}
        labels = {"version": "Over welke agenda", "body": "Wie sprak erover", "held_on": "Op"}
        help_texts = {
            "summary": "In het kort, voor wie er niet bij was. Noem fracties of functies, geen "
            "inwoners.",
            "url": "Waar het verslag of de opname staat. Begint met https://.",
        }
        error_messages = {
            "version": {"required": "Kies over welke agenda het gesprek ging."},
            "body": {"required": "Kies wie erover sprak."},
            "summary": {"required": "Schrijf waar het gesprek over ging."},
        }

    def __init__(self, *args: Any, versions: QuerySet[AgendaVersion], **kwargs: Any) -> None:
        self.versions = versions
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            del self.fields["version"]  # its points are about parts of that one
        else:
            field = cast("forms.ModelChoiceField[AgendaVersion]", self.fields["version"])
            field.queryset = versions
            field.empty_label = "kies een agenda"
        if self.instance.source_id is None:
            self.fields["held_on"].required = True

    def over(self, instance: models.Model) -> RevisedForm:
        return type(self)(instance=instance, versions=self.versions)

    def _get_validation_exclusions(self) -> set[str]:
        """The version of a talk that is there is no field, and yet decides what is double."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"version"}

    def clean_held_on(self) -> Any:
        return _not_later(self.cleaned_data["held_on"])


class TalkPointForm(RevisedForm):
    """What was said about a part of the agenda, or what was promised, by whom and until when."""

    about_key = forms.ChoiceField(label="Waar ging het over?", required=False)

    class Meta:
        model = CouncilTalkPoint
        fields = ["about_key", "kind", "text", "promised_by", "due_on", "done_on", "done_note"]
        widgets = {
            "kind": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 5}),
            "due_on": DayInput,
            "done_on": DayInput,
            "done_note": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {
            "text": "Wat is gezegd of toegezegd?",
            "promised_by": "Wie deed de toezegging?",
            "due_on": "Voor welke dag?",
            "done_on": "Nagekomen op",
            "done_note": "Hoe is zij nagekomen?",
        }
        help_texts = {
            "promised_by": "Alleen bij een toezegging. Een functie, zoals de wethouder zorg.",
            "due_on": "Alleen als er een dag is afgesproken.",
            "done_on": "Laat dit leeg zolang de toezegging loopt.",
        }
        error_messages = {
            "kind": {"required": "Kies of het is besproken of toegezegd."},
            "text": {"required": "Schrijf wat is gezegd of toegezegd."},
        }

    def __init__(self, *args: Any, subjects: Subjects, **kwargs: Any) -> None:
        self.subjects = subjects
        super().__init__(*args, **kwargs)
        choices: list[Any] = list(subjects.choices)
        held = self.instance.about_key
        if held and held not in subjects.labels:  # that part has gone since
            choices.append((held, self.instance.about))
        cast("forms.ChoiceField", self.fields["about_key"]).choices = choices
        kind = cast("forms.ChoiceField", self.fields["kind"])
        kind.choices = TalkPointKind.choices

    def over(self, instance: models.Model) -> RevisedForm:
        return type(self)(instance=instance, subjects=self.subjects)

    def clean_due_on(self) -> Any:
        return self._not_before_the_talk("due_on")

    def clean_done_on(self) -> Any:
        return _not_later(self._not_before_the_talk("done_on"))

    def _not_before_the_talk(self, name: str) -> Any:
        day, held_on = self.cleaned_data[name], self.instance.talk.held_on
        if day is not None and held_on is not None and day < held_on:
            raise forms.ValidationError(
                f"Het gesprek was op {held_on:%d-%m-%Y}. Kies die dag of een latere."
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == TalkPointKind.PROMISE:
            if not cleaned.get("promised_by"):
                self.add_error("promised_by", "Schrijf wie de toezegging deed.")
            if cleaned.get("done_on") and not cleaned.get("done_note"):
                self.add_error("done_note", "Schrijf hoe de toezegging is nagekomen.")
            if cleaned.get("done_note") and not cleaned.get("done_on"):
                self.add_error("done_on", "Vul in op welke dag zij is nagekomen.")
        elif cleaned.get("kind"):
            for name in OF_A_PROMISE:
                if cleaned.get(name):
                    self.add_error(name, "Dit hoort bij een toezegging. Laat het leeg.")
        key = cleaned.get("about_key", "")
        self.instance.about = self.subjects.labels.get(key, self.instance.about)
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if len(self.errors) > 1:  # said at the fields already
            self.errors.pop("__all__", None)

    def also_written(self) -> dict[str, Any]:
        return {"about": self.instance.about}


def _not_later(day: Any) -> Any:
    if day is not None and day > timezone.localdate():
        raise forms.ValidationError(IN_THE_FUTURE)
    return day
