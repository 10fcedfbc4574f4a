"""What the pages where agendas are managed need in order to be there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agenda.documents import request_document
from agenda.models import AgendaDocument, AgendaVersion, DevelopmentTask, Goal
from core.files import store
from tests.factories_agenda import (
    AgendaVersionFactory,
    DevelopmentTaskFactory,
    GoalFactory,
    GroupFactory,
    IndicatorFactory,
    MunicipalityFactory,
    ObservationFactory,
    TableImportFactory,
    TaskStepFactory,
    ThemeFactory,
)


def a_version(**fields: Any) -> Mapping[str, Any]:
    version = AgendaVersionFactory.create(**fields)
    return {"slug": version.agenda.slug, "number": version.number}


def a_version_with_its_files(**fields: Any) -> Mapping[str, Any]:
    """A version with its decision, and with its document made."""
    file = store(b"%PDF-1.7", name="agenda.pdf", content_type="application/pdf")
    version = AgendaVersionFactory.create(decision_file=file, decision_name="besluit.pdf", **fields)
    job = request_document(version).job
    AgendaDocument.objects.update(
        file=file, pages=1, sha256="0" * 64, is_concept=version.is_editable, job=job
    )
    return {"slug": version.agenda.slug, "number": version.number}


def a_decided_version_with_its_files() -> Mapping[str, Any]:
    return a_version_with_its_files(adopted=True)


def a_kind() -> Mapping[str, Any]:
    return {**a_version(), "word": "thema"}


def a_goal() -> Mapping[str, Any]:
    goal = GoalFactory.create()
    version = goal.theme.version
    return {
        "slug": version.agenda.slug,
        "number": version.number,
        "word": "doel",
        "pk": goal.pk,
    }


def a_goal_itself() -> Mapping[str, Any]:
    return {key: value for key, value in a_goal().items() if key != "word"}


def a_version_with_a_goal() -> Mapping[str, Any]:
    return {name: held for name, held in a_goal().items() if name not in ("word", "pk")}


def a_task() -> Mapping[str, Any]:
    return {**(version := a_version()), "pk": _task_of(version).pk}


def a_step() -> Mapping[str, Any]:
    version = a_version()
    step = TaskStepFactory.create(task=_task_of(version))
    return {**version, "pk": step.task.pk, "step": step.pk}


def _task_of(version: Mapping[str, Any]) -> DevelopmentTask:
    held = AgendaVersion.objects.get(agenda__slug=version["slug"])
    return DevelopmentTaskFactory.create(version=held)


def a_goal_to_measure() -> Mapping[str, Any]:
    return {name: held for name, held in a_goal().items() if name != "word"}


def _address(version: AgendaVersion) -> Mapping[str, Any]:
    return {"slug": version.agenda.slug, "number": version.number}


def an_adopted_version() -> Mapping[str, Any]:
    return _address(AgendaVersionFactory.create(adopted=True))


def a_later_version() -> Mapping[str, Any]:
    return _address(AgendaVersionFactory.create(number=2))


def a_copy() -> Mapping[str, Any]:
    former = AgendaVersionFactory.create(adopted=True)
    return _address(AgendaVersionFactory.create(copied_from=former))


def _two_agendas() -> tuple[Goal, Goal]:
    """A goal of an adopted agenda, and one of the draft that follows it."""
    before = GoalFactory.create(
        theme__version=AgendaVersionFactory.create(adopted=True, agenda__year=2012)
    )
    draft = AgendaVersionFactory.create(agenda__predecessor=before.theme.version.agenda)
    return before, GoalFactory.create(theme=ThemeFactory.create(version=draft))


def a_goal_before() -> Mapping[str, Any]:
    before, after = _two_agendas()
    version = after.theme.version
    return {"slug": version.agenda.slug, "number": version.number, "pk": before.pk}


def a_goal_after() -> Mapping[str, Any]:
    _before, after = _two_agendas()
    version = after.theme.version
    return {"slug": version.agenda.slug, "number": version.number, "pk": after.pk}


def an_indicator() -> Mapping[str, Any]:
    return {"slug": IndicatorFactory.create().slug}


def a_measured_indicator() -> Mapping[str, Any]:
    return {"slug": ObservationFactory.create().indicator.slug}


def a_breakdown() -> Mapping[str, Any]:
    return {"pk": GroupFactory.create().breakdown.pk}


def an_observation() -> Mapping[str, Any]:
    row = ObservationFactory.create()
    return {"slug": row.indicator.slug, "pk": row.pk}


def a_municipality() -> Mapping[str, Any]:
    return {"pk": MunicipalityFactory.create().pk}


def an_import() -> Mapping[str, Any]:
    """A file that somebody else handed in: nobody but he sees it."""
    version = a_version()
    held = AgendaVersion.objects.get(agenda__slug=version["slug"])
    return {**version, "pk": TableImportFactory.create(version=held).pk}


def an_import_of_values() -> Mapping[str, Any]:
    return {"pk": TableImportFactory.create(kind="values", version=None).pk}
