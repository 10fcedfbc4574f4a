"""The public pages of a published edition. Each is made from its frozen content alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from core.tables import csv_response
from monitor import glossary, pictures
from monitor.access import edition_or_404, find, published_editions
from monitor.editions import Edition, EditionKey
from monitor.models import Snapshot
from monitor.national import national_figures
from monitor.overview import costs, stand_out
from monitor.tables import (
    EXPERIENCE_HEADER,
    JUDGEMENT_HEADER,
    MEASURE_HEADER,
    MONEY_HEADER,
    experience_rows,
    judgement_rows,
    measure_rows,
    money_rows,
)

P = ParamSpec("P")
EditionView = Callable[Concatenate[HttpRequest, Edition, P], HttpResponse]
KeyView = Callable[Concatenate[HttpRequest, EditionKey, P], HttpResponseBase]


def edition_page(view: EditionView[P]) -> KeyView[P]:
    """A public page of one edition: fetched through the door, and cached by its frozen content."""

    @login_not_required
    @require_safe
    @wraps(view)
    def page(
        request: HttpRequest, edition: EditionKey, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        held = edition_or_404(edition)
        etag = f'"{held.etag}"'
        answer = get_conditional_response(request, etag=etag)
        response = view(request, held, *args, **kwargs) if answer is None else answer
        response["ETag"] = etag
        patch_cache_control(response, public=True, no_cache=True)
        return response

    # The address hands the edition over by name, which ParamSpec has no way to say.
    return cast("KeyView[P]", page)


def page_of(request: HttpRequest, edition: Edition, template: str, **context: Any) -> HttpResponse:
    content = edition.content
    return render(
        request,
        f"monitor/{template}.html",
        {
            "edition": edition,
            "content": content,
            "chart_tokens": content["tokens"],
            "frozen_terms": glossary.frozen_in(content),
            **context,
        },
    )


@login_not_required
@require_safe
def monitor_list(request: HttpRequest) -> HttpResponse:
    """Every edition, newest first, with its finding."""
    return render(request, "monitor/monitor_list.html", {"editions": published_editions()[::-1]})


@edition_page
def monitor_edition(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The edition at a glance."""
    found = stand_out(edition.content)
    return page_of(
        request,
        edition,
        "monitor_edition",
        flow=pictures.flow_picture(edition.content),
        rows=[
            {"theme": theme, "goals": [edition.goals[slug] for slug in theme["goals"]]}
            for theme in edition.content["themes"]
        ],
        improved=found.improved,
        worsened=found.worsened,
        stubborn=found.stubborn,
        also=found.also,
        on_good=found.on_good,
        costs=costs(edition.content),
    )


@edition_page
def monitor_theme(request: HttpRequest, edition: Edition, slug: str) -> HttpResponse:
    """One theme: its goals, bottlenecks, what was agreed and what was done."""
    theme = find(edition.themes, slug, "Dit thema")
    return page_of(
        request,
        edition,
        "monitor_theme",
        theme=theme,
        goals=[edition.goals[goal] for goal in theme["goals"]],
        measures=theme["measures"],
        charts=_charts(theme["measures"]),
    )


@edition_page
def monitor_goal(request: HttpRequest, edition: Edition, slug: str) -> HttpResponse:
    """One goal: the thread from the first promise to what changes now."""
    goal = find(edition.goals, slug, "Dit doel")
    theme = edition.themes[goal["theme"]]
    slugs = [held["slug"] for held in edition.content["goals"]]
    place = slugs.index(slug)
    measures = [
        *({**row, "of_goal": True} for row in goal["measures"]),
        *({**row, "of_goal": False} for row in theme["measures"]),
    ]
    return page_of(
        request,
        edition,
        "monitor_goal",
        goal=goal,
        theme=theme,
        measures=measures,
        charts=_charts(measures),
        before=edition.goals[slugs[place - 1]] if place else None,
        after=edition.goals[slugs[place + 1]] if place + 1 < len(slugs) else None,
        challenges=[row for row in edition.content["challenges"] if slug in row["goals"]],
    )


def _charts(measures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"measure": measure, "chart": pictures.measure_picture(measure, number)}
        for number, measure in enumerate(measures, start=1)
    ]


@edition_page
def monitor_partners(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The partners in this edition."""
    return page_of(request, edition, "monitor_partners")


@edition_page
def monitor_partner(request: HttpRequest, edition: Edition, slug: str) -> HttpResponse:
    """One partner: coalition, agreements, results."""
    partner = find(edition.partners, slug, "Deze partner")
    contradictions = [row for row in edition.content["contradictions"] if slug in row["partners"]]
    return page_of(
        request, edition, "monitor_partner", partner=partner, contradictions=contradictions
    )


@edition_page
def monitor_money(request: HttpRequest, edition: Edition) -> HttpResponse:
    """What was budgeted, agreed and spent."""
    budget = edition.content["money"]["budget"]
    return page_of(
        request,
        edition,
        "monitor_money",
        budget=budget,
        chart=pictures.budget_picture(budget) if budget else None,
        national=national_figures(budget) if budget else None,
        contradictions=_contradictions(edition, "money") if budget else [],
    )


@edition_page
def monitor_experience(request: HttpRequest, edition: Edition) -> HttpResponse:
    """What clients say, beside the reference group."""
    survey = edition.content["experience"]
    return page_of(
        request,
        edition,
        "monitor_experience",
        survey=survey,
        chart=pictures.experience_picture(survey) if survey else None,
        contradictions=_contradictions(edition, "experience") if survey else [],
    )


def _contradictions(edition: Edition, *topics: str) -> list[dict[str, Any]]:
    return [row for row in edition.content["contradictions"] if row["topic"] in topics]


# --- The same figures to take along ---------------------------------------------------------------
@edition_page
def monitor_json(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The frozen text itself, byte for byte what the SHA-256 is over."""
    text = Snapshot.objects.values_list("payload", flat=True).get(sha256=edition.sha256)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["X-Content-SHA256"] = edition.sha256
    return response


def _file(edition: Edition, what: str) -> str:
    return f"monitor-{str(edition.key).replace('/', '-')}-{what}.csv"


@edition_page
def monitor_judgements_csv(request: HttpRequest, edition: Edition) -> HttpResponse:
    rows = judgement_rows(edition.content)
    return csv_response(_file(edition, "oordelen"), JUDGEMENT_HEADER, rows)


@edition_page
def monitor_money_csv(request: HttpRequest, edition: Edition) -> HttpResponse:
    return csv_response(_file(edition, "geld"), MONEY_HEADER, money_rows(edition.content))


@edition_page
def monitor_experience_csv(request: HttpRequest, edition: Edition) -> HttpResponse:
    rows = experience_rows(edition.content)
    return csv_response(_file(edition, "clientervaring"), EXPERIENCE_HEADER, rows)


@edition_page
def monitor_theme_csv(request: HttpRequest, edition: Edition, slug: str) -> HttpResponse:
    theme = find(edition.themes, slug, "Dit thema")
    goals = [edition.goals[goal] for goal in theme["goals"]]
    return csv_response(_file(edition, slug), MEASURE_HEADER, measure_rows(theme, goals))
