"""The contract manager makes, changes and throws away the draft of a contract."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from accounts.models import Organisation, User
from contracts.constants import ContractStatus
from contracts.models import Contract
from core.edits import MEANWHILE
from tests.contracts.drafts import BASE, complete_draft, draft_amendment, running, text_of
from tests.factories import OrganisationFactory
from tests.factories_agenda import AgendaVersionFactory, GoalFactory, ThemeFactory
from tests.factories_contracts import ContractFactory, KPIFactory, PartyFactory

pytestmark = pytest.mark.django_db

TYPED: dict[str, Any] = {
    "title": "Samen sterk",
    "kind": "agreement",
    "new_kind": "partner",
    "starts_on": "2027-01-01",
    "ends_on": "2028-12-31",
}


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


def add(desk: Client, **changes: Any) -> Any:
    return desk.post(f"{BASE}nieuw/", {**TYPED, **changes})


def test_a_new_contract_is_a_draft_that_the_public_does_not_see(desk: Client) -> None:
    version = AgendaVersionFactory.create(adopted=True)
    answer = add(desk, agenda_versions=[version.pk], funding="lump_sum", funding_note="Vast budget")
    assert answer["Location"] == f"{BASE}samen-sterk/"
    contract = Contract.objects.get(slug="samen-sterk")
    assert contract.status == ContractStatus.DRAFT
    assert [row.number for row in contract.amendments.all()] == [0]
    assert list(contract.agenda_versions.all()) == [version]
    assert "Samen sterk" in text_of(desk.get(BASE))
    assert desk.get("/overeenkomsten/samen-sterk/").status_code == 404
    assert "Samen sterk" not in text_of(desk.get("/overeenkomsten/"))


def test_a_new_partner_comes_with_the_contract(desk: Client) -> None:
    add(desk, new_name="Stichting Nieuw", new_kvk="12345678")
    partner = Organisation.objects.get(kvk_number="12345678")
    assert Contract.objects.get().partner == partner
    assert (partner.name, partner.slug) == ("Stichting Nieuw", "stichting-nieuw")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ends_on": "2026-12-31"}, "De einddatum ligt voor de ingangsdatum."),
        ({"ends_on": "2090-12-31"}, "ten hoogste 20 jaar"),
        ({"new_name": "X", "new_kvk": "123"}, "Een KvK-nummer heeft acht cijfers."),
        ({"new_kvk": "12345678"}, "Vul ook de naam in"),
        ({"new_name": "X", "new_kvk": "11112222"}, "Dit KvK-nummer is van De Bekende."),
        ({"title": ""}, "Dit veld is verplicht."),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    desk: Client, changes: dict[str, Any], message: str
) -> None:
    OrganisationFactory.create(name="De Bekende", kvk_number="11112222")
    page = add(desk, occasion="Na het gesprek van juni", **changes)
    assert page.status_code == 200
    assert message in text_of(page)
    assert "Na het gesprek van juni" in text_of(page)
    assert not Contract.objects.exists()
    assert Organisation.objects.count() == 1


def test_a_partner_is_chosen_or_typed_and_not_both(desk: Client) -> None:
    known = OrganisationFactory.create()
    page = add(desk, partner=known.pk, new_name="Andere")
    assert "Kies een partner uit de lijst, of typ een nieuwe" in text_of(page)


@pytest.mark.parametrize(
    ("title", "slug"), [("Nieuw", "nieuw-2"), ("!!!", "overeenkomst"), ("Buurt", "buurt-2")]
)
def test_every_title_gets_an_address_of_its_own(desk: Client, title: str, slug: str) -> None:
    ContractFactory.create(slug="buurt")
    assert add(desk, title=title)["Location"] == f"{BASE}{slug}/"


def test_html_in_a_name_is_text(desk: Client) -> None:
    page = desk.get(add(desk, title="<script>x</script>", new_name="<b>Vet</b>")["Location"])
    assert "<script>x" not in text_of(page)
    assert "&lt;script&gt;x" in text_of(page)
    assert "&lt;b&gt;Vet" in text_of(page)


def test_the_second_editor_sees_both_texts_and_makes_no_partner_twice(desk: Client) -> None:
    contract = ContractFactory.create(slug="buurt", title="Oud")
    old = contract.revision
    for title in ("Van Olga", "Van Mohamed"):
        page = desk.post(
            f"{BASE}buurt/gegevens/",
            {**TYPED, "title": title, "revision": old, "new_name": f"Partner {title}"},
        )
    assert MEANWHILE in text_of(page)
    assert "Nu staat er: ‘Van Olga’." in text_of(page)
    assert 'value="Van Mohamed"' in text_of(page)
    assert not Organisation.objects.filter(name="Partner Van Mohamed").exists()
    contract.refresh_from_db()
    assert contract.title == "Van Olga"


def test_an_agenda_that_is_used_cannot_be_let_go(desk: Client) -> None:
    contract = complete_draft()
    page = desk.post(f"{BASE}buurt/gegevens/", {**TYPED, "revision": contract.revision})
    assert "Prestatie-indicator 1 hoort bij een doel van een agenda die u weghaalt." in text_of(
        page
    )
    assert contract.agenda_versions.count() == 1


def test_a_theme_holds_its_agenda_too(desk: Client) -> None:
    version = AgendaVersionFactory.create(adopted=True)
    contract = ContractFactory.create(slug="buurt")
    contract.agenda_versions.add(version)
    contract.themes.create(theme=ThemeFactory.create(version=version, name="Wonen"))
    page = desk.post(f"{BASE}buurt/gegevens/", {**TYPED, "revision": contract.revision})
    assert "Het thema ‘Wonen’ is van een agenda die u weghaalt." in text_of(page)


def test_an_old_tab_changes_nothing_after_activation(desk: Client, manager: User) -> None:
    contract = running(manager)
    page = desk.post(
        f"{BASE}buurt/gegevens/",
        {**TYPED, "revision": contract.revision, "occasion": "Getypt in een oude tab",
         "agenda_versions": [contract.agenda_versions.get().pk]},
    )  # fmt: skip
    assert "Deze overeenkomst is intussen actief." in text_of(page)
    assert "Getypt in een oude tab" in text_of(page)
    contract.refresh_from_db()
    assert contract.title == "Sociale participatie"


def test_meetings_fewer_than_usual_are_a_warning(desk: Client) -> None:
    contract = complete_draft()
    typed = {"official_meetings": "1", "executive_meetings": "0", "revision": contract.revision}
    desk.post(f"{BASE}buurt/overleg/", typed)
    contract.refresh_from_db()
    assert (contract.official_meetings, contract.executive_meetings) == (1, 0)
    html = text_of(desk.get(f"{BASE}buurt/"))
    assert "Ambtelijk overleg is gebruikelijk ten minste twee keer per jaar." in html
    assert "Bestuurlijk overleg is gebruikelijk ten minste één keer per jaar." in html


def test_a_negative_number_of_meetings_is_refused(desk: Client) -> None:
    contract = complete_draft()
    page = desk.post(
        f"{BASE}buurt/overleg/", {"official_meetings": "-1", "revision": contract.revision}
    )
    assert page.status_code == 200
    contract.refresh_from_db()
    assert contract.official_meetings is None


def test_a_draft_is_deleted_with_all_that_is_in_it_after_asking(desk: Client) -> None:
    complete_draft()
    assert "Dat is niet terug te draaien." in text_of(desk.get(f"{BASE}buurt/verwijderen/"))
    assert Contract.objects.exists()
    assert desk.post(f"{BASE}buurt/verwijderen/")["Location"] == BASE
    assert not Contract.objects.exists()
    assert desk.post(f"{BASE}buurt/verwijderen/").status_code == 404


def test_an_active_contract_is_not_deleted(desk: Client, manager: User) -> None:
    running(manager)
    page = desk.post(f"{BASE}buurt/verwijderen/", follow=True)
    assert "Deze overeenkomst is actief." in text_of(page)
    assert Contract.objects.exists()


@pytest.mark.parametrize(
    "part",
    ["gegevens", "partijen", "data", "themas", "geld", "rapportage", "overleg", "afspraken",
     "streefwaarden", "indicatoren/nieuw", "organisatie", "addendum/nieuw", "beeindigen"],
)  # fmt: skip
def test_a_contract_from_a_source_is_read_and_says_why_it_is_not_edited(
    desk: Client, part: str
) -> None:
    ContractFactory.create(slug="bron", from_source=True, starts_on=datetime.date(2019, 1, 1))
    page = desk.get(f"{BASE}bron/{part}/", follow=True)
    assert page.redirect_chain[-1][0] == f"{BASE}bron/"
    html = text_of(page)
    assert "overgenomen uit een bronstuk" in html
    assert "bewerken</a>" not in html


def test_who_reads_sees_no_way_to_edit(client: Client, officer: User) -> None:
    complete_draft()
    client.force_login(officer)
    html = text_of(client.get(f"{BASE}buurt/"))
    assert "Sociale participatie" in html
    for word in ("bewerken</a>", "verwijderen", "Nieuwe overeenkomst"):
        assert word not in html
    assert "Nieuwe overeenkomst" not in text_of(client.get(BASE))


def test_the_list_is_filtered_by_status_partner_agenda_and_word(desk: Client) -> None:
    version = AgendaVersionFactory.create(adopted=True)
    held = ContractFactory.create(running=True, title="Sociale participatie")
    held.agenda_versions.add(version)
    party = PartyFactory.create(contract=held)
    ContractFactory.create(title="Andere zaak")
    for choice in (
        "stand=active",
        f"partner={party.organisation_id}",
        f"agenda={version.pk}",
        "zoek=partici",
    ):
        html = text_of(desk.get(f"{BASE}?{choice}"))
        assert "Sociale participatie" in html
        assert "Andere zaak" not in html
    assert "Geen overeenkomst past" in text_of(desk.get(f"{BASE}?stand=ended"))


def test_an_empty_list_says_how_to_begin(desk: Client) -> None:
    assert "Er zijn nog geen overeenkomsten" in text_of(desk.get(BASE))


def test_a_long_list_has_pages(desk: Client) -> None:
    ContractFactory.create_batch(26)
    assert 'rel="next"' in text_of(desk.get(BASE))


def test_goals_of_draft_agendas_are_not_offered(desk: Client) -> None:
    draft = GoalFactory.create(label="Nog geheim")
    contract = complete_draft()
    contract.agenda_versions.add(draft.theme.version)
    assert "Nog geheim" not in text_of(desk.get(f"{BASE}buurt/indicatoren/nieuw/"))


def test_a_draft_amendment_is_announced_on_the_outline(desk: Client, manager: User) -> None:
    contract = running(manager)
    change = draft_amendment(contract)
    KPIFactory.create(contract=contract, started_by=change, name="Nog niet afgesproken")
    html = text_of(desk.get(f"{BASE}buurt/"))
    assert "Er is een addendum in concept." in html
    assert "Nog niet afgesproken" not in html
