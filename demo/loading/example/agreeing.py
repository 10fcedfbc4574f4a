"""Writing the contracts of the example as the contract manager does, and activating them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from agenda.constants import IndicatorLevel, TargetKind
from agenda.models import AgendaVersion, Indicator
from contracts.actions import (
    agree_reporting,
    create_contract,
    open_amendment,
    replace_amended,
    replace_lines,
    replace_rows,
    save_draft,
    save_kpi,
    save_targets,
)
from contracts.actions.agreed import agreement_as_shown, agreement_under, money_as_shown
from contracts.constants import (
    AmountKind,
    ContractKind,
    DateKind,
    Duration,
    PartyRole,
    ReportFrequency,
)
from contracts.fingerprint import fingerprint
from contracts.forms.contract import ContractForm, MeetingsForm
from contracts.forms.kpi import KPIForm
from contracts.grid import periods_of
from contracts.models import KPI, Amendment, Contract, ContractDate, ContractTheme, Party, Term
from core.grid import CellChange
from core.periods import Period
from core.values import ValueType
from demo.loading.example.rows import ContractRow, ExampleFile, SubjectRow
from demo.loading.example.steps import done, moment, posted, told_at, valid
from demo.loading.lookups import Known
from demo.loading.reader import find, save_all
from reporting.actions import activate_contract

KPIs = Mapping[str, KPI]


def make_indicators(rows: list[SubjectRow]) -> dict[str, Indicator]:
    """The invented passports, by the number of their subject."""
    made = save_all(
        (
            row.place,
            Indicator(
                slug=row.indicator,
                name=row.measures,
                definition=row.definition,
                value_type=row.value_type,
                unit=row.unit,
                direction=row.direction,
                lowest=row.lowest,
                highest=row.highest,
                level=IndicatorLevel.PERFORMANCE,
                measured_by="De partner (voorbeeld)",
                note="Verzonnen voor de demonstratie.",
            ),
        )
        for row in rows
    )
    return {row.number: indicator for row, indicator in zip(rows, made, strict=True)}


class Agreement:
    """One contract of the example while it is written."""

    def __init__(self, content: ExampleFile, row: ContractRow, known: Known, user: User) -> None:
        self.content, self.row, self.known, self.user = content, row, known, user
        told = content.agenda_version
        self.version: AgendaVersion = known.version(told.place, told.agenda, told.number)

    def make(self, indicators: Mapping[str, Indicator]) -> tuple[Contract, dict[str, KPI]]:
        """The contract, active, and its KPIs by the number of their subject."""
        with told_at(self.row.place):
            self.contract = self._draft()
            amendment = open_amendment(self.contract)
            assert amendment is not None  # noqa: S101 - a draft has one
            self._rows()
            kpis = {
                row.number: self._kpi(row, indicators[row.number], amendment)
                for row in self.content.subjects
            }
            self._targets(kpis)
            self._reporting(amendment)
            self._money(amendment)
            activate_contract(
                self.contract, user=self.user, at=moment(self.content.activated_on, hour=14)
            )
        return self.contract, kpis

    def _draft(self) -> Contract:
        row = self.row
        form = ContractForm(
            posted(
                title=row.title,
                kind=ContractKind.AGREEMENT,
                partner=self.known.organisation(row.place, row.partner),
                new_kind="partner",
                starts_on=self.content.starts_on,
                ends_on=self.content.ends_on,
                agenda_versions=[self.version],
                occasion=row.occasion,
                funding=row.funding,
                funding_note=row.funding_note,
            ),
            instance=Contract(is_example=True),
        )
        contract = create_contract(valid(row.place, form), user=self.user)
        meetings = MeetingsForm(
            posted(
                official_meetings=row.official_meetings,
                executive_meetings=row.executive_meetings,
                meeting_note=row.meeting_note,
                revision=contract.revision,
            ),
            instance=contract,
        )
        done(row.place, save_draft(valid(row.place, meetings), user=self.user))
        return contract

    def _rows(self) -> None:
        place = self.row.place
        themes = [
            {"theme": self.known.theme(place, self.version, slug), "is_open": True, "note": ""}
            for slug in self.row.themes
        ]
        signed = {"kind": DateKind.SIGNED, "date": self.content.activated_on, "text": ""}
        terms = [{"kind": term.kind, "text": term.text, "holder": ""} for term in self.row.terms]
        for model, rows in (
            (Party, self._parties()),
            (ContractTheme, themes),
            (ContractDate, [signed]),
        ):
            self._replace(model, rows)
        went = replace_amended(
            self.contract, Term, seen=fingerprint([]), rows=terms, ended=[], user=self.user
        )
        done(place, went)

    def _parties(self) -> list[dict[str, Any]]:
        """The partner and those that write along with it; of one partner alone there is no list."""
        row = self.row
        if not row.members:
            return []
        lead = self.known.organisation(row.place, row.partner)
        members = [
            (self.known.organisation(each.place, each.organisation), PartyRole.MEMBER, each.part)
            for each in row.members
        ]
        return [
            {
                "organisation": organisation,
                "role": role,
                "part": part,
                "contributes": role == PartyRole.MEMBER,
                "valid_from": None,
                "valid_until": None,
                "note": "",
            }
            for organisation, role, part in [(lead, PartyRole.LEAD, ""), *members]
        ]

    def _replace(self, model: type[Any], rows: list[dict[str, Any]]) -> None:
        nothing = fingerprint([])
        went = replace_rows(
            self.contract, model, held=list, seen=nothing, rows=rows, user=self.user
        )
        done(self.row.place, went)

    def _kpi(self, row: SubjectRow, indicator: Indicator, amendment: Amendment) -> KPI:
        goals = [self.known.goal(row.place, self.version, slug) for slug in row.goals]
        form = KPIForm(
            posted(
                indicator=indicator,
                number=row.number,
                name=row.name,
                goals=goals,
                aspect=row.aspect,
            ),
            contract=self.contract,
            amendment=amendment,
        )
        done(row.place, save_kpi(valid(row.place, form), self.contract, user=self.user))
        kpi: KPI = form.instance
        return kpi

    def _targets(self, kpis: KPIs) -> None:
        periods = periods_of(self.contract, half_years=True)
        changes = []
        for row in self.row.targets:
            kpi = find(row.place, kpis, row.subject, "onderwerp met nummer")
            if len(row.targets) != len(periods):
                raise row.place.error(f"Geef {len(periods)} streefwaarden: voor elk halfjaar één.")
            told = [(TargetKind.BASELINE, Period(periods[0].year - 1), row.baseline)]
            told += [
                (TargetKind.TARGET, period, text)
                for period, text in zip(periods, row.targets, strict=True)
            ]
            kind = ValueType(kpi.indicator.value_type)
            changes += [
                CellChange((kpi.pk, each, period), "", row.place.value(kind, text))
                for each, period, text in told
            ]
        done(self.row.place, save_targets(self.contract, changes, user=self.user))

    def _reporting(self, amendment: Amendment) -> None:
        agreed = {
            "frequency": ReportFrequency.HALF_YEARLY,
            "annual_accounts": False,
            "due_days": self.content.due_days,
            "lock_days": self.content.lock_days,
            "note": "",
            "sections": list(self.content.sections),
        }
        seen = fingerprint([agreement_as_shown(agreement_under(self.contract, amendment))])
        done(
            self.row.place,
            agree_reporting(self.contract, seen=seen, agreed=agreed, user=self.user),
        )

    def _money(self, amendment: Amendment) -> None:
        rows = [
            {
                "label": line.label,
                "amount_kind": AmountKind.AGREED,
                "value": line.place.value(ValueType.AMOUNT, line.amount),
                "period": Period(line.year),
                "per_year": False,
                "duration": Duration.INCIDENTAL,
                "is_earmarked": False,
                "sub_assignment": None,
                "note": line.note,
            }
            for line in self.row.money
        ]
        seen = fingerprint(money_as_shown(self.contract, amendment))
        done(
            self.row.place,
            replace_lines(self.contract, seen=seen, rows=rows, ended=[], user=self.user),
        )
