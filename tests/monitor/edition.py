"""A small but complete published edition, made through the same steps as a real one."""

from __future__ import annotations

from collections.abc import Iterable

from agenda.constants import ContradictionTopic, Phase, Rhythm, SurveyGroup
from agenda.models import AgendaVersion, Reading, Theme
from core.values import ValueType
from monitor.actions import adopt, mark_judged, publish
from monitor.constants import NoteKind, Verdict
from monitor.models import Challenge, Monitor, MonitorNote
from reporting.models import Activity
from tests.factories_agenda import (
    AgendaVersionFactory,
    ContradictionFactory,
    GoalFactory,
    IndicatorFactory,
    MeasureFactory,
    ObservationFactory,
    PartnerFactory,
    SourceFactory,
    StatementFactory,
    StatementResultFactory,
    SurveyFactory,
    TargetFactory,
    ThemeFactory,
)
from tests.factories_contracts import (
    AmendmentFactory,
    BudgetFactory,
    BudgetItemFactory,
    BudgetLineFactory,
    ContractFactory,
    PartyFactory,
)
from tests.factories_monitor import BottleneckFactory, JudgementFactory, MonitorFactory
from tests.factories_reporting import NarrativeFactory, ReportFactory, SpendingFactory

PARTNER, THEME, GOAL = "stichting-haven", "veiligheid", "veilig-thuis"


def agenda_with_goals(extra: int = 0) -> AgendaVersion:
    """An agenda with the theme and goal of this page, and ``extra`` more goals."""
    version: AgendaVersion = AgendaVersionFactory.create(adopted=True)
    theme = ThemeFactory.create(version=version, name="Veiligheid", slug=THEME)
    GoalFactory.create(
        theme=theme, label="Veilig thuis", slug=GOAL, number="1", text="Iedereen is veilig."
    )
    for number in range(extra):
        GoalFactory.create(theme=theme, number=f"{number + 2}", label=f"Ander doel {number}")
    indicator = IndicatorFactory.create(name="Meldingen van geweld", definition="Aantal meldingen.")
    measure = MeasureFactory.create(indicator=indicator, theme=theme, number="1")
    ObservationFactory.create(indicator=indicator, period="2016", number=41)
    TargetFactory.create(measure=measure, period="2016", number=30)
    return version


def partner_with_contract() -> None:
    partner = PartnerFactory.create(name="Stichting Haven", slug=PARTNER, seat="Leiden")
    contract = ContractFactory.create(
        from_source=True, partner=partner, title="Programma Samen Veilig", term="2015/2018"
    )
    PartyFactory.create(contract=contract, organisation=partner, role="lead")
    first = AmendmentFactory.create(contract=contract)
    BudgetLineFactory.create(contract=contract, started_by=first, period="2016/2018")
    report = ReportFactory.create(
        from_source=True, contract=contract, period="2016", title="Verslag 2016"
    )
    NarrativeFactory.create(report=report, text="De aanpak werkt.")
    SpendingFactory.create(report=report, period="2016", number=1234)
    theme = Theme.objects.filter(slug=THEME).first()
    Activity.objects.create(report=report, theme=theme, heading="Spreekuur", text="Elke week.")


def surroundings() -> None:
    """Money, client experience, sources and a contradiction."""
    budget = BudgetFactory.create(year=2016, title="Begroting Wmo", stated_total=3000)
    BudgetItemFactory.create(budget=budget, name="Begeleiding", amount=2000, is_custom_care=True)
    BudgetItemFactory.create(budget=budget, name="Inloop", amount=1000)
    survey = SurveyFactory.create(year=2016)
    statement = StatementFactory.create(survey=survey, direction="up")
    for group, number in ((SurveyGroup.MUNICIPALITY, 76), (SurveyGroup.REFERENCE, 70)):
        StatementResultFactory.create(
            statement=statement, group=group, year=2016, value_type=ValueType.COUNT, number=number
        )
    source = SourceFactory.create(
        slug="jaarstukken", title="Jaarstukken", phase=Phase.EXECUTION, rhythm=Rhythm.YEARLY
    )
    contradiction = ContradictionFactory.create(
        slug="twee-sommen", title="Twee sommen", topic=ContradictionTopic.MONEY
    )
    for text in ("Het is 80.", "Het is 60."):
        Reading.objects.create(contradiction=contradiction, text=text, source=source)


def edition(
    year: int,
    version: AgendaVersion,
    verdicts: Iterable[Verdict] = (Verdict.GOOD,),
    previous: Iterable[Verdict | None] = (),
    *,
    publish_it: bool = True,
) -> Monitor:
    """An edition of ``version`` with a verdict for its goals in turn, offered to the council."""
    monitor: Monitor = MonitorFactory.create(year=year, agenda_version=version, from_source=True)
    theme = version.themes.get()
    before = list(previous)
    for place, (goal, verdict) in enumerate(zip(theme.goals.all(), verdicts, strict=False)):
        JudgementFactory.create(
            monitor=monitor,
            goal=goal,
            number=goal.number,
            label=goal.label,
            verdict=verdict,
            previous=before[place] if place < len(before) else None,
            origin="source",
            explanation="Er kwamen minder meldingen.",
            order=place,
        )
    BottleneckFactory.create(
        monitor=monitor,
        theme=theme,
        goal=theme.goals.get(slug=GOAL),
        text=f"meldingen komen te laat binnen in {year}",
    )
    challenge = Challenge.objects.create(monitor=monitor, text="geweld achter de voordeur")
    challenge.goals.add(theme.goals.get(slug=GOAL))
    MonitorNote.objects.create(monitor=monitor, kind=NoteKind.TREND, text="Meer eenzaamheid.")
    if publish_it:
        for step in (mark_judged, adopt, publish):
            step(monitor, user=None)
    return monitor


def two_editions(extra: int = 0) -> tuple[Monitor, Monitor]:
    """2015 and 2016 of one agenda: the goal improved."""
    version = agenda_with_goals(extra)
    partner_with_contract()
    surroundings()
    many = [Verdict.GOOD] * (extra + 1)
    first = edition(2015, version, [Verdict.NEUTRAL, *many[1:]])
    return first, edition(2016, version, many, [Verdict.NEUTRAL, *many[1:]])
