"""Agendas with their versions, principles, participation, themes, goals and measures."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from django.db import transaction

from accounts.models import Organisation
from agenda.constants import (
    AgendaStatus,
    Direction,
    IndicatorLevel,
    Origin,
    PrincipleKind,
)
from agenda.models import (
    Agenda,
    AgendaVersion,
    Goal,
    Indicator,
    Measure,
    Participation,
    Principle,
    SituationFact,
    Theme,
)
from core.fields import value_columns
from core.periods import Period
from core.values import Value, ValueType
from demo.loading import frames
from demo.loading.frames import PolicyRow
from demo.loading.reader import DataFileError, Place, find, read_file, save, save_all
from demo.loading.sources import Citations


# -- the shape of agendas.yaml ---------------------------------------------------------------------
@dataclass(frozen=True)
class PrincipleRow:
    place: Place
    text: str
    is_new: bool = False
    locator: str = ""


@dataclass(frozen=True)
class ParticipationRow:
    place: Place
    who: str
    form: str
    number: Annotated[Value, ValueType.COUNT]
    unit: str = "deelnemers"
    held_on: datetime.date | None = None
    year: int | None = None
    locator: str = ""


@dataclass(frozen=True)
class SituationRow:
    place: Place
    topic: str
    text: str
    locator: str = ""


@dataclass(frozen=True)
class GoalRow:
    place: Place
    number: str
    label: str
    text: str
    slug: str
    note: str = ""
    locator: str = ""
    target_groups: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class MeasureRow:
    """A measure with the indicator it appoints; type and direction only where sure."""

    place: Place
    number: str
    indicator: str
    name: str
    text: str
    value_type: ValueType | None = None
    direction: Direction = Direction.NOT_STATED
    unit: str = ""
    note: str = ""
    locator: str = ""


@dataclass(frozen=True)
class ThemeRow:
    place: Place
    name: str
    slug: str
    number: str = ""
    parent: str = ""
    note: str = ""
    locator: str = ""
    goals: list[GoalRow] = field(default_factory=list)
    measures: list[MeasureRow] = field(default_factory=list)


@dataclass(frozen=True)
class VersionRow:
    place: Place
    number: int
    locator: str
    reason: str
    themes: list[ThemeRow]
    status: AgendaStatus | None = None
    adopted_on: datetime.date | None = None
    adopted_by: str = ""
    principles: list[PrincipleRow] = field(default_factory=list)
    vision: list[PrincipleRow] = field(default_factory=list)
    participation: list[ParticipationRow] = field(default_factory=list)
    situation: list[SituationRow] = field(default_factory=list)
    policies: list[PolicyRow] = field(default_factory=list)
    measures_continue: int | None = None


@dataclass(frozen=True)
class AgendaRow:
    place: Place
    slug: str
    short_name: str
    name: str
    year: int
    locator: str
    versions: list[VersionRow]
    source: str = ""
    period: Period | None = None
    predecessor: str = ""
    occasion: str = ""
    character: str = ""
    replaces: str = ""
    note: str = ""


@dataclass(frozen=True)
class AgendasFile:
    owner: str
    source: str
    agendas: list[AgendaRow]


# -- loading ---------------------------------------------------------------------------------------
def load(data: Path) -> None:
    """Insert the agendas of ``agendas.yaml``; their owner and the sources are there already.

    Raises ``DataFileError``; nothing is kept then.
    """
    agendas = read_file(data / "agendas.yaml", AgendasFile)
    with transaction.atomic():
        _agendas(agendas, _Loaded(Citations(agendas.source)))


class _Loaded:
    """What is in the database so far, by the names that the files use."""

    def __init__(self, cited: Citations) -> None:
        self.cited = cited
        self.agendas: dict[str, Agenda] = {}
        self.versions: dict[str, AgendaVersion] = {}
        self.themes: dict[str, Theme] = {}


def _agendas(content: AgendasFile, loaded: _Loaded) -> None:
    owner = Organisation.objects.filter(slug=content.owner).first()
    if owner is None:
        raise DataFileError(
            f"agendas.yaml: er is geen organisatie ‘{content.owner}’. Voeg die eerst toe."
        )
    for row in content.agendas:
        predecessor = (
            find(row.place, loaded.agendas, row.predecessor, "eerdere agenda")
            if row.predecessor
            else None
        )
        loaded.agendas[row.slug] = save(
            row.place,
            Agenda(
                slug=row.slug,
                short_name=row.short_name,
                name=row.name,
                owner=owner,
                year=row.year,
                period=row.period.code if row.period else None,
                occasion=row.occasion,
                character=row.character,
                replaces=row.replaces,
                note=row.note,
                predecessor=predecessor,
                **loaded.cited.cite(row.place, row.locator, source=row.source),
            ),
        )
        for version in row.versions:
            _version(row, version, loaded)


def _version(agenda: AgendaRow, row: VersionRow, loaded: _Loaded) -> None:
    cited = Citations(agenda.source or loaded.cited.source, row.locator)
    # History from the source: it enters in the state it had there, no transition took it there.
    told = {"status": row.status, "origin": Origin.SOURCE, "adopted_by": row.adopted_by}
    version = save(
        row.place,
        AgendaVersion(
            agenda=loaded.agendas[agenda.slug],
            number=row.number,
            adopted_on=row.adopted_on,
            reason=row.reason,
            **told,
            **cited.cite(row.place),
        ),
    )
    name = f"{agenda.slug}/{row.number}"
    loaded.versions[name] = version
    _principles(row, version, cited)
    _participation(row, version, cited)
    _situation(row, version, cited)
    frames.policies(row.policies, version, cited)
    _themes(name, row, version, cited, loaded)
    _measures(agenda, name, row, cited, loaded)


def _principles(row: VersionRow, version: AgendaVersion, cited: Citations) -> None:
    """The principles and the sentences of the vision, each numbered from one."""
    save_all(
        (
            each.place,
            Principle(
                version=version,
                kind=kind,
                text=each.text,
                is_new=each.is_new,
                order=order,
                **cited.cite(each.place, each.locator),
            ),
        )
        for kind, rows in (
            (PrincipleKind.PRINCIPLE, row.principles),
            (PrincipleKind.VISION, row.vision),
        )
        for order, each in enumerate(rows, start=1)
    )


def _participation(row: VersionRow, version: AgendaVersion, cited: Citations) -> None:
    save_all(
        (
            each.place,
            Participation(
                version=version,
                who=each.who,
                form=each.form,
                held_on=each.held_on,
                year=each.year,
                unit=each.unit,
                order=order,
                **value_columns(each.number),
                **cited.cite(each.place, each.locator),
            ),
        )
        for order, each in enumerate(row.participation, start=1)
    )


def _situation(row: VersionRow, version: AgendaVersion, cited: Citations) -> None:
    save_all(
        (
            each.place,
            SituationFact(
                version=version,
                topic=each.topic,
                text=each.text,
                order=order,
                **cited.cite(each.place, each.locator),
            ),
        )
        for order, each in enumerate(row.situation, start=1)
    )


def _themes(
    name: str, row: VersionRow, version: AgendaVersion, cited: Citations, loaded: _Loaded
) -> None:
    for order, each in enumerate(row.themes, start=1):
        parent = (
            find(each.place, loaded.themes, f"{name}/{each.parent}", "hoofdthema")
            if each.parent
            else None
        )
        loaded.themes[f"{name}/{each.slug}"] = save(
            each.place,
            Theme(
                version=version,
                parent=parent,
                number=each.number,
                name=each.name,
                slug=each.slug,
                note=each.note,
                order=order,
                **cited.cite(each.place, each.locator),
            ),
        )
    listed = [
        (each, goal, order) for each in row.themes for order, goal in enumerate(each.goals, start=1)
    ]
    goals = save_all(
        (
            goal.place,
            Goal(
                theme=loaded.themes[f"{name}/{each.slug}"],
                number=goal.number,
                label=goal.label,
                text=goal.text,
                slug=goal.slug,
                note=goal.note,
                order=order,
                **cited.cite(goal.place, goal.locator, inherited=each.locator),
            ),
        )
        for each, goal, order in listed
    )
    frames.target_groups(
        (goal, told.target_groups) for goal, (_, told, _) in zip(goals, listed, strict=True)
    )


def _measures(
    agenda: AgendaRow, name: str, row: VersionRow, cited: Citations, loaded: _Loaded
) -> None:
    """The measures of a version: its own, or again those of the version that it continues."""
    if row.measures_continue is not None:
        earlier = find(
            row.place,
            {str(each.number): each for each in _earlier(agenda, row)},
            str(row.measures_continue),
            "eerdere versie",
        )
        _continue_measures(f"{agenda.slug}/{earlier.number}", name, row, loaded)
        return
    listed = [
        (each, measure, order)
        for each in row.themes
        for order, measure in enumerate(each.measures, start=1)
    ]
    indicators = save_all(
        (
            measure.place,
            Indicator(
                slug=measure.indicator,
                name=measure.name,
                value_type=measure.value_type or "",
                unit=measure.unit,
                direction=measure.direction,
                level=IndicatorLevel.POPULATION,
                **cited.cite(measure.place, measure.locator, inherited=each.locator),
            ),
        )
        for each, measure, _ in listed
    )
    save_all(
        (
            measure.place,
            Measure(
                indicator=indicator,
                theme=loaded.themes[f"{name}/{each.slug}"],
                number=measure.number,
                text=measure.text,
                note=measure.note,
                order=order,
                **cited.cite(measure.place, measure.locator, inherited=each.locator),
            ),
        )
        for indicator, (each, measure, order) in zip(indicators, listed, strict=True)
    )


def _earlier(agenda: AgendaRow, row: VersionRow) -> Iterator[VersionRow]:
    return (each for each in agenda.versions if each.number < row.number)


def _continue_measures(earlier: str, name: str, row: VersionRow, loaded: _Loaded) -> None:
    """The same appointments in the next version, under the theme of the same name."""
    old = Measure.objects.filter(theme__version=loaded.versions[earlier]).select_related("theme")
    save_all(
        (
            row.place,
            Measure(
                indicator_id=measure.indicator_id,
                theme=find(
                    row.place, loaded.themes, f"{name}/{_slug_of(measure)}", "thema in deze versie"
                ),
                number=measure.number,
                text=measure.text,
                note=measure.note,
                order=measure.order,
                source_id=measure.source_id,
                locator=measure.locator,
            ),
        )
        for measure in old.order_by("theme__order", "order")
    )


def _slug_of(measure: Measure) -> str:
    return measure.theme.slug if measure.theme else ""
