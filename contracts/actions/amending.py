"""Amendments of an active contract: made as a draft, filled, and then signed or thrown away."""

from __future__ import annotations

import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from accounts import history
from accounts.models import User
from agenda.constants import Origin
from contracts.actions.agreed import keep_everything, refuse_closed_money
from contracts.actions.locks import FROM_SOURCE, NotEditable, locked
from contracts.actions.transitions import TransitionError
from contracts.changes import of_contract
from contracts.constants import ContractStatus
from contracts.framework.content import agreed_on, content_of
from contracts.models import (
    KPI,
    Amendment,
    BudgetLine,
    Contract,
    ContractDocument,
    ContractEvent,
    KPITarget,
    Provision,
    ReportingAgreement,
    Term,
)
from core.edits import RevisedForm

ONE_DRAFT = "Er is al een addendum in concept. Maak dat eerst af, of verwijder het."


def start_amendment(form: RevisedForm, contract: Contract, *, user: User) -> Amendment:
    """The next amendment of an active contract, as a draft: it changes nothing until it is signed.

    Raises ``NotEditable``.
    """
    try:
        with transaction.atomic():
            held = locked(contract)
            if why := why_no_amendment(held):
                raise NotEditable(why)
            last = held.amendments.aggregate(last=Max("number"))["last"] or 0
            amendment: Amendment = form.instance
            amendment.contract, amendment.number, amendment.is_draft = held, last + 1, True
            form.save()
            history.added(amendment, of_contract(held), user=user)
    except IntegrityError as error:
        raise NotEditable(ONE_DRAFT) from error
    return amendment


def why_no_amendment(contract: Contract) -> str:
    """Why a contract gets no new amendment now, in Dutch; empty when it may. One query at most."""
    if contract.origin == Origin.SOURCE:
        return FROM_SOURCE
    if contract.status == ContractStatus.DRAFT:
        return (
            "Deze overeenkomst is nog een concept: pas haar gewoon aan. Een addendum hoort bij een "
            "actieve overeenkomst."
        )
    if contract.status == ContractStatus.ENDED:
        return "Deze overeenkomst is beëindigd. Er komt geen addendum meer bij."
    return ONE_DRAFT if contract.amendments.drafts().exists() else ""


def save_amendment(form: RevisedForm, *, user: User) -> bool:
    """Change the words and dates of a draft amendment; False when somebody else wrote meanwhile.

    Raises ``NotEditable``.
    """
    with transaction.atomic():
        _lock_draft_amendment(form.instance)
        saved = history.save(form, of_contract(form.instance.contract), user=user)
        if not saved:
            transaction.set_rollback(True)
    return saved


def sign_amendment(
    amendment: Amendment, *, signed_on: datetime.date, user: User, note: str = ""
) -> ContractEvent:
    """From here on the amendment holds, from its own day on. Raises ``TransitionError``."""
    with transaction.atomic():
        contract = locked(amendment.contract)
        held = Amendment.objects.get(pk=amendment.pk)
        if not held.is_draft:
            raise TransitionError("Dit addendum is al ondertekend. U hoeft niets te doen.")
        problems = amendment_problems(held, contract)
        if problems:
            raise TransitionError(problems)
        refuse_closed_money(held, TransitionError)
        signed = Amendment.objects.filter(pk=held.pk, is_draft=True).update(
            is_draft=False, signed_on=signed_on, revision=F("revision") + 1
        )
        if signed != 1:
            raise TransitionError("Dit addendum is al ondertekend. U hoeft niets te doen.")
        if held.ends_on is not None:
            Contract.objects.filter(pk=contract.pk).update(
                ends_on=held.ends_on, revision=F("revision") + 1
            )
        amendment.refresh_from_db()
        words = f"Addendum {held.number} ondertekend: {held.title}. {note.strip()}".strip()
        return ContractEvent.objects.create(
            contract=contract,
            from_status=ContractStatus.ACTIVE,
            to_status=ContractStatus.ACTIVE,
            actor=user,
            note=words[:300],
        )


def amendment_problems(amendment: Amendment, contract: Contract) -> list[str]:
    """Why a draft amendment cannot be signed yet, in Dutch. Six queries at most."""
    problems = []
    if contract.status != ContractStatus.ACTIVE:
        problems.append("Alleen een actieve overeenkomst krijgt een addendum.")
    if amendment.holds_from is None:
        problems.append("Vul in vanaf wanneer het addendum geldt.")
    if not amendment.reason.strip():
        problems.append("Schrijf op waarom dit addendum er komt.")
    if amendment.year is not None:
        problems += _not_signed_off(amendment, contract)
    elif amendment.ends_on is None and not changes_anything(amendment):
        problems.append(
            "Dit addendum verandert nog niets: geen indicator, streefwaarde, bedrag, rapportage, "
            "afspraak, voorziening of einddatum."
        )
    return problems


def _not_signed_off(amendment: Amendment, contract: Contract) -> list[str]:
    """Who has not agreed yet with result agreements as they stand now."""
    content = content_of(contract, amendment)
    agreed = agreed_on(amendment.sign_offs.all(), content.sha256)
    problems = []
    if agreed.partner is None:
        problems.append("De partner is nog niet akkoord met de afspraken zoals zij nu zijn.")
    if agreed.municipality is None:
        problems.append("De gemeente is nog niet akkoord met de afspraken zoals zij nu zijn.")
    replies = amendment.remarks.exclude(outcome="").values("reply_to")
    if amendment.remarks.filter(reply_to=None).exclude(pk__in=replies).exists():
        problems.append("Een partner wacht op antwoord. Beantwoord eerst elke reactie.")
    return problems


def changes_anything(amendment: Amendment) -> bool:
    """Whether the amendment starts or ends anything. Twelve queries at most."""
    return any(
        model.objects.filter(**{field: amendment}).exists()
        for model in (KPI, KPITarget, BudgetLine, ReportingAgreement, Term, Provision)
        for field in ("started_by", "ended_by")
    )


def delete_amendment(amendment: Amendment, *, user: User) -> None:
    """Throw a draft amendment away: what it would end goes on, and what was said of it stays in the
    history. Raises ``NotEditable``."""
    with transaction.atomic():
        _lock_draft_amendment(amendment)
        for kpi in KPI.objects.filter(started_by=amendment):
            history.removed(kpi, of_contract(amendment.contract), user=user)
        for said in (*amendment.remarks.order_by("pk"), *amendment.sign_offs.order_by("pk")):
            history.removed(said, of_contract(amendment.contract), user=user)
        keep_everything(amendment)
        ContractDocument.objects.filter(amendment=amendment).update(amendment=None)
        history.removed(amendment, of_contract(amendment.contract), user=user)
        amendment.delete()


def _lock_draft_amendment(amendment: Amendment) -> None:
    locked(amendment.contract)
    if not Amendment.objects.drafts().filter(pk=amendment.pk).exists():
        raise NotEditable(
            "Dit addendum is intussen ondertekend of verwijderd. Van u is niets bewaard."
        )
