"""What waits in the planning of investigations for somebody who signs in."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.urls import reverse

from accounts.constants import Role
from contracts.talks.rules import Outcome
from monitor.inquiries.access import HEARD, INVESTIGATOR
from monitor.models import PlannedInvestigation
from monitor.next_step import Waiting
from monitor.planning.reading import begin_words, first_day, is_late, plan_years


def plans_waiting(behalf: Mapping[Role, str], today: datetime.date) -> list[Waiting]:
    """What is to begin by now, for who investigates; and for who plans whether this year lacks a
    kind. One query at most."""
    desk = reverse("plan_manage_list")
    if INVESTIGATOR in behalf:
        rows = PlannedInvestigation.objects.filter(
            investigation__isnull=True, dropped_because="", year=today.year
        )
        return [
            Waiting(f"Gepland onderzoek: {row.subject}",
                    f"{'Te laat: zou beginnen' if is_late(row, today) else 'Begint'} "
                    f"{begin_words(row)}.",
                    reverse("plan_begin", args=[row.pk]), behalf[INVESTIGATOR])
            for row in rows.order_by("quarter", "pk")
            if (day := first_day(row)) is not None and day <= today
        ]  # fmt: skip
    planner = next((role for role in HEARD if role in behalf), None)
    if planner is None:
        return []
    this = next(year for year in plan_years(today) if year.year == today.year)
    if this.outcome is not Outcome.BEHIND:
        return []
    title = f"De planning van onderzoeken in {today.year} is niet compleet"
    return [Waiting(title, f"{this.words.capitalize()}.", desk, behalf[planner])]
