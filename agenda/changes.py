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
    Breakdown,
    ConsultationRound,
    CouncilTalk,
    CouncilTalkPoint,
    DevelopmentTask,
    Goal,
    Indicator,
    Measure,
    Municipality,
    Observation,
    Participation,
    PolicyLink,
    Principle,
    SituationFact,
    Statement,
    StatementResult,
    Survey,
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
    AgendaVersion: {"reason": "Waarom deze versie"},
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
    SituationFact: {
        "topic": "Onderwerp",
        "text": "Hoe het ervoor staat",
        "source": "Bron",
        "locator": "Plaats in de bron",
    },
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
        "subject": "Onderwerp",
        "definition": "Definitie",
        "rationale": "Waarom deze indicator",
        "numerator": "Teller",
        "denominator": "Noemer",
        "value_type": "Soort waarde",
        "unit": "Eenheid",
        "direction": "Richting",
        "band": "Bandbreedte",
        "lowest": "Laagst mogelijke waarde",
        "highest": "Hoogst mogelijke waarde",
        "level": "Meet",
        "result_kind": "Effect of prestatie",
        "aggregation": "Samennemen",
        "is_cumulative": "Loopt op binnen het jaar",
        "counts_people": "Telt mensen",
        "supplier": "Bron van de cijfers",
        "measured_by": "Gemeten door",
        "rhythm": "Hoe vaak gemeten",
        "measured_when": "Meetmoment",
        "available_for": "Beschikbaar voor",
        "weaknesses": "Bekende zwakke punten",
        "owner": "Eigenaar van het paspoort",
        "note": NOTE,
    },
    Observation: {
        "period": "Periode",
        "area": "Kern of wijk",
        "group": "Groep",
        "value": "Waarde",
        "certainty": "Voorlopig of definitief",
        "source": "Bron",
        "retrieved_on": "Opgehaald op",
        "note": NOTE,
    },
    Municipality: {
        "name": "Gemeente",
        "inhabitants": "Inwoners",
        "places": "Dorpen en kernen",
        "teams": "Uitvoeringsteams",
        "measured": "Peildatum",
        "source": "Bron",
        "locator": "Plaats in de bron",
        "note": "Bijzonderheden",
    },
    Breakdown: {"name": "Naam", "is_partition": "Iedereen hoort in precies één groep"},
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
    Survey: {
        "name": "Naam",
        "year": "Jaar",
        "clients": "Onder wie",
        "executor": "Uitgevoerd door",
        "method": "Hoe is het gevraagd",
        "sent": "Verstuurd",
        "returned": "Terugontvangen",
        "note": NOTE,
    },
    Statement: {
        "number": "Nummer",
        "topic": "Onderwerp",
        "text": "Stelling",
        "scale": "Schaal",
        "base": "Wie antwoordden",
        "direction": "Richting",
        "indicator": "Indicator",
        "note": NOTE,
    },
    StatementResult: {"value": "Antwoord"},
    CouncilTalk: {
        "version": "Agenda",
        "body": "Wie",
        "held_on": "Datum",
        "summary": "Waar het gesprek over ging",
        "url": "Adres van het verslag",
    },
    CouncilTalkPoint: {
        "about": "Gaat over",
        "kind": "Soort",
        "text": "Tekst",
        "promised_by": "Toegezegd door",
        "due_on": "Voor welke dag",
        "done_on": "Nagekomen op",
        "done_note": "Hoe nagekomen",
    },
}
KINDS: dict[type[models.Model], str] = {
    Agenda: "gegevens",
    AgendaVersion: "versie",
    Theme: "thema",
    Goal: "doel",
    Measure: "meting",
    Target: "streefwaarde",
    SituationFact: "feit over de samenleving",
    Principle: "uitgangspunt",
    Participation: "participatie",
    PolicyLink: "ander beleid",
    DevelopmentTask: "ontwikkelopdracht",
    TaskStep: "stap",
    TaskUpdate: "stand van zaken",
    Indicator: "paspoort",
    Observation: "meetwaarde",
    Municipality: "gemeente",
    Breakdown: "uitsplitsing",
    ConsultationRound: "adviesronde",
    Advice: "advies",
    AdvicePoint: "adviespunt",
    AdviceAnswer: "antwoord op advies",
    Survey: "onderzoek",
    Statement: "vraag",
    StatementResult: "antwoord",
    CouncilTalk: "gesprek in de raad",
    CouncilTalkPoint: "punt van een gesprek",
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
        return ", ".join(str(each) for each in (row.period.label, row.area, row.group) if each)
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


def of_municipality(row: Municipality) -> tuple[Part, Told]:
    """Describes a municipality, which has a history of its own. Two queries."""
    page = reverse("municipality_history", args=[row.pk])
    return _describe(row, whole=Whole(key_of(row), str(row), page))


def of_breakdown(breakdown: Breakdown) -> tuple[Part, Told]:
    """Describes a breakdown with its groups. One query."""
    whole = Whole(key_of(breakdown), breakdown.name, reverse("breakdown_list"))
    part, says = _describe(breakdown, whole=whole)
    return part, says | {"Groepen": "\n".join(str(group) for group in breakdown.groups.all())}


def of_talk(row: CouncilTalk | CouncilTalkPoint) -> tuple[Part, Told]:
    """Describes a talk of the council or a point of one; it has a history of its own."""
    talk = row if isinstance(row, CouncilTalk) else row.talk
    page = reverse("council_talk_history", args=[talk.pk])
    return _describe(row, whole=Whole(key_of(talk), f"{talk.version}: {talk}", page))


def of_survey(row: Survey | Statement | StatementResult) -> tuple[Part, Told]:
    """Describes a survey among clients, a question or what was answered. Two queries at most."""
    if isinstance(row, Survey):
        survey = row
    else:
        survey = (row if isinstance(row, Statement) else row.statement).survey
    page = reverse("survey_history", args=[survey.slug])
    return _describe(row, whole=Whole(key_of(survey), str(survey), page))
