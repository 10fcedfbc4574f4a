"""Asking a virus scanner that speaks the protocol of clamd (its command INSTREAM)."""

from __future__ import annotations

import logging
import socket
import struct
import time
from typing import IO
from urllib.parse import unquote, urlsplit

from core.uploads.refusals import Refused

logger = logging.getLogger(__name__)

SECONDS = 15.0  # for the whole conversation
CHUNK = 128 * 1024
LONGEST_ANSWER = 4096
CLEAN = b"stream: OK"


class ScannerSilent(Exception):
    """The scanner gave no answer that says whether the file is clean."""


def scan(file: IO[bytes], url: str, *, seconds: float = SECONDS) -> None:
    """Have ``file`` scanned; it is left at its begin. Raises ``Refused``.

    Anything but the one answer that says that the file is clean refuses it.
    """
    try:
        found = _found(file, url, time.monotonic() + seconds)
    except (OSError, ScannerSilent) as error:
        logger.error("The virus scanner gave no answer: %s", error or type(error).__name__)
        raise Refused("scanner") from None
    finally:
        file.seek(0)
    if found:
        logger.warning("The virus scanner found %r in an upload", found)
        raise Refused("virus")


def _found(file: IO[bytes], url: str, until: float) -> str:
    """The name of what was found; empty for a clean file."""
    with _connection(url, until) as scanner:
        _send(scanner, b"zINSTREAM\0", until)
        file.seek(0)
        while chunk := file.read(CHUNK):
            _send(scanner, struct.pack("!L", len(chunk)) + chunk, until)
        _send(scanner, struct.pack("!L", 0), until)
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
            scanner.settimeout(_left(until))
            if not (read := scanner.recv(LONGEST_ANSWER)):
                break
            answer += read
    if not answer.endswith(b"\0"):
        raise ScannerSilent("the answer broke off")
    line = answer.rstrip(b"\0").strip()
    if line == CLEAN:
        return ""
    if line.endswith(b" FOUND"):
        return line.removeprefix(b"stream: ").removesuffix(b" FOUND").decode("ascii", "replace")
    raise ScannerSilent(f"it answered {line[:200]!r}")


def _connection(url: str, until: float) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "tcp":
        return socket.create_connection((parts.hostname, parts.port), timeout=_left(until))
    scanner = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        scanner.settimeout(_left(until))
        scanner.connect(unquote(parts.path))
    except OSError:
        scanner.close()
        raise
    return scanner


def _send(scanner: socket.socket, what: bytes, until: float) -> None:
    scanner.settimeout(_left(until))
    scanner.sendall(what)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise ScannerSilent("it took too long")
    return left
