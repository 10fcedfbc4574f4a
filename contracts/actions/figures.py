"""Writing what a budget line will cost, did cost, and why it differs from the year before."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from accounts import history
from accounts.models import User
from agenda.money_years import refuse_closed
from contracts.actions.locks import NotEditable
from contracts.budgets.changes import of_change
from contracts.models import Allocation, LineChange, LineFigure
from core.edits import RevisedForm

GONE = "Deze budgetpost is intussen verwijderd. Wat u typte, is niet bewaard."
TWIN = "Iemand anders vulde dit net in. Open de bladzijde opnieuw: uw tekst staat hier nog."


def _hold(line: Allocation) -> Allocation:
    """The budget line, held until the transaction ends. Raises ``NotEditable``. One query."""
    held = Allocation.objects.select_for_update().filter(pk=line.pk).order_by("pk").first()
    if held is None:
        raise NotEditable(GONE)
    return held


def add_figure(
    line: Allocation,
    *,
    year: int,
    kind: str,
    amount: Decimal,
    day: datetime.date,
    explanation: str,
    user: User,
) -> LineFigure:
    """Put a forecast or an outcome, in euros, beside ``line``; the former one stays in its log.

    A second click writes nothing more. Raises ``NotEditable`` for a closed year, and for a year
    that the line is not about.
    """
    says = {"kind": kind, "amount": amount, "day": day, "explanation": explanation}
    with transaction.atomic():
        held = _hold(line)
        if not held.first_year <= year <= held.last_year:
            raise NotEditable(f"Deze post gaat over {held.years}. Kies een jaar daarvan.")
        refuse_closed((year, year), error=NotEditable)
        last = held.figures.filter(year=year, kind=kind).order_by("-pk").first()
        if last is not None and all(getattr(last, name) == says[name] for name in says):
            return last
        return LineFigure.objects.create(allocation=held, year=year, actor=user, **says)


def save_change(form: RevisedForm, *, user: User) -> bool:
    """Write why a line differs from the year before. False when another wrote meanwhile.

    Raises ``NotEditable`` for a closed year, and when another wrote the first one meanwhile.
    """
    row: LineChange = form.instance
    try:
        with transaction.atomic():
            _hold(row.allocation)
            refuse_closed((row.year, row.year), error=NotEditable)
            return history.save(form, of_change, user=user)
    except IntegrityError as error:
        raise NotEditable(TWIN) from error
