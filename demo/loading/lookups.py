"""What earlier files put in the database, by the names that later files use."""

from __future__ import annotations

from accounts.models import Organisation
from agenda.models import AgendaVersion, Goal, Theme
from demo.loading.reader import Place, find


class Known:
    """Organisations, agenda versions, themes and goals; read once, five queries at most."""

    def __init__(self) -> None:
        self._organisations = {each.slug: each for each in Organisation.objects.all()}
        self._versions = {
            f"{each.agenda.slug}, versie {each.number}": each
            for each in AgendaVersion.objects.select_related("agenda")
        }
        self._themes = {(each.version_id, each.slug): each for each in Theme.objects.all()}
        self._goals = {
            (each.theme.version_id, each.slug): each
            for each in Goal.objects.select_related("theme__version")
        }

    def organisation(self, place: Place, slug: str) -> Organisation:
        """Raises ``DataFileError`` when there is none; so do the others."""
        return find(place, self._organisations, slug, "organisatie")

    def version(self, place: Place, agenda: str, number: int) -> AgendaVersion:
        return find(place, self._versions, f"{agenda}, versie {number}", "agenda")

    def theme(self, place: Place, version: AgendaVersion, slug: str) -> Theme:
        themes = {name: each for (key, name), each in self._themes.items() if key == version.pk}
        return find(place, themes, slug, f"thema in {version}")

    def goal(self, place: Place, version: AgendaVersion, slug: str) -> Goal:
        goals = {name: each for (key, name), each in self._goals.items() if key == version.pk}
        return find(place, goals, slug, f"doel in {version}")
