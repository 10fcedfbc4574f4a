"""A party that was added to a running contract by mistake is taken back, as if it never joined.

Who left took part until a day, and stays in the contract; who was added by mistake never did. No
row of a contract that runs is removed (contracts/frozen.py): it is marked, and read nowhere. The
history and the log of the contract tell what stood there, and who took it back.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from contracts.actions.joining import rows_of, running, told
from contracts.actions.locks import NotEditable
from contracts.constants import PartyRole
from contracts.models import (
    KPI,
    ActionPoint,
    Attendance,
    DataAgreement,
    Party,
    Remark,
    SignOff,
    Supply,
    TenderNotice,
)


def what_hangs_on(party: Party) -> list[str]:
    """What the contract holds of ``party``, in Dutch; empty when nothing does. Ten queries at most.

    What its organisation does in another role of the contract hangs on that role.
    """
    contract, who = party.contract_id, party.organisation_id
    others = Party.objects.filter(contract=contract, organisation=who).exclude(pk=party.pk)
    found = []
    if party.role == PartyRole.MEMBER and others.filter(role=PartyRole.LEAD).exists():
        found.append("zij is ook de penvoerder; trek dat eerst in, of laat haar zo vertrekken")
    kpis = KPI.objects.filter(contract=contract, member=who).order_by("order", "pk")
    if party.contributes and (kpi := kpis.first()):
        found.append(f"zij rapporteert over prestatie-indicator {kpi.number}, of deed dat")
    if others.exists():
        return found
    talks = Q(meeting__contracts=contract)
    held = (
        (
            DataAgreement.objects.filter(contract=contract, organisation=who),
            "met haar is een afspraak over persoonsgegevens vastgelegd",
        ),
        (
            Supply.objects.filter(Q(supplier=who) | Q(watcher=who), contract=contract),
            "zij staat bij de leveranciers, met wat er aan hen wordt betaald",
        ),
        (
            TenderNotice.objects.filter(contract=contract, organisations=who),
            "zij kreeg een bericht over een aanbesteding",
        ),
        (
            Remark.objects.filter(amendment__contract=contract, organisation=who),
            "zij schreef een opmerking bij de resultaatafspraken",
        ),
        (
            SignOff.objects.filter(amendment__contract=contract, organisation=who),
            "zij ging akkoord met resultaatafspraken",
        ),
        (
            Attendance.objects.filter(talks, organisation=who),
            "zij staat bij de deelnemers aan een overleg over deze overeenkomst",
        ),
        (
            ActionPoint.objects.filter(talks).filter(Q(organisation=who) | Q(between=who)),
            "zij heeft een actiepunt uit een overleg over deze overeenkomst",
        ),
    )
    return found + [words for rows, words in held if rows.exists()]


def why_not_withdraw(party: Party, found: list[str]) -> str:
    """Why ``party`` is not taken back, in Dutch; empty when nothing was ``found`` to hang on it."""
    if not found:
        return ""
    return (
        f"{party.organisation} is niet in te trekken: {'; '.join(found)}. Laat haar vertrekken met "
        "een laatste dag; dan blijft staan wat zij deed."
    )


def withdraw(party: Party, *, user: User, found: list[str]) -> None:
    """Take back a party that was added by mistake. Raises ``NotEditable``.

    ``found`` is what hangs on it besides what the contract holds itself.
    """
    with transaction.atomic():
        contract = running(party.contract)
        held = contract.parties.select_related("organisation").filter(pk=party.pk).first()
        if held is None:
            raise NotEditable("Deze partij doet hier niet meer mee.")
        if why := why_not_withdraw(held, [*what_hangs_on(held), *found]):
            raise NotEditable(why)
        before = rows_of(contract)
        Party.objects.filter(pk=held.pk).update(withdrawn_on=timezone.localdate())
        role = held.get_role_display()
        words = f"{held.organisation} is ingetrokken als {role}: per vergissing toegevoegd."
        told(contract, before, words, user)
