"""Investigations with the check on facts and the reaction of the board, as sources tell them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from demo.loading.reader import Place, read_file, save, save_all
from demo.loading.sources import Citations
from monitor.actions.investigations import settle_from_source
from monitor.constants import InvestigationKind, InvestigationPartKind
from monitor.models import Investigation, InvestigationPart


@dataclass(frozen=True)
class PartRow:
    place: Place
    kind: InvestigationPartKind
    text: str
    locator: str
    reaction: str = ""


@dataclass(frozen=True)
class InvestigationRow:
    place: Place
    title: str
    kind: InvestigationKind
    performed_by: str
    question: str
    source: str
    locator: str
    presented_to: str
    check_note: str
    parts: list[PartRow]
    reaction_by: str = ""
    reaction: str = ""
    reaction_note: str = ""


@dataclass(frozen=True)
class InvestigationsFile:
    investigations: list[InvestigationRow]


def load(data: Path) -> None:
    """Insert the rows of ``investigations.yaml``; their sources are there already.

    Raises ``DataFileError``; nothing is kept then.
    """
    content = read_file(data / "investigations.yaml", InvestigationsFile)
    with transaction.atomic():
        for row in content.investigations:
            _investigation(row)


def _investigation(row: InvestigationRow) -> None:
    cited = Citations(row.source, row.locator)
    made = save(
        row.place,
        Investigation(
            title=row.title,
            kind=row.kind,
            performed_by=row.performed_by,
            question=row.question,
            presented_to=row.presented_to,
            check_note=row.check_note,
            reaction_by=row.reaction_by,
            reaction=row.reaction,
            reaction_note=row.reaction_note,
            **cited.cite(row.place),
        ),
    )
    save_all(
        (
            part.place,
            InvestigationPart(
                investigation=made,
                kind=part.kind,
                text=part.text,
                reaction=part.reaction,
                **cited.cite(part.place, part.locator),
            ),
        )
        for part in row.parts
    )
    settle_from_source(made)
