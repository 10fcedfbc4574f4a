"""What hangs under a version of an agenda, and by which way each kind of row finds its version."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agenda.models import (
    AgendaVersion,
    Contribution,
    DevelopmentTask,
    Goal,
    Measure,
    Participation,
    PolicyLink,
    Principle,
    SituationFact,
    Target,
    TaskStep,
    Theme,
)

_WAYS: dict[type[models.Model], tuple[str, ...]] = {
    Principle: ("version",),
    Participation: ("version",),
    SituationFact: ("version",),
    PolicyLink: ("version",),
    Theme: ("version",),
    Goal: ("theme__version",),
    Contribution: ("contributor__theme__version",),
    Measure: ("theme__version", "goal__theme__version"),
    Target: ("measure__theme__version", "measure__goal__theme__version"),
    DevelopmentTask: ("version",),
    TaskStep: ("task__version",),
}


def within(version: AgendaVersion) -> dict[type[models.Model], Q]:
    """Per kind of part the condition that it belongs to ``version``."""
    return {
        model: Q(*((way, version) for way in ways), _connector=Q.OR)
        for model, ways in _WAYS.items()
    }
