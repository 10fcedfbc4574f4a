"""A letter is typed over point by point, answered, and comes out whole: on the page and as a PDF.

The letter is that of the advisory council of 20 July 2023 and what the college answered (source
003), in short sentences of our own.
"""

from __future__ import annotations

import io

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import User
from agenda.advising.documents import STYLESHEETS, document_html
from agenda.advising.reading import with_advice
from agenda.constants import AgendaStatus
from agenda.models import Advice, AdvicePoint, AgendaVersion, ConsultationRound
from core import jobs
from core.documents import render_pdf
from core.models import Job
from tests.eisen.reading import read
from tests.factories_advice import ConsultationRoundFactory, answered
from tests.factories_agenda import AgendaVersionFactory

pytestmark = pytest.mark.django_db

# kind, what was advised, what became of it, why
LETTER = [
    ("advice", "Resultaten zijn nog niet SMART.", "partly", "Indicatoren maken het concreet."),
    ("question", "Hoe meet u sociale cohesie?", "replied", "Via CBS Statline: 6,8 over 2021."),
    ("advice", "Randvoorwaarden ontbreken.", "not_adopted", "Het is geen nieuwe werkwijze."),
    ("question", "Hoe komt u dichter bij de uitvoering?", "replied", "Door beter te praten."),
    ("question", "Mag men gegevens delen?", "replied", "Het Kernteam start in 2024."),
    ("question", "Blijft maatwerk mogelijk?", "replied", "Individuele hulp blijft."),
    ("advice", "Faciliteren ontbreekt.", "not_adopted", "Dat staat bij ketenregisseur."),
    ("advice", "Maak inburgering een doel.", "not_adopted", "De Driemaster doet dit al."),
    ("advice", "Verbeter de fouten.", "adopted", "De fouten zijn verbeterd."),
]


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def round() -> ConsultationRound:
    version = AgendaVersionFactory.create(agenda__slug="mag-2023", status=AgendaStatus.CONSULTATION)
    made: ConsultationRound = ConsultationRoundFactory.create(
        version=version, title="Advies op de nieuwe MAG"
    )
    return made


def at(round: ConsultationRound, *parts: object) -> str:
    start = f"/beheer/agenda/mag-2023/1/adviesrondes/{round.pk}/"
    return start + "".join(f"{part}/" for part in parts)


def typed_over(desk: Client, round: ConsultationRound) -> Advice:
    """The nine points as an officer types them, laid down."""
    body = {"body": "Adviesraad Sociaal domein", "given_on": "2023-07-20"}
    desk.post(at(round, "brief", "nieuw"), body)
    letter = Advice.objects.get()
    for kind, text, _, _ in LETTER:
        desk.post(at(round, "brief", letter.pk), {"kind": kind, "text": text, "about_key": ""})
    desk.post(at(round, "brief", letter.pk, "vastleggen"))
    return letter


def test_letter_003_is_answered_point_by_point_and_comes_out_whole(
    desk: Client, round: ConsultationRound
) -> None:
    letter = typed_over(desk, round)
    assert letter.points.count() == len(LETTER) == 9
    read(desk, at(round)).holds("9 punten hebben nog geen antwoord")
    for point, (_, _, outcome, reason) in zip(letter.points.all(), LETTER, strict=True):
        answer = {"outcome": outcome, "reason": reason, "change": "", "revision": "1"}
        desk.post(at(round, "punt", point.pk), answer)
    desk.post(at(round, "sluiten"))
    day = timezone.localdate().isoformat()
    typed = {"answered_by": "het college", "answered_on": day, "foreword": "Dank voor uw brief."}
    assert desk.post(at(round, "afronden"), typed).headers["Location"] == at(round)
    page = read(Client(), "/agenda/mag-2023/adviezen/")
    page.holds("9 punten van advies", "1 overgenomen, 1 deels overgenomen, 3 niet overgenomen")
    held = with_advice(ConsultationRound.objects.all()).get()
    pdf = render_pdf(document_html(held), stylesheets=STYLESHEETS)
    told = " ".join(
        " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages).split()
    )
    assert "Dank voor uw brief." in told
    for _, text, _, reason in LETTER:
        page.holds(text, reason)
        assert text in told
        assert reason in told


def test_the_answer_is_a_tagged_document_with_its_day_and_language() -> None:
    held = with_advice(ConsultationRound.objects.all()).get(pk=answered(2).pk)
    pdf = render_pdf(document_html(held), stylesheets=STYLESHEETS)
    assert pdf == render_pdf(document_html(held), stylesheets=STYLESHEETS)
    opened = pikepdf.open(io.BytesIO(pdf))
    root = opened.Root
    assert root.MarkInfo.Marked
    assert str(root.Lang) == "nl"
    assert b"pdfuaid" in root.Metadata.read_bytes()
    assert "/StructTreeRoot" in root


@pytest.mark.django_db(transaction=True)
def test_the_document_is_made_by_its_job_and_read_once_the_agenda_is_public() -> None:
    round = answered()
    address = f"/agenda/{round.version.agenda.slug}/adviezen/{round.pk}.pdf"
    jobs.run(Job.objects.get(kind="advice_document").pk)
    round.document.refresh_from_db()
    assert (round.document.pages or 0) > 2
    assert Client().get(address).status_code == 404
    AgendaVersion.objects.update(status=AgendaStatus.CONSULTATION)
    answer = Client().get(address)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert answer.content.startswith(b"%PDF")


def test_a_letter_that_is_laid_down_takes_no_more_points(
    desk: Client, round: ConsultationRound
) -> None:
    letter = typed_over(desk, round)
    late = {"kind": "advice", "text": "Nog iets.", "about_key": ""}
    html = desk.post(at(round, "brief", letter.pk), late).content.decode()
    assert "Deze brief is al vastgelegd" in html
    assert "Nog iets.</textarea>" in html
    assert AdvicePoint.objects.count() == 9
    again = desk.post(at(round, "brief", letter.pk, "vastleggen")).content.decode()
    assert "al vastgelegd" in again


def test_a_letter_has_a_day_that_has_been(desk: Client, round: ConsultationRound) -> None:
    body = {"body": "Adviesraad", "given_on": "2099-01-01"}
    html = desk.post(at(round, "brief", "nieuw"), body).content.decode()
    assert "Neem de datum van de brief over." in html
    assert not Advice.objects.exists()
    good = {**body, "given_on": "2023-07-20"}
    desk.post(at(round, "brief", "nieuw"), good)
    twice = desk.post(at(round, "brief", "nieuw"), good).content.decode()
    assert "Deze brief staat al in deze adviesronde." in twice
