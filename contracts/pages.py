"""What the pages of contracts show, as plain data. Reads only, and asks nothing itself.

The contract comes through ``contract_or_404``, with all its parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from agenda.constants import Origin, TargetKind
from agenda.story import Story, figure, provenance, repeats
from contracts.constants import AmountKind, ContractStatus
from contracts.models import (
    KPI,
    Amendment,
    BudgetLine,
    Contract,
    KPITarget,
    Provision,
    ReportingAgreement,
    Term,
)
from contracts.models.contracts import Amended
from contracts.story import contract_story, term_in_words, when
from core.values import format_number


def contract_page(contract: Contract) -> Story:
    """All that the page of a contract shows. No query of its own."""
    story = contract_story(contract)
    from_source = contract.origin == Origin.SOURCE
    # A source says what was once agreed; here an amendment tells what ended.
    lines = [row for row in contract.budget_lines.all() if from_source or not is_ended(row)]
    return {
        **story,
        "slug": contract.slug,
        "is_example": contract.is_example,
        "is_from_source": from_source,
        "document": "bron" if from_source else "overeenkomst",
        "funding": story["funding"] if contract.funding or from_source else "niet vastgelegd",
        "status": contract.get_status_display() if contract.status else "",
        "partner": _partner(contract),
        "starts_on": contract.starts_on.isoformat() if contract.starts_on else "",
        "ends_on": contract.ends_on.isoformat() if contract.ends_on else "",
        "open_themes": [row for row in story["themes"] if row["is_open"]],
        "closed_themes": [row for row in story["themes"] if not row["is_open"]],
        "sub_assignments": [
            {
                **row,
                "lines": [
                    line for line in story["budget_lines"] if line["sub_assignment"] == row["name"]
                ],
            }
            for row in story["sub_assignments"]
        ],
        "amounts": side_by_side(lines),
        "earmarked": [
            line
            for line in story["budget_lines"]
            if line["earmarked"] and not line["sub_assignment"]
        ],
        "expectation_groups": grouped(story["expectations"], "theme"),
        "term_groups": grouped(story["terms"], "kind_label"),
        "changes": [row for row in story["amendments"] if row["number"]],
        "kpi_groups": _kpi_groups(contract),
        "purchasing": contract.get_purchasing_display() if contract.purchasing else "",
        "purchasing_note": contract.purchasing_note,
        "assignment_kind": contract.get_assignment_kind_display()
        if contract.assignment_kind
        else "",
        "basic": _basic(contract),
        "legal_frame": contract.legal_frame,
        "financial_frame": contract.financial_frame,
        **_scope(contract),
    }


def _basic(contract: Contract) -> Story:
    """The contract that this one is an addition to, unless the public may not read it."""
    basic = contract.basic_contract
    if basic is None or basic.status == ContractStatus.DRAFT:
        return {}
    return {"slug": basic.slug, "title": basic.title}


def _scope(contract: Contract) -> Story:
    """The provisions that hold: what is part of the assignment, and what stays outside."""
    rows = [
        {"name": row.name, "parts": row.parts, "funding": row.funding, "note": row.note}
        | {"is_inside": row.is_inside}
        for row in contract.provisions.all()
        if not is_ended(row)
    ]
    return {
        "inside": [row for row in rows if row["is_inside"]],
        "outside": [row for row in rows if not row["is_inside"]],
    }


def is_ended(row: Amended) -> bool:
    """Whether an agreed amendment ended ``row``; a draft amendment ends nothing yet."""
    return row.ended_by is not None and not row.ended_by.is_draft


def _kpi_groups(contract: Contract) -> list[Story]:
    """Under each amendment the KPIs that it started, with the targets as agreed then, and what
    another amendment made of them: those that hold now."""
    signed = {row.pk: row for row in contract.amendments.all()}
    groups = []
    for amendment in signed.values():
        kpis = [
            {
                "number": kpi.number,
                "name": kpi.name,
                "note": kpi.note,
                "targets": [
                    _agreed_target(kpi, row)
                    for row in kpi.targets.all()
                    if row.started_by_id == amendment.pk
                ],
                "later": [
                    f"{_agreed_target(kpi, row)}, volgens {signed[row.started_by_id].title}"
                    for row in kpi.targets.all()
                    if row.started_by_id != amendment.pk and row.ended_by_id not in signed
                ],
                "ended_by": signed[kpi.ended_by_id].title
                if contract.origin == Origin.SYSTEM and kpi.ended_by_id in signed
                else "",
            }
            for kpi in contract.kpis.all()
            if kpi.started_by_id == amendment.pk
        ]
        if kpis:
            groups.append({"number": amendment.number, "title": amendment.title, "kpis": kpis})
    return groups


def _kind(row: KPITarget) -> str:
    return "nulmeting" if row.kind == TargetKind.BASELINE else "streefwaarde"


def _partner(contract: Contract) -> Story:
    if contract.partner is None:
        return {}
    return {"name": contract.partner.name, "slug": contract.partner.slug}


def grouped(rows: Iterable[Story], key: str) -> list[Story]:
    """``rows`` under the words of ``key``, in the order in which the words come first."""
    found: dict[str, list[Story]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row)
    return [{"label": label, "rows": held} for label, held in found.items()]


def side_by_side(lines: Sequence[BudgetLine]) -> list[Story]:
    """Available and agreed amounts per period, beside each other; earmarked money is in neither."""
    found: dict[str, Story] = {}
    for line in lines:
        if line.is_earmarked or line.sub_assignment_id:
            continue
        label = line.period.label if line.period else ""
        row = found.setdefault(label, {"period": label, "available": [], "agreed": []})
        key = "available" if line.amount_kind == AmountKind.AVAILABLE else "agreed"
        row[key].append(
            figure(
                line,
                label=line.label,
                when=when(line),
                per_year=line.per_year,
                duration=line.get_duration_display() if line.duration else "",
                note=line.note,
                source=provenance(line),
            )
        )
    return list(found.values())


def amendment_page(contract: Contract, amendment: Amendment) -> Story:
    """What ``amendment`` changed: KPIs, budget lines and reporting that it ended and started."""
    return {
        "number": amendment.number,
        "title": amendment.title,
        "signed_on": amendment.signed_on.isoformat() if amendment.signed_on else "",
        "holds_from": amendment.holds_from.isoformat() if amendment.holds_from else "",
        "ends_on": amendment.ends_on.isoformat() if amendment.ends_on else "",
        "is_from_source": contract.origin == Origin.SOURCE,
        "is_example": contract.is_example,
        "term": amendment.term.label if amendment.term else "",
        "reason": amendment.reason,
        "note": amendment.note,
        "source": provenance(amendment),
        "contract": {"slug": contract.slug, "title": contract.title},
        "changes": [
            _kpi_change(amendment, contract.kpis.all()),
            _target_change(amendment, contract.kpis.all()),
            _change("Geld", amendment, contract.budget_lines.all(), _money),
            _change("Voorzieningen", amendment, contract.provisions.all(), _provision),
            _change("Andere afspraken", amendment, contract.terms.all(), _agreed_term),
            _change("Rapporteren", amendment, contract.reporting_agreements.all(), _reporting),
        ],
        "kept_kpis": [
            _kpi(row)
            for row in contract.kpis.all()
            if row.started_by.number < amendment.number
            and (row.ended_by is None or row.ended_by.number > amendment.number)
        ],
        "others": [
            {"number": row.number, "title": row.title}
            for row in contract.amendments.all()
            if row.pk != amendment.pk
        ],
    }


def _change(title: str, amendment: Amendment, rows: Iterable[Any], show: Any) -> Story:
    held: list[Amended] = list(rows)
    return {
        "title": title,
        "ended": [show(row) for row in held if row.ended_by_id == amendment.pk],
        "started": [show(row) for row in held if row.started_by_id == amendment.pk],
    }


def _kpi_change(amendment: Amendment, kpis: Iterable[KPI]) -> Story:
    """As ``_change``, but an indicator that came back is not struck out: it stayed, reworded."""
    ended = [row for row in kpis if row.ended_by_id == amendment.pk]
    started = [row for row in kpis if row.started_by_id == amendment.pk]
    again = []
    for new in list(started):
        old = next((row for row in ended if is_same_kpi(row, new)), None)
        if old is None:
            continue
        ended.remove(old)
        started.remove(new)
        was = "" if _kpi(old)["text"] == _kpi(new)["text"] else f"Was: {_kpi(old)['text']}."
        again.append({"text": _kpi(new)["text"], "note": " ".join(filter(None, [was, new.note]))})
    return {
        "title": "Prestatie-indicatoren",
        "ended": [_kpi(row) for row in ended],
        "started": [_kpi(row) for row in started],
        "again": again,
    }


def _target_change(amendment: Amendment, kpis: Iterable[KPI]) -> Story:
    """The targets of KPIs that stayed: what they were and what they become."""
    ended, started, again = [], [], []
    for kpi in kpis:
        if amendment.pk in (kpi.started_by_id, kpi.ended_by_id):
            continue  # told with the KPI itself
        targets = list(kpi.targets.all())
        old = {(t.kind, t.period): t for t in targets if t.ended_by_id == amendment.pk}
        new = {(t.kind, t.period): t for t in targets if t.started_by_id == amendment.pk}
        for key in old.keys() & new.keys():
            note = f"Was: {old[key].value.display(unit=kpi.indicator.unit)}."
            again.append({**_target(kpi, new[key]), "note": note})
        ended += [_target(kpi, old[key]) for key in old.keys() - new.keys()]
        started += [_target(kpi, new[key]) for key in new.keys() - old.keys()]

    def in_order(rows: list[Story]) -> list[Story]:
        return sorted(rows, key=lambda row: row["order"])

    return {
        "title": "Streefwaarden",
        "stayed": "Anders geworden",
        "ended": in_order(ended),
        "started": in_order(started),
        "again": in_order(again),
    }


def _agreed_target(kpi: KPI, row: KPITarget) -> str:
    return f"{_kind(row)} {row.period.label}: {row.value.display(unit=kpi.indicator.unit)}"


def _target(kpi: KPI, row: KPITarget) -> Story:
    return {
        "text": f"{kpi.number}. {kpi.name}, {_agreed_target(kpi, row)}",
        "note": "",
        "order": (kpi.order, kpi.pk, row.period.code),
    }


def is_same_kpi(old: KPI, new: KPI) -> bool:
    """The same indicator, the same name, or a name that only gained or lost words.

    Of a name of one word only the same name counts: one word says too little.
    """
    if old.indicator_id == new.indicator_id:
        return True
    before, after = set(old.name.lower().split()), set(new.name.lower().split())
    if before == after:
        return True
    return min(len(before), len(after)) > 1 and (before < after or after < before)


def _kpi(row: KPI) -> Story:
    told = [str(row.get_aspect_display()) if row.aspect else ""]
    told.append(str(row.get_obligation_display()) if row.obligation else "")
    told.append(f"bandbreedte {format_number(row.band)}" if row.band is not None else "")
    told += [row.rationale, row.note]
    return {"text": f"{row.number}. {row.name}", "note": ". ".join(filter(None, told))}


def _money(row: BudgetLine) -> Story:
    text = ", ".join(filter(None, [row.value.display(), when(row)]))
    return {"text": f"{row.label}: {text}", "note": row.note}


def _provision(row: Provision) -> Story:
    return {"text": str(row), "note": row.note}


def _agreed_term(row: Term) -> Story:
    holder = f"{row.get_holder_display()}, " if row.holder else ""
    return {"text": row.text, "note": f"{holder}{row.get_kind_display()}".capitalize()}


def _reporting(row: ReportingAgreement) -> Story:
    sections = ", ".join(str(held.get_kind_display()) for held in row.sections.all())
    if row.annual_accounts:
        sections = f"{sections}; ook een jaarverantwoording".lstrip("; ")
    frequency = str(row.get_frequency_display()).capitalize()
    if repeats(row.note, frequency):
        return {"text": row.note, "note": f"Onderdelen: {sections}" if sections else ""}
    return {"text": f"{frequency}: {sections}" if sections else frequency, "note": row.note}


def contract_rows(contracts: Iterable[Contract]) -> list[Story]:
    """Contracts in short; agendas, budget lines and amendments are prefetched."""
    return [
        {
            "slug": contract.slug,
            "title": contract.title,
            "is_example": contract.is_example,
            "from_source": contract.origin == Origin.SOURCE,
            "kind": contract.get_kind_display(),
            "partner": _partner(contract),
            "term": term_in_words(contract),
            "agendas": list(
                dict.fromkeys(
                    row.agenda.short_name
                    for row in contract.agenda_versions.all()
                    if row.is_readable
                )
            ),
            "amounts": [
                {
                    "display": line.value.display(),
                    "when": when(line),
                    "source": provenance(line),
                }
                for line in contract.budget_lines.all()
                if line.amount_kind == AmountKind.AGREED
                and not line.is_earmarked
                and not line.sub_assignment_id
            ],
            "amendments": sum(row.number > 0 for row in contract.amendments.all()),
        }
        for contract in contracts
    ]
