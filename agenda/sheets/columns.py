"""A column of a sheet: its heading, the field of a form that it fills, and how a cell is written.

A cell is shown as text and read as text (core/uploaded_tables/cells.py).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from agenda.sheets.names import Names
from core.forms import NUMBER_PARTS, PARTS, ValueWidget
from core.tables import CellValue
from core.uploaded_tables.cells import cell_text
from core.uploaded_tables.reading import folded
from core.values import Basis, InvalidValue, Value, ValueType

Posted = Mapping[str, str | list[str] | None]
Show = Callable[[Any, Names], CellValue]
Read = Callable[[str, Names], Posted]


@dataclass(frozen=True)
class Column:
    """``field`` is the field of the form to which an error about this cell belongs.

    ``plain`` writes a text in one way, so that two cells that mean the same are the same.
    """

    heading: str
    field: str
    show: Show
    read: Read
    plain: Callable[[str], str]
    options: Sequence[str] = ()
    width: int = 18
    hint: str = ""
    names_rows: bool = False  # so that capitals make no difference

    def text(self, row: Any, names: Names) -> str:
        """What the cell of ``row`` says, as a file that was filled in would say it."""
        return self.plain(cell_text(self.show(row, names)))

    def differs(self, one: str, other: str) -> bool:
        plain = self.plain(one), self.plain(other)
        return folded(plain[0]) != folded(plain[1]) if self.names_rows else plain[0] != plain[1]


def words(heading: str, field: str, *, width: int = 18, hint: str = "") -> Column:
    """A text, or a number that is written as it is."""
    return Column(
        heading,
        field,
        show=lambda row, names: getattr(row, field),
        read=lambda text, names: {field: text},
        plain=lambda text: text.replace("\r\n", "\n").strip(),
        width=width,
        hint=hint,
    )


def choice(
    heading: str, field: str, choices: type[models.TextChoices], *, hint: str = ""
) -> Column:
    """One of ``choices``, by its label; an empty cell is the empty choice, where there is one."""
    labels = {folded(str(one.label)): one for one in choices}

    def read(text: str, names: Names) -> Posted:
        if text and folded(text) not in labels:
            raise ValidationError(f"‘{text}’ is geen keuze. Kies uit: {', '.join(options)}.")
        return {field: labels[folded(text)].value if text else ""}

    def plain(text: str) -> str:
        one = labels.get(folded(text))
        return text.strip() if one is None else str(one.label) if one.value else ""

    def show(row: Any, names: Names) -> str:
        held = getattr(row, field)  # empty where a source does not say
        return plain(str(choices(held).label)) if held else ""

    options = [str(one.label) for one in choices if one.value]
    return Column(
        heading,
        field,
        show=show,
        read=read,
        plain=plain,
        options=options,
        width=max(14, *(len(option) + 2 for option in options)),
        hint=hint,
    )


def yes_no(heading: str, field: str, *, hint: str = "") -> Column:
    def read(text: str, names: Names) -> Posted:
        if plain(text) not in ("ja", "nee"):
            raise ValidationError(f"Schrijf ‘ja’ of ‘nee’, geen ‘{text}’.")
        return {field: "on" if plain(text) == "ja" else None}

    def plain(text: str) -> str:
        return folded(text) or "nee"

    return Column(
        heading,
        field,
        show=lambda row, names: "ja" if getattr(row, field) else "nee",
        read=read,
        plain=plain,
        options=("ja", "nee"),
        width=12,
        hint=hint,
    )


def day(heading: str, field: str, *, hint: str = "") -> Column:
    def plain(text: str) -> str:
        try:
            read = forms.DateField(required=False).clean(text)
        except ValidationError:
            return text.strip()
        return read.isoformat() if isinstance(read, datetime.date) else ""

    return Column(
        heading,
        field,
        show=lambda row, names: getattr(row, field),
        read=lambda text, names: {field: text},
        plain=plain,
        width=14,
        hint=hint or "Een dag, zoals 31-12-2026.",
    )


# -- values ----------------------------------------------------------------------------------------
def value_cell(value: Value) -> CellValue:
    """A value in a cell: a number where it is nothing but that, else as a person types it."""
    bare = value.number is not None and value.number_to is None and not value.qualifier
    if bare and value.basis is Basis.COMPUTED and value.type is not ValueType.PERCENTAGE:
        return value.number
    return value.typed()


def posted_value(value_type: ValueType, text: str) -> Posted:
    """The parts of the field ``value`` of a form for what a cell says. Raises ``ValidationError``
    when that is no value of this type."""
    parts = PARTS.get(value_type, NUMBER_PARTS)
    if not text:
        return {f"value_{part}": "" for part in parts}
    try:
        value = Value.parse(value_type, text)
    except InvalidValue as error:
        raise ValidationError(str(error)) from error
    typed = ValueWidget(value_type).decompress(value)
    return {f"value_{part}": held or "" for part, held in zip(parts, typed, strict=True)}


def plain_value(value_type: ValueType, text: str) -> str:
    """``text`` in the one way in which a value of this type is typed."""
    try:
        return Value.parse(value_type, text).typed()
    except InvalidValue:
        return text.strip()


def counted(heading: str, *, hint: str = "") -> Column:
    """A typed value that is a count."""
    return Column(
        heading,
        "value",
        show=lambda row, names: value_cell(row.value) if row.value_type else None,
        read=lambda text, names: posted_value(ValueType.COUNT, text),
        plain=lambda text: plain_value(ValueType.COUNT, text),
        width=12,
        hint=hint,
    )


# -- other rows ------------------------------------------------------------------------------------
def listed(heading: str, field: str, held: Callable[[Any], Sequence[str]], *, hint: str) -> Column:
    """Names with commas between them, for a field that takes new names too."""

    def plain(text: str) -> str:
        names = (" ".join(name.split()) for name in text.split(","))
        return ", ".join(sorted(filter(None, names), key=str.casefold))

    return Column(
        heading,
        field,
        show=lambda row, names: ", ".join(held(row)),
        read=lambda text, names: {field: text},
        plain=plain,
        width=24,
        hint=hint,
    )


def refers(
    heading: str,
    field: str,
    show: Show,
    find: Callable[[str, Names], int | None],
    *,
    width: int = 24,
    hint: str = "",
) -> Column:
    """The name of one other row; an empty cell is none."""

    def read(text: str, names: Names) -> Posted:
        found = find(text, names) if text else None
        return {field: "" if found is None else str(found)}

    return Column(
        heading,
        field,
        show=show,
        read=read,
        plain=lambda text: " ".join(text.split()),
        width=width,
        hint=hint,
        names_rows=True,
    )


def goals(heading: str, field: str, held: Callable[[Any], Sequence[int]]) -> Column:
    """Goals by the name of their theme and their number, with semicolons between them."""

    def plain(text: str) -> str:
        return "; ".join(sorted(pieces(text)))

    def pieces(text: str) -> list[str]:
        found = (" ".join(piece.split()) for piece in text.replace("\n", ";").split(";"))
        return [piece for piece in found if piece]

    return Column(
        heading,
        field,
        show=lambda row, names: "; ".join(names.goal_labels[pk] for pk in held(row)),
        read=lambda text, names: {field: [str(names.goal(piece)) for piece in pieces(text)]},
        plain=plain,
        width=36,
        hint="Thema en nummer, zoals ‘Meedoen 1’. Meer dan één? Zet er een puntkomma tussen.",
        names_rows=True,
    )
