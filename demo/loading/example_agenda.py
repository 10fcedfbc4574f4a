"""An invented agenda in the making, to try consultation and figures by group and by area on."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.history import key_of
from accounts.models import User
from agenda import actions
from agenda.actions import advising
from agenda.advising.subjects import subjects_of
from agenda.constants import (
    AdviceKind,
    AdviceOutcome,
    Aggregation,
    AreaKind,
    Certainty,
    Direction,
    GoalLevel,
    IndicatorLevel,
    ResultKind,
    Rhythm,
    TargetKind,
    VersionKind,
)
from agenda.disclosure import decide
from agenda.models import (
    Advice,
    AdviceAnswer,
    AdvicePoint,
    Agenda,
    AgendaVersion,
    Area,
    Breakdown,
    ConsultationRound,
    Contribution,
    DevelopmentTask,
    Goal,
    Group,
    Indicator,
    IndicatorVersion,
    Measure,
    Observation,
    Target,
    TaskStep,
    TaskUpdate,
    Theme,
)
from core.fields import value_columns
from core.periods import Period
from core.values import ValueType
from demo.accounts import OFFICER, make_accounts
from demo.loading.example.situation import FactRow, picture
from demo.loading.example.steps import told_at
from demo.loading.lookups import Known
from demo.loading.reader import Place, find, read_file, save, save_all

Part = TypeVar("Part", Group, Area)

INVENTED = "Verzonnen voor de demonstratie."
UNMEASURED = f"{INVENTED} Er is dus geen bron van de cijfers, en niemand die meet."
OWNER = "gemeente-kaag-en-braassem"


@dataclass(frozen=True)
class BreakdownRow:
    place: Place
    slug: str
    name: str
    groups: list[str]


@dataclass(frozen=True)
class AreaRow:
    place: Place
    slug: str
    name: str


@dataclass(frozen=True)
class FormerRow:
    """How the passport read before ``since``, and why it changed."""

    place: Place
    definition: str
    since: Period
    reason: str


@dataclass(frozen=True)
class ValuesRow:
    """The values of one period: as a whole, and in the order of the groups and of the areas."""

    place: Place
    period: Period
    whole: str
    groups: list[str] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class IndicatorRow:
    place: Place
    slug: str
    name: str
    subject: str
    definition: str
    rationale: str
    value_type: ValueType
    direction: Direction
    result_kind: ResultKind
    rhythm: Rhythm
    values: list[ValuesRow]
    unit: str = ""
    numerator: str = ""
    denominator: str = ""
    aggregation: Aggregation = Aggregation.NONE
    former: FormerRow | None = None


@dataclass(frozen=True)
class AimRow:
    place: Place
    period: Period
    value: str


@dataclass(frozen=True)
class MeasureRow:
    place: Place
    indicator: str
    text: str
    baseline: AimRow
    target: AimRow


@dataclass(frozen=True)
class GoalRow:
    place: Place
    slug: str
    label: str
    text: str
    level: GoalLevel
    leads_to: list[str] = field(default_factory=list)
    measure: MeasureRow | None = None


@dataclass(frozen=True)
class ThemeRow:
    place: Place
    slug: str
    name: str
    result: str
    goals: list[GoalRow]


@dataclass(frozen=True)
class TaskRow:
    """A development task with its steps, and its stand on the day of loading."""

    place: Place
    subject: str
    owner: str
    frames: str
    goal: str
    steps: list[str]
    stand: str


@dataclass(frozen=True)
class AgendaRow:
    place: Place
    slug: str
    short_name: str
    name: str
    year: int
    period: Period
    occasion: str
    situation: list[FactRow]
    themes: list[ThemeRow]
    tasks: list[TaskRow]


@dataclass(frozen=True)
class PointRow:
    """``about`` is the short name of a goal; without an outcome nobody answered yet."""

    place: Place
    kind: AdviceKind
    text: str
    about: str = ""
    outcome: AdviceOutcome = AdviceOutcome.NOT_STATED
    reason: str = ""
    change: str = ""


@dataclass(frozen=True)
class LetterRow:
    place: Place
    body: str
    given: int
    points: list[PointRow]


@dataclass(frozen=True)
class RoundRow:
    """One with letters closed, the other asks the advisory council for ``open_for`` days from now.

    ``opened`` and ``closed``, and ``given`` of a letter, are days before the day of loading.
    """

    place: Place
    title: str
    question: str
    opened: int = 0
    closed: int = 0
    open_for: int = 0
    letters: list[LetterRow] = field(default_factory=list)


@dataclass(frozen=True)
class ExampleAgendaFile:
    breakdown: BreakdownRow
    areas: list[AreaRow]
    indicators: list[IndicatorRow]
    agenda: AgendaRow
    rounds: list[RoundRow]


def load(data: Path) -> None:
    """Make the agenda of ``voorbeeldagenda.yaml`` with its figures and its rounds.

    Left out of an installation that is not a demonstration. Raises ``DataFileError``; nothing is
    kept then.
    """
    content = read_file(data / "voorbeeldagenda.yaml", ExampleAgendaFile)
    if not settings.DEMO:
        return
    with transaction.atomic():
        officer = make_accounts()[OFFICER]
        indicators = _indicators(content, officer)
        version, goals = _agenda(content.agenda, indicators, officer)
        with told_at(content.agenda.place):
            actions.submit_for_consultation(version, user=officer)
        for row in content.rounds:
            _round(row, version, goals, officer)


# -- figures ---------------------------------------------------------------------------------------
def _indicators(content: ExampleAgendaFile, officer: User) -> dict[str, Indicator]:
    breakdown = save(
        content.breakdown.place, Breakdown(slug=content.breakdown.slug, name=content.breakdown.name)
    )
    groups = save_all(
        (content.breakdown.place, Group(breakdown=breakdown, name=name, order=number))
        for number, name in enumerate(content.breakdown.groups, start=1)
    )
    areas = save_all(
        (row.place, Area(slug=row.slug, name=row.name, kind=AreaKind.CORE)) for row in content.areas
    )
    made = {}
    for row in content.indicators:
        made[row.slug] = indicator = _indicator(row, officer)
        save_all(
            (each.place, observation)
            for each in row.values
            for observation in _observations(each, indicator, groups, areas)
        )
        decide(indicator)
    return made


def _indicator(row: IndicatorRow, officer: User) -> Indicator:
    indicator = save(
        row.place,
        Indicator(
            slug=row.slug,
            name=row.name,
            subject=row.subject,
            definition=row.definition,
            rationale=row.rationale,
            value_type=row.value_type,
            unit=row.unit,
            numerator=row.numerator,
            denominator=row.denominator,
            direction=row.direction,
            level=IndicatorLevel.POPULATION,
            result_kind=row.result_kind,
            aggregation=row.aggregation,
            rhythm=row.rhythm,
            note=UNMEASURED,
        ),
    )
    if (former := row.former) is not None:
        save(
            former.place,
            IndicatorVersion(
                indicator=indicator,
                number=1,
                definition=former.definition,
                value_type=row.value_type,
                numerator=row.numerator,
                denominator=row.denominator,
                kind=VersionKind.CHANGED,
                replaced_from=former.since.code,
                reason=former.reason,
                actor=officer,
            ),
        )
    return indicator


def _observations(
    row: ValuesRow, indicator: Indicator, groups: list[Group], areas: list[Area]
) -> Iterable[Observation]:
    """Raises ``DataFileError`` when a period has values of some of the groups or areas alone."""
    parts: list[tuple[str, Group | None, Area | None]] = [(row.whole, None, None)]
    if row.groups:
        parts += [(text, group, None) for text, group in _paired(row, row.groups, groups)]
    if row.areas:
        parts += [(text, None, area) for text, area in _paired(row, row.areas, areas)]
    for text, group, area in parts:
        value = row.place.value(ValueType(indicator.value_type), text)
        yield Observation(
            indicator=indicator,
            period=row.period.code,
            group=group,
            area=area,
            certainty=Certainty.FINAL,
            note=INVENTED,
            **value_columns(value),
        )


def _paired(row: ValuesRow, texts: list[str], parts: list[Part]) -> list[tuple[str, Part]]:
    if len(texts) != len(parts):
        raise row.place.error(f"Hier horen {len(parts)} waarden, en er staan er {len(texts)}.")
    return list(zip(texts, parts, strict=True))


# -- the agenda ------------------------------------------------------------------------------------
def _agenda(
    row: AgendaRow, indicators: dict[str, Indicator], officer: User
) -> tuple[AgendaVersion, dict[str, Goal]]:
    agenda = save(
        row.place,
        Agenda(
            slug=row.slug,
            short_name=row.short_name,
            name=row.name,
            year=row.year,
            period=row.period.code,
            occasion=row.occasion,
            owner=Known().organisation(row.place, OWNER),
        ),
    )
    version = save(row.place, AgendaVersion(agenda=agenda, status="draft"))
    picture(row.situation, version)
    goals = {}
    for order, theme_row in enumerate(row.themes, start=1):
        theme = save(
            theme_row.place,
            Theme(
                version=version,
                number=str(order),
                name=theme_row.name,
                slug=theme_row.slug,
                result=theme_row.result,
                order=order,
            ),
        )
        for place, each in enumerate(theme_row.goals, start=1):
            goals[each.slug] = goal = save(
                each.place,
                Goal(
                    theme=theme,
                    number=str(place),
                    label=each.label,
                    text=each.text,
                    slug=each.slug,
                    level=each.level,
                    order=place,
                ),
            )
            if each.measure is not None:
                _measure(each.measure, goal, indicators)
    save_all(
        (
            each.place,
            Contribution(
                contributor=goals[each.slug], effect=find(each.place, goals, slug, "doel")
            ),
        )
        for theme_row in row.themes
        for each in theme_row.goals
        for slug in each.leads_to
    )
    for number, task in enumerate(row.tasks, start=1):
        _task(task, number, version, goals, officer)
    return version, goals


def _task(
    row: TaskRow, number: int, version: AgendaVersion, goals: dict[str, Goal], officer: User
) -> None:
    task = save(
        row.place,
        DevelopmentTask(
            version=version,
            number=number,
            subject=row.subject,
            owner=row.owner,
            frames=row.frames,
        ),
    )
    task.goals.add(find(row.place, goals, row.goal, "doel"))
    save_all(
        (row.place, TaskStep(task=task, text=text, order=order))
        for order, text in enumerate(row.steps, start=1)
    )
    save(row.place, TaskUpdate(task=task, day=timezone.localdate(), text=row.stand, actor=officer))


def _measure(row: MeasureRow, goal: Goal, indicators: dict[str, Indicator]) -> None:
    indicator = find(row.place, indicators, row.indicator, "indicator")
    measure = save(
        row.place, Measure(indicator=indicator, goal=goal, number="1", text=row.text, order=1)
    )
    meaning = indicator.count_of_changes()
    save_all(
        (
            aim.place,
            Target(
                measure=measure,
                kind=kind,
                period=aim.period.code,
                meaning=meaning,
                **value_columns(aim.place.value(ValueType(indicator.value_type), aim.value)),
            ),
        )
        for kind, aim in ((TargetKind.BASELINE, row.baseline), (TargetKind.TARGET, row.target))
    )


# -- advice ----------------------------------------------------------------------------------------
def _round(row: RoundRow, version: AgendaVersion, goals: dict[str, Goal], officer: User) -> None:
    today = timezone.localdate()
    round = save(
        row.place,
        ConsultationRound(
            version=version,
            title=row.title,
            question=row.question,
            opens_on=today - datetime.timedelta(days=row.opened),
            closes_on=today + datetime.timedelta(days=row.open_for - row.closed),
            is_announced=True,
        ),
    )
    round.version = version
    for letter in row.letters:
        _letter(letter, round, goals, officer)
    with told_at(row.place):
        if row.letters:
            advising.close_round(round, user=officer)
        else:
            advising.invite(round, [None], user=officer)
            advising.open_round(round, user=officer)


def _letter(
    row: LetterRow, round: ConsultationRound, goals: dict[str, Goal], officer: User
) -> None:
    given_on = timezone.localdate() - datetime.timedelta(days=row.given)
    letter = save(row.place, Advice(round=round, body=row.body, given_on=given_on))
    labels = subjects_of(round.version).labels
    rows = []
    for each in row.points:
        key = key_of(find(each.place, goals, each.about, "doel")) if each.about else ""
        point = AdvicePoint(
            advice=letter, kind=each.kind, text=each.text, about_key=key, about=labels[key]
        )
        rows.append((each, save(each.place, point)))
    with told_at(row.place):
        advising.lay_down(letter, user=officer)
    for each, point in rows:
        if each.reason:
            AdviceAnswer.objects.filter(point=point).update(
                outcome=each.outcome, reason=each.reason, change=each.change
            )
