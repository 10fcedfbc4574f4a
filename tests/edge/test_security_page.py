"""docs/beveiliging.md: nothing claimed that is not there, and no personal data left out."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from accounts.constants import Role
from accounts.models import User
from tests.factories import PASSWORD, UserFactory
from tests.ops.tables import ROOT, rows, settings_variables
from tests.ops.test_requirements_table import missing_test, named

PAGE = ROOT / "docs" / "beveiliging.md"
TEXT = PAGE.read_text()
MEASURES = rows(PAGE, "BIO2")
STATUSES = {"ja", "deels", "nog niet"}
# The last control of each chapter of ISO 27002:2022.
LAST = {5: 37, 6: 8, 7: 14, 8: 34}


def problems_of(row: list[str]) -> list[str]:
    """What is wrong with one measure; nothing when it is right."""
    if len(row) != 4:
        return [f"four columns, not {len(row)}"]
    number, measure, tests, status = row
    names = named(tests)
    found = [problem for name in names if (problem := missing_test(name))]
    chapter, _, control = number.partition(".")
    if not (control.isdecimal() and 1 <= int(control) <= LAST.get(int(chapter), 0)):
        found.append(f"no such control: {number}")
    if not measure.endswith("."):
        found.append("a measure is a sentence")
    if status not in STATUSES:
        found.append(f"no such status: {status}")
    if status == "nog niet" and names:
        found.append("is not there yet, and has a test")
    if status in {"ja", "deels"} and not names:
        found.append("is said to be there, and no test proves it")
    return found


def test_every_measure_names_the_tests_that_prove_it() -> None:
    assert [f"{row[0]}: {each}" for row in MEASURES for each in problems_of(row)] == []
    order = [tuple(int(part) for part in row[0].split(".")) for row in MEASURES]
    assert order == sorted(order)


THIS = "`tests/edge/test_security_page.py::test_a_false_row_would_be_found`"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["8.5", "Zo is het.", THIS, "ja"], None),
        (["8.5", "Zo is het.", "–", "nog niet"], None),
        (["8.35", "Zo is het.", THIS, "ja"], "no such control"),
        (["9.1", "Zo is het.", THIS, "ja"], "no such control"),
        (["8.5", "Zo is het.", "–", "ja"], "no test proves it"),
        (["8.5", "Zo is het.", "`tests/edge/test_walk.py::test_x`", "ja"], "no such test"),
        (["8.5", "Zo is het.", THIS, "nog niet"], "has a test"),
        (["8.5", "Zo is het.", THIS, "bijna"], "no such status"),
        (["8.5", "Zo is het", THIS, "ja"], "a sentence"),
        (["8.5", "Zo is het.", THIS], "four columns"),
    ],
)
def test_a_false_row_would_be_found(row: list[str], problem: str | None) -> None:
    found = problems_of(row)
    assert len(found) == (problem is not None)
    assert problem is None or problem in found[0]


def test_every_page_setting_and_command_that_it_names_exists() -> None:
    words = re.findall(r"`([^`]+)`", TEXT)
    pages = [word for word in words if word.startswith("/")]
    assert "/beheer/logboek/" in pages
    for page in pages:
        try:
            resolve(page)
        except Resolver404:
            pytest.fail(f"no such page: {page}")
    known = {variable.name for variable in settings_variables()}
    named_here = {word for word in words if re.fullmatch(r"[A-Z][A-Z_]{3,}", word)}
    assert "SECURITY_CONTACT" in named_here
    assert named_here - known == set()
    commands = {word.removeprefix("manage.py ") for word in words if word.startswith("manage.py ")}
    assert "verify_audit" in commands
    assert commands - get_commands().keys() == set()
    targets = {word.removeprefix("make ") for word in words if word.startswith("make ")}
    made = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert "sbom" in targets
    assert targets - made == set()


def test_every_role_is_in_it_in_the_order_of_the_code() -> None:
    assert [row[0] for row in rows(PAGE, "rol")] == [role.label for role in Role]


def test_every_app_that_keeps_who_did_something_is_in_the_personal_data() -> None:
    told = {app for row in rows(PAGE, "gegevens") for app in re.findall(r"`(\w+)`", row[2])}
    ours = {path.parent.name for path in ROOT.glob("*/apps.py")}
    keeping = {
        model._meta.app_label
        for model in apps.get_models()
        if model is User or any(field.related_model is User for field in model._meta.fields)
    }
    assert (keeping & ours) - told == set()
    assert told - ours == {"sessions"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "weak",
    [
        *("kort", "elf-tekens!", "wachtwoord12", "qwerty123456", "Willemijntje"),
        *("aaaaaaaaaaaaaaaa", "abababababab", "zZzZ1212zZzZ1212"),
    ],
)
def test_a_password_is_long_and_not_a_common_one_or_the_own_name(weak: str) -> None:
    client, user = (
        Client(),
        UserFactory.create(name="Willemijntje Bos", email="wachtwoord12@a.test"),
    )
    client.force_login(user)
    sent = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    answer = client.post(reverse("account_change_password"), sent)
    assert answer.status_code == 200
    assert answer.context["form"].errors["password1"]
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert user.password.count("$") >= 2
    assert PASSWORD not in user.password


def test_the_static_checks_look_for_known_mistakes() -> None:
    checks = (ROOT / "scripts" / "check.sh").read_text()
    for tool in ("ruff check", "bandit --quiet --recursive", "mypy", "scripts.locks"):
        assert tool in checks
    style = (ROOT / "pyproject.toml").read_text()
    chosen = re.search(r"^select = (\[.*\])$", style, re.MULTILINE)
    assert chosen is not None
    assert '"S"' in chosen[1]
