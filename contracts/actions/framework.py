"""Making result agreements of a year together: starting, sharing, remarks, replies, signing off."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef
from django.urls import reverse
from django.utils import timezone

from accounts import history
from accounts.access import holders_of
from accounts.constants import Role
from accounts.models import Organisation, User
from contracts.actions.agreed import (
    agree_reporting,
    agreement_as_shown,
    agreement_under,
    set_target,
)
from contracts.actions.amending import ONE_DRAFT, why_no_amendment
from contracts.actions.locks import NotEditable, locked
from contracts.changes import of_contract, part_of
from contracts.constants import PartyRole, ReplyOutcome, ReportFrequency, SectionKind
from contracts.fingerprint import fingerprint
from contracts.framework.content import content_of
from contracts.grid import periods_of
from contracts.models import KPI, Amendment, Contract, KPITarget, Remark, SignOff
from core.outbox import queue_mail
from core.periods import Period
from core.typed import as_typed
from core.values import InvalidValue, Value, ValueType
from core.wording import in_words

NOT_SHARED = "Deze resultaatafspraken zijn nog niet gedeeld, of zij liggen al vast."
WRITERS = (Role.REPORTER, Role.SIGNATORY)

#: What every partner is asked, unless something else is agreed: report 000, H6.5 and H6.6.
UNIFORM = {
    "frequency": ReportFrequency.HALF_YEARLY,
    "annual_accounts": False,
    "due_days": 56,
    "lock_days": 28,
    "note": "",
    "sections": [
        SectionKind.TRENDS,
        SectionKind.RESULTS,
        SectionKind.COOPERATION,
        SectionKind.NUMBERS,
        SectionKind.BOTTLENECKS,
        SectionKind.KPI_SCORES,
    ],
}


def start_framework(contract: Contract, year: int, *, user: User) -> Amendment:
    """Begin the result agreements of ``year``, as a draft amendment. Raises ``NotEditable``.

    What holds stays until it is changed; a contract without an agreement on reporting gets the
    uniform one.
    """
    try:
        with transaction.atomic():
            held = locked(contract)
            if why := why_no_amendment(held):
                raise NotEditable(why)
            first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
            if held.starts_on is None or held.ends_on is None:
                raise NotEditable("Deze overeenkomst heeft geen looptijd.")
            if held.ends_on < first or held.starts_on > last:
                raise NotEditable(f"De overeenkomst loopt niet in {year}. Kies een ander jaar.")
            # A later amendment cannot hold earlier than one that was signed.
            latest = held.amendments.signed().aggregate(day=Max("holds_from"))["day"]
            day = max(first, held.starts_on, latest or first)
            if day > last:
                raise NotEditable(
                    f"Een eerder addendum geldt pas vanaf {in_words(day)}. Resultaatafspraken voor "
                    f"{year} gaan in dat jaar in."
                )
            if held.amendments.filter(year=year).exists():
                raise NotEditable(
                    f"Er zijn al resultaatafspraken voor {year}. Wijzig ze met een addendum."
                )
            number = (held.amendments.aggregate(last=Max("number"))["last"] or 0) + 1
            amendment = Amendment.objects.create(
                contract=held,
                number=number,
                title=f"Resultaatafspraken {year}",
                year=year,
                holds_from=day,
                is_draft=True,
                reason=f"De jaarlijkse resultaatafspraken met de partner, voor {year}.",
            )
            history.added(amendment, of_contract(held), user=user)
            agreement = agreement_under(held, amendment)
            if agreement is None or not agreement.frequency:
                seen = fingerprint([agreement_as_shown(agreement)])
                agree_reporting(held, seen=seen, agreed=UNIFORM, user=user)
    except IntegrityError as error:
        raise NotEditable(ONE_DRAFT) from error
    return amendment


def share(amendment: Amendment, *, user: User) -> int | None:
    """Open the draft for the partner, and tell its people: how many get a mail.

    None when it was shared before, or is no draft any more: a second click tells nobody again.
    """
    with transaction.atomic():
        contract = locked(amendment.contract)
        changed = Amendment.objects.filter(
            pk=amendment.pk, is_draft=True, year__isnull=False, shared_at__isnull=True
        ).update(shared_at=timezone.now())
        if changed != 1:
            return None
        page = f"{settings.BASE_URL}{reverse('framework_detail', args=[amendment.pk])}"
        text = (
            f"De gemeente deelt ‘{amendment.title}’ bij ‘{contract.title}’.\n\n"
            "U kunt per prestatie-indicator reageren of een andere streefwaarde voorstellen. "
            "Daarna geeft u beiden akkoord.\n\n"
            f"Bekijken: {page}\n"
        )
        people = {
            person.pk: person
            for organisation in partners_of(contract)
            for person in holders_of(*WRITERS, organisation=organisation)
        }
        for person in people.values():
            queue_mail(
                to=person.email,
                subject=f"{amendment.title}: {contract.title}"[:200],
                text=text,
                key=f"framework-shared-{amendment.pk}-{person.pk}",
            )
    return len(people)


def partners_of(contract: Contract) -> list[Organisation]:
    """The partner, and of a coalition who leads it now and who is a member now. Two queries."""
    today = timezone.localdate()
    parties = contract.parties.during(today, today).filter(
        role__in=(PartyRole.LEAD, PartyRole.MEMBER)
    )
    found = {
        row.organisation_id: row.organisation for row in parties.select_related("organisation")
    }
    if contract.partner is not None:
        found[contract.partner.pk] = contract.partner
    return list(found.values())


def remark(
    amendment: Amendment,
    *,
    text: str,
    kpi: KPI | None = None,
    period: Period | None = None,
    proposed: str = "",
    organisation: Organisation,
    user: User,
) -> Remark:
    """A partner says something about a KPI or about the whole, perhaps with another target.

    A second click makes no second one; after an answer the same words are new. Raises
    ``NotEditable``.
    """
    with transaction.atomic():
        held = _shared(amendment)
        _refuse_outside(held.contract, period)
        about = f"{kpi.number}. {kpi.name}"[:220] if kpi else ""
        if kpi is not None and proposed:
            read_target(kpi, proposed)
        same = Remark.objects.filter(
            amendment=held, kpi=kpi, text=text, proposed=proposed, period=period, user=user
        )
        answered = Remark.objects.filter(reply_to=OuterRef("pk")).exclude(outcome="")
        waiting = same.filter(~Exists(answered), reply_to__isnull=True)
        if (before := waiting.last()) is not None:
            return before
        made = Remark.objects.create(
            amendment=held,
            kpi=kpi,
            about=about,
            text=text,
            period=period,
            proposed=proposed,
            organisation=organisation,
            user=user,
        )
        page = reverse("framework_manage", args=[held.contract.slug, held.number])
        for manager in holders_of(Role.CONTRACT_MANAGER):
            queue_mail(
                to=manager.email,
                subject=f"Reactie op {held.title}: {held.contract.title}"[:200],
                text=f"{organisation} reageerde: {text}\n\n{settings.BASE_URL}{page}\n",
                key=f"framework-remark-{made.pk}-{manager.pk}",
            )
    return made


def _refuse_outside(contract: Contract, period: Period | None) -> None:
    """A target is for a year or half-year of the contract. Raises ``NotEditable``."""
    if period is None:
        return
    within = [each for halves in (True, False) for each in periods_of(contract, half_years=halves)]
    if period not in within:
        raise NotEditable(
            f"De overeenkomst loopt niet in {period.label}. Kies een jaar of halfjaar van de "
            "looptijd."
        )


def read_target(kpi: KPI, proposed: str) -> Value:
    """``proposed`` as a value of the indicator. Raises ``NotEditable`` with the reason."""
    kind = kpi.indicator.value_type
    if not kind:
        raise NotEditable("Van deze indicator is nog niet bekend welke soort waarde hij heeft.")
    try:
        return Value.parse(ValueType(kind), proposed)
    except InvalidValue as error:
        raise NotEditable(str(error)) from error


def reply(to: Remark, *, outcome: str, text: str, user: User) -> Remark:
    """The municipality answers a remark; a proposal that is adopted becomes the target.

    Raises ``NotEditable``, also on a second answer.
    """
    with transaction.atomic():
        amendment = _shared(to.amendment)
        if to.replies.exclude(outcome="").exists():
            raise NotEditable("Op deze opmerking is al geantwoord.")
        if outcome == ReplyOutcome.ADOPTED and to.proposed and to.period is not None:
            if to.kpi is None:
                raise NotEditable(
                    "Deze prestatie-indicator is er niet meer. Antwoord met een tekst."
                )
            _adopt(to, to.kpi, amendment, user)
        return Remark.objects.create(
            amendment=amendment,
            kpi=to.kpi,
            about=to.about,
            reply_to=to,
            outcome=outcome,
            text=text,
            user=user,
        )


def _adopt(to: Remark, kpi: KPI, amendment: Amendment, user: User) -> None:
    """The proposed target holds, when the amendment does. Raises ``NotEditable``."""
    _refuse_outside(amendment.contract, to.period)
    value = read_target(kpi, to.proposed)
    held = (
        KPITarget.objects.filter(kpi=kpi, kind="target", period=to.period)
        .as_amended_by(amendment.number)
        .first()
    )
    label = f"Streefwaarde {to.period.label}"
    before = {label: as_typed(held.value) if held else ""}
    set_target(kpi, "target", to.period, value, amendment=amendment)
    history.note(part_of(kpi, amendment.contract), before, {label: as_typed(value)}, user=user)


def sign_off(
    amendment: Amendment, *, seen: str, organisation: Organisation | None, user: User
) -> SignOff:
    """Agree with the content that the page showed (``seen``); without an organisation for the
    municipality. A second click makes no second one. Raises ``NotEditable`` when it changed.
    """
    with transaction.atomic():
        held = _shared(amendment)
        content = content_of(held.contract, held)
        if content.sha256 != seen:
            raise NotEditable(
                "De afspraken zijn intussen gewijzigd. Lees ze opnieuw en geef dan akkoord."
            )
        if not content.kpis:
            raise NotEditable("Er staat nog geen prestatie-indicator in.")
        return SignOff.objects.get_or_create(
            amendment=held,
            organisation=organisation,
            sha256=seen,
            defaults={"user": user},
        )[0]


def _shared(amendment: Amendment) -> Amendment:
    contract = locked(amendment.contract)
    held = Amendment.objects.filter(pk=amendment.pk, is_draft=True, shared_at__isnull=False).first()
    if held is None:
        raise NotEditable(NOT_SHARED)
    held.contract = contract
    return held


def unanswered(rows: Iterable[Remark]) -> list[Remark]:
    """The remarks of partners that nobody answered; ``rows`` are all of one amendment."""
    held = list(rows)
    answered = {row.reply_to_id for row in held if row.outcome}
    return [row for row in held if row.reply_to_id is None and row.pk not in answered]
