"""What waits in recommendations for somebody who signs in."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from django.urls import reverse

from accounts.constants import Role
from accounts.models import RoleAssignment
from core.wording import in_words
from monitor.inquiries.access import HEARD
from monitor.models import FollowUp
from monitor.next_step import Waiting
from monitor.recommendations.access import READERS, kept_by
from monitor.recommendations.filters import UNASSIGNED, UNTOLD
from monitor.recommendations.reading import INQUIRY, SUPERVISION, to_do, unassigned

AHEAD = datetime.timedelta(days=30)


def recommendations_waiting(
    assignments: Sequence[RoleAssignment], behalf: Mapping[Role, str], today: datetime.date
) -> list[Waiting]:
    """The recommendations that the holder of ``assignments`` keeps, each whose day comes within a
    month or went by, and how many of the others nothing was told of yet; and for who speaks for the
    municipality how many have nobody. Three queries at most."""
    found = []
    untold = 0
    if assignments:
        for row in to_do(kept_by(assignments)).select_related("part", "finding"):
            if row.due_on is not None and row.due_on <= today + AHEAD:
                found.append(_due(row, row.due_on, today))
            elif row.state is None:  # type: ignore[attr-defined] # of the selection
                untold += 1
    if untold:
        at_desk = any(held.role in READERS for held in assignments)
        page = "recommendation_manage_list" if at_desk else "recommendation_list"
        words = "Eén aanbeveling" if untold == 1 else f"{untold} aanbevelingen"
        found.append(
            Waiting(
                f"{words} zonder stand",
                "Vertel hoe ver het is.",
                f"{reverse(page)}?stand={UNTOLD}",
            )
        )
    heard = next((role for role in HEARD if role in behalf), None)
    number = unassigned() if heard is not None else 0
    if heard is not None and number:
        words = "Eén aanbeveling" if number == 1 else f"{number} aanbevelingen"
        found.append(
            Waiting(
                f"{words} zonder verantwoordelijke",
                "Zeg wie ervoor zorgt, en tot wanneer.",
                f"{reverse('recommendation_manage_list')}?stand={UNASSIGNED}",
                behalf[heard],
            )
        )
    return found


def _due(row: FollowUp, due_on: datetime.date, today: datetime.date) -> Waiting:
    pair = (INQUIRY, row.part_id) if row.part_id else (SUPERVISION, row.finding_id)
    text = str(row.part or row.finding)
    short = text if len(text) <= 80 else f"{text[:79]}…"
    day = in_words(due_on)
    sentence = f"Het moest klaar zijn op {day}." if due_on < today else f"Uiterlijk {day}."
    page = reverse("recommendation_update", args=pair)
    return Waiting(f"Hoe ver is deze aanbeveling? {short}", sentence, page)
