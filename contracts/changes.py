"""What the history of a contract calls its parts, and what it keeps of each.

A column that people write must be named here; a test holds these tables against the forms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.db import models
from django.urls import reverse

from accounts import history
from accounts.history import Describe, Part, Whole, key_of
from accounts.models import User
from contracts.constants import SectionKind
from contracts.models import (
    KPI,
    Amendment,
    BudgetLine,
    Contract,
    ContractDate,
    ContractDocument,
    ContractTheme,
    DataAgreement,
    Delivery,
    Exchange,
    ExtensionOption,
    Party,
    PersonalData,
    Provision,
    Remark,
    ReportingAgreement,
    SignOff,
    SubAssignment,
    Supply,
    Term,
    Transition,
)
from core.wording import Told, column, in_words, told

Rows = Iterable[Mapping[str, Any]]

LABELS: dict[type[models.Model], dict[str, str]] = {
    Contract: {
        "title": "Titel",
        "kind": "Soort",
        "partner": "Partner",
        "starts_on": "Ingangsdatum",
        "ends_on": "Einddatum",
        "agenda_versions": "Agenda’s",
        "occasion": "Aanleiding",
        "funding": "Bekostiging",
        "funding_note": "Waarom deze bekostiging",
        "purchasing": "Inkoopmodel",
        "purchasing_note": "Waarom dit inkoopmodel",
        "assignment_kind": "Basisopdracht of aanvullende opdracht",
        "basic_contract": "Aanvulling op",
        "legal_frame": "Juridisch kader",
        "financial_frame": "Financieel kader",
        "note": "Opmerking",
        "official_meetings": "Ambtelijk overleg per jaar",
        "executive_meetings": "Bestuurlijk overleg per jaar",
        "meeting_note": "Afspraken over overleg",
    },
    KPI: {
        "indicator": "Indicator",
        "number": "Nummer",
        "name": "Naam in deze overeenkomst",
        "goals": "Doelen waaraan dit bijdraagt",
        "member": "Wie rapporteert",
        "aspect": "Kwaliteit of kwantiteit",
        "obligation": "Inspanning of resultaat",
        "band": "Bandbreedte",
        "rationale": "Waarom deze afspraak",
        "note": "Opmerking",
    },
    Amendment: {
        "title": "Titel",
        "reason": "Aanleiding",
        "holds_from": "Geldt vanaf",
        "ends_on": "Nieuwe einddatum",
        "note": "Opmerking",
    },
    PersonalData: {
        "is_processed": "Worden er persoonsgegevens verwerkt?",
        "note": "Welke gegevens, van wie",
    },
    DataAgreement: {
        "organisation": "Met wie",
        "kind": "Soort",
        "signed_on": "Ondertekend op",
        "ends_on": "Geldt tot en met",
        "reason": "Waarom is er geen overeenkomst nodig?",
        "file_name": "Bestand",
        "document_url": "Adres van het document",
        "note": "Opmerking",
    },
    SubAssignment: {
        "number": "Nummer",
        "name": "Naam",
        "theme": "Thema",
        "excluded": "Valt erbuiten",
        "note": "Opmerking",
    },
    ExtensionOption: {
        "until": "Verlengen tot en met",
        "notice_by": "Opzeggen of melden voor",
        "remind_days": "Herinneren, zoveel dagen vooraf",
        "outcome": "Wat ermee is gedaan",
        "decided_on": "Besloten op",
        "reason": "Waarom",
    },
    Transition: {
        "group": "Groep of soort traject",
        "text": "Wat er geldt",
        "ends_on": "Geldt tot en met",
        "remind_days": "Herinneren, zoveel dagen vooraf",
        "finished_on": "Afgerond op",
    },
    Supply: {
        "supplier": "Leverancier",
        "subject": "Wat er wordt geleverd",
        "delivery_days": "Levertermijn (dagen)",
        "watcher": "Wie de levering bewaakt",
        "ends_on": "Loopt tot en met",
        "remind_days": "Herinneren, zoveel dagen vooraf",
        "note": "Opmerking",
    },
    Delivery: {
        "supply": "Contract met een leverancier",
        "measured_on": "Gemeten op",
        "days": "Levertijd (dagen)",
        "note": "Opmerking",
    },
    ContractDocument: {
        "kind": "Soort",
        "title": "Titel",
        "dated_on": "Datum van het document",
        "amendment": "Hoort bij addendum",
        "file_name": "Bestand",
        "document_url": "Adres van het document",
        "note": "Opmerking",
    },
    Exchange: {
        "purpose": "Doel",
        "givers": "Wie geeft de gegevens",
        "receivers": "Wie krijgt de gegevens",
        "data": "Welke soorten gegevens",
        "about": "Over wie",
        "contracts": "Bij welke overeenkomsten",
        "ground": "Grondslag",
        "law": "Wettelijke bepaling",
        "is_special": "Bijzondere persoonsgegevens",
        "special_ground": "Uitzondering voor bijzondere gegevens",
        "outcome": "Uitkomst",
        "conditions": "Voorwaarden",
        "reason": "Waarom",
        "tested_by": "Getoetst door (functie)",
        "tested_on": "Getoetst op",
        "review_on": "Opnieuw toetsen voor",
        "ended_on": "Gestopt op",
    },
    Remark: {
        "organisation": "Namens",
        "user": "Wie",
        "about": "Over",
        "text": "Opmerking",
        "period": "Periode",
        "proposed": "Voorgestelde streefwaarde",
        "outcome": "Wat ermee is gedaan",
    },
    SignOff: {"organisation": "Namens", "user": "Wie", "sha256": "Controlegetal van de tekst"},
}
KINDS: dict[type[models.Model], str] = {
    Contract: "gegevens",
    KPI: "prestatie-indicator",
    Amendment: "addendum",
    PersonalData: "persoonsgegevens",
    DataAgreement: "afspraak over persoonsgegevens",
    Exchange: "uitwisseling van gegevens",
    SubAssignment: "deelopdracht",
    ExtensionOption: "mogelijkheid om te verlengen",
    Transition: "overgangsregeling",
    Supply: "contract met een leverancier",
    Delivery: "levertijd",
    ContractDocument: "document",
    Remark: "opmerking bij resultaatafspraken",
    SignOff: "akkoord met resultaatafspraken",
}
#: Rows that are edited together make one text, a line each.
TOGETHER: dict[type[models.Model], tuple[str, str]] = {
    Party: ("parties", "partijen"),
    ContractDate: ("dates", "data"),
    ContractTheme: ("themes", "thema’s"),
    Term: ("terms", "andere afspraken"),
    Provision: ("provisions", "voorzieningen"),
    BudgetLine: ("money", "geld"),
}
REPORTING = ("reporting", "rapportage")
YES = {
    "per_year": "per jaar",
    "is_earmarked": "geoormerkt",
    "is_open": "onderdeel van de opdracht",
    "is_inside": "binnen de opdracht",
    "contributes": "schrijft mee aan de rapportage",
}
NO = {"is_open": "niet op in te schrijven", "is_inside": "buiten de opdracht"}


def _whole(contract: Contract) -> Whole:
    page = reverse("contract_history", args=[contract.slug])
    return Whole(key_of(contract), contract.title, page)


def part_of(row: models.Model, contract: Contract) -> Part:
    """What the history calls ``row``. No query."""
    name = f"{row.number}. {row.name}" if isinstance(row, KPI) else str(row)
    return Part(_whole(contract), key_of(row), KINDS[type(row)], name)


def _describe(row: models.Model, *, contract: Contract) -> tuple[Part, Told]:
    says = told(row, LABELS[type(row)])
    if isinstance(row, DataAgreement | ContractDocument):
        # Another document may come under the same name.
        says["Controlegetal van het bestand"] = row.file.sha256 if row.file else ""
    return part_of(row, contract), says


def of_contract(contract: Contract) -> Describe:
    """Describes the contract, its KPIs, amendments and what it says of personal data. Three queries
    at most.
    """
    return partial(_describe, contract=contract)


def of_exchange(row: Exchange) -> tuple[Part, Told]:
    """Describes an exchange of information, which has a history of its own. Three queries."""
    page = reverse("exchange_history", args=[row.pk])
    whole = Whole(key_of(row), row.purpose, page)
    return Part(whole, key_of(row), KINDS[Exchange], row.purpose), told(row, LABELS[Exchange])


def part_together(contract: Contract, word: str, kind: str) -> Part:
    """A part that has no row of its own."""
    return Part(_whole(contract), f"{word}-{contract.pk}", kind, "")


def line_of(model: type[models.Model], row: Mapping[str, Any]) -> str:
    """A row of ``model``, as forms hold it, in one line."""
    words = []
    for name, value in row.items():
        if isinstance(value, bool):
            words.append((YES if value else NO).get(name, ""))
        else:
            words.append(in_words(value, None if name == "value" else column(model, name)))
    return ", ".join(filter(None, words))


def lines_of(model: type[models.Model], rows: Rows) -> Told:
    """Rows as one text; of no rows nothing."""
    lines = "\n".join(line_of(model, row) for row in rows)
    return {"Regels": lines}


def note_rows(
    contract: Contract, model: type[models.Model], before: Rows, after: Rows, *, user: User
) -> None:
    """Note that rows that are edited together were replaced."""
    note_lines(contract, model, lines_of(model, before), lines_of(model, after), user=user)


def note_lines(
    contract: Contract, model: type[models.Model], before: Told, after: Told, *, user: User
) -> None:
    part = part_together(contract, *TOGETHER[model])
    history.note(part, before, after, user=user)


def reporting_in_words(shown: Mapping[str, Any]) -> Told:
    """A reporting agreement as ``agreement_as_shown`` gives it; empty for none."""
    labels = {
        "frequency": "Hoe vaak",
        "annual_accounts": "Ook een jaarverantwoording",
        "due_days": "Indienen binnen (dagen)",
        "lock_days": "Daarna nog open (dagen)",
        "note": "Toelichting",
    }
    found = {}
    for name, label in labels.items():
        found[label] = in_words(shown.get(name), column(ReportingAgreement, name))
    kinds = dict(SectionKind.choices)
    sections = [str(kinds[kind]) for kind in shown.get("sections", ())]
    return {**found, "Onderdelen": ", ".join(sections)}


def note_reporting(
    contract: Contract, before: Mapping[str, Any], after: Mapping[str, Any], *, user: User
) -> None:
    """Note that the agreement about reporting changed."""
    part = part_together(contract, *REPORTING)
    history.note(part, reporting_in_words(before), reporting_in_words(after), user=user)


HOLDS = "Geldt"
FOREVER = "tot het einde van de overeenkomst"


def note_end(kpi: KPI, amendment: Amendment, *, ends: bool, user: User) -> None:
    """Note that a draft amendment ends a KPI, or that it stays after all."""
    part = part_of(kpi, kpi.contract)
    until = f"tot addendum {amendment.number}, {amendment.title}"
    before, after = (FOREVER, until) if ends else (until, FOREVER)
    history.note(part, {HOLDS: before}, {HOLDS: after}, user=user)
