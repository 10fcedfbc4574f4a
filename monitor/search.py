"""Searching everything that the public may read, the same on every database.

Texts are folded and compared here and not in the database: SQLite knows no accents, and the two
databases disagree on capitals. Everything searched is read for each question. That holds up to some
5,000 texts of a paragraph (about 100 ms); a municipality has a few hundred.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from agenda.constants import IndicatorLevel
from agenda.models import Goal, Indicator
from contracts.models import Contract
from contracts.querysets import organisations_in
from core.folding import fold, fold_with_places
from monitor.constants import MonitorKind
from monitor.edition_links import EditionLinks
from monitor.editions import EditionKey
from monitor.glossary import TERMS
from monitor.models import Bottleneck, Challenge

LONGEST_QUERY = 100
MOST_WORDS = 8
SNIPPET = 220


@dataclass(frozen=True)
class Item:
    """Something that can be found. ``year`` orders, newest first; 0 has no year."""

    title: str
    text: str
    context: str
    url: str
    year: int = 0


@dataclass(frozen=True)
class Piece:
    """A part of a text that a reader sees; ``hit`` when it is what was searched for."""

    text: str
    hit: bool


@dataclass(frozen=True)
class Hit:
    title: list[Piece]
    text: list[Piece]
    context: str
    url: str


@dataclass(frozen=True)
class Query:
    """A question as it was typed, and the folded words that are searched for."""

    typed: str
    words: tuple[str, ...]
    was_cut: bool

    @classmethod
    def of(cls, typed: str) -> Query:
        """Words are letters and digits; all else separates them. Long questions are cut."""
        typed = " ".join(typed.replace("\x00", " ").split())
        kept = typed[:LONGEST_QUERY].strip()
        words = list(dict.fromkeys(re.findall(r"\w+", fold(kept))))
        return cls(
            kept, tuple(words[:MOST_WORDS]), len(typed) > len(kept) or len(words) > MOST_WORDS
        )

    @property
    def is_too_short(self) -> bool:
        return sum(map(len, self.words)) < 2


@dataclass(frozen=True)
class Group:
    """All that was found of one kind, best first."""

    code: str
    label: str
    items: list[Item]


Finder = Callable[[EditionLinks], Iterator[Item]]


def search(query: Query) -> list[Group]:
    """What matches every word of ``query``, kind by kind; kinds without a match are left out.

    A match in the title comes before one in the text, newer before older. Seven queries, whatever
    the question and however much there is.
    """
    links = EditionLinks()
    groups = [Group(code, label, _matching(query, finder(links))) for code, label, finder in KINDS]
    return [group for group in groups if group.items]


def _matching(query: Query, items: Iterator[Item]) -> list[Item]:
    found: list[tuple[int, int, Item]] = []
    for item in items:
        title = fold(item.title)
        everything = f"{title} {fold(item.text)}"
        if all(word in everything for word in query.words):
            missing = sum(word not in title for word in query.words)
            found.append((missing, -item.year, item))
    return [item for *_, item in sorted(found, key=lambda row: row[:2])]


# --- What can be found ----------------------------------------------------------------------------
def _goals(links: EditionLinks) -> Iterator[Item]:
    rows = (
        Goal.objects.readable()
        .in_order()
        .values_list(
            "label",
            "text",
            "number",
            "slug",
            "theme__name",
            "theme__version__number",
            "theme__version__agenda__slug",
            "theme__version__agenda__short_name",
            "theme__version__agenda__year",
        )
    )
    for label, text, number, slug, theme, version, agenda_slug, agenda, year in rows:
        later = f", versie {version}" if version > 1 else ""
        yield Item(
            label,
            text,
            f"Doel {number} in {agenda}{later} · {theme}",
            links.newest_of(slug) or reverse("agenda_goal", args=[agenda_slug, slug]),
            year,
        )


def _partners(links: EditionLinks) -> Iterator[Item]:
    """Organisations that are a party to an agreement that may be read."""
    rows = organisations_in(Contract.objects.readable())
    for row in rows:
        yield Item(
            row.name,
            row.description,
            ", ".join(filter(None, [str(row.get_kind_display()), row.seat])),
            reverse("partner_detail", args=[row.slug]),
        )


def _contracts(links: EditionLinks) -> Iterator[Item]:
    rows = Contract.objects.readable().select_related("partner").order_by("order", "id")
    for row in rows:
        words = (row.occasion, row.kind_note, row.note, row.partner.name if row.partner else "")
        term = row.term_note or (row.term.label if row.term else "")
        yield Item(
            row.title,
            " ".join(filter(None, words)),
            ", ".join(filter(None, [str(row.get_kind_display()), term])),
            reverse("contract_detail", args=[row.slug]),
            row.term.year if row.term else 0,
        )


def _bottlenecks(links: EditionLinks) -> Iterator[Item]:
    rows = Bottleneck.objects.published().values_list(
        "text",
        "action",
        "owner",
        "theme__name",
        "theme__slug",
        "goal__label",
        "goal__slug",
        "monitor__year",
        "monitor__kind",
    )
    for text, action, owner, theme, theme_slug, goal, goal_slug, year, kind in rows:
        yield Item(
            text[:1].upper() + text[1:],
            " ".join(filter(None, [action, owner])) or "Zonder afgesproken actie.",
            f"Monitor {year} · {goal or theme}",
            links.place(EditionKey(year, MonitorKind(kind)), theme_slug, goal_slug or ""),
            year,
        )


def _challenges(links: EditionLinks) -> Iterator[Item]:
    rows = Challenge.objects.published().values_list("text", "monitor__year", "monitor__kind")
    for text, year, kind in rows:
        key = EditionKey(year, MonitorKind(kind))
        yield Item(
            text[:1].upper() + text[1:],
            "",
            f"Monitor {year}",
            reverse("monitor_edition", args=[key]),
            year,
        )


def _indicators(links: EditionLinks) -> Iterator[Item]:
    """Indicators that have a page of their own."""
    rows = (
        Indicator.objects.readable()
        .order_by("name")
        .values_list("name", "definition", "level", "unit", "slug")
    )
    for name, definition, level, unit, slug in rows:
        yield Item(
            name,
            definition,
            ", ".join(filter(None, [f"Meet {IndicatorLevel(level).label}", unit])),
            reverse("indicator_detail", args=[slug]),
        )


def _terms(links: EditionLinks) -> Iterator[Item]:
    page = reverse("glossary")
    for term in TERMS:
        yield Item(term.word, term.explanation, "Begrip", f"{page}#{term.slug}")


KINDS: tuple[tuple[str, str, Finder], ...] = (
    ("doelen", "Doelen", _goals),
    ("knelpunten", "Knelpunten", _bottlenecks),
    ("uitdagingen", "Uitdagingen", _challenges),
    ("partners", "Partners en organisaties", _partners),
    ("overeenkomsten", "Overeenkomsten", _contracts),
    ("indicatoren", "Indicatoren", _indicators),
    ("begrippen", "Begrippen", _terms),
)


# --- Showing where it matched ---------------------------------------------------------------------
def hit(item: Item, query: Query) -> Hit:
    """``item`` with the words of ``query`` marked, its text cut to what is around the first."""
    return Hit(
        pieces(item.title, query.words),
        pieces(_around(item.text, query.words), query.words),
        item.context,
        item.url,
    )


def pieces(text: str, words: tuple[str, ...]) -> list[Piece]:
    """``text`` in parts, those that match one of the folded ``words`` marked; nothing is lost."""
    folded, places = fold_with_places(text)
    marked = [False] * len(text)
    for word in words:
        start = folded.find(word)
        while start >= 0:
            for place in places[start : start + len(word)]:
                marked[place] = True
            start = folded.find(word, start + len(word))
    found: list[Piece] = []
    begin = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or marked[place] != marked[begin]:
            found.append(Piece(text[begin:place], marked[begin]))
            begin = place
    return found


def _around(text: str, words: tuple[str, ...]) -> str:
    if len(text) <= SNIPPET:
        return text
    folded, places = fold_with_places(text)
    starts = [places[at] for word in words if (at := folded.find(word)) >= 0]
    first = max(min(starts, default=0) - SNIPPET // 3, 0)
    first = text.rfind(" ", 0, first) + 1 if first else 0
    last = text.rfind(" ", first, first + SNIPPET)
    last = len(text) if first + SNIPPET >= len(text) else last if last > first else first + SNIPPET
    return f"{'… ' if first else ''}{text[first:last]}{' …' if last < len(text) else ''}"
