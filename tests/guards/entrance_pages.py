"""The rows of where inhabitants can go, for the table of who may ask what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accounts.constants import STAFF_ROLES, Role
from tests.factories_reporting import EntranceFactory
from tests.guards.rows import NOT_ALLOWED, OK, REDIRECT, Row, everyone, only

WRITERS = (Role.CONTRACT_MANAGER, Role.POLICY_OFFICER)


def an_entrance() -> Mapping[str, Any]:
    return {"pk": EntranceFactory.create().pk}


ROWS = {
    "entrance_list": Row(get=everyone(OK), post=everyone(NOT_ALLOWED)),
    "entrance_manage": Row(get=only(*STAFF_ROLES), post=only(*STAFF_ROLES, answer=NOT_ALLOWED)),
    "entrance_add": Row(get=only(*WRITERS), post=only(*WRITERS)),
    "entrance_edit": Row(get=only(*WRITERS), post=only(*WRITERS), kwargs=an_entrance),
    "entrance_delete": Row(
        get=only(*WRITERS), post=only(*WRITERS, answer=REDIRECT), kwargs=an_entrance
    ),
}
