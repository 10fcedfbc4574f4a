"""The doors to result agreements: a partner sees those that were shared with it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.http import Http404
from django.utils import timezone

from accounts.access import partner_roles
from accounts.constants import Role
from accounts.models import Organisation, User
from contracts.constants import PartyRole
from contracts.framework.content import agreed_on, content_of
from contracts.models import Amendment, Contract, Party, Remark, SignOff
from contracts.querysets import COALITION, AmendmentQuerySet

NOT_THERE = "Deze resultaatafspraken zijn er niet, of zij zijn niet van uw organisatie."


@dataclass(frozen=True)
class Seat:
    """For whom a user reads result agreements, and what the user may do with them."""

    amendment: Amendment
    organisation: Organisation
    may_write: bool
    may_sign: bool


def shared_with(organisations: list[int]) -> AmendmentQuerySet:
    """What was shared with one of ``organisations``: as partner, or as lead or member now."""
    seats = Party.objects.now(*COALITION).filter(organisation__in=organisations)
    rows: AmendmentQuerySet = Amendment.objects.filter(shared_at__isnull=False).filter(
        Q(contract__partner__in=organisations) | Q(contract__in=seats.values("contract"))
    )
    return rows


def seat_or_404(user: User | AnonymousUser, pk: int) -> Seat:
    """The result agreements ``pk`` for a user of the partner. Raises ``Http404``. Three queries,
    for a member four, and one for each step of organisations that went on under another.

    The partner itself and the lead sign; a member reads and reacts.
    """
    held = partner_roles(user)
    rows = shared_with(list(held)).select_related("contract__partner")
    amendment = rows.filter(pk=pk).first() if held else None
    if amendment is None:
        raise Http404(NOT_THERE)
    today = timezone.localdate()
    contract: Contract = amendment.contract
    parties = contract.parties.during(today, today).filter(organisation__in=list(held))
    leads = parties.filter(role=PartyRole.LEAD).values_list("organisation", flat=True)
    whole = [key for key in (contract.partner_id, *leads) if key in held]
    members = parties.filter(role=PartyRole.MEMBER).values_list("organisation", flat=True)
    involved = whole or [key for key in members if key in held]
    if not involved:
        raise Http404(NOT_THERE)
    signing = [key for key in whole if Role.SIGNATORY in held[key][1]]
    writing = [key for key in involved if held[key][1] & {Role.REPORTER, Role.SIGNATORY}]
    return Seat(
        amendment,
        held[(signing or writing or involved)[0]][0],
        may_write=amendment.is_draft and bool(writing),
        may_sign=amendment.is_draft and bool(signing),
    )


def to_agree(signing: list[int]) -> list[Amendment]:
    """The shared drafts that the partner has not agreed with as they stand now, of contracts that
    one of ``signing`` holds or leads now: the organisations that somebody may sign for.

    Two queries, and nine for each draft that the partner agreed with before.
    """
    leads = Party.objects.now(PartyRole.LEAD).filter(organisation__in=signing).values("contract")
    rows = Amendment.objects.filter(
        Q(contract__partner__in=signing) | Q(contract__in=leads),
        shared_at__isnull=False,
        is_draft=True,
    ).select_related("contract")
    by_partner = SignOff.objects.filter(organisation__isnull=False).order_by("pk")
    rows = rows.prefetch_related(Prefetch("sign_offs", by_partner))
    found = []
    for row in rows.order_by("shared_at", "pk"):
        signed = list(row.sign_offs.all())
        now = content_of(row.contract, row).sha256 if signed else ""
        if agreed_on(signed, now).partner is None:
            found.append(row)
    return found


def remarked() -> list[Amendment]:
    """The drafts with remarks of partners that nobody answered, the oldest first. One query."""
    answered = Remark.objects.filter(reply_to=OuterRef("pk")).exclude(outcome="")
    rows = Remark.objects.filter(~Exists(answered), reply_to__isnull=True)
    return list(
        Amendment.objects.filter(is_draft=True, pk__in=rows.values("amendment"))
        .select_related("contract")
        .annotate(open_count=Count("remarks", filter=Q(remarks__in=rows)))
        .order_by("pk")
    )
