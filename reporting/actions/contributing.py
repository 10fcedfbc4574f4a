"""A member of a coalition says that its part of the report is ready."""

from __future__ import annotations

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from reporting.access import Desk
from reporting.actions.drafting import CLOSED
from reporting.actions.errors import ReportError
from reporting.actions.mails import tell_part_ready
from reporting.actions.submitting import draft_of
from reporting.models import ReadyPart, Report
from reporting.part_states import states_of


def part_ready(desk: Desk, *, user: User, at: datetime.datetime | None = None) -> None:
    """Note that the part of ``desk`` is ready, and tell the lead by mail.

    Raises ``PermissionDenied`` for a reader, and ``ReportError`` when something is still to do, or
    when the report is closed, or when the desk holds the whole. Nothing changes then.
    """
    if not desk.may_write:
        raise PermissionDenied("U leest mee; melden doet een rapporteur of een tekenbevoegde.")
    if desk.part.is_whole:
        raise ReportError("U vult het geheel in; dat dient een tekenbevoegde in.")
    with transaction.atomic():
        report = (
            Report.objects.select_for_update(of=("self",))
            .select_related("contract__partner")
            .get(pk=desk.report.pk)
        )
        if not report.is_open:
            raise ReportError(CLOSED)
        draft = draft_of(report, desk.part)
        if not draft.may_submit:
            raise ReportError("Uw deel is nog niet klaar. Hieronder staat wat nog moet.")
        moment = at or timezone.now()
        states = states_of(report, draft.terms, draft.sections)
        ready = {state.member.id for state in states if state.is_ready}
        for member in sorted(desk.part.members - ready):  # a second click tells the lead nothing
            made, _ = ReadyPart.objects.update_or_create(
                report=report,
                organisation_id=member,
                defaults={"ready_by": user, "ready_at": moment},
            )
            tell_part_ready(made)
