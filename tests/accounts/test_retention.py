"""What is past its term is reported, and closed once: gone, nameless, or kept with the reason."""

from __future__ import annotations

import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import retention
from accounts.actions import close_account
from accounts.models import AuditEntry, User
from accounts.trail import anchor, link_entries, verify
from contracts.constants import ContractStatus
from contracts.models import Contract
from core.constants import JobState, MailState
from core.models import Job, OutboxMail
from core.outbox import queue_mail
from core.periods import months_before
from core.retention import NOBODY, Kind, kinds
from reporting.models import Answer, Attachment
from tests.factories import UserFactory
from tests.factories_contracts import ContractFactory
from tests.factories_reporting import (
    AnswerFactory,
    AttachmentFactory,
    ExtensionFactory,
    ReportFactory,
    RoundFactory,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()
YEAR = datetime.timedelta(days=366)
PAGE = "/beheer/bewaren/"


def kind(key: str) -> Kind:
    return next(kind for kind in kinds() if kind.key == key)


def found(key: str) -> tuple[int, datetime.date | None]:
    line = next(line for line in retention.report(NOW) if line.kind.key == key)
    return line.found.number, line.found.oldest


def close(key: str) -> int:
    return retention.close(kind(key), user=None, now=NOW)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("retention", *arguments, stdout=out)
    return out.getvalue()


def mail(key: str, sent: datetime.timedelta | None) -> OutboxMail:
    made = queue_mail(to="iemand@voorbeeld.test", subject="Rapportage", text="Beste", key=key)
    if sent is not None:
        OutboxMail.objects.filter(pk=made.pk).update(state=MailState.SENT, sent_at=NOW - sent)
    made.refresh_from_db()
    return made


# -- terms -----------------------------------------------------------------------------------------
def test_every_kind_has_a_term_a_ground_and_says_what_happens() -> None:
    held = kinds()
    assert len({kind.key for kind in held}) == len(held)
    for one in held:
        assert one.length >= 1
        assert one.term.split()[1] in {"dag", "dagen", "maand", "maanden"}
        assert one.ground
        assert one.deed


def test_the_command_closes_every_kind_but_what_needs_a_statement_of_destruction() -> None:
    assert [one.key for one in kinds() if one.close is None] == ["contracts"]
    rules = (Path(settings.BASE_DIR) / "docs" / "regels" / "bewaren.md").read_text()
    for told in (kind("contracts").deed, rules):
        assert "verklaring van vernietiging" in told


def test_the_page_with_the_rules_names_every_kind_its_setting_and_its_term() -> None:
    rules = (Path(settings.BASE_DIR) / "docs" / "regels" / "bewaren.md").read_text()
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in rules.splitlines()
        if "`RETAIN_" in line
    ]
    told = [(label, setting.strip("`"), term, start) for label, setting, term, start, _ in rows]
    assert told == [(one.label, one.setting, one.term, one.starts) for one in kinds()]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-03-31", 1, "2026-02-28"),
        ("2024-03-31", 1, "2024-02-29"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2026-06-30", 84, "2019-06-30"),
        ("2026-12-01", 12, "2025-12-01"),
    ],
)
def test_a_term_in_months_ends_on_the_same_day(day: str, months: int, expected: str) -> None:
    moment = datetime.datetime.fromisoformat(day)
    assert months_before(moment, months).date().isoformat() == expected


def test_a_term_is_a_setting(settings: Any) -> None:
    mail("oud", YEAR)
    assert found("mails")[0] == 1
    settings.RETAIN_MAILS_MONTHS = 24
    assert found("mails") == (0, None)
    assert kind("mails").term == "24 maanden"


# -- each kind -------------------------------------------------------------------------------------
def test_a_mail_loses_its_text_and_is_not_sent_again() -> None:
    old, young, waiting = mail("oud", YEAR), mail("jong", YEAR / 2), mail("wacht", None)
    assert found("mails") == (1, timezone.localtime(NOW - YEAR).date())
    assert close("mails") == 1
    for row in (old, young, waiting):
        row.refresh_from_db()
    assert (old.to, old.subject) == (NOBODY, "")
    assert "Beste" not in old.text
    assert (young.text, waiting.text) == ("Beste", "Beste")
    assert queue_mail(to="x@voorbeeld.test", subject="Weer", text="x", key="oud") == old
    assert close("mails") == 0


def test_sessions_that_are_over_go() -> None:
    for key, ago in (("oud", 8), ("jong", 6)):
        day = NOW - datetime.timedelta(days=ago)
        Session.objects.create(session_key=key, session_data="", expire_date=day)
    assert close("sessions") == 1
    assert Session.objects.get().session_key == "jong"


def test_the_name_of_who_asked_a_job_goes() -> None:
    job = Job.objects.create(
        kind="k",
        key="a",
        requested_by="Olga",
        state=JobState.DONE,
        finished_at=NOW - YEAR,
    )
    assert close("jobs") == 1
    job.refresh_from_db()
    assert (job.requested_by, job.state) == ("", JobState.DONE)
    assert close("jobs") == 0


def test_a_draft_that_was_never_handed_in_loses_what_was_typed() -> None:
    gone = datetime.date(2020, 3, 24)
    never = AnswerFactory.create(report__locks_on=gone).report
    AttachmentFactory.create(report=never)
    handed_in = AnswerFactory.create(report=ReportFactory.create(accepted=True)).report
    returned = AnswerFactory.create(report=RoundFactory.create().report).report
    extended = AnswerFactory.create().report
    ExtensionFactory.create(report=extended, until=NOW.date())
    recent = AnswerFactory.create(report__locks_on=NOW.date(), report__due_on=NOW.date()).report
    ReportFactory.create(locks_on=gone)  # nothing was typed
    assert found("drafts") == (1, gone)
    assert close("drafts") == 1
    left = set(Answer.objects.values_list("report", flat=True))
    assert left == {handed_in.pk, returned.pk, extended.pk, recent.pk}
    assert not Attachment.objects.filter(report=never).exists()
    never.refresh_from_db()
    assert close("drafts") == 0


def closed_long_ago(manager: User) -> User:
    """Somebody whose account was closed more than a year ago, by the audit trail."""
    person = UserFactory.create(name="Kees Vertrokken")
    User.objects.filter(pk=person.pk).update(is_active=False)
    AuditEntry.objects.create(
        action="account_closed",
        target=f"/beheer/accounts/{person.pk}/",
        result="done",
        actor=manager,
        at=NOW - YEAR,
    )
    link_entries()
    return person


def test_the_name_of_who_left_long_ago_goes(functional_manager: User) -> None:
    person = closed_long_ago(functional_manager)
    recent = UserFactory.create(name="Pas Weg")
    close_account(person=recent, user=functional_manager)
    assert found("accounts") == (1, timezone.localtime(NOW - YEAR).date())
    assert close("accounts") == 1
    person.refresh_from_db()
    recent.refresh_from_db()
    assert person.name == f"Oud-medewerker {person.pk}"
    assert person.email.endswith("@verwijderd.invalid")
    assert recent.name == "Pas Weg"
    assert close("accounts") == 0


def test_an_old_contract_is_reported_and_stays() -> None:
    ended = ContractFactory.create(
        status=ContractStatus.ENDED,
        starts_on=datetime.date(2010, 1, 1),
        ends_on=datetime.date(2012, 12, 31),
    )
    assert found("contracts") == (1, datetime.date(2012, 12, 31))
    line = next(line for line in retention.report(NOW) if line.kind.key == "contracts")
    assert line.stays
    assert close("contracts") == 0
    assert Contract.objects.get() == ended


# -- the command -----------------------------------------------------------------------------------
def old_things(manager: User) -> None:
    mail("oud", YEAR)
    closed_long_ago(manager)
    for years in (9, 8):
        AuditEntry.objects.create(action="sign_in", result="done", at=NOW - years * YEAR)
    link_entries()


def test_the_command_closes_records_and_leaves_a_whole_trail(functional_manager: User) -> None:
    # The oldest part of the trail is first in its chain.
    for years in (9, 8):
        AuditEntry.objects.create(action="sign_in", result="done", at=NOW - years * YEAR)
    link_entries()
    mail("oud", YEAR)
    closed_long_ago(functional_manager)
    told = run("--yes")
    assert "Verstuurde berichten: 1 opgeruimd." in told
    assert "Regels van het logboek, ook over inloggen: 2 opgeruimd." in told
    anchor()  # as the task does every few minutes
    assert verify().problems == ()
    assert not AuditEntry.objects.filter(action="sign_in").exists()
    rows = AuditEntry.objects.filter(action="retention_closed")
    counts = {row.details["soort"]: row.details["aantal"] for row in rows}
    assert counts == {"mails": 1, "accounts": 1, "audit": 2}
    assert {row.actor for row in rows} == {None}
    call_command("verify_audit", stdout=StringIO())
    assert "Er is niets op te ruimen." in run("--yes")
    assert AuditEntry.objects.filter(action="retention_closed").count() == 3


@pytest.mark.parametrize("typed", ["", "ja", "Opruimen "])
def test_without_the_word_nothing_is_closed(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    row = mail("oud", YEAR)
    monkeypatch.setattr("builtins.input", lambda _: typed)
    assert "Er is niets gewijzigd." in run()
    row.refresh_from_db()
    assert row.text == "Beste"


def test_with_nobody_to_type_nothing_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(_: str) -> str:
        raise EOFError

    mail("oud", YEAR)
    monkeypatch.setattr("builtins.input", nobody)
    assert "Er is niets gewijzigd." in run()
    assert found("mails")[0] == 1


def test_with_the_word_it_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    mail("oud", YEAR)
    monkeypatch.setattr("builtins.input", lambda _: "opruimen")
    assert "Verstuurde berichten: 1 opgeruimd." in run()
    assert found("mails")[0] == 0


def test_a_list_asks_and_closes_nothing() -> None:
    mail("oud", YEAR)
    told = run("--list")
    assert "Verstuurde berichten (12 maanden na het versturen): 1 voorbij de termijn" in told
    assert found("mails")[0] == 1


# -- the page --------------------------------------------------------------------------------------
def test_the_page_reports_counts_and_the_oldest_day(
    client: Client, functional_manager: User
) -> None:
    client.force_login(functional_manager)
    assert "Er is niets op te ruimen." in client.get(PAGE).content.decode()
    old_things(functional_manager)
    html = client.get(PAGE).content.decode()
    assert "Er is iets op te ruimen." in html
    assert "Namen van gesloten accounts" in html
    assert "de oudste van" in html
    assert PAGE in client.get("/beheer/accounts/").content.decode()


def test_the_number_of_queries_does_not_grow(client: Client, functional_manager: User) -> None:
    client.force_login(functional_manager)

    def queries() -> int:
        with CaptureQueriesContext(connection) as held:
            assert client.get(PAGE).status_code == 200
        return len(held)

    mail("oud", YEAR)
    closed_long_ago(functional_manager)
    AnswerFactory.create()
    one = queries()
    for number in range(20):
        mail(f"oud-{number}", YEAR)
        closed_long_ago(functional_manager)
        AnswerFactory.create()
    assert queries() == one
