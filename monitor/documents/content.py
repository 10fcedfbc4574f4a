"""From the frozen content to what the pages of the document hold. Pure: no database, no clock."""

from __future__ import annotations

import datetime
from collections import Counter
from decimal import Decimal
from itertools import groupby
from typing import Any

from agenda.constants import Origin, Phase
from agenda.story import repeats
from core.values import format_euro
from monitor.constants import Movement
from monitor.finding import number_word
from monitor.overview import costs, stand_out
from monitor.pictures import (
    budget_picture,
    experience_picture,
    flow_picture,
    measure_picture,
)

Content = dict[str, Any]

ACHIEVED_WORDS = {"yes": "gehaald", "no": "niet gehaald", "unknown": "niet te zeggen"}

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def long_date(iso: str) -> str:
    """``2019-10-01`` as 1 oktober 2019; empty stays empty."""
    if not iso:
        return ""
    day = datetime.date.fromisoformat(iso[:10])
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def counted(number: int, one: str, many: str) -> str:
    """``één thema``, ``acht thema's``, ``30 doelen``."""
    return f"{number_word(number)} {one if number == 1 else many}"


def mark(code: str | None, word: str) -> Content:
    """A verdict as the templates draw it: its code and its frozen word."""
    return {"code": code or "none", "word": word if code else "geen oordeel"}


def mark_now(goal: Content) -> Content:
    return mark(goal["verdict"], goal["verdict_label"])


def mark_before(goal: Content) -> Content:
    return mark(goal["previous"], goal["previous_label"])


def reference(source: Content) -> str:
    """Where a fact comes from, in one line; empty where it was made in this system."""
    if not source:
        return ""
    return f"{source['title']}, {source['locator']}" if source["locator"] else source["title"]


def references(rows: list[Content]) -> str:
    """The different sources of ``rows``, with the places in each."""
    places: dict[str, list[str]] = {}
    for row in rows:
        if source := row.get("source"):
            held = places.setdefault(source["title"], [])
            if source["locator"] and source["locator"] not in held:
                held.append(source["locator"])
    return "; ".join(
        f"{title}, {', '.join(held)}" if held else title for title, held in places.items()
    )


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


def in_a_row(words: list[str]) -> str:
    """``de uitslag, de cijfers en de bedragen``."""
    return " en ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


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
            **_counted([_activity(row) for row in held]),
        }
        for (partner, report), held in groupby(rows, lambda row: (row["partner"], row["report"]))
    ]


def _counted(rows: list[Content]) -> Content:
    """Activities, and whether any of them has a figure: without, no column is kept for them."""
    return {"rows": rows, "counted": any(row["figures"] for row in rows)}


def _activity(row: Content) -> Content:
    return {**row, "figures": [_figure(held) for held in row["figures"]]}


def _figure(figure: Content) -> Content:
    """``50 deelnemers`` and what they took part in, without saying the unit twice."""
    unit, label = figure["unit"] if figure["present"] else "", figure["label"]
    if unit and label.lower().startswith(unit.lower()):
        unit, label = label[:1].lower() + label[1:], ""
    return {**figure, "words": unit, "about": label}


# -- partners --------------------------------------------------------------------------------------
def partner_chapters(payload: Content) -> list[Content]:
    themes = {theme["slug"] for theme in payload["themes"]}
    return [_partner(partner, themes) for partner in payload["partners"]]


def _partner(partner: Content, themes: set[str]) -> Content:
    contracts = [_contract(row) for row in partner["contracts"]]
    reports = [_report(row, themes) for row in partner["reports"]]
    members = len(partner["members"])
    agreements = counted(len(contracts), "overeenkomst", "overeenkomsten")
    told = counted(len(reports), "verslag", "verslagen")
    who = counted(members, "organisatie werkt", "organisaties werken")
    opening = f"{who} samen" if members > 1 else "één organisatie"
    return {
        "id": f"partner-{partner['slug']}",
        "name": partner["name"],
        "title": f"{partner['name']}: {opening}, {agreements}, {told}",
        "description": partner["description"],
        "members": [{**row, "roles": ", ".join(row["roles"])} for row in partner["members"]],
        "described": any(row["description"] for row in partner["members"]),
        "contracts": contracts,
        "reports": reports,
    }


def _contract(contract: Content) -> Content:
    dates = [f"{row['kind']}: {_day(row)}" for row in contract["dates"]]
    clients = dict.fromkeys(row["name"] for row in contract["parties"] if row["is_client"])
    facts = [
        ("Soort", _noted(contract["kind"], contract["kind_note"])),
        ("Looptijd", contract["term"]),
        ("Bekostiging", _noted(contract["funding"], contract["funding_note"])),
        ("Data", "; ".join(dates)),
        ("Andere gemeenten", ", ".join(clients)),
        ("Aanleiding", contract["occasion"]),
        ("Overleg", contract["meetings"]),
        (
            "Verslag",
            "; ".join(_noted(row["frequency"], row["note"]) for row in contract["reporting"]),
        ),
        ("Opmerking", contract["note"]),
    ]
    return {
        **contract,
        "facts": [
            {"name": name, "text": text or "Niet vermeld in de bron.", "absent": not text}
            for name, text in facts
            if text or name in ("Looptijd", "Bekostiging")
        ],
        "terms_by_kind": _terms(contract["terms"]),
        "kpi_sets": [
            {"since": amendment["title"], "kpis": amendment["kpis"]}
            for amendment in contract["amendments"]
            if amendment["kpis"]
        ],
        "later_amendments": [
            {**row, "signed": long_date(row["signed_on"])}
            for row in contract["amendments"]
            if row["number"]
        ],
        "where": reference(contract["source"]),
    }


def _noted(label: str, note: str) -> str:
    """A choice from a list with its note; a note that begins with the same words says it alone."""
    return note if repeats(note, label) else ", ".join(filter(None, [label, note]))


def _day(row: Content) -> str:
    """``18 december 2018 (addendum)``; a source that names no day gives the text alone."""
    if not row["date"]:
        return str(row["text"])
    return long_date(row["date"]) + (f" ({row['text']})" if row["text"] else "")


def _terms(terms: list[Content]) -> list[Content]:
    """What was agreed, kind by kind, in the order in which the kinds first occur."""
    by_kind: dict[str, list[str]] = {}
    for row in terms:
        by_kind.setdefault(row["kind_label"], []).append(row["text"])
    return [{"label": label, "texts": texts} for label, texts in by_kind.items()]


def _report(report: Content, themes: set[str]) -> Content:
    own = [_activity(row) for row in report["activities"] if row["theme_slug"] not in themes]
    return {
        **report,
        "score": _score(report),
        "activities": own,
        "counted": _counted(own)["counted"],
        "elsewhere": sum(row["theme_slug"] in themes for row in report["activities"]),
        "where": reference(report["source"]),
    }


def _score(report: Content) -> str:
    achieved, total = report["kpis_achieved"], report["kpis_total"]
    if achieved is None or total is None:
        note = report["kpis_note"]
        return f"Prestatie-indicatoren: {note}" if note else ""
    note = f" {report['kpis_note']}" if report["kpis_note"] else ""
    return f"{achieved} van de {total} prestatie-indicatoren zijn behaald.{note}"


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
        }
    return {
        "budget": told,
        "agreed": _agreed(payload),
        "spent": sorted(held["amounts"]["spent"], key=lambda row: (-row["year"], row["partner"])),
        "source": references([*held["amounts"]["agreed"], *held["amounts"]["spent"]]),
    }


def euro(amount: str) -> str:
    return format_euro(Decimal(amount))


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
