"""Projects in each of their states, for tests."""

from __future__ import annotations

import datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.constants import Role
from accounts.models import User
from agenda.constants import Origin
from contracts.actions import projects as actions
from contracts.constants import (
    CriterionResult,
    Duration,
    Obligation,
    ProjectDecision,
    ProjectKind,
    ProjectStatus,
)
from contracts.models import (
    Project,
    ProjectEvaluation,
    ProjectEvent,
    ProjectPlan,
    ProjectSpending,
    ProjectStep,
    ProjectUpdate,
)
from tests.factories import UserFactory

#: Every answer that a project needs before it starts.
ANSWERS: dict[str, Any] = {
    "what": "Een training voor tien jongeren.",
    "who": "Het jongerenwerk.",
    "place": "In het dorpshuis",
    "starts_on": datetime.date(2026, 1, 1),
    "ends_on": datetime.date(2026, 12, 31),
    "aim": "Jongeren wonen zelfstandig.",
    "incidental": 20_000,
    "incidental_until": datetime.date(2026, 12, 31),
    "funding": "het innovatiebudget",
    "obligation": Obligation.RESULT,
    "effect": "Minder terugval.",
    "measuring": "Navraag na een half jaar.",
    "criterion": "Acht van de tien wonen zelfstandig.",
    "evaluating": "Gesprek met alle deelnemers.",
    "decide_by": datetime.date(2027, 2, 1),
    "if_succeeds": "Dan wordt het vast aanbod.",
    "payer": "De gemeente, uit de begroting voor begeleiding.",
}
FINDINGS: dict[str, Any] = {
    "results": "Negen jongeren wonen zelfstandig.",
    "criterion_result": CriterionResult.MET,
    "criterion_reason": "Uit de navraag.",
    "balance_note": "Wat zij anders kostten, is niet bekend.",
    "lessons": "Begin eerder.",
    "decision": ProjectDecision.REGULAR,
    "decision_reason": "Het werkt.",
    "follow_up": "Het jongerenwerk doet het voortaan.",
    "decided_on": datetime.date(2026, 11, 2),
    "decided_by": "het college",
}


class ProjectFactory(DjangoModelFactory[Project]):
    """A project in draft with an empty plan; ``from_source`` is taken from a document."""

    class Meta:
        model = Project
        skip_postgeneration_save = True

    class Params:
        from_source = factory.Trait(status=None, origin=Origin.SOURCE)

    slug = factory.Sequence(lambda n: f"project-{n}")
    title = factory.Sequence(lambda n: f"Project {n}")
    kind = ProjectKind.PILOT
    status = ProjectStatus.DRAFT
    origin = Origin.SYSTEM

    @factory.post_generation
    def plan(self: Project, create: bool, extracted: Any, **kwargs: Any) -> None:
        ProjectPlan.objects.create(project=self, number=1, **(extracted or {}))


def officer_of_projects() -> User:
    made: User = UserFactory.create(holds=[Role.POLICY_OFFICER])
    return made


def ready_project(**fields: Any) -> Project:
    """A draft of which all is answered."""
    made: Project = ProjectFactory.create(plan=ANSWERS | fields.pop("plan", {}), **fields)
    return made


def started_project(user: User | None = None, **fields: Any) -> Project:
    project = ready_project(**fields)
    seen = actions.current_plan(project).revision
    actions.start(project, seen=seen, user=user or officer_of_projects())
    project.refresh_from_db()
    return project


def decided_project(user: User | None = None, **fields: Any) -> Project:
    """A project that was evaluated; ``says`` is what the evaluation says otherwise."""
    says = fields.pop("says", {})
    user = user or officer_of_projects()
    project = started_project(user, **fields)
    actions.decide(ProjectEvaluation(**FINDINGS | says), project, seen=0, user=user)
    project.refresh_from_db()
    return project


class ProjectStepFactory(DjangoModelFactory[ProjectStep]):
    class Meta:
        model = ProjectStep

    project = factory.LazyFunction(started_project)
    text = factory.Sequence(lambda n: f"Deelnemers werven ({n})")
    due_on = datetime.date(2026, 3, 1)


class ProjectUpdateFactory(DjangoModelFactory[ProjectUpdate]):
    class Meta:
        model = ProjectUpdate

    project = factory.LazyFunction(started_project)
    day = datetime.date(2026, 4, 1)
    text = factory.Sequence(lambda n: f"Er doen {n} jongeren mee.")
    actor = factory.LazyFunction(officer_of_projects)


class ProjectSpendingFactory(DjangoModelFactory[ProjectSpending]):
    class Meta:
        model = ProjectSpending

    project = factory.LazyFunction(started_project)
    spent_on = datetime.date(2026, 4, 1)
    label = factory.Sequence(lambda n: f"Trainer ({n})")
    amount = 1_000
    duration = Duration.INCIDENTAL


class ProjectEventFactory(DjangoModelFactory[ProjectEvent]):
    class Meta:
        model = ProjectEvent

    project = factory.SubFactory(ProjectFactory)
    from_status = ProjectStatus.DRAFT
    to_status = ProjectStatus.STARTED
    actor = factory.LazyFunction(officer_of_projects)


class ProjectEvaluationFactory(DjangoModelFactory[ProjectEvaluation]):
    class Meta:
        model = ProjectEvaluation

    project = factory.LazyFunction(started_project)
    number = 1
    actor = factory.LazyFunction(officer_of_projects)
    results = FINDINGS["results"]
    criterion_result = FINDINGS["criterion_result"]
    criterion_reason = FINDINGS["criterion_reason"]
    balance_note = FINDINGS["balance_note"]
    lessons = FINDINGS["lessons"]
    decision = FINDINGS["decision"]
    decision_reason = FINDINGS["decision_reason"]
    follow_up = FINDINGS["follow_up"]
    decided_on = FINDINGS["decided_on"]
    decided_by = FINDINGS["decided_by"]
