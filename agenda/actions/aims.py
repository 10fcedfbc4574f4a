"""Writing the grid of baselines and targets: what was typed over, and nothing else, in one act."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts import history
from accounts.models import User
from agenda.actions.locks import NotEditable, lock_version
from agenda.actions.undoing import remember, snapshot
from agenda.changes import of_version
from agenda.models import AgendaVersion, Measure, Target
from agenda.target_grid import Key, aims_of
from core.fields import value_columns
from core.grid import CellChange
from core.typed import as_typed

MEANWHILE = (
    "Iemand anders voegde intussen een nulmeting of streefwaarde toe die hier niet bij past. Van u "
    "is niets bewaard. Open de tabel opnieuw in een ander tabblad en vergelijk."
)
GONE = "deze meting is weggehaald"
STEP = "Nulmetingen en streefwaarden ingevuld"


def save_agenda_targets(
    version: AgendaVersion, changes: Sequence[CellChange], *, user: User
) -> dict[Key, str]:
    """Write ``changes``; nothing when a cell says something else now than the page did.

    Returns what those cells say now, empty when everything was written. All of it is one step that
    can be taken back. Raises ``NotEditable``.
    """
    with transaction.atomic():
        lock_version(version)
        wanted = {change.key[0] for change in changes}
        measures = Measure.objects.of_version(version.pk).filter(pk__in=wanted)
        there = set(measures.values_list("pk", flat=True))
        held = aims_of(there)
        conflicts: dict[Key, str] = {}
        for change in changes:
            row = held.get(change.key)
            now = as_typed(row.value) if row else ""
            if change.key[0] not in there:
                conflicts[change.key] = GONE
            elif now not in (change.was, as_typed(change.value)):
                conflicts[change.key] = now
        if conflicts:
            return conflicts
        before: list[Target] = []
        after: list[Target] = []
        try:
            with transaction.atomic():
                for change in changes:
                    row = held.get(change.key)
                    if (as_typed(row.value) if row else "") == as_typed(change.value):
                        continue
                    if row is not None:
                        before.append(row)
                    after.extend(_write(version, change, row, user))
        except IntegrityError as error:
            raise NotEditable(MEANWHILE) from error
        remember(version, STEP, snapshot(before), snapshot(after), user=user)
    return {}


def _write(
    version: AgendaVersion, change: CellChange, held: Target | None, user: User
) -> list[Target]:
    """The row as it stands now; none when it is gone."""
    describe = of_version(version)
    if change.value is None:
        if held is not None:
            history.removed(held, describe, user=user)
            Target.objects.filter(pk=held.pk).delete()
        return []
    if held is None:
        measure, kind, period = change.key
        added = Target.objects.create(
            measure_id=measure, kind=kind, period=period, **value_columns(change.value)
        )
        row = Target.objects.get(pk=added.pk)
        history.added(row, describe, user=user)
        return [row]
    _, said = describe(held)
    Target.objects.filter(pk=held.pk).update(
        revision=F("revision") + 1, **value_columns(change.value), **held.agreed_now()
    )
    row = Target.objects.get(pk=held.pk)
    part, says = describe(row)
    history.note(part, said, says, user=user)
    return [row]
