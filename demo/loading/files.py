"""Two invented contracts that run now, with all that a contract file can hold, and their RAK.

A basic assignment and one beside it. Years and days count from the day of loading, so that there is
always a contract that runs and a day that comes near.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.constants import OrganisationKind, Role
from accounts.models import Organisation, User
from agenda.constants import TargetKind
from agenda.models import Indicator
from contracts.actions import (
    agree_reporting,
    check_term,
    create_contract,
    open_amendment,
    replace_amended,
    replace_lines,
    replace_rows,
    save_draft,
    save_kpi,
    save_part,
    save_targets,
)
from contracts.actions import framework as rak
from contracts.actions.agreed import agreement_as_shown, agreement_under, money_as_shown
from contracts.constants import AmountKind, DateKind, ReportFrequency
from contracts.fingerprint import fingerprint
from contracts.forms.contract import ContractForm, MeetingsForm
from contracts.forms.file import PartForm
from contracts.forms.kpi import KPIForm
from contracts.framework.content import content_of
from contracts.grid import periods_of
from contracts.models import (
    KPI,
    Amendment,
    Contract,
    ContractDate,
    ContractTheme,
    Delivery,
    ExtensionOption,
    Party,
    Provision,
    SubAssignment,
    Supply,
    TenderNotice,
    Term,
    TermCheck,
    Transition,
)
from core.grid import CellChange
from core.periods import Period
from core.values import ValueType
from demo.accounts import REVIEWER, works_for
from demo.loading.example.steps import done, moment, posted, told_at, valid
from demo.loading.files_rows import (
    ContractRow,
    FilesFile,
    FrameworkRow,
    KPIRow,
    MoneyRow,
    PartRow,
)
from demo.loading.lookups import Known
from demo.loading.reader import find, read_file
from reporting.actions import activate_contract, sign_amendment

NOTHING = fingerprint([])


def load(data: Path) -> None:
    """Make what ``dossier.yaml`` says; all of it is invented, so only in a demonstration.

    Raises ``DataFileError``; nothing is kept then.
    """
    content = read_file(data / "dossier.yaml", FilesFile)
    if not settings.DEMO:
        return
    with transaction.atomic():
        user = User.objects.get(email=REVIEWER)
        Organisation.objects.create(
            name=content.supplier, slug="leverancier-voorbeeld", kind=OrganisationKind.OTHER
        )
        known = Known()
        made: dict[str, Contract] = {}
        for row in content.contracts:
            with told_at(row.place):
                made[row.key] = _File(content, row, known, made, user).make()


class _File:
    """One contract of the file while it is written; ``made`` are those before it."""

    def __init__(
        self,
        content: FilesFile,
        row: ContractRow,
        known: Known,
        made: Mapping[str, Contract],
        user: User,
    ) -> None:
        self.content, self.row, self.known, self.made, self.user = content, row, known, made, user
        self.today = timezone.localdate()
        self.version = known.version(row.place, content.agenda, content.version)
        self.kpis: dict[str, KPI] = {}

    def make(self) -> Contract:
        """The contract, running, with its file."""
        self.contract = self._draft()
        amendment = open_amendment(self.contract)
        assert amendment is not None  # noqa: S101 - a draft has one
        self._rows()
        self._parts()
        self._money(amendment)
        for number, row in enumerate(self.row.kpis, start=1):
            self._kpi(number, row, amendment)
        self._targets()
        self._reporting(amendment)
        begun = moment(min(self.contract.starts_on or self.today, self.today), hour=9)
        activate_contract(self.contract, user=self.user, at=begun)
        self._file()
        if self.row.framework is not None:
            self._framework(self.row.framework)
        return self.contract

    def _draft(self) -> Contract:
        row, year = self.row, self.today.year
        first = Period.of(self.today, half_years=row.starts_now).start
        form = ContractForm(
            posted(
                title=row.title,
                kind=row.kind,
                partner=self.known.organisation(row.place, row.partner),
                new_kind="partner",
                starts_on=first,
                ends_on=datetime.date(year + row.last_year, 12, 31),
                agenda_versions=[self.version],
                assignment_kind=row.assignment_kind,
                basic_contract=(
                    find(row.place, self.made, row.basic, "opdracht") if row.basic else ""
                ),
                occasion=row.occasion,
                purchasing=row.purchasing,
                purchasing_note=row.purchasing_note,
                funding=row.funding,
                funding_note=row.funding_note,
                legal_frame=row.legal_frame,
                financial_frame=row.financial_frame,
            ),
            instance=Contract(is_example=True),
        )
        contract = create_contract(valid(row.place, form), user=self.user)
        meetings = MeetingsForm(
            posted(
                official_meetings=row.official_meetings,
                executive_meetings=row.executive_meetings,
                revision=contract.revision,
            ),
            instance=contract,
        )
        done(row.place, save_draft(valid(row.place, meetings), user=self.user))
        return contract

    def _rows(self) -> None:
        row, place = self.row, self.row.place
        parties = [
            {
                "organisation": self.known.organisation(each.place, each.organisation),
                "role": each.role,
                "part": "",
                "contributes": False,
                "valid_from": None,
                "valid_until": None,
                "note": "",
            }
            for each in row.parties
        ]
        themes = [
            {"theme": self.known.theme(place, self.version, slug), "is_open": True, "note": ""}
            for slug in self.content.themes
        ]
        signed = {"kind": DateKind.SIGNED, "date": self.contract.starts_on, "text": ""}
        plain: list[tuple[type[Any], list[dict[str, Any]]]] = [
            (Party, parties),
            (ContractTheme, themes),
            (ContractDate, [signed]),
        ]
        for model, rows in plain:
            done(
                place,
                replace_rows(
                    self.contract, model, held=list, seen=NOTHING, rows=rows, user=self.user
                ),
            )
        terms = [{"kind": t.kind, "text": t.text, "holder": t.holder} for t in row.terms]
        provisions = [
            {
                "is_inside": is_inside,
                "name": each.name,
                "parts": "",
                "funding": each.funding,
                "note": "",
            }
            for rows, is_inside in ((row.inside, True), (row.outside, False))
            for each in rows
        ]
        amended: list[tuple[type[Any], list[dict[str, Any]]]] = [
            (Term, terms),
            (Provision, provisions),
        ]
        for model, rows in amended:
            done(
                place,
                replace_amended(
                    self.contract, model, seen=NOTHING, rows=rows, ended=[], user=self.user
                ),
            )

    def _parts(self) -> None:
        for row in self.row.parts:
            form = PartForm(
                posted(
                    number=row.number,
                    name=row.name,
                    theme=self.known.theme(row.place, self.version, row.theme),
                    results="\n".join(row.results),
                ),
                instance=SubAssignment(contract=self.contract),
                contract=self.contract,
            )
            checked = valid(row.place, form)
            done(
                row.place,
                save_part(checked, results=checked.cleaned_data["results"], user=self.user),
            )

    def _money(self, amendment: Amendment) -> None:
        parts = {part.number: part for part in self.contract.sub_assignments.all()}
        assert self.contract.starts_on is not None  # noqa: S101 - the draft has its dates
        years = range(self.contract.starts_on.year, self.today.year + self.row.last_year + 1)
        told: list[tuple[str, str, MoneyRow | PartRow, str, SubAssignment | None]] = [
            (each.label, AmountKind.AGREED, each, each.duration, None) for each in self.row.money
        ]
        told += [
            (each.name, AmountKind.AVAILABLE, each, "", parts[each.number])
            for each in self.row.parts
        ]
        rows = [
            {
                "label": label,
                "amount_kind": kind,
                "value": each.place.value(ValueType.AMOUNT, each.amount),
                "period": Period(year),
                "per_year": False,
                "duration": duration,
                "is_earmarked": False,
                "sub_assignment": part,
                "note": "",
            }
            for year in years
            for label, kind, each, duration, part in told
        ]
        seen = fingerprint(money_as_shown(self.contract, amendment))
        done(
            self.row.place,
            replace_lines(self.contract, seen=seen, rows=rows, ended=[], user=self.user),
        )

    def _kpi(self, number: int, row: KPIRow, amendment: Amendment) -> None:
        indicators = {each.slug: each for each in Indicator.objects.filter(slug=row.indicator)}
        form = KPIForm(
            posted(
                indicator=find(row.place, indicators, row.indicator, "indicator"),
                number=str(number),
                name=row.name,
                goals=[self.known.goal(row.place, self.version, slug) for slug in row.goals],
                aspect=row.aspect,
                obligation=row.obligation,
                rationale=row.rationale,
            ),
            contract=self.contract,
            amendment=amendment,
        )
        done(row.place, save_kpi(valid(row.place, form), self.contract, user=self.user))
        self.kpis[row.indicator] = form.instance

    def _targets(self) -> None:
        half = self.row.frequency == ReportFrequency.HALF_YEARLY
        periods = periods_of(self.contract, half_years=half)
        changes = []
        for row in self.row.kpis:
            kpi = self.kpis[row.indicator]
            kind = ValueType(kpi.indicator.value_type)
            # The last target goes on, however many periods the day of loading gives.
            goes_on = row.targets + row.targets[-1:] * (len(periods) - len(row.targets))
            told = [(TargetKind.BASELINE, Period(periods[0].year - 1), row.baseline)]
            told += [
                (TargetKind.TARGET, period, text)
                for period, text in zip(periods, goes_on, strict=False)
            ]
            changes += [
                CellChange((kpi.pk, each, period), "", row.place.value(kind, text))
                for each, period, text in told
            ]
        done(self.row.place, save_targets(self.contract, changes, user=self.user))

    def _reporting(self, amendment: Amendment) -> None:
        agreed = {
            "frequency": self.row.frequency,
            "annual_accounts": False,
            "due_days": 56,
            "lock_days": 28,
            "note": "",
            "sections": list(self.row.sections),
        }
        seen = fingerprint([agreement_as_shown(agreement_under(self.contract, amendment))])
        done(
            self.row.place, agree_reporting(self.contract, seen=seen, agreed=agreed, user=self.user)
        )

    def _day(self, days: int) -> datetime.date:
        return self.today + datetime.timedelta(days=days)

    def _file(self) -> None:
        row, contract = self.row, self.contract
        held = {term.text: term for term in contract.terms.all()}
        for term in row.terms:
            if term.outcome is not None:
                check = TermCheck(
                    term=held[term.text],
                    outcome=term.outcome,
                    checked_on=self.today,
                    note=term.found,
                )
                check_term(check, user=self.user)
        assert contract.ends_on is not None  # noqa: S101 - the draft has its dates
        for option in row.options:
            until = contract.ends_on.replace(year=contract.ends_on.year + option.until_years)
            ExtensionOption.objects.create(
                contract=contract, until=until, notice_by=self._day(option.notice_in)
            )
        for each in row.transitions:
            Transition.objects.create(
                contract=contract,
                group=each.group,
                text=each.text,
                ends_on=self._day(each.ends_in),
            )
        for supply in row.supplies:
            made = Supply.objects.create(
                contract=contract,
                supplier=self.known.organisation(supply.place, "leverancier-voorbeeld"),
                subject=supply.subject,
                delivery_days=supply.delivery_days,
                watcher=self.known.organisation(supply.place, supply.watcher),
                ends_on=self._day(supply.ends_in),
            )
            for delivery in supply.deliveries:
                Delivery.objects.create(
                    supply=made,
                    measured_on=self._day(-delivery.days_ago),
                    days=delivery.days,
                    note=delivery.note,
                )
        if row.notice is not None:
            notice = TenderNotice.objects.create(
                contract=contract,
                subject=row.notice.subject,
                starts_on=self._day(row.notice.starts_in),
                text=row.notice.text,
                told_on=self.today,
                user=self.user,
            )
            notice.organisations.set(
                self.known.organisation(row.notice.place, slug) for slug in row.notice.organisations
            )

    def _framework(self, row: FrameworkRow) -> None:
        """The result agreements of next year: shared, talked about, agreed with by both, signed."""
        organisation = self.known.organisation(self.row.place, self.row.partner)
        emails = {each.role: each.email for each in works_for(self.row.partner)}
        person = User.objects.get(email=emails[Role.SIGNATORY])
        amendment = rak.start_framework(self.contract, self.today.year + 1, user=self.user)
        rak.share(amendment, user=self.user)
        amendment.refresh_from_db()
        for each in row.remarks:
            said = rak.remark(
                amendment,
                text=each.text,
                kpi=find(each.place, self.kpis, each.kpi, "prestatie-indicator"),
                period=Period(self.today.year + 1) if each.proposed else None,
                proposed=each.proposed,
                organisation=organisation,
                user=person,
            )
            rak.reply(said, outcome=each.outcome, text=each.answer, user=self.user)
        seen = content_of(self.contract, amendment).sha256
        rak.sign_off(amendment, seen=seen, organisation=organisation, user=person)
        rak.sign_off(amendment, seen=seen, organisation=None, user=self.user)
        sign_amendment(amendment, signed_on=self.today, user=self.user)
