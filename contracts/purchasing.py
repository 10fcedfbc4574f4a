"""Ways of buying and of paying, compared: what report 001 says of each (H7.3), and nothing more."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.constants import Funding, PurchasingModel

SOURCE = "001, H7.3"


@dataclass(frozen=True)
class Model:
    """A way of buying: how many providers get a contract, and what speaks for and against it."""

    kind: PurchasingModel
    name: str
    features: str
    providers: str
    pros: tuple[str, ...]
    cons: tuple[str, ...]


MODELS = (
    Model(
        PurchasingModel.TENDER,
        "Openbare of Europese aanbesteding",
        "De gemeente bepaalt waarop zij kiest. Het contract volgt uit de offerte.",
        "verschilt",
        ("Het proces is open en te volgen.", "Elke aanbieder kan inschrijven."),
        (
            "Er is geen gesprek.",
            "Het proces is formeel.",
            "Kiezen op de laagste prijs mag niet (Wmo 2015).",
        ),
    ),
    Model(
        PurchasingModel.ZEELAND,
        "Zeeuws model",
        "De gemeente stelt het tarief en de minimale kwaliteit. Wie daaraan voldoet, krijgt een "
        "raamovereenkomst.",
        "veel",
        (
            "Cliënten kunnen kiezen.",
            "Aanbieders concurreren op kwaliteit nadat zij een contract hebben.",
        ),
        ("Minder geschikt voor complexe ondersteuning.",),
    ),
    Model(
        PurchasingModel.ADMINISTRATIVE,
        "Bestuurlijk aanbesteden",
        "Gemeente en aanbieders onderhandelen over prijs en kwaliteit. Zij sluiten een convenant; "
        "anderen kunnen later meedoen.",
        "veel",
        (
            "Aanbieders zijn sterk betrokken.",
            "Cliënten kunnen kiezen.",
            "Aanbieders concurreren op kwaliteit.",
        ),
        ("Het kost veel tijd.", "Veel aanbieders maken het beheer van contracten lastig."),
    ),
    Model(
        PurchasingModel.DIALOGUE,
        "Dialoogmodel",
        "Eerst onderhandelen, daarna een contract met een paar gekozen aanbieders.",
        "beperkt",
        ("Aanbieders zijn sterk betrokken.", "Geschikt voor complexe ondersteuning."),
        (
            "Het kost veel tijd.",
            "Na het contract is er geen concurrentie meer.",
            "Cliënten kunnen minder kiezen.",
        ),
    ),
    Model(
        PurchasingModel.DIRECTOR,
        "Regisseursmodel",
        "Een raamcontract met iedereen die voldoet. Een regisseur wijst per cliënt een aanbieder "
        "aan, op vaste criteria.",
        "veel in het raamcontract, weinig per cliënt",
        (
            "Aanbieders concurreren op prijs en kwaliteit.",
            "Het prikkelt om te vernieuwen.",
            "Elke cliënt krijgt maatwerk.",
        ),
        (
            "De uitvoering kost veel tijd.",
            "Cliënten kunnen minder kiezen.",
            "Het hangt af van hoe goed de regisseur is.",
        ),
    ),
    Model(
        PurchasingModel.PERFORMANCE,
        "Prestatie-inkoop",
        "De gemeente bepaalt de kwaliteit en het budget. Aanbieders maken een plan van aanpak; één "
        "wordt gekozen.",
        "één",
        ("Wat de aanbieder weet en kan, is leidend.",),
        ("Cliënten kunnen niet kiezen.",),
    ),
)

CONSIDERATIONS = (
    "Hoeveel gesprek wilt u met aanbieders over de eisen? Bij gedeelde doelen past meer gesprek.",
    "Weinig aanbieders zijn makkelijker te beheren. Veel aanbieders geven cliënten meer keuze.",
    "Wilt u via inkoop vernieuwing stimuleren?",
    "Kunnen kleine aanbieders ook meedoen? Bestuurlijk aanbesteden en het regisseursmodel spreken "
    "hen aan; bij het dialoogmodel staan zij op achterstand.",
)


@dataclass(frozen=True)
class Payment:
    """A way of paying, and what the source says for and against it."""

    kind: Funding
    name: str
    features: str
    pros: tuple[str, ...]
    cons: tuple[str, ...]
    source: str = SOURCE


PAYMENTS = (
    Payment(
        Funding.PRICE_TIMES_QUANTITY,
        "Prijs maal hoeveelheid (P×Q)",
        "Uren worden opgeteld en betaald tegen een afgesproken prijs. Vrijwel alle "
        "Friese gemeenten doen dit.",
        ("Duidelijk voor aanbieders: wat zij mogen leveren en declareren.",),
        (
            "Partijen praten over geld en verliezen de doelen uit het oog (000, H6.7).",
            "Betalen per uur geeft meer uren (002, H2).",
        ),
    ),
    Payment(
        Funding.RESULT,
        "Op resultaat",
        "Een vergoeding voor het resultaat per cliënt. De aanbieder bepaalt hoeveel uren nodig "
        "zijn en hoe.",
        ("Aanbieders kunnen flexibeler ondersteunen.",),
        (
            "Concrete afspraken over resultaten zijn moeilijk te maken.",
            "Aanbieders vrezen een dubbele boekhouding: ook de uren.",
            "Volgens de rechter moet in de beschikking staan hoeveel hulp iemand krijgt.",
        ),
    ),
    Payment(
        Funding.POPULATION,
        "Per inwoner of per wijk (populatie)",
        "Een vergoeding voor het resultaat van een hele groep, zoals een wijk, binnen een "
        "totaalprijs.",
        ("De aanbieder bepaalt zelf hoe de uren worden ingezet.",),
        ("Aanbieders vinden dit niet klantvriendelijk: er is maar één aanbieder.",),
    ),
    Payment(
        Funding.LUMP_SUM,
        "Vast bedrag (lumpsum)",
        "Eén bedrag voor de hele opdracht. In Zoetermeer werd welzijn zo betaald.",
        (),
        ("Het uurtarief was hoger dan bij vergelijkbare zorg die per uur werd betaald.",),
        "002, bijlage 1",
    ),
)
