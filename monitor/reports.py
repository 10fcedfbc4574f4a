"""The reports under an edition, and what partners reported on its goals.

Until the college adopts, an edition reads what is accepted at that moment; from then on the rounds
that were accepted when it was adopted (docs/regels/oordeel.md, rule 9).
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from agenda.constants import Origin
from agenda.story import Story, figure, value_story
from contracts.models import KPI, Amendment
from contracts.terms import amendment_in
from core.values import Value
from monitor.carrying import goal_links
from monitor.models import EditionReport, Monitor
from monitor.succession import earlier_selves
from monitor.suggestion import ResultEvidence
from reporting.constants import ReportStatus
from reporting.deviation import judge
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
    fixed = dict(monitor.reports.filter(carries=True).values_list("report_id", "round_number"))
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
    """Write down which rounds are accepted now, and which of them carry ``monitor``: those over its
    period. Call it in the transaction of its adoption, before its status changes. Nothing is
    written about history from a source document. Five queries.
    """
    if monitor.origin != Origin.SYSTEM:
        return
    carrying = {line.report.pk for line in ground_of(monitor).based_on}
    accepted = list(Report.objects.accepted().order_by("pk"))
    rounds = _rounds(accepted)
    EditionReport.objects.bulk_create(
        EditionReport(
            monitor=monitor,
            report=report,
            round_number=rounds[report.pk][-1].number,
            sha256=rounds[report.pk][-1].sha256,
            carries=report.pk in carrying,
        )
        for report in accepted
    )


def known_reports(monitor: Monitor) -> dict[int, int] | None:
    """The reports that were accepted when ``monitor`` was adopted, over whatever year, each with
    the number of the round that was.

    None for history from a source document, and before the college adopted. One query at most.
    """
    if monitor.origin != Origin.SYSTEM or not monitor.is_adopted:
        return None
    return dict(monitor.reports.values_list("report_id", "round_number"))


# -- the results -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Outcome:
    """A result on a KPI as a round holds it, beside the terms that were frozen with that round."""

    line: ReportLine
    kpi: str
    unit: str
    result: KPIResult
    target: Value | None
    deviates: bool

    def story(self, *, whole: bool = False) -> Story:
        """As pages, document and open data show it; ``whole`` as officers may see it."""
        row, report = self.result, self.line.story()
        # Who misses a target has to explain it: that there is an explanation tells as much.
        tells = whole or not row.withheld
        return {
            "kpi": self.kpi,
            "unit": self.unit,
            "partner": report["partner"],
            "partner_slug": report["partner_slug"],
            "period": report["period"],
            "value": figure(row, whole=whole),
            "target": value_story(self.target) if self.target else None,
            "achieved": ACHIEVED[row.achieved if tells else None],
            "explanation": row.explanation if tells else "",
            "improvement": row.improvement if tells else "",
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
            deviates=self.deviates,
            is_example=self.line.report.contract.is_example,
        )


ACHIEVED = {True: "yes", False: "no", None: "unknown"}


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
    owing = _owing(selves, list(others.values()))
    results = {}
    for goal in goals:
        outcomes, accepted = [], 0
        for pk, line in lines.items():
            serving = [kpi for kpi in terms[pk] if selves[goal] & _goals(kpi)]
            accepted += bool(serving)
            outcomes += [
                _outcome(line, kpi, by_round[pk][kpi["id"]])
                for kpi in serving
                if kpi["id"] in by_round.get(pk, {})
            ]
        expected = accepted + len(owing[goal])
        results[goal] = GoalReports(outcomes, accepted, expected)
    return results


def _outcome(line: ReportLine, kpi: dict[str, Any], result: KPIResult) -> Outcome:
    band = Decimal(kpi["band"]) if kpi["band"] else None
    target = _target(kpi)
    outcome = judge(result.value, target, kpi["direction"], band)
    deviates = outcome.deviates or outcome.achieved is None
    return Outcome(line, kpi["name"], kpi["unit"], result, target, deviates)


def _terms(rounds: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    """The KPIs of each round as they stood when it was submitted."""
    kept = Round.objects.filter(pk__in=rounds).values_list("pk", "payload")
    return {pk: json.loads(payload).get("terms", {}).get("kpis", []) for pk, payload in kept}


def _goals(kpi: dict[str, Any]) -> set[int]:
    return {goal["id"] for goal in kpi["goals"]}


def _target(kpi: dict[str, Any]) -> Value | None:
    return Value.from_json(kpi["target"]) if kpi["target"] else None


def _owing(selves: dict[int, set[int]], reports: Collection[Report]) -> dict[int, set[int]]:
    """For each goal those of ``reports`` that will be asked for a KPI of it, under the amendment
    that holds for their period; a draft amendment asks nothing yet. Two queries."""
    contracts = {report.contract_id for report in reports}
    amendments: dict[int, list[Amendment]] = {}
    for amendment in Amendment.objects.filter(contract__in=contracts):
        amendments.setdefault(amendment.contract_id, []).append(amendment)
    asked: dict[int, list[tuple[int, int, int | None]]] = {}
    kpis = KPI.objects.filter(goals__in=set().union(*selves.values()), contract__in=contracts)
    for contract, goal, start, end in kpis.values_list(
        "contract", "goals", "started_by__number", "ended_by__number"
    ):
        asked.setdefault(contract, []).append((goal, start, end))
    owing: dict[int, set[int]] = {goal: set() for goal in selves}
    for report in reports:
        held = amendments.get(report.contract_id, ())
        number = amendment_in(report.contract, held, report.period)
        goals = {
            goal
            for goal, start, end in asked.get(report.contract_id, ())
            if start <= number and (end is None or end > number)
        }
        for goal, names in selves.items():
            if names & goals:
                owing[goal].add(report.pk)
    return owing


def result_stories(results: GoalReports, *, whole: bool = False) -> list[Story]:
    """The results as they are told; ``whole`` tells what is withheld too, for officers."""
    return [outcome.story(whole=whole) for outcome in results.outcomes]
