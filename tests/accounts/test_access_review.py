"""Who has what since when, and that somebody looked; replacing, signing and handing over."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.constants import OrganisationKind, ReviewScope, Role
from accounts.models import AccessReview, AuditEntry, RoleAssignment, User
from accounts.reviewing import alone_in, dues, record_review
from tests.factories import OrganisationFactory, RoleAssignmentFactory, UserFactory

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 2)
LIST = "/beheer/toegang/"


@pytest.fixture
def manager() -> User:
    made: User = UserFactory.create(holds=[Role.FUNCTIONAL_MANAGER], name="Bea Beheer")
    return made


@pytest.fixture
def desk(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


def text(client: Client, address: str = LIST, **asked: str) -> str:
    response = client.get(address, asked)
    assert response.status_code == 200
    return str(response.content.decode())


# -- the list --------------------------------------------------------------------------------------
def test_it_lists_each_role_with_since_until_and_last_use(desk: Client) -> None:
    partner = OrganisationFactory.create(name="Stichting Haven")
    person = UserFactory.create(holds=[Role.SIGNATORY], of=partner, name="Teun Teken")
    RoleAssignment.objects.filter(user=person).update(
        valid_from=datetime.date(2020, 1, 2), authority="Uittreksel KvK van 3 mei 2020"
    )
    User.objects.filter(pk=person.pk).update(
        last_login=timezone.now() - datetime.timedelta(days=100)
    )
    UserFactory.create(holds=[Role.COLLEGE], last_login=None)
    page = text(desk)
    for words in ("Teun Teken", "Stichting Haven", "2 januari 2020", "zonder einde"):
        assert words in page
    assert "Uittreksel KvK van 3 mei 2020" in page
    assert "lang geleden" in page
    assert '<span class="absent">nog nooit</span>' in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"gebruik": "never"}, {"Nooit"}),
        ({"gebruik": "long"}, {"Lang"}),
        ({"rol": "auditor"}, {"Lang"}),
        ({"zoek": "kort"}, {"Kort"}),
    ],
)
def test_it_is_filtered_by_use_role_and_name(
    asked: dict[str, str], shown: set[str], desk: Client, manager: User
) -> None:
    now = timezone.now()
    User.objects.filter(pk=manager.pk).update(last_login=now)
    for name, role, used in (
        ("Nooit", Role.COLLEGE, None),
        ("Lang", Role.AUDITOR, now - datetime.timedelta(days=91)),
        ("Kort", Role.COLLEGE, now - datetime.timedelta(days=89)),
    ):
        UserFactory.create(holds=[role], name=name, last_login=used)
    page = text(desk, **asked)
    assert {name for name in ("Nooit", "Lang", "Kort") if f">{name}</a>" in page} == shown


def test_a_role_that_began_after_the_last_sign_in_was_not_used(desk: Client) -> None:
    today, week = timezone.localdate(), datetime.timedelta(days=7)
    for name, begins in (
        ("Ongebruikt", today - week),
        ("Gebruikt", today - 4 * week),
        ("Straks", today + week),
    ):
        person = UserFactory.create(
            holds=[Role.COLLEGE], name=name, last_login=timezone.now() - 2 * week
        )
        RoleAssignment.objects.filter(user=person).update(valid_from=begins)
    page = text(desk)
    assert page.count("niet sinds deze rol</span>") == 1
    assert "welke rol iemand met meer rollen gebruikte, houden wij niet bij" in page
    chosen = text(desk, gebruik="never")
    assert {name for name in ("Ongebruikt", "Gebruikt", "Straks") if f">{name}</a>" in chosen} == {
        "Ongebruikt"
    }
    lines = desk.get("/beheer/toegang.csv").content.decode("utf-8-sig").splitlines()
    head = lines[0].split(";")
    told = {row[0]: row for row in (line.split(";") for line in lines[1:])}
    place = head.index("niet ingelogd sinds deze rol")
    assert [told[name][place] for name in ("Ongebruikt", "Gebruikt", "Straks")] == ["ja", "", ""]
    assert "persoon laatst ingelogd" in head


def test_what_ended_and_who_left_are_not_in_it(desk: Client) -> None:
    ended = UserFactory.create(holds=[Role.COLLEGE], name="Voorbij")
    RoleAssignment.objects.filter(user=ended).update(
        valid_from=datetime.date(2020, 1, 1), valid_until=datetime.date(2020, 2, 1)
    )
    UserFactory.create(holds=[Role.COLLEGE], name="Vertrokken", is_active=False)
    page = text(desk)
    assert "Voorbij" not in page
    assert "Vertrokken" not in page


def test_the_number_of_queries_does_not_depend_on_how_many(desk: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            text(desk)
        return len(queries)

    UserFactory.create(holds=[Role.COLLEGE])
    few = asked()
    for _ in range(10):
        UserFactory.create(holds=[Role.COLLEGE, Role.COUNCIL_CLERK])
    assert asked() == few


def test_the_file_holds_all_and_runs_no_formula(desk: Client) -> None:
    UserFactory.create(holds=[Role.COLLEGE], name="=HYPERLINK()")
    body = desk.get("/beheer/toegang.csv").content.decode()
    assert "'=HYPERLINK()" in body
    assert body.count("\r\n") == 1 + RoleAssignment.objects.count()


def test_an_auditor_reads_it_and_records_nothing(client: Client) -> None:
    client.force_login(UserFactory.create(holds=[Role.AUDITOR]))
    page = text(client)
    assert "Leg een controle vast" not in page
    assert (
        client.post("/beheer/toegang/controle/", {"scope": "all", "note": "x"}).status_code == 403
    )
    assert not AccessReview.objects.exists()


# -- that somebody looked --------------------------------------------------------------------------
def test_a_review_is_recorded_with_what_came_of_it(desk: Client, manager: User) -> None:
    page = desk.post("/beheer/toegang/controle/", {"scope": "all", "note": "  "}).content.decode()
    assert "Schrijf wat er uit de controle kwam." in page
    desk.post("/beheer/toegang/controle/", {"scope": "all", "note": "Eén rol beëindigd."})
    made = AccessReview.objects.get()
    assert (made.reviewer, made.assignments) == (manager, 1)
    assert "Eén rol beëindigd." in text(desk)
    assert AuditEntry.objects.filter(action="access_reviewed", actor=manager).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessReview.objects.update(note="Anders.")


def test_a_second_click_records_no_second_review(desk: Client) -> None:
    typed = {"scope": "all", "note": "Eén rol beëindigd."}
    desk.post("/beheer/toegang/controle/", typed)
    again = desk.post("/beheer/toegang/controle/", typed, follow=True)
    assert "Deze controle was al vastgelegd." in again.content.decode()
    assert AccessReview.objects.count() == 1
    assert AuditEntry.objects.filter(action="access_reviewed").count() == 1
    desk.post("/beheer/toegang/controle/", {**typed, "scope": "privileged"})
    assert AccessReview.objects.count() == 2


def test_the_same_words_in_another_quarter_are_another_review(manager: User) -> None:
    AccessReview.objects.create(
        scope=ReviewScope.ALL,
        note="Alles klopt.",
        reviewer=manager,
        assignments=1,
        at=timezone.now() - datetime.timedelta(hours=2),
    )
    record_review(scope=ReviewScope.ALL, note="Alles klopt.", user=manager)
    assert AccessReview.objects.count() == 2


def test_when_it_has_to_be_done_again(manager: User) -> None:
    assert all(due.is_due for due in dues(TODAY))

    def on(day: datetime.date, scope: ReviewScope) -> None:
        at = timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
        AccessReview.objects.create(scope=scope, note="x", reviewer=manager, assignments=1, at=at)

    on(TODAY - datetime.timedelta(days=100), ReviewScope.ALL)
    assert {due.scope: due.is_due for due in dues(TODAY)} == {"all": False, "privileged": True}
    on(TODAY - datetime.timedelta(days=91), ReviewScope.PRIVILEGED)
    assert not any(due.is_due for due in dues(TODAY))
    assert all(due.is_due for due in dues(TODAY + datetime.timedelta(days=265)))


def test_the_functional_manager_is_told_that_it_is_due(desk: Client, manager: User) -> None:
    assert "Controle van de toegang: alle accounts" in text(desk, reverse("work_home"))
    for scope in ReviewScope:
        record_review(scope=scope, note="Alles klopt.", user=manager)
    assert "Controle van de toegang" not in text(desk, reverse("work_home"))


def test_the_heading_says_what_the_page_is_whatever_is_chosen(desk: Client) -> None:
    for asked in ("", "?rol=auditor", "?zoek=niemand-heet-zo"):
        html = desk.get("/beheer/toegang/" + asked).content.decode()
        assert re.findall(r"<h1[^>]*>([^<]*)</h1>", html) == ["Wie heeft toegang"]


# -- giving roles ----------------------------------------------------------------------------------
def test_nobody_gives_a_role_to_himself(desk: Client, manager: User) -> None:
    typed = {"role": "college", "valid_from": str(timezone.localdate())}
    page = desk.post(f"/beheer/accounts/{manager.pk}/rol/", typed).content.decode()
    assert "Een rol voor uzelf geeft een andere functioneel beheerder" in page
    assert manager.role_assignments.count() == 1


def test_a_signatory_needs_a_proof_that_he_may_sign(desk: Client) -> None:
    person = UserFactory.create()
    partner = OrganisationFactory.create()
    address = f"/beheer/accounts/{person.pk}/rol/"
    typed = {
        "role": "signatory",
        "organisation": partner.pk,
        "valid_from": str(timezone.localdate()),
    }
    page = desk.post(address, typed).content.decode()
    assert "Schrijf waaruit blijkt dat deze persoon mag tekenen." in page
    desk.post(address, {**typed, "authority": "Volmacht van 4 mei"})
    assert person.role_assignments.get().authority == "Volmacht van 4 mei"


def test_a_replacement_holds_the_role_of_the_other_for_a_time(desk: Client) -> None:
    absent = UserFactory.create(holds=[Role.CONTRACT_MANAGER], name="Aya Account")
    person = UserFactory.create(name="Vera Vervanger")
    address = f"/beheer/accounts/{person.pk}/rol/"
    today = timezone.localdate()
    typed = {"role": "contract_manager", "valid_from": str(today), "replaces": absent.pk}
    page = desk.post(address, typed).content.decode()
    assert "Kies de laatste dag van de vervanging." in page
    typed["valid_until"] = str(today + datetime.timedelta(days=14))
    page = desk.post(address, {**typed, "role": "college"}).content.decode()
    assert "Aya Account heeft deze rol zelf niet." in page
    desk.post(address, typed)
    held = person.role_assignments.get()
    assert (held.replaces, held.valid_until) == (absent, today + datetime.timedelta(days=14))
    assert "vervangt Aya Account" in text(desk)


def test_a_replacement_is_not_given_for_longer_than_the_role_itself(
    desk: Client, manager: User
) -> None:
    today = timezone.localdate()
    absent = UserFactory.create(holds=[Role.CONTRACT_MANAGER], name="Aya Account")
    RoleAssignment.objects.filter(user=absent).update(valid_until=datetime.date(2099, 3, 31))
    person = UserFactory.create()
    address = f"/beheer/accounts/{person.pk}/rol/"
    typed = {"role": "contract_manager", "valid_from": str(today), "replaces": absent.pk}
    page = desk.post(address, {**typed, "valid_until": "2099-04-01"}).content.decode()
    assert "Aya Account heeft deze rol zelf tot en met 31 maart 2099." in page
    assert not person.role_assignments.exists()
    desk.post(address, {**typed, "valid_until": "2099-03-31"})
    assert person.role_assignments.get().replaces == absent


def test_a_replacement_ends_with_the_role_that_it_replaces(desk: Client, manager: User) -> None:
    today = timezone.localdate()
    absent = UserFactory.create(holds=[Role.CONTRACT_MANAGER], name="Aya Account")
    held = absent.role_assignments.get()
    running, to_come = UserFactory.create(name="Vera Vervanger"), UserFactory.create()
    for person, first in ((running, today), (to_come, today + datetime.timedelta(days=5))):
        actions.give_role(
            person=person,
            role=Role.CONTRACT_MANAGER,
            organisation=None,
            valid_from=first,
            valid_until=today + datetime.timedelta(days=14),
            replaces=absent,
            user=manager,
        )
    address = f"/beheer/accounts/{absent.pk}/rol/{held.pk}/"
    assert "Vera Vervanger vervangt Aya Account tot en met" in text(desk, address)
    desk.post(address, {"last_day": str(today)})
    assert running.role_assignments.get().valid_until == today
    assert not to_come.role_assignments.exists()
    ended = AuditEntry.objects.filter(action="role_ended").order_by("pk")
    assert {entry.target for entry in ended} == {
        actions.page_of(person) for person in (absent, running, to_come)
    }


def test_who_is_replaced_holds_the_role_from_the_first_day_on(desk: Client) -> None:
    today = timezone.localdate()
    absent = UserFactory.create(name="Aya Account")
    first = today + datetime.timedelta(days=5)
    RoleAssignmentFactory.create(user=absent, role=Role.CONTRACT_MANAGER, valid_from=first)
    person = UserFactory.create()
    address = f"/beheer/accounts/{person.pk}/rol/"
    typed = {
        "role": "contract_manager",
        "valid_from": str(today),
        "valid_until": str(first),
        "replaces": absent.pk,
    }
    page = desk.post(address, typed).content.decode()
    assert "nog niet. Laat de vervanging later beginnen." in page
    assert not person.role_assignments.exists()
    desk.post(address, {**typed, "valid_from": str(first)})
    assert person.role_assignments.get().replaces == absent


def test_a_stand_in_alone_is_not_enough_to_manage_the_accounts(manager: User) -> None:
    """Who is replaced closed the account, and the other manager goes: then the time runs out."""
    today = timezone.localdate()
    absent = UserFactory.create(holds=[Role.FUNCTIONAL_MANAGER])
    stand_in = UserFactory.create(name="Vera Vervanger")
    last = datetime.date(today.year + 1, 3, 31)
    RoleAssignmentFactory.create(
        user=stand_in,
        role=Role.FUNCTIONAL_MANAGER,
        replaces=absent,
        valid_until=last,
    )
    other = UserFactory.create(holds=[Role.FUNCTIONAL_MANAGER])
    actions.close_account(person=absent, user=other)
    actions.close_account(person=other, user=stand_in)
    words = f"Vera Vervanger is functioneel beheerder tot en met 31 maart {last.year}"
    with pytest.raises(ValidationError, match=words) as refused:
        actions.close_account(person=manager, user=stand_in)
    assert "Geef eerst iemand die rol zonder dat die een ander vervangt." in str(refused.value)
    with pytest.raises(ValidationError, match=words):
        actions.end_role(assignment=manager.role_assignments.get(), last_day=today, user=stand_in)
    UserFactory.create(holds=[Role.FUNCTIONAL_MANAGER])
    actions.close_account(person=manager, user=stand_in)
    assert not User.objects.get(pk=manager.pk).is_active


def test_somebody_is_left_when_the_stand_in_goes_along(manager: User) -> None:
    """Ending the role of who is replaced ends that of the stand-in: together they were all."""
    today = timezone.localdate()
    absent = UserFactory.create(holds=[Role.FUNCTIONAL_MANAGER])
    RoleAssignmentFactory.create(
        role=Role.FUNCTIONAL_MANAGER,
        replaces=absent,
        valid_until=today + datetime.timedelta(days=14),
    )
    # The command line of an installation, and a manager that is no more.
    RoleAssignment.objects.filter(user=manager).update(valid_until=today - datetime.timedelta(1))
    with pytest.raises(ValidationError, match="Er blijft dan geen functioneel beheerder over"):
        actions.end_role(assignment=absent.role_assignments.get(), last_day=today, user=manager)


def test_nobody_ends_the_own_rights_by_ending_those_of_who_is_replaced(manager: User) -> None:
    other = UserFactory.create(holds=[Role.FUNCTIONAL_MANAGER])
    today = timezone.localdate()
    RoleAssignment.objects.filter(user=manager).update(
        replaces=other, valid_until=today + datetime.timedelta(days=14)
    )
    words = f"omdat u {other} vervangt. Eindigt die rol, dan eindigt ook de uwe"
    with pytest.raises(ValidationError, match=words):
        actions.end_role(assignment=other.role_assignments.get(), last_day=today, user=manager)
    assert other.role_assignments.get().valid_until is None


def test_a_role_at_a_partner_is_not_given_at_a_municipality(desk: Client, manager: User) -> None:
    municipality = OrganisationFactory.create(kind=OrganisationKind.MUNICIPALITY, name="Elders")
    person = UserFactory.create()
    with pytest.raises(ValidationError, match="Elders is een gemeente"):
        actions.give_role(
            person=person,
            role=Role.READER,
            organisation=municipality,
            valid_from=timezone.localdate(),
            valid_until=None,
            user=manager,
        )
    page = text(desk, f"/beheer/accounts/{person.pk}/rol/")
    assert ">Elders</option>" not in page


@pytest.mark.parametrize("wrong", [{"valid_until": None}, {"replaces": "self"}])
def test_the_database_keeps_what_a_replacement_is(wrong: dict[str, object]) -> None:
    person = UserFactory.create(holds=[Role.COLLEGE])
    other = UserFactory.create()
    day = timezone.localdate()
    fields = {"replaces": other, "valid_until": day, **wrong}
    if fields["replaces"] == "self":
        fields["replaces"] = person
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.filter(user=person).update(**fields)


# -- handing over ----------------------------------------------------------------------------------
def test_closing_an_account_says_which_work_nobody_has_then(desk: Client) -> None:
    partner = OrganisationFactory.create(name="Stichting Haven")
    leaver = UserFactory.create(holds=[Role.SIGNATORY, Role.REPORTER], of=partner)
    UserFactory.create(holds=[Role.REPORTER], of=partner)
    UserFactory.create(holds=[Role.SIGNATORY], of=OrganisationFactory.create())
    assert [held.role for held in alone_in(leaver)] == [Role.SIGNATORY]
    page = text(desk, f"/beheer/accounts/{leaver.pk}/sluiten/")
    assert "Draag eerst het werk over." in page
    assert "Tekenbevoegde van een partner bij Stichting Haven" in page
    UserFactory.create(holds=[Role.SIGNATORY], of=partner)
    assert "Draag eerst het werk over." not in text(desk, f"/beheer/accounts/{leaver.pk}/sluiten/")


def test_an_action_without_a_note_is_refused(manager: User) -> None:
    with pytest.raises(ValidationError):
        record_review(scope=ReviewScope.ALL, note=" ", user=manager)


def test_the_command_line_may_give_the_first_role() -> None:
    person = UserFactory.create()
    actions.give_role(
        person=person,
        role=Role.FUNCTIONAL_MANAGER,
        organisation=None,
        valid_from=timezone.localdate(),
        valid_until=None,
        user=None,
    )
    assert person.role_assignments.count() == 1
