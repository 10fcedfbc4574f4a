"""Writing rows that an amendment starts and ends together: terms and provisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import models, transaction

from accounts.models import User
from contracts.actions.locks import lock_amendment
from contracts.changes import line_of, note_lines
from contracts.fingerprint import fingerprint
from contracts.models import Amendment, Contract, Provision, Term
from core.wording import Told

#: What the forms hold of each kind of row.
FIELDS: dict[type[models.Model], tuple[str, ...]] = {
    Term: ("kind", "text", "holder"),
    Provision: ("is_inside", "name", "parts", "funding", "note"),
}
Rows = Sequence[Mapping[str, Any]]


def own_rows(
    contract: Contract, amendment: Amendment, model: type[models.Model]
) -> list[dict[str, Any]]:
    """The rows that ``amendment`` started, as the form shows them. One query."""
    rows = model._base_manager.filter(contract=contract, started_by=amendment)
    return [_shown(row) for row in rows.order_by("order", "pk")]


def earlier_rows(contract: Contract, amendment: Amendment, model: type[Any]) -> list[Any]:
    """The rows agreed before ``amendment`` that hold still, or that it ends. One query."""
    if not amendment.number:
        return []
    rows = model.objects.filter(contract=contract).as_amended_by(amendment.number - 1)
    return list(rows.order_by("order", "pk"))


def rows_as_shown(contract: Contract, amendment: Amendment, model: type[Any]) -> Rows:
    """What the page was opened with: the own rows, and which earlier ones end. Two queries."""
    earlier = earlier_rows(contract, amendment, model)
    ended = {row.pk for row in earlier if row.ended_by_id}
    return [*own_rows(contract, amendment, model), *_ends(earlier, ended)]


def replace_amended(
    contract: Contract,
    model: type[Any],
    *,
    seen: str,
    rows: Rows,
    ended: Iterable[int],
    user: User,
) -> bool:
    """Put ``rows`` in the place of those that the open amendment started; end those of ``ended``.

    False, with nothing written, when the rows changed since the page was opened (``seen``). Raises
    ``NotEditable``.
    """
    with transaction.atomic():
        amendment = lock_amendment(contract)
        earlier = earlier_rows(contract, amendment, model)
        # Only rows of this contract: the numbers come from a browser.
        chosen = {row.pk for row in earlier} & set(ended)
        before = {row.pk for row in earlier if row.ended_by_id}
        was = own_rows(contract, amendment, model)
        now = [*was, *_ends(earlier, before)]
        if fingerprint(now) == fingerprint([*rows, *_ends(earlier, chosen)]):
            return True  # a second click on the same page
        if fingerprint(now) != seen:
            return False
        model._base_manager.filter(contract=contract, started_by=amendment).delete()
        for order, row in enumerate(rows, start=1):
            model._base_manager.create(
                contract=contract,
                started_by=amendment,
                order=100 * amendment.number + order,
                **row,
            )
        held = model._base_manager.filter(pk__in=[row.pk for row in earlier])
        held.filter(ended_by=amendment).exclude(pk__in=chosen).update(ended_by=None)
        held.filter(ended_by__isnull=True, pk__in=chosen).update(ended_by=amendment)
        note_lines(
            contract,
            model,
            _in_words(model, was, earlier, before),
            _in_words(model, rows, earlier, chosen),
            user=user,
        )
    return True


def _in_words(
    model: type[models.Model], own: Rows, earlier: Iterable[Any], ended: set[int]
) -> Told:
    gone = [_shown(row) for row in earlier if row.pk in ended]
    return {
        "Regels": "\n".join(line_of(model, row) for row in own),
        "Vervalt": "\n".join(line_of(model, row) for row in gone),
    }


def _shown(row: models.Model) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIELDS[type(row)]}


def _ends(rows: Iterable[Any], ended: set[int]) -> list[dict[str, Any]]:
    return [{"row": row.pk, "ended": row.pk in ended} for row in rows]
