"""Writing the grid of targets: what was typed over, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from contracts.actions.agreed import set_target
from contracts.actions.locks import lock_amendment
from contracts.grid import Change, Key, targets_under
from contracts.models import KPI, Contract
from contracts.typed import as_typed

GONE = "deze prestatie-indicator geldt niet meer"


def save_targets(contract: Contract, changes: Sequence[Change], *, user: User) -> dict[Key, str]:
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
    return {}
