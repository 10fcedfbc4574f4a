"""Reports of supervision for tests: with a document, and published."""

from __future__ import annotations

from typing import Any

from accounts.constants import Role
from reporting.actions import supervising
from reporting.models import SupervisionReport
from tests.factories import UserFactory
from tests.factories_reporting import (
    SupervisionDocumentFactory,
    SupervisionFindingFactory,
    SupervisionReportFactory,
)


def with_document(report: SupervisionReport, **fields: Any) -> SupervisionReport:
    SupervisionDocumentFactory.create(report=report, **fields)
    return report


def published(*, findings: int = 1, document: bool = False, **fields: Any) -> SupervisionReport:
    """A report with ``findings`` that everybody may read."""
    report: SupervisionReport = SupervisionReportFactory.create(**fields)
    SupervisionFindingFactory.create_batch(findings, report=report)
    if document:
        with_document(report)
    supervising.publish(report, user=UserFactory.create(holds=[Role.SUPERVISOR]))
    report.refresh_from_db()
    return report


def withdrawn(reason: str = "Dit was het verkeerde bestand.", **fields: Any) -> SupervisionReport:
    """A published report whose document was taken back."""
    report = published(document=True, **fields)
    supervising.withdraw_document(report, reason, user=UserFactory.create())
    return report
