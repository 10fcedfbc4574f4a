"""The words of the table of who may ask what: actors, answers, and a row of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts.constants import Role

OK, REDIRECT, REFUSED, MISSING, NOT_ALLOWED, CONFLICT = 200, 302, 403, 404, 405, 409
LOGIN = "to the sign-in page"
Answer = int | str

STRANGER, OUTSIDER = "stranger", "outsider"
ACTORS: tuple[str, ...] = (STRANGER, OUTSIDER, *Role.values)
Expected = Mapping[str, Answer]


def everyone(answer: Answer) -> Expected:
    return dict.fromkeys(ACTORS, answer)


def signed_in(answer: Answer, *, stranger: Answer = LOGIN) -> Expected:
    return {**everyone(answer), STRANGER: stranger}


def only(
    *roles: Role, answer: Answer = OK, others: Answer = REFUSED, stranger: Answer = LOGIN
) -> Expected:
    """Holders of one of ``roles`` get ``answer``; a stranger is sent to the sign-in page."""
    return {**everyone(others), STRANGER: stranger, **{role.value: answer for role in roles}}


@dataclass(frozen=True)
class Row:
    get: Expected
    post: Expected
    kwargs: Mapping[str, Any] | Callable[[], Mapping[str, Any]] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
