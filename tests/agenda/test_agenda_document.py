"""The agenda as a document: whole, tagged, made once; a concept is for officers only."""

from __future__ import annotations

import io

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from accounts.models import User
from agenda.actions import delete_draft
from agenda.document_story import document_story, hash_of
from agenda.documents import STYLESHEETS, document_html, request_document
from agenda.models import AgendaDocument, AgendaVersion, Goal
from core import jobs
from core.documents import render_pdf
from core.models import Job
from tests.agenda.adopting import DECISION, adopt
from tests.factories import OrganisationFactory
from tests.factories_agenda import (
    AgendaVersionFactory,
    DevelopmentTaskFactory,
    GoalFactory,
    MeasureFactory,
    ParticipationFactory,
    PolicyLinkFactory,
    PrincipleFactory,
    SituationFactFactory,
    SourceFactory,
    TargetFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
PUBLIC = "/agenda/mag/versie/1/agenda.pdf"
DESK = "/beheer/agenda/mag/1/document/"


@pytest.fixture
def version() -> AgendaVersion:
    return filled(consulted=True)


def filled(**fields: object) -> AgendaVersion:
    made: AgendaVersion = AgendaVersionFactory.create(
        agenda__slug="mag", agenda__short_name="MAG", agenda__name="Agenda voor iedereen", **fields
    )
    for name in ("Wonen", "Werken"):
        theme = ThemeFactory.create(version=made, name=name, result=f"{name} gaat beter.")
        for goal in GoalFactory.create_batch(3, theme=theme):
            measure = MeasureFactory.create(theme=None, goal=goal)
            TargetFactory.create(measure=measure, kind="baseline", period="2020", number=111)
            TargetFactory.create(measure=measure, period="2030", number=222)
    task = DevelopmentTaskFactory.create(version=made, subject="Anders samenwerken")
    task.goals.add(Goal.objects.filter(theme__version=made)[0])
    PrincipleFactory.create(version=made, text="Samen met inwoners")
    ParticipationFactory.create(version=made, who="mantelzorgers")
    SituationFactFactory.create(
        version=made,
        topic="Armoede onder kinderen",
        text="Eén op de tien.\nDat is meer dan vroeger.",
        source=SourceFactory.create(title="Armoedemonitor"),
        locator="blz. 4",
    )
    PolicyLinkFactory.create(version=made, name="Integraal Zorgakkoord")
    return made


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def test_the_document_holds_all_that_was_adopted_and_is_accessible(
    version: AgendaVersion, officer: User
) -> None:
    adopt(version, officer)
    html, sha256 = document_html(AgendaVersion.objects.get(pk=version.pk))
    pdf = render_pdf(html, stylesheets=STYLESHEETS)
    told = words_of(pdf)
    for goal in Goal.objects.filter(theme__version=version):
        assert f"{goal.number}. {goal.label}" in told
    for text in (
        *("Wonen gaat beter.", "Werken gaat beter.", "111", "222", "Anders samenwerken"),
        *("Armoede onder kinderen", "Dat is meer dan vroeger. Bron: Armoedemonitor, blz. 4"),
        *("Samen met inwoners", "Mantelzorgers", "Integraal Zorgakkoord", DECISION),
        *("Deze agenda volgt geen andere op", "een streefwaarde", sha256[:40]),
    ):
        assert text in told
    assert "Concept" not in told
    opened = pikepdf.open(io.BytesIO(pdf))
    assert opened.Root.MarkInfo.Marked
    assert str(opened.Root.Lang) == "nl"
    assert b"pdfuaid" in opened.Root.Metadata.read_bytes()
    assert "/StructTreeRoot" in opened.Root
    assert str(opened.docinfo["/Title"]).startswith("Agenda voor iedereen, versie 1")
    assert len(opened.open_outline().root) >= 7


def test_the_same_contents_are_the_same_html_and_a_change_is_another_hash(
    version: AgendaVersion,
) -> None:
    first = document_html(version)
    assert document_html(version) == first
    Goal.objects.filter(theme__version=version).update(text="Anders.")
    assert hash_of(document_story(version)) != first[1]


def test_the_cover_names_the_municipality_whose_agenda_it_is() -> None:
    made = AgendaVersionFactory.create(
        agenda__owner=OrganisationFactory.create(name="Gemeente Vijfheerenlanden")
    )
    html, _ = document_html(made)
    assert "<b>Vijfheerenlanden</b>" in html
    assert "Gemeente Vijfheerenlanden · versie 1" in html
    assert "Kaag en Braassem" not in html


def test_a_concept_says_so_on_its_cover_and_on_every_page(version: AgendaVersion) -> None:
    html, _ = document_html(version)
    pdf = render_pdf(html, stylesheets=STYLESHEETS)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    assert "Concept, niet vastgesteld" in pages[0]
    assert all("concept, niet vastgesteld" in " ".join(page.split()) for page in pages[1:])


@pytest.mark.django_db(transaction=True)
def test_a_concept_is_for_officers_and_the_adopted_agenda_for_all(
    desk: Client, version: AgendaVersion, officer: User
) -> None:
    desk.post(DESK)
    jobs.run(Job.objects.get(kind="agenda_document").pk)
    document = AgendaDocument.objects.get()
    assert document.is_concept
    assert (document.pages or 0) >= 5
    assert desk.get(f"{DESK}agenda.pdf").content.startswith(b"%PDF")
    assert Client().get(PUBLIC).status_code == 404
    assert "pdf," not in Client().get("/agenda/mag/").content.decode()
    adopt(version, officer)
    assert Client().get(PUBLIC).status_code == 404  # the concept is not the agenda
    kept = desk.get(f"{DESK}agenda.pdf").headers["Content-Disposition"]
    assert "agenda-mag-versie-1-concept.pdf" in kept, "a concept stays one after the adoption"
    jobs.run(Job.objects.get(kind="agenda_document", state="queued").pk)
    document = AgendaDocument.objects.get()
    assert not document.is_concept
    answer = Client().get(PUBLIC)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "agenda-mag-versie-1.pdf" in answer.headers["Content-Disposition"]
    assert document.sha256 in Client().get("/agenda/mag/").content.decode()
    # What was adopted has its document for good.
    assert request_document(AgendaVersion.objects.get()).file_id == document.file_id
    assert not Job.objects.filter(state="queued").exists()


def test_asking_twice_makes_one_job_and_another_text_a_new_one(
    desk: Client, version: AgendaVersion
) -> None:
    desk.post(DESK)
    desk.post(DESK)
    assert Job.objects.filter(kind="agenda_document").count() == 1
    Goal.objects.filter(theme__version=version).update(text="Anders.")
    desk.post(DESK)
    assert Job.objects.filter(kind="agenda_document").count() == 2
    assert AgendaDocument.objects.count() == 1
    assert "Voortgang" in desk.get("/beheer/agenda/mag/1/").content.decode()


def test_nothing_of_a_draft_is_in_the_document_of_another(
    version: AgendaVersion, officer: User
) -> None:
    adopt(version, officer)
    draft = AgendaVersionFactory.create(agenda=version.agenda, number=2)
    GoalFactory.create(theme=ThemeFactory.create(version=draft), label="Geheim plan")
    html, _ = document_html(AgendaVersion.objects.get(pk=version.pk))
    assert "Geheim plan" not in html


def test_the_document_costs_as_many_queries_for_one_goal_as_for_many(
    version: AgendaVersion,
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            document_html(AgendaVersion.objects.get(pk=version.pk))
        return len(asked)

    few = count()
    for theme in version.themes.all():
        for goal in GoalFactory.create_batch(3, theme=theme):
            TargetFactory.create(measure=MeasureFactory.create(theme=None, goal=goal))
    DevelopmentTaskFactory.create_batch(3, version=version)
    assert count() == few


def test_a_draft_goes_with_the_concept_that_was_made_of_it(officer: User) -> None:
    draft = AgendaVersionFactory.create()
    request_document(draft)
    delete_draft(draft, user=officer)
    assert not AgendaDocument.objects.exists()
