"""``manage.py run_demo``: the whole application on a machine without any server."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import http.client
import os
import signal
import socket
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any, cast

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, call_command, get_commands
from django.db import connections
from django.urls import Resolver404, resolve

from demo.accounts import DEMO_ACCOUNTS, PARTNER_ACCOUNTS, ensure_demo_accounts
from demo.processes import Child, stop_all

HOST = "127.0.0.1"
READY_SECONDS = 60.0
LOOK_SECONDS = 0.2
# Shown at the start when this release has the page.
PAGES = (
    ("/", "Publieke site"),
    ("/monitor/", "Monitor Sociaal Domein"),
    ("/portaal/", "Portaal voor partners"),
    ("/api/v1/openapi.json", "Open data"),
    ("/account/login/", "Inloggen"),
)


class Command(BaseCommand):
    help = "Start de demonstratie: web, worker en planner, zonder dat er een server nodig is."
    requires_system_checks = []

    stopping = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="poort van de site (8000)")

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        """Start, watch, and stop on Ctrl-C, SIGTERM or SIGHUP; leave no process behind.

        Ends with a Dutch message and exit status 1 when this is a production installation, when
        the port is taken, when another demonstration uses the same data folder, or when a child
        keeps dying.
        """
        if not settings.DEMO:
            sys.exit("De demonstratie start niet op een productie-installatie (MODE=production).")
        refuse_unusable_port(port)
        # Mails are made while the data is loaded, in this process: they lead to the same site.
        settings.BASE_URL = address_of(port)
        data = Path(settings.DATA_DIR)
        # The data folder holds a password, mail and a database: for this user alone.
        os.umask(0o077)
        try:
            with only_one(data / "run"):
                password = self.prepare(data)
                self.run(data, port, password)
        except KeyboardInterrupt:
            self.say("Gestopt.")

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def prepare(self, data: Path) -> str:
        """Database, static files, demonstration data and accounts; returns the password."""
        self.say("Voorbereiden: database, bestanden en gegevens …")
        call_command("migrate", interactive=False, verbosity=0)
        collect_static_when_changed(data)
        if "load_demo" in get_commands():
            call_command("load_demo", stdout=self.stdout, stderr=self.stderr)
        password = ensure_demo_accounts()
        connections.close_all()
        return password

    def run(self, data: Path, port: int, password: str) -> None:
        children = make_children(data, port)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.stop)
        try:
            for child in children:
                child.start()
            self.wait_until_ready(children, port)
            if not self.stopping:
                self.introduce(data, port, password)
            while not self.stopping:
                self.look_after(children)
                time.sleep(LOOK_SECONDS)
        finally:
            self.say("Stoppen …")
            stop_all(children)
            self.say("Gestopt. De gegevens zijn bewaard.")

    def stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def look_after(self, children: list[Child]) -> None:
        for child in children:
            if child.has_died:
                if not child.restart():
                    sys.exit(
                        f"Het proces {child.name} stopt steeds. Kijk in {child.log_path} waarom."
                    )
                self.say(f"Het proces {child.name} was gestopt en is opnieuw gestart.")

    def wait_until_ready(self, children: list[Child], port: int) -> None:
        until = time.monotonic() + READY_SECONDS
        answer = ""
        while not self.stopping:
            self.look_after(children)
            status, answer = ask(port, "/readyz")
            if status == 200:
                return
            if time.monotonic() > until:
                logs = children[0].log_path.parent
                sys.exit(f"De site is niet op tijd klaar. {answer} Kijk in {logs} waarom.")
            time.sleep(LOOK_SECONDS)

    def introduce(self, data: Path, port: int, password: str) -> None:
        lines = ["", "De demonstratie draait.", ""]
        for path, label in PAGES:
            with contextlib.suppress(Resolver404):
                resolve(path)
                lines.append(f"  {label:<24} {address_of(port)}{path}")
        lines += ["", f"Accounts (wachtwoord voor alle accounts: {password})", ""]
        lines += [f"  {account.email:<30} {account.role.label}" for account in DEMO_ACCOUNTS]
        lines += [f"  {account.email:<30} {account.name}" for account in PARTNER_ACCOUNTS]
        lines += ["", f"Logboeken: {data / 'logs'}", "Stoppen: Ctrl-C", ""]
        self.say("\n".join(lines))


def address_of(port: int) -> str:
    """Where a browser on this machine finds the site."""
    return f"http://localhost:{port}"


def refuse_unusable_port(port: int) -> None:
    """End with a Dutch message when the site cannot listen on ``port`` of this machine."""
    if not 1 <= port <= 65535:
        sys.exit(f"Poort {port} bestaat niet; kies een getal van 1 tot en met 65535.")
    # Browsers try ::1 first for localhost: somebody else there would answer in our place.
    for family, host in ((socket.AF_INET, HOST), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family, socket.SOCK_STREAM) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except PermissionError:
            sys.exit(f"Poort {port} mag u niet gebruiken; probeer make demo PORT=8000")
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                other = port + 1 if port < 65535 else 8000
                sys.exit(f"Poort {port} is bezet; probeer make demo PORT={other}")
            if family == socket.AF_INET:
                raise
            # This machine has no IPv6: nobody can be in the way there.


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the data folder for one demonstration; the lock ends with the process, however it ends.

    Two would start two planners on one database.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "demo.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(
                "Er draait al een demonstratie met deze gegevens. Stop die eerst, of kies een "
                "andere map met DATA_DIR."
            )
        pid_path = folder / "demo.pid"
        pid_path.write_text(f"{os.getpid()}\n")
        try:
            yield
        finally:
            pid_path.unlink(missing_ok=True)


def collect_static_when_changed(data: Path) -> bool:
    """Run collectstatic unless no source file was added, removed or changed since the last time."""
    storages = cast("dict[str, dict[str, str]]", settings.STORAGES)
    sources = [storages["staticfiles"]["BACKEND"]]
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = Path(storage.path(name))
            status = path.stat()
            sources.append(f"{path} {status.st_size} {status.st_mtime_ns}")
    found = hashlib.sha256("\n".join(sorted(sources)).encode()).hexdigest()
    mark = data / "static.sha256"
    if Path(settings.STATIC_ROOT).is_dir() and mark.exists() and mark.read_text() == found:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(found)
    return True


def make_children(data: Path, port: int) -> list[Child]:
    """Web, worker and planner (beat), not yet started; their addresses follow the port."""
    env = {
        **os.environ,
        "BASE_URL": address_of(port),
        "DATA_DIR": str(data),
        "PYTHONUNBUFFERED": "1",
    }
    python = sys.executable
    commands = {
        "web": [
            *(python, "-m", "gunicorn", "config.wsgi", "--bind", f"{HOST}:{port}"),
            *("--config", "python:config.gunicorn"),
            *("--workers", "2", "--threads", "4", "--graceful-timeout", "5"),
            *("--no-control-socket", "--access-logfile", "-"),
        ],
        "worker": [
            *(python, "-m", "celery", "-A", "config", "worker", "--concurrency", "1"),
            *("--hostname", "demo@localhost", "--without-gossip", "--without-mingle"),
            *("--without-heartbeat", "--loglevel", "INFO"),
        ],
        # No pid file of beat's own: one left by a power cut would stop the next start.
        "beat": [python, "-m", "celery", "-A", "config", "beat", "--pidfile=", "-l", "INFO"],
    }
    return [
        Child(name, command, cwd=settings.BASE_DIR, env=env, data=data)
        for name, command in commands.items()
    ]


def ask(port: int, path: str) -> tuple[int, str]:
    """Status and text of a page of the site; status 0 while nobody answers."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        response = connection.getresponse()
        return response.status, response.read().decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()
