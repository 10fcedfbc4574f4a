"""What may be done to a project: draft -> started -> evaluated -> closed, and never back.

Each step is compare-and-set in one transaction and writes an append-only event. The row of the
project is held until its transaction ends, so that writing and closing come one after the other.
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterator

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone

from accounts import history
from accounts.models import User
from agenda.constants import Origin
from agenda.money_years import refuse_closed
from contracts.actions.locks import NotEditable
from contracts.constants import CLOSING, ProjectDecision, ProjectStatus
from contracts.models import (
    Project,
    ProjectEvaluation,
    ProjectEvent,
    ProjectPlan,
    ProjectSpending,
    ProjectStep,
    ProjectUpdate,
)
from contracts.projects.changes import of_project
from contracts.projects.readiness import missing
from core.edits import RevisedForm
from core.slugs import free_slug

#: Words that stand in an address where the name of a project stands as well.
RESERVED = frozenset({"nieuw", "bij-doel"})

NOTHING_KEPT = "Wat u typte, staat hieronder nog, maar is niet bewaard."
FROM_SOURCE = (
    "Dit project is overgenomen uit een bronstuk en is hier niet te wijzigen: het hoort te zeggen "
    "wat in de bron staat."
)
GONE = f"Dit project is intussen verwijderd. {NOTHING_KEPT}"
TWIN = "Er is al een project met deze titel. Ga daarmee verder vanuit de lijst."
CLOSED = f"Dit project is afgesloten en verandert niet meer. {NOTHING_KEPT}"
NOT_RUNNING = f"Dit kan alleen bij een project dat loopt. {NOTHING_KEPT}"
STARTED = (
    f"Dit project is intussen gestart. Het plan verandert alleen nog met een reden. {NOTHING_KEPT}"
)
PLAN_CHANGED = "Het plan is intussen gewijzigd. Lees het opnieuw, en start daarna."
DECIDED = f"Iemand anders legde intussen een besluit vast. Bekijk dat eerst. {NOTHING_KEPT}"


def _lock(project: Project) -> Project:
    """The project as it stands now, held for this transaction. Raises ``NotEditable``."""
    held = Project.objects.select_for_update().filter(pk=project.pk).order_by("pk").first()
    if held is None:
        raise NotEditable(GONE)
    if held.origin == Origin.SOURCE:
        raise NotEditable(FROM_SOURCE)
    return held


def _lock_draft(project: Project) -> Project:
    held = _lock(project)
    if held.status != ProjectStatus.DRAFT:
        raise NotEditable(CLOSED if held.is_closed else STARTED)
    return held


def _lock_open(project: Project) -> Project:
    held = _lock(project)
    if held.is_closed:
        raise NotEditable(CLOSED)
    return held


def _lock_running(project: Project) -> Project:
    held = _lock_open(project)
    if not held.is_running:
        raise NotEditable(NOT_RUNNING)
    return held


@contextlib.contextmanager
def _no_twin(message: str) -> Iterator[None]:
    """Somebody added the same at the same moment: the form saw no twin, the database does."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise NotEditable(message) from error


def _move(
    project: Project,
    to: ProjectStatus,
    *,
    user: User,
    note: str = "",
    at: datetime.datetime,
) -> ProjectEvent:
    before = project.status
    assert before is not None  # noqa: S101 - only a project from a source has none
    rows = Project.objects.filter(pk=project.pk, status=before, origin=Origin.SYSTEM)
    if rows.update(status=to, revision=F("revision") + 1) != 1:
        raise NotEditable(NOT_RUNNING)
    project.refresh_from_db(fields=["status", "revision"])
    return ProjectEvent.objects.create(
        project=project,
        from_status=before,
        to_status=to,
        actor=user,
        note=note,
        at=at,
    )


# -- the draft -------------------------------------------------------------------------------------
def create_project(form: RevisedForm, *, user: User) -> Project:
    """A new project as a draft, with its plan still to be written.

    The form is valid. Raises ``NotEditable`` when a project with this title is there already: a
    second click makes no second one.
    """
    with transaction.atomic(), _no_twin(TWIN):
        project: Project = form.instance
        project.slug = free_slug(
            Project.objects.all(), project.title, otherwise="project", reserved=RESERVED
        )
        project.status = ProjectStatus.DRAFT
        project.origin = Origin.SYSTEM
        form.save()
        ProjectPlan.objects.create(project=project, number=1)
        history.added(project, of_project(project), user=user)
    return project


def save_project(form: RevisedForm, *, user: User) -> bool:
    """Write the particulars, until the project is closed. False when another wrote meanwhile."""
    project: Project = form.instance
    with transaction.atomic(), _no_twin(TWIN):
        _lock_open(project)
        return history.save(form, of_project(project), user=user)


def save_plan(form: RevisedForm, *, user: User) -> bool:
    """Write the plan of a draft. False when another wrote meanwhile. Raises ``NotEditable``."""
    with transaction.atomic():
        project = _lock_draft(form.instance.project)
        return history.save(form, of_project(project), user=user)


def delete_project(project: Project, *, user: User) -> None:
    """Throw a draft away, with its plan and steps. Raises ``NotEditable``."""
    with transaction.atomic():
        held = _lock_draft(project)
        history.removed(held, of_project(held), user=user)
        held.steps.all().delete()
        held.plans.all().delete()
        held.delete()


# -- the start and the plan afterwards -------------------------------------------------------------
def start(
    project: Project, *, seen: int | None, user: User, at: datetime.datetime | None = None
) -> ProjectEvent:
    """draft -> started: the plan stands fast from now on.

    ``seen`` is the revision of the plan that was read. Raises ``NotEditable`` with all that is
    missing, or when the plan was changed after it was read.
    """
    at = at or timezone.now()
    with transaction.atomic():
        held = _lock_draft(project)
        plan = held.plans.get(number=1)
        if plan.revision != seen:
            raise NotEditable(PLAN_CHANGED)
        needed = missing(vars(plan))
        if needed:
            raise NotEditable([f"Nog niet beantwoord: {need.text}" for need in needed])
        ProjectPlan.objects.filter(pk=plan.pk).update(
            is_agreed=True, holds_from=timezone.localdate(at), actor=user
        )
        return _move(held, ProjectStatus.STARTED, user=user, at=at)


def current_plan(project: Project) -> ProjectPlan:
    """The plan that holds now. One query."""
    return project.plans.order_by("-number")[0]


def change_plan(
    form: RevisedForm,
    project: Project,
    *,
    seen: int | None,
    user: User,
    at: datetime.datetime | None = None,
) -> bool:
    """A next plan with its reason; the former stays readable. The form is over a new row.

    False, with nothing written, when another plan than ``seen`` holds by now. Raises
    ``NotEditable``.
    """
    with transaction.atomic():
        held = _lock_running(project)
        before = current_plan(held)
        if before.number != seen:
            return False
        plan: ProjectPlan = form.instance
        plan.project, plan.number, plan.actor = held, before.number + 1, user
        plan.holds_from = timezone.localdate(at)
        plan.save()
        # The indicators come before the plan stands fast: from then on nothing is added to it.
        plan.indicators.set(form.cleaned_data["indicators"])
        ProjectPlan.objects.filter(pk=plan.pk).update(is_agreed=True)
        part, after = of_project(held)(plan)
        history.note(part, of_project(held)(before)[1], after, user=user)
    return True


# -- while it runs ---------------------------------------------------------------------------------
def save_step(form: RevisedForm, project: Project, *, user: User) -> bool:
    """Write a step, new or there already. False when another wrote meanwhile."""
    with transaction.atomic(), _no_twin("Deze stap staat al bij dit project."):
        return history.save(form, of_project(_lock_open(project)), user=user)


def save_spending(form: RevisedForm, project: Project, *, user: User) -> bool:
    """Write money that a running project cost. False when another wrote meanwhile.

    Raises ``NotEditable``, also for a closed year, before or after the change.
    """
    with transaction.atomic(), _no_twin("Deze besteding staat er al."):
        row: ProjectSpending = form.instance
        before = ProjectSpending.objects.filter(pk=row.pk).first()
        _refuse_closed(row, before)
        return history.save(form, of_project(_lock_running(project)), user=user)


def _refuse_closed(*rows: ProjectSpending | None) -> None:
    spans = [(row.spent_on.year, row.spent_on.year) for row in rows if row is not None]
    refuse_closed(*spans, error=NotEditable)


def remove_row(row: ProjectStep | ProjectSpending, project: Project, *, user: User) -> None:
    """Take a step or a spending away; the history keeps it. Raises ``NotEditable``."""
    with transaction.atomic():
        held = _lock_open(project)
        model: type[models.Model] = type(row)
        there = model._base_manager.filter(pk=row.pk, project=held).first()
        if there is None:
            return  # a second click
        if isinstance(there, ProjectSpending):
            _refuse_closed(there)
        history.removed(there, of_project(held), user=user)
        there.delete()


def add_update(
    project: Project,
    *,
    day: datetime.date,
    text: str,
    user: User,
    at: datetime.datetime | None = None,
) -> ProjectUpdate:
    """Note how a running project stood on ``day``; for good.

    Raises ``NotEditable``, also when the same stands there already: a second click adds nothing.
    """
    with transaction.atomic():
        held = _lock_running(project)
        if held.updates.filter(day=day, text=text).exists():
            raise NotEditable("Deze stand van zaken staat er al; hij is niet nog eens bewaard.")
        made = ProjectUpdate.objects.create(
            project=held, day=day, text=text, actor=user, at=at or timezone.now()
        )
        history.added(made, of_project(held), user=user)
        return made


# -- the decision ----------------------------------------------------------------------------------
def decide(
    evaluation: ProjectEvaluation,
    project: Project,
    *,
    seen: int | None,
    user: User,
    at: datetime.datetime | None = None,
) -> ProjectEvent:
    """started or evaluated -> evaluated or closed, by what was decided; for good.

    ``seen`` is how many evaluations there were when the page was opened. Raises ``NotEditable``.
    """
    with transaction.atomic(), _no_twin(DECIDED):
        held = _lock_running(project)
        number = held.evaluations.count()
        if number != seen:
            raise NotEditable(DECIDED)
        evaluation.project, evaluation.number = held, number + 1
        evaluation.actor, evaluation.at = user, at or timezone.now()
        evaluation.save()
        history.added(evaluation, of_project(held), user=user)
        decision = ProjectDecision(evaluation.decision)
        to = ProjectStatus.CLOSED if decision in CLOSING else ProjectStatus.EVALUATED
        return _move(held, to, user=user, note=str(decision.label).capitalize(), at=evaluation.at)
