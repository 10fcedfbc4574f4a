"""The goal tree of Zoetermeer, in our words: bron 002 (visiedocument), bijlage 2.

Per level, from the top: the goals in their order, each "op 1 januari 2022" or "vanaf 1 januari
2021". Between the levels the source says only that each as a whole has to lead to the next; so
every goal of a level contributes to every goal of the level above.
"""

from __future__ import annotations

import datetime

BY = ("by", datetime.date(2022, 1, 1))
FROM = ("from", datetime.date(2021, 1, 1))

Aim = tuple[tuple[str, datetime.date], str]

TREE: dict[str, list[Aim]] = {
    "impact": [
        (BY, "Eén ondersteuningsaanbod met herkenbare diensten"),
        (BY, "Inwoners redden zich beter en doen meer mee, met een plan op maat"),
        (BY, "Toegankelijke en herkenbare ondersteuning in elke wijk"),
        (BY, "Partners bewaken samen de balans tussen kwaliteit en kosten"),
    ],
    "outcome": [
        (BY, "Minder ondersteuning nodig door sociale basis en informele steun"),
        (BY, "Een deel van het aanbod is vernieuwd: goedkoper, en minstens zo passend"),
        (BY, "Gebruikers van de Wmo wonen langer thuis met een sterker netwerk"),
        (BY, "Gebruikers van de Wmo doen mee naar vermogen"),
        (FROM, "Ondersteuning sluit aan op het gewone leven"),
        (FROM, "Een samenhangende aanpak voor alle leefgebieden"),
        (BY, "Inwoners hebben een sterker zelfbeeld"),
        (FROM, "Iedere inwoner krijgt wat het beste past, met ruimte voor eigen wensen"),
        (FROM, "Inwoners weten waar zij in hun wijk terechtkunnen"),
        (BY, "Meer informele of lichte hulp in plaats van formele zorg"),
        (BY, "Buurten en wijken zijn hechter en leefbaarder"),
        (BY, "Mantelzorgers voelen zich ondersteund"),
    ],
    "output": [
        (FROM, "Ondersteuning is dichtbij, effectief en duurzaam"),
        (FROM, "Ondersteuning op maat, in een helder plan van aanpak"),
        (FROM, "Het aanbod is herkenbaar, vindbaar, bereikbaar en toegankelijk"),
        (FROM, "In elke wijk is aandacht voor preventie"),
        (FROM, "Aanbod en verbruik zijn deugdelijk geadministreerd"),
        (FROM, "Sociale basis en informele steun horen bij het aanbod"),
        (FROM, "De gemeente beslist mee over kwaliteit en kosten"),
    ],
    "throughput": [
        (BY, "Zorg en welzijn leveren samen één aanbod"),
        (FROM, "Aanbieders zoeken eenvoudige oplossingen in netwerk en sociale basis"),
        (FROM, "Inwoners houden zo veel mogelijk de regie"),
        (FROM, "De vraag van de inwoner is het begin, niet het aanbod"),
        (FROM, "Een eenvoudig en duidelijk systeem met weinig administratie"),
        (FROM, "Aanbieders werken samenhangend op alle leefgebieden"),
        (FROM, "Professionals komen samen tot één plan"),
    ],
    "input": [],
}
