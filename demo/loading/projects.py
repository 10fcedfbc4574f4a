"""Projects that sources name, and one that was invented, from the five questions to a decision."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.constants import OrganisationKind
from accounts.models import Organisation, User
from agenda.constants import Origin
from agenda.models import Indicator
from contracts.actions import projects as actions
from contracts.constants import (
    CriterionResult,
    Duration,
    InterventionBase,
    Obligation,
    ProjectDecision,
    ProjectKind,
)
from contracts.models import (
    Contract,
    Project,
    ProjectEvaluation,
    ProjectPlan,
    ProjectSpending,
    ProjectStep,
)
from contracts.projects.forms import PlanChangeForm, PlanForm, ProjectForm
from contracts.projects.running_forms import EvaluationForm, SpendingForm, StepForm
from demo.accounts import OFFICER
from demo.loading.example.steps import done, moment, posted, told_at, valid
from demo.loading.lookups import Known
from demo.loading.reader import Place, find, read_file, save, save_all
from demo.loading.sources import Citations


@dataclass(frozen=True)
class OrganisationRow:
    place: Place
    slug: str
    name: str
    kind: OrganisationKind


@dataclass(frozen=True)
class ToldRow:
    """What a source says of the outcome."""

    place: Place
    results: str
    lessons: str = ""
    decision: ProjectDecision = ProjectDecision.NOT_STATED
    follow_up: str = ""


@dataclass(frozen=True)
class ProjectRow:
    """A project as a source names it."""

    place: Place
    slug: str
    title: str
    kind: ProjectKind
    locator: str
    elsewhere: str = ""
    contracts: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    municipalities: list[str] = field(default_factory=list)
    what: str = ""
    location: str = ""
    aim: str = ""
    term: str = ""
    obligation: Obligation = Obligation.NOT_STATED
    funding: str = ""
    note: str = ""
    source: str = ""
    evaluation: ToldRow | None = None


@dataclass(frozen=True)
class GoalsRow:
    place: Place
    agenda: str
    number: int
    slugs: list[str]


@dataclass(frozen=True)
class PlanRow:
    what: str
    who: str
    location: str
    starts_on: datetime.date
    ends_on: datetime.date
    aim: str
    incidental: str
    incidental_until: datetime.date
    structural: str
    funding: str
    obligation: Obligation
    effect: str
    measuring: str
    indicator: str
    criterion: str
    evaluating: str
    decide_by: datetime.date
    if_succeeds: str
    payer: str


@dataclass(frozen=True)
class StepRow:
    text: str
    due_on: datetime.date
    done_on: datetime.date


@dataclass(frozen=True)
class UpdateRow:
    day: datetime.date
    text: str


@dataclass(frozen=True)
class SpendingRow:
    spent_on: datetime.date
    label: str
    amount: str
    duration: Duration


@dataclass(frozen=True)
class ChangeRow:
    on: datetime.date
    reason: str
    ends_on: datetime.date
    decide_by: datetime.date


@dataclass(frozen=True)
class DecisionRow:
    decided_on: datetime.date
    results: str
    criterion_result: CriterionResult
    criterion_reason: str
    costs: str
    balance_note: str
    lessons: str
    decision: ProjectDecision
    decision_reason: str
    follow_up: str
    decided_by: str


@dataclass(frozen=True)
class ExampleRow:
    """The invented project: each part is written by the form that people use."""

    place: Place
    title: str
    kind: ProjectKind
    owner: str
    intervention: str
    intervention_base: InterventionBase
    contract: str
    partner: str
    municipality: str
    goals: GoalsRow
    note: str
    plan: PlanRow
    started_on: datetime.date
    steps: list[StepRow]
    updates: list[UpdateRow]
    spendings: list[SpendingRow]
    change: ChangeRow
    decision: DecisionRow


@dataclass(frozen=True)
class ProjectsFile:
    source: str
    organisations: list[OrganisationRow]
    projects: list[ProjectRow]
    example: ExampleRow


def load(data: Path) -> None:
    """Insert the projects of ``projects.yaml``: organisations and contracts are there already.

    The invented one is left out of an installation that is not a demonstration. Raises
    ``DataFileError``; nothing is kept then.
    """
    content = read_file(data / "projects.yaml", ProjectsFile)
    with transaction.atomic():
        save_all(
            (row.place, Organisation(slug=row.slug, name=row.name, kind=row.kind))
            for row in content.organisations
        )
        cited, known = Citations(content.source), Known()
        contracts = {each.slug: each for each in Contract.objects.all()}
        made = [(row, _from_source(row, cited, known, contracts)) for row in content.projects]
        save_all((row.place, _plan_told(row, project)) for row, project in made)
        save_all(
            (row.evaluation.place, _outcome_told(row.evaluation, project))
            for row, project in made
            if row.evaluation is not None
        )
        if settings.DEMO:
            officer = User.objects.get(email=OFFICER)  # made with the example before
            Example(content.example, known, contracts, officer).walk()


def _from_source(
    row: ProjectRow, cited: Citations, known: Known, contracts: dict[str, Contract]
) -> Project:
    sourced = cited.cite(row.place, row.locator, source=row.source)
    project = save(
        row.place,
        Project(
            slug=row.slug,
            title=row.title,
            kind=row.kind,
            origin=Origin.SOURCE,
            elsewhere=known.organisation(row.place, row.elsewhere) if row.elsewhere else None,
            note=row.note,
            **sourced,
        ),
    )
    if row.contracts:
        held = [find(row.place, contracts, slug, "overeenkomst") for slug in row.contracts]
        project.contracts.add(*held)
    if row.partners:
        project.partners.add(*(known.organisation(row.place, slug) for slug in row.partners))
    if row.municipalities:
        beside = [known.organisation(row.place, slug) for slug in row.municipalities]
        project.municipalities.add(*beside)
    return project


def _plan_told(row: ProjectRow, project: Project) -> ProjectPlan:
    return ProjectPlan(
        project=project,
        what=row.what,
        place=row.location,
        aim=row.aim,
        term_note=row.term,
        obligation=row.obligation,
        funding=row.funding,
    )


def _outcome_told(told: ToldRow, project: Project) -> ProjectEvaluation:
    """What the source of ``project`` says came of it."""
    return ProjectEvaluation(
        project=project,
        number=1,
        results=told.results,
        lessons=told.lessons,
        decision=told.decision,
        follow_up=told.follow_up,
        source=project.source,
        locator=project.locator,
    )


def _said(row: Any, *but: str) -> dict[str, Any]:
    """What the fields of ``row`` say, by name; without ``but``."""
    return {each.name: getattr(row, each.name) for each in fields(row) if each.name not in but}


class Example:
    """The invented project, each step by the action that people use, at the moment of the file."""

    def __init__(
        self, row: ExampleRow, known: Known, contracts: dict[str, Contract], user: User
    ) -> None:
        self.row, self.known, self.contracts, self.user = row, known, contracts, user

    def walk(self) -> None:
        """From the five questions to the decision. Raises ``DataFileError``."""
        with told_at(self.row.place):
            project = self._draft()
            self._plan(project)
            actions.start(
                project,
                seen=actions.current_plan(project).revision,
                user=self.user,
                at=moment(self.row.started_on),
            )
            self._run(project)
            self._change(project)
            self._decide(project)

    def _draft(self) -> Project:
        row, place = self.row, self.row.place
        version = self.known.version(row.goals.place, row.goals.agenda, row.goals.number)
        form = ProjectForm(
            posted(
                title=row.title,
                kind=row.kind,
                owner=row.owner,
                organisation="",
                officer=self.user,
                goals=[self.known.goal(row.goals.place, version, each) for each in row.goals.slugs],
                contracts=[find(place, self.contracts, row.contract, "overeenkomst")],
                partners=[self.known.organisation(place, row.partner)],
                municipalities=[self.known.organisation(place, row.municipality)],
                intervention=row.intervention,
                intervention_base=row.intervention_base,
                note=row.note,
            ),
            instance=Project(is_example=True),
        )
        return actions.create_project(valid(place, form), user=self.user)

    def _answers(self, **changes: Any) -> dict[str, Any]:
        plan = self.row.plan
        known = {each.slug: each for each in Indicator.objects.all()}
        measured_by = find(self.row.place, known, plan.indicator, "indicator")
        said = _said(plan, "indicator", "location") | {"place": plan.location}
        return posted(**said, indicators=[measured_by], **changes)

    def _plan(self, project: Project) -> None:
        held = actions.current_plan(project)
        form = PlanForm(self._answers(revision=held.revision), instance=held)
        done(self.row.place, actions.save_plan(valid(self.row.place, form), user=self.user))

    def _run(self, project: Project) -> None:
        place, user = self.row.place, self.user
        for step in self.row.steps:
            form = StepForm(posted(**_said(step)), instance=ProjectStep(project=project))
            done(place, actions.save_step(valid(place, form), project, user=user))
        for spending in self.row.spendings:
            money = SpendingForm(
                posted(**_said(spending)), instance=ProjectSpending(project=project)
            )
            done(place, actions.save_spending(valid(place, money), project, user=user))
        for update in self.row.updates:
            at = moment(update.day, hour=15)
            actions.add_update(project, user=user, at=at, **_said(update))

    def _change(self, project: Project) -> None:
        change, held = self.row.change, actions.current_plan(project)
        typed = self._answers() | posted(**_said(change, "on"))
        form = valid(self.row.place, PlanChangeForm(typed, current=held))
        at = moment(change.on)
        changed = actions.change_plan(form, project, seen=held.number, user=self.user, at=at)
        done(self.row.place, changed)

    def _decide(self, project: Project) -> None:
        decision = self.row.decision
        form = valid(self.row.place, EvaluationForm(posted(**_said(decision))))
        at = moment(decision.decided_on, hour=16)
        actions.decide(form.instance, project, seen=0, user=self.user, at=at)
