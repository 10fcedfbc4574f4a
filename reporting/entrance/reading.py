"""Where inhabitants can go, as the pages tell it. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from accounts.constants import OrganisationKind
from agenda.story import Story, provenance
from contracts.constants import ContractStatus
from contracts.models import Contract
from reporting.models import Entrance


def entrance_story(row: Entrance) -> Story:
    """An entrance as plain data; needs ``source``."""
    return {
        "pk": row.pk,
        "name": row.name,
        "for_what": row.for_what,
        "referral": row.get_referral_display() if row.referral else "",
        "place": row.place,
        "opening": row.opening,
        "phone": row.phone,
        "email": row.email,
        "website": row.website,
        "is_example": row.is_example,
        "source": provenance(row),
    }


def entrances_of(organisations: Iterable[int]) -> dict[int, list[Story]]:
    """The entrances of each of ``organisations``, by key. One query."""
    found: dict[int, list[Story]] = defaultdict(list)
    rows = Entrance.objects.filter(organisation__in=list(organisations)).select_related("source")
    for row in rows:
        found[row.organisation_id].append(entrance_story(row))
    return found


def municipal() -> list[Story]:
    """Where everybody can begin: the entrances of the municipality itself. One query."""
    rows = Entrance.objects.filter(organisation__kind=OrganisationKind.MUNICIPALITY)
    return [entrance_story(row) for row in rows.select_related("source")]


def once(themes: list[Story]) -> list[Story]:
    """The partners of ``themes``, each once, by name."""
    found = {row["slug"]: row for theme in themes for row in theme["partners"]}
    return sorted(found.values(), key=lambda row: str(row["name"]))


def elsewhere(themes: list[Story]) -> list[Story]:
    """The other organisations with an entrance, which stand under no theme. One query."""
    shown = [row["slug"] for row in once(themes)]
    rows = (
        Entrance.objects.exclude(organisation__kind=OrganisationKind.MUNICIPALITY)
        .exclude(organisation__slug__in=shown)
        .select_related("organisation", "source")
    )
    found: dict[str, list[Story]] = defaultdict(list)
    for row in rows:
        found[row.organisation.name].append(entrance_story(row))
    return [{"name": name, "entrances": told} for name, told in found.items()]


def by_theme() -> list[Story]:
    """The partners of contracts that run, under each theme that they serve, in the order of the
    agenda; with where one goes. Three queries."""
    contracts = (
        Contract.objects.readable()
        .exclude(status=ContractStatus.ENDED)
        .filter(partner__isnull=False)
        .select_related("partner")
        .prefetch_related("themes__theme")
    )
    partners: dict[str, dict[int, Story]] = defaultdict(dict)
    order: dict[str, int] = {}
    for contract in contracts:
        partner = contract.partner
        assert partner is not None  # noqa: S101 - filtered above
        for link in contract.themes.all():
            if not link.is_open:
                continue
            name = link.theme.name
            order[name] = min(order.get(name, link.theme.order), link.theme.order)
            partners[name][partner.pk] = {
                "slug": partner.slug,
                "name": partner.name,
                "description": partner.description,
            }
    entrances = entrances_of({pk for held in partners.values() for pk in held})
    return [
        {
            "name": name,
            "partners": [
                {**row, "entrances": entrances.get(pk, [])} for pk, row in partners[name].items()
            ],
        }
        for name in sorted(partners, key=lambda name: (order[name], name))
    ]
