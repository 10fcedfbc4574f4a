"""The document of a published report of supervision is taken back; the report stays as it was."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from core.files import GRACE, sweep
from core.models import StoredFile
from reporting.actions import supervising
from reporting.models import SupervisionDocument, SupervisionReport, SupervisionWithdrawal
from tests.factories import UserFactory
from tests.factories_reporting import SupervisionDocumentFactory
from tests.reporting.supervised import published, withdrawn
from tests.uploaded import NUMBER

pytestmark = pytest.mark.django_db
DESK = "/beheer/toezicht/"
REASON = "Op bladzijde 3 stond een naam."


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def desk(supervisor: User) -> Client:
    client = Client()
    client.force_login(supervisor)
    return client


@pytest.fixture
def report() -> SupervisionReport:
    return published(year=2024, document=True, title="Toezicht in 2024")


def text(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_page_asks_first_and_then_everybody_reads_when_and_why(
    desk: Client, report: SupervisionReport, supervisor: User
) -> None:
    address = f"{DESK}{report.pk}/document/intrekken/"
    assert address in text(desk, f"{DESK}{report.pk}/")
    page = text(desk, address)
    assert "Niemand kan het document nog openen" in page
    assert Client().get("/toezicht/2024/document/").status_code == 200
    done = desk.post(address, {"reason": REASON}, follow=True).content.decode()
    assert "Het document is ingetrokken." in done
    today = timezone.localdate()
    for read in (text(Client(), "/toezicht/2024/"), text(desk, f"{DESK}{report.pk}/")):
        assert "De toezichthouder trok het document in op" in read
        assert str(today.year) in read
        assert REASON in read
        assert report.summary in read
    gone = Client().get("/toezicht/2024/document/")
    assert gone.status_code == 404
    assert REASON in gone.content.decode()
    assert desk.get(f"{DESK}{report.pk}/document/").status_code == 404
    kept = SupervisionWithdrawal.objects.get()
    assert (kept.author, kept.reason) == (supervisor, REASON)
    assert address not in text(desk, f"{DESK}{report.pk}/")


def test_what_it_was_is_known_and_its_bytes_go(report: SupervisionReport) -> None:
    name, sha256 = report.document.name, report.document.file.sha256
    supervising.withdraw_document(report, REASON, user=UserFactory.create())
    kept = SupervisionWithdrawal.objects.get()
    assert (kept.name, kept.sha256) == (name, sha256)
    old = timezone.now() - GRACE - datetime.timedelta(minutes=1)
    StoredFile.objects.update(wanted_at=old)
    sweep()
    assert not StoredFile.objects.exists()


def test_a_second_click_changes_nothing(desk: Client, report: SupervisionReport) -> None:
    address = f"{DESK}{report.pk}/document/intrekken/"
    for reason in (REASON, "Toch iets anders."):
        assert desk.post(address, {"reason": reason}).status_code == 302
    assert SupervisionWithdrawal.objects.get().reason == REASON
    assert "Dit document is al ingetrokken." in text(desk, address)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("  ", "Schrijf waarom u het document intrekt."),
        (f"Over {NUMBER}.", "kan een burgerservicenummer zijn"),
    ],
)
def test_the_reason_is_asked_and_names_nobody(
    reason: str, words: str, desk: Client, report: SupervisionReport
) -> None:
    answer = desk.post(f"{DESK}{report.pk}/document/intrekken/", {"reason": reason})
    assert words in answer.content.decode()
    assert SupervisionDocument.objects.exists()


def test_without_a_public_document_there_is_nothing_to_take_back(desk: Client) -> None:
    draft = SupervisionDocumentFactory.create().report
    without = published(year=2023)
    for report in (draft, without):
        assert desk.get(f"{DESK}{report.pk}/document/intrekken/").status_code == 404
    with pytest.raises(ValidationError, match="Er valt niets in te trekken"):
        supervising.withdraw_document(without, REASON, user=UserFactory.create())


def test_the_rest_of_the_report_and_the_withdrawal_stay_frozen() -> None:
    report = withdrawn()
    kept = SupervisionWithdrawal.objects.filter(report=report)
    with pytest.raises(IntegrityError, match="nooit gewijzigd"), transaction.atomic():
        kept.update(reason="Anders.")
    with pytest.raises(IntegrityError, match="of verwijderd"), transaction.atomic():
        kept._raw_delete(kept.db)
    rows = SupervisionReport.objects.filter(pk=report.pk)
    with pytest.raises(IntegrityError, match="nooit gewijzigd"), transaction.atomic():
        rows.update(summary="Anders.")


def test_the_document_of_another_report_stays_frozen(report: SupervisionReport) -> None:
    withdrawn(year=2023)
    with pytest.raises(IntegrityError, match="of verwijderd"), transaction.atomic():
        SupervisionDocument.objects.filter(report=report).delete()
