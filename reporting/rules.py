"""Rules of reports that cross tables, as the database keeps them (core/guards/rules.py)."""

from __future__ import annotations

from core.guards.rules import Rule

RULES = [
    Rule(
        name="reporting_figure_activity_of_report",
        message="Deze activiteit hoort bij een andere rapportage.",
        tables={"figure": "reporting_figure", "activity": "reporting_activity"},
        linked="activity.id = figure.activity_id",
        broken="activity.report_id <> figure.report_id",
    ),
    Rule(
        name="reporting_result_kpi_of_contract",
        message="Deze prestatie-indicator hoort bij een andere overeenkomst.",
        tables={
            "result": "reporting_kpiresult",
            "round": "reporting_round",
            "report": "reporting_report",
            "kpi": "contracts_kpi",
        },
        linked=(
            "round.id = result.round_id AND report.id = round.report_id AND kpi.id = result.kpi_id"
        ),
        broken="kpi.contract_id <> report.contract_id",
    ),
    Rule(
        name="reporting_event_round_of_report",
        message="Deze ronde hoort bij een andere rapportage.",
        tables={"event": "reporting_reportevent", "round": "reporting_round"},
        linked="round.id = event.round_id",
        broken="round.report_id <> event.report_id",
    ),
    Rule(
        name="reporting_supervision_answer_after_publication",
        message="De gemeente antwoordt pas als het jaarverslag van het toezicht openbaar is.",
        tables={
            "answer": "reporting_supervisionanswer",
            "finding": "reporting_supervisionfinding",
            "report": "reporting_supervisionreport",
        },
        linked="finding.id = answer.finding_id AND report.id = finding.report_id",
        broken="report.published_at IS NULL",
    ),
    Rule(
        name="reporting_supervision_withdrawn_after_publication",
        message="Van een concept wordt niets ingetrokken: haal het document daar gewoon weg.",
        tables={
            "withdrawal": "reporting_supervisionwithdrawal",
            "report": "reporting_supervisionreport",
        },
        linked="report.id = withdrawal.report_id",
        broken="report.published_at IS NULL",
    ),
]
