"""The fixed words of the council document: what its terms mean."""

from __future__ import annotations

GLOSSARY: tuple[tuple[str, str], ...] = (
    (
        "accounthouder",
        "De medewerker van de gemeente die met een partner over de overeenkomst praat.",
    ),
    ("addendum", "Een aanvulling op een overeenkomst, met een eigen datum en handtekening."),
    (
        "cliëntervaringsonderzoek",
        "Onderzoek waarin mensen met hulp uit de Wmo vertellen hoe zij die hulp ervaren.",
    ),
    ("coalitie", "Partners die samen één opdracht uitvoeren, met één penvoerder."),
    ("doel", "Wat de gemeente wil bereiken. De gemeenteraad stelt de doelen vast in de agenda."),
    ("indicator", "Wat wij meten om te zien of een doel dichterbij komt."),
    (
        "knelpunt",
        "Wat een doel of een thema in de weg staat. De volgende monitor vertelt wat ervan werd.",
    ),
    (
        "maatschappelijke agenda",
        "Het plan van de gemeente voor het sociaal domein, voor een aantal jaren.",
    ),
    ("maatwerkvoorziening", "Hulp die de gemeente op één persoon of gezin toesnijdt."),
    ("nulmeting", "De eerste meting, waarmee latere metingen worden vergeleken."),
    ("oordeel", "Goed, neutraal of negatief. Een mens geeft het oordeel, geen rekenregel."),
    ("penvoerder", "De organisatie die namens een coalitie tekent en rapporteert."),
    ("prestatie-indicator", "Een indicator waarop gemeente en partner afspraken hebben gemaakt."),
    (
        "referentiegroep",
        "Andere gemeenten die met hetzelfde onderzoek meededen; daarmee wordt vergeleken.",
    ),
    (
        "sociaal domein",
        "Zorg en ondersteuning, jeugdhulp, werk en inkomen, en wat daaraan raakt.",
    ),
    ("streefwaarde", "De waarde die in een bepaald jaar bereikt moet zijn."),
    ("thema", "Een groep doelen die bij elkaar horen."),
    ("voorlopig", "Een cijfer dat nog kan veranderen."),
    ("Wmo", "Wet maatschappelijke ondersteuning 2015."),
)

PHASES = ("goals", "strategy", "execution", "result")
