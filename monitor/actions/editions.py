"""The life of an edition: opened as a draft, then judged -> adopted -> published.

A judged edition may go back to draft as long as the college did not adopt it; nothing else goes
back. Each transition is compare-and-set in one transaction and writes an append-only event. Nothing
else assigns the status of a monitor (a test greps for it).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts import history
from accounts.models import User
from agenda.constants import Origin
from agenda.models import AgendaVersion, Goal
from core.models import WrongState
from core.transactions import Overtaken, one_moment
from monitor.carrying import carry_over, goal_links
from monitor.changes import note_opened, of_edition
from monitor.constants import JUDGEABLE, BottleneckState, MonitorKind, MonitorStatus
from monitor.documents import request_document
from monitor.models import (
    Bottleneck,
    Challenge,
    Judgement,
    Monitor,
    MonitorEvent,
    MonitorNote,
    OtherParty,
    Snapshot,
)
from monitor.notices import tell_the_council
from monitor.reports import stand_on_reports
from monitor.snapshots import freeze
from monitor.succession import previous_verdicts


class TransitionError(ValidationError):
    """The edition is not in the state that the step starts from; the message says what to do."""


class EditionExists(ValidationError):
    """There is an edition over this period already."""


BEFORE = {
    MonitorStatus.DRAFT: MonitorStatus.JUDGED,
    MonitorStatus.JUDGED: MonitorStatus.DRAFT,
    MonitorStatus.ADOPTED: MonitorStatus.JUDGED,
    MonitorStatus.PUBLISHED: MonitorStatus.ADOPTED,
}
MISSING_STEP = {
    MonitorStatus.DRAFT: (
        "Deze monitor kan nu niet terug naar concept: dat kan alleen als hij beoordeeld is en het "
        "college hem nog niet heeft vastgesteld."
    ),
    MonitorStatus.JUDGED: "Deze monitor is al beoordeeld.",
    MonitorStatus.ADOPTED: (
        "Het college kan deze monitor nu niet vaststellen: eerst moet hij beoordeeld zijn, en "
        "vaststellen kan één keer."
    ),
    MonitorStatus.PUBLISHED: (
        "Deze monitor kan nu niet aan de raad worden aangeboden: eerst stelt het college hem vast, "
        "en aanbieden kan één keer."
    ),
}
# What publishing closes: nobody writes in it while it is frozen (monitor/frozen.py after that).
CLOSED = (
    Judgement,
    Bottleneck,
    MonitorNote,
    OtherParty,
    Challenge,
    Challenge.goals.through,
)


def _move(monitor: Monitor, to: MonitorStatus, *, user: User | None, note: str = "") -> None:
    if monitor.origin == Origin.SYSTEM and user is None:
        raise TransitionError("Een besluit in dit systeem heeft iemand die het neemt.")
    moved = Monitor.objects.filter(pk=monitor.pk, status=BEFORE[to]).update(status=to)
    if moved != 1:
        raise TransitionError(MISSING_STEP[to])
    MonitorEvent.objects.create(
        monitor=monitor,
        from_status=BEFORE[to],
        to_status=to,
        origin=monitor.origin,
        actor=user,
        note=note,
    )
    monitor.refresh_from_db(fields=["status"])


def _lock(monitor: Monitor) -> None:
    """Whoever judges, adds or steps waits here for the other; the row is read anew."""
    held = Monitor.objects.select_for_update().filter(pk=monitor.pk).first()
    if held is None:
        raise TransitionError("Deze monitor is intussen verwijderd.")
    monitor.refresh_from_db(fields=["status"])


class Closed(WrongState):
    """The edition is no draft any more (or gone); the message says what that means."""


NO_DRAFT = {
    MonitorStatus.JUDGED: (
        "Deze monitor is beoordeeld en ligt bij het college. Zet hem eerst terug naar concept."
    ),
    MonitorStatus.ADOPTED: "Het college heeft deze monitor vastgesteld. Er verandert niets meer.",
    MonitorStatus.PUBLISHED: "Deze monitor is aangeboden aan de raad. Er verandert niets meer.",
}


def hold_draft(monitor: Monitor) -> None:
    """Whoever writes in a draft keeps a step with it waiting till the end of the transaction.

    Raises ``Closed`` when it is no draft any more. One query.
    """
    held = Monitor.objects.select_for_update().filter(pk=monitor.pk)
    status = held.values_list("status", flat=True).first()
    if status is None:
        raise Closed("Deze monitor is intussen verwijderd.")
    if status != MonitorStatus.DRAFT:
        raise Closed(NO_DRAFT[MonitorStatus(status)])


# -- opening and throwing away ---------------------------------------------------------------------
@dataclass(frozen=True)
class Opened:
    """A new edition, how many bottlenecks came along, and which found no place in this agenda."""

    monitor: Monitor
    carried: int
    left_behind: list[Bottleneck]


def open_edition(*, year: int, kind: MonitorKind, version: AgendaVersion, user: User) -> Opened:
    """A draft over ``year`` (or its first half) with every goal of ``version`` to be judged.

    Each goal gets its last verdict from the edition before, along its succession
    (docs/regels/oordeel.md, rule 8), and what was not solved comes along. Some fifteen queries,
    however many goals. Raises ``EditionExists`` on a second try and ``TransitionError`` on an
    agenda that cannot be judged.
    """
    if version.status is not None and version.status not in JUDGEABLE:
        raise TransitionError("Deze agenda is nog niet vastgesteld. Kies een andere versie.")
    goals = list(
        Goal.objects.filter(theme__version=version).in_order().select_related("theme__version")
    )
    if not goals:
        raise TransitionError("Deze agenda heeft nog geen doelen om te beoordelen.")
    monitor = Monitor(year=year, kind=kind, agenda_version=version)
    already = f"{monitor.title} bestaat al. Ga daarmee verder, of kies een andere periode."
    with transaction.atomic():
        if Monitor.objects.filter(year=year, kind=kind).exists():
            raise EditionExists(already)
        try:
            with transaction.atomic():
                monitor.save()
        except IntegrityError as error:  # another made it between the question and the answer
            raise EditionExists(already) from error
        previous = _previous(monitor, goals)
        Judgement.objects.bulk_create(
            Judgement(
                monitor=monitor,
                goal=goal,
                number=goal.number,
                label=goal.label,
                previous=previous[goal.pk],
                order=place,
            )
            for place, goal in enumerate(goals, start=1)
        )
        carried, left_behind = carry_over(monitor)
        note_opened(monitor, user=user)
        return Opened(monitor, carried, left_behind)


def _previous(monitor: Monitor, goals: list[Goal]) -> dict[int, str | None]:
    """The verdict that each goal had last. Two queries."""
    newest = dict(
        Judgement.objects.compared_with(monitor).values_list("goal_id", "verdict")
    )  # the newest edition comes last and stays
    known = {goal: verdict for goal, verdict in newest.items() if verdict}
    return previous_verdicts([goal.pk for goal in goals], known, goal_links())


def _stale(monitor: Monitor) -> list[tuple[Judgement, str]]:
    """The judgements of ``monitor`` whose earlier verdict is not the one that is known now, each
    with that one: an earlier edition was offered since it was opened. Four queries."""
    if monitor.origin != Origin.SYSTEM:
        return []
    rows = list(monitor.judgements.in_order().select_related("goal"))
    known = _previous(monitor, [row.goal for row in rows])
    newer = [(row, known[row.goal_id]) for row in rows]
    return [(row, verdict) for row, verdict in newer if verdict and row.previous != verdict]


def catch_up(monitor: Monitor, *, user: User | None) -> int:
    """Give the goals of a draft the verdicts of an edition that was offered since it was opened.

    A verdict that now differs and has no reason is open again (docs/regels/oordeel.md, rule 7); its
    explanation stays. Returns how many are. Call it with the edition locked; ``user`` did what made
    it needed.
    """
    opened = 0
    describe = of_edition(monitor)
    for row, previous in _stale(monitor):
        part, before = describe(row)
        row.previous = previous
        if row.verdict and row.verdict != previous and not row.reason:
            row.verdict, opened = None, opened + 1
        row.revision += 1
        row.save(update_fields=["previous", "verdict", "revision"])
        history.note(part, before, describe(row)[1], user=user)
    return opened


def delete_draft(monitor: Monitor, *, user: User) -> None:
    """Throw a draft away in which nothing was judged yet. Raises ``TransitionError``."""
    with transaction.atomic():
        _lock(monitor)
        if monitor.status != MonitorStatus.DRAFT or monitor.events.exists():
            raise TransitionError("Alleen een concept kan weg. Deze monitor is al verder.")
        if monitor.judgements.given().exists():
            raise TransitionError("Er is al een oordeel gegeven. Deze monitor kan niet meer weg.")
        for held in (monitor.judgements, monitor.bottlenecks, monitor.notes, monitor.challenges):
            held.all().delete()
        monitor.other_parties.all().delete()
        monitor.delete()


# -- bottlenecks -----------------------------------------------------------------------------------
def set_bottleneck_state(row: Bottleneck, state: BottleneckState, *, user: User) -> None:
    """Say how far a bottleneck of a draft is; what is solved does not come along to the next.

    Raises ``Closed``.
    """
    with transaction.atomic():
        hold_draft(row.monitor)
        held = Bottleneck.objects.filter(pk=row.pk)
        describe = of_edition(row.monitor)
        part, before = describe(held.get())
        held.update(state=state, revision=F("revision") + 1)
        history.note(part, before, describe(held.get())[1], user=user)


def remove_bottleneck(row: Bottleneck, *, user: User) -> None:
    """Take a bottleneck out of a draft. Raises ``Closed``."""
    with transaction.atomic():
        hold_draft(row.monitor)
        held = Bottleneck.objects.filter(pk=row.pk).first()
        if held is not None:  # a second click finds it gone
            history.removed(held, of_edition(row.monitor), user=user)
            held.delete()


# -- transitions -----------------------------------------------------------------------------------
def mark_judged(monitor: Monitor, *, user: User | None) -> None:
    """All goals have a verdict; the edition goes to the college.

    Raises ``TransitionError`` when it is not a draft or a goal still lacks a verdict.
    """
    with transaction.atomic():
        _lock(monitor)
        if monitor.status != MonitorStatus.DRAFT:
            raise TransitionError(MISSING_STEP[MonitorStatus.JUDGED])
        if monitor.judges_goals:
            open_goals = monitor.judgements.still_open().count()
            if open_goals or not monitor.judgements.exists():
                raise TransitionError(
                    f"Nog niet alle doelen hebben een oordeel: {open_goals} te gaan."
                    if open_goals
                    else "Deze monitor heeft nog geen doelen om te beoordelen."
                )
        _move(monitor, MonitorStatus.JUDGED, user=user)


def back_to_draft(monitor: Monitor, *, user: User, note: str) -> None:
    """Take a judged edition back before the college adopts it, with the reason why.

    Raises ``TransitionError`` without a reason or in another state.
    """
    if not note.strip():
        raise TransitionError("Schrijf waarom de monitor terug moet.")
    with transaction.atomic():
        _move(monitor, MonitorStatus.DRAFT, user=user, note=note.strip())
        catch_up(monitor, user=user)


def adopt(
    monitor: Monitor, *, user: User | None, note: str = "", last_event: int | None = None
) -> None:
    """The college adopts a judged edition, which stands from now on the reports accepted so far.

    ``last_event`` is the newest event that the college read; when the edition was taken back and
    judged again since, there is something else to read first. Raises ``TransitionError``.
    """
    with transaction.atomic():
        _lock(monitor)
        if last_event is not None and monitor.status == MonitorStatus.JUDGED:
            newest = monitor.events.order_by("-pk").values_list("pk", flat=True).first()
            if newest != last_event:
                raise TransitionError(
                    "Deze monitor is teruggezet en opnieuw beoordeeld nadat u de bladzijde opende. "
                    "Lees hem opnieuw en stel hem dan vast."
                )
        if monitor.status != MonitorStatus.JUDGED:
            raise TransitionError(MISSING_STEP[MonitorStatus.ADOPTED])
        if _stale(monitor):
            raise TransitionError(
                "Na het beoordelen is een eerdere monitor aangeboden aan de raad. Zet deze monitor "
                "terug naar concept: dan staat bij elk doel het oordeel van toen."
            )
        stand_on_reports(monitor)
        _move(monitor, MonitorStatus.ADOPTED, user=user, note=note)


def publish(monitor: Monitor, *, user: User | None, note: str = "") -> Snapshot:
    """Offer an adopted edition to the council: freeze version 1 of its content, and ask for the
    council document (a worker builds it after the commit) and tell the council by mail.

    What is frozen is the content of one moment. An edit of what publishing closes waits for it, and
    is refused then; any other edit is in it as a whole or not at all.

    Raises ``TransitionError`` without adoption, when published before, and when somebody takes a
    step with the same edition at the same moment; nothing changes then.
    """
    try:
        with one_moment(still=CLOSED):
            _move(monitor, MonitorStatus.PUBLISHED, user=user, note=note)
            monitor.refresh_from_db()  # the rest of it was read before this moment
            snapshot = freeze(monitor, release=settings.VERSION)
            request_document(snapshot)
            tell_the_council(monitor)
    except Overtaken as overtaken:
        raise TransitionError(MISSING_STEP[MonitorStatus.PUBLISHED]) from overtaken
    for draft in Monitor.objects.filter(status=MonitorStatus.DRAFT, origin=Origin.SYSTEM):
        with transaction.atomic():
            _lock(draft)
            if draft.status == MonitorStatus.DRAFT:
                catch_up(draft, user=user)
    return snapshot
