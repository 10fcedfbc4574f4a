"""The invented partners of ``payload_fixture``, with what all of it is made from."""

from __future__ import annotations

from typing import Any

from core.values import Absence, Value, ValueType
from monitor.constants import Verdict

Content = dict[str, Any]

THEMES = (
    ("Wonen", "ggg", "ggg"),
    ("Werken", "nxn", "ngg"),
    ("Gezondheid en veiligheid", "nnggg", "nnggn"),
    ("Toegang", "gng", "gng"),
    ("Ontwikkeling", "ggn", "ggn"),
    ("Ondersteuning", "ggnn", "gggg"),
    ("Investeren in mensen", "ggnggg", "gggggg"),
    ("Maatschappelijk vastgoed", "gng", "ggg"),
)
LETTERS = {"g": Verdict.GOOD, "n": Verdict.NEUTRAL, "x": Verdict.NEGATIVE}
SOURCE = {"slug": "bron", "title": "Rapport van de rekenkamer (voorbeeld)", "locator": "H8.5"}
YEAR = 2018


def figure(value: Value, **extra: Any) -> Content:
    quantity = value.quantity
    return {
        "display": value.display(),
        "present": value.is_present,
        "quantity": None if quantity is None else str(quantity.normalize()),
        "value": value.to_json(),
        **extra,
    }


def slug(text: str) -> str:
    return text.lower().replace(" ", "-")


def activity(theme: str) -> Content:
    return {
        "heading": f"Activiteit bij {theme}",
        "text": "Inwoners kregen hulp bij het invullen van formulieren.",
        "note": "",
        "theme": theme,
        "theme_slug": slug(theme),
        "figures": [
            figure(Value.count(120), label="Deelnemers", unit="deelnemers", note="", source=SOURCE)
        ],
    }


def budget_line(amount: int) -> Content:
    return figure(
        Value.amount(amount),
        label="Subsidie",
        kind="agreed",
        kind_label="overeengekomen",
        period=str(YEAR),
        first_year=YEAR,
        last_year=YEAR,
        per_year=False,
        when=str(YEAR),
        earmarked=False,
        duration="structureel",
        sub_assignment="",
        note="",
        source=SOURCE,
    )


def contract(name: str, amount: int) -> Content:
    return {
        "slug": f"overeenkomst-{slug(name)}",
        "title": f"Overeenkomst met {name}",
        "example": False,
        "from_source": True,
        "kind": "overeenkomst",
        "kind_note": "",
        "term": "2017 en 2018",
        "first_year": 2017,
        "funding": "vast bedrag (lumpsum)",
        "funding_note": "",
        "occasion": "De agenda vroeg om één partner.",
        "meetings": "",
        "note": "",
        "kpi_count": 5,
        "agendas": [{"slug": "agenda", "short_name": "Agenda 2.0"}],
        "dates": [{"kind": "ondertekend", "date": "2017-06-11", "text": ""}],
        "parties": [
            {
                "name": name,
                "slug": slug(name),
                "role": "lead",
                "role_label": "penvoerder",
                "part": "",
                "seat": "Roelofarendsveen",
                "description": "",
                "note": "",
                "valid_from": "2017-07-01",
                "valid_until": "",
                "is_client": False,
                "source": SOURCE,
            }
        ],
        "themes": [{"name": THEMES[0][0], "is_open": False, "note": ""}],
        "sub_assignments": [
            {"number": "1", "name": "Wonen", "excluded": False, "note": "", "expectations": []}
        ],
        "expectations": [
            {
                "number": "1",
                "text": "Meer inwoners doen mee.",
                "kind": "verwachting",
                "theme": THEMES[0][0],
                "theme_slug": slug(THEMES[0][0]),
            }
        ],
        "amendments": [
            {
                "number": 0,
                "title": "Oorspronkelijke overeenkomst",
                "signed_on": "2017-06-11",
                "term": "2017 en 2018",
                "reason": "",
                "note": "",
                "kpis": [{"number": "1", "name": "Tevreden inwoners", "note": ""}],
                "ended_kpis": [{"number": "2", "name": "Klachten"}],
                "ended_lines": [budget_line(amount)],
                "source": SOURCE,
            }
        ],
        "budget_lines": [budget_line(amount)],
        "terms": [{"kind": "scope", "kind_label": "wat wordt gedaan", "text": "Samenwerken."}],
        "reporting": [{"frequency": "elk jaar", "note": "", "sections": ["knelpunten"]}],
        "source": SOURCE,
    }


def report(name: str) -> Content:
    return {
        "title": f"Verantwoording van {name}",
        "example": False,
        "round": 0,
        "results": [],
        "kind": "jaarverantwoording",
        "kind_code": "annual",
        "period": str(YEAR),
        "period_code": str(YEAR),
        "year": YEAR,
        "status": "",
        "kpis_achieved": 4,
        "kpis_total": 5,
        "kpis_note": "",
        "note": "",
        "figures": [
            figure(Value.count(461), label="Aanvragen", unit="", note="", source=SOURCE),
            figure(
                Value.absent(ValueType.COUNT, Absence.NOT_IN_SOURCE),
                label="Klachten",
                unit="",
                note="",
                source=SOURCE,
            ),
        ],
        "sections": [
            {
                "code": "achieved",
                "label": "behaald",
                "lines": [{"text": "Meer inwoners doen mee.", "note": "", "theme_slug": ""}],
            }
        ],
        "activities": [activity(THEMES[0][0])],
        "spendings": [
            figure(
                Value.parse(ValueType.AMOUNT, "bijna 1.280.000"),
                label=f"Uitgaven van {name}",
                period=str(YEAR),
                outside_wmo=True,
                note="",
                source=SOURCE,
            )
        ],
        "source": SOURCE,
    }


def partner(name: str, amount: int) -> Content:
    return {
        "slug": slug(name),
        "name": name,
        "description": "Een verzonnen partner, voor de proef.",
        "members": [
            {
                "name": f"{name} {part}",
                "slug": slug(f"{name} {part}"),
                "seat": "",
                "description": "Welzijnsorganisatie.",
                "roles": ["penvoerder" if part == "Noord" else "coalitiepartner"],
            }
            for part in ("Noord", "Zuid")
        ],
        "contracts": [contract(name, amount)],
        "reports": [report(name)],
    }
