"""A version of an agenda with something in every column of everything that a copy takes over."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from agenda.models import AgendaVersion, Contribution, Goal, Target
from tests.factories import OrganisationFactory
from tests.factories_agenda import (
    AgendaVersionFactory,
    AreaFactory,
    DevelopmentTaskFactory,
    GoalFactory,
    IndicatorFactory,
    IndicatorVersionFactory,
    MeasureFactory,
    ParticipationFactory,
    PolicyLinkFactory,
    PrincipleFactory,
    SituationFactFactory,
    SourceFactory,
    TargetFactory,
    TargetGroupFactory,
    TaskStepFactory,
    TaskUpdateFactory,
    ThemeFactory,
)

DAY = datetime.date(2026, 5, 1)


def whole_agenda(**version: Any) -> AgendaVersion:
    """Two themes, one of them under the other, each with a goal; targets for 2020 and 2025."""
    said = {"agenda__slug": "mag-2", "agenda__short_name": "MAG 2", "agenda__period": "2019/2022"}
    held: AgendaVersion = AgendaVersionFactory.create(**{"adopted": True, **said, **version})
    cited: dict[str, Any] = {"source": SourceFactory.create(), "locator": "blz. 4"}
    PrincipleFactory.create(version=held, kind="vision", is_new=True, **cited)
    ParticipationFactory.create(version=held)
    SituationFactFactory.create(
        version=held, topic="Wonen", text="Er is te weinig.", order=4, **cited
    )
    PolicyLinkFactory.create(
        version=held, state="in_force", url="https://voorbeeld.nl/", asks="Een plan.", **cited
    )
    said = {"result": "Iedereen woont.", "role": "director", "role_note": "Met de corporatie."}
    main = ThemeFactory.create(version=held, number="1", name="Leven", note="N", **said, **cited)
    sub = ThemeFactory.create(version=held, parent=main, number="1a", name="Wonen")
    effect, means = _goal(main, "Thuis", "impact", **cited), _goal(sub, "Huizen", "output")
    Contribution.objects.create(contributor=means, effect=effect)
    _measures(effect, main, cited)
    task = DevelopmentTaskFactory.create(
        version=held,
        number=3,
        owner="wethouder",
        organisation=OrganisationFactory.create(),
        frames="Binnen de begroting.",
        evaluated_on=DAY,
        result="partly",
        evaluation="Het kan beter.",
        **cited,
    )
    task.goals.add(effect, means)
    TaskStepFactory.create(task=task, text="Beginnen", due_on=DAY, done_on=DAY, **cited)
    TaskUpdateFactory.create(task=task)
    return held


def _goal(theme: Any, label: str, level: str, **said: Any) -> Goal:
    goal: Goal = GoalFactory.create(
        theme=theme,
        number=label[0],
        label=label,
        text=f"Over {label.lower()}.",
        slug=label.lower(),
        level=level,
        due_kind="by",
        due_on=DAY,
        direction_reason="Niet te tellen.",
        note="Een opmerking.",
        **said,
    )
    goal.target_groups.add(TargetGroupFactory.create())
    goal.areas.add(AreaFactory.create())
    return goal


def _measures(goal: Goal, theme: Any, cited: dict[str, Any]) -> None:
    share = IndicatorFactory.create(value_type="percentage")
    words = IndicatorFactory.create(value_type="text")
    of_goal = MeasureFactory.create(
        goal=goal, theme=None, indicator=share, text="Deel dat thuis woont", note="N", order=2
    )
    of_theme = MeasureFactory.create(theme=theme, indicator=words, **cited)
    TargetFactory.create(
        measure=of_goal,
        kind="baseline",
        period="2015",
        value_type="percentage",
        number=None,
        numerator=Decimal(4),
        denominator=Decimal(8),
        **cited,
    )
    TargetFactory.create(
        measure=of_goal,
        period="2020",
        value_type="percentage",
        number=Decimal(60),
        number_to=Decimal(70),
        qualifier="about",
        basis="reported",
    )
    TargetFactory.create(
        measure=of_goal, period="2025", value_type="percentage", number=None, absence="not_yet"
    )
    TargetFactory.create(
        measure=of_theme, period="2020", value_type="text", number=None, text="Beter dan nu"
    )
    # The passport changed since: what was agreed stays agreed under what it meant then.
    IndicatorVersionFactory.create(indicator=share, number=1)
    Target.objects.filter(measure=of_goal).update(meaning=1)
