"""Transitions of a contract: draft -> active -> ended, and never back.

Each is compare-and-set in one transaction and writes an append-only event.
"""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from contracts.actions.agreed import refuse_closed_money
from contracts.actions.locks import locked, open_amendment
from contracts.constants import ContractStatus, DateKind
from contracts.facts import facts_of
from contracts.models import Amendment, Contract, ContractEvent
from contracts.readiness import blocking, findings


class TransitionError(ValidationError):
    """The step is not possible now; ``messages`` says in Dutch what is missing or what to do."""


ALREADY = {
    ContractStatus.ACTIVE: "Deze overeenkomst is al geactiveerd. U hoeft niets te doen.",
    ContractStatus.ENDED: "Alleen een actieve overeenkomst kan worden beëindigd.",
}


def _move(
    contract: Contract,
    before: ContractStatus,
    to: ContractStatus,
    *,
    user: User,
    note: str,
    at: datetime.datetime | None = None,
) -> ContractEvent:
    moved = Contract.objects.filter(pk=contract.pk, status=before, origin="system").update(
        status=to, revision=F("revision") + 1
    )
    if moved != 1:
        raise TransitionError(ALREADY[to])
    contract.refresh_from_db(fields=["status", "revision"])
    return ContractEvent.objects.create(
        contract=contract,
        from_status=before,
        to_status=to,
        actor=user,
        note=note.strip(),
        at=at or timezone.now(),
    )


def activate(
    contract: Contract, *, user: User, note: str = "", at: datetime.datetime | None = None
) -> ContractEvent:
    """draft -> active: from here on what was agreed changes through amendments only.

    Raises ``TransitionError`` when the contract is no draft, or with all that is missing.
    """
    with transaction.atomic():
        held = locked_or_refuse(contract)
        if held.status != ContractStatus.DRAFT:
            raise TransitionError(ALREADY[ContractStatus.ACTIVE])
        missing = blocking(findings(facts_of(held)))
        if missing:
            raise TransitionError([finding.text for finding in missing])
        first = open_amendment(held)
        if first is not None:
            refuse_closed_money(first, TransitionError)
        signed = held.dates.filter(kind=DateKind.SIGNED, date__isnull=False).first()
        if first is not None:
            Amendment.objects.filter(pk=first.pk).update(
                holds_from=held.starts_on, signed_on=signed.date if signed else None
            )
        return _move(
            contract, ContractStatus.DRAFT, ContractStatus.ACTIVE, user=user, note=note, at=at
        )


def end(contract: Contract, *, last_day: datetime.date, user: User, note: str) -> ContractEvent:
    """active -> ended, with its last day and the reason. Raises ``TransitionError``.

    An amendment that is still a draft stands in the way: sign it or throw it away first.
    """
    if not note.strip():
        raise TransitionError("Schrijf op waarom de overeenkomst eindigt.")
    if contract.starts_on is not None and last_day < contract.starts_on:
        raise TransitionError("De laatste dag ligt voor het begin van de overeenkomst.")
    if contract.ends_on is not None and last_day > contract.ends_on:
        raise TransitionError(
            f"De overeenkomst loopt tot en met {date_format(contract.ends_on, 'j F Y')}. Loopt zij "
            "langer door? Leg dat dan eerst vast in een addendum."
        )
    told = f"Laatste dag {date_format(last_day, 'j F Y')}. {note.strip()}"
    with transaction.atomic():
        held = locked_or_refuse(contract)
        if held.amendments.drafts().exists():
            raise TransitionError(
                "Er is nog een addendum in concept. Onderteken het of verwijder het eerst."
            )
        return _move(contract, ContractStatus.ACTIVE, ContractStatus.ENDED, user=user, note=told)


def locked_or_refuse(contract: Contract) -> Contract:
    try:
        return locked(contract)
    except ValidationError as error:
        raise TransitionError(error.messages) from error
