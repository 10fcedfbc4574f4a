"""The sheets of the workbook of an agenda, in the order in which they are written and read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.http import QueryDict

from agenda.constants import (
    UNNAMED,
    Aggregation,
    AreaKind,
    Direction,
    DueKind,
    GoalLevel,
    IndicatorLevel,
    MunicipalRole,
    PolicyKind,
    PolicyState,
    PrincipleKind,
    Rhythm,
    TargetKind,
)
from agenda.edit_forms import PartForm
from agenda.models import AgendaVersion, Goal, Indicator, Measure, Theme
from agenda.parts import PARTS
from agenda.sheets.columns import (
    Column,
    choice,
    counted,
    day,
    goals,
    listed,
    refers,
    words,
    yes_no,
)
from agenda.sheets.names import Names
from core.tables import CellValue
from core.uploaded_tables.cells import number_text
from core.uploaded_tables.reading import Layout
from core.values import ValueType

KEY = "Kenmerk"  # what the download writes before a row that is there; a new row has none
UNKNOWN_KEY = (
    "Dit kenmerk hoort bij niets in deze agenda. Laat het leeg om iets nieuws toe te voegen."
)
EXAMPLE = "voorbeeld"
COMMAS = "Met een komma ertussen."
TARGET_HEADING = re.compile(
    r"(nulmeting|streefwaarde) (\d{4}(?:-h[12]|/\d{4})?)", re.IGNORECASE | re.ASCII
)
TARGET_KINDS = {"nulmeting": TargetKind.BASELINE, "streefwaarde": TargetKind.TARGET}


@dataclass(frozen=True)
class Sheet:
    """A sheet with the parts of one kind; ``word`` is that of ``agenda/parts.py``.

    ``by`` names the columns that together tell two rows apart. ``parent`` finds the row that a new
    one stands under; its columns (``under``) say where a row stands and cannot be changed.
    """

    name: str
    word: str
    columns: Sequence[Column]
    rows: Callable[[AgendaVersion], models.QuerySet[Any]]
    by: Sequence[str]
    intro: str
    example: Sequence[CellValue]
    under: Sequence[str] = ()
    parent: Callable[[Mapping[str, str], Names], models.Model] | None = None
    finish: Callable[[QueryDict], None] | None = None
    later: Sequence[Column] = field(default=())  # entered after all rows of all sheets
    needs: Sequence[str] = ()  # headings that a file cannot do without

    @property
    def form(self) -> type[PartForm]:
        return PARTS[self.word].form

    @property
    def all_columns(self) -> list[Column]:
        return [*self.columns, *self.later]

    @property
    def layout(self) -> Layout:
        headings = [KEY, *(column.heading for column in self.all_columns)]
        pattern = TARGET_HEADING if self.word == "meting" else None
        return Layout(self.name, headings, required=self.needs, pattern=pattern)

    def key(self, row: models.Model) -> str:
        return f"{self.word}-{row.pk}"

    def texts(self, row: models.Model, names: Names) -> dict[str, str]:
        """What the cells of ``row`` say now, by heading."""
        return {column.heading: column.text(row, names) for column in self.all_columns}


# -- themes and goals ------------------------------------------------------------------------------
THEMES = Sheet(
    "Thema’s",
    "thema",
    (
        words("Nummer", "number", width=10),
        words("Naam", "name", width=30),
        refers(
            "Valt onder",
            "parent",
            lambda row, names: names.theme_labels[row.parent_id] if row.parent_id else None,
            lambda text, names: names.theme(text),
            hint="Alleen voor een subthema: de naam van het thema erboven.",
        ),
        words("Gewenst resultaat", "result", width=40),
        choice("Rol van de gemeente", "role", MunicipalRole),
        words("Toelichting op de rol", "role_note", width=30),
        words("Opmerking", "note", width=30),
    ),
    lambda version: version.themes.order_by("order"),
    by=("Naam", "Valt onder"),
    needs=("Naam",),
    intro="Een rij per thema of opgave. Een subthema zegt onder welk thema het valt.",
    example=("A", "Meedoen", None, "Iedereen kan meedoen.", "regisseur"),
)


def _only_number(data: QueryDict) -> None:
    """A goal of which nothing but its number is known says so, as on the screen."""
    if not data.get("text") and data.get("label", "") in ("", UNNAMED):
        data["only_number"] = "on"
    else:
        data.pop("only_number", None)


def _areas(kind: AreaKind) -> Callable[[Any], list[str]]:
    return lambda row: sorted(area.name for area in row.areas.all() if area.kind == kind)


GOALS = Sheet(
    "Doelen",
    "doel",
    (
        refers(
            "Thema",
            "theme",
            lambda row, names: names.theme_labels[row.theme_id],
            lambda text, names: names.theme(text),
        ),
        words("Nummer", "number", width=10),
        Column(
            "Korte naam",
            "label",
            show=lambda row, names: row.label if row.text or row.label != UNNAMED else None,
            read=lambda text, names: {"label": text},
            plain=str.strip,
            width=30,
            hint="Geeft de bron alleen een nummer? Laat korte naam en doel dan leeg.",
        ),
        words("Doel", "text", width=50, hint="Wat moet er bereikt zijn?"),
        choice("Niveau", "level", GoalLevel, hint="Het niveau in de doelenboom."),
        choice("Op of vanaf", "due_kind", DueKind),
        day("Doeldatum", "due_on"),
        words(
            "Richting omdat",
            "direction_reason",
            width=30,
            hint="Alleen als het doel niet te meten is en daarom een richting geeft.",
        ),
        listed(
            "Doelgroepen",
            "new_groups",
            lambda row: sorted(group.name for group in row.target_groups.all()),
            hint=COMMAS,
        ),
        listed("Kernen", "new_villages", _areas(AreaKind.CORE), hint=COMMAS),
        listed(
            "Wijken", "new_districts", _areas(AreaKind.DISTRICT), hint="Met een komma ertussen."
        ),
        words("Opmerking", "note", width=30),
    ),
    lambda version: (
        Goal.objects.filter(theme__version=version)
        .prefetch_related("target_groups", "areas", "contributes_to")
        .order_by("theme__order", "order")
    ),
    by=("Thema", "Nummer"),
    needs=("Thema", "Nummer"),
    intro="Een rij per doel. ‘Thema’ is de naam op het blad Thema’s.",
    example=("Meedoen", "1", "Minder eenzaam", "Minder inwoners voelen zich eenzaam.", None),
    finish=_only_number,
    later=(
        goals(
            "Draagt bij aan",
            "contributes_to",
            lambda row: sorted(goal.pk for goal in row.contributes_to.all()),
        ),
    ),
)


# -- what is measured ------------------------------------------------------------------------------
def _holder(cells: Mapping[str, str], names: Names) -> models.Model:
    """The goal, or without a number the theme, that a new measure stands under."""
    theme = names.theme(cells["Thema"])
    if not cells.get("Doel"):
        return Theme.objects.get(pk=theme)
    return Goal.objects.select_related("theme").get(pk=names.goal_of(theme, cells["Doel"]))


def _theme_of_measure(row: Measure, names: Names) -> str:
    theme = row.goal.theme_id if row.goal is not None else row.theme_id
    return names.theme_labels[theme] if theme is not None else ""


MEASURES = Sheet(
    "Metingen",
    "meting",
    (
        Column(
            "Thema",
            "theme",
            show=_theme_of_measure,
            read=lambda text, names: {},
            plain=lambda text: " ".join(text.split()),
            width=24,
            names_rows=True,
        ),
        Column(
            "Doel",
            "goal",
            show=lambda row, names: row.goal.number if row.goal is not None else None,
            read=lambda text, names: {},
            plain=str.strip,
            width=8,
            hint="Het nummer van het doel; leeg als de meting bij het hele thema hoort.",
        ),
        words("Nummer", "number", width=10),
        refers(
            "Indicator",
            "indicator",
            lambda row, names: row.indicator.name,
            lambda text, names: names.indicator(text),
            width=36,
            hint="De naam op het blad Indicatoren, of van een indicator die er al is.",
        ),
        words("Zoals afgesproken", "text", width=44),
        words("Opmerking", "note", width=30),
    ),
    lambda version: (
        Measure.objects.of_version(version.pk)
        .select_related("indicator", "goal", "theme")
        .prefetch_related("targets")
        .order_by("goal__theme__order", "theme__order", "goal__order", "order", "pk")
    ),
    by=("Thema", "Doel", "Nummer"),
    needs=("Thema", "Nummer", "Indicator"),
    intro="Een rij per meting, met een kolom per nulmeting en per jaar met een streefwaarde.",
    example=("Meedoen", "1", "1", "Inwoners die zich eenzaam voelen", "Aandeel eenzame inwoners"),
    under=("Thema", "Doel"),
    parent=_holder,
)

INDICATOR_COLUMNS: tuple[Column, ...] = (
    words("Naam", "name", width=40),
    words("Definitie", "definition", width=50),
    choice("Soort waarde", "value_type", ValueType),
    words("Eenheid", "unit"),
    choice("Richting", "direction", Direction),
    Column(
        "Bandbreedte",
        "band",
        show=lambda row, names: row.band,
        read=lambda text, names: {"band": text},
        plain=str.strip,
        width=12,
        hint="Alleen bij ‘gelijk houden’: hoeveel de waarde mag afwijken.",
    ),
    choice("Meet", "level", IndicatorLevel),
    choice("Samennemen", "aggregation", Aggregation),
    yes_no(
        "Telt mensen", "counts_people", hint="Kleine aantallen mensen worden niet gepubliceerd."
    ),
    words("Gemeten door", "measured_by", width=24),
    choice("Hoe vaak", "rhythm", Rhythm),
    words("Meetmoment", "measured_when", width=24),
)
INDICATORS = "Indicatoren"
INDICATOR_LAYOUT = Layout(
    INDICATORS, [KEY, *(column.heading for column in INDICATOR_COLUMNS)], required=["Naam"]
)
INDICATOR_INTRO = (
    "Een rij per nieuwe indicator. Een indicator die er al is, staat er om naar te verwijzen: zijn "
    "paspoort wijzigt u op zijn eigen bladzijde."
)
INDICATOR_EXAMPLE: tuple[CellValue, ...] = (
    *("Inwoners die zich eenzaam voelen", "Aandeel volwassenen dat dit zegt in de monitor."),
    *("percentage", "%", "lager is beter", None, "de gemeente als geheel", "niet samen te nemen"),
    *("ja", "GGD", "elke vier jaar", "najaar"),
)


def indicator_key(row: Indicator) -> str:
    return f"indicator-{row.pk}"


def indicators_of(version: AgendaVersion) -> models.QuerySet[Indicator]:
    """The indicators that ``version`` measures by."""
    measures = Measure.objects.of_version(version.pk)
    return Indicator.objects.filter(pk__in=measures.values("indicator")).order_by("name")


# -- around the goals ------------------------------------------------------------------------------
SITUATION = Sheet(
    "Beeld van de samenleving",
    "feit",
    (
        words("Onderwerp", "topic", width=30),
        words("Hoe het ervoor staat", "text", width=70),
        refers(
            "Bron",
            "source",
            lambda row, names: row.source.title if row.source else None,
            lambda text, names: names.source(text),
            width=40,
            hint="De titel van een bron die al op de bladzijde Bronnen staat.",
        ),
        words("Plaats in de bron", "locator", hint="Bijvoorbeeld: bladzijde 12."),
    ),
    lambda version: version.situation_facts.select_related("source").order_by("order"),
    by=("Onderwerp",),
    needs=("Onderwerp", "Hoe het ervoor staat"),
    intro="Een rij per onderwerp: hoe het ervoor staat nu de agenda begint.",
    example=("Armoede", "In 2025 leefden 240 huishoudens van een inkomen rond het minimum."),
)
PRINCIPLES = Sheet(
    "Uitgangspunten",
    "uitgangspunt",
    (
        choice("Soort", "kind", PrincipleKind),
        words("Tekst", "text", width=70),
        yes_no("Nieuw in deze agenda", "is_new"),
    ),
    lambda version: version.principles.order_by("kind", "order"),
    by=("Soort", "Tekst"),
    needs=("Soort", "Tekst"),
    intro="Een rij per uitgangspunt, of per regel van de visie en rolverdeling.",
    example=("uitgangspunt", "Inwoners houden de regie over hun leven.", "nee"),
)
PARTICIPATIONS = Sheet(
    "Participatie",
    "participatie",
    (
        words("Wie", "who", width=36),
        words("Hoe", "form", width=30),
        day("Wanneer", "held_on"),
        words("Jaar", "year", width=8, hint="Als alleen het jaar bekend is."),
        counted("Aantal", hint="Een getal, of ‘niet gemeten’."),
        words("Eenheid", "unit"),
    ),
    lambda version: version.participations.order_by("order"),
    by=("Wie", "Hoe", "Wanneer", "Jaar"),
    needs=("Wie", "Hoe"),
    intro="Een rij per keer dat mensen meedachten.",
    example=("Inwoners van alle kernen", "Avond in het dorpshuis", "2026-03-12", None, 80),
)
TASKS = Sheet(
    "Ontwikkelopdrachten",
    "opdracht",
    (
        words("Nummer", "number", width=10),
        words(
            "Onderwerp",
            "subject",
            width=44,
            hint="Noemt de bron geen onderwerp? Laat het dan leeg.",
        ),
        words(
            "Verantwoordelijke",
            "owner",
            width=26,
            hint="Een functie of afdeling, geen persoon: iedereen kan dit lezen.",
        ),
        refers(
            "Organisatie",
            "organisation",
            lambda row, names: row.organisation.name if row.organisation else None,
            lambda text, names: names.organisation(text),
        ),
        words("Kaders", "frames", width=50),
        goals("Doelen", "goals", lambda row: sorted(goal.pk for goal in row.goals.all())),
    ),
    lambda version: (
        version.tasks.select_related("organisation").prefetch_related("goals").order_by("number")
    ),
    by=("Nummer",),
    needs=("Nummer",),
    intro="Een rij per ontwikkelopdracht. Een opdracht zonder naam heeft alleen een nummer.",
    example=(1, "Vraaggericht werken", "Afdeling Samenleving", None, "Binnen de begroting."),
)


def _task(cells: Mapping[str, str], names: Names) -> models.Model:
    return names.version.tasks.get(pk=names.task(cells["Opdracht"]))


STEPS = Sheet(
    "Stappen",
    "stap",
    (
        Column(
            "Opdracht",
            "task",
            show=lambda row, names: number_text(row.task.number),
            read=lambda text, names: {},
            plain=str.strip,
            width=10,
            hint="Het nummer van de opdracht.",
        ),
        words("Wat gebeurt er", "text", width=60),
        day("Klaar uiterlijk op", "due_on"),
    ),
    lambda version: (
        PARTS["stap"]
        .model._default_manager.filter(task__version=version)
        .select_related("task")
        .order_by("task__number", "order")
    ),
    by=("Opdracht", "Wat gebeurt er"),
    needs=("Opdracht", "Wat gebeurt er"),
    intro="Een rij per stap van een ontwikkelopdracht.",
    example=(1, "Werkwijze beschrijven", "2026-12-31"),
    under=("Opdracht",),
    parent=_task,
)
POLICIES = Sheet(
    "Ander beleid",
    "beleid",
    (
        words("Naam", "name", width=44),
        choice("Soort", "kind", PolicyKind),
        choice("Stand", "state", PolicyState),
        words("Adres", "url", width=36),
        words("Wat het vraagt", "asks", width=50),
    ),
    lambda version: version.policies.order_by("name"),
    by=("Naam",),
    needs=("Naam", "Soort"),
    intro="Een rij per akkoord, wet of nota waar deze agenda mee te maken heeft.",
    example=("Gezond en Actief Leven Akkoord (GALA)", "landelijk, verplicht", "van kracht"),
)

#: In the order in which they can be entered: what a row refers to comes before it.
SHEETS = (
    *(THEMES, GOALS, MEASURES, SITUATION, PRINCIPLES),
    *(PARTICIPATIONS, TASKS, STEPS, POLICIES),
)
LAYOUTS = [
    THEMES.layout,
    GOALS.layout,
    INDICATOR_LAYOUT,
    *(sheet.layout for sheet in SHEETS[2:]),
]
