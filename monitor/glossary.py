"""The words of the social domain, in plain Dutch: the glossary page and ``{% term %}`` use them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.text import slugify

from core.folding import fold
from monitor.constants import VERDICT_MEANING, Verdict


@dataclass(frozen=True)
class Term:
    """A word, what it means in at most forty words, and words that say more."""

    word: str
    explanation: str
    see: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        return slugify(self.word)

    @property
    def letter(self) -> str:
        return fold(self.word)[:1].upper()


class UnknownTerm(LookupError):
    """A page uses a word that the glossary does not have."""


TERMS = (
    Term(
        "addendum",
        "Een aanvulling op een overeenkomst. De overeenkomst zelf blijft staan; het addendum zegt "
        "wat er vanaf een bepaalde dag anders is.",
        ("overeenkomst",),
    ),
    Term(
        "algemene voorziening",
        "Hulp of een activiteit waar iedereen gebruik van kan maken, zonder uitgebreid onderzoek "
        "vooraf. Bijvoorbeeld een inloop of een maaltijdservice.",
        ("maatwerkvoorziening", "wijkpunt"),
    ),
    Term(
        "AVG",
        "Algemene verordening gegevensbescherming: de Europese wet die zegt wat mag met gegevens "
        "van mensen.",
        ("grondslag", "verwerkersovereenkomst"),
    ),
    Term(
        "AWBZ",
        "Algemene Wet Bijzondere Ziektekosten: de wet voor langdurige zorg tot 2015. Een deel van "
        "die zorg ging in 2015 naar de gemeenten.",
        ("Wmo 2015", "Wmo-oud"),
    ),
    Term(
        "bemoeizorg",
        "Hulp die iemand krijgt zonder er zelf om te vragen, omdat het anders misgaat. "
        "Hulpverleners zoeken zelf contact.",
    ),
    Term(
        "beschikking",
        "Een schriftelijk besluit van de gemeente over één persoon of organisatie, zoals het "
        "toekennen van hulp of subsidie.",
        ("verlening", "vaststelling"),
    ),
    Term(
        "cliëntervaringsonderzoek",
        "Een onderzoek onder mensen die hulp van de gemeente krijgen. Zij zeggen of ze het eens "
        "zijn met stellingen, zoals ‘ik werd snel geholpen’.",
        ("referentiegroep",),
    ),
    Term(
        "cliëntondersteuning",
        "Gratis en onafhankelijke hulp bij een vraag aan de gemeente. Een cliëntondersteuner denkt "
        "mee en kan meegaan naar een gesprek.",
    ),
    Term(
        "coalitie",
        "Een groep organisaties die samen een opdracht van de gemeente uitvoert.",
        ("penvoerder", "overeenkomst"),
    ),
    Term(
        "controlegetal",
        "Een reeks tekens die bij precies één bestand hoort (SHA-256). Verandert er één letter, "
        "dan is het controlegetal anders. Zo ziet u of een stuk nog hetzelfde is.",
        ("vastgestelde versie",),
    ),
    Term(
        "deel van een coalitiepartner",
        "Wat één organisatie van een coalitie zelf invult in de rapportage. Zij ziet het deel van "
        "de anderen niet; de penvoerder ziet alles en dient het geheel in.",
        ("coalitie", "penvoerder", "halfjaarrapportage"),
    ),
    Term(
        "doelstelling",
        "Wat de raad met een thema wil bereiken. Een doelstelling zegt wat er verandert voor "
        "inwoners, niet hoe dat moet gebeuren.",
        ("thema", "meting", "oordeel"),
    ),
    Term(
        "geoormerkt",
        "Geld dat alleen voor één bepaald doel mag worden gebruikt.",
        ("verlening",),
    ),
    Term(
        "halfjaarrapportage",
        "Het verslag waarin een partner elk halfjaar vertelt wat er is gedaan en bereikt, en wat "
        "er niet goed gaat.",
        ("prestatie-indicator", "coalitie"),
    ),
    Term(
        "indicator",
        "Een getal waaraan u afleest of een doel dichterbij komt. Een indicator heeft een vaste "
        "omschrijving en een vaste bron.",
        ("meting", "nulmeting", "streefwaarde"),
    ),
    Term(
        "inspanningsverplichting",
        "Een afspraak om zijn best te doen. Wie zich inspant, komt de afspraak na, ook als het "
        "resultaat uitblijft.",
        ("resultaatverplichting", "pilot"),
    ),
    Term(
        "kernteam",
        "Een groep hulpverleners van verschillende organisaties die samen vragen van inwoners uit "
        "één of meer dorpen oppakt.",
        ("wijkpunt",),
    ),
    Term(
        "knelpunt",
        "Iets wat het bereiken van een doel in de weg staat. Bij een knelpunt hoort een afspraak: "
        "wie doet wat, en wanneer.",
        ("doelstelling", "oordeel"),
    ),
    Term(
        "maatschappelijke agenda (MAG)",
        "Het plan van de gemeenteraad voor het sociaal domein, voor een aantal jaren. Er staan "
        "thema’s en doelstellingen in.",
        ("thema", "doelstelling"),
    ),
    Term(
        "maatwerkvoorziening",
        "Hulp die is afgestemd op één persoon, na onderzoek en met een besluit van de gemeente. "
        "Bijvoorbeeld begeleiding, huishoudelijke hulp of een rolstoel.",
        ("algemene voorziening", "pgb", "beschikking"),
    ),
    Term(
        "meting",
        "De afspraak welke indicator bij een doelstelling of thema hoort, en welke waarde de "
        "gemeente daarvan verwacht.",
        ("indicator", "nulmeting", "streefwaarde"),
    ),
    Term(
        "nulmeting",
        "De waarde van een indicator aan het begin. Latere waarden worden daarmee vergeleken.",
        ("indicator", "streefwaarde"),
    ),
    Term(
        "ontwikkelopdracht",
        "Een opdracht in een agenda waarmee de gemeente haar eigen werk verandert, om de doelen te "
        "kunnen halen. Bijvoorbeeld: anders samenwerken met partners.",
        ("opgave",),
    ),
    Term(
        "oordeel",
        "Wat het college vindt van de stand van een doelstelling: goed, neutraal of negatief. "
        "Oordelen worden geteld en nooit gemiddeld.",
        ("doelstelling", "knelpunt"),
    ),
    Term(
        "opgave",
        "Een ander woord voor een thema van een agenda, met het maatschappelijke resultaat dat de "
        "gemeente daarbij wil.",
        ("doelstelling",),
    ),
    Term(
        "overeenkomst",
        "De afspraken tussen de gemeente en een partner of coalitie: wat zij doen, wat zij "
        "bereiken, en hoeveel geld zij krijgen.",
        ("addendum", "coalitie", "verlening"),
    ),
    Term(
        "partner",
        "Een organisatie die voor de gemeente werkt aan de doelstellingen, zoals een "
        "welzijnsorganisatie.",
        ("coalitie", "penvoerder"),
    ),
    Term(
        "penvoerder",
        "De organisatie die namens een coalitie met de gemeente afspreekt, rapporteert en het geld "
        "ontvangt.",
        ("coalitie",),
    ),
    Term(
        "persoonsgegevens",
        "Alles wat iets zegt over iemand die u daaraan kunt herkennen, zoals een naam of een "
        "hulpvraag. Over gezondheid heten zij bijzondere persoonsgegevens: daarvoor gelden "
        "strengere regels.",
        ("AVG", "grondslag", "verwerkersovereenkomst"),
    ),
    Term(
        "pgb",
        "Persoonsgebonden budget: geld waarmee iemand zelf zijn hulp kiest en betaalt.",
        ("maatwerkvoorziening",),
    ),
    Term(
        "pilot",
        "Een proef in het klein. Vooraf ligt vast wat zij moet bereiken, wat zij mag kosten en "
        "wanneer zij is geslaagd; daarna volgt een besluit.",
        ("inspanningsverplichting", "resultaatverplichting"),
    ),
    Term(
        "prestatie-indicator",
        "Een indicator in een overeenkomst, ook wel kpi. Hij zegt wat één partner moet laten zien.",
        ("indicator", "overeenkomst"),
    ),
    Term(
        "referentiegroep",
        "De gemeenten waarmee een uitkomst wordt vergeleken. Wie erin zit, bepaalt de maker van "
        "het onderzoek.",
        ("cliëntervaringsonderzoek",),
    ),
    Term(
        "resultaatverplichting",
        "Een afspraak om een resultaat te halen. Blijft het resultaat uit, dan is de afspraak niet "
        "nagekomen.",
        ("inspanningsverplichting", "pilot"),
    ),
    Term(
        "SMART",
        "Een manier om doelen op te schrijven: specifiek, meetbaar, acceptabel, realistisch en "
        "tijdgebonden. Zo kan iedereen later zien of het doel is bereikt.",
        ("doelstelling", "streefwaarde"),
    ),
    Term(
        "SROI",
        "Social return on investment: de afspraak dat een partner een deel van de opdracht "
        "gebruikt om mensen met weinig kans op werk te helpen aan werk of ervaring.",
        ("overeenkomst",),
    ),
    Term(
        "streefwaarde",
        "De waarde die een indicator in een bepaald jaar moet hebben.",
        ("indicator", "nulmeting"),
    ),
    Term(
        "grondslag",
        "De reden in de wet waarom gegevens van mensen mogen worden gebruikt. De AVG noemt er zes, "
        "zoals toestemming en een taak van algemeen belang.",
        ("AVG",),
    ),
    Term(
        "verwerkersovereenkomst",
        "Een afspraak met een organisatie die voor de gemeente gegevens van mensen gebruikt: "
        "waarvoor, hoe lang en hoe zij die beschermt. Vroeger heette dat "
        "bewerkersovereenkomst.",
        ("AVG", "overeenkomst"),
    ),
    Term(
        "sturing",
        "Hoe raad, college en anderen met wat zij lezen invloed hebben op wat er gebeurt. Per "
        "niveau is afgesproken wie wat krijgt, hoe vaak, en waarover die dan beslist.",
        ("doelstelling", "oordeel"),
    ),
    Term(
        "subsidie",
        "Geld van de gemeente voor activiteiten van een organisatie. De gemeente verleent het "
        "vooraf en stelt het bedrag achteraf vast.",
        ("verlening", "vaststelling"),
    ),
    Term(
        "tegenprestatie",
        "Onbetaald, nuttig werk dat de gemeente kan vragen van iemand met een uitkering.",
    ),
    Term(
        "thema",
        "Een onderwerp in de maatschappelijke agenda, met een aantal doelstellingen die bij elkaar "
        "horen.",
        ("maatschappelijke agenda (MAG)", "doelstelling"),
    ),
    Term(
        "toezicht op de Wmo",
        "Nagaan of hulp en ondersteuning goed en veilig zijn. De toezichthouder vertelt elk jaar "
        "in een jaarverslag wat die zag en aanbeveelt; de gemeente antwoordt daarop.",
        ("toezichthouder", "Wmo 2015"),
    ),
    Term(
        "toezichthouder",
        "Wie namens de gemeente toeziet op de kwaliteit van hulp en ondersteuning (Wmo 2015, "
        "artikel 6.1). De toezichthouder werkt los van wie hulp verstrekt en van wie het beleid "
        "maakt.",
        ("Wmo 2015",),
    ),
    Term(
        "transformatie",
        "De verandering in de manier van helpen: eerder erbij, dichter bij huis, en meer uitgaan "
        "van wat mensen zelf en samen kunnen.",
        ("Wmo 2015",),
    ),
    Term(
        "uitwisseling van gegevens",
        "Organisaties die elkaar gegevens van mensen geven om samen te helpen. In een openbaar "
        "register staat waarvoor, welke soorten gegevens, en of dat mag.",
        ("AVG", "grondslag", "persoonsgegevens"),
    ),
    Term(
        "vaststelling",
        "Het besluit achteraf over de hoogte van een subsidie. Is er minder gedaan dan "
        "afgesproken, dan kan het bedrag lager worden.",
        ("verlening", "subsidie"),
    ),
    Term(
        "vastgestelde versie",
        "De inhoud van een monitor zoals die aan de raad is aangeboden. Die verandert niet meer. "
        "Een correctie is een nieuwe versie ernaast.",
        ("controlegetal",),
    ),
    Term(
        "verlening",
        "Het besluit vooraf dat een organisatie subsidie krijgt, met het bedrag en de voorwaarden.",
        ("vaststelling", "subsidie", "geoormerkt"),
    ),
    Term(
        "voorlopig cijfer",
        "Een cijfer dat nog kan veranderen, omdat nog niet alle gegevens binnen zijn.",
        ("indicator",),
    ),
    Term(
        "wijkpunt",
        "Een plek in de buurt waar inwoners binnenlopen met een vraag of voor een activiteit.",
        ("algemene voorziening", "kernteam"),
    ),
    Term(
        "Wmo 2015",
        "Wet maatschappelijke ondersteuning. De gemeente helpt mensen om thuis te blijven wonen "
        "en mee te doen, en regelt opvang en beschermd wonen.",
        ("maatwerkvoorziening", "algemene voorziening", "Wmo-oud"),
    ),
    Term(
        "Wmo-oud",
        "De taken die de gemeente al voor 2015 had onder de eerdere Wmo, zoals hulp bij het "
        "huishouden, vervoer en rolstoelen.",
        ("Wmo 2015", "AWBZ"),
    ),
    Term(
        "zelfredzaamheidmatrix",
        "Een lijst met levensgebieden, zoals wonen en geld. Per gebied geeft een hulpverlener aan "
        "hoe goed iemand zich redt.",
    ),
)

BY_WORD = {term.word: term for term in TERMS}


def find_term(word: str) -> Term:
    """The entry for ``word``. Raises ``UnknownTerm``: a page uses no word that is not explained."""
    if word not in BY_WORD:
        raise UnknownTerm(f"‘{word}’ staat niet in de begrippenlijst (monitor/glossary.py).")
    return BY_WORD[word]


def in_alphabet(terms: Sequence[Term] = TERMS) -> Iterator[tuple[str, list[Term]]]:
    """Letter by letter, without minding capitals and accents."""
    ordered = sorted(terms, key=lambda term: fold(term.word))
    for letter, group in groupby(ordered, key=lambda term: term.letter):
        yield letter, list(group)


def to_freeze() -> list[dict[str, str]]:
    """The glossary as an edition freezes it: words and explanations, in the alphabet's order."""
    return [
        {"word": term.word, "explanation": term.explanation}
        for _, terms in in_alphabet()
        for term in terms
    ]


def frozen_in(content: Mapping[str, Any]) -> list[dict[str, str]]:
    """The glossary of a frozen edition; that of this release where it was frozen before editions
    held one."""
    held: list[dict[str, str]] | None = content.get("glossary")
    return to_freeze() if held is None else held


def verdict_words() -> dict[str, dict[str, str]]:
    """What each verdict is called and what it says of a goal, as an edition freezes it."""
    return {
        verdict.value: {"word": str(verdict.label), "meaning": VERDICT_MEANING[verdict]}
        for verdict in Verdict
    }


def verdict_words_in(content: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """The verdicts' words of a frozen edition; those of this release where it holds none."""
    held: dict[str, dict[str, str]] | None = content.get("verdict_words")
    return verdict_words() if held is None else held
