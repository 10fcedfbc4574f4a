"""Dockerfile, docker-compose.yml and .env.example agree with the settings and with each other.

No container is started here: what can be compared without an engine is compared.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from celery.app.utils import find_app
from django.core.management import get_commands

from tests.ops.tables import ROOT, rows, settings_variables

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
APP_SERVICES = ("migrate", "web", "worker", "beat")
DOCKERFILE = (ROOT / "Dockerfile").read_text()
DOCKER_STEPS = DOCKERFILE.replace("\\\n", " ")
EXAMPLE = dict(
    line.split("=", 1)
    for line in (ROOT / ".env.example").read_text().splitlines()
    if line and not line.startswith("#")
)
KNOWN = {variable.name for variable in settings_variables()}
# Variables of the installation itself, explained in docs/instellingen.md; the settings do not know
# them.
COMPOSE_ONLY = {"POSTGRES_PASSWORD", "PORT"}


def filled(text: str, values: dict[str, str]) -> str:
    """``text`` as compose would fill it in; a required variable without a value raises."""

    def value_of(match: re.Match[str]) -> str:
        name, operator, rest = match["name"], match["operator"], match["rest"]
        if values.get(name):
            return values[name]
        assert operator == ":-", f"{name} is required and not given"
        return str(rest)

    pattern = r"\$\{(?P<name>\w+)(?:(?P<operator>:[-?])(?P<rest>[^}]*))?\}"
    return re.sub(pattern, value_of, text)


@pytest.fixture
def answers() -> dict[str, str]:
    """.env as somebody fills it in."""
    return EXAMPLE | {"SECRET_KEY": "k" * 64, "POSTGRES_PASSWORD": "geheim123"}


def test_compose_has_the_services_of_an_installation() -> None:
    assert set(SERVICES) == {*APP_SERVICES, "postgres", "redis"}


def test_every_variable_of_the_containers_exists_in_the_settings() -> None:
    for name in APP_SERVICES:
        assert set(SERVICES[name]["environment"]) - KNOWN == set(), name


def test_every_variable_that_compose_asks_for_is_in_the_example_and_the_other_way_round() -> None:
    text = re.sub(r"^\s*#.*$", "", (ROOT / "docker-compose.yml").read_text(), flags=re.MULTILINE)
    asked = set(re.findall(r"\$\{(\w+)", text))
    assert asked == set(EXAMPLE)
    assert asked - KNOWN == COMPOSE_ONLY


def test_the_variables_of_compose_alone_are_explained() -> None:
    page = rows(ROOT / "docs" / "instellingen.md", "Variabele")
    assert {row[0].strip("`") for row in page if len(row) == 2} == COMPOSE_ONLY


def test_the_web_worker_and_planner_have_the_same_settings() -> None:
    for name in APP_SERVICES:
        assert SERVICES[name]["environment"] == SERVICES["web"]["environment"]
        assert SERVICES[name]["volumes"] == SERVICES["web"]["volumes"]
        assert SERVICES[name]["image"] == SERVICES["web"]["image"]


def test_the_containers_start_with_the_example_filled_in(
    answers: dict[str, str], tmp_path: Path
) -> None:
    given = {
        key: filled(str(value), answers) for key, value in SERVICES["web"]["environment"].items()
    }
    given["DATA_DIR"] = str(tmp_path)
    code = (
        "import json, config.settings as s; print(json.dumps([s.MODE, s.DATABASES['default'],"
        " s.CELERY_BROKER_URL, s.CACHES['default']['LOCATION'], s.EMAIL_HOST, s.ALLOWED_HOSTS,"
        " str(s.MEDIA_ROOT)]))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **given},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == ""
    mode, database, broker, cache, mail, hosts, media = json.loads(run.stdout)
    assert mode == "production"
    postgres = SERVICES["postgres"]["environment"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert database["HOST"] in SERVICES
    assert database["PORT"] == 5432
    assert (database["NAME"], database["USER"], database["PASSWORD"]) == (
        postgres["POSTGRES_DB"],
        postgres["POSTGRES_USER"],
        filled(postgres["POSTGRES_PASSWORD"], answers),
    )
    for url in (broker, cache):
        assert urlsplit(url).hostname in SERVICES
        assert urlsplit(url).port == 6379
    assert broker != cache
    assert mail == "mail.example.org"
    assert urlsplit(EXAMPLE["BASE_URL"]).hostname in hosts
    # The volume that keeps the documents is mounted where the settings put them.
    folder = SERVICES["web"]["environment"]["DATA_DIR"]
    assert f"files:{folder}/{Path(media).name}" in SERVICES["web"]["volumes"]


@pytest.mark.parametrize(
    "missing", ["SECRET_KEY", "POSTGRES_PASSWORD", "ALLOWED_HOSTS", "BASE_URL"]
)
def test_a_required_variable_that_is_left_empty_stops_the_start(
    answers: dict[str, str], missing: str
) -> None:
    with pytest.raises(AssertionError, match=missing):
        filled(json.dumps(SERVICES["web"]["environment"]), answers | {missing: ""})


def test_gunicorn_serves_a_module_that_exists() -> None:
    image = json.loads(DOCKER_STEPS.split("\nCMD ")[1])
    assert SERVICES["web"]["command"] == image
    assert image[0] == "gunicorn"
    assert callable(importlib.import_module(image[1]).application)
    assert image[2:4] == ["--config", "python:config.gunicorn"]


@pytest.mark.parametrize(("service", "part"), [("worker", "worker"), ("beat", "beat")])
def test_celery_starts_an_application_that_exists(service: str, part: str) -> None:
    program, flag, application, command, *_ = SERVICES[service]["command"]
    assert (program, flag, command) == ("celery", "-A", part)
    assert find_app(application).main == "monitor"


def test_only_one_service_migrates_and_the_others_wait_for_it() -> None:
    assert SERVICES["migrate"]["command"][:3] == ["python", "manage.py", "migrate"]
    assert "migrate" in get_commands()
    for name in ("web", "worker", "beat"):
        waits = SERVICES[name]["depends_on"]["migrate"]["condition"]
        assert waits == "service_completed_successfully"


def test_the_ports_agree() -> None:
    bind = SERVICES["web"]["command"][SERVICES["web"]["command"].index("--bind") + 1]
    inside = bind.rsplit(":", 1)[1]
    assert f"\nEXPOSE {inside}\n" in DOCKER_STEPS
    assert SERVICES["web"]["ports"] == [f"127.0.0.1:${{PORT:-{EXAMPLE['PORT']}}}:{inside}"]
    assert SERVICES["web"]["healthcheck"]["test"][-1] == inside
    page = rows(ROOT / "docs" / "installatie.md", "Poort")
    assert [row[0] for row in page] == [inside, "5432", "6379"]


def test_every_lasting_service_has_a_health_check_with_a_script_that_exists() -> None:
    for name, service in SERVICES.items():
        if name == "migrate":
            continue
        test = service["healthcheck"]["test"]
        if test[1] == "python":
            assert (ROOT / test[2]).is_file(), name
    schedule = SERVICES["beat"]["healthcheck"]["test"][-1]
    settings_text = (ROOT / "config" / "settings.py").read_text()
    assert f'DATA_DIR / "{Path(schedule).name}"' in settings_text
    assert str(Path(schedule).parent) == SERVICES["beat"]["environment"]["DATA_DIR"]


def test_every_volume_is_declared_and_used() -> None:
    used = {volume.split(":")[0] for service in SERVICES.values() for volume in service["volumes"]}
    assert used == set(COMPOSE["volumes"])


def test_the_image_has_the_packages_that_the_page_names() -> None:
    install = re.search(r"apt-get install -y --no-install-recommends(.*?)&&", DOCKER_STEPS)
    assert install is not None
    page = (ROOT / "docs" / "installatie.md").read_text()
    named = re.search(r"^apt-get install (.*)$", page, re.MULTILINE)
    assert named is not None
    assert install[1].split() == named[1].split()


def test_the_image_installs_what_is_locked_and_runs_as_nobody_special() -> None:
    assert "pip install --no-deps --require-hashes -r requirements.txt" in DOCKER_STEPS
    user = DOCKER_STEPS.index("\nUSER monitor\n")
    assert user < DOCKER_STEPS.index("collectstatic") < DOCKER_STEPS.index("\nENV MODE=production")
    assert "USER root" not in DOCKER_STEPS
    assert "\nFROM python:3.11-slim-bookworm\n" in DOCKER_STEPS


def test_secrets_stay_out_of_the_image_and_of_the_example() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".env", "var", ".git"} <= set(ignored)
    assert EXAMPLE["SECRET_KEY"] == EXAMPLE["POSTGRES_PASSWORD"] == ""
