"""The job builds a document once, and asking twice is asking once."""

from __future__ import annotations

from typing import Any

import pytest

from core import jobs
from core.constants import JobState
from core.models import Job, StoredFile, WrongState
from monitor import documents
from monitor.actions import publish
from monitor.constants import DocumentVariant
from monitor.documents import build
from monitor.models import CouncilDocument
from monitor.snapshots import DamagedSnapshot
from tests.factories_monitor import MonitorFactory
from tests.monitor.editions_in_test import published_snapshot
from tests.monitor.payload_fixture import notes_payload

pytestmark = pytest.mark.django_db(transaction=True)


def done(document: CouncilDocument) -> CouncilDocument:
    """``document`` after a worker did its job."""
    assert document.job is not None
    jobs.run(document.job.pk)
    return CouncilDocument.objects.select_related("job", "file").get(pk=document.pk)


def test_the_job_stores_the_bytes_and_fills_the_document() -> None:
    document = done(documents.request_document(published_snapshot(content=notes_payload())))
    assert document.job is not None
    assert document.job.state == JobState.DONE
    assert document.file is not None
    assert document.built_at is not None
    assert document.pages == document.job.result["pages"] > 5
    with document.file.open() as file:
        assert file.read(5) == b"%PDF-"
    assert document.file.verify()


def test_asking_twice_makes_one_document_and_one_job() -> None:
    snapshot = published_snapshot(content=notes_payload())
    first, second = documents.request_document(snapshot), documents.request_document(snapshot)
    assert (first.pk, first.job_id) == (second.pk, second.job_id)
    lean = documents.request_document(snapshot, DocumentVariant.LEAN)
    assert lean.job_id != first.job_id


def test_building_again_gives_the_same_file() -> None:
    document = done(documents.request_document(published_snapshot(content=notes_payload())))
    again = done(documents.rebuild(document))
    assert again.file_id == document.file_id
    assert StoredFile.objects.count() == Job.objects.count() == 1


def test_other_bytes_never_replace_a_sound_document(monkeypatch: pytest.MonkeyPatch) -> None:
    document = done(documents.request_document(published_snapshot(content=notes_payload())))
    assert document.file is not None
    monkeypatch.setattr(build, "build_bytes", lambda *args, **kwargs: b"%PDF-1.7 other")
    again = done(documents.rebuild(document))
    assert again.job is not None
    assert again.job.state == JobState.FAILED
    assert "blijft staan" in again.job.error
    assert again.file_id == document.file_id
    assert StoredFile.objects.count() == 1


def test_building_again_waits_for_the_building_that_goes_on() -> None:
    document = documents.request_document(published_snapshot(content=notes_payload()))
    with pytest.raises(WrongState):
        documents.rebuild(document)


def test_a_stopped_document_is_not_built_and_can_be_asked_again() -> None:
    snapshot = published_snapshot(content=notes_payload())
    document = documents.request_document(snapshot)
    documents.cancel(document)
    stopped = done(document)
    assert stopped.job is not None
    assert stopped.job.state == JobState.CANCELLED
    assert stopped.file is None
    assert done(documents.request_document(snapshot)).file is not None


def test_damaged_content_is_not_made_into_a_document() -> None:
    snapshot = published_snapshot(content=notes_payload())
    snapshot.payload += " "
    with pytest.raises(DamagedSnapshot):
        build.build_bytes(snapshot, DocumentVariant.FULL)


def test_publishing_asks_for_the_document_when_the_transaction_commits(
    officer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[Any] = []
    monkeypatch.setattr(jobs, "wake", lambda *message: woken.append(message))
    monitor = MonitorFactory.create(adopted=True, judges_goals=False)
    snapshot = publish(monitor, user=officer)
    document = CouncilDocument.objects.get(snapshot=snapshot)
    assert woken == [("core.run_job", document.job_id)]
