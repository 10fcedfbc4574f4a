"""The fourteen norms of the 213a framework in four parts, in our own words.

Source: report 004, H3.2; the number of a norm is that of the report. Pure: no database.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Norm:
    """One norm: ``by_system`` where what is recorded here says whether it is met."""

    number: int
    asks: str
    by_system: bool = False


@dataclass(frozen=True)
class NormPart:
    letter: str
    name: str
    norms: tuple[Norm, ...]


PARTS = (
    NormPart(
        "A",
        "Beleid",
        (
            Norm(1, "Het beleid staat in een vastgesteld stuk.", by_system=True),
            Norm(
                2, "De doelen zijn ook in getallen gezegd, zodat ze te meten zijn.", by_system=True
            ),
            Norm(
                3, "Het beleid zegt hoe de voortgang over de jaren wordt gemeten.", by_system=True
            ),
            Norm(
                4,
                "Het is duidelijk waarvoor de gemeente verantwoordelijk is en waarvoor de "
                "partners, en wanneer zij dat op elkaar afstemmen.",
            ),
        ),
    ),
    NormPart(
        "B",
        "Uitwerking van beleid",
        (
            Norm(5, "Het beleid is vertaald in concrete maatregelen."),
            Norm(6, "Van elke maatregel is duidelijk wat die aan de doelen moet bijdragen."),
            Norm(7, "Van elke maatregel is vastgelegd wie die uitvoert."),
            Norm(
                8,
                "Van elke maatregel is vastgelegd wat die mag kosten, en of dat geld tijdelijk of "
                "blijvend is.",
            ),
        ),
    ),
    NormPart(
        "C",
        "Concreetheid van afspraken",
        (
            Norm(9, "Dat geld staat terug in de afspraken met partners."),
            Norm(
                10,
                "Met partners is afgesproken welk resultaat nodig is, en hoe dat wordt gemeten en "
                "gerapporteerd.",
                by_system=True,
            ),
        ),
    ),
    NormPart(
        "D",
        "Monitoring en besluiten",
        (
            Norm(
                11,
                "Partners rapporteren zoals is afgesproken over geld en resultaten.",
                by_system=True,
            ),
            Norm(12, "In die rapportages zijn de betaalde maatregelen apart te zien."),
            Norm(
                13,
                "Over die rapportages spreken gemeente en partner elkaar geregeld.",
                by_system=True,
            ),
            Norm(
                14,
                "Wat daarna is besloten over de aanpak of het geld, is vastgelegd.",
                by_system=True,
            ),
        ),
    ),
)
NORMS = {norm.number: norm for part in PARTS for norm in part.norms}


def norms_of_part(letter: str) -> list[str]:
    """The numbers of the norms of part ``letter``, as words; none for anything else."""
    return [str(norm.number) for part in PARTS if part.letter == letter for norm in part.norms]
