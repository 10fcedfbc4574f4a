"""Rules of the agenda that cross tables: the database keeps them from every side."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from agenda.models import (
    AdviceAnswer,
    AgendaVersion,
    Contribution,
    GoalSuccession,
    Indicator,
    Theme,
    ThemeSuccession,
)
from core.values import ValueType
from tests.database_guards import Agreed, assert_kept, every_side, rules_of
from tests.factories_advice import (
    AdviceFactory,
    AdvicePointFactory,
    ConsultationRoundFactory,
    InvitationFactory,
)
from tests.factories_agenda import (
    AgendaFactory,
    AgendaVersionFactory,
    DevelopmentTaskFactory,
    GoalFactory,
    IndicatorFactory,
    IndicatorVersionFactory,
    MeasureFactory,
    ObservationFactory,
    SourceFactory,
    TargetFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

AMOUNT = {"value_type": ValueType.AMOUNT}


def version_of(year: int) -> AgendaVersion:
    return AgendaVersionFactory.create(agenda__year=year)


def parent_of_version() -> Agreed:
    parent = ThemeFactory.create()
    theme = ThemeFactory.create(parent=parent, version=parent.version)
    return {
        "theme": (theme, {"parent": ThemeFactory.create()}),
        "parent": (parent, {"version": version_of(2016)}),
    }


def two_levels() -> Agreed:
    parent = ThemeFactory.create()
    theme = ThemeFactory.create(parent=parent, version=parent.version)
    above = ThemeFactory.create(version=parent.version)
    below = ThemeFactory.create(version=parent.version, parent=above)
    return {"theme": (theme, {"parent": below}), "parent": (parent, {"parent": above})}


def versions_in_order(earlier: AgendaVersion, later: AgendaVersion) -> Agreed:
    return {
        "earlier": (earlier, {"agenda": AgendaFactory.create(year=2020)}),
        "later": (later, {"agenda": AgendaFactory.create(year=2008)}),
        "first": (earlier.agenda, {"year": 2020}),
        "second": (later.agenda, {"year": 2008}),
    }


def theme_succession() -> Agreed:
    before = ThemeFactory.create(version=version_of(2012))
    after = ThemeFactory.create(version=version_of(2016))
    link = ThemeSuccession.objects.create(kind="continued", predecessor=before, successor=after)
    return {
        "link": (link, {"predecessor": after, "successor": before}),
        "before": (before, {"version": version_of(2020)}),
        "after": (after, {"version": version_of(2008)}),
        **versions_in_order(before.version, after.version),
    }


def goal_succession() -> Agreed:
    before = ThemeFactory.create(version=version_of(2012))
    after = ThemeFactory.create(version=version_of(2016))
    goal, following = GoalFactory.create(theme=before), GoalFactory.create(theme=after)
    link = GoalSuccession.objects.create(kind="continued", predecessor=goal, successor=following)
    return {
        "link": (link, {"predecessor": following, "successor": goal}),
        "goal": (goal, {"theme": ThemeFactory.create(version=version_of(2020))}),
        "next": (following, {"theme": ThemeFactory.create(version=version_of(2008))}),
        "before": (before, {"version": version_of(2020)}),
        "after": (after, {"version": version_of(2008)}),
        **versions_in_order(before.version, after.version),
    }


def task_goal() -> Agreed:
    goal = GoalFactory.create()
    task = DevelopmentTaskFactory.create(version=goal.theme.version)
    task.goals.add(goal)
    return {
        "link": (task.goals.through._base_manager.get(), {"goal": GoalFactory.create()}),
        "task": (task, {"version": version_of(2020)}),
        "goal": (goal, {"theme": ThemeFactory.create()}),
        "theme": (goal.theme, {"version": version_of(2020)}),
    }


def target() -> Agreed:
    row = TargetFactory.create()
    other = IndicatorFactory.create(**AMOUNT)
    return {
        "target": (row, AMOUNT),
        "measure": (row.measure, {"indicator": other}),
        "indicator": (row.measure.indicator, AMOUNT),
    }


def observation() -> Agreed:
    row = ObservationFactory.create()
    return {"observation": (row, AMOUNT), "indicator": (row.indicator, {"value_type": ""})}


def target_within_bounds() -> Agreed:
    row = TargetFactory.create(number=5, measure__indicator__highest=10)
    narrow = IndicatorFactory.create(lowest=6)
    return {
        "target": (row, {"number": 11}),
        "measure": (row.measure, {"indicator": narrow}),
        "indicator": (row.measure.indicator, {"highest": 4}),
    }


def observation_within_bounds() -> Agreed:
    row = ObservationFactory.create(number=5, indicator__highest=10)
    return {"observation": (row, {"number": 11}), "indicator": (row.indicator, {"lowest": 6})}


def target_after_baseline() -> Agreed:
    base = TargetFactory.create(kind="baseline", period="2019")
    aim = TargetFactory.create(measure=base.measure, period="2020-H1")
    return {"base": (base, {"period": "2021"}), "aim": (aim, {"period": "2018"})}


def contribution_of_version() -> Agreed:
    theme = ThemeFactory.create()
    lower, higher = (
        GoalFactory.create(theme=theme),
        GoalFactory.create(theme=ThemeFactory.create(version=theme.version)),
    )
    link = Contribution.objects.create(contributor=lower, effect=higher)
    return {
        "link": (link, {"effect": GoalFactory.create()}),
        "lower": (lower, {"theme": ThemeFactory.create()}),
        "higher": (higher, {"theme": ThemeFactory.create()}),
        "before": (theme, {"version": version_of(2016)}),
        "after": (higher.theme, {"version": version_of(2016)}),
    }


def contribution_goes_up() -> Agreed:
    theme = ThemeFactory.create()
    lower = GoalFactory.create(theme=theme, level="output")
    higher = GoalFactory.create(theme=theme, level="outcome")
    same = GoalFactory.create(theme=theme, level="output")
    link = Contribution.objects.create(contributor=lower, effect=higher)
    return {
        "link": (link, {"effect": same}),
        "lower": (lower, {"level": "impact"}),
        "higher": (higher, {"level": "output"}),
    }


def answer_fits_point() -> Agreed:
    point = AdvicePointFactory.create(kind="question")
    answer = AdviceAnswer.objects.create(point=point, outcome="replied", reason="Zo.")
    return {
        "answer": (answer, {"point": AdvicePointFactory.create()}),
        "point": (point, {"kind": "advice"}),
    }


def answer_stated() -> Agreed:
    told = AdviceFactory.create(source=SourceFactory.create(), body="Uit een bron")
    point = AdvicePointFactory.create(advice=told)
    answer = AdviceAnswer.objects.create(point=point, reason="Zo staat het er.")
    other = AdvicePointFactory.create()
    return {
        "answer": (answer, {"point": other}),
        "point": (point, {"advice": other.advice}),
        "advice": (told, {"source": None}),
    }


def advice_of_round() -> Agreed:
    invitation = InvitationFactory.create(sent_at=None)
    advice = AdviceFactory.create(round=invitation.round, invitation=invitation)
    other = ConsultationRoundFactory.create()
    return {"advice": (advice, {"round": other}), "invitation": (invitation, {"round": other})}


def version_in_time() -> Agreed:
    earlier = IndicatorVersionFactory.create(number=1, replaced_from="2018-H2")
    later = IndicatorVersionFactory.create(
        number=2, replaced_from="2020", indicator=earlier.indicator
    )
    return {
        "later": (later, {"number": 3, "replaced_from": "2018"}),
        "earlier": (earlier, {"replaced_from": "2021"}),
    }


CASES: dict[str, Callable[[], Agreed]] = {
    "agenda_theme_parent_of_version": parent_of_version,
    "agenda_theme_two_levels": two_levels,
    "agenda_theme_succession_order": theme_succession,
    "agenda_goal_succession_order": goal_succession,
    "agenda_contribution_of_version": contribution_of_version,
    "agenda_contribution_goes_up": contribution_goes_up,
    "agenda_task_goal_of_version": task_goal,
    "agenda_target_fits_passport": target,
    "agenda_observation_fits_passport": observation,
    "agenda_target_within_bounds": target_within_bounds,
    "agenda_observation_within_bounds": observation_within_bounds,
    "agenda_target_after_baseline": target_after_baseline,
    "agenda_indicator_version_in_time": version_in_time,
    "agenda_advice_answer_fits_point": answer_fits_point,
    "agenda_advice_answer_stated": answer_stated,
    "agenda_advice_of_round": advice_of_round,
}


@pytest.mark.parametrize(("name", "alias"), every_side("agenda"))
def test_the_database_keeps_a_rule_from_every_side(name: str, alias: str) -> None:
    assert_kept(rules_of("agenda")[name], alias, CASES[name])


def test_within_one_year_the_number_of_the_version_tells_what_is_earlier() -> None:
    first = AgendaVersionFactory.create(number=1, adopted=True)
    second = AgendaVersionFactory.create(agenda=first.agenda, number=2)
    old, new = ThemeFactory.create(version=first), ThemeFactory.create(version=second)
    ThemeSuccession.objects.create(kind="continued", predecessor=old, successor=new)
    with pytest.raises(IntegrityError, match="eerdere versie"), transaction.atomic():
        AgendaVersion.objects.filter(pk=first.pk).update(number=3, reason="x")
    AgendaVersion.objects.filter(pk=second.pk).update(number=3)


def test_a_theme_with_subthemes_moves_in_steps() -> None:
    parent = ThemeFactory.create()
    ThemeFactory.create(parent=parent, version=parent.version)
    other = version_of(2020)
    Theme.objects.filter(parent=parent).update(parent=None)
    Theme.objects.filter(version=parent.version).update(version=other)
    Theme.objects.exclude(pk=parent.pk).update(parent=parent)
    assert parent.subthemes.get().version == other


def test_a_passport_without_values_takes_any_type() -> None:
    measure = MeasureFactory.create()
    Indicator.objects.filter(pk=measure.indicator_id).update(**AMOUNT)
    ObservationFactory.create(indicator=measure.indicator, **AMOUNT)
