"""Make the pictures of the guides in docs/handleiding/ and of the README from the demonstration.

    .venv/bin/python scripts/handleiding_beelden.py [name ...]

Starts the demonstration on a free port with a data folder of its own, signs in as each role, takes
the pictures of ``PICTURES`` (or those named), and stops it. Nothing of an installation is touched.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
GUIDES = ROOT / "docs" / "handleiding" / "beeld"
README = ROOT / "docs" / "beeld"
CHROMIUM = "/usr/bin/chromium"
READY_SECONDS = 180
WIDTH, LONGEST = 1280, 1100


@dataclass(frozen=True)
class Picture:
    """``path`` as ``who`` sees it, after a click on each of ``clicks`` (the words of a link)."""

    name: str
    path: str
    who: str = ""
    clicks: tuple[str, ...] = ()
    folder: Path = GUIDES
    height: int = LONGEST


PICTURES = (
    Picture("overzicht", "/monitor/2018/", folder=README, height=1000),
    Picture("raadslid-monitor", "/monitor/2018/"),
    Picture("raadslid-doel", "/monitor/2018/doel/herkenning-geweld/"),
    Picture("raadslid-geld", "/monitor/2018/geld/"),
    Picture("beleid-werk", "/werk/", "beleid"),
    Picture("beleid-inlezen", "/beheer/indicatoren/inlezen/", "beleid"),
    Picture("beleid-agenda", "/beheer/agenda/voorbeeldagenda/1/", "beleid"),
    Picture("beleid-doelenboom", "/beheer/agenda/voorbeeldagenda/1/doelenboom/", "beleid"),
    Picture("beleid-meetbaarheid", "/beheer/agenda/voorbeeldagenda/1/meetbaarheid/", "beleid"),
    Picture("beleid-opvolging", "/agenda/opvolging/", "beleid"),
    Picture(
        "beleid-advies",
        "/beheer/agenda/voorbeeldagenda/1/adviesrondes/",
        "beleid",
        ("Advies op de opzet",),
    ),
    Picture("beleid-meetwaarden", "/beheer/indicatoren/voorbeeld-vervoer/meetwaarden/", "beleid"),
    Picture("beleid-indicator", "/beheer/indicatoren/nieuw/", "beleid"),
    Picture("beleid-monitor", "/beheer/monitor/nieuw/", "beleid"),
    Picture("accounthouder-overeenkomsten", "/beheer/overeenkomsten/", "accounthouder"),
    Picture("accounthouder-nieuw", "/beheer/overeenkomsten/nieuw/", "accounthouder"),
    Picture("accounthouder-dashboard", "/beheer/dashboard/", "accounthouder"),
    Picture("accounthouder-geld", "/beheer/geld/", "accounthouder"),
    Picture("accounthouder-overleg", "/beheer/overleg/", "accounthouder"),
    Picture("accounthouder-postvak", "/beheer/rapportages/", "accounthouder"),
    Picture(
        "accounthouder-lezen", "/beheer/rapportages/?stand=submitted", "accounthouder", ("Kwintes",)
    ),
    Picture("partner-portaal", "/portaal/", "rapporteur"),
    Picture("partner-controle", "/portaal/", "rapporteur", ("Halfjaarrapportage eerste",)),
    Picture(
        "partner-invullen",
        "/portaal/",
        "rapporteur",
        ("Halfjaarrapportage eerste", "Score op prestatie-indicatoren"),
    ),
    Picture("beheer-accounts", "/beheer/accounts/", "beheer"),
    Picture("beheer-account", "/beheer/accounts/nieuw/", "beheer"),
    Picture("beheer-toegang", "/beheer/toegang/", "beheer"),
    Picture("beheer-logboek", "/beheer/logboek/", "beheer"),
)


def main(names: list[str]) -> int:
    wanted = [row for row in PICTURES if not names or row.name in names]
    with tempfile.TemporaryDirectory(prefix="handleiding-") as folder:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        demo = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "manage.py", "run_demo", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, "DATA_DIR": folder, "MODE": "demo"},
            stdout=subprocess.DEVNULL,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(f"{address}/readyz", demo)
            password = (Path(folder) / "demo-password").read_text().strip()
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=CHROMIUM, args=["--no-sandbox"]
                )
                for who in sorted({row.who for row in wanted}):
                    page = _signed_in(browser, address, who, password)
                    for row in (row for row in wanted if row.who == who):
                        _take(page, address, row)
                browser.close()
        finally:
            demo.send_signal(signal.SIGINT)
            demo.wait(60)
    return 0


def _wait(url: str, demo: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        if demo.poll() is not None:
            sys.exit("De demonstratie stopte; start haar eerst eens met make demo.")
        try:
            with urllib.request.urlopen(url):  # noqa: S310 - this machine
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    sys.exit("De demonstratie werd niet op tijd klaar.")


def _signed_in(browser: Browser, address: str, who: str, password: str) -> Page:
    context = browser.new_context(
        viewport={"width": WIDTH, "height": 900}, locale="nl-NL", reduced_motion="reduce"
    )
    page = context.new_page()
    if who:
        page.goto(f"{address}/account/login/")
        page.get_by_label("E-mail").fill(f"{who}@voorbeeld.nl")
        page.get_by_label("Wachtwoord", exact=True).fill(password)
        page.get_by_role("button", name="Inloggen", exact=True).click()
        page.wait_for_url("**/werk/")
    return page


def _take(page: Page, address: str, row: Picture) -> None:
    answer = page.goto(address + row.path)
    for words in row.clicks:
        page.get_by_role("link", name=words).first.click()
        page.wait_for_load_state()
    if answer is None or answer.status != 200:
        sys.exit(f"{row.path} gaf {answer.status if answer else 'geen antwoord'}.")
    page.wait_for_timeout(300)  # the typefaces
    height = min(row.height, int(page.evaluate("document.documentElement.scrollHeight")))
    row.folder.mkdir(parents=True, exist_ok=True)
    path = row.folder / f"{row.name}.png"
    # As high as the picture: a bar at the foot of the screen then stands at its foot.
    page.set_viewport_size({"width": WIDTH, "height": height})
    page.screenshot(path=path)
    # A palette is enough for flat colours and letters, and a third of the size.
    with Image.open(path) as taken:
        small = taken.convert("RGB").quantize(colors=128, dither=Image.Dither.NONE)
    small.save(path, optimize=True)
    sys.stdout.write(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} kB\n")


if __name__ == "__main__":
    if shutil.which(CHROMIUM) is None:
        sys.exit("Hiervoor is chromium nodig: apt-get install chromium.")
    sys.exit(main(sys.argv[1:]))
