"""A project, and each of its parts, that breaks one rule: by the name of the constraint."""

from __future__ import annotations

import datetime
from typing import Any

from contracts.models import Project, ProjectEvaluation, ProjectPlan
from tests.constraints import Spoilt, spoil, spoilt, twin
from tests.factories_agenda import PartnerFactory
from tests.factories_projects import (
    ANSWERS,
    FINDINGS,
    ProjectEventFactory,
    ProjectFactory,
    ProjectSpendingFactory,
    ProjectStepFactory,
    ProjectUpdateFactory,
    officer_of_projects,
    started_project,
)


def plan(**changes: Any) -> Spoilt:
    """The plan of a draft."""

    def make() -> ProjectPlan:
        made: ProjectPlan = ProjectFactory.create().plans.get()
        spoil(made, **changes)
        return made

    return make


def agreed_without(name: str, empty: Any) -> Spoilt:
    """A plan that stands fast and leaves one answer open."""
    return lambda: ProjectPlan(
        project=ProjectFactory.create(),
        **ANSWERS | {name: empty},
        number=2,
        reason="Een ander budget.",
        is_agreed=True,
        holds_from=datetime.date(2026, 1, 1),
        actor=officer_of_projects(),
    )


def evaluation(**changes: Any) -> Spoilt:
    """An evaluation that is new: one that stands there is never changed."""

    def make() -> ProjectEvaluation:
        user = officer_of_projects()
        says = {"number": 1, **FINDINGS, **changes}
        return ProjectEvaluation(project=started_project(user), actor=user, **says)

    return make


def second_evaluation() -> ProjectEvaluation:
    first = evaluation()()
    first.save()
    return ProjectEvaluation(project=first.project, actor=first.actor, number=1, **FINDINGS)  # type: ignore[attr-defined]


def a_title_in_capitals() -> Project:
    first, second = ProjectFactory.create(title="Samen eten"), ProjectFactory.create()
    second.title = first.title.upper()
    return second


PROJECTS: dict[str, Spoilt] = {
    "contracts_project_words": spoilt(ProjectFactory, kind="idee"),
    "contracts_project_status": spoilt(ProjectFactory, status="slaapt"),
    "contracts_project_origin": spoilt(ProjectFactory, origin="droom"),
    "contracts_project_system": lambda: spoil(
        ProjectFactory.create(), elsewhere=PartnerFactory.create()
    ),
    "contracts_project_intervention": spoilt(ProjectFactory, intervention_base="nji"),
    "contracts_project_title_unique": a_title_in_capitals,
    "contracts_plan_obligation": plan(obligation="wens"),
    "contracts_plan_number_unique": lambda: spoil(
        ProjectPlan(project=(made := started_project()), number=1), project=made
    ),
    "contracts_plan_days": plan(
        starts_on=datetime.date(2026, 2, 1), ends_on=datetime.date(2026, 1, 1)
    ),
    "contracts_plan_decided_after_start": plan(
        starts_on=datetime.date(2026, 2, 1), decide_by=datetime.date(2026, 1, 1)
    ),
    "contracts_plan_money_not_negative": plan(incidental=-1),
    "contracts_plan_agreed_complete": agreed_without("criterion", ""),
    "contracts_plan_changed_with_reason": plan(number=2),
    "contracts_project_event_words": lambda: ProjectEventFactory.build(
        project=ProjectFactory.create(), actor=officer_of_projects(), to_status="slaapt"
    ),
    "contracts_project_step_unique": twin(ProjectStepFactory, "project", "text"),
    "contracts_project_step_says": spoilt(ProjectStepFactory, text=""),
    "contracts_project_update_says": lambda: ProjectUpdateFactory.build(text=""),
    "contracts_project_spending_duration": spoilt(ProjectSpendingFactory, duration="soms"),
    "contracts_project_spending_amount": spoilt(ProjectSpendingFactory, amount=0),
    "contracts_project_spending_unique": twin(
        ProjectSpendingFactory, "project", "spent_on", "label", "amount", "duration"
    ),
    "contracts_project_evaluation_number_unique": second_evaluation,
    "contracts_project_evaluation_words": evaluation(decision="ooit"),
    "contracts_project_evaluation_complete": evaluation(lessons=""),
    "contracts_project_evaluation_money_not_negative": evaluation(costs=-1),
}
