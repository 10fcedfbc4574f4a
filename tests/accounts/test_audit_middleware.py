"""What a request leaves in the audit trail, and what it does not."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audited import words
from accounts.constants import AuditResult
from accounts.models import AuditEntry, User
from core.models import OutboxMail
from tests.factories import PASSWORD
from tests.guards import agenda_pages, contract_pages, work_on_monitor
from tests.reporting.cycle import cycle
from tests.second_step import sign_in

pytestmark = pytest.mark.django_db
LONG = "een-nieuwe-lange-zin"


def told() -> list[tuple[str, int | None, str]]:
    """Action, actor and result of every entry, oldest first; signing in left out."""
    entries = AuditEntry.objects.exclude(action="sign_in").order_by("pk")
    return [(entry.action, entry.actor_id, entry.result) for entry in entries]


def test_a_change_is_recorded_with_who_where_and_how_it_ended(
    client: Client, officer: User
) -> None:
    client.force_login(officer)
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": LONG, "password2": LONG},
        REMOTE_ADDR="192.0.2.7",
    )
    [entry] = AuditEntry.objects.filter(action="account_change_password")
    assert (entry.actor, entry.origin, entry.result) == (officer, "192.0.2.7", AuditResult.DONE)
    assert entry.target == reverse("account_change_password")


def test_a_form_that_is_not_accepted_is_recorded_as_not_saved(
    client: Client, officer: User
) -> None:
    client.force_login(officer)
    client.post(reverse("agenda_add"), {})
    assert told() == [("agenda_add", officer.pk, AuditResult.UNCHANGED)]


def test_a_refusal_is_recorded(client: Client, councillor: User) -> None:
    client.force_login(councillor)
    assert client.post(reverse("agenda_add"), {}).status_code == 403
    assert client.get(reverse("audit_list")).status_code == 403
    assert told() == [
        ("agenda_add", councillor.pk, AuditResult.REFUSED),
        ("audit_list", councillor.pk, AuditResult.REFUSED),
    ]


def test_asking_for_what_is_of_another_partner_is_recorded(client: Client, member: User) -> None:
    report = cycle().report
    client.force_login(member)
    assert client.get(reverse("report_check", args=[report.pk])).status_code == 404
    assert told() == [("report_check:bekeken", member.pk, AuditResult.REFUSED)]


def test_reading_an_unpublished_report_is_recorded(client: Client) -> None:
    made = cycle()
    client.force_login(made.reporter)
    address = reverse("report_check", args=[made.report.pk])
    client.get(address)
    assert told() == [("report_check:bekeken", made.reporter.pk, AuditResult.DONE)]


DRAFTS = {
    "agenda_manage": agenda_pages.a_version,
    "agenda_history": agenda_pages.a_version,
    "contract_manage": contract_pages.a_draft,
    "monitor_manage": work_on_monitor.draft,
    "monitor_judge": work_on_monitor.draft_goal,
    "monitor_notes": work_on_monitor.draft,
    "bottleneck_edit": work_on_monitor.bottleneck,
    "monitor_mark_judged": work_on_monitor.draft,
}


@pytest.mark.parametrize("name", DRAFTS)
def test_reading_a_draft_is_recorded(name: str, client: Client, officer: User) -> None:
    address = reverse(name, kwargs=dict(DRAFTS[name]()))
    client.force_login(officer)
    assert client.get(address).status_code == 200
    [entry] = AuditEntry.objects.exclude(action="sign_in")
    assert (entry.actor, entry.target, entry.result) == (officer, address, AuditResult.DONE)
    assert entry.action == words().action(name, changes=False)
    assert words().label(entry.action) == words().reads[name]


def test_coming_back_to_a_draft_makes_one_entry(client: Client, officer: User) -> None:
    address = reverse("monitor_manage", kwargs=dict(work_on_monitor.draft()))
    client.force_login(officer)
    for _time in range(3):
        client.get(address)
    assert told() == [("monitor_manage", officer.pk, AuditResult.DONE)]


def test_saves_in_a_row_make_one_entry(client: Client) -> None:
    made = cycle()
    client.force_login(made.reporter)
    address = reverse("report_autosave", args=[made.report.pk])
    for _time in range(3):
        client.post(address, {}, headers={"Accept": "application/json"})
    assert len(told()) == 1


@pytest.mark.parametrize("name", ["rate_csv", "rate_xlsx", "budget_agreed_csv", "values_template"])
def test_each_file_that_is_not_public_is_recorded(name: str, client: Client, officer: User) -> None:
    address = reverse(name)
    client.force_login(officer)
    for _time in range(2):
        assert client.get(address).status_code == 200
    assert told() == [(name, officer.pk, AuditResult.DONE)] * 2
    assert words().label(name) == words().reads[name]


def test_a_file_that_has_no_word_is_recorded_all_the_same(
    client: Client, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(words().reads, "rate_csv")
    client.force_login(officer)
    client.get(reverse("rate_csv"))
    assert told() == [("rate_csv", officer.pk, AuditResult.DONE)]


def test_open_data_is_nobodys_business(client: Client, officer: User) -> None:
    client.force_login(officer)
    assert client.get(reverse("municipality_csv")).status_code == 200
    assert told() == []


def test_reading_what_is_public_is_not_recorded(client: Client, officer: User) -> None:
    client.force_login(officer)
    client.get(reverse("agenda_list"))
    client.get("/bestaat-niet/")
    assert told() == []


def test_signing_in_and_out_is_recorded_with_the_address(client: Client, officer: User) -> None:
    sign_in(client, officer, PASSWORD, origin="192.0.2.7")
    client.post(reverse("account_logout"))
    entries = AuditEntry.objects.order_by("pk")
    assert [(e.action, e.actor, e.result) for e in entries] == [
        ("sign_in", officer, AuditResult.DONE),
        ("sign_out", officer, AuditResult.DONE),
    ]
    assert entries[0].origin == "192.0.2.7"


def test_a_failed_sign_in_names_the_account_by_its_key(client: Client, officer: User) -> None:
    client.post(reverse("account_login"), {"login": officer.email, "password": "mis"})
    client.post(reverse("account_login"), {"login": "niemand@voorbeeld.test", "password": "mis"})
    entries = AuditEntry.objects.order_by("pk")
    assert [(entry.actor, entry.target, entry.result) for entry in entries] == [
        (None, f"account {officer.pk}", AuditResult.REFUSED),
        (None, "onbekend account", AuditResult.REFUSED),
    ]


def test_no_entry_holds_a_password_or_an_address_of_a_person(client: Client, officer: User) -> None:
    client.post(reverse("account_login"), {"login": officer.email, "password": "geheim-woord"})
    client.force_login(officer)
    client.post(reverse("account_change_password"), {"oldpassword": "geheim-woord"})
    for entry in AuditEntry.objects.all():
        words = f"{entry.target} {entry.details}"
        assert "geheim" not in words
        assert officer.email not in words


def test_looking_at_a_form_is_told_apart_from_sending_it(client: Client) -> None:
    made = cycle(1)
    page = reverse("report_edit", args=[made.report.pk, "trends"])
    client.force_login(made.reporter)
    client.get(page)
    client.post(page, {"trends-text": "Nieuwe tekst."})
    client.get(reverse("report_check", args=[made.report.pk]))
    told = words()
    labels = [told.label(entry.action) for entry in AuditEntry.objects.order_by("pk")]
    assert labels == [
        told.reads["report_edit"],
        told.changes["report_edit"],
        told.reads["report_check"],
    ]
    assert len(set(labels)) == 3


def test_choosing_a_password_by_a_link_is_recorded(client: Client, officer: User) -> None:
    client.post(reverse("account_reset_password"), {"email": officer.email})
    [asked] = AuditEntry.objects.filter(action="account_reset_password")
    assert (asked.actor, asked.target) == (None, f"account {officer.pk}")
    mail = OutboxMail.objects.get(to=officer.email)
    [link] = re.findall(r"/account/password/reset/key/\S+", mail.text)
    page = client.get(link, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": LONG, "password2": LONG})
    [chosen] = AuditEntry.objects.filter(action="account_reset_password_from_key")
    assert chosen.actor == officer


def test_a_lock_is_recorded_with_why(client: Client, officer: User) -> None:
    for _ in range(6):
        client.post(reverse("account_login"), {"login": officer.email, "password": "fout"})
    last = AuditEntry.objects.order_by("pk").last()
    assert last is not None
    assert (last.action, last.result) == ("sign_in", AuditResult.REFUSED)
    assert last.details == {"waarom": "te vaak geprobeerd"}
    assert last.target == f"account {officer.pk}"
