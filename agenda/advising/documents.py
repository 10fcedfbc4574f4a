"""The answer as a document: the letter to each body and the overview of points and answers.

It is made from rows that no longer change; the bytes are made once, in the background.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.template.loader import render_to_string

from agenda.advising.reading import round_story, with_advice
from agenda.models import AdviceDocument, ConsultationRound
from core import jobs
from core.documents import page_count
from core.files import store
from core.jobs import JobRun
from core.rendering import render_in_child
from core.tokens import document_style, tokens

KIND = "advice_document"
STYLESHEETS = ("css/document.css",)


def request_document(round: ConsultationRound, *, requested_by: str = "") -> AdviceDocument:
    """The document of an answered round, with the job that makes it; asking twice makes one job.

    A job that failed is followed by a new one. Workers hear of it on commit.
    """
    with transaction.atomic():
        document, _ = AdviceDocument.objects.get_or_create(round=round)
        job = jobs.enqueue(KIND, str(round.pk), {"round": round.pk}, requested_by=requested_by)
        if document.job_id != job.pk:
            document.job = job
            document.save(update_fields=["job"])
    return document


def file_name(round: ConsultationRound) -> str:
    return f"antwoord-op-advies-{round.version.agenda.slug}-{round.pk}.pdf"


def document_html(round: ConsultationRound) -> str:
    """The whole document; ``round`` comes from ``with_advice``. Nothing of the moment of making."""
    story = round_story(round)
    return render_to_string(
        "agenda/document/answer.html",
        {
            **document_style(tokens()),
            "round": story,
            "municipality": round.version.agenda.municipality,
            "mark_names": {},
            "dated": story["answered_on"].isoformat() if story["answered_on"] else "",
        },
    )


def render_advice_document(run: JobRun) -> dict[str, Any]:
    """Handler of ``advice_document``: makes the bytes, stores them and fills the document's row.

    May run more than once: the bytes are stored by their hash, and the row changes together with
    the job's end.
    """
    document = AdviceDocument.objects.get(round=run.payload["round"])
    round = with_advice(ConsultationRound.objects.all()).get(pk=document.round_id)
    run.progress(2, "Adviezen en antwoorden lezen")
    content = render_in_child(
        document_html(round), stylesheets=STYLESHEETS, run=run, first=5, last=95
    )
    run.progress(96, "Document bewaren")
    kept = store(content, name=file_name(round), content_type="application/pdf")
    pages = page_count(content)
    with run.finishing() as result:
        document.file, document.pages, document.job = kept, pages, run.job
        document.save(update_fields=["file", "pages", "job"])
        result.update(pages=pages, size=len(content), sha256=kept.sha256)
    return result
