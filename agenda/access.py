"""The doors to the agenda: what may not be read answers as if it were not there."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404

from accounts.models import User
from agenda.constants import ImportKind
from agenda.contents import within
from agenda.models import (
    AgendaVersion,
    Breakdown,
    DevelopmentTask,
    Goal,
    Indicator,
    Municipality,
    Observation,
    TableImport,
    TaskStep,
)
from agenda.parts import PARTS, Part


def version_or_404(slug: str, number: int | None = None) -> AgendaVersion:
    """The version ``number`` of an agenda, or the one that holds: the newest that was decided, or
    else the one that is being consulted about. Raises ``Http404``. One query."""
    versions = AgendaVersion.objects.readable().filter(agenda__slug=slug)
    if number is not None:
        versions = versions.filter(number=number)
    version = (
        versions.select_related("agenda__predecessor", "agenda__owner", "agenda__source", "source")
        .decided_first()
        .first()
    )
    if version is None:
        raise Http404("Deze agenda is er niet, of hij is nog niet openbaar.")
    return version


def version_with_tasks_or_404(slug: str, number: int | None = None) -> AgendaVersion:
    """The version ``number`` of an agenda, or the one that holds and has tasks, or that holds.

    Raises ``Http404``. One query.
    """
    versions = AgendaVersion.objects.readable().filter(agenda__slug=slug)
    if number is not None:
        versions = versions.filter(number=number)
    rows: list[Any] = list(  # with has_tasks, which is no field
        versions.select_related("agenda", "source")
        .annotate(has_tasks=Exists(DevelopmentTask.objects.filter(version=OuterRef("pk"))))
        .decided_first()
    )
    first: AgendaVersion | None = next(iter(rows), None)
    version: AgendaVersion | None = next((row for row in rows if row.has_tasks), first)
    if version is None:
        raise Http404("Deze agenda is er niet, of hij is nog niet openbaar.")
    return version


def goal_or_404(agenda_slug: str, slug: str) -> Goal:
    """A goal of this agenda, in any readable version. Raises ``Http404``. One query."""
    goal = (
        Goal.objects.readable()
        .filter(slug=slug, theme__version__agenda__slug=agenda_slug)
        .select_related(
            "theme__parent", "theme__version__agenda", "theme__version__source", "source"
        )
        .first()
    )
    if goal is None:
        raise Http404("Dit doel staat niet in deze agenda.")
    return goal


def indicator_or_404(slug: str) -> Indicator:
    """An indicator that the public may read, with its versions. Raises ``Http404``. Two queries."""
    rows = Indicator.objects.readable().select_related("source").prefetch_related("versions")
    indicator = rows.filter(slug=slug).first()
    if indicator is None:
        raise Http404("Deze indicator is er niet.")
    return indicator


def managed_version_or_404(slug: str, number: int) -> AgendaVersion:
    """Any version, drafts too, for those who manage agendas. Raises ``Http404``. One query."""
    version = (
        AgendaVersion.objects.filter(agenda__slug=slug, number=number)
        .select_related("agenda__owner", "agenda__predecessor", "copied_from__agenda")
        .first()
    )
    if version is None:
        raise Http404("Deze agenda is er niet.")
    return version


def part_or_404(version: AgendaVersion, part: Part, pk: int) -> Any:
    """A part of ``version``. Raises ``Http404``, also for a part of another agenda. One query."""
    found = part.model._base_manager.filter(within(version)[part.model], pk=pk).first()
    if found is None:
        raise Http404("Dit onderdeel hoort niet bij deze agenda.")
    return found


def kind_or_404(word: str) -> Part:
    """The kind of part that an address names. Raises ``Http404``."""
    if word not in PARTS:
        raise Http404("Zo’n onderdeel heeft een agenda niet.")
    return PARTS[word]


def managed_task_or_404(slug: str, number: int, pk: int) -> DevelopmentTask:
    """A task of a version, drafts too, with its moves. Raises ``Http404``. One query."""
    task = (
        DevelopmentTask.objects.with_moves()
        .filter(pk=pk, version__agenda__slug=slug, version__number=number)
        .select_related("version__agenda", "organisation")
        .first()
    )
    if task is None:
        raise Http404("Deze opdracht hoort niet bij deze agenda.")
    return task


def step_or_404(task: DevelopmentTask, pk: int) -> TaskStep:
    """A step of ``task``. Raises ``Http404``. One query."""
    step = task.steps.filter(pk=pk).first()
    if step is None:
        raise Http404("Deze stap hoort niet bij deze opdracht.")
    return step


def managed_indicator_or_404(slug: str) -> Indicator:
    """Any indicator, for those who manage them. Raises ``Http404``. One query."""
    indicator = Indicator.objects.filter(slug=slug).first()
    if indicator is None:
        raise Http404("Deze indicator is er niet.")
    return indicator


def breakdown_or_404(pk: int) -> Breakdown:
    """A breakdown. Raises ``Http404``. One query."""
    breakdown = Breakdown.objects.filter(pk=pk).first()
    if breakdown is None:
        raise Http404("Deze uitsplitsing is er niet.")
    return breakdown


def observation_or_404(indicator: Indicator, pk: int) -> Observation:
    """A value of ``indicator``. Raises ``Http404``. One query."""
    found = indicator.observations.filter(pk=pk).first()
    if found is None:
        raise Http404("Deze meetwaarde hoort niet bij deze indicator.")
    return found


def municipality_or_404(pk: int) -> Municipality:
    """A municipality. Raises ``Http404``. One query."""
    row = Municipality.objects.select_related("source").filter(pk=pk).first()
    if row is None:
        raise Http404("Deze gemeente staat er niet.")
    return row


def import_or_404(
    pk: int,
    user: User,
    *,
    version: AgendaVersion | None = None,
    kind: ImportKind = ImportKind.VALUES,
    about: str = "",
) -> TableImport:
    """A file that ``user`` handed in, about ``version`` or else of this ``kind`` and ``about`` that
    row. Raises ``Http404``. One query."""
    rows = TableImport.objects.filter(actor=user).select_related("indicator", "version", "actor")
    if version is not None:
        found = rows.filter(version=version, pk=pk).first()
    else:
        found = rows.filter(kind=kind, about=about, pk=pk).first()
    if found is None:
        raise Http404("Dit bestand is er niet, of het is van iemand anders.")
    return found
