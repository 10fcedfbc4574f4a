"""Reports in every state, of the partner whose people stand in the table."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from accounts.models import Organisation
from reporting import actions
from reporting.models import Report, RoundFile
from tests.factories_contracts import PartyFactory
from tests.factories_reporting import (
    AttachmentFactory,
    ReportFactory,
    RoundFactory,
    RoundFileFactory,
)
from tests.reporting.cycle import submitted

PARTNER = "partner-van-de-tabel"  # the organisation of the partners' actors


def _report(**fields: Any) -> Report:
    partner = Organisation.objects.filter(slug=PARTNER).first()
    assert partner is not None
    report: Report = ReportFactory.create(contract__partner=partner, **fields)
    return report


def an_open_report() -> Mapping[str, Any]:
    return {"pk": _report().pk}


def an_open_part() -> Mapping[str, Any]:
    """Of a report of another partner, to which that of the table contributes."""
    report: Report = ReportFactory.create()
    partner = Organisation.objects.get(slug=PARTNER)
    PartyFactory.create(contract=report.contract, organisation=partner, contributes=True)
    return {"pk": report.pk}


def a_section() -> Mapping[str, Any]:
    return {"pk": _sections_report().pk, "section": "trends"}


def _sections_report() -> Report:
    from tests.factories_contracts import ReportingAgreementFactory, ReportingSectionFactory

    report = _report()
    agreement = ReportingAgreementFactory.create(contract=report.contract)
    ReportingSectionFactory.create(agreement=agreement)
    return report


def an_attachment() -> Mapping[str, Any]:
    attachment = AttachmentFactory.create(report=_report())
    return {"pk": attachment.report.pk, "file": attachment.pk}


PAYLOAD = '{"sections": [], "warnings": [], "answers": {}, "terms": {"kpis": []}}'
made = functools.partial(RoundFactory.create, payload=PAYLOAD)


def a_round() -> Mapping[str, Any]:
    report = _report(submitted=True)
    made(report=report)
    return {"pk": report.pk, "number": 1}


def the_rounds() -> Mapping[str, Any]:
    return {"pk": a_round()["pk"]}


def a_report() -> Mapping[str, Any]:
    """One that waits for the contract manager."""
    report = ReportFactory.create(submitted=True)
    made(report=report)
    return {"pk": report.pk}


def two_rounds() -> Mapping[str, Any]:
    report = ReportFactory.create(submitted=True)
    for number in (1, 2):
        made(report=report, number=number)
    return {"pk": report.pk, "first": 1, "second": 2}


def a_round_file() -> Mapping[str, Any]:
    file: RoundFile = RoundFileFactory.create()
    return {"pk": file.round.report.pk, "file": file.pk}


def an_accepted_report() -> Mapping[str, Any]:
    made = submitted(1)
    actions.accept(made.report, user=made.manager, round_number=1)
    return {"slug": made.partner.slug, "pk": made.report.pk, "number": 1}
