"""Projects from draft to decision: what may be done when, and what nobody can undo."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Change, User
from contracts.actions import NotEditable
from contracts.actions import projects as actions
from contracts.models import (
    Project,
    ProjectEvaluation,
    ProjectPlan,
    ProjectSpending,
    ProjectStep,
    ProjectUpdate,
)
from contracts.projects.changes import COLUMNS, KINDS
from contracts.projects.forms import PlanChangeForm, PlanForm, ProjectForm
from contracts.projects.running_forms import EvaluationForm, SpendingForm, StepForm
from tests.contracts.drafts import text_of
from tests.factories_agenda import IndicatorFactory, PartnerFactory
from tests.factories_projects import (
    ANSWERS,
    FINDINGS,
    ProjectFactory,
    ProjectSpendingFactory,
    ProjectStepFactory,
    ProjectUpdateFactory,
    decided_project,
    ready_project,
    started_project,
)
from tests.uploaded import NUMBER

pytestmark = pytest.mark.django_db
DESK = "/beheer/projecten/"


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def typed(values: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """``values`` as a browser posts them."""
    said = values | changes
    return {
        name: value.isoformat() if isinstance(value, datetime.date) else value
        for name, value in said.items()
        if value is not None
    }


def refused(change: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def errors(answer: Any) -> list[str]:
    assert answer.status_code == 200
    return list(answer.context["form"].errors)


# -- the draft -------------------------------------------------------------------------------------
def test_a_draft_is_made_once_and_leads_to_its_plan(desk: Client) -> None:
    sent = {"title": "Samen eten", "kind": "pilot"}
    answer = desk.post(f"{DESK}nieuw/", sent)
    assert answer["Location"] == f"{DESK}samen-eten/plan/"
    project = Project.objects.get()
    assert (project.status, project.origin, project.plans.get().number) == ("draft", "system", 1)
    again = desk.post(f"{DESK}nieuw/", {**sent, "title": "SAMEN ETEN"})
    assert "Er is al een project met deze titel" in text_of(again)
    assert Project.objects.count() == 1
    assert Change.objects.get().action == "added"


def test_an_address_of_the_site_is_no_name_of_a_project(desk: Client) -> None:
    desk.post(f"{DESK}nieuw/", {"title": "Nieuw", "kind": "project"})
    desk.post(f"{DESK}nieuw/", {"title": "Bij doel", "kind": "project"})
    assert set(Project.objects.values_list("slug", flat=True)) == {"nieuw-2", "bij-doel-2"}


def test_who_makes_the_same_project_at_the_same_moment_is_told(officer: User) -> None:
    """The other one comes after the form was checked."""
    form = ProjectForm({"title": "Samen eten", "kind": "pilot"})
    assert form.is_valid()
    ProjectFactory.create(title="Samen eten")
    with pytest.raises(NotEditable, match="met deze titel"):
        actions.create_project(form, user=officer)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"intervention_base": "nji"}, "intervention"),
        ({"intervention_url": "https://nji.nl/"}, "intervention"),
        ({"note": f"Bel {NUMBER}."}, "note"),
        ({"goals": ["9" * 30]}, "goals"),
        ({"title": ""}, "title"),
    ],
)
def test_particulars_that_cannot_be_are_refused_at_their_field(
    desk: Client, changes: dict[str, Any], field: str
) -> None:
    assert errors(desk.post(f"{DESK}nieuw/", {"title": "A", "kind": "pilot", **changes})) == [field]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": "2025-12-31"}, "ends_on"),
        ({"decide_by": "2025-12-31"}, "decide_by"),
        ({"starts_on": "1200-01-01"}, "starts_on"),
        ({"incidental": "twintigduizend"}, "incidental"),
        ({"structural": "-1"}, "structural"),
        ({"incidental": "9" * 30}, "incidental"),
        ({"aim": f"Voor {NUMBER}"}, "aim"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_at_its_field_and_kept(
    desk: Client, changes: dict[str, Any], field: str
) -> None:
    project = ready_project()
    sent = typed(ANSWERS, revision=1, what="Blijft staan.", **changes)
    answer = desk.post(f"{DESK}{project.slug}/plan/", sent)
    assert errors(answer) == [field]
    assert "Blijft staan." in text_of(answer)
    assert project.plans.get().what == ANSWERS["what"]


def test_a_plan_may_be_half_written_and_says_what_is_missing(desk: Client) -> None:
    project = ProjectFactory.create()
    page = f"{DESK}{project.slug}/plan/"
    assert (
        desk.post(page, {"what": "Eten.", "incidental": "1.250,50", "revision": 1}).status_code
        == 302
    )
    plan = project.plans.get()
    assert (plan.what, str(plan.incidental)) == ("Eten.", "1250.50")
    html = desk.get(f"{DESK}{project.slug}/").content.decode()
    assert f'href="{page}#id_aim"' in html
    assert f'href="{page}#id_incidental_until"' in html
    assert "#id_what" not in html


def test_who_writes_the_plan_second_sees_both(desk: Client) -> None:
    project = ready_project()
    page = f"{DESK}{project.slug}/plan/"
    assert desk.post(page, typed(ANSWERS, aim="Zij.", revision=1)).status_code == 302
    other = desk.post(page, typed(ANSWERS, aim="Hij.", revision=1))
    assert "Nu staat er: ‘Zij.’" in text_of(other)
    assert "Hij." in text_of(other)


def test_a_draft_is_thrown_away_with_all_of_it(desk: Client) -> None:
    project = ready_project()
    ProjectStepFactory.create(project=project)
    page = f"{DESK}{project.slug}/verwijderen/"
    assert "niet terug te draaien" in text_of(desk.get(page))
    assert desk.post(page).status_code == 302
    assert not Project.objects.exists()
    assert Change.objects.get().action == "removed"


# -- the start -------------------------------------------------------------------------------------
def test_no_start_before_everything_is_answered(desk: Client) -> None:
    project = ready_project(plan={"criterion": "", "payer": ""})
    page = f"{DESK}{project.slug}/starten/"
    told = desk.get(page)
    assert "Wanneer is het geslaagd?" in text_of(told)
    assert "Start dit project" not in text_of(told)
    answer = desk.post(page, {"revision": 1}, follow=True)
    assert "Nog niet beantwoord: Wie betaalt het dan?" in text_of(answer)
    project.refresh_from_db()
    assert project.status == "draft"


def test_the_start_takes_the_plan_that_was_read(desk: Client, officer: User) -> None:
    project = ready_project()
    page = f"{DESK}{project.slug}/starten/"
    seen = desk.get(page).context["form"]["revision"].value()
    form = PlanForm(typed(ANSWERS, aim="Iets anders.", revision=1), instance=project.plans.get())
    assert form.is_valid()
    assert actions.save_plan(form, user=officer)
    answer = desk.post(page, {"revision": seen}, follow=True)
    assert "Het plan is intussen gewijzigd." in text_of(answer)
    assert desk.post(page, {"revision": seen + 1}).status_code == 302
    project.refresh_from_db()
    plan, event = project.plans.get(), project.events.get()
    assert (project.status, plan.is_agreed, plan.actor) == ("started", True, officer)
    assert (event.from_status, event.to_status, event.actor) == ("draft", "started", officer)


def test_a_second_start_does_nothing(desk: Client) -> None:
    project = ready_project()
    page = f"{DESK}{project.slug}/starten/"
    desk.post(page, {"revision": 1})
    answer = desk.post(page, {"revision": 1}, follow=True)
    assert "Dit project is al gestart." in text_of(answer)
    assert project.events.count() == 1


def test_the_database_starts_no_project_without_a_whole_plan() -> None:
    project = ready_project(plan={"aim": ""})
    refused(lambda: Project.objects.filter(pk=project.pk).update(status="started"))
    refused(lambda: project.plans.update(is_agreed=True, holds_from="2026-01-01"))


def test_what_was_agreed_stands_fast_in_the_database() -> None:
    indicator = IndicatorFactory.create()
    project = ready_project()
    project.plans.get().indicators.add(indicator)
    actions.start(project, seen=1, user=started_project().events.get().actor)
    plan = project.plans.get()
    refused(lambda: project.plans.update(aim="Anders."))
    refused(lambda: ProjectPlan.objects.filter(pk=plan.pk)._raw_delete("default"))
    refused(plan.indicators.clear)
    refused(lambda: plan.indicators.add(IndicatorFactory.create()))
    refused(lambda: project.events.update(note="Anders."))


# -- the plan afterwards ---------------------------------------------------------------------------
def changed(project: Project, **changes: Any) -> dict[str, Any]:
    held = actions.current_plan(project)
    said = {"number": held.number, "reason": "Het duurt langer."} | changes
    return typed(ANSWERS, **said)


def test_a_change_after_the_start_has_a_reason_and_is_shown(desk: Client, officer: User) -> None:
    project = started_project(officer)
    page = f"{DESK}{project.slug}/plan/wijzigen/"
    assert desk.get(page).context["form"]["aim"].value() == ANSWERS["aim"]
    assert errors(desk.post(page, changed(project, ends_on="2027-03-31", reason=""))) == ["reason"]
    assert desk.post(page, changed(project, ends_on="2027-03-31")).status_code == 302
    first, second = project.plans.order_by("number")
    assert (first.ends_on, second.ends_on) == (ANSWERS["ends_on"], datetime.date(2027, 3, 31))
    assert second.is_agreed
    told = text_of(Client().get(f"/projecten/{project.slug}/"))
    assert "Het duurt langer." in told
    assert "Laatste dag: was ‘31 december 2026’, werd ‘31 maart 2027’" in told
    fields = {field["label"] for field in Change.objects.order_by("-pk")[0].fields}
    assert fields == {"Laatste dag", "Waarom het plan verandert"}


@pytest.mark.parametrize(
    ("changes", "field"), [({"payer": ""}, "payer"), ({"incidental_until": ""}, "incidental_until")]
)
def test_a_change_leaves_nothing_open(desk: Client, changes: dict[str, Any], field: str) -> None:
    project = started_project()
    page = f"{DESK}{project.slug}/plan/wijzigen/"
    assert errors(desk.post(page, changed(project, **changes))) == [field]
    assert project.plans.count() == 1


def test_a_change_of_nothing_is_none(desk: Client) -> None:
    project = started_project()
    answer = desk.post(f"{DESK}{project.slug}/plan/wijzigen/", changed(project))
    assert "U hebt niets veranderd." in text_of(answer)


def test_who_changes_the_plan_second_sees_both_and_may_go_on(desk: Client) -> None:
    project = started_project()
    page = f"{DESK}{project.slug}/plan/wijzigen/"
    mine = changed(project, aim="Van mij.")
    assert desk.post(page, changed(project, aim="Van een ander.")).status_code == 302
    answer = desk.post(page, mine)
    told = text_of(answer)
    assert "Nu staat er: ‘Van een ander.’" in told
    assert "Van mij." in told
    assert "Het duurt langer." in told
    assert project.plans.count() == 2
    again = {**mine, "number": answer.context["form"].data["number"]}
    assert desk.post(page, again).status_code == 302
    assert actions.current_plan(project).aim == "Van mij."


def test_a_second_click_on_a_change_adds_no_second_one(desk: Client) -> None:
    project = started_project()
    page = f"{DESK}{project.slug}/plan/wijzigen/"
    sent = changed(project, aim="Anders.")
    for _ in range(2):
        desk.post(page, sent)
    assert project.plans.count() == 2


# -- while it runs ---------------------------------------------------------------------------------
def test_a_step_is_added_done_and_removed(desk: Client) -> None:
    project = started_project()
    page = f"{DESK}{project.slug}/stappen/"
    sent = {"text": "Koks vinden", "due_on": "2026-02-01"}
    assert desk.post(f"{page}nieuw/", sent).status_code == 302
    assert "staat al bij dit project" in text_of(desk.post(f"{page}nieuw/", sent))
    step = project.steps.get()
    assert errors(desk.post(f"{page}{step.pk}/", {**sent, "done_on": "2099-01-01", "revision": 1}))
    done = {**sent, "done_on": "2026-01-20", "revision": 1}
    assert desk.post(f"{page}{step.pk}/", done).status_code == 302
    step.refresh_from_db()
    assert step.done_on == datetime.date(2026, 1, 20)
    assert "Koks vinden" in text_of(desk.get(f"{page}{step.pk}/verwijderen/"))
    assert desk.post(f"{page}{step.pk}/verwijderen/").status_code == 302
    assert not project.steps.exists()
    assert [row.action for row in Change.objects.filter(kind="stap").order_by("pk")] == [
        *("added", "changed", "removed"),
    ]


def test_money_is_written_once_and_counts_against_what_it_may_cost(desk: Client) -> None:
    project = started_project()
    page = f"{DESK}{project.slug}/bestedingen/"
    sent = {
        "spent_on": "2026-03-01",
        "label": "Trainer",
        "amount": "25.000",
        "duration": "incidental",
    }
    assert desk.post(f"{page}nieuw/", sent).status_code == 302
    assert "staat er al" in text_of(desk.post(f"{page}nieuw/", sent))
    told = text_of(desk.get(f"{DESK}{project.slug}/"))
    assert "5.000 te veel" in told
    row = project.spendings.get()
    changed = {**sent, "amount": "15.000", "revision": 1}
    assert desk.post(f"{page}{row.pk}/", changed).status_code == 302
    assert "5.000 te veel" not in text_of(desk.get(f"{DESK}{project.slug}/"))
    desk.post(f"{page}{row.pk}/verwijderen/")
    assert not project.spendings.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": "0"}, "amount"),
        ({"amount": "veel"}, "amount"),
        ({"spent_on": "2099-01-01"}, "spent_on"),
        ({"spent_on": "1999-01-01"}, "spent_on"),
        ({"duration": ""}, "duration"),
    ],
)
def test_money_that_cannot_be_is_refused(desk: Client, changes: dict[str, Any], field: str) -> None:
    project = started_project()
    sent = {"spent_on": "2026-03-01", "label": "Eten", "amount": "5", "duration": "incidental"}
    answer = desk.post(f"{DESK}{project.slug}/bestedingen/nieuw/", {**sent, **changes})
    assert errors(answer) == [field]


def test_how_it_stands_is_told_once_and_for_good(desk: Client) -> None:
    project = started_project()
    page = f"{DESK}{project.slug}/stand-van-zaken/"
    sent = {"day": "2026-03-01", "text": "Er doen acht jongeren mee."}
    assert desk.post(page, sent).status_code == 302
    assert "staat er al" in text_of(desk.post(page, sent))
    assert "Er doen acht jongeren mee." in text_of(Client().get(f"/projecten/{project.slug}/"))
    refused(lambda: project.updates.update(text="Er doen er tien mee."))
    refused(lambda: project.updates.all()._raw_delete("default"))


def test_a_draft_is_not_followed_and_costs_nothing(desk: Client, officer: User) -> None:
    project = ready_project()
    for part in ("stand-van-zaken/", "besluit/", "bestedingen/nieuw/"):
        answer = desk.get(f"{DESK}{project.slug}/{part}", follow=True)
        assert "dit project loopt niet" in text_of(answer)
    with pytest.raises(NotEditable, match="dat loopt"):
        actions.add_update(project, day=datetime.date(2026, 1, 1), text="Goed.", user=officer)
    refused(lambda: ProjectSpendingFactory.create(project=project))


# -- the decision ----------------------------------------------------------------------------------
def test_the_decision_stands_beside_what_was_agreed_and_closes(desk: Client) -> None:
    project = started_project()
    page = f"{DESK}{project.slug}/besluit/"
    told = text_of(desk.get(page))
    for name in ("criterion", "if_succeeds", "payer"):
        assert ANSWERS[name] in told
    assert desk.post(page, typed(FINDINGS, seen=0)).status_code == 302
    project.refresh_from_db()
    event = project.events.order_by("pk").last()
    assert (project.status, event.note) == ("closed", "Wordt regulier werk")  # type: ignore[union-attr]
    public = text_of(Client().get(f"/projecten/{project.slug}/"))
    for words in ("Wordt regulier werk", "niet te bepalen", "Begin eerder.", "Gehaald"):
        assert words in public


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"lessons": ""}, "lessons"),
        ({"decision": ""}, "decision"),
        ({"criterion_reason": ""}, "criterion_reason"),
        ({"follow_up": ""}, "follow_up"),
        ({"balance_note": ""}, "balance_note"),
        ({"decided_on": "2099-01-01"}, "decided_on"),
        ({"decided_on": "2019-01-01"}, "decided_on"),
        ({"savings": "-5"}, "savings"),
        ({"decided_by": f"de man met {NUMBER}"}, "decided_by"),
    ],
)
def test_half_a_decision_is_refused_at_its_field(
    desk: Client, changes: dict[str, Any], field: str
) -> None:
    project = started_project()
    answer = desk.post(f"{DESK}{project.slug}/besluit/", typed(FINDINGS, seen=0, **changes))
    assert errors(answer) == [field]
    assert not project.evaluations.exists()


def test_costs_and_savings_that_are_known_need_no_reason(desk: Client) -> None:
    project = started_project()
    known = {"costs": "20.000", "savings": "0", "balance_note": ""}
    answer = desk.post(f"{DESK}{project.slug}/besluit/", typed(FINDINGS, seen=0, **known))
    assert answer.status_code == 302
    assert "Het kostte meer dan het bespaarde" in text_of(desk.get(f"{DESK}{project.slug}/"))


def test_what_stops_needs_no_way_on(desk: Client) -> None:
    project = started_project()
    stopped = typed(FINDINGS, seen=0, decision="stop", follow_up="")
    assert desk.post(f"{DESK}{project.slug}/besluit/", stopped).status_code == 302
    project.refresh_from_db()
    assert project.is_closed


def test_what_goes_on_is_decided_on_again(desk: Client) -> None:
    project = decided_project(says={"decision": "continue"})
    assert project.status == "evaluated"
    page = f"{DESK}{project.slug}/besluit/"
    assert "Iemand anders legde intussen een besluit vast" in text_of(
        desk.post(page, typed(FINDINGS, seen=0))
    )
    assert desk.post(page, typed(FINDINGS, seen=1)).status_code == 302
    project.refresh_from_db()
    assert (project.status, project.evaluations.count()) == ("closed", 2)


def test_a_closed_project_changes_no_more(desk: Client, officer: User) -> None:
    project = started_project(officer)
    step = ProjectStepFactory.create(project=project)
    spending = ProjectSpendingFactory.create(project=project)
    actions.decide(ProjectEvaluation(**FINDINGS), project, seen=0, user=officer)
    parts = (
        *("gegevens/", "plan/", "plan/wijzigen/", "starten/", "verwijderen/", "besluit/"),
        *("stand-van-zaken/", "stappen/nieuw/", f"stappen/{step.pk}/", "bestedingen/nieuw/"),
        *(f"bestedingen/{spending.pk}/", f"stappen/{step.pk}/verwijderen/"),
        f"bestedingen/{spending.pk}/verwijderen/",
    )
    for part in parts:
        answer = desk.get(f"{DESK}{project.slug}/{part}")
        assert answer.status_code == 302, part
    with pytest.raises(NotEditable, match="afgesloten"):
        actions.remove_row(step, project, user=officer)
    refused(lambda: Project.objects.filter(pk=project.pk).update(title="Anders"))
    refused(lambda: ProjectStep.objects.filter(pk=step.pk).update(text="Anders"))
    refused(lambda: ProjectSpending.objects.filter(pk=spending.pk).update(amount=1))
    refused(lambda: project.evaluations.update(lessons="Anders"))
    refused(lambda: Project.objects.filter(pk=project.pk).update(status="started"))


def test_what_a_source_says_is_not_written_over(desk: Client, officer: User) -> None:
    project = ProjectFactory.create(from_source=True)
    for part in ("gegevens/", "plan/", "starten/", "besluit/", "stappen/nieuw/"):
        assert desk.get(f"{DESK}{project.slug}/{part}").status_code == 302, part
    form = ProjectForm({"title": "Anders", "kind": "pilot", "revision": 1}, instance=project)
    assert form.is_valid()
    with pytest.raises(NotEditable, match="uit een bronstuk"):
        actions.save_project(form, user=officer)


# -- the history -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "form",
    [ProjectForm, PlanForm, PlanChangeForm, StepForm, SpendingForm, EvaluationForm],
    ids=lambda form: form.__name__,
)
def test_every_field_of_a_form_is_in_the_history(form: Any) -> None:
    model = form._meta.model
    assert set(form._meta.fields) - set(COLUMNS[model]) == set()
    assert model in KINDS


def test_the_history_names_what_was_done(desk: Client) -> None:
    project = ready_project()
    partner = PartnerFactory.create(name="Stichting Samen")
    sent = {"title": project.title, "kind": "pilot", "partners": [partner.pk], "revision": 1}
    assert desk.post(f"{DESK}{project.slug}/gegevens/", sent).status_code == 302
    told = text_of(desk.get(f"{DESK}{project.slug}/geschiedenis/"))
    assert "Stichting Samen" in told
    assert "Wie het uitvoert" in told


def test_an_update_has_its_words() -> None:
    row = ProjectUpdateFactory.create()
    assert ProjectUpdate in KINDS
    assert "01-04-2026" in str(row)
