"""What people see of a job."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from core.models import Job
from core.status import job_context

pytestmark = pytest.mark.django_db

BUTTONS = {
    "status_url": "/stand/",
    "cancel_url": "/stop/",
    "rebuild_url": "/opnieuw/",
    "result_url": "/document/",
}


def _html(job: Job, **buttons: str) -> str:
    context = job_context(job, **(buttons or BUTTONS))
    return render_to_string("core/_job.html", context, RequestFactory().get("/"))


def test_a_waiting_job_shows_its_place_and_asks_for_news() -> None:
    Job.objects.create(kind="probe", key="a")
    html = _html(Job.objects.create(kind="probe", key="b"))
    assert "In de wachtrij: 2e in de rij." in html
    assert 'data-hx-get="/stand/" data-hx-trigger="every 1s"' in html
    assert "U kunt doorwerken." in html
    assert 'action="/stop/"' in html
    assert 'action="/opnieuw/"' not in html
    assert 'href="/document/"' not in html


def test_a_running_job_shows_its_progress() -> None:
    job = Job.objects.create(kind="probe", key="a")
    job.beat(job.claim(), progress=40, progress_text="Pagina 12 <opgemaakt>")
    job.refresh_from_db()
    html = _html(job)
    assert 'value="40"' in html
    assert "40%: Pagina 12 &lt;opgemaakt&gt;" in html


def test_a_job_that_is_to_stop_says_so_and_has_no_stop_button() -> None:
    job = Job.objects.create(kind="probe", key="a")
    job.claim()
    job.ask_to_stop()
    html = _html(job)
    assert "Wordt gestopt." in html
    assert 'action="/stop/"' not in html


def test_a_done_job_leads_to_what_was_made_and_asks_nothing() -> None:
    job = Job.objects.create(kind="probe", key="a")
    job.finish(job.claim(), {})
    html = _html(job)
    assert "Klaar." in html
    assert 'href="/document/"' in html
    assert "Maak opnieuw" in html
    assert "hx-get" not in html
    assert "<progress" not in html


def test_a_failed_job_says_why_in_dutch() -> None:
    job = Job.objects.create(
        kind="probe", key="a", state="failed", error="Er ging iets mis.", finished_at=timezone.now()
    )
    html = _html(job)
    assert "Er ging iets mis." in html
    assert "Probeer opnieuw" in html


def test_a_reader_without_rights_sees_no_buttons() -> None:
    job = Job.objects.create(kind="probe", key="a")
    html = _html(job, status_url="/stand/")
    assert "<form" not in html
    job.drop()
    assert "<form" not in _html(job, status_url="/stand/")
    assert "style=" not in html
