"""What the history of a project calls its parts, and what it keeps of each.

A column that people write must be named here; a test holds these tables against the forms.
"""

from __future__ import annotations

from functools import partial

from django.db import models
from django.urls import reverse
from django.utils.text import capfirst

from accounts.history import Describe, Part, Whole, key_of
from contracts.models import (
    Project,
    ProjectEvaluation,
    ProjectPlan,
    ProjectSpending,
    ProjectStep,
    ProjectUpdate,
)
from core.wording import Told, told

COLUMNS: dict[type[models.Model], tuple[str, ...]] = {
    Project: (
        *("title", "kind", "owner", "organisation", "officer", "goals", "contracts", "partners"),
        *("municipalities", "intervention", "intervention_base", "intervention_url", "note"),
    ),
    ProjectPlan: (
        *("what", "who", "place", "starts_on", "ends_on", "aim"),
        *("incidental", "incidental_until", "structural", "funding"),
        *("obligation", "effect", "measuring", "indicators", "criterion", "evaluating"),
        *("decide_by", "if_succeeds", "payer", "reason"),
    ),
    ProjectStep: ("text", "due_on", "done_on"),
    ProjectUpdate: ("day", "text"),
    ProjectSpending: ("spent_on", "label", "amount", "duration"),
    ProjectEvaluation: (
        *("results", "criterion_result", "criterion_reason", "costs", "savings", "balance_note"),
        *("lessons", "decision", "decision_reason", "follow_up", "decided_on", "decided_by"),
    ),
}
KINDS: dict[type[models.Model], str] = {
    Project: "gegevens",
    ProjectPlan: "plan",
    ProjectStep: "stap",
    ProjectUpdate: "stand van zaken",
    ProjectSpending: "besteding",
    ProjectEvaluation: "evaluatie en besluit",
}


def label_of(model: type[models.Model], name: str) -> str:
    """What the screen calls a column of ``model``."""
    field = model._meta.get_field(name)
    return str(capfirst(str(getattr(field, "verbose_name", name))))


def _describe(row: models.Model, *, project: Project) -> tuple[Part, Told]:
    model = type(row)
    whole = Whole(key_of(project), project.title, reverse("project_history", args=[project.slug]))
    labels = {name: label_of(model, name) for name in COLUMNS[model]}
    return Part(whole, key_of(row), KINDS[model], str(row)), told(row, labels)


def of_project(project: Project) -> Describe:
    """Describes the project and its parts. Eight queries at most."""
    return partial(_describe, project=project)
