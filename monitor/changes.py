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
from monitor.models import Bottleneck, Judgement, Monitor, SteeringArrangement

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
}
KINDS: dict[type[models.Model], str] = {
    Judgement: "oordeel",
    Bottleneck: "knelpunt",
    SteeringArrangement: "afspraak over sturing",
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
