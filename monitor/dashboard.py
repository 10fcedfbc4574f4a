"""What helps the board choose between instruments, budgets and partners, by contract and by theme.

Results against their norm, quality and production apart; what was agreed and what was spent; what
clients say; the verdicts on goals; and the newest decisions (report 004, H5.4, recommendations 3
and 4). Nothing is entered for it: each figure stands on a report, contract, edition or decision,
and leads there. Results that show few people are left out, as in public.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Prefetch
from django.urls import reverse

from agenda.models import Goal, Theme
from agenda.story import Story
from contracts.budgets.agreed import Beside, agreed_rows
from contracts.budgets.sums import Sum, add_up
from contracts.constants import ResultAspect, SectionKind
from contracts.models import KPI, Contract, Decision
from core.values import ValueType
from monitor.constants import Verdict
from monitor.models import Judgement
from reporting.disclosure import WITHHELD, withheld_of
from reporting.models import KPIResult, Report, Round
from reporting.told import told

NEWEST = 3  # decisions shown
ASPECTS = (
    (ResultAspect.QUALITY, "Kwaliteit"),
    (ResultAspect.QUANTITY, "Productie"),
    (ResultAspect.NOT_STATED, "Soort niet gekozen"),
)


@dataclass(frozen=True)
class Score:
    """One result of one report against its norm; ``achieved`` is None where nothing compares."""

    kpi: KPI
    display: str
    target: str
    achieved: bool | None
    period: str
    url: str
    contract: Contract


@dataclass(frozen=True)
class Norms:
    """The scores of one kind: quality or production."""

    label: str
    scores: list[Score]

    @property
    def met(self) -> int:
        return sum(score.achieved is True for score in self.scores)

    @property
    def compared(self) -> int:
        """How many have a norm to be held against."""
        return sum(score.achieved is not None for score in self.scores)

    @property
    def missed(self) -> list[Score]:
        return [score for score in self.scores if score.achieved is False]


@dataclass(frozen=True)
class Spent:
    """What a report says was spent in its period, in euros; ``amount`` is None when unreadable."""

    label: str
    display: str
    amount: Decimal | None
    period: str
    url: str


@dataclass(frozen=True)
class Said:
    """What clients say, as a report tells it: a grade, or words."""

    text: str
    period: str
    url: str


@dataclass(frozen=True)
class GoalVerdict:
    """The newest published verdict on a goal; None where there is none."""

    goal: Goal
    judgement: Judgement | None

    @property
    def verdict(self) -> Verdict | None:
        held = self.judgement
        return Verdict(held.verdict) if held is not None and held.verdict else None


@dataclass
class Row:
    """A contract or a theme with what is known of it in one year."""

    title: str
    url: str
    note: str
    is_example: bool
    contracts: list[Contract]
    scores: list[Score] = field(default_factory=list)
    agreed: Sum = field(default_factory=Sum)
    spent: list[Spent] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    verdicts: list[GoalVerdict] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    reports: int = 0

    @property
    def norms(self) -> list[Norms]:
        """Quality and production, always both; what has no kind only where there is any."""
        return norms_of(self.scores)

    @property
    def spent_total(self) -> Sum:
        return add_up((each.amount, False) for each in self.spent)

    @property
    def counted(self) -> list[tuple[str, str, int]]:
        """How many goals stand on each verdict: its word for css, its label, and the number."""
        return [
            (each.value, str(each.label), number)
            for each in Verdict
            if (number := sum(row.verdict == each for row in self.verdicts))
        ]


def norms_of(scores: Iterable[Score]) -> list[Norms]:
    held = list(scores)
    found = [
        Norms(label, [score for score in held if score.kpi.aspect == aspect])
        for aspect, label in ASPECTS
    ]
    return [each for each in found if each.scores or each.label != ASPECTS[-1][1]]


@dataclass(frozen=True)
class Board:
    """All rows of a year, and what they come to together."""

    rows: list[Row]
    scores: list[Score]
    agreed: Sum
    spent: Sum

    @property
    def norms(self) -> list[Norms]:
        return norms_of(self.scores)


def by_contract(contracts: Sequence[Contract], year: int) -> Board:
    """A row for each of ``contracts``. Eleven queries, however many there are."""
    found = _Facts(contracts, year)
    rows = [
        Row(
            title=contract.title,
            url=reverse("contract_detail", args=[contract.slug]),
            note=str(contract.partner or ""),
            is_example=contract.is_example,
            contracts=[contract],
            scores=found.scores[contract.pk],
            agreed=found.agreed[contract.pk],
            spent=found.spent[contract.pk],
            said=found.said[contract.pk],
            verdicts=found.verdicts_on(found.goals[contract.pk]),
            decisions=found.decisions[contract.pk][:NEWEST],
            reports=found.reports[contract.pk],
        )
        for contract in contracts
    ]
    return found.board(rows)


def by_theme(contracts: Sequence[Contract], year: int) -> Board:
    """A row for each theme whose goals KPIs of ``contracts`` serve. Eleven queries.

    A KPI under more than one theme is in each of them, and a contract as well: its money is not
    divided, so rows do not add up. The totals of the board count everything once.
    """
    found = _Facts(contracts, year)
    themes: dict[int, Theme] = {}
    goals: dict[int, dict[int, Goal]] = defaultdict(dict)
    serving: dict[int, dict[int, Contract]] = defaultdict(dict)
    for contract in contracts:
        for goal in found.goals[contract.pk].values():
            themes[goal.theme_id] = goal.theme
            goals[goal.theme_id][goal.pk] = goal
            serving[goal.theme_id][contract.pk] = contract
    rows = []
    for theme in sorted(themes.values(), key=lambda each: (each.version_id, each.order, each.pk)):
        held = list(serving[theme.pk].values())
        decisions = {
            row.pk: row
            for contract in held
            for row in found.decisions[contract.pk]
            if goals[theme.pk].keys() & {goal.pk for goal in row.goals.all()}
            or any(
                goal.theme_id == theme.pk for kpi in row.kpis.all() for goal in found.served[kpi.pk]
            )
        }
        rows.append(
            Row(
                title=theme.name,
                url=reverse("agenda_detail", args=[theme.version.agenda.slug]),
                note=f"{theme.version.agenda.short_name}, versie {theme.version.number}",
                is_example=all(contract.is_example for contract in held),
                contracts=held,
                scores=[
                    score
                    for contract in held
                    for score in found.scores[contract.pk]
                    if any(goal.theme_id == theme.pk for goal in found.served[score.kpi.pk])
                ],
                agreed=_together(found.agreed[contract.pk] for contract in held),
                spent=[each for contract in held for each in found.spent[contract.pk]],
                said=[each for contract in held for each in found.said[contract.pk]],
                verdicts=found.verdicts_on(goals[theme.pk]),
                decisions=list(decisions.values())[:NEWEST],
                reports=sum(found.reports[contract.pk] for contract in held),
            )
        )
    return found.board(rows)


def _together(sums: Iterable[Sum]) -> Sum:
    found = Sum()
    for each in sums:
        found = Sum(
            found.total + each.total,
            found.known + each.known,
            found.unknown + each.unknown,
            found.about or each.about,
        )
    return found


class _Facts:
    """What is known of ``contracts`` in ``year``, by contract."""

    def __init__(self, contracts: Sequence[Contract], year: int) -> None:
        self.contracts, self.year = {row.pk: row for row in contracts}, year
        self.scores: dict[int, list[Score]] = defaultdict(list)
        self.spent: dict[int, list[Spent]] = defaultdict(list)
        self.said: dict[int, list[Said]] = defaultdict(list)
        self.reports: dict[int, int] = defaultdict(int)
        self.decisions: dict[int, list[Decision]] = defaultdict(list)
        self.goals: dict[int, dict[int, Goal]] = defaultdict(dict)
        self.served: dict[int, list[Goal]] = defaultdict(list)
        self.agreed: dict[int, Sum] = defaultdict(Sum)
        self.kpis = self._kpis()
        self._money()
        self._read_reports()
        self._decided()
        self.verdicts = self._judged()

    def _kpis(self) -> dict[int, KPI]:
        goals = Goal.objects.select_related("theme__version__agenda")
        rows = KPI.objects.filter(contract__in=self.contracts).prefetch_related(
            Prefetch("goals", goals.order_by("theme__order", "order", "pk"))
        )
        held = {row.pk: row for row in rows}
        for row in held.values():
            self.served[row.pk] = list(row.goals.all())
            for goal in self.served[row.pk]:
                self.goals[row.contract_id][goal.pk] = goal
        return held

    def _money(self) -> None:
        def is_asked(row: Beside) -> bool:
            return row.contract.pk in self.contracts and row.when == str(self.year)

        for row in filter(is_asked, agreed_rows()):
            known = int(row.agreed is not None)
            self.agreed[row.contract.pk] = Sum(
                row.agreed or Decimal(0), known, row.unknown, row.about
            )

    def _read_reports(self) -> None:
        """The newest round of each accepted report over the year or a half of it."""
        reports = {
            report.pk: report
            for report in Report.objects.accepted()
            .filter(contract__in=self.contracts, period__startswith=str(self.year))
            .select_related("contract__partner")
            .order_by("period", "pk")
        }
        newest: dict[int, Round] = {}
        rounds = Round.objects.filter(report__in=reports).prefetch_related(WITHHELD)
        for made in rounds.order_by("number"):
            newest[made.report_id] = made
        told_of: dict[int, dict[str, KPI]] = defaultdict(dict)
        results = KPIResult.objects.filter(round__in=[made.pk for made in newest.values()])
        for made_id, kpi in results.values_list("round", "kpi"):
            told_of[made_id][self.kpis[kpi].number] = self.kpis[kpi]
        for key, report in reports.items():
            if key in newest:
                self._read(report, newest[key], told_of[newest[key].pk])

    def _read(self, report: Report, made: Round, kpis: dict[str, KPI]) -> None:
        withheld = withheld_of(made)
        story = told(report, made, withheld)
        contract = self.contracts[report.contract_id]
        source = story["source"]
        url = reverse(source["view"], kwargs=source["kwargs"])
        period = report.period.label
        self.reports[contract.pk] += 1
        for result in story["results"]:
            kpi = kpis.get(result["number"])
            if kpi is not None:
                self.scores[contract.pk].append(
                    Score(
                        kpi,
                        result["display"],
                        result["target"],
                        result["achieved"],
                        period,
                        url,
                        contract,
                    )
                )
        for row in story["spendings"]:
            amount = Decimal(row["quantity"]) if row.get("quantity") else None
            self.spent[contract.pk].append(Spent(row["label"], row["display"], amount, period, url))
        self.said[contract.pk] += [Said(text, period, url) for text in _experience(story)]

    def _decided(self) -> None:
        rows = (
            Decision.objects.filter(contracts__in=self.contracts, replaced_by__isnull=True)
            .distinct()
            .newest_first()
            .prefetch_related("contracts", "goals", "kpis")
        )
        for row in rows:
            for contract in row.contracts.all():
                self.decisions[contract.pk].append(row)

    def _judged(self) -> dict[int, Judgement]:
        goals = {key for held in self.goals.values() for key in held}
        rows = Judgement.objects.published().given().filter(goal__in=goals)
        ordered = rows.select_related("monitor").order_by("monitor__year", "-monitor__kind", "pk")
        return {row.goal_id: row for row in ordered}

    def verdicts_on(self, goals: dict[int, Goal]) -> list[GoalVerdict]:
        return [GoalVerdict(goal, self.verdicts.get(key)) for key, goal in goals.items()]

    def board(self, rows: list[Row]) -> Board:
        keys = list(self.contracts)
        spent = [each for key in keys for each in self.spent[key]]
        return Board(
            rows,
            [score for key in keys for score in self.scores[key]],
            _together(self.agreed[key] for key in keys),
            add_up((each.amount, False) for each in spent),
        )


def _experience(story: Story) -> list[str]:
    """The grades that clients gave, and the words about them."""
    grades = [
        f"{row['label']}: {row['display']}"
        for row in story["figures"]
        if row.get("value", {}).get("type") == ValueType.SCALE
    ]
    words = [
        line["text"]
        for section in story["sections"]
        if section["code"] == SectionKind.CLIENT_EXPERIENCE
        for line in section["lines"]
    ]
    return grades + words
