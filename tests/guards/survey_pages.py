"""The rows of surveys among clients, for the table of who may ask what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from accounts.constants import STAFF_ROLES, Role
from tests.factories_agenda import StatementFactory, SurveyFactory
from tests.guards.rows import NOT_ALLOWED, OK, REDIRECT, Answer, Row, everyone, only

OFFICER = Role.POLICY_OFFICER
Makes = Callable[[], Mapping[str, Any]]


def a_survey() -> Mapping[str, Any]:
    return {"slug": SurveyFactory.create().slug}


def a_question() -> Mapping[str, Any]:
    row = StatementFactory.create()
    return {"slug": row.survey.slug, "pk": row.pk}


def _public(kwargs: Makes) -> Row:
    return Row(get=everyone(OK), post=everyone(NOT_ALLOWED), kwargs=kwargs)


def _read(kwargs: Makes) -> Row:
    return Row(get=only(*STAFF_ROLES), post=only(*STAFF_ROLES, answer=NOT_ALLOWED), kwargs=kwargs)


def _written(kwargs: Makes, *, get: Answer = OK, post: Answer = OK) -> Row:
    return Row(get=only(OFFICER, answer=get), post=only(OFFICER, answer=post), kwargs=kwargs)


ROWS = {
    "survey_list": _public(dict),
    "survey_detail": _public(a_survey),
    "survey_manage_list": _read(dict),
    "survey_manage": _read(a_survey),
    "survey_history": _read(a_survey),
    "survey_add": _written(dict),
    "survey_edit": _written(a_survey),
    "survey_standard": _written(a_survey, get=NOT_ALLOWED, post=REDIRECT),
    "survey_question_add": _written(a_survey),
    "survey_question_edit": _written(a_question),
    "survey_question_delete": _written(a_question, post=REDIRECT),
    "survey_answers": _written(a_survey, post=REDIRECT),
    "survey_publish": _written(a_survey, post=REDIRECT),
}
