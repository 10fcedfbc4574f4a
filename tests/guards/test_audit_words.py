"""Every address where something changes has a name in the audit trail, and no name is left over."""

from __future__ import annotations

import inspect
import re

from accounts.audited import words
from accounts.constants import Role
from tests.guards.rows import CONFLICT, OK, OUTSIDER, REDIRECT
from tests.guards.test_role_by_url import TABLE
from tests.routes import Route, routes

# What the actions of accounts record themselves.
RECORDED = {
    *("sign_in", "sign_out", "account_given", "role_given", "role_ended", "account_closed"),
    *("account_opened", "invitation_sent", "name_removed", "access_reviewed"),
    *("looking_begun", "looking_ended"),
    *("factor_added", "factor_removed", "recovery_codes_renewed", "recovery_code_used"),
    *("second_step", "second_step_reset", "session_ended"),
    *("retention_closed", "audit_cut"),
    *("email_domains_set", "single_sign_on", "account_made_at_sign_on"),
    *("work_account_linked", "work_account_unlinked"),
    *("calendar_address_made", "calendar_address_ended"),
}
# A POST there changes nothing of anybody.
HARMLESS = {"account_signup", "account_confirm_email", "account_confirm_login_code"}


def test_every_address_that_takes_a_post_of_somebody_has_a_name() -> None:
    told = words()
    posted = {
        name
        for name, row in TABLE.items()
        if {row.post[role] for role in (OUTSIDER, *Role.values)} & {OK, REDIRECT, CONFLICT}
    }
    assert posted - set(told.changes) - told.quiet - HARMLESS == set()


def test_every_name_is_of_an_address_or_of_an_action() -> None:
    told = words()
    names = {route.name for route in routes()}
    known = set(told.changes) | set(told.reads) | told.quiet | told.once
    assert known - names - RECORDED == set()


# Where somebody reads an agenda, a contract or an edition that is perhaps still a draft, and who
# writes it: each of its changes is in the trail.
DRAFTS = {
    "beheer/agenda/<": Role.POLICY_OFFICER,
    "beheer/overeenkomsten/<": Role.CONTRACT_MANAGER,
    "beheer/monitor/<": Role.POLICY_OFFICER,
}


def test_every_page_on_which_others_than_its_writer_read_a_draft_is_noted() -> None:
    pages = {
        route.name
        for route in routes()
        for start, writer in DRAFTS.items()
        if route.route.startswith(start)
        and OK in {TABLE[route.name].get[role] for role in Role.values if role != writer}
    }
    assert {"agenda_manage", "contract_manage", "monitor_manage", "monitor_adopt"} <= pages
    assert pages - set(words().reads) == set()


# How a view hands out a file, where the end of its address does not say that it does.
HANDS_OUT = re.compile(
    r"csv_response|csv_stream|xlsx_response|book_response|\bdownload\(|inline_pdf\(|[cC]ontent.[dD]isposition"
)


def hands_out(route: Route) -> bool:
    if re.search(r"\.\w+$", route.route):
        return True
    view = inspect.unwrap(route.view)
    return bool(HANDS_OUT.search(inspect.getsource(view)))


def test_every_file_that_is_not_public_has_a_word_and_each_time_counts() -> None:
    files = {route.name for route in routes() if not route.is_public and hands_out(route)}
    assert {"budget_csv", "rate_xlsx", "agenda_template", "supervision_file", "access_csv"} <= files
    assert files - set(words().reads) == set()
    assert files & words().once == set()
