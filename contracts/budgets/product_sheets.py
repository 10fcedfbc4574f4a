"""Rows of a table of products, and rates, from a file: by the forms and actions of the screens.

A file is looked over, shown and confirmed as any other (``agenda.sheets.importing``): all or
nothing. What may not be in it cannot be: there is no heading for anything about one client.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict

from accounts.models import User
from agenda.models import Municipality, Source, TableImport
from agenda.sheets.changes import Difference, Missing, Outcome, RowChange
from agenda.sheets.columns import Column, refers, value_cell, words
from agenda.sheets.importing import Reader, one_sheet
from agenda.sheets.posting import as_posted, form_problems, lay_over
from agenda.sheets.values import NO_NAMES
from contracts.actions import products as actions
from contracts.actions.locks import NotEditable
from contracts.budgets.amounts import in_digits
from contracts.budgets.product_forms import (
    HOLDS,
    MOST_ROWS,
    NAMED,
    ProductRowForm,
    RateField,
    RateForm,
)
from contracts.constants import ProductTableKind
from contracts.models import ProductRow, ProductTable, Rate
from core.edits import RevisedForm
from core.sheets import SheetContent, book_bytes
from core.tables import CellValue
from core.uploaded_tables.reading import Layout, Row, Tables, folded
from core.values import InvalidValue, Value, format_number, parse_number

ROWS, RATES = "Rijen", "Tarieven"
MEANWHILE = "Iemand anders wijzigde dit tegelijk. Lees het bestand opnieuw in."
Key = tuple[str, ...]


# -- columns ---------------------------------------------------------------------------------------
def _number(heading: str, field: str, *, sign: str = "", hint: str = "") -> Column:
    """A number, with ``sign`` behind it or not; an empty cell is not known."""

    def bare(text: str) -> str:
        return text.removesuffix(sign).strip() if sign else text.strip()

    def plain(text: str) -> str:
        try:
            return format_number(parse_number(in_digits(bare(text)).removeprefix("€").strip()))
        except InvalidValue:
            return text.strip()

    return Column(
        heading,
        field,
        show=lambda row, names: getattr(row, field),
        read=lambda text, names: {field: bare(text)},
        plain=plain,
        width=16,
        hint=hint,
    )


def columns_of(table: ProductTable) -> list[Column]:
    """The headings of a file with rows of ``table``, in order."""
    named = NAMED[ProductTableKind(table.kind)]
    every = {
        "name": words(named, "name", width=44),
        "provider": words("Aanbieder", "provider", width=30, hint="Leeg is alle aanbieders samen."),
        "count": _number("Aantal", "count", hint="Een totaal, nooit één cliënt."),
        "amount": _number("Bedrag", "amount", hint="In euro, in cijfers."),
        "percentage": _number("Percentage", "percentage", sign="%", hint="Zoals 83 of 83%."),
        "note": words("Opmerking", "note", width=40),
    }
    return [every[name] for name in HOLDS[table.kind]]


def _found(rows: models.QuerySet[Any], field: str, told: str) -> Callable[[str, Any], int]:
    """Finds a row by its name; ``told`` says what to do about one that is not there. One query."""
    known: dict[str, int] = {folded(getattr(row, field)): row.pk for row in rows}

    def find(text: str, names: Any) -> int:
        if folded(text) not in known:
            raise ValidationError(told.format(text))
        return known[folded(text)]

    return find


def rate_columns() -> list[Column]:
    """The headings of a file with rates, in order. Two queries."""
    place = _found(
        Municipality.objects.all(),
        "name",
        "De gemeente ‘{}’ kennen wij niet. Schrijf haar zoals bij Gemeenten, of zet haar er eerst "
        "bij.",
    )
    source = _found(
        Source.objects.all(),
        "title",
        "De bron ‘{}’ kennen wij niet. Laat de cel leeg voor eigen administratie, of schrijf de "
        "titel zoals op de bladzijde Bronnen.",
    )

    def plain(text: str) -> str:
        try:
            held = RateField().clean(text)
        except ValidationError:
            return text.strip()
        return held.typed() if isinstance(held, Value) else ""

    def cited(row: Rate, names: Any) -> str | None:
        return row.source.title if row.source else None

    return [
        refers("Gemeente", "municipality", lambda row, names: row.municipality.name, place),
        words("Waarvoor", "subject", width=34),
        words("Wanneer", "condition", width=30, hint="Alleen als het tarief niet altijd geldt."),
        Column(
            "Tarief",
            "value",
            show=lambda row, names: value_cell(row.value),
            read=lambda text, names: {"value": text},
            plain=plain,
            hint="Een bedrag, zoals 16,64; of een deel van het gewone tarief, zoals 95%.",
        ),
        refers("Bron", "source", cited, source, hint="Leeg is eigen administratie."),
        words("Vindplaats", "locator", width=30),
    ]  # fmt: skip


# -- entering --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Entering:
    """How rows of a sheet become rows of the database.

    ``keys`` are the headings that tell rows apart; ``held`` what is there by those; ``form`` makes
    the form of the screen, and ``save`` is its action.
    """

    sheet: str
    columns: Sequence[Column]
    keys: Sequence[str]
    held: dict[Key, Any]
    form: Callable[[QueryDict | None, Any], RevisedForm]
    save: Callable[..., bool]

    def key(self, row: Row) -> Key:
        return tuple(folded(row.texts.get(heading, "")) for heading in self.keys)

    def name(self, row: Row) -> str:
        return ", ".join(filter(None, (row.texts.get(heading, "") for heading in self.keys)))


def _by_key(rows: Iterable[Any], columns: Sequence[Column], keys: Sequence[str]) -> dict[Key, Any]:
    by_heading = {column.heading: column for column in columns}
    return {tuple(folded(by_heading[key].text(row, NO_NAMES)) for key in keys): row for row in rows}


def _enter(tables: Tables, how: Entering, *, user: User) -> Outcome:
    """Enter every row; call it in a transaction, and roll that back when there are problems."""
    outcome, told = Outcome(), dict[Key, int]()
    rows = tables.rows.get(how.sheet, [])
    for row in rows[MOST_ROWS:][:1]:
        text = f"Er passen {MOST_ROWS} rijen in één keer. Deel het bestand op."
        return Outcome(problems=[row.problem("", text)])
    for row in rows:
        if tables.is_unread(row, *(column.heading for column in how.columns)):
            continue
        key = how.key(row)
        if key in told:
            text = f"Dit staat ook in rij {told[key]}. Haal er één weg."
            outcome.problems.append(row.problem(how.keys[0], text))
            continue
        told[key] = row.number
        _enter_row(row, how, how.held.get(key), outcome, user)
    return outcome


def _enter_row(row: Row, how: Entering, held: Any, outcome: Outcome, user: User) -> None:
    # What tells rows apart stays as it is written where the row is there already.
    keys = how.keys if held is not None else ()
    columns = [
        each for each in how.columns if each.heading in row.texts and each.heading not in keys
    ]
    now = {each.heading: each.text(held, NO_NAMES) for each in columns} if held is not None else {}
    changed = [
        each
        for each in columns
        if held is None or each.differs(now[each.heading], row.texts[each.heading])
    ]
    if not changed:
        outcome.unchanged[how.sheet] += 1
        return
    data, wrong = as_posted(how.form(None, held)), []
    for column in columns:
        try:
            lay_over(data, column.read(row.texts[column.heading], NO_NAMES))
        except ValidationError as error:
            wrong += [row.problem(column.heading, text) for text in error.messages]
    form = how.form(data, held)
    told = {problem.place for problem in wrong}
    further = form_problems(form, row, how.columns) if not form.is_valid() else []
    wrong += [problem for problem in further if problem.place not in told]
    # What is said of a whole row that has a wrong cell, comes of that cell.
    of_cells = [problem for problem in wrong if problem.place != row.place()]
    wrong = of_cells or wrong
    if not wrong:
        try:
            wrong += [] if how.save(form, user=user) else [row.problem("", MEANWHILE)]
        except NotEditable as error:
            wrong.append(row.problem(how.keys[0], error.messages[0]))
    if wrong:
        outcome.problems += wrong
        return
    differences = tuple(
        Difference(each.heading, now.get(each.heading, ""), row.texts[each.heading])
        for each in changed
        if held is not None or (row.texts[each.heading] and each.heading not in how.keys)
    )
    change = RowChange(how.sheet, row.place(), how.name(row), held is None, differences)
    outcome.changes.append(change)


def _hash(told: list[Any]) -> str:
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


# -- rows of a table -------------------------------------------------------------------------------
def _keys(table: ProductTable) -> list[str]:
    return [each.heading for each in columns_of(table) if each.field in ("name", "provider")]


def rows_reader(table: ProductTable) -> Reader:
    """Reads files with rows of ``table``; rows that are not in the file may go when ticked."""

    def read(held: TableImport) -> Tables:
        columns = columns_of(table)
        needed = [columns[0].heading]
        if table.kind == ProductTableKind.COMBINATIONS:
            needed.append("Percentage")
        headings = [each.heading for each in columns]
        return one_sheet(held, Layout(ROWS, headings, required=needed))

    def state(held: TableImport, tables: Tables) -> str:
        now = actions.hold_table(table.pk)
        rows = ProductRow.objects.filter(table=table).order_by("pk")
        return _hash([now.revision, now.kind, *rows.values_list("pk", "revision")])

    def enter(held: TableImport, tables: Tables, gone: Iterable[str]) -> Outcome:
        columns, keys = columns_of(table), _keys(table)
        rows = list(table.rows.all())
        how = Entering(
            ROWS,
            columns,
            keys,
            _by_key(rows, columns, keys),
            lambda data, row: ProductRowForm(data, instance=row, table=table),
            actions.save_row,
        )
        outcome = _enter(tables, how, user=held.actor)
        told = {how.key(row) for row in tables.rows.get(ROWS, [])}
        absent = [row for key, row in how.held.items() if key not in told]
        outcome.missing = [Missing(str(row.pk), ROWS, str(row)) for row in absent]
        for row in absent:
            if str(row.pk) in set(gone):
                actions.remove_row(row, user=held.actor)
        return outcome

    return Reader(read, state, enter)


def rows_book(table: ProductTable) -> bytes:
    """A workbook to fill in, with the rows that are there. One query."""
    columns = columns_of(table)
    filled = [[each.show(row, NO_NAMES) for each in columns] for row in table.rows.all()]
    shown: dict[str, CellValue] = {
        "Aanbieder": "Stichting Voorbeeld",
        "Aantal": 120,
        "Bedrag": 45_000,
        "Percentage": 83,
        "Opmerking": "Deze rij telt niet mee.",
    }
    example = ["voorbeeld", *(shown.get(each.heading) for each in columns[1:])]
    return _book(ROWS, columns, filled, [] if filled else [example])


def _book(
    sheet: str,
    columns: Sequence[Column],
    rows: list[list[CellValue]],
    examples: list[list[CellValue]],
) -> bytes:
    hints = {number: each.hint for number, each in enumerate(columns) if each.hint}
    header, widths = [each.heading for each in columns], [each.width for each in columns]
    content = SheetContent(sheet, header, rows, widths, hints=hints, examples=examples, wraps=True)
    return book_bytes([content])


# -- rates -----------------------------------------------------------------------------------------
RATE_KEYS = ("Gemeente", "Waarvoor", "Wanneer")


def _rates() -> models.QuerySet[Rate]:
    return Rate.objects.select_related("municipality", "source").order_by("pk")


def _read_rates(held: TableImport) -> Tables:
    headings = [each.heading for each in rate_columns()]
    return one_sheet(held, Layout(RATES, headings, required=["Gemeente", "Waarvoor", "Tarief"]))


def _state_of_rates(held: TableImport, tables: Tables) -> str:
    # Held, in one order: nobody writes a rate between this and what is entered after it.
    rows = Rate.objects.select_for_update().order_by("pk")
    return _hash([[row.pk, row.revision] for row in rows])


def _enter_rates(held: TableImport, tables: Tables, gone: Iterable[str]) -> Outcome:
    columns = rate_columns()
    how = Entering(
        RATES,
        columns,
        RATE_KEYS,
        _by_key(_rates(), columns, RATE_KEYS),
        lambda data, row: RateForm(data, instance=row),
        actions.save_rate,
    )
    return _enter(tables, how, user=held.actor)


RATE_READER = Reader(_read_rates, _state_of_rates, _enter_rates)


def rates_book() -> bytes:
    """A workbook to fill in, with the rates that are there. Three queries."""
    columns = rate_columns()
    filled = [[each.show(row, NO_NAMES) for each in columns] for row in _rates()]
    example: list[CellValue] = ["voorbeeld", "Hulp bij het huishouden", "", Decimal("16.64")]
    example += ["", "Deze rij telt niet mee."]
    return _book(RATES, columns, filled, [] if filled else [example])
