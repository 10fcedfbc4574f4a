"""Activating and ending a contract: the transitions, and what stands in their way."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from accounts.models import User
from contracts.actions import TransitionError, activate, end
from contracts.constants import ContractStatus, DateKind
from contracts.models import Contract, ContractEvent
from tests.contracts.drafts import BASE, complete_draft, draft_amendment, running, text_of, the_kpi
from tests.factories_contracts import ContractDateFactory, ContractFactory, PartyFactory

pytestmark = pytest.mark.django_db
LAST = datetime.date(2028, 6, 30)


def test_a_complete_draft_becomes_active_with_an_event(manager: User) -> None:
    contract = complete_draft()
    event = activate(contract, user=manager, note="Getekend op het gemeentehuis")
    assert contract.status == ContractStatus.ACTIVE
    assert (event.from_status, event.to_status, event.actor) == ("draft", "active", manager)
    assert event.note == "Getekend op het gemeentehuis"


def test_the_first_agreement_holds_from_the_first_day(manager: User) -> None:
    contract = complete_draft()
    signed = ContractDateFactory.create(contract=contract, kind=DateKind.SIGNED)
    activate(contract, user=manager)
    first = contract.amendments.get(number=0)
    assert (first.holds_from, first.signed_on) == (contract.starts_on, signed.date)


def test_without_a_day_of_signature_none_is_invented(manager: User) -> None:
    contract = running(manager)
    assert contract.amendments.get(number=0).signed_on is None


def test_all_that_is_missing_is_told_at_once_and_nothing_changes(manager: User) -> None:
    contract = ContractFactory.create(partner=None)
    with pytest.raises(TransitionError) as refused:
        activate(contract, user=manager)
    assert refused.value.messages == [
        "Kies de partner of de coalitie.",
        "Vul de ingangsdatum en de einddatum in.",
        "Leg vast hoe vaak de partner rapporteert.",
        "Kies ten minste één onderdeel dat in de rapportage wordt gevraagd.",
    ]
    contract.refresh_from_db()
    assert contract.status == ContractStatus.DRAFT
    assert not ContractEvent.objects.exists()


def test_a_coalition_without_a_lead_is_refused(manager: User) -> None:
    contract = complete_draft()
    contract.parties.all().delete()
    PartyFactory.create(contract=contract, role="member")
    with pytest.raises(TransitionError, match="precies één penvoerder"):
        activate(contract, user=manager)


def test_a_double_click_activates_once(manager: User) -> None:
    contract = complete_draft()
    same = Contract.objects.get(pk=contract.pk)
    activate(contract, user=manager)
    with pytest.raises(TransitionError, match="al geactiveerd"):
        activate(same, user=manager)
    assert ContractEvent.objects.count() == 1


def test_a_second_click_says_that_it_is_done(client: Client, manager: User) -> None:
    contract = complete_draft()
    client.force_login(manager)
    address = f"{BASE}{contract.slug}/activeren/"
    client.post(address)
    page = client.post(address, follow=True)
    assert "Deze overeenkomst is al actief." in text_of(page)
    assert "nog niet actief" not in text_of(page)
    assert ContractEvent.objects.count() == 1


def test_the_page_has_no_button_while_something_is_missing(client: Client, manager: User) -> None:
    contract = complete_draft()
    client.force_login(manager)
    address = f"{BASE}buurt/activeren/"
    button = "Activeer de overeenkomst</button>"
    assert button in text_of(client.get(address))
    contract.parties.all().delete()
    html = text_of(client.get(address))
    assert button not in html
    assert f'<a href="{BASE}buurt/partijen/">Een coalitie heeft precies één penvoerder.' in html
    assert f'<a href="{BASE}buurt/partijen/">Een coalitie bestaat uit ten minste twee' in html


@pytest.mark.parametrize("trait", ["running", "finished", "from_source"])
def test_what_is_no_draft_is_not_activated(trait: str, manager: User) -> None:
    with pytest.raises(TransitionError):
        activate(ContractFactory.create(**{trait: True}), user=manager)


def test_a_contract_ends_once_with_a_reason(client: Client, manager: User) -> None:
    contract = running(manager)
    client.force_login(manager)
    page = client.post(f"{BASE}buurt/beeindigen/", {"note": "  "})
    assert "Dit veld is verplicht." in text_of(page)
    typed = {"last_day": str(LAST), "note": "Nieuwe aanbesteding"}
    client.post(f"{BASE}buurt/beeindigen/", typed)
    contract.refresh_from_db()
    assert contract.status == ContractStatus.ENDED
    last = contract.events.last()
    assert last is not None
    assert (last.to_status, last.note) == (
        "ended",
        "Laatste dag 30 juni 2028. Nieuwe aanbesteding",
    )
    with pytest.raises(TransitionError, match="Alleen een actieve overeenkomst"):
        end(contract, last_day=LAST, user=manager, note="Nog eens")
    with pytest.raises(TransitionError, match="waarom"):
        end(contract, last_day=LAST, user=manager, note=" ")


def test_a_draft_amendment_stands_in_the_way_of_the_end(manager: User) -> None:
    contract = running(manager)
    draft_amendment(contract)
    with pytest.raises(TransitionError, match="addendum in concept"):
        end(contract, last_day=LAST, user=manager, note="Klaar")


def test_the_outline_tells_what_blocks_and_what_is_remarkable(
    client: Client, manager: User
) -> None:
    client.force_login(manager)
    contract = complete_draft()
    html = text_of(client.get(f"{BASE}buurt/"))
    assert "Klaar om te activeren, let nog op" in html
    contract.parties.all().delete()
    html = text_of(client.get(f"{BASE}buurt/"))
    assert "Nog nodig om te activeren" in html
    assert f'<a href="{BASE}buurt/partijen/">Een coalitie heeft precies één penvoerder.' in html


def test_what_is_all_in_place_says_so(client: Client, manager: User) -> None:
    contract = complete_draft(
        official_meetings=2, executive_meetings=1, funding="pxq", funding_note="Zo is het gegroeid"
    )
    ContractDateFactory.create(contract=contract, date=datetime.date(2026, 11, 20))
    theme = the_kpi(contract).goals.get().theme
    contract.themes.create(theme=theme)
    client.force_login(manager)
    html = text_of(client.get(f"{BASE}buurt/"))
    assert "Deze overeenkomst kan worden geactiveerd." in html


def test_the_log_shows_who_did_what(client: Client, manager: User) -> None:
    running(manager)
    client.force_login(manager)
    html = text_of(client.get(f"{BASE}buurt/"))
    assert "Van concept naar actief" in html
    assert str(manager) in html
