"""What may be done with a report, each in one transaction; these alone write its status."""

from reporting.actions.activating import (
    activate_contract,
    end_contract,
    expect_reports,
    expected_reports,
    sign_amendment,
)
from reporting.actions.contributing import part_ready
from reporting.actions.drafting import (
    Room,
    Saved,
    Typed,
    attach,
    detach,
    full,
    room_for,
    save_answers,
)
from reporting.actions.errors import NotReady, ReportError
from reporting.actions.reminding import remind_due
from reporting.actions.reviewing import RemarkText, accept, extend, reopen, return_
from reporting.actions.submitting import Draft, draft_of, last_day, submit

__all__ = [
    "Draft",
    "NotReady",
    "RemarkText",
    "ReportError",
    "Room",
    "Saved",
    "Typed",
    "accept",
    "activate_contract",
    "attach",
    "detach",
    "draft_of",
    "end_contract",
    "expect_reports",
    "expected_reports",
    "extend",
    "full",
    "last_day",
    "part_ready",
    "remind_due",
    "reopen",
    "return_",
    "room_for",
    "save_answers",
    "sign_amendment",
    "submit",
]
