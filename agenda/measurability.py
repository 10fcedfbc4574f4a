"""How measurable a goal is: six marks that anyone can check by hand, and what they add up to.

The rule, in Dutch and with examples: ``docs/regels/meetbaarheid.md``. Pure Python; no database.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from core.periods import Period


class Mark(Enum):
    """What is true of a goal; the value is what the reader sees."""

    YES = "ja"
    PARTLY = "deels"
    NO = "nee"
    UNKNOWN = "niet te zeggen"


class Aspect(Enum):
    """What is asked of every goal, in order; the value stands in addresses."""

    INDICATOR = "indicator"
    BASELINE = "nulmeting"
    TARGET = "streefwaarde"
    IN_TIME = "op-tijd"
    OWNER = "wie-meet"
    EFFECT = "effect"


#: The head of a column, and what a goal has that does well there: "geen doel heeft een nulmeting".
LABELS = {
    Aspect.INDICATOR: ("Indicator", "een indicator"),
    Aspect.BASELINE: ("Nulmeting", "een nulmeting"),
    Aspect.TARGET: ("Streefwaarde", "een streefwaarde"),
    Aspect.IN_TIME: ("Cijfer op tijd", "op tijd een cijfer"),
    Aspect.OWNER: ("Wie meet", "iemand die meet"),
    Aspect.EFFECT: ("Effect", "zicht op effect"),
}
#: Levels of the goal tree at which a goal is no effect itself, whatever measures it.
NO_EFFECT = frozenset({"output", "throughput", "input"})
#: Every how many years a value comes.
YEARS_BETWEEN = {"half_yearly": 1, "yearly": 1, "two_yearly": 2, "four_yearly": 4}

#: What people write where nobody measures.
NOBODY = frozenset(
    {"niemand", "geen", "onbekend", "niet bekend", "nog niet bekend", "n.v.t", "nvt"}
)

Marks = Mapping[Aspect, Mark]


@dataclass(frozen=True)
class MeasureFacts:
    """What is known of one measure; ``None`` where it cannot be said."""

    has_baseline: bool
    has_target: bool
    in_time: bool | None
    has_owner: bool
    measures_effect: bool


def names_somebody(measured_by: str) -> bool:
    """Whether a passport says who measures, and not that nobody does."""
    said = " ".join(measured_by.casefold().split()).strip(" .?-–")
    return bool(said) and said not in NOBODY


def in_time(agenda: Period | None, rhythm: str, measured: Collection[Period]) -> bool | None:
    """Whether a value comes within the ``agenda``'s own years, and before their last day.

    ``measured`` are the periods of which there is a value. ``None``: it cannot be said, because
    nobody told the end of the agenda, the rhythm, or when the measuring starts.
    """
    if agenda is None:
        return None
    if any(_within(agenda, period.end) for period in measured):
        return True
    if rhythm == "once":
        return False if measured else None
    if rhythm not in YEARS_BETWEEN:
        return None
    moments = [day for day in _ends(agenda, rhythm) if _within(agenda, day)]
    between = YEARS_BETWEEN[rhythm]
    if not moments or between == 1:
        return bool(moments)
    if measured:
        last = max(period.end for period in measured).year
        return any((day.year - last) % between == 0 for day in moments)
    return True if len(moments) >= between else None


def _within(agenda: Period, day: datetime.date) -> bool:
    return agenda.start <= day < agenda.end


def _ends(agenda: Period, rhythm: str) -> Iterator[datetime.date]:
    """The last days of the periods that are measured in the years of ``agenda``."""
    for year in range(agenda.start.year, agenda.end.year + 1):
        if rhythm == "half_yearly":
            yield Period(year, 1).end
        yield Period(year).end


def marks(measures: Sequence[MeasureFacts], level: str) -> Marks:
    """The six marks of a goal at ``level`` of the goal tree, measured by ``measures``."""
    is_effect = level not in NO_EFFECT
    return {
        Aspect.INDICATOR: Mark.YES if measures else Mark.NO,
        Aspect.BASELINE: _together(row.has_baseline for row in measures),
        Aspect.TARGET: _together(row.has_target for row in measures),
        Aspect.IN_TIME: _together(row.in_time for row in measures),
        Aspect.OWNER: _together(row.has_owner for row in measures),
        Aspect.EFFECT: _together(is_effect and row.measures_effect for row in measures),
    }


def _together(answers: Iterable[bool | None]) -> Mark:
    """All of them: yes. Some: partly. None: no, unless of one it cannot be said."""
    held = list(answers)
    if held and all(held):
        return Mark.YES
    if any(held):
        return Mark.PARTLY
    return Mark.UNKNOWN if None in held else Mark.NO


def count(goals: Iterable[Marks]) -> dict[Aspect, Counter[Mark]]:
    """Per aspect how many goals have which mark."""
    found: dict[Aspect, Counter[Mark]] = {aspect: Counter() for aspect in Aspect}
    for held in goals:
        for aspect, mark in held.items():
            found[aspect][mark] += 1
    return found


# --- In words -------------------------------------------------------------------------------------
def finding(goals: Sequence[Marks], directions: int) -> str:
    """The state of an agenda in one sentence, without a score: ``goals`` are to be measured,
    ``directions`` more are deliberately not."""
    total = len(goals)
    if not total:
        return (
            "Elk doel van deze agenda is een richting"
            if directions
            else "Deze agenda heeft nog geen doelen"
        )
    whole = sum(all(mark is Mark.YES for mark in held.values()) for held in goals)
    measured = any(held[Aspect.INDICATOR] is Mark.YES for held in goals)
    if total == 1:
        if not measured:
            return "Het enige doel heeft geen indicator"
        return f"Het enige doel is {'' if whole else 'niet '}op alle zes punten meetbaar"
    if not measured:
        return f"Geen van de {total} doelen heeft een indicator"
    if whole == total:
        return f"Alle {total} doelen zijn op alle zes punten meetbaar"
    if not whole:
        return f"Geen van de {total} doelen is op alle zes punten meetbaar"
    verb = "is" if whole == 1 else "zijn"
    return f"{whole} van de {total} doelen {verb} op alle zes punten meetbaar"


def sentences(goals: Sequence[Marks], directions: int) -> list[str]:
    """What the goals of an agenda have and lack, in words."""
    counts, total = count(goals), len(goals)
    told = []
    if total and not counts[Aspect.INDICATOR][Mark.YES]:
        told.append("Zonder indicator zijn ook de andere vijf kenmerken er niet.")
    elif total:
        told += _haves(counts, total)
    if directions:
        words = "is een richting en telt" if directions == 1 else "zijn een richting en tellen"
        told.append(f"{_goals(directions, total + directions)} {words} hier apart.")
    return told


def _haves(counts: Mapping[Aspect, Counter[Mark]], total: int) -> Iterator[str]:
    """All, some and none of the goals, each aspect in one of them; then what is in between."""
    every = [LABELS[aspect][1] for aspect in Aspect if counts[aspect][Mark.YES] == total]
    none = [LABELS[aspect][1] for aspect in Aspect if counts[aspect][Mark.NO] == total]
    if every:
        yield f"{_goals(total, total)} {_have(total)} {_listed(every, 'en')}."
    for aspect in Aspect:
        number = counts[aspect][Mark.YES]
        if 0 < number < total:
            yield f"{_goals(number, total)} {_have(number)} {LABELS[aspect][1]}."
    if none:
        yield f"Geen enkel doel heeft {_listed(none, 'of')}."
    for aspect in Aspect:
        if number := counts[aspect][Mark.PARTLY]:
            about = _lowered(_goals(number, total))
            yield f"Bij {about} heeft maar een deel van de metingen {LABELS[aspect][1]}."
        if number := counts[aspect][Mark.UNKNOWN]:
            about = _lowered(_goals(number, total))
            yield f"Van {about} is niet te zeggen of er {LABELS[aspect][1]} komt."


def _goals(number: int, total: int) -> str:
    if total == 1:
        return "Het enige doel"
    return f"Alle {total} doelen" if number == total else f"{number} van de {total} doelen"


def _lowered(words: str) -> str:
    return f"{words[0].lower()}{words[1:]}"


def _have(number: int) -> str:
    return "heeft" if number == 1 else "hebben"


def _listed(words: Sequence[str], last: str) -> str:
    *first, end = words
    return f"{', '.join(first)} {last} {end}" if first else end
