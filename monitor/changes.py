"""What the history of an edition calls its parts, and what it keeps of each; and of steering.

A column that people write must be named here; a test holds these tables against the forms.
"""

from __future__ import annotations

from functools import partial

from django.db import models
from django.urls import reverse

from accounts import history
from accounts.history import Describe, Part, Whole, key_of
from accounts.models import User
from core.wording import Told, told
from monitor.constants import NoteKind
from monitor.editions import EditionKey
from monitor.models import (
    Bottleneck,
    FollowUp,
    FollowUpUpdate,
    InformationNeed,
    Investigation,
    InvestigationPart,
    Judgement,
    Monitor,
    NormVerdict,
    PlannedInvestigation,
    SteeringArrangement,
)

LABELS: dict[type[models.Model], dict[str, str]] = {
    Judgement: {
        "verdict": "Oordeel",
        "reason": "Reden van de wijziging",
        "explanation": "Motivering voor de raad",
    },
    Bottleneck: {
        "theme": "Hoort bij thema",
        "goal": "Hoort bij doel",
        "text": "Knelpunt",
        "action": "Afgesproken actie",
        "owner": "Wie",
        "due_on": "Klaar op",
        "state": "Voortgang",
    },
    SteeringArrangement: {
        "level": "Niveau",
        "manner": "Waarop wordt gestuurd",
        "who": "Wie",
        "product": "Welke informatie",
        "product_name": "Naam van een ander stuk",
        "frequency": "Hoe vaak",
        "decides": "Wat hier wordt besloten",
        "since": "Geldt vanaf",
        "decision": "Vastgelegd in besluit",
        "until": "Gold tot en met",
        "ended_by": "Beëindigd met besluit",
    },
    InformationNeed: {
        "role": "Voor wie",
        "need": "Wat deze rol wil weten",
        "used_for": "Waarvoor",
        "indicator": "Indicator",
        "registered": "Waar het wordt vastgelegd",
    },
    Investigation: {
        "title": "Titel",
        "kind": "Soort onderzoek",
        "performed_by": "Uitgevoerd door",
        "question": "Wat is onderzocht",
        "presented_to": "Voorgelegd aan",
        "asked_on": "Voorgelegd op",
        "answer_by": "Antwoord uiterlijk op",
        "answered_on": "Antwoord ontvangen op",
        "reaction_by": "Reactie van",
        "reaction_on": "Datum van de reactie",
        "reaction": "Bestuurlijke reactie",
        "reaction_url": "Adres van de brief",
        "afterword": "Nawoord",
        "without_reaction": "Waarom er geen bestuurlijke reactie is",
    },
    InvestigationPart: {
        "kind": "Soort",
        "text": "Tekst",
        "heard": "Reactie op de feiten",
        "outcome": "Wat ermee is gedaan",
        "outcome_reason": "Waarom",
        "reaction": "Bestuurlijke reactie hierop",
    },
    FollowUp: {
        "norm": "Hoort bij norm",
        "responsible": "Wie verantwoordelijk is",
        "role": "Welke rol de stand bijhoudt",
        "user": "Welke medewerker de stand bijhoudt",
        "organisation": "Welke partner de stand bijhoudt",
        "due_on": "Uitgevoerd uiterlijk op",
    },
    FollowUpUpdate: {
        "day": "Datum",
        "state": "Stand",
        "text": "Toelichting",
        "evidence_url": "Waaruit dat blijkt",
    },
    PlannedInvestigation: {
        "year": "Jaar",
        "kind": "Soort",
        "subject": "Onderwerp",
        "reason": "Waarom dit onderwerp",
        "performed_by": "Wie het uitvoert",
        "quarter": "Begint in",
        "investigation": "Het onderzoek",
        "dropped_because": "Waarom het niet doorgaat",
    },
    NormVerdict: {
        "answer": "Oordeel",
        "ground": "Onderbouwing",
        "judged_on": "Beoordeeld op",
        "investigation": "In welk onderzoek",
    },
}
KINDS: dict[type[models.Model], str] = {
    Judgement: "oordeel",
    Bottleneck: "knelpunt",
    SteeringArrangement: "afspraak over sturing",
    InformationNeed: "informatie van een rol",
    Investigation: "onderzoek",
    InvestigationPart: "onderdeel",
    FollowUp: "toewijzing",
    FollowUpUpdate: "stand",
    PlannedInvestigation: "gepland onderzoek",
    NormVerdict: "oordeel over een norm",
}
NOTES = {
    **{kind.value: str(kind.label).capitalize() for kind in NoteKind},
    "parties": "Wie nog meer aan zet is",
}


def _whole(monitor: Monitor) -> Whole:
    page = reverse("monitor_history", args=[EditionKey.of(monitor)])
    return Whole(key_of(monitor), monitor.title, page)


def _under(row: models.Model) -> str:
    """The judgement of the goal that a bottleneck is about: its history shows there too."""
    if not isinstance(row, Bottleneck) or row.goal_id is None:
        return ""
    judgement = Judgement.objects.filter(monitor=row.monitor_id, goal=row.goal_id).first()
    return key_of(judgement) if judgement is not None else ""


def _describe(row: models.Model, *, monitor: Monitor) -> tuple[Part, Told]:
    name = row.label if isinstance(row, Judgement) else str(row)
    part = Part(_whole(monitor), key_of(row), KINDS[type(row)], name, under=_under(row))
    return part, told(row, LABELS[type(row)])


def of_edition(monitor: Monitor) -> Describe:
    """Describes the judgements and bottlenecks of ``monitor``. Three queries at most."""
    return partial(_describe, monitor=monitor)


def of_arrangement(row: SteeringArrangement) -> tuple[Part, Told]:
    """Describes an arrangement about steering, which has a history of its own. No query."""
    page = reverse("steering_history", args=[row.pk])
    whole = Whole(key_of(row), str(row), page)
    kind = KINDS[SteeringArrangement]
    return Part(whole, key_of(row), kind, str(row)), told(row, LABELS[SteeringArrangement])


def of_investigation(row: Investigation | InvestigationPart) -> tuple[Part, Told]:
    """Describes an investigation or a part of one; as long as it is a draft it is private."""
    held = row if isinstance(row, Investigation) else row.investigation
    page = reverse("investigation_history", args=[held.pk])
    whole = Whole(key_of(held), str(held), page, is_private=held.is_draft)
    return Part(whole, key_of(row), KINDS[type(row)], str(row)), told(row, LABELS[type(row)])


def of_follow_up(row: FollowUp | FollowUpUpdate) -> tuple[Part, Told]:
    """Describes who sees to a recommendation, or how far it was on a day. Two queries at most."""
    held = row if isinstance(row, FollowUp) else row.follow_up
    pair = ("onderzoek", held.part_id) if held.part_id else ("toezicht", held.finding_id)
    page = reverse("recommendation_history", args=pair)
    name = str(held.part or held.finding)
    whole = Whole(key_of(held), f"Aanbeveling: {name}", page)
    said = str(row) if isinstance(row, FollowUpUpdate) else held.responsible
    return Part(whole, key_of(row), KINDS[type(row)], said), told(row, LABELS[type(row)])


def of_plan(row: PlannedInvestigation) -> tuple[Part, Told]:
    """Describes an investigation that is planned. One query at most."""
    whole = Whole(key_of(row), str(row), reverse("plan_history", args=[row.pk]))
    kind = KINDS[PlannedInvestigation]
    return Part(whole, key_of(row), kind, row.subject), told(row, LABELS[PlannedInvestigation])


def of_norm_verdict(row: NormVerdict) -> tuple[Part, Told]:
    """Describes what was judged of a norm in a year; private while its investigation is a draft.
    One query at most."""
    held = row.investigation
    page = f"{reverse('norm_framework')}?jaar={row.year}"
    whole = Whole(
        f"normverdict-{row.year}-{row.number}",
        f"Norm {row.number} in {row.year}",
        page,
        is_private=held is not None and held.is_draft,
    )
    return Part(whole, key_of(row), KINDS[NormVerdict], str(row)), told(row, LABELS[NormVerdict])


def of_need(row: InformationNeed) -> tuple[Part, Told]:
    """Describes what a role needs to know. One query at most."""
    whole = Whole(key_of(row), str(row), reverse("information_manage"))
    return Part(whole, key_of(row), KINDS[InformationNeed], str(row)), told(
        row, LABELS[InformationNeed]
    )


def notes_key(monitor: Monitor) -> str:
    return f"notes-{monitor.pk}"


def note_lines(
    monitor: Monitor, before: dict[str, list[str]], after: dict[str, list[str]], *, user: User
) -> None:
    """Note what an edition says outside its goals: each kind is one text, a line a sentence."""
    part = Part(_whole(monitor), notes_key(monitor), "buiten de doelen", "")
    was, says = (
        {label: "\n".join(lines[name]) for name, label in NOTES.items()}
        for lines in (before, after)
    )
    history.note(part, was, says, user=user)


def note_opened(monitor: Monitor, *, user: User) -> None:
    """Note that an edition was opened, with the agenda that it judges."""
    part = Part(_whole(monitor), key_of(monitor), "monitor", monitor.title)
    history.note(part, {}, {"Agenda": str(monitor.agenda_version)}, user=user)
