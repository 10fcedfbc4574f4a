"""Entering the workbook of an agenda, row by row, through the forms and actions of the screens.

``enter`` writes. A preview is what it answers in a transaction that is rolled back: so a preview
cannot say anything else than what confirming it does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict

from accounts.history import Part
from accounts.models import User
from agenda.actions.locks import NotEditable
from agenda.actions.undoing import remember, snapshot, step_aside
from agenda.actions.writing import drop_part, write_part
from agenda.changes import of_version
from agenda.contents import within
from agenda.edit_forms import PartForm
from agenda.models import AgendaVersion, Goal, Measure, Theme
from agenda.parts import PARTS
from agenda.sheets.changes import Difference, Missing, Outcome, RowChange
from agenda.sheets.columns import Column
from agenda.sheets.coming import expect
from agenda.sheets.layouts import (
    GOALS,
    INDICATOR_COLUMNS,
    INDICATORS,
    KEY,
    SHEETS,
    TASKS,
    UNKNOWN_KEY,
    Sheet,
)
from agenda.sheets.looking import MOST_LOOKED_AT, cells_by_themselves, further_problems
from agenda.sheets.names import Blocked, Names
from agenda.sheets.order import depth, depth_told
from agenda.sheets.passports import enter_passports
from agenda.sheets.posting import as_posted, form_problems, lay_cells
from agenda.sheets.targets import TargetCell, target_cells
from agenda.tree_forms import ContributionsForm
from core.uploaded_tables.reading import Problem, Row, Tables, folded
from core.wording import Told

MOVED = (
    "Wat er al is, verhuist hier niet. Laat het kenmerk leeg om het op de nieuwe plaats toe te "
    "voegen, en haal het op de oude plaats weg."
)
APART = "Maak er één anders, of haal er één weg."
MOST_CHANGES = 500  # in one go: nobody else can write while they are entered
TOO_MUCH = (
    f"Er kunnen {MOST_CHANGES} wijzigingen in één keer. Deel het bestand op: lees eerst de thema’s "
    "en doelen in, en daarna de rest."
)


@dataclass
class Entry:
    """A row of the file with the row that is there, if any, and what that says now."""

    row: Row
    held: models.Model | None
    texts: Mapping[str, str]


class TooMuch(Exception):
    """The file changes more than fits in one go."""


class Entering:
    """One file being entered in one version of an agenda; see ``enter``."""

    def __init__(self, version: AgendaVersion, tables: Tables, user: User) -> None:
        self.version, self.tables, self.user = version, tables, user
        self.outcome = Outcome()
        self.names = Names(version)
        self.before: dict[str, dict[str, Any]] = {}
        self.written: dict[str, models.Model] = {}
        self.entered: list[tuple[Entry, Goal]] = []  # goals, for what they contribute to
        self.room = MOST_LOOKED_AT
        #: What each row said before anything of the file was entered.
        self.stood: dict[str, Mapping[str, str]] = {}
        #: Of rows that made room for another: the number they got, and the one they had.
        self.aside: dict[str, tuple[Any, Any]] = {}
        expect(self.names, tables)

    # -- the whole ---------------------------------------------------------------------------------
    def run(self, gone: Iterable[str]) -> Outcome:
        try:
            self._enter_all()
        except TooMuch:
            self._wrong([Problem("Het bestand", TOO_MUCH)])
        if not self.outcome.problems:
            self._remove(set(gone))
        return self.outcome

    def _enter_all(self) -> None:
        for sheet in SHEETS:
            if sheet.name in self.tables.rows:
                rows = sheet.rows(self.version)
                self.stood |= {sheet.key(row): sheet.texts(row, self.names) for row in rows}
        if INDICATORS in self.tables.rows:
            self._passports()
        for sheet in SHEETS:
            if sheet.name in self.tables.rows:
                self._sheet(sheet)
        self._contributions()

    def _passports(self) -> None:
        """New passports are made; one that is there is compared, and not changed."""
        rows = [
            row
            for row in self.tables.rows[INDICATORS]
            if not self.tables.is_unread(row, KEY, "Naam")
        ]
        found = enter_passports(rows, self.version, self.names, user=self.user)
        self._wrong(found.problems)
        for row, name in found.made:
            columns = [column for column in INDICATOR_COLUMNS if row.texts.get(column.heading)]
            self._note(INDICATORS, Entry(row, None, {}), name, columns)
        self.outcome.unchanged[INDICATORS] += found.unchanged

    def _wrong(self, problems: Iterable[Problem]) -> None:
        new = list(problems)
        if new:  # each is told once
            self.outcome.problems = list(dict.fromkeys([*self.outcome.problems, *new]))

    # -- a sheet -----------------------------------------------------------------------------------
    def _sheet(self, sheet: Sheet) -> None:
        pending = self._entries(sheet)
        while pending:
            again: list[Entry] = []
            found: list[Problem] = []
            waiting: list[Entry] = []
            for entry in pending:
                problems, waits = self._enter(sheet, entry)
                if problems or waits:
                    again.append(entry)
                    found += problems
                    waiting += [entry] if waits and not problems else []
            if len(again) == len(pending) and not self._make_room(sheet, again):
                # What is left cannot be entered in any order.
                if not found and not self.outcome.problems and not self.tables.problems:
                    found = [self._knot(entry) for entry in waiting]
                looked, self.room = again[: self.room], max(0, self.room - len(again))
                found += [problem for entry in looked for problem in self._further(sheet, entry)]
                self._wrong(found)
                return
            pending = again

    def _further(self, sheet: Sheet, entry: Entry) -> list[Problem]:
        """What is wrong with the rest of a row that cannot be entered."""
        changed, headings = self._changed(sheet, entry), self.tables.headings[sheet.name]
        return further_problems(
            sheet, entry.row, changed, entry.held, self.version, self.names, headings
        )

    def _make_room(self, sheet: Sheet, pending: list[Entry]) -> bool:
        """Of rows that take each other's number none can go first: take theirs from them for now.

        Whether there was one that still had its own.
        """
        found = False
        for entry in pending:
            held = entry.held
            if held is None or not any(
                column.heading in sheet.by for column in self._changed(sheet, entry)
            ):
                continue
            key = sheet.key(held)
            if key in self.aside:
                continue
            taken = snapshot(type(held)._base_manager.filter(pk=held.pk))
            given = step_aside(type(held), held.pk, len(self.aside) + 1)
            if "number" in given:
                self.before.setdefault(key, taken[0])
                self.aside[key] = given["number"], taken[0]["fields"]["number"]
                found = True
        return found

    def _describe(self, row: models.Model) -> tuple[Part, Told]:
        """What the history tells of ``row``: that it made room for another is no part of it."""
        for key, (given, had) in self.aside.items():
            if key.partition("-")[2] == str(row.pk) and getattr(row, "number", None) == given:
                row.number = had  # type: ignore[attr-defined]
        return of_version(self.version)(row)

    def _knot(self, entry: Entry) -> Problem:
        text = "Deze rij verwijst naar een rij die niet in te lezen is. Herstel die eerst."
        return entry.row.problem("", text)

    def _entries(self, sheet: Sheet) -> list[Entry]:
        """The rows of the file, each with the row that it is about. What is there and not in the
        file is noted as missing."""
        held = {sheet.key(row): row for row in sheet.rows(self.version)}
        texts = {key: sheet.texts(row, self.names) for key, row in held.items()}
        by = {self._told_by(sheet, told): key for key, told in reversed(texts.items())}
        taken: dict[str, Row] = {}
        told: dict[tuple[str, ...], Row] = {}
        entries: list[Entry] = []
        for row in self.tables.rows[sheet.name]:
            given, own = folded(row.texts.get(KEY, "")), self._told_by(sheet, row.texts)
            key = given or by.get(own, "")
            if self.tables.is_unread(row, KEY, *sheet.by, *sheet.under):
                taken |= {key: row} if key else {}  # which row it is, is not to be read
            elif given and given not in held:
                self._wrong([row.problem(KEY, UNKNOWN_KEY)])
            elif key in taken:
                first = taken[key].number
                text = f"Dit gaat over hetzelfde als rij {first}. {APART}"
                self._wrong([row.problem(KEY if given else sheet.by[0], text)])
            elif not given and own in told:
                first, by_words = told[own].number, " en ".join(sheet.by)
                text = f"Deze rij heeft hetzelfde bij {by_words} als rij {first}. {APART}"
                self._wrong([row.problem(sheet.by[0], text)])
            else:
                if key:
                    taken[key] = row
                told[own] = row
                entries.append(Entry(row, held.get(key), texts.get(key, {})))
        kept = {entry.row.number for entry in entries}
        aside = [row for row in self.tables.rows[sheet.name] if row.number not in kept]
        self._wrong(cells_by_themselves(sheet, aside, self.names))
        self.outcome.missing += [
            Missing(key, sheet.name, _called(row)) for key, row in held.items() if key not in taken
        ]
        return entries

    def _told_by(self, sheet: Sheet, texts: Mapping[str, str]) -> tuple[str, ...]:
        plain = {column.heading: column.plain for column in sheet.columns}
        return tuple(folded(plain[heading](texts.get(heading, ""))) for heading in sheet.by)

    # -- a row -------------------------------------------------------------------------------------
    def _enter(self, sheet: Sheet, entry: Entry) -> tuple[list[Problem], bool]:
        """Enter one row; what is wrong with it, and whether it waits for another."""
        row, held = entry.row, entry.held
        changed = self._changed(sheet, entry)
        moved = [column for column in changed if column.heading in sheet.under]
        if held is not None and moved:
            return [row.problem(moved[0].heading, MOVED)], False
        try:
            parent = sheet.parent(row.texts, self.names) if sheet.parent and held is None else None
        except Blocked:
            return [], True
        except ValidationError as error:
            return [row.problem(sheet.under[0], text) for text in error.messages], False
        if held is not None and not changed:
            self.outcome.unchanged[sheet.name] += 1
            saved: models.Model | None = held
        else:
            form = sheet.form(instance=held, version=self.version, parent=parent)
            data = as_posted(form)
            problems, waits = lay_cells(data, row, changed, self.names)
            if problems or waits:
                return problems, waits
            saved, problems = self._save(sheet, entry, data, parent, changed)
            if saved is None:
                return problems, False
        return self._after(sheet, entry, saved), False

    def _changed(self, sheet: Sheet, entry: Entry) -> list[Column]:
        """The columns in which the row of the file says something else than what is there.

        A name that the row had before anything was entered is no change: a goal got another number
        in this file, and what refers to it still says the number of before.
        """
        held, texts = entry.held, entry.row.texts
        if held is None:  # what a new row does not say is as an empty form has it
            return [column for column in sheet.columns if texts.get(column.heading)]
        says = (entry.texts, self.stood.get(sheet.key(held), entry.texts))
        return [
            column
            for column in sheet.columns
            if (text := texts.get(column.heading)) is not None
            and all(column.differs(told[column.heading], text) for told in says)
        ]

    def _save(
        self,
        sheet: Sheet,
        entry: Entry,
        data: QueryDict,
        parent: models.Model | None,
        changed: list[Column],
    ) -> tuple[models.Model | None, list[Problem]]:
        if sheet.finish is not None:
            sheet.finish(data)
        form = sheet.form(data, instance=entry.held, version=self.version, parent=parent)
        if not form.is_valid():
            return None, form_problems(form, entry.row, sheet.columns)
        saved, texts = self._write(form, sheet.word)
        if saved is None:
            return None, [entry.row.problem("", text) for text in texts]
        self._note(sheet.name, entry, _called(saved), changed)
        if isinstance(saved, Theme):
            self.names.read_themes()
            self.names.read_goals()
        elif sheet is TASKS:
            self.names.read_tasks()
        return saved, []

    def _write(self, form: PartForm, word: str) -> tuple[models.Model | None, list[str]]:
        """Write a valid form; the row, or why not."""
        if len(self.outcome.changes) >= MOST_CHANGES:
            raise TooMuch
        held = form.instance.pk
        taken = snapshot(form._meta.model._base_manager.filter(pk=held)) if held else []
        try:
            saved = write_part(form, self.version, user=self.user, describe=self._describe)
        except NotEditable as error:
            return None, error.messages
        if saved is None:
            return None, ["Iemand anders wijzigde dit tegelijk. Lees het bestand opnieuw in."]
        key = f"{word}-{saved.pk}"
        if taken and key not in self.written:
            self.before.setdefault(key, taken[0])
        self.written[key] = saved
        return saved, []

    def _note(self, sheet: str, entry: Entry, name: str, changed: Iterable[Column]) -> None:
        texts = entry.row.texts
        differences = tuple(
            Difference(column.heading, entry.texts.get(column.heading, ""), texts[column.heading])
            for column in changed
            if texts[column.heading] or entry.held is not None
        )
        self.outcome.changes.append(
            RowChange(sheet, entry.row.place(), name, entry.held is None, differences)
        )

    def _after(self, sheet: Sheet, entry: Entry, saved: models.Model | None) -> list[Problem]:
        """What hangs on a row that was entered."""
        if isinstance(saved, Goal):
            self.entered.append((entry, saved))
            self.names.read_goals()
        elif isinstance(saved, Measure):
            self._wrong(self._targets(entry, saved))
        return []

    # -- targets -----------------------------------------------------------------------------------
    def _targets(self, entry: Entry, measure: Measure) -> list[Problem]:
        problems: list[Problem] = []
        headings = self.tables.headings[entry.row.sheet or "Metingen"]
        for cell in target_cells(measure, entry.row, headings, problems):
            if cell.is_gone and cell.held is not None:
                name = f"{cell.heading} van ‘{measure}’"
                self.outcome.missing.append(
                    Missing(f"streefwaarde-{cell.held.pk}", "Metingen", name)
                )
            elif cell.differs:
                problems += self._target(entry, measure, cell)
        return problems

    def _target(self, entry: Entry, measure: Measure, cell: TargetCell) -> list[Problem]:
        part, row = PARTS["streefwaarde"], entry.row
        form = part.form(instance=cell.held, version=self.version, parent=measure)
        data = as_posted(form)
        try:
            cell.lay_over(data)
        except ValidationError as error:
            return [row.problem(cell.heading, text) for text in error.messages]
        form = part.form(data, instance=cell.held, version=self.version, parent=measure)
        if not form.is_valid():
            return [
                row.problem(cell.heading, str(text))
                for errors in form.errors.values()
                for text in errors
            ]
        saved, texts = self._write(form, part.word)
        if saved is None:
            return [row.problem(cell.heading, text) for text in texts]
        difference = Difference(cell.heading, cell.before, cell.after)
        self.outcome.changes.append(
            RowChange(
                "Metingen",
                row.place(cell.heading),
                f"{cell.heading} van ‘{measure}’",
                cell.held is None,
                (difference,),
            )
        )
        return []

    # -- what goals contribute to ------------------------------------------------------------------
    def _contributions(self) -> None:
        """Once all goals are there, and their levels."""
        (column,) = GOALS.later
        for entry, goal in self.entered:
            if column.heading not in entry.row.texts:
                continue
            now, wanted = entry.texts.get(column.heading, ""), entry.row.texts[column.heading]
            if not column.differs(now, wanted):
                continue
            goal = Goal.objects.select_related("theme").get(pk=goal.pk)
            data = as_posted(ContributionsForm(instance=goal, version=self.version))
            problems, waits = lay_cells(data, entry.row, [column], self.names)
            if waits and not self.outcome.problems and not self.tables.problems:
                problems = [self._knot(entry)]
            if problems or waits:
                self._wrong(problems)
                continue
            form = ContributionsForm(data, instance=goal, version=self.version)
            if not form.is_valid():
                self._wrong(form_problems(form, entry.row, [column]))
                continue
            saved, texts = self._write(form, "doel")
            if saved is None:
                self._wrong(entry.row.problem(column.heading, text) for text in texts)
            elif entry.held is not None or wanted:
                self.outcome.changes.append(
                    RowChange(
                        GOALS.name,
                        entry.row.place(column.heading),
                        f"{column.heading}: {_called(goal)}",
                        False,
                        (Difference(column.heading, now, wanted),),
                    )
                )

    # -- what goes ---------------------------------------------------------------------------------
    def _remove(self, gone: set[str]) -> None:
        """Throw away what is missing in the file and was ticked; what hangs on it first."""
        ticked = [row for row in self.outcome.missing if row.key in gone]
        parts = []
        for missing in ticked:
            word, _, pk = missing.key.partition("-")
            model = PARTS[word].model
            row = model._base_manager.filter(within(self.version)[model], pk=int(pk)).first()
            if row is not None:
                parts.append((word, row, missing))
        parts.sort(key=lambda part: depth(part[0], part[1]), reverse=True)
        for word, row, missing in parts:
            key = f"{word}-{row.pk}"
            self.before[key] = snapshot([row])[0]
            self.written.pop(key, None)
            try:
                drop_part(row, self.version, user=self.user)
            except NotEditable as error:
                self._wrong(Problem(missing.name, text) for text in error.messages)
                return

    # -- one step to take back ---------------------------------------------------------------------
    def keep_step(self, label: str) -> None:
        """Keep all that was written as one step, which its writer can take back."""
        rows = [
            (word, row)
            for word, row in (
                (key.partition("-")[0], _now(row)) for key, row in self.written.items()
            )
        ]
        rows.sort(key=lambda part: depth(part[0], part[1]), reverse=True)
        before = sorted(self.before.items(), key=lambda item: depth_told(item[0], item[1]))
        remember(
            self.version,
            label,
            [taken for _, taken in before],
            [each for _, row in rows for each in snapshot([row])],
            user=self.user,
        )


def _now(row: models.Model) -> models.Model:
    return type(row)._base_manager.get(pk=row.pk)


def _called(row: models.Model) -> str:
    """A goal by its number too: a source may give no more than that."""
    return f"{row.number}. {row}" if isinstance(row, Goal) else str(row)


def enter(
    version: AgendaVersion, tables: Tables, *, gone: Iterable[str] = (), label: str, user: User
) -> Outcome:
    """Enter ``tables`` in ``version``, and throw away the missing rows named in ``gone``.

    Call it in a transaction, and roll that back when the outcome has problems.
    """
    entering = Entering(version, tables, user)
    outcome = entering.run(gone)
    if not outcome.problems:
        entering.keep_step(label)
    return outcome
