"""What the pages tell of projects, as plain data. Reads only; the rows come from ``access``."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from agenda.story import Story, provenance
from contracts.constants import InterventionBase, ProjectStatus
from contracts.models import Project, ProjectEvaluation, ProjectPlan
from contracts.projects.changes import COLUMNS, label_of
from contracts.projects.money import pots
from contracts.projects.readiness import missing
from core.wording import in_words, told

FROM_SOURCE = "uit een bronstuk"
NOT_IN_SOURCE = "niet vermeld in de bron"
NOT_YET = "nog niet ingevuld"


def state_of(project: Project) -> str:
    """Where a project stands, in words; one from a source says so where it names no state."""
    if project.status is None:
        return FROM_SOURCE
    return str(project.get_status_display())


def plan_of(project: Project) -> ProjectPlan:
    """The plan that holds; the plans are prefetched in order."""
    return list(project.plans.all())[-1]


def term_of(plan: ProjectPlan) -> str:
    """The term in words; empty where nothing is said of it."""
    if plan.starts_on and plan.ends_on:
        words = f"{in_words(plan.starts_on)} tot en met {in_words(plan.ends_on)}"
    elif plan.starts_on:
        words = f"vanaf {in_words(plan.starts_on)}"
    elif plan.ends_on:
        words = f"tot en met {in_words(plan.ends_on)}"
    else:
        return plan.term_note
    return f"{words} ({plan.term_note})" if plan.term_note else words


def warnings_of(project: Project, plan: ProjectPlan, today: datetime.date) -> list[str]:
    """What asks for attention: a decision that is due, a term that is over."""
    found = []
    started = project.status == ProjectStatus.STARTED
    if started and plan.decide_by is not None and plan.decide_by < today:
        found.append(f"Het besluit moest er zijn op {in_words(plan.decide_by)}.")
    if project.is_running and plan.ends_on is not None and plan.ends_on < today:
        found.append(f"De looptijd eindigde op {in_words(plan.ends_on)}.")
    return found


def project_rows(projects: Iterable[Project], today: datetime.date) -> list[Story]:
    """Projects in short; they were read with ``access.listed``. No query."""
    return [_row(project, today) for project in projects]


def _row(project: Project, today: datetime.date) -> Story:
    plan = plan_of(project)
    evaluations = list(project.evaluations.all())
    last = evaluations[-1] if evaluations else None
    who = [row.name for row in project.partners.all()]
    if not who and project.organisation is not None:
        who = [project.organisation.name]
    return {
        "project": project,
        "kind": project.get_kind_display(),
        "state": state_of(project),
        "term": term_of(plan),
        "who": who,
        "absent": NOT_IN_SOURCE if project.is_from_source else NOT_YET,
        "decision": last.get_decision_display() if last and last.decision else "",
        "result": last.results if last and project.is_from_source else "",
        "warnings": warnings_of(project, plan, today),
    }


def project_page(project: Project, today: datetime.date) -> Story:
    """All that is told of a project, which was read with ``access.whole``. No query."""
    plans = list(project.plans.all())
    plan = plans[-1]
    spendings = list(project.spendings.all())
    steps = list(project.steps.all())
    return {
        "project": project,
        "plan": plan,
        "kind": project.get_kind_display(),
        "state": state_of(project),
        "source": provenance(project),
        "absent": NOT_IN_SOURCE if project.is_from_source else NOT_YET,
        "none": _none(project),
        "questions": _unless_silent(_questions(plan), project),
        "beforehand": _unless_silent(_beforehand(plan), project),
        "owner": ", ".join(
            filter(None, [project.owner, project.organisation.name if project.organisation else ""])
        ),
        "partners": [row.name for row in project.partners.all()],
        "municipalities": [row.name for row in project.municipalities.all()],
        "goals": list(project.goals.all()),
        "contracts": list(project.contracts.all()),
        "base": (
            InterventionBase(project.intervention_base).label if project.intervention_base else ""
        ),
        "needed": missing(vars(plan)) if project.is_draft else [],
        "warnings": warnings_of(project, plan, today),
        "pots": pots(
            plan.incidental,
            plan.structural,
            plan.incidental_until,
            [(row.duration, row.amount) for row in spendings],
        ),
        "spendings": spendings,
        "steps": steps,
        "steps_done": sum(row.done_on is not None for row in steps),
        "updates": list(project.updates.all()),
        "changes": [_change(former, later) for former, later in pairwise(plans)],
        "evaluations": [_evaluation(row, project) for row in project.evaluations.all()],
        "events": list(project.events.all()),
    }


def _none(project: Project) -> str:
    """Why a project names no partner, goal or contract."""
    if project.is_from_source:
        return NOT_IN_SOURCE
    return NOT_YET if project.is_draft else "geen"


def _questions(plan: ProjectPlan) -> list[Story]:
    """The five questions with their answers."""
    where = [plan.place, term_of(plan)]
    return [
        _said("Wat gaan we doen?", plan.what),
        _said("Wie doet het?", plan.who),
        _said("Waar en wanneer?", "\n".join(filter(None, where))),
        _said("Wat willen we bereiken?", plan.aim),
        {"label": "Wat mag het kosten?", "amount": plan.cost, "text": plan.funding},
    ]


def _beforehand(plan: ProjectPlan) -> list[Story]:
    """What was settled before the start."""
    rows = [
        _said(
            "Wat de uitvoerder belooft", plan.get_obligation_display() if plan.obligation else ""
        ),
        _said("Verwacht effect", plan.effect),
        _said("Hoe dat wordt gemeten", plan.measuring),
        _said("Wanneer het is geslaagd", plan.criterion),
        _said("Hoe wordt geëvalueerd", plan.evaluating),
        _said("Besluit uiterlijk op", in_words(plan.decide_by)),
        _said("Als het slaagt", plan.if_succeeds),
        _said("Wie het dan betaalt", plan.payer),
    ]
    names = ", ".join(row.name for row in plan.indicators.all())
    if names:
        rows.insert(3, _said("Met welke indicatoren", names))
    return rows


def _unless_silent(rows: list[Story], project: Project) -> list[Story]:
    """``rows``; none where a source says nothing of any of them, which is told once then."""
    says_something = any(row["text"] or row.get("amount") is not None for row in rows)
    return rows if says_something or not project.is_from_source else []


def _said(label: str, text: str) -> Story:
    return {"label": label, "text": text[:1].upper() + text[1:]}


def _change(former: ProjectPlan, later: ProjectPlan) -> Story:
    """What a later plan says otherwise than the one before it."""
    labels = {name: label_of(ProjectPlan, name) for name in COLUMNS[ProjectPlan][:-1]}
    was, says = told(former, labels), told(later, labels)
    return {
        "number": later.number,
        "day": later.holds_from,
        "reason": later.reason,
        "rows": [
            {"label": label, "before": was[label], "after": says[label]}
            for label in labels.values()
            if was[label] != says[label]
        ],
    }


def _evaluation(row: ProjectEvaluation, project: Project) -> Story:
    costs, savings = row.costs, row.savings
    balance: Any = None
    if costs is not None and savings is not None:
        balance = savings - costs
    return {
        "row": row,
        # The source of the project itself stands at the top of the page.
        "source": provenance(row) if row.source_id != project.source_id else {},
        "is_from_source": row.source_id is not None,
        "criterion": row.get_criterion_result_display(),
        "decision": row.get_decision_display(),
        "balance": balance,
    }
