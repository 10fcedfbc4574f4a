"""A file is scanned by a real server that speaks the protocol of clamd; only ‘OK’ lets it in."""

from __future__ import annotations

import io
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.uploads.clamd import CHUNK, scan
from core.uploads.refusals import SENTENCES, Refused
from tests.scanner import EICAR, MOST, Server, scanning


@pytest.fixture
def server() -> Iterator[Server]:
    with scanning() as made:
        yield made


@pytest.mark.parametrize("size", [0, 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_clean_file_arrives_whole_and_is_let_in(server: Server, size: int) -> None:
    file = io.BytesIO(b"x" * size)
    file.seek(0, io.SEEK_END)
    scan(file, server.url)
    assert server.seen == [b"x" * size]
    assert file.tell() == 0


def test_what_is_found_is_refused_and_named_in_the_log(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING), pytest.raises(Refused) as refused:
        scan(io.BytesIO(b"begin" + EICAR), server.url)
    assert str(refused.value) == SENTENCES["virus"]
    assert "Eicar-Test-Signature" in caplog.text


@pytest.mark.parametrize(
    "answer",
    [
        b"stream: Can't allocate memory ERROR\0",
        b"stream: OK",  # without its end: it may have broken off
        b"stream: OK, of toch niet\0",
        b"OK\0",
        b"\0",
        b"",
        b"x" * 10_000,
    ],
)
def test_any_other_answer_lets_nothing_in(
    server: Server, answer: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    server.answer = answer
    with pytest.raises(Refused) as refused:
        scan(io.BytesIO(b"tekst"), server.url)
    assert str(refused.value) == SENTENCES["scanner"]
    assert "gave no answer" in caplog.text


@pytest.mark.parametrize("place", ["begin", "middle"])
def test_a_scanner_that_hangs_up_lets_nothing_in(server: Server, place: str) -> None:
    server.closes_at = place
    with pytest.raises(Refused, match="antwoordt nu niet"):
        scan(io.BytesIO(b"x" * 5 * CHUNK), server.url)


def test_a_file_that_the_scanner_finds_too_large_is_not_let_in(server: Server) -> None:
    with pytest.raises(Refused, match="antwoordt nu niet"):
        scan(io.BytesIO(b"x" * (MOST + CHUNK)), server.url)


def test_a_scanner_that_hangs_is_not_waited_for_longer_than_agreed(server: Server) -> None:
    server.hangs = True
    begun = time.monotonic()
    with pytest.raises(Refused, match="antwoordt nu niet"):
        scan(io.BytesIO(b"tekst"), server.url, seconds=0.3)
    assert time.monotonic() - begun < 5


def test_an_answer_that_trickles_in_does_not_stretch_the_time(server: Server) -> None:
    server.answer, server.pause = b"x" * 4_000, 0.05
    begun = time.monotonic()
    with pytest.raises(Refused, match="antwoordt nu niet"):
        scan(io.BytesIO(b"tekst"), server.url, seconds=0.3)
    assert time.monotonic() - begun < 5


def test_no_scanner_at_that_address_lets_nothing_in(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for url in (f"tcp://127.0.0.1:{port}", f"unix://{tmp_path}/geen.sock"):
        with pytest.raises(Refused, match="antwoordt nu niet"):
            scan(io.BytesIO(b"tekst"), url)


def _answering(path: Path) -> Callable[[], None]:
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listening.bind(str(path))
    listening.listen(1)

    def serve() -> None:
        with listening, listening.accept()[0] as client:
            while client.recv(4096)[-4:] != b"\0\0\0\0":
                pass
            client.sendall(b"stream: OK\0")

    thread = threading.Thread(target=serve)
    thread.start()
    return thread.join


def test_a_scanner_behind_a_unix_socket_is_asked_too(tmp_path: Path) -> None:
    path = tmp_path / "clamd scanner.sock"
    finished = _answering(path)
    scan(io.BytesIO(b"tekst"), f"unix://{tmp_path}/clamd%20scanner.sock")
    finished()
