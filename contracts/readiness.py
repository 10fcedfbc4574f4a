"""What a draft contract still needs before it can be activated, and what is remarkable about it.

Pure Python; docs/regels/activeren.md says the same in Dutch, with the same numbers.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

OFFICIAL_MEETINGS = 2
EXECUTIVE_MEETINGS = 1
NAMED = 8
COALITION_OF = 2


@dataclass(frozen=True)
class KPIFacts:
    """A prestatie-indicator of the draft."""

    number: str
    has_goal: bool = True
    has_target: bool = True
    has_value_type: bool = True
    is_population: bool = False
    has_reporter: bool = True


@dataclass(frozen=True)
class Facts:
    """What the rules look at; everything empty is a contract of which nothing was filled in.

    ``carrying`` counts the organisations that lead or are members, each once.
    """

    has_partner: bool = False
    is_coalition: bool = False
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    leads: int = 0
    carrying: int = 0
    lead_is_member: bool = True
    overlapping: tuple[str, ...] = ()
    agendas: int = 0
    themes: int = 0
    has_agreement: bool = False
    has_frequency: bool = False
    sections: int = 0
    asks_kpi_scores: bool = False
    kpis: tuple[KPIFacts, ...] = field(default=())
    budget_lines: int = 0
    has_funding: bool = False
    has_funding_reason: bool = False
    official_meetings: int | None = None
    executive_meetings: int | None = None
    is_signed: bool = False


@dataclass(frozen=True)
class Finding:
    """One rule that found something: ``place`` is the part of the contract where it is mended."""

    rule: int
    place: str
    text: str
    blocks: bool = False


def findings(facts: Facts) -> list[Finding]:
    """Every finding, in the order of the rules."""
    return [*_parties(facts), *_reporting(facts), *_kpis(facts), *_remarkable(facts)]


def blocking(found: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.blocks]


def warnings(found: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in found if not finding.blocks]


def _parties(facts: Facts) -> list[Finding]:
    found = []
    if not facts.has_partner:
        found.append(Finding(1, "basics", "Kies de partner of de coalitie.", blocks=True))
    if facts.starts_on is None or facts.ends_on is None:
        found.append(Finding(2, "basics", "Vul de ingangsdatum en de einddatum in.", blocks=True))
    elif facts.ends_on < facts.starts_on:
        found.append(Finding(2, "basics", "De einddatum ligt voor de ingangsdatum.", blocks=True))
    if facts.is_coalition and facts.leads != 1:
        found.append(
            Finding(3, "parties", "Een coalitie heeft precies één penvoerder.", blocks=True)
        )
    if facts.is_coalition and facts.carrying < COALITION_OF:
        found.append(
            Finding(
                21,
                "parties",
                "Een coalitie bestaat uit ten minste twee organisaties: de penvoerder en een "
                "coalitiepartner. Voeg toe wie er meedoet, of kies één partner.",
                blocks=True,
            )
        )
    if not facts.lead_is_member and not (facts.is_coalition and facts.leads != 1):
        found.append(
            Finding(
                19,
                "parties",
                "De penvoerder is geen coalitiepartner. Voeg haar ook toe als coalitiepartner, of "
                "kies een andere penvoerder.",
                blocks=True,
            )
        )
    return found


def _reporting(facts: Facts) -> list[Finding]:
    found = []
    if not facts.has_agreement or not facts.has_frequency:
        found.append(
            Finding(4, "reporting", "Leg vast hoe vaak de partner rapporteert.", blocks=True)
        )
    if not facts.sections:
        found.append(
            Finding(
                5,
                "reporting",
                "Kies ten minste één onderdeel dat in de rapportage wordt gevraagd.",
                blocks=True,
            )
        )
    if facts.asks_kpi_scores and not facts.kpis:
        found.append(
            Finding(
                6,
                "kpis",
                "De rapportage vraagt de score op prestatie-indicatoren, maar er is er geen.",
                blocks=True,
            )
        )
    return found


@dataclass(frozen=True)
class _Check:
    """A rule over each KPI: how it is told of one, and of more."""

    rule: int
    place: str
    is_wrong: Callable[[KPIFacts], bool]
    one: str
    more: str
    blocks: bool = False


_CHECKS = (
    _Check(
        7,
        "kpis",
        lambda kpi: kpi.is_population,
        "meet de hele gemeente en niet de partner: kies een andere indicator",
        "meten de hele gemeente en niet de partner: kies een andere indicator",
        blocks=True,
    ),
    _Check(
        8,
        "kpis",
        lambda kpi: not kpi.has_value_type,
        "heeft een indicator zonder soort waarde: vul eerst het paspoort aan",
        "hebben een indicator zonder soort waarde: vul eerst het paspoort aan",
        blocks=True,
    ),
    _Check(
        9,
        "targets",
        lambda kpi: not kpi.has_target,
        "heeft nog geen streefwaarde",
        "hebben nog geen streefwaarde",
    ),
    _Check(
        10,
        "kpis",
        lambda kpi: not kpi.has_goal,
        "hoort nog bij geen doel",
        "horen nog bij geen doel",
    ),
    _Check(
        18,
        "kpis",
        lambda kpi: not kpi.has_reporter,
        "wordt gerapporteerd door een organisatie die niet meeschrijft: kies opnieuw",
        "worden gerapporteerd door een organisatie die niet meeschrijft: kies opnieuw",
        blocks=True,
    ),
)


def _kpis(facts: Facts) -> list[Finding]:
    found = []
    for check in _CHECKS:
        numbers = [kpi.number for kpi in facts.kpis if check.is_wrong(kpi)]
        if len(numbers) == 1:
            text = f"Prestatie-indicator {numbers[0]} {check.one}."
        else:
            text = f"Prestatie-indicatoren {listed(numbers)} {check.more}."
        if numbers:
            found.append(Finding(check.rule, check.place, text, check.blocks))
    return found


def _remarkable(facts: Facts) -> list[Finding]:
    found = []

    def warn(rule: int, place: str, text: str) -> None:
        found.append(Finding(rule, place, text))

    if facts.overlapping:
        warn(
            20,
            "sub_assignments",
            "Dezelfde partner heeft in deze tijd een overeenkomst voor dezelfde deelopdracht: "
            f"{listed(facts.overlapping)}. Kijk of dat klopt.",
        )
    if not facts.kpis:
        warn(11, "kpis", "Er is geen prestatie-indicator: het resultaat is niet af te meten.")
    elif facts.sections and not facts.asks_kpi_scores:
        warn(12, "reporting", "Er zijn prestatie-indicatoren, maar de rapportage vraagt ze niet.")
    if not facts.agendas:
        warn(13, "basics", "De overeenkomst hoort nog bij geen agenda.")
    elif not facts.themes:
        warn(13, "themes", "De overeenkomst noemt nog geen thema.")
    if not facts.budget_lines:
        warn(14, "money", "Er staat nog geen bedrag in.")
    if not facts.has_funding or not facts.has_funding_reason:
        warn(15, "basics", "Kies de bekostiging en schrijf op waarom daarvoor is gekozen.")
    if (facts.official_meetings or 0) < OFFICIAL_MEETINGS:
        warn(16, "meetings", "Ambtelijk overleg is gebruikelijk ten minste twee keer per jaar.")
    if (facts.executive_meetings or 0) < EXECUTIVE_MEETINGS:
        warn(16, "meetings", "Bestuurlijk overleg is gebruikelijk ten minste één keer per jaar.")
    if not facts.is_signed:
        warn(17, "dates", "De dag van ondertekening is nog niet ingevuld.")
    return found


def listed(words: Sequence[str]) -> str:
    """``1, 2 en 3``; of a long list the first ones and how many more there are."""
    if len(words) > NAMED:
        return f"{', '.join(words[:NAMED])} en nog {len(words) - NAMED}"
    return " en ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
