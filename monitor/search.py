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
from django.utils import timezone

from agenda.constants import IndicatorLevel
from agenda.models import Goal, Indicator
from contracts.constants import ContractStatus
from contracts.models import Contract, Exchange, Project
from contracts.projects.reading import plan_of, state_of
from contracts.querysets import organisations_in
from core.folding import fold, fold_with_places
from monitor.access import published_editions
from monitor.constants import MonitorKind
from monitor.edition_links import EditionLinks
from monitor.editions import EditionKey
from monitor.glossary import TERMS
from monitor.models import Bottleneck, Challenge, Investigation, SteeringArrangement
from reporting.models import SupervisionReport

LONGEST_QUERY = 100
MOST_WORDS = 8
SNIPPET = 220
# Words that stand for each other here, in the singular: who asks for one wants the other as well.
# ‘Bejaard’ is what _singular makes of ‘bejaarden’.
SAME = (
    frozenset({"alcohol", "drank"}),
    frozenset({"armoede", "minima", "schuld"}),
    frozenset({"budget", "begroting", "geld"}),
    frozenset({"client", "klant"}),
    frozenset({"eenzaam", "eenzaamheid", "eenzame"}),
    frozenset({"oudere", "senior", "bejaarde", "bejaard"}),
    frozenset({"statushouder", "vluchteling"}),
)


@dataclass(frozen=True)
class Item:
    """Something that can be found. ``year`` orders, newest first; 0 has no year.

    ``is_example``: it was invented. ``has_ended``: it holds no more.
    """

    title: str
    text: str
    context: str
    url: str
    year: int = 0
    is_example: bool = False
    has_ended: bool = False


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
    is_example: bool
    has_ended: bool


@dataclass(frozen=True)
class Query:
    """A question as it was typed, and its folded words."""

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
    def forms(self) -> tuple[frozenset[str], ...]:
        """For each word what is looked for: its singular, and what means the same."""
        singular = map(_singular, self.words)
        return tuple(
            next((same for same in SAME if word in same), frozenset({word})) for word in singular
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


def _singular(word: str) -> str:
    """``word`` without the plural of most Dutch words, so that ‘wijken’ finds ‘wijk’ as well.

    ‘Ouderen’ becomes ‘oudere’, because an ‘ouder’ is somebody else.
    """
    ending = next((end for end in ("eren", "en", "s") if word.endswith(end)), "")
    cut = 1 if ending == "eren" else len(ending)
    if cut and len(word) >= cut + 4:
        return word[:-cut]
    return word


Finder = Callable[[EditionLinks], Iterator[Item]]


def search(query: Query) -> list[Group]:
    """What matches every word of ``query``, kind by kind; kinds without a match are left out.

    A match in the title comes before one in the text, newer before older. Fourteen queries,
    whatever the question and however much there is, and one when the newest edition was not read
    before.
    """
    links = EditionLinks()
    groups = [Group(code, label, _matching(query, finder(links))) for code, label, finder in KINDS]
    return [group for group in groups if group.items]


def _matching(query: Query, items: Iterator[Item]) -> list[Item]:
    found: list[tuple[int, int, Item]] = []
    for item in items:
        title = fold(item.title)
        everything = f"{title} {fold(item.text)}"
        if all(_has(everything, forms) for forms in query.forms):
            missing = sum(not _has(title, forms) for forms in query.forms)
            found.append((missing, -item.year, item))
    return [item for *_, item in sorted(found, key=lambda row: row[:2])]


def _has(text: str, forms: frozenset[str]) -> bool:
    return any(form in text for form in forms)


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
    # A goal that a later version of its agenda took over unchanged is found once, in the last.
    last = {(row[0], row[1], row[6]): row for row in rows}
    for label, text, number, slug, theme, version, agenda_slug, agenda, year in last.values():
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
            is_example=row.is_example,
            has_ended=row.status == ContractStatus.ENDED,
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


def _exchanges(links: EditionLinks) -> Iterator[Item]:
    for row in Exchange.objects.all():
        yield Item(
            row.purpose,
            " ".join(filter(None, [row.data, row.reason])),
            f"{str(row.get_outcome_display()).capitalize()} · over {row.about}",
            reverse("exchange_detail", args=[row.pk]),
            is_example=row.is_example,
            has_ended=row.has_stopped(timezone.localdate()),
        )


def _projects(links: EditionLinks) -> Iterator[Item]:
    """Projects that are no draft, with what they are to do and what was learnt."""
    rows = Project.objects.readable().select_related("elsewhere")
    for row in rows.prefetch_related("plans", "evaluations"):
        plan = plan_of(row)
        learnt = [f"{said.results} {said.lessons}" for said in row.evaluations.all()]
        invented = "verzonnen voorbeeld" if row.is_example else ""
        whose = row.elsewhere.name if row.elsewhere else ""
        context = [row.get_kind_display().capitalize(), state_of(row), whose, invented]
        yield Item(
            row.title,
            " ".join(filter(None, [plan.what, plan.aim, *learnt, row.note])),
            ", ".join(filter(None, context)),
            reverse("project_detail", args=[row.slug]),
            plan.starts_on.year if plan.starts_on else 0,
        )


def _steering(links: EditionLinks) -> Iterator[Item]:
    """What is agreed about steering; all of it stands on one page."""
    for row in SteeringArrangement.objects.all():
        yield Item(
            f"{row.who[:1].upper()}{row.who[1:]}: {row.product_label}",
            row.decides,
            f"Sturing door: {row.get_level_display()}",
            reverse("steering"),
            is_example=row.is_example,
            has_ended=row.is_past(timezone.localdate()),
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


def _supervision(links: EditionLinks) -> Iterator[Item]:
    """What the supervisor published: each report, and each of its recommendations."""
    for report in SupervisionReport.objects.published().prefetch_related("findings"):
        context, invented = f"Toezicht over {report.year}", report.is_example
        page = reverse("supervision_detail", args=[report.year])
        yield Item(report.title, report.summary, context, page, report.year, invented)
        for number, finding in enumerate(report.findings.all(), start=1):
            url = f"{page}#aanbeveling-{number}"
            yield Item(finding.advice, finding.text, context, url, report.year, invented)


def _investigations(links: EditionLinks) -> Iterator[Item]:
    """Public investigations, with what each found and what was said to that."""
    for row in Investigation.objects.published().prefetch_related("parts"):
        parts = [f"{part.text} {part.heard} {part.reaction}" for part in row.parts.all()]
        yield Item(
            row.title,
            " ".join(filter(None, [row.question, row.reaction, *parts])),
            str(row.get_kind_display()).capitalize(),
            reverse("investigation_detail", args=[row.pk]),
            row.published_on.year if row.published_on else 0,
            is_example=row.is_example,
        )


def _terms(links: EditionLinks) -> Iterator[Item]:
    page = reverse("glossary")
    for term in TERMS:
        yield Item(term.word, term.explanation, "Begrip", f"{page}#{term.slug}")


def _pages(links: EditionLinks) -> Iterator[Item]:
    """What the newest edition tells apart from its goals."""
    newest = next(reversed(published_editions()), None)
    if newest is None:
        return
    pages = [
        ("monitor_money", "Geld", "De begroting, en de bedragen die met partners zijn afgesproken.")
    ]
    if newest.content["experience"]:
        pages.append(("monitor_experience", "Cliëntervaring", "Wat cliënten van de hulp vinden."))
    for url_name, title, text in pages:
        yield Item(
            f"{title} in de monitor over {newest.title}",
            text,
            "Bladzijde van de monitor",
            reverse(url_name, args=[newest.key]),
            newest.key.year,
        )


KINDS: tuple[tuple[str, str, Finder], ...] = (
    ("bladzijden", "Bladzijden", _pages),
    ("doelen", "Doelen", _goals),
    ("knelpunten", "Knelpunten", _bottlenecks),
    ("uitdagingen", "Uitdagingen", _challenges),
    ("partners", "Partners en organisaties", _partners),
    ("overeenkomsten", "Overeenkomsten", _contracts),
    ("projecten", "Projecten en pilots", _projects),
    ("uitwisseling", "Uitwisseling van gegevens", _exchanges),
    ("sturing", "Wie stuurt waarop", _steering),
    ("indicatoren", "Indicatoren", _indicators),
    ("toezicht", "Toezicht", _supervision),
    ("onderzoeken", "Onderzoeken", _investigations),
    ("begrippen", "Begrippen", _terms),
)


# --- Showing where it matched ---------------------------------------------------------------------
def hit(item: Item, query: Query) -> Hit:
    """``item`` with the words of ``query`` marked, its text cut to what is around the first."""
    words = tuple(sorted(frozenset().union(*query.forms)))
    return Hit(
        pieces(item.title, words),
        pieces(_around(item.text, words), words),
        item.context,
        item.url,
        item.is_example,
        item.has_ended,
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
