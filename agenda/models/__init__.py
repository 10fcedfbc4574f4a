"""Agendas, goals and what is measured; one module a subject."""

from agenda.models.advice import (
    Advice,
    AdviceAnswer,
    AdviceDocument,
    AdvicePoint,
    ConsultationRound,
    Invitation,
    RoundEvent,
)
from agenda.models.agendas import (
    Agenda,
    AgendaVersion,
    AgendaVersionEvent,
    Participation,
    Principle,
    SituationFact,
)
from agenda.models.goals import Goal, GoalSuccession, Succession, Theme, ThemeSuccession
from agenda.models.indicators import (
    Area,
    Indicator,
    Measure,
    Observation,
    Target,
    check_value_type,
)
from agenda.models.sources import Contradiction, Reading, Source, Sourced
from agenda.models.surveys import Statement, StatementResult, Survey

__all__ = [
    "Advice",
    "AdviceAnswer",
    "AdviceDocument",
    "AdvicePoint",
    "Agenda",
    "AgendaVersion",
    "AgendaVersionEvent",
    "Area",
    "ConsultationRound",
    "Contradiction",
    "Goal",
    "GoalSuccession",
    "Indicator",
    "Invitation",
    "Measure",
    "Observation",
    "Participation",
    "Principle",
    "Reading",
    "RoundEvent",
    "SituationFact",
    "Source",
    "Sourced",
    "Statement",
    "StatementResult",
    "Succession",
    "Survey",
    "Target",
    "Theme",
    "ThemeSuccession",
    "check_value_type",
]
