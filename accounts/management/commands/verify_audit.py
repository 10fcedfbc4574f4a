"""Hold the whole audit trail against its chain and its anchors."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.trail import verify


class Command(BaseCommand):
    help = (
        "Controleert het logboek: of een regel is gewijzigd of weg is, en of het einde er nog is. "
        "Eindigt met een fout zodra er iets niet klopt."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = verify()
        if found.problems:
            raise CommandError("Het logboek klopt niet.\n" + "\n".join(found.problems))
        cut = f" Regels tot en met {found.cut} zijn na hun termijn verwijderd." if found.cut else ""
        since = f" (de oudste bij regel {found.since})" if found.since else ""
        self.stdout.write(
            f"Het logboek klopt: {found.entries} regels in de keten, {found.anchors} keer "
            f"vastgelegd{since}, {found.unlinked} onderweg naar de keten.{cut}"
        )
