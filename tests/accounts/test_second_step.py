"""An authenticator app and recovery codes: set up, used, taken away, and told."""

from __future__ import annotations

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.constants import AuditResult
from accounts.models import AuditEntry, User
from accounts.second_step import UnreadableSecret, factors_of, seal, unseal
from core.models import OutboxMail
from tests.second_step import CODE_PAGE, code_for, code_of, give_app, secret_on
from tests.soft_key import SoftKey

pytestmark = pytest.mark.django_db
PASSWORD = "lang-genoeg-wachtwoord"
ADD_KEY = "/account/2fa/webauthn/add/"


@pytest.fixture
def user() -> User:
    return User.objects.create_user("anja@example.nl", PASSWORD, name="Anja")


@pytest.fixture(autouse=True)
def _commit_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows a commit follows at once: here the transaction of the test never ends."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda do, **kwargs: do())


@pytest.fixture
def browser(client: Client, user: User) -> Client:
    """Signed in with the password, a moment ago."""
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    return client


def told() -> list[tuple[str, dict[str, object]]]:
    entries = AuditEntry.objects.exclude(action__in=("sign_in", "sign_out")).order_by("pk")
    return [(entry.action, entry.details) for entry in entries]


def set_up_app(browser: Client) -> str:
    secret = secret_on(browser)
    answer = browser.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    return secret


def password_step(client: Client, user: User) -> str:
    client.post("/account/logout/")
    answer = client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    return answer.headers["Location"]


def test_the_code_that_set_an_app_up_opens_nothing_any_more(browser: Client, user: User) -> None:
    secret = set_up_app(browser)
    assert password_step(browser, user) == CODE_PAGE
    again = browser.post(CODE_PAGE, {"code": code_of(secret)})
    assert again.status_code == 200
    assert browser.post(CODE_PAGE, {"code": code_of(secret, 1)}).status_code == 302


def test_an_app_is_set_up_with_its_code_and_recovery_codes_follow(
    browser: Client, user: User
) -> None:
    set_up_app(browser)
    assert [factor.type for factor in factors_of(user)] == ["totp"]
    html = browser.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert html.count("<li>") >= 10
    file = browser.get(reverse("mfa_download_recovery_codes"))
    assert 'filename="herstelcodes.txt"' in file.headers["Content-Disposition"]
    assert told()[:2] == [
        ("factor_added", {"soort": "authenticator-app"}),
        ("factor_added", {"soort": "herstelcodes"}),
    ]
    assert [mail.subject for mail in OutboxMail.objects.all()] == [
        "Uw account: authenticator-app ingesteld"
    ]


def test_a_wrong_code_sets_up_nothing_and_keeps_the_same_key(browser: Client, user: User) -> None:
    secret = secret_on(browser)
    html = browser.post("/account/2fa/totp/activate/", {"code": "000"}).content.decode()
    assert "Deze code klopt niet" in html
    assert secret in html
    assert not factors_of(user).exists()


def test_the_secret_of_an_app_is_not_stored_as_it_is(browser: Client, user: User) -> None:
    secret = set_up_app(browser)
    for held in Authenticator.objects.filter(user=user):
        assert secret not in str(held.data)
    [app] = factors_of(user)
    assert unseal(app.data["secret"]) == secret
    codes = Authenticator.objects.get(user=user, type="recovery_codes")
    assert len(unseal(codes.data["seed"])) == 80


def test_a_former_key_still_reads_and_a_missing_one_is_named(settings: Settings) -> None:
    settings.SECOND_FACTOR_KEYS = ["k" * 40]
    sealed = seal("geheim")
    settings.SECOND_FACTOR_KEYS = ["n" * 40, "k" * 40]
    assert unseal(sealed) == "geheim"
    settings.SECOND_FACTOR_KEYS = ["n" * 40]
    with pytest.raises(UnreadableSecret, match="SECOND_FACTOR_KEYS"):
        unseal(sealed)


def test_a_former_key_can_go_once_all_is_sealed_anew(
    browser: Client, user: User, settings: Settings
) -> None:
    settings.SECOND_FACTOR_KEYS = ["k" * 40]
    secret = set_up_app(browser)
    settings.SECOND_FACTOR_KEYS = ["n" * 40, "k" * 40]
    call_command("reseal_second_step", verbosity=0, stdout=StringIO())
    settings.SECOND_FACTOR_KEYS = ["n" * 40]
    [app] = factors_of(user)
    assert unseal(app.data["secret"]) == secret
    assert unseal(Authenticator.objects.get(user=user, type="recovery_codes").data["seed"])


def test_sealing_anew_without_the_former_key_changes_nothing(
    browser: Client, user: User, settings: Settings
) -> None:
    settings.SECOND_FACTOR_KEYS = ["k" * 40]
    set_up_app(browser)
    before = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
    settings.SECOND_FACTOR_KEYS = ["n" * 40]
    with pytest.raises(UnreadableSecret):
        call_command("reseal_second_step")
    assert list(Authenticator.objects.order_by("pk").values_list("data", flat=True)) == before


def test_signing_in_asks_for_the_code_after_the_password(client: Client, user: User) -> None:
    give_app(user)
    assert password_step(client, user) == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    html = client.get(reverse("mfa_authenticate")).content.decode()
    assert html.count("<h1") == 1
    assert html.count("btn-primary") == 1
    answer = client.post(reverse("mfa_authenticate"), {"code": code_for(user)})
    assert answer.headers["Location"] == "/werk/"
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_off(client: Client, user: User, steps: int) -> None:
    give_app(user)
    password_step(client, user)
    client.post(reverse("mfa_authenticate"), {"code": code_for(user, steps)})
    assert client.session.get("_auth_user_id") == str(user.pk)


def test_a_code_works_once_also_while_its_neighbour_is_valid(client: Client, user: User) -> None:
    give_app(user)
    spent = code_for(user, steps=1)
    password_step(client, user)
    client.post(reverse("mfa_authenticate"), {"code": spent})
    password_step(client, user)
    # allauth itself forgets a spent code after half a minute; this one counts for three of them.
    cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code={spent}")
    html = client.post(reverse("mfa_authenticate"), {"code": f"{spent[:3]} {spent[3:]}"})
    assert "is al gebruikt" in html.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_wrong_code_is_recorded_as_refused_and_the_sixth_is_slowed_down(
    client: Client, user: User
) -> None:
    give_app(user)
    password_step(client, user)
    answers = [client.post(reverse("mfa_authenticate"), {"code": "1"}) for _time in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    refused = AuditEntry.objects.filter(action="second_step")
    assert {(entry.actor, entry.target, entry.result) for entry in refused} == {
        (None, f"account {user.pk}", AuditResult.REFUSED)
    }


def test_a_recovery_code_signs_in_once_and_its_owner_hears_of_it(
    browser: Client, user: User
) -> None:
    set_up_app(browser)
    code = browser.get(reverse("mfa_download_recovery_codes")).content.decode().split()[-1]
    OutboxMail.objects.all().delete()
    password_step(browser, user)
    browser.post(reverse("mfa_authenticate"), {"code": code})
    assert browser.session["_auth_user_id"] == str(user.pk)
    assert ("recovery_code_used", {"over": 9}) in told()
    [mail] = OutboxMail.objects.all()
    assert mail.subject == "Uw account: een herstelcode is gebruikt"
    assert "U hebt er nog 9." in mail.text
    password_step(browser, user)
    browser.post(reverse("mfa_authenticate"), {"code": code})
    assert "_auth_user_id" not in browser.session


def test_new_recovery_codes_replace_the_old(browser: Client, user: User) -> None:
    set_up_app(browser)
    before = browser.get(reverse("mfa_download_recovery_codes")).content
    browser.post(reverse("mfa_generate_recovery_codes"))
    assert browser.get(reverse("mfa_download_recovery_codes")).content != before
    assert ("recovery_codes_renewed", {}) in told()


def test_the_only_second_step_cannot_be_taken_away(browser: Client, user: User) -> None:
    set_up_app(browser)
    html = browser.get(reverse("mfa_deactivate_totp")).content.decode()
    assert "Dit is uw enige tweede stap" in html
    browser.post(reverse("mfa_deactivate_totp"))
    assert factors_of(user).count() == 1


def test_an_app_can_go_once_there_is_a_key(browser: Client, user: User) -> None:
    set_up_app(browser)
    key = SoftKey()
    asked = browser.get(ADD_KEY).context["js_data"]
    browser.post(ADD_KEY, {"name": "Sleutelbos", "credential": key.register(asked)})
    browser.post(reverse("mfa_deactivate_totp"))
    assert [factor.type for factor in factors_of(user)] == ["webauthn"]
    assert ("factor_removed", {"soort": "authenticator-app"}) in told()
    assert "Uw account: authenticator-app weggehaald" in [
        mail.subject for mail in OutboxMail.objects.all()
    ]


def test_who_signed_in_long_ago_is_asked_once_more_before_a_change(
    client: Client, user: User
) -> None:
    give_app(user)
    client.force_login(user)
    answer = client.get(reverse("mfa_generate_recovery_codes"))
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    html = client.get(answer.headers["Location"]).content.decode()
    assert "Gebruik een code" in html


@pytest.mark.parametrize(
    "name",
    [
        *("mfa_index", "mfa_activate_totp", "mfa_add_webauthn"),
        "mfa_generate_recovery_codes",
    ],
)
def test_a_page_of_the_second_step_wears_the_look(browser: Client, name: str) -> None:
    html = browser.get(reverse(name)).content.decode()
    assert 'class="bar"' in html
    assert html.count("<h1") == 1
    assert '<html lang="nl">' in html
