"""What the database never lets anybody change here: rounds, and published supervision."""

from __future__ import annotations

from core.guards.frozen import FrozenRows

_OF_A_PUBLISHED_REPORT = (
    "EXISTS (SELECT 1 FROM reporting_supervisionreport AS supervision"
    " WHERE supervision.id = {row}.report_id AND supervision.published_at IS NOT NULL)"
)
# A document that was taken back may go: there may be a person in it.
_NOT_TAKEN_BACK = (
    " AND NOT EXISTS (SELECT 1 FROM reporting_supervisionwithdrawal AS withdrawal"
    " WHERE withdrawal.report_id = {row}.report_id)"
)
# Once the minutes are laid down or the talk was called off.
_OF_A_SETTLED_TALK = (
    "EXISTS (SELECT 1 FROM contracts_meeting AS meeting"
    " WHERE meeting.id = {row}.meeting_id AND meeting.status IN ('recorded', 'cancelled'))"
)
ROWS = FrozenRows(
    append_only=(
        "reporting_decidedreport",
        "reporting_extension",
        "reporting_remark",
        "reporting_reportevent",
        "reporting_round",
        "reporting_roundfile",
        "reporting_supervisionanswer",
        "reporting_supervisionwithdrawal",
    ),
    locked={
        "reporting_talkedreport": _OF_A_SETTLED_TALK,
        "reporting_supervisiondocument": _OF_A_PUBLISHED_REPORT + _NOT_TAKEN_BACK,
        "reporting_supervisionfinding": _OF_A_PUBLISHED_REPORT,
    },
    kept={
        # What is not published of a result is decided when its round is accepted.
        "reporting_kpiresult": ("1 = 1", ("withheld",)),
        "reporting_supervisionreport": ("{row}.published_at IS NOT NULL", ()),
    },
)
