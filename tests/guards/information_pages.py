"""The rows of what each role needs to know, for the table of who may ask what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accounts.constants import STAFF_ROLES, Role
from tests.factories_inquiries import InformationNeedFactory
from tests.guards.rows import NOT_ALLOWED, OK, REDIRECT, Row, everyone, only

OFFICER = Role.POLICY_OFFICER
PUBLIC = Row(get=everyone(OK), post=everyone(NOT_ALLOWED))


def a_need() -> Mapping[str, Any]:
    return {"pk": InformationNeedFactory.create().pk}


ROWS = {
    "information_list": PUBLIC,
    "information_role": Row(PUBLIC.get, PUBLIC.post, kwargs={"role": "manager"}),
    "information_manage": Row(get=only(*STAFF_ROLES), post=only(*STAFF_ROLES, answer=NOT_ALLOWED)),
    "information_need_add": Row(get=only(OFFICER), post=only(OFFICER)),
    "information_need_edit": Row(get=only(OFFICER), post=only(OFFICER), kwargs=a_need),
    "information_need_delete": Row(
        get=only(OFFICER), post=only(OFFICER, answer=REDIRECT), kwargs=a_need
    ),
}
