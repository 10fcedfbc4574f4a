"""Writing the file of a contract: what is kept beside its agreements, whatever its status is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts import history
from accounts.access import holders_of
from accounts.constants import PARTNER_ROLES
from accounts.models import Organisation, User
from contracts.actions.locks import NotEditable
from contracts.changes import of_contract
from contracts.constants import ContractStatus
from contracts.models import Contract, Supply, TenderNotice, TermCheck
from core.edits import RevisedForm
from core.files import store
from core.outbox import queue_mail
from core.uploads.field import Upload

NOTHING_AGREED = "Deze overeenkomst is nog een concept: er is nog niets afgesproken om na te gaan."


def save_file_row(
    form: RevisedForm,
    contract: Contract,
    *,
    upload: Upload | None = None,
    drop_file: bool = False,
    user: User,
) -> bool:
    """Write a row of the file, with its new document if there is one; the form is valid.

    False when somebody else wrote meanwhile. Raises ``IntegrityError`` when the same row was added
    a moment ago.
    """
    row: Any = form.instance
    with transaction.atomic():
        if upload is not None:
            row.file = store(upload.file, name=upload.name, content_type=upload.kind.content_type)
            row.file_name = upload.name
        elif drop_file:
            row.file, row.file_name = None, ""
        return history.save(form, of_contract(contract), user=user)


def remove_file_row(row: Any, contract: Contract, *, user: User) -> None:
    """Take a row out of the file; its history stays. A second click does nothing."""
    with transaction.atomic():
        held = type(row)._base_manager.select_for_update().filter(pk=row.pk).order_by("pk").first()
        if held is None:
            return
        if isinstance(held, Supply):
            for delivery in held.deliveries.all():
                history.removed(delivery, of_contract(contract), user=user)
                delivery.delete()
        history.removed(held, of_contract(contract), user=user)
        held.delete()


def check_term(check: TermCheck, *, user: User) -> None:
    """Note whether an agreement is kept. Raises ``IntegrityError`` on a second click, and
    ``NotEditable`` of a draft: nothing was agreed yet, and a check stays for good."""
    with transaction.atomic():
        contract = Contract.objects.select_for_update().get(pk=check.term.contract_id)
        if contract.status == ContractStatus.DRAFT:
            raise NotEditable(NOTHING_AGREED)
        check.user = user
        check.save()


def tell_of_tender(
    notice: TenderNotice, organisations: Iterable[Organisation], *, user: User
) -> int:
    """Keep that ``organisations`` were told of a new tender, and mail all their people.

    Returns how many people get a mail. Raises ``IntegrityError`` on a second click.
    """
    chosen = list(organisations)
    with transaction.atomic():
        notice.user = user
        notice.told_on = timezone.localdate()
        notice.save()
        notice.organisations.set(chosen)
        people = {
            person.pk: person
            for organisation in chosen
            for person in holders_of(*PARTNER_ROLES, organisation=organisation)
        }
        day = date_format(notice.starts_on, "j F Y")
        page = f"{settings.BASE_URL}{reverse('contract_detail', args=[notice.contract.slug])}"
        text = (
            f"De gemeente bereidt een nieuwe aanbesteding voor: {notice.subject}.\n"
            f"Zij begint naar verwachting op {day}.\n\n{notice.text}\n"
        )
        if notice.contract.status != ContractStatus.DRAFT:
            text += f"\nDe overeenkomst die nu loopt: {page}\n"
        for person in people.values():
            queue_mail(
                to=person.email,
                subject=f"Nieuwe aanbesteding: {notice.subject}"[:200],
                text=text,
                key=f"tender-notice-{notice.pk}-{person.pk}",
            )
    return len(people)
