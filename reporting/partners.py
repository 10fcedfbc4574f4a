"""What the pages of partners show, as plain data. Reads only.

The number of queries does not depend on the number of partners, contracts or reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from accounts.merging import family_of
from accounts.models import Organisation
from agenda.story import Story, cite
from contracts.constants import CLIENT_ROLES
from contracts.models import Contract, Party
from contracts.story import CONTRACT_RELATIONS
from core.tables import CellValue
from core.values import ValueType
from reporting.entrance.reading import entrances_of
from reporting.models import Report
from reporting.story import REPORT_RELATIONS, partner_story, told_rounds


def partner_rows(words: str = "") -> list[Story]:
    """Every partner with its coalition, contracts, reports and entrances. Four queries.

    With ``words``: only those whose own name, or a member's, or a contract's title holds them.
    """
    counts: dict[int, int] = defaultdict(int)
    for contract_id in Report.objects.readable().values_list("contract_id", flat=True):
        counts[contract_id] += 1
    found: dict[int, Story] = {}
    for contract in (
        Contract.objects.readable()
        .filter(partner__isnull=False)
        .select_related("partner")
        .prefetch_related("parties__organisation")
    ):
        partner = contract.partner
        assert partner is not None  # noqa: S101 - filtered above
        row = found.setdefault(
            partner.pk,
            {
                "slug": partner.slug,
                "name": partner.name,
                "description": partner.description,
                "members": {},
                "contracts": [],
                "reports": 0,
            },
        )
        row["contracts"].append(
            {"slug": contract.slug, "title": contract.title, "example": contract.is_example}
        )
        row["reports"] += counts[contract.pk]
        for party in contract.parties.all():
            if party.role not in CLIENT_ROLES and party.organisation_id != partner.pk:
                row["members"][party.organisation.slug] = party.organisation.name
    entrances = entrances_of(found)
    for pk, row in found.items():
        row["entrances"] = entrances.get(pk, [])
    return [row for row in found.values() if _holds(row, words)]


def _holds(row: Story, words: str) -> bool:
    texts = [row["name"], *row["members"].values(), *(held["title"] for held in row["contracts"])]
    return all(any(word in text.lower() for text in texts) for word in words.lower().split())


def takes_part(organisation: Organisation) -> list[Story]:
    """The coalitions in which ``organisation`` takes part, with its role in each, and those of
    organisations that went on under it. Two queries at least."""
    return [
        {
            "contract": row.contract.title,
            "contract_slug": row.contract.slug,
            "example": row.contract.is_example,
            "partner": row.contract.partner.name if row.contract.partner else "",
            "partner_slug": row.contract.partner.slug if row.contract.partner else "",
            "role": row.get_role_display(),
            "part": row.part,
            "note": row.note,
            "valid_from": row.valid_from.isoformat() if row.valid_from else "",
            "valid_until": row.valid_until.isoformat() if row.valid_until else "",
            "under": row.organisation.name if row.organisation_id != organisation.pk else "",
        }
        for row in Party.objects.filter(
            organisation__in=family_of(organisation), contract__in=Contract.objects.readable()
        )
        .exclude(contract__partner=organisation)
        .select_related("contract__partner", "organisation")
        .order_by("contract__order", "contract_id", "order")
    ]


def partner_page(organisation: Organisation) -> Story:
    """Coalition, agreements and results of one organisation, and where it takes part."""
    family = family_of(organisation)
    contracts = list(
        Contract.objects.readable()
        .filter(partner__in=family)
        .select_related("partner", "source")
        .prefetch_related(*CONTRACT_RELATIONS)
    )
    reports: dict[int, list[Report]] = defaultdict(list)
    for report in (
        Report.objects.readable()
        .filter(contract__partner__in=family)
        .select_related("source", "contract__partner")
        .prefetch_related(*REPORT_RELATIONS)
    ):
        reports[report.contract_id].append(report)
    rounds = told_rounds([row for held in reports.values() for row in held])
    elsewhere = takes_part(organisation)
    return {
        **partner_story(organisation, contracts, reports, rounds, until=None),
        "seat": organisation.seat,
        "entrances": entrances_of([organisation.pk]).get(organisation.pk, []),
        "kvk_number": organisation.kvk_number,
        "former": list(
            Organisation.objects.filter(pk__in=family)
            .exclude(pk=organisation.pk)
            .order_by("name")
            .values_list("name", flat=True)
        ),
        "takes_part": elsewhere,
        # A contract in which it has two roles is one.
        "takes_part_in": len({row["contract_slug"] for row in elsewhere}),
        "coalitions": sorted({row["partner"] for row in elsewhere if row["partner"]}),
    }


# What a value is in when the report names no unit of its own.
UNITS = {ValueType.PERCENTAGE.value: "%", ValueType.AMOUNT.value: "euro"}

FIGURES_HEADER = (
    "rapportage",
    "voorbeeld",
    "periode",
    "onderdeel",
    "wat",
    "waarde",
    "eenheid",
    "zoals vermeld",
    "opmerking",
    "bron",
)


def figure_rows(partner: Story) -> Iterator[list[CellValue]]:
    """Every figure and spending that the partner reported, a row each."""
    for report in partner["reports"]:
        start: list[CellValue] = [
            report["title"],
            "ja" if report["example"] else "nee",
            report["period_code"],
        ]
        for row in report["results"]:
            number = None if row["quantity"] is None else Decimal(row["quantity"])
            unit = row["unit"] or UNITS.get((row["value"] or {}).get("type", ""), "")
            told = [row["name"], number, unit, row["display"], row["explanation"]]
            yield [*start, "prestatie-indicatoren", *told, cite(report["source"])]
        yield from _rows([*start, "cijfers"], report["figures"])
        for activity in report["activities"]:
            yield from _rows([*start, activity["heading"]], activity["figures"])
        yield from _rows([*start, "besteed"], report["spendings"])


def _rows(start: list[CellValue], figures: Iterable[Story]) -> Iterator[list[CellValue]]:
    for row in figures:
        number = None if row["quantity"] is None else Decimal(row["quantity"])
        unit = row.get("unit", "euro") or UNITS.get(row["value"].get("type", ""), "")
        source = cite(row["source"])
        yield [*start, row["label"], number, unit, row["display"], row["note"], source]
