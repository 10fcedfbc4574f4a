"""The doors to the agenda: what may not be read answers as if it were not there."""

from __future__ import annotations

from django.http import Http404

from agenda.models import AgendaVersion, Goal, Indicator


def version_or_404(slug: str, number: int | None = None) -> AgendaVersion:
    """The version ``number`` of an agenda, or its newest one. Raises ``Http404``. One query."""
    versions = AgendaVersion.objects.readable().filter(agenda__slug=slug)
    if number is not None:
        versions = versions.filter(number=number)
    version = (
        versions.select_related("agenda__predecessor", "agenda__owner", "agenda__source", "source")
        .order_by("-number")
        .first()
    )
    if version is None:
        raise Http404("Deze agenda is er niet, of hij is nog niet openbaar.")
    return version


def goal_or_404(agenda_slug: str, slug: str) -> Goal:
    """A goal of this agenda, in any readable version. Raises ``Http404``. One query."""
    goal = (
        Goal.objects.readable()
        .filter(slug=slug, theme__version__agenda__slug=agenda_slug)
        .select_related(
            "theme__parent", "theme__version__agenda", "theme__version__source", "source"
        )
        .first()
    )
    if goal is None:
        raise Http404("Dit doel staat niet in deze agenda.")
    return goal


def indicator_or_404(slug: str) -> Indicator:
    """An indicator that the public may read. Raises ``Http404``. One query."""
    indicator = Indicator.objects.readable().filter(slug=slug).select_related("source").first()
    if indicator is None:
        raise Http404("Deze indicator is er niet.")
    return indicator
