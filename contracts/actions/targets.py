"""Writing the grid of targets: what was typed over, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from accounts import history
from accounts.models import User
from agenda.constants import TargetKind
from contracts.actions.agreed import set_target
from contracts.actions.locks import lock_amendment
from contracts.changes import part_of
from contracts.grid import Key, targets_under
from contracts.models import KPI, Contract, KPITarget
from core.grid import CellChange
from core.typed import as_typed
from core.wording import Told, in_words

GONE = "deze prestatie-indicator geldt niet meer"


def save_targets(
    contract: Contract, changes: Sequence[CellChange], *, user: User
) -> dict[Key, str]:
    """Write ``changes``; nothing when a cell says something else now than the page did.

    Returns what those cells say now, empty when everything was written. Raises ``NotEditable``.
    """
    with transaction.atomic():
        amendment = lock_amendment(contract)
        kpis = {
            kpi.pk: kpi
            for kpi in KPI.objects.filter(contract=contract, pk__in={c.key[0] for c in changes})
            .as_amended_by(amendment.number)
            .select_related("indicator", "started_by")
        }
        held = targets_under(kpis.values(), amendment)
        conflicts: dict[Key, str] = {}
        for change in changes:
            row = held.get(change.key)
            now = as_typed(row.value) if row else ""
            if change.key[0] not in kpis:
                conflicts[change.key] = GONE
            elif now not in (change.was, as_typed(change.value)):
                conflicts[change.key] = now
        if conflicts:
            return conflicts
        for change in changes:
            kpi, kind, period = change.key
            set_target(kpis[kpi], kind, period, change.value, amendment=amendment)
        _note(contract, kpis, changes, held, user)
    return {}


def _note(
    contract: Contract,
    kpis: Mapping[int, KPI],
    changes: Sequence[CellChange],
    held: Mapping[Key, KPITarget],
    user: User,
) -> None:
    """One line in the history for each KPI, whatever the number of its cells."""
    before: dict[int, Told] = {}
    after: dict[int, Told] = {}
    for change in changes:
        pk, kind, period = change.key
        label = f"{TargetKind(kind).label.capitalize()} {period.label}"
        row = held.get(change.key)
        before.setdefault(pk, {})[label] = in_words(row.value if row else None)
        after.setdefault(pk, {})[label] = in_words(change.value)
    for pk, says in after.items():
        history.note(part_of(kpis[pk], contract), before[pk], says, user=user)
