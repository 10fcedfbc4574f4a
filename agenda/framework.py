"""The whole framework of an agenda with its progress, read lean: 150 indicators, 1,200 values.

Only needed columns are fetched, as plain tuples, and each row's words are made once, in Python.
Queries: themes, goals, measures, targets, observations, breaks; six, however large the agenda.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, When
from django.db.models import Value as Literal
from django.db.models.functions import Cast, Coalesce, Concat, Substr

from agenda.constants import Certainty, TargetKind, VersionKind
from agenda.meanings import meaning_in
from agenda.models import (
    AgendaVersion,
    Goal,
    IndicatorVersion,
    Measure,
    Observation,
    Target,
    Theme,
)
from agenda.progress import Progress, ProgressState, due_target, is_too_early, progress
from agenda.series import NOT_FINAL, rank
from core.fields import VALUE_COLUMNS
from core.periods import Period
from core.tables import CellValue
from core.values import Absence, Basis, Qualifier, Value, ValueType

TYPED = ("value_type", *VALUE_COLUMNS)
OBSERVED = ("withheld", *TYPED)
NO_VALUE = "staat niet in de bron"
# The code of a period as text: sorts as periods do, and needs no parsing.
CODE = Cast("period", CharField())
CODE_OF_START = Cast("replaced_from", CharField())
# The half-year in which a period ends, from its ``code``: a year ends with its second half.
ENDS = Case(
    When(code__contains="/", then=Concat(Substr("code", 6), Literal("-H2"))),
    When(code__contains="-", then=F("code")),
    default=Concat(F("code"), Literal("-H2")),
    output_field=CharField(),
)


def typed(columns: tuple[Any, ...]) -> Value:
    """The value in the columns ``TYPED``."""
    value_type, number, number_to, numerator, denominator, text, qualifier, absence, basis = columns
    return Value(
        ValueType(value_type),
        number,
        number_to,
        numerator,
        denominator,
        text,
        Qualifier(qualifier),
        Absence(absence),
        Basis(basis),
    )


def published(columns: Sequence[Any]) -> tuple[Any, ...]:
    """The columns ``TYPED`` out of ``OBSERVED``; what is withheld is not in them."""
    withheld, *kept = columns
    if not withheld:
        return tuple(kept)
    return (kept[0], None, None, None, None, "", "", Absence.TOO_SMALL.value, Basis.COMPUTED.value)


@dataclass(frozen=True)
class Line:
    """A measure as the page shows it; words are ready, nothing is worked out in the template."""

    number: str
    text: str
    indicator: str
    slug: str
    unit: str
    direction: str
    baseline: str
    value: str
    when: str
    provisional: bool
    target: str
    target_when: str
    state: ProgressState
    share: int | None
    words: str

    @property
    def is_bare(self) -> bool:
        """No value, no target and no baseline."""
        return not (self.when or self.target or self.baseline)


@dataclass
class GoalLines:
    number: str
    label: str
    slug: str
    lines: list[Line] = field(default_factory=list)


@dataclass
class ThemeLines:
    pk: int
    name: str
    number: str
    slug: str
    parent: str
    goals: dict[int, GoalLines] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    @property
    def groups(self) -> list[GoalLines]:
        """The measures of the theme as a whole, then those of each goal that has any."""
        whole = [GoalLines("", "Bij het hele thema", "", self.lines)] if self.lines else []
        return [*whole, *(goal for goal in self.goals.values() if goal.lines)]

    @property
    def bare(self) -> list[Line]:
        """The measures of the theme and its goals, when none has any figure; else nothing."""
        lines = [line for group in self.groups for line in group.lines]
        return lines if all(line.is_bare for line in lines) else []

    @property
    def unmeasured(self) -> list[GoalLines]:
        """Goals without a measure of their own."""
        return [goal for goal in self.goals.values() if not goal.lines]


@dataclass(frozen=True)
class Framework:
    themes: list[ThemeLines]
    counts: Counter[ProgressState]

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def on_course(self) -> int:
        return self.counts[ProgressState.ON_COURSE]

    @property
    def behind(self) -> int:
        return self.counts[ProgressState.BEHIND]

    @property
    def too_early(self) -> int:
        return self.counts[ProgressState.TOO_EARLY]

    @property
    def unknown(self) -> int:
        return self.total - self.on_course - self.behind - self.too_early


def framework(version: AgendaVersion) -> Framework:
    """Every goal of ``version`` with each measure and where it stands. Six queries."""
    themes = {
        pk: ThemeLines(pk, name, number, slug, parent or "")
        for pk, name, number, slug, parent in Theme.objects.filter(version=version)
        .order_by("order")
        .values_list("pk", "name", "number", "slug", "parent__name")
    }
    goals: dict[int, GoalLines] = {}
    for pk, theme, number, label, slug in (
        Goal.objects.filter(theme__version=version)
        .order_by("theme__order", "order")
        .values_list("pk", "theme_id", "number", "label", "slug")
    ):
        goals[pk] = themes[theme].goals[pk] = GoalLines(number, label, slug)
    baselines, targets = _targets(version)
    newest, starts = _newest(version), _starts(version)
    counts: Counter[ProgressState] = Counter()
    for row in (
        Measure.objects.of_version(version.pk)
        .order_by("order", "pk")
        .values_list(
            "pk",
            "theme_id",
            "goal_id",
            "number",
            "text",
            "indicator_id",
            "indicator__name",
            "indicator__slug",
            "indicator__unit",
            "indicator__direction",
            "indicator__band",
        )
    ):
        pk, theme_id, goal_id, indicator_id = row[0], row[1], row[2], row[5]
        line = _line(
            row,
            newest.get(indicator_id),
            targets[pk],
            baselines.get(pk),
            starts[indicator_id],
            version.agenda.period,
        )
        counts[line.state] += 1
        (goals[goal_id] if goal_id else themes[theme_id]).lines.append(line)
    return Framework(list(themes.values()), counts)


Dated = tuple[str, int, tuple[Any, ...]]  # the period, the number of the meaning, the value
Began = tuple[Period, int, Value]  # the same of a baseline


def _line(
    row: tuple[Any, ...],
    newest: tuple[Period, str, Value] | None,
    targets: list[Dated],
    began: Began | None,
    starts: list[Period],
    agenda: Period | None,
) -> Line:
    _, _, _, number, text, _, name, slug, unit, direction, band = row
    period, certainty, last = newest or (None, "", None)
    meaning = meaning_in(starts, period) if period else len(starts)
    comparable = [(code, columns) for code, held, columns in targets if held == meaning]
    broken = bool(targets and not comparable)
    shown = comparable or [(code, columns) for code, _, columns in targets]
    dated = [(Period.parse(code), columns) for code, columns in shown]
    dated.sort(key=lambda pair: pair[0].moment)
    since, agreed, baseline = began or (None, 0, None)
    is_way = agreed == meaning
    # Without a value there is nothing to hold against a target: the first one is shown.
    at = period or (dated[0][0] if dated else None)
    due = due_target([(aim, (aim, columns)) for aim, columns in dated], at) if at else None
    aimed = typed(due[1]) if due else None
    found: Progress = progress(
        direction=direction,
        last=last.quantity if last else None,
        due=aimed.quantity if aimed else None,
        final=typed(dated[-1][1]).quantity if dated else None,
        baseline=baseline.quantity if baseline and is_way else None,
        band=band,
        broken=broken,
        too_early=period is not None and is_too_early(period, since, agenda),
    )
    return Line(
        number=number,
        text=text,
        indicator=name,
        slug=slug,
        unit=unit,
        direction=direction,
        baseline=baseline.display() if baseline else "",
        value=last.display() if last else NO_VALUE,
        when=period.label if period else "",
        provisional=certainty in NOT_FINAL,
        target=aimed.display() if aimed else "",
        target_when=due[0].label if due else "",
        state=found.state,
        share=found.share,
        words=_words(found.state, last),
    )


def _words(state: ProgressState, last: Value | None) -> str:
    if state is ProgressState.BROKEN:
        return f"{state.value}: de streefwaarde hoort bij een eerdere definitie"
    if state is ProgressState.TOO_EARLY:
        return f"{state.value}: de waarde is van voor of bij het begin"
    if state is not ProgressState.NO_VALUE:
        return str(state.value)
    return f"{state.value}: {last.display() if last else NO_VALUE}"


def _targets(
    version: AgendaVersion,
) -> tuple[dict[int, Began], defaultdict[int, list[Dated]]]:
    """The baseline of each measure, and its targets in order of time, still as columns; each with
    the number of the meaning that it was agreed under."""
    baselines: dict[int, Began] = {}
    targets: defaultdict[int, list[Dated]] = defaultdict(list)
    for measure, kind, period, meaning, *columns in (
        Target.objects.filter(measure__in=Measure.objects.of_version(version.pk), absence="")
        .order_by("period")
        .values_list("measure_id", "kind", CODE, "meaning", *TYPED)
    ):
        if kind == TargetKind.BASELINE:
            held = (Period.parse(period), meaning, typed(tuple(columns)))
            baselines.setdefault(measure, held)
        else:
            targets[measure].append((period, meaning, tuple(columns)))
    return baselines, targets


def _starts(version: AgendaVersion) -> defaultdict[int, list[Period]]:
    """From when each indicator meant something else, oldest first. One query."""
    held = Measure.objects.of_version(version.pk).values("indicator_id")
    starts: defaultdict[int, list[Period]] = defaultdict(list)
    for indicator, period in (
        IndicatorVersion.objects.filter(indicator__in=held, kind=VersionKind.CHANGED)
        .order_by("number")
        .values_list("indicator_id", CODE_OF_START)
    ):
        starts[indicator].append(Period.parse(period))
    return starts


def _newest(version: AgendaVersion) -> dict[int, tuple[Period, str, Value]]:
    """Of each indicator the value of the newest period; of several the most definite."""
    held = Measure.objects.of_version(version.pk).values("indicator_id")
    whole = Observation.objects.filter(area__isnull=True, group__isnull=True)
    whole = whole.annotate(code=CODE).annotate(ends=ENDS)
    later = whole.filter(indicator=OuterRef("indicator"), ends__gt=OuterRef("ends"))
    rows = (
        whole.filter(indicator__in=held)
        .filter(~Exists(later))
        .order_by("pk")
        .values_list("indicator_id", "period", "certainty", *OBSERVED)
    )
    found: dict[int, tuple[Period, str, Value]] = {}
    for indicator, period, certainty, *columns in rows:
        held_now = found.get(indicator)
        if held_now is None or rank(certainty) > rank(held_now[1]):
            found[indicator] = (period, certainty, typed(published(columns)))
    return found


# --- All values, to take along --------------------------------------------------------------------
VALUES_HEADER = (
    "Thema",
    "Doel",
    "Indicator",
    "Periode",
    "Waarde",
    "Streefwaarde",
    "Eenheid",
    "Opmerking",
    "Bron",
)
VALUES_WIDTHS = (24, 30, 40, 12, 14, 14, 14, 30, 50)
FORMER = "eerdere definitie: niet vergelijkbaar met nu"
UNITS = {ValueType.PERCENTAGE.value: "%", ValueType.AMOUNT.value: "euro"}


def value_rows(version: AgendaVersion) -> Iterator[list[CellValue]]:
    """All values and targets of ``version``, a row per measure and period. Four queries.

    A measure without any gets one row that says so; a value that is more than its number (bijna,
    voorlopig, of an earlier definition, or absent with a reason) says so in the remark.
    """
    values, starts = _observed(version), _starts(version)
    aimed: dict[int, dict[str, tuple[Any, ...]]] = defaultdict(dict)
    for measure, period, *columns in (
        Target.objects.targets()
        .filter(measure__in=Measure.objects.of_version(version.pk))
        .order_by("period")
        .values_list("measure_id", CODE, *TYPED)
    ):
        aimed[measure][period] = tuple(columns)
    for pk, theme, goal_theme, goal, indicator_id, name, unit, kind in (
        Measure.objects.of_version(version.pk)
        .order_by(
            Coalesce("theme__order", "goal__theme__order"),
            F("goal__order").asc(nulls_first=True),
            "order",
            "pk",
        )
        .values_list(
            "pk",
            "theme__name",
            "goal__theme__name",
            "goal__label",
            "indicator_id",
            "indicator__name",
            "indicator__unit",
            "indicator__value_type",
        )
    ):
        start = [theme or goal_theme, goal or "", name]
        actual, target = values.get(indicator_id, {}), aimed.get(pk, {})
        word = UNITS.get(kind, unit)
        for period in sorted(actual.keys() | target.keys()):
            began = starts[indicator_id]
            former = meaning_in(began, Period.parse(period)) < len(began)
            for row in actual.get(period, [None]):
                yield [*start, period, *_cells(row, target.get(period), word, former=former)]
        if not actual and not target:
            yield [*start, "", None, None, word, "geen waarde in de bron", ""]


def _observed(version: AgendaVersion) -> dict[int, dict[str, list[tuple[Any, ...]]]]:
    """The observations per indicator and period; an area or a second source adds to the list."""
    values: dict[int, dict[str, list[tuple[Any, ...]]]] = defaultdict(lambda: defaultdict(list))
    held = Measure.objects.of_version(version.pk).values("indicator_id")
    for indicator, period, *rest in (
        Observation.objects.filter(indicator__in=held)
        .order_by("period", "pk")
        .values_list(
            "indicator_id",
            CODE,
            "area__name",
            "group__name",
            "certainty",
            "source__title",
            "locator",
            *OBSERVED,
        )
    ):
        values[indicator][period].append((*rest[:5], *published(rest[5:])))
    return values


def _cells(
    row: tuple[Any, ...] | None, target: tuple[Any, ...] | None, unit: str, *, former: bool
) -> list[CellValue]:
    """Value, target, unit, remark and source of one period."""
    aimed = _number(target) if target else None
    if row is None:
        return [None, aimed, unit, "nog geen waarde", ""]
    area, group, certainty, source, locator, *columns = row
    remark = [word for word in (area, group) if word]
    if certainty in NOT_FINAL:
        remark.append(str(Certainty(certainty).label))
    if former:
        remark.append(FORMER)
    if columns[2] is not None or columns[5] or columns[6] or columns[7]:
        remark.append(typed(tuple(columns)).display())
    cited = ", ".join(part for part in (source, locator) if part)
    return [_number(columns), aimed, unit, "; ".join(remark), cited]


def _number(columns: Sequence[Any]) -> CellValue:
    """The number of the columns ``TYPED``: the percentage, or the (lower) number."""
    number: Decimal | None = columns[1]
    numerator: Decimal | None = columns[3]
    denominator: Decimal | None = columns[4]
    if numerator is not None and denominator:
        return round(numerator / denominator * 100, 4)
    return number
