"""From the frozen content to what the pages of the document hold. Pure: no database, no clock."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Any

from agenda.constants import Origin, Phase
from monitor.constants import Movement
from monitor.documents.activities import activity, with_counted
from monitor.documents.partners import partner_chapters
from monitor.documents.words import (
    Content,
    counted,
    euro,
    in_a_row,
    long_date,
    mark_before,
    mark_now,
    reference,
    references,
)
from monitor.national import national_figures
from monitor.overview import costs, stand_out
from monitor.pictures import (
    budget_picture,
    experience_picture,
    flow_picture,
    measure_picture,
)

ACHIEVED_WORDS = {"yes": "gehaald", "no": "niet gehaald", "unknown": "niet te zeggen"}


# -- in één oogopslag ------------------------------------------------------------------------------
def overview(payload: Content) -> Content:
    goals = {goal["slug"]: goal for goal in payload["goals"]}
    return {
        "flow": flow_picture(payload),
        "rows": [
            {
                "name": theme["name"],
                "before": [
                    {**mark_before(goals[slug]), "label": goals[slug]["label"]}
                    for slug in theme["goals"]
                ],
                "now": [
                    {**mark_now(goals[slug]), "label": goals[slug]["label"]}
                    for slug in theme["goals"]
                ],
                "changes": [
                    goals[slug]
                    for slug in theme["goals"]
                    if goals[slug]["movement"] in (Movement.IMPROVED, Movement.WORSENED)
                ],
                "new": all(goals[slug]["movement"] == Movement.NEW for slug in theme["goals"]),
            }
            for theme in payload["themes"]
        ],
        "found": stand_out(payload),
        "costs": costs(payload),
    }


def _agreed(payload: Content) -> list[Content]:
    """The amounts that hold in the year, largest first as agreed; never added up: some overlap."""
    return [
        {
            **row,
            "when": row["when"] if row["period"] else "jaar niet vermeld in de bron",
        }
        for row in payload["money"]["amounts"]["agreed"]
    ]


# -- reading guide ---------------------------------------------------------------------------------
def guide(payload: Content, seen: Content, themes: list[Content]) -> Content:
    """What the document holds, in words; it promises nothing that this edition does not have."""
    found = seen["found"]
    glance = ["de uitslag" if payload["judges_goals"] else "wat deze monitor noemt"]
    if found.improved or found.worsened:
        glance.append("de doelen die bewogen")
    if found.stubborn or found.also:
        glance.append("de hardnekkige uitdagingen")
    if seen["costs"]:
        glance.append("de bedragen")
    held = {
        "het oordeel per doel": payload["judges_goals"],
        "de cijfers": any(row["charts"] or row["measures"] for row in themes),
        "de resultaten van partners": any(row["results"] for row in themes),
        "de knelpunten": any(row["bottlenecks"] or row["named_bottlenecks"] for row in themes),
        "wat partners deden": any(row["activities"] for row in themes),
    }
    return {
        "glance": in_a_row(glance),
        "theme": in_a_row([words for words, there in held.items() if there]),
    }


# -- themes ----------------------------------------------------------------------------------------
def theme_chapters(payload: Content) -> list[Content]:
    goals = {goal["slug"]: goal for goal in payload["goals"]}
    return [
        _theme(
            theme,
            [goals[slug] for slug in theme["goals"]],
            number,
            lacking="Niet in de bronnen" if payload["origin"] == Origin.SOURCE else "Ontbreekt",
        )
        for number, theme in enumerate(payload["themes"], start=1)
    ]


def _theme(theme: Content, goals: list[Content], number: int, lacking: str) -> Content:
    first, *others = theme["finding"].split(". ", 1)
    title = f"{theme['name']}: {first[:1].lower()}{first[1:].rstrip('.')}"
    bottlenecks = [_bottleneck(row, goals) for row in theme["bottlenecks"]]
    earlier = [_bottleneck(row, goals) for row in theme["earlier_bottlenecks"]]
    named = counted(len(bottlenecks), "knelpunt", "knelpunten")
    lede = " ".join(
        [
            *others,
            f"De monitor noemt {named}."
            if bottlenecks
            else "De monitor noemt bij dit thema geen knelpunten.",
        ]
    )
    measures = [
        {**_measure(row, 100 * number + at), "goal": label}
        for at, (label, row) in enumerate(
            [
                *((goal["label"], row) for goal in goals for row in goal["measures"]),
                *(("", row) for row in theme["measures"]),
            ],
            start=1,
        )
    ]
    rest = [row for row in measures if not row["chart"]]
    valued = any(row["newest"] or row["target"] for row in rest)
    acted = any(row["action"] or row["owner"] or row["due"] for row in bottlenecks)
    return {
        "id": f"thema-{theme['slug']}",
        "name": theme["name"],
        "title": title,
        "lede": lede,
        "goals": [_goal(goal) for goal in goals],
        "charts": [row["chart"] for row in measures if row["chart"]],
        "measures": rest if valued else [],
        "bare_measures": [] if valued else rest,
        "missing": _missing(
            lacking,
            [
                ("toelichting op oordelen", not any(goal["explanation"] for goal in goals)),
                ("metingen", not measures),
                ("waarden en streefwaarden van metingen", bool(rest) and not valued),
                ("actie, eigenaar en datum bij knelpunten", bool(bottlenecks) and not acted),
            ],
        ),
        "results": [_result(row, goal["label"]) for goal in goals for row in results_in(goal)],
        "bottlenecks": bottlenecks,
        "agreed_actions": acted,
        # Those with an action stand in a table of their own.
        "named_bottlenecks": [
            *([] if acted else bottlenecks),
            *({**row, "earlier": True} for row in earlier),
        ],
        "source_line": references([*goals, *theme["bottlenecks"], *theme["earlier_bottlenecks"]]),
        "activities": _activities(theme["activities"]),
        "expectations": theme["expectations"],
    }


def results_in(goal: Content) -> list[Content]:
    """What partners reported on a goal; an edition that was frozen without has none."""
    rows: list[Content] = goal.get("results", [])
    return rows


def _result(row: Content, goal: str) -> Content:
    return {
        **row,
        "goal": goal,
        "achieved_words": ACHIEVED_WORDS[row["achieved"]],
        "accepted": long_date(row["report"]["accepted_on"]),
    }


def _missing(opening: str, parts: list[tuple[str, bool]]) -> str:
    """One honest sentence about what is not there; empty when nothing is lacking."""
    lacking = [text for text, lacks in parts if lacks]
    if not lacking:
        return ""
    return f"{opening}: {'; '.join(lacking)}."


def _goal(goal: Content) -> Content:
    return {
        **goal,
        "before": mark_before(goal),
        "now": mark_now(goal),
        "improved": goal["movement"] == Movement.IMPROVED,
        "worsened": goal["movement"] == Movement.WORSENED,
    }


def _bottleneck(row: Content, goals: list[Content]) -> Content:
    labels = {goal["slug"]: goal["label"] for goal in goals}
    return {**row, "goal_label": labels.get(row["goal"], ""), "due": long_date(row["due_on"])}


def _measure(measure: Content, number: int) -> Content:
    """A line needs two values; one value stands in the table, where it says as much."""
    last = measure["series"][-1] if measure["series"] else None
    target = measure["targets"][-1] if measure["targets"] else None
    known = [row for row in measure["series"] if row["quantity"] is not None]
    picture = measure_picture(measure, number)
    return {
        **measure,
        "words": (measure["text"] or measure["name"]).rstrip("."),
        "chart": picture if len(known) > 1 else None,
        "newest": last,
        "target": target,
    }


def _activities(rows: list[Content]) -> list[Content]:
    """By partner and report, in the order of the reports."""
    return [
        {
            "partner": partner,
            "report": report,
            **with_counted([activity(row) for row in held]),
        }
        for (partner, report), held in groupby(rows, lambda row: (row["partner"], row["report"]))
    ]


# -- clients, money, sources -----------------------------------------------------------------------
def experience(payload: Content) -> Content | None:
    survey = payload["experience"]
    if survey is None:
        return None
    return {
        **survey,
        "chart": experience_picture(survey),
        "where": reference(survey["source"]),
        "notes": [row for row in survey["statements"] if row["note"] or row["base"]],
    }


def money(payload: Content) -> Content:
    held = payload["money"]
    budget = held["budget"]
    told = None
    if budget is not None:
        told = {
            **budget,
            "chart": budget_picture(budget),
            "rows": [{**row, "euro": euro(row["amount"])} for row in budget["items"]],
            "computed": euro(budget["computed_total"]),
            "stated": euro(budget["stated_total"]) if budget["stated_total"] else "",
            "custom": euro(budget["custom_care_total"]),
            "outside": [
                post["name"]
                for item in budget["items"]
                for post in item["posts"]
                if post["outside_wmo"]
            ],
            "where": reference(budget["source"]),
            "national": national_figures(budget),
        }
    return {
        "budget": told,
        "agreed": _agreed(payload),
        "spent": sorted(held["amounts"]["spent"], key=lambda row: (-row["year"], row["partner"])),
        "source": references([*held["amounts"]["agreed"], *held["amounts"]["spent"]]),
    }


def sources_by_phase(payload: Content) -> list[Content]:
    return [
        {
            "label": held[0]["phase_label"],
            "rows": [{**row, "title": row["title"]} for row in held],
        }
        for phase in Phase
        if (held := [row for row in payload["sources"] if row["phase"] == phase])
    ]


def contradictions(payload: Content) -> Content:
    """Reading by reading; the source that is named most often is named once, above all."""
    named = Counter(
        reading["source"]["title"]
        for row in payload["contradictions"]
        for reading in row["readings"]
        if reading["source"]
    )
    main = named.most_common(1)[0][0] if named else ""

    def where(source: Content) -> str:
        if source and source["title"] == main and source["locator"]:
            return str(source["locator"])
        return reference(source)

    return {
        "main": main,
        "rows": [
            {
                **row,
                "readings": [
                    {**reading, "where": where(reading["source"])} for reading in row["readings"]
                ],
            }
            for row in payload["contradictions"]
        ],
    }


# -- cover -----------------------------------------------------------------------------------------
def cover_marks(payload: Content) -> Content | None:
    """The verdicts as a grid: one mark a goal in the order of the agenda; ``None`` without any.

    The grid is 170 by 140 units (millimetres on paper); six or more columns, as many as needed.
    """
    goals = payload["goals"]
    if not goals:
        return None
    columns = 6
    while -(-len(goals) // columns) * 170 / columns > 142:
        columns += 1
    step = 170 / columns
    # The last column ends at the margin: a mark is 72% of a step wide.
    size = step * 0.72
    step = (170 - size) / (columns - 1)
    return {
        "height": round((-(-len(goals) // columns) - 1) * step + size, 2),
        "scale": round(size / 24, 4),
        "words": ", ".join(f"{goal['label']}: {mark_now(goal)['word']}" for goal in goals),
        "marks": [
            {
                **mark_now(goal),
                "x": round(at % columns * step, 2),
                "y": round(at // columns * step, 2),
            }
            for at, goal in enumerate(goals)
        ],
    }


def document_content(payload: Content) -> dict[str, Any]:
    """All that the templates of the document need."""
    seen, themes = overview(payload), theme_chapters(payload)
    return {
        "overview": seen,
        "themes": themes,
        "guide": guide(payload, seen, themes),
        "partners": partner_chapters(payload),
        "experience": experience(payload),
        "money": money(payload),
        "sources": sources_by_phase(payload),
        "contradictions": contradictions(payload),
        "cover": cover_marks(payload),
    }
