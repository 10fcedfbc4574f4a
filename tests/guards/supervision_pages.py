"""The rows of the pages of supervision, for the table of who may ask what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from accounts.constants import Role
from tests.factories_reporting import SupervisionFindingFactory, SupervisionReportFactory
from tests.guards.rows import MISSING, NOT_ALLOWED, OK, REDIRECT, Answer, Row, everyone, only
from tests.reporting.supervised import published, with_document

SUPERVISOR, OFFICER = Role.SUPERVISOR, Role.POLICY_OFFICER


def a_draft() -> Mapping[str, Any]:
    return {"pk": with_document(SupervisionReportFactory.create()).pk}


def a_finding() -> Mapping[str, Any]:
    finding = SupervisionFindingFactory.create()
    return {"pk": finding.report.pk, "finding": finding.pk}


def a_published_finding() -> Mapping[str, Any]:
    report = published()
    return {"pk": report.pk, "finding": report.findings.get().pk}


def a_published_document() -> Mapping[str, Any]:
    return {"pk": published(document=True).pk}


def the_year() -> Mapping[str, Any]:
    return {"year": published(document=True).year}


def _supervisor(
    kwargs: Callable[[], Mapping[str, Any]], *, get: Answer = OK, post: Answer = OK
) -> Row:
    """A page on which the supervisor works on a draft; nobody else of whatever role is there."""
    return Row(get=only(SUPERVISOR, answer=get), post=only(SUPERVISOR, answer=post), kwargs=kwargs)


def _both(kwargs: Callable[[], Mapping[str, Any]]) -> Row:
    both = (SUPERVISOR, OFFICER)
    return Row(get=only(*both), post=only(*both, answer=NOT_ALLOWED), kwargs=kwargs)


def _public(kwargs: Callable[[], Mapping[str, Any]]) -> Row:
    return Row(get=everyone(OK), post=everyone(NOT_ALLOWED), kwargs=kwargs)


ROWS = {
    "supervision_list": _public(dict),
    "supervision_detail": _public(the_year),
    "supervision_document": _public(the_year),
    "supervision_manage_list": _both(dict),
    # A draft is not there for who answers later.
    "supervision_manage": Row(
        get={**only(SUPERVISOR), OFFICER.value: MISSING},
        post=only(SUPERVISOR, OFFICER, answer=NOT_ALLOWED),
        kwargs=a_draft,
    ),
    "supervision_add": _supervisor(dict),
    "supervision_edit": _supervisor(a_draft),
    "supervision_delete": _supervisor(a_draft, post=REDIRECT),
    "supervision_publish": _supervisor(a_draft, post=REDIRECT),
    "supervision_history": _supervisor(a_draft, post=NOT_ALLOWED),
    "supervision_file": _supervisor(a_draft, post=NOT_ALLOWED),
    "supervision_file_add": _supervisor(a_draft),
    "supervision_file_remove": _supervisor(a_draft, get=NOT_ALLOWED, post=REDIRECT),
    "supervision_document_withdraw": _supervisor(a_published_document),
    "supervision_finding_add": _supervisor(a_draft),
    "supervision_finding_edit": _supervisor(a_finding),
    "supervision_finding_delete": _supervisor(a_finding, post=REDIRECT),
    "supervision_answer": Row(get=only(OFFICER), post=only(OFFICER), kwargs=a_published_finding),
}
