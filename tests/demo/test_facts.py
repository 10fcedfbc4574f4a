"""The figures of the demonstration against a table that was typed from the sources apart."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.db.models import Count, F, Q

from agenda.constants import (
    AgendaStatus,
    ContradictionTopic,
    Origin,
    Phase,
    PrincipleKind,
    Rhythm,
    SuccessionKind,
    SurveyGroup,
)
from agenda.models import (
    Agenda,
    AgendaVersion,
    Contradiction,
    Goal,
    GoalSuccession,
    Indicator,
    Measure,
    Observation,
    Participation,
    Principle,
    Source,
    StatementResult,
    Survey,
    Theme,
    ThemeSuccession,
)
from core.guards.rules import declared
from core.values import Absence, Basis, Qualifier, Value
from tests.database_guards import broken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration_to_read")]

# agenda, version: goals and measures per theme, in order.
GOALS_AND_MEASURES = {
    ("mag", 1): {
        "gezondheid-en-bewegen": (7, 8),
        "groei-en-ontwikkeling": (7, 9),
        "werken-en-leren": (2, 4),
        "maatschappelijke-betrokkenheid": (6, 4),
        "maatschappelijke-ondersteuning": (4, 4),
        "wonen-en-leefomgeving": (3, 7),
    },
    ("mag-3d", 1): {
        "integrale-toegang": (6, 0),
        "groei-en-ontwikkeling": (8, 0),
        "werken-en-leren": (2, 0),
        "maatschappelijke-betrokkenheid": (0, 0),
        "maatschappelijke-ondersteuning": (7, 0),
        "wonen-leefomgeving-en-veiligheid": (2, 0),
    },
    ("mag-2-0", 1): {
        "wonen": (3, 6),
        "werken": (3, 11),
        "leven": (0, 0),
        "gezondheid-en-veiligheid": (4, 4),
        "toegang": (3, 2),
        "ontwikkeling": (3, 4),
        "ondersteuning": (4, 3),
        "investeren-in-mensen": (3, 3),
        "maatschappelijk-vastgoed": (3, 3),
    },
    ("mag-2-0", 2): {
        "wonen": (3, 6),
        "werken": (3, 11),
        "leven": (0, 0),
        "gezondheid-en-veiligheid": (5, 4),
        "toegang": (3, 2),
        "ontwikkeling": (3, 4),
        "ondersteuning": (4, 3),
        "investeren-in-mensen": (6, 3),
        "maatschappelijk-vastgoed": (3, 3),
    },
}
TOTALS = {("mag", 1): (29, 36), ("mag-3d", 1): (25, 0), ("mag-2-0", 1): (26, 36)}

MONITOR_LABELS = {
    "wonen": ["Voldoende woonruimte", "Inwoners verantwoordelijk", "Openbare ruimte"],
    "werken": ["Aantrekkelijk vestigingsklimaat", "Balans in vraag en aanbod", "Bestaansniveau"],
    "gezondheid-en-veiligheid": [
        "Onder de 18 geen drank of drugs",
        "Boven 18 minder drank en drugs",
        "Gezonde levensstijl",
        "Veilig",
        "Herkenning geweld",
    ],
    "toegang": [
        "Inwoners weten waar zij terecht kunnen",
        "Inwoners die vraag niet stellen worden bereikt",
        "Vragen snel en integraal opgepakt",
    ],
    "ontwikkeling": [
        "Kinderen veilig en ontwikkelen talenten",
        "Ouders toegerust",
        "Hulp snel, laagdrempelig en op maat",
    ],
    "ondersteuning": [
        "Deelname dagelijks leven",
        "Hulp lokaal, snel en laagdrempelig",
        "Financieel redzaam",
        "Voldoende sociaal netwerk",
    ],
    "investeren-in-mensen": [
        "Balans mantelzorgers",
        "Ondersteuning mantelzorgers",
        "Mantelzorgers herkend en erkend",
        "Inwoners vrijwilligers",
        "Effectiever en efficiënter vrijwilligerswerk",
        "Ondersteuning vrijwilligerswerk",
    ],
    "maatschappelijk-vastgoed": [
        "Aantoonbare bijdrage",
        "Alleen investeren in doelen",
        "Efficiënter en vernieuwend gebruik",
    ],
}
ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi"]

# number of the statement: municipality 2019, reference 2019, municipality 2017
SURVEY = {
    1: (76, None, None),
    2: (76, None, None),
    3: (66, 71, 69),
    4: (30, 39, None),
    5: (88, None, None),
    6: (70, None, None),
    7: (42, 33, None),
    8: (8, 11, None),
    9: (82, 84, None),
    10: (85, 85, None),
    11: (9, 18, 16),
    12: (80, None, None),
    13: (85, None, None),
    14: (77, None, None),
}


@pytest.mark.parametrize(("agenda", "number"), GOALS_AND_MEASURES)
def test_each_theme_has_the_goals_and_measures_of_the_source(agenda: str, number: int) -> None:
    themes = Theme.objects.filter(version__agenda__slug=agenda, version__number=number)
    counted = {
        theme.slug: (theme.goals.count(), theme.measures.count())
        for theme in themes.order_by("order")
    }
    assert counted == GOALS_AND_MEASURES[agenda, number]
    assert list(counted) == list(GOALS_AND_MEASURES[agenda, number])


@pytest.mark.parametrize(("key", "expected"), TOTALS.items())
def test_an_agenda_as_adopted_has_the_totals_of_the_source(
    key: tuple[str, int], expected: tuple[int, int]
) -> None:
    agenda, number = key
    of_version = {"theme__version__agenda__slug": agenda, "theme__version__number": number}
    goals = Goal.objects.filter(**of_version).count()
    measures = Measure.objects.filter(**of_version).count()
    assert (goals, measures) == expected


def test_goals_and_measures_are_numbered_in_roman_within_their_theme() -> None:
    for theme in Theme.objects.filter(version__origin=Origin.SOURCE):
        goals = list(theme.goals.order_by("order").values_list("number", flat=True))
        measures = list(theme.measures.order_by("order").values_list("number", flat=True))
        assert goals == ROMAN[: len(goals)]
        assert measures == ROMAN[: len(measures)]


def test_slugs_of_goals_tell_agenda_theme_and_number() -> None:
    told = Goal.objects.filter(theme__version__origin=Origin.SOURCE)
    for goal in told.exclude(
        theme__version__agenda__slug="mag-2-0", theme__version__number=2
    ).select_related("theme__version__agenda"):
        agenda = goal.theme.version.agenda.slug
        assert goal.slug == f"{agenda}-{goal.theme.number}-{goal.number}"


def test_the_second_version_has_exactly_the_goals_that_the_monitor_judges() -> None:
    themes = Theme.objects.filter(version__agenda__slug="mag-2-0", version__number=2)
    labels = {
        theme.slug: list(theme.goals.order_by("order").values_list("label", flat=True))
        for theme in themes.order_by("order")
        if theme.slug != "leven"
    }
    assert labels == MONITOR_LABELS
    assert sum(len(each) for each in labels.values()) == 30


def test_the_subthemes_of_leven_are_six() -> None:
    for version in AgendaVersion.objects.filter(agenda__slug="mag-2-0"):
        top = list(version.themes.filter(parent=None).values_list("slug", flat=True))
        assert top == ["wonen", "werken", "leven"]
        assert version.themes.filter(parent__slug="leven").count() == 6


def test_labels_are_short() -> None:
    assert all(len(goal.label) <= 60 for goal in Goal.objects.all())


def test_agendas_follow_one_another_with_their_years_and_decisions() -> None:
    told = Agenda.objects.filter(versions__origin=Origin.SOURCE).distinct()
    mag, mag_3d, mag_2, newest = told.order_by("year")
    assert [mag.slug, mag_3d.slug, mag_2.slug] == ["mag", "mag-3d", "mag-2-0"]
    assert [mag.year, mag_3d.year, mag_2.year] == [2012, 2014, 2016]
    assert (mag.predecessor, mag_3d.predecessor, mag_2.predecessor) == (None, mag, mag_3d)
    assert (newest.slug, newest.year, newest.predecessor) == ("nieuwe-mag", 2023, None)
    assert mag.period is None
    assert mag_2.period.code == "2017/2020"
    assert mag.versions.get().adopted_on == datetime.date(2012, 10, 8)
    later = AgendaVersion.objects.exclude(agenda=mag)
    assert set(later.values_list("adopted_on", flat=True)) == {None}


def test_a_status_stands_only_where_the_source_bears_it() -> None:
    told = AgendaVersion.objects.filter(origin=Origin.SOURCE).order_by("agenda__year", "number")
    assert list(told.values_list("agenda__slug", "number", "status", "adopted_by", "origin")) == [
        ("mag", 1, AgendaStatus.SUPERSEDED, "gemeenteraad", Origin.SOURCE),
        ("mag-3d", 1, AgendaStatus.SUPERSEDED, "gemeenteraad", Origin.SOURCE),
        ("mag-2-0", 1, AgendaStatus.ADOPTED, "gemeenteraad", Origin.SOURCE),
        ("mag-2-0", 2, None, "", Origin.SOURCE),
        ("nieuwe-mag", 1, None, "", Origin.SOURCE),
    ]
    assert all(version.reason for version in told)


def test_principles_are_seven_then_fifteen_then_six() -> None:
    principles = Principle.objects.filter(kind=PrincipleKind.PRINCIPLE)
    counted = principles.values_list("version__agenda__slug").annotate(
        all=Count("id"), new=Count("id", filter=Q(is_new=True))
    )
    assert {slug: (every, new) for slug, every, new in counted} == {
        "mag": (7, 0),
        "mag-3d": (15, 8),
        "mag-2-0": (6, 1),
    }
    assert Principle.objects.filter(kind=PrincipleKind.VISION).count() == 7


def test_participation_has_the_numbers_and_days_of_the_source() -> None:
    present = Participation.objects.filter(absence="").order_by("version", "order")
    assert [
        (each.version.agenda.slug, each.value, each.unit, each.held_on) for each in present
    ] == [
        ("mag", Value.count(50), "deelnemers", None),
        ("mag-3d", Value.count(50, Qualifier.ABOUT), "deelnemers", datetime.date(2014, 1, 21)),
        ("mag-2-0", Value.count(400, Qualifier.MORE_THAN), "respondenten", None),
        ("mag-2-0", Value.count(2), "bijeenkomsten", None),
        ("mag-2-0", Value.count(1), "bijeenkomst", None),
    ]
    absent = Participation.objects.exclude(absence="")
    assert set(absent.values_list("absence", flat=True)) == {Absence.NOT_IN_SOURCE}
    assert absent.count() == 6


def test_both_versions_share_the_indicators_of_their_measures() -> None:
    first, second = (
        set(
            Measure.objects.filter(
                theme__version__agenda__slug="mag-2-0", theme__version__number=number
            ).values_list("indicator__slug", "theme__slug", "number", "text", "locator")
        )
        for number in (1, 2)
    )
    assert first == second
    assert len({row[0] for row in first}) == 36
    told = Indicator.objects.filter(measures__isnull=False, source__isnull=False)
    assert told.distinct().count() == 72


def test_themes_continue_as_the_source_says() -> None:
    listed = ThemeSuccession.objects.values_list(
        "predecessor__version__agenda__slug",
        "predecessor__number",
        "successor__version__agenda__slug",
        "successor__number",
        "kind",
    )
    first = {row[1]: row[3:] for row in listed if row[0] == "mag"}
    kept = SuccessionKind.CONTINUED
    assert first == {
        "1": ("1", SuccessionKind.REPLACED),
        "2": ("2", kept),
        "3": ("3", kept),
        "4": ("4", kept),
        "5": ("5", kept),
        "6": ("6", SuccessionKind.EXTENDED),
    }
    replaced = [row for row in listed if row[0] == "mag-3d"]
    assert len(replaced) == 6 * 3
    assert {(row[2], row[4]) for row in replaced} == {("mag-2-0", SuccessionKind.REPLACED)}
    new = ThemeSuccession.objects.get(kind=SuccessionKind.NEW)
    assert (new.predecessor, str(new.successor)) == (None, "Maatschappelijk vastgoed")
    within = ThemeSuccession.objects.filter(predecessor__version__agenda__slug="mag-2-0")
    assert within.filter(kind=kept, successor__slug=F("predecessor__slug")).count() == 9
    assert len(listed) == 6 + 18 + 1 + 9


def test_goals_of_the_adopted_version_continue_in_the_judged_one() -> None:
    adopted = GoalSuccession.objects.filter(predecessor__theme__version__agenda__slug="mag-2-0")
    assert adopted.filter(kind=SuccessionKind.CONTINUED).count() == 25
    split = adopted.filter(kind=SuccessionKind.SPLIT).order_by("successor__order")
    assert [(row.predecessor.slug, row.successor.label) for row in split] == [  # type: ignore[union-attr]
        ("mag-2-0-3-i", "Onder de 18 geen drank of drugs"),
        ("mag-2-0-3-i", "Boven 18 minder drank en drugs"),
    ]
    assert adopted.count() == 27
    new = GoalSuccession.objects.filter(kind=SuccessionKind.NEW, predecessor__isnull=True)
    assert set(new.values_list("successor__label", flat=True)) == {
        "Inwoners vrijwilligers",
        "Effectiever en efficiënter vrijwilligerswerk",
        "Ondersteuning vrijwilligerswerk",
    }


def test_a_continued_goal_keeps_its_name_and_theme() -> None:
    for row in GoalSuccession.objects.filter(kind=SuccessionKind.CONTINUED):
        assert row.predecessor is not None
        assert row.successor is not None
        assert row.predecessor.label == row.successor.label
        assert row.predecessor.theme.slug == row.successor.theme.slug


def test_where_the_source_tells_nothing_of_a_goal_that_is_what_it_says() -> None:
    unknown = GoalSuccession.objects.filter(kind=SuccessionKind.NOT_IN_SOURCE)
    gone = unknown.filter(successor__isnull=True).values_list(
        "predecessor__theme__version__agenda__slug"
    )
    assert dict(gone.annotate(Count("id"))) == {
        "mag": 29,
        "mag-3d": 25,
    }
    come = unknown.filter(predecessor__isnull=True)
    assert come.count() == 26
    assert come.filter(successor__theme__version__number=1).count() == 26


def test_social_cohesion_was_six_point_eight_in_2021() -> None:
    observed = Observation.objects.get(source__isnull=False)
    assert observed.indicator.slug == "sociale-cohesie"
    assert observed.number == Decimal("6.8")
    assert observed.period.code == "2021"
    assert observed.retrieved_on == datetime.date(2023, 8, 7)
    assert observed.certainty == ""


def test_client_experience_has_the_percentages_of_the_source() -> None:
    survey = Survey.objects.get(is_example=False)
    assert (survey.year, survey.executor) == (2019, "BMC")
    results: dict[tuple[int, str, int], StatementResult] = {
        (row.statement.number, row.group, row.year): row
        for row in StatementResult.objects.filter(statement__survey=survey).select_related(
            "statement"
        )
    }
    for number, (here, reference, earlier) in SURVEY.items():
        own = results.pop((number, SurveyGroup.MUNICIPALITY, 2019))
        other = results.pop((number, SurveyGroup.REFERENCE, 2019))
        assert own.value == Value.reported_percentage(here)
        assert own.basis == Basis.REPORTED
        if reference is None:
            assert other.absence == Absence.NOT_IN_SOURCE
        else:
            assert other.value == Value.reported_percentage(reference)
        if earlier is not None:
            before = results.pop((number, SurveyGroup.MUNICIPALITY, 2017))
            assert before.value == Value.reported_percentage(earlier)
    assert results == {}


def test_every_phase_of_the_cycle_has_sources_and_rhythms_differ() -> None:
    phases = Source.objects.values_list("phase", flat=True)
    assert set(phases) == set(Phase.values)
    rhythm = dict(Source.objects.values_list("slug", "rhythm"))
    assert rhythm["monitor-2018"] == Rhythm.YEARLY
    assert rhythm["halfjaarrapportages-partners"] == Rhythm.HALF_YEARLY
    assert rhythm["clientervaring-bmc"] == Rhythm.YEARLY
    assert rhythm["cbs-85146ned"] == Rhythm.TWO_YEARLY
    assert rhythm["mag-2012"] == Rhythm.NOT_STATED


def test_contradictions_show_every_reading_and_say_what_we_do() -> None:
    contradictions = Contradiction.objects.annotate(number=Count("readings"))
    assert contradictions.count() == 40
    assert set(contradictions.values_list("topic", flat=True)) == set(ContradictionTopic.values)
    for each in contradictions:
        assert each.number >= 2, each.slug
        assert each.explanation, each.slug


@pytest.mark.parametrize(
    ("slug", "figures"),
    [
        ("aantal-doelen-mag-2-0", ["Dertig", "26", "30"]),
        ("aantal-opdrachten", ["vijf", "zes"]),
        ("aantal-consortia", ["Twee", "Drie"]),
        ("begrotingsjaar-wmo", ["2019", "2020"]),
        ("aanmeldingen-zonder-aanvraag", ["60", "461", "381", "80"]),
        ("beschikkingen-wmo-oud-2017", ["360", "13", "381", "21"]),
        ("aanvragen-wmo-oud-2018", ["381", "743"]),
        ("ritme-van-de-monitor", ["Eén keer", "twee keer"]),
        ("begin-kernteam", ["2015", "2024"]),
        ("subsidie-driemaster-2017-2018", ["1.650.000", "1.750.000", "1.720.000"]),
        ("budget-en-subsidie-tom-in-de-buurt", ["1.255.000", "750.000"]),
        ("deelbudgetten-driemaster", ["1.620.000", "1.550.000"]),
        ("bedrag-addendum-tom-in-de-buurt", ["beide jaren samen", "elk jaar"]),
        ("dagen-op-het-wijkpunt", ["drie", "Vier"]),
        ("welzijn-op-recept", ["2018", "100+", "2019", "115"]),
        ("uitvoering-wmo-oud-vanaf", ["2017", "2018", "2019-2020"]),
        ("besluit-schone-lei", ["2012", "2013"]),
        ("jaar-clientervaring", ["2019", "2018"]),
    ],
)
def test_a_contradiction_shows_the_figures_of_both_sides(slug: str, figures: list[str]) -> None:
    contradiction = Contradiction.objects.get(slug=slug)
    told = " ".join(contradiction.readings.values_list("text", flat=True))
    for figure in figures:
        assert figure in told


def test_the_facts_keep_every_rule_that_crosses_tables() -> None:
    assert {rule.name: keys for rule in declared() if (keys := broken(rule))} == {}
