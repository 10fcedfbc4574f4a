"""A living contract with its people and an open report, for tests of rounds and reviews."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from accounts.constants import Role
from accounts.models import Organisation, User
from agenda.models import Goal
from contracts.constants import SectionKind
from contracts.models import KPI, Contract
from contracts.terms import terms_of
from core.fields import value_columns
from core.values import Value, ValueType
from reporting import actions
from reporting.access import desk_or_404
from reporting.actions import Typed, draft_of
from reporting.models import Report, Round
from reporting.parts import WHOLE
from reporting.sections import GRADES, OUTSIDE
from reporting.sheet import sheet
from tests.factories import OrganisationFactory, UserFactory
from tests.factories_agenda import IndicatorFactory
from tests.factories_contracts import (
    AmendmentFactory,
    BudgetLineFactory,
    ContractFactory,
    KPIFactory,
    KPITargetFactory,
    PartyFactory,
    ReportingAgreementFactory,
    ReportingSectionFactory,
)

# Within the time that the report over the first half of 2019 may be handed in.
MOMENT = datetime.datetime(2019, 8, 1, 16, 55, tzinfo=datetime.UTC)
TYPES = (ValueType.COUNT, ValueType.PERCENTAGE, ValueType.SCALE, ValueType.AMOUNT)
GOOD = {
    ValueType.COUNT: Value.count(60),
    ValueType.PERCENTAGE: Value.fraction(45, 50),
    ValueType.SCALE: Value(ValueType.SCALE, number=Decimal("7.5")),
    ValueType.AMOUNT: Value.amount(2000),
}
TARGET = {
    ValueType.COUNT: Value.count(50),
    ValueType.PERCENTAGE: Value.fraction(40, 50),
    ValueType.SCALE: Value(ValueType.SCALE, number=Decimal(7)),
    ValueType.AMOUNT: Value.amount(1500),
}


@dataclass(frozen=True)
class Member:
    """An organisation of the coalition that writes its own part, and who works there."""

    organisation: Organisation
    reporter: User
    reader: User

    def key(self, rest: str) -> str:
        """The key of a field in its part."""
        return f"m{self.organisation.pk}-{rest}"


@dataclass(frozen=True)
class Cycle:
    """A contract of one partner that runs, and who works with it."""

    contract: Contract
    kpis: list[KPI]
    partner: Organisation
    reporter: User
    signatory: User
    reader: User
    manager: User
    report: Report
    members: tuple[Member, ...] = ()

    def desk(self, user: User | None = None):  # type: ignore[no-untyped-def]
        return desk_or_404(user or self.signatory, self.report.pk)


def cycle(
    kpis: int = 3,
    *,
    goals: list[Goal] | None = None,
    target_period: str = "2019-H1",
    members: int = 0,
    aspects: tuple[str, ...] = (),
    **passport: object,
) -> Cycle:
    """An active contract over 2019 and 2020, and its open report over the first half of 2019.

    With ``members`` the partner leads a coalition with a subcontractor, and the first KPIs are each
    of one member. ``aspects`` say of the first KPIs whether they are about quality or quantity.

    ``passport`` goes to the indicators, which keep their meaning once the contract is active.
    """
    partner = OrganisationFactory.create()
    manager = UserFactory.create(holds=[Role.CONTRACT_MANAGER])
    contract = ContractFactory.create(
        running=False,
        partner=partner,
        starts_on=datetime.date(2019, 1, 1),
        ends_on=datetime.date(2020, 12, 31),
    )
    first = AmendmentFactory.create(contract=contract)
    if members:
        PartyFactory.create(contract=contract, role="subcontractor")
    contributing = [OrganisationFactory.create() for _ in range(members)]
    for organisation in contributing:
        PartyFactory.create(
            contract=contract, organisation=organisation, role="member", contributes=True
        )
    made = []
    for number in range(kpis):
        type = TYPES[number % len(TYPES)]
        told = {"value_type": type, "direction": "up", **passport}
        indicator = IndicatorFactory.create(performance=True, **told)
        kpi = KPIFactory.create(
            contract=contract,
            started_by=first,
            indicator=indicator,
            name=f"Indicator {number + 1}",
            member=contributing[number] if number < members else None,
            aspect=aspects[number] if number < len(aspects) else "",
        )
        kpi.goals.set(goals or [])
        KPITargetFactory.create(kpi=kpi, period=target_period, **value_columns(TARGET[type]))
        made.append(kpi)
    agreement = ReportingAgreementFactory.create(
        contract=contract, started_by=first, due_days=56, lock_days=28
    )
    for order, kind in enumerate(SectionKind.values):
        ReportingSectionFactory.create(agreement=agreement, kind=kind, order=order)
    BudgetLineFactory.create(contract=contract, started_by=first, period="2019", number=1000)
    actions.activate_contract(contract, user=manager)
    return Cycle(
        contract=contract,
        kpis=made,
        partner=partner,
        reporter=UserFactory.create(holds=[Role.REPORTER], of=partner),
        signatory=UserFactory.create(holds=[Role.SIGNATORY], of=partner),
        reader=UserFactory.create(holds=[Role.READER], of=partner),
        manager=manager,
        report=Report.objects.get(contract=contract, period="2019-H1"),
        members=tuple(
            Member(
                organisation,
                UserFactory.create(holds=[Role.REPORTER], of=organisation),
                UserFactory.create(holds=[Role.READER], of=organisation),
            )
            for organisation in contributing
        ),
    )


def answers(cycle: Cycle) -> dict[str, str]:
    """Something right in every field that must be filled in."""
    typed: dict[str, str] = {}
    for section in sheet(terms_of(cycle.contract, cycle.report.period), {}):
        for block in section.blocks:
            typed |= dict.fromkeys(block.keys, f"Tekst bij {section.title}.")
            if block.kpi is not None:
                typed |= typed_value(block.prefix, GOOD[ValueType(block.kpi.value_type)])
            elif block.line is not None:
                typed |= {f"{block.prefix}-spent": "400", f"{block.prefix}-forecast": "900"}
            elif section.kind == SectionKind.COMPLAINTS:
                typed |= {f"{block.prefix}-complaints": "2", f"{block.prefix}-incidents": "0"}
            elif section.kind == SectionKind.ACTIVITIES:
                typed |= {f"{block.prefix}-place": OUTSIDE}
            elif section.kind == SectionKind.CLIENT_EXPERIENCE:
                typed |= {
                    f"{block.prefix}-{grade}{part}": text
                    for grade in GRADES
                    for part, text in (("", "7,8"), ("_number", "212"))
                }
            elif section.kind == SectionKind.NUMBERS:
                typed |= {
                    f"{block.prefix}-label": "Aanmeldingen",
                    **typed_value(block.prefix, Value.count(12)),
                }
    return typed


def typed_value(prefix: str, value: Value) -> dict[str, str]:
    name = f"{prefix}-value_"
    if value.numerator is not None:
        filled = {"numerator": str(value.numerator), "denominator": str(value.denominator)}
    else:
        filled = {"number": str(value.number).replace(".", ",")}
    parts = {"qualifier": "", "absence": ""}
    if value.type is ValueType.PERCENTAGE:
        parts["number"] = ""
    return {name + part: text for part, text in (parts | filled).items()}


def write(cycle: Cycle, typed: dict[str, str], user: User | None = None) -> None:
    """Save ``typed`` over whatever stands in the draft; ``user`` writes in its own part."""
    held = dict(cycle.report.answers.values_list("key", "revision"))
    cycle.report.refresh_from_db()
    with transaction.atomic():
        actions.save_answers(
            cycle.report,
            [Typed(key, text, held.get(key, 0)) for key, text in typed.items()],
            user=user or cycle.reporter,
            part=desk_or_404(user, cycle.report.pk).part if user else WHOLE,
        )


def fill(cycle: Cycle) -> None:
    write(cycle, answers(cycle))


def submit(cycle: Cycle, *, at: datetime.datetime = MOMENT) -> Round:
    """Hand in what stands in the draft, as the signatory who read it."""
    cycle.report.refresh_from_db()
    seen = draft_of(cycle.report).seen
    return actions.submit(cycle.desk(), user=cycle.signatory, seen=seen, at=at)


def submitted(
    kpis: int = 3, *, goals: list[Goal] | None = None, aspects: tuple[str, ...] = ()
) -> Cycle:
    """A cycle of which the report was filled in and handed in."""
    made = cycle(kpis, goals=goals, aspects=aspects)
    fill(made)
    submit(made)
    made.report.refresh_from_db()
    return made
