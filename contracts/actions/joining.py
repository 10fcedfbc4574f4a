"""Parties of a contract that runs: who joins, and who leaves; what was before stays readable."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format

from accounts.constants import OrganisationKind
from accounts.models import Organisation, User
from agenda.constants import Origin
from contracts.actions.drafting import PARTY_FIELDS
from contracts.actions.locks import FROM_SOURCE, NotEditable, locked
from contracts.changes import note_rows
from contracts.constants import CLIENT_ROLES, ContractStatus, PartyRole
from contracts.models import KPI, Contract, ContractEvent, Party
from contracts.querysets import PartyQuerySet

ALREADY = "Op die dagen doet deze organisatie al mee in deze rol, of er is al een penvoerder."


def why_no_change(contract: Contract) -> str:
    """Why no party joins or leaves ``contract`` now, in Dutch; empty when it may."""
    if contract.origin == Origin.SOURCE:
        return FROM_SOURCE
    if contract.status == ContractStatus.DRAFT:
        return "Dit is nog een concept. Pas de partijen gewoon aan."
    if contract.status != ContractStatus.ACTIVE:
        return "Alleen bij een actieve overeenkomst komen er partijen bij of gaan er partijen weg."
    return ""


def join(
    contract: Contract,
    *,
    organisation: Organisation,
    role: str,
    valid_from: datetime.date,
    contributes: bool = False,
    part: str = "",
    note: str = "",
    user: User,
) -> Party:
    """A party takes part from ``valid_from`` on. Raises ``NotEditable``.

    There is one lead at a time: the one before has to leave first. A lead is a member as well.
    Nobody has one role twice on a day.
    """
    with transaction.atomic():
        held = running(contract)
        _refuse_role(held, organisation, role, valid_from)
        if _like(held, organisation, role).during(valid_from, datetime.date.max).exists():
            raise NotEditable(ALREADY)
        before = rows_of(held)
        last = held.parties.aggregate(last=Max("order"))["last"] or 0
        party = Party(
            contract=held,
            organisation=organisation,
            role=role,
            part=part,
            contributes=contributes,
            valid_from=valid_from,
            note=note,
            order=last + 1,
        )
        try:
            with transaction.atomic():
                party.save()
        except IntegrityError as error:
            raise NotEditable(ALREADY) from error
        day = date_format(valid_from, "j F Y")
        words = f"{organisation} doet mee vanaf {day}, als {party.get_role_display()}."
        told(held, before, words, user)
    return party


def _refuse_role(
    contract: Contract, organisation: Organisation, role: str, day: datetime.date
) -> None:
    """Raise ``NotEditable`` where ``organisation`` cannot take part in this role from ``day`` on.

    Who leads reads and hands in the reports of all, so it is the partner or a member of theirs.
    """
    is_partner = organisation.pk == contract.partner_id
    if organisation.kind == OrganisationKind.MUNICIPALITY and role not in CLIENT_ROLES:
        raise NotEditable("Een gemeente is opdrachtgever, en geen partij die het werk doet.")
    if role != PartyRole.LEAD and is_partner:
        raise NotEditable(f"De overeenkomst is al met {organisation} gesloten.")
    members = contract.parties.during(day, day).filter(role=PartyRole.MEMBER)
    if role == PartyRole.LEAD and not (
        is_partner or members.filter(organisation=organisation).exists()
    ):
        raise NotEditable(
            f"{organisation} is geen coalitiepartner. De penvoerder leest en vult de rapportages "
            "van allemaal, en is dus zelf coalitiepartner. Voeg haar eerst zo toe."
        )


def _like(contract: Contract, organisation: Organisation, role: str) -> PartyQuerySet:
    """The parties that stand in the way of ``organisation`` in ``role`` on the same days."""
    rows: PartyQuerySet = contract.parties.filter(role=role)
    return rows if role == PartyRole.LEAD else rows.filter(organisation=organisation)


def why_not_leave(party: Party) -> str:
    """Why the last day of ``party`` stays, in Dutch; empty when it may be chosen, or chosen anew
    because it is still to come. No query."""
    if party.valid_until is None or not party.has_left(timezone.localdate()):
        return ""
    day = date_format(party.valid_until, "j F Y")
    return f"Deze partij is al vertrokken. Zij deed mee tot en met {day}."


def leave(party: Party, *, valid_until: datetime.date, reason: str, user: User) -> None:
    """A party takes part up to and including ``valid_until``. Raises ``NotEditable``.

    A last day that is still to come may become another one.
    """
    with transaction.atomic():
        contract = running(party.contract)
        before = rows_of(contract)
        held = contract.parties.select_related("organisation").filter(pk=party.pk).first()
        if held is None:
            raise NotEditable("Deze partij doet hier niet meer mee.")
        if why := why_not_leave(held):
            raise NotEditable(why)
        day = date_format(valid_until, "j F Y")
        if held.valid_until == valid_until:
            raise NotEditable(f"Dat is al vastgelegd: zij doet mee tot en met {day}.")
        if held.valid_from is not None and valid_until < held.valid_from:
            raise NotEditable(f"Die dag ligt voor de eerste dag, {held.valid_from:%d-%m-%Y}.")
        others = _like(contract, held.organisation, held.role).exclude(pk=held.pk)
        if others.during(held.valid_from or datetime.date.min, valid_until).exists():
            raise NotEditable(ALREADY)
        kpi = (
            KPI.objects.in_force()
            .filter(contract=contract, member=held.organisation_id)
            .order_by("order")
            .first()
        )
        if kpi is not None and held.contributes:
            raise NotEditable(
                f"{held.organisation} rapporteert over prestatie-indicator {kpi.number}. Kies met "
                "een addendum eerst wie dat overneemt."
            )
        Party.objects.filter(pk=held.pk).update(valid_until=valid_until)
        role = held.get_role_display()
        words = f"{held.organisation} doet mee tot en met {day}, als {role}. {reason.strip()}"
        told(contract, before, words, user)


def running(contract: Contract) -> Contract:
    """The contract, held for this transaction, if parties may change. Raises ``NotEditable``."""
    held = locked(contract)
    if why := why_no_change(held):
        raise NotEditable(why)
    return held


def rows_of(contract: Contract) -> list[dict[str, Any]]:
    """The parties as the history tells them. One query."""
    rows = Party.objects.filter(contract=contract).select_related("organisation")
    ordered = rows.order_by("order", "pk")
    return [{name: getattr(row, name) for name in PARTY_FIELDS} for row in ordered]


def told(contract: Contract, before: list[dict[str, Any]], words: str, user: User) -> None:
    """Write in the history and in the log of ``contract`` what changed ``before`` to now."""
    note_rows(contract, Party, before, rows_of(contract), user=user)
    ContractEvent.objects.create(
        contract=contract,
        from_status=ContractStatus.ACTIVE,
        to_status=ContractStatus.ACTIVE,
        actor=user,
        note=words[:300],
    )
