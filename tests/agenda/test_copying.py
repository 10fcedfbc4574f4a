"""All that hangs under a version goes along in a copy, or is named with why it does not."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from agenda.actions.copying import (
    COPIED,
    NOT_COPIED,
    PIECES,
    Copied,
    copy_content,
    not_copied,
    remove_content,
)
from agenda.constants import CopyPiece
from agenda.contents import within
from agenda.models import (
    AgendaVersion,
    Contribution,
    Goal,
    GoalSuccession,
    Measure,
    Target,
    TaskStep,
    Theme,
)
from core.periods import Period
from tests.agenda.whole_agenda import whole_agenda
from tests.factories_agenda import AgendaVersionFactory, GoalFactory, ThemeFactory

pytestmark = pytest.mark.django_db
NEXT = Period(2023, until=2026)


@pytest.fixture
def former() -> AgendaVersion:
    return whole_agenda()


def copy(former: AgendaVersion, **said: Any) -> tuple[AgendaVersion, Copied]:
    after = AgendaVersionFactory.create()
    return after, copy_content(former, after, **said)


def rows(model: type[models.Model], version: AgendaVersion) -> list[Any]:
    return list(model._base_manager.filter(within(version)[model]).order_by("pk"))


def under_a_version() -> set[type[models.Model]]:
    """Every kind of row of the agenda that hangs on a version, at whatever distance."""
    found: set[type[models.Model]] = {AgendaVersion}
    own = list(apps.get_app_config("agenda").get_models(include_auto_created=True))
    while new := {
        model
        for model in own
        for column in model._meta.concrete_fields
        if column.is_relation and column.related_model in found and model not in found
    }:
        found |= new
    return found - {AgendaVersion}


# -- complete by construction ----------------------------------------------------------------------
def test_each_kind_of_row_under_a_version_is_copied_or_named_with_why_not() -> None:
    choices = {
        through
        for model in COPIED
        for choice in model._meta.many_to_many
        if (through := choice.remote_field.through) and through._meta.auto_created
    }
    assert not set(COPIED) & set(NOT_COPIED)
    assert under_a_version() == set(COPIED) | set(NOT_COPIED) | choices
    assert all(why.endswith(".") for why in NOT_COPIED.values())


@pytest.mark.parametrize("model", COPIED, ids=lambda model: model.__name__)
@pytest.mark.parametrize("to_new_agenda", [False, True])
def test_each_column_says_the_same_or_is_named_with_why_not(
    former: AgendaVersion, model: type[models.Model], to_new_agenda: bool
) -> None:
    named = not_copied(model, to_new_agenda=to_new_agenda)
    years = Period(2015, until=2030) if to_new_agenda else None
    after, copied = copy(former, period=years)
    old = rows(model, former)
    assert old
    for column in model._meta.concrete_fields:
        if column.name in named:
            continue
        is_filled = any(getattr(row, column.attname) != column.get_default() for row in old)
        assert is_filled, f"{column} has nothing but its default: the copy is not tried"
        for row in old:
            expected = getattr(row, column.attname)
            moved = copied.rows.get(column.related_model) if column.related_model else None
            if moved is not None and expected is not None:
                expected = moved[expected].pk
            twin = model._base_manager.get(pk=copied.rows[model][row.pk].pk)
            assert getattr(twin, column.attname) == expected, column
    assert len(rows(model, after)) == len(old)


def test_what_was_chosen_with_a_row_comes_along(former: AgendaVersion) -> None:
    after, copied = copy(former)
    for old in rows(Goal, former):
        goal = copied.goals[old.pk]
        assert list(goal.target_groups.all()) == list(old.target_groups.all())
        assert list(goal.areas.all()) == list(old.areas.all())
        assert goal.copied_from == old
        assert goal.slug == f"{old.slug}-2"
    (task,) = after.tasks.all()
    assert {goal.theme.version for goal in task.goals.all()} == {after}
    assert task.goals.count() == 2
    (link,) = Contribution.objects.of_version(after.pk)
    assert (link.contributor.label, link.effect.label) == ("Huizen", "Thuis")
    sub = after.themes.get(name="Wonen")
    assert sub.parent == after.themes.get(name="Leven")


def test_what_belongs_to_its_own_version_stays_there(former: AgendaVersion) -> None:
    after, _copied = copy(former)
    assert not after.participations.exists()
    assert not after.tasks.get().updates.exists()
    assert not GoalSuccession.objects.into(after.pk).exists()
    assert former.participations.count() == 1


# -- another period --------------------------------------------------------------------------------
def test_what_is_about_other_years_is_left_out_and_listed(former: AgendaVersion) -> None:
    after, copied = copy(former, period=NEXT)
    kept = [(row.kind, str(row.period)) for row in rows(Target, after)]
    assert kept == [("baseline", "2015"), ("target", "2025")]
    told = [f"{row['what']}. {row['why']}" for row in copied.left_out]
    years = "(2023 tot en met 2026)."
    day = f"Die dag ligt voor het begin van de nieuwe looptijd {years}"
    beyond = f"2020 valt buiten de nieuwe looptijd {years}"
    assert len([line for line in told if line.endswith(beyond)]) == 2
    assert any("Deel dat thuis woont (Thuis)" in line for line in told)
    assert not any(line.endswith(day) for line in told), "1 May 2026 lies within the period"


def test_a_date_that_has_passed_is_left_out_and_a_task_that_is_done_too(
    former: AgendaVersion,
) -> None:
    former.tasks.update(result="yes")
    after, copied = copy(former, period=Period(2027))
    assert {(goal.due_kind, goal.due_on) for goal in rows(Goal, after)} == {("", None)}
    assert not after.tasks.exists()
    assert not rows(TaskStep, after)
    told = [row["what"] for row in copied.left_out]
    assert "Doeldatum ‘op 1 mei 2026’ van doel T, Thuis" in told
    assert "Ontwikkelopdracht 3. Strategisch partnerschap" in told
    former.refresh_from_db()
    assert {goal.due_kind for goal in rows(Goal, former)} == {"by"}, "the former stays as it was"


def test_a_task_that_is_set_anew_is_planned_anew(former: AgendaVersion) -> None:
    after, _copied = copy(former, period=NEXT)
    (task,) = after.tasks.all()
    assert (task.result, task.evaluation, task.evaluated_on) == ("", "", None)
    (step,) = task.steps.all()
    assert (step.text, step.due_on, step.done_on) == ("Beginnen", None, None)
    assert [row.is_new for row in after.principles.all()] == [False]


@pytest.mark.parametrize("piece", CopyPiece)
def test_a_piece_that_is_not_chosen_stays_behind(former: AgendaVersion, piece: CopyPiece) -> None:
    chosen = [one for one in CopyPiece if one != piece]
    after, copied = copy(former, period=NEXT, pieces=chosen)
    for model in COPIED:
        assert bool(rows(model, after)) is (model not in PIECES[piece]), model
    assert all("Streefwaarde" not in row["what"] for row in copied.left_out) is (
        piece == CopyPiece.MEASURES
    )


# -- throwing away, and size -----------------------------------------------------------------------
def test_a_copy_is_thrown_away_whole_and_the_former_stays(former: AgendaVersion) -> None:
    before = {model: len(rows(model, former)) for model in COPIED}
    after, _copied = copy(former)
    remove_content(after)
    assert {model: len(rows(model, after)) for model in COPIED} == dict.fromkeys(COPIED, 0)
    assert {model: len(rows(model, former)) for model in COPIED} == before
    assert all(before.values())


def test_a_large_agenda_costs_as_many_queries_as_a_small_one(former: AgendaVersion) -> None:
    def queries() -> int:
        after = AgendaVersionFactory.create()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            copy_content(former, after, period=NEXT)
        return len(asked)

    few = queries()
    for _ in range(30):
        GoalFactory.create(theme=ThemeFactory.create(version=former))
    assert Goal.objects.filter(theme__version=former).count() == 32
    assert queries() == few
    assert Measure.objects.count() == 2 * 3
    assert Theme.objects.filter(version=former).count() == 32
