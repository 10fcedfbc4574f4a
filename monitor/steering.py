"""Who steers by what: the arrangements as the public page tells them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.urls import reverse

from agenda.story import Story, provenance
from monitor.access import published_editions
from monitor.constants import Product, SteeringLevel
from monitor.editions import EditionKey
from monitor.models import SteeringArrangement

#: Where each product is read, without an edition.
PAGES = {
    Product.AGENDA: "agenda_list",
    Product.PARTICIPATION: "agenda_list",
    Product.CONTRACTS: "contract_list",
    Product.PARTNER_REPORT: "partner_list",
    Product.INBOX: "report_inbox",
    Product.MONITOR: "monitor_list",
    Product.BOTTLENECKS: "bottleneck_list",
}
#: And in the newest edition that was offered to the council.
PAGES_OF_EDITION = {
    Product.DOCUMENT: "document_status",
    Product.MONEY: "monitor_money",
    Product.EXPERIENCE: "monitor_experience",
}
#: Not for everybody: the address asks who is there.
FOR_STAFF = frozenset({Product.INBOX})


@dataclass(frozen=True)
class LevelRows:
    """The arrangements of one level."""

    label: str
    rows: list[Story]

    @property
    def sourced(self) -> list[Story]:
        """Those that were taken from a source."""
        return [row for row in self.rows if row["source"]]


def product_url(product: str, newest: EditionKey | None) -> str:
    """Where this application shows ``product``; empty for another piece, or before any edition."""
    known = Product(product)
    if known in PAGES:
        return reverse(PAGES[known])
    if known in PAGES_OF_EDITION and newest is not None:
        return reverse(PAGES_OF_EDITION[known], args=[newest])
    return ""


def newest_edition() -> EditionKey | None:
    """The newest edition that was offered to the council. One query."""
    editions = published_editions()
    return editions[-1].key if editions else None


def arrangement_story(row: SteeringArrangement, newest: EditionKey | None) -> Story:
    """An arrangement as plain data; needs ``source`` selected."""
    return {
        "pk": row.pk,
        "level": row.get_level_display(),
        "manner": row.get_manner_display(),
        "who": row.who,
        "product": row.product_label,
        "url": product_url(row.product, newest),
        "for_staff": row.product in FOR_STAFF,
        "frequency": row.frequency,
        "decides": row.decides,
        "since": row.since,
        "decision": row.decision,
        "until": row.until,
        "ended_by": row.ended_by,
        "is_example": row.is_example,
        "source": provenance(row),
    }


def by_level(today: datetime.date) -> list[LevelRows]:
    """What holds on ``today`` or will, from the council down; levels without any are left out.

    Two queries.
    """
    newest = newest_edition()
    held = SteeringArrangement.objects.in_force(today).select_related("source")
    rows = [(row.level, arrangement_story(row, newest)) for row in held]
    found = [
        LevelRows(str(level.label), [story for at, story in rows if at == level])
        for level in SteeringLevel
    ]
    return [each for each in found if each.rows]


def past(today: datetime.date) -> list[Story]:
    """What held before ``today``, the newest end first. One query; it links to no page."""
    rows = SteeringArrangement.objects.past(today).select_related("source")
    return [arrangement_story(row, None) for row in rows]
