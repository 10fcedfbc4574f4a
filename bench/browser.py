"""How long a page takes in Chromium until all of it is there."""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request

from playwright.sync_api import sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RUNS = 5


def complete_ms(path: str) -> float:
    """Median milliseconds from navigation to the end of the load event, server included.

    Each run starts with an empty browser cache. The server is gunicorn on this machine.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "config.wsgi:application"),
            *("--bind", f"127.0.0.1:{port}", "--threads", "4", "--log-level", "error"),
        ],
        env=os.environ.copy(),
    )
    try:
        _wait(f"http://localhost:{port}/healthz")
        return _measure(f"http://localhost:{port}{path}")
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(url: str) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _measure(url: str) -> float:
    times = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for run in range(RUNS + 1):
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            page = context.new_page()
            page.goto(url, wait_until="load")
            elapsed = page.evaluate(
                "() => performance.getEntriesByType('navigation')[0].loadEventEnd"
            )
            if run:  # the first warms the server
                times.append(float(elapsed))
            context.close()
        browser.close()
    return statistics.median(times)
