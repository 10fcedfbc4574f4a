"""The rows of investigations, for the table of who may ask what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from accounts.constants import Role
from tests.factories_inquiries import (
    FollowUpFactory,
    InvestigationFactory,
    InvestigationPartFactory,
    PlannedInvestigationFactory,
    public_advice,
    public_investigation,
)
from tests.guards.rows import MISSING, NOT_ALLOWED, OK, REDIRECT, Answer, Row, everyone, only

MANAGERS = (Role.FUNCTIONAL_MANAGER, Role.CONTRACT_MANAGER)
AUDITOR, OFFICER, COLLEGE = Role.AUDITOR, Role.POLICY_OFFICER, Role.COLLEGE
WORKS = (AUDITOR, OFFICER, COLLEGE)
FOLLOWS = (*WORKS, *MANAGERS, Role.COUNCIL_CLERK)
Makes = Callable[[], Mapping[str, Any]]


def a_draft() -> Mapping[str, Any]:
    return {"pk": InvestigationPartFactory.create().investigation.pk}


def a_drafted_part() -> Mapping[str, Any]:
    part = InvestigationPartFactory.create()
    return {"pk": part.investigation.pk, "part": part.pk}


def a_part_in_check() -> Mapping[str, Any]:
    part = InvestigationPartFactory.create(investigation__in_check=True, heard="Het klopt niet.")
    return {"pk": part.investigation.pk, "part": part.pk}


def a_settled_one() -> Mapping[str, Any]:
    return {"pk": InvestigationFactory.create(settled=True).pk}


def a_public_one() -> Mapping[str, Any]:
    return {"pk": public_investigation().pk}


def a_recommendation() -> Mapping[str, Any]:
    return {"origin": "onderzoek", "pk": public_advice()[0].pk}


def a_followed_one() -> Mapping[str, Any]:
    return {"origin": "onderzoek", "pk": FollowUpFactory.create().part_id}


def a_plan() -> Mapping[str, Any]:
    return {"pk": PlannedInvestigationFactory.create().pk}


def _auditor(kwargs: Makes, *, post: Answer = OK) -> Row:
    return Row(get=only(AUDITOR), post=only(AUDITOR, answer=post), kwargs=kwargs)


def _works(kwargs: Makes) -> Row:
    return Row(get=only(*WORKS), post=only(*WORKS, answer=NOT_ALLOWED), kwargs=kwargs)


def _heard(kwargs: Makes) -> Row:
    return Row(get=only(OFFICER, COLLEGE), post=only(OFFICER, COLLEGE), kwargs=kwargs)


def _follows(kwargs: Makes) -> Row:
    return Row(get=only(*FOLLOWS), post=only(*FOLLOWS, answer=NOT_ALLOWED), kwargs=kwargs)


def _public(kwargs: Makes) -> Row:
    return Row(get=everyone(OK), post=everyone(NOT_ALLOWED), kwargs=kwargs)


ROWS = {
    "investigation_list": _public(dict),
    "investigation_detail": _public(a_public_one),
    "investigation_manage_list": _works(dict),
    # A draft is not there for who is heard later.
    "investigation_manage": Row(
        get={**only(AUDITOR), OFFICER.value: MISSING, COLLEGE.value: MISSING},
        post=only(*WORKS, answer=NOT_ALLOWED),
        kwargs=a_draft,
    ),
    "investigation_add": _auditor(dict),
    "investigation_edit": _auditor(a_draft),
    "investigation_delete": _auditor(a_draft, post=REDIRECT),
    "investigation_part_add": _auditor(a_draft),
    "investigation_part_edit": Row(
        # An empty reaction says that the facts are right, so what is sent empty is kept.
        get=only(*WORKS),
        post={**only(AUDITOR), OFFICER.value: OK, COLLEGE.value: OK},
        kwargs=a_part_in_check,
    ),
    "investigation_part_delete": _auditor(a_drafted_part, post=REDIRECT),
    "investigation_reaction": Row(
        get=only(OFFICER, COLLEGE), post=only(OFFICER, COLLEGE), kwargs=a_settled_one
    ),
    "investigation_step": _auditor(a_draft),
    "investigation_history": _works(a_settled_one),
    "recommendation_list": _public(dict),
    "recommendation_csv": _public(dict),
    "recommendation_detail": _public(a_recommendation),
    "recommendation_manage_list": _follows(dict),
    "recommendation_manage": _follows(a_recommendation),
    "recommendation_assign": Row(get=only(*WORKS), post=only(*WORKS), kwargs=a_recommendation),
    # Of a recommendation that the college keeps; an officer speaks for the municipality.
    "recommendation_update": _heard(a_followed_one),
    "recommendation_history": _follows(a_followed_one),
    "plan_list": _public(dict),
    "plan_manage_list": _works(dict),
    "plan_add": _heard(dict),
    "plan_edit": _heard(a_plan),
    "plan_begin": _auditor(a_plan),
    "plan_history": _works(a_plan),
    "norm_framework": Row(
        get=only(*WORKS, *MANAGERS), post=only(*WORKS, *MANAGERS, answer=NOT_ALLOWED)
    ),
    "norm_judge": _auditor(lambda: {"number": 4}),
}
