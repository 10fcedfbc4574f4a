"""Everybody walks through the whole site: no dead end, and no door into what is another's."""

from __future__ import annotations

from collections import Counter

import pytest
from django.test import Client

from tests.edge.conftest import Town
from tests.edge.foreign import Target, everything, holds_planted, mixed, planted, send
from tests.edge.reading import Form, read_page
from tests.edge.world import STRANGER
from tests.guards.rows import OK
from tests.guards.test_role_by_url import TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.crawl]

# Pages that no link leads to, and why.
WITHOUT_A_LINK = {
    **dict.fromkeys(
        ("healthz", "readyz", "robots", "favicon", "security_txt", "calendar_feed"),
        "asked by machines",
    ),
    **dict.fromkeys(
        (
            *("account_inactive", "account_signup", "account_email_verification_sent"),
            *("account_reset_password_done", "account_reset_password_from_key_done"),
            *("account_confirm_email", "account_email"),
        ),
        "stations of signing in, to which only a form or nothing leads",
    ),
    "account_reset_password_from_key": "in a mail",
    "session_state": "asked by a script",
    "work_account_unlink": "for who signs in with an account of work; nobody here does",
    "mfa_list_webauthn": "for who has a key; everybody here has an app",
    "report_submitted": "shown once, after handing in",
    **dict.fromkeys(
        (
            *("monitor_pdf_lean", "monitor_pdf_half_year", "monitor_pdf_half_year_lean"),
            *("agenda_pdf", "agenda_manage_pdf", "meeting_sheet_pdf"),
        ),
        "nobody rendered one here",
    ),
}
# Addresses of each kind that are tried for somebody who was not shown them.
TRIED = 1
# Of the forms as they stand on the page, at least so many are complete, and save something.
FORMS_THAT_SAVE = 20
# Forms about a row that is in nothing else, where the other argument is what to do with it; and
# those that stand on one page alone, so that there is no other to hang them under.
WITHOUT_PARENT = {"mail_decide", "party_withdraw", "round_document"}


def test_no_link_that_is_shown_leads_to_a_refusal_or_to_nothing(town: Town) -> None:
    problems = {name: walk.problems for name, walk in town.walks.items() if walk.problems}
    assert problems == {}


def test_every_page_is_reached_by_a_link(town: Town) -> None:
    reached = {name for walk in town.walks.values() for name in walk.reached}
    pages = {name for name, row in TABLE.items() if OK in row.get.values()}
    assert sorted(pages - reached - WITHOUT_A_LINK.keys()) == []
    assert reached & WITHOUT_A_LINK.keys() == set(), "a link leads there now"


def forms_of_something(town: Town) -> dict[Form, tuple[str, str]]:
    """The forms about one thing, each with somebody who was shown it and the page it stood on."""
    return {
        form: (name, page)
        for name, walk in town.walks.items()
        for form, page in walk.forms.items()
        if Target.of(form.address).arguments
    }


def shows(browser: Client, page: str, form: Form) -> bool:
    """Whether ``page``, which a walk may have left out for this visitor, has or names the form."""
    answer = browser.get(page)
    if answer.status_code != OK:
        return False
    html = answer.content.decode()
    held = read_page(html, page).forms
    return form.address in html or any(one.address == form.address for one in held)


def test_a_form_does_nothing_for_who_was_not_shown_it(town: Town) -> None:
    before = everything()
    wrong: list[str] = []
    chosen: Counter[tuple[str, str]] = Counter()
    forms = forms_of_something(town)
    for form, (_, page) in forms.items():
        for name, browser in town.browsers.items():
            kind = (Target.of(form.address).name, name)
            if form in town.walks[name].forms or chosen[kind] >= TRIED:
                continue
            if shows(browser, page, form):
                continue
            chosen[kind] += 1
            answer, tables = send(browser, form.address, form.data)
            refused = {302} if name == STRANGER else {403, 404}
            if answer.status_code not in refused or tables:
                wrong.append(
                    f"{name}: {form.address} gave {answer.status_code}, wrote {sorted(tables)}"
                )
    assert wrong == []
    assert {name for name, _ in chosen} == {Target.of(form.address).name for form in forms}
    assert everything() == before


def test_a_row_is_not_there_in_something_that_it_does_not_belong_to(town: Town) -> None:
    before = everything()
    forms = forms_of_something(town)
    pool: dict[str, list[Target]] = {}
    for form in forms:
        target = Target.of(form.address)
        pool.setdefault(target.name, []).append(target)
    wrong: list[str] = []
    tried: set[str] = set()
    for form, (name, _) in forms.items():
        target = Target.of(form.address)
        for address in [*mixed(target, pool[target.name])][:TRIED]:
            answer, tables = send(town.browsers[name], address, form.data)
            tried.add(target.name)
            if answer.status_code not in {403, 404} or tables:
                wrong.append(f"{name}: {address} gave {answer.status_code}, wrote {sorted(tables)}")
    assert wrong == []
    assert {name for name, found in pool.items() if found[0].child} - tried == WITHOUT_PARENT
    assert everything() == before


def test_a_field_that_a_form_does_not_have_is_written_nowhere(town: Town) -> None:
    more, wrong, saved = planted(), [], set()
    forms = forms_of_something(town)
    # One address may have two forms: a short one that leaves out fields of the other.
    known: dict[str, set[str]] = {}
    for form in forms:
        known.setdefault(Target.of(form.address).name, set()).update(form.data)
    for form, (name, _) in forms.items():
        kind = Target.of(form.address).name
        if kind in saved:
            continue
        unknown = {key: value for key, value in more.items() if key not in known[kind]}
        sent = {**unknown, **form.data}
        _, tables = send(town.browsers[name], form.address, sent)
        if tables:
            saved.add(kind)
        wrong += [f"{kind}: {table}" for table, what in tables.items() if holds_planted(what)]
    assert wrong == []
    assert len(saved) >= FORMS_THAT_SAVE
