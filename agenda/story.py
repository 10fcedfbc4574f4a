"""What the agenda tells about goals, as plain data that pages, documents and open data share.

Every figure carries its source and where it stands in it. The functions read; they never write.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from accounts.models import Organisation
from agenda.constants import OWN_MEASUREMENT, SuccessionKind, SurveyClients, SurveyGroup, TargetKind
from agenda.meanings import Break, breaks_of, meaning_in, texts_until
from agenda.models import (
    Agenda,
    AgendaVersion,
    Contradiction,
    Goal,
    GoalSuccession,
    Measure,
    Source,
    Sourced,
    Survey,
    Target,
    Theme,
    ThemeSuccession,
)
from agenda.series import NOT_FINAL, of_whole
from core.disclosure import masked
from core.fields import TypedValue
from core.periods import Period
from core.values import Value

Story = dict[str, Any]


def provenance(row: Sourced) -> Story:
    """Where the fact of ``row`` comes from; empty for a row made in this system."""
    if row.source is None:
        return {}
    return {"slug": row.source.slug, "title": row.source.title, "locator": row.locator}


def source_of_value(row: Sourced) -> Story:
    """Where an observed value comes from: the municipality measured what names no other source."""
    return provenance(row) or {"slug": "", "title": OWN_MEASUREMENT, "locator": ""}


def figure(row: TypedValue, *, whole: bool = False, **extra: Any) -> Story:
    """A typed value as it is shown and as it can be computed with.

    A value that is withheld is told to officers only (``whole``), who see that it is.
    """
    withheld = getattr(row, "withheld", False)
    told = value_story(masked(row.value) if withheld and not whole else row.value)
    return {**told, **({"withheld": withheld} if whole else {}), **extra}


def value_story(value: Value) -> Story:
    quantity = value.quantity
    return {
        "display": value.display(),
        "present": value.is_present,
        "quantity": None if quantity is None else plain(quantity),
        "value": value.to_json(),
    }


def plain(number: Decimal) -> str:
    """A number as text that every reader of numbers takes: ``1720000``, never ``1.72E+6``."""
    return format(number.normalize(), "f")


def with_unit(shown: Story) -> str:
    """``50 deelnemers``: a figure with its unit, unless its label begins with that word already.

    A value that is absent has no unit.
    """
    unit, label = shown.get("unit", ""), shown.get("label", "")
    told = label.lower().startswith(unit.lower()) or shown["display"].endswith(unit)
    if told or not shown["present"]:
        return str(shown["display"])
    return f"{shown['display']} {unit}"


def quantity(shown: Story | None) -> Decimal | None:
    """The number of a figure, to compute with or to draw; ``None`` where there is none."""
    return None if shown is None or shown["quantity"] is None else Decimal(shown["quantity"])


def cite(source: Story) -> str:
    """A source as text: title and place in it."""
    return ", ".join(filter(None, [source.get("title", ""), source.get("locator", "")]))


def year_in(text: str) -> int | None:
    """The first year that ``text`` names, such as 2012 in "eind 2012"."""
    match = re.search(r"\b(19|20)\d{2}\b", text)
    return int(match[0]) if match else None


def version_story(version: AgendaVersion) -> Story:
    agenda = version.agenda
    return {
        "slug": agenda.slug,
        "short_name": agenda.short_name,
        "name": agenda.name,
        "year": agenda.year,
        "period": agenda.period.code.replace("/", "–") if agenda.period else "",
        "version": version.number,
        "adopted_on": version.adopted_on.isoformat() if version.adopted_on else "",
        "adopted_by": version.adopted_by,
        "source": provenance(version),
    }


def measure_story(measure: Measure, *, until: Period | None = None, whole: bool = False) -> Story:
    """A measure with its series up to the end of ``until``; needs prefetched relations.

    ``whole`` tells what is withheld too, for officers.
    """
    indicator = measure.indicator
    breaks = [
        held for held in breaks_of(indicator) if until is None or held.since.start <= until.end
    ]
    starts = [held.since for held in breaks]
    texts = texts_until(indicator, until)
    observations = [
        row
        for row in of_whole(indicator.observations.all())
        if until is None or row.period.end <= until.end
    ]
    observations.sort(key=lambda row: row.period.moment)
    now = meaning_in(starts, observations[-1].period) if observations else len(breaks)
    targets = sorted(measure.targets.all(), key=lambda row: row.period.moment)
    return {
        "number": measure.number,
        "text": measure.text,
        "note": measure.note,
        "indicator": indicator.slug,
        "name": indicator.name,
        "definition": texts["definition"],
        "unit": texts["unit"],
        "breaks": [break_story(held) for held in breaks],
        "direction": indicator.direction,
        "direction_label": indicator.get_direction_display(),
        "measured_by": indicator.measured_by,
        "series": [
            figure(
                row,
                whole=whole,
                period=row.period.code,
                label=row.period.label,
                provisional=row.certainty in NOT_FINAL,
                meaning=meaning_in(starts, row.period),
                source=source_of_value(row),
            )
            for row in observations
        ],
        "targets": [_aim(row, now) for row in targets if row.kind == TargetKind.TARGET],
        "baselines": [_aim(row, now) for row in targets if row.kind == TargetKind.BASELINE],
        "source": provenance(measure),
    }


def _aim(row: Target, meaning: int) -> Story:
    """A baseline or target; ``broken`` where it was agreed under another meaning than the newest
    value has."""
    return figure(
        row,
        period=row.period.code,
        label=row.period.label,
        meaning=row.meaning,
        broken=row.meaning != meaning,
        source=provenance(row),
    )


def break_story(held: Break) -> Story:
    return {
        "since": held.since.code,
        "label": held.since.label,
        "words": held.words,
        "reason": held.reason,
        "definition": held.definition,
        "unit": held.unit,
    }


MEASURE_RELATIONS = (
    "measures__source",
    "measures__targets__source",
    "measures__indicator__versions",
    "measures__indicator__observations__source",
)


def goal_summary(goal: Goal) -> Story:
    """A goal where it stands in its agenda; needs theme, version and agenda selected."""
    return {
        "slug": goal.slug,
        "number": goal.number,
        "label": goal.label,
        "text": goal.text,
        "theme": goal.theme.name,
        "theme_slug": goal.theme.slug,
        "agenda": goal.theme.version.agenda.short_name,
        "agenda_slug": goal.theme.version.agenda.slug,
        "version": goal.theme.version.number,
        "year": goal.theme.version.agenda.year,
        "source": provenance(goal),
    }


class Lineage:
    """All successions at once: many goals cost as many queries as one (four).

    What stands in a draft agenda is not among them: a thread is shown to everybody, and frozen for
    good when an edition is published.
    """

    def __init__(self) -> None:
        goals = Goal.objects.readable().select_related(
            "theme__version__agenda", "theme__version__source", "source"
        )
        themes = Theme.objects.readable().select_related(
            "version__agenda", "version__source", "source"
        )
        self.goals = {goal.pk: goal for goal in goals}
        self.themes = {theme.pk: theme for theme in themes}
        self.goal_origins: dict[int, list[GoalSuccession]] = defaultdict(list)
        self.goal_continuations: dict[int, list[GoalSuccession]] = defaultdict(list)
        for link in GoalSuccession.objects.readable().select_related("source").order_by("id"):
            if link.successor_id:
                self.goal_origins[link.successor_id].append(link)
            if link.predecessor_id:
                self.goal_continuations[link.predecessor_id].append(link)
        self.theme_origins: dict[int, list[ThemeSuccession]] = defaultdict(list)
        self.theme_continuations: dict[int, list[ThemeSuccession]] = defaultdict(list)
        theme_links = ThemeSuccession.objects.readable().select_related("source")
        for theme_link in theme_links.order_by("id"):
            if theme_link.successor_id:
                self.theme_origins[theme_link.successor_id].append(theme_link)
            if theme_link.predecessor_id:
                self.theme_continuations[theme_link.predecessor_id].append(theme_link)

    def steps(self, goal: Goal) -> list[Story]:
        """The places of ``goal`` in each agenda, oldest first.

        Where the sources tell no succession of goals, the step is a gap that names the themes from
        which the goal's theme came, so that the thread shows where it is broken. Raises
        ``KeyError`` for a goal of a draft agenda.
        """
        steps: list[Story] = []
        current, oldest = [goal.pk], goal
        # Rows that never went through clean() may go round in a circle: no goal is visited twice.
        seen: set[int] = set()
        while current:
            seen.update(current)
            goals = [self.goals[pk] for pk in current]
            kinds = sorted(
                {
                    str(SuccessionKind(link.kind).label)
                    for pk in current
                    for link in self.goal_origins.get(pk, [])
                    if link.predecessor_id
                }
            )
            fresh = any(
                link.kind == SuccessionKind.NEW
                for pk in current
                for link in self.goal_origins.get(pk, [])
            )
            steps.append(
                {
                    "kind": "goals",
                    "year": goals[0].theme.version.agenda.year,
                    "agenda": version_story(goals[0].theme.version),
                    "goals": [goal_summary(held) for held in goals],
                    "succession": kinds or (["nieuw"] if fresh else []),
                    "reasons": [
                        link.reason
                        for pk in current
                        for link in self.goal_origins.get(pk, [])
                        if link.reason
                    ],
                }
            )
            current = list(
                dict.fromkeys(
                    link.predecessor_id
                    for pk in current
                    for link in self.goal_origins.get(pk, [])
                    if link.predecessor_id and link.predecessor_id not in seen
                )
            )
            oldest = goals[0]
        steps.extend(self._theme_steps(oldest.theme_id, oldest.theme.version.agenda_id))
        return steps[::-1]

    def onward(self, start: int, version_id: int) -> list[Goal]:
        """The goals of the version that the goal ``start`` went on as."""
        seen, current = {start}, {start}
        while current:
            current = {
                link.successor_id
                for pk in current
                for link in self.goal_continuations.get(pk, [])
                if link.successor_id in self.goals and link.successor_id not in seen
            }
            seen |= current
        found = [self.goals[pk] for pk in seen]
        return sorted(
            (goal for goal in found if goal.theme.version_id == version_id),
            key=lambda goal: (goal.theme.order, goal.order),
        )

    def _theme_steps(self, theme_id: int, agenda_id: int) -> list[Story]:
        steps: list[Story] = []
        current, seen = [theme_id], {agenda_id}
        while current:
            links = [link for pk in current for link in self._origins_of(pk)]
            found = [
                self.themes[link.predecessor_id]
                for link in links
                if link.predecessor_id
                and self.themes[link.predecessor_id].version.agenda_id not in seen
            ]
            found = list({theme.pk: theme for theme in found}.values())
            if not found:
                break
            seen.add(found[0].version.agenda_id)
            steps.append(
                {
                    "kind": "themes",
                    "breaks": not steps,
                    "year": found[0].version.agenda.year,
                    "agenda": version_story(found[0].version),
                    "themes": [
                        {"name": theme.name, "slug": theme.slug, "number": theme.number}
                        for theme in found
                    ],
                    "succession": sorted(
                        {
                            str(SuccessionKind(link.kind).label)
                            for link in links
                            if link.predecessor_id in {theme.pk for theme in found}
                        }
                    ),
                    "source": next(
                        (provenance(link) for link in links if link.source is not None), {}
                    ),
                }
            )
            current = [theme.pk for theme in found]
        return steps

    def _origins_of(self, theme_id: int) -> list[ThemeSuccession]:
        """The successions into a theme; a subtheme without any shares those of its parent.

        A theme that the source calls new came from none, not even by way of its parent.
        """
        links = self.theme_origins.get(theme_id, [])
        parent = self.themes[theme_id].parent_id
        told = any(link.predecessor_id or link.kind == SuccessionKind.NEW for link in links)
        if not told and parent:
            return self.theme_origins.get(parent, [])
        return links


def survey_story(*, until: int) -> Story | None:
    """The newest client survey up to and including year ``until``; ``None`` where there is none.

    Three queries.
    """
    survey = (
        Survey.objects.readable()
        .exclude(clients=SurveyClients.YOUTH)
        .filter(year__lte=until)
        .select_related("source")
        .prefetch_related("statements__source", "statements__results__source")
        .order_by("-year")
        .first()
    )
    if survey is None:
        return None
    statements = []
    for statement in survey.statements.all():
        results = {(row.group, row.year): row for row in statement.results.all()}
        earlier = [
            row
            for (group, year), row in sorted(results.items())
            if group == SurveyGroup.MUNICIPALITY and year < survey.year
        ]
        own = results.get((SurveyGroup.MUNICIPALITY.value, survey.year))
        reference = results.get((SurveyGroup.REFERENCE.value, survey.year))
        statements.append(
            {
                "number": statement.number,
                "topic": statement.topic,
                "text": statement.text,
                "scale": statement.scale,
                "base": statement.base,
                "direction": statement.direction,
                "note": statement.note,
                "own": figure(own, source=provenance(own)) if own else None,
                "reference": figure(reference, source=provenance(reference)) if reference else None,
                "earlier": (
                    figure(earlier[-1], year=earlier[-1].year, source=provenance(earlier[-1]))
                    if earlier
                    else None
                ),
                "source": provenance(statement),
            }
        )
    return {
        "slug": survey.slug,
        "name": survey.name,
        "year": survey.year,
        "executor": survey.executor,
        "note": survey.note,
        "statements": statements,
        "source": provenance(survey),
    }


def source_stories() -> list[Story]:
    """All sources in order of the phases of the policy cycle."""
    return [
        {
            "slug": source.slug,
            "title": source.title,
            "publisher": source.publisher,
            "phase": source.phase,
            "phase_label": source.get_phase_display(),
            "rhythm": source.get_rhythm_display() if source.rhythm else "",
            "published": source.published,
            "url": source.url,
            "note": source.note,
        }
        for source in Source.objects.all()
    ]


def contradiction_stories(rows: Iterable[Contradiction] | None = None) -> list[Story]:
    """What the sources say against one another, reading by reading. Four queries."""
    rows = (
        Contradiction.objects.prefetch_related("readings__source", "agendas", "partners")
        if rows is None
        else rows
    )
    return [
        {
            "slug": row.slug,
            "topic": row.topic,
            "title": row.title,
            "explanation": row.explanation,
            "agendas": [held.slug for held in row.agendas.all()],
            "partners": [held.slug for held in row.partners.all()],
            "readings": [
                {"text": reading.text, "source": provenance(reading)}
                for reading in row.readings.all()
            ],
        }
        for row in rows
    ]


def contradictions_about(about: Agenda | Organisation) -> list[Story]:
    """The contradictions that belong on the page of an agenda or a partner. Five queries."""
    key = "agendas" if isinstance(about, Agenda) else "partners"
    rows = Contradiction.objects.filter(**{key: about})
    return contradiction_stories(rows.prefetch_related("readings__source", "agendas", "partners"))


def repeats(note: str, label: str) -> bool:
    """Whether ``note`` begins with the words of ``label``, so that the note alone says it all."""
    return bool(label) and note.lower().startswith(label.lower())
