"""Every named address of the site, as the resolver knows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    name: str
    route: str
    arguments: frozenset[str]
    view: Callable[..., Any]

    @property
    def is_public(self) -> bool:
        """Whether the login middleware lets a stranger in."""
        return not getattr(self.view, "login_required", True)


def _walk(resolver: URLResolver, before: str, inherited: frozenset[str]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        arguments = inherited | entry.pattern.regex.groupindex.keys()
        if isinstance(entry, URLResolver):
            yield from _walk(entry, route, arguments)
        elif isinstance(entry, URLPattern):
            if not entry.name:
                raise AssertionError(f"The address {route!r} has no name.")
            yield Route(entry.name, route, arguments, entry.callback)


def routes() -> list[Route]:
    """All of them but the static files, which the web server serves before any view."""
    static = settings.STATIC_URL.lstrip("/")
    return [r for r in _walk(get_resolver(), "", frozenset()) if not r.route.startswith(static)]
