"""The reports under an edition, and what partners reported on its goals.

Until the college adopts, an edition reads what is accepted at that moment; from then on the rounds
that were accepted when it was adopted (docs/regels/oordeel.md, rule 9).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from agenda.constants import Origin
from agenda.story import Story, figure, plain
from contracts.models import KPI
from core.values import Value
from monitor.carrying import goal_links
from monitor.constants import MonitorStatus
from monitor.models import EditionReport, Monitor
from monitor.succession import earlier_selves
from monitor.suggestion import ResultEvidence
from reporting.constants import ReportStatus
from reporting.models import KPIResult, Report, ReportEvent, Round


# -- the reports -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class ReportLine:
    """A report about the period of an edition, with its newest round (none before the first)."""

    report: Report
    round: Round | None
    accepted_on: str

    @property
    def key(self) -> tuple[int, int]:
        return self.report.pk, self.round.number if self.round else 0

    def story(self) -> Story:
        """What an edition freezes of it."""
        partner = self.report.contract.partner
        return {
            "id": self.report.pk,
            "title": self.report.title,
            "partner": partner.name if partner else "",
            "partner_slug": partner.slug if partner else "",
            "period": self.report.period.label,
            "round": self.round.number if self.round else 0,
            "sha256": self.round.sha256 if self.round else "",
            "accepted_on": self.accepted_on,
        }


@dataclass(frozen=True)
class Ground:
    """``based_on`` carries the edition; ``missing`` was not accepted; ``later`` came afterwards."""

    based_on: list[ReportLine]
    missing: list[ReportLine]
    later: list[ReportLine]


def ground_of(monitor: Monitor) -> Ground:
    """The reports that partners owe over the period of ``monitor``. Four queries."""
    reports = [
        report
        for report in Report.objects.of_system()
        .filter(period__startswith=str(monitor.year))
        .select_related("contract__partner")
        .order_by("contract__partner__name", "period", "kind")
        if monitor.period.contains(report.period)
    ]
    rounds = _rounds(reports)
    accepted = _accepted_days(reports)
    fixed = dict(monitor.reports.values_list("report_id", "round_number"))
    based_on, missing, later = [], [], []
    for report in reports:
        held = rounds.get(report.pk, [])
        newest = held[-1] if held else None
        line = ReportLine(report, newest, accepted.get(newest.pk, "") if newest else "")
        if report.pk in fixed:
            kept = next((row for row in held if row.number == fixed[report.pk]), None)
            based_on.append(ReportLine(report, kept, accepted.get(kept.pk, "") if kept else ""))
            if newest and newest.number > fixed[report.pk] and _is_accepted(report):
                later.append(line)
        elif not _is_accepted(report):
            missing.append(line)
        elif monitor.is_adopted:
            later.append(line)
        else:
            based_on.append(line)
    return Ground(based_on, missing, later)


def _is_accepted(report: Report) -> bool:
    return report.status == ReportStatus.ACCEPTED


def _rounds(reports: Collection[Report]) -> dict[int, list[Round]]:
    found: dict[int, list[Round]] = {}
    for row in Round.objects.filter(report__in=reports).defer("payload").order_by("number"):
        found.setdefault(row.report_id, []).append(row)
    return found


def _accepted_days(reports: Collection[Report]) -> dict[int, str]:
    """For each round the day on which it was accepted, the last time."""
    events = ReportEvent.objects.filter(report__in=reports, to_status=ReportStatus.ACCEPTED)
    return {
        round_id: timezone.localtime(at).date().isoformat()
        for round_id, at in events.order_by("pk").values_list("round_id", "at")
    }


def stand_on_reports(monitor: Monitor) -> None:
    """Write down which rounds carry ``monitor``; call it in the transaction of its adoption, before
    its status changes. Nothing is written about history from a source document.
    """
    if monitor.origin != Origin.SYSTEM:
        return
    EditionReport.objects.bulk_create(
        EditionReport(
            monitor=monitor,
            report=line.report,
            round_number=line.round.number,
            sha256=line.round.sha256,
        )
        for line in ground_of(monitor).based_on
        if line.round is not None
    )


def known_reports(monitor: Monitor) -> dict[int, int] | None:
    """The reports that were accepted when ``monitor`` was adopted, over whatever year, each with
    the number of the round that was.

    None for history from a source document, which has no such moment. Two queries.
    """
    adopted = monitor.events.filter(to_status=MonitorStatus.ADOPTED).order_by("pk").last()
    if monitor.origin != Origin.SYSTEM or adopted is None:
        return None
    events = ReportEvent.objects.filter(at__lte=adopted.at).order_by("pk")
    known: dict[int, int] = {}
    for report, number, to in events.values_list("report_id", "round__number", "to_status"):
        if to == ReportStatus.ACCEPTED:
            known[report] = number
        else:
            known.pop(report, None)
    return known


# -- the results -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Outcome:
    """A result on a KPI as a round holds it, beside the terms that were frozen with that round."""

    line: ReportLine
    kpi: str
    unit: str
    result: KPIResult
    target: Value | None

    def story(self) -> Story:
        """As pages, document and open data show it."""
        row, report = self.result, self.line.story()
        return {
            "kpi": self.kpi,
            "unit": self.unit,
            "partner": report["partner"],
            "partner_slug": report["partner_slug"],
            "period": report["period"],
            "value": figure(row),
            "target": _shown(self.target) if self.target else None,
            "achieved": ACHIEVED[row.achieved],
            "explanation": row.explanation,
            "improvement": row.improvement,
            "example": self.line.report.contract.is_example,
            "report": {
                key: report[key] for key in ("id", "partner_slug", "title", "round", "accepted_on")
            },
        }

    def evidence(self) -> ResultEvidence:
        """As the rule of the suggestion reads it."""
        partner = self.line.report.contract.partner
        return ResultEvidence(
            name=self.kpi,
            partner=partner.name if partner else "",
            achieved=self.result.achieved,
            is_example=self.line.report.contract.is_example,
        )


ACHIEVED = {True: "yes", False: "no", None: "unknown"}


def _shown(value: Value) -> Story:
    quantity = value.quantity
    return {
        "display": value.display(),
        "present": value.is_present,
        "quantity": None if quantity is None else plain(quantity),
        "value": value.to_json(),
    }


@dataclass(frozen=True)
class GoalReports:
    """What partners reported on one goal, in ``accepted`` of the ``expected`` reports."""

    outcomes: list[Outcome]
    accepted: int
    expected: int


def results_in(monitor: Monitor, goals: Collection[int], ground: Ground) -> dict[int, GoalReports]:
    """What partners reported on ``goals``, also under the names that they had before.

    Only the rounds that carry the edition count (``ground.based_on``), with their own terms: what
    is amended or opened again afterwards changes nothing. Four queries.
    """
    selves = earlier_selves(goals, goal_links())
    lines = {line.round.pk: line for line in ground.based_on if line.round is not None}
    terms = _terms(lines)
    by_round: dict[int, dict[int, KPIResult]] = {}
    for row in KPIResult.objects.filter(round__in=lines).order_by("kpi__order", "pk"):
        by_round.setdefault(row.round_id, {})[row.kpi_id] = row
    others = {line.report.pk: line.report for line in [*ground.missing, *ground.later]}
    for line in ground.based_on:
        others.pop(line.report.pk, None)
    owing = _owing(selves, others.values())
    results = {}
    for goal in goals:
        outcomes, accepted = [], 0
        for pk, line in lines.items():
            serving = [kpi for kpi in terms[pk] if selves[goal] & _goals(kpi)]
            accepted += bool(serving)
            outcomes += [
                Outcome(line, kpi["name"], kpi["unit"], by_round[pk][kpi["id"]], _target(kpi))
                for kpi in serving
                if kpi["id"] in by_round.get(pk, {})
            ]
        expected = accepted + sum(
            report.contract_id in owing.get(goal, ()) for report in others.values()
        )
        results[goal] = GoalReports(outcomes, accepted, expected)
    return results


def _terms(rounds: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    """The KPIs of each round as they stood when it was submitted."""
    kept = Round.objects.filter(pk__in=rounds).values_list("pk", "payload")
    return {pk: json.loads(payload).get("terms", {}).get("kpis", []) for pk, payload in kept}


def _goals(kpi: dict[str, Any]) -> set[int]:
    return {goal["id"] for goal in kpi["goals"]}


def _target(kpi: dict[str, Any]) -> Value | None:
    return Value.from_json(kpi["target"]) if kpi["target"] else None


def _owing(selves: dict[int, set[int]], reports: Iterable[Report]) -> dict[int, set[int]]:
    """For each goal the contracts of ``reports`` that have a KPI for it now."""
    contracts = {report.contract_id for report in reports}
    now: dict[int, set[int]] = {}
    every = set().union(*selves.values())
    kpis = KPI.objects.filter(goals__in=every, contract__in=contracts)
    for goal, contract in kpis.values_list("goals", "contract"):
        now.setdefault(goal, set()).add(contract)
    return {
        goal: set().union(*(now.get(held, set()) for held in names))
        for goal, names in selves.items()
    }


def result_stories(results: GoalReports) -> list[Story]:
    return [outcome.story() for outcome in results.outcomes]
