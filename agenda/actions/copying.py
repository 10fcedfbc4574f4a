"""Copying all that hangs under one version of an agenda to another: docs/regels/versies.md.

Each column of each kind of row in ``COPIED`` goes along, unless ``not_copied`` names it with the
reason; each other kind of row under a version stands in ``NOT_COPIED`` with the reason. A test
walks all models and columns, so that nothing that is added later is left behind unnoticed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from agenda.constants import UNNAMED, CopyPiece, TargetKind, TaskResult
from agenda.contents import within
from agenda.models import (
    Advice,
    AdviceAnswer,
    AdviceDocument,
    AdvicePoint,
    AgendaDocument,
    AgendaVersion,
    AgendaVersionEvent,
    ConsultationRound,
    Contribution,
    CouncilTalk,
    CouncilTalkPoint,
    DevelopmentTask,
    EditStep,
    Goal,
    GoalSuccession,
    Invitation,
    Measure,
    Participation,
    PolicyLink,
    Principle,
    RoundEvent,
    SituationFact,
    TableImport,
    Target,
    TaskStep,
    TaskUpdate,
    Theme,
    ThemeSuccession,
)
from agenda.slugs import unused_slug
from core.periods import Period

Model = type[models.Model]
#: In this order: what a row hangs on is copied before it.
COPIED: tuple[Model, ...] = (
    Principle,
    SituationFact,
    PolicyLink,
    Theme,
    Goal,
    Contribution,
    Measure,
    Target,
    DevelopmentTask,
    TaskStep,
)
_ADVICE = "Advice was given on the version that it is about, and stays there."
_TALKS = "The council talked about the version that was before it, and the promise was made there."
_FATES = "Says how a goal or theme came into its own version; agenda/actions/renewing.py writes it."
NOT_COPIED: dict[Model, str] = {
    AgendaDocument: "It is made of its own version.",
    AgendaVersionEvent: "The log tells what happened to its own version.",
    TableImport: "A file is taken in by the version that it was handed in for.",
    EditStep: "A step is taken back in the version where it was taken.",
    Participation: "People took part in making one version; of another one they may know nothing.",
    TaskUpdate: "Append-only; it comes along at adoption (agenda/actions/renewing.py).",
    GoalSuccession: _FATES,
    ThemeSuccession: _FATES,
    ConsultationRound: _ADVICE,
    RoundEvent: _ADVICE,
    Invitation: _ADVICE,
    Advice: _ADVICE,
    AdvicePoint: _ADVICE,
    AdviceAnswer: _ADVICE,
    AdviceDocument: _ADVICE,
    CouncilTalk: _TALKS,
    CouncilTalkPoint: _TALKS,
}
PIECES: dict[CopyPiece, tuple[Model, ...]] = {
    CopyPiece.PRINCIPLES: (Principle,),
    CopyPiece.MEASURES: (Measure, Target),
    CopyPiece.POLICIES: (PolicyLink,),
    CopyPiece.SITUATION: (SituationFact,),
    CopyPiece.TASKS: (DevelopmentTask, TaskStep),
}
#: Figures and facts about the world have the same source in every agenda that names them.
_SOURCED_ANYWHERE = frozenset({Target, SituationFact, PolicyLink})
_NOT_IN_SOURCE = "The source tells about its own version; of the copy it says nothing."
_EVALUATED = "A task that is set anew was not evaluated yet."
_PLANNED = "A task that is set anew is planned anew."
_OWN: dict[Model, dict[str, str]] = {
    Goal: {
        "slug": "An address belongs to one goal.",
        "copied_from": "Says of the copy itself what it began as.",
    },
    DevelopmentTask: {"copied_from": "Says of the copy itself what it began as."},
    TaskStep: {"copied_from": "Says of the copy itself what it began as."},
}
_OWN_AGENDA: dict[Model, dict[str, str]] = {
    Principle: {"is_new": "What the former agenda had is not new in the next."},
    DevelopmentTask: dict.fromkeys(("evaluated_on", "result", "evaluation"), _EVALUATED),
    TaskStep: dict.fromkeys(("due_on", "done_on"), _PLANNED),
}


def not_copied(model: Model, *, to_new_agenda: bool) -> dict[str, str]:
    """The columns of ``model`` that a copy does not take over, each with the reason."""
    held = {"id": "Its own.", "revision": "Counts how often its own row was written."}
    if model not in _SOURCED_ANYWHERE:
        held |= dict.fromkeys(("source", "locator"), _NOT_IN_SOURCE)
    held |= _OWN.get(model, {})
    return held | (_OWN_AGENDA.get(model, {}) if to_new_agenda else {})


@dataclass
class Copied:
    """What came over: by kind the new row of each old key. ``left_out``: what did not, and why."""

    rows: dict[Model, dict[int, Any]] = field(default_factory=dict)
    left_out: list[dict[str, str]] = field(default_factory=list)

    @property
    def goals(self) -> dict[int, Goal]:
        """The new goal of each old one."""
        return self.rows.get(Goal, {})

    def leave(self, what: str, why: str) -> None:
        self.left_out.append({"what": what, "why": why})


def copy_content(
    before: AgendaVersion,
    after: AgendaVersion,
    *,
    pieces: Collection[str] = tuple(CopyPiece),
    period: Period | None = None,
) -> Copied:
    """Fill ``after``, which is empty, with what stands in ``before``.

    ``period`` are the years of a new agenda: what is about other years is left out, and listed;
    without it ``after`` is a next version of the same agenda, and all of it comes along. Call it in
    a transaction. The number of queries does not depend on how much there is.
    """
    wanted = {model for piece in pieces for model in PIECES[CopyPiece(piece)]}
    wanted |= set(COPIED) - {model for held in PIECES.values() for model in held}
    copied = Copied({AgendaVersion: {before.pk: after}})
    ways = within(before)
    for model in COPIED:
        if model not in wanted:
            continue
        rows = list(model._base_manager.filter(ways[model]).order_by("pk"))
        if period is not None:
            rows = _of_these_years(model, rows, period, copied)
        copied.rows[model] = {}
        for wave in _waves(rows):
            _copy_rows(model, wave, copied, to_new_agenda=period is not None)
        _copy_choices(model, copied)
    return copied


def _waves(rows: list[Any]) -> Iterable[list[Any]]:
    """A theme before its subthemes; all other rows at once."""
    yield [row for row in rows if getattr(row, "parent_id", None) is None]
    yield [row for row in rows if getattr(row, "parent_id", None) is not None]


def _copy_rows(model: Model, rows: list[Any], copied: Copied, *, to_new_agenda: bool) -> None:
    columns = [
        column
        for column in model._meta.concrete_fields
        if column.name not in not_copied(model, to_new_agenda=to_new_agenda)
    ]
    twins = {row.pk: _twin(model, row, columns, copied) for row in rows}
    made = {pk: twin for pk, twin in twins.items() if twin is not None}
    if model is Goal:
        _give_addresses(made.values())
    model._base_manager.bulk_create(made.values())
    copied.rows[model] |= made


def _twin(model: Model, row: Any, columns: list[Any], copied: Copied) -> Any:
    """A new row that says the same; None when what it hangs on did not come along."""
    twin: Any = model()
    for column in columns:
        held = getattr(row, column.attname)
        moved = copied.rows.get(column.related_model) if column.is_relation else None
        if moved is not None and held is not None:
            if held not in moved:
                return None
            held = moved[held].pk
        setattr(twin, column.attname, held)
    if any(column.name == "copied_from" for column in model._meta.concrete_fields):
        twin.copied_from_id = row.pk
    return twin


def _give_addresses(goals: Iterable[Goal]) -> None:
    """An address for each new goal that no goal has yet. One query."""
    taken = set(Goal.objects.values_list("slug", flat=True))
    for goal in goals:
        words = goal.label if goal.label != UNNAMED else f"doel {goal.number}"
        goal.slug = unused_slug(words, taken, otherwise="doel")
        taken.add(goal.slug)


def _copy_choices(model: Model, copied: Copied) -> None:
    """What was chosen with each row, from a list that is shared or from the same version."""
    moved = copied.rows[model]
    for choice in model._meta.many_to_many:
        through: Any = choice.remote_field.through
        if not through._meta.auto_created:
            continue  # its rows are copied themselves
        own, other = choice.m2m_field_name(), choice.m2m_reverse_field_name()
        there = copied.rows.get(choice.related_model)
        pairs = through._base_manager.filter(**{f"{own}__in": list(moved)}).order_by("pk")
        links = []
        for held, chosen in pairs.values_list(f"{own}_id", f"{other}_id"):
            if there is None or chosen in there:
                to = chosen if there is None else there[chosen].pk
                links.append(through(**{f"{own}_id": moved[held].pk, f"{other}_id": to}))
        through._base_manager.bulk_create(links)


# -- other years -----------------------------------------------------------------------------------
def _of_these_years(model: Model, rows: list[Any], period: Period, copied: Copied) -> list[Any]:
    """Those of ``rows`` that belong in an agenda of ``period``; the others are listed."""
    if model is Goal:
        for goal in rows:
            _leave_past_date(goal, period, copied)
    elif model is Target:
        models.prefetch_related_objects(rows, "measure__goal", "measure__theme")
        return [row for row in rows if _fits(row, period, copied)]
    elif model is DevelopmentTask:
        return [row for row in rows if _is_to_do(row, copied)]
    return rows


def _leave_past_date(goal: Goal, period: Period, copied: Copied) -> None:
    """A date that has passed when the agenda begins is no date to reach anything by."""
    if goal.due_on is not None and goal.due_on < period.start:
        copied.leave(
            f"Doeldatum ‘{goal.due}’ van doel {goal.number}, {goal.label}",
            f"Die dag ligt voor het begin van de nieuwe looptijd ({period}).",
        )
        goal.due_kind, goal.due_on = "", None


def _fits(target: Target, period: Period, copied: Copied) -> bool:
    """A baseline may be from before the agenda; a target is aimed at within its years."""
    if target.kind == TargetKind.BASELINE or period.contains(target.period):
        return True
    measure = target.measure
    holder = measure.goal or measure.theme
    copied.leave(
        f"Streefwaarde {target.value.display()} voor {target.period} van meting "
        f"{measure.number}, {measure.text} ({holder})",
        f"{str(target.period).capitalize()} valt buiten de nieuwe looptijd ({period}).",
    )
    return False


def _is_to_do(task: DevelopmentTask, copied: Copied) -> bool:
    if task.result != TaskResult.YES:
        return True
    copied.leave(f"Ontwikkelopdracht {task}", "Het resultaat is bereikt.")
    return False


def remove_content(version: AgendaVersion) -> None:
    """Throw away what was copied to ``version``, a draft, and how its goals follow others.

    Raises ``ProtectedError`` or ``IntegrityError`` when something hangs on it by now.
    """
    GoalSuccession.objects.into(version.pk).delete()
    ways = within(version)
    for model in reversed(COPIED):
        rows = model._base_manager.filter(ways[model])
        if model is Theme:
            rows.filter(parent__isnull=False).delete()
        rows.delete()
