"""The adopted agendas as documents: asked for here, and made by the worker once it runs."""

from __future__ import annotations

from pathlib import Path

from agenda.documents import request_document
from agenda.models import AgendaVersion


def load(data: Path) -> None:
    """Ask for the document of every version that a council adopted."""
    adopted = AgendaVersion.objects.decided().exclude(status=None)
    for version in adopted.select_related("agenda"):
        request_document(version)
