"""What an agenda, its themes, goals, indicators and figures can never be."""

from __future__ import annotations

import datetime
import itertools

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from agenda.models import (
    AgendaDocument,
    Contribution,
    Goal,
    GoalSuccession,
    Indicator,
    Measure,
    Observation,
    Target,
    Theme,
    ThemeSuccession,
)
from core.files import store
from core.values import ValueType
from tests.agenda.advice_cases import ADVICE_CASES
from tests.constraints import (
    Spoilt,
    assert_refused,
    constraint_names,
    spoil,
    spoilt,
    twin,
    value_cases,
)
from tests.factories import UserFactory
from tests.factories_agenda import (
    AgendaFactory,
    AgendaVersionEventFactory,
    AgendaVersionFactory,
    AreaFactory,
    ContradictionFactory,
    DevelopmentTaskFactory,
    GoalFactory,
    GroupFactory,
    IndicatorFactory,
    IndicatorVersionFactory,
    MeasureFactory,
    MunicipalityFactory,
    ObservationFactory,
    ParticipationFactory,
    PolicyLinkFactory,
    PrincipleFactory,
    SituationFactFactory,
    SourceFactory,
    StatementFactory,
    StatementResultFactory,
    SurveyFactory,
    TableImportFactory,
    TargetFactory,
    TaskStepFactory,
    TaskUpdateFactory,
    ThemeFactory,
)
from tests.factories_council import CouncilTalkFactory, CouncilTalkPointFactory
from tests.factories_money import MoneyYearEventFactory, MoneyYearFactory

pytestmark = pytest.mark.django_db


def own_predecessor() -> models.Model:
    agenda = AgendaFactory.create()
    return spoil(agenda, predecessor=agenda)


def own_parent() -> models.Model:
    theme = ThemeFactory.create()
    return spoil(theme, parent=theme)


def theme_and_goal() -> models.Model:
    return spoil(MeasureFactory.create(), goal=GoalFactory.create())


def contribution(*, to_itself: bool) -> models.Model:
    goal = GoalFactory.create()
    others = GoalFactory.create_batch(2, theme=goal.theme)
    first, second = (
        Contribution.objects.create(contributor=goal, effect=other) for other in others
    )
    return spoil(second, effect=goal if to_itself else first.effect)


def same_number_under_goal() -> models.Model:
    goal = GoalFactory.create()
    MeasureFactory.create(theme=None, goal=goal, number="1")
    return spoil(MeasureFactory.create(theme=None, goal=goal), number="1")


def same_standard() -> models.Model:
    IndicatorFactory.create(standard="set/een")
    return spoil(IndicatorFactory.create(), standard="set/een")


def same_name() -> models.Model:
    IndicatorFactory.create(name="Eenzaamheid")
    return spoil(IndicatorFactory.create(), name="eenzaamheid")


def former(**wrong: object) -> Spoilt:
    """A version that was not saved yet: one that was is never changed."""
    return lambda: IndicatorVersionFactory.build(
        indicator=IndicatorFactory.create(), actor=UserFactory.create(), **wrong
    )


def former_twice() -> models.Model:
    first = IndicatorVersionFactory.create()
    return IndicatorVersionFactory.build(
        indicator=first.indicator, actor=first.actor, number=first.number, replaced_from="2021"
    )


def succession(model: type[ThemeSuccession] | type[GoalSuccession]) -> models.Model:
    if model is ThemeSuccession:
        return ThemeSuccession.objects.create(
            kind="continued",
            predecessor=ThemeFactory.create(version__agenda__year=2012),
            successor=ThemeFactory.create(),
        )
    return GoalSuccession.objects.create(
        kind="continued",
        predecessor=GoalFactory.create(theme__version__agenda__year=2012),
        successor=GoalFactory.create(),
    )


def succession_cases(model: type[ThemeSuccession] | type[GoalSuccession]) -> dict[str, Spoilt]:
    label = f"agenda_{model._meta.model_name}_"

    def itself() -> models.Model:
        row = succession(model)
        return spoil(row, successor=row.predecessor)  # type: ignore[attr-defined]

    def again() -> models.Model:
        first, second = succession(model), succession(model)
        names = ("predecessor", "successor")
        return spoil(second, **{name: getattr(first, name) for name in names})

    def one_sided_twice(kept: str, empty: str) -> models.Model:
        first, second = succession(model), succession(model)
        row = spoil(first, kind="not_in_source", **{empty: None})
        row.save()
        return spoil(second, kind="not_in_source", **{kept: getattr(row, kept), empty: None})

    return {
        label + "kind": lambda: spoil(succession(model), kind="zomaar"),
        label + "two_sides": lambda: spoil(
            succession(model), kind="not_in_source", predecessor=None, successor=None
        ),
        label + "not_itself": itself,
        label + "sides_fit_kind": lambda: spoil(succession(model), successor=None),
        label + "unique": again,
        label + "ends_once": lambda: one_sided_twice("predecessor", "successor"),
        label + "starts_once": lambda: one_sided_twice("successor", "predecessor"),
    }


def dropped_twice() -> models.Model:
    version = AgendaVersionFactory.create()
    goal = GoalFactory.create(theme__version__agenda__year=2012)
    said = {"kind": "dropped", "reason": "Gehaald.", "dropped_in": version}
    GoalSuccession.objects.create(predecessor=goal, **said)
    other = GoalSuccession.objects.create(predecessor=GoalFactory.create(), **said)
    return spoil(other, predecessor=goal)


def document_without_pages() -> models.Model:
    file = store(b"%PDF-1.7", name="agenda.pdf", content_type="application/pdf")
    return spoil(AgendaDocument.objects.create(version=AgendaVersionFactory.create()), file=file)


def event(**wrong: str) -> Spoilt:
    """An event that was not saved yet: one that was is never changed."""
    return lambda: AgendaVersionEventFactory.build(
        version=AgendaVersionFactory.create(), actor=UserFactory.create(), **wrong
    )


CASES: dict[str, Spoilt] = {
    "agenda_survey_clients": spoilt(SurveyFactory, clients="iedereen"),
    "agenda_survey_no_more_than_sent": lambda: spoil(SurveyFactory.create(), returned=401),
    "agenda_survey_public_with_response": spoilt(SurveyFactory, returned=None),
    "agenda_statement_standard_once": lambda: spoil(
        StatementFactory.create(
            survey=(first := StatementFactory.create(standard="ceo-wmo/kwaliteit")).survey
        ),
        standard=first.standard,
    ),
    "agenda_statement_indicator_once": lambda: spoil(
        StatementFactory.create(
            survey=(
                measuring := StatementFactory.create(indicator=IndicatorFactory.create())
            ).survey
        ),
        indicator=measuring.indicator,
    ),
    "agenda_talk_body": spoilt(CouncilTalkFactory, body="kroeg"),
    "agenda_talk_has_day": spoilt(CouncilTalkFactory, held_on=None),
    "agenda_talk_says_something": spoilt(CouncilTalkFactory, summary=""),
    "agenda_talk_unique": twin(CouncilTalkFactory, "version"),
    "agenda_talk_url": spoilt(CouncilTalkFactory, url="verslag.pdf"),
    "agenda_talk_point_kind": spoilt(CouncilTalkPointFactory, kind="roddel"),
    "agenda_talk_point_says_something": spoilt(CouncilTalkPointFactory, text=""),
    "agenda_talk_point_about": spoilt(CouncilTalkPointFactory, about="doel 1"),
    "agenda_talk_point_promised_by": spoilt(CouncilTalkPointFactory, kind="promise"),
    "agenda_talk_point_done_how": lambda: spoil(
        CouncilTalkPointFactory.create(promised=True), done_note="Per brief."
    ),
    "agenda_event_from_status": event(from_status="slapend"),
    "agenda_event_to_status": event(to_status="wakker"),
    "agenda_event_taken_back_with_reason": event(to_status="draft"),
    "agenda_theme_role": spoilt(ThemeFactory, role="toeschouwer"),
    "agenda_policy_name_unique": twin(PolicyLinkFactory, "version", "name"),
    "agenda_policy_kind": spoilt(PolicyLinkFactory, kind="wens"),
    "agenda_policy_state": spoilt(PolicyLinkFactory, state="kwijt"),
    "agenda_policy_url": spoilt(PolicyLinkFactory, url="javascript:alert(1)"),
    "agenda_task_number_unique": twin(DevelopmentTaskFactory, "version", "number"),
    "agenda_task_number_from_one": spoilt(DevelopmentTaskFactory, number=0),
    "agenda_task_result": spoilt(
        DevelopmentTaskFactory,
        result="wie weet",
        evaluated_on=datetime.date(2025, 3, 3),
        evaluation="Onbekend.",
    ),
    "agenda_task_evaluated_whole": spoilt(DevelopmentTaskFactory, result="no"),
    "agenda_step_order_unique": twin(TaskStepFactory, "task", "order"),
    "agenda_step_has_text": spoilt(TaskStepFactory, text=""),
    "agenda_update_has_text": lambda: TaskUpdateFactory.build(
        task=DevelopmentTaskFactory.create(), actor=UserFactory.create(), text=""
    ),
    "agenda_source_rhythm": spoilt(SourceFactory, rhythm="soms"),
    "agenda_area_kind": spoilt(AreaFactory, kind="land"),
    "agenda_version_origin": spoilt(AgendaVersionFactory, origin="droom"),
    "agenda_principle_kind": spoilt(PrincipleFactory, kind="wens"),
    "agenda_statement_direction": spoilt(StatementFactory, direction="opzij"),
    "agenda_source_phase": spoilt(SourceFactory, phase="wens"),
    "agenda_contradiction_topic": spoilt(ContradictionFactory, topic="weer"),
    "agenda_agenda_not_own_predecessor": own_predecessor,
    "agenda_version_number_unique": twin(AgendaVersionFactory, "agenda", "number"),
    "agenda_version_one_open": lambda: spoil(
        AgendaVersionFactory.create(
            agenda=AgendaVersionFactory.create(consulted=True).agenda, number=2, adopted=True
        ),
        status="draft",
    ),
    "agenda_version_later_with_reason": lambda: spoil(
        AgendaVersionFactory.create(number=2), reason=""
    ),
    "agenda_version_number_from_one": spoilt(AgendaVersionFactory, number=0),
    "agenda_version_status_known": spoilt(AgendaVersionFactory, status=None),
    "agenda_version_status_exists": spoilt(AgendaVersionFactory, status="vergeten"),
    "agenda_version_adopted_when": lambda: spoil(
        AgendaVersionFactory.create(adopted=True), adopted_on=None
    ),
    "agenda_version_decision_file_named": spoilt(AgendaVersionFactory, decision_name="besluit.pdf"),
    "agenda_document_made_whole": document_without_pages,
    "agenda_principle_order_unique": twin(PrincipleFactory, "version", "order"),
    "agenda_situation_order_unique": twin(SituationFactFactory, "version", "order"),
    "agenda_situation_topic_unique": twin(SituationFactFactory, "version", "topic"),
    "agenda_theme_slug_unique": twin(ThemeFactory, "version", "slug"),
    "agenda_theme_order_unique": twin(ThemeFactory, "version", "order"),
    "agenda_theme_not_own_parent": own_parent,
    "agenda_goal_number_unique": twin(GoalFactory, "theme", "number"),
    "agenda_goal_order_unique": twin(GoalFactory, "theme", "order"),
    "agenda_goal_level": spoilt(GoalFactory, level="wens"),
    "agenda_goal_due_whole": spoilt(GoalFactory, due_kind="by"),
    "agenda_contribution_not_itself": lambda: contribution(to_itself=True),
    "agenda_contribution_unique": lambda: contribution(to_itself=False),
    "agenda_indicator_value_type": spoilt(IndicatorFactory, value_type="kleur"),
    "agenda_indicator_rhythm": spoilt(IndicatorFactory, rhythm="soms"),
    "agenda_indicator_words": spoilt(IndicatorFactory, direction="opzij"),
    "agenda_indicator_stable_has_band": spoilt(IndicatorFactory, direction="stable"),
    "agenda_indicator_band_positive": spoilt(IndicatorFactory, band=-1),
    "agenda_indicator_text_not_aggregated": spoilt(
        IndicatorFactory, value_type="text", aggregation="sum"
    ),
    "agenda_indicator_result_kind": spoilt(IndicatorFactory, result_kind="wens"),
    "agenda_indicator_standard_unique": same_standard,
    "agenda_indicator_name_unique": same_name,
    "agenda_indicator_version_number_unique": former_twice,
    "agenda_indicator_version_from": former(replaced_from=None),
    "agenda_indicator_version_reason": former(reason=""),
    "agenda_indicator_version_kind": former(kind="zomaar"),
    "agenda_indicator_version_value_type": former(value_type="kleur"),
    "agenda_measure_theme_or_goal": theme_and_goal,
    "agenda_measure_theme_number_unique": twin(MeasureFactory, "theme", "number"),
    "agenda_measure_goal_number_unique": same_number_under_goal,
    "agenda_target_unique": twin(TargetFactory, "measure"),
    "agenda_target_kind": spoilt(TargetFactory, kind="droom"),
    "agenda_observation_unique": twin(ObservationFactory, "indicator", "source"),
    "agenda_group_name_unique": twin(GroupFactory, "breakdown", "name"),
    "agenda_indicator_bounds_in_order": spoilt(IndicatorFactory, lowest=10, highest=10),
    "agenda_indicator_text_without_bounds": spoilt(IndicatorFactory, value_type="text", lowest=1),
    "agenda_municipality_once": twin(MunicipalityFactory, "name"),
    "agenda_municipality_inhabited": spoilt(MunicipalityFactory, inhabitants=0, places=None),
    "agenda_municipality_places": spoilt(MunicipalityFactory, inhabitants=3, places=11),
    "agenda_municipality_since": spoilt(MunicipalityFactory, measured=""),
    "agenda_observation_certainty": spoilt(ObservationFactory, certainty="vast wel"),
    "agenda_statement_number_unique": twin(StatementFactory, "survey", "number"),
    "agenda_statement_result_unique": twin(StatementResultFactory, "statement"),
    "agenda_statement_result_group": spoilt(StatementResultFactory, group="buren"),
    "agenda_tableimport_kind": spoilt(TableImportFactory, kind="foto"),
    "agenda_tableimport_about_one": spoilt(TableImportFactory, version=None),
    "agenda_tableimport_lets_go": spoilt(
        TableImportFactory, applied_at=timezone.now(), tables=[{"name": "Doelen"}]
    ),
    **ADVICE_CASES,
    "agenda_money_year_in_reach": spoilt(MoneyYearFactory, year=1066),
    "agenda_money_year_status": spoilt(MoneyYearFactory, status="dicht"),
    "agenda_money_year_total_not_negative": spoilt(MoneyYearFactory, stated_total=-1),
    "agenda_money_year_event_words": lambda: MoneyYearEventFactory.build(
        year=MoneyYearFactory.create(), actor=UserFactory.create(), to_status="dicht"
    ),
    "agenda_money_year_event_reason": lambda: MoneyYearEventFactory.build(
        year=MoneyYearFactory.create(), actor=UserFactory.create(), reason=""
    ),
    **succession_cases(ThemeSuccession),
    **succession_cases(GoalSuccession),
    "agenda_goalsuccession_dropped_once": dropped_twice,
    "agenda_goalsuccession_dropped_in_a_version": lambda: spoil(
        succession(GoalSuccession), dropped_in=AgendaVersionFactory.create()
    ),
    **value_cases(ParticipationFactory),
    **value_cases(TargetFactory),
    **value_cases(ObservationFactory),
    **value_cases(StatementResultFactory),
}


@pytest.mark.parametrize("name", CASES)
def test_validation_and_database_refuse_what_breaks_a_rule(name: str) -> None:
    assert_refused(CASES[name](), name)


def test_every_constraint_of_the_agenda_is_tried() -> None:
    assert set(CASES) == constraint_names("agenda")


def test_a_theme_has_two_levels_at_most() -> None:
    version = AgendaVersionFactory.create()
    top = ThemeFactory.create(version=version)
    middle = ThemeFactory.create(version=version, parent=top)
    lowest = Theme(version=version, parent=middle, name="Diep", slug="diep", order=99)
    with pytest.raises(ValidationError, match="hoogstens twee niveaus"):
        lowest.full_clean()


def test_a_theme_falls_under_a_theme_of_its_own_version() -> None:
    elsewhere = ThemeFactory.create()
    theme = Theme(
        version=AgendaVersionFactory.create(), parent=elsewhere, name="Los", slug="los", order=99
    )
    with pytest.raises(ValidationError, match="hoort bij een andere versie"):
        theme.full_clean()


@pytest.mark.parametrize("both", [True, False])
def test_a_measure_belongs_to_a_theme_or_a_goal_and_not_to_both_or_neither(both: bool) -> None:
    measure = Measure(
        indicator=IndicatorFactory.create(),
        theme=ThemeFactory.create() if both else None,
        goal=GoalFactory.create() if both else None,
        number="1",
        text="Meer",
    )
    with pytest.raises(ValidationError, match="bij een thema of bij een doel"):
        measure.full_clean()


def test_an_observation_has_the_type_that_the_passport_asks() -> None:
    observation = Observation(
        indicator=IndicatorFactory.create(value_type=ValueType.AMOUNT),
        source=SourceFactory.create(),
        period="2018",
        value_type=ValueType.COUNT,
        number=5,
    )
    with pytest.raises(ValidationError, match="vraagt een bedrag in euro, geen aantal"):
        observation.full_clean()


def test_an_indicator_without_a_type_takes_no_observation() -> None:
    undecided = IndicatorFactory.create(undecided=True)
    observation = Observation(
        indicator=undecided, period="2018", value_type=ValueType.COUNT, number=5
    )
    with pytest.raises(ValidationError, match="Kies dat eerst in het paspoort"):
        observation.full_clean()


def test_a_target_has_the_type_that_the_passport_asks() -> None:
    target = Target(
        measure=MeasureFactory.create(), period="2020", value_type=ValueType.AMOUNT, number=5
    )
    with pytest.raises(ValidationError, match="vraagt een aantal, geen bedrag in euro"):
        target.full_clean()


def test_a_percentage_over_its_denominator_is_told_with_both_numbers() -> None:
    indicator = IndicatorFactory.create(value_type=ValueType.PERCENTAGE)
    observation = Observation(
        indicator=indicator,
        period="2018",
        value_type=ValueType.PERCENTAGE,
        numerator=30,
        denominator=20,
    )
    with pytest.raises(ValidationError, match=r"teller \(30\) is groter dan de noemer \(20\)"):
        observation.full_clean()


def test_a_new_goal_has_no_predecessor_and_a_dropped_one_has_a_reason() -> None:
    old = GoalFactory.create(theme__version__agenda__year=2012)
    new = GoalFactory.create()
    for row in (
        GoalSuccession(kind="new", predecessor=old, successor=new),
        GoalSuccession(kind="dropped", predecessor=old),
        GoalSuccession(kind="continued", predecessor=old),
    ):
        with pytest.raises(ValidationError, match="vervallen geen opvolger maar wel een reden"):
            row.full_clean()
    GoalSuccession(kind="new", successor=new).full_clean()
    GoalSuccession(kind="dropped", predecessor=old, reason="Bereikt.").full_clean()


def test_a_predecessor_stands_in_an_earlier_agenda_or_version() -> None:
    second = AgendaVersionFactory.create(number=2)
    first = AgendaVersionFactory.create(agenda=second.agenda, number=1, adopted=True)
    old = GoalFactory.create(theme__version=first)
    new = GoalFactory.create(theme__version=second)
    told = "in een eerdere agenda of een eerdere versie"
    GoalSuccession(kind="continued", predecessor=old, successor=new).full_clean()
    for before, after in ((new, old), (new, GoalFactory.create(theme__version=second))):
        with pytest.raises(ValidationError, match=told):
            GoalSuccession(kind="continued", predecessor=before, successor=after).full_clean()
    ThemeSuccession(kind="continued", predecessor=old.theme, successor=new.theme).full_clean()
    with pytest.raises(ValidationError, match=told):
        ThemeSuccession(kind="continued", predecessor=new.theme, successor=old.theme).full_clean()


def test_drafts_of_an_agenda_are_not_for_the_public() -> None:
    GoalFactory.create()
    adopted = AgendaVersionFactory.create(adopted=True)
    told = AgendaVersionFactory.create(from_source=True)
    shown = {
        GoalFactory.create(theme=ThemeFactory.create(version=version))
        for version in (adopted, told)
    }
    assert set(Goal.objects.readable()) == {
        goal for goal in shown if goal.theme.version == adopted
    } | {goal for goal in shown if goal.theme.version == told}
    assert Indicator.objects.count() == 0


@pytest.mark.parametrize("given", list(itertools.product((False, True), repeat=3)))
def test_a_source_says_one_thing_of_a_period_place_group_and_status(
    given: tuple[bool, bool, bool],
) -> None:
    """Whichever of source, area and group is left empty."""
    has_source, has_area, has_group = given
    told = {
        "source": SourceFactory.create() if has_source else None,
        "area": AreaFactory.create() if has_area else None,
        "group": GroupFactory.create() if has_group else None,
    }
    first = ObservationFactory.create(**told, certainty="provisional")
    ObservationFactory.create(**told, certainty="final", indicator=first.indicator)
    twin_of_it = ObservationFactory.create(
        **told, certainty="provisional", indicator=first.indicator, period="2016"
    )
    assert_refused(spoil(twin_of_it, period=first.period), "agenda_observation_unique")
