from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.child import ChildFailed
from core.jobs import JobFailed
from monitor.constants import DocumentVariant, MonitorKind
from monitor.documents import build_bytes
from monitor.models import Monitor, Snapshot
from monitor.snapshots import DamagedSnapshot

KINDS = {"jaar": MonitorKind.ANNUAL, "halfjaar": MonitorKind.HALF_YEAR}


class Command(BaseCommand):
    help = (
        "Maakt het raadsdocument (PDF) van een monitor die aan de raad is aangeboden, uit de "
        "nieuwste vastgestelde versie. Er hoeft geen werker te draaien."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int, metavar="JAAR", help="het jaar van de monitor")
        parser.add_argument(
            "--kind", choices=KINDS, default="jaar", help="jaar (standaard) of halfjaar"
        )
        parser.add_argument(
            "--output", type=Path, required=True, metavar="BESTAND", help="waar de PDF komt"
        )
        parser.add_argument(
            "--variant",
            choices=DocumentVariant.values,
            default=DocumentVariant.FULL.value,
            help="omslag: full (vol, standaard) of lean (zuinig met inkt)",
        )

    def handle(
        self, *args: Any, year: int, kind: str, output: Path, variant: str, **options: Any
    ) -> None:
        snapshot = _snapshot(year, KINDS[kind])
        if output.is_dir():
            raise CommandError(f"{output} is een map. Noem een bestand.")
        try:
            # Beside its destination, so that the last step is a rename: all of the file, or none.
            handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
        except OSError as problem:
            raise CommandError(_unwritable(output, problem)) from problem
        draft = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(build_bytes(snapshot, variant))
            draft.chmod(0o644)
            draft.replace(output)
        except OSError as problem:
            raise CommandError(_unwritable(output, problem)) from problem
        except (DamagedSnapshot, JobFailed) as problem:
            raise CommandError(f"{problem} Er is geen document gemaakt.") from problem
        except ChildFailed as problem:
            raise CommandError(f"Het document kon niet worden gemaakt. {problem}") from problem
        finally:
            draft.unlink(missing_ok=True)
        size = output.stat().st_size // 1024
        self.stdout.write(f"{snapshot} staat in {output} ({size} kB).")


def _unwritable(output: Path, problem: OSError) -> str:
    return f"In {output} kan niet worden geschreven ({problem.strerror}). Er is niets gemaakt."


def _snapshot(year: int, kind: MonitorKind) -> Snapshot:
    snapshot = Snapshot.objects.of_published(year, kind).newest_first().first()
    if snapshot is not None:
        return snapshot
    word = "halfjaarmonitor" if kind == MonitorKind.HALF_YEAR else "monitor"
    monitor = Monitor.objects.filter(year=year, kind=kind).first()
    if monitor is not None:
        raise CommandError(
            f"De {word} over {year} is nog niet aan de raad aangeboden (stand: "
            f"{monitor.get_status_display()}). Er is geen document gemaakt."
        )
    years = ", ".join(
        str(held.year) for held in Monitor.objects.published().filter(kind=kind).order_by("year")
    )
    there = f"Wel over: {years}." if years else "Er is nog geen enkele aangeboden."
    raise CommandError(f"Er is geen {word} over {year}. {there}")
