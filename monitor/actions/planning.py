"""What may be done with a planned investigation: written, and linked once it begins."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from accounts import history
from accounts.models import User
from core.edits import RevisedForm
from core.wording import told
from monitor.actions.investigations import save_investigation
from monitor.changes import LABELS, of_plan
from monitor.constants import InvestigationStatus
from monitor.models import PlannedInvestigation

BEGUN_ALREADY = (
    "Dit geplande onderzoek is intussen begonnen, of gaat niet door. Van u is niets bewaard."
)


def save_plan(form: RevisedForm, *, user: User) -> bool:
    """Write what is planned. False when another wrote meanwhile."""
    return history.save(form, of_plan, user=user)


def begin_planned(form: RevisedForm, plan: PlannedInvestigation, *, user: User) -> bool:
    """Begin an investigation that was planned: a draft, linked to ``plan``.

    Raises ``ValidationError`` when it was begun or dropped meanwhile; nothing is kept then.
    """
    with transaction.atomic():
        held = (
            PlannedInvestigation.objects.select_for_update(of=("self",))
            .filter(pk=plan.pk, investigation__isnull=True, dropped_because="")
            .order_by("pk")
            .first()
        )
        if held is None:
            raise ValidationError(BEGUN_ALREADY)
        before = told(held, LABELS[PlannedInvestigation])
        if not save_investigation(form, status=InvestigationStatus.DRAFT, user=user):
            return False
        PlannedInvestigation.objects.filter(pk=held.pk).update(
            investigation=form.instance, revision=F("revision") + 1
        )
        held.refresh_from_db()
        part, after = of_plan(held)
        # The title of a draft is its investigator's alone: the plan only says that it began.
        after["Het onderzoek"] = "begonnen"
        history.note(part, before, after, user=user)
    return True
