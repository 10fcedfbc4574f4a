"""Who changed which verdict, bottleneck or note of an edition, from which text to which."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.forms import ModelForm
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Change, User
from monitor.actions import back_to_draft, mark_judged
from monitor.changes import KINDS, LABELS, NOTES
from monitor.constants import Verdict
from monitor.forms import BottleneckForm, JudgementForm, NotesForm
from monitor.models import Judgement, Monitor
from monitor.steering_forms import ArrangementEndForm, ArrangementForm
from tests.factories import UserFactory
from tests.monitor.making import agenda, draft, earlier, judge_all

pytestmark = pytest.mark.django_db
HERE = "/beheer/monitor/2019/"
PAGE = f"{HERE}geschiedenis/"


@pytest.fixture
def monitor(officer: User) -> Monitor:
    """A draft over 2019 of two goals that stood on good in 2018."""
    version = agenda(goals=2)
    earlier(version)
    return draft(version, officer)


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def fields(change: Change) -> dict[str, tuple[str, str]]:
    return {field["label"]: (field["before"], field["after"]) for field in change.fields}


def told() -> list[tuple[str, str, dict[str, tuple[str, str]]]]:
    """The history since the edition was opened, oldest first."""
    rows = Change.objects.exclude(kind="monitor").order_by("pk")
    return [(row.kind, row.action, fields(row)) for row in rows]


def judgement() -> Judgement:
    return Judgement.objects.get(goal__slug="doel-0", monitor__year=2019)


def judge(desk: Client, **typed: Any) -> Any:
    held = {"verdict": "good", "reason": "", "explanation": "Zo bleef het."}
    data = {**held, "revision": judgement().revision, **typed}
    return desk.post(f"{HERE}doel/doel-0/", data)


@pytest.mark.parametrize(
    "form",
    [JudgementForm, BottleneckForm, ArrangementForm, ArrangementEndForm],
    ids=lambda form: form.__name__,
)
def test_every_field_of_a_form_is_in_the_history(form: type[ModelForm[Any]]) -> None:
    model = form._meta.model
    assert set(form._meta.fields or ()) - set(LABELS[model]) == set()
    assert model in KINDS


def test_every_kind_of_note_is_in_the_history() -> None:
    assert set(NOTES) == set(NotesForm.base_fields) - {"seen"}


def test_opening_an_edition_is_its_first_line(monitor: Monitor, officer: User) -> None:
    change = Change.objects.get()
    assert (change.kind, change.action, change.actor) == ("monitor", "added", officer)
    assert fields(change) == {"Agenda": ("", str(monitor.agenda_version))}


def test_a_verdict_and_the_words_with_it(desk: Client, officer: User, monitor: Monitor) -> None:
    judge(desk)
    judge(desk, verdict="neutral", reason="performance", explanation="Zo bleef het niet.")
    judge(desk, verdict="neutral", reason="performance", explanation="Zo bleef het niet.")
    first, second = told()
    assert first == (
        "oordeel",
        "changed",
        {"Oordeel": ("", "goed"), "Motivering voor de raad": ("", "Zo bleef het.")},
    )
    assert second[2]["Oordeel"] == ("goed", "neutraal")
    assert second[2]["Motivering voor de raad"] == ("Zo bleef het.", "Zo bleef het niet.")
    assert "Reden van de wijziging" in second[2]
    change = Change.objects.first()
    assert change is not None
    assert (change.actor, change.part) == (officer, f"judgement-{judgement().pk}")


def test_what_the_second_officer_typed_is_no_change(desk: Client, monitor: Monitor) -> None:
    revision = judgement().revision
    judge(desk, revision=revision)
    judge(desk, revision=revision, explanation="Van een ander.")
    assert len(told()) == 1


def test_a_verdict_in_a_closed_edition_is_no_change(
    desk: Client, officer: User, monitor: Monitor
) -> None:
    judge_all(monitor)
    mark_judged(monitor, user=officer)
    judge(desk, explanation="Te laat.")
    assert told() == []


def test_a_verdict_that_is_open_again_says_whose_step_did_that(
    officer: User,
) -> None:
    version = agenda(goals=2)
    monitor = draft(version, officer)
    Judgement.objects.filter(monitor=monitor).update(verdict=Verdict.GOOD)
    mark_judged(monitor, user=officer)
    earlier(version, verdict=Verdict.NEGATIVE)
    back_to_draft(monitor, user=officer, note="Nog eens kijken.")
    assert [says for _, _, says in told()] == [{"Oordeel": ("goed", "")}] * 2
    assert {change.actor for change in Change.objects.all()} == {officer}


def test_a_bottleneck_from_its_beginning_to_its_removal(desk: Client, monitor: Monitor) -> None:
    row = judgement()
    new = {
        "place": f"g{row.goal_id}",
        "text": "Te weinig huizen.",
        "action": "Bouwen",
        "owner": "Wethouder wonen",
        "due_on": "2020-10-01",
    }
    desk.post(f"{HERE}knelpunt/", new)
    held = monitor.bottlenecks.get(text="Te weinig huizen.")
    at = f"{HERE}knelpunt/{held.pk}/"
    place = {"place": f"t{row.goal.theme_id}", "revision": held.revision}
    for _ in range(2):
        desk.post(at, {**new, **place})
    for _ in range(2):
        desk.post(f"{at}solved/")
    desk.post(f"{at}weg/")
    added, moved, solved, removed = told()
    assert added[2]["Hoort bij doel"] == ("", row.label)
    assert added[2]["Klaar op"] == ("", "1 oktober 2020")
    assert moved == ("knelpunt", "changed", {"Hoort bij doel": (row.label, "")})
    assert list(solved[2]) == ["Voortgang"]
    assert removed[:2] == ("knelpunt", "removed")
    first = Change.objects.get(action="added", kind="knelpunt")
    assert first.under == f"judgement-{row.pk}"


def test_what_stands_outside_the_goals_is_one_text_a_kind(desk: Client, monitor: Monitor) -> None:
    page = f"{HERE}buiten-de-doelen/"

    def write(**typed: str) -> None:
        form = desk.get(page).context["form"]
        held = {name: form.initial.get(name, "") for name in form.fields}
        desk.post(page, {**held, **typed})

    write(trend="Meer ouderen.", parties="Woningcorporatie")
    write(trend="Meer ouderen.\nMinder huizen.")
    write()
    first, second = told()
    assert first[2] == {
        "Trends": ("", "Meer ouderen."),
        "Wie nog meer aan zet is": ("", "Woningcorporatie"),
    }
    assert second == (
        "buiten de doelen",
        "changed",
        {"Trends": ("Meer ouderen.", "Meer ouderen.\nMinder huizen.")},
    )


# -- the page --------------------------------------------------------------------------------------
def test_the_desk_leads_to_the_history_of_its_verdict(desk: Client, monitor: Monitor) -> None:
    judge(desk)
    link = f"{PAGE}?deel=judgement-{judgement().pk}"
    assert link in desk.get(f"{HERE}doel/doel-0/").content.decode()
    html = desk.get(link).content.decode()
    assert "Oordeel ‘Doel nummer 0’ gewijzigd" in html
    assert "Eén wijziging bij uw keuze" in html


def test_the_college_reads_the_draft_and_not_how_it_came_about(
    client: Client, monitor: Monitor
) -> None:
    client.force_login(UserFactory.create(holds=["college"]))
    assert "geschiedenis" not in client.get(HERE).content.decode()
    assert client.get(PAGE).status_code == 403


def test_the_number_of_queries_does_not_grow(desk: Client, monitor: Monitor) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as held:
            assert desk.get(PAGE).status_code == 200
        return len(held)

    judge(desk, explanation="Zin 1.")
    one = queries()
    for number in range(2, 30):
        judge(desk, explanation=f"Zin {number}.")
    assert len(told()) == 29
    assert queries() == one
