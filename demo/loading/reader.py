"""Reading the data files: strict, typed by dataclasses, every mistake named by file and line.

A file is described by a dataclass whose fields are its keys; a nested mapping is another dataclass,
a list is ``list[Row]``. A key that the dataclass lacks, a key that is missing, a value of another
type, a date that does not exist: each raises ``DataFileError``, in Dutch, before a row is made.

Field types: ``str``, ``int``, ``bool``, ``datetime.date``, ``Period``, a ``TextChoices``,
``Annotated[Value, ValueType.COUNT]`` (text that ``Value.parse`` reads), another dataclass, ``list``
of one of these, and ``X | None``. A field with a default may be left out. A field ``place: Place``
is filled with the file and line of the mapping itself.
"""

from __future__ import annotations

import dataclasses
import datetime
import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar, Union

import yaml
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db import IntegrityError, models, transaction

from core.periods import Period
from core.values import InvalidValue, Value, ValueType

Row = TypeVar("Row")
Saved = TypeVar("Saved", bound=models.Model)

MAP, LIST, NULL = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:null"
TEXT, WHOLE, TRUTH = (
    "tag:yaml.org,2002:str",
    "tag:yaml.org,2002:int",
    "tag:yaml.org,2002:bool",
)


class DataFileError(Exception):
    """A data file holds something wrong; the message is Dutch, with file, line and what to do."""


@dataclass(frozen=True)
class Place:
    """A line in a data file, to point at."""

    file: str
    line: int

    def error(self, message: str) -> DataFileError:
        return DataFileError(f"{self.file}, regel {self.line}: {message}")

    def value(self, type: ValueType, text: str) -> Value:
        """``text`` as a value of ``type``. Raises ``DataFileError``."""
        try:
            return Value.parse(type, text)
        except InvalidValue as problem:
            raise self.error(str(problem)) from problem


def read_file(path: Path, shape: type[Row]) -> Row:
    """The content of ``path`` as an instance of the dataclass ``shape``.

    Raises ``DataFileError`` on anything that the shape does not allow.
    """
    start = Place(path.name, 1)
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except FileNotFoundError as problem:
        raise DataFileError(
            f"{path.name} ontbreekt. Zet het bestand in de map {path.parent.name}."
        ) from problem
    except UnicodeDecodeError as problem:
        raise start.error("Dit is geen tekst in UTF-8. Sla het bestand zo op.") from problem
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        place = Place(path.name, mark.line + 1) if mark else start
        raise place.error(
            "Dit is geen geldige YAML. Kijk naar de inspringing, de aanhalingstekens en de "
            "dubbele punten."
        ) from problem
    except yaml.YAMLError as problem:
        raise start.error("Dit is geen geldige YAML: er staat een verboden teken in.") from problem
    if node is None:
        raise start.error("Dit bestand is leeg.")
    row: Row = _mapping(node, shape, path.name)
    return row


def _place(node: yaml.Node, file: str) -> Place:
    return Place(file, node.start_mark.line + 1)


def _mapping(node: yaml.Node, shape: Any, file: str) -> Any:
    place = _place(node, file)
    if not isinstance(node, yaml.MappingNode) or node.tag != MAP:
        raise place.error("Hier horen velden met een naam en een waarde (naam: waarde).")
    hints = typing.get_type_hints(shape, include_extras=True)
    fields = {field.name: field for field in dataclasses.fields(shape) if field.name != "place"}
    held: dict[str, Any] = {}
    for key_node, value_node in node.value:
        where = _place(key_node, file)
        key = str(key_node.value)
        if key not in fields:
            raise where.error(
                f"Het veld ‘{key}’ hoort hier niet. Haal het weg, of kies uit: {', '.join(fields)}."
            )
        if key in held:
            raise where.error(f"Het veld ‘{key}’ staat er twee keer. Haal er één weg.")
        held[key] = _value(value_node, hints[key], file, key)
    for name, field in fields.items():
        required = (
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        )
        if required and name not in held:
            raise place.error(f"Het veld ‘{name}’ ontbreekt. Vul het in.")
    if "place" in hints:
        held["place"] = place
    return shape(**held)


def _value(node: yaml.Node, kind: Any, file: str, key: str) -> Any:
    place = _place(node, file)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (Union, types.UnionType):
        if node.tag == NULL:
            return None
        (kind,) = (each for each in arguments if each is not type(None))
        return _value(node, kind, file, key)
    if origin is list:
        if not isinstance(node, yaml.SequenceNode) or node.tag != LIST:
            raise place.error(f"Bij ‘{key}’ hoort een lijst (regels die met - beginnen).")
        return [_value(each, arguments[0], file, key) for each in node.value]
    if origin is Annotated:
        return place.value(arguments[1], _text(node, place, key, also=WHOLE))
    if dataclasses.is_dataclass(kind) and kind is not Period:
        return _mapping(node, kind, file)
    return _scalar(node, kind, place, key)


def _text(node: yaml.Node, place: Place, key: str, also: str = TEXT) -> str:
    if not isinstance(node, yaml.ScalarNode) or node.tag not in {TEXT, also}:
        raise place.error(f"Bij ‘{key}’ hoort tekst. Zet er zo nodig aanhalingstekens om.")
    return str(node.value)


def _scalar(node: yaml.Node, kind: Any, place: Place, key: str) -> Any:
    if kind is str:
        text = _text(node, place, key)
        if not text.strip():
            raise place.error(f"‘{key}’ is leeg. Vul het in of laat het veld weg.")
        return text
    if not isinstance(node, yaml.ScalarNode):
        raise place.error(f"Bij ‘{key}’ hoort één waarde, geen lijst of velden.")
    written = str(node.value)
    if kind is bool:
        if node.tag != TRUTH or written not in {"true", "false"}:
            raise place.error(f"Bij ‘{key}’ hoort true of false, niet ‘{written}’.")
        return written == "true"
    if kind is int:
        if node.tag != WHOLE or not written.isdecimal():
            raise place.error(f"Bij ‘{key}’ hoort een heel getal van 0 of meer, geen ‘{written}’.")
        return int(written)
    if kind is datetime.date:
        try:
            return datetime.datetime.strptime(written, "%Y-%m-%d").date()  # noqa: DTZ007 - a day
        except ValueError as problem:
            raise place.error(
                f"‘{written}’ bij ‘{key}’ is geen bestaande datum. Schrijf jjjj-mm-dd."
            ) from problem
    if kind is Period:
        try:
            return Period.parse(written)
        except ValueError as problem:
            raise place.error(f"Bij ‘{key}’: {problem}") from problem
    if isinstance(kind, type) and issubclass(kind, models.TextChoices):
        if written not in kind.values or node.tag != TEXT:
            allowed = ", ".join(each for each in kind.values if each)
            raise place.error(f"‘{written}’ bij ‘{key}’ bestaat niet. Kies uit: {allowed}.")
        return kind(written)
    raise TypeError(f"{kind!r} is no type of a data file")


# -- saving ----------------------------------------------------------------------------------------
def save_all(pairs: Iterable[tuple[Place, Saved]]) -> list[Saved]:
    """Check and insert rows of one model; returns them, with their keys, in the given order.

    The fields and ``clean()`` of every row are checked first. Uniqueness and the other constraints
    are left to the database, which checks them for all rows in one statement; only when it refuses
    are the rows tried one by one, to name the line. Raises ``DataFileError``; nothing is kept then.
    """
    listed = list(pairs)
    for place, row in listed:
        foreign = {field.name for field in row._meta.fields if field.is_relation}
        with _told_at(place, row):
            row.clean_fields(exclude=foreign)
            row.clean()
    rows = [row for _, row in listed]
    if not rows:
        return []
    manager = type(rows[0])._default_manager
    try:
        with transaction.atomic():
            return list(manager.bulk_create(rows, batch_size=400))
    except IntegrityError:
        with transaction.atomic():
            for place, row in listed:
                row.pk, row._state.adding = None, True
                with _told_at(place, row):
                    row.full_clean()
                row.save(force_insert=True)
        raise  # the database refused all rows together, but each of them alone is right


def save(place: Place, row: Saved) -> Saved:
    """Check and insert one row. Raises ``DataFileError``."""
    return save_all([(place, row)])[0]


class _told_at:
    """Within it, a ``ValidationError`` becomes a ``DataFileError`` at ``place``."""

    def __init__(self, place: Place, row: models.Model) -> None:
        self.place, self.row = place, row

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, problem: BaseException | None, traceback: object) -> None:
        if isinstance(problem, ValidationError):
            raise self.place.error(" ".join(_messages(problem, self.row))) from problem


def _messages(problem: ValidationError, row: models.Model) -> Sequence[str]:
    if not hasattr(problem, "error_dict"):
        return problem.messages
    told = []
    for name, messages in problem.message_dict.items():
        if name == NON_FIELD_ERRORS:
            told += messages
            continue
        try:
            label = str(getattr(row._meta.get_field(name), "verbose_name", name))
        except FieldDoesNotExist:
            label = name
        told += [f"{label}: {message}" for message in messages]
    return told


# -- finding ---------------------------------------------------------------------------------------
def find(place: Place, known: Mapping[str, Row], name: str, what: str) -> Row:
    """What a data file calls ``name``. Raises ``DataFileError`` when there is none."""
    try:
        return known[name]
    except KeyError as problem:
        raise place.error(
            f"Er is geen {what} ‘{name}’. Verbeter de naam, of voeg die eerst toe."
        ) from problem
