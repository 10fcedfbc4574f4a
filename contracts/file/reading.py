"""What the page of a contract shows of its file. The number of queries is the same for any file."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Prefetch

from agenda.story import Story
from contracts.constants import DocumentKind, TermKind
from contracts.file.assignments import assignments_beside
from contracts.models import (
    BudgetLine,
    Contract,
    Delivery,
    Expectation,
    TenderNotice,
    Term,
    TermCheck,
)

#: What is agreed to be done together, and so can be found kept or not.
CHECKED_KINDS = (TermKind.COOPERATION, TermKind.PARTICULAR, TermKind.CONTINUITY)


def terms_with_checks(contract: Contract, number: int) -> list[Term]:
    """The terms that hold under amendment ``number``, each with its checks. Two queries."""
    rows = contract.terms.as_amended_by(number).prefetch_related(
        Prefetch(
            "checks",
            TermCheck.objects.select_related("user").order_by("-checked_on", "-pk"),
        )
    )
    return list(rows.order_by("kind", "order", "pk"))


def file_of(contract: Contract, number: int, today: datetime.date) -> dict[str, Any]:
    """The parts of the file of ``contract`` under amendment ``number``. Fifteen queries at most."""
    terms = [_term(row) for row in terms_with_checks(contract, number)]
    provisions = list(contract.provisions.as_amended_by(number).order_by("order", "pk"))
    results = Prefetch("expectations", Expectation.objects.order_by("order", "pk"))
    lines = Prefetch(
        "budget_lines", BudgetLine.objects.as_amended_by(number).order_by("order", "pk")
    )
    supplies = contract.supplies.select_related("supplier", "watcher").prefetch_related(
        Prefetch("deliveries", Delivery.objects.select_related("supply").order_by("-measured_on"))
    )
    documents = list(contract.documents.select_related("amendment"))
    checkable = [row for row in terms if row["is_checked"]]
    return {
        "terms": terms,
        "term_count": len(checkable),
        "kept_count": sum(row["outcome"] == "kept" for row in checkable),
        "inside": [row for row in provisions if row.is_inside],
        "outside": [row for row in provisions if not row.is_inside],
        "sub_assignments": [
            {
                "row": row,
                "results": [each.text for each in row.expectations.all()],
                "lines": list(row.budget_lines.all()),
            }
            for row in contract.sub_assignments.select_related("theme").prefetch_related(
                results, lines
            )
        ],
        "options": [_option(row, today) for row in contract.extension_options.all()],
        "transitions": [_transition(row, today) for row in contract.transitions.all()],
        "supplies": [{"row": row, "deliveries": list(row.deliveries.all())} for row in supplies],
        "documents": documents,
        "has_agreement_document": any(
            row.kind == DocumentKind.AGREEMENT and row.amendment_id is None for row in documents
        ),
        "notices": [
            {"row": row, "told": ", ".join(each.name for each in row.organisations.all())}
            for row in TenderNotice.objects.filter(contract=contract)
            .select_related("user")
            .prefetch_related("organisations")
        ],
        "assignments": assignments_beside(contract, drafts=True),
    }


def _term(row: Term) -> Story:
    checks = list(row.checks.all())
    newest = checks[0] if checks else None
    return {
        "pk": row.pk,
        "text": row.text,
        "kind": row.get_kind_display(),
        "holder": row.get_holder_display() if row.holder else "",
        "is_checked": row.kind in CHECKED_KINDS,
        "outcome": newest.outcome if newest else "",
        "told": newest.get_outcome_display() if newest else "",
        "checked_on": newest.checked_on if newest else None,
        "by": newest.user if newest else None,
        "note": newest.note if newest else "",
    }


def _option(row: Any, today: datetime.date) -> Story:
    return {"row": row, "is_late": row.outcome == "open" and row.notice_by < today}


def _transition(row: Any, today: datetime.date) -> Story:
    ended = row.ends_on is not None and row.ends_on < today
    return {"row": row, "is_late": ended and row.finished_on is None}
