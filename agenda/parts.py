"""The parts of an agenda that are written on a page of their own, by the word in its address."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from agenda.edit_forms import (
    GoalForm,
    MeasureForm,
    PartForm,
    ParticipationForm,
    PrincipleForm,
    TargetForm,
    ThemeForm,
)
from agenda.frame_forms import PolicyLinkForm, SituationFactForm
from agenda.models import (
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
from agenda.task_forms import StepForm, TaskForm


@dataclass(frozen=True)
class Part:
    """A kind of part: its rows, its form, and the kind that a new one stands under."""

    word: str
    label: str
    model: type[models.Model]
    form: type[PartForm]
    parents: tuple[str, ...] = ()
    may_move: bool = False


PARTS = {
    part.word: part
    for part in (
        Part("thema", "thema", Theme, ThemeForm, may_move=True),
        Part("doel", "doel", Goal, GoalForm, parents=("thema",), may_move=True),
        Part("meting", "meting", Measure, MeasureForm, parents=("doel", "thema")),
        Part("streefwaarde", "streefwaarde", Target, TargetForm, parents=("meting",)),
        Part("feit", "feit over de samenleving", SituationFact, SituationFactForm, may_move=True),
        Part("uitgangspunt", "uitgangspunt", Principle, PrincipleForm, may_move=True),
        Part("participatie", "participatie", Participation, ParticipationForm),
        Part("beleid", "ander beleid", PolicyLink, PolicyLinkForm),
        Part("opdracht", "ontwikkelopdracht", DevelopmentTask, TaskForm),
        Part("stap", "stap", TaskStep, StepForm, parents=("opdracht",)),
    )
}
