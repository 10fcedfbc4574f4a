"""Values of indicators from a table: a row each, through the form and the action of the screens.

``enter_values`` writes; a preview is what it answers in a transaction that is rolled back.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import QueryDict

from accounts.models import User
from agenda.actions.passports import save_of_indicator
from agenda.constants import Certainty
from agenda.models import Area, Group, Indicator, Observation, Source
from agenda.money_years import YearClosed
from agenda.series import standing
from agenda.sheets.changes import Difference, Outcome, RowChange
from agenda.sheets.columns import (
    Column,
    choice,
    day,
    plain_value,
    posted_value,
    refers,
    value_cell,
    words,
)
from agenda.sheets.posting import as_posted, form_problems, lay_over
from agenda.value_forms import ObservationForm
from core.periods import Period
from core.sheets import SheetContent, book_bytes
from core.tables import CellValue
from core.uploaded_tables.reading import Layout, Problem, Row, Tables, folded
from core.values import ValueType

SHEET = "Meetwaarden"
WHOLE, EVERYBODY, OWN = "de hele gemeente", "iedereen", "eigen meting"
HEADINGS = (
    *("Indicator", "Periode", "Gebied", "Groep", "Waarde", "Eenheid", "Status", "Bron"),
    *("Opgehaald op", "Opmerking"),
)
SERIES = ("Indicator", "Periode", "Gebied", "Groep", "Bron", "Status")  # tell rows apart
WIDTHS = (40, 12, 22, 22, 14, 16, 16, 36, 14, 40)
MOST_VALUES = 500  # in one file: each is saved as the screen does


def values_layout(indicator: Indicator | None) -> Layout:
    """The sheet; a file about one indicator need not name it."""
    needed = ["Periode", "Waarde"] if indicator else ["Indicator", "Periode", "Waarde"]
    return Layout(SHEET, HEADINGS, required=needed)


class Known:
    """What a row may name: indicators, areas, groups and sources. Four queries."""

    def __init__(self) -> None:
        self.indicators: dict[str, list[Indicator]] = defaultdict(list)
        self.areas: dict[str, list[Area]] = defaultdict(list)
        self.groups: dict[str, list[Group]] = defaultdict(list)
        self.sources: dict[str, list[Source]] = defaultdict(list)
        for indicator in Indicator.objects.all():
            self.indicators[folded(indicator.name)].append(indicator)
        for area in Area.objects.all():
            self.areas[folded(area.name)].append(area)
            self.areas[folded(_with_kind(area))].append(area)
        for group in Group.objects.select_related("breakdown"):
            self.groups[folded(group.name)].append(group)
            self.groups[folded(_with_breakdown(group))].append(group)
        for source in Source.objects.all():
            self.sources[folded(source.title)].append(source)

    def indicator(self, text: str) -> Indicator:
        found = self.indicators.get(folded(text), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(
                "Er zijn meer indicatoren met deze naam. Lees de waarden in op de bladzijde van de "
                "indicator zelf."
            )
        raise ValidationError(
            f"Er is geen indicator ‘{text}’. Schrijf de naam zoals in de lijst van indicatoren."
            if text
            else "Vul in over welke indicator deze rij gaat."
        )

    def area(self, text: str) -> int | None:
        if folded(text) in ("", WHOLE):
            return None
        found = self.areas.get(folded(text), [])
        if len(found) == 1:
            return found[0].pk
        if found:
            kinds = " of ".join(f"‘{_with_kind(row)}’" for row in found)
            raise ValidationError(f"Er zijn meer gebieden met deze naam. Schrijf {kinds}.")
        names = sorted({row.name for rows in self.areas.values() for row in rows})
        told = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
        raise ValidationError(
            f"Het gebied ‘{text}’ kennen wij niet. Laat de cel leeg voor de hele gemeente"
            + (f", of kies: {told}." if names else ".")
        )

    def group(self, text: str) -> int | None:
        if folded(text) in ("", EVERYBODY):
            return None
        found = self.groups.get(folded(text), [])
        if len(found) == 1:
            return found[0].pk
        if found:
            kinds = " of ".join(f"‘{_with_breakdown(row)}’" for row in found)
            raise ValidationError(f"Er zijn meer groepen met deze naam. Schrijf {kinds}.")
        raise ValidationError(
            f"De groep ‘{text}’ kennen wij niet. Laat de cel leeg voor iedereen, of schrijf de "
            "naam zoals bij Uitsplitsingen."
        )

    def source(self, text: str) -> int | None:
        if folded(text) in ("", OWN):
            return None
        found = self.sources.get(folded(text), [])
        if len(found) == 1:
            return found[0].pk
        raise ValidationError(
            f"De bron ‘{text}’ kennen wij niet. Laat de cel leeg voor een eigen meting, of schrijf "
            "de titel zoals op de bladzijde Bronnen."
        )


def _with_kind(area: Area) -> str:
    return f"{area.name} ({area.get_kind_display()})"


def _with_breakdown(group: Group) -> str:
    return f"{group.breakdown.name}: {group.name}"


def _columns(indicator: Indicator, known: Known) -> list[Column]:
    """The cells of a row about ``indicator`` that fill a field of the form."""
    value_type = ValueType(indicator.value_type or ValueType.TEXT)
    return [
        Column(
            "Periode",
            "period",
            show=lambda row, names: row.period.code,
            read=lambda text, names: {"period": text},
            plain=str.strip,
        ),
        refers(
            "Gebied",
            "area",
            lambda row, names: row.area.name if row.area else None,
            lambda text, names: known.area(text),
        ),
        refers(
            "Groep",
            "group",
            lambda row, names: _with_breakdown(row.group) if row.group else None,
            lambda text, names: known.group(text),
        ),
        Column(
            "Waarde",
            "value",
            show=lambda row, names: value_cell(row.value),
            read=lambda text, names: posted_value(value_type, text),
            plain=lambda text: plain_value(value_type, text),
        ),
        choice("Status", "certainty", Certainty),
        refers(
            "Bron",
            "source",
            lambda row, names: row.source.title if row.source else None,
            lambda text, names: known.source(text),
        ),
        day("Opgehaald op", "retrieved_on"),
        words("Opmerking", "note"),
    ]


def enter_values(tables: Tables, indicator: Indicator | None, *, user: User) -> Outcome:
    """Enter every row; call it in a transaction, and roll that back when there are problems."""
    outcome, known = Outcome(), Known()
    told: dict[tuple[Any, ...], int] = {}
    rows = tables.rows.get(SHEET, [])
    for row in rows[MOST_VALUES:][:1]:
        text = f"Er passen {MOST_VALUES} meetwaarden in één keer. Deel het bestand op."
        return Outcome(problems=[row.problem("", text)])
    for row in rows:
        if tables.is_unread(row, *SERIES):
            continue
        try:
            about = _about(row, indicator, known)
        except ValidationError as error:
            outcome.problems += [row.problem("Indicator", text) for text in error.messages]
            continue
        if unit := _other_unit(row, about):
            outcome.problems.append(row.problem("Eenheid", unit))
            continue
        _enter(row, about, known, told, outcome, user)
    return outcome


def _about(row: Row, indicator: Indicator | None, known: Known) -> Indicator:
    named = row.texts.get("Indicator", "")
    if indicator is None:
        return known.indicator(named)
    if named and folded(named) != folded(indicator.name):
        raise ValidationError(
            f"Dit gaat over een andere indicator. Hier leest u in voor ‘{indicator.name}’; lees "
            "een bestand over meer indicatoren in bij de lijst van indicatoren."
        )
    return indicator


def _other_unit(row: Row, indicator: Indicator) -> str:
    """What to say when the file counts in something else than the passport does."""
    told = row.texts.get("Eenheid", "")
    if not told or folded(told) == folded(indicator.unit):
        return ""
    if not indicator.unit:
        return f"Deze indicator heeft geen eenheid, het bestand zegt ‘{told}’. Maak de cel leeg."
    return (
        f"Deze indicator is in ‘{indicator.unit}’, het bestand zegt ‘{told}’. Reken de waarde om, "
        "of maak een andere indicator."
    )


def _enter(
    row: Row,
    indicator: Indicator,
    known: Known,
    told: dict[tuple[Any, ...], int],
    outcome: Outcome,
    user: User,
) -> None:
    columns = [each for each in _columns(indicator, known) if each.heading in row.texts]
    data, wrong = QueryDict(mutable=True), []
    for column in columns:
        try:
            lay_over(data, column.read(row.texts[column.heading], NO_NAMES))
        except ValidationError as error:
            wrong += [row.problem(column.heading, text) for text in error.messages]
    try:
        period = Period.parse(row.texts["Periode"])
    except ValueError as error:
        wrong.append(row.problem("Periode", _period_words(row.texts["Periode"], str(error))))
    if wrong:
        outcome.problems += wrong
        return
    series = {name: data.get(name, "") for name in ("area", "group", "source")}
    same = (indicator.pk, period.code, *series.values(), data.get("certainty", ""))
    if same in told:
        text = f"Dit staat ook in rij {told[same]}. Haal er één weg."
        outcome.problems.append(row.problem("Periode", text))
        return
    told[same] = row.number
    held = _held(indicator, period, series, data.get("certainty", ""))
    now = {column.heading: column.text(held, NO_NAMES) for column in columns} if held else {}
    changed = [
        column
        for column in columns
        if held is None or column.differs(now[column.heading], row.texts[column.heading])
    ]
    if not changed:
        outcome.unchanged[SHEET] += 1
        return
    problems = _save(row, indicator, held, data, columns, user)
    outcome.problems += problems
    if not problems:
        outcome.changes.append(
            RowChange(
                SHEET,
                row.place(),
                _name(indicator, period, row),
                held is None,
                tuple(
                    Difference(each.heading, now.get(each.heading, ""), row.texts[each.heading])
                    for each in changed
                    if held is not None or (row.texts[each.heading] and each.heading != "Periode")
                ),
            )
        )


def _save(
    row: Row,
    indicator: Indicator,
    held: Observation | None,
    over: QueryDict,
    columns: list[Column],
    user: User,
) -> list[Problem]:
    data = as_posted(ObservationForm(instance=held, indicator=indicator))
    for name, values in over.lists():
        data.setlist(name, values)
    form = ObservationForm(data, instance=held, indicator=indicator)
    if not form.is_valid():
        return form_problems(form, row, columns)
    try:
        with transaction.atomic():
            if save_of_indicator(form, indicator, user=user):
                return []
    except YearClosed as error:
        return [row.problem("Periode", error.messages[0])]
    except IntegrityError:
        text = "Voor deze periode is er al een waarde van deze bron. Wijzig die."
        return [row.problem("Periode", text)]
    return [row.problem("", "Iemand anders wijzigde dit tegelijk. Lees het bestand opnieuw in.")]


def _held(
    indicator: Indicator, period: Period, series: dict[str, str], certainty: str
) -> Observation | None:
    """The value that is there for the same period, area, group, source and status. One query.

    Without a status in the file: the one that counts now. Another status is another value, which
    takes the place of the former and leaves it readable (docs/regels/meetwaarden.md).
    """
    rows = indicator.observations.filter(
        period=period,
        **{name: int(key) if key else None for name, key in series.items()},
    ).select_related("area", "group__breakdown", "source")
    if certainty:
        return rows.filter(certainty=certainty).first()
    return next(iter(standing(list(rows))), None)


def _name(indicator: Indicator, period: Period, row: Row) -> str:
    area, group = row.texts.get("Gebied", ""), row.texts.get("Groep", "")
    return ", ".join(filter(None, [indicator.name, period.label, area, group]))


def _period_words(text: str, said: str) -> str:
    if not text:
        return "Vul de periode in: een jaar of halfjaar, zoals 2026 of 2026-H1."
    return said


def state_of_values(tables: Tables, indicator: Indicator | None) -> str:
    """A hash of the values and passports that the file is about: it changes when those do.

    The indicators are held for the transaction that it is called in.
    """
    names = {folded(row.texts.get("Indicator", "")) for row in tables.rows.get(SHEET, [])}
    keys = [
        each.pk
        for each in Indicator.objects.all()
        if (each.pk == indicator.pk if indicator else folded(each.name) in names)
    ]
    # Held, in one order: nobody writes a value between this and what is entered after it.
    about = Indicator.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    told: list[Any] = [
        [each.pk, each.name, each.value_type, each.unit, each.revision] for each in about
    ]
    rows = Observation.objects.filter(indicator__in=about).order_by("pk")
    told += [[row.pk, row.revision, row.value.typed()] for row in rows]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


# -- the file to fill in ---------------------------------------------------------------------------
def values_book(indicator: Indicator | None) -> bytes:
    """A workbook to fill in; about one indicator with the values that are there. Two queries."""
    rows = list(_rows(indicator)) if indicator else []
    example: list[CellValue] = [
        *("voorbeeld", 2026, "", "", 12.5, "procent", "voorlopig", "", "2026-06-30"),
        "Verwijder deze rij, of laat haar staan: zij telt niet mee.",
    ]
    options = [str(each.label) for each in Certainty if each.value]
    return book_bytes(
        [
            SheetContent(
                SHEET,
                HEADINGS,
                rows,
                WIDTHS,
                choices={HEADINGS.index("Status"): options},
                hints={
                    HEADINGS.index("Periode"): "Een jaar of halfjaar: 2026 of 2026-H1.",
                    HEADINGS.index("Gebied"): "Leeg is de hele gemeente.",
                    HEADINGS.index("Groep"): "Leeg is iedereen.",
                    HEADINGS.index("Bron"): "Leeg is een eigen meting.",
                },
                examples=[] if rows else [example],
                wraps=True,
            )
        ]
    )


def _rows(indicator: Indicator) -> Iterator[list[CellValue]]:
    rows = indicator.observations.select_related("area", "group__breakdown", "source")
    rows = rows.order_by("period", "pk")
    for row in rows:
        yield [
            indicator.name,
            _as_typed(row.period.code),
            row.area.name if row.area else None,
            _with_breakdown(row.group) if row.group else None,
            value_cell(row.value),
            indicator.unit,
            str(Certainty(row.certainty).label) if row.certainty else None,
            row.source.title if row.source else None,
            row.retrieved_on,
            row.note,
        ]


def _as_typed(code: str) -> CellValue:
    """A year as a number, as a person types it."""
    return int(code) if code.isdecimal() else code


class _NoNames:
    """Columns of values refer to nothing that a file brings itself."""


NO_NAMES: Any = _NoNames()
