"""What partners reported before this system, and what researchers saw them do."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from django.db import transaction

from agenda.constants import Origin
from agenda.models import AgendaVersion, Theme
from contracts.models import Contract
from core.fields import value_columns
from core.periods import Period
from core.values import Value, ValueType
from demo.loading.lookups import Known
from demo.loading.reader import Place, find, read_file, save, save_all
from demo.loading.sources import Citations
from reporting.constants import NarrativeSection, ReportKind
from reporting.models import Activity, Figure, Narrative, Report, Spending

# Reports name themes of the agenda as the monitor judges it.
THEMES_OF = ("mag-2-0", 2)


@dataclass(frozen=True)
class NarrativeRow:
    place: Place
    section: NarrativeSection
    text: str
    theme: str = ""
    note: str = ""
    locator: str = ""


@dataclass(frozen=True)
class FigureRow:
    """``value`` as ``Value.parse`` reads it for ``type``."""

    place: Place
    label: str
    type: ValueType
    value: str
    unit: str = ""
    note: str = ""
    locator: str = ""


@dataclass(frozen=True)
class ActivityRow:
    place: Place
    heading: str
    text: str
    theme: str = ""
    note: str = ""
    locator: str = ""
    figures: list[FigureRow] = field(default_factory=list)


@dataclass(frozen=True)
class SpendingRow:
    place: Place
    label: str
    amount: Annotated[Value, ValueType.AMOUNT]
    period: Period
    outside_wmo: bool = False
    note: str = ""
    locator: str = ""


@dataclass(frozen=True)
class ReportRow:
    place: Place
    contract: str
    period: Period
    kind: ReportKind
    title: str
    locator: str
    kpis_achieved: int | None = None
    kpis_total: int | None = None
    kpis_note: str = ""
    note: str = ""
    activities: list[ActivityRow] = field(default_factory=list)
    narratives: list[NarrativeRow] = field(default_factory=list)
    figures: list[FigureRow] = field(default_factory=list)
    spending: list[SpendingRow] = field(default_factory=list)


@dataclass(frozen=True)
class ReportsFile:
    source: str
    reports: list[ReportRow]


def load(data: Path) -> None:
    """Insert the reports of ``reports.yaml``; the contracts are there already.

    They are history from a source document, so they have no status. Raises ``DataFileError``;
    nothing is kept then.
    """
    content = read_file(data / "reports.yaml", ReportsFile)
    with transaction.atomic():
        known = Known()
        contracts = {each.slug: each for each in Contract.objects.all()}
        for row in content.reports:
            contract = find(row.place, contracts, row.contract, "overeenkomst")
            _Report(row, contract, Citations(content.source, row.locator), known).insert()


class _Report:
    """One report while it is inserted."""

    def __init__(self, row: ReportRow, contract: Contract, cited: Citations, known: Known) -> None:
        self.row, self.contract, self.cited, self.known = row, contract, cited, known

    def insert(self) -> None:
        row = self.row
        self.report = save(
            row.place,
            Report(
                contract=self.contract,
                period=row.period.code,
                kind=row.kind,
                title=row.title,
                origin=Origin.SOURCE,
                kpis_achieved=row.kpis_achieved,
                kpis_total=row.kpis_total,
                kpis_note=row.kpis_note,
                note=row.note,
                **self.cited.cite(row.place),
            ),
        )
        self._figures()
        save_all(
            (
                each.place,
                Narrative(
                    report=self.report,
                    section=each.section,
                    text=each.text,
                    theme=self._theme(each.place, each.theme),
                    note=each.note,
                    order=order,
                    **self.cited.cite(each.place, each.locator),
                ),
            )
            for order, each in enumerate(row.narratives, start=1)
        )
        save_all(
            (
                each.place,
                Spending(
                    report=self.report,
                    label=each.label,
                    period=each.period.code,
                    outside_wmo=each.outside_wmo,
                    note=each.note,
                    order=order,
                    **value_columns(each.amount),
                    **self.cited.cite(each.place, each.locator),
                ),
            )
            for order, each in enumerate(row.spending, start=1)
        )

    def _figures(self) -> None:
        """The activities in the order of the file, with their figures, and then the loose ones."""
        activities = save_all(
            (
                each.place,
                Activity(
                    report=self.report,
                    theme=self._theme(each.place, each.theme),
                    heading=each.heading,
                    text=each.text,
                    note=each.note,
                    order=order,
                    **self.cited.cite(each.place, each.locator),
                ),
            )
            for order, each in enumerate(self.row.activities, start=1)
        )
        listed: list[tuple[Activity | None, FigureRow]] = [
            (activity, figure)
            for activity, told in zip(activities, self.row.activities, strict=True)
            for figure in told.figures
        ]
        listed += [(None, figure) for figure in self.row.figures]
        save_all(
            (
                figure.place,
                Figure(
                    report=self.report,
                    activity=activity,
                    label=figure.label,
                    unit=figure.unit,
                    note=figure.note,
                    order=order,
                    **value_columns(figure.place.value(figure.type, figure.value)),
                    **self.cited.cite(figure.place, figure.locator),
                ),
            )
            for order, (activity, figure) in enumerate(listed, start=1)
        )

    def _theme(self, place: Place, slug: str) -> Theme | None:
        if not slug:
            return None
        agenda, number = THEMES_OF
        version: AgendaVersion = self.known.version(place, agenda, number)
        return self.known.theme(place, version, slug)
