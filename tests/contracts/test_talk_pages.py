"""Who reads talks, where they are found, what a partner does, and what a page of them costs."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from accounts.constants import AuditResult, Role
from accounts.models import AuditEntry, Organisation, RoleAssignment, User
from contracts.actions import talks as actions
from contracts.constants import PartyRole
from contracts.models import ActionPoint, Meeting
from tests.contracts.drafts import text_of
from tests.factories import UserFactory
from tests.factories_agenda import AgendaVersionFactory, PartnerFactory, ThemeFactory
from tests.factories_contracts import (
    ContractFactory,
    ContractThemeFactory,
    PartyFactory,
    TermFactory,
)
from tests.factories_talks import (
    ActionPointFactory,
    AttendanceFactory,
    CollegeNoteFactory,
    DecisionFactory,
    MeetingFactory,
    MeetingPointFactory,
    held_meeting,
    manager,
    recorded_meeting,
    shared_with,
)

pytestmark = pytest.mark.django_db
DESK, PORTAL = "/beheer/overleg/", "/portaal/overleg/"
SOON = timezone.localdate() + datetime.timedelta(days=10)


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(manager())
    return client


@pytest.fixture
def partner() -> Organisation:
    made: Organisation = PartnerFactory.create(name="Kwadraad")
    return made


@pytest.fixture
def reporter(partner: Organisation) -> User:
    made: User = UserFactory.create(holds=[Role.REPORTER], of=partner)
    return made


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def titles(client: Client, page: str = DESK, **asked: Any) -> list[str]:
    return [row["meeting"].title for row in client.get(page, asked).context["rows"]]


# -- finding them ----------------------------------------------------------------------------------
def test_the_list_is_searched_and_chosen_from(desk: Client, partner: Organisation) -> None:
    contract = ContractFactory.create(running=True, partner=partner)
    held = held_meeting(contracts=[contract], title="Voorjaar")
    MeetingPointFactory.create(meeting=held, minutes="Over soep gesproken.")
    MeetingFactory.create(
        kind="purchasing", title="Inkoop", day=datetime.date(2025, 2, 1), partners=[partner]
    )
    MeetingFactory.create(kind="conference", title="Vrijwilligers", day=SOON)
    assert titles(desk) == ["Vrijwilligers", "Voorjaar", "Inkoop"]
    assert titles(desk, zoek="SOEP") == ["Voorjaar"]
    assert titles(desk, soort="conference") == ["Vrijwilligers"]
    assert titles(desk, partner=partner.pk) == ["Voorjaar", "Inkoop"]
    assert titles(desk, overeenkomst=contract.pk) == ["Voorjaar"]
    assert titles(desk, stand="held") == ["Voorjaar"]
    assert titles(desk, stand="aandacht") == ["Voorjaar", "Inkoop"]
    assert titles(desk, jaar=2025) == ["Inkoop"]
    assert "Geen overleg past bij deze keuze" in text_of(desk.get(DESK, {"zoek": "zz"}))


def test_what_waits_says_so(desk: Client) -> None:
    MeetingFactory.create(day=datetime.date(2026, 1, 5))
    held_meeting()
    told = text_of(desk.get(DESK))
    assert "Is het overleg gehouden of vervallen?" in told
    assert "Het verslag is nog niet vastgesteld." in told


def test_empty_lists_say_what_comes_there(desk: Client) -> None:
    for page, words in (
        (DESK, "Er is nog geen overleg gepland"),
        ("/beheer/actiepunten/", "Er zijn nog geen actiepunten"),
        ("/beheer/besluiten/", "Er is nog geen besluit vastgelegd"),
        (f"{DESK}berichten/", "Er is nog geen bericht"),
    ):
        assert words in text_of(desk.get(page))


# -- the portal ------------------------------------------------------------------------------------
def test_a_partner_reads_what_is_shared_and_nothing_else(
    partner: Organisation, reporter: User
) -> None:
    shared = shared_with(partner, title="Gedeeld gesprek", day=SOON)
    hidden = MeetingFactory.create(
        title="Onder ons", contracts=[ContractFactory.create(running=True, partner=partner)]
    )
    other = shared_with(PartnerFactory.create(), title="Van een ander")
    client = browser(reporter)
    assert titles(client, PORTAL) == ["Gedeeld gesprek"]
    assert client.get(f"{PORTAL}{shared.pk}/").status_code == 200
    for meeting in (hidden, other):
        assert client.get(f"{PORTAL}{meeting.pk}/").status_code == 404
        assert client.get(f"{DESK}{meeting.pk}/afspraak.ics").status_code == 404
    assert client.get(f"{DESK}{shared.pk}/").status_code == 403


def test_a_coalition_reads_its_talks_and_a_subcontractor_does_not(partner: Organisation) -> None:
    contract = ContractFactory.create(partner=PartnerFactory.create())
    member, below = PartnerFactory.create(), PartnerFactory.create()
    PartyFactory.create(contract=contract, organisation=member)
    PartyFactory.create(contract=contract, organisation=below, role=PartyRole.SUBCONTRACTOR)
    meeting = MeetingFactory.create(contracts=[contract], is_shared=True)
    reads = {
        one.pk: Meeting.objects.shared_with([one.pk]).filter(pk=meeting.pk).exists()
        for one in (member, below)
    }
    assert reads == {member.pk: False, below.pk: False}  # a contract in draft is nobody's yet
    type(contract).objects.filter(pk=contract.pk).update(
        status="active",
        starts_on=datetime.date(2026, 1, 1),
        ends_on=datetime.date(2027, 12, 31),
    )
    assert Meeting.objects.shared_with([member.pk]).exists()
    assert not Meeting.objects.shared_with([below.pk]).exists()


def test_a_partner_puts_a_question_on_the_agenda(partner: Organisation, reporter: User) -> None:
    meeting = shared_with(partner, day=SOON)
    client, page = browser(reporter), f"{PORTAL}{meeting.pk}/punt/"
    typed = {"title": "Wachtlijst", "text": "Kan er geld bij?"}
    assert client.post(page, typed).status_code == 302
    assert "staat al op de agenda" in text_of(client.post(page, typed))
    point = meeting.points.get()
    assert (point.raised_by, point.text) == (partner, "Kan er geld bij?")
    told = text_of(browser(manager()).get(f"{DESK}{meeting.pk}/"))
    assert "van Kwadraad" in told
    actions.hold(meeting, user=manager(), today=SOON)
    late = client.post(page, {"title": "Nog iets"})
    assert "al geweest of vervallen" in text_of(late)
    assert meeting.points.count() == 1


def test_a_reader_of_a_partner_writes_nothing(partner: Organisation) -> None:
    reader = browser(UserFactory.create(holds=[Role.READER], of=partner))
    meeting = shared_with(partner, day=SOON)
    action = ActionPointFactory.create(meeting=meeting, user=None, organisation=partner)
    assert "inbrengen" not in text_of(reader.get(f"{PORTAL}{meeting.pk}/"))
    assert reader.post(f"{PORTAL}{meeting.pk}/punt/", {"title": "x"}).status_code == 403
    typed = {"seen": "open", "note": "Klaar."}
    assert reader.post(f"/portaal/actiepunten/{action.pk}/", typed).status_code == 403
    action.refresh_from_db()
    assert action.is_open


def test_a_partner_finishes_its_own_action_points_only(
    partner: Organisation, reporter: User
) -> None:
    own = ActionPointFactory.create(user=None, organisation=partner, text="Cijfers sturen")
    meeting = shared_with(partner, day=SOON)
    other = ActionPointFactory.create(meeting=meeting, text="Van de gemeente")
    client = browser(reporter)
    assert "Cijfers sturen" in text_of(client.get(PORTAL))
    typed = {"seen": "open", "note": "Gestuurd op 3 maart."}
    assert client.post(f"/portaal/actiepunten/{other.pk}/", typed).status_code == 404
    for _ in range(2):  # a double click
        client.post(f"/portaal/actiepunten/{own.pk}/", typed)
    own.refresh_from_db()
    assert (own.status, own.events.count()) == ("done", 1)
    assert "Gestuurd op 3 maart." in text_of(client.get(PORTAL))


def test_a_partner_is_not_told_who_at_the_municipality_does_what(
    partner: Organisation, reporter: User
) -> None:
    meeting = shared_with(partner, day=SOON)
    officer = manager()
    ActionPointFactory.create(meeting=meeting, user=officer, text="Van de gemeente")
    told = text_of(browser(reporter).get(f"{PORTAL}{meeting.pk}/"))
    assert "Van de gemeente" in told
    assert officer.name not in told


def test_a_decision_is_told_to_the_partner_where_it_is_shared(
    partner: Organisation, reporter: User
) -> None:
    contract = ContractFactory.create(running=True, partner=partner)
    DecisionFactory.create(contracts=[contract], is_shared=True, title="Meer budget")
    DecisionFactory.create(contracts=[contract], title="Onder ons")
    other = ContractFactory.create(running=True)
    DecisionFactory.create(contracts=[other], is_shared=True, title="Van een ander")
    told = text_of(browser(reporter).get(PORTAL))
    assert "Meer budget" in told
    assert "Onder ons" not in told
    assert "Van een ander" not in told


def test_a_decision_about_another_partner_is_not_told_in_a_talk_of_both(
    partner: Organisation, reporter: User
) -> None:
    meeting = shared_with(partner, day=datetime.date(2026, 3, 12))
    other = ContractFactory.create(running=True)
    meeting.contracts.add(other)
    own = meeting.contracts.get(partner=partner)
    DecisionFactory.create(meeting=meeting, contracts=[own], is_shared=True, title="Over ons")
    DecisionFactory.create(meeting=meeting, contracts=[other], is_shared=True, title="Over hen")
    told = text_of(browser(reporter).get(f"{PORTAL}{meeting.pk}/"))
    assert "Over ons" in told
    assert "Over hen" not in told


# -- calendars -------------------------------------------------------------------------------------
def events(answer: Any) -> list[Any]:
    assert answer["Content-Type"].startswith("text/calendar")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_talk_goes_into_a_calendar(desk: Client, partner: Organisation) -> None:
    meeting = shared_with(
        partner, day=datetime.date(2026, 7, 1), starts_at=datetime.time(10), place="Gemeentehuis"
    )
    AttendanceFactory.create(meeting=meeting, who="mevrouw De Vries")
    MeetingPointFactory.create(meeting=meeting, minutes="Geheim verslag")
    answer = desk.get(f"{DESK}{meeting.pk}/afspraak.ics")
    (event,) = events(answer)
    assert event["dtstart"].dt == datetime.datetime(2026, 7, 1, 8, tzinfo=datetime.UTC)
    assert (event["summary"], event["location"]) == ("Ambtelijk overleg: Kwadraad", "Gemeentehuis")
    assert b"De Vries" not in answer.content
    assert b"Geheim" not in answer.content
    assert answer.content == desk.get(f"{DESK}{meeting.pk}/afspraak.ics").content


def test_a_talk_without_an_hour_takes_the_day(desk: Client) -> None:
    meeting = MeetingFactory.create(day=datetime.date(2026, 7, 1))
    (event,) = events(desk.get(f"{DESK}{meeting.pk}/afspraak.ics"))
    assert event["dtstart"].dt == datetime.date(2026, 7, 1)
    assert event["dtend"].dt == datetime.date(2026, 7, 2)


def test_a_secret_address_shows_what_its_owner_may_read_and_can_be_renewed(
    partner: Organisation, reporter: User
) -> None:
    shared_with(partner, title="Gedeeld", day=SOON)
    MeetingFactory.create(title="Onder ons", day=SOON)
    mine, strangers = browser(reporter), Client()
    made = mine.post("/overlegagenda/").context["address"]
    path = made[made.index("/overlegagenda/") :]
    assert [str(event["description"]) for event in events(strangers.get(path))] == ["Gedeeld"]
    assert "al is geweest" not in text_of(mine.get("/overlegagenda/"))
    assert path not in mine.get("/overlegagenda/").content.decode()  # shown once
    again = mine.post("/overlegagenda/").context["address"]
    assert strangers.get(path).status_code == 404
    later = again[again.index("/overlegagenda/") :]
    assert strangers.get(later).status_code == 200
    RoleAssignment.objects.filter(user=reporter).update(
        valid_until=timezone.localdate() - datetime.timedelta(days=1)
    )
    assert events(strangers.get(later)) == []
    User.objects.filter(pk=reporter.pk).update(is_active=False)
    assert strangers.get(later).status_code == 404


def test_an_address_can_be_stopped(desk: Client) -> None:
    made = desk.post("/overlegagenda/").context["address"]
    desk.post("/overlegagenda/", {"stop": "1"})
    assert Client().get(made[made.index("/overlegagenda/") :]).status_code == 404
    assert "U hebt nog geen adres." in text_of(desk.get("/overlegagenda/"))
    desk.post("/overlegagenda/", {"stop": "1"})  # there is nothing to stop any more
    told = AuditEntry.objects.filter(action__startswith="calendar_address").order_by("pk")
    assert [(row.action, row.result) for row in told] == [
        ("calendar_address_made", AuditResult.DONE),
        ("calendar_address_ended", AuditResult.DONE),
    ]


# -- what a page costs -----------------------------------------------------------------------------
def cost(client: Client, page: str) -> int:
    client.get(page)  # the first read is written in the audit trail
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


def fill(meeting: Meeting, partner: Organisation) -> None:
    MeetingPointFactory.create(meeting=meeting, raised_by=partner)
    AttendanceFactory.create(meeting=meeting, organisation=partner)
    ActionPointFactory.create(meeting=meeting, between=[partner, PartnerFactory.create()])
    ActionPointFactory.create(meeting=meeting, user=None, organisation=partner)
    contract = ContractFactory.create(running=True, partner=partner)
    DecisionFactory.create(meeting=meeting, contracts=[contract], is_shared=True)
    CollegeNoteFactory.create(meeting=meeting, number=meeting.notes.count() + 1)
    meeting.contracts.add(contract)
    meeting.partners.add(PartnerFactory.create())


def test_pages_cost_the_same_with_one_and_with_many(
    desk: Client, partner: Organisation, reporter: User
) -> None:
    meeting = shared_with(partner, day=datetime.date(2026, 7, 1))
    contract = meeting.contracts.get()
    fill(meeting, partner)
    client = browser(reporter)
    pages = (
        (desk, DESK),
        (desk, f"{DESK}{meeting.pk}/"),
        (desk, f"{DESK}berichten/"),
        (desk, "/beheer/actiepunten/"),
        (desk, "/beheer/besluiten/"),
        (desk, f"/beheer/overeenkomsten/{contract.slug}/overlegjaar/?jaar=2026"),
        (client, PORTAL),
        (client, f"{PORTAL}{meeting.pk}/"),
    )
    before = [cost(*each) for each in pages]
    for _ in range(3):
        fill(meeting, partner)
        fill(shared_with(partner, day=datetime.date(2026, 8, 1)), partner)
        fill(held_meeting(contracts=[contract]), partner)
    recorded_meeting(contracts=[contract], is_shared=True)
    assert ActionPoint.objects.count() > 6
    assert [cost(*each) for each in pages] == before


def test_the_menu_of_a_partner_says_where_the_reader_is(reporter: User) -> None:
    html = browser(reporter).get(PORTAL).content.decode()
    menu = html[html.index('class="main-nav"') : html.index("bar-user")]
    assert menu.count("aria-current") == 1
    assert f'<a href="{PORTAL}" aria-current="page">Overleg</a>' in menu


# -- what waits ------------------------------------------------------------------------------------
def test_what_is_due_waits_for_its_owner_and_for_nobody_else(
    partner: Organisation, reporter: User
) -> None:
    today, owner, other = timezone.localdate(), manager(), manager()
    ActionPointFactory.create(user=owner, text="Cijfers sturen", due_on=today, meeting=None)
    ActionPointFactory.create(
        user=None, organisation=partner, text="Planning sturen", due_on=today, meeting=None
    )
    ActionPointFactory.create(user=owner, text="Veel later", due_on=SOON, meeting=None)
    told = {one.pk: text_of(browser(one).get("/werk/")) for one in (owner, other, reporter)}
    assert "Eén actiepunt dat klaar moet" in told[owner.pk]
    assert "Cijfers sturen" in told[owner.pk]
    assert "actiepunt" not in told[other.pk]
    assert "Planning sturen" in told[reporter.pk]
    assert "Veel later" not in "".join(told.values())


def test_who_leaves_hands_over_the_action_points_that_are_open() -> None:
    leaver = manager()
    ActionPointFactory.create(user=leaver, text="Cijfers sturen", due_on=timezone.localdate())
    functional = browser(UserFactory.create(holds=[Role.FUNCTIONAL_MANAGER]))
    assert "Cijfers sturen" in text_of(functional.get(f"/beheer/accounts/{leaver.pk}/werk/"))


def test_a_talk_without_minutes_waits_for_who_writes_them() -> None:
    held_meeting()
    assert "Eén overleg dat aandacht vraagt" in text_of(browser(manager()).get("/werk/"))
    college = UserFactory.create(holds=[Role.COLLEGE])
    assert "aandacht vraagt" not in text_of(browser(college).get("/werk/"))


@pytest.mark.parametrize("page", ["overlegjaar", "overlegritme"])
@pytest.mark.parametrize(("asked", "shown"), [("99999", 1), ("2100", 1), ("0", 0)])
def test_a_year_beyond_a_contract_is_the_nearest(page: str, asked: str, shown: int) -> None:
    contract = ContractFactory.create(running=True)
    now = timezone.localdate().year
    answer = browser(manager()).get(f"/beheer/overeenkomsten/{contract.slug}/{page}/?jaar={asked}")
    assert answer.context["year"] == now + shown


# -- who does what ---------------------------------------------------------------------------------
def test_themes_that_two_contracts_work_on_are_told_and_drafts_are_not(client: Client) -> None:
    first, second = (ContractFactory.create(running=True, title=name) for name in ("Aa", "Bee"))
    theme = ThemeFactory.create(version=AgendaVersionFactory.create(adopted=True), name="Wonen")
    ContractThemeFactory.create(contract=first, theme=theme)
    alone = client.get("/taakverdeling/")
    assert alone.context["shared"] == []
    ContractThemeFactory.create(contract=second, theme=theme, is_open=False)
    ContractThemeFactory.create(contract=ContractFactory.create(title="Geheim"), theme=theme)
    TermFactory.create(contract=first, kind="division", text="De gemeente koopt in")
    (row,) = client.get("/taakverdeling/").context["shared"]
    assert [link["contract"] for link in row["links"]] == [first, second]
    told = text_of(client.get("/taakverdeling/"))
    assert "De gemeente koopt in" in told
    assert "Geheim" not in told


def test_contracts_that_follow_on_one_another_do_not_touch(client: Client) -> None:
    def days(first: str, last: str) -> dict[str, datetime.date]:
        return {
            "starts_on": datetime.date.fromisoformat(first),
            "ends_on": datetime.date.fromisoformat(last),
        }

    theme = ThemeFactory.create(version=AgendaVersionFactory.create(adopted=True), name="Wonen")
    made = [
        ContractFactory.create(running=True, title="Eerst", **days("2015-01-01", "2018-12-31")),
        ContractFactory.create(running=True, title="Daarna", **days("2019-01-01", "2020-12-31")),
        ContractFactory.create(title="Onbekend", from_source=True, partner=None),
    ]
    for contract in made:
        ContractThemeFactory.create(contract=contract, theme=theme)
    assert client.get("/taakverdeling/").context["shared"] == []
    late = ContractFactory.create(running=True, title="Later", **days("2020-12-31", "2022-12-31"))
    ContractThemeFactory.create(contract=late, theme=theme)
    (row,) = client.get("/taakverdeling/").context["shared"]
    assert [link["contract"] for link in row["links"]] == [made[1], late]
    assert "31 december 2020 tot en met 31 december 2022" in text_of(client.get("/taakverdeling/"))


def test_the_overview_costs_the_same_for_one_and_for_many(client: Client) -> None:
    def fill() -> None:
        contract = ContractFactory.create(running=True)
        ContractThemeFactory.create(contract=contract, theme=theme)
        TermFactory.create(contract=contract, kind="division")

    theme = ThemeFactory.create(version=AgendaVersionFactory.create(adopted=True))
    fill()
    before = cost(client, "/taakverdeling/")
    fill()
    fill()
    assert cost(client, "/taakverdeling/") == before
