"""When a baseline or a target can be: a rule that anyone can check by hand. Pure Python."""

from __future__ import annotations

from collections.abc import Iterable

from agenda.constants import TargetKind
from core.periods import Period


def period_fault(
    kind: str, period: Period, years: Period | None, others: Iterable[tuple[str, Period]]
) -> str:
    """What is wrong with a baseline or target (``kind``) of ``period``; nothing when all is well.

    ``years`` are those of the agenda, when it says so; ``others`` are the kinds and periods of the
    other baselines and targets of the measure.
    """
    if kind == TargetKind.TARGET:
        if years is not None and not years.start <= period.end <= years.end:
            return f"Deze agenda gaat over {years}. Kies een jaar daarin."
        later = [
            each for what, each in others if what == TargetKind.BASELINE and each.year > period.year
        ]
        if later:
            return f"De nulmeting is van {max(later)}. Kies voor de streefwaarde een later jaar."
        return ""
    earlier = [
        each for what, each in others if what == TargetKind.TARGET and each.year < period.year
    ]
    if earlier:
        return f"Er is al een streefwaarde voor {min(earlier)}. Kies een nulmeting van daarvoor."
    return ""
