"""The yearly report of the supervisor: written by one, read by all, answered and never changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, models, transaction
from django.forms import ModelForm
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.constants import Role
from accounts.models import Change, Organisation, User
from core.edits import RevisedForm
from core.models import OutboxMail
from core.uploads.refusals import SENTENCES
from reporting.actions import supervising
from reporting.changes import KINDS, LABELS
from reporting.models import SupervisionAnswer, SupervisionFinding, SupervisionReport
from reporting.supervision_forms import SupervisionFindingForm, SupervisionReportForm
from tests.factories import UserFactory
from tests.factories_contracts import ContractFactory
from tests.factories_reporting import SupervisionFindingFactory, SupervisionReportFactory
from tests.reporting.supervised import published, with_document
from tests.uploaded import NUMBER, pdf, picture

pytestmark = pytest.mark.django_db

DESK = "/beheer/toezicht/"


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(supervisor: User) -> Client:
    return as_(supervisor)


@pytest.fixture
def draft() -> SupervisionReport:
    report: SupervisionReport = SupervisionReportFactory.create(year=2025, title="Toezicht in 2025")
    return report


def text(client: Client, address: str, **asked: Any) -> str:
    answer = client.get(address, asked, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def said(answer: Any) -> str:
    return str(answer.content.decode())


# -- from beginning to end -------------------------------------------------------------------------
def test_the_supervisor_writes_publishes_and_the_municipality_answers(
    desk: Client, supervisor: User, officer: User, partner: Organisation
) -> None:
    about = {"year": "2025", "title": "Toezicht in 2025", "summary": "Wij bezochten iedereen."}
    page = said(desk.post(f"{DESK}nieuw/", about, follow=True))
    assert "Alleen u leest dit." in page
    report = SupervisionReport.objects.get()
    for advice, whom in (("Spreek een termijn af.", ""), ("Leid nieuwe mensen op.", partner.pk)):
        typed = {"text": "Te weinig aandacht.", "advice": advice, "partner": whom}
        desk.post(f"{DESK}{report.pk}/bevinding/", typed)
    assert Client().get("/toezicht/2025/").status_code == 404
    assert "openbaar" in said(desk.post(f"{DESK}{report.pk}/publiceren/", follow=True))
    report.refresh_from_db()
    assert report.published_by == supervisor
    page = text(Client(), "/toezicht/2025/")
    assert "Wij bezochten iedereen." in page
    assert page.count("De gemeente heeft hier nog niet op geantwoord.") == 2
    assert partner.name in page
    first = report.findings.order_by("pk")[0]
    address = f"{DESK}{report.pk}/bevinding/{first.pk}/antwoord/"
    as_(officer).post(address, {"text": "De termijn is nu zes weken."})
    page = text(Client(), "/toezicht/2025/")
    assert "De termijn is nu zes weken." in page
    assert page.count("De gemeente heeft hier nog niet op geantwoord.") == 1
    assert SupervisionAnswer.objects.get().author == officer
    assert "1 beantwoord door de gemeente" in text(Client(), "/toezicht/")


def test_without_a_report_the_list_says_so(desk: Client, officer: User) -> None:
    assert "Er is nog geen jaarverslag van het toezicht" in text(Client(), "/toezicht/")
    assert "Er is nog geen jaarverslag" in text(desk, DESK)
    assert "Er is nog geen jaarverslag gepubliceerd" in text(as_(officer), DESK)


def test_the_foot_of_a_public_page_leads_to_it() -> None:
    assert '<a href="/toezicht/">Toezicht</a>' in text(Client(), "/privacy/")


def test_an_invented_report_says_so() -> None:
    published(year=2018, is_example=True)
    assert "Dit jaarverslag is verzonnen" in text(Client(), "/toezicht/2018/")
    assert '<span class="example">' in text(Client(), "/toezicht/").split("<tbody>")[1]


# -- a draft ---------------------------------------------------------------------------------------
def test_a_draft_is_for_the_supervisor_alone(
    desk: Client, draft: SupervisionReport, officer: User, functional_manager: User, auditor: User
) -> None:
    typed = {"year": "2025", "title": "Toezicht", "summary": "Geheim tot het af is.", "revision": 1}
    desk.post(f"{DESK}{draft.pk}/wijzigen/", typed)
    assert "Geheim tot het af is." in text(desk, f"{DESK}{draft.pk}/")
    assert "Geheim tot het af is." in text(desk, f"{DESK}{draft.pk}/geschiedenis/")
    assert Change.objects.get(whole=f"supervisionreport-{draft.pk}").is_private
    for user in (officer, functional_manager, auditor):
        client = as_(user)
        assert "Geheim tot het af is." not in text(client, "/beheer/wijzigingen/")
        assert client.get(f"{DESK}{draft.pk}/").status_code in (403, 404)
    assert draft.title not in text(as_(officer), DESK)
    assert Client().get("/toezicht/2025/document/").status_code == 404


@pytest.mark.parametrize("form", [SupervisionReportForm, SupervisionFindingForm])
def test_every_field_of_a_form_is_in_the_history(form: type[ModelForm[Any]]) -> None:
    model = form._meta.model
    assert set(form._meta.fields or ()) == set(LABELS[model])
    assert model in KINDS


def test_a_second_click_adds_no_second_finding(desk: Client, draft: SupervisionReport) -> None:
    typed = {"text": "Te weinig aandacht.", "advice": "Spreek een termijn af."}
    where = f"{DESK}{draft.pk}/bevinding/"
    for _ in range(2):
        assert desk.post(where, typed).status_code == 302
    assert draft.findings.count() == 1
    desk.post(where, {**typed, "advice": "Leid nieuwe mensen op."})
    desk.post(where, typed)
    assert draft.findings.count() == 3


def test_the_history_keeps_what_went(desk: Client, draft: SupervisionReport) -> None:
    finding = SupervisionFindingFactory.create(report=draft, text="Eerst zo.")
    where = f"{DESK}{draft.pk}/bevinding/{finding.pk}/"
    desk.post(where, {"text": "Nu anders.", "advice": "Doe iets.", "revision": finding.revision})
    desk.post(f"{where}weghalen/")
    page = text(desk, f"{DESK}{draft.pk}/geschiedenis/")
    assert "Eerst" in page
    assert [row.action for row in Change.objects.order_by("pk")] == ["changed", "removed"]


def test_a_second_page_that_is_older_overwrites_nothing(
    desk: Client, draft: SupervisionReport
) -> None:
    SupervisionReport.objects.filter(pk=draft.pk).update(summary="Van de ander.", revision=2)
    typed = {"year": "2025", "title": draft.title, "summary": "Van mij.", "revision": 1}
    page = said(desk.post(f"{DESK}{draft.pk}/wijzigen/", typed))
    assert "Van de ander." in page
    assert "Van mij." in page
    draft.refresh_from_db()
    assert draft.summary == "Van de ander."


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"year": "2014"}, "toezicht begon met de Wmo"),
        ({"year": "99999"}, "toezicht begon met de Wmo"),
        ({"year": "2025"}, "Over dit jaar is er al een jaarverslag."),
        ({"year": "2099"}, "2099 is nog niet begonnen. Kies dit jaar of een eerder jaar."),
        ({"year": "twee"}, "Schrijf het jaar in vier cijfers"),
        ({"summary": f"Cliënt {NUMBER} kreeg geen hulp."}, "kan een burgerservicenummer zijn"),
        ({"title": f"Over {NUMBER}"}, "kan een burgerservicenummer zijn"),
        ({"summary": ""}, "Vat samen wat u dit jaar zag."),
    ],
)
def test_what_cannot_be_is_told(
    typed: dict[str, str], words: str, desk: Client, draft: SupervisionReport
) -> None:
    known = {"year": "2024", "title": "Toezicht", "summary": "Goed."}
    assert words in said(desk.post(f"{DESK}nieuw/", {**known, **typed}))
    assert SupervisionReport.objects.count() == 1


def test_who_begins_the_same_year_at_the_same_moment_is_told(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one is begun after the form was checked, and before it is written."""
    save_first = supervising.save_report

    def save_second(form: RevisedForm, *, user: User) -> bool:
        SupervisionReportFactory.create(year=form.instance.year)
        return save_first(form, user=user)

    monkeypatch.setattr(supervising, "save_report", save_second)
    typed = {"year": "2024", "title": "Toezicht", "summary": "Wij zagen veel."}
    page = said(desk.post(f"{DESK}nieuw/", typed))
    assert "Dit staat er net al." in page
    assert "Wij zagen veel." in page


def test_a_draft_is_thrown_away_with_all_of_it(desk: Client, draft: SupervisionReport) -> None:
    SupervisionFindingFactory.create(report=with_document(draft))
    assert "Concept verwijderen" in text(desk, f"{DESK}{draft.pk}/verwijderen/")
    page = said(desk.post(f"{DESK}{draft.pk}/verwijderen/", follow=True))
    assert "Het concept over 2025 is verwijderd." in page
    assert not SupervisionReport.objects.exists()
    assert not SupervisionFinding.objects.exists()


# -- the document ----------------------------------------------------------------------------------
def put(desk: Client, report: SupervisionReport, name: str, content: bytes) -> str:
    sent = {"file": SimpleUploadedFile(name, content)}
    return said(desk.post(f"{DESK}{report.pk}/document/kiezen/", sent, follow=True))


def test_the_document_goes_along_when_the_report_is_published(
    desk: Client, draft: SupervisionReport
) -> None:
    SupervisionFindingFactory.create(report=draft)
    assert "‘eerst.pdf’ is toegevoegd." in put(desk, draft, "eerst.pdf", pdf("Eerst."))
    put(desk, draft, "verslag.pdf", pdf("Verslag."))
    desk.post(f"{DESK}{draft.pk}/publiceren/")
    answer = Client().get("/toezicht/2025/document/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="verslag.pdf"'
    assert "verslag.pdf" in text(Client(), "/toezicht/2025/")
    said_first = [row.fields[0]["after"] for row in Change.objects.order_by("pk")]
    assert said_first == ["eerst.pdf", "verslag.pdf"]


@pytest.mark.parametrize("name", ["foto.png", "verslag.docx", "verslag.doc", "alles.zip"])
def test_only_a_pdf_is_taken(name: str, desk: Client, draft: SupervisionReport) -> None:
    where = f"{DESK}{draft.pk}/document/kiezen/"
    answer = desk.post(where, {"file": SimpleUploadedFile(name, picture())})
    assert answer.context["form"].errors["file"] == [SENTENCES["only_pdf"]]
    assert 'accept=".pdf"' in said(answer)
    assert "docx" not in said(answer).replace(name, "")
    assert "Er staat geen document bij" in text(desk, f"{DESK}{draft.pk}/")


def test_numbers_in_the_document_are_looked_at_first(
    desk: Client, draft: SupervisionReport
) -> None:
    SupervisionFindingFactory.create(report=draft)
    assert NUMBER in put(desk, draft, "verslag.pdf", pdf(f"Over {NUMBER}."))
    page = said(desk.post(f"{DESK}{draft.pk}/publiceren/"))
    assert "Kijk het document na en zet hier een vinkje." in page
    with pytest.raises(ValidationError, match="over een persoon"):
        supervising.publish(draft, user=UserFactory.create())
    looked = {"looked": "on", "document": draft.document.pk}
    desk.post(f"{DESK}{draft.pk}/publiceren/", looked)
    draft.refresh_from_db()
    assert draft.is_published


def test_a_document_that_could_not_be_read_is_looked_at_first(
    desk: Client, draft: SupervisionReport
) -> None:
    SupervisionFindingFactory.create(report=draft)
    with_document(draft, unread="Bladzijde 1 is een plaatje; dat lezen wij niet.")
    where = f"{DESK}{draft.pk}/publiceren/"
    assert "Bladzijde 1 is een plaatje; dat lezen wij niet." in text(desk, where)
    assert "zet hier een vinkje" in said(desk.post(where))
    desk.post(where, {"looked": "on", "document": draft.document.pk})
    draft.refresh_from_db()
    assert draft.is_published


def test_who_looked_at_another_document_looks_again(desk: Client, draft: SupervisionReport) -> None:
    """Two tabs: the document was replaced after the page asked to look at it."""
    SupervisionFindingFactory.create(report=draft)
    put(desk, draft, "eerst.pdf", pdf(f"Nummer {NUMBER}."))
    looked = {"looked": "on", "document": draft.document.pk}
    put(desk, draft, "anders.pdf", pdf(f"Cliënt {NUMBER}."))
    page = said(desk.post(f"{DESK}{draft.pk}/publiceren/", looked, follow=True))
    assert "Werd het intussen vervangen" in page
    draft.refresh_from_db()
    assert not draft.is_published


def test_the_document_is_taken_off_a_draft(desk: Client, draft: SupervisionReport) -> None:
    with_document(draft)
    page = said(desk.post(f"{DESK}{draft.pk}/document/weghalen/", follow=True))
    assert "Het document is weggehaald." in page
    assert desk.get(f"{DESK}{draft.pk}/document/").status_code == 404


# -- published -------------------------------------------------------------------------------------
def test_a_report_without_a_finding_is_not_published(
    desk: Client, draft: SupervisionReport
) -> None:
    page = said(desk.post(f"{DESK}{draft.pk}/publiceren/", follow=True))
    assert "Voeg eerst een bevinding toe" in page
    draft.refresh_from_db()
    assert not draft.is_published


@pytest.mark.parametrize(
    "where", ["wijzigen/", "verwijderen/", "publiceren/", "document/kiezen/", "bevinding/"]
)
def test_nothing_of_a_published_report_has_a_form(where: str, desk: Client) -> None:
    report = published()
    assert desk.get(f"{DESK}{report.pk}/{where}").status_code == 404
    assert desk.post(f"{DESK}{report.pk}/{where}").status_code == 404


def test_what_was_typed_while_it_was_published_is_refused(
    desk: Client, draft: SupervisionReport, supervisor: User
) -> None:
    """Two tabs: the door was still open when the page asked, and the action is not."""
    finding = SupervisionFindingFactory.create(report=draft)
    typed = {"text": "Nog iets.", "advice": "Doe iets.", "revision": finding.revision}
    form = SupervisionFindingForm(typed, instance=finding)
    assert form.is_valid()
    supervising.publish(draft, user=supervisor)
    for action in (
        lambda: supervising.save_finding(form, user=supervisor),
        lambda: supervising.remove_finding(finding, user=supervisor),
        lambda: supervising.remove_document(draft, user=supervisor),
        lambda: supervising.delete_draft(draft, user=supervisor),
        lambda: supervising.publish(draft, user=supervisor),
    ):
        with pytest.raises(ValidationError, match="Er verandert niets meer aan"):
            action()


def test_the_database_keeps_what_is_published() -> None:
    report = published(document=True)
    finding = report.findings.get()
    supervising.answer(finding, "Gedaan.", user=UserFactory.create())
    rows: tuple[tuple[models.Model, dict[str, Any]], ...] = (
        (report, {"summary": "Anders."}),
        (report, {"published_at": None, "published_by": None}),
        (finding, {"advice": "Anders."}),
        (report.document, {"name": "anders.pdf"}),
        (SupervisionAnswer.objects.get(), {"text": "Anders."}),
    )
    for row, changes in rows:
        held = type(row)._base_manager.filter(pk=row.pk)
        with pytest.raises(IntegrityError, match="nooit gewijzigd"), transaction.atomic():
            held.update(**changes)
        with pytest.raises(IntegrityError, match="of verwijderd"), transaction.atomic():
            held._raw_delete(held.db)
    with pytest.raises(IntegrityError, match="nooit gewijzigd"), transaction.atomic():
        SupervisionFindingFactory.create(report=report)


def test_who_reads_it_and_who_answers_it_hear_of_it(
    councillor: User, clerk: User, officer: User, functional_manager: User, auditor: User
) -> None:
    advisor = UserFactory.create(holds=[Role.ADVISORY_COUNCIL])
    report = published(year=2025)
    told = {mail.to: mail.text for mail in OutboxMail.objects.all()}
    assert set(told) == {each.email for each in (councillor, clerk, officer, advisor)}
    assert all("/toezicht/2025/" in words for words in told.values())
    answers = [to for to, words in told.items() if f"{DESK}{report.pk}/" in words]
    assert answers == [officer.email]


# -- answers ---------------------------------------------------------------------------------------
def test_a_later_answer_comes_beside_the_first_and_a_second_click_adds_none(
    officer: User, desk: Client
) -> None:
    report = published()
    address = f"{DESK}{report.pk}/bevinding/{report.findings.get().pk}/antwoord/"
    client = as_(officer)
    for words in ("Wij zoeken het uit.", "Wij zoeken het uit.", "Het is geregeld."):
        client.post(address, {"text": words})
    page = text(Client(), f"/toezicht/{report.year}/")
    assert page.index("Wij zoeken het uit.") < page.index("Het is geregeld.")
    assert SupervisionAnswer.objects.count() == 2
    assert "Het is geregeld." in text(desk, f"{DESK}{report.pk}/")


def test_an_answer_names_no_person_and_says_something(officer: User) -> None:
    report = published()
    address = f"{DESK}{report.pk}/bevinding/{report.findings.get().pk}/antwoord/"
    for typed, words in (
        (f"Cliënt {NUMBER} is geholpen.", "kan een burgerservicenummer zijn"),
        ("  ", "Schrijf wat de gemeente hiermee deed of gaat doen."),
        ("x" * 5_001, "5000"),
    ):
        assert words in said(as_(officer).post(address, {"text": typed}))
    assert not SupervisionAnswer.objects.exists()


def test_the_officer_changes_nothing_and_the_supervisor_answers_nothing(
    officer: User, desk: Client
) -> None:
    report = published()
    finding = report.findings.get()
    page = text(as_(officer), f"{DESK}{report.pk}/")
    assert "antwoord/" in page
    assert "wijzigen/" not in page
    assert "geschiedenis/" not in page
    where = f"{DESK}{report.pk}/bevinding/{finding.pk}/"
    assert as_(officer).post(where, {"advice": "Doe niets."}).status_code == 403
    assert desk.post(f"{where}antwoord/", {"text": "Ik antwoord zelf."}).status_code == 403


def test_a_stranger_is_told_whose_work_this_is(functional_manager: User) -> None:
    for where, words in (
        ("nieuw/", "Alleen de toezichthouder schrijft en publiceert"),
        ("", "Alleen de toezichthouder en een beleidsmedewerker werken aan"),
    ):
        answer = as_(functional_manager).get(f"{DESK}{where}")
        assert answer.status_code == 403
        assert words in said(answer)


def test_a_finding_is_not_there_in_another_report(officer: User) -> None:
    finding = published(year=2023).findings.get()
    other = published(year=2024)
    address = f"{DESK}{other.pk}/bevinding/{finding.pk}/antwoord/"
    assert as_(officer).post(address, {"text": "Hier?"}).status_code == 404


# -- where it is found, and what it costs ----------------------------------------------------------
def test_a_partner_with_a_page_is_linked(partner: Organisation) -> None:
    hidden = Organisation.objects.create(name="Nog niet openbaar", slug="nog-niet")
    report = SupervisionReportFactory.create()
    for whom in (partner, hidden):
        SupervisionFindingFactory.create(report=report, partner=whom)
    ContractFactory.create(running=True, partner=partner)
    supervising.publish(report, user=UserFactory.create())
    page = text(Client(), f"/toezicht/{report.year}/")
    assert f'href="/partners/{partner.slug}/"' in page
    assert "Nog niet openbaar" in page
    assert 'href="/partners/nog-niet/"' not in page


def test_work_that_waits_is_told(desk: Client, officer: User) -> None:
    over = timezone.localdate().year - 1
    assert f"Nog geen jaarverslag over {over}" in text(desk, "/werk/")
    draft = SupervisionReportFactory.create(year=over)
    page = text(desk, "/werk/")
    assert f"Jaarverslag over {over} in concept" in page
    assert "Nog geen jaarverslag" not in page
    SupervisionFindingFactory.create_batch(2, report=draft)
    assert "aanbevelingen van de toezichthouder" not in text(as_(officer), "/werk/")
    supervising.publish(draft, user=UserFactory.create())
    assert "2 aanbevelingen van de toezichthouder" in text(as_(officer), "/werk/")
    for finding in draft.findings.all():
        supervising.answer(finding, "Gedaan.", user=officer)
    assert "van de toezichthouder" not in text(as_(officer), "/werk/").split("Uw rollen")[0]
    assert f"over {over}" not in text(desk, "/werk/")


def test_the_supervisor_reads_what_was_handed_in(desk: Client) -> None:
    from tests.reporting.cycle import submitted

    made = submitted(1)
    assert "Rapportages van partners" in text(desk, reverse("report_inbox"))
    page = text(desk, reverse("report_review", args=[made.report.pk]))
    assert "Ronde 1" in page
    assert "Accepteren" not in page


@pytest.mark.parametrize("address", ["/toezicht/", DESK, "/toezicht/2025/", "detail"])
def test_the_number_of_queries_does_not_depend_on_how_much(
    address: str, desk: Client, partner: Organisation
) -> None:
    def grown(findings: int, year: int) -> SupervisionReport:
        report: SupervisionReport = SupervisionReportFactory.create(year=year)
        for _ in range(findings):
            SupervisionFindingFactory.create(report=report, partner=partner)
        supervising.publish(report, user=UserFactory.create())
        for finding in report.findings.all():
            supervising.answer(finding, "Gedaan.", user=UserFactory.create())
        return report

    def asked(where: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            text(desk, where)
        return len(queries)

    one, many = grown(1, 2025), grown(8, 2026)
    if address == "detail":
        assert asked(f"{DESK}{one.pk}/") == asked(f"{DESK}{many.pk}/")
    elif address == "/toezicht/2025/":
        assert asked(address) == asked("/toezicht/2026/")
    else:
        few = asked(address)
        for year in range(2015, 2023):
            grown(2, year)
        assert asked(address) == few
