"""The goal tree of Zoetermeer is entered through the screens, and shows well."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from django.test import Client

from accounts.models import Change, User
from agenda.models import AgendaVersion, Contribution, Goal, Theme
from agenda.tree_reading import tree_page
from core.charts import draw_network
from tests.agenda.zoetermeer import TREE
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
HOME = "/beheer/agenda/doelenboom/1/"
PAGE = "/agenda/doelenboom/doelenboom/"
LABELS = {
    "impact": "Impact",
    "outcome": "Effect (outcome)",
    "output": "Prestatie (output)",
    "throughput": "Proces (throughput)",
    "input": "Inzet (input)",
}


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def sent(desk: Client, address: str, typed: dict[str, object]) -> None:
    answer = desk.post(address, typed)
    assert answer.status_code == 302, answer.content.decode()


def enter(desk: Client) -> None:
    """Make the agenda, a theme and the goals of each level, and say what leads to what."""
    owner = OrganisationFactory.create(kind="municipality", name="Zoetermeer")
    agenda = {
        "name": "Doelenboom gebiedsgerichte ondersteuning",
        "short_name": "Doelenboom",
        "owner": owner.pk,
        "year": 2020,
    }
    sent(desk, "/beheer/agenda/nieuw/", agenda)
    for level, aims in TREE.items():
        if aims:
            sent(desk, f"{HOME}thema/nieuw/", {"name": LABELS[level]})
            enter_goals(desk, level, Theme.objects.get(name=LABELS[level]).pk)
    for higher, lower in pairwise(TREE):
        effects = keys(higher)
        for pk in keys(lower):
            typed = {"contributes_to": effects, "revision": 1}
            sent(desk, f"{HOME}doel/{pk}/bijdragen/", typed)
    sent(desk, f"{HOME}inspraak/", {})


def enter_goals(desk: Client, level: str, theme: int) -> None:
    for number, ((kind, day), label) in enumerate(TREE[level], start=1):
        goal = {
            "theme": theme,
            "number": number,
            "label": label,
            "text": f"{label}.",
            "level": level,
            "due_kind": kind,
            "due_on": day.isoformat(),
        }
        sent(desk, f"{HOME}doel/nieuw/", goal)


def keys(level: str) -> Sequence[int]:
    return list(Goal.objects.filter(level=level).order_by("order").values_list("pk", flat=True))


def test_the_tree_is_entered_through_the_screens_and_shown(desk: Client, client: Client) -> None:
    enter(desk)
    counts = {level: len(keys(level)) for level in TREE}
    assert counts == {"impact": 4, "outcome": 12, "output": 7, "throughput": 7, "input": 0}
    expected = {
        (lower, higher)
        for above, below in pairwise(TREE)
        for lower in keys(below)
        for higher in keys(above)
    }
    assert set(Contribution.objects.all().pairs()) == expected
    assert len(expected) == 7 * 7 + 7 * 12 + 12 * 4

    html = client.get(PAGE).content.decode()
    assert "Alle 30 doelen in de doelenboom hangen samen" in html
    for level, aims in TREE.items():
        head = re.search(rf'id="niveau-{level}">([^<]+)</h3><p[^>]*>(\d+) doel', html)
        assert head is not None
        assert head.groups() == (LABELS[level], str(len(aims)))
    shown = html[html.index('id="lijst"') :]
    assert shown.count("op 1 januari 2022</span>") == 13
    assert shown.count("vanaf 1 januari 2021</span>") == 17
    assert shown.count("alle 12 doelen bij effect (outcome)") == 7 + 4
    assert shown.count("alle 4 doelen bij impact") == 12
    assert "Draagt nergens aan bij" not in html
    assert "Niets draagt hieraan bij" not in html


def test_the_picture_has_every_goal_once_and_a_few_lines_for_all_contributions(
    desk: Client, client: Client
) -> None:
    enter(desk)
    html = client.get(PAGE).content.decode()
    svg = html[html.index('<svg class="c-network"') : html.index("</svg>", html.index("c-network"))]
    goals = list(Goal.objects.all())
    for goal in goals:
        assert svg.count(f'href="/agenda/doelenboom/doel/{goal.slug}/"') == 1
    assert svg.count('class="c-node"') == len(goals) == 30
    # Each level leads to the whole next one: a line to a knot from each, and from there to each.
    assert svg.count('class="c-link"') == (7 + 7) + (7 + 12) + (12 + 4)
    assert svg.count('class="c-knot"') == 3
    tree = tree_page(AgendaVersion.objects.get(), lambda goal: "")
    picture = draw_network(tree["chart"])
    assert picture is not None
    for one, other in ((a, b) for n, a in enumerate(picture.boxes) for b in picture.boxes[n + 1 :]):
        assert (
            one.right < other.x
            or other.right < one.x
            or (one.y + one.height < other.y or other.y + other.height < one.y)
        )


def test_every_contribution_is_in_the_history_of_its_goal(desk: Client) -> None:
    enter(desk)
    goal = Goal.objects.filter(level="outcome").order_by("order")[0]
    change = Change.objects.filter(part=f"goal-{goal.pk}", action="changed").get()
    (field,) = change.fields
    assert (field["label"], field["before"]) == ("Draagt bij aan", "")
    assert field["after"].splitlines() == sorted(label for _, label in TREE["impact"])
