"""The register of information exchange: what may, why, until when, and who reads it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.constants import OrganisationKind
from accounts.models import Change, Organisation, User
from contracts import exchange_views
from contracts.actions import save_exchange
from contracts.models import Exchange
from core.edits import RevisedForm
from tests.contracts.drafts import text_of
from tests.factories_agenda import PartnerFactory
from tests.factories_contracts import ContractFactory, ExchangeFactory
from tests.uploaded import NUMBER

pytestmark = pytest.mark.django_db
PUBLIC = "/uitwisseling/"
DESK = "/beheer/overeenkomsten/uitwisseling/"


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def giver(db: None) -> Organisation:
    made: Organisation = PartnerFactory.create(name="Wie geeft")
    return made


def receiver() -> Organisation:
    """One and the same, whenever it is asked for."""
    found: Organisation | None = Organisation.objects.filter(slug="wie-krijgt").first()
    return found or PartnerFactory.create(name="Wie krijgt", slug="wie-krijgt")


def typed(giver: Organisation, **changes: Any) -> dict[str, Any]:
    return {
        "purpose": "Een cliënt overdragen",
        "givers": [giver.pk],
        "receivers": [receiver().pk],
        "data": "Naam en hulpvraag.",
        "about": "cliënten",
        "outcome": "open",
        **changes,
    }


TESTED = {
    "outcome": "allowed",
    "ground": "e",
    "reason": "Nodig om te helpen.",
    "tested_by": "privacyfunctionaris",
    "tested_on": "2026-02-01",
    "review_on": "2027-02-01",
}


# -- writing ---------------------------------------------------------------------------------------
def test_an_exchange_is_written_tested_and_tested_again(desk: Client, giver: Organisation) -> None:
    contract = ContractFactory.create()
    answer = desk.post(f"{DESK}nieuw/", typed(giver, contracts=[contract.pk]))
    assert answer.status_code == 302
    row = Exchange.objects.get()
    assert list(row.contracts.all()) == [contract]
    page = f"{DESK}{row.pk}/"
    sent = typed(giver, **TESTED, contracts=[contract.pk])
    assert desk.post(page, {**sent, "revision": 1}).status_code == 302
    again = {**sent, "outcome": "refused", "reason": "De wet is veranderd.", "revision": 2}
    assert desk.post(page, again).status_code == 302
    row.refresh_from_db()
    assert (row.outcome, list(row.contracts.all())) == ("refused", [contract])
    last = {field["label"]: field for field in Change.objects.order_by("pk").last().fields}  # type: ignore[union-attr]
    assert (last["Uitkomst"]["before"], last["Uitkomst"]["after"]) == ("mag", "mag niet")
    assert "De wet is veranderd." in text_of(desk.get(f"{page}geschiedenis/"))


def test_the_contract_manager_writes_too(
    client: Client, manager: User, giver: Organisation
) -> None:
    client.force_login(manager)
    assert client.post(f"{DESK}nieuw/", typed(giver)).status_code == 302


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"purpose": ""}, "purpose"),
        ({"givers": []}, "givers"),
        ({"receivers": []}, "receivers"),
        ({"givers": ["9" * 30]}, "givers"),
        ({"tested_on": "2026-02-01"}, "tested_on"),
        ({**TESTED, "ground": ""}, "ground"),
        ({**TESTED, "reason": ""}, "reason"),
        ({**TESTED, "tested_by": ""}, "tested_by"),
        ({**TESTED, "tested_on": ""}, "tested_on"),
        ({**TESTED, "review_on": ""}, "review_on"),
        ({**TESTED, "review_on": "2026-02-01"}, "review_on"),
        ({**TESTED, "is_special": "on"}, "special_ground"),
        ({**TESTED, "special_ground": "h"}, "special_ground"),
        ({**TESTED, "outcome": "conditions"}, "conditions"),
        ({**TESTED, "conditions": "Met toestemming."}, "conditions"),
        ({**TESTED, "tested_on": "2098-01-01", "review_on": "2099-01-01"}, "tested_on"),
        ({**TESTED, "ended_on": "2026-01-31"}, "ended_on"),
        ({"about": f"de man met nummer {NUMBER}"}, "about"),
        ({**TESTED, "reason": f"Om {NUMBER}."}, "reason"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    desk: Client, giver: Organisation, changes: dict[str, Any], field: str
) -> None:
    answer = desk.post(f"{DESK}nieuw/", typed(giver, **changes))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not Exchange.objects.exists()


@pytest.mark.parametrize(
    ("left_out", "words"),
    [
        ("purpose", "Schrijf waarvoor de gegevens nodig zijn."),
        ("givers", "Kies ten minste één organisatie die de gegevens geeft."),
        ("receivers", "Kies ten minste één organisatie die de gegevens krijgt."),
        ("data", "Schrijf om welke soorten gegevens het gaat."),
        ("about", "Schrijf over welke groep de gegevens gaan."),
        ("outcome", "Kies een uitkomst, of ‘wordt nog getoetst’."),
    ],
)
def test_what_was_left_out_is_asked_in_plain_words(
    desk: Client, giver: Organisation, left_out: str, words: str
) -> None:
    sent = {name: value for name, value in typed(giver).items() if name != left_out}
    assert words in text_of(desk.post(f"{DESK}nieuw/", sent))


def test_who_gives_and_gets_is_named(desk: Client, giver: Organisation) -> None:
    both = [giver.pk, receiver().pk]
    answer = text_of(desk.post(f"{DESK}nieuw/", typed(giver, givers=both, receivers=both)))
    assert "Geeft en krijgt allebei: Wie geeft en Wie krijgt." in answer
    assert not Exchange.objects.exists()


def test_the_members_of_a_coalition_give_each_other(desk: Client) -> None:
    team = PartnerFactory.create(kind=OrganisationKind.COALITION)
    assert desk.post(f"{DESK}nieuw/", typed(team, receivers=[team.pk])).status_code == 302


def test_what_may_not_needs_no_ground(desk: Client, giver: Organisation) -> None:
    sent = typed(giver, **{**TESTED, "outcome": "refused", "ground": "", "is_special": "on"})
    assert desk.post(f"{DESK}nieuw/", sent).status_code == 302


def test_a_second_click_adds_no_second_one(desk: Client, giver: Organisation) -> None:
    assert desk.post(f"{DESK}nieuw/", typed(giver)).status_code == 302
    assert "Er is al een uitwisseling met dit doel" in text_of(
        desk.post(f"{DESK}nieuw/", typed(giver))
    )
    assert Exchange.objects.count() == 1


def test_who_adds_the_same_at_the_same_moment_is_told(
    desk: Client, giver: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one is added after the form was checked, and before it is written."""

    def save_second(form: RevisedForm, *, user: User) -> bool:
        ExchangeFactory.create(purpose=form.instance.purpose)
        return save_exchange(form, user=user)

    monkeypatch.setattr(exchange_views, "save_exchange", save_second)
    answer = desk.post(f"{DESK}nieuw/", typed(giver, about="wie verhuist"))
    assert "Deze uitwisseling staat net al in het register." in text_of(answer)
    assert "wie verhuist" in text_of(answer)


def test_who_writes_second_sees_both(desk: Client, giver: Organisation) -> None:
    row = ExchangeFactory.create(purpose="Overdragen")
    page = f"{DESK}{row.pk}/"
    assert desk.post(page, typed(giver, data="Naam.", revision=1)).status_code == 302
    other = desk.post(page, typed(giver, data="Adres.", revision=1))
    assert other.status_code == 200
    assert "Nu staat er: ‘Naam.’" in text_of(other)


# -- reading ---------------------------------------------------------------------------------------
def test_everybody_reads_the_test_and_no_draft_of_a_contract(client: Client) -> None:
    row = ExchangeFactory.create(tested=True, law="Wmo 2015, hoofdstuk 5")
    row.contracts.add(
        ContractFactory.create(title="Geheim concept"),
        ContractFactory.create(running=True, title="Hulp in de buurt", slug="buurt"),
    )
    page = text_of(client.get(f"{PUBLIC}{row.pk}/"))
    for words in (
        *(row.purpose, "Naam en hulpvraag.", "Wmo 2015, hoofdstuk 5", "privacyfunctionaris"),
        *("Taak van algemeen belang", "1 februari 2019", "Hulp in de buurt"),
        *(row.givers.get().name, row.receivers.get().name),
    ):
        assert words in page
    assert "Geheim concept" not in page
    assert row.purpose in text_of(client.get("/overeenkomsten/buurt/"))


def test_who_wrote_it_stands_in_the_history_for_officers_alone(
    desk: Client, officer: User, giver: Organisation
) -> None:
    desk.post(f"{DESK}nieuw/", typed(giver))
    row = Exchange.objects.get()
    assert officer.name in text_of(desk.get(f"{DESK}{row.pk}/geschiedenis/"))
    visitor = Client()
    for page in (PUBLIC, f"{PUBLIC}{row.pk}/"):
        assert officer.name not in text_of(visitor.get(page))


def test_a_test_that_is_overdue_is_marked_until_the_exchange_stops(client: Client) -> None:
    row = ExchangeFactory.create(tested=True)
    assert "Toets verlopen" in text_of(client.get(PUBLIC))
    assert "Deze toets is verlopen." in text_of(client.get(f"{PUBLIC}{row.pk}/"))
    Exchange.objects.update(ended_on=datetime.date(2020, 6, 1))
    assert "Toets verlopen" not in text_of(client.get(PUBLIC))
    assert "1 juni 2020" in text_of(client.get(f"{PUBLIC}{row.pk}/"))


@pytest.mark.parametrize(
    ("review", "today", "overdue"),
    [
        ("2020-02-01", "2020-02-01", False),
        ("2020-02-01", "2020-02-02", True),
        (None, "2020-02-02", False),
    ],
)
def test_overdue_is_after_the_day(review: str | None, today: str, overdue: bool) -> None:
    row = Exchange(review_on=datetime.date.fromisoformat(review) if review else None)
    assert row.is_overdue(datetime.date.fromisoformat(today)) is overdue


def listed(client: Client, **asked: Any) -> list[str]:
    return [row["exchange"].purpose for row in client.get(PUBLIC, asked).context["rows"]]


def test_the_register_is_searched_and_chosen_from(client: Client) -> None:
    old = ExchangeFactory.create(tested=True, purpose="Aa overdragen")
    ExchangeFactory.create(purpose="Bee betalen", data="Aantal uren.")
    assert listed(client) == ["Aa overdragen", "Bee betalen"]
    assert listed(client, uitkomst="open") == ["Bee betalen"]
    assert listed(client, zoek="UREN") == ["Bee betalen"]
    assert listed(client, partij=old.receivers.get().pk) == ["Aa overdragen"]
    assert listed(client, verlopen="on") == ["Aa overdragen"]
    assert "Geen uitwisseling past bij deze keuze" in text_of(client.get(PUBLIC, {"zoek": "zz"}))


def test_an_empty_register_says_so(client: Client, officer: User) -> None:
    assert "Er staat nog niets in het register" in text_of(client.get(PUBLIC))
    client.force_login(officer)
    assert "Uitwisseling toevoegen" in text_of(client.get(DESK))


@pytest.mark.parametrize("page", [PUBLIC, DESK, f"{DESK}nieuw/", "one"])
def test_a_page_costs_the_same_at_one_and_at_many(desk: Client, page: str) -> None:
    first = ExchangeFactory.create(tested=True)
    address = f"{PUBLIC}{first.pk}/" if page == "one" else page

    def more() -> int:
        row = ExchangeFactory.create(tested=True)
        for each in (row, first):
            each.contracts.add(ContractFactory.create(running=True))
            each.givers.add(PartnerFactory.create())
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(address).status_code == 200
        return len(asked)

    counts = [more(), more(), more()]
    assert counts[0] == counts[1] == counts[2]
