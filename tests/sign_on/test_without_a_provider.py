"""Single sign-on is all there, or nothing of it is; and its pages are ours."""

from __future__ import annotations

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from accounts import actions
from accounts.constants import Role
from accounts.models import User
from accounts.oidc import ALGORITHMS
from accounts.sign_on_words import TOLD, Reason
from tests.factories import UserFactory
from tests.sign_on.running import BACK, START

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings: Settings) -> None:
    """A provider in the settings, that nobody asks anything."""
    settings.OIDC_SERVER_URL = "http://127.0.0.1:9"
    settings.OIDC_NAME = "uw account van <de gemeente>"


@pytest.mark.parametrize("address", [START, BACK, f"{BACK}?state=x&code=y"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_provider_its_addresses_are_not_there(
    client: Client, address: str, method: str
) -> None:
    assert getattr(client, method)(address).status_code == 404


def test_without_a_provider_nothing_of_it_is_on_the_page(client: Client) -> None:
    page = client.get("/account/login/").content.decode()
    assert START not in page
    assert page.count("<form") == 2
    assert page.count("Inloggen met ") == 1  # a passkey


def test_with_a_provider_there_is_one_calm_button_more(client: Client, provider: None) -> None:
    page = client.get("/account/login/?next=/beheer/agenda/").content.decode()
    assert "Inloggen met uw account van &lt;de gemeente&gt;</button>" in page
    assert f'<form class="account-form" method="post" action="{START}">' in page
    assert page.count("btn-primary") == 1
    assert page.count('name="next" value="/beheer/agenda/"') == 3
    assert page.count("csrfmiddlewaretoken") == 3


def test_going_there_takes_a_form_of_this_site(provider: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(START).status_code == 405
    assert strict.post(START).status_code == 403
    assert strict.post(BACK).status_code == 403
    assert Client().post(BACK).status_code == 405


@pytest.mark.parametrize(
    "address",
    [
        *("/account/3rdparty/", "/account/3rdparty/signup/", "/account/3rdparty/login/error/"),
        *(
            "/account/3rdparty/login/cancelled/",
            "/account/social/signup/",
            "/account/oidc/x/login/",
        ),
        *("/3rdparty/", "/oidc/x/login/", "/oidc/x/login/callback/"),
    ],
)
def test_the_pages_of_the_library_are_not_there(
    client: Client, provider: None, address: str
) -> None:
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


@pytest.mark.parametrize(
    "name", ["socialaccount_signup", "socialaccount_connections", "openid_connect_login"]
)
def test_the_library_has_no_address_of_its_own(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_what_signs_is_a_key_that_only_the_provider_has() -> None:
    assert {name[:2] for name in ALGORITHMS} == {"RS", "PS", "ES"}


def test_every_reason_has_words() -> None:
    assert set(TOLD) == set(Reason)
    for told in TOLD.values():
        text = told.text.format(name="de gemeente")
        assert text.endswith(".")
        assert not set("{}") & set(text + told.title)


def test_who_signs_in_with_an_account_of_work_is_not_invited_again(
    client: Client, functional_manager: User, settings: Settings, provider: None
) -> None:
    person = UserFactory.create(password=None, holds=[Role.POLICY_OFFICER])
    SocialAccount.objects.create(user=person, provider="http://127.0.0.1:9", uid="eva-1")
    client.force_login(functional_manager)
    address = reverse("account_manage", args=[person.pk])
    assert "Stuur de uitnodiging opnieuw" not in client.get(address).content.decode()
    with pytest.raises(ValidationError, match="logt in met een werkaccount"):
        actions.invite_again(person=person, user=functional_manager)
    # Without a provider there is no other way in.
    settings.OIDC_SERVER_URL = ""
    assert "Stuur de uitnodiging opnieuw" in client.get(address).content.decode()
    actions.invite_again(person=person, user=functional_manager)


def test_who_has_no_account_of_work_can_be_invited_again(
    client: Client, functional_manager: User, provider: None
) -> None:
    person = UserFactory.create(password=None)
    client.force_login(functional_manager)
    page = client.get(reverse("account_manage", args=[person.pk])).content.decode()
    assert "Stuur de uitnodiging opnieuw" in page
    assert "Werkaccount loskoppelen" not in page


def test_who_signs_in_so_is_no_invited_person_and_lacks_no_second_step(
    client: Client, functional_manager: User
) -> None:
    person = UserFactory.create(password=None, second_step=False)
    SocialAccount.objects.create(user=person, provider="https://x.example", uid="eva-1")
    client.force_login(functional_manager)
    for state, found in (("invited", []), ("no_second_step", []), ("work_account", [person])):
        page = client.get(reverse("account_list"), {"stand": state})
        assert list(page.context["page"]) == found


def test_with_a_name_the_account_of_work_goes(functional_manager: User) -> None:
    person = UserFactory.create(is_active=False)
    SocialAccount.objects.create(user=person, provider="https://x.example", uid="eva-1")
    actions.remove_name(person=person, user=functional_manager)
    assert not SocialAccount.objects.exists()
