"""The document on the web: for everybody to read, for two roles to make."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.constants import JobState
from core.files import store
from core.models import Job
from monitor import documents
from monitor.constants import DocumentVariant, MonitorKind
from monitor.models import CouncilDocument, Snapshot
from tests.factories_monitor import MonitorFactory
from tests.monitor.editions_in_test import published_snapshot
from tests.monitor.payload_fixture import notes_payload

pytestmark = pytest.mark.django_db
PDF = "/monitor/2018/monitor-sociaal-domein-2018.pdf"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def snapshot() -> Snapshot:
    return published_snapshot(content=notes_payload())


def built(snapshot: Snapshot, content: bytes = b"%PDF-1.7 proef") -> CouncilDocument:
    document = documents.request_document(snapshot)
    document.file = store(content, name="x.pdf", content_type="application/pdf")
    document.pages, document.built_at = 12, timezone.now()
    document.save()
    return document


def test_a_stranger_reads_the_stored_bytes(client: Client, snapshot: Snapshot) -> None:
    document = built(snapshot)
    assert document.file is not None
    answer = client.get(PDF)
    assert answer.status_code == 200
    assert answer.content == b"%PDF-1.7 proef"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="monitor-sociaal-domein-2018.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Length"] == "14"
    assert answer["ETag"] == f'"{document.file.sha256}"'
    again = client.get(PDF, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_file_that_is_gone_gives_the_page_that_says_so(
    client: Client, snapshot: Snapshot, tmp_path: Path
) -> None:
    document = built(snapshot)
    assert document.file is not None
    (tmp_path / document.file.path).unlink()
    answer = client.get(PDF, follow=True)
    assert answer.redirect_chain == [("/monitor/2018/document/", 302)]
    html = answer.content.decode()
    assert "niet meer te vinden" in html
    assert "Open de pdf" not in html


def test_two_different_years_in_an_address_are_no_address(
    client: Client, snapshot: Snapshot
) -> None:
    built(snapshot)
    assert client.get("/monitor/2018/monitor-sociaal-domein-2017.pdf").status_code == 404
    assert client.get("/monitor/2017/monitor-sociaal-domein-2017.pdf").status_code == 404


def test_the_half_year_has_an_address_and_a_name_of_its_own(client: Client) -> None:
    built(published_snapshot(kind=MonitorKind.HALF_YEAR, content=notes_payload()))
    answer = client.get("/monitor/2018/halfjaar/monitor-sociaal-domein-2018-halfjaar.pdf")
    assert answer.status_code == 200
    assert "monitor-sociaal-domein-2018-halfjaar.pdf" in answer["Content-Disposition"]
    assert client.get(PDF).status_code == 404


def test_a_document_of_an_edition_that_is_not_published_does_not_exist(client: Client) -> None:
    MonitorFactory.create(year=2018, adopted=True)
    assert client.get(PDF).status_code == 404
    assert client.get("/monitor/2018/document/").status_code == 404


def test_while_it_is_not_built_the_reader_sees_how_far_it_is(
    client: Client, snapshot: Snapshot
) -> None:
    documents.request_document(snapshot)
    answer = client.get(PDF, follow=True)
    text = answer.content.decode()
    assert answer.redirect_chain == [("/monitor/2018/document/", 302)]
    assert "de eerste die aan de beurt komt" in text
    assert "U kunt doorwerken" in text
    assert 'hx-get="/monitor/2018/document/full/stand/"' in text
    assert "csrfmiddlewaretoken" not in text
    assert "Stop deze opdracht" not in text


def test_a_document_nobody_asked_for_is_an_honest_sentence(
    client: Client, snapshot: Snapshot
) -> None:
    text = client.get("/monitor/2018/document/").content.decode()
    assert "Dit raadsdocument is nog niet gemaakt." in text


def test_the_fragment_shows_queue_and_progress(client: Client, snapshot: Snapshot) -> None:
    first = documents.request_document(snapshot)
    documents.request_document(snapshot, DocumentVariant.LEAN)
    lean = client.get("/monitor/2018/document/lean/stand/").content.decode()
    assert "2e in de rij" in lean
    assert first.job is not None
    token = first.job.claim()
    first.job.beat(token, progress=40, progress_text="Pagina 20 opgemaakt")
    text = client.get("/monitor/2018/document/full/stand/").content.decode()
    assert "40%: Pagina 20 opgemaakt" in text
    assert "<html" not in text
    assert client.get("/monitor/2018/document/geen/stand/").status_code == 404


def test_an_officer_stops_the_building_and_has_it_done_again(
    client: Client, officer: User, snapshot: Snapshot
) -> None:
    document = documents.request_document(snapshot)
    client.force_login(officer)
    page = client.get("/monitor/2018/document/beheer/").content.decode()
    assert "Stop deze opdracht" in page
    assert "Raadsdocument met zuinig omslag" in page
    stop = reverse("document_cancel", kwargs={"edition": 2018, "variant": "full"})
    again = reverse("document_rebuild", kwargs={"edition": 2018, "variant": "full"})
    answer = client.post(stop, follow=True).content.decode()
    assert "Het maken van dit document wordt gestopt." in answer
    document.refresh_from_db()
    assert document.job is not None
    assert document.job.state == JobState.CANCELLED
    assert "Het document wordt gemaakt." in client.post(again, follow=True).content.decode()
    document = CouncilDocument.objects.select_related("job").get(pk=document.pk)
    assert document.job is not None
    assert document.job.state == JobState.QUEUED
    assert "wordt al gemaakt" in client.post(again, follow=True).content.decode()
    assert Job.objects.live().count() == 1


def finished(snapshot: Snapshot) -> CouncilDocument:
    """A stored document whose job is done."""
    document = built(snapshot)
    assert document.job is not None
    document.job.finish(document.job.claim(), {})
    return document


def test_a_finished_document_cannot_be_stopped_and_nobody_hears_that_it_was(
    client: Client, officer: User, snapshot: Snapshot
) -> None:
    finished(snapshot)
    client.force_login(officer)
    stop = reverse("document_cancel", kwargs={"edition": 2018, "variant": "full"})
    answer = client.post(stop, follow=True).content.decode()
    assert "er valt niets te stoppen" in answer
    assert "wordt gestopt" not in answer


def test_that_making_it_again_was_stopped_is_no_news_for_who_reads_it(
    client: Client, officer: User, snapshot: Snapshot
) -> None:
    document = finished(snapshot)
    documents.rebuild(document)
    assert documents.cancel(document)
    for address in ("/monitor/2018/document/", "/monitor/2018/document/full/stand/"):
        assert "Gestopt" not in client.get(address).content.decode()
    assert "Open de pdf" in client.get("/monitor/2018/document/").content.decode()
    client.force_login(officer)
    assert "Gestopt" in client.get("/monitor/2018/document/beheer/").content.decode()


def test_an_officer_asks_for_the_lean_cover(
    client: Client, officer: User, snapshot: Snapshot
) -> None:
    client.force_login(officer)
    client.post(reverse("document_rebuild", kwargs={"edition": 2018, "variant": "lean"}))
    assert snapshot.documents.get().variant == DocumentVariant.LEAN


def test_others_do_not_make_documents(
    client: Client, councillor: User, member: User, snapshot: Snapshot
) -> None:
    documents.request_document(snapshot)
    again = reverse("document_rebuild", kwargs={"edition": 2018, "variant": "full"})
    assert client.post(again).status_code == 302
    for user in (councillor, member):
        client.force_login(user)
        assert client.post(again).status_code == 403
        assert client.get("/monitor/2018/document/beheer/").status_code == 403
        assert "Stop deze opdracht" not in client.get("/monitor/2018/document/").content.decode()
    assert Job.objects.count() == 1


def test_a_forged_form_changes_nothing(officer: User, snapshot: Snapshot) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    again = reverse("document_rebuild", kwargs={"edition": 2018, "variant": "full"})
    assert client.post(again).status_code == 403
    assert not snapshot.documents.exists()
