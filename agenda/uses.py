"""Who measures with an indicator, apart from the agendas: the layers above tell it.

``settings.INDICATOR_USERS`` names them, so that no import runs up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, cast

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from agenda.models import Indicator


@dataclass(frozen=True)
class Use:
    """One place where an indicator measures: its name, what is measured there, and its page."""

    title: str
    text: str
    url: str


class Users(Protocol):
    """What uses indicators, such as contracts, as far as the public may read."""

    def choices(self) -> list[tuple[str, str]]:
        """Each user that measures with an indicator, with its name. One query."""

    def keys(self, chosen: str) -> QuerySet[Any]:
        """The keys of the indicators of ``chosen``, to select on. No query of its own."""

    def uses(self, indicator: Indicator) -> list[Use]:
        """Where ``indicator`` is used now. One query."""


def users() -> Users:
    return cast("Users", import_string(settings.INDICATOR_USERS))
