"""What partners delivered, as plain data that pages, documents and open data share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from accounts.models import Organisation
from agenda.constants import Origin
from agenda.story import Story, figure, provenance
from contracts.constants import CLIENT_ROLES
from contracts.models import Contract
from contracts.story import CONTRACT_RELATIONS, contract_story, first_year, theme_named
from core.periods import Period
from reporting.disclosure import WITHHELD, withheld_of
from reporting.models import Activity, Report, Round, Spending
from reporting.told import told

REPORT_RELATIONS = (
    "activities__theme__version",
    "activities__figures__source",
    "narratives__theme__version",
    "figures__source",
    "spendings__source",
)


def report_story(report: Report, made: Round | None = None) -> Story:
    """A report with its content; needs REPORT_RELATIONS, the contract and the source.

    A report of this system tells what its round ``made`` (of ``told_rounds``) froze.
    """
    story = _from_rows(report)
    return {**story, **told(report, made, withheld_of(made))} if made else story


def _from_rows(report: Report) -> Story:
    """A report from a source document, which stands in rows."""
    return {
        "round": 0,
        "results": [],
        "title": report.title,
        "example": report.contract.is_example,
        "kind": report.get_kind_display(),
        "kind_code": report.kind,
        "period": report.period.label,
        "period_code": report.period.code,
        "year": report.period.year,
        "status": report.get_status_display() if report.status else "",
        "kpis_achieved": report.kpis_achieved,
        "kpis_total": report.kpis_total,
        "kpis_note": report.kpis_note,
        "note": report.note,
        "figures": [
            figure(row, label=row.label, unit=row.unit, note=row.note, source=provenance(row))
            for row in report.figures.all()
            if row.activity_id is None
        ],
        "sections": [
            {"code": code, "label": label, "lines": _lines(report, code)}
            for code, label in _sections(report)
        ],
        "activities": [_activity(row) for row in report.activities.all()],
        "spendings": [_spending(row) for row in report.spendings.all()],
        "source": provenance(report),
    }


def _lines(report: Report, section: str) -> list[Story]:
    return [
        {
            "text": row.text,
            "note": row.note,
            "theme_slug": theme_named(row.theme)["theme_slug"],
        }
        for row in report.narratives.all()
        if row.section == section
    ]


def _activity(activity: Activity) -> Story:
    return {
        "heading": activity.heading,
        "text": activity.text,
        "note": activity.note,
        **theme_named(activity.theme),
        "figures": [
            figure(row, label=row.label, unit=row.unit, note=row.note, source=provenance(row))
            for row in activity.figures.all()
        ],
    }


def _spending(row: Spending) -> Story:
    return figure(
        row,
        label=row.label,
        period=row.period.label,
        outside_wmo=row.outside_wmo,
        note=row.note,
        source=provenance(row),
    )


def _sections(report: Report) -> list[tuple[str, str]]:
    found = {row.section: str(row.get_section_display()) for row in report.narratives.all()}
    order = ["description", "achieved", "not_achieved", "bottleneck", "improvement", "signal"]
    return [(code, found[code]) for code in order if code in found]


def partner_stories(
    *, until: Period | None = None, known: Mapping[int, int] | None = None
) -> list[Story]:
    """Every partner with its contracts and readable reports up to the end of ``until``; of a report
    over more years that has begun by then, too.

    ``known`` gives, of the reports of this system that may be told, the number of the round that is
    told; without it the last round of what is accepted. Those from a source are told all the same.
    The number of queries does not depend on how many partners there are.
    """
    contracts = [
        contract
        for contract in Contract.objects.readable()
        .filter(partner__isnull=False)
        .select_related("partner", "source")
        .prefetch_related(*CONTRACT_RELATIONS)
        if until is None or (first_year(contract) or 0) <= until.year
    ]
    reports: dict[int, list[Report]] = defaultdict(list)
    selected = Report.objects.readable()
    if known is not None:
        # What was opened again since is told as it was known.
        selected |= Report.objects.filter(pk__in=known)
    for report in selected.select_related("source", "contract__partner").prefetch_related(
        *REPORT_RELATIONS
    ):
        shown = known is None or report.origin == Origin.SOURCE or report.pk in known
        if shown and _is_known(report, until):
            reports[report.contract_id].append(report)
    rounds = told_rounds([row for held in reports.values() for row in held], known)
    by_partner: dict[int, list[Contract]] = defaultdict(list)
    for contract in contracts:
        assert contract.partner_id is not None  # noqa: S101 - filtered above
        by_partner[contract.partner_id].append(contract)
    return [
        partner_story(held[0].partner, held, reports, rounds, until=until.year if until else None)
        for held in by_partner.values()
        if held[0].partner is not None
    ]


def _is_known(report: Report, until: Period | None) -> bool:
    if until is None or report.period.end <= until.end:
        return True
    return until.half is None and report.period.year <= until.year


def told_rounds(
    reports: Iterable[Report], known: Mapping[int, int] | None = None
) -> dict[int, Round]:
    """By report of this system the round that is told: the one that is known, else the last.

    With what is withheld of it. Two queries.
    """
    found: dict[int, Round] = {}
    rows = Round.objects.filter(
        report__in=[row.pk for row in reports if row.origin == Origin.SYSTEM]
    ).prefetch_related(WITHHELD)
    for made in rows.order_by("number"):
        if known is None or known.get(made.report_id) == made.number:
            found[made.report_id] = made
    return found


def partner_story(
    partner: Organisation,
    contracts: list[Contract],
    reports: dict[int, list[Report]],
    rounds: Mapping[int, Round],
    *,
    until: int | None,
) -> Story:
    members: dict[str, Story] = {}
    for contract in contracts:
        for party in contract.parties.all():
            if party.role in CLIENT_ROLES:
                continue
            held = members.setdefault(
                party.organisation.slug,
                {
                    "name": party.organisation.name,
                    "slug": party.organisation.slug,
                    "seat": party.organisation.seat,
                    "description": party.organisation.description,
                    "roles": [],
                },
            )
            words = str(party.get_role_display()) + (f" ({party.part})" if party.part else "")
            if words not in held["roles"]:
                held["roles"].append(words)
    kept = sorted(
        (report for contract in contracts for report in reports[contract.pk]),
        key=lambda report: (report.period, report.kind),
    )
    return {
        "slug": partner.slug,
        "name": partner.name,
        "description": partner.description,
        "members": list(members.values()),
        "contracts": [contract_story(contract, until=until) for contract in contracts],
        "reports": [report_story(report, rounds.get(report.pk)) for report in kept],
    }
