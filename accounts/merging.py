"""An organisation goes on under another one: it stood there twice, or partners merged.

Nothing that was agreed or handed in is rewritten: it stays under the name of its time, and the
successor shows it too (docs/decisions/0032).
"""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import history
from accounts.constants import OrganisationKind
from accounts.history import Part, Whole, key_of
from accounts.models import Organisation, User
from core.wording import in_words


def family_of(organisation: Organisation) -> list[int]:
    """The keys of ``organisation`` and of all that went on under it. One query for each step."""
    found = [organisation.pk]
    step = [organisation.pk]
    while step:
        rows = Organisation.objects.filter(merged_into__in=step).exclude(pk__in=found)
        step = list(rows.values_list("pk", flat=True))
        found += step
    return found


def merge(
    organisation: Organisation,
    into: Organisation,
    *,
    kind: str,
    merged_on: datetime.date,
    reason: str,
    page: str,
    user: User,
) -> None:
    """``organisation`` goes on under ``into``. ``page`` is the address of its history.

    Raises ``ValidationError`` when one of both went on under another before.
    """
    with transaction.atomic():
        # In one order, so that two merges at once wait for each other and not both.
        rows = Organisation.objects.filter(pk__in=(organisation.pk, into.pk)).order_by("pk")
        held = {row.pk: row for row in rows.select_for_update()}
        if len(held) != 2:
            raise ValidationError("Kies een andere organisatie dan deze zelf.")
        if held[organisation.pk].merged_into_id is not None:
            raise ValidationError(f"{organisation} is al opgegaan in een andere organisatie.")
        if held[into.pk].merged_into_id is not None:
            raise ValidationError(f"{into} is zelf opgegaan in een andere. Kies die.")
        if held[organisation.pk].kind == OrganisationKind.MUNICIPALITY:
            raise ValidationError(
                "Een gemeente gaat hier niet op in een andere organisatie: agenda’s, accounts en "
                "overeenkomsten hangen aan haar. Is er een herindeling? Begin dan een nieuwe site."
            )
        Organisation.objects.filter(pk=organisation.pk).update(
            merged_into=into, merge_kind=kind, merged_on=merged_on, merge_reason=reason
        )
        organisation.refresh_from_db()
        whole = Whole(key_of(organisation), organisation.name, page)
        part = Part(whole, key_of(organisation), "organisatie", organisation.name)
        says = {
            "Ging op in": into.name,
            "Soort": organisation.get_merge_kind_display(),
            "Sinds": in_words(merged_on),
            "Toelichting": reason,
        }
        history.note(part, dict.fromkeys(says, ""), says, user=user)
