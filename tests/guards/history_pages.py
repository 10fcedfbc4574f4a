"""The rows of the pages with a history, for the table of who may ask what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from accounts.constants import OFFICER_ROLES, Role
from tests.guards import agenda_pages, contract_pages
from tests.guards import work_on_monitor as work
from tests.guards.rows import NOT_ALLOWED, Row, only


def _history(kwargs: Callable[[], Mapping[str, Any]]) -> Row:
    """What changed, for who works on it and who audits that."""
    readers = sorted(OFFICER_ROLES)
    return Row(get=only(*readers), post=only(*readers, answer=NOT_ALLOWED), kwargs=kwargs)


ROWS = {
    "change_list": _history(dict),
    "agenda_history": _history(agenda_pages.a_version),
    "indicator_history": _history(agenda_pages.an_indicator),
    "municipality_history": _history(agenda_pages.a_municipality),
    "contract_history": _history(contract_pages.a_draft),
    "monitor_history": _history(work.draft),
    "retention": Row(
        get=only(Role.FUNCTIONAL_MANAGER), post=only(Role.FUNCTIONAL_MANAGER, answer=NOT_ALLOWED)
    ),
}
