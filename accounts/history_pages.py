"""What every page with a history shows: the changes of one whole, newest first, to choose from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import django_filters as filters
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from accounts.constants import ChangeAction
from accounts.history import key_of
from accounts.models import Change, User
from core.filters import ListFilter, is_chosen
from core.forms import DayInput
from core.worddiff import SKIPPED, Piece, differences, folded

PER_PAGE = 20
KEY = re.compile(r"[a-z_]{1,40}-[0-9]{1,18}")


class ChangeFilter(ListFilter):
    """By whom, and about which part; only who and what occur in the history are offered."""

    wie = filters.ModelChoiceFilter(
        label="Wie", field_name="actor", queryset=User.objects.none(), empty_label="iedereen"
    )
    deel = filters.ChoiceFilter(label="Onderdeel", method="about", empty_label="alles")

    class Meta(ListFilter.Meta):
        model = Change

    def __init__(self, data: Any, *, queryset: QuerySet[Change], request: HttpRequest) -> None:
        super().__init__(data, queryset=queryset, request=request)
        actors = queryset.order_by().values("actor")
        self.filters["wie"].queryset = User.objects.filter(pk__in=actors).order_by("name", "pk")
        self.filters["deel"].extra["choices"] = _parts(queryset, str(data.get("deel", "")))

    def about(self, rows: Any, name: str, part: str) -> QuerySet[Change]:
        chosen: QuerySet[Change] = rows.about(part)
        return chosen


class AllChangesFilter(ListFilter):
    """By whom, when, and in what."""

    wie = filters.ModelChoiceFilter(
        label="Wie", field_name="actor", queryset=User.objects.none(), empty_label="iedereen"
    )
    vanaf = filters.DateFilter(
        label="Vanaf", field_name="at", lookup_expr="date__gte", widget=DayInput
    )
    tot = filters.DateFilter(
        label="Tot en met", field_name="at", lookup_expr="date__lte", widget=DayInput
    )
    zoek = filters.CharFilter(label="Naam", method="named")

    class Meta(ListFilter.Meta):
        model = Change

    def __init__(self, data: Any, *, queryset: QuerySet[Change], request: HttpRequest) -> None:
        super().__init__(data, queryset=queryset, request=request)
        actors = queryset.order_by().values("actor")
        self.filters["wie"].queryset = User.objects.filter(pk__in=actors).order_by("name", "pk")

    def named(self, rows: QuerySet[Change], name: str, word: str) -> QuerySet[Change]:
        return rows.filter(Q(whole_name__icontains=word) | Q(name__icontains=word))


def _parts(rows: Any, asked: str) -> list[tuple[str, Any]]:
    """Every part that the history knows, by kind; and the one that was asked, known or not."""
    kinds: dict[str, list[tuple[str, str]]] = {}
    known = set()
    for row in rows.one_of_each_part():
        known.add(row.part)
        kinds.setdefault(row.kind, []).append((row.part, _short(row.name)))
    choices: list[tuple[str, Any]] = [(kind.capitalize(), held) for kind, held in kinds.items()]
    if asked not in known and KEY.fullmatch(asked):
        choices.append((asked, "het onderdeel waar u vandaan komt"))
    return choices


def _short(name: str) -> str:
    return name if len(name) <= 70 else f"{name[:69]}…"


@dataclass(frozen=True)
class ShownField:
    """A field of a change: its label, and what stayed, went and came."""

    label: str
    pieces: tuple[Piece, ...]
    before: str
    after: str

    @property
    def is_folded(self) -> bool:
        return any(piece.kind == SKIPPED for piece in self.pieces)


@dataclass(frozen=True)
class Shown:
    change: Change
    fields: tuple[ShownField, ...]

    @property
    def is_new(self) -> bool:
        """Whether the part came with this change, so that all of it is new."""
        return self.change.action == ChangeAction.ADDED


def shown(change: Change) -> Shown:
    """``change`` with the words that differ found. No query."""
    fields = tuple(
        ShownField(
            field["label"],
            tuple(folded(differences(field["before"], field["after"]))),
            field["before"],
            field["after"],
        )
        for field in change.fields
    )
    return Shown(change, fields)


def history_context(request: HttpRequest, whole: models.Model) -> dict[str, Any]:
    """What ``accounts/_history.html`` needs for the history of ``whole``. Four queries, five with a
    choice of a person, however long the history is.
    """
    rows = Change.objects.of(key_of(whole))
    return _context(request, ChangeFilter(request.GET, queryset=rows, request=request))


def all_changes_context(request: HttpRequest) -> dict[str, Any]:
    """The same for what changed anywhere. Three queries, four with a choice of a person."""
    rows = Change.objects.newest_first()
    found = _context(request, AllChangesFilter(request.GET, queryset=rows, request=request))
    return found | {"shows_whole": True}


def _context(request: HttpRequest, chosen: ListFilter) -> dict[str, Any]:
    rows = chosen.qs if chosen.is_valid() else chosen.queryset.none()
    paginator = Paginator(rows, PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    return {
        "filter": chosen,
        "page": page,
        "changes": [shown(change) for change in page],
        "total": paginator.count,
        "chosen": is_chosen(chosen) or not chosen.is_valid(),
        "all_url": request.path,
    }
