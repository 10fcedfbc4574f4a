"""The picture of the lineage of goals, with the verdicts on them, and the tables under it."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from agenda.models import AgendaVersion, Goal, GoalSuccession
from agenda.succession import families
from monitor.lineage import lineage_picture, tally, verdicts_on
from tests.factories_agenda import AgendaVersionFactory, GoalFactory, ThemeFactory
from tests.factories_monitor import JudgementFactory, MonitorFactory

pytestmark = pytest.mark.django_db
PAGE = "/agenda/opvolging/"


@pytest.fixture
def old() -> AgendaVersion:
    return AgendaVersionFactory.create(
        agenda__slug="mag", agenda__short_name="MAG", agenda__year=2012, adopted=True
    )


@pytest.fixture
def new(old: AgendaVersion) -> AgendaVersion:
    return AgendaVersionFactory.create(
        agenda__slug="mag-2",
        agenda__short_name="MAG 2",
        agenda__year=2016,
        agenda__predecessor=old.agenda,
        adopted=True,
    )


def goals(version: AgendaVersion, *labels: str) -> list[Goal]:
    theme = ThemeFactory.create(version=version)
    return [GoalFactory.create(theme=theme, label=label) for label in labels]


def get(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_goal_stands_once_in_the_picture_and_each_link_is_a_line(
    client: Client, old: AgendaVersion, new: AgendaVersion
) -> None:
    whole, gone = goals(old, "Wonen", "Oude weg")
    left, right, fresh = goals(new, "Huren", "Kopen", "Mantelzorg")
    for after in (left, right):
        GoalSuccession.objects.create(predecessor=whole, successor=after, kind="split")
    GoalSuccession.objects.create(
        predecessor=gone, kind="dropped", reason="Gehaald.", decision="Besluit 7", dropped_in=new
    )
    GoalSuccession.objects.create(successor=fresh, kind="new", reason="De raad vroeg erom.")
    html = get(client)
    assert html.count('class="l-item"') == 5
    assert html.count('class="l-line l-split"') == 2
    assert f'data-before="d{whole.pk}" data-after="d{left.pk}"' in html
    assert "doel " + whole.number + ": Wonen; gesplitst als Huren; gesplitst als Kopen" in html
    assert 'Oude weg vervallen"' in html
    assert 'Mantelzorg nieuw"' in html
    assert "Gehaald." in html
    assert "Besluit: Besluit 7" in html
    assert "Van 2 doelen in MAG naar 3 doelen in MAG 2" in html


def test_the_verdicts_of_published_editions_stand_beside_the_goal_that_was_judged(
    client: Client, old: AgendaVersion, new: AgendaVersion
) -> None:
    (before,), (after,) = goals(old, "Wonen"), goals(new, "Huizen")
    GoalSuccession.objects.create(predecessor=before, successor=after, kind="reworded")
    for goal, year, verdict in ((before, 2014, "negative"), (after, 2018, "good")):
        edition = MonitorFactory.create(year=year, agenda_version=goal.theme.version)
        JudgementFactory.create(monitor=edition, goal=goal, verdict=verdict, offered=True)
    draft = MonitorFactory.create(year=2019, agenda_version=new)
    JudgementFactory.create(monitor=draft, goal=after, verdict="neutral")
    html = get(client)
    assert "Wonen 2014 negatief; anders verwoord als Huizen" in html
    assert "Huizen 2018 goed; anders verwoord uit Wonen" in html
    assert "is-verdict-negative" in html
    assert "2019" not in html.split("lineage-page")[1]


def test_a_goal_of_which_nobody_said_anything_yet_is_counted_and_named(
    client: Client, old: AgendaVersion, new: AgendaVersion
) -> None:
    goals(old, "Vergeten doel")
    goals(new, "Huizen")
    html = get(client)
    assert "Van 1 doel uit MAG, versie 1 is nog niet gezegd hoe het verdergaat." in html
    assert html.count("Vergeten doel</a>") == 1


def test_what_a_draft_drops_is_on_no_public_page(client: Client, old: AgendaVersion) -> None:
    (goal,) = goals(old, "Wonen")
    second = AgendaVersionFactory.create(agenda=old.agenda, number=2, adopted=True)
    goals(second, "Wonen")
    draft = AgendaVersionFactory.create(agenda__year=2020, agenda__predecessor=old.agenda)
    GoalSuccession.objects.create(
        predecessor=goal, kind="dropped", reason="Geheime reden", dropped_in=draft
    )
    for address in (PAGE, f"/agenda/mag/doel/{goal.slug}/"):
        assert "Geheime reden" not in get(client, address)


def test_agendas_that_have_nothing_to_do_with_each_other_get_pictures_of_their_own(
    client: Client, old: AgendaVersion, new: AgendaVersion
) -> None:
    goals(old, "Wonen")
    goals(new, "Huizen")
    other = AgendaVersionFactory.create(agenda__year=2014, adopted=True)
    AgendaVersionFactory.create(agenda__year=2013, adopted=True)  # alone: no family
    goals(other, "Anders")
    AgendaVersionFactory.create(agenda=other.agenda, number=2, adopted=True)
    held = families()
    assert [family.versions[0].pk for family in held] == [old.pk, other.pk]
    assert get(client).count("data-lineage") == 2


def test_two_agendas_that_follow_the_same_one_each_have_their_step(
    old: AgendaVersion, new: AgendaVersion
) -> None:
    beside = AgendaVersionFactory.create(
        agenda__year=2017, agenda__predecessor=old.agenda, adopted=True
    )
    (family,) = families()
    steps = [(passage.before.pk, passage.after.pk) for passage in family.passages]
    assert steps == [(old.pk, new.pk), (old.pk, beside.pk)]


def test_one_step_shows_only_its_two_versions(
    client: Client, old: AgendaVersion, new: AgendaVersion
) -> None:
    goals(old, "Wonen")
    goals(new, "Huizen")
    third = AgendaVersionFactory.create(
        agenda__slug="mag-3", agenda__year=2020, agenda__predecessor=new.agenda, adopted=True
    )
    goals(third, "Tuinen")
    assert get(client).count('class="l-item"') == 3
    assert get(client, f"{PAGE}?stap=mag.1_mag-2.1").count('class="l-item"') == 2


def test_the_tally_counts_goals_and_not_links(old: AgendaVersion, new: AgendaVersion) -> None:
    whole, one, other = goals(old, "Heel", "Een", "Ander")
    left, right, both = goals(new, "Links", "Rechts", "Samen")
    for before, after, kind in (
        (whole, left, "split"),
        (whole, right, "split"),
        (one, both, "merged"),
        (other, both, "merged"),
    ):
        GoalSuccession.objects.create(predecessor=before, successor=after, kind=kind)
    (family,) = families()
    assert tally(family.passages[0]) == "1 gesplitst, 1 samengevoegd"
    chart = lineage_picture(family, family.passages, verdicts_on(family.goal_ids), 1)
    assert chart.description == "Van MAG naar MAG 2: 1 gesplitst, 1 samengevoegd."


def test_many_goals_cost_as_many_queries_as_one(
    client: Client,
    old: AgendaVersion,
    new: AgendaVersion,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for count in (1, 10):
        for number in range(count):
            (before,), (after,) = goals(old, f"Oud {number}"), goals(new, f"Nieuw {number}")
            GoalSuccession.objects.create(predecessor=before, successor=after, kind="continued")
        with django_assert_num_queries(6):
            client.get(PAGE)
