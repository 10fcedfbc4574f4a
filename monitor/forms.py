"""Forms of the work pages of the monitor. They never change a status."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from agenda.models import AgendaVersion, Goal, Theme
from core.edits import RevisedForm
from core.forms import DayField, TextForm
from core.periods import FIRST_YEAR, LAST_YEAR
from monitor.constants import ChangeReason, MonitorKind, Verdict
from monitor.models import Bottleneck, Judgement, Monitor
from monitor.suggestion import why_reason

# One or two sentences for the council; the PDF gives a theme one page.
EXPLANATION_LENGTH = 600
TEXT_LENGTH = 2000
EXPLAIN = "Leg in één of twee zinnen uit waarom dit het oordeel is."
NO_PLACE = "Kies een thema of doel."


class VersionField(forms.ModelChoiceField[AgendaVersion]):
    def label_from_instance(self, obj: AgendaVersion) -> str:
        period = f", {obj.agenda.period.label}" if obj.agenda.period else ""
        return f"{obj.agenda.name} ({obj}{period})"


class OpenEditionForm(forms.Form):
    year = forms.IntegerField(
        label="Jaar",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "Vul het jaar in waar de monitor over gaat.",
            "invalid": "Schrijf het jaar in vier cijfers, bijvoorbeeld 2019.",
        },
    )
    kind = forms.ChoiceField(
        label="Soort",
        choices=[
            (MonitorKind.ANNUAL.value, "over het hele jaar"),
            (MonitorKind.HALF_YEAR.value, "over het eerste halfjaar"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies waarover de monitor gaat."},
    )
    version = VersionField(
        label="Agenda",
        queryset=AgendaVersion.objects.none(),
        help_text="Elk doel van deze agenda krijgt een oordeel.",
        empty_label="Kies een agenda",
        error_messages={"required": "Kies de agenda die u beoordeelt."},
    )

    def __init__(self, *args: Any, versions: QuerySet[AgendaVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("VersionField", self.fields["version"]).queryset = versions


class JudgementForm(RevisedForm):
    """A verdict with its reason and explanation; ``suggested`` is what the rules say now."""

    verdict = forms.ChoiceField(
        label="Uw oordeel",
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies goed, neutraal of negatief.",
            "invalid_choice": "Kies goed, neutraal of negatief.",
        },
    )
    reason = forms.ChoiceField(
        label="Reden van de wijziging",
        required=False,
        help_text="Nodig als uw oordeel anders is dan het vorige of dan het voorstel.",
        choices=[("", "Kies een reden"), *((r.value, r.label) for r in ChangeReason if r)],
    )
    explanation = forms.CharField(
        label="Motivering voor de raad",
        max_length=EXPLANATION_LENGTH,
        help_text="Eén of twee zinnen. Dit komt zo in de monitor.",
        widget=forms.Textarea(attrs={"rows": 5, "class": "voice-field"}),
        error_messages={"required": EXPLAIN},
    )

    class Meta:
        model = Judgement
        fields = ("verdict", "reason", "explanation")

    decided_by: User | None = None
    decided_at: datetime.datetime | None = None

    def __init__(self, *args: Any, suggested: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.suggested = suggested

    def also_written(self) -> dict[str, Any]:
        return {
            "suggested": self.suggested,
            "decided_by": self.decided_by,
            "decided_at": self.decided_at,
        }

    def clean(self) -> dict[str, Any]:
        """Rule 7 (docs/regels/oordeel.md): another verdict needs a reason as well."""
        cleaned = super().clean() or self.cleaned_data
        verdict = cleaned.get("verdict")
        why = why_reason(verdict, self.instance.previous, self.suggested) if verdict else ""
        if why and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", why)
        return cleaned


def place_choices(monitor: Monitor) -> list[tuple[str, str]]:
    """Themes and goals of the agenda that ``monitor`` judges. Two queries."""
    goals: dict[int, list[tuple[str, str]]] = {}
    for goal in Goal.objects.filter(theme__version=monitor.agenda_version_id).order_by("order"):
        goals.setdefault(goal.theme_id, []).append((f"g{goal.pk}", goal.label))
    choices = []
    for theme in Theme.objects.filter(version=monitor.agenda_version_id).order_by("order"):
        choices.append((f"t{theme.pk}", f"{theme.name}: het hele thema"))
        choices += [(key, f"{theme.name}: {label}") for key, label in goals.get(theme.pk, [])]
    return choices


class BottleneckForm(RevisedForm):
    """What hampers a goal or theme, and what was agreed about it."""

    place = forms.ChoiceField(
        label="Hoort bij",
        error_messages={"required": NO_PLACE, "invalid_choice": NO_PLACE},
    )

    text = forms.CharField(
        label="Knelpunt",
        max_length=TEXT_LENGTH,
        help_text="Wat zit in de weg? Schrijf een hele zin.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Beschrijf het knelpunt."},
    )
    action = forms.CharField(
        label="Afgesproken actie",
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner = forms.CharField(label="Wie", required=False, max_length=120)
    due_on = DayField(
        label="Klaar op",
        required=False,
        error_messages={"invalid": "Schrijf een datum, bijvoorbeeld 1-10-2019."},
    )

    class Meta:
        model = Bottleneck
        fields = ("text", "action", "owner", "due_on")

    field_order = ("place", "text", "action", "owner", "due_on")

    def __init__(self, *args: Any, place: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        if row.theme_id:
            place = f"g{row.goal_id}" if row.goal_id else f"t{row.theme_id}"
        choices = [("", "Kies een thema of doel"), *place_choices(row.monitor)]
        cast("forms.ChoiceField", self.fields["place"]).choices = choices
        self.initial.setdefault("place", place)

    def clean_place(self) -> str:
        """Theme and goal follow from one choice, so that they cannot be of two themes."""
        place: str = self.cleaned_data["place"]
        if place.startswith("g"):
            self.instance.goal = Goal.objects.select_related("theme").get(pk=int(place[1:]))
            self.instance.theme = self.instance.goal.theme
        else:
            self.instance.goal = None
            self.instance.theme = Theme.objects.get(pk=int(place[1:]))
        return place

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        row = self.instance
        if row.pk is None and row.monitor.bottlenecks.filter(text__iexact=text).exists():
            raise forms.ValidationError("Dit knelpunt staat al in deze monitor.")
        return text

    def also_written(self) -> dict[str, Any]:
        return {"theme": self.instance.theme, "goal": self.instance.goal}


PARTIES = "parties"
PARTY_LENGTH = 120


class Lines(forms.CharField):
    """A text in which every line is one thing; ``longest`` is for one line."""

    def __init__(self, label: str, *, help_text: str, longest: int, rows: int = 4) -> None:
        super().__init__(
            label=label,
            required=False,
            help_text=help_text,
            widget=forms.Textarea(attrs={"rows": rows}),
        )
        self.longest = longest

    def clean(self, value: Any) -> list[str]:
        lines = [" ".join(line.split()) for line in (super().clean(value) or "").splitlines()]
        lines = [line for line in lines if line]
        for line in lines:
            start = f"{line[:40]}…" if len(line) > 40 else line
            if lines.count(line) > 1:
                raise forms.ValidationError(f"‘{start}’ staat er twee keer.")
            if len(line) > self.longest:
                raise forms.ValidationError(
                    f"De regel ‘{start}’ heeft {len(line)} tekens; er passen er {self.longest}."
                )
        return lines


class NotesForm(TextForm):
    """What an edition says outside its goals; ``seen`` marks what stood there when it opened."""

    trend = Lines(
        "Trends",
        help_text="Wat verandert er in de gemeente? Schrijf elke trend op een eigen regel.",
        longest=TEXT_LENGTH,
    )
    went_well = Lines("Wat goed ging", help_text="Elk punt op een regel.", longest=TEXT_LENGTH)
    went_less_well = Lines(
        "Wat niet goed ging", help_text="Elk punt op een regel.", longest=TEXT_LENGTH
    )
    measure = Lines(
        "Wat de gemeente gaat doen", help_text="Elk punt op een regel.", longest=TEXT_LENGTH
    )
    parties = Lines(
        "Wie nog meer aan zet is",
        help_text="Partijen zonder overeenkomst, zoals een woningcorporatie. Elke naam op een "
        "regel.",
        longest=PARTY_LENGTH,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def lines(self) -> dict[str, list[str]]:
        """What was typed, by field; the form must be valid."""
        return {name: held for name, held in self.cleaned_data.items() if name != "seen"}

    def show_both(self, held: Mapping[str, Any], meanwhile: str) -> None:
        """Name, at each field, what stands there now; a next save may then overwrite it."""
        self.data = {**{name: self[name].data for name in self.fields}, "seen": held["seen"]}
        self.add_error(None, meanwhile)
        for name, lines in self.lines().items():
            if held[name] != "\n".join(lines):
                self.add_error(name, f"Nu staat er: ‘{held[name] or '(leeg)'}’.")


class StepForm(TextForm):
    """A step with an edition; ``last_event`` says what the page showed when it was opened."""

    note = forms.CharField(label="Toelichting", required=False, max_length=300)
    last_event = forms.IntegerField(widget=forms.HiddenInput, required=False)


class BackForm(TextForm):
    note = forms.CharField(
        label="Waarom gaat de monitor terug naar concept?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf waarom de monitor terug moet."},
    )
