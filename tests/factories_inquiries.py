"""Investigations, in a state without the steps that lead there, and what roles need to know."""

from __future__ import annotations

import datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from monitor.constants import (
    FollowUpState,
    InformationRole,
    InvestigationKind,
    InvestigationPartKind,
    InvestigationStatus,
    Keeper,
    NormAnswer,
    Quarter,
    ResearchKind,
)
from monitor.models import (
    FollowUp,
    FollowUpUpdate,
    InformationNeed,
    Investigation,
    InvestigationEvent,
    InvestigationPart,
    NormVerdict,
    PlannedInvestigation,
)
from tests.factories_monitor import MonitorUserFactory


class InvestigationFactory(DjangoModelFactory[Investigation]):
    class Meta:
        model = Investigation

    class Params:
        in_check = factory.Trait(
            status=InvestigationStatus.CHECK,
            presented_to="de afdeling Samenleving",
            asked_on=datetime.date(2026, 3, 2),
            answer_by=datetime.date(2026, 3, 30),
        )
        settled = factory.Trait(
            in_check=True,
            status=InvestigationStatus.SETTLED,
            answered_on=datetime.date(2026, 3, 20),
        )
        reacted = factory.Trait(
            settled=True,
            reaction_by="het college",
            reaction_on=datetime.date(2026, 4, 14),
            reaction="Het college neemt de aanbevelingen over.",
        )

    title = factory.Sequence(lambda n: f"Onderzoek naar de toegang {n}")
    kind = InvestigationKind.AUDIT_OFFICE
    performed_by = "de rekenkamer"


class InvestigationPartFactory(DjangoModelFactory[InvestigationPart]):
    class Meta:
        model = InvestigationPart

    investigation = factory.SubFactory(InvestigationFactory)
    kind = InvestigationPartKind.FINDING
    text = factory.Sequence(lambda n: f"De wachttijd is {n} weken.")


class InvestigationEventFactory(DjangoModelFactory[InvestigationEvent]):
    class Meta:
        model = InvestigationEvent

    investigation = factory.SubFactory(InvestigationFactory)
    to_status = InvestigationStatus.CHECK
    actor = factory.SubFactory(MonitorUserFactory)


def public_investigation(**fields: Any) -> Investigation:
    """One that everybody reads, with one finding."""
    row: Investigation = InvestigationFactory.create(reacted=True, **fields)
    InvestigationPartFactory.create(investigation=row)
    Investigation.objects.filter(pk=row.pk).update(
        status=InvestigationStatus.PUBLISHED, published_on=datetime.date(2026, 5, 1)
    )
    row.refresh_from_db()
    return row


class InformationNeedFactory(DjangoModelFactory[InformationNeed]):
    class Meta:
        model = InformationNeed

    role = InformationRole.MANAGEMENT
    need = factory.Sequence(lambda n: f"of mensen snel geholpen worden ({n})")
    used_for = "bijsturen van het team"


def public_advice(number: int = 1, **fields: Any) -> list[InvestigationPart]:
    """``number`` recommendations of one public investigation."""
    row: Investigation = InvestigationFactory.create(reacted=True, **fields)
    for at in range(1, number + 1):
        InvestigationPartFactory.create(
            investigation=row,
            kind=InvestigationPartKind.ADVICE,
            text=f"Kort de wachttijd in stap {at}.",
            reaction=f"Stap {at} doen wij.",
        )
    Investigation.objects.filter(pk=row.pk).update(
        status=InvestigationStatus.PUBLISHED, published_on=datetime.date(2026, 5, 1)
    )
    return list(row.parts.select_related("investigation"))


class FollowUpFactory(DjangoModelFactory[FollowUp]):
    class Meta:
        model = FollowUp

    part = factory.LazyFunction(lambda: public_advice()[0])
    responsible = "het college"
    role = Keeper.COLLEGE


class FollowUpUpdateFactory(DjangoModelFactory[FollowUpUpdate]):
    class Meta:
        model = FollowUpUpdate

    follow_up = factory.SubFactory(FollowUpFactory)
    day = datetime.date(2026, 6, 1)
    state = FollowUpState.STARTED
    text = "Het team is gevormd."
    actor = factory.SubFactory(MonitorUserFactory)


class PlannedInvestigationFactory(DjangoModelFactory[PlannedInvestigation]):
    class Meta:
        model = PlannedInvestigation

    year = 2026
    kind = ResearchKind.EFFICIENCY
    subject = factory.Sequence(lambda n: f"de kosten van het vervoer {n}")
    performed_by = "de controller"
    quarter = Quarter.SECOND


class NormVerdictFactory(DjangoModelFactory[NormVerdict]):
    class Meta:
        model = NormVerdict

    year = 2026
    number = 4
    answer = NormAnswer.PARTLY
    ground = "De rollen staan in de agenda, de afstemming niet."
    judged_on = datetime.date(2026, 6, 1)
    actor = factory.SubFactory(MonitorUserFactory)
