"""A wrong setting stops the start, with one message that names every variable to mend."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.environment import Environment, WrongSettingsError

ROOT = Path(__file__).resolve().parents[2]

PRODUCTION = {
    "MODE": "production",
    "SECRET_KEY": "k3Jx-9vQ2mZp7Rt5Ws8Yb1Nc4Fd6Gh0LaTeUiOqXyZ_vBnMkJhGfDsA",
    "ALLOWED_HOSTS": "monitor.gemeente.example",
    "BASE_URL": "https://monitor.gemeente.example",
    "DATABASE_URL": "postgres://monitor:geheim@127.0.0.1:5432/monitor",
    "CELERY_BROKER_URL": "redis://127.0.0.1:6379/0",
}


def manage(
    tmp_path: Path, variables: dict[str, str], *command: str
) -> subprocess.CompletedProcess[str]:
    """``manage.py`` with these variables and none of the caller's."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={**kept, "DATA_DIR": str(tmp_path), **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_good_production_passes_the_deployment_checks(tmp_path: Path) -> None:
    done = manage(tmp_path, PRODUCTION, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_without_any_variable_the_demonstration_starts(tmp_path: Path) -> None:
    done = manage(tmp_path, {}, "check")
    assert done.returncode == 0, done.stderr


def test_an_empty_production_names_all_that_is_missing_at_once(tmp_path: Path) -> None:
    done = manage(tmp_path, {"MODE": "production"}, "check")
    assert done.returncode == 1
    assert "De instellingen kloppen niet. Verbeter deze omgevingsvariabelen:" in done.stderr
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL"):
        assert f"  - {name}: " in done.stderr
    assert "Traceback" not in done.stderr


def test_every_bad_value_is_named_in_one_message(tmp_path: Path) -> None:
    bad = {
        **PRODUCTION,
        "SECRET_KEY": "kort",
        "BASE_URL": "http://monitor.gemeente.example",
        "DATABASE_URL": "mysql://127.0.0.1/monitor",
        "CELERY_BROKER_URL": "amqp://127.0.0.1",
        "CACHE_URL": "memcached://127.0.0.1",
        "DEBUG": "misschien",
        "JOB_LEASE_SECONDS": "1",
        "JOB_SWEEP_SECONDS": "vaak",
        "EMAIL_URL": "duif://til",
        "LOG_LEVEL": "veel",
        "SECURITY_CONTACT": "beveiliging@gemeente.example",
        "TRUSTED_PROXIES": "een",
        "SECOND_FACTOR_KEYS": "kort",
        "OIDC_SERVER_URL": "login.gemeente.example",
        "SESSION_MINUTES_PARTNER": "1",
        "SESSION_MINUTES_STAFF": "600",
        "DATA_DIR": "hier",
    }
    done = manage(tmp_path, bad, "check")
    assert done.returncode == 1
    lines = [line for line in done.stderr.splitlines() if line.startswith("  - ")]
    named = {line.removeprefix("  - ").split("=")[0].split(":")[0] for line in lines}
    also = {"OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME"}
    assert named == bad.keys() - {"MODE", "ALLOWED_HOSTS"} | also
    assert "Traceback" not in done.stderr


SIGN_ON = {
    "OIDC_SERVER_URL": "https://login.gemeente.example/v2.0/",
    "OIDC_CLIENT_ID": "monitor",
    "OIDC_CLIENT_SECRET": "een-geheim",
    "OIDC_NAME": "uw account van de gemeente",
}


@pytest.mark.parametrize("left_out", SIGN_ON)
def test_half_of_single_sign_on_names_what_is_missing(tmp_path: Path, left_out: str) -> None:
    half = {name: value for name, value in SIGN_ON.items() if name != left_out}
    done = manage(tmp_path, PRODUCTION | half, "check")
    assert done.returncode == 1
    lines = [line for line in done.stderr.splitlines() if line.startswith("  - ")]
    assert [line.split(":")[0] for line in lines] == [f"  - {left_out}"]
    assert "een-geheim" not in done.stderr


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"OIDC_SERVER_URL": "http://login.gemeente.example"}, ["OIDC_SERVER_URL"]),
        ({"OIDC_SERVER_URL": f"https://login.example/{'x' * 200}"}, ["OIDC_SERVER_URL"]),
        (dict.fromkeys(SIGN_ON, "") | {"OIDC_ACR": "hoog"}, [*SIGN_ON]),
    ],
)
def test_a_wrong_single_sign_on_stops_the_start(
    tmp_path: Path, change: dict[str, str], named: list[str]
) -> None:
    done = manage(tmp_path, PRODUCTION | SIGN_ON | change, "check")
    assert done.returncode == 1
    lines = [line for line in done.stderr.splitlines() if line.startswith("  - ")]
    assert [line.split(":")[0].removeprefix("  - ") for line in lines] == named


@pytest.mark.parametrize("end", ["/v2.0", "/v2.0/", "/v2.0/.well-known/openid-configuration"])
def test_single_sign_on_starts_with_all_of_it(tmp_path: Path, end: str) -> None:
    whole = PRODUCTION | SIGN_ON | {"OIDC_SERVER_URL": f"https://login.example{end}"}
    show = "from django.conf import settings as s; print(s.OIDC_SERVER_URL)"
    done = manage(tmp_path, whole, "shell", "--no-imports", "-c", show)
    assert done.stdout.split("\n")[0] == "https://login.example/v2.0", done.stderr


@pytest.mark.parametrize("variables", [{"MODE": "test"}, {"MODE": "production", "DEBUG": "1"}])
def test_a_mode_that_is_not_one_is_refused(tmp_path: Path, variables: dict[str, str]) -> None:
    done = manage(tmp_path, {**PRODUCTION, **variables}, "check")
    assert done.returncode == 1
    assert "MODE" in done.stderr


@pytest.mark.parametrize("command", ["migrate", "runserver", "bestaat-niet"])
def test_no_command_runs_with_a_wrong_setting(tmp_path: Path, command: str) -> None:
    done = manage(tmp_path, {"DATABASE_URL": "mysql://x/y"}, command)
    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def problems(method: str, value: str | None, *args: object) -> tuple[object, list[str]]:
    source = {} if value is None else {"X": value}
    environment = Environment(source)
    return getattr(environment, method)("X", *args), environment.problems


@pytest.mark.parametrize(
    ("value", "read"),
    [("1", True), ("ja", True), (" AAN ", True), ("0", False), ("nee", False), ("", False)],
)
def test_a_flag_is_on_or_off(value: str, read: bool) -> None:
    assert problems("flag", value) == (read, [])


@pytest.mark.parametrize("value", ["2", "misschien", "-1"])
def test_another_word_is_no_flag(value: str) -> None:
    assert problems("flag", value)[1] == [f"X={value!r}: gebruik 1 (aan) of 0 (uit)."]


@pytest.mark.parametrize(("value", "bad"), [("2", 0), ("60", 0), ("1", 1), ("61", 1), ("x", 1)])
def test_a_number_lies_between_its_bounds(value: str, bad: int) -> None:
    read, found = problems("number", value, 30, 2, 60)
    assert len(found) == bad
    assert read == (30 if bad else int(value))


@pytest.mark.parametrize(
    "value",
    [
        "mysql://127.0.0.1/x",
        "monitor",
        "postgres://",
        "postgres:///",
        "postgres://127.0.0.1:poort/x",
        "postgres://127.0.0.1:5432",
        "sqlite://",
    ],
)
def test_a_bad_database_address_is_a_problem_and_no_crash(value: str) -> None:
    found = problems("database", value, "sqlite:////tmp/x.sqlite3")[1]
    assert len(found) == 1
    assert found[0].startswith("X: ")


@pytest.mark.parametrize("value", ["amqp://x", "redis", "http://x", "memory://"])
def test_a_bad_broker_address_is_a_problem(value: str) -> None:
    assert len(problems("broker", value, "filesystem://")[1]) == 1


@pytest.mark.parametrize("value", ["monitor.gemeente.nl", "ftp://x", "https://", "https://[x"])
def test_a_bad_address_is_a_problem_and_no_crash(value: str) -> None:
    assert len(problems("address", value, "http://localhost:8000")[1]) == 1


def test_a_secret_is_never_in_the_message() -> None:
    found = problems("database", "mysql://u:zeergeheim@h/x", "sqlite:////tmp/x.sqlite3")[1]
    found += problems("broker", "amqp://u:zeergeheim@h/x", "filesystem://")[1]
    assert len(found) == 2
    assert "zeergeheim" not in " ".join(found)


def test_production_shares_its_counters_between_processes(tmp_path: Path) -> None:
    own = {**PRODUCTION, "CELERY_BROKER_URL": "filesystem://"}
    done = manage(tmp_path, own, "check")
    assert done.returncode == 1
    assert "  - CACHE_URL: " in done.stderr
    shared = {**own, "CACHE_URL": "redis://127.0.0.1:6379/1"}
    assert manage(tmp_path, shared, "check").returncode == 0


SHOW = (
    "from django.conf import settings as s; print(s.ALLAUTH_TRUSTED_PROXY_COUNT,"
    " s.LOGGING['root']['level'], s.DATABASES['default'].get('OPTIONS', {}).get('connect_timeout'))"
)


@pytest.mark.parametrize(
    ("variables", "shown"),
    [
        ({}, "0 INFO None"),
        (PRODUCTION, "1 INFO 5"),
        ({**PRODUCTION, "TRUSTED_PROXIES": "2", "LOG_LEVEL": "debug"}, "2 DEBUG 5"),
    ],
)
def test_the_edge_and_the_log_follow_the_environment(
    variables: dict[str, str], shown: str, tmp_path: Path
) -> None:
    done = manage(tmp_path, variables, "shell", "--no-imports", "-c", SHOW)
    assert done.stdout.split("\n")[0] == shown, done.stderr


def test_the_key_of_the_demonstration_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", "import config.settings as s; print(s.SECRET_KEY)"],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    keys = {start.communicate(timeout=60)[0].strip() for start in starts}
    path = tmp_path / "secret-key"
    assert keys == {path.read_text()}
    assert len(path.read_text()) >= 50
    assert path.stat().st_mode & 0o077 == 0
    assert not list(tmp_path.glob(".secret-key-*"))


LOOK = (
    "from config.celery import app; c = app.connection(); c.connect(); print(c.info()['hostname']);"
    " import logging; held = logging.getLogger('django.security.DisallowedHost');"
    " print(held.propagate, [type(each).__name__ for each in held.handlers])"
)


def test_the_folder_broker_and_a_wrong_host_name_fill_no_log(tmp_path: Path) -> None:
    done = manage(tmp_path, {}, "shell", "--no-imports", "-c", LOOK)
    assert done.stdout.splitlines() == ["localhost", "False ['NullHandler']"], done.stderr
    assert "No hostname" not in done.stderr


def test_nothing_wrong_is_no_complaint() -> None:
    Environment({}).finish()


def test_every_problem_is_a_line_of_the_complaint() -> None:
    environment = Environment({"A": "x", "B": "y"})
    environment.flag("A")
    environment.flag("B")
    with pytest.raises(WrongSettingsError) as caught:
        environment.finish()
    assert [line[:5] for line in str(caught.value).splitlines()[1:]] == ["  - A", "  - B"]


@pytest.mark.parametrize("url", ["tcp://scanner:3310", "tcp://127.0.0.1:3310", "unix:///run/clamd"])
def test_a_virus_scanner_is_taken_as_it_is_written(url: str) -> None:
    env = Environment({"CLAMD_URL": url})
    assert env.scanner("CLAMD_URL") == url
    env.finish()


@pytest.mark.parametrize(
    "url", ["scanner:3310", "tcp://scanner", "tcp://:3310", "tcp://a:b", "unix://run", "unix:///"]
)
def test_a_virus_scanner_that_cannot_be_asked_stops_the_start(url: str) -> None:
    env = Environment({"CLAMD_URL": url})
    assert env.scanner("CLAMD_URL") == ""
    with pytest.raises(WrongSettingsError, match="CLAMD_URL: schrijf tcp://"):
        env.finish()


def test_without_that_variable_there_is_no_virus_scanner() -> None:
    env = Environment({"CLAMD_URL": " "})
    assert env.scanner("CLAMD_URL") == ""
    env.finish()
