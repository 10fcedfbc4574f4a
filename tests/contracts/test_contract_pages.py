"""The pages of contracts: what was agreed, what changed, and what is hidden."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agenda.models import Reading
from contracts.models import Contract, Expectation
from contracts.pages import is_same_kpi
from tests.factories_agenda import (
    AgendaVersionFactory,
    ContradictionFactory,
    SourceFactory,
    ThemeFactory,
)
from tests.factories_contracts import (
    AmendmentFactory,
    BudgetLineFactory,
    ContractDateFactory,
    ContractFactory,
    ContractThemeFactory,
    KPIFactory,
    KPITargetFactory,
    PartyFactory,
    ReportingAgreementFactory,
    ReportingSectionFactory,
    SubAssignmentFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract() -> Contract:
    made: Contract = ContractFactory.create(
        running=True, slug="buurt", title="Sociale participatie", partner__name="Tom in de buurt"
    )
    return made


def get(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_a_list_without_contracts_says_so(client: Client) -> None:
    assert "Er zijn nog geen overeenkomsten openbaar" in get(client, "/overeenkomsten/")


def test_a_choice_that_nothing_fits_says_so(client: Client, contract: Contract) -> None:
    assert "Geen overeenkomst past" in get(client, "/overeenkomsten/?soort=tender")


def test_contracts_are_found_by_agenda_kind_and_partner(client: Client, contract: Contract) -> None:
    version = AgendaVersionFactory.create(adopted=True)
    contract.agenda_versions.add(version)
    party = PartyFactory.create(contract=contract)
    ContractFactory.create(running=True, title="Andere zaak", kind="tender")
    for choice in (
        f"agenda={version.pk}",
        "soort=agreement",
        f"partner={contract.partner_id}",
        f"partner={party.organisation_id}",
    ):
        html = get(client, f"/overeenkomsten/?{choice}")
        assert "Sociale participatie" in html
        assert "Andere zaak" not in html
        assert "selected" in html


def test_a_draft_and_nonsense_are_not_found(client: Client, contract: Contract) -> None:
    ContractFactory.create(slug="concept", title="Geheim")
    AmendmentFactory.create(contract=ContractFactory.create(slug="concept-2"), number=1)
    for address in (
        "concept/",
        "concept-2/addendum/1/",
        "onzin/",
        "buurt/addendum/9/",
        "onzin/addendum/1/",
    ):
        assert client.get(f"/overeenkomsten/{address}").status_code == 404
    assert "Geheim" not in get(client, "/overeenkomsten/")


def test_available_and_agreed_amounts_stand_side_by_side(
    client: Client, contract: Contract
) -> None:
    first = AmendmentFactory.create(contract=contract)
    for kind, number, earmarked in [
        ("available", 1_255_000, False),
        ("agreed", 750_000, False),
        ("agreed", 20_000, True),
    ]:
        BudgetLineFactory.create(
            contract=contract,
            started_by=first,
            amount_kind=kind,
            number=number,
            period="2015",
            is_earmarked=earmarked,
            label="Bibliotheek" if earmarked else "Subsidie",
        )
    html = get(client, "/overeenkomsten/buurt/")
    table = html[html.index("<tbody>") : html.index("</tbody>")]
    assert table.index("€\xa01.255.000") < table.index("€\xa0750.000")
    assert "20.000" not in table
    assert "Bibliotheek: <b>€\xa020.000</b>" in html


def test_all_that_was_agreed_is_shown(client: Client, contract: Contract) -> None:
    first = AmendmentFactory.create(contract=contract)
    ContractDateFactory.create(contract=contract, date=datetime.date(2014, 12, 4))
    PartyFactory.create(contract=contract, organisation__name="Kwadraad", role="lead")
    version = AgendaVersionFactory.create(adopted=True)
    for name, is_open in (("Werken", True), ("Wonen", False)):
        theme = ThemeFactory.create(name=name, version=version)
        ContractThemeFactory.create(contract=contract, theme=theme, is_open=is_open)
    part = SubAssignmentFactory.create(contract=contract, name="Dagbesteding")
    Expectation.objects.create(contract=contract, sub_assignment=part, kind="result", text="Meer")
    Expectation.objects.create(contract=contract, kind="effect", text="Minder eenzaam")
    KPIFactory.create(contract=contract, started_by=first, name="Tevredenheid")
    TermFactory.create(contract=contract, kind="privacy", text="Niemand is herkenbaar")
    agreement = ReportingAgreementFactory.create(contract=contract, started_by=first)
    ReportingSectionFactory.create(agreement=agreement)
    html = get(client, "/overeenkomsten/buurt/")
    for words in (
        "4 december 2014",
        "Kwadraad</a>, penvoerder",
        "Thema’s in de opdracht:</b> Werken",
        "wel mee te verbinden:</b> Wonen",
        "Dagbesteding",
        "Minder eenzaam",
        "Tevredenheid",
        "Niemand is herkenbaar",
        "Elk halfjaar: analyse van trends",
        "De overeenkomst noemt geen afspraak over overleg.",
    ):
        assert words in html


def test_an_amendment_shows_what_ended_what_started_and_what_stayed(
    client: Client, contract: Contract
) -> None:
    first = AmendmentFactory.create(contract=contract)
    second = AmendmentFactory.create(contract=contract, number=1, title="Addendum 2019")
    KPIFactory.create(contract=contract, started_by=first, ended_by=second, name="Oude telling")
    KPIFactory.create(contract=contract, started_by=first, name="Blijft staan")
    KPIFactory.create(contract=contract, started_by=second, name="Nieuwe telling")
    BudgetLineFactory.create(contract=contract, started_by=second, number=844_759)
    assert 'href="/overeenkomsten/buurt/addendum/1/"' in get(client, "/overeenkomsten/buurt/")
    html = get(client, "/overeenkomsten/buurt/addendum/1/")
    assert html.index("Oude telling</del>") < html.index("Nieuwe telling")
    assert html.index("Indicatoren die bleven".lower()) < html.index("Blijft staan")
    assert "€\xa0844.759" in html


def test_contradictions_about_the_partner_are_shown_and_no_others(
    client: Client, contract: Contract
) -> None:
    told = ContractFactory.create(slug="bron", from_source=True)
    for title, partner in (("Over hen", told.partner), ("Over anderen", contract.partner)):
        row = ContradictionFactory.create(topic="money", title=title)
        assert partner is not None
        row.partners.add(partner)
        Reading.objects.create(contradiction=row, text="Het een", source=SourceFactory.create())
    html = get(client, "/overeenkomsten/bron/")
    assert "Over hen" in html
    assert "Over anderen" not in html
    # What was agreed in this system is not what the sources contradict each other about.
    assert "Over anderen" not in get(client, "/overeenkomsten/buurt/")


def test_a_kpi_tells_the_targets_of_then_and_of_now(client: Client, contract: Contract) -> None:
    kpi = KPIFactory.create(contract=contract, name="Bereik")
    change = AmendmentFactory.create(contract=contract, number=1, title="Addendum 2020")
    KPITargetFactory.create(kpi=kpi, number=50, ended_by=change)
    KPITargetFactory.create(kpi=kpi, number=60, started_by=change)
    KPITargetFactory.create(kpi=kpi, number=40, kind="baseline", period="2018")
    draft = AmendmentFactory.create(contract=contract, number=2, drafted=True)
    KPITargetFactory.create(kpi=kpi, number=70, period="2020", started_by=draft)
    KPIFactory.create(
        contract=contract, started_by=kpi.started_by, ended_by=change, name="Oude telling"
    )
    html = get(client, "/overeenkomsten/buurt/")
    first = html.split("Zoals eerst overeengekomen")[1]
    assert "nulmeting 2018: 40; streefwaarde eerste halfjaar 2019: 50." in first
    assert "Nu geldt: streefwaarde eerste halfjaar 2019: 60, volgens Addendum 2020." in first
    assert ": 70" not in html
    assert "Vervallen met Addendum 2020." in html


def test_money_that_an_amendment_ended_no_longer_stands_among_what_holds(
    client: Client, contract: Contract
) -> None:
    first = AmendmentFactory.create(contract=contract)
    change = AmendmentFactory.create(contract=contract, number=1)
    BudgetLineFactory.create(contract=contract, started_by=first, ended_by=change, number=111_000)
    BudgetLineFactory.create(contract=contract, started_by=change, number=222_000)
    html = get(client, "/overeenkomsten/buurt/")
    assert "222.000" in html
    assert "111.000" not in html


def test_an_invented_example_says_so(client: Client) -> None:
    ContractFactory.create(running=True, slug="v", is_example=True)
    for address in ("/overeenkomsten/", "/overeenkomsten/v/"):
        assert '<span class="example">voorbeeld</span>' in get(client, address)


def grow(contract: Contract) -> None:
    number = contract.amendments.count()
    amendment = AmendmentFactory.create(
        contract=contract, number=number, source=SourceFactory.create()
    )
    contract.agenda_versions.add(AgendaVersionFactory.create(adopted=True))
    ContractDateFactory.create(contract=contract, source=SourceFactory.create())
    PartyFactory.create(contract=contract, source=SourceFactory.create())
    ContractThemeFactory.create(contract=contract)
    part = SubAssignmentFactory.create(contract=contract)
    for held in (part, None):
        Expectation.objects.create(
            contract=contract,
            sub_assignment=held,
            kind="result",
            text="x",
            theme=ThemeFactory.create(),
        )
        BudgetLineFactory.create(
            contract=contract,
            started_by=amendment,
            sub_assignment=held,
            source=SourceFactory.create(),
        )
    KPIFactory.create(contract=contract, started_by=amendment)
    TermFactory.create(contract=contract, source=SourceFactory.create())
    agreement = ReportingAgreementFactory.create(contract=contract, started_by=amendment)
    ReportingSectionFactory.create(agreement=agreement)


@pytest.mark.parametrize(
    "address", ["/overeenkomsten/", "/overeenkomsten/buurt/", "/overeenkomsten/buurt/addendum/0/"]
)
def test_one_row_costs_as_many_queries_as_many(
    client: Client, contract: Contract, address: str
) -> None:
    counts = []
    for times in (1, 6):
        for _ in range(times):
            grow(contract)
            if times > 1:
                grow(ContractFactory.create(running=True))
        with CaptureQueriesContext(connection) as queries:
            get(client, address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_indicator_that_was_reworded_is_not_struck_out(
    client: Client, contract: Contract
) -> None:
    first = AmendmentFactory.create(contract=contract)
    second = AmendmentFactory.create(contract=contract, number=1)
    KPIFactory.create(
        contract=contract,
        started_by=first,
        ended_by=second,
        number="1",
        name="Regie en eigen kracht",
    )
    KPIFactory.create(contract=contract, started_by=second, number="2", name="Regie en kracht")
    html = get(client, "/overeenkomsten/buurt/addendum/1/")
    assert "<del>" not in html
    assert "2. Regie en kracht" in html
    assert "Was: 1. Regie en eigen kracht." in html


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("Klanttevredenheid", "Klanttevredenheid", True),
        ("Klanttevredenheid", "Klanttevredenheid van partners", False),
        ("Zelfredzaamheid en eigen regie", "Zelfredzaamheid en regie", True),
        ("Gebruik van middelen", "Uitvoering van de inzet", False),
    ],
)
def test_a_name_is_the_same_when_it_only_gained_or_lost_words(
    before: str, after: str, same: bool
) -> None:
    old = KPIFactory.create(name=before)
    new = KPIFactory.create(name=after)
    assert is_same_kpi(old, new) is same


def test_a_note_that_begins_with_its_label_stands_alone(client: Client, contract: Contract) -> None:
    label = contract.get_kind_display()
    Contract.objects.filter(pk=contract.pk).update(kind_note=f"{label}, daarna verlengd")
    html = get(client, "/overeenkomsten/buurt/")
    assert f"{label.capitalize()}, daarna verlengd" in html
    assert f"({label}, daarna" not in html
