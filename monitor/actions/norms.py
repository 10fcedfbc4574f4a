"""What may be done with a norm: judged, for good."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import history
from accounts.models import User
from monitor.changes import of_norm_verdict
from monitor.constants import InvestigationStatus
from monitor.models import Investigation, NormVerdict

JUDGED_ALREADY = "Dit oordeel staat er al; het is niet nog eens bewaard."
PUBLIC_ALREADY = (
    "Dit onderzoek is intussen openbaar. Er komt niets meer bij. Van u is niets bewaard."
)


def judge_norm(
    number: int,
    *,
    year: int,
    answer: str,
    ground: str,
    judged_on: datetime.date,
    investigation: Investigation | None,
    user: User,
) -> NormVerdict:
    """Note whether norm ``number`` was met in ``year``; an earlier verdict stays beside it.

    Raises ``ValidationError`` when its investigation became public, and when just that stands
    there: a second click adds nothing.
    """
    with transaction.atomic():
        if investigation is not None:
            rows = Investigation.objects.select_for_update(of=("self",)).order_by("pk")
            held = rows.get(pk=investigation.pk)
            if held.status == InvestigationStatus.PUBLISHED:
                raise ValidationError(PUBLIC_ALREADY)
        said = {
            "number": number,
            "year": year,
            "answer": answer,
            "ground": ground,
            "judged_on": judged_on,
            "investigation": investigation,
        }
        if NormVerdict.objects.filter(**said).exists():
            raise ValidationError(JUDGED_ALREADY)
        made = NormVerdict.objects.create(actor=user, **said)
        history.added(made, of_norm_verdict, user=user)
        return made
