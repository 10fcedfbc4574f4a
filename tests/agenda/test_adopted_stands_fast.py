"""What an adopted agenda says is never changed, added to or taken from: the database refuses it."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.db import IntegrityError, models, transaction
from django.db.models import Model

from accounts.models import User
from agenda import frozen
from agenda.constants import AgendaStatus
from agenda.models import (
    AgendaVersion,
    AgendaVersionEvent,
    Contribution,
    DevelopmentTask,
    Goal,
    GoalSuccession,
    Measure,
    Participation,
    PolicyLink,
    Principle,
    SituationFact,
    Target,
    TaskStep,
    Theme,
    ThemeSuccession,
)
from tests.agenda.adopting import adopt
from tests.factories_agenda import (
    AgendaVersionFactory,
    AreaFactory,
    DevelopmentTaskFactory,
    GoalFactory,
    MeasureFactory,
    ObservationFactory,
    ParticipationFactory,
    PolicyLinkFactory,
    PrincipleFactory,
    TargetFactory,
    TargetGroupFactory,
    TaskStepFactory,
    TaskUpdateFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
REFUSED = "nooit gewijzigd"
OF_SOURCE = "uit-de-bron"


@pytest.fixture
def version(officer: User) -> AgendaVersion:
    """An agenda with one of everything, adopted as an officer does it."""
    return adopted(officer)


def adopted(officer: User) -> AgendaVersion:
    before = GoalFactory.create(
        slug=OF_SOURCE,
        theme__slug=OF_SOURCE,
        theme__version__agenda__year=2012,
        theme__version__from_source=True,
    )
    made: AgendaVersion = AgendaVersionFactory.create(
        consulted=True,
        agenda__slug="mag-3",
        agenda__year=2026,
        agenda__predecessor=before.theme.version.agenda,
    )
    theme = ThemeFactory.create(version=made)
    goal = GoalFactory.create(theme=theme, level="output")
    effect = GoalFactory.create(theme=theme, level="outcome")
    goal.target_groups.add(TargetGroupFactory.create())
    goal.areas.add(AreaFactory.create())
    Contribution.objects.create(contributor=goal, effect=effect)
    GoalSuccession.objects.create(predecessor=before, successor=goal, kind="reworded")
    GoalSuccession.objects.create(successor=effect, kind="new", reason="De raad vroeg erom.")
    ThemeSuccession.objects.create(predecessor=before.theme, successor=theme, kind="continued")
    TargetFactory.create(measure=MeasureFactory.create(theme=None, goal=goal))
    TargetFactory.create(measure=MeasureFactory.create(theme=theme))
    PrincipleFactory.create(version=made)
    ParticipationFactory.create(version=made)
    PolicyLinkFactory.create(version=made)
    SituationFact.objects.create(version=made, topic="Wonen", text="Er zijn te weinig huizen.")
    task = DevelopmentTaskFactory.create(version=made)
    task.goals.add(goal)
    TaskStepFactory.create(task=task)
    adopt(made, officer)
    made.refresh_from_db()
    return made


# Table -> how a row of it is changed. Of links between two rows only the keys can be changed.
CHANGES: dict[type[Model], dict[str, object]] = {
    Principle: {"text": "Anders"},
    Participation: {"who": "Anders"},
    SituationFact: {"text": "Anders"},
    PolicyLink: {"asks": "Anders"},
    Theme: {"result": "Anders"},
    Goal: {"text": "Anders"},
    Contribution: {"contributor": models.F("contributor")},
    Measure: {"text": "Anders"},
    Target: {"number": 1},
    GoalSuccession: {"reason": "Anders"},
    ThemeSuccession: {"reason": "Anders"},
    DevelopmentTask: {"subject": "Anders"},
    TaskStep: {"text": "Anders"},
    Goal.target_groups.through: {"goal": models.F("goal")},
    Goal.areas.through: {"goal": models.F("goal")},
    DevelopmentTask.goals.through: {"goal": models.F("goal")},
}


def test_every_table_that_is_frozen_is_tried() -> None:
    tables = {model._meta.db_table for model in CHANGES}
    assert tables == {*frozen.ADOPTED, *frozen.GOES_ON}


@pytest.mark.parametrize("model", CHANGES, ids=lambda model: model._meta.db_table)
def test_a_part_of_an_adopted_agenda_is_kept(version: AgendaVersion, model: type[Model]) -> None:
    rows = model._base_manager.order_by("pk")
    if model in (Theme, Goal):
        rows = rows.exclude(slug=OF_SOURCE)
    kept = list(rows.values())
    assert kept
    for row in rows:
        here = model._base_manager.filter(pk=row.pk)
        with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
            here.update(**CHANGES[model])
        with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
            here._raw_delete(here.db)
    assert list(rows.values()) == kept


def _theme_of(version: AgendaVersion) -> Theme:
    theme = version.themes.first()
    assert theme is not None
    return theme


def _goal_of(version: AgendaVersion) -> Goal:
    goal = _theme_of(version).goals.order_by("pk").first()
    assert goal is not None
    return goal


def _task_of(version: AgendaVersion) -> DevelopmentTask:
    task = version.tasks.first()
    assert task is not None
    return task


ADDITIONS: dict[str, Callable[[AgendaVersion], object]] = {
    "principle": lambda version: PrincipleFactory.create(version=version),
    "participation": lambda version: ParticipationFactory.create(version=version),
    "policy": lambda version: PolicyLinkFactory.create(version=version),
    "fact": lambda version: SituationFact.objects.create(version=version, topic="x", text="x"),
    "theme": lambda version: ThemeFactory.create(version=version),
    "goal": lambda version: GoalFactory.create(theme=_theme_of(version)),
    "measure of goal": lambda version: MeasureFactory.create(theme=None, goal=_goal_of(version)),
    "measure of theme": lambda version: MeasureFactory.create(theme=_theme_of(version)),
    "target": lambda version: TargetFactory.create(
        measure=Measure.objects.of_version(version.pk).first(), period="2031"
    ),
    "target group": lambda version: _goal_of(version).target_groups.add(
        TargetGroupFactory.create()
    ),
    "area": lambda version: _goal_of(version).areas.add(AreaFactory.create()),
    "fate": lambda version: GoalSuccession.objects.create(
        predecessor=GoalFactory.create(theme__version__agenda__year=2010),
        successor=_goal_of(version),
        kind="merged",
    ),
    "dropped goal": lambda version: GoalSuccession.objects.create(
        predecessor=GoalFactory.create(theme__version__agenda__year=2010),
        dropped_in=version,
        kind="dropped",
        reason="Gehaald.",
    ),
    "task": lambda version: DevelopmentTaskFactory.create(version=version),
    "step": lambda version: TaskStepFactory.create(task=_task_of(version)),
    "goal of task": lambda version: _task_of(version).goals.add(
        *Goal.objects.filter(theme__version=version)
    ),
    "goal that moves in": lambda version: Goal.objects.filter(pk=GoalFactory.create().pk).update(
        theme=_theme_of(version)
    ),
}


@pytest.mark.parametrize("part", ADDITIONS)
def test_nothing_is_added_to_an_adopted_agenda(version: AgendaVersion, part: str) -> None:
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        ADDITIONS[part](version)


def test_what_goes_on_after_adoption_is_written(version: AgendaVersion) -> None:
    task = _task_of(version)
    TaskUpdateFactory.create(task=task)
    assert TaskStep.objects.filter(task=task).update(done_on=datetime.date(2027, 1, 5)) == 1
    task.evaluated_on, task.result, task.evaluation = datetime.date(2027, 2, 1), "yes", "Gelukt."
    task.save()
    measure = Measure.objects.of_version(version.pk).first()
    assert measure is not None
    ObservationFactory.create(indicator=measure.indicator)
    next_goal = GoalFactory.create(theme__version__agenda__year=2030)
    GoalSuccession.objects.create(
        predecessor=_goal_of(version), successor=next_goal, kind="continued"
    )
    assert _task_of(version).evaluation == "Gelukt."


def test_of_the_version_itself_only_its_status_moves(version: AgendaVersion) -> None:
    here = AgendaVersion.objects.filter(pk=version.pk)
    for changed in (
        {"adopted_on": datetime.date(2020, 1, 1)},
        {"adopted_by": "het college"},
        {"decision": "Een ander besluit"},
        {"decision_file": None, "decision_name": ""},
        {"reason": "Anders"},
        {"number": 9},
        {"origin": "source"},
    ):
        with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
            here.update(**changed)
    assert here.update(status=AgendaStatus.SUPERSEDED) == 1


def test_another_status_opens_nothing(version: AgendaVersion) -> None:
    """Who turns the status back by hand finds the agenda as closed as it was."""
    AgendaVersion.objects.filter(pk=version.pk).update(status=AgendaStatus.DRAFT)
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        Goal.objects.filter(theme__version=version).update(text="Anders")
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        AgendaVersionEvent.objects.filter(version=version).delete()


def test_a_later_version_takes_the_place_of_an_adopted_one(
    version: AgendaVersion, officer: User
) -> None:
    later = AgendaVersionFactory.create(agenda=version.agenda, number=2, consulted=True)
    theme = ThemeFactory.create(version=later)
    for goal in Goal.objects.filter(theme__version=version):
        same = GoalFactory.create(theme=theme, label=goal.label, text=goal.text)
        GoalSuccession.objects.create(predecessor=goal, successor=same, kind="continued")
    adopt(later, officer)
    version.refresh_from_db()
    assert version.status == AgendaStatus.SUPERSEDED
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        Goal.objects.filter(theme__version=version).update(text="Anders")


def test_what_is_not_adopted_and_what_a_source_says_may_change() -> None:
    for fields in ({}, {"consulted": True}, {"from_source": True}):
        goal = GoalFactory.create(
            theme__version=AgendaVersionFactory.create(**fields), text="Zoals het was"
        )
        assert Goal.objects.filter(pk=goal.pk).update(text="Anders") == 1
        MeasureFactory.create(theme=None, goal=goal)
        assert Goal.objects.get(pk=goal.pk).measures.count() == 1
