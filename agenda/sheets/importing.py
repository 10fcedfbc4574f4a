"""Handing in a file, looking over what it would change, and confirming that: all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agenda.actions.locks import NotEditable, lock_version
from agenda.constants import ImportKind
from agenda.models import AgendaVersion, Indicator, TableImport
from agenda.sheets.changes import Outcome
from agenda.sheets.entering import enter
from agenda.sheets.layouts import EXAMPLE, LAYOUTS
from agenda.sheets.values import enter_values, state_of_values, values_layout
from agenda.sheets.workbook import EXPLANATION, state_of
from core.sheets import CHOICES
from core.uploaded_tables.field import UploadedTable
from core.uploaded_tables.reading import Layout, Problem, Tables, tables_in

EXPIRED = (
    "Dit voorstel is verlopen: het bleef een dag staan. Er is niets gewijzigd. Lees het bestand "
    "opnieuw in."
)


class NotReadable(Exception):
    """A file cannot be taken in; ``problems`` says what is wrong, and where."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(f"{len(problems)} problems")


class Outdated(Exception):
    """What the preview rested on was changed since. There is a new one; nothing was done."""


class AlreadyDone(Exception):
    """The file was taken in before: a second click."""


@dataclass(frozen=True)
class Reader:
    """How files of one kind are read: ``tables`` makes rows of what was handed in, ``state`` hashes
    what the preview rests on, and ``enter`` writes the rows; call the last two in a transaction.

    ``enter`` also throws away the rows whose keys it gets.
    """

    tables: Callable[[TableImport], Tables]
    state: Callable[[TableImport, Tables], str]
    enter: Callable[[TableImport, Tables, Iterable[str]], Outcome]


# -- handing in ------------------------------------------------------------------------------------
def hand_in_agenda(version: AgendaVersion, table: UploadedTable, *, user: User) -> TableImport:
    """Keep a file and what it would change. Raises ``NotReadable`` and ``NotEditable``."""
    held = TableImport(kind=ImportKind.AGENDA, version=version, actor=user)
    return hand_in(held, table, AGENDA)


def hand_in_values(indicator: Indicator | None, table: UploadedTable, *, user: User) -> TableImport:
    """Keep a file and which values it would write. Raises ``NotReadable``."""
    held = TableImport(kind=ImportKind.VALUES, indicator=indicator, actor=user)
    return hand_in(held, table, VALUES)


def hand_in(held: TableImport, table: UploadedTable, reader: Reader) -> TableImport:
    """Keep ``table`` as ``held``, and what it would change. Raises ``NotReadable``."""
    held.tables = table.sheets
    outcome = _look_over(held, reader)
    if outcome.problems:
        raise NotReadable(outcome.problems)
    sweep()
    held.file_name, held.sha256 = table.name[:255], table.sha256
    held.save()
    return held


def sweep() -> int:
    """Let go of files that nobody confirmed within a day; how many. Beat asks it every hour."""
    return TableImport.objects.expired().delete()[0]


def _look_over(held: TableImport, reader: Reader) -> Outcome:
    """What the file would do now; puts that, and on what it rests, on ``held``. Writes nothing."""
    tables = reader.tables(held)
    if tables.formless and not any(tables.rows.values()):
        return Outcome(problems=tables.problems)
    with transaction.atomic():
        held.rests_on = reader.state(held, tables)
        outcome = reader.enter(held, tables, ())
        transaction.set_rollback(True)
    # A cell or sheet that was not read is told of once; the rest is looked over all the same.
    further = [problem for problem in outcome.problems if problem.place not in tables.unread]
    outcome.problems = [*tables.problems, *further]
    held.preview = outcome.as_json()
    return outcome


# -- an agenda, and values -------------------------------------------------------------------------
def _version(held: TableImport) -> AgendaVersion:
    return cast(AgendaVersion, held.version)  # the database keeps none of this kind without


def _agenda_tables(held: TableImport) -> Tables:
    return tables_in(held.tables, LAYOUTS, ignored=(EXPLANATION, CHOICES), marked=EXAMPLE)


def _agenda_state(held: TableImport, tables: Tables) -> str:
    return state_of(lock_version(_version(held)))


def _enter_agenda(held: TableImport, tables: Tables, gone: Iterable[str]) -> Outcome:
    label = f"Ingelezen uit ‘{held.file_name}’"
    return enter(_version(held), tables, gone=gone, label=label, user=held.actor)


def _values_tables(held: TableImport) -> Tables:
    return one_sheet(held, values_layout(held.indicator))


def one_sheet(held: TableImport, layout: Layout) -> Tables:
    """The rows of a file that holds one table."""
    return tables_in(held.tables, [layout], ignored=(EXPLANATION, CHOICES), marked=EXAMPLE)


def _values_state(held: TableImport, tables: Tables) -> str:
    return state_of_values(tables, held.indicator)


def _enter_values(held: TableImport, tables: Tables, gone: Iterable[str]) -> Outcome:
    return enter_values(tables, held.indicator, user=held.actor)


AGENDA = Reader(_agenda_tables, _agenda_state, _enter_agenda)
VALUES = Reader(_values_tables, _values_state, _enter_values)


# -- confirming ------------------------------------------------------------------------------------
def confirm(held: TableImport, reader: Reader, *, gone: Iterable[str] = ()) -> dict[str, Any]:
    """Take the file in, whole, and throw away the rows named in ``gone``; what was done, counted.

    Raises ``AlreadyDone`` for a second click, ``Outdated`` when what the preview rested on changed
    (there is a new preview then), ``NotReadable`` and ``NotEditable``. Nothing is written then.
    """
    with transaction.atomic():
        row = TableImport.objects.select_for_update().get(pk=held.pk)
        if row.applied_at is not None:
            raise AlreadyDone
        if not row.is_waiting:
            raise NotEditable(EXPIRED)
        tables = reader.tables(row)
        is_current = reader.state(row, tables) == row.rests_on
        if is_current:
            outcome = reader.enter(row, tables, gone)
            if outcome.problems:
                transaction.set_rollback(True)
            else:
                row.applied_at, row.tables, row.preview = timezone.now(), [], counted(outcome)
                row.save(update_fields=["applied_at", "tables", "preview"])
    if not is_current:
        outcome = _look_over(row, reader)
        if not outcome.problems:
            row.save(update_fields=["preview", "rests_on"])
            raise Outdated
    if outcome.problems:
        raise NotReadable(outcome.problems)
    return counted(outcome)


def counted(outcome: Outcome) -> dict[str, int]:
    new = sum(change.is_new for change in outcome.changes)
    return {"new": new, "changed": len(outcome.changes) - new}
