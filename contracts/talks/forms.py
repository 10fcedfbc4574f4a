"""The forms over talks, their points, action points and decisions."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from accounts.access import holders_of
from accounts.constants import OrganisationKind, Role
from accounts.models import Organisation, User
from agenda.models import Goal
from agenda.task_forms import not_to_come
from contracts.forms.rows import CHOOSE, RowFormSet, row_formset
from contracts.models import (
    KPI,
    ActionPoint,
    Contract,
    Decision,
    Meeting,
    MeetingPoint,
    MeetingRhythm,
    Project,
)
from contracts.projects.forms import text_area
from contracts.talk_constants import (
    COUNTED_KINDS,
    ActionKind,
    DecisionKind,
    MeetingKind,
    Presence,
)
from contracts.talks.rules import LEAST_EXECUTIVE, LEAST_OFFICIAL
from core.edits import LONGEST_TEXT, TOO_LONG, RevisedForm
from core.forms import DayInput, RowsField, TextForm
from core.periods import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    DecisionModelForm = forms.ModelForm[Decision]
else:
    DecisionModelForm = forms.ModelForm

LONG = MaxLengthValidator(LONGEST_TEXT, TOO_LONG)
MOST_TALKS = 52  # a year: once a week
NO_NAMES = "Noem een functie, geen naam: zo blijft het ook later duidelijk."


def offered_contracts() -> QuerySet[Contract]:
    """Contracts that are no draft, by title."""
    return Contract.objects.readable().order_by("title")


def offered_partners(held: Iterable[int | None] = ()) -> QuerySet[Organisation]:
    """Partners that did not go on under another, and those that the row holds (``held``)."""
    rows = Organisation.objects.to_choose(held)
    return rows.exclude(kind=OrganisationKind.MUNICIPALITY).order_by("name")


def _held(row: models.Model, name: str) -> list[int]:
    """The keys of what a row of many to many holds. One query, and none for a new row."""
    return [] if row.pk is None else [one.pk for one in getattr(row, name).all()]


def offered_owners() -> QuerySet[User]:
    """Who at the municipality can own an action point."""
    roles = (Role.CONTRACT_MANAGER, Role.POLICY_OFFICER, Role.FUNCTIONAL_MANAGER, Role.COLLEGE)
    return holders_of(*roles).order_by("name")


def _offer(form: forms.BaseForm, name: str, rows: QuerySet[Any], empty: str = "") -> None:
    field = cast("forms.ModelChoiceField[Any]", form.fields[name])
    field.queryset = rows
    if empty:
        field.empty_label = empty


class MeetingForm(RevisedForm):
    """When is met, about what, and with whom."""

    contracts = RowsField(
        label="Over welke overeenkomsten",
        queryset=Contract.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    partners = RowsField(
        label="Met welke andere organisaties",
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="De partner van een overeenkomst die u hierboven koos, hoort er al bij.",
    )

    class Meta:
        model = Meeting
        fields = [
            "kind",
            "title",
            "day",
            "starts_at",
            "place",
            "contracts",
            "partners",
            "is_shared",
        ]
        labels = {"is_shared": "De partner leest dit overleg in het portaal"}
        help_texts = {
            "title": "Bijvoorbeeld: voortgangsgesprek over het eerste halfjaar.",
            "is_shared": (
                "De agenda, het verslag, de actiepunten en wie erbij was. Zijn er meer partners, "
                "dan lezen zij allemaal mee. De partner kan zelf punten op de agenda zetten."
            ),
        }
        widgets = {
            "day": DayInput,
            "starts_at": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "contracts", offered_contracts())
        _offer(self, "partners", offered_partners(_held(self.instance, "partners")))
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = CHOOSE + MeetingKind.choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        contracts, partners = cleaned.get("contracts"), cleaned.get("partners")
        kind, day = cleaned.get("kind"), cleaned.get("day")
        if self.instance.is_held and day is not None and day > timezone.localdate():
            self.add_error("day", "Dit overleg is al gehouden. Kies vandaag of een eerdere dag.")
        if kind in COUNTED_KINDS and not contracts and "contracts" not in self.errors:
            self.add_error(
                "contracts",
                "Kies ten minste één overeenkomst: hiervoor geldt hoe vaak u overlegt.",
            )
        elif kind and kind != MeetingKind.CONFERENCE and not contracts and not partners:
            self.add_error("partners", "Kies met wie u overlegt, of over welke overeenkomst.")
        return cleaned


class CancelForm(TextForm):
    reason = forms.CharField(label="Waarom vervalt het?", max_length=300)


class RecordForm(forms.Form):
    """The mark of the minutes that were read before they are laid down."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class PointForm(RevisedForm):
    class Meta:
        model = MeetingPoint
        fields = ["title", "text", "minutes"]
        labels = {
            "title": "Agendapunt",
            "text": "Waarom staat dit op de agenda, of wat is de vraag?",
            "minutes": "Verslag: wat is besproken?",
        }
        help_texts = {
            "minutes": "Vul dit in na het overleg. Schrijf op wat is besproken en afgesproken, "
            "zonder gegevens van cliënten."
        }
        widgets = {"text": text_area(2), "minutes": text_area(6)}


class RaisedPointForm(TextForm):
    """A point or question of a partner."""

    title = forms.CharField(label="Agendapunt of vraag, in het kort", max_length=150)
    text = forms.CharField(
        label="Toelichting", required=False, widget=text_area(3), validators=[LONG]
    )


class AttendanceRow(TextForm):
    who = forms.CharField(label="Wie (functie)", max_length=120)
    organisation = forms.ModelChoiceField(
        label="Van welke organisatie", queryset=Organisation.objects.none(),
        required=False, empty_label="niet gekozen",
    )  # fmt: skip
    presence = forms.ChoiceField(label="Aanwezigheid", choices=CHOOSE + Presence.choices)
    note = forms.CharField(label="Toelichting", max_length=200, required=False)

    def __init__(self, *args: Any, held: Iterable[int] = (), **kwargs: Any) -> None:
        """``held``: the organisations that are on the list already."""
        super().__init__(*args, **kwargs)
        _offer(self, "organisation", Organisation.objects.to_choose(held).order_by("name"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("presence") == Presence.NOT_INVOLVED and not cleaned.get("note"):
            self.add_error("note", "Schrijf waarom deze organisatie niet is betrokken.")
        return cleaned


class AttendanceFormSet(RowFormSet):
    def check(self, rows: list[dict[str, Any]]) -> None:
        seen = set()
        for row in rows:
            one = (row["who"].casefold(), row["organisation"])
            if one in seen:
                raise forms.ValidationError(f"‘{row['who']}’ staat er twee keer in.")
            seen.add(one)


ATTENDANCE = row_formset(AttendanceRow, AttendanceFormSet)
ATTENDANCE_FIELDS = ("who", "organisation", "presence", "note")


class ActionForm(RevisedForm):
    """What somebody does before a day; of a bottleneck between partners, who directs it."""

    between = RowsField(
        label="Tussen welke organisaties speelt het knelpunt",
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Alleen bij een knelpunt tussen partners. De eigenaar heeft dan de regie.",
    )

    class Meta:
        model = ActionPoint
        fields = ["kind", "text", "user", "organisation", "due_on", "between"]
        labels = {"text": "Wat moet er gebeuren?"}
        widgets = {"due_on": DayInput, "kind": forms.RadioSelect}
        help_texts = {
            "user": "Kies iemand van de gemeente, of hieronder een organisatie.",
            "organisation": "De organisatie ziet dit in het portaal en kan het zelf afronden.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "user", offered_owners(), "niet gekozen")
        owners = offered_partners([self.instance.organisation_id])
        _offer(self, "organisation", owners, "niet gekozen")
        _offer(self, "between", offered_partners(_held(self.instance, "between")))
        choice = cast(forms.ChoiceField, self.fields["kind"])
        choice.choices = ActionKind.choices

    def clean_due_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["due_on"]
        meeting = self.instance.meeting
        if meeting is not None and "due_on" in self.changed_data and day < meeting.day:
            raise forms.ValidationError(
                f"Dat is voor het overleg van {meeting.day:%d-%m-%Y} waar dit uit komt. Kies die "
                "dag of een latere."
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if {"user", "organisation"} & self.errors.keys():
            return cleaned
        if bool(cleaned.get("user")) == bool(cleaned.get("organisation")):
            self.add_error("user", "Kies één eigenaar: iemand van de gemeente of een organisatie.")
        between = cleaned.get("between") or []
        if cleaned.get("kind") == ActionKind.BOTTLENECK and len(between) < 2:
            self.add_error("between", "Kies ten minste twee organisaties.")
        if cleaned.get("kind") == ActionKind.ACTION and between:
            self.add_error("between", "Kies dit alleen bij een knelpunt tussen partners.")
        return cleaned


class ActionDoneForm(TextForm):
    """What came of an action point; ``seen`` is the state that the page showed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)
    note = forms.CharField(label="Wat kwam eruit?", max_length=300)


class ActionReasonForm(TextForm):
    """Why an action point is dropped or opened again."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)
    note = forms.CharField(label="Waarom?", max_length=300)


class DecisionForm(DecisionModelForm, TextForm):
    """What was decided, for good: a later decision can take its place."""

    contracts = RowsField(
        label="Bij welke overeenkomsten",
        queryset=Contract.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    goals = RowsField(
        label="Voor welke doelen",
        queryset=Goal.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kpis = RowsField(
        label="Over welke prestatie-indicatoren",
        queryset=KPI.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Decision
        fields = [
            "kind",
            "title",
            "text",
            "reason",
            "decided_on",
            "decided_by",
            "meeting",
            "contracts",
            "goals",
            "kpis",
            "project",
            "replaces",
            "is_shared",
        ]
        labels = {
            "kind": "Wat verandert er?",
            "title": "Het besluit, in één zin",
            "reason": "Waarom is dit besloten?",
            "is_shared": "De partner leest dit besluit in het portaal",
        }
        help_texts = {
            "decided_by": "Noem een functie of bestuur, zoals de wethouder of het college.",
            "replaces": "Alleen als een eerder besluit niet meer geldt. Het blijft leesbaar.",
        }
        widgets = {
            "decided_on": DayInput,
            "text": text_area(3),
            "reason": text_area(3),
        }

    def __init__(self, *args: Any, about: list[Contract] | None = None, **kwargs: Any) -> None:
        """``about``: contracts whose goals and KPIs are offered; none for those of all."""
        super().__init__(*args, **kwargs)
        contracts = [row.pk for row in about or ()]
        goals = Goal.objects.readable().select_related("theme__version__agenda")
        kpis = KPI.objects.in_force().select_related("contract")
        if contracts:
            goals = goals.filter(theme__version__contracts__in=contracts)
            kpis = kpis.filter(contract__in=contracts)
        else:
            kpis = kpis.none()
            goals = goals.none()
        _offer(self, "contracts", offered_contracts())
        _offer(self, "goals", goals.distinct().in_order())
        _offer(self, "kpis", kpis.order_by("contract__title", "order", "pk"))
        for name in ("goals", "kpis"):
            if not contracts:
                del self.fields[name]
        _offer(self, "meeting", Meeting.objects.took_place(), "niet in een overleg")
        _offer(self, "project", Project.objects.own_first(), "niet gekozen")
        open_ones = Decision.objects.filter(replaced_by__isnull=True).newest_first()
        _offer(self, "replaces", open_ones, "het is een nieuw besluit")
        kind = cast(forms.ChoiceField, self.fields["kind"])
        kind.choices = CHOOSE + DecisionKind.choices
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and field.max_length is None:
                field.validators.append(LONG)

    def clean_decided_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["decided_on"]
        not_to_come(day)
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_shared") and not cleaned.get("contracts"):
            self.add_error("contracts", "Kies de overeenkomst van de partner die meeleest.")
        return cleaned


class CollegeNoteForm(TextForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label="Uw bericht",
        max_length=1500,
        help_text="Kort: wat is de stand, en wat is er nodig? Ten hoogste 1.500 tekens.",
        widget=text_area(6),
    )


class RhythmForm(RevisedForm):
    class Meta:
        model = MeetingRhythm
        fields = ["from_year", "official", "executive", "reason"]
        labels = {"reason": "Waarom vaker?"}
        widgets = {"reason": text_area(2)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contract: Contract = self.instance.contract
        official = max(contract.official_meetings or 0, LEAST_OFFICIAL)
        executive = max(contract.executive_meetings or 0, LEAST_EXECUTIVE)
        bounds = {
            "from_year": (FIRST_YEAR, LAST_YEAR),
            "official": (min(official, MOST_TALKS), MOST_TALKS),
            "executive": (min(executive, MOST_TALKS), MOST_TALKS),
        }
        for name, (least, most) in bounds.items():
            old = cast(forms.IntegerField, self.fields[name])
            self.fields[name] = forms.IntegerField(
                label=old.label, min_value=least, max_value=most, help_text=old.help_text
            )
