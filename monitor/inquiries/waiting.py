"""What waits in investigations for somebody who signs in."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from accounts.constants import Role
from core.wording import in_words
from monitor.inquiries.access import HEARD, INVESTIGATOR
from monitor.models import Investigation
from monitor.next_step import Waiting
from monitor.querysets import InvestigationQuerySet


def inquiries_waiting(behalf: Mapping[Role, str]) -> list[Waiting]:
    """The investigations in which a holder of the roles of ``behalf``, which says for whom they are
    held, is to do something. Two queries at most."""
    if INVESTIGATOR in behalf:
        ready = Investigation.objects.ready_to_publish()
        sentence = "De bestuurlijke reactie is er: maak het onderzoek openbaar."
        return _told(ready, sentence, behalf[INVESTIGATOR])
    heard = next((role for role in HEARD if role in behalf), None)
    if heard is None:
        return []
    found = [
        Waiting(
            f"Kloppen de feiten? {row.title}",
            f"Reageer uiterlijk op {in_words(row.answer_by)}." if row.answer_by else "Reageer.",
            _desk(row),
            behalf[heard],
        )
        for row in Investigation.objects.in_check().order_by("answer_by", "pk")
    ]
    waits = Investigation.objects.awaiting_reaction().order_by("pk")
    return found + _told(waits, "De bestuurlijke reactie is nog niet vastgelegd.", behalf[heard])


def _told(rows: InvestigationQuerySet, sentence: str, behalf: str) -> list[Waiting]:
    return [Waiting(f"Onderzoek: {row.title}", sentence, _desk(row), behalf) for row in rows]


def _desk(row: Investigation) -> str:
    return reverse("investigation_manage", args=[row.pk])
