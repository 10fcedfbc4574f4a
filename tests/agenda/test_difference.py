"""Two versions beside each other: what came, what went, what was rewritten."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, User
from agenda.comparing import ADDED, CHANGED, GONE, Comparison, compare
from agenda.models import AgendaVersion, Contribution, GoalSuccession
from tests.eisen.reading import read
from tests.factories_agenda import (
    AgendaVersionFactory,
    DevelopmentTaskFactory,
    GoalFactory,
    IndicatorFactory,
    MeasureFactory,
    ParticipationFactory,
    PolicyLinkFactory,
    PrincipleFactory,
    TargetFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
PUBLIC = "/agenda/mag/verschil/"
DESK = "/beheer/agenda/mag/2/verschil/"


@pytest.fixture
def first() -> AgendaVersion:
    made: AgendaVersion = AgendaVersionFactory.create(
        agenda__slug="mag", agenda__short_name="MAG", adopted=True
    )
    return made


@pytest.fixture
def second(first: AgendaVersion) -> AgendaVersion:
    made: AgendaVersion = AgendaVersionFactory.create(agenda=first.agenda, number=2, adopted=True)
    return made


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def fill(first: AgendaVersion, second: AgendaVersion) -> None:
    """A goal reworded, one dropped, one new; a target, a task and a principle rewritten."""
    indicator = IndicatorFactory.create(name="Wachttijd")
    for version, text, number, days in ((first, "kort", "i", 90), (second, "korter", "i", 60)):
        theme = ThemeFactory.create(version=version, name="Wonen", number="1")
        goal = GoalFactory.create(
            theme=theme, number=number, label="Woning", text=f"De wachttijd is {text} dan een jaar."
        )
        measure = MeasureFactory.create(
            theme=None, goal=goal, indicator=indicator, number="1", text="De wachttijd daalt"
        )
        TargetFactory.create(measure=measure, period="2030", number=days)
        DevelopmentTaskFactory.create(
            version=version, number=1, subject="Samenwerken", frames=f"Kader {number} {days}"
        )
        PrincipleFactory.create(version=version, order=1, text="Samen")
        PrincipleFactory.create(version=version, order=2, text=f"Bouwen in {days} dagen")
    old, new = (version.themes.get().goals.get() for version in (first, second))
    GoalSuccession.objects.create(predecessor=old, successor=new, kind="reworded")
    gone = GoalFactory.create(theme=old.theme, number="ii", label="Tuinen")
    GoalSuccession.objects.create(
        predecessor=gone, dropped_in=second, kind="dropped", reason="Dit is gehaald."
    )
    GoalFactory.create(theme=new.theme, number="iii", label="Energie")


def named(found: Comparison, title: str) -> list[tuple[str, str]]:
    (section,) = [each for each in found.sections if each.title == title]
    return [(row.kind, row.name) for row in section.rows]


def test_what_came_went_and_changed_is_told_by_sort(
    first: AgendaVersion, second: AgendaVersion
) -> None:
    fill(first, second)
    found = compare(first, second)
    assert named(found, "Doelen") == [(CHANGED, "Woning"), (ADDED, "Energie"), (GONE, "Tuinen")]
    assert named(found, "Thema’s") == []
    assert named(found, "Metingen en streefwaarden") == [(CHANGED, "De wachttijd daalt")]
    assert named(found, "Ontwikkelopdrachten") == [(CHANGED, "1. Samenwerken")]
    assert named(found, "Uitgangspunten en visie") == [(CHANGED, "Bouwen in 60 dagen")]
    assert found.total == 6


def test_the_page_strikes_through_what_went_and_underlines_what_came(
    first: AgendaVersion, second: AgendaVersion
) -> None:
    fill(first, second)
    page = read(Client(), f"{PUBLIC}?van=1&naar=2")
    page.holds("Van MAG, versie 1 naar MAG, versie 2: 6 verschillen")
    page.holds("Vervallen: Dit is gehaald.")
    html = Client().get(f"{PUBLIC}?van=1&naar=2").content.decode()
    assert '<del><span class="visually-hidden">vervallen: </span>kort </del>' in html
    assert '<ins><span class="visually-hidden">erbij: </span>korter </ins>' in html
    assert "Streefwaarde 2030" in html
    assert "1 gewijzigd, 1 gelijk." in html


def test_a_theme_under_another_name_is_one_change_and_no_loss(
    first: AgendaVersion, second: AgendaVersion
) -> None:
    indicator = IndicatorFactory.create()
    for version, name in ((first, "Wonen"), (second, "Huizen")):
        theme = ThemeFactory.create(version=version, name=name, slug="wonen")
        ThemeFactory.create(version=version, name="Tuinen", slug="tuinen", parent=theme)
        GoalFactory.create(theme=theme, number="1", label="Woning", text="Iedereen woont.")
        MeasureFactory.create(theme=theme, indicator=indicator, number="1", text="Telling")
    found = compare(first, second)
    assert named(found, "Thema’s") == [(CHANGED, "Huizen")]
    assert found.total == 1


def test_another_name_of_a_goal_is_told_once_and_not_at_each_measure(
    first: AgendaVersion, second: AgendaVersion
) -> None:
    indicators = [IndicatorFactory.create() for _ in range(2)]
    for version, label in ((first, "Wonen"), (second, "Goed wonen")):
        theme = ThemeFactory.create(version=version, slug="wonen", name="Wonen")
        goal = GoalFactory.create(theme=theme, number="1", label=label, text="Iedereen woont.")
        for number, indicator in enumerate(indicators, start=1):
            MeasureFactory.create(
                theme=None, goal=goal, indicator=indicator, number=str(number), text=f"m{number}"
            )
    told = {section.title: section for section in compare(first, second).sections}
    assert [row.name for row in told["Doelen"].rows] == ["Goed wonen"]
    assert told["Metingen en streefwaarden"].rows == ()


def test_themes_and_measures_that_look_alike_are_all_there(
    first: AgendaVersion, second: AgendaVersion
) -> None:
    indicator = IndicatorFactory.create()
    for version in (first, second):
        for above in ("Jong", "Oud"):
            theme = ThemeFactory.create(version=version, name=above, slug=above.lower())
            sub = ThemeFactory.create(
                version=version, name="Sport", slug=f"sport-{above}".lower(), parent=theme
            )
            GoalFactory.create(theme=sub, number="1", label=f"Doel {above}", text="Sporten.")
        goal = GoalFactory.create(theme=theme, number="9", label="Meten", text="Meten.")
        for number in ("1", "2"):
            if version == first or number == "2":
                MeasureFactory.create(
                    theme=None, goal=goal, indicator=indicator, number=number, text=f"Tel {number}"
                )
    found = compare(first, second)
    assert named(found, "Thema’s") == []
    assert named(found, "Doelen") == []
    assert named(found, "Metingen en streefwaarden") == [(GONE, "Tel 1")]


def test_the_other_way_round_and_without_a_choice_tell_the_same(
    first: AgendaVersion, second: AgendaVersion
) -> None:
    fill(first, second)
    told = "Van MAG, versie 1 naar MAG, versie 2: 6 verschillen"
    for query in ("", "?van=2&naar=1"):
        read(Client(), f"{PUBLIC}{query}").holds(told)
    html = Client().get(PUBLIC).content.decode()
    assert html.count('<option value="1" selected>') == 1  # the older one stands at "van"
    assert html.index('<option value="1" selected>') < html.index('<option value="2" selected>')


def test_two_that_say_the_same_and_one_alone_say_so(first: AgendaVersion) -> None:
    read(Client(), PUBLIC).holds("Er is nog maar één versie")
    AgendaVersionFactory.create(agenda=first.agenda, number=2, adopted=True)
    read(Client(), PUBLIC).holds("Deze twee zeggen hetzelfde")
    read(Client(), f"{PUBLIC}?van=7&naar=x").holds("Kies twee versies")


def test_an_agenda_is_laid_beside_the_one_before_it(second: AgendaVersion) -> None:
    after = AgendaVersionFactory.create(
        agenda__slug="mag-3",
        agenda__short_name="MAG 3",
        agenda__year=2020,
        agenda__predecessor=second.agenda,
        adopted=True,
    )
    GoalFactory.create(theme=ThemeFactory.create(version=after), label="Vers")
    page = read(Client(), "/agenda/mag-3/verschil/?van=mag.1&naar=1")
    page.holds("Van MAG, versie 1 naar MAG 3, versie 1", "Vers")


def test_a_draft_is_for_officers_only(desk: Client, first: AgendaVersion) -> None:
    draft = AgendaVersionFactory.create(agenda=first.agenda, number=2)
    GoalFactory.create(theme=ThemeFactory.create(version=draft), label="Geheim plan")
    shown = read(desk, DESK)
    shown.holds("Van MAG, versie 1 naar MAG, versie 2", "Geheim plan")
    assert AuditEntry.objects.filter(action="agenda_manage_difference").count() == 1
    for query in ("", "?van=1&naar=2"):
        html = Client().get(f"{PUBLIC}{query}").content.decode()
        assert "Geheim plan" not in html
        assert "versie 2" not in html


def test_the_page_costs_as_much_for_one_goal_as_for_many(
    first: AgendaVersion, second: AgendaVersion
) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert Client().get(f"{PUBLIC}?van=1&naar=2").status_code == 200
        return len(asked)

    fill(first, second)
    few = count()
    for version in (first, second):
        theme = version.themes.get()
        for goal in GoalFactory.create_batch(4, theme=theme):
            TargetFactory.create(measure=MeasureFactory.create(theme=None, goal=goal))
        DevelopmentTaskFactory.create_batch(3, version=version)
    assert count() == few


def test_participation_policy_and_contributions_are_compared_too(
    first: AgendaVersion, second: AgendaVersion
) -> None:
    for version, asks, number in ((first, "Meer samen", 12), (second, "Meer sport", 20)):
        theme = ThemeFactory.create(version=version, name="Wonen", number="1")
        goals = [
            GoalFactory.create(theme=theme, number=str(place), label=label, level=level)
            for place, (label, level) in enumerate((("Les", "output"), ("Fit", "outcome")), start=1)
        ]
        if version == second:
            Contribution.objects.create(contributor=goals[0], effect=goals[1])
        PolicyLinkFactory.create(version=version, name="GALA", asks=asks)
        ParticipationFactory.create(version=version, who="inwoners", form="avond", number=number)
    found = compare(first, second)
    assert {section.title: [row.kind for row in section.rows] for section in found.shown} == {
        "Doelen": [CHANGED],
        "Participatie": [CHANGED],
        "Ander beleid": [CHANGED],
    }
    lines = [line.label for section in found.shown for row in section.rows for line in row.lines]
    assert lines == ["Draagt bij aan", "Hoeveel", "Wat het vraagt"]
