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
    """``text`` with its first letter a capital."""
    return text[:1].upper() + text[1:]


def enumeration(words: Sequence[str]) -> str:
    """``a``, ``a en b``, ``a, b en c``."""
    return " en ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def headline(goals: Sequence[Judged], year: int) -> str:
    """The finding in one line: what stands on good, and what went back."""
    if not goals:
        return f"Over {year} geeft de monitor nog geen oordeel per doel"
    tally = Tally.of(goals)
    share = f"{tally.good} van de {tally.total} doelen staan op goed"
    compared = [goal for goal in goals if goal.previous is not None]
    if not compared:
        return f"{share}, {tally.neutral} op neutraal en {tally.negative} op negatief"
    before = sum(goal.previous is Verdict.GOOD for goal in compared)
    if tally.good > before:
        opening = "Het gaat beter"
    elif tally.good < before:
        opening = "Het gaat minder goed"
    else:
        opening = "Het beeld blijft gelijk"
    if tally.worsened == 0:
        closing = "Geen enkel doel ging achteruit."
    elif tally.worsened == 1:
        closing = "Eén ging achteruit."
    else:
        closing = f"{sentence(number_word(tally.worsened))} gingen achteruit."
    return f"{opening}: {share}. {closing}"


def lede(goals: Sequence[Judged], previous_year: int | None) -> str:
    """Two or three sentences under the headline: improved, worsened, still negative."""
    if not goals:
        return "Deze monitor noemt trends, wat goed ging en wat niet goed ging."
    tally = Tally.of(goals)
    sentences = []
    if previous_year is None or tally.improved + tally.worsened + tally.same == 0:
        negative = [goal.label for goal in goals if goal.verdict is Verdict.NEGATIVE]
        sentences.append("Dit is de eerste monitor met een oordeel per doel.")
        if negative:
            sentences.append(f"Op negatief: {enumeration(negative)}.")
        return " ".join(sentences)
    improved = sentence(number_word(tally.improved))
    verb = "verbeterde" if tally.improved == 1 else "verbeterden"
    noun = "doel" if tally.improved == 1 else "doelen"
    if tally.improved == 0:
        first = f"Geen enkel doel verbeterde sinds {previous_year}"
    else:
        first = f"{improved} {noun} {verb} sinds {previous_year}"
    were_negative = any(goal.previous is Verdict.NEGATIVE for goal in goals)
    if tally.negative == 0:
        still = "staat nog op negatief" if were_negative else "staat op negatief"
        first += f" en geen enkel doel {still}"
    sentences.append(first + ".")
    for goal in goals:
        if goal.movement is Movement.WORSENED and goal.previous and goal.verdict:
            sentences.append(
                f"‘{goal.label}’ zakte van {goal.previous.label} naar {goal.verdict.label}."
            )
    return " ".join(sentences)


def theme_finding(goals: Sequence[Judged]) -> str:
    """The finding of one theme as a sentence."""
    tally = Tally.of(goals)
    if tally.total == 0:
        return "Dit thema heeft in deze monitor geen doelen."
    if tally.total == 1:
        where = goals[0].verdict.label if goals[0].verdict else "nog niet beoordeeld"
        first = f"Het ene doel staat op {where}."
    elif tally.good == tally.total:
        both = "Beide doelen" if tally.total == 2 else f"Alle {number_word(tally.total)} doelen"
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
        first += f" Achteruit ging: {enumeration(worse)}."
    if better:
        first += f" Beter ging: {enumeration(better)}."
    return first
