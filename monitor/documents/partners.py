"""The chapters of partners: who they are, what was agreed, what came of it."""

from __future__ import annotations

from agenda.story import repeats
from monitor.documents.activities import activity, with_counted
from monitor.documents.words import Content, counted, long_date, reference


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
        ("Soort", _kind(contract["kind"], contract["kind_note"])),
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


def _kind(kind: str, note: str) -> str:
    return note if repeats(note, kind) or not note else f"{kind} ({note})"


def _noted(label: str, note: str) -> str:
    """A choice from a list and its note, as sentences; a note that begins with the same words says
    it alone."""
    if repeats(note, label) or not label:
        return note
    return f"{label}. {note[:1].upper()}{note[1:]}" if note else label


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
    own = [activity(row) for row in report["activities"] if row["theme_slug"] not in themes]
    return {
        **report,
        "score": _score(report),
        "activities": own,
        "counted": with_counted(own)["counted"],
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
