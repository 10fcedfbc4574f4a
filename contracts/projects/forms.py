"""The forms over a project and its plan."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import QueryDict

from accounts.access import holders_of
from accounts.constants import OrganisationKind, Role
from accounts.models import Organisation
from agenda.models import AgendaVersion, Goal, Indicator
from contracts.constants import Obligation
from contracts.models import Contract, Project, ProjectPlan
from contracts.projects.readiness import missing
from core.edits import RevisedForm
from core.forms import DayInput, DutchNumberField, GroupedCheckboxes, RowsField

OFFICERS = (Role.CONTRACT_MANAGER, Role.POLICY_OFFICER)
GOALS_IN_ORDER = ("theme__version", "theme__order", "order")
MOST_EUROS = Decimal("999999999999")
NO_NAMES = "Noem een functie of afdeling, geen persoon: iedereen kan dit lezen."


def euros(label: str, **kwargs: Any) -> DutchNumberField:
    """An amount in euros that may stay open."""
    return DutchNumberField(
        label=label, lowest=0, highest=MOST_EUROS, decimals=2, required=False, **kwargs
    )


def text_area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _from(form: forms.BaseForm, name: str, rows: models.QuerySet[Any], empty: str = "") -> None:
    """What field ``name`` offers."""
    field = cast("forms.ModelChoiceField[Any]", form.fields[name])
    field.queryset = rows
    if empty:
        field.empty_label = empty


class ProjectForm(RevisedForm):
    """What a project is and whom it is of; what it is to do stands in its plan."""

    goals = RowsField(
        label="Doelen waaraan het bijdraagt",
        queryset=Goal.objects.none(),
        required=False,
        widget=GroupedCheckboxes,
    )
    contracts = RowsField(
        label="Bij welke overeenkomsten",
        queryset=Contract.objects.order_by("title"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    partners = RowsField(
        label="Wie het uitvoert",
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    municipalities = RowsField(
        label="Andere gemeenten die meedoen",
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    intervention_url = forms.URLField(
        label="Adres van de aanpak",
        required=False,
        max_length=200,
        assume_scheme="https",
        help_text="Begint met https://",
    )

    class Meta:
        model = Project
        fields = [
            "title",
            "kind",
            "owner",
            "organisation",
            "officer",
            "goals",
            "contracts",
            "partners",
            "municipalities",
            "intervention",
            "intervention_base",
            "intervention_url",
            "note",
        ]
        widgets = {"note": text_area(3)}
        help_texts = {
            "owner": NO_NAMES,
            "officer": "Alleen medewerkers van de gemeente zien deze naam.",
            "intervention": (
                "Alleen als het project een aanpak volgt die in een databank staat, zoals die van "
                "het NJi of Movisie."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row, offered_to = self.instance, Organisation.objects.to_choose
        owners = offered_to([row.organisation_id]).order_by("name")
        _from(self, "organisation", owners, "niet gekozen")
        town = Q(kind=OrganisationKind.MUNICIPALITY)
        for name, wanted in (("partners", ~town), ("municipalities", town)):
            held = [] if row.pk is None else [one.pk for one in getattr(row, name).all()]
            _from(self, name, offered_to(held).filter(wanted).order_by("name"))
        _from(self, "officer", holders_of(*OFFICERS).order_by("name"), "niet gekozen")
        current = Q(theme__version__in=AgendaVersion.objects.newest())
        if self.instance.pk is not None:
            current |= Q(projects=self.instance)
        goals = Goal.objects.filter(current).select_related("theme__version__agenda").distinct()
        rows = goals.order_by("-theme__version__agenda__year", *GOALS_IN_ORDER)
        offered = cast("forms.ModelMultipleChoiceField[Goal]", self.fields["goals"])
        offered.queryset = rows
        offered.choices = _by_theme(rows)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("intervention"):
            for name in ("intervention_base", "intervention_url"):
                if cleaned.get(name):
                    self.add_error("intervention", "Noem ook de erkende aanpak.")
                    break
        return cleaned


def _by_theme(goals: models.QuerySet[Goal]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Goals under the heading of their agenda and theme."""

    def heading(goal: Goal) -> str:
        version = goal.theme.version
        return f"{version.agenda.short_name}: {goal.theme.name}"

    return [
        (name, [(goal.pk, f"{goal.number}. {goal.label}") for goal in held])
        for name, held in groupby(goals, heading)
    ]


class PlanForm(RevisedForm):
    """The five questions, and what is settled beforehand; all of it may wait in a draft."""

    incidental = euros(
        "5. Wat mag het kosten? Eenmalig geld (incidenteel)",
        help_text="In euro, over de hele looptijd. Kost het niets, vul dan 0 in.",
    )
    structural = euros(
        "5. Wat mag het kosten? Vast geld (structureel)",
        help_text="In euro, over de hele looptijd. Laat leeg als het er niet is.",
    )
    indicators = RowsField(
        label="Met welke indicatoren uit de bibliotheek meet u?",
        queryset=Indicator.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Alleen als u meet met een indicator die er al is.",
    )
    # What may wait in a draft is needed before the start: no field says that it may stay open.
    all_optional = True

    class Meta:
        model = ProjectPlan
        fields = [
            "what",
            "who",
            "place",
            "starts_on",
            "ends_on",
            "aim",
            "incidental",
            "incidental_until",
            "structural",
            "funding",
            "obligation",
            "effect",
            "measuring",
            "criterion",
            "evaluating",
            "decide_by",
            "if_succeeds",
            "payer",
            "indicators",
        ]
        labels = {
            "what": "1. Wat gaan we doen?",
            "who": "2. Wie doet het?",
            "place": "3. Waar gebeurt het?",
            "starts_on": "3. Wanneer: eerste dag",
            "ends_on": "3. Wanneer: laatste dag",
            "aim": "4. Wat willen we bereiken?",
            "funding": "5. Waaruit wordt het betaald?",
            "obligation": "Wat belooft de uitvoerder?",
            "effect": "Welk effect verwacht u?",
            "measuring": "Hoe meet u dat?",
            "criterion": "Wanneer is het geslaagd?",
            "evaluating": "Hoe evalueert u?",
            "decide_by": "Voor welke dag besluit u hoe het verdergaat?",
            "if_succeeds": "Wat gebeurt er als het slaagt?",
            "payer": "Wie betaalt het dan?",
        }
        help_texts = {
            "who": "Noem organisaties of functies, geen personen.",
            "obligation": "Doet hij zijn best, of moet hij het resultaat halen?",
            "criterion": "Zo dat u achteraf ja of nee kunt zeggen.",
            "decide_by": "Ook een besluit om te stoppen is een besluit.",
            "incidental_until": "Alleen als er eenmalig geld is.",
        }
        widgets = {
            **dict.fromkeys(("starts_on", "ends_on", "incidental_until", "decide_by"), DayInput),
            **{name: text_area(3) for name in ("what", "aim", "effect", "measuring", "criterion")},
            **{name: text_area(2) for name in ("who", "evaluating", "if_succeeds", "payer")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast(forms.ChoiceField, self.fields["obligation"])
        choice.choices = [
            ("", "nog niet gekozen"),
            *((one.value, one.label) for one in Obligation if one.value),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        decide_by = cleaned.get("decide_by")
        if first and last and last < first:
            self.add_error("ends_on", "De laatste dag ligt voor de eerste. Verbeter een van beide.")
        if first and decide_by and decide_by < first:
            self.add_error("decide_by", "Het besluit valt niet voor de eerste dag.")
        return cleaned


class PlanChangeForm(PlanForm):
    """A next plan of a project that started: nothing is left open, and it says why."""

    number = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta(PlanForm.Meta):
        fields = ["reason", *PlanForm.Meta.fields]
        labels = {**PlanForm.Meta.labels, "reason": "Waarom verandert het plan?"}
        widgets = {**PlanForm.Meta.widgets, "reason": text_area(3)}

    def __init__(self, data: Any = None, *, current: ProjectPlan) -> None:
        copied = {
            name: list(current.indicators.all()) if name == "indicators" else getattr(current, name)
            for name in PlanForm.Meta.fields
        }
        initial = {**copied, "number": current.number}
        super().__init__(data, instance=ProjectPlan(project=current.project), initial=initial)
        self.fields["reason"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for need in missing(cleaned):
            if need.field not in self.errors:
                self.add_error(need.field, "Dit mag niet leeg zijn: het project loopt.")
        if not self.errors and not self._changes():
            raise ValidationError("U hebt niets veranderd. Verander iets, of ga terug.")
        return cleaned

    def _changes(self) -> list[str]:
        return [name for name in self.changed_data if name in PlanForm.Meta.fields]

    def show_later(self, later: ProjectPlan) -> None:
        """Another plan holds by now: tell at each field what it says, and keep what was typed."""
        self._show_both(later)
        cast("QueryDict", self.data)["number"] = str(later.number)

    def over(self, instance: models.Model) -> RevisedForm:
        theirs = PlanChangeForm(current=cast(ProjectPlan, instance))
        del theirs.fields["reason"]  # of each change its own
        return theirs
