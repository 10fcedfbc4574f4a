"""Rows of which some have a source and some were invented for the demonstration."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

from django.conf import settings

from demo.loading.reader import Place
from demo.loading.sources import Citations


class PerhapsInvented(Protocol):
    """A row of a data file that says of itself whether it was invented."""

    @property
    def place(self) -> Place: ...

    @property
    def locator(self) -> str: ...

    @property
    def example(self) -> bool: ...


Row = TypeVar("Row", bound=PerhapsInvented)


def kept(rows: Iterable[Row]) -> list[Row]:
    """All of ``rows`` in a demonstration (DEMO); elsewhere those that have a source."""
    return [row for row in rows if settings.DEMO or not row.example]


def cite(cited: Citations, row: PerhapsInvented, source: str = "") -> dict[str, Any]:
    """Where ``row`` stands; nothing for an invented one. Raises ``DataFileError``."""
    return {} if row.example else cited.cite(row.place, row.locator, source=source)
