"""``make_account`` gives an account to somebody who chooses the password."""

from __future__ import annotations

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.access import roles_of
from accounts.constants import Role
from accounts.models import Membership, Organisation, RoleAssignment, User
from core.models import OutboxMail

pytestmark = pytest.mark.django_db
ADDRESS = "femke@gemeente.example"


def make(*arguments: str, email: str = ADDRESS, name: str = "Femke Beheer") -> str:
    said = StringIO()
    call_command("make_account", email, name, *arguments, stdout=said)
    return said.getvalue()


def test_the_first_user_of_an_installation_chooses_a_password_and_signs_in(client: Client) -> None:
    said = make("--role", "functional_manager", email="Femke@Gemeente.example")
    assert "functioneel beheerder" in said
    user = User.objects.get()
    assert (user.email, user.name) == (ADDRESS, "Femke Beheer")
    assert not user.has_usable_password()
    assert roles_of(user) == {Role.FUNCTIONAL_MANAGER}
    mail = OutboxMail.objects.get()
    assert mail.to == ADDRESS
    assert f"Gemeente {settings.MUNICIPALITY_NAME}" in mail.text
    [link] = [word for word in mail.text.split() if "/reset/key/" in word]
    assert link.startswith(settings.BASE_URL)
    page = client.get(link.removeprefix(settings.BASE_URL), follow=True)
    chosen = "een-lang-en-eigen-wachtwoord"
    client.post(page.redirect_chain[-1][0], {"password1": chosen, "password2": chosen})
    response = client.post("/account/login/", {"login": ADDRESS, "password": chosen})
    assert response.headers["Location"] == "/werk/"


def test_a_role_at_a_partner_is_for_that_partner(partner: Organisation) -> None:
    make("--role", "reporter", "--organisation", partner.slug)
    assert RoleAssignment.objects.get().organisation == partner
    assert Membership.objects.get().organisation == partner


def test_a_signatory_gets_a_proof(partner: Organisation) -> None:
    role = ["--role", "signatory", "--organisation", partner.slug]
    make(*role, "--authority", "Volmacht van 4 mei 2026")
    assert RoleAssignment.objects.get().authority == "Volmacht van 4 mei 2026"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["--role", "signatory", "--organisation", "de-brug"],
            "Schrijf waaruit blijkt dat deze persoon mag tekenen.",
        ),
        (["--role", "king"], "De rol 'king' bestaat niet. Kies uit: functional_manager (funct"),
        (["--role", "reporter"], "hoort bij een organisatie. Noem haar met --organisation."),
        (["--role", "reporter", "--organisation", "weg"], "Er is geen organisatie met de korte"),
        (["--role", "auditor", "--organisation", "de-brug"], "hoort bij geen organisatie."),
    ],
)
def test_a_role_that_cannot_be_is_refused_in_words(
    arguments: list[str], sentence: str, partner: Organisation
) -> None:
    with pytest.raises(CommandError) as refusal:
        make(*arguments)
    assert sentence in str(refusal.value)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("email", "name", "sentence"),
    [
        ("OLGA@voorbeeld.test", "Olga", "Er is al een account met het adres olga@voorbeeld.test."),
        ("geen adres", "Olga", "E-mailadres: Voer een geldig e-mailadres in."),
        ("anja@voorbeeld.test", " ", "Naam: Dit veld kan niet leeg zijn."),
    ],
)
def test_an_address_or_name_that_cannot_be_is_refused_in_words(
    email: str, name: str, sentence: str
) -> None:
    User.objects.create_user("olga@voorbeeld.test", name="Olga")
    with pytest.raises(CommandError) as refusal:
        make("--role", "auditor", email=email, name=name)
    assert str(refusal.value) == f"{sentence} Er is geen account gemaakt."
    assert User.objects.count() == 1
    assert not OutboxMail.objects.exists()
