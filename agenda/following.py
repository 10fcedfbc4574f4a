"""A version of an agenda beside the one it follows: what became of each goal, and what is open."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from agenda.constants import SuccessionKind
from agenda.fates import Open, Tie, still_open
from agenda.models import AgendaVersion, Goal, GoalSuccession
from agenda.proposals import Proposal, Worded, propose, says_the_same


@dataclass(frozen=True)
class Fate:
    """What becomes of one goal; ``kind`` is empty while nobody said it yet.

    For a goal of the new version: ``new`` with the reason, or nothing.
    """

    kind: str = ""
    after: tuple[int, ...] = ()
    reason: str = ""
    decision: str = ""

    @property
    def stamp(self) -> str:
        """Tells two fates apart: whether somebody else wrote since a page was opened."""
        says = "\n".join([self.kind, repr(sorted(self.after)), self.reason, self.decision])
        return hashlib.sha256(says.encode()).hexdigest()[:16]


def fate_of(rows: Iterable[GoalSuccession]) -> Fate:
    """The rows of one goal as one fate: all of them have the same kind, reason and decision."""
    held = list(rows)
    if not held:
        return Fate()
    after = tuple(sorted(row.successor_id for row in held if row.successor_id is not None))
    return Fate(held[0].kind, after, held[0].reason, held[0].decision)


@dataclass(frozen=True)
class OldGoal:
    """A goal of the former version: what it becomes, what is open, and what may be proposed."""

    goal: Goal
    fate: Fate
    after: tuple[Goal, ...]
    problem: str = ""
    proposal: Proposal | None = None
    proposed: Goal | None = None

    @property
    def kind_label(self) -> str:
        return str(SuccessionKind(self.fate.kind).label) if self.fate.kind else ""


@dataclass(frozen=True)
class NewGoal:
    """A goal of the new version: what it comes from, or why it is new."""

    goal: Goal
    before: tuple[tuple[Goal, str], ...]
    reason: str
    is_new: bool
    problem: str = ""


@dataclass(frozen=True)
class Following:
    """``version`` beside the ``former`` one that it follows; empty when it follows none."""

    version: AgendaVersion
    former: AgendaVersion | None
    old: tuple[OldGoal, ...] = ()
    new: tuple[NewGoal, ...] = ()
    open: Open = field(default_factory=Open)

    @property
    def settled_old(self) -> int:
        return len(self.old) - len(self.open.old)

    @property
    def settled_new(self) -> int:
        return len(self.new) - len(self.open.new)

    @property
    def unsaid(self) -> str:
        """In a sentence how many goals are open; empty when none is."""
        parts = []
        if count := len(self.open.old):
            which = f"Van {_of_all(count, len(self.old))} van {self.former}"
            parts.append(f"{which} staat nog niet goed vast wat ervan wordt.")
        if count := len(self.open.new):
            which = "Van één doel" if count == 1 else f"Van {count} doelen"
            parts.append(f"{which} in deze agenda staat nog niet goed vast waar het vandaan komt.")
        return " ".join(parts)

    @property
    def same(self) -> list[OldGoal]:
        """Those whose text came back unchanged and that nobody decided about yet."""
        return [row for row in self.old if row.proposal is not None and row.proposal.same]


def _of_all(count: int, total: int) -> str:
    """How many of ``total`` goals; one of one is ‘het enige doel’."""
    if total == 1:
        return "het enige doel"
    if count == total:
        return f"alle {total} doelen"
    return f"{count} van de {total} doelen"


def former_of(version: AgendaVersion) -> AgendaVersion | None:
    """The version that ``version`` follows: the former one of the same agenda, or else the newest
    one of the agenda before it. Only what was decided is followed. Two queries at most."""
    decided = AgendaVersion.objects.decided().select_related("agenda").order_by("-number")
    own = decided.filter(agenda=version.agenda_id, number__lt=version.number).first()
    if own is not None or version.agenda.predecessor_id is None:
        return own
    return decided.filter(agenda=version.agenda.predecessor_id).first()


def following(version: AgendaVersion) -> Following:
    """``version`` beside the one it follows. Five queries at most, however many goals."""
    former = former_of(version)
    if former is None:
        return Following(version, None)
    old, new = _goals(former), _goals(version)
    rows = list(GoalSuccession.objects.into(version.pk).order_by("pk"))
    # A link with an agenda that this one does not follow any more decides nothing here.
    rows = [row for row in rows if row.predecessor_id is None or row.predecessor_id in old]
    ties = [Tie(row.predecessor_id, row.successor_id, row.kind) for row in rows]
    # What goes on unchanged was said of the text as it read then: that has to stay true.
    opened = still_open(old, new, ties, _changed(ties, old, new))
    onward: dict[int, list[GoalSuccession]] = defaultdict(list)
    origins: dict[int, list[GoalSuccession]] = defaultdict(list)
    for row in rows:
        if row.predecessor_id is not None:
            onward[row.predecessor_id].append(row)
        if row.successor_id is not None:
            origins[row.successor_id].append(row)
    proposed = propose(
        [_worded(goal) for pk, goal in old.items() if not onward[pk]],
        [_worded(goal) for pk, goal in new.items() if not origins[pk]],
        {pk: goal.copied_from_id for pk, goal in new.items() if goal.copied_from_id},
    )
    return Following(
        version,
        former,
        tuple(_old(goal, onward[pk], new, opened, proposed.get(pk)) for pk, goal in old.items()),
        tuple(_new(goal, origins[pk], old, opened) for pk, goal in new.items()),
        opened,
    )


def _goals(version: AgendaVersion) -> dict[int, Goal]:
    rows = Goal.objects.filter(theme__version=version).select_related("theme").in_order()
    return {goal.pk: goal for goal in rows}


def _changed(
    ties: Iterable[Tie], old: dict[int, Goal], new: dict[int, Goal]
) -> set[tuple[int, int]]:
    """The pairs of goals among ``ties`` that do not read the same."""
    return {
        (tie.before, tie.after)
        for tie in ties
        if tie.before in old
        and tie.after in new
        and not reads_the_same(old[tie.before], new[tie.after])
    }


def reads_the_same(before: Goal, after: Goal) -> bool:
    """Whether ``before`` may go on unchanged as ``after``: same text, same short name."""
    return says_the_same(_worded(before), _worded(after))


def _worded(goal: Goal) -> Worded:
    return Worded(goal.pk, goal.number, goal.label, goal.text)


def _old(
    goal: Goal,
    rows: list[GoalSuccession],
    new: dict[int, Goal],
    opened: Open,
    proposal: Proposal | None,
) -> OldGoal:
    fate = fate_of(rows)
    return OldGoal(
        goal,
        fate,
        tuple(after for pk, after in new.items() if pk in fate.after),
        opened.old.get(goal.pk, ""),
        proposal,
        new[proposal.after] if proposal else None,
    )


def _new(goal: Goal, rows: list[GoalSuccession], old: dict[int, Goal], opened: Open) -> NewGoal:
    called_new = [row for row in rows if row.kind == SuccessionKind.NEW]
    return NewGoal(
        goal,
        tuple(
            (old[row.predecessor_id], str(row.get_kind_display()))
            for row in rows
            if row.predecessor_id is not None
        ),
        called_new[0].reason if called_new else "",
        bool(called_new),
        opened.new.get(goal.pk, ""),
    )
