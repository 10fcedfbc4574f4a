"""Writing values: the grid, of which what was typed over and nothing else, and one value.

A value that becomes more definite takes the place of the former, which stays readable; a value that
stays as definite is mended, and its history says from what (docs/regels/meetwaarden.md).
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts import history
from accounts.models import User
from agenda.actions.locks import NotEditable
from agenda.actions.passports import save_of_indicator
from agenda.changes import of_indicator
from agenda.disclosure import decide
from agenda.models import Indicator, Observation, Source
from agenda.money_years import refuse_closed, span_of
from agenda.series import rank
from agenda.value_grid import Key, counting
from core.edits import RevisedForm
from core.fields import value_columns
from core.grid import CellChange
from core.typed import as_typed
from core.values import ValueType

PASSPORT_CHANGED = (
    "Iemand anders wijzigde intussen het paspoort: wat u typte, past daar niet meer bij. Van u is "
    "niets bewaard. Open het paspoort in een ander tabblad en vergelijk."
)


def save_values(
    indicator: Indicator,
    source: Source | None,
    certainty: str,
    changes: Sequence[CellChange],
    *,
    user: User,
) -> dict[Key, str]:
    """Write ``changes`` as ``certainty``; nothing when a cell says something else than the page.

    Returns what those cells say now, empty when everything was written. A second click writes
    nothing. Raises ``NotEditable`` when the passport changed meanwhile, or for an amount of a
    closed year.
    """
    with transaction.atomic():
        # Which values are not published depends on all of them: they are written in turn.
        indicator = Indicator.objects.select_for_update().get(pk=indicator.pk)
        held = counting(indicator, source.pk if source else None)
        conflicts: dict[Key, str] = {}
        for change in changes:
            row = held.get(change.key)
            now = as_typed(row.value) if row else ""
            is_below = row is not None and rank(row.certainty) > rank(certainty)
            if now != as_typed(change.value) and (now != change.was or is_below):
                conflicts[change.key] = now
        if conflicts:
            return conflicts
        if indicator.value_type == ValueType.AMOUNT:
            spans = [span_of(change.key[2]) for change in changes]
            refuse_closed(*spans, error=NotEditable)
        try:
            with transaction.atomic():
                for change in changes:
                    row = held.get(change.key)
                    if (
                        row is None
                        or as_typed(row.value) != as_typed(change.value)
                        or rank(certainty) > rank(row.certainty)
                    ):
                        _write(indicator, source, certainty, change, row, user)
        except IntegrityError as error:
            raise NotEditable(PASSPORT_CHANGED) from error
        decide(indicator)
    return {}


def _write(
    indicator: Indicator,
    source: Source | None,
    certainty: str,
    change: CellChange,
    held: Observation | None,
    user: User,
) -> None:
    """Mend what is as definite, and put what is more definite beside what it takes the place of."""
    if change.value is None:
        return  # the grid refuses an emptied cell
    describe = of_indicator(indicator)
    if held is not None and held.certainty == certainty:
        _, before = describe(held)
        Observation.objects.filter(pk=held.pk).update(
            revision=F("revision") + 1, **value_columns(change.value)
        )
        part, after = describe(Observation.objects.get(pk=held.pk))
        history.note(part, before, after, user=user)
        return
    area, group, period = change.key
    added = Observation.objects.create(
        indicator=indicator,
        source=source,
        area_id=area,
        group_id=group,
        period=period,
        certainty=certainty,
        **value_columns(change.value),
    )
    history.added(Observation.objects.get(pk=added.pk), describe, user=user)


def save_observation(form: RevisedForm, indicator: Indicator, *, user: User) -> bool:
    """Write the valid form over one value of ``indicator``: a new one, or one that is there.

    False when somebody else wrote first. Raises ``IntegrityError`` where the database refuses.
    """
    row: Observation = form.instance
    with transaction.atomic():
        Indicator.objects.select_for_update().get(pk=indicator.pk)
        held = Observation.objects.filter(pk=row.pk).first()
        is_current = held is not None and held.revision == form.cleaned_data.get("revision")
        if held is None or not is_current or rank(row.certainty) <= rank(held.certainty):
            return save_of_indicator(form, indicator, user=user)
        row.pk, row.revision, row._state.adding = None, 1, True
        row.save()
        history.added(Observation.objects.get(pk=row.pk), of_indicator(indicator), user=user)
        decide(indicator)
    return True
