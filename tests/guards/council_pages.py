"""The rows of talks of the council, for the table of who may ask what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from accounts.constants import OFFICER_ROLES, Role
from tests.factories_council import CouncilTalkFactory, CouncilTalkPointFactory
from tests.guards.rows import NOT_ALLOWED, OK, REDIRECT, Answer, Row, everyone, only

WRITERS = (Role.POLICY_OFFICER, Role.COUNCIL_CLERK)
READERS = (*sorted(OFFICER_ROLES), Role.COUNCIL_CLERK)
Makes = Callable[[], Mapping[str, Any]]


def a_talk() -> Mapping[str, Any]:
    return {"pk": CouncilTalkFactory.create().pk}


def an_agenda() -> Mapping[str, Any]:
    return {"slug": CouncilTalkFactory.create().version.agenda.slug}


def a_point() -> Mapping[str, Any]:
    point = CouncilTalkPointFactory.create()
    return {"pk": point.talk.pk, "point": point.pk}


def _written(kwargs: Makes, *, post: Answer = OK) -> Row:
    return Row(get=only(*WRITERS), post=only(*WRITERS, answer=post), kwargs=kwargs)


def _read(kwargs: Makes) -> Row:
    return Row(get=only(*READERS), post=only(*READERS, answer=NOT_ALLOWED), kwargs=kwargs)


ROWS = {
    "council_talk_list": Row(get=everyone(OK), post=everyone(NOT_ALLOWED), kwargs=an_agenda),
    "council_talk_manage_list": _read(dict),
    "council_talk_manage": _read(a_talk),
    "council_talk_history": _read(a_talk),
    "council_talk_add": _written(dict),
    "council_talk_edit": _written(a_talk),
    "council_talk_delete": _written(a_talk, post=REDIRECT),
    "council_talk_point_add": _written(a_talk),
    "council_talk_point_edit": _written(a_point),
    "council_talk_point_delete": _written(a_point, post=REDIRECT),
}
