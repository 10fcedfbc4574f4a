"""The cells of a measure that hold its baseline and its targets: one column a kind and period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import QueryDict

from agenda.constants import TargetKind
from agenda.models import Measure, Target
from agenda.sheets.columns import plain_value, posted_value, value_cell
from agenda.sheets.layouts import TARGET_HEADING, TARGET_KINDS
from agenda.sheets.posting import lay_over
from core.periods import Period
from core.uploaded_tables.cells import cell_text
from core.uploaded_tables.reading import Problem, Row
from core.values import ValueType


def target_heading(kind: str, period: Period) -> str:
    """``Streefwaarde 2027``."""
    label = str(TargetKind(kind).label)
    return f"{label[:1].upper()}{label[1:]} {period.code}".replace("-H", "-h")


@dataclass(frozen=True)
class TargetCell:
    """A cell with a baseline or target, and the row that is there for it."""

    heading: str
    kind: TargetKind
    period: Period
    value_type: ValueType
    held: Target | None
    before: str
    after: str

    @property
    def is_gone(self) -> bool:
        return not self.after

    @property
    def differs(self) -> bool:
        return plain_value(self.value_type, self.before) != plain_value(self.value_type, self.after)

    def lay_over(self, data: QueryDict) -> None:
        """Put the cell over what the form of its row posts. Raises ``ValidationError``."""
        lay_over(data, {"kind": self.kind.value, "period": self.period.code})
        lay_over(data, posted_value(self.value_type, self.after))


def target_cells(
    measure: Measure, row: Row, headings: Iterable[str], problems: list[Problem]
) -> Iterator[TargetCell]:
    """The cells of ``row`` under a heading of a target; a period that does not exist is told. One
    query. ``measure`` may still lack its row, and its indicator."""
    there = measure.targets.all() if measure.pk is not None else []
    held = {target_heading(target.kind, target.period): target for target in there}
    known = measure.indicator.value_type if measure.indicator_id is not None else ""
    value_type = ValueType(known or ValueType.TEXT)
    for heading in headings:
        match = TARGET_HEADING.fullmatch(heading)
        if match is None:
            continue
        try:
            period = Period.parse(match[2].upper())
        except ValueError as error:
            problems.append(Problem(f"{row.sheet}, de kop ‘{heading}’", str(error)))
            continue
        target = held.get(heading)
        before = "" if target is None else cell_text(value_cell(target.value))
        after = row.texts.get(heading, "")
        if target is not None or after:
            kind = TARGET_KINDS[match[1].lower()]
            yield TargetCell(heading, kind, period, value_type, target, before, after)
