"""KPIs of a draft and of a draft amendment."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from agenda.models import GoalSuccession
from contracts.models import KPI, Contract
from core.edits import MEANWHILE
from core.values import ValueType
from tests.contracts.drafts import (
    BASE,
    complete_draft,
    draft_amendment,
    running,
    text_of,
    the_kpi,
)
from tests.factories_agenda import (
    AgendaVersionFactory,
    GoalFactory,
    IndicatorFactory,
    ThemeFactory,
)
from tests.factories_contracts import ContractFactory, KPIFactory

pytestmark = pytest.mark.django_db

KPIS = f"{BASE}buurt/indicatoren/"


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


@pytest.fixture
def contract() -> Contract:
    return complete_draft()


def add(desk: Client, **typed: Any) -> Any:
    return desk.post(f"{KPIS}nieuw/", {"number": "2", **typed})


def test_a_kpi_takes_the_name_of_its_indicator_and_its_goals(
    desk: Client, contract: Contract
) -> None:
    indicator = IndicatorFactory.create(performance=True, name="Tevreden cliënten")
    goal = the_kpi(contract).goals.get()
    assert add(desk, indicator=indicator.pk, goals=[goal.pk])["Location"] == KPIS
    kpi = contract.kpis.get(number="2")
    assert (kpi.name, kpi.indicator, kpi.started_by.number) == ("Tevreden cliënten", indicator, 0)
    assert list(kpi.goals.all()) == [goal]


def test_the_next_number_is_suggested_and_one_may_go_on(desk: Client, contract: Contract) -> None:
    form = desk.get(f"{KPIS}nieuw/").context["form"]
    assert form["number"].value() == "2"
    indicator = IndicatorFactory.create(performance=True)
    answer = add(desk, indicator=indicator.pk, nog_een="1")
    assert answer["Location"] == f"{KPIS}nieuw/"


def test_an_indicator_of_the_population_is_neither_offered_nor_taken(
    desk: Client, contract: Contract
) -> None:
    population = IndicatorFactory.create(name="Eenzaamheid in de gemeente")
    assert "Eenzaamheid" not in text_of(desk.get(f"{KPIS}nieuw/"))
    page = add(desk, indicator=population.pk, note="bewaar")
    assert "Een partner wordt niet afgerekend op een cijfer over de hele gemeente" in text_of(page)
    assert "bewaar" in text_of(page)
    assert contract.kpis.count() == 1


def test_a_goal_of_another_agenda_is_refused(desk: Client, contract: Contract) -> None:
    stranger = GoalFactory.create(theme__version__status="adopted", theme__version__origin="source")
    indicator = IndicatorFactory.create(performance=True)
    page = add(desk, indicator=indicator.pk, goals=[stranger.pk])
    assert "Dit doel hoort niet bij een agenda van deze overeenkomst." in text_of(page)
    assert contract.kpis.count() == 1


def test_a_goal_that_a_later_version_has_new_is_offered_and_one_that_continues_is_not(
    desk: Client, contract: Contract
) -> None:
    agreed = the_kpi(contract).goals.get()
    later = AgendaVersionFactory.create(
        agenda=agreed.theme.version.agenda, number=agreed.theme.version.number + 1, adopted=True
    )
    theme = ThemeFactory.create(version=later)
    new, continued = GoalFactory.create_batch(2, theme=theme)
    GoalSuccession.objects.create(predecessor=agreed, successor=continued, kind="continued")
    draft = AgendaVersionFactory.create(agenda=later.agenda, number=later.number + 1)
    hidden = GoalFactory.create(theme__version=draft)
    offered = desk.get(f"{KPIS}nieuw/").context["form"].fields["goals"].queryset
    assert set(offered) >= {agreed, new}
    assert not set(offered) & {continued, hidden}
    indicator = IndicatorFactory.create(performance=True)
    assert add(desk, indicator=indicator.pk, goals=[new.pk])["Location"] == KPIS


def test_a_number_is_given_once(desk: Client, contract: Contract) -> None:
    indicator = IndicatorFactory.create(performance=True)
    page = add(desk, indicator=indicator.pk, number="1")
    assert "Nummer 1 is al van ‘Bereik’." in text_of(page)


def test_nothing_chosen_is_no_crash(desk: Client, contract: Contract) -> None:
    page = add(desk)
    assert page.status_code == 200
    assert contract.kpis.count() == 1


def test_the_second_editor_of_a_kpi_sees_both_names(desk: Client, contract: Contract) -> None:
    kpi = the_kpi(contract)
    for name in ("Van Olga", "Van Mohamed"):
        page = desk.post(
            f"{KPIS}{kpi.pk}/",
            {"number": "1", "name": name, "indicator": kpi.indicator_id, "revision": kpi.revision},
        )
    assert MEANWHILE in text_of(page)
    assert "Nu staat er: ‘Van Olga’." in text_of(page)
    kpi.refresh_from_db()
    assert kpi.name == "Van Olga"


def test_another_type_of_indicator_waits_for_empty_targets(
    desk: Client, contract: Contract
) -> None:
    kpi = the_kpi(contract)
    other = IndicatorFactory.create(performance=True, value_type=ValueType.PERCENTAGE)
    page = desk.post(
        f"{KPIS}{kpi.pk}/", {"number": "1", "indicator": other.pk, "revision": kpi.revision}
    )
    assert "Er staan al streefwaarden van een andere soort." in text_of(page)


def test_a_drafted_kpi_is_removed_with_its_targets_after_asking(
    desk: Client, contract: Contract
) -> None:
    address = f"{KPIS}{the_kpi(contract).pk}/weghalen/"
    assert "met 1 streefwaarde" in text_of(desk.get(address))
    assert contract.kpis.count() == 1
    desk.post(address)
    assert not contract.kpis.exists()
    assert desk.post(address).status_code == 404


def test_a_kpi_of_another_contract_is_not_found(desk: Client, contract: Contract) -> None:
    stranger = KPIFactory.create()
    assert desk.get(f"{KPIS}{stranger.pk}/").status_code == 404


def test_an_agreed_kpi_is_ended_and_agreed_anew_in_an_amendment(
    desk: Client, manager: User
) -> None:
    contract = running(manager)
    old, change = the_kpi(contract), draft_amendment(contract)
    refused = desk.get(f"{KPIS}{old.pk}/", follow=True)
    assert "wordt niet herschreven" in text_of(refused)
    answer = desk.post(f"{KPIS}{old.pk}/weghalen/", {"opnieuw": "1"})
    assert answer["Location"] == f"{KPIS}nieuw/?na={old.pk}"
    form = desk.get(answer["Location"]).context["form"]
    assert (form["number"].value(), form["name"].value()) == ("1", "Bereik")
    add(desk, number="1", name="Bereik onder jongeren", indicator=old.indicator_id)
    old.refresh_from_db()
    assert old.ended_by == change
    assert old.targets.get().ended_by == change
    assert set(contract.kpis.in_force()) == {old}
    new = contract.kpis.as_amended_by(1).get()
    assert (new.name, new.order) == ("Bereik onder jongeren", old.order)


def test_ending_is_undone_within_the_draft(desk: Client, manager: User) -> None:
    contract = running(manager)
    old, change = the_kpi(contract), draft_amendment(contract)
    desk.post(f"{KPIS}{old.pk}/weghalen/")
    assert "Toch behouden" in text_of(desk.get(KPIS))
    desk.post(f"{KPIS}{old.pk}/behouden/")
    old.refresh_from_db()
    assert (old.ended_by, old.targets.get().ended_by) == (None, None)
    # With a new one under its number it cannot come back.
    desk.post(f"{KPIS}{old.pk}/weghalen/")
    KPIFactory.create(contract=contract, started_by=change, number="1")
    page = desk.post(f"{KPIS}{old.pk}/behouden/", follow=True)
    assert "heeft al een nieuwe prestatie-indicator met nummer 1" in text_of(page)


def test_an_agreed_kpi_is_not_written_by_an_old_tab(desk: Client, manager: User) -> None:
    contract = running(manager)
    kpi = the_kpi(contract)
    page = desk.post(
        f"{KPIS}{kpi.pk}/",
        {"number": "1", "name": "Uit een oude tab", "indicator": kpi.indicator_id,
         "revision": kpi.revision},
    )  # fmt: skip
    assert "heeft geen addendum in concept" in text_of(page)
    assert "Uit een oude tab" in text_of(page)
    assert KPI.objects.get(pk=kpi.pk).name == "Bereik"


def test_three_hundred_kpis_have_pages(desk: Client) -> None:
    contract = ContractFactory.create(slug="veel")
    first = contract.amendments.create(number=0, title="Begin")
    indicator = IndicatorFactory.create(performance=True)
    KPI.objects.bulk_create(
        KPI(
            contract=contract,
            started_by=first,
            indicator=indicator,
            number=str(n),
            name=f"Indicator {n}",
            order=n,
        )
        for n in range(1, 301)
    )
    html = text_of(desk.get(f"{BASE}veel/indicatoren/"))
    assert "300 prestatie-indicatoren" in html
    assert "Indicator 25<" in html
    assert "Indicator 26<" not in html
    outline = text_of(desk.get(f"{BASE}veel/"))
    assert "Alle 300 prestatie-indicatoren" in outline
    assert "Prestatie-indicatoren 1, 2, 3, 4, 5, 6, 7, 8 en nog 292" in outline


def test_the_band_of_a_percentage_is_no_more_than_all(desk: Client, contract: Contract) -> None:
    share = IndicatorFactory.create(performance=True, value_type=ValueType.PERCENTAGE)
    told = text_of(add(desk, indicator=share.pk, band="101"))
    assert "Een percentage ligt tussen 0 en 100, dus ook de bandbreedte." in told
    assert add(desk, indicator=share.pk, band="100").status_code == 302
    count = IndicatorFactory.create(performance=True)
    assert add(desk, indicator=count.pk, number="3", band="101").status_code == 302
