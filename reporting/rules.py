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
]
