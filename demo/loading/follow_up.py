"""What comes after an investigation: who sees to a recommendation and how far it is, what was
judged of the norms, and which investigations are planned."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from demo.loading.reader import Place, find, read_file, save, save_all
from demo.loading.sources import Citations
from monitor.constants import FollowUpState, Keeper, NormAnswer, NormRef, Quarter, ResearchKind
from monitor.models import (
    FollowUp,
    FollowUpUpdate,
    Investigation,
    NormVerdict,
    PlannedInvestigation,
)
from reporting.models import SupervisionReport


@dataclass(frozen=True)
class UpdateRow:
    place: Place
    day: datetime.date
    state: FollowUpState
    text: str


@dataclass(frozen=True)
class FollowUpRow:
    place: Place
    number: int
    responsible: str
    role: Keeper
    norm: NormRef | None = None
    due_on: datetime.date | None = None
    locator: str = ""
    updates: list[UpdateRow] = field(default_factory=list)


@dataclass(frozen=True)
class VerdictRow:
    place: Place
    number: int
    answer: NormAnswer
    ground: str
    locator: str


@dataclass(frozen=True)
class InquiryRow:
    place: Place
    title: str
    source: str
    follow_ups: list[FollowUpRow]
    judged_year: int = 0
    verdicts: list[VerdictRow] = field(default_factory=list)


@dataclass(frozen=True)
class SupervisionYearRow:
    place: Place
    year: int
    follow_ups: list[FollowUpRow]


@dataclass(frozen=True)
class PlannedRow:
    place: Place
    year: int
    kind: ResearchKind
    subject: str
    performed_by: str
    quarter: Quarter | None = None
    reason: str = ""
    investigation: str = ""
    source: str = ""
    locator: str = ""
    example: bool = False


@dataclass(frozen=True)
class FollowUpFile:
    inquiries: list[InquiryRow]
    supervision: list[SupervisionYearRow]
    planned: list[PlannedRow]


def load(data: Path) -> None:
    """Insert the rows of ``follow_up.yaml``; the investigations and reports are there already.

    Raises ``DataFileError``; nothing is kept then.
    """
    content = read_file(data / "follow_up.yaml", FollowUpFile)
    inquiries = {row.title: row for row in Investigation.objects.all()}
    with transaction.atomic():
        for inquiry in content.inquiries:
            _inquiry(inquiry, find(inquiry.place, inquiries, inquiry.title, "onderzoek"))
        reports = {str(row.year): row for row in SupervisionReport.objects.all()}
        for year in content.supervision:
            report = find(year.place, reports, str(year.year), "jaarverslag")
            findings = list(report.findings.order_by("pk"))
            for row in year.follow_ups:
                _follow_up(row, finding=_numbered(row, findings))
        save_all((row.place, _planned(row, inquiries)) for row in content.planned)


def _inquiry(row: InquiryRow, held: Investigation) -> None:
    cited = Citations(row.source)
    advice = list(held.parts.recommendations().order_by("pk"))
    for each in row.follow_ups:
        _follow_up(each, part=_numbered(each, advice), **cited.cite(each.place, each.locator))
    save_all(
        (
            each.place,
            NormVerdict(
                year=row.judged_year,
                number=each.number,
                answer=each.answer,
                ground=each.ground,
                investigation=held,
                **cited.cite(each.place, each.locator),
            ),
        )
        for each in row.verdicts
    )


def _numbered(row: FollowUpRow, rows: list[Any]) -> Any:
    if not 1 <= row.number <= len(rows):
        raise row.place.error(f"Aanbeveling {row.number} is er niet.")
    return rows[row.number - 1]


def _follow_up(row: FollowUpRow, **about: Any) -> None:
    made = save(
        row.place,
        FollowUp(
            norm=row.norm or "",
            responsible=row.responsible,
            role=row.role,
            due_on=row.due_on,
            **about,
        ),
    )
    save_all(
        (
            each.place,
            FollowUpUpdate(
                follow_up=made, day=each.day, state=each.state, text=each.text, is_example=True
            ),
        )
        for each in row.updates
    )


def _planned(row: PlannedRow, inquiries: dict[str, Investigation]) -> PlannedInvestigation:
    cited = Citations(row.source).cite(row.place, row.locator) if row.source else {}
    return PlannedInvestigation(
        year=row.year,
        kind=row.kind,
        subject=row.subject,
        reason=row.reason,
        performed_by=row.performed_by,
        quarter=row.quarter or "",
        investigation=find(row.place, inquiries, row.investigation, "onderzoek")
        if row.investigation
        else None,
        is_example=row.example,
        **cited,
    )
