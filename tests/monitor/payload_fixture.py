"""The frozen content of an invented edition, of about the size of Kaag en Braassem 2018.

``payload()`` has every key that ``monitor.payload`` writes (a test compares them with a real one),
and what the real demonstration lacks: series with targets, agreed actions, a reason.
"""

from __future__ import annotations

from decimal import Decimal

from agenda.constants import Direction
from core.tokens import tokens
from core.values import Value
from monitor.constants import Verdict
from monitor.finding import Judged, Tally, headline, lede, movement, theme_finding
from tests.monitor.payload_fixture_partners import (
    LETTERS,
    SOURCE,
    THEMES,
    YEAR,
    Content,
    activity,
    figure,
    partner,
    slug,
)


def counts(goals: list[Judged]) -> Content:
    tally, before = Tally.of(goals), Tally.of([Judged(g.label, g.previous) for g in goals])
    return {
        **{name: getattr(tally, name) for name in ("total", "good", "neutral", "negative")},
        **{name: getattr(tally, name) for name in ("improved", "worsened", "same")},
        "previous": {name: getattr(before, name) for name in ("good", "neutral", "negative")},
    }


def told(year: int, verdict: Verdict, history: Content) -> Content:
    return {
        "year": year,
        "verdict": verdict.value,
        "verdict_label": str(verdict.label),
        "edition": str(year),
        "kind": "annual",
        "same_goal": True,
        "agenda": "MAG 2.0",
        "source": SOURCE,
        **history,
    }


def measure(number: int, values: list[int]) -> Content:
    years = range(YEAR - len(values) + 1, YEAR + 1)
    return {
        "number": str(number),
        "text": "Deel van de onderzoeken dat op tijd klaar is (voorbeeld)",
        "note": "",
        "indicator": f"indicator-{number}",
        "name": "Onderzoeken op tijd",
        "definition": "Aandeel onderzoeken binnen de termijn afgerond.",
        "unit": "",
        "direction": Direction.UP.value,
        "direction_label": str(Direction.UP.label),
        "measured_by": "",
        "series": [
            figure(
                Value.fraction(value, 100),
                period=str(year),
                label=str(year),
                provisional=year == YEAR,
                source=SOURCE,
            )
            for year, value in zip(years, values, strict=True)
        ],
        "targets": [
            figure(Value.fraction(85, 100), period=str(year), label=str(year), source=SOURCE)
            for year in years
        ],
        "baselines": [],
        "source": SOURCE,
    }


def bottleneck(theme: str, goal: str, year: int) -> Content:
    agreed = year == YEAR
    return {
        "text": f"Onderzoeken bij {theme} zijn niet binnen de termijn klaar.",
        "year": year,
        "goal": goal,
        "theme": slug(theme),
        "theme_name": theme,
        "action": "Elk kwartaal de doorlooptijd bespreken (voorbeeld)." if agreed else "",
        "owner": "Wethouder zorg" if agreed else "",
        "due_on": "2019-10-01" if agreed else "",
        "state": "open" if agreed else "",
        "continued": False,
        "source": SOURCE,
    }


def result(achieved: str) -> Content:
    """What a partner reported on a KPI, as an edition of this system holds it."""
    return {
        "kpi": "Bereik onder jongeren",
        "unit": "jongeren",
        "partner": "De Brug",
        "partner_slug": "de-brug",
        "period": "eerste halfjaar 2018",
        "value": figure(Value.count(120)),
        "target": figure(Value.count(100)) if achieved != "unknown" else None,
        "achieved": achieved,
        "explanation": "Het jongerenwerk kreeg er uren bij.",
        "improvement": "Wij gaan ook op zaterdag open." if achieved == "no" else "",
        "example": True,
        "report": {
            "id": 7,
            "partner_slug": "de-brug",
            "title": "Halfjaarrapportage De Brug",
            "round": 2,
            "accepted_on": "2018-09-14",
        },
    }


def survey() -> Content:
    return {
        "slug": "ceo",
        "name": "Cliëntervaringsonderzoek Wmo",
        "year": YEAR,
        "executor": "een bureau",
        "note": "",
        "statements": [
            {
                "number": str(number),
                "topic": "contact",
                "text": text,
                "scale": "",
                "base": "",
                "direction": "up",
                "note": "",
                "own": figure(Value.reported_percentage(own), source=SOURCE),
                "reference": figure(Value.reported_percentage(other), source=SOURCE),
                "earlier": figure(Value.reported_percentage(own - 5), year=YEAR - 1, source=SOURCE),
                "source": SOURCE,
            }
            for number, (text, own, other) in enumerate(
                [("Ik werd snel geholpen", 76, 74), ("Ik voelde mij serieus genomen", 82, 85)],
                start=1,
            )
        ],
        "source": SOURCE,
    }


def budget() -> Content:
    return {
        "title": "Begroting sociaal domein",
        "year": YEAR,
        "stated_total": "3677000",
        "computed_total": "3677000",
        "sum_is_right": True,
        "custom_care_total": "1384000",
        "items": [
            {
                "number": "1",
                "name": "Algemene voorzieningen",
                "amount": "2293000",
                "custom_care": False,
                "note": "",
                "national_spending": "3000000000",
                "national_income": "170000000",
                "posts": [
                    {"name": "Maatschappelijk werk", "outside_wmo": False},
                    {"name": "Schuldhulpverlening", "outside_wmo": True},
                ],
            },
            {
                "number": "2",
                "name": "Maatwerkvoorzieningen",
                "amount": "1384000",
                "custom_care": True,
                "note": "",
                "national_spending": "3586000000",
                "national_income": "227000000",
                "posts": [],
            },
        ],
        "note": "",
        "national_note": "Landelijk rapport, hoofdstuk 4.4.",
        "source": SOURCE,
    }


def payload() -> Content:
    """A complete edition that judges 30 goals: 24 good, 6 neutral, 0 negative."""
    partners = [
        partner(name, amount)
        for name, amount in (("De Brug", 1720000), ("Het Web", 750000), ("De Kern", 1280000))
    ]
    goals: list[Content] = []
    themes: list[Content] = []
    everything: list[Judged] = []
    for name, before, after in THEMES:
        judged = []
        for number, (was, now) in enumerate(zip(before, after, strict=True), start=1):
            row = Judged(f"{name} {number}", LETTERS[now], LETTERS[was])
            judged.append(row)
            assert row.verdict is not None
            assert row.previous is not None
            history = {
                "slug": slug(row.label),
                "number": str(number),
                "label": row.label,
                "explanation": "",
            }
            goals.append(
                {
                    "slug": slug(row.label),
                    "number": str(number),
                    "agenda_number": f"6.{number}",
                    "label": row.label,
                    "text": "Inwoners doen mee en redden zich zo veel mogelijk zelf.",
                    "direction_reason": "",
                    "theme": slug(name),
                    "theme_name": name,
                    "verdict": row.verdict.value,
                    "verdict_label": str(row.verdict.label),
                    "previous": row.previous.value,
                    "previous_label": str(row.previous.label),
                    "movement": movement(row.previous, row.verdict).value,
                    "movement_label": str(movement(row.previous, row.verdict).label),
                    "reason": "prestatie" if row.previous != row.verdict else "",
                    "explanation": "Dit lukte met de partners." if number == 1 else "",
                    "history": [
                        told(YEAR - 1, row.previous, history),
                        told(YEAR, row.verdict, history),
                    ],
                    "thread": [],
                    "measures": [measure(number, [71, 78, 82, 86, 69])] if number == 1 else [],
                    "bottlenecks": [],
                    "results": [result(achieved) for achieved in ("yes", "no", "unknown")]
                    if number == 1
                    else [],
                    "reports_accepted": 1 if number == 1 else 0,
                    "reports_expected": 2 if number == 1 else 0,
                    "source": SOURCE,
                }
            )
        everything += judged
        first = slug(f"{name} 1")
        themes.append(
            {
                "slug": slug(name),
                "name": name,
                "parent": "",
                "finding": theme_finding(judged),
                "counts": counts(judged),
                "goals": [slug(row.label) for row in judged],
                "bottlenecks": [bottleneck(name, first, YEAR)],
                "earlier_bottlenecks": [bottleneck(name, first, YEAR - 1)],
                "measures": [],
                "expectations": [],
                "activities": [
                    {
                        **activity(name),
                        "partner": held["name"],
                        "partner_slug": held["slug"],
                        "report": held["reports"][0]["title"],
                        "period": str(YEAR),
                        "year": YEAR,
                        "source": SOURCE,
                    }
                    for held in partners
                ],
                "source": SOURCE,
            }
        )
    return {
        "schema": 1,
        "municipality": "Voorbeeld & Zoon",
        "title": f"Monitor Sociaal Domein {YEAR}",
        "year": YEAR,
        "kind": "annual",
        "version": 1,
        "origin": "system",
        "note": "",
        "judges_goals": True,
        "previous_year": YEAR - 1,
        "agenda": {
            "slug": "agenda",
            "short_name": "Agenda 2.0",
            "name": "Maatschappelijke agenda 2.0",
            "year": 2016,
            "period": "2017–2020",
            "version": 2,
            "adopted_on": "2016-12-12",
            "adopted_by": "de gemeenteraad",
            "source": SOURCE,
        },
        "finding": {
            "headline": headline(everything, YEAR),
            "lede": lede(everything, YEAR - 1),
        },
        "counts": counts(everything),
        "themes": themes,
        "goals": goals,
        "reports": [
            {
                **result("yes")["report"],
                "partner": "De Brug",
                "period": "2018-H1",
            }
        ],
        "challenges": [
            {
                "text": "Minder alcohol en drugs",
                "core": True,
                "goals": [goals[0]["slug"]],
                "source": SOURCE,
            },
            {"text": "Betaalbare woningen", "core": False, "goals": [], "source": SOURCE},
        ],
        "other_parties": ["woningcorporaties"],
        "notes": [],
        "partners": partners,
        "money": {
            "budget": budget(),
            "amounts": {
                "agreed": [
                    {
                        **held["contracts"][0]["budget_lines"][0],
                        "partner": held["name"],
                        "partner_slug": held["slug"],
                        "contract": held["contracts"][0]["title"],
                    }
                    for held in partners
                ],
                "spent": [
                    {
                        **held["reports"][0]["spendings"][0],
                        "partner": held["name"],
                        "partner_slug": held["slug"],
                        "report": held["reports"][0]["title"],
                        "year": YEAR,
                    }
                    for held in partners
                ],
            },
        },
        "experience": survey(),
        "sources": [
            {
                "slug": "bron",
                "title": SOURCE["title"],
                "publisher": "Rekenkamer",
                "phase": "result",
                "phase_label": "resultaat",
                "rhythm": "",
                "published": "2020",
                "url": "https://example.org/rapport",
                "note": "",
            }
        ],
        "contradictions": [
            {
                "slug": "aanvragen",
                "topic": "results",
                "agendas": [],
                "partners": [],
                "title": "Hoeveel aanvragen leidden niet tot een besluit?",
                "explanation": f"461 min 381 is {Decimal(461) - 381}; de bron schrijft 60.",
                "readings": [
                    {"text": "De bron schrijft 60.", "source": SOURCE},
                    {"text": "Zelf gerekend: 80.", "source": SOURCE},
                ],
            }
        ],
        "glossary": [
            {"word": "oordeel", "explanation": "Wat het college vindt van de stand van een doel."},
            {"word": "wijkpunt", "explanation": "Een plek in de buurt."},
        ],
        "verdict_words": {
            "good": {"word": "goed", "meaning": "Het gaat de goede kant op."},
            "neutral": {"word": "neutraal", "meaning": "Het blijft gelijk."},
            "negative": {"word": "negatief", "meaning": "Het doel raakt verder weg."},
        },
        "source": SOURCE,
        "tokens": dict(tokens()),
    }


def notes_payload() -> Content:
    """An edition without verdicts per goal, as that of 2016: notes only, and nothing before it."""
    return {
        **payload(),
        "judges_goals": False,
        "previous_year": None,
        "agenda": None,
        "finding": {"headline": headline([], YEAR), "lede": lede([], None)},
        "counts": counts([]),
        "themes": [],
        "goals": [],
        "challenges": [],
        "other_parties": [],
        "notes": [
            {
                "kind": "trend",
                "label": "trends",
                "lines": [{"text": "De vraag naar hulp groeit.", "source": SOURCE}],
            }
        ],
        "partners": [],
        "money": {"budget": None, "amounts": {"agreed": [], "spent": []}},
        "experience": None,
        "contradictions": [],
    }
