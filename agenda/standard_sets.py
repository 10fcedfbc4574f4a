"""Sets of indicators that others agreed on, to choose from: files in ``agenda/data/sets``.

Every row names the place that it was taken from. What that place does not say stays empty.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from agenda.constants import Aggregation, Direction, IndicatorLevel, ResultKind, Rhythm
from core.values import ValueType

FOLDER = Path(__file__).parent / "data" / "sets"
OWN = ("set_key", "item", "source")  # what is no column of an indicator


@dataclass(frozen=True)
class StandardIndicator:
    """One row of a set. ``source`` is the place that it was taken from."""

    set_key: str
    item: str
    source: str
    name: str
    level: str
    subject: str = ""
    definition: str = ""
    value_type: str = ""
    unit: str = ""
    numerator: str = ""
    denominator: str = ""
    direction: str = ""
    result_kind: str = ""
    aggregation: str = Aggregation.NONE.value
    counts_people: bool = True
    supplier: str = ""
    measured_by: str = ""
    rhythm: str = ""
    note: str = ""

    @property
    def key(self) -> str:
        """By which an indicator knows that it is from here, whatever it is called later."""
        return f"{self.set_key}/{self.item}"

    def passport(self) -> dict[str, Any]:
        """The columns of an indicator; its note says where it is from."""
        held = {name: value for name, value in asdict(self).items() if name not in OWN}
        origin = f"Uit een standaardset. Bron: {self.source}."
        return {**held, "note": " ".join(filter(None, [self.note, origin]))}


@dataclass(frozen=True)
class StandardSet:
    key: str
    title: str
    lede: str
    source: str
    rows: tuple[StandardIndicator, ...] = field(default=())


WORDS = {
    "level": IndicatorLevel,
    "value_type": ValueType,
    "direction": Direction,
    "result_kind": ResultKind,
    "aggregation": Aggregation,
    "rhythm": Rhythm,
}


def _row(key: str, told: dict[str, Any]) -> StandardIndicator:
    """Raises ``ValueError`` on a column or a word that does not exist."""
    known = {held.name for held in fields(StandardIndicator)}
    if unknown := told.keys() - known:
        raise ValueError(f"{key}: {', '.join(sorted(unknown))} is no part of a passport")
    for name, choices in WORDS.items():
        if told.get(name) and told[name] not in choices:
            raise ValueError(f"{key}: {told[name]!r} is no {name}")
    return StandardIndicator(set_key=key, **told)


def read_set(path: Path) -> StandardSet:
    """The set in one file. Raises ``ValueError`` or ``TypeError`` when it is not one."""
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    shared = told.get("shared", {})
    rows = tuple(_row(path.stem, {**shared, **each}) for each in told["rows"])
    if len({row.item for row in rows}) < len(rows):
        raise ValueError(f"{path.stem}: two rows are called the same")
    return StandardSet(path.stem, told["title"], told["lede"], told["source"], rows)


@cache
def standard_sets() -> dict[str, StandardSet]:
    """Every set by its key, in the order of their files."""
    return {path.stem: read_set(path) for path in sorted(FOLDER.glob("*.yaml"))}
