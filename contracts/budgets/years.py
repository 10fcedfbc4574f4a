"""The years that something runs, and whether money is written beyond them."""

from __future__ import annotations

from agenda.models import Agenda
from contracts.models import Amendment, Contract


def contract_years(
    contract: Contract, amendment: Amendment | None = None
) -> tuple[int | None, int | None]:
    """The first and the last year of ``contract``, as far as they are known. No query.

    With ``amendment``: as it will run once that is signed.
    """
    first = contract.starts_on.year if contract.starts_on else None
    ends_on = amendment.ends_on if amendment and amendment.ends_on else contract.ends_on
    last = ends_on.year if ends_on else None
    if contract.term is not None:
        first = first or contract.term.year
        last = last or contract.term.until or contract.term.year
    return first, last


def runs_in(contract: Contract, year: int) -> bool:
    """Whether ``contract`` runs in ``year``, as far as its years are known. No query."""
    first, last = contract_years(contract)
    return (first is None or first <= year) and (last is None or last >= year)


def agenda_years(agenda: Agenda) -> tuple[int | None, int | None]:
    """The first and the last year of ``agenda``; None when its term is not known. No query."""
    if agenda.period is None:
        return None, None
    return agenda.period.year, agenda.period.until or agenda.period.year


def beyond(first: int, last: int, bounds: tuple[int | None, int | None], whose: str) -> str:
    """In Dutch, that the years from ``first`` to ``last`` lie outside ``bounds``; "" otherwise."""
    start, end = bounds
    if start is not None and first < start:
        return f"{whose} begint pas in {start}. Kies een jaar vanaf {start}."
    if end is not None and last > end:
        return f"{whose} loopt tot en met {end}. Kies een jaar tot en met {end}."
    return ""
