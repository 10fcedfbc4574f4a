"""Whole agendas brought in by the template are what the screens make of them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from accounts.models import Change, User
from agenda.models import (
    Agenda,
    AgendaVersion,
    Contribution,
    DevelopmentTask,
    EditStep,
    Goal,
    PolicyLink,
    Theme,
)
from agenda.sheets.workbook import state_of
from tests.agenda import test_goal_tree_zoetermeer as screens
from tests.agenda.filled_in import add, book_at, confirm, hand_in, problems, saved
from tests.agenda.test_goal_tree_zoetermeer import LABELS
from tests.agenda.test_sma import FRAMES, NAMED, OPGAVEN, Desk, enter_sma
from tests.agenda.zoetermeer import TREE
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def a_draft(desk: Client, **said: Any) -> str:
    """The address of a new draft."""
    owner = OrganisationFactory.create(kind="municipality")
    made = desk.post("/beheer/agenda/nieuw/", {"owner": owner.pk, "year": 2020, **said})
    assert made.status_code == 302
    agenda = Agenda.objects.latest("pk")
    return f"/beheer/agenda/{agenda.slug}/1/"


def zoetermeer(book: Any) -> None:
    for level, aims in TREE.items():
        if aims:
            add(book, "Thema’s", {"Naam": LABELS[level]})
        for number, ((kind, day), label) in enumerate(aims, start=1):
            add(
                book,
                "Doelen",
                {
                    "Thema": LABELS[level],
                    "Nummer": number,
                    "Korte naam": label,
                    "Doel": f"{label}.",
                    "Niveau": str(dict(Goal._meta.get_field("level").flatchoices)[level]),
                    "Op of vanaf": {"by": "op", "from": "vanaf"}[kind],
                    "Doeldatum": day,
                    "Draagt bij aan": _above(level),
                },
            )


def _above(level: str) -> str | None:
    for higher, lower in pairwise(TREE):
        if lower == level:
            count = len(TREE[higher])
            return "; ".join(f"{LABELS[higher]} {number}" for number in range(1, count + 1))
    return None


def told(version: AgendaVersion) -> Any:
    """What a version says, without the keys of its rows."""
    goals = [
        (
            *(goal.theme.name, goal.number, goal.label, goal.text, goal.level, goal.due_kind),
            *(goal.due_on, goal.slug.rstrip("-0123456789"), goal.order),
            sorted(each.label for each in goal.contributes_to.all()),
        )
        for goal in Goal.objects.filter(theme__version=version).order_by("theme__order", "order")
    ]
    return {
        "themes": list(version.themes.order_by("order").values_list("number", "name", "order")),
        "goals": goals,
        "tasks": list(version.tasks.order_by("number").values_list("number", "subject", "frames")),
        "policies": list(version.policies.order_by("name").values_list("name", "kind")),
    }


def test_the_tree_of_zoetermeer_comes_in_as_the_screens_make_it(desk: Client) -> None:
    screens.enter(desk)
    by_hand = AgendaVersion.objects.get()
    home = a_draft(desk, name="Nog eens", short_name="Nog eens")
    book = book_at(desk, f"{home}sjabloon.xlsx?leeg=ja")
    zoetermeer(book)
    preview = hand_in(desk, f"{home}inlezen/", saved(book))
    assert problems(preview) == []
    assert Goal.objects.exclude(theme__version=by_hand).count() == 0, "a preview writes nothing"
    assert "Er komen 34 rijen bij" in preview.content.decode()
    answer = confirm(desk, preview)
    assert answer.status_code == 200
    version = AgendaVersion.objects.latest("pk")
    assert told(version) == told(by_hand)
    assert Contribution.objects.of_version(version.pk).count() == 7 * 7 + 7 * 12 + 12 * 4


def test_the_sma_comes_in_with_its_unnamed_goals_and_tasks(desk: Client) -> None:
    enter_sma(Desk(desk))
    by_hand = AgendaVersion.objects.get()
    home = a_draft(desk, name="SMA uit Excel", short_name="SMA uit Excel")
    book = book_at(desk, f"{home}sjabloon.xlsx?leeg=ja")
    for letter, (name, goals) in OPGAVEN.items():
        add(book, "Thema’s", {"Nummer": letter, "Naam": name})
        add(book, "Doelen", *({"Thema": name, "Nummer": number + 1} for number in range(goals)))
    for number in range(1, 11):
        frames = "\n".join(FRAMES.get(number, [])) or None
        subject = NAMED.get(number)
        add(
            book,
            "Ontwikkelopdrachten",
            {"Nummer": number, "Onderwerp": subject, "Kaders": frames},
        )
    for name, kind in (
        ("Integraal Zorg Akkoord (IZA)", "landelijk, verplicht"),
        ("Gezond en Actief Leven Akkoord (GALA)", "landelijk, verplicht"),
        ("Actieplan armoede en schulden", "eigen nota"),
    ):
        add(book, "Ander beleid", {"Naam": name, "Soort": kind})
    preview = hand_in(desk, f"{home}inlezen/", saved(book))
    assert problems(preview) == []
    confirm(desk, preview)
    version = AgendaVersion.objects.latest("pk")
    assert Goal.objects.filter(theme__version=version, text="").count() == 11
    assert Theme.objects.filter(version=version).count() == 4
    tasks = DevelopmentTask.objects.filter(version=version)
    assert [task.number for task in tasks if not task.subject] == [2, 3, 4, 5, 8, 10]
    assert tasks.get(number=7).frames.splitlines() == FRAMES[7]
    assert PolicyLink.objects.filter(version=version).count() == 3
    assert told(by_hand) == told(version)


def test_what_is_downloaded_and_handed_in_again_changes_nothing(desk: Client) -> None:
    home = a_draft(desk, name="Doelenboom 2", short_name="Doelenboom 2")
    book = book_at(desk, f"{home}sjabloon.xlsx?leeg=ja")
    zoetermeer(book)
    confirm(desk, hand_in(desk, f"{home}inlezen/", saved(book)))
    version = AgendaVersion.objects.get()
    before, changes = state_of(version), Change.objects.count()
    again = hand_in(desk, f"{home}inlezen/", saved(book_at(desk, f"{home}sjabloon.xlsx")))
    assert problems(again) == []
    assert "Geen wijzigingen" in again.content.decode()
    # Filled in by hand, without keys, it is recognised by its names and numbers.
    same = hand_in(desk, f"{home}inlezen/", saved(book))
    assert "Geen wijzigingen" in same.content.decode()
    assert (state_of(version), Change.objects.count()) == (before, changes)


def test_all_of_it_is_one_step_to_take_back(desk: Client) -> None:
    home = a_draft(desk, name="Doelenboom 3", short_name="Doelenboom 3")
    version = AgendaVersion.objects.get()
    empty = state_of(version)
    book = book_at(desk, f"{home}sjabloon.xlsx?leeg=ja")
    zoetermeer(book)
    confirm(desk, hand_in(desk, f"{home}inlezen/", saved(book)))
    step = EditStep.objects.get()
    desk.post(f"{home}ongedaan/", {"stap": step.pk})
    assert state_of(version) == empty
    assert not EditStep.objects.exists()
