"""Development tasks: written with the agenda, followed after its adoption, read by everybody."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Change, User
from agenda.models import AgendaVersion, DevelopmentTask, Goal, TaskStep, TaskUpdate
from core.edits import MEANWHILE
from tests.factories import OrganisationFactory
from tests.factories_agenda import (
    AgendaVersionFactory,
    DevelopmentTaskFactory,
    GoalFactory,
    TaskStepFactory,
    TaskUpdateFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
TOMORROW = TODAY + datetime.timedelta(days=1)


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def version() -> AgendaVersion:
    return AgendaVersionFactory.create(agenda__slug="sma", agenda__short_name="SMA")


@pytest.fixture
def adopted() -> AgendaVersion:
    return AgendaVersionFactory.create(
        agenda__slug="sma", agenda__short_name="SMA", agenda__year=2020, adopted=True
    )


def at(*parts: Any) -> str:
    return "/beheer/agenda/sma/1/" + "".join(f"{part}/" for part in parts)


def html(answer: Any) -> str:
    return str(answer.content.decode())


def fields(change: Change) -> dict[str, tuple[str, str]]:
    return {field["label"]: (field["before"], field["after"]) for field in change.fields}


# -- writing ---------------------------------------------------------------------------------------
def test_an_officer_writes_a_task_with_owner_frames_goals_and_steps(
    desk: Client, version: AgendaVersion
) -> None:
    goal = GoalFactory.create(theme=ThemeFactory.create(version=version, name="Meedoen"))
    organisation = OrganisationFactory.create(name="Bindkracht")
    typed = {
        "number": 6,
        "subject": "Strategisch partnerschap",
        "owner": "Programmamanager",
        "organisation": organisation.pk,
        "frames": "Juridisch en financieel kader.",
        "goals": [goal.pk],
    }
    desk.post(at("opdracht", "nieuw"), typed)
    task = DevelopmentTask.objects.get()
    assert task.responsible == "Programmamanager, Bindkracht"
    assert list(task.goals.all()) == [goal]
    desk.post(
        at("stap", "nieuw") + f"?opdracht={task.pk}",
        {"text": "Werkwijze afspreken", "due_on": "2026-06-01"},
    )
    assert task.steps.get().due_on == datetime.date(2026, 6, 1)
    page = html(desk.get(at("opdrachten", task.pk)))
    for words in ("Programmamanager, Bindkracht", "Juridisch en", "uiterlijk 1 juni 2026"):
        assert words in page
    assert "6. Strategisch partnerschap" in html(desk.get(at()))
    noted = {change.kind: fields(change) for change in Change.objects.all()}
    assert noted["ontwikkelopdracht"]["Doelen"] == ("", goal.label)
    assert noted["stap"]["Klaar uiterlijk op"] == ("", "1 juni 2026")


def test_the_next_number_is_offered_and_the_form_shows_only_goals_of_this_version(
    desk: Client, version: AgendaVersion
) -> None:
    DevelopmentTaskFactory.create(version=version, number=4)
    elsewhere = GoalFactory.create(label="Doel van een ander")
    own = GoalFactory.create(theme=ThemeFactory.create(version=version), label="Eigen doel")
    page = html(desk.get(at("opdracht", "nieuw")))
    assert 'value="5"' in page
    assert "Eigen doel" in page
    assert "Doel van een ander" not in page
    answer = desk.post(at("opdracht", "nieuw"), {"number": 5, "goals": [elsewhere.pk]})
    assert answer.status_code == 200
    assert not DevelopmentTask.objects.filter(number=5).exists()
    desk.post(at("opdracht", "nieuw"), {"number": 5, "goals": [own.pk]})
    assert DevelopmentTask.objects.get(number=5).goals.get() == own


def test_a_number_is_used_once_also_by_a_double_click(desk: Client, version: AgendaVersion) -> None:
    for _ in range(2):
        answer = desk.post(at("opdracht", "nieuw"), {"number": 1, "subject": "Vraaggericht"})
    assert "Deze agenda heeft al een opdracht met dit nummer." in html(answer)
    assert 'value="Vraaggericht"' in html(answer)
    assert DevelopmentTask.objects.count() == 1
    assert Change.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"text": ""}, "Dit veld is verplicht."),
        ({"text": "   "}, "Dit veld is verplicht."),
        ({"text": "x" * 301}, "300 tekens"),
    ],
)
def test_a_step_without_text_is_refused(
    desk: Client, version: AgendaVersion, typed: dict[str, str], told: str
) -> None:
    task = DevelopmentTaskFactory.create(version=version)
    answer = desk.post(at("stap", "nieuw") + f"?opdracht={task.pk}", typed)
    assert told in html(answer)
    assert not TaskStep.objects.exists()


def test_a_step_stands_once_in_its_task(desk: Client, version: AgendaVersion) -> None:
    task = DevelopmentTaskFactory.create(version=version)
    for _ in range(2):
        answer = desk.post(at("stap", "nieuw") + f"?opdracht={task.pk}", {"text": "Begin"})
    assert "Deze stap staat al bij deze opdracht." in html(answer)
    assert task.steps.count() == 1
    assert desk.get(at("stap", "nieuw")).status_code == 404


def test_a_second_editor_of_a_task_sees_both_texts(desk: Client, version: AgendaVersion) -> None:
    task = DevelopmentTaskFactory.create(version=version, number=1)
    typed = {"number": 1, "revision": 1}
    desk.post(at("opdracht", task.pk), {**typed, "subject": "Van Olga"})
    page = html(desk.post(at("opdracht", task.pk), {**typed, "subject": "Van Femke"}))
    assert MEANWHILE in page
    assert "Nu staat er: ‘Van Olga’." in page
    assert 'value="Van Femke"' in page


def test_a_draft_task_can_go_but_not_with_what_happened_to_it(
    desk: Client, version: AgendaVersion
) -> None:
    task = DevelopmentTaskFactory.create(version=version)
    TaskUpdateFactory.create(task=task)
    refused = desk.post(at("opdracht", task.pk, "verwijderen"))
    assert "Hier hangt nog iets onder of aan" in html(refused)
    other = DevelopmentTaskFactory.create(version=version)
    desk.post(at("opdracht", other.pk, "verwijderen"))
    assert list(DevelopmentTask.objects.all()) == [task]
    assert "Haal eerst de thema’s, doelen, opdrachten en adviesrondes weg." in html(
        desk.post(at("verwijderen"))
    )


# -- after adoption --------------------------------------------------------------------------------
def test_what_a_task_is_stands_fast_once_the_agenda_is_adopted(
    desk: Client, adopted: AgendaVersion
) -> None:
    step = TaskStepFactory.create(task__version=adopted, text="Zoals besloten")
    task = step.task
    changed = {"number": task.number, "subject": "Anders", "revision": 1}
    assert "verandert niet meer" in html(desk.post(at("opdracht", task.pk), changed))
    desk.post(at("stap", step.pk), {"text": "Anders", "revision": 1})
    desk.post(at("opdracht", "nieuw"), {"number": 99})
    task.refresh_from_db()
    step.refresh_from_db()
    assert (task.subject, step.text) == ("Strategisch partnerschap", "Zoals besloten")
    assert DevelopmentTask.objects.count() == 1


def test_updates_steps_and_evaluation_stay_possible(
    desk: Client, adopted: AgendaVersion, officer: User
) -> None:
    step = TaskStepFactory.create(task__version=adopted)
    task = step.task
    desk.post(at("opdrachten", task.pk, "stand"), {"day": "2021-02-01", "text": "Begonnen."})
    desk.post(at("opdrachten", task.pk, "stap", step.pk), {"done_on": "2021-03-01", "revision": 1})
    desk.post(
        at("opdrachten", task.pk, "evaluatie"),
        {"evaluated_on": "2025-03-03", "result": "no", "evaluation": "Blijven liggen."}
        | {"revision": 1},
    )
    task.refresh_from_db()
    step.refresh_from_db()
    update = TaskUpdate.objects.get()
    assert (update.day, update.text, update.actor) == (
        datetime.date(2021, 2, 1),
        "Begonnen.",
        officer,
    )
    assert step.done_on == datetime.date(2021, 3, 1)
    assert (task.result, task.evaluation) == ("no", "Blijven liggen.")
    page = html(desk.get(at("opdrachten", task.pk)))
    for words in ("Begonnen.", "Klaar op 1 maart 2021", "Geen resultaat", "Blijven liggen."):
        assert words in page
    assert {change.kind for change in Change.objects.all()} == {
        "stand van zaken",
        "stap",
        "ontwikkelopdracht",
    }
    assert "Het laatste nieuws is van 3 maart 2025." in page
    history = html(desk.get(at("geschiedenis") + f"?deel=developmenttask-{task.pk}"))
    assert "3 wijzigingen bij uw keuze" in history


def test_an_update_of_tomorrow_is_refused_and_stays_on_the_screen(
    desk: Client, adopted: AgendaVersion
) -> None:
    task = DevelopmentTaskFactory.create(version=adopted)
    for address, typed in (
        (at("opdrachten", task.pk, "stand"), {"day": TOMORROW, "text": "Straks."}),
        (
            at("opdrachten", task.pk, "evaluatie"),
            {"evaluated_on": TOMORROW, "result": "yes", "evaluation": "Straks.", "revision": 1},
        ),
    ):
        page = html(desk.post(address, typed))
        assert "Deze dag moet nog komen." in page
        assert "Straks." in page
    step = TaskStepFactory.create(task=task)
    answer = desk.post(
        at("opdrachten", task.pk, "stap", step.pk), {"done_on": TOMORROW, "revision": 1}
    )
    assert "Deze dag moet nog komen." in html(answer)
    assert not TaskUpdate.objects.exists()
    assert not Change.objects.exists()


@pytest.mark.parametrize("typed", [{"day": "", "text": ""}, {"day": "ooit", "text": ""}])
def test_an_update_has_a_day_and_a_text(
    desk: Client, adopted: AgendaVersion, typed: dict[str, str]
) -> None:
    task = DevelopmentTaskFactory.create(version=adopted)
    answer = desk.post(at("opdrachten", task.pk, "stand"), typed)
    assert answer.context["form"].errors.keys() == {"day", "text"}
    assert not TaskUpdate.objects.exists()


def test_a_double_click_adds_one_update(desk: Client, adopted: AgendaVersion) -> None:
    task = DevelopmentTaskFactory.create(version=adopted)
    for _ in range(2):
        answer = desk.post(
            at("opdrachten", task.pk, "stand"), {"day": "2021-02-01", "text": "Begonnen."}
        )
    assert "staat er al" in html(answer)
    assert TaskUpdate.objects.count() == Change.objects.count() == 1


def test_an_evaluation_is_whole(desk: Client, adopted: AgendaVersion) -> None:
    task = DevelopmentTaskFactory.create(version=adopted)
    answer = desk.post(at("opdrachten", task.pk, "evaluatie"), {"result": "no", "revision": 1})
    assert answer.context["form"].errors.keys() == {"evaluated_on", "evaluation"}


def test_the_second_writer_of_an_evaluation_sees_both(desk: Client, adopted: AgendaVersion) -> None:
    task = DevelopmentTaskFactory.create(version=adopted)
    address = at("opdrachten", task.pk, "evaluatie")
    typed = {"evaluated_on": "2025-03-03", "evaluation": "Uitleg.", "revision": 1}
    desk.post(address, {**typed, "result": "no"})
    page = html(desk.post(address, {**typed, "result": "yes"}))
    assert MEANWHILE in page
    assert "Nu staat er: ‘nee’." in page
    task.refresh_from_db()
    assert task.result == "no"


def test_the_database_keeps_updates_as_they_are() -> None:
    update = TaskUpdateFactory.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        TaskUpdate.objects.update(text="Het ging goed.")
    with pytest.raises(IntegrityError), transaction.atomic():
        update.delete()


def test_a_task_from_a_source_is_followed_by_nobody(desk: Client) -> None:
    version = AgendaVersionFactory.create(agenda__slug="sma", from_source=True)
    task = DevelopmentTaskFactory.create(version=version)
    answer = desk.post(at("opdrachten", task.pk, "stand"), {"day": "2021-02-01", "text": "x"})
    assert "overgenomen uit een bronstuk" in html(answer)
    assert not TaskUpdate.objects.exists()
    assert "Stand van zaken toevoegen" not in html(desk.get(at("opdrachten", task.pk)))


def test_a_task_or_step_of_another_is_not_there(desk: Client, adopted: AgendaVersion) -> None:
    task = DevelopmentTaskFactory.create(version=adopted)
    elsewhere = TaskStepFactory.create()
    assert desk.get(at("opdrachten", elsewhere.task.pk)).status_code == 404
    assert desk.get(at("opdrachten", task.pk, "stap", elsewhere.pk)).status_code == 404


def test_the_page_of_a_task_takes_as_many_queries_for_many(
    desk: Client, adopted: AgendaVersion, django_assert_max_num_queries: Any
) -> None:
    task = DevelopmentTaskFactory.create(version=adopted)

    def fill(times: int) -> None:
        for _ in range(times):
            TaskStepFactory.create(task=task)
            TaskUpdateFactory.create(task=task)
            task.goals.add(GoalFactory.create(theme=ThemeFactory.create(version=adopted)))

    fill(1)
    desk.get(at("opdrachten", task.pk))  # that somebody reads it is noted the first time
    with django_assert_max_num_queries(14) as few:
        desk.get(at("opdrachten", task.pk))
    fill(6)
    with django_assert_max_num_queries(len(few)) as many:
        desk.get(at("opdrachten", task.pk))
    assert len(few) == len(many)


# -- reading ---------------------------------------------------------------------------------------
PAGE = "/agenda/sma/opdrachten/"


def evaluated(version: AgendaVersion, number: int, result: str) -> DevelopmentTask:
    return DevelopmentTaskFactory.create(
        version=version,
        number=number,
        subject=f"Opdracht {result}",
        evaluated_on=TODAY,
        result=result,
        evaluation="Uitleg.",
    )


def test_the_page_says_of_each_task_how_it_stands(
    client: Client, adopted: AgendaVersion, goal_of_adopted: Goal
) -> None:
    evaluated(adopted, 1, "yes")
    evaluated(adopted, 2, "no")
    still = DevelopmentTaskFactory.create(version=adopted, number=3, subject="")
    TaskUpdateFactory.create(task=still, day=datetime.date(2017, 2, 1), text="Er was een begin.")
    still.goals.add(goal_of_adopted)
    busy = DevelopmentTaskFactory.create(version=adopted, number=4, subject="Bezig")
    TaskStepFactory.create(task=busy, done_on=TODAY, text="Geteld")
    page = html(client.get(PAGE))
    assert (
        "4 ontwikkelopdrachten: 1 bereikte het resultaat, 1 leidde niet tot een resultaat, "
        "1 staat stil"
    ) in page
    for words in (
        "onderwerp niet genoemd",
        "Er was een begin.",
        "Laatste nieuws: 1 februari 2017.",
        goal_of_adopted.label,
        "1 van 1 stap klaar",
    ):
        assert words in page
    assert page.count(">staat stil<") == 1


@pytest.fixture
def goal_of_adopted(adopted: AgendaVersion) -> Goal:
    made: Goal = GoalFactory.create(theme=ThemeFactory.create(version=adopted), label="Meedoen")
    return made


def test_a_reader_chooses_what_stands_still_and_what_led_to_nothing(
    client: Client, adopted: AgendaVersion
) -> None:
    evaluated(adopted, 1, "yes")
    evaluated(adopted, 2, "no")
    DevelopmentTaskFactory.create(version=adopted, number=3, subject="Stil")

    def numbers(stand: str) -> list[int]:
        return [row["number"] for row in client.get(f"{PAGE}?stand={stand}").context["tasks"]]

    assert numbers("stil") == [3]
    assert numbers("zonder-resultaat") == [2]
    assert numbers("niet-geevalueerd") == [3]
    assert numbers("") == numbers("onzin") == [1, 2, 3]


def test_the_setting_says_how_long_is_still(
    client: Client, adopted: AgendaVersion, settings: Any
) -> None:
    task = DevelopmentTaskFactory.create(version=adopted)
    TaskUpdateFactory.create(task=task, day=TODAY - datetime.timedelta(days=45))
    assert ">staat stil<" not in html(client.get(PAGE))
    settings.TASK_STANDSTILL_MONTHS = 1
    page = html(client.get(PAGE))
    assert ">staat stil<" in page
    assert "als er 1 maand lang geen nieuws is" in page


def test_without_tasks_the_page_says_so(client: Client, adopted: AgendaVersion) -> None:
    assert "Deze agenda heeft geen ontwikkelopdrachten" in html(client.get(PAGE))
    DevelopmentTaskFactory.create(version=adopted, subject="Nieuw")
    assert "Geen opdracht past bij deze keuze" in html(client.get(f"{PAGE}?stand=zonder-resultaat"))


def test_a_draft_is_read_by_nobody_and_an_earlier_version_stays_readable(
    client: Client, adopted: AgendaVersion
) -> None:
    DevelopmentTaskFactory.create(version=adopted, number=1, subject="Van toen")
    later = AgendaVersionFactory.create(agenda=adopted.agenda, number=2, adopted=True)
    assert "Van toen" in html(client.get(PAGE))
    DevelopmentTaskFactory.create(version=later, number=1, subject="Van nu")
    draft = AgendaVersionFactory.create(agenda=adopted.agenda, number=3)
    DevelopmentTaskFactory.create(version=draft, number=1, subject="Geheim")
    assert "Van nu" in html(client.get(PAGE))
    assert "Van toen" in html(client.get(f"{PAGE}?versie=1"))
    assert client.get(f"{PAGE}?versie=3").status_code == 404
    assert client.get(f"{PAGE}?versie={10**16}").status_code == 404
    assert "Van toen" in html(client.get("/agenda/sma/versie/1/"))


def test_the_name_of_who_wrote_an_update_is_not_public(
    client: Client, adopted: AgendaVersion
) -> None:
    update = TaskUpdateFactory.create(task__version=adopted, actor__name="Femke Ander")
    page = html(client.get(PAGE))
    assert update.text in page
    assert "Femke" not in page


def test_the_public_page_takes_as_many_queries_for_many(
    client: Client, adopted: AgendaVersion, django_assert_max_num_queries: Any
) -> None:
    def fill(times: int) -> None:
        for _ in range(times):
            task = DevelopmentTaskFactory.create(version=adopted)
            TaskStepFactory.create(task=task)
            TaskUpdateFactory.create(task=task)
            task.goals.add(GoalFactory.create(theme=ThemeFactory.create(version=adopted)))

    fill(1)
    with django_assert_max_num_queries(7) as few:
        client.get(PAGE)
    fill(8)
    with django_assert_max_num_queries(len(few)) as many:
        client.get(PAGE)
    assert len(few) == len(many)
