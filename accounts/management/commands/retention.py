"""List what is past its retention term, and close it after a typed confirmation."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from accounts.retention import Line, close, report

WORD = "opruimen"


class Command(BaseCommand):
    help = (
        "Toont wat voorbij zijn bewaartermijn is. Na het typen van het woord "
        f"‘{WORD}’ wordt het opgeruimd: verwijderd, of zonder naam bewaard. Wat de wet of een "
        "besluit bewaart, blijft staan."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--yes", action="store_true", help="niet vragen, meteen opruimen")
        parser.add_argument("--list", action="store_true", help="alleen tonen")

    def handle(self, *args: Any, **options: Any) -> None:
        lines = report()
        for line in lines:
            self.stdout.write(_told(line))
        due = [line for line in lines if line.is_due]
        if not due:
            self.stdout.write("Er is niets op te ruimen.")
            return
        if options["list"]:
            return
        if not options["yes"] and not self._confirmed():
            self.stdout.write("Er is niets gewijzigd.")
            return
        for line in lines:
            # Also what was not past its term before: a file of a draft that goes, say.
            if count := close(line.kind, user=None):
                self.stdout.write(f"{line.kind.label}: {count} opgeruimd.")

    def _confirmed(self) -> bool:
        try:
            return input(f"Dit is niet terug te draaien. Typ {WORD} om door te gaan: ") == WORD
        except EOFError:  # nobody is there to type
            return False


def _told(line: Line) -> str:
    kind, found = line.kind, line.found
    head = f"{kind.label} ({kind.term} na {kind.starts}): {found.number} voorbij de termijn"
    oldest = f", de oudste van {found.oldest:%d-%m-%Y}" if found.oldest else ""
    return f"{head}{oldest}; {kind.deed}."
