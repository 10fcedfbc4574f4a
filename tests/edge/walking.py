"""Walking through the site as somebody: every link, with a few objects of each kind of page."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from django.contrib.staticfiles import finders
from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve

from tests.edge.reading import Form, is_here, read_page
from tests.routes import routes

# Objects per address of the site, and ways to ask each of them (filters, pages of a list).
PUBLIC_OBJECTS, OBJECTS, QUESTIONS = 4, 6, 2
# Where the first few are all of one kind.
WIDELY = (
    *("agenda_manage", "round_list", "round_manage", "letter_manage", "project_manage"),
    *("investigation_manage", "investigation_part_edit", "council_talk_manage"),
    *("recommendation_manage", "plan_edit"),
    *("meeting_manage", "action_detail", "portal_talk"),
    *("contract_detail", "contract_manage", "contract_parties", "contract_kpi_list"),
)
MORE = {
    "account_manage": 20,
    "agenda_detail": 12,
    "report_review": 12,
    **dict.fromkeys(WIDELY, 40),
}
STATIC = "/static/"
PUBLIC = frozenset(
    route.name for route in routes() if route.is_public and not route.name.startswith("account_")
)


@dataclass
class Walk:
    """What one walk met: pages by name of their address, forms with the page they stood on."""

    reached: Counter[str] = field(default_factory=Counter)
    forms: dict[Form, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


class Walker:
    """Follows links from a start. A form is read, and sent only when it asks (GET).

    Public pages say the same to everybody, so one walk of somebody who ``reads_public`` ones is
    enough; the others only see whether the public pages that are shown to them open.
    """

    def __init__(self, client: Client, *, reads_public: bool) -> None:
        self.client = client
        self.client.raise_request_exception = False
        self.reads_public = reads_public
        self.walk = Walk()
        self._seen: set[str] = set()
        self._kinds: dict[str, set[str]] = {}
        self._questions: Counter[tuple[str, str]] = Counter()
        self._queue: deque[tuple[str, str]] = deque()

    def go(self, *starts: str) -> Walk:
        for start in starts:
            self._offer(start, "the start")
        while self._queue:
            self._visit(*self._queue.popleft())
        return self.walk

    def _offer(self, link: str, shown_on: str) -> None:
        if link in self._seen:
            return
        self._seen.add(link)
        parts = urlsplit(link)
        if parts.path.startswith(STATIC):
            if finders.find(parts.path.removeprefix(STATIC)) is None:
                self.walk.problems.append(f"no such file: {link} (shown on {shown_on})")
            return
        try:
            match = resolve(parts.path)
        except Resolver404:
            self.walk.problems.append(f"no such address: {link} (shown on {shown_on})")
            return
        name = str(match.url_name)
        paths = self._kinds.setdefault(name, set())
        if parts.path not in paths and len(paths) >= self._bound(name):
            return
        if parts.query:
            asked = ",".join(sorted(part.split("=")[0] for part in parts.query.split("&")))
            if self._questions[name, asked] >= QUESTIONS:
                return
            self._questions[name, asked] += 1
        paths.add(parts.path)
        self._queue.append((link, shown_on))

    def _bound(self, name: str) -> int:
        if name in PUBLIC and not self.reads_public:
            return 1
        return MORE.get(name, PUBLIC_OBJECTS if name in PUBLIC else OBJECTS)

    def _visit(self, link: str, shown_on: str) -> None:
        answer = self.client.get(link)
        self.walk.reached[str(resolve(urlsplit(link).path).url_name)] += 1
        if answer.status_code in {301, 302}:
            if is_here(answer["Location"]):
                self._offer(answer["Location"].split("#")[0], f"{link}, on")
            else:
                self.walk.problems.append(f"{link} leads away to {answer['Location']}")
            return
        if answer.status_code != 200:
            self.walk.problems.append(f"{answer.status_code}: {link} (shown on {shown_on})")
            return
        if self.reads_public or str(resolve(urlsplit(link).path).url_name) not in PUBLIC:
            self._read(link, answer)

    def _read(self, link: str, answer: HttpResponseBase) -> None:
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            return
        page = read_page(answer.content.decode(), link)  # type: ignore[attr-defined] # not a stream
        for found in page.links:
            if is_here(found):
                self._offer(found, link)
        for form in page.forms:
            if form.method == "get":
                address = form.address.split("?")[0]
                self._offer(f"{address}?{urlencode(form.fields)}", link)
                for choice in form.choices:
                    self._offer(f"{address}?{urlencode([choice])}", link)
            else:
                self.walk.forms.setdefault(form, link)
