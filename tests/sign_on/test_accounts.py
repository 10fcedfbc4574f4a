"""Single sign-on: whose account somebody enters, by what a running provider tells."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.access import roles_of
from accounts.constants import Role
from accounts.models import AuditEntry, Organisation, User
from core.models import OutboxMail
from tests.factories import PASSWORD, UserFactory
from tests.sign_on.running import (
    EMAIL,
    EVA,
    NAME,
    Provider,
    refusals,
    sign_on,
    signed_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.processes]


# --- The first time ----------------------------------------------------------------------------


def test_who_is_new_gets_an_account_without_any_right(client: Client, provider: Provider) -> None:
    answer = sign_on(client)
    person = signed_in(client)
    assert person is not None
    assert (person.email, person.name) == (EMAIL, "Eva Werkt")
    assert not person.has_usable_password()
    assert roles_of(person) == frozenset()
    assert not person.role_assignments.exists()
    assert not person.memberships.exists()
    assert (answer.status_code, answer["Location"]) == (302, "/werk/")
    assert set(AuditEntry.objects.filter(actor=person).values_list("action", flat=True)) == {
        "account_made_at_sign_on",
        "single_sign_on",
    }
    held = SocialAccount.objects.get()
    assert (held.provider, held.uid) == (provider.address, "eva-1")
    # What the provider told is not kept.
    assert held.extra_data == {}


def test_the_second_time_it_is_the_same_account_and_its_name_stays(
    client: Client, provider: Provider
) -> None:
    sign_on(client)
    first = signed_in(client)
    provider.says(user={**EVA, "email": "eva.nieuw@gemeente.nl", "name": "Eva Anders"})
    other = Client()
    sign_on(other)
    assert signed_in(other) == first
    assert first is not None
    first.refresh_from_db()
    assert (first.name, first.email) == ("Eva Werkt", EMAIL)
    assert User.objects.count() == 1


def test_the_manager_sees_who_came_in_and_gives_a_role(
    client: Client, provider: Provider, functional_manager: User
) -> None:
    sign_on(client)
    managing = Client()
    managing.force_login(functional_manager)
    page = managing.get(reverse("account_list"), {"stand": "work_account"})
    assert [person.name for person in page.context["page"]] == ["Eva Werkt"]
    assert "logt in met een werkaccount" in page.content.decode()
    assert "geen rol" in page.content.decode()
    eva = User.objects.get(email=EMAIL)
    managing.post(
        reverse("role_add", args=[eva.pk]),
        {"role": Role.POLICY_OFFICER.value, "valid_from": str(timezone.localdate())},
    )
    assert roles_of(eva) == {Role.POLICY_OFFICER}


def test_the_name_comes_from_its_parts_or_the_address(client: Client, provider: Provider) -> None:
    without = {key: value for key, value in EVA.items() if key != "name"}
    provider.says(user={**without, "given_name": "Eva", "family_name": "Werkt"})
    sign_on(client)
    assert User.objects.get().name == "Eva Werkt"
    provider.says(user={**without, "sub": "eva-2", "email": "eef@gemeente.nl"})
    sign_on(Client())
    assert User.objects.get(email="eef@gemeente.nl").name == "eef@gemeente.nl"


# --- The address -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "told",
    [{"email_verified": False}, {"email_verified": None}, {"email_verified": "false"}, {}],
)
def test_an_address_that_is_not_verified_is_refused(
    client: Client, provider: Provider, told: dict[str, Any]
) -> None:
    without = {key: value for key, value in EVA.items() if key != "email_verified"}
    provider.says(user={**without, **told})
    answer = sign_on(client)
    assert answer.status_code == 403
    assert "Uw e-mailadres is niet gecontroleerd" in answer.content.decode()
    assert (signed_in(client), User.objects.count()) == (None, 0)
    assert refusals() == [("onbekend account", "e-mailadres niet gecontroleerd")]


@pytest.mark.parametrize("word", [True, "true", "1", 1])
def test_entra_vouches_for_the_domain_of_the_address(
    client: Client, provider: Provider, word: Any
) -> None:
    without = {key: value for key, value in EVA.items() if key != "email_verified"}
    provider.says(user={**without, "xms_edov": word})
    sign_on(client)
    assert signed_in(client) is not None


def test_an_account_without_an_address_is_refused(client: Client, provider: Provider) -> None:
    provider.says(user={"sub": "eva-1", "email_verified": True, "name": "Eva"})
    assert "Er is geen e-mailadres doorgegeven" in sign_on(client).content.decode()
    provider.says(user={**EVA, "email": "eva"})
    assert "Er is geen e-mailadres doorgegeven" in sign_on(client).content.decode()
    assert User.objects.count() == 0


def test_the_address_may_come_from_the_second_answer(client: Client, provider: Provider) -> None:
    provider.says(user={"sub": "eva-1"}, info=EVA)
    sign_on(client)
    assert User.objects.get().email == EMAIL


def test_what_vouches_for_an_address_comes_with_that_address(
    client: Client, provider: Provider
) -> None:
    provider.says(
        user={"sub": "eva-1", "email_verified": True},
        info={"sub": "eva-1", "email": "baas@gemeente.nl"},
    )
    assert sign_on(client).status_code == 403
    assert User.objects.count() == 0


def test_a_second_answer_about_somebody_else_is_refused(client: Client, provider: Provider) -> None:
    provider.says(user={"sub": "eva-1"}, info={**EVA, "sub": "baas-1"})
    assert sign_on(client).status_code == 400
    assert User.objects.count() == 0


def test_an_address_from_outside_the_municipality_is_refused(
    client: Client, provider: Provider, municipality: Organisation
) -> None:
    provider.says(user={**EVA, "email": "eva@gast.example"})
    answer = sign_on(client)
    assert answer.status_code == 403
    assert "Dit e-mailadres is niet van de gemeente" in answer.content.decode()
    assert User.objects.count() == 0


# --- An account that was here already ----------------------------------------------------------


def test_the_account_of_staff_is_linked_and_keeps_its_roles_and_name(
    client: Client, provider: Provider, municipality: Organisation
) -> None:
    eva = UserFactory.create(email=EMAIL, name="Eva de Vries", holds=[Role.POLICY_OFFICER])
    provider.says(user={**EVA, "amr": ["pwd", "mfa"]})
    sign_on(client)
    assert signed_in(client) == eva
    eva.refresh_from_db()
    assert eva.name == "Eva de Vries"
    assert eva.check_password(PASSWORD)
    assert AuditEntry.objects.filter(action="work_account_linked", actor=eva).count() == 1
    [mail] = OutboxMail.objects.all()
    assert mail.to == EMAIL
    assert NAME in mail.text
    sign_on(Client())
    assert OutboxMail.objects.count() == 1


def test_without_a_rule_for_addresses_no_account_is_linked(
    client: Client, provider: Provider
) -> None:
    eva = UserFactory.create(email=EMAIL, holds=[Role.POLICY_OFFICER])
    answer = sign_on(client)
    assert answer.status_code == 403
    assert "Uw account is nog niet gekoppeld" in answer.content.decode()
    assert (signed_in(client), SocialAccount.objects.count()) == (None, 0)
    assert refusals() == [
        (f"account {eva.pk}", "niet gekoppeld: geen regel voor e-mailadressen"),
    ]


def test_an_account_with_a_role_at_a_partner_is_never_linked(
    client: Client, provider: Provider, municipality: Organisation, partner: Organisation
) -> None:
    eva = UserFactory.create(email=EMAIL, holds=[Role.COUNCIL_CLERK, Role.READER], of=partner)
    eva.role_assignments.filter(role=Role.READER).update(valid_until="2016-01-01")
    answer = sign_on(client)
    assert answer.status_code == 403
    assert "rol bij een partner" in answer.content.decode()
    assert (signed_in(client), SocialAccount.objects.count()) == (None, 0)


def test_an_account_whose_address_is_not_verified_is_not_linked(
    client: Client, provider: Provider, municipality: Organisation
) -> None:
    UserFactory.create(email=EMAIL, holds=[Role.FUNCTIONAL_MANAGER])
    provider.says(user={**EVA, "email_verified": False})
    assert sign_on(client).status_code == 403
    assert (signed_in(client), SocialAccount.objects.count()) == (None, 0)


def test_another_person_with_the_same_address_does_not_get_the_account(
    client: Client, provider: Provider, municipality: Organisation
) -> None:
    sign_on(client)
    provider.says(user={**EVA, "sub": "een-andere-eva"})
    other = Client()
    answer = sign_on(other)
    assert answer.status_code == 403
    assert "hoort bij een ander werkaccount" in answer.content.decode()
    assert signed_in(other) is None


def test_after_the_manager_let_go_of_it_the_new_account_of_work_is_linked(
    client: Client, provider: Provider, municipality: Organisation, functional_manager: User
) -> None:
    sign_on(client)
    eva = signed_in(client)
    assert eva is not None
    managing = Client()
    managing.force_login(functional_manager)
    address = reverse("work_account_unlink", args=[eva.pk])
    assert "Werkaccount loskoppelen" in managing.get(address).content.decode()
    managing.post(address)
    assert AuditEntry.objects.get(action="work_account_unlinked").actor == functional_manager
    assert "geen gekoppeld werkaccount" in managing.post(address, follow=True).content.decode()
    provider.says(user={**EVA, "sub": "eva-2"})
    other = Client()
    sign_on(other)
    assert signed_in(other) == eva


@pytest.mark.parametrize("is_linked", [True, False])
def test_a_closed_account_stays_closed(
    client: Client, provider: Provider, municipality: Organisation, is_linked: bool
) -> None:
    if is_linked:
        sign_on(client)
        client.post("/account/logout/")
    else:
        UserFactory.create(email=EMAIL, holds=[Role.POLICY_OFFICER])
    User.objects.filter(email=EMAIL).update(is_active=False)
    answer = sign_on(client)
    assert answer.status_code == 403
    assert "Dit account is gesloten" in answer.content.decode()
    eva = User.objects.get(email=EMAIL)
    assert (signed_in(client), eva.is_active) == (None, False)
    assert refusals() == [(f"account {eva.pk}", "account gesloten")]


@pytest.mark.parametrize("demo", [True, False])
def test_an_account_of_the_demonstration_is_never_linked(
    client: Client,
    provider: Provider,
    municipality: Organisation,
    settings: Settings,
    demo: bool,
) -> None:
    settings.DEMO = demo
    UserFactory.create(email=EMAIL, holds=[Role.POLICY_OFFICER], is_demonstration=True)
    answer = sign_on(client)
    assert answer.status_code == 403
    assert "account voor de demonstratie" in answer.content.decode()
    assert (signed_in(client), SocialAccount.objects.count()) == (None, 0)


def test_a_rule_that_came_later_holds_for_who_was_linked_before(
    client: Client, provider: Provider, municipality: Organisation
) -> None:
    sign_on(client)
    Organisation.objects.filter(pk=municipality.pk).update(email_domains="anders.nl")
    other = Client()
    assert sign_on(other).status_code == 403
    assert signed_in(other) is None


def test_the_same_name_at_another_provider_is_another_person(
    client: Client, provider: Provider
) -> None:
    boss = UserFactory.create(email="baas@gemeente.nl", holds=[Role.FUNCTIONAL_MANAGER])
    SocialAccount.objects.create(user=boss, provider="https://vorige.example", uid="eva-1")
    sign_on(client)
    assert signed_in(client) != boss
