"""What the history of an agenda and of an indicator calls their parts, and what it keeps of each.

A column that people write must be named here; a test holds these tables against the forms.
"""

from __future__ import annotations

from functools import partial

from django.db import models
from django.urls import reverse

from accounts.history import Describe, Part, Whole, key_of
from agenda.models import (
    Advice,
    AdviceAnswer,
    AdvicePoint,
    Agenda,
    AgendaVersion,
    ConsultationRound,
    DevelopmentTask,
    Goal,
    Indicator,
    Measure,
    Observation,
    Participation,
    PolicyLink,
    Principle,
    Target,
    TaskStep,
    TaskUpdate,
    Theme,
)
from core.wording import Told, in_words, told

NOTE = "Opmerking"
LABELS: dict[type[models.Model], dict[str, str]] = {
    Agenda: {
        "name": "Naam",
        "short_name": "Korte naam",
        "owner": "Van welke gemeente",
        "year": "Jaar van vaststelling",
        "period": "Looptijd",
        "predecessor": "Volgt op",
        "occasion": "Aanleiding",
        "character": "Kern van de inhoud",
        "note": NOTE,
    },
    Theme: {
        "name": "Naam",
        "number": "Nummer",
        "parent": "Valt onder thema",
        "result": "Gewenst maatschappelijk resultaat",
        "role": "Rol van de gemeente",
        "role_note": "Toelichting op de rol",
        "note": NOTE,
    },
    Goal: {
        "theme": "Thema",
        "number": "Nummer",
        "label": "Korte naam",
        "text": "Wat moet er bereikt zijn?",
        "level": "Niveau in de doelenboom",
        "due_kind": "Op of vanaf de doeldatum",
        "due_on": "Doeldatum",
        "contributes_to": "Draagt bij aan",
        "direction_reason": "Waarom als richting",
        "target_groups": "Doelgroepen",
        "areas": "Kernen en wijken",
        "note": NOTE,
    },
    Measure: {
        "indicator": "Indicator",
        "number": "Nummer",
        "text": "Zoals afgesproken",
        "note": NOTE,
    },
    Target: {"kind": "Soort", "period": "Periode", "value": "Waarde"},
    Principle: {"text": "Tekst", "kind": "Soort", "is_new": "Nieuw in deze agenda"},
    Participation: {
        "who": "Wie",
        "form": "Hoe",
        "held_on": "Wanneer",
        "year": "Jaar",
        "unit": "Eenheid van het aantal",
        "value": "Waarde",
    },
    PolicyLink: {
        "name": "Naam",
        "kind": "Soort",
        "state": "Stand",
        "url": "Adres",
        "asks": "Wat het vraagt van deze agenda",
    },
    DevelopmentTask: {
        "number": "Nummer",
        "subject": "Onderwerp",
        "owner": "Verantwoordelijke",
        "organisation": "Verantwoordelijke organisatie",
        "frames": "Kaders",
        "goals": "Doelen",
        "evaluated_on": "Geëvalueerd op",
        "result": "Resultaat",
        "evaluation": "Evaluatie",
    },
    TaskStep: {
        "text": "Wat er gebeurt",
        "due_on": "Klaar uiterlijk op",
        "done_on": "Afgerond op",
    },
    TaskUpdate: {"day": "Datum", "text": "Stand van zaken"},
    Indicator: {
        "name": "Naam",
        "definition": "Definitie",
        "value_type": "Soort waarde",
        "unit": "Eenheid",
        "direction": "Richting",
        "band": "Bandbreedte",
        "level": "Meet",
        "aggregation": "Samennemen",
        "is_cumulative": "Loopt op binnen het jaar",
        "counts_people": "Telt mensen",
        "measured_by": "Gemeten door",
        "rhythm": "Hoe vaak gemeten",
        "measured_when": "Meetmoment",
        "note": NOTE,
    },
    Observation: {
        "period": "Periode",
        "area": "Kern of wijk",
        "value": "Waarde",
        "certainty": "Voorlopig of definitief",
        "source": "Bron",
        "retrieved_on": "Opgehaald op",
        "note": NOTE,
    },
    ConsultationRound: {
        "title": "Titel",
        "question": "Vraag aan de lezer",
        "opens_on": "Opent op",
        "closes_on": "Sluit op",
        "is_announced": "In het overzicht van plannen",
    },
    Advice: {"body": "Afzender", "given_on": "Datum"},
    AdvicePoint: {"about": "Gaat over", "kind": "Soort", "text": "Tekst"},
    AdviceAnswer: {"outcome": "Antwoord", "reason": "Waarom", "change": "Wat er veranderde"},
}
KINDS: dict[type[models.Model], str] = {
    Agenda: "gegevens",
    Theme: "thema",
    Goal: "doel",
    Measure: "meting",
    Target: "streefwaarde",
    Principle: "uitgangspunt",
    Participation: "participatie",
    PolicyLink: "ander beleid",
    DevelopmentTask: "ontwikkelopdracht",
    TaskStep: "stap",
    TaskUpdate: "stand van zaken",
    Indicator: "paspoort",
    Observation: "meetwaarde",
    ConsultationRound: "adviesronde",
    Advice: "advies",
    AdvicePoint: "adviespunt",
    AdviceAnswer: "antwoord op advies",
}


def _under(row: models.Model) -> str:
    """The goal, theme or task that a row hangs on: its history shows in theirs."""
    if isinstance(row, TaskStep | TaskUpdate):
        return key_of(row.task)
    measure = row.measure if isinstance(row, Target) else row
    if isinstance(measure, Measure):
        holder = measure.goal or measure.theme
        return key_of(holder) if holder is not None else ""
    return ""


def _name(row: models.Model) -> str:
    if isinstance(row, Target):
        return f"{row.period.label}, {row.measure}"
    if isinstance(row, TaskUpdate):
        return f"{in_words(row.day)}, {row.task}"
    if isinstance(row, Observation):
        return f"{row.period.label}, {row.area}" if row.area else row.period.label
    return str(row)


def _describe(row: models.Model, *, whole: Whole) -> tuple[Part, Told]:
    kind = KINDS[type(row)]
    part = Part(whole, key_of(row), kind, _name(row), under=_under(row))
    return part, told(row, LABELS[type(row)])


def of_version(version: AgendaVersion) -> Describe:
    """Describes parts of ``version``. Four queries a part at most."""
    page = reverse("agenda_history", args=[version.agenda.slug, version.number])
    return partial(_describe, whole=Whole(key_of(version), str(version), page))


def _unsaid(row: models.Model, *, whole: Whole) -> tuple[Part, Told]:
    part, _ = _describe(row, whole=whole)
    return part, {}


def unsaid(version: AgendaVersion) -> Describe:
    """Describes what is not the municipality's to read yet: nothing of it is noted."""
    page = reverse("agenda_history", args=[version.agenda.slug, version.number])
    return partial(_unsaid, whole=Whole(key_of(version), str(version), page))


def of_indicator(indicator: Indicator) -> Describe:
    """Describes the passport of ``indicator`` and its values. Three queries at most."""
    page = reverse("indicator_history", args=[indicator.slug])
    return partial(_describe, whole=Whole(key_of(indicator), str(indicator), page))
