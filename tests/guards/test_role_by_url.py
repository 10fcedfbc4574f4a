"""Who may ask what: one table of every named address, tested for everybody, with GET and POST.

A new address is one line in ``TABLE``; the first test fails until it is there:

    "theme": Row(get=everyone(OK), post=everyone(NOT_ALLOWED), kwargs={"year": 2018}),
    "styleguide": Row(get=only(*STAFF_ROLES), post=signed_in(NOT_ALLOWED)),

``kwargs`` may be a function without arguments that makes what the page needs and returns them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.constants import PARTNER_ROLES, STAFF_ROLES, Role
from accounts.models import User
from contracts.models import Contract
from core.files import store
from monitor.documents import request_document
from tests.factories import OrganisationFactory, UserFactory
from tests.factories_monitor import CouncilDocumentFactory, SnapshotFactory
from tests.guards import (
    account_pages,
    advice_pages,
    agenda_rows,
    budget_pages,
    contract_pages,
    council_pages,
    entrance_pages,
    exchange_pages,
    history_pages,
    information_pages,
    inquiry_pages,
    project_pages,
    reporting_pages,
    supervision_pages,
    survey_pages,
    talk_pages,
)
from tests.guards import public_pages as pages
from tests.guards import work_on_monitor as work
from tests.guards.rows import (
    ACTORS,
    CONFLICT,
    LOGIN,
    MISSING,
    NOT_ALLOWED,
    OK,
    OUTSIDER,
    REDIRECT,
    REFUSED,
    STRANGER,
    Answer,
    Expected,
    Row,
    everyone,
    only,
    signed_in,
)
from tests.guards.sign_in_pages import SIGN_IN
from tests.monitor.edition import GOAL, PARTNER, THEME, agenda_with_goals, two_editions
from tests.routes import routes

READ_ONLY = Row(get=everyone(OK), post=everyone(NOT_ALLOWED))

MAKERS = (Role.POLICY_OFFICER, Role.FUNCTIONAL_MANAGER)


def _stored_document(kind: str = "annual", variant: str = "full") -> Mapping[str, Any]:
    """A published edition whose council document is stored."""
    snapshot = SnapshotFactory.create(monitor__year=2018, monitor__kind=kind)
    CouncilDocumentFactory.create(
        snapshot=snapshot,
        variant=variant,
        file=store(b"%PDF-1.7", name="raad.pdf", content_type="application/pdf"),
        pages=1,
        built_at=timezone.now(),
    )
    return {"year": 2018, "year2": 2018}


def _asked_document() -> Mapping[str, Any]:
    """A published edition whose council document waits for a worker."""
    request_document(SnapshotFactory.create(monitor__year=2018))
    return {"edition": 2018, "variant": "full"}


def _published() -> Mapping[str, Any]:
    SnapshotFactory.create(monitor__year=2018)
    return {"edition": 2018}


def _pdf(*document: str) -> Row:
    return Row(
        get=everyone(OK),
        post=everyone(NOT_ALLOWED),
        kwargs=lambda: _stored_document(*document),
    )


def _making() -> Row:
    """A step in making the document: a POST by one of two roles; a GET leads to the button."""
    return Row(
        get=only(*MAKERS, answer=REDIRECT),
        post=only(*MAKERS, answer=REDIRECT),
        kwargs=_asked_document,
    )


def of_edition(**kwargs: Any) -> Row:
    """A public page of a published edition; its addresses name the edition by its year."""

    def make() -> Mapping[str, Any]:
        two_editions()
        return {"edition": 2016, **kwargs}

    return Row(get=everyone(OK), post=everyone(NOT_ALLOWED), kwargs=make)


def of_goal() -> Mapping[str, Any]:
    agenda_with_goals()
    return {"slug": GOAL}


def _readable(kwargs: Callable[[], Mapping[str, Any]]) -> Row:
    """A public page of something that ``kwargs`` makes."""
    return Row(get=everyone(OK), post=everyone(NOT_ALLOWED), kwargs=kwargs)


DRAFT_READERS = (*STAFF_ROLES, Role.COLLEGE, Role.AUDITOR)
READERS = (*DRAFT_READERS, Role.COUNCIL_CLERK)


def _officers(
    kwargs: Callable[[], Mapping[str, Any]], *, get: Answer = OK, post: Answer = OK
) -> Row:
    """A page on which a policy officer works on an edition that ``kwargs`` makes."""
    return Row(
        get=only(Role.POLICY_OFFICER, answer=get),
        post=only(Role.POLICY_OFFICER, answer=post),
        kwargs=kwargs,
    )


MANAGER = Role.CONTRACT_MANAGER


def _managed(
    kwargs: Callable[[], Mapping[str, Any]], *, get: Answer = OK, posted: Answer = OK
) -> Row:
    """A page where the contract manager writes; others of the municipality may not."""
    return Row(get=only(MANAGER, answer=get), post=only(MANAGER, answer=posted), kwargs=kwargs)


def _partner(
    kwargs: Callable[[], Mapping[str, Any]], *, get: Answer = OK, post: Answer = OK
) -> Row:
    """A page of a report for everybody at its partner; to others it is not there."""

    def of(answer: Answer) -> Expected:
        if answer == NOT_ALLOWED:
            return signed_in(NOT_ALLOWED)
        return only(*PARTNER_ROLES, answer=answer, others=MISSING)

    return Row(get=of(get), post=of(post), kwargs=kwargs)


def _writer(kwargs: Callable[[], Mapping[str, Any]], *, get: Answer = OK, post: Answer = OK) -> Row:
    """A page where a partner writes: who only reads along there is refused."""

    def of(answer: Answer) -> Expected:
        if answer == NOT_ALLOWED:
            return signed_in(NOT_ALLOWED)
        writers = only(Role.REPORTER, Role.SIGNATORY, answer=answer, others=MISSING)
        return {**writers, Role.READER.value: REFUSED}

    return Row(get=of(get), post=of(post), kwargs=kwargs)


def _staff_reads(kwargs: Callable[[], Mapping[str, Any]]) -> Row:
    return Row(get=only(*STAFF_ROLES), post=only(*STAFF_ROLES, answer=NOT_ALLOWED), kwargs=kwargs)


def _reports_read(kwargs: Callable[[], Mapping[str, Any]]) -> Row:
    """What partners handed in, for staff and for the supervisor."""
    readers = (*STAFF_ROLES, Role.SUPERVISOR)
    return Row(get=only(*readers), post=only(*readers, answer=NOT_ALLOWED), kwargs=kwargs)


def _managing(
    kwargs: Callable[[], Mapping[str, Any]], *, get: Answer = OK, post: Answer = OK
) -> Row:
    """A page where the functional manager manages accounts."""
    manager = Role.FUNCTIONAL_MANAGER
    return Row(get=only(manager, answer=get), post=only(manager, answer=post), kwargs=kwargs)


def _trail_readers() -> Row:
    readers = (Role.FUNCTIONAL_MANAGER, Role.AUDITOR)
    return Row(get=only(*readers), post=only(*readers, answer=NOT_ALLOWED))


TABLE: dict[str, Row] = {
    # core
    "healthz": READ_ONLY,
    "readyz": READ_ONLY,
    "robots": READ_ONLY,
    "security_txt": READ_ONLY,
    "favicon": Row(get=everyone(301), post=everyone(NOT_ALLOWED)),
    # monitor
    "home": READ_ONLY,
    "work_home": Row(get=signed_in(OK), post=signed_in(NOT_ALLOWED)),
    "monitor_list": READ_ONLY,
    "monitor_edition": of_edition(),
    "monitor_theme": of_edition(slug=THEME),
    "monitor_theme_csv": of_edition(slug=THEME),
    "monitor_goal": of_edition(slug=GOAL),
    "monitor_partners": of_edition(),
    "monitor_partner": of_edition(slug=PARTNER),
    "monitor_money": of_edition(),
    "monitor_money_csv": of_edition(),
    "monitor_experience": of_edition(),
    "monitor_experience_csv": of_edition(),
    "monitor_judgements_csv": of_edition(),
    "monitor_json": of_edition(),
    "search": READ_ONLY,
    "bottleneck_list": READ_ONLY,
    "bottleneck_csv": READ_ONLY,
    "source_list": READ_ONLY,
    "glossary": READ_ONLY,
    "goal_verdicts": Row(get=everyone(OK), post=everyone(NOT_ALLOWED), kwargs=of_goal),
    "accessibility": READ_ONLY,
    "privacy": READ_ONLY,
    "verdict_rules": READ_ONLY,
    "open_data": READ_ONLY,
    "corrections": READ_ONLY,
    "styleguide": Row(get=only(*STAFF_ROLES), post=signed_in(NOT_ALLOWED)),
    "monitor_pdf": _pdf(),
    "monitor_pdf_lean": _pdf("annual", "lean"),
    "monitor_pdf_half_year": _pdf("half_year"),
    "monitor_pdf_half_year_lean": _pdf("half_year", "lean"),
    "document_status": Row(get=everyone(OK), post=everyone(NOT_ALLOWED), kwargs=_published),
    "document_job": Row(get=everyone(OK), post=everyone(NOT_ALLOWED), kwargs=_asked_document),
    "document_manage": Row(
        get=only(*MAKERS),
        post=only(*MAKERS, answer=NOT_ALLOWED),
        kwargs=_published,
    ),
    "document_rebuild": _making(),
    "document_cancel": _making(),
    # monitor: making and judging editions
    "monitor_manage_list": Row(get=only(*READERS), post=only(*READERS, answer=NOT_ALLOWED)),
    "monitor_open": _officers(dict),
    "monitor_manage": Row(
        get=only(*READERS), post=only(*READERS, answer=NOT_ALLOWED), kwargs=work.adopted
    ),
    "monitor_delete": _officers(work.unjudged, post=REDIRECT),
    "monitor_judge": Row(
        get=only(*DRAFT_READERS), post=only(Role.POLICY_OFFICER), kwargs=work.draft_goal
    ),
    "bottleneck_add": _officers(work.draft),
    "monitor_notes": _officers(work.draft, post=REDIRECT),
    "bottleneck_edit": _officers(work.bottleneck),
    "bottleneck_delete": _officers(work.bottleneck, post=REDIRECT),
    "bottleneck_state": _officers(work.solved, get=REDIRECT, post=REDIRECT),
    "monitor_mark_judged": _officers(work.draft, post=REDIRECT),
    "monitor_reopen": _officers(work.judged),
    "monitor_adopt": Row(
        get=only(Role.COLLEGE), post=only(Role.COLLEGE, answer=REDIRECT), kwargs=work.judged
    ),
    "monitor_publish": Row(
        get=only(Role.COUNCIL_CLERK),
        post=only(Role.COUNCIL_CLERK, answer=REDIRECT),
        kwargs=work.adopted,
    ),
    # agenda
    "indicator_detail": _readable(pages.an_indicator),
    "indicator_csv": _readable(pages.an_indicator),
    # contracts
    "contract_list": READ_ONLY,
    "contract_detail": _readable(pages.a_contract),
    "amendment_detail": _readable(pages.an_amendment),
    # contracts, behind the sign-in
    # reporting: the portal of partners
    "portal_home": Row(get=signed_in(OK), post=signed_in(NOT_ALLOWED)),
    "report_check": Row(
        get=only(*PARTNER_ROLES, others=MISSING),
        post={
            **only(*PARTNER_ROLES, answer=REFUSED, others=MISSING),
            Role.SIGNATORY.value: REDIRECT,
        },
        kwargs=reporting_pages.an_open_report,
    ),
    "report_edit": _writer(reporting_pages.a_section, post=REDIRECT),
    "report_autosave": _writer(reporting_pages.an_open_report, get=NOT_ALLOWED),
    "report_part_ready": _writer(reporting_pages.an_open_part, get=NOT_ALLOWED, post=REDIRECT),
    "report_bsn": _writer(reporting_pages.an_open_report, get=NOT_ALLOWED, post=REDIRECT),
    "report_files": _writer(reporting_pages.an_open_report),
    "report_file": _partner(reporting_pages.an_attachment, post=NOT_ALLOWED),
    "report_file_remove": _writer(reporting_pages.an_attachment, get=NOT_ALLOWED, post=REDIRECT),
    "report_rounds": _partner(reporting_pages.the_rounds, get=REDIRECT, post=NOT_ALLOWED),
    "report_round": _partner(reporting_pages.a_round, post=NOT_ALLOWED),
    "report_submitted": _partner(reporting_pages.a_round, post=NOT_ALLOWED),
    # reporting: the municipality, and everybody
    "report_inbox": _reports_read(dict),
    "report_review": _reports_read(reporting_pages.a_report),
    "report_return": _managed(reporting_pages.a_report, get=REDIRECT, posted=CONFLICT),
    "report_accept": _managed(reporting_pages.a_report, posted=REDIRECT),
    "report_reopen": _managed(reporting_pages.a_report),
    "report_extend": _managed(reporting_pages.a_report),
    "report_compare": _reports_read(reporting_pages.two_rounds),
    "round_file": _reports_read(reporting_pages.a_round_file),
    "contract_activate": _managed(contract_pages.a_draft, posted=CONFLICT),
    "report_detail": _readable(reporting_pages.an_accepted_report),
    **agenda_rows.ROWS,
    "contract_manage_list": _staff_reads(dict),
    "contract_manage": _staff_reads(contract_pages.a_draft),
    "contract_kpi_list": _staff_reads(contract_pages.a_draft),
    "contract_amendment": _staff_reads(contract_pages.a_drafted_amendment),
    "contract_add": _managed(dict),
    **dict.fromkeys(
        (
            *("contract_edit", "contract_parties", "contract_organisation_add", "contract_dates"),
            *("contract_themes", "contract_kpi_add", "contract_reporting", "contract_money"),
            *("contract_meetings", "contract_terms"),
        ),
        _managed(contract_pages.a_draft),
    ),
    "contract_targets": _managed(contract_pages.a_draft, posted=REDIRECT),
    "contract_delete": _managed(contract_pages.a_draft, posted=REDIRECT),
    "contract_end": _managed(contract_pages.a_running_contract),
    "contract_kpi_edit": _managed(contract_pages.a_drafted_kpi),
    "contract_kpi_remove": _managed(contract_pages.a_drafted_kpi, posted=REDIRECT),
    "contract_kpi_keep": Row(
        get=only(MANAGER, answer=REDIRECT),
        post=only(MANAGER, answer=REDIRECT),
        kwargs=contract_pages.a_drafted_kpi,
    ),
    "contract_amend": _managed(contract_pages.a_running_contract),
    "contract_amendment_edit": _managed(contract_pages.a_drafted_amendment),
    "contract_amendment_sign": _managed(contract_pages.a_drafted_amendment),
    "contract_amendment_delete": _managed(contract_pages.a_drafted_amendment, posted=REDIRECT),
    # accounts
    "account_list": _managing(dict, post=NOT_ALLOWED),
    "account_add": _managing(dict),
    "account_manage": _managing(account_pages.somebody, post=NOT_ALLOWED),
    "work_of": _managing(account_pages.somebody, post=NOT_ALLOWED),
    "role_add": _managing(account_pages.somebody),
    "role_end": _managing(account_pages.held_role),
    "account_close": _managing(account_pages.somebody, post=REDIRECT),
    "account_open": _managing(account_pages.somebody, get=NOT_ALLOWED, post=REDIRECT),
    "invitation_send": _managing(account_pages.somebody, get=NOT_ALLOWED, post=REDIRECT),
    "second_step_reset": _managing(account_pages.somebody, post=REDIRECT),
    "work_account_unlink": _managing(account_pages.somebody, post=REDIRECT),
    "name_remove": _managing(account_pages.somebody, post=REDIRECT),
    "organisation_list": _managing(dict, post=NOT_ALLOWED),
    "organisation_domains": _managing(account_pages.an_organisation),
    **dict.fromkeys(("access_review", "access_csv"), _trail_readers()),
    "access_review_add": _managing(dict),
    "looking_begin": _managing(account_pages.somebody, get=NOT_ALLOWED, post=REDIRECT),
    "looking_stop": _managing(dict, get=NOT_ALLOWED, post=REDIRECT),
    "mail_list": _managing(dict, post=NOT_ALLOWED),
    "mail_decide": _managing(account_pages.a_stranded_mail, get=NOT_ALLOWED, post=REDIRECT),
    **history_pages.ROWS,
    # reporting: the yearly report of the supervisor
    **supervision_pages.ROWS,
    **exchange_pages.ROWS,
    **inquiry_pages.ROWS,
    **information_pages.ROWS,
    **project_pages.ROWS,
    **talk_pages.ROWS,
    **budget_pages.ROWS,
    **advice_pages.ROWS,
    **council_pages.ROWS,
    **survey_pages.ROWS,
    **entrance_pages.ROWS,
    # accounts: the audit trail
    **dict.fromkeys(("audit_list", "audit_csv", "audit_jsonl"), _trail_readers()),
    # reporting
    "partner_list": READ_ONLY,
    "partner_detail": _readable(pages.a_partner),
    "partner_figures_csv": _readable(pages.a_partner),
    **SIGN_IN,
}


def test_every_address_is_in_the_table_and_nothing_else_is() -> None:
    names = {route.name for route in routes()}
    assert names - TABLE.keys() == set(), "add these addresses to TABLE"
    assert TABLE.keys() - names == set(), "these addresses are gone: take them out of TABLE"


def test_every_row_says_something_for_everybody() -> None:
    for name, row in TABLE.items():
        assert set(row.get) == set(row.post) == set(ACTORS), name


@pytest.fixture(scope="module")
def sessions(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """A session key for each actor, made once: the tests run inside the transaction that holds it.

    A stranger's is empty.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield _sessions()
        transaction.set_rollback(True)


def _sessions() -> dict[str, str]:
    partner = OrganisationFactory.create(slug=reporting_pages.PARTNER)
    made = {STRANGER: ""}
    for actor in ACTORS[1:]:
        role = None if actor == OUTSIDER else Role(actor)
        user: User = UserFactory.create(
            holds=[role] if role else [], of=partner if role in PARTNER_ROLES else None
        )
        client = Client()
        client.force_login(user)
        made[actor] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return made


def browser_of(session: str) -> Client:
    client = Client()
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    return client


def answer_of(response: HttpResponse) -> Answer:
    if response.status_code == REDIRECT and response["Location"].startswith(
        f"{reverse(settings.LOGIN_URL)}?"
    ):
        return LOGIN
    return response.status_code


@pytest.mark.django_db
@pytest.mark.rights
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", TABLE)
def test_everybody_gets_what_the_table_says(
    name: str, method: str, sessions: dict[str, str]
) -> None:
    row = TABLE[name]
    kwargs = row.kwargs() if callable(row.kwargs) else row.kwargs
    address = reverse(name, kwargs=dict(kwargs))
    expected: Expected = getattr(row, method)
    answers: dict[str, Answer] = {}
    for actor, session in sessions.items():
        # What one actor does must not change what the next one meets.
        with transaction.atomic():
            response = getattr(browser_of(session), method)(address, data=dict(row.data))
            transaction.set_rollback(True)
        answers[actor] = answer_of(response)
    wrong = {
        actor: f"{answer}, not {expected[actor]}"
        for actor, answer in answers.items()
        if answer != expected[actor]
    }
    assert wrong == {}, f"{method.upper()} {address}"


FOREIGN = [
    *("report_check", "report_edit", "report_autosave", "report_bsn", "report_files"),
    "report_file",
    *("report_file_remove", "report_rounds", "report_round", "report_submitted"),
]


@pytest.mark.django_db
@pytest.mark.rights
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", FOREIGN)
def test_a_report_of_another_partner_is_not_there(
    name: str, method: str, sessions: dict[str, str]
) -> None:
    row = TABLE[name]
    assert callable(row.kwargs)
    kwargs = row.kwargs()
    Contract.objects.filter(reports=kwargs["pk"]).update(partner=OrganisationFactory.create())
    for role in PARTNER_ROLES:
        with transaction.atomic():
            answer = getattr(browser_of(sessions[role]), method)(reverse(name, kwargs=dict(kwargs)))
            assert answer.status_code in (MISSING, NOT_ALLOWED), role
            transaction.set_rollback(True)
