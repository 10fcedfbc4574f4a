"""The rows of projects, for the table of who may ask what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from accounts.constants import OFFICER_ROLES, STAFF_ROLES, Role
from contracts.models import Project
from tests.factories_projects import (
    ProjectFactory,
    ProjectSpendingFactory,
    ProjectStepFactory,
    ready_project,
    started_project,
)
from tests.guards import public_pages
from tests.guards.rows import NOT_ALLOWED, OK, REDIRECT, Answer, Row, everyone, only

WRITERS = (Role.CONTRACT_MANAGER, Role.POLICY_OFFICER)
Makes = Callable[[], Mapping[str, Any]]


def named(make: Callable[[], Project]) -> Makes:
    return lambda: {"slug": make().slug}


def a_step() -> Mapping[str, Any]:
    row = ProjectStepFactory.create()
    return {"slug": row.project.slug, "pk": row.pk}


def a_spending() -> Mapping[str, Any]:
    row = ProjectSpendingFactory.create()
    return {"slug": row.project.slug, "pk": row.pk}


def _public(kwargs: Makes = dict) -> Row:
    return Row(get=everyone(OK), post=everyone(NOT_ALLOWED), kwargs=kwargs)


def _read_by(roles: frozenset[Role], kwargs: Makes = dict) -> Row:
    held = sorted(roles)
    return Row(get=only(*held), post=only(*held, answer=NOT_ALLOWED), kwargs=kwargs)


def _written(kwargs: Makes = dict, *, post: Answer = OK) -> Row:
    return Row(get=only(*WRITERS), post=only(*WRITERS, answer=post), kwargs=kwargs)


DRAFT, READY, STARTED = named(ProjectFactory.create), named(ready_project), named(started_project)

ROWS = {
    "project_list": _public(),
    "project_detail": _public(STARTED),
    "goal_projects": _public(public_pages.a_goal),
    "project_manage_list": _read_by(STAFF_ROLES),
    "project_manage": _read_by(STAFF_ROLES, DRAFT),
    "project_history": _read_by(OFFICER_ROLES, DRAFT),
    "project_add": _written(),
    "project_edit": _written(DRAFT),
    "project_plan": _written(DRAFT),
    # Without the revision that was read, the start leads back to read again.
    "project_start": _written(READY, post=REDIRECT),
    "project_plan_change": _written(STARTED),
    "project_delete": _written(DRAFT, post=REDIRECT),
    "project_step_add": _written(STARTED),
    "project_step_edit": _written(a_step),
    "project_step_delete": _written(a_step, post=REDIRECT),
    "project_spending_add": _written(STARTED),
    "project_spending_edit": _written(a_spending),
    "project_spending_delete": _written(a_spending, post=REDIRECT),
    "project_update": _written(STARTED),
    "project_decide": _written(STARTED),
}
