"""Who steers by what: the public page, and how an arrangement changes with its day and decision."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Change, User
from agenda.models import Source
from core.edits import RevisedForm
from monitor import steering_views
from monitor.actions import replace_arrangement, save_arrangement
from monitor.constants import Product, SteeringLevel
from monitor.models import SteeringArrangement
from monitor.steering import FOR_STAFF, product_url
from monitor.steering_forms import ArrangementForm
from tests.factories_agenda import SourceFactory
from tests.factories_monitor import SteeringFactory
from tests.monitor.edition import two_editions

pytestmark = pytest.mark.django_db
PAGE, DESK = "/sturing/", "/beheer/sturing/"


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def text_of(answer: Any) -> str:
    html: str = answer.content.decode()
    return html


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "level": "council",
        "manner": "results",
        "who": "raadscommissie",
        "product": "monitor",
        "frequency": "elk jaar",
        "decides": "Stelt de doelen bij.",
        "since": "2019-01-01",
        "decision": "Raadsbesluit 1",
        **changes,
    }


# -- reading ---------------------------------------------------------------------------------------
def test_the_levels_stand_from_the_council_down(client: Client) -> None:
    for level in reversed(SteeringLevel.values):
        SteeringFactory.create(level=level)
    levels = client.get(PAGE).context["levels"]
    assert [each.label for each in levels] == [str(level.label) for level in SteeringLevel]


def test_a_row_says_who_gets_what_how_often_and_what_is_decided(client: Client) -> None:
    SteeringFactory.create(who="raadscommissie", frequency="elk halfjaar")
    page = text_of(client.get(PAGE))
    for words in (
        *("Raadscommissie", "Stuurt op resultaten", "Elk halfjaar", "Stelt de doelen bij."),
        *("Raadsbesluit van 10 december 2018", "Vanaf 1 januari 2019"),
    ):
        assert words in page


def test_what_a_source_tells_has_its_place_and_says_that_no_decision_is_known(
    client: Client,
) -> None:
    source: Source = SourceFactory.create()
    SteeringFactory.create(source=source, locator="H9.1", since=None, decision="")
    page = text_of(client.get(PAGE))
    for words in (source.title, "H9.1", "De bron noemt geen besluit"):
        assert words in page


def test_an_invented_row_says_so(client: Client) -> None:
    SteeringFactory.create(is_example=True)
    assert 'class="example"' in text_of(client.get(PAGE)).split("<main", 1)[1].split("</main", 1)[0]


def test_without_any_the_page_says_so(client: Client, officer: User) -> None:
    assert "Er zijn nog geen afspraken over sturing" in text_of(client.get(PAGE))
    client.force_login(officer)
    assert "Begin met wat de raad krijgt" in text_of(client.get(DESK))


@pytest.mark.parametrize("product", [each for each in Product if each != Product.OTHER])
def test_every_product_of_this_application_leads_to_its_page(
    client: Client, manager: User, product: Product
) -> None:
    two_editions()
    SteeringFactory.create(product=product)
    (row,) = client.get(PAGE).context["levels"][0].rows
    link = f'href="{row["url"]}"'
    if product in FOR_STAFF:
        assert "voor medewerkers, na inloggen" in text_of(client.get(PAGE))
        assert link not in text_of(client.get(PAGE))  # it would lead a visitor to a refusal
        client.force_login(manager)
        assert link in text_of(client.get(DESK))
    else:
        assert link in text_of(client.get(PAGE))
    assert client.get(row["url"]).status_code == 200


def test_another_piece_leads_nowhere_and_has_a_name(client: Client) -> None:
    SteeringFactory.create(product=Product.OTHER, product_name="Voorjaarsnota")
    assert "Voorjaarsnota" in text_of(client.get(PAGE))
    assert product_url(Product.OTHER, None) == ""


def test_before_any_edition_a_product_of_one_leads_nowhere(client: Client) -> None:
    SteeringFactory.create(product=Product.MONEY)
    (row,) = client.get(PAGE).context["levels"][0].rows
    assert row["url"] == ""


# -- changing --------------------------------------------------------------------------------------
def test_a_new_arrangement_is_public_at_once_and_in_the_history(desk: Client) -> None:
    assert desk.post(f"{DESK}nieuw/", typed()).status_code == 302
    row = SteeringArrangement.objects.get()
    assert "Raadsbesluit 1" in text_of(Client().get(PAGE))
    assert Change.objects.get().action == "added"
    assert "Raadsbesluit 1" in text_of(desk.get(f"{DESK}{row.pk}/geschiedenis/"))


def test_a_replacement_ends_the_old_one_on_the_day_before(desk: Client) -> None:
    old = SteeringFactory.create(who="raadscommissie", frequency="elk jaar")
    page = f"{DESK}nieuw/?vervangt={old.pk}"
    assert desk.get(page).context["form"]["frequency"].value() == "elk jaar"
    sent = typed(frequency="elk halfjaar", since="2020-07-01", decision="Raadsbesluit 2")
    assert desk.post(page, sent).status_code == 302
    old.refresh_from_db()
    new = SteeringArrangement.objects.get(replaces=old)
    assert (old.until, old.ended_by) == (datetime.date(2020, 6, 30), "Raadsbesluit 2")
    assert new.frequency == "elk halfjaar"
    shown = Client().get(PAGE)
    assert [row["pk"] for level in shown.context["levels"] for row in level.rows] == [new.pk]
    assert [row["pk"] for row in shown.context["past"]] == [old.pk]
    assert "30 juni 2020" in text_of(shown)
    told = {change.action for change in Change.objects.all()}
    assert told == {"added", "changed"}


def test_what_will_hold_stands_beside_what_holds_still(desk: Client) -> None:
    old = SteeringFactory.create(who="raadscommissie")
    sent = typed(since="2099-01-01", who="nieuwe commissie")
    assert desk.post(f"{DESK}nieuw/?vervangt={old.pk}", sent).status_code == 302
    assert len(Client().get(PAGE).context["levels"][0].rows) == 2


def test_it_is_replaced_once(desk: Client) -> None:
    """Who comes second keeps what was typed, and reads what happened and what to do."""
    old = SteeringFactory.create()
    page = f"{DESK}nieuw/?vervangt={old.pk}"
    sent = typed(since="2020-01-01")
    assert desk.post(page, sent).status_code == 302
    assert "Deze afspraak staat er al" in text_of(desk.post(page, sent))  # a second click
    answer = desk.post(page, {**sent, "who": "presidium", "since": "2021-01-01"})
    assert "intussen al vervangen of beëindigd. Van u is niets bewaard." in text_of(answer)
    assert answer.context["form"]["who"].value() == "presidium"
    assert SteeringArrangement.objects.count() == 2
    assert desk.get(page).status_code == 404


def test_of_two_clicks_at_the_same_moment_one_counts(officer: User) -> None:
    """Both forms were found right before either of them was written."""
    old = SteeringFactory.create()
    clicks = [
        ArrangementForm(typed(since="2020-01-01"), instance=SteeringArrangement(replaces=old))
        for _ in range(2)
    ]
    assert all(form.is_valid() for form in clicks)
    assert all(replace_arrangement(form, old, user=officer) for form in clicks)
    assert SteeringArrangement.objects.count() == 2


def test_the_same_arrangement_of_a_colleague_at_the_same_moment_is_told(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def colleague_first(form: RevisedForm, *, user: User) -> bool:
        same = ArrangementForm(typed())
        assert same.is_valid()
        return save_arrangement(same, user=user) and save_arrangement(form, user=user)

    monkeypatch.setattr(steering_views, "save_arrangement", colleague_first)
    answer = desk.post(f"{DESK}nieuw/", typed())
    assert "Een collega bewaarde net dezelfde afspraak." in text_of(answer)
    assert "raadscommissie" in text_of(answer)


def test_what_was_replaced_keeps_its_last_day(desk: Client) -> None:
    old = SteeringFactory.create()
    desk.post(f"{DESK}nieuw/?vervangt={old.pk}", typed(since="2020-01-01"))
    late = {"until": "2025-01-01", "ended_by": "Raadsbesluit 9", "revision": 2}
    assert desk.post(f"{DESK}{old.pk}/einde/", late).status_code == 404
    old.refresh_from_db()
    assert old.until == datetime.date(2019, 12, 31)


@pytest.mark.parametrize("word", ["0", "x", "-1", "9" * 30])
def test_what_is_not_there_is_not_replaced(desk: Client, word: str) -> None:
    assert desk.get(f"{DESK}nieuw/?vervangt={word}").status_code == 404


def test_a_replacement_begins_after_what_it_replaces(desk: Client) -> None:
    old = SteeringFactory.create()
    answer = desk.post(f"{DESK}nieuw/?vervangt={old.pk}", typed(since="2019-01-01"))
    assert "geldt pas vanaf 01-01-2019" in text_of(answer)
    old.refresh_from_db()
    assert old.until is None


def test_an_arrangement_ends_with_a_day_and_a_decision(desk: Client) -> None:
    row = SteeringFactory.create()
    page = f"{DESK}{row.pk}/einde/"
    assert desk.post(page, {"until": "2020-12-31", "revision": 1}).status_code == 200
    early = {"until": "2018-12-31", "ended_by": "Raadsbesluit 3", "revision": 1}
    assert "geldt pas vanaf 01-01-2019" in text_of(desk.post(page, early))
    sent = {**early, "until": "2020-12-31"}
    assert desk.post(page, sent).status_code == 302
    assert desk.post(page, sent).status_code == 302  # a second click
    assert "Raadsbesluit 3" in text_of(Client().get(PAGE))
    assert Change.objects.count() == 1


def test_a_mistake_is_mended_and_who_writes_second_sees_both(desk: Client) -> None:
    row = SteeringFactory.create()
    page = f"{DESK}{row.pk}/"
    assert desk.post(page, typed(who="commissie", revision=1)).status_code == 302
    other = desk.post(page, typed(who="presidium", revision=1))
    assert "Nu staat er: ‘commissie’" in text_of(other)
    row.refresh_from_db()
    assert row.who == "commissie"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"since": ""}, "since"),
        ({"decision": ""}, "decision"),
        ({"product": "other"}, "product_name"),
        ({"product_name": "Krant"}, "product_name"),
        ({"level": "keizer"}, "level"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    desk: Client, changes: dict[str, str], field: str
) -> None:
    answer = desk.post(f"{DESK}nieuw/", typed(**changes))
    assert field in answer.context["form"].errors
    assert not SteeringArrangement.objects.exists()


def test_a_second_click_adds_no_second_one(desk: Client) -> None:
    assert desk.post(f"{DESK}nieuw/", typed()).status_code == 302
    assert "Deze afspraak staat er al" in text_of(desk.post(f"{DESK}nieuw/", typed()))
    assert SteeringArrangement.objects.count() == 1


def test_what_came_from_a_source_is_mended_without_a_decision(desk: Client) -> None:
    row = SteeringFactory.create(source=SourceFactory.create(), since=None, decision="")
    sent = typed(since="", decision="", revision=1)
    assert desk.post(f"{DESK}{row.pk}/", sent).status_code == 302


def test_others_of_the_municipality_read_along(client: Client, manager: User) -> None:
    SteeringFactory.create()
    client.force_login(manager)
    page = text_of(client.get(DESK))
    assert "Geschiedenis" in page
    assert reverse("steering_add") not in page


@pytest.mark.parametrize("page", [PAGE, DESK])
def test_a_page_costs_the_same_at_one_and_at_many(desk: Client, page: str) -> None:
    def more() -> int:
        SteeringFactory.create(source=SourceFactory.create(), locator="H1")
        SteeringFactory.create(until=datetime.date(2020, 1, 1), ended_by="Besluit")
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(page).status_code == 200
        return len(asked)

    counts = [more(), more(), more()]
    assert counts[0] == counts[1] == counts[2]
