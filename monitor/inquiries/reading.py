"""What the pages of an investigation show: its parts by kind, and the step that comes next."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.constants import InvestigationPartKind, InvestigationStatus
from monitor.models import Investigation, InvestigationPart


@dataclass(frozen=True)
class PartsOfKind:
    """The findings, conclusions or recommendations, in the order in which they were written."""

    heading: str
    word: str
    parts: list[InvestigationPart]


HEADINGS = {
    InvestigationPartKind.FINDING: "Bevindingen",
    InvestigationPartKind.CONCLUSION: "Conclusies",
    InvestigationPartKind.ADVICE: "Aanbevelingen",
}


def parts_of(row: Investigation) -> list[PartsOfKind]:
    """The parts of ``row`` by kind; kinds without any are left out. One query."""
    parts = list(row.parts.select_related("source"))
    for part in parts:
        part.investigation = row
    found = [
        PartsOfKind(heading, str(kind.label), [part for part in parts if part.kind == kind])
        for kind, heading in HEADINGS.items()
    ]
    return [each for each in found if each.parts]


@dataclass(frozen=True)
class NextStep:
    """A step: where it leads, the button, what happens then, and what is said after it."""

    to: InvestigationStatus
    button: str
    happens: tuple[str, ...]
    done: str


STEPS = {
    InvestigationStatus.DRAFT: NextStep(
        InvestigationStatus.CHECK,
        "Leg voor aan de gemeente",
        (
            "Beleidsmedewerkers en het college lezen het onderzoek, en reageren per onderdeel op "
            "de feiten.",
            "U wijzigt de tekst dan alleen nog als antwoord op een reactie.",
            "Voor anderen is nog niets te zien.",
        ),
        "De bevindingen zijn voorgelegd.",
    ),
    InvestigationStatus.CHECK: NextStep(
        InvestigationStatus.SETTLED,
        "Sluit de controle van de feiten",
        (
            "De tekst staat vast, met bij elke reactie of u die overnam en waarom.",
            "Het college kan nu de bestuurlijke reactie vastleggen.",
            "Voor anderen is nog niets te zien.",
        ),
        "De controle van de feiten is gesloten. Nu is het college aan zet.",
    ),
    InvestigationStatus.SETTLED: NextStep(
        InvestigationStatus.PUBLISHED,
        "Maak het onderzoek openbaar",
        (
            "Iedereen leest het onderzoek, met de reacties, wat u ermee deed, en de bestuurlijke "
            "reactie.",
            "Niemand kan er nog iets aan wijzigen, u ook niet.",
        ),
        "Het onderzoek is openbaar.",
    ),
}


def next_step(row: Investigation) -> NextStep | None:
    """What the investigator does next; None once it is public."""
    return STEPS.get(InvestigationStatus(row.status))
