"""By which names the rows of a workbook refer to others, such as themes, goals and indicators."""

from __future__ import annotations

from collections import Counter, defaultdict

from django.core.exceptions import ValidationError

from accounts.models import Organisation
from agenda.models import AgendaVersion, Goal, Indicator, Source
from core.uploaded_tables.reading import folded


class Blocked(Exception):
    """A row refers to one that is in the file too, and was not (or could not be) entered yet."""


class Names:
    """The names as they are now; ``read_…`` reads them anew. One query each."""

    def __init__(self, version: AgendaVersion) -> None:
        self.version = version
        self.theme_labels: dict[int, str] = {}
        self.goal_labels: dict[int, str] = {}
        self._themes: dict[str, list[int]] = {}
        self._goals: dict[str, list[int]] = {}
        self._numbered: dict[tuple[int, str], int] = {}
        self._tasks: dict[str, int] = {}
        self._indicators: dict[str, list[int]] = {}
        self._organisations: dict[str, list[int]] | None = None
        self._sources: dict[str, list[int]] | None = None
        #: What the file itself brings, by kind of row: a name that is not there yet may come.
        self.coming: dict[str, set[str]] = defaultdict(set)
        #: Kinds of which a name in the file could not be read: any may be meant.
        self.unread: set[str] = set()
        self.read_themes()
        self.read_goals()
        self.read_tasks()
        self.read_indicators()

    def read_themes(self) -> None:
        rows = list(self.version.themes.order_by("order").values_list("pk", "name", "parent_id"))
        called, names = Counter(folded(name) for _, name, _ in rows), {r[0]: r[1] for r in rows}
        self.theme_labels = {}
        for pk, name, parent in rows:
            double = called[folded(name)] > 1 and parent is not None
            self.theme_labels[pk] = f"{names[parent]} › {name}" if double else name
        self._themes = _by_name(self.theme_labels)

    def read_goals(self) -> None:
        self.goal_labels, self._numbered = {}, {}
        rows = Goal.objects.filter(theme__version=self.version).order_by("theme__order", "order")
        for pk, theme, number in rows.values_list("pk", "theme_id", "number"):
            self.goal_labels[pk] = f"{self.theme_labels[theme]} {number}"
            self._numbered[theme, folded(number)] = pk
        self._goals = _by_name(self.goal_labels)

    def read_tasks(self) -> None:
        self._tasks = {
            str(number): pk for number, pk in self.version.tasks.values_list("number", "pk")
        }

    def read_indicators(self) -> None:
        self._indicators = _by_name(dict(Indicator.objects.values_list("pk", "name")))

    # -- finding -----------------------------------------------------------------------------------
    def theme(self, text: str) -> int:
        return self._one(self._themes, text, "thema", "het blad Thema’s")

    def goal(self, text: str) -> int:
        return self._one(self._goals, text, "doel", "het blad Doelen")

    def goal_of(self, theme: int, number: str) -> int:
        found = self._numbered.get((theme, folded(number)))
        if found is None:
            return self.goal(f"{self.theme_labels[theme]} {number}")
        return found

    def task(self, text: str) -> int:
        if text in self._tasks:
            return self._tasks[text]
        return self._one({}, text, "opdracht", "het blad Ontwikkelopdrachten")

    def indicator(self, text: str) -> int:
        return self._one(self._indicators, text, "indicator", "het blad Indicatoren")

    def indicators_called(self, text: str) -> list[int]:
        """The keys of the indicators with this name: one, or none."""
        return self._indicators.get(folded(text), [])

    def add_indicator(self, made: Indicator) -> None:
        self._indicators.setdefault(folded(made.name), []).append(made.pk)

    def organisation(self, text: str) -> int:
        if self._organisations is None:
            rows = Organisation.objects.values_list("pk", "name")
            self._organisations = _by_name(dict(rows))
        return self._one(self._organisations, text, "organisatie", "de lijst van organisaties")

    def source(self, text: str) -> int:
        if self._sources is None:
            self._sources = _by_name(dict(Source.objects.values_list("pk", "title")))
        return self._one(self._sources, text, "bron", "de bladzijde Bronnen")

    def _one(self, found: dict[str, list[int]], text: str, kind: str, where: str) -> int:
        """The one row called ``text``. Raises ``Blocked`` or ``ValidationError``."""
        rows = found.get(folded(text), [])
        if len(rows) == 1:
            return rows[0]
        if rows:
            raise ValidationError(
                f"Er is meer dan één {kind} met de naam ‘{text}’. Geef die eerst verschillende "
                "namen."
            )
        if folded(text) in self.coming[kind] or kind in self.unread:
            raise Blocked
        raise ValidationError(f"‘{text}’ staat niet op {where}. Schrijf de naam zoals daar.")


def _by_name(labels: dict[int, str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for pk, label in labels.items():
        found[folded(label)].append(pk)
    return dict(found)
