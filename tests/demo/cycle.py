"""What the contracts, reports and monitors lean on, without the data files of the agendas."""

from __future__ import annotations

from pathlib import Path

from django.utils.text import slugify

from agenda.models import AgendaVersion
from tests.factories_agenda import (
    AgendaFactory,
    AgendaVersionFactory,
    GoalFactory,
    SourceFactory,
    ThemeFactory,
)

DATA = Path(__file__).parents[2] / "demo" / "data" / "kaag_en_braassem"

MAG_THEMES = (
    "gezondheid-en-bewegen",
    "groei-en-ontwikkeling",
    "werken-en-leren",
    "maatschappelijke-betrokkenheid",
    "maatschappelijke-ondersteuning",
    "wonen-en-leefomgeving",
)

# The themes and goals of MAG 2.0 as the monitor judges them.
GOALS = {
    "wonen": ("Voldoende woonruimte", "Inwoners verantwoordelijk", "Openbare ruimte"),
    "werken": ("Aantrekkelijk vestigingsklimaat", "Balans in vraag en aanbod", "Bestaansniveau"),
    "gezondheid-en-veiligheid": (
        "Onder de 18 geen drank of drugs",
        "Boven 18 minder drank en drugs",
        "Gezonde levensstijl",
        "Veilig",
        "Herkenning geweld",
    ),
    "toegang": (
        "Inwoners weten waar zij terecht kunnen",
        "Inwoners die vraag niet stellen worden bereikt",
        "Vragen snel en integraal opgepakt",
    ),
    "ontwikkeling": (
        "Kinderen veilig en ontwikkelen talenten",
        "Ouders toegerust",
        "Hulp snel, laagdrempelig en op maat",
    ),
    "ondersteuning": (
        "Deelname dagelijks leven",
        "Hulp lokaal, snel en laagdrempelig",
        "Financieel redzaam",
        "Voldoende sociaal netwerk",
    ),
    "investeren-in-mensen": (
        "Balans mantelzorgers",
        "Ondersteuning mantelzorgers",
        "Mantelzorgers herkend en erkend",
        "Inwoners vrijwilligers",
        "Effectiever en efficiënter vrijwilligerswerk",
        "Ondersteuning vrijwilligerswerk",
    ),
    "maatschappelijk-vastgoed": (
        "Aantoonbare bijdrage",
        "Alleen investeren in doelen",
        "Efficiënter en vernieuwend gebruik",
    ),
}


def make_agendas() -> AgendaVersion:
    """The source, the three agendas and MAG 2.0 with its 30 goals; returns that last version."""
    SourceFactory.create(slug="rekenkamerrapport-2020")
    mag, mag_3d, mag_2 = (AgendaFactory.create(slug=slug) for slug in ("mag", "mag-3d", "mag-2-0"))
    first = AgendaVersionFactory.create(agenda=mag, from_source=True)
    for order, slug in enumerate(MAG_THEMES, start=1):
        ThemeFactory.create(version=first, slug=slug, order=order)
    AgendaVersionFactory.create(agenda=mag_3d, from_source=True)
    AgendaVersionFactory.create(agenda=mag_2, from_source=True)
    judged: AgendaVersion = AgendaVersionFactory.create(agenda=mag_2, number=2, from_source=True)
    for order, (slug, labels) in enumerate(GOALS.items(), start=1):
        theme = ThemeFactory.create(version=judged, slug=slug, order=order)
        for place, label in enumerate(labels, start=1):
            GoalFactory.create(theme=theme, label=label, slug=slugify(label), order=place)
    return judged
