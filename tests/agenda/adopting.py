"""Adopting an agenda as an officer does: on a day, by the council, with its decision."""

from __future__ import annotations

import datetime
import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from agenda import actions
from agenda.models import AgendaVersion, AgendaVersionEvent
from core.uploads.field import Upload
from core.uploads.inspecting import inspect
from core.uploads.kinds import Kind
from tests.uploaded import pdf

DAY = datetime.date(2026, 10, 8)
DECISION = "Raadsbesluit 2026-114"
NAME = "raadsbesluit.pdf"


def decision_file(words: str = "De raad besluit de agenda vast te stellen.") -> SimpleUploadedFile:
    return SimpleUploadedFile(NAME, pdf(words), content_type=Kind.PDF.content_type)


def typed(**other: Any) -> dict[str, Any]:
    """What an officer fills in to lay an adoption down."""
    said = {"adopted_on": DAY.isoformat(), "adopted_by": "gemeenteraad", "decision": DECISION}
    return {**said, "upload": decision_file(), **other}


def adopt(version: AgendaVersion, officer: User, day: datetime.date = DAY) -> AgendaVersionEvent:
    content = pdf("De raad besluit.")
    file = SimpleUploadedFile(NAME, content)
    return actions.adopt(
        version,
        user=officer,
        adopted_on=day,
        adopted_by="gemeenteraad",
        decision=DECISION,
        upload=Upload(file, NAME, Kind.PDF, inspect(io.BytesIO(content), Kind.PDF)),
    )
