"""A closed year: nothing of its money changes, whichever way, and nothing typed is lost."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from agenda.actions import NotEditable, close_year, reopen_year
from agenda.models import MoneyYear, MoneyYearEvent, Observation
from contracts.actions import TransitionError, activate
from contracts.models import Allocation, BudgetLine, BudgetPost, ProjectSpending
from tests.contracts.drafts import (
    BASE,
    complete_draft,
    draft_amendment,
    posted_rows,
    running,
    text_of,
)
from tests.factories_agenda import IndicatorFactory, ObservationFactory
from tests.factories_contracts import BudgetFactory, BudgetItemFactory, BudgetLineFactory
from tests.factories_money import AllocationFactory, closed
from tests.factories_projects import ProjectSpendingFactory, started_project

pytestmark = pytest.mark.django_db
YEAR = "/beheer/geld/2019/"
TOLD = "Het jaar 2019 is afgesloten"


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


def test_a_year_is_closed_and_opened_again_with_reasons(desk: Client, manager: User) -> None:
    AllocationFactory.create(number=250_000)
    assert "€\xa0250.000" in text_of(desk.get(f"{YEAR}afsluiten/"))
    assert desk.post(f"{YEAR}afsluiten/", {"reason": ""}).status_code == 200
    assert not MoneyYearEvent.objects.exists()
    desk.post(f"{YEAR}afsluiten/", {"reason": "De jaarrekening is vastgesteld."})
    told = text_of(desk.get(YEAR))
    assert "Dit jaar is afgesloten." in told
    assert "Nieuwe post" not in told
    assert "De jaarrekening is vastgesteld." in told
    # a second click
    assert "al afgesloten" in text_of(
        desk.post(f"{YEAR}afsluiten/", {"reason": "Nog eens"}, follow=True)
    )
    desk.post(f"{YEAR}heropenen/", {"reason": "Er ontbrak een factuur."})
    assert "Er ontbrak een factuur." in text_of(desk.get(YEAR))
    moves = [(row.to_status, row.actor) for row in MoneyYearEvent.objects.all()]
    assert moves == [("closed", manager), ("open", manager)]


def test_the_same_step_twice_is_refused(manager: User) -> None:
    close_year(2019, "Klaar.", user=manager)
    with pytest.raises(NotEditable):
        close_year(2019, "Klaar.", user=manager)
    reopen_year(2019, "Toch niet.", user=manager)
    with pytest.raises(NotEditable):
        reopen_year(2019, "Toch niet.", user=manager)
    assert MoneyYearEvent.objects.count() == 2


def test_a_budget_line_of_a_closed_year_is_told_and_what_was_typed_stays(desk: Client) -> None:
    row = AllocationFactory.create(label="Jongerenwerk", last_year=2020, per_year=True)
    closed(2019)
    typed = {
        "label": "Iets anders",
        "first_year": "2018",
        "last_year": "2019",
        "value": "1.000",
        "duration": "structural",
        "origin": "own",
    }
    for address, more in (("posten/nieuw/", {}), (f"posten/{row.pk}/", {"revision": 1})):
        page = desk.post(f"/beheer/geld/{address}", typed | more)
        assert TOLD in text_of(page)
        assert "Iets anders" in page.content.decode()
    assert TOLD in text_of(desk.post(f"/beheer/geld/posten/{row.pk}/verwijderen/"))
    assert "Het totaal staat vast" in text_of(desk.get(f"{YEAR}totaal/", follow=True))
    assert TOLD in text_of(desk.post(f"{YEAR}totaal/", {"stated_total": "5"}))
    assert Allocation.objects.get().label == "Jongerenwerk"


def test_money_of_a_draft_contract_keeps_out_of_a_closed_year(desk: Client) -> None:
    contract = complete_draft()
    address = f"{BASE}{contract.slug}/geld/"
    before = list(BudgetLine.objects.values_list("label", flat=True))
    closed(2027)
    line = {
        "label": "Laat bedacht",
        "amount_kind": "agreed",
        "value": "1.000",
        "period": "2027",
    }
    told = posted_rows(desk, address, line)
    assert TOLD.replace("2019", "2027") in text_of(told)
    assert "Laat bedacht" in told.content.decode()
    assert list(BudgetLine.objects.values_list("label", flat=True)) == before


def test_a_spending_of_a_project_keeps_out_of_a_closed_year(desk: Client) -> None:
    project = started_project()
    row = ProjectSpendingFactory.create(project=project, spent_on=datetime.date(2025, 5, 1))
    closed(2025)
    base = f"/beheer/projecten/{project.slug}/bestedingen/"
    typed = {"spent_on": "2025-06-01", "label": "Zaal", "amount": "10", "duration": "incidental"}
    assert "Het jaar 2025 is afgesloten" in text_of(desk.post(f"{base}nieuw/", typed))
    moved = typed | {"spent_on": "2026-06-01", "revision": row.revision}
    assert "Het jaar 2025 is afgesloten" in text_of(desk.post(f"{base}{row.pk}/", moved))
    gone = desk.post(f"{base}{row.pk}/verwijderen/", follow=True)
    assert "Het jaar 2025 is afgesloten" in text_of(gone)
    assert ProjectSpending.objects.get().label == row.label


def test_a_measured_amount_keeps_out_of_a_closed_year(client: Client, officer: User) -> None:
    client.force_login(officer)
    money = IndicatorFactory.create(value_type="amount")
    count = IndicatorFactory.create(value_type="count")
    closed(2019)
    typed = {"period": "2019", "value_number": "5", "certainty": "final"}
    page = client.post(reverse("observation_add", args=[money.slug]), typed)
    assert TOLD in text_of(page)
    client.post(reverse("observation_add", args=[count.slug]), typed)
    assert [row.indicator for row in Observation.objects.all()] == [count]


def test_money_that_was_drafted_before_the_year_was_closed_is_not_agreed_after(
    desk: Client, manager: User
) -> None:
    draft = complete_draft()
    years = {line.period.year for line in draft.budget_lines.all() if line.period}
    for year in years:
        closed(year)
    with pytest.raises(TransitionError, match="afgesloten"):
        activate(draft, user=manager)
    draft.refresh_from_db()
    assert draft.status == "draft"
    for year in years:
        reopen_year(year, "Er komt nog een overeenkomst bij.", user=manager)
    activate(draft, user=manager)


def test_an_amendment_over_a_year_that_was_closed_stays_a_draft(
    desk: Client, manager: User
) -> None:
    contract = running(manager)
    amendment = draft_amendment(contract)
    BudgetLineFactory.create(contract=contract, started_by=amendment, period="2028")
    closed(2028)
    address = f"{BASE}{contract.slug}/addendum/1/ondertekenen/"
    page = desk.post(address, {"signed_on": "2027-12-01", "note": "bewaar dit"})
    assert "Het jaar 2028 is afgesloten" in text_of(page)
    assert "bewaar dit" in text_of(page)
    amendment.refresh_from_db()
    assert amendment.is_draft
    reopen_year(2028, "Het addendum hoort erbij.", user=manager)
    desk.post(address, {"signed_on": "2027-12-01"})
    amendment.refresh_from_db()
    assert not amendment.is_draft


# -- what the database refuses by itself -----------------------------------------------------------
def amount_of(year: int) -> Observation:
    row: Observation = ObservationFactory.create(
        indicator__value_type="amount", value_type="amount", number=5, period=str(year)
    )
    return row


@pytest.mark.parametrize(
    ("make", "change"),
    [
        (lambda: AllocationFactory.create(first_year=2018, last_year=2020), {"label": "Anders"}),
        (lambda: amount_of(2019), {"number": 6}),
        (lambda: BudgetFactory.create(year=2019), {"title": "Anders"}),
        (lambda: BudgetItemFactory.create(budget__year=2019), {"name": "Anders"}),
        (
            lambda: BudgetPost.objects.create(
                item=BudgetItemFactory.create(budget__year=2019), name="Vervoer"
            ),
            {"outside_wmo": True},
        ),
        (lambda: BudgetLineFactory.create(period="2018/2020"), {"label": "Anders"}),
        (
            lambda: ProjectSpendingFactory.create(spent_on=datetime.date(2019, 12, 31)),
            {"label": "Anders"},
        ),
    ],
    ids=["allocation", "observation", "budget", "item", "post", "line of a contract", "spending"],
)
def test_the_database_keeps_a_closed_year(make: Any, change: dict[str, Any]) -> None:
    row: models.Model = make()
    closed(2019)
    rows = type(row)._base_manager.filter(pk=row.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()
    assert rows.exists()
    MoneyYear.objects.filter(year=2019).update(status="open")
    assert rows.update(**change) == 1


def test_the_database_lets_nothing_come_into_a_closed_year() -> None:
    closed(2019)
    for make in (AllocationFactory.create, lambda: amount_of(2019)):
        with pytest.raises(IntegrityError), transaction.atomic():
            make()
    amount_of(2018)


def test_the_log_of_a_year_is_for_good() -> None:
    closed(2019)
    with pytest.raises(IntegrityError), transaction.atomic():
        MoneyYearEvent.objects.update(reason="Iets anders")
    with pytest.raises(IntegrityError), transaction.atomic():
        MoneyYear.objects.update(note="Iets anders")


def test_the_menu_of_the_money_shows_where_one_is_and_hides_no_page(
    client: Client, manager: User
) -> None:
    client.force_login(manager)
    for page, name in (("", "Posten"), ("verschil/", "Verschil met vorig jaar")):
        html = client.get(f"/beheer/geld/2026/{page}").content.decode()
        menu = html.split('aria-label="In het geld"')[1].split("</nav>")[0]
        in_view, behind = menu.split("Meer over geld")
        assert f'aria-current="page">{name}</a>' in in_view
        assert (in_view + behind).count(f">{name}</a>") == 1
        assert menu.count("<a href=") == 12
