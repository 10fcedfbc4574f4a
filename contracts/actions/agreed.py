"""Writing what amendments start and end: KPIs, targets, money and reporting.

In a draft contract these rows are simply written and removed. In an active one they are started and
ended by its draft amendment: a row that was agreed before keeps its words and gets only an end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts import history
from accounts.models import User
from agenda.money_years import refuse_closed, span_of
from contracts.actions.locks import NotEditable, lock_amendment
from contracts.changes import (
    line_of,
    note_end,
    note_lines,
    note_reporting,
    of_contract,
)
from contracts.constants import SectionKind
from contracts.fingerprint import fingerprint
from contracts.models import (
    KPI,
    Amendment,
    BudgetLine,
    Contract,
    KPITarget,
    Provision,
    ReportingAgreement,
    ReportingSection,
    Term,
)
from core.edits import RevisedForm
from core.fields import value_columns
from core.periods import Period
from core.values import Value
from core.wording import Told

AGREED_BEFORE = (
    "Deze afspraak is al eerder gemaakt en wordt niet herschreven. Laat haar vervallen en leg een "
    "nieuwe vast."
)


# -- KPIs ------------------------------------------------------------------------------------------
def save_kpi(form: RevisedForm, contract: Contract, *, user: User) -> bool:
    """Add or change a KPI; False when somebody else wrote meanwhile. Raises ``NotEditable``."""
    with transaction.atomic():
        amendment = lock_amendment(contract)
        kpi: KPI = form.instance
        if kpi._state.adding:
            kpi.contract, kpi.started_by = contract, amendment
            _refuse_taken_number(kpi, amendment)
            kpi.order = _place(kpi, amendment)
        else:
            _own_row(kpi, amendment)
        saved = history.save(form, of_contract(contract), user=user)
        if not saved:
            transaction.set_rollback(True)
    return saved


def _refuse_taken_number(kpi: KPI, amendment: Amendment) -> None:
    """The form asked before the lock: a second click meanwhile may have added the same KPI."""
    held = KPI.objects.filter(contract=kpi.contract).as_amended_by(amendment.number)
    if held.filter(number=kpi.number).exists():
        raise NotEditable(
            f"Er is al een prestatie-indicator met nummer {kpi.number}. Kies een ander nummer, of "
            "ga terug naar de lijst."
        )


def _place(kpi: KPI, amendment: Amendment) -> int:
    """Last in the list; but one that takes the number of a KPI that ends takes its place too."""
    held = KPI.objects.filter(contract=kpi.contract)
    before = held.filter(ended_by=amendment, number=kpi.number).first()
    last: int = held.aggregate(last=Max("order"))["last"] or 0
    return before.order if before else last + 1


def remove_kpi(kpi: KPI, *, user: User) -> bool:
    """Take a KPI away: one that is only drafted goes, one that was agreed before gets an end.

    True when it is gone, False when it ended. Raises ``NotEditable``.
    """
    with transaction.atomic():
        amendment = lock_amendment(kpi.contract)
        KPITarget.objects.filter(kpi=kpi, started_by=amendment).delete()
        if kpi.started_by_id == amendment.pk:
            held = KPI.objects.select_related("contract").filter(pk=kpi.pk).first()
            if held is None:
                return True  # a second click: it is gone already
            history.removed(held, of_contract(kpi.contract), user=user)
            held.goals.clear()
            KPI.objects.filter(pk=kpi.pk).delete()
            return True
        ended = KPI.objects.filter(pk=kpi.pk, ended_by__isnull=True).update(ended_by=amendment)
        if ended:
            note_end(kpi, amendment, ends=True, user=user)
        KPITarget.objects.filter(kpi=kpi, ended_by__isnull=True).update(ended_by=amendment)
    return False


def keep_kpi(kpi: KPI, *, user: User) -> None:
    """Undo, in the same draft amendment, that a KPI ends. Raises ``NotEditable``."""
    with transaction.atomic():
        amendment = lock_amendment(kpi.contract)
        if KPI.objects.filter(
            contract=kpi.contract_id, started_by=amendment, number=kpi.number
        ).exists():
            raise NotEditable(
                f"Dit addendum heeft al een nieuwe prestatie-indicator met nummer {kpi.number}. "
                "Geef die eerst een ander nummer, of verwijder haar."
            )
        if KPI.objects.filter(pk=kpi.pk, ended_by=amendment).update(ended_by=None):
            note_end(kpi, amendment, ends=False, user=user)
        KPITarget.objects.filter(kpi=kpi, ended_by=amendment).update(ended_by=None)


def _own_row(row: Any, amendment: Amendment) -> None:
    if row.started_by_id != amendment.pk:
        raise NotEditable(AGREED_BEFORE)


# -- targets ---------------------------------------------------------------------------------------
def set_target(
    kpi: KPI, kind: str, period: Period, value: Value | None, *, amendment: Amendment
) -> None:
    """Agree ``value`` (or nothing) for ``period`` under ``amendment``, which the caller locked.

    Giving back the value of before leaves no trace: the old row goes on and the new one goes.
    """
    rows = KPITarget.objects.filter(kpi=kpi, kind=kind, period=period)
    own = rows.filter(started_by=amendment).first()
    before = (
        rows.filter(started_by__number__lt=amendment.number, ended_by__isnull=True).first()
        or rows.filter(ended_by=amendment).first()
    )
    if before is not None and before.value == value:
        KPITarget.objects.filter(pk=before.pk).update(ended_by=None)
        if own is not None:
            own.delete()
        return
    if before is not None:
        KPITarget.objects.filter(pk=before.pk).update(ended_by=amendment)
    if value is None:
        if own is not None:
            own.delete()
        return
    row = own or KPITarget(kpi=kpi, kind=kind, period=period, started_by=amendment)
    row.value = value
    _checked_and_saved(row)


def _checked_and_saved(row: KPITarget) -> None:
    """Save ``row``; the database checks its constraints, and only a refusal asks which one it was.

    A grid has hundreds of cells, and ``full_clean`` takes a query for each constraint of each.
    Raises ``ValidationError``.
    """
    row.clean_fields(exclude={field.name for field in row._meta.fields if field.is_relation})
    row.clean()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        row.full_clean()
        raise


def refuse_closed_money(amendment: Amendment, error: type[ValidationError]) -> None:
    """Raise ``error`` when ``amendment`` starts money of a year that was closed meanwhile.

    Call it in the transaction that makes it hold. Two queries.
    """
    lines = BudgetLine.objects.filter(started_by=amendment)
    refuse_closed(*(span_of(line.period) for line in lines), error=error)


# -- money -----------------------------------------------------------------------------------------
def replace_lines(
    contract: Contract,
    *,
    seen: str,
    rows: Sequence[Mapping[str, Any]],
    ended: Iterable[int],
    user: User,
) -> bool:
    """Put ``rows`` in the place of the lines that the open amendment started, and end the others
    that ``ended`` names.

    False, with nothing written, when the lines changed since the page was opened. Raises
    ``NotEditable``, also for a line of a closed year that comes, goes or changes; one that ends by
    a later agreement keeps what it was in that year.
    """
    with transaction.atomic():
        amendment = lock_amendment(contract)
        earlier = earlier_lines(contract, amendment)
        # Only lines of this contract: the numbers come from a browser.
        chosen = {row.pk for row in earlier} & set(ended)
        was = own_lines(contract, amendment)
        now = [*was, *_ends(earlier, {row.pk for row in earlier if row.ended_by_id}, amendment)]
        if now == [*rows, *_ends(earlier, chosen, amendment)]:
            return True  # a second click on the same page
        if fingerprint(now) != seen:
            return False
        touched = [row["period"] for row in [*was, *rows] if row not in was or row not in rows]
        refuse_closed(*map(span_of, touched), error=NotEditable)
        BudgetLine.objects.filter(contract=contract, started_by=amendment).delete()
        for order, row in enumerate(rows, start=1):
            value: Value = row["value"]
            rest = {name: held for name, held in row.items() if name != "value"}
            BudgetLine.objects.create(
                contract=contract,
                started_by=amendment,
                order=100 * amendment.number + order,
                **rest,
                **value_columns(value),
            )
        before = BudgetLine.objects.filter(
            contract=contract, started_by__number__lt=amendment.number
        )
        before.filter(ended_by=amendment).exclude(pk__in=chosen).update(ended_by=None)
        before.filter(ended_by__isnull=True, pk__in=chosen).update(ended_by=amendment)
        ended_before = {row.pk for row in earlier if row.ended_by_id}
        note_lines(
            contract,
            BudgetLine,
            _money_in_words(was, earlier, ended_before),
            _money_in_words(rows, earlier, chosen),
            user=user,
        )
    return True


def _money_in_words(
    own: Sequence[Mapping[str, Any]], earlier: Iterable[BudgetLine], ended: set[int]
) -> Told:
    """The lines of an amendment, and those that it ends. No query."""
    gone = [row for row in earlier if row.pk in ended]
    return {
        "Regels": "\n".join(line_of(BudgetLine, row) for row in own),
        "Vervalt": "\n".join(line_of(BudgetLine, _shown(row)) for row in gone),
    }


def _shown(row: BudgetLine) -> dict[str, Any]:
    return {name: getattr(row, name) for name in LINE_FIELDS}


LINE_FIELDS = (
    "label",
    "amount_kind",
    "value",
    "period",
    "per_year",
    "duration",
    "is_earmarked",
    "sub_assignment",
    "note",
)


def own_lines(contract: Contract, amendment: Amendment) -> list[dict[str, Any]]:
    """The lines that ``amendment`` started, as the form shows them. One query."""
    rows = BudgetLine.objects.filter(contract=contract, started_by=amendment)
    rows = rows.select_related("sub_assignment")
    return [_shown(row) for row in rows]


def earlier_lines(contract: Contract, amendment: Amendment) -> list[BudgetLine]:
    """The lines agreed before ``amendment`` that hold still, or that it ends. One query."""
    return list(
        BudgetLine.objects.filter(contract=contract)
        .as_amended_by(amendment.number - 1)
        .select_related("started_by", "sub_assignment")
        if amendment.number
        else []
    )


def money_as_shown(contract: Contract, amendment: Amendment) -> list[dict[str, Any]]:
    earlier = earlier_lines(contract, amendment)
    ended = {row.pk for row in earlier if row.ended_by_id}
    return own_lines(contract, amendment) + _ends(earlier, ended, amendment)


def _ends(
    rows: Iterable[BudgetLine], ended: set[int], amendment: Amendment
) -> list[dict[str, Any]]:
    return [{"line": row.pk, "ended": amendment.pk if row.pk in ended else None} for row in rows]


# -- reporting -------------------------------------------------------------------------------------
AGREEMENT_FIELDS = ("frequency", "annual_accounts", "due_days", "lock_days", "note")


def agreement_under(contract: Contract, amendment: Amendment) -> ReportingAgreement | None:
    """The reporting agreement that holds under ``amendment``. Two queries."""
    found: ReportingAgreement | None = (
        ReportingAgreement.objects.filter(contract=contract)
        .as_amended_by(amendment.number)
        .select_related("started_by")
        .prefetch_related("sections")
        .order_by("started_by__number", "pk")
        .last()
    )
    return found


def agreement_as_shown(agreement: ReportingAgreement | None) -> dict[str, Any]:
    if agreement is None:
        return {}
    shown = {name: getattr(agreement, name) for name in AGREEMENT_FIELDS}
    return shown | {"sections": [row.kind for row in agreement.sections.all()]}


def agree_reporting(
    contract: Contract, *, seen: str, agreed: Mapping[str, Any], user: User
) -> bool:
    """Agree how the partner reports, and which sections. False when it changed meanwhile.

    Raises ``NotEditable``.
    """
    with transaction.atomic():
        amendment = lock_amendment(contract)
        held = agreement_under(contract, amendment)
        rows = ReportingAgreement.objects.filter(contract=contract)
        if held is not None and agreement_as_shown(held) == dict(agreed):
            return True
        if fingerprint([agreement_as_shown(held)]) != seen:
            return False
        note_reporting(contract, agreement_as_shown(held), agreed, user=user)
        rows.filter(started_by=amendment).delete()
        before = rows.filter(started_by__number__lt=amendment.number)
        before.filter(ended_by=amendment).update(ended_by=None)
        earlier = before.filter(ended_by__isnull=True).prefetch_related("sections").last()
        if earlier is not None and agreement_as_shown(earlier) == dict(agreed):
            return True
        before.filter(ended_by__isnull=True).update(ended_by=amendment)
        made = ReportingAgreement.objects.create(
            contract=contract,
            started_by=amendment,
            **{name: agreed[name] for name in AGREEMENT_FIELDS},
        )
        ReportingSection.objects.bulk_create(
            ReportingSection(agreement=made, kind=SectionKind(kind), order=order)
            for order, kind in enumerate(agreed["sections"], start=1)
        )
    return True


def keep_everything(amendment: Amendment) -> None:
    """Undo all that a draft amendment started and ended; the caller locked it."""
    KPITarget.objects.filter(started_by=amendment).delete()
    for kpi in KPI.objects.filter(started_by=amendment):
        kpi.goals.clear()
    for model in (KPI, BudgetLine, ReportingAgreement, Term, Provision):
        model._base_manager.filter(started_by=amendment).delete()
    for ended in (KPI, KPITarget, BudgetLine, ReportingAgreement, Term, Provision):
        ended._base_manager.filter(ended_by=amendment).update(ended_by=None)
