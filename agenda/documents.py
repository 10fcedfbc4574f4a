"""The agenda as a document: made in the background, once for a version that is decided.

Of a version that is still written a concept is made, for officers; a newer one takes its place.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string

from agenda.constants import Origin
from agenda.document_story import document_story, hash_of
from agenda.models import AgendaDocument, AgendaVersion
from agenda.story import Story
from core import jobs
from core.documents import page_count
from core.files import store
from core.jobs import JobRun
from core.rendering import render_in_child
from core.tokens import document_style, tokens

KIND = "agenda_document"
STYLESHEETS = ("css/document.css", "css/agenda-document.css")
# Millimetres on the cover: a line a theme, a square a goal.
COVER_WIDTH, COVER_HEIGHT, NAMES_WIDTH = 170, 138, 76
HIGHEST_LINE, WIDEST_STEP = 16.0, 13.0
LETTERS_ON_LINE = 44


def request_document(version: AgendaVersion, *, requested_by: str = "") -> AgendaDocument:
    """The document of ``version``, with the job that makes it; asking twice makes one job.

    What was adopted here has its document for good once that is made. Otherwise a document of
    other contents than now is made again, as is one whose job failed. Workers hear of it on commit.
    """
    with transaction.atomic():
        document, _ = AgendaDocument.objects.select_for_update().get_or_create(version=version)
        if _stands(document, version):
            return document
        sha256 = hash_of(document_story(version))
        if document.file_id is not None and document.sha256 == sha256:
            return document
        job = jobs.enqueue(
            KIND, f"{version.pk}-{sha256}", {"version": version.pk}, requested_by=requested_by
        )
        if not job.is_live:
            # This text was made before, and another came in between.
            job = jobs.rebuild(job)
        if document.job_id != job.pk:
            document.job = job
            document.save(update_fields=["job"])
    return document


def _stands(document: AgendaDocument, version: AgendaVersion) -> bool:
    """Whether the file is that of a version that was adopted here, and so never changes."""
    return (
        document.file_id is not None and not document.is_concept and version.origin == Origin.SYSTEM
    )


def public_document(version: AgendaVersion) -> AgendaDocument | None:
    """What everybody may read of the document of ``version``, which is there whole; or ``None``.

    One query.
    """
    return (
        AgendaDocument.objects.filter(version=version, is_concept=False, file__isnull=False)
        .select_related("file")
        .first()
    )


def file_name(version: AgendaVersion, *, is_concept: bool) -> str:
    """How the document is called where it is saved: a concept stays one after the adoption."""
    concept = "-concept" if is_concept else ""
    return f"agenda-{version.agenda.slug}-versie-{version.number}{concept}.pdf"


def document_html(version: AgendaVersion) -> tuple[str, str]:
    """The whole document, and the hash of what it tells. Nothing of the moment of making."""
    story = document_story(version)
    sha256 = hash_of(story)
    style = document_style(tokens(), is_lean=story["is_concept"])
    html = render_to_string(
        "agenda/document/agenda.html",
        {
            **style,
            "agenda": story,
            "cover": _cover(story),
            # Whose agenda it is, which need not be who keeps it here.
            "municipality": version.agenda.municipality,
            "mark_names": {},
            "sha256": sha256,
        },
    )
    return html, sha256


def _cover(story: Story) -> Mapping[str, Any]:
    """A square a goal, in a line a theme; filled where something measures it."""
    themes = [theme for theme in story["themes"] if theme["goals"]]
    if not themes:
        return {}
    line = min(HIGHEST_LINE, COVER_HEIGHT / len(themes))
    most = max(len(theme["goals"]) for theme in themes)
    step = min(WIDEST_STEP, (COVER_WIDTH - NAMES_WIDTH) / most)
    return {
        "height": _mm(line * len(themes)),
        "bar_width": _mm(step * 0.7),
        "bar_height": _mm(line * 0.56),
        "lines": [
            {
                "rule": _mm(line * at),
                "names": [
                    {
                        "y": _mm(line * at + line * 0.5 + 1 + 3.7 * (row - (len(names) - 1) / 2)),
                        "text": text,
                    }
                    for row, text in enumerate(names)
                ],
                "bars": [
                    {
                        "x": _mm(NAMES_WIDTH + step * place),
                        "y": _mm(line * at + line * 0.22),
                        "is_measured": not goal["unmeasured"],
                    }
                    for place, goal in enumerate(theme["goals"])
                ],
            }
            for at, theme in enumerate(themes)
            for names in [textwrap.wrap(theme["name"], LETTERS_ON_LINE)[:2]]
        ],
    }


def _mm(length: float) -> str:
    return format(length, ".2f")


def render_agenda_document(run: JobRun) -> dict[str, Any]:
    """Handler of ``agenda_document``: makes the bytes, stores them and fills the document's row.

    May run more than once: the bytes are stored by their hash, and the row changes together with
    the job's end. A concept that is ready only after the adoption takes no place.
    """
    version = _version(run.payload["version"])
    run.progress(2, "Agenda lezen")
    html, sha256 = document_html(version)
    content = render_in_child(html, stylesheets=STYLESHEETS, run=run, first=5, last=95)
    run.progress(96, "Document bewaren")
    name = file_name(version, is_concept=version.is_editable)
    kept = store(content, name=name, content_type="application/pdf")
    pages = page_count(content)
    with run.finishing() as result:
        document = AgendaDocument.objects.select_for_update().get(version=version)
        if not _stands(document, version):
            document.file, document.pages, document.sha256 = kept, pages, sha256
            document.is_concept, document.job = version.is_editable, run.job
            document.save()
        result.update(pages=pages, size=len(content), sha256=kept.sha256)
    return result


def _version(pk: int) -> AgendaVersion:
    return AgendaVersion.objects.select_related(
        "agenda__owner", "agenda__predecessor", "agenda__source", "source"
    ).get(pk=pk)
