"""Inserting the contracts, and all that was agreed in them."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from agenda.constants import IndicatorLevel, Origin
from agenda.models import Indicator, Theme
from contracts.constants import AmountKind, ExpectationKind
from contracts.models import (
    KPI,
    Amendment,
    BudgetLine,
    Contract,
    ContractDate,
    ContractTheme,
    Expectation,
    Party,
    Provision,
    ReportingAgreement,
    ReportingSection,
    SubAssignment,
    Term,
    Transition,
)
from core.fields import value_columns
from demo.loading.contracts.rows import (
    AmountRow,
    BudgetLineRow,
    ContractRow,
    ContractsFile,
    KPIRow,
    ReportingRow,
    TermRow,
)
from demo.loading.lookups import Known
from demo.loading.reader import Place, find, read_file, save, save_all
from demo.loading.sources import Citations


def load(data: Path) -> None:
    """Insert the contracts of ``contracts.yaml``: organisations and agendas are there already.

    They are history from a source document, so they have no status. Raises ``DataFileError``;
    nothing is kept then.
    """
    _load(data / "contracts.yaml", first=1)


def load_elsewhere(data: Path) -> None:
    """Insert the assignments of other municipalities, of ``elsewhere.yaml``, after our own.

    Raises ``DataFileError``; nothing is kept then.
    """
    _load(data / "elsewhere.yaml", first=500)


def _load(path: Path, *, first: int) -> None:
    content = read_file(path, ContractsFile)
    with transaction.atomic():
        known = Known()
        for order, row in enumerate(content.contracts, start=first):
            _Contract(row, order, Citations(content.source, row.locator), known).insert()


class _Contract:
    """One contract while it is inserted: what its rows refer to."""

    def __init__(self, row: ContractRow, order: int, cited: Citations, known: Known) -> None:
        self.row, self.order, self.cited, self.known = row, order, cited, known
        self.themes: dict[str, Theme] = {}
        self.amendments: dict[str, Amendment] = {}

    def insert(self) -> None:
        row, cited = self.row, self.cited
        self.contract = save(
            row.place,
            Contract(
                slug=row.slug,
                title=row.title,
                partner=(self.known.organisation(row.place, row.partner) if row.partner else None),
                kind=row.kind,
                kind_note=row.kind_note,
                origin=Origin.SOURCE,
                term=row.term.code if row.term else None,
                term_note=row.term_note,
                funding=row.funding,
                funding_note=row.funding_note,
                purchasing=row.purchasing,
                purchasing_note=row.purchasing_note,
                financial_frame=row.financial_frame,
                occasion=row.occasion,
                meeting_note=row.meeting_note,
                kpi_count=row.kpi_count,
                note=row.note,
                order=self.order,
                **cited.cite(row.place),
            ),
        )
        self.contract.agenda_versions.set(
            self.known.version(each.place, each.agenda, each.number) for each in row.agenda_versions
        )
        self._steps()
        self._parties()
        self._themes()
        self._sub_assignments()
        self._expectations()
        self._kpis()
        self._budget_lines()
        self._reporting()
        self._scope()
        save_all(
            (
                each.place,
                Term(
                    contract=self.contract,
                    kind=each.kind,
                    text=each.text,
                    order=order,
                    **self._amended(each),
                    **cited.cite(each.place, each.locator),
                ),
            )
            for order, each in enumerate(row.terms, start=1)
        )

    def _steps(self) -> None:
        amendments = save_all(
            (
                each.place,
                Amendment(
                    contract=self.contract,
                    number=each.number,
                    title=each.title,
                    signed_on=each.signed_on,
                    term=each.term.code if each.term else None,
                    reason=each.reason,
                    note=each.note,
                    **self.cited.cite(each.place, each.locator),
                ),
            )
            for each in self.row.amendments
        )
        self.amendments = {str(each.number): each for each in amendments}
        save_all(
            (
                each.place,
                ContractDate(
                    contract=self.contract,
                    kind=each.kind,
                    date=each.date,
                    text=each.text,
                    order=order,
                    **self.cited.cite(each.place, each.locator),
                ),
            )
            for order, each in enumerate(self.row.dates, start=1)
        )

    def _parties(self) -> None:
        save_all(
            (
                each.place,
                Party(
                    contract=self.contract,
                    organisation=self.known.organisation(each.place, each.organisation),
                    role=each.role,
                    part=each.part,
                    note=each.note,
                    order=order,
                    **self.cited.cite(each.place, each.locator),
                ),
            )
            for order, each in enumerate(self.row.parties, start=1)
        )

    def _themes(self) -> None:
        for each in self.row.themes:
            version = self.known.version(each.place, each.agenda, each.number)
            self.themes[each.theme] = self.known.theme(each.place, version, each.theme)
        save_all(
            (
                each.place,
                ContractTheme(
                    contract=self.contract,
                    theme=self.themes[each.theme],
                    is_open=each.is_open,
                    note=each.note,
                    **self.cited.cite(each.place, each.locator),
                ),
            )
            for each in self.row.themes
        )

    def _sub_assignments(self) -> None:
        order = 0
        for position, row in enumerate(self.row.sub_assignments, start=1):
            part = save(
                row.place,
                SubAssignment(
                    contract=self.contract,
                    number=row.number,
                    name=row.name,
                    theme=self._theme(row.place, row.theme),
                    excluded=row.excluded,
                    note=row.note,
                    order=position,
                    **self.cited.cite(row.place, row.locator),
                ),
            )
            lines = [(row.budget, False), *((earmark, True) for earmark in row.earmarks)]
            save_all(
                (each.place, self._available(part, each, is_earmarked, order + place))
                for place, (each, is_earmarked) in enumerate(lines, start=1)
            )
            order += len(lines)
            save_all(
                (
                    row.place,
                    Expectation(
                        contract=self.contract,
                        sub_assignment=part,
                        theme=part.theme,
                        kind=ExpectationKind.RESULT,
                        text=text,
                        order=position * 100 + place,
                        **self.cited.cite(row.place, row.locator),
                    ),
                )
                for place, text in enumerate(row.results, start=1)
            )

    def _available(
        self, part: SubAssignment, row: AmountRow, is_earmarked: bool, order: int
    ) -> BudgetLine:
        return BudgetLine(
            contract=self.contract,
            sub_assignment=part,
            label=row.label,
            amount_kind=AmountKind.AVAILABLE,
            period=row.period.code if row.period else None,
            is_earmarked=is_earmarked,
            note=row.note,
            order=order,
            started_by=self._amendment(row.place, 0),
            **value_columns(row.amount),
            **self.cited.cite(row.place, row.locator),
        )

    def _expectations(self) -> None:
        save_all(
            (
                each.place,
                Expectation(
                    contract=self.contract,
                    theme=self._theme(each.place, each.theme) if each.theme else None,
                    kind=each.kind,
                    number=each.number,
                    text=each.text,
                    order=order,
                    **self.cited.cite(each.place, each.locator),
                ),
            )
            for order, each in enumerate(self.row.expectations, start=1)
        )

    def _kpis(self) -> None:
        indicators = save_all(
            (
                each.place,
                Indicator(
                    slug=each.indicator,
                    name=each.name,
                    level=IndicatorLevel.PERFORMANCE,
                    **self.cited.cite(each.place, each.locator),
                ),
            )
            for each in self.row.kpis
        )
        save_all(
            (
                each.place,
                KPI(
                    contract=self.contract,
                    indicator=indicator,
                    number=each.number,
                    name=each.name,
                    note=each.note,
                    order=order,
                    **self._amended(each),
                    **self.cited.cite(each.place, each.locator),
                ),
            )
            for order, (indicator, each) in enumerate(
                zip(indicators, self.row.kpis, strict=True), start=1
            )
        )

    def _budget_lines(self) -> None:
        save_all(
            (
                each.place,
                BudgetLine(
                    contract=self.contract,
                    label=each.label,
                    amount_kind=each.amount_kind,
                    period=each.period.code if each.period else None,
                    per_year=each.per_year,
                    is_earmarked=each.is_earmarked,
                    note=each.note,
                    order=100 + order,
                    **self._amended(each),
                    **value_columns(each.amount),
                    **self.cited.cite(each.place, each.locator),
                ),
            )
            for order, each in enumerate(self.row.budget_lines, start=1)
        )

    def _reporting(self) -> None:
        agreements = save_all(
            (
                each.place,
                ReportingAgreement(
                    contract=self.contract,
                    frequency=each.frequency,
                    note=each.note,
                    **self._amended(each),
                    **self.cited.cite(each.place, each.locator),
                ),
            )
            for each in self.row.reporting
        )
        save_all(
            (told.place, ReportingSection(agreement=agreement, kind=kind, order=order))
            for agreement, told in zip(agreements, self.row.reporting, strict=True)
            for order, kind in enumerate(told.sections, start=1)
        )

    def _scope(self) -> None:
        rows = [(each, True) for each in self.row.inside]
        rows += [(each, False) for each in self.row.outside]
        save_all(
            (
                each.place,
                Provision(
                    contract=self.contract,
                    is_inside=is_inside,
                    name=each.name,
                    parts=each.parts,
                    funding=each.funding,
                    note=each.note,
                    order=order,
                    started_by=self._amendment(each.place, 0),
                    **self.cited.cite(each.place),
                ),
            )
            for order, (each, is_inside) in enumerate(rows, start=1)
        )
        save_all(
            (
                each.place,
                Transition(
                    contract=self.contract,
                    group=each.group,
                    text=each.text,
                    ends_on=each.ends_on,
                    **self.cited.cite(each.place, each.locator),
                ),
            )
            for each in self.row.transitions
        )

    def _theme(self, place: Place, slug: str) -> Theme:
        return find(place, self.themes, slug, "thema bij deze overeenkomst")

    def _amendment(self, place: Place, number: int) -> Amendment:
        return find(place, self.amendments, str(number), "addendum met nummer")

    def _amended(
        self, row: KPIRow | BudgetLineRow | ReportingRow | TermRow
    ) -> dict[str, Amendment | None]:
        return {
            "started_by": self._amendment(row.place, row.started_by),
            "ended_by": (
                None if row.ended_by is None else self._amendment(row.place, row.ended_by)
            ),
        }
