"""A party that was added to a contract by mistake is taken back, unless it reported."""

from __future__ import annotations

import json

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from contracts.actions import withdrawing
from contracts.constants import PartyRole
from contracts.models import Contract, Party
from reporting.constants import ReportStatus
from reporting.models import Answer, ReadyPart, Report, Round
from reporting.sheet import member_prefix


def why_not_withdraw(party: Party) -> str:
    """Why ``party`` is not taken back, in Dutch; empty when it may be."""
    found = [*withdrawing.what_hangs_on(party), *reported(party)]
    return withdrawing.why_not_withdraw(party, found)


def withdraw_party(party: Party, *, user: User) -> None:
    """Take back a party that was added by mistake. Raises ``NotEditable``.

    Whoever writes a report holds its row, so that nothing is written between looking and taking.
    """
    with transaction.atomic():
        held = Contract.objects.select_for_update().filter(pk=party.contract_id)
        reports = Report.objects.select_for_update().filter(contract__in=list(held)).order_by("pk")
        list(reports)
        withdrawing.withdraw(party, user=user, found=reported(party))


def reported(party: Party) -> list[str]:
    """What ``party`` reported, or began to, in Dutch."""
    who = party.organisation_id
    reports = Report.objects.of_system().filter(contract=party.contract_id)
    rounds = Round.objects.filter(report__in=reports)
    found = []
    if party.role == PartyRole.LEAD:
        as_lead = rounds.filter(on_behalf_of=who)
        if as_lead.filter(report__status=ReportStatus.ACCEPTED).exists():
            found.append("zij diende een rapportage in die is geaccepteerd")
        elif as_lead.exists():
            found.append("zij diende een rapportage in")
    if not party.contributes:
        return found
    if _wrote(rounds.filter(report__status=ReportStatus.ACCEPTED), who):
        found.append("haar deel staat in een geaccepteerde rapportage")
    elif _wrote(rounds, who):
        found.append("haar deel staat in een ingediende rapportage")
    ready = ReadyPart.objects.filter(report__in=reports, organisation=who)
    own = Answer.objects.filter(report__in=reports, key__startswith=member_prefix(who))
    if ready.exists() or own.exclude(text="").exists():
        found.append("zij begon aan haar deel van een rapportage")
    return found


def _wrote(rounds: QuerySet[Round], member: int) -> bool:
    """Whether what was handed in has a part of ``member``; one without a word is not kept."""
    return any(
        (block.get("member") or {}).get("id") == member
        for text in rounds.values_list("payload", flat=True)
        for section in json.loads(text).get("sections", [])
        for block in section["blocks"]
    )
