"""Who changed what in a contract, when, from which text to which."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.forms import ModelForm
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Change, User
from contracts.actions.agreed import LINE_FIELDS
from contracts.amended_views import PROVISIONS, TERMS
from contracts.changes import KINDS, LABELS, TOGETHER, line_of
from contracts.forms.contract import AmendmentForm, ContractForm, MeetingsForm
from contracts.forms.exchange import ExchangeForm
from contracts.forms.file import (
    DeliveryForm,
    DocumentForm,
    OptionForm,
    SupplyForm,
    TransitionForm,
)
from contracts.forms.kpi import KPIForm
from contracts.forms.privacy import DataAgreementForm, PersonalDataForm
from contracts.models import BudgetLine, Contract
from contracts.rows_views import DATES, PARTIES, THEMES
from tests.contracts.drafts import (
    BASE,
    complete_draft,
    draft_amendment,
    posted_rows,
    running,
    the_kpi,
)
from tests.factories import OrganisationFactory
from tests.factories_agenda import GoalFactory, IndicatorFactory, PartnerFactory, ThemeFactory
from tests.factories_contracts import ContractFactory, KPIFactory

pytestmark = pytest.mark.django_db
PAGE = f"{BASE}buurt/geschiedenis/"
NEW_PARTNER = {"new_name", "new_kind", "new_kvk"}


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


@pytest.fixture
def contract() -> Contract:
    return complete_draft()


def fields(change: Change) -> dict[str, tuple[str, str]]:
    return {field["label"]: (field["before"], field["after"]) for field in change.fields}


def told() -> list[tuple[str, str, dict[str, tuple[str, str]]]]:
    """The history, oldest first."""
    rows = Change.objects.order_by("pk")
    return [(row.kind, row.action, fields(row)) for row in rows]


# -- what is kept ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "form",
    [
        *(ContractForm, MeetingsForm, KPIForm, AmendmentForm),
        *(PersonalDataForm, DataAgreementForm, ExchangeForm),
        *(OptionForm, TransitionForm, SupplyForm, DeliveryForm, DocumentForm),
    ],
    ids=lambda form: form.__name__,
)
def test_every_field_of_a_form_is_in_the_history(form: type[ModelForm[Any]]) -> None:
    model = form._meta.model
    assert set(form._meta.fields or ()) - NEW_PARTNER - set(LABELS[model]) == set()
    assert model in KINDS


@pytest.mark.parametrize(
    "part", [PARTIES, DATES, THEMES, TERMS, PROVISIONS], ids=lambda p: p.url_name
)
def test_rows_that_are_edited_together_have_a_name(part: Any) -> None:
    assert part.model in TOGETHER


def test_a_line_of_money_says_what_the_page_says() -> None:
    assert set(LINE_FIELDS) >= {"value", "per_year", "is_earmarked"}
    row = {"label": "Subsidie", "amount_kind": "agreed", "per_year": True, "is_earmarked": False}
    assert line_of(BudgetLine, row) == "Subsidie, overeengekomen, per jaar"


def typed(contract: Contract, **changes: Any) -> dict[str, Any]:
    return {
        "title": contract.title,
        "kind": contract.kind,
        "partner": contract.partner_id or "",
        "starts_on": contract.starts_on,
        "ends_on": contract.ends_on,
        "agenda_versions": [version.pk for version in contract.agenda_versions.all()],
        "revision": contract.revision,
        **changes,
    }


def test_particulars_are_told_in_names_and_dutch_dates(desk: Client, contract: Contract) -> None:
    other = PartnerFactory.create(name="Stichting Nieuw")
    before = contract.partner
    answer = desk.post(
        f"{BASE}buurt/gegevens/", typed(contract, partner=other.pk, ends_on="2029-06-30")
    )
    assert answer.status_code == 302
    assert told() == [
        (
            "gegevens",
            "changed",
            {
                "Partner": (str(before), "Stichting Nieuw"),
                "Einddatum": ("31 december 2028", "30 juni 2029"),
            },
        )
    ]


def test_a_new_contract_begins_its_history(desk: Client) -> None:
    desk.post(f"{BASE}nieuw/", {"title": "Nieuw", "kind": "agreement"})
    assert told() == [
        ("gegevens", "added", {"Titel": ("", "Nieuw"), "Soort": ("", "overeenkomst")})
    ]


def test_rows_that_are_edited_together_are_one_text(desk: Client) -> None:
    ContractFactory.create(slug="buurt")
    one, two = OrganisationFactory.create(name="Een"), OrganisationFactory.create(name="Twee")
    page = f"{BASE}buurt/partijen/"
    first = {"organisation": one.pk, "role": "lead"}
    posted_rows(desk, page, first)
    posted_rows(desk, page, {**first, "note": "trekt"}, {"organisation": two.pk, "role": "member"})
    posted_rows(desk, page, {**first, "note": "trekt"}, {"organisation": two.pk, "role": "member"})
    assert told() == [
        ("partijen", "changed", {"Regels": ("", "Een, penvoerder")}),
        (
            "partijen",
            "changed",
            {"Regels": ("Een, penvoerder", "Een, penvoerder, trekt\nTwee, coalitiepartner")},
        ),
    ]


def test_an_organisation_that_is_added_is_told_among_the_parties(desk: Client) -> None:
    ContractFactory.create(slug="buurt")
    new = {"name": "Drie", "kind": "partner", "role": "subcontractor"}
    desk.post(f"{BASE}buurt/organisatie/", new)
    assert told() == [("partijen", "changed", {"Regels": ("", "Drie, onderaannemer")})]


def test_a_kpi_with_its_goals(desk: Client, contract: Contract) -> None:
    kpi = the_kpi(contract)
    version = contract.agenda_versions.get()
    more = GoalFactory.create(theme=ThemeFactory.create(version=version), label="Zorg dichtbij")
    goal = kpi.goals.get()
    new = {
        "indicator": kpi.indicator_id,
        "number": "1",
        "name": "Bereik",
        "goals": [goal.pk, more.pk],
        "revision": 1,
    }
    page = f"{BASE}buurt/indicatoren/{kpi.pk}/"
    for _ in range(2):
        assert desk.post(page, new).status_code == 302
    both = "\n".join(sorted([goal.label, "Zorg dichtbij"]))
    assert told() == [
        ("prestatie-indicator", "changed", {"Doelen waaraan dit bijdraagt": (goal.label, both)})
    ]
    assert f"?deel=kpi-{kpi.pk}" in desk.get(page).content.decode()


def test_a_kpi_that_goes_and_one_that_ends(desk: Client, manager: User) -> None:
    contract = running(manager)
    amendment = draft_amendment(contract)
    page = f"{BASE}buurt/indicatoren/"
    agreed = the_kpi(contract)
    for step in ("weghalen", "weghalen", "behouden", "behouden"):
        desk.post(f"{page}{agreed.pk}/{step}/")
    new = KPIFactory.create(contract=contract, started_by=amendment, number="9", name="Extra")
    desk.post(f"{page}{new.pk}/weghalen/")
    until = f"tot addendum {amendment.number}, {amendment.title}"
    forever = "tot het einde van de overeenkomst"
    *ends, gone = told()
    assert ends == [
        ("prestatie-indicator", "changed", {"Geldt": (forever, until)}),
        ("prestatie-indicator", "changed", {"Geldt": (until, forever)}),
    ]
    assert gone[:2] == ("prestatie-indicator", "removed")
    assert gone[2]["Naam in deze overeenkomst"] == ("Extra", "")


def test_targets_of_one_kpi_are_one_line(desk: Client, contract: Contract) -> None:
    page = f"{BASE}buurt/streefwaarden/"
    grid = desk.get(page).context["grid"]
    cells = [cell for row in grid.rows for cell in row.cells]
    data = {cell.name: cell.typed for cell in cells} | {f"was-{c.name}": c.was for c in cells}
    kpi = the_kpi(contract)
    data |= {f"k{kpi.pk}-target-2027-H1": "1500", f"k{kpi.pk}-target-2027-H2": "2.000"}
    for _ in range(2):
        desk.post(page, data)
    assert told() == [
        (
            "prestatie-indicator",
            "changed",
            {
                "Streefwaarde eerste halfjaar 2027": ("50", "1.500"),
                "Streefwaarde tweede halfjaar 2027": ("", "2.000"),
            },
        )
    ]
    assert Change.objects.get().part == f"kpi-{kpi.pk}"


def test_money_in_a_draft_and_what_an_amendment_ends(desk: Client, manager: User) -> None:
    contract = running(manager)
    draft_amendment(contract)
    page = f"{BASE}buurt/geld/"
    line = contract.budget_lines.get()
    row = {"label": "Extra", "amount_kind": "agreed", "value": "1.000", "period": "2028"}
    posted_rows(desk, page, row, ended=[line.pk])
    (kind, _, says) = told()[0]
    assert kind == "geld"
    assert says["Regels"] == ("", "Extra, overeengekomen, €\xa01.000, 2028")
    assert says["Vervalt"][1].startswith(f"{line.label}, ")


def test_how_is_reported(desk: Client, contract: Contract) -> None:
    page = f"{BASE}buurt/rapportage/"
    agreed = {
        "frequency": "half_yearly",
        "due_days": "42",
        "lock_days": "14",
        "sections": ["trends", "kpi_scores"],
    }
    for _ in range(2):
        desk.post(page, {**agreed, "was": desk.get(page).context["was"]})
    (kind, action, says) = told()[0]
    assert len(told()) == 1
    assert (kind, action) == ("rapportage", "changed")
    assert says["Indienen binnen (dagen)"][1] == "42"
    assert says["Onderdelen"][1].startswith("analyse van trends, ")


def test_an_amendment_from_its_beginning_to_its_removal(desk: Client, manager: User) -> None:
    contract = running(manager)
    new = {"title": "Langer", "reason": "Het gaat goed.", "holds_from": "2028-01-01"}
    desk.post(f"{BASE}buurt/addendum/nieuw/", new)
    amendment = contract.amendments.get(is_draft=True)
    at = f"{BASE}buurt/addendum/{amendment.number}/"
    desk.post(f"{at}gegevens/", {**new, "title": "Nog langer", "revision": 1})
    desk.post(f"{at}verwijderen/")
    added, changed, removed = told()
    assert added[2]["Geldt vanaf"] == ("", "1 januari 2028")
    assert changed == ("addendum", "changed", {"Titel": ("Langer", "Nog langer")})
    assert removed[:2] == ("addendum", "removed")


def test_what_the_second_writer_typed_is_no_change(desk: Client, contract: Contract) -> None:
    page = f"{BASE}buurt/gegevens/"
    desk.post(page, typed(contract, title="Van Mohamed"))
    desk.post(page, typed(contract, title="Van een ander"))
    assert [says for _, _, says in told()] == [{"Titel": ("Sociale participatie", "Van Mohamed")}]


# -- the page --------------------------------------------------------------------------------------
def test_the_page_says_who_and_what(desk: Client, contract: Contract) -> None:
    desk.post(f"{BASE}buurt/gegevens/", typed(contract, title="Sociale participatie en meer"))
    html = desk.get(PAGE).content.decode()
    assert "Mohamed Contract" in html
    assert '<span class="visually-hidden">erbij: </span>' in html
    assert PAGE in desk.get(f"{BASE}buurt/").content.decode()


def test_an_auditor_reads_along(client: Client, auditor: User, contract: Contract) -> None:
    client.force_login(auditor)
    html = client.get(PAGE).content.decode()
    assert "Hier is nog niets gewijzigd" in html
    assert f'href="{BASE}buurt/"' not in html


def test_the_number_of_queries_does_not_grow(desk: Client, contract: Contract) -> None:
    indicator = IndicatorFactory.create(performance=True)

    def add(number: int) -> None:
        kpi = {"indicator": indicator.pk, "number": str(number), "name": f"Naam {number}"}
        desk.post(f"{BASE}buurt/indicatoren/nieuw/", kpi)

    def queries() -> int:
        with CaptureQueriesContext(connection) as held:
            assert desk.get(PAGE).status_code == 200
        return len(held)

    add(2)
    one = queries()
    for number in range(3, 30):
        add(number)
    assert Change.objects.count() == 28
    assert queries() == one
