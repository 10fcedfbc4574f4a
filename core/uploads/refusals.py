"""Why a file may not come in, each in one sentence: what is wrong, and what to do about it.

The page for readers, ``docs/regels/bijlagen.md``, holds the same sentences; a test compares them.
"""

from __future__ import annotations

ALLOWED = "pdf, docx, xlsx, csv, txt, png of jpg"
MOST_PIXELS = 60_000_000

SENTENCES = {
    "kind": f"Dit soort bestand kan niet mee; kies {ALLOWED}.",
    "only_pdf": "Hier kan alleen een pdf mee; sla het document op als pdf en kies dat bestand.",
    "other": "Dit bestand heet {said}, maar de inhoud is {told}; sla het opnieuw op als {said}.",
    "size": "Dit bestand is {size} MB; verklein het of deel het op, want ten hoogste {most} MB kan "
    "mee.",
    "macros": "In dit bestand zitten macro’s; sla het op zonder macro’s, als docx of xlsx, en "
    "probeer het opnieuw.",
    "old_office": "Dit is een oud soort Word- of Excel-bestand; open het, sla het op als docx of "
    "xlsx en probeer het opnieuw.",
    "encrypted": "Dit bestand is beveiligd met een wachtwoord; sla het op zonder beveiliging en "
    "probeer het opnieuw.",
    "damaged": "Dit bestand is beschadigd of niet compleet; open het, sla het opnieuw op en "
    "probeer het nog eens.",
    "bomb": "Dit bestand wordt bij het openen veel te groot; haal afbeeldingen of bladen weg, of "
    "deel het op.",
    "nested": "In dit bestand zit een zip-bestand; haal het eruit en voeg de inhoud apart toe.",
    "object": "In dit bestand zit een ander bestand of programma; haal het eruit en voeg het zo "
    "nodig apart toe.",
    "outside": "Dit bestand haalt bij het openen iets van buiten op; verbreek de koppelingen, of "
    "maak er een pdf van.",
    "markup": "In dit bestand staan opdrachten die er niet horen; open het in Word of Excel, sla "
    "het opnieuw op en probeer het nog eens.",
    "script": "In deze pdf zit een programma of een slim formulier; maak er een gewone pdf van met "
    "‘Afdrukken naar pdf’.",
    "embedded": "In deze pdf zitten andere bestanden; haal die eruit en voeg ze zo nodig apart "
    "toe.",
    "launch": "Deze pdf kan een programma of een andere plek openen; maak er een gewone pdf "
    "van met ‘Afdrukken naar pdf’.",
    "pixels": "Deze afbeelding heeft meer dan 60 miljoen beeldpunten; verklein haar en probeer het "
    "opnieuw.",
    "hard": "Dit bestand is te ingewikkeld om na te kijken; maak het eenvoudiger of deel het op.",
    "busy": "Wij kijken nu te veel bestanden tegelijk na; probeer het over een minuut opnieuw.",
    "virus": "De virusscanner vond iets gevaarlijks in dit bestand; voeg het niet toe en vraag uw "
    "systeembeheerder om hulp.",
    "scanner": "De virusscanner antwoordt nu niet; probeer het later opnieuw.",
}


class Refused(Exception):
    """A file may not come in; the message is one Dutch sentence for who sent it."""

    def __init__(self, code: str, **words: object) -> None:
        self.code, self.words = code, words
        self.code, self.words = code, words
        super().__init__(SENTENCES[code].format(**words))
