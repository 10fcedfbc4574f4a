"""Saying what becomes of a goal of the former agenda, and why a goal is new."""

from __future__ import annotations

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts import history
from accounts.history import Part, Whole, key_of
from accounts.models import User
from agenda.actions.locks import NotEditable, lock_version
from agenda.constants import SuccessionKind
from agenda.following import Fate, fate_of, following
from agenda.models import AgendaVersion, Goal, GoalSuccession
from core.wording import Told

GONE = "Dit doel hoort niet bij de agenda die deze opvolgt. Van u is niets bewaard."
NOT_NEW = (
    "Dit doel staat als voortzetting van een ander doel. Haal daar eerst die bestemming weg; dan "
    "kunt u hier zeggen dat het nieuw is."
)
CALLED_NEW = "‘{}’ staat als nieuw te boek. Haal dat eerst weg; dan kan een doel daarin overgaan."


def set_fate(
    version: AgendaVersion, goal: Goal, fate: Fate, *, seen: str, user: User
) -> Fate | None:
    """Write what becomes of ``goal``, of the agenda before, in ``version``; all at once.

    ``seen`` is the stamp of the fate that the page was opened with. When somebody else wrote
    meanwhile nothing is written, and the fate as it stands now is returned; otherwise ``None``.
    Raises ``NotEditable``.
    """
    with transaction.atomic():
        lock_version(version)
        rows = GoalSuccession.objects.into(version.pk).filter(predecessor=goal)
        held = fate_of(rows.order_by("pk"))
        if held.stamp == fate.stamp:
            return None  # a second click
        if held.stamp != seen:
            return held
        _refuse_new(version, fate.after)
        before = _told(held)
        rows.delete()
        try:
            with transaction.atomic():
                GoalSuccession.objects.bulk_create(_rows(version, goal, fate))
        except IntegrityError as error:
            raise NotEditable(
                "Dit kan niet: een voorganger staat in een agenda van een eerder jaar. Kijk bij de "
                "gegevens van de agenda naar het jaar van vaststelling."
            ) from error
        history.note(_part(version, goal), before, _told(fate), user=user)
    return None


def _rows(version: AgendaVersion, goal: Goal, fate: Fate) -> list[GoalSuccession]:
    said = {"kind": fate.kind, "reason": fate.reason, "decision": fate.decision}
    if fate.kind == SuccessionKind.DROPPED:
        return [GoalSuccession(predecessor=goal, dropped_in=version, **said)]
    return [GoalSuccession(predecessor=goal, successor_id=after, **said) for after in fate.after]


def _refuse_new(version: AgendaVersion, after: Collection[int]) -> None:
    """Raises ``NotEditable`` for a goal of another agenda, or one that was called new."""
    goals = Goal.objects.filter(theme__version=version, pk__in=after)
    if goals.count() != len(set(after)):
        raise NotEditable(
            "Een doel dat u aanwees, staat niet meer in deze agenda. Open de bladzijde opnieuw."
        )
    called_new = goals.filter(origins__kind=SuccessionKind.NEW).first()
    if called_new is not None:
        raise NotEditable(CALLED_NEW.format(called_new.label))


def accept_same(version: AgendaVersion, pairs: Collection[tuple[int, int]], *, user: User) -> int:
    """Let goals go on unchanged, as the officer saw them proposed; how many did.

    Of ``pairs`` (old, new) only those are written that are proposed now and say the same text.
    Raises ``NotEditable``.
    """
    with transaction.atomic():
        lock_version(version)
        written = 0
        for row in following(version).same:
            proposal = row.proposal
            if proposal is None or (proposal.before, proposal.after) not in pairs:
                continue
            fate = Fate(SuccessionKind.CONTINUED, (proposal.after,))
            set_fate(version, row.goal, fate, seen=row.fate.stamp, user=user)
            written += 1
        return written


def call_new(
    version: AgendaVersion, goal: Goal, reason: str, *, seen: str, user: User
) -> Fate | None:
    """Write why ``goal`` of ``version`` is new; without a reason it is not new any more.

    The answer is that of ``set_fate``. Raises ``NotEditable`` for a goal that comes from another.
    """
    with transaction.atomic():
        lock_version(version)
        origins = GoalSuccession.objects.filter(successor=goal)
        rows = origins.filter(kind=SuccessionKind.NEW)
        held, fate = fate_of(rows), Fate()
        if reason:
            fate = Fate(SuccessionKind.NEW, (goal.pk,), reason)
        if held.stamp == fate.stamp:
            return None
        if held.stamp != seen:
            return held
        if reason and origins.filter(predecessor__isnull=False).exists():
            raise NotEditable(NOT_NEW)
        rows.delete()
        if reason:
            GoalSuccession.objects.create(successor=goal, kind=fate.kind, reason=reason)
        part = _part(version, goal, under=key_of(goal))
        history.note(part, _told(held), _told(fate), user=user)
    return None


# -- as the history tells it -----------------------------------------------------------------------
def part_key(goal: Goal) -> str:
    """By which the history knows the succession of ``goal``."""
    return f"opvolging-{goal.pk}"


def _part(version: AgendaVersion, goal: Goal, under: str = "") -> Part:
    page = reverse("agenda_history", args=[version.agenda.slug, version.number])
    whole = Whole(key_of(version), str(version), page)
    return Part(whole, part_key(goal), "opvolging", str(goal), under=under)


def _told(fate: Fate) -> Told:
    """A fate as the history keeps it; empty when nobody said one. One query with successors."""
    if not fate.kind:
        return {}
    goals = Goal.objects.filter(pk__in=fate.after).in_order()
    after = [] if fate.kind == SuccessionKind.NEW else [goal.label for goal in goals]
    texts = {
        "Bestemming": str(SuccessionKind(fate.kind).label),
        "Gaat verder als": "; ".join(after),
        "Reden": fate.reason,
        "Besluit": fate.decision,
    }
    return {label: text for label, text in texts.items() if text}
