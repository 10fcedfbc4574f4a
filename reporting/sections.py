"""The forms of a report, one per block. They read what stands in the draft, right or wrong.

A field of a form is stored under its name with the prefix of its block: ``kpi-12-value_number``.
Whether something must be filled in is not asked here but at the check (checking.py): half a draft
is no mistake. A form says only what is wrong with what was typed.
"""

from __future__ import annotations

from typing import Any

from django import forms

from contracts.constants import SectionKind
from contracts.terms import BudgetTerms, KPITerms, PlaceTerms
from core.forms import DutchNumberField, ValueField
from core.values import ValueType

# The fields of a grade; who gave it stands in the field with ``_number`` behind it.
GRADES = ("clients", "stakeholders")
# The fields of a sum of money.
AMOUNTS = ("spent", "forecast")
LONGEST = 20_000  # characters in one text; a report is read by people


class SectionForm(forms.Form):
    """A form of a report: what must be filled in is told at the check, not at each field."""

    all_optional = True


class LongText(forms.CharField):
    """A text of several lines, of at most ``LONGEST`` characters."""

    def __init__(self, label: str, *, help_text: str = "", rows: int = 5) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": rows}),
            error_messages={
                "max_length": "Deze tekst heeft %(show_value)d tekens; er passen er "
                "%(limit_value)d. Kort hem in, of voeg hem als bijlage toe. Uw tekst blijft staan."
            },
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}  # a browser that cuts off would lose what was pasted


class ShortText(forms.CharField):
    def __init__(self, label: str, *, help_text: str = "", longest: int = 200) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            max_length=longest,
            error_messages={
                "max_length": "Gebruik ten hoogste %(limit_value)d tekens; dit zijn er "
                "%(show_value)d."
            },
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


def text_form(label: str, help_text: str = "") -> type[SectionForm]:
    """A form of one text, named ``text``."""
    return type("TextForm", (SectionForm,), {"text": LongText(label, help_text=help_text, rows=8)})


NARRATIVES: dict[str, type[SectionForm]] = {
    SectionKind.TRENDS: text_form(
        "Welke ontwikkelingen ziet u?",
        "In de vraag, bij inwoners en in uw werk, vergeleken met de vorige periode.",
    ),
    SectionKind.RESULTS: text_form(
        "Wat is er bereikt?",
        "Vertel het verhaal achter de cijfers. Een voorbeeld uit de praktijk mag; noem geen namen.",
    ),
    SectionKind.COOPERATION: text_form(
        "Hoe verloopt de samenwerking?", "Met andere partners en met de gemeente."
    ),
    SectionKind.GOES_WELL: text_form("Wat gaat goed?"),
    SectionKind.GOES_LESS_WELL: text_form("Wat gaat minder goed?"),
}


def grade_field(label: str, help_text: str) -> DutchNumberField:
    """A grade as Dutch schools give it: from 1 to 10, with one decimal."""
    return DutchNumberField(
        label=label, help_text=help_text, lowest=1, highest=10, decimals=1, required=False
    )


def respondents_field(label: str) -> DutchNumberField:
    return DutchNumberField(label=label, lowest=1, decimals=0, required=False)


class ExperienceForm(SectionForm):
    """What clients say, and the grades that they and those who work along gave."""

    text = LongText(
        "Wat zeggen cliënten?", help_text="Uit gesprekken, onderzoek of een cliëntenraad.", rows=8
    )
    clients = grade_field("Rapportcijfer van cliënten", "Van 1 tot 10, één keer per jaar.")
    clients_number = respondents_field("Hoeveel cliënten gaven een cijfer?")
    stakeholders = grade_field(
        "Rapportcijfer van samenwerkingspartners", "Van 1 tot 10, één keer per jaar."
    )
    stakeholders_number = respondents_field("Hoeveel samenwerkingspartners gaven een cijfer?")


class KPIForm(SectionForm):
    """The result of one KPI: a typed value or why there is none, and the two questions."""

    def __init__(self, *args: Any, kpi: KPITerms, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = f" ({kpi.unit})" if kpi.unit else ""
        self.fields["value"] = ValueField(
            value_type=ValueType(kpi.value_type or ValueType.TEXT),
            label=f"Resultaat{unit}",
            required=False,
        )
        self.fields["explanation"] = LongText("Waarom is dit het resultaat?", rows=3)
        self.fields["improvement"] = LongText("Wat gaat u verbeteren?", rows=3)


class NumberForm(SectionForm):
    label = ShortText("Wat is geteld?", help_text="Bijvoorbeeld: aanmeldingen.")
    value = ValueField(value_type=ValueType.COUNT, label="Aantal", required=False)


class BottleneckForm(SectionForm):
    text = LongText("Knelpunt", rows=3)
    cause = LongText("Oorzaak", rows=2)
    solution = LongText("Voorgestelde oplossing", rows=2)


OUTSIDE, OUTSIDE_LABEL = "buiten", "Buiten de opdracht"


class ActivityForm(SectionForm):
    """What was done, and the theme or goal it is for; work outside the assignment counts too."""

    field_order = ("place", "heading", "text")
    heading = ShortText("Activiteit")
    text = LongText("Wat is er gedaan?", rows=3)

    def __init__(self, *args: Any, places: tuple[PlaceTerms, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"] = forms.ChoiceField(
            label="Hoort bij",
            required=False,
            choices=[
                ("", "Kies een thema of doel"),
                *_by_theme(places),
                (OUTSIDE, OUTSIDE_LABEL),
            ],
            error_messages={
                "invalid_choice": "Dit thema of doel staat niet meer in de agenda. Kies opnieuw."
            },
        )
        self.order_fields(self.field_order)


def _by_theme(places: tuple[PlaceTerms, ...]) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for place in places:
        label = place.goal or f"{place.theme}: het hele thema"
        groups.setdefault(place.theme, []).append((place.key, label))
    return list(groups.items())


class ComplaintsForm(SectionForm):
    complaints = DutchNumberField(label="Aantal klachten", lowest=0, decimals=0, required=False)
    complaints_nature = LongText("Waarover gingen de klachten?", rows=3)
    incidents = DutchNumberField(label="Aantal incidenten", lowest=0, decimals=0, required=False)
    incidents_nature = LongText("Wat waren de incidenten, en wat is er gedaan?", rows=3)


class SpendingForm(SectionForm):
    """What one budget line cost in the period, and what it will cost in the whole year."""

    def __init__(self, *args: Any, line: BudgetTerms, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["spent"] = DutchNumberField(
            label="Besteed in deze periode (€)", lowest=0, decimals=2, required=False
        )
        self.fields["forecast"] = DutchNumberField(
            label="Verwacht voor het hele jaar (€)", lowest=0, decimals=2, required=False
        )
        self.fields["note"] = LongText("Toelichting", rows=2)


# Blocks that a partner may fill in as often as there is something to tell.
REPEATED: dict[str, tuple[str, type[SectionForm], str]] = {
    SectionKind.NUMBERS: ("number", NumberForm, "Aantal"),
    SectionKind.BOTTLENECKS: ("bottleneck", BottleneckForm, "Knelpunt"),
    SectionKind.ACTIVITIES: ("activity", ActivityForm, "Activiteit"),
}
