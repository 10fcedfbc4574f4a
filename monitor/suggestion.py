"""A first verdict from the evidence, with its reasons; a person decides.

The rules, in Dutch and with examples: ``docs/regels/oordeel.md``. No database.
Evidence is counted and compared, never averaged and never weighed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from agenda.progress import HIGHER, LOWER, is_met

GOOD, NEUTRAL, NEGATIVE = "good", "neutral", "negative"
WORDS = {GOOD: "goed", NEUTRAL: "neutraal", NEGATIVE: "negatief"}
NOTHING = Decimal(0)


class Points(Enum):
    """Which way a reason points; the value is what the reader sees."""

    UP = "omhoog"
    SAME = "gelijk"
    DOWN = "omlaag"
    NOWHERE = "geen uitspraak"


@dataclass(frozen=True)
class Reading:
    """A value with the period it is about, and as the reader sees it (``69%``)."""

    number: Decimal
    period: str
    text: str


@dataclass(frozen=True)
class MeasureEvidence:
    """One measure of the goal. ``direction`` is the code of the indicator, or empty.

    ``newest`` is the value of the newest period, ``before`` the one before it over a period of the
    same kind. ``target`` is what the newest value is held against; ``is_due`` says whether its
    period is over by then. ``missing`` says why there is no newest value, and
    ``broken`` why the newest value is held against nothing: the indicator means something else.
    """

    name: str
    direction: str = ""
    newest: Reading | None = None
    before: Reading | None = None
    target: Reading | None = None
    is_due: bool = True
    band: Decimal | None = None
    missing: str = ""
    broken: str = ""
    is_example: bool = False


@dataclass(frozen=True)
class ResultEvidence:
    """A KPI in an accepted report; ``achieved`` is None where nobody can tell. What is not achieved
    ``deviates`` when it is further off than the band allows."""

    name: str
    partner: str
    achieved: bool | None
    is_example: bool = False
    deviates: bool = True


@dataclass(frozen=True)
class Evidence:
    """All that is known of one goal; ``accepted`` of the ``expected`` reports are in."""

    measures: tuple[MeasureEvidence, ...] = ()
    results: tuple[ResultEvidence, ...] = ()
    accepted: int = 0
    expected: int = 0


@dataclass(frozen=True)
class Reason:
    """One outcome of rule number ``rule``, in a Dutch sentence."""

    rule: int
    name: str
    text: str
    points: Points
    is_example: bool = False


@dataclass(frozen=True)
class Suggestion:
    """``verdict`` is good, neutral, negative, or None where nothing in the evidence speaks."""

    verdict: str | None
    reasons: tuple[Reason, ...]
    conclusion: str

    @property
    def is_example(self) -> bool:
        """Whether anything that it rests on was invented."""
        return any(row.is_example for row in self.reasons if row.points is not Points.NOWHERE)


def suggest(evidence: Evidence) -> Suggestion:
    """The suggestion that ``evidence`` leads to, with a reason for each piece of it."""
    reasons = [
        *(reason for row in evidence.measures for reason in _of_measure(row)),
        *(_of_result(row) for row in evidence.results),
        *_of_gaps(evidence),
    ]
    verdict = combine(reason.points for reason in reasons)
    return Suggestion(verdict, tuple(reasons), _conclusion(verdict, reasons))


def combine(points: Iterable[Points]) -> str | None:
    """Rule 5: all that speaks points up: good; down: negative; else neutral; silence: nothing."""
    counted = Counter(points)
    up, down = counted[Points.UP] > 0, counted[Points.DOWN] > 0
    if up and not down:
        return GOOD
    if down and not up:
        return NEGATIVE
    return NEUTRAL if up or counted[Points.SAME] else None


def _of_measure(measure: MeasureEvidence) -> list[Reason]:
    if measure.newest is None:
        why = measure.missing or "er is nog geen waarde"
        return [_silent(measure, f"{measure.name}: {why}.")]
    if not measure.direction:
        return [_silent(measure, f"{measure.name}: niet bekend of hoger of lager beter is.")]
    reasons = [_of_target(measure, measure.newest), _of_trend(measure, measure.newest)]
    if measure.broken:
        reasons.append(_silent(measure, f"{measure.name}: niet vergelijkbaar, {measure.broken}."))
    return [reason for reason in reasons if reason is not None]


def _silent(measure: MeasureEvidence, text: str) -> Reason:
    return Reason(4, "Gegevens", text, Points.NOWHERE, measure.is_example)


def _of_target(measure: MeasureEvidence, newest: Reading) -> Reason | None:
    """Rule 1: the newest value beside its target, give or take the band."""
    target = measure.target
    if target is None:
        return None
    band = measure.band or NOTHING
    met = is_met(measure.direction, newest.number, target.number, band)
    fully = is_met(measure.direction, newest.number, target.number, NOTHING)
    told = (
        f"{measure.name}: {newest.text} in {newest.period}, bij een streefwaarde van "
        f"{target.text} voor {target.period}."
    )
    if met:
        points, closing = Points.UP, "Gehaald." if fully else "Binnen de bandbreedte."
    elif measure.is_due:
        points, closing = Points.DOWN, "Niet gehaald."
    else:
        points, closing = Points.NOWHERE, "Dat jaar is nog niet voorbij."
    return Reason(1, "Streefwaarde", f"{told} {closing}", points, measure.is_example)


def _of_trend(measure: MeasureEvidence, newest: Reading) -> Reason | None:
    """Rule 2: the newest value beside the one before; within the band it stayed the same."""
    before = measure.before
    if before is None or measure.direction not in HIGHER | LOWER:
        return None
    step = newest.number - before.number
    if measure.direction in LOWER:
        step = -step
    band = measure.band or NOTHING
    if step > band:
        points, closing = Points.UP, "Dat is beter."
    elif step < -band:
        points, closing = Points.DOWN, "Dat is minder goed."
    else:
        points, closing = Points.SAME, "Dat is gelijk."
    told = (
        f"{measure.name}: van {before.text} in {before.period} naar {newest.text} in "
        f"{newest.period}."
    )
    return Reason(2, "Ontwikkeling", f"{told} {closing}", points, measure.is_example)


def _of_result(result: ResultEvidence) -> Reason:
    """Rule 3: what a partner reported on a KPI, in a report that was accepted."""
    told = f"{result.partner}, ‘{result.name}’:"
    if result.achieved is None:
        points, closing = Points.NOWHERE, "niet te zeggen of de afspraak is gehaald."
    elif result.achieved:
        points, closing = Points.UP, "gehaald."
    elif not result.deviates:
        points, closing = Points.UP, "niet gehaald, wel binnen de bandbreedte."
    else:
        points, closing = Points.DOWN, "niet gehaald."
    return Reason(3, "Resultaat van een partner", f"{told} {closing}", points, result.is_example)


def _of_gaps(evidence: Evidence) -> list[Reason]:
    """Rule 4: what is not in counts for nothing, and is said."""
    if evidence.accepted >= evidence.expected:
        return []
    noun = "rapportage" if evidence.expected == 1 else "rapportages"
    text = f"{evidence.accepted} van {evidence.expected} {noun} geaccepteerd."
    return [Reason(4, "Gegevens", f"{text} De rest telt niet mee.", Points.NOWHERE)]


def _conclusion(verdict: str | None, reasons: Sequence[Reason]) -> str:
    counted = Counter(reason.points for reason in reasons)
    up, down, same = (counted[way] for way in (Points.UP, Points.DOWN, Points.SAME))
    if verdict is None:
        return "Er is niets dat iets zegt over dit doel. Daarom is er geen voorstel."
    parts = [
        words
        for number, words in (
            (up, f"{up} keer omhoog"),
            (down, f"{down} keer omlaag"),
            (same, f"{same} keer gelijk"),
        )
        if number
    ]
    told = " en ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
    closing = {
        GOOD: "niets wijst omlaag, dus goed.",
        NEGATIVE: "niets wijst omhoog, dus negatief.",
        NEUTRAL: "niet goed, en ook niet negatief.",
    }[verdict]
    return f"{told[:1].upper()}{told[1:]}: {closing}"


def why_reason(verdict: str, previous: str | None, suggested: str | None) -> str:
    """Rule 7: why ``verdict`` asks for a reason, in a sentence; empty where it needs none."""
    parts = []
    if previous and previous != verdict:
        parts.append(f"vorige keer was dit {WORDS[previous]}")
    if suggested and suggested != verdict:
        parts.append(f"het voorstel is {WORDS[suggested]}")
    if not parts:
        return ""
    told = " en ".join(parts)
    return f"{told[:1].upper()}{told[1:]}. Een ander oordeel vraagt om een reden."
