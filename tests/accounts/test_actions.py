"""Giving and ending accounts and roles: what happens, what is refused, what the trail keeps."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import actions, trail
from accounts.access import roles_of
from accounts.constants import Role
from accounts.models import AuditEntry, Membership, Organisation, RoleAssignment, User
from core.constants import MailState
from core.models import OutboxMail
from tests.factories import PASSWORD, UserFactory
from tests.second_step import sign_in

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def today() -> datetime.date:
    return timezone.localdate()


@pytest.fixture
def second_manager(db: None) -> User:
    return UserFactory.create(name="Ferdi Beheer", holds=[Role.FUNCTIONAL_MANAGER])


def given(person: User, user: User, role: Role = Role.COLLEGE, **fields: object) -> RoleAssignment:
    told = {"organisation": None, "valid_from": timezone.localdate(), "valid_until": None}
    return actions.give_role(person=person, role=role, user=user, **{**told, **fields})  # type: ignore[arg-type]


def test_a_role_works_from_its_first_day(
    functional_manager: User, outsider: User, today: datetime.date
) -> None:
    given(outsider, functional_manager, valid_from=today + DAY)
    assert roles_of(outsider) == frozenset()
    given(outsider, functional_manager, Role.COUNCIL_MEMBER)
    assert roles_of(outsider) == {Role.COUNCIL_MEMBER}


def test_a_role_at_a_partner_makes_a_member_and_its_end_unmakes_one(
    functional_manager: User, outsider: User, partner: Organisation, today: datetime.date
) -> None:
    role = given(outsider, functional_manager, Role.REPORTER, organisation=partner)
    other = given(outsider, functional_manager, Role.READER, organisation=partner)
    actions.end_role(assignment=role, last_day=today, user=functional_manager)
    assert Membership.objects.get().valid_until is None
    actions.end_role(assignment=other, last_day=today, user=functional_manager)
    assert Membership.objects.get().valid_until == today


def test_a_role_that_is_taken_away_at_once_works_no_longer(
    functional_manager: User, officer: User, today: datetime.date
) -> None:
    held = RoleAssignment.objects.get(user=officer)
    actions.end_role(assignment=held, last_day=today - DAY, user=functional_manager)
    assert roles_of(officer) == frozenset()
    assert RoleAssignment.objects.get(user=officer).valid_until == today - DAY


def test_a_role_of_today_that_is_taken_away_at_once_is_gone_and_kept_in_the_trail(
    functional_manager: User, outsider: User, partner: Organisation, today: datetime.date
) -> None:
    role = given(
        outsider, functional_manager, Role.SIGNATORY, organisation=partner, authority="Volmacht"
    )
    actions.end_role(assignment=role, last_day=today - DAY, user=functional_manager)
    assert not RoleAssignment.objects.filter(user=outsider).exists()
    assert not Membership.objects.exists()
    ended = AuditEntry.objects.get(action="role_ended")
    assert ended.details["rol"] == "tekenbevoegde van een partner"
    assert ended.details["organisatie"] == partner.slug


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"valid_from": -1}, "vandaag of later"),
        ({"role": Role.REPORTER}, "hoort bij één organisatie"),
        ({"role": Role.POLICY_OFFICER}, "al gegeven"),
        ({"role": Role.POLICY_OFFICER, "valid_from": 30}, "al gegeven"),
        ({"valid_from": 2, "valid_until": 1}, "einddatum ligt voor de begindatum"),
    ],
)
def test_what_cannot_be_given_is_refused_and_nothing_changes(
    functional_manager: User,
    officer: User,
    today: datetime.date,
    change: dict[str, object],
    message: str,
) -> None:
    fields = {
        name: today + value * DAY if isinstance(value, int) else value
        for name, value in change.items()
    }
    with pytest.raises(ValidationError, match=message):
        given(officer, functional_manager, **fields)  # type: ignore[arg-type]
    assert RoleAssignment.objects.filter(user=officer).count() == 1
    assert not AuditEntry.objects.exists()


def test_a_closed_account_gets_no_role(functional_manager: User, officer: User) -> None:
    actions.close_account(person=officer, user=functional_manager)
    officer.refresh_from_db()
    with pytest.raises(ValidationError, match="gesloten"):
        given(officer, functional_manager)


@pytest.mark.parametrize(
    ("shift", "message"), [(-2, "niet verder terug"), (40, "eindigt al eerder")]
)
def test_a_last_day_must_make_sense(
    functional_manager: User, outsider: User, today: datetime.date, shift: int, message: str
) -> None:
    held = given(outsider, functional_manager, valid_until=today + 30 * DAY)
    with pytest.raises(ValidationError, match=message):
        actions.end_role(assignment=held, last_day=today + shift * DAY, user=functional_manager)


def test_a_role_that_somebody_else_changed_meanwhile_is_left_alone(
    functional_manager: User, officer: User, today: datetime.date
) -> None:
    stale = RoleAssignment.objects.get(user=officer)
    RoleAssignment.objects.filter(pk=stale.pk).update(valid_until=today + 9 * DAY)
    with pytest.raises(ValidationError, match="Iemand anders"):
        actions.end_role(assignment=stale, last_day=today, user=functional_manager)
    stale.refresh_from_db()
    assert stale.valid_until == today + 9 * DAY


def test_who_left_is_signed_out_and_cannot_sign_in(
    client: Client, functional_manager: User, officer: User
) -> None:
    client.force_login(officer)
    assert client.get(reverse("agenda_manage_list")).status_code == 200
    actions.close_account(person=officer, user=functional_manager)
    assert client.get(reverse("agenda_manage_list")).status_code == 302
    sign_in(client, officer, PASSWORD)
    assert client.get(reverse("agenda_manage_list")).status_code == 302
    actions.open_account(person=officer, user=functional_manager)
    sign_in(client, officer, PASSWORD)
    assert client.get(reverse("agenda_manage_list")).status_code == 200


def test_nobody_closes_the_own_account(functional_manager: User, second_manager: User) -> None:
    with pytest.raises(ValidationError, match="niet bij uzelf"):
        actions.close_account(person=functional_manager, user=functional_manager)


def test_somebody_stays_who_can_give_roles(
    functional_manager: User, second_manager: User, today: datetime.date
) -> None:
    actions.close_account(person=second_manager, user=functional_manager)
    with pytest.raises(ValidationError, match="geen functioneel beheerder over"):
        actions.close_account(person=functional_manager, user=second_manager)
    with pytest.raises(ValidationError, match="geen functioneel beheerder over"):
        actions.end_role(
            assignment=RoleAssignment.objects.get(user=functional_manager),
            last_day=today,
            user=second_manager,
        )
    assert roles_of(functional_manager) == {Role.FUNCTIONAL_MANAGER}


@pytest.mark.parametrize("step", [actions.close_account, actions.open_account])
def test_a_second_click_changes_nothing(
    functional_manager: User, officer: User, step: Callable[..., None]
) -> None:
    User.objects.filter(pk=officer.pk).update(is_active=step is actions.close_account)
    step(person=officer, user=functional_manager)
    with pytest.raises(ValidationError, match=r"al gesloten|al open"):
        step(person=officer, user=functional_manager)
    assert AuditEntry.objects.count() == 1


def test_a_new_invitation_goes_to_who_has_no_password_yet(functional_manager: User) -> None:
    person = actions.give_account(
        email="nieuw@voorbeeld.test", name="Nina Nieuw", role=Role.COLLEGE, user=functional_manager
    )
    with pytest.raises(ValidationError, match="net al een uitnodiging"):
        actions.invite_again(person=person, user=functional_manager)
    long_ago = timezone.now() - actions.INVITED_LATELY
    User.objects.filter(pk=person.pk).update(invited_at=long_ago)
    actions.invite_again(person=person, user=functional_manager)
    with pytest.raises(ValidationError, match="net al een uitnodiging"):  # a second click
        actions.invite_again(person=person, user=functional_manager)
    assert OutboxMail.objects.filter(to=person.email).count() == 2
    with pytest.raises(ValidationError, match="koos al een wachtwoord"):
        actions.invite_again(person=functional_manager, user=functional_manager)


def test_the_name_of_a_leaver_goes_and_the_trail_stays_whole(
    functional_manager: User, officer: User
) -> None:
    trail.record("agenda_edit", actor=officer)
    for state in (MailState.SENT, MailState.QUEUED):
        OutboxMail.objects.create(
            key=state,
            to=officer.email,
            subject="x",
            text="Dag Olga",
            state=state,
            sent_at=timezone.now() if state == MailState.SENT else None,
        )
    with pytest.raises(ValidationError, match="Sluit het account eerst"):
        actions.remove_name(person=officer, user=functional_manager)
    actions.close_account(person=officer, user=functional_manager)
    actions.remove_name(person=officer, user=functional_manager)
    trail.link_entries()
    officer.refresh_from_db()
    assert "Olga" not in officer.name
    assert officer.email.endswith("@verwijderd.invalid")
    [mail] = OutboxMail.objects.all()
    assert (mail.state, mail.to, mail.text) == (MailState.SENT, officer.email, "")
    assert trail.verify().problems == ()
    with pytest.raises(ValidationError, match="Maak een nieuw account"):
        actions.open_account(person=officer, user=functional_manager)


def test_each_step_is_in_the_trail_with_who_did_it(functional_manager: User) -> None:
    person = actions.give_account(
        email="nieuw@voorbeeld.test", name="Nina Nieuw", role=Role.COLLEGE, user=functional_manager
    )
    actions.close_account(person=person, user=functional_manager)
    entries = AuditEntry.objects.order_by("pk")
    assert [entry.action for entry in entries] == ["account_given", "role_given", "account_closed"]
    assert {entry.actor for entry in entries} == {functional_manager}
    assert {entry.target for entry in entries} == {reverse("account_manage", args=[person.pk])}


def test_who_left_and_came_back_signs_in_anew(
    client: Client, functional_manager: User, officer: User
) -> None:
    client.force_login(officer)
    actions.close_account(person=officer, user=functional_manager)
    officer.refresh_from_db()
    actions.open_account(person=officer, user=functional_manager)
    assert client.get("/werk/").status_code == 302
