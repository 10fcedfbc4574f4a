"""The doors to projects: what may not be read answers as if it were not there."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import Http404

from agenda.models import Goal
from contracts.models import (
    Contract,
    Project,
    ProjectEvaluation,
    ProjectPlan,
    ProjectSpending,
    ProjectStep,
    ProjectUpdate,
)
from contracts.querysets import ProjectQuerySet

NOT_THERE = "Dit project is er niet, of het is nog niet openbaar."


def listed(rows: ProjectQuerySet) -> ProjectQuerySet:
    """``rows`` as a list tells them: five queries, however many there are."""
    return rows.select_related("organisation", "elsewhere", "source").prefetch_related(
        Prefetch("plans", ProjectPlan.objects.order_by("number")),
        Prefetch("evaluations", ProjectEvaluation.objects.order_by("number")),
        "partners",
        "municipalities",
    )


def whole(rows: ProjectQuerySet, *, drafts: bool) -> ProjectQuerySet:
    """``rows`` with all that is told of a project: thirteen queries.

    Without ``drafts`` the contracts and goals that the public may not read are left out.
    """
    goals = Goal.objects.all() if drafts else Goal.objects.readable()
    contracts = Contract.objects.all() if drafts else Contract.objects.readable()
    plans = ProjectPlan.objects.order_by("number").prefetch_related("indicators")
    return rows.select_related("organisation", "elsewhere", "officer", "source").prefetch_related(
        Prefetch("plans", plans),
        Prefetch(
            "evaluations", ProjectEvaluation.objects.order_by("number").select_related("source")
        ),
        Prefetch("goals", goals.in_order().select_related("theme__version__agenda")),
        Prefetch("contracts", contracts.order_by("title")),
        Prefetch("spendings", ProjectSpending.objects.order_by("spent_on", "pk")),
        Prefetch("steps", ProjectStep.objects.all()),
        Prefetch("updates", ProjectUpdate.objects.order_by("-day", "-pk")),
        "partners",
        "municipalities",
        "events__actor",
    )


def project_or_404(slug: str) -> Project:
    """A project that the public may read, with all that is told of it. Raises ``Http404``."""
    project = whole(Project.objects.readable().filter(slug=slug), drafts=False).first()
    if project is None:
        raise Http404(NOT_THERE)
    return project


# -- behind the sign-in ----------------------------------------------------------------------------
def whole_project_or_404(slug: str) -> Project:
    """A project as staff read it, drafts too, with all that is told of it. Raises ``Http404``."""
    project = whole(Project.objects.filter(slug=slug), drafts=True).first()
    if project is None:
        raise Http404(NOT_THERE)
    return project


def managed_project_or_404(slug: str) -> Project:
    """A project to work on. Raises ``Http404``. One query."""
    project = Project.objects.filter(slug=slug).first()
    if project is None:
        raise Http404(NOT_THERE)
    return project


def step_or_404(project: Project, pk: int) -> ProjectStep:
    """A step of ``project``. Raises ``Http404``. One query."""
    row = project.steps.filter(pk=pk).first()
    if row is None:
        raise Http404("Deze stap is er niet, of hij is verwijderd.")
    return row


def spending_or_404(project: Project, pk: int) -> ProjectSpending:
    """A spending of ``project``. Raises ``Http404``. One query."""
    row = project.spendings.filter(pk=pk).first()
    if row is None:
        raise Http404("Deze besteding is er niet, of zij is verwijderd.")
    return row
