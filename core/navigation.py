"""The menus of the site, as data in one place.

An item is shown when its address exists; so a part of the application that is not installed leaves
no dead link. Labels are the only words here; core draws no meaning from them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Item:
    """A link in a menu, for ``roles`` (empty: for everybody) but not for ``hidden_from``."""

    url_name: str
    label: str
    icon: str = ""
    roles: frozenset[str] = frozenset()
    hidden_from: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Link:
    """An item with its address; ``current`` is the word for ``aria-current``: page or true."""

    url: str
    label: str
    icon: str
    current: str


STAFF = frozenset({"functional_manager", "policy_officer", "contract_manager"})
SUPERVISOR = frozenset({"supervisor"})

PUBLIC = (
    Item("monitor_list", "Monitor"),
    Item("agenda_list", "Agenda"),
    Item("partner_list", "Partners"),
    Item("bottleneck_list", "Knelpunten"),
    Item("glossary", "Begrippen"),
    Item("search", "Zoeken", icon="search"),
)

WORK = (
    Item("work_home", "Mijn werk"),
    # Who works here all day has one way to the public site; who mostly reads has its pages.
    Item("home", "Openbare site", roles=STAFF),
    Item("monitor_list", "Monitor", hidden_from=STAFF),
    Item("agenda_list", "Agenda", hidden_from=STAFF),
    Item("partner_list", "Partners", hidden_from=STAFF),
    Item("advice_list", "Advies", roles=frozenset({"advisory_council"})),
    Item("portal_home", "Rapportages", roles=frozenset({"reporter", "signatory", "reader"})),
    Item("portal_talks", "Overleg", roles=frozenset({"reporter", "signatory", "reader"})),
    Item("agenda_manage_list", "Agenda’s", roles=STAFF),
    Item("report_inbox", "Rapportages", roles=STAFF | SUPERVISOR),
    Item("contract_manage_list", "Overeenkomsten", roles=STAFF),
    # The functional manager, whose menu is full, finds talks on the page of a contract.
    Item(
        "meeting_list",
        "Overleg",
        roles=frozenset({"policy_officer", "contract_manager", "college", "auditor"}),
        hidden_from=frozenset({"functional_manager"}),
    ),
    Item(
        "monitor_manage_list",
        "Beoordelen",
        roles=STAFF | {"college", "council_clerk", "auditor"},
    ),
    Item("supervision_manage_list", "Toezicht", roles=SUPERVISOR | {"policy_officer"}),
    Item("account_list", "Accounts", roles=frozenset({"functional_manager"})),
    # The functional manager, whose menu is full, finds it on the page of the accounts.
    Item(
        "audit_list",
        "Logboek",
        roles=frozenset({"auditor"}),
        hidden_from=frozenset({"functional_manager"}),
    ),
)

# The columns of links at the foot of a public page.
FOOTER: tuple[tuple[Item, ...], ...] = (
    (
        Item("source_list", "Bronnen"),
        Item("corrections", "Correctieregister"),
        Item("supervision_list", "Toezicht"),
        Item("investigation_list", "Onderzoeken"),
        Item("recommendation_list", "Aanbevelingen"),
        Item("survey_list", "Cliëntervaring"),
        Item("open_data", "Open data"),
        Item("verdict_rules", "Zo komt een oordeel tot stand"),
        Item("steering", "Wie stuurt waarop"),
        Item("information_list", "Informatie per rol"),
        Item("entrance_list", "Waar kan ik terecht?"),
        Item("exchange_list", "Uitwisseling van gegevens"),
        Item("municipality_list", "Gemeenten"),
        Item("project_list", "Projecten en pilots"),
    ),
    (
        Item("accessibility", "Toegankelijkheid"),
        Item("privacy", "Privacy"),
        # A stranger is asked to sign in first: the same link, so the same bytes, for everybody.
        Item("work_home", "Inloggen en mijn werk"),
    ),
)


def navigation(roles: Collection[str] | None = None) -> list[Item]:
    """The items for a holder of ``roles``; without roles (None) those of the public site."""
    if roles is None:
        return list(PUBLIC)
    held = frozenset(roles)
    return [
        item
        for item in WORK
        if (not item.roles or item.roles & held) and not item.hidden_from & held
    ]


def resolve(items: Sequence[Item], path: str = "") -> list[Link]:
    """The links of ``items`` that have an address; ``path`` is the page that is being read.

    Of links that lie below one another only the nearest one is where the reader is.
    """
    found = []
    for item in items:
        try:
            found.append((item, reverse(item.url_name)))
        except NoReverseMatch:
            continue
    around = [url for _, url in found if url != "/" and path.startswith(url)]
    nearest = max(around, key=len, default="")
    return [
        Link(
            url,
            item.label,
            item.icon,
            "page" if path == url else "true" if url == nearest else "",
        )
        for item, url in found
    ]
