"""What may be done with a subsidy: granted -> requested -> settled -> reclaimed -> repaid.

The General Administrative Law Act says how (Awb): granted by a decision (4:29 and on), advances
(4:95), settled on a request (4:45) as granted or lower on a ground (4:46), or by the municipality
itself when no request came (4:47), and what was paid too much is reclaimed (4:57). A settlement is
lowered or withdrawn afterwards on a ground (4:49). Each step is compare-and-set in one transaction
and writes an append-only line.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts import history
from accounts.models import User
from agenda.money_years import refuse_closed
from contracts.actions.locks import NotEditable
from contracts.budgets.changes import of_subsidy
from contracts.constants import (
    ContractStatus,
    LowerGround,
    ReviseGround,
    SubsidyStatus,
    SubsidyStep,
)
from contracts.models import Subsidy, SubsidyEvent
from core.edits import RevisedForm
from core.values import format_euro

NOTHING_KEPT = "Wat u typte, is niet bewaard."
GONE = f"Deze subsidie is intussen verwijderd. {NOTHING_KEPT}"
TWIN = "Er is al een subsidie met dit kenmerk bij deze overeenkomst. Ga daarmee verder."
MEANWHILE = (
    "Iemand anders legde intussen een stap vast, of u drukte twee keer. Kijk eerst hoe de subsidie "
    f"er nu voor staat. {NOTHING_KEPT}"
)
GRANTED_ALREADY = (
    "Deze subsidie is al verleend. Het besluit verandert hier niet meer. " + NOTHING_KEPT
)
refuse = partial(refuse_closed, error=NotEditable)


def _lock(subsidy: Subsidy, *allowed: SubsidyStatus, seen: int | None = None) -> Subsidy:
    """The subsidy as it stands now, held for this transaction. Raises ``NotEditable``."""
    held = Subsidy.objects.select_for_update().filter(pk=subsidy.pk).order_by("pk").first()
    if held is None:
        raise NotEditable(GONE)
    if held.status not in allowed or (seen is not None and held.revision != seen):
        raise NotEditable(MEANWHILE)
    return held


def save_draft_subsidy(form: RevisedForm, *, user: User) -> bool:
    """Write a draft, new or there already. False when another wrote meanwhile.

    Raises ``NotEditable`` when it was granted by now, for a closed year, and for a second click.
    """
    row: Subsidy = form.instance
    try:
        with transaction.atomic():
            refuse((row.first_year, row.last_year))
            if row.pk is not None:
                held = Subsidy.objects.select_for_update().filter(pk=row.pk).order_by("pk").first()
                if held is None:
                    raise NotEditable(GONE)
                if not held.is_draft:
                    raise NotEditable(GRANTED_ALREADY)
            return history.save(form, of_subsidy, user=user)
    except IntegrityError as error:
        raise NotEditable(TWIN) from error


def delete_draft_subsidy(subsidy: Subsidy, *, user: User) -> None:
    """Throw a draft away. Raises ``NotEditable`` when it was granted."""
    with transaction.atomic():
        held = Subsidy.objects.select_for_update().filter(pk=subsidy.pk).order_by("pk").first()
        if held is None:
            return  # a second click
        if not held.is_draft:
            raise NotEditable(GRANTED_ALREADY)
        history.removed(held, of_subsidy, user=user)
        held.delete()


def _step(
    held: Subsidy,
    step: SubsidyStep,
    to: SubsidyStatus,
    *,
    day: datetime.date,
    user: User,
    amount: Decimal | None = None,
    ground: str = "",
    revise_ground: str = "",
    note: str = "",
    **columns: Any,
) -> SubsidyEvent:
    before = held.status
    rows = Subsidy.objects.filter(pk=held.pk, status=before, revision=held.revision)
    if rows.update(status=to, revision=F("revision") + 1, **columns) != 1:
        raise NotEditable(MEANWHILE)
    return SubsidyEvent.objects.create(
        subsidy=held,
        step=step,
        from_status=before,
        to_status=to,
        day=day,
        amount=amount,
        ground=ground,
        revise_ground=revise_ground,
        note=note,
        actor=user,
        at=timezone.now(),
    )


def _after_the_last(held: Subsidy, day: datetime.date) -> None:
    """Raise ``NotEditable`` when ``day`` lies before the last step."""
    last = held.events.order_by("-day").values_list("day", flat=True).first()
    if last is not None and day < last:
        raise NotEditable(
            f"De vorige stap was op {last:%d-%m-%Y}. Kies die dag of een latere. {NOTHING_KEPT}"
        )


def grant(
    subsidy: Subsidy, *, day: datetime.date, note: str = "", seen: int | None, user: User
) -> SubsidyEvent:
    """draft -> granted, on the day of the decision. ``seen`` is the revision that was read.

    Raises ``NotEditable``, also for a closed year.
    """
    with transaction.atomic():
        held = _lock(subsidy, SubsidyStatus.DRAFT, seen=seen)
        refuse((held.first_year, held.last_year))
        if held.contract.status == ContractStatus.DRAFT:
            raise NotEditable(
                f"De overeenkomst ‘{held.contract.title}’ is nog een concept. Activeer die eerst; "
                "dan kunt u de subsidie verlenen."
            )
        if held.contract.partner_id is None:
            raise NotEditable(
                f"‘{held.contract.title}’ is aan niemand verleend. Een subsidie heeft een "
                "ontvanger."
            )
        return _step(
            held, SubsidyStep.GRANT, SubsidyStatus.GRANTED,
            day=day, user=user, amount=held.granted, note=note,
        )  # fmt: skip


def pay_advance(
    subsidy: Subsidy,
    *,
    day: datetime.date,
    amount: Decimal,
    note: str = "",
    seen: int | None,
    user: User,
) -> SubsidyEvent:
    """Money that was paid beforehand; all advances together are at most what was granted."""
    with transaction.atomic():
        held = _lock(subsidy, SubsidyStatus.GRANTED, seen=seen)
        _after_the_last(held, day)
        left = held.granted - held.paid
        if amount > left:
            raise NotEditable(
                f"Er is verleend: {format_euro(held.granted)}, en al betaald: "
                f"{format_euro(held.paid)}. U kunt nog {format_euro(left)} betalen. {NOTHING_KEPT}"
            )
        return _step(
            held, SubsidyStep.ADVANCE, SubsidyStatus.GRANTED,
            day=day, user=user, amount=amount, note=note, paid=F("paid") + amount,
        )  # fmt: skip


def account_interim(
    subsidy: Subsidy, *, day: datetime.date, note: str, seen: int | None, user: User
) -> SubsidyEvent:
    """What the partner told halfway; the subsidy stays granted."""
    with transaction.atomic():
        held = _lock(subsidy, SubsidyStatus.GRANTED, seen=seen)
        _after_the_last(held, day)
        return _step(
            held, SubsidyStep.INTERIM, SubsidyStatus.GRANTED, day=day, user=user, note=note
        )


def receive_request(
    subsidy: Subsidy,
    *,
    day: datetime.date,
    amount: Decimal,
    note: str = "",
    seen: int | None,
    user: User,
) -> SubsidyEvent:
    """granted -> requested: the partner asks to settle and shows what was done (Awb 4:45).

    ``amount`` is what the partner says that it cost.
    """
    with transaction.atomic():
        held = _lock(subsidy, SubsidyStatus.GRANTED, seen=seen)
        _after_the_last(held, day)
        return _step(
            held, SubsidyStep.REQUEST, SubsidyStatus.REQUESTED,
            day=day, user=user, amount=amount, note=note,
        )  # fmt: skip


def settle(
    subsidy: Subsidy,
    *,
    day: datetime.date,
    amount: Decimal,
    ground: str = "",
    note: str = "",
    seen: int | None,
    user: User,
) -> SubsidyEvent:
    """requested -> settled, as granted or lower on a ground (Awb 4:46).

    Without a request only after the last day for it (Awb 4:47). Raises ``NotEditable`` for an
    amount above the grant, and for a lower one without its ground and the reason in words.
    """
    with transaction.atomic():
        held = _lock(subsidy, SubsidyStatus.GRANTED, SubsidyStatus.REQUESTED, seen=seen)
        _after_the_last(held, day)
        if held.status == SubsidyStatus.GRANTED and day <= held.request_by:
            raise NotEditable(
                "De ontvanger mag de vaststelling aanvragen tot en met "
                f"{held.request_by:%d-%m-%Y}. "
                f"Pas daarna stelt u zonder aanvraag vast (Awb 4:47). {NOTHING_KEPT}"
            )
        if amount > held.granted:
            raise NotEditable(
                f"Er is {format_euro(held.granted)} verleend. Hoger vaststellen kan niet. "
                f"{NOTHING_KEPT}"
            )
        lower = amount < held.granted
        if lower and not (ground and note.strip()):
            raise NotEditable(
                "U stelt lager vast dan verleend. Kies op welke grond (Awb 4:46, tweede lid), en "
                f"leg dat uit. {NOTHING_KEPT}"
            )
        if not lower and ground:
            raise NotEditable(
                "U stelt vast zoals verleend. Dan hoort er geen grond bij om lager vast te "
                f"stellen. {NOTHING_KEPT}"
            )
        return _step(
            held, SubsidyStep.SETTLE, SubsidyStatus.SETTLED,
            day=day, user=user, amount=amount, ground=ground or LowerGround.NONE, note=note,
            settled=amount,
        )  # fmt: skip


def pay_the_rest(
    subsidy: Subsidy,
    *,
    day: datetime.date,
    amount: Decimal,
    note: str = "",
    seen: int | None,
    user: User,
) -> SubsidyEvent:
    """What is paid after the settlement, less the advances (Awb 4:52); at most what was settled."""
    with transaction.atomic():
        held = _lock(subsidy, SubsidyStatus.SETTLED, seen=seen)
        _after_the_last(held, day)
        left = (held.settled or Decimal(0)) - held.paid + held.repaid
        if left <= 0:
            raise NotEditable(f"Alles wat is vastgesteld, is betaald. {NOTHING_KEPT}")
        if amount > left:
            raise NotEditable(f"Er is nog {format_euro(left)} te betalen. {NOTHING_KEPT}")
        return _step(
            held, SubsidyStep.PAY, SubsidyStatus.SETTLED,
            day=day, user=user, amount=amount, note=note, paid=F("paid") + amount,
        )  # fmt: skip


def reclaim(
    subsidy: Subsidy,
    *,
    day: datetime.date,
    repay_by: datetime.date,
    note: str = "",
    seen: int | None,
    user: User,
) -> SubsidyEvent:
    """settled -> reclaimed: what was paid above the settlement is asked back (Awb 4:57)."""
    with transaction.atomic():
        held = _lock(subsidy, SubsidyStatus.SETTLED, seen=seen)
        _after_the_last(held, day)
        too_much = held.paid - (held.settled or Decimal(0)) - held.repaid
        if too_much <= 0:
            raise NotEditable(f"Er is niet te veel betaald: er valt niets terug te vorderen. "
                              f"{NOTHING_KEPT}")  # fmt: skip
        if repay_by < day:
            raise NotEditable(f"De uiterste dag ligt voor het besluit. {NOTHING_KEPT}")
        return _step(
            held, SubsidyStep.RECLAIM, SubsidyStatus.RECLAIMED,
            day=day, user=user, amount=too_much, note=note, repay_by=repay_by,
        )  # fmt: skip


def receive_repayment(
    subsidy: Subsidy,
    *,
    day: datetime.date,
    amount: Decimal,
    note: str = "",
    seen: int | None,
    user: User,
) -> SubsidyEvent:
    """Money that came back; reclaimed -> repaid once all of it did."""
    with transaction.atomic():
        held = _lock(subsidy, SubsidyStatus.RECLAIMED, seen=seen)
        _after_the_last(held, day)
        left = held.paid - (held.settled or Decimal(0)) - held.repaid
        if amount > left:
            raise NotEditable(f"Er staat nog {format_euro(left)} open. {NOTHING_KEPT}")
        to = SubsidyStatus.REPAID if amount == left else SubsidyStatus.RECLAIMED
        return _step(
            held, SubsidyStep.REPAY, to,
            day=day, user=user, amount=amount, note=note, repaid=F("repaid") + amount,
        )  # fmt: skip


# -- afterwards ------------------------------------------------------------------------------------
SETTLED = (SubsidyStatus.SETTLED, SubsidyStatus.RECLAIMED, SubsidyStatus.REPAID)
YEARS_TO_REVISE = 5  # Awb 4:49, third paragraph


def revise(
    subsidy: Subsidy,
    *,
    day: datetime.date,
    amount: Decimal,
    revise_ground: str,
    since: datetime.date | None = None,
    note: str,
    seen: int | None,
    user: User,
) -> SubsidyEvent:
    """Lower a settlement to ``amount``, in euros (Awb 4:49); a reclaim of the rest may follow.

    ``since`` is the day on which an obligation was not met, for ground c: the five years run from
    there, and else from the settlement. Raises ``NotEditable`` after that, and for an amount that
    is not lower, or nought: that is a withdrawal.
    """
    with transaction.atomic():
        held = _lock(subsidy, *SETTLED, seen=seen)
        settled = held.settled or Decimal(0)
        if not 0 < amount < settled:
            raise NotEditable(
                f"Er is {format_euro(settled)} vastgesteld. Vul een lager bedrag in. Wordt het "
                f"niets? Kies dan intrekken. {NOTHING_KEPT}"
            )
        return _revised(held, SubsidyStep.REVISE, amount, day, revise_ground, since, note, user)


def withdraw(
    subsidy: Subsidy,
    *,
    day: datetime.date,
    revise_ground: str,
    since: datetime.date | None = None,
    note: str,
    seen: int | None,
    user: User,
) -> SubsidyEvent:
    """Withdraw a settlement, so that nothing of it is left (Awb 4:49). See ``revise``."""
    with transaction.atomic():
        held = _lock(subsidy, *SETTLED, seen=seen)
        if not held.settled:
            raise NotEditable(f"Er is niets vastgesteld dat u kunt intrekken. {NOTHING_KEPT}")
        zero = Decimal(0)
        return _revised(held, SubsidyStep.WITHDRAW, zero, day, revise_ground, since, note, user)


def _revised(
    held: Subsidy,
    step: SubsidyStep,
    amount: Decimal,
    day: datetime.date,
    ground: str,
    since: datetime.date | None,
    note: str,
    user: User,
) -> SubsidyEvent:
    _after_the_last(held, day)
    if not (ground and note.strip()):
        raise NotEditable(f"Kies op welke grond (Awb 4:49), en leg dat uit. {NOTHING_KEPT}")
    told = note
    if ground == ReviseGround.OBLIGATION:
        if since is None or since > day:
            raise NotEditable(
                "Vul in sinds wanneer de ontvanger niet aan de verplichting voldeed. "
                f"{NOTHING_KEPT}"
            )
        start, told = since, f"Niet voldaan sinds {since:%d-%m-%Y}. {note}"
    else:
        settled = held.events.filter(step=SubsidyStep.SETTLE).order_by("-pk").first()
        start = settled.day if settled is not None else day
    if day > _years_after(start, YEARS_TO_REVISE):
        raise NotEditable(
            f"Dat is meer dan vijf jaar na {start:%d-%m-%Y}. Dan kan de vaststelling niet meer "
            f"worden gewijzigd (Awb 4:49, derde lid). {NOTHING_KEPT}"
        )
    return _step(
        held, step, SubsidyStatus.SETTLED,
        day=day, user=user, amount=amount, revise_ground=ground, note=told, settled=amount,
    )  # fmt: skip


def _years_after(day: datetime.date, years: int) -> datetime.date:
    """The same day some years later; the last of February when there is no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
