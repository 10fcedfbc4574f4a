"""The picture of society that the invented agenda starts from."""

from __future__ import annotations

from dataclasses import dataclass

from agenda.models import AgendaVersion, SituationFact
from demo.loading.reader import Place, save_all


@dataclass(frozen=True)
class FactRow:
    """It is invented, so it has no source; its text says so."""

    place: Place
    topic: str
    text: str


def picture(rows: list[FactRow], version: AgendaVersion) -> None:
    """Keep ``rows`` with ``version``, in their order."""
    save_all(
        (row.place, SituationFact(version=version, topic=row.topic, text=row.text, order=order))
        for order, row in enumerate(rows, start=1)
    )
