from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.values import format_number
from demo.loading.everything import DATA, OtherData, load_everything
from demo.loading.reader import DataFileError


class Command(BaseCommand):
    help = (
        "Zet de demonstratie (gemeente Kaag en Braassem) in een lege database. Een tweede keer "
        "verandert niets. Staan er andere gegevens in de database, dan gebeurt er niets."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--data",
            type=Path,
            default=DATA,
            metavar="MAP",
            help="map met de gegevensbestanden (standaard: die van de demonstratie)",
        )

    def handle(self, *args: Any, data: Path, **options: Any) -> None:
        try:
            loaded = load_everything(data)
        except DataFileError as problem:
            raise CommandError(f"{problem} Er is niets geladen.") from problem
        except OtherData as problem:
            raise CommandError(
                "In deze database staan andere gegevens dan de demonstratie. Er is niets "
                "veranderd. Gebruik een lege database voor de demonstratie."
            ) from problem
        if loaded is None:
            self.stdout.write("De demonstratie was al geladen. Er is niets veranderd.")
            return
        self.stdout.write("De demonstratie is geladen:")
        for name, number in loaded.items():
            self.stdout.write(f"  {format_number(number):>6}  {name}")
