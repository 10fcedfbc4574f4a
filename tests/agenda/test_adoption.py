"""An adoption is laid down with its decision; everybody fetches that with the agenda."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from agenda import actions
from agenda.constants import AgendaStatus
from agenda.models import AgendaVersion
from core.models import Job, StoredFile
from core.uploads.refusals import SENTENCES
from tests.agenda.adopting import DECISION, NAME, adopt, decision_file, typed
from tests.eisen.reading import read
from tests.factories_agenda import AgendaVersionFactory, GoalFactory, SourceFactory
from tests.uploaded import NUMBER, docx, paragraph

pytestmark = pytest.mark.django_db
ADOPT = "/beheer/agenda/mag/1/vaststellen/"
DECIDED = "/agenda/mag/versie/1/besluit/"


@pytest.fixture
def version() -> AgendaVersion:
    goal = GoalFactory.create(
        theme__version=AgendaVersionFactory.create(
            agenda__slug="mag", agenda__short_name="MAG", consulted=True
        )
    )
    made: AgendaVersion = goal.theme.version
    return made


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def test_an_agenda_is_adopted_with_its_decision_and_everybody_fetches_it(
    desk: Client, version: AgendaVersion
) -> None:
    assert Client().get(DECIDED).status_code == 404
    file = decision_file()
    content = file.read()
    file.seek(0)
    desk.post(ADOPT, typed(upload=file))
    version.refresh_from_db()
    assert (version.status, version.decision) == (AgendaStatus.ADOPTED, DECISION)
    read(desk, "/beheer/agenda/mag/1/").holds(DECISION, NAME)
    read(Client(), "/agenda/mag/").holds(f"Besluit: {DECISION}.", f"Haal het besluit op ({NAME})")
    answer = Client().get(DECIDED)
    assert answer.content == content
    assert f'filename="{NAME}"' in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert Job.objects.filter(kind="agenda_document").count() == 1


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"upload": ""}, "Kies een bestand."),
        ({"decision": ""}, "Dit veld is verplicht."),
        (
            {"upload": SimpleUploadedFile("besluit.docx", docx(paragraph("De raad besluit.")))},
            SENTENCES["only_pdf"],
        ),
        (
            {"upload": SimpleUploadedFile("besluit.pdf", b"De raad besluit.")},
            "pdf",
        ),
        ({"upload": decision_file(f"Mevrouw {NUMBER} was erbij.")}, "burgerservicenummer"),
    ],
    ids=["no file", "no name", "word", "not a pdf", "a person"],
)
def test_without_a_fit_decision_nothing_is_adopted(
    desk: Client, version: AgendaVersion, other: dict[str, object], told: str
) -> None:
    html = desk.post(ADOPT, typed(**other)).content.decode()
    assert told in html
    assert 'value="gemeenteraad"' in html
    version.refresh_from_db()
    assert version.status == AgendaStatus.CONSULTATION
    assert not StoredFile.objects.exists()


def test_a_number_that_was_looked_at_is_no_hindrance(desk: Client, version: AgendaVersion) -> None:
    """A number of a case may pass the test of a citizen service number."""
    file = decision_file(f"Zaak {NUMBER}.")
    desk.post(ADOPT, typed(upload=file, looked="on"))
    version.refresh_from_db()
    assert version.status == AgendaStatus.ADOPTED


def test_a_second_click_adopts_nothing_and_says_so(desk: Client, version: AgendaVersion) -> None:
    desk.post(ADOPT, typed())
    html = desk.post(ADOPT, typed(decision="Een ander besluit")).content.decode()
    assert "Deze stap is al gezet" in html
    version.refresh_from_db()
    assert version.decision == DECISION
    assert version.events.filter(to_status="adopted").count() == 1


def test_an_adoption_that_fails_leaves_no_decision(version: AgendaVersion, officer: User) -> None:
    version.themes.get().goals.all().delete()
    with pytest.raises(actions.TransitionError):
        adopt(version, officer)
    version.refresh_from_db()
    assert (version.decision, version.decision_file) == ("", None)
    assert not StoredFile.objects.exists()


def test_an_agenda_from_a_source_says_that_its_decision_is_not_here() -> None:
    AgendaVersionFactory.create(
        agenda__slug="oud",
        from_source=True,
        status="adopted",
        adopted_by="gemeenteraad",
        source=SourceFactory.create(),
        locator="H5.2",
    )
    read(Client(), "/agenda/oud/").holds("Het besluit zelf staat hier niet")
    assert Client().get("/agenda/oud/versie/1/besluit/").status_code == 404


def test_the_page_of_an_agenda_that_is_adopted_says_so_and_leads_to_it(
    desk: Client, version: AgendaVersion, officer: User
) -> None:
    adopt(version, officer)
    page = read(desk, ADOPT)
    page.holds("Deze versie is al vastgesteld, op 8 oktober 2026 door gemeenteraad.")
    assert "Leg de vaststelling vast" not in page.text
    assert 'href="/beheer/agenda/mag/1/"' in desk.get(ADOPT).content.decode()


def test_what_is_adopted_is_not_asked_to_go_to_consultation(
    desk: Client, version: AgendaVersion, officer: User
) -> None:
    adopt(version, officer)
    answer = desk.get("/beheer/agenda/mag/1/inspraak/", follow=True)
    assert answer.redirect_chain[-1][0] == "/beheer/agenda/mag/1/"
    assert "verandert niet meer" in answer.content.decode()


def test_the_page_of_a_draft_leads_to_its_consultation(
    desk: Client, version: AgendaVersion
) -> None:
    AgendaVersion.objects.filter(pk=version.pk).update(status="draft")
    html = desk.get(ADOPT).content.decode()
    assert "Deze versie is nog een concept." in html
    assert 'href="/beheer/agenda/mag/1/inspraak/"' in html
    assert 'name="decision"' not in html
