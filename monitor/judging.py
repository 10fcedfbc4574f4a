"""What an officer writes in a draft edition: verdicts, and what hampers a goal.

Each waits for whoever takes a step with the edition at that moment, and refuses what is no draft.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts import history
from accounts.models import User
from monitor.actions import hold_draft
from monitor.changes import of_edition
from monitor.forms import BottleneckForm, JudgementForm


def judge(form: JudgementForm, *, user: User) -> bool:
    """Write the verdict of the valid ``form``, with what was suggested at this moment.

    False, with both texts on the form, when somebody else judged the goal meanwhile. Raises
    ``Closed``. Seven queries.
    """
    with transaction.atomic():
        hold_draft(form.instance.monitor)
        form.decided_by, form.decided_at = user, timezone.now()
        return history.save(form, of_edition(form.instance.monitor), user=user)


def save_bottleneck(form: BottleneckForm, *, user: User) -> bool:
    """Write the valid ``form``. False when somebody else did meanwhile. Raises ``Closed``."""
    row = form.instance
    with transaction.atomic():
        hold_draft(row.monitor)
        if row.pk is None:
            newest = row.monitor.bottlenecks.order_by("-order").first()
            row.order = newest.order + 1 if newest else 1
        return history.save(form, of_edition(row.monitor), user=user)
