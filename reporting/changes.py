"""What the history of a report of supervision calls its parts, and what it keeps of each.

A column that people write must be named here; a test holds these tables against the forms. The
history is private: a draft of the supervisor is for nobody at the municipality.
"""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from accounts import history
from accounts.history import Part, Whole, key_of
from accounts.models import User
from core.wording import Told, told
from reporting.models import SupervisionFinding, SupervisionReport

LABELS: dict[type[models.Model], dict[str, str]] = {
    SupervisionReport: {"year": "Jaar", "title": "Titel", "summary": "Samenvatting"},
    SupervisionFinding: {"text": "Bevinding", "advice": "Aanbeveling", "partner": "Voor wie"},
}
KINDS: dict[type[models.Model], str] = {
    SupervisionReport: "jaarverslag",
    SupervisionFinding: "bevinding",
}


def _whole(report: SupervisionReport) -> Whole:
    page = reverse("supervision_history", args=[report.pk])
    return Whole(key_of(report), str(report), page, is_private=True)


def describe(row: SupervisionReport | SupervisionFinding) -> tuple[Part, Told]:
    """Describes a report or a finding of it. Two queries at most."""
    report = row if isinstance(row, SupervisionReport) else row.report
    part = Part(_whole(report), key_of(row), KINDS[type(row)], str(row))
    return part, told(row, LABELS[type(row)])


def note_document(report: SupervisionReport, before: str, after: str, *, user: User) -> None:
    """Note that the document was called ``before`` and is called ``after``; empty: there is none.
    Bytes leave no line of their own: another file under the same name is taken off first."""
    part = Part(_whole(report), f"document-{report.pk}", "document", after or before)
    was, says = ({"Bestand": name} if name else {} for name in (before, after))
    history.note(part, was, says, user=user)
