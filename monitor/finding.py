"""The finding of an edition in words, from its verdicts. Pure; docs/regels/bevinding.md tells it.

Verdicts are counted and compared, never averaged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.constants import VERDICT_RANK, Movement, Verdict

NUMBER_WORDS = (
    "geen", "één", "twee", "drie", "vier", "vijf", "zes",
    "zeven", "acht", "negen", "tien", "elf", "twaalf",
)  # fmt: skip

#: More goals than this are counted in the lede, not named one by one.
MANY = 3


@dataclass(frozen=True)
class Judged:
    """One goal in one edition: its label, its verdict now and in the edition before."""

    label: str
    verdict: Verdict | None
    previous: Verdict | None = None

    @property
    def movement(self) -> Movement:
        return movement(self.previous, self.verdict)


@dataclass(frozen=True)
class Tally:
    """How many goals stand where, and how many moved."""

    total: int
    good: int
    neutral: int
    negative: int
    improved: int
    worsened: int
    same: int

    @classmethod
    def of(cls, goals: Sequence[Judged]) -> Tally:
        verdicts = Counter(goal.verdict for goal in goals)
        moves = Counter(goal.movement for goal in goals)
        return cls(
            total=len(goals),
            good=verdicts[Verdict.GOOD],
            neutral=verdicts[Verdict.NEUTRAL],
            negative=verdicts[Verdict.NEGATIVE],
            improved=moves[Movement.IMPROVED],
            worsened=moves[Movement.WORSENED],
            same=moves[Movement.SAME],
        )


def movement(previous: Verdict | None, verdict: Verdict | None) -> Movement:
    """How a verdict moved since the edition before."""
    if previous is None or verdict is None:
        return Movement.NEW
    step = VERDICT_RANK[verdict] - VERDICT_RANK[previous]
    if step == 0:
        return Movement.SAME
    return Movement.IMPROVED if step > 0 else Movement.WORSENED


def number_word(number: int) -> str:
    """``number`` as a word up to twelve, in figures above."""
    return NUMBER_WORDS[number] if 0 <= number < len(NUMBER_WORDS) else str(number)


def sentence(text: str) -> str:
    """``text`` with its first letter a capital; the accents of ‘één’ need only one."""
    if text.startswith("één"):
        return "Eén" + text[len("één") :]
    return text[:1].upper() + text[1:]


def enumeration(words: Sequence[str]) -> str:
    """``a``, ``a en b``, ``a, b en c``."""
    return " en ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def headline(goals: Sequence[Judged], year: int) -> str:
    """The finding in one line: which way it goes, what stands on good, and what went back.

    The direction compares how many goals moved up with how many moved down; goals that were not
    judged before have no part in it.
    """
    if not any(goal.verdict for goal in goals):
        return f"De monitor over {year} geeft geen oordeel per doel"
    tally = Tally.of(goals)
    share = _share_on_good(tally)
    if not _compared(tally):
        return f"{share}, {tally.neutral} op neutraal en {tally.negative} op negatief"
    if tally.improved > tally.worsened:
        opening = "Het gaat beter"
    elif tally.improved < tally.worsened:
        opening = "Het gaat minder goed"
    elif tally.improved == 0:
        opening = "Het beeld blijft gelijk"
    else:
        opening = "Het beeld wisselt"
    if tally.worsened == 0:
        closing = "Geen enkel doel ging achteruit."
    elif tally.worsened == 1:
        closing = "Eén ging achteruit."
    else:
        closing = f"{sentence(number_word(tally.worsened))} gingen achteruit."
    return f"{opening}: {_lower_first(share)}. {closing}"


def _compared(tally: Tally) -> int:
    """How many goals have a verdict now and had one before."""
    return tally.improved + tally.worsened + tally.same


def _share_on_good(tally: Tally) -> str:
    if tally.total == 1:
        return "Het ene doel staat op goed" if tally.good else "Het ene doel staat niet op goed"
    if tally.good == 0:
        return f"Geen van de {tally.total} doelen staat op goed"
    verb = "staat" if tally.good == 1 else "staan"
    return f"{tally.good} van de {tally.total} doelen {verb} op goed"


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def lede(goals: Sequence[Judged], previous_year: int | None) -> str:
    """The sentences under the headline: improved, worsened, on negative, not yet judged."""
    if not any(goal.verdict for goal in goals):
        return "Deze monitor noemt trends, wat goed ging en wat niet goed ging."
    tally = Tally.of(goals)
    if previous_year is None:
        sentences = ["Dit is de eerste monitor met een oordeel per doel."]
    elif not _compared(tally):
        sentences = [f"Deze doelen zijn niet te vergelijken met die van {previous_year}."]
    else:
        sentences = [_improved(goals, tally, previous_year), *_worsened(goals)]
    negative = [f"‘{goal.label}’" for goal in goals if goal.verdict is Verdict.NEGATIVE]
    if len(negative) > MANY:
        sentences.append(f"{sentence(number_word(len(negative)))} doelen staan op negatief.")
    elif negative:
        verb = "staat" if len(negative) == 1 else "staan"
        sentences.append(f"Op negatief {verb} {enumeration(negative)}.")
    unjudged = sum(goal.verdict is None for goal in goals)
    if unjudged:
        noun, verb = ("doel", "heeft") if unjudged == 1 else ("doelen", "hebben")
        sentences.append(f"{sentence(number_word(unjudged))} {noun} {verb} nog geen oordeel.")
    return " ".join(sentences)


def _improved(goals: Sequence[Judged], tally: Tally, previous_year: int) -> str:
    if tally.improved == 0:
        first = f"Geen enkel doel verbeterde sinds {previous_year}"
    else:
        noun, verb = ("doel", "verbeterde") if tally.improved == 1 else ("doelen", "verbeterden")
        count = sentence(number_word(tally.improved))
        first = f"{count} {noun} {verb} sinds {previous_year}"
    if tally.negative == 0:
        were_negative = any(goal.previous is Verdict.NEGATIVE for goal in goals)
        still = "staat nog op negatief" if were_negative else "staat op negatief"
        first += f" en geen enkel doel {still}"
    return first + "."


def _worsened(goals: Sequence[Judged]) -> list[str]:
    worse = [goal for goal in goals if goal.movement is Movement.WORSENED]
    if len(worse) > MANY:  # the page itself names them all
        return [f"{sentence(number_word(len(worse)))} doelen gingen achteruit."]
    return [
        f"‘{goal.label}’ zakte van {goal.previous.label} naar {goal.verdict.label}."
        for goal in worse
        if goal.previous and goal.verdict
    ]


def theme_finding(goals: Sequence[Judged]) -> str:
    """The finding of one theme in one to three sentences."""
    tally = Tally.of(goals)
    if tally.total == 0:
        return "Dit thema heeft in deze monitor geen doelen."
    if tally.total == 1:
        verdict = goals[0].verdict
        first = (
            f"Het ene doel staat op {verdict.label}."
            if verdict
            else "Het ene doel heeft nog geen oordeel."
        )
    elif tally.good == tally.total:
        both = "Beide doelen" if tally.total == 2 else f"Alle {number_word(tally.total)} de doelen"
        first = f"{both} staan op goed."
    elif tally.good == 0:
        first = f"Geen van de {number_word(tally.total)} doelen staat op goed."
    else:
        verb = "staat" if tally.good == 1 else "staan"
        first = (
            f"{sentence(number_word(tally.good))} van de {number_word(tally.total)} doelen "
            f"{verb} op goed."
        )
    worse = [goal.label for goal in goals if goal.movement is Movement.WORSENED]
    better = [goal.label for goal in goals if goal.movement is Movement.IMPROVED]
    if worse:
        first += f" Achteruit {'ging' if len(worse) == 1 else 'gingen'}: {enumeration(worse)}."
    if better:
        first += f" Beter {'ging' if len(better) == 1 else 'gingen'}: {enumeration(better)}."
    return first
