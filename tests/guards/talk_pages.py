"""The rows of talks, for the table of who may ask what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from accounts.constants import OFFICER_ROLES, Role
from contracts.actions import talks as actions
from core.files import store
from reporting.talks.documents import request_sheet
from tests.factories_contracts import ContractFactory
from tests.factories_reporting import ReportFactory
from tests.factories_talks import (
    ActionPointFactory,
    DecisionFactory,
    MeetingFactory,
    MeetingPointFactory,
    held_meeting,
    manager,
)
from tests.guards.rows import (
    MISSING,
    NOT_ALLOWED,
    OK,
    REDIRECT,
    REFUSED,
    Answer,
    Row,
    everyone,
    only,
)

WRITERS = (Role.CONTRACT_MANAGER, Role.POLICY_OFFICER)
READERS = (*OFFICER_ROLES, Role.COLLEGE)
PARTNERS = (Role.REPORTER, Role.SIGNATORY, Role.READER)
Makes = Callable[[], Mapping[str, Any]]


def a_meeting() -> Mapping[str, Any]:
    return {"pk": MeetingFactory.create().pk}


def a_held_meeting() -> Mapping[str, Any]:
    return {"pk": held_meeting().pk}


def a_point() -> Mapping[str, Any]:
    row = MeetingPointFactory.create()
    return {"pk": row.meeting.pk, "point": row.pk}


def an_action() -> Mapping[str, Any]:
    return {"pk": ActionPointFactory.create().pk}


def a_decision() -> Mapping[str, Any]:
    return {"pk": DecisionFactory.create().pk}


def a_contract() -> Mapping[str, Any]:
    return {"slug": ContractFactory.create(running=True).slug}


def a_sheet() -> Mapping[str, Any]:
    """The sheet of a talk, with its PDF made and one asked for."""
    document = request_sheet(MeetingFactory.create())
    document.file = store(b"%PDF-1.7", name="agendablad.pdf", content_type="application/pdf")
    document.pages, document.sha256 = 1, "a" * 64
    document.save()
    return {"pk": document.meeting_id}


def a_report() -> Mapping[str, Any]:
    return {"pk": ReportFactory.create().pk}


def a_feed() -> Mapping[str, Any]:
    return {"token": actions.new_feed(manager())}


def _read(kwargs: Makes = dict, roles: tuple[Role, ...] = READERS) -> Row:
    return Row(get=only(*roles), post=only(*roles, answer=NOT_ALLOWED), kwargs=kwargs)


def _written(kwargs: Makes = dict, *, get: Answer = OK, post: Answer = OK) -> Row:
    return Row(get=only(*WRITERS, answer=get), post=only(*WRITERS, answer=post), kwargs=kwargs)


def _at_a_partner(kwargs: Makes, *, writes: bool) -> Row:
    """A page about something that is of no organisation of theirs."""
    post: Answer = MISSING if writes else NOT_ALLOWED
    others: Answer = REFUSED if writes else NOT_ALLOWED
    return Row(
        get=only(*PARTNERS, answer=MISSING),
        post=only(*PARTNERS, answer=post, others=others),
        kwargs=kwargs,
    )


MAY = (*READERS, *PARTNERS)

ROWS = {
    "meeting_list": _read(),
    "meeting_manage": _read(a_meeting),
    "meeting_history": _read(a_meeting, tuple(OFFICER_ROLES)),
    "meeting_add": _written(),
    "meeting_edit": _written(a_meeting),
    "meeting_hold": _written(a_meeting, post=REDIRECT),
    "meeting_cancel": _written(a_meeting),
    "meeting_record": _written(a_held_meeting, post=REDIRECT),
    "meeting_attendance": _written(a_meeting),
    "meeting_point_add": _written(a_meeting),
    "meeting_point_edit": _written(a_point),
    "meeting_point_delete": _written(a_point, post=REDIRECT),
    "college_note_add": _written(a_meeting),
    "college_note_list": _read(),
    "action_list": _read(),
    "action_add": _written(),
    "action_detail": _read(an_action),
    "action_history": _read(an_action, tuple(OFFICER_ROLES)),
    "action_edit": _written(an_action),
    "action_done": _written(an_action),
    "action_drop": _written(an_action),
    "action_reopen": _written(an_action, get=REDIRECT),
    "decision_list": _read(),
    "decision_add": _written(),
    "decision_detail": _read(a_decision),
    "contract_talks": _read(a_contract),
    "contract_rhythm": _written(a_contract),
    "meeting_sheet": _read(a_meeting),
    "meeting_sheet_job": _read(a_sheet),
    "meeting_sheet_make": Row(
        get=only(*WRITERS, answer=NOT_ALLOWED),
        post=only(*WRITERS, answer=REDIRECT),
        kwargs=a_meeting,
    ),
    "meeting_sheet_pdf": _read(a_sheet),
    "meeting_reports": _written(a_meeting, post=REDIRECT),
    "report_decide": _written(a_report),
    "task_division": Row(get=everyone(OK), post=everyone(NOT_ALLOWED)),
    "norm_list": _read(),
    "dashboard": _read(),
    "contract_norms": _read(a_contract),
    # A talk that is not shared is not there for a partner.
    "meeting_ics": Row(
        get={**only(*READERS), **{role.value: MISSING for role in PARTNERS}},
        post=only(*MAY, answer=NOT_ALLOWED, others=NOT_ALLOWED),
        kwargs=a_meeting,
    ),
    "calendar_address": Row(get=only(*MAY), post=only(*MAY)),
    "calendar_feed": Row(get=everyone(OK), post=everyone(NOT_ALLOWED), kwargs=a_feed),
    "portal_talks": Row(
        get=only(*PARTNERS), post=only(*PARTNERS, answer=NOT_ALLOWED, others=NOT_ALLOWED)
    ),
    "portal_talk": _at_a_partner(a_meeting, writes=False),
    "portal_point_add": _at_a_partner(a_meeting, writes=True),
    "portal_action": _at_a_partner(an_action, writes=True),
}
