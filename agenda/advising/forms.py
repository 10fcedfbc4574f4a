"""The forms of a consultation round: the round, whom to ask, points, letters and answers."""

from __future__ import annotations

import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from accounts.constants import OrganisationKind
from accounts.models import Organisation
from agenda.advising.subjects import Subjects
from agenda.constants import AdviceKind, AdviceOutcome
from agenda.models import (
    Advice,
    AdviceAnswer,
    AdvicePoint,
    AgendaVersion,
    ConsultationRound,
)
from core.edits import RevisedForm
from core.filters import filter_helper
from core.forms import DayField, DayInput, TextForm
from core.periods import FIRST_YEAR

COUNCIL = "adviesraad"


def _paper(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class RoundForm(RevisedForm):
    """What is asked, and from when until when."""

    class Meta:
        model = ConsultationRound
        fields = ["title", "question", "opens_on", "closes_on", "is_announced"]
        labels = {
            "question": "Vraag aan de lezer",
            "is_announced": "Noem deze ronde ook als de agenda nog een concept is",
        }
        help_texts = {
            "title": "Bijvoorbeeld: Advies op het concept van MAG 3.0.",
            "question": "Waar wilt u advies over? U mag dit leeg laten.",
            "closes_on": "De laatste dag waarop advies binnen kan komen.",
            "is_announced": (
                "Titel en dagen staan dan op de openbare bladzijde met plannen. De inhoud van het "
                "concept blijft besloten."
            ),
        }
        widgets = {"question": _paper(4), "opens_on": DayInput(), "closes_on": DayInput()}

    def __init__(self, *args: Any, version: AgendaVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        if self.instance.pk is None:
            self.instance.version = version
        for name in ("opens_on", "closes_on"):
            self.fields[name].required = True

    def over(self, instance: models.Model) -> RevisedForm:
        return type(self)(instance=instance, version=self.version)

    def _get_validation_exclusions(self) -> set[str]:
        """The version is no field, and yet decides what is double."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"version"}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        opens, closes = self.cleaned_data.get("opens_on"), self.cleaned_data.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", "De ronde sluit voordat zij opent. Kies een latere dag.")
        for name, day in (("opens_on", opens), ("closes_on", closes)):
            if day and day.year < FIRST_YEAR:
                self.add_error(name, f"Kies een dag vanaf {FIRST_YEAR}.")
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if "closes_on" in self.errors:  # said at the field already
            self.errors.pop("__all__", None)


class InviteForm(forms.Form):
    """Whom to ask, of those who are not asked yet."""

    bodies = forms.MultipleChoiceField(
        label="Wie nodigt u uit?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één organisatie, of de adviesraad."},
    )

    def __init__(self, *args: Any, asked: set[int | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {
            str(row.pk): row
            for row in Organisation.objects.exclude(kind=OrganisationKind.MUNICIPALITY)
            .exclude(pk__in=[pk for pk in asked if pk is not None])
            .order_by("name")
        }
        choices = [(key, row.name) for key, row in self.organisations.items()]
        if None not in asked:
            choices.insert(0, (COUNCIL, "De adviesraad"))
        cast(forms.MultipleChoiceField, self.fields["bodies"]).choices = choices

    @property
    def chosen(self) -> list[Organisation | None]:
        """None stands for the advisory council."""
        return [self.organisations.get(key) for key in self.cleaned_data["bodies"]]


class PointForm(RevisedForm):
    """One point of an advice. Without ``subjects`` it does not ask what the point is about."""

    about_key = forms.ChoiceField(label="Waar gaat het over?", required=False)

    class Meta:
        model = AdvicePoint
        fields = ["about_key", "kind", "text"]
        labels = {"kind": "Wat is het?", "text": "Wat wilt u zeggen?"}
        widgets = {"text": _paper(6)}

    def __init__(self, *args: Any, subjects: Subjects | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subjects = subjects
        if subjects is None:
            del self.fields["about_key"]
            return
        self.labels = dict(subjects.labels)
        choices = list(subjects.choices)
        key, about = self.instance.about_key, self.instance.about
        if key and key not in self.labels:  # that part of the agenda is gone meanwhile
            self.labels[key] = about
            choices.append((key, about))
        cast(forms.ChoiceField, self.fields["about_key"]).choices = choices

    def over(self, instance: models.Model) -> RevisedForm:
        return type(self)(instance=instance, subjects=self.subjects)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.instance.about = self._about
        return cleaned

    def also_written(self) -> dict[str, Any]:
        return {"about": self._about}

    @property
    def _about(self) -> str:
        if self.subjects is None:
            return str(self.instance.about)
        return self.labels.get(self.cleaned_data.get("about_key", ""), "")


class LetterForm(RevisedForm):
    """Who wrote a letter, and its day."""

    class Meta:
        model = Advice
        fields = ["body", "given_on"]
        labels = {"body": "Afzender", "given_on": "Datum van de brief"}
        help_texts = {"body": "Zoals de brief het zegt, bijvoorbeeld Adviesraad Sociaal domein."}
        widgets = {"given_on": DayInput()}

    def __init__(self, *args: Any, round: ConsultationRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round
        if self.instance.pk is None:
            self.instance.round = round
        self.fields["given_on"].required = True

    def over(self, instance: models.Model) -> RevisedForm:
        return type(self)(instance=instance, round=self.round)

    def _get_validation_exclusions(self) -> set[str]:
        """The round and the invitation are no fields, and yet decide what is double."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"round", "invitation"}

    def clean_given_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["given_on"]
        if day > timezone.localdate():
            raise ValidationError("Deze dag moet nog komen. Neem de datum van de brief over.")
        if day.year < FIRST_YEAR:
            raise ValidationError(f"Kies een dag vanaf {FIRST_YEAR}.")
        return day


class SubmitForm(TextForm):
    """On whose behalf an advice is handed in."""

    body = forms.CharField(label="Namens", max_length=150)


class AnswerForm(RevisedForm):
    """What the municipality does with a point, and why."""

    class Meta:
        model = AdviceAnswer
        fields = ["outcome", "reason", "change"]
        labels = {
            "outcome": "Wat doet de gemeente hiermee?",
            "reason": "Waarom?",
            "change": "Wat is er veranderd, en waar?",
        }
        help_texts = {"change": "Mag leeg blijven. Noem het thema of het doel."}
        widgets = {"reason": _paper(6), "change": _paper(3)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_advice = self.instance.point.kind == AdviceKind.ADVICE
        outcomes = [
            (one.value, one.label)
            for one in AdviceOutcome
            if one != AdviceOutcome.NOT_STATED and not (is_advice and one == AdviceOutcome.REPLIED)
        ]
        self.fields["outcome"] = forms.ChoiceField(
            label=self.fields["outcome"].label, choices=outcomes, widget=forms.RadioSelect
        )
        self.fields["reason"].required = True
        self.order_fields(["outcome", "reason", "change"])


class FinishForm(TextForm):
    """How the answer goes out."""

    answered_by = forms.CharField(
        label="Afzender",
        max_length=100,
        initial="het college van burgemeester en wethouders",
    )
    answered_on = DayField(label="Datum van het antwoord")
    foreword = forms.CharField(
        label="Inleiding van de brief",
        required=False,
        max_length=5_000,
        widget=_paper(5),
        help_text="Mag leeg blijven. De brief noemt daarna elk punt met uw antwoord.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answered_on"].initial = timezone.localdate

    def clean_answered_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["answered_on"]
        if day > timezone.localdate():
            raise ValidationError("Deze dag moet nog komen. Rond de ronde die dag af.")
        if day.year < FIRST_YEAR:
            raise ValidationError(f"Kies een dag vanaf {FIRST_YEAR}.")
        return day


class OutcomeForm(forms.Form):
    """Which answers the public page shows."""

    antwoord = forms.ChoiceField(
        label="Antwoord",
        required=False,
        choices=[
            ("", "alle antwoorden"),
            *((one.value, one.label) for one in AdviceOutcome if one.value),
            ("onbekend", AdviceOutcome.NOT_STATED.label),
        ],
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.helper = filter_helper()

    @property
    def chosen(self) -> str | None:
        """The outcome that was asked for; None without a choice or with a wrong one."""
        told = str(self.cleaned_data.get("antwoord") or "") if self.is_valid() else ""
        return {"": None, "onbekend": AdviceOutcome.NOT_STATED.value}.get(told, told)
