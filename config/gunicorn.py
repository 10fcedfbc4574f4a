"""How gunicorn serves the site: ``gunicorn --config python:config.gunicorn config.wsgi``.

A request that it cannot read never reaches Django: an address that is too long, or headers that are
none. Gunicorn then answers by itself, in English and with what was sent. It has no setting for that
page, so the function that writes it is replaced here; nothing of what was sent comes back.
"""

from __future__ import annotations

import html
import socket
from http import HTTPStatus

from gunicorn import util

NOT_READ = (
    "Deze vraag begrijpen we niet",
    "Uw browser stuurde iets wat deze site niet kan lezen. Er is niets veranderd en niets bewaard. "
    "Ga terug en probeer het opnieuw.",
)
WORDS = {
    HTTPStatus.FORBIDDEN: (
        "Deze vraag mag niet",
        "De site neemt deze vraag niet aan. Typ het adres zelf over en probeer het opnieuw.",
    ),
    HTTPStatus.REQUEST_URI_TOO_LONG: (
        "Dit adres is te lang",
        "Het adres dat uw browser vroeg, is te lang. Zocht u iets? Zoek dan met minder woorden. Er "
        "is niets veranderd en niets bewaard.",
    ),
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: (
        "Uw browser stuurde te veel mee",
        "Verwijder in uw browser de cookies van deze site en log opnieuw in. Er is niets veranderd "
        "en niets bewaard.",
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "Er ging iets mis",
        "Probeer het over een paar minuten opnieuw. Blijft het misgaan? Vertel het dan aan de "
        "functioneel beheerder van de gemeente.",
    ),
}
PAGE = """<!doctype html>
<html lang="nl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title></head>
<body><main><h1>{title}</h1><p>{text}</p><p><a href="/">Naar het begin</a></p></main></body>
</html>
"""


def answer(status: int) -> bytes:
    """The whole answer to a request that could not be read: headers and a plain page in Dutch."""
    title, text = (html.escape(each) for each in WORDS.get(HTTPStatus(status), NOT_READ))
    page = PAGE.format(title=title, text=text).encode()
    head = (
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        "Connection: close",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(page)}",
        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options: nosniff",
        "Cache-Control: no-store",
    )
    return "\r\n".join((*head, "", "")).encode("ascii") + page


def _write_error(sock: socket.socket, status: int, reason: str, message: str) -> None:
    util.write_nonblock(sock, answer(status))


util.write_error = _write_error
