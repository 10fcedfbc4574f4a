"""What gunicorn cannot read never reaches Django, and still gets a plain page in Dutch."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 60
WITHOUT_END = "\r\nHost: localhost\r\nConnection: close\r\n\r\n"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Gunicorn as it is installed, in front of an application that is never asked anything."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(8)
        # The server takes over the socket: the first request waits in its queue.
        listener.set_inheritable(True)
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "wsgiref.simple_server:demo_app"),
                *("--config", "python:config.gunicorn", "--threads", "4"),
                *("--bind", f"fd://{listener.fileno()}", "--log-level", "critical"),
            ],
            cwd=ROOT,
            pass_fds=(listener.fileno(),),
        )
        try:
            yield int(listener.getsockname()[1])
        finally:
            server.terminate()
            server.wait(timeout=DEADLINE)


def ask(port: int, sent: str) -> tuple[str, str]:
    """The head and the page of the answer to ``sent``."""
    with socket.create_connection(("127.0.0.1", port), timeout=DEADLINE) as browser:
        browser.sendall(sent.encode("latin-1"))
        answer = b""
        while more := browser.recv(65_536):
            answer += more
    head, _, page = answer.decode().partition("\r\n\r\n")
    return head, page


@pytest.mark.processes
@pytest.mark.parametrize(
    ("sent", "status", "title"),
    [
        (f"GET /?zoek={'x' * 5_000} HTTP/1.1{WITHOUT_END}", 414, "Dit adres is te lang"),
        (f"GET /\N{DEGREE SIGN} <b>onzin</b>{WITHOUT_END}", 400, "Deze vraag begrijpen we niet"),
        (
            f"GET / HTTP/1.1\r\nCookie: {'x' * 9_000}{WITHOUT_END}",
            431,
            "Uw browser stuurde te veel mee",
        ),
        (
            f"GET / HTTP/1.1\r\nTransfer-Encoding: onzin{WITHOUT_END}",
            501,
            "Deze vraag begrijpen we niet",
        ),
    ],
)
def test_what_cannot_be_read_gets_a_dutch_page(
    port: int, sent: str, status: int, title: str
) -> None:
    head, page = ask(port, sent)
    assert head.startswith(f"HTTP/1.1 {status} ")
    assert f"Content-Length: {len(page.encode())}" in head
    assert "X-Content-Type-Options: nosniff" in head
    assert f"<h1>{title}</h1>" in page
    assert '<html lang="nl">' in page
    assert "onzin" not in page
    assert "xxx" not in page


@pytest.mark.processes
def test_what_can_be_read_reaches_the_application(port: int) -> None:
    head, page = ask(port, f"GET / HTTP/1.1{WITHOUT_END}")
    assert head.startswith("HTTP/1.1 200 OK")
    assert "Hello world!" in page
