"""Invented agendas of a chosen size, for measurements and for tests that count queries."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import transaction

from accounts.constants import OrganisationKind, Role
from accounts.models import Organisation, RoleAssignment, User
from agenda.constants import (
    AgendaStatus,
    Aggregation,
    Certainty,
    Direction,
    IndicatorLevel,
    Origin,
    Phase,
    SuccessionKind,
    TargetKind,
)
from agenda.models import (
    Agenda,
    AgendaVersion,
    Goal,
    GoalSuccession,
    Indicator,
    Measure,
    Observation,
    Source,
    Target,
    Theme,
)
from core.fields import value_columns
from core.periods import Period
from core.values import Value, ValueType
from monitor.actions import adopt, mark_judged, publish
from monitor.constants import MonitorKind, Verdict
from monitor.models import Judgement, Monitor, Snapshot
from tests.second_step import give_app

FIRST_YEAR = 2018
GOALS_A_THEME = 5
DIRECTIONS = (Direction.UP, Direction.DOWN, Direction.AT_LEAST, Direction.AT_MOST, Direction.STABLE)
SMALL = Decimal(5)


def seed_framework(
    goals: int = 30, indicators: int = 150, years: int = 8, slug: str = "meting"
) -> AgendaVersion:
    """An adopted agenda of its own with a value and a target for every indicator and year.

    ``indicators`` × ``years`` period values. All of it is invented, and says so. The same arguments
    make the same values.
    """
    with transaction.atomic():
        version = _version(slug, years)
        source = Source.objects.create(
            slug=f"bron-{slug}", title="Verzonnen cijfers (voorbeeld)", phase=Phase.RESULT
        )
        held = _goals(version, goals)
        passports = _indicators(slug, indicators)
        measures = Measure.objects.bulk_create(
            Measure(
                goal=held[number % len(held)],
                indicator=passport,
                number=str(number // len(held) + 1),
                text=passport.name,
                order=number // len(held) + 1,
            )
            for number, passport in enumerate(passports)
        )
        Observation.objects.bulk_create(
            Observation(
                indicator=passport,
                period=Period(FIRST_YEAR + year),
                source=source,
                locator=f"tabel {number + 1}",
                certainty=Certainty.PROVISIONAL if year == years - 1 else Certainty.FINAL,
                **value_columns(_value(passport, 40 + (number * 7 + year * 3) % 50)),
            )
            for number, passport in enumerate(passports)
            for year in range(years)
        )
        Target.objects.bulk_create(_targets(measures, years))
    return version


def _version(slug: str, years: int) -> AgendaVersion:
    owner, _ = Organisation.objects.get_or_create(
        slug="voorbeeldgemeente",
        defaults={"name": "Voorbeeldgemeente", "kind": OrganisationKind.MUNICIPALITY},
    )
    agenda = Agenda.objects.create(
        slug=slug,
        short_name=f"Voorbeeldagenda {slug}",
        name="Voorbeeldagenda met verzonnen doelen",
        owner=owner,
        year=FIRST_YEAR,
        period=Period(FIRST_YEAR, until=FIRST_YEAR + years - 1 if years > 1 else None),
    )
    return AgendaVersion.objects.create(
        agenda=agenda,
        status=AgendaStatus.ADOPTED,
        adopted_on=datetime.date(FIRST_YEAR, 1, 15),
        adopted_by="gemeenteraad",
    )


def _goals(version: AgendaVersion, count: int) -> list[Goal]:
    slug = version.agenda.slug
    themes = Theme.objects.bulk_create(
        Theme(
            version=version,
            number=str(number + 1),
            name=f"Voorbeeldthema {number + 1}",
            slug=f"thema-{number + 1}",
            order=number + 1,
        )
        for number in range(-(-count // GOALS_A_THEME))
    )
    return Goal.objects.bulk_create(
        Goal(
            theme=themes[number // GOALS_A_THEME],
            number=str(number + 1),
            label=f"Voorbeelddoel {number + 1}",
            text=f"Meer inwoners merken resultaat van voorbeeld {number + 1}.",
            slug=f"{slug}-doel-{number + 1}",
            order=number % GOALS_A_THEME + 1,
        )
        for number in range(count)
    )


def _indicators(slug: str, count: int) -> list[Indicator]:
    types = (ValueType.COUNT, ValueType.PERCENTAGE, ValueType.AMOUNT, ValueType.SCALE)
    return Indicator.objects.bulk_create(
        Indicator(
            slug=f"{slug}-indicator-{number + 1}",
            name=f"Voorbeeldindicator {number + 1} ({slug})",
            definition="Verzonnen, om te meten hoe snel een bladzijde is.",
            value_type=types[number % len(types)],
            unit="inwoners" if number % len(types) == 0 else "",
            direction=DIRECTIONS[number % len(DIRECTIONS)],
            band=SMALL,
            level=IndicatorLevel.POPULATION,
            aggregation=Aggregation.NONE,
        )
        for number in range(count)
    )


def _value(passport: Indicator, number: int) -> Value:
    if passport.value_type == ValueType.PERCENTAGE:
        return Value.fraction(number * 4, 400)
    return Value(ValueType(passport.value_type), number=Decimal(number))


def _targets(measures: list[Measure], years: int) -> list[Target]:
    made = []
    for number, measure in enumerate(measures):
        start = 40 + (number * 7) % 50
        goal = 45 + (number * 11) % 50
        made.append(
            Target(
                measure=measure,
                kind=TargetKind.BASELINE,
                period=Period(FIRST_YEAR),
                **value_columns(_value(measure.indicator, start)),
            )
        )
        made += [
            Target(
                measure=measure,
                kind=TargetKind.TARGET,
                period=Period(FIRST_YEAR + year),
                **value_columns(
                    _value(measure.indicator, start + (goal - start) * (year + 1) // years)
                ),
            )
            for year in range(years)
        ]
    return made


def seed_successor(version: AgendaVersion) -> AgendaVersion:
    """An agenda as large that follows ``version``: each of its goals goes on in one of this."""
    goals = list(Goal.objects.filter(theme__version=version).in_order())
    later = seed_framework(len(goals), len(goals), 1, f"na-{version.agenda.slug}")
    Agenda.objects.filter(pk=later.agenda_id).update(
        predecessor=version.agenda, year=version.agenda.year + 4
    )
    followers = Goal.objects.filter(theme__version=later).in_order()
    GoalSuccession.objects.bulk_create(
        GoalSuccession(predecessor=old, successor=new, kind=SuccessionKind.CONTINUED)
        for old, new in zip(goals, followers, strict=True)
    )
    return later


def seed_officer() -> User:
    """Somebody who may judge; without a password, so that nobody signs in with it. Made once."""
    email = "meting@voorbeeld.test"
    if (held := User.objects.filter(email=email).first()) is not None:
        return held
    user = User.objects.create_user(email, name="Meting (voorbeeld)")
    give_app(user)
    RoleAssignment.objects.create(
        user=user, role=Role.POLICY_OFFICER, valid_from=datetime.date(2015, 1, 1)
    )
    return user


def seed_edition(version: AgendaVersion, year: int = FIRST_YEAR + 7) -> Snapshot:
    """A published edition over ``version`` with an edition before it, every goal judged in both."""
    verdicts = (Verdict.GOOD, Verdict.NEUTRAL, Verdict.GOOD, Verdict.NEGATIVE, Verdict.GOOD)
    goals = list(Goal.objects.filter(theme__version=version).in_order())
    for edition, shift in ((year - 1, 0), (year, 1)):
        monitor = Monitor.objects.create(
            year=edition,
            kind=MonitorKind.ANNUAL,
            origin=Origin.SOURCE,
            agenda_version=version,
            note="Verzonnen cijfers (voorbeeld).",
        )
        Judgement.objects.bulk_create(
            Judgement(
                monitor=monitor,
                goal=goal,
                number=goal.number,
                label=goal.label,
                verdict=verdicts[(number + shift) % len(verdicts)],
                previous=verdicts[number % len(verdicts)] if shift else None,
                origin=Origin.SOURCE,
                explanation="Verzonnen, om te meten hoe snel het document klaar is.",
                order=number + 1,
            )
            for number, goal in enumerate(goals)
        )
        mark_judged(monitor, user=None)
        adopt(monitor, user=None)
        snapshot = publish(monitor, user=None)
    return snapshot
