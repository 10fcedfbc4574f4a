"""Closed years of money: of which nothing changes, told before the database refuses it."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from agenda.models import MoneyYear
from core.periods import Period

Span = tuple[int, int]  # the first and the last year


class YearClosed(ValidationError):
    """Money of a closed year cannot be written; the message says which, and what to do."""


def span_of(period: Period | None) -> Span | None:
    """The first and the last year that ``period`` touches."""
    return None if period is None else (period.year, period.until or period.year)


def closed_in(spans: Iterable[Span]) -> list[int]:
    """The closed years in ``spans``, in order. One query.

    The rows of the years are held until the transaction ends, so that none of them is closed while
    money of it is written.
    """
    held = list(spans)
    if not held:
        return []
    first, last = min(span[0] for span in held), max(span[1] for span in held)
    rows = MoneyYear.objects.select_for_update().filter(year__range=(first, last)).order_by("year")
    return [row.year for row in rows if row.is_closed and any(a <= row.year <= b for a, b in held)]


def told_closed(years: list[int]) -> str:
    """In Dutch, that ``years`` are closed and what to do about it."""
    *rest, last = map(str, years)
    names = f"{', '.join(rest)} en {last}" if rest else last
    start = f"Het jaar {names} is" if len(years) == 1 else f"De jaren {names} zijn"
    return (
        f"{start} afgesloten: aan het geld daarvan verandert niets meer. Wat u typte, is niet "
        "bewaard. Moet het toch? Heropen dan eerst het jaar, met een reden."
    )


def refuse_closed(*spans: Span | None, error: type[ValidationError] = YearClosed) -> None:
    """Raise ``error`` when one of ``spans`` touches a closed year. Call it in the transaction that
    writes. One query, none without a span."""
    closed = closed_in(span for span in spans if span is not None)
    if closed:
        raise error(told_closed(closed))
