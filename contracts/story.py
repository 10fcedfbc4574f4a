"""What a contract tells, as plain data that pages, documents and open data share."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.utils.formats import date_format

from agenda.constants import Origin
from agenda.models import Theme
from agenda.story import Story, figure, provenance, year_in
from contracts.constants import CLIENT_ROLES, PartyRole
from contracts.models import (
    KPI,
    Amendment,
    Budget,
    BudgetLine,
    Contract,
    ContractDate,
    Expectation,
    Party,
    Provision,
    ReportingAgreement,
    SubAssignment,
    Term,
)
from contracts.models.contracts import Amended
from contracts.querysets import AmendedQuerySet


def contract_relations(*, drafts: bool = False) -> tuple[str | Prefetch[Any], ...]:
    """What a contract has to bring along; what a draft amendment says only when asked for."""

    def agreed(rows: AmendedQuerySet) -> AmendedQuerySet:
        return rows if drafts else rows.signed()

    amendments = Amendment.objects.all() if drafts else Amendment.objects.signed()
    return (
        "dates",
        Prefetch("parties", Party.objects.select_related("organisation", "source")),
        "themes__theme__version",
        "sub_assignments",
        "expectations__theme__version",
        Prefetch("kpis", agreed(KPI.objects.select_related("started_by", "ended_by", "indicator"))),
        Prefetch("terms", agreed(Term.objects.order_by("kind", "order", "pk"))),
        Prefetch(
            "provisions",
            agreed(Provision.objects.select_related("ended_by").order_by("order", "pk")),
        ),
        Prefetch(
            "budget_lines",
            agreed(BudgetLine.objects.select_related("ended_by", "sub_assignment", "source")),
        ),
        Prefetch(
            "reporting_agreements",
            agreed(ReportingAgreement.objects.prefetch_related("sections")),
        ),
        Prefetch("amendments", amendments.select_related("source")),
        "agenda_versions__agenda",
    )


CONTRACT_RELATIONS = contract_relations()


def first_year(contract: Contract) -> int | None:
    """The year in which ``contract`` starts, or else the first that any date or term of it names;
    ``None`` when none does."""
    if contract.starts_on is not None:
        return contract.starts_on.year
    years = [row.date.year if row.date else year_in(row.text) for row in contract.dates.all()]
    if contract.term:
        years.append(contract.term.year)
    known = [year for year in years if year is not None]
    return min(known) if known else None


def amendment_year(amendment: Amendment) -> int | None:
    if amendment.signed_on:
        return amendment.signed_on.year
    return amendment.term.year if amendment.term else None


def effective_year(amendment: Amendment) -> int | None:
    """The first year that an amendment holds for: from its day, its term, else its signature."""
    if amendment.holds_from:
        return amendment.holds_from.year
    return amendment.term.year if amendment.term else amendment_year(amendment)


def contract_story(contract: Contract, *, until: int | None = None) -> Story:
    """``contract`` as it stood up to and including year ``until``; needs CONTRACT_RELATIONS.

    Money and reporting are those in force then: what an amendment of that time ended is left out.
    An amendment still tells which KPIs it started, and which KPIs and amounts it ended. Drafts of
    an agenda, and what stands in them, are left out.
    """
    amendments, holds = _known_in(contract, until)
    return {
        "slug": contract.slug,
        "first_year": first_year(contract),
        "title": contract.title,
        "example": contract.is_example,
        "from_source": contract.origin == Origin.SOURCE,
        "kind": contract.get_kind_display(),
        "kind_note": contract.kind_note,
        "term": term_in_words(contract),
        "funding": contract.get_funding_display(),
        "funding_note": contract.funding_note,
        "occasion": contract.occasion,
        "meetings": meetings_in_words(contract),
        "note": contract.note,
        "kpi_count": contract.kpi_count,
        "agendas": _agendas(contract),
        "dates": [_date(row) for row in contract.dates.all()],
        "parties": [
            _party(row)
            for row in sorted(contract.parties.all(), key=lambda row: row.role != PartyRole.LEAD)
        ],
        "themes": [
            {"name": row.theme.name, "is_open": row.is_open, "note": row.note}
            for row in contract.themes.all()
            if row.theme.version.is_readable
        ],
        "sub_assignments": [
            _sub_assignment(contract, row) for row in contract.sub_assignments.all()
        ],
        "expectations": [
            _expectation(row)
            for row in contract.expectations.all()
            if row.sub_assignment_id is None
        ],
        "amendments": [_amendment(contract, row) for row in amendments],
        "budget_lines": [_budget_line(row) for row in contract.budget_lines.all() if holds(row)],
        "terms": [
            {"kind": row.kind, "kind_label": row.get_kind_display(), "text": row.text}
            for row in contract.terms.all()
            if holds(row)
        ],
        "reporting": [_reporting(row) for row in contract.reporting_agreements.all() if holds(row)],
        "source": provenance(contract),
    }


def _known_in(
    contract: Contract, until: int | None
) -> tuple[list[Amendment], Callable[[Amended], bool]]:
    """The amendments that were there up to and including year ``until``, and whether a row of the
    contract was in force then."""
    amendments = [
        row
        for row in contract.amendments.all()
        if until is None or row.number == 0 or (amendment_year(row) or 0) <= until
    ]
    known = {row.pk for row in amendments}
    # Signed in December for the years after it: known this year, but not in force yet.
    in_force = {
        row.pk for row in amendments if until is None or (effective_year(row) or 0) <= until
    }

    def holds(row: Amended) -> bool:
        return row.started_by_id in known and row.ended_by_id not in in_force

    return amendments, holds


def _agendas(contract: Contract) -> list[Story]:
    """The agendas that the contract serves, each once, whatever the version."""
    readable = {
        held.agenda_id: held.agenda for held in contract.agenda_versions.all() if held.is_readable
    }
    return [{"slug": row.slug, "short_name": row.short_name} for row in readable.values()]


def _party(row: Party) -> Story:
    return {
        "name": row.organisation.name,
        "slug": row.organisation.slug,
        "role": row.role,
        "role_label": row.get_role_display(),
        "part": row.part,
        "seat": row.organisation.seat,
        "description": row.organisation.description,
        "note": row.note,
        "valid_from": row.valid_from.isoformat() if row.valid_from else "",
        "valid_until": row.valid_until.isoformat() if row.valid_until else "",
        "is_client": row.role in CLIENT_ROLES,
        "source": provenance(row),
    }


def _sub_assignment(contract: Contract, row: SubAssignment) -> Story:
    return {
        "number": row.number,
        "name": row.name,
        "excluded": row.excluded,
        "note": row.note,
        "expectations": [
            held.text for held in contract.expectations.all() if held.sub_assignment_id == row.pk
        ],
    }


def _expectation(row: Expectation) -> Story:
    return {
        "number": row.number,
        "text": row.text,
        "kind": row.get_kind_display(),
        **theme_named(row.theme),
    }


def _amendment(contract: Contract, row: Amendment) -> Story:
    """An amendment with the KPIs that it started, and the KPIs and amounts that it ended."""
    return {
        "number": row.number,
        "title": row.title,
        "signed_on": row.signed_on.isoformat() if row.signed_on else "",
        "term": row.term.label if row.term else "",
        "reason": row.reason,
        "note": row.note,
        "kpis": [
            {"number": kpi.number, "name": kpi.name, "note": kpi.note}
            for kpi in contract.kpis.all()
            if kpi.started_by_id == row.pk
        ],
        "ended_kpis": [
            {"number": kpi.number, "name": kpi.name}
            for kpi in contract.kpis.all()
            if kpi.ended_by_id == row.pk
        ],
        "ended_lines": [
            _budget_line(line) for line in contract.budget_lines.all() if line.ended_by_id == row.pk
        ],
        "source": provenance(row),
    }


def _reporting(row: ReportingAgreement) -> Story:
    return {
        "frequency": row.get_frequency_display(),
        "note": row.note,
        "sections": [str(held.get_kind_display()) for held in row.sections.all()],
    }


def term_in_words(contract: Contract) -> str:
    """For how long, as the source says it; else as the dates say it; "" when nothing does."""
    if contract.term_note or contract.term:
        return contract.term_note or contract.term.label
    if contract.starts_on is None or contract.ends_on is None:
        return ""
    first, last = (date_format(day, "j F Y") for day in (contract.starts_on, contract.ends_on))
    return f"{first} tot en met {last}"


def meetings_in_words(contract: Contract) -> str:
    """How often is met, as far as it was agreed, and the note about it."""
    told = []
    for what, times in (
        ("Ambtelijk overleg", contract.official_meetings),
        ("Bestuurlijk overleg", contract.executive_meetings),
    ):
        if times is not None:
            told.append(f"{what}: {times} keer per jaar.")
    return " ".join([*told, contract.meeting_note]).strip()


def theme_named(theme: Theme | None) -> Story:
    """The theme that something belongs to, with its version; nothing when that is a draft."""
    shown = theme if theme is not None and theme.version.is_readable else None
    return {"theme": shown.name if shown else "", "theme_slug": shown.slug if shown else ""}


def _date(row: ContractDate) -> Story:
    return {
        "kind": row.get_kind_display(),
        "date": row.date.isoformat() if row.date else "",
        "text": row.text,
    }


def _budget_line(row: BudgetLine) -> dict[str, Any]:
    return figure(
        row,
        label=row.label,
        kind=row.amount_kind,
        kind_label=row.get_amount_kind_display(),
        period=row.period.label if row.period else "",
        first_year=row.period.year if row.period else None,
        last_year=(row.period.until or row.period.year) if row.period else None,
        per_year=row.per_year,
        when=when(row),
        earmarked=row.is_earmarked,
        duration=row.get_duration_display() if row.duration else "",
        sub_assignment=row.sub_assignment.name if row.sub_assignment else "",
        note=row.note,
        source=provenance(row),
    )


def when(row: BudgetLine) -> str:
    """For which time an amount is, in words: ``2014 tot en met 2018, per jaar``; "" unknown."""
    period = row.period.label if row.period else ""
    return ", ".join(filter(None, [period, "per jaar" if row.per_year else ""]))


def budget_story(*, until: int) -> Story | None:
    """The newest budget of the municipality whose year is at most ``until``. Three queries."""
    budget = (
        Budget.objects.filter(year__lte=until)
        .select_related("source")
        .prefetch_related("items__posts", "items__source")
        .order_by("-year")
        .first()
    )
    if budget is None:
        return None
    computed = budget.computed_total()
    custom = sum((item.amount for item in budget.items.all() if item.is_custom_care), start=0)
    return {
        "title": budget.title,
        "year": budget.year,
        "stated_total": _amount(budget.stated_total),
        "computed_total": str(computed),
        "sum_is_right": budget.stated_total is None or budget.stated_total == computed,
        "custom_care_total": str(custom),
        "items": [
            {
                "number": item.number,
                "name": item.name,
                "amount": str(item.amount),
                "custom_care": item.is_custom_care,
                "note": item.note,
                "national_spending": _amount(item.national_spending),
                "national_income": _amount(item.national_income),
                "posts": [
                    {"name": post.name, "outside_wmo": post.outside_wmo}
                    for post in item.posts.all()
                ],
            }
            for item in budget.items.all()
        ],
        "note": budget.note,
        "national_note": budget.national_note,
        "source": provenance(budget),
    }


def _amount(held: Decimal | None) -> str | None:
    return None if held is None else str(held)
