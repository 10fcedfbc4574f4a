"""What a browser finds on a page: where it leads to, and its forms as they would be sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Form:
    """A form as it stands on the page, with every button that it can be sent with."""

    address: str
    method: str
    fields: Fields
    choices: Fields = ()  # what else a list of choices offers

    @property
    def data(self) -> dict[str, list[str]]:
        sent: dict[str, list[str]] = {}
        for name, value in self.fields:
            sent.setdefault(name, []).append(value)
        return sent


@dataclass
class Page:
    links: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)


# What a browser fetches or follows, by element.
LEADS = {
    "a": ("href", "data-hx-get", "data-hx-post"),
    "link": ("href",),
    "img": ("src",),
    "script": ("src",),
    "iframe": ("src",),
    "use": ("href",),
    "div": ("data-hx-get",),
}


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.page = Page()
        self._form: tuple[str, str] | None = None
        self._fields: list[tuple[str, str]] = []
        self._text: tuple[str, list[str]] | None = None
        self._select: str = ""
        self._options: list[tuple[str, bool]] = []
        self._choices: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        for name in LEADS.get(tag, ()):
            if held.get(name):
                self.page.links.append(urljoin(self.address, held[name]))
        match tag:
            case "form":
                action = urljoin(self.address, held.get("action", ""))
                self._form = (action, held.get("method", "get").lower())
                self._fields, self._choices = [], []
            case "input" | "button" if self._form and held.get("name"):
                self._take(tag, held)
            case "textarea" if held.get("name"):
                self._text = (held["name"], [])
            case "select":
                self._select, self._options = held.get("name", ""), []
            case "option" if self._select:
                self._options.append((held.get("value", ""), "selected" in held))

    def _take(self, tag: str, held: dict[str, str]) -> None:
        kind = held.get("type", "submit" if tag == "button" else "text")
        if kind in {"checkbox", "radio"} and "checked" not in held:
            return
        if kind != "file":
            self._fields.append((held["name"], held.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._text:
            self._text[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text:
            self._fields.append((self._text[0], "".join(self._text[1])))
            self._text = None
        elif tag == "select" and self._select:
            chosen = [value for value, is_chosen in self._options if is_chosen]
            first = [value for value, _ in self._options[:1]]
            self._fields += [(self._select, value) for value in chosen or first]
            others = [value for value, is_chosen in self._options if value and not is_chosen]
            self._choices += [(self._select, value) for value in others]
            self._select = ""
        elif tag == "form" and self._form:
            fields = tuple(pair for pair in self._fields if pair[0] != "csrfmiddlewaretoken")
            self.page.forms.append(Form(*self._form, fields, tuple(self._choices)))
            self._form = None


def read_page(html: str, address: str) -> Page:
    """The links (absolute in path, without what comes after #) and forms of ``html``."""
    reader = _Reader(address)
    reader.feed(html)
    reader.close()
    reader.page.links = list(dict.fromkeys(link.split("#")[0] for link in reader.page.links))
    return reader.page


def is_here(link: str) -> bool:
    """Whether a link leads to this site, and not elsewhere or to a mail program."""
    parts = urlsplit(link)
    return not parts.scheme and link.startswith("/") and not link.startswith(("//", "/\\"))
