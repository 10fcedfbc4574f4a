"""What others can try against somebody who is signed in, or against the sign-in itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.test import Client, override_settings
from django.urls import reverse

from accounts.constants import Role
from accounts.models import User
from core.models import OutboxMail
from tests.edge.reading import is_here
from tests.factories import PASSWORD, OrganisationFactory, UserFactory
from tests.reporting.cycle import cycle
from tests.routes import Route, routes
from tests.second_step import CODE_PAGE, code_for

pytestmark = pytest.mark.django_db

ELSEWHERE = (
    "https://elders.example/",
    "//elders.example/",
    "///elders.example/",
    "/\\elders.example/",
    "\\\\elders.example",
    "https:elders.example",
    "https:///elders.example",
    "javascript:alert(1)",
    " //elders.example",
    "\t//elders.example",
    "/%09/elders.example",
    "http://localhost@elders.example/",
)


def sign_in(client: Client, user: User, **more: str) -> Any:
    """Both steps of signing in; the answer to the second, which leads on."""
    typed = {"login": user.email, "password": PASSWORD, **more}
    first = client.post(reverse("account_login"), typed)
    assert first["Location"].startswith(CODE_PAGE)
    for steps in (-1, 0, 1):  # a code works once
        answer = client.post(first["Location"], {"code": code_for(user, steps), **more})
        if answer.status_code == 302:
            return answer
    raise AssertionError(f"No code of {user} works.")


# -- session fixation ------------------------------------------------------------------------------
def test_a_session_that_was_planted_is_not_that_of_who_signs_in(client: Client) -> None:
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = str(session.session_key)
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert sign_in(client, UserFactory.create()).status_code == 302
    assert client.session.session_key != planted
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert SESSION_KEY not in thief.session


def test_a_session_key_of_nobody_is_not_taken_over(client: Client) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    sign_in(client, UserFactory.create())
    assert client.session.session_key != "a" * 32


def test_after_signing_out_the_old_session_opens_nothing(client: Client) -> None:
    sign_in(client, UserFactory.create())
    held = str(client.session.session_key)
    client.post(reverse("account_logout"))
    assert client.session.session_key != held
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = held
    assert thief.get(reverse("work_home")).status_code == 302


def test_the_token_of_forms_changes_at_sign_in(client: Client) -> None:
    client.get(reverse("account_login"))
    before = client.cookies[settings.CSRF_COOKIE_NAME].value
    sign_in(client, UserFactory.create())
    assert client.cookies[settings.CSRF_COOKIE_NAME].value != before


def test_a_new_password_ends_the_sessions_elsewhere(client: Client) -> None:
    user = UserFactory.create()
    elsewhere = Client()
    for browser in (client, elsewhere):
        sign_in(browser, user)
    new = "een-heel-andere-lange-zin"
    changed = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert changed.status_code == 302
    assert elsewhere.get(reverse("work_home")).status_code == 302


# -- forms from elsewhere --------------------------------------------------------------------------
SAMPLES = {"edition": "2018", "year": 2018, "year2": 2018, "variant": "full", "word": "thema"}
SAMPLES |= {"uidb36": "1", "key": "x-y"}
SAMPLES |= {"by": "partner"}


def address_of(route: Route) -> str:
    """An address of this route; nothing has to be there."""
    numbers = {"pk", "number", "kpi", "file", "role", "first", "second", "finding"}
    numbers |= {"step", "point", "letter", "invitation", "part"}
    names = route.arguments
    return reverse(
        route.name,
        kwargs={name: SAMPLES.get(name, 1 if name in numbers else "x") for name in names},
    )


def test_no_view_goes_without_the_token() -> None:
    assert [route.name for route in routes() if getattr(route.view, "csrf_exempt", False)] == []


@pytest.mark.parametrize("name", sorted({route.name for route in routes()}))
def test_a_form_without_token_is_refused_at_every_address(name: str) -> None:
    route = next(route for route in routes() if route.name == name)
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory.create(holds=[Role.FUNCTIONAL_MANAGER]))
    answer = client.post(address_of(route), {"a": "b"})
    assert answer.status_code == 403
    assert "Dit formulier is verlopen" in answer.content.decode()


@pytest.mark.parametrize(
    "origin", ["https://elders.example", "null", "http://localhost.elders.example"]
)
def test_a_form_with_a_token_from_another_site_is_refused(origin: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get(reverse("account_login"))
    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    sent = {"csrfmiddlewaretoken": token, "login": "a@voorbeeld.test", "password": "x"}
    assert client.post(reverse("account_login"), sent).status_code == 200
    assert (
        client.post(reverse("account_login"), sent, headers={"origin": origin}).status_code == 403
    )


# -- led away --------------------------------------------------------------------------------------
@pytest.mark.parametrize("following", ELSEWHERE)
def test_no_way_in_or_out_leads_to_another_site(following: str) -> None:
    user, client = UserFactory.create(), Client()
    for name in ("next", "volgende", "verder"):
        assert is_here(sign_in(client, user, **{name: following})["Location"])
        again = client.get(reverse("account_login"), {name: following})
        assert is_here(again["Location"])
        out = client.post(f"{reverse('account_logout')}?{name}=x", {name: following})
        assert is_here(out["Location"])


def test_a_way_to_a_page_of_this_site_is_followed() -> None:
    answer = sign_in(Client(), UserFactory.create(), next="/portaal/")
    assert answer["Location"] == "/portaal/"


@pytest.mark.parametrize("following", [*ELSEWHERE, "/werk/", "/portaal//elders.example"])
def test_a_saved_section_leads_to_a_page_of_the_portal(following: str) -> None:
    held = cycle(1)
    client = Client()
    client.force_login(held.reporter)
    address = reverse("report_edit", args=[held.report.pk, "trends"])
    answer = client.post(address, {"trends-text": "Tekst", "verder": following})
    assert answer["Location"] == address


# -- more than a form asks -------------------------------------------------------------------------
def test_rights_are_not_given_by_fields_that_a_form_does_not_have() -> None:
    manager = UserFactory.create(holds=[Role.FUNCTIONAL_MANAGER])
    other = OrganisationFactory.create()
    client = Client()
    client.force_login(manager)
    more = {
        "is_superuser": "on",
        "is_staff": "on",
        "is_active": "",
        "password": "x",
        "pk": "1",
        "id": str(manager.pk),
        "user": str(manager.pk),
        "person": str(manager.pk),
        "roles": Role.FUNCTIONAL_MANAGER.value,
        "memberships": str(other.pk),
        "invited_at": "2001-01-01",
        "created_at": "2001-01-01",
        "valid_from": "2001-01-01",
    }
    sent = {"email": "nieuw@voorbeeld.test", "name": "Nieuw", "role": Role.AUDITOR.value, **more}
    assert client.post(reverse("account_add"), sent).status_code == 302
    made = User.objects.get(email="nieuw@voorbeeld.test")
    assert made.is_active
    assert not made.has_usable_password()
    assert made.created_at.year > 2001
    given = made.role_assignments.get()
    assert given.role == Role.AUDITOR
    assert given.valid_from.year > 2001
    assert not made.memberships.exists()
    assert manager.role_assignments.count() == 1


def test_a_report_takes_no_state_organisation_or_author_from_its_form() -> None:
    held, other = cycle(1), OrganisationFactory.create()
    client = Client()
    client.force_login(held.reporter)
    before = {name: getattr(held.report, name) for name in ("status", "due_on", "contract_id")}
    address = reverse("report_autosave", args=[held.report.pk])
    more = {"status": "accepted", "contract": "1", "organisation": str(other.pk), "due_on": "2099"}
    for name, value in more.items():
        assert client.post(address, {name: value}).status_code == 409
    answer = client.post(address, {"trends-text": "Tekst", "revisions": "{}"})
    assert answer.status_code == 200
    held.report.refresh_from_db()
    assert {name: getattr(held.report, name) for name in before} == before
    assert held.report.answers.get().edited_by == held.reporter


# -- another host name -----------------------------------------------------------------------------
FORGED = (
    {"host": "elders.example"},
    {"x-forwarded-host": "elders.example"},
    {"forwarded": "host=elders.example"},
    {"x-original-host": "elders.example", "x-host": "elders.example"},
)


@override_settings(ALLOWED_HOSTS=["testserver", "elders.example"])
@pytest.mark.parametrize("headers", FORGED)
def test_a_mail_leads_to_this_site_whatever_host_was_asked(headers: dict[str, str]) -> None:
    user = UserFactory.create()
    Client().post(reverse("account_reset_password"), {"email": user.email}, headers=headers)
    mail = OutboxMail.objects.get()
    assert f"{settings.BASE_URL}/account/password/reset/key/" in mail.text
    assert "elders.example" not in mail.text + mail.subject
    assert "testserver" not in mail.text


@pytest.mark.parametrize("headers", FORGED)
def test_no_answer_leads_to_a_forged_host(headers: dict[str, str]) -> None:
    for address in ("/werk/", "/agenda", "/favicon.ico", "/", "/.well-known/security.txt"):
        answer = Client().get(address, headers=headers)
        assert "elders.example" not in answer.get("Location", "") + answer.content.decode()


def test_a_host_that_is_not_ours_is_not_answered() -> None:
    assert Client().get("/", headers={"host": "elders.example"}).status_code == 400
