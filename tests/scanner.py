"""A small server that speaks the protocol of clamd, for files that are scanned."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
MOST = 3_000_000  # bytes that this scanner takes


class Scanner(socketserver.BaseRequestHandler):
    """INSTREAM as clamd does it: sizes before chunks, an empty one at the end, one answer."""

    def handle(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        if server.closes_at == "begin":
            return
        assert self._read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!L", self._read(4))[0]:
            content += self._read(size)
            if server.closes_at == "middle":
                return
            if len(content) > MOST:
                self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        server.seen.append(content)
        if server.hangs:
            server.released.wait(20)
            return
        answer = server.answer
        if answer is None:
            answer = (
                b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
            )
        for place in range(len(answer)):  # in pieces, as a network may bring it
            self.request.sendall(answer[place : place + 1])
            if server.released.wait(server.pause):
                return

    def _read(self, size: int) -> bytes:
        held = b""
        while len(held) < size:
            read = self.request.recv(size - len(held))
            assert read, "the client broke off"
            held += read
        return held


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        self.seen: list[bytes] = []
        self.answer: bytes | None = None
        self.closes_at = ""
        self.hangs = False
        self.pause = 0.0
        self.released = threading.Event()
        super().__init__(("127.0.0.1", 0), Scanner)

    @property
    def url(self) -> str:
        return f"tcp://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of these tests."""


@contextmanager
def scanning() -> Iterator[Server]:
    """A scanner that runs until the end of the block."""
    with Server() as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield made
        made.released.set()
        made.shutdown()
        thread.join()
