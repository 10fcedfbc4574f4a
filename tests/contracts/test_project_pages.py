"""Who reads projects, where they are found, and what a page of them costs."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.constants import OrganisationKind
from accounts.models import User
from agenda.models import Goal
from contracts.models import Project, ProjectEvaluation
from monitor.search import Query, search
from tests.contracts.drafts import text_of
from tests.factories_agenda import (
    AgendaVersionFactory,
    GoalFactory,
    IndicatorFactory,
    PartnerFactory,
    SourceFactory,
    ThemeFactory,
)
from tests.factories_contracts import ContractFactory
from tests.factories_projects import (
    ProjectFactory,
    ProjectSpendingFactory,
    ProjectStepFactory,
    ProjectUpdateFactory,
    decided_project,
    ready_project,
    started_project,
)

pytestmark = pytest.mark.django_db
PUBLIC, DESK = "/projecten/", "/beheer/projecten/"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def goal(db: None) -> Goal:
    version = AgendaVersionFactory.create(adopted=True)
    made: Goal = GoalFactory.create(theme=ThemeFactory.create(version=version))
    return made


def titles(client: Client, page: str = PUBLIC, **asked: Any) -> list[str]:
    rows = client.get(page, asked).context["rows"]
    return [row["project"].title for row in rows]


# -- who reads what --------------------------------------------------------------------------------
def test_a_draft_is_for_staff_alone(client: Client, officer: User) -> None:
    draft = ready_project(title="Nog geheim")
    assert client.get(f"{PUBLIC}{draft.slug}/").status_code == 404
    assert titles(client) == []
    client.force_login(officer)
    assert titles(client, DESK) == ["Nog geheim"]
    assert "Dit project kan starten." in text_of(client.get(f"{DESK}{draft.slug}/"))


def test_the_name_of_an_officer_stays_inside(client: Client, officer: User) -> None:
    project = started_project(officer, officer=officer)
    ProjectUpdateFactory.create(project=project, actor=officer)
    assert officer.name not in text_of(client.get(f"{PUBLIC}{project.slug}/"))
    client.force_login(officer)
    assert officer.name in text_of(client.get(f"{DESK}{project.slug}/"))


def test_the_public_reads_no_draft_of_what_a_project_serves(client: Client, goal: Goal) -> None:
    project = started_project()
    hidden = GoalFactory.create(label="Een geheim doel")
    project.goals.add(goal, hidden)
    project.contracts.add(
        ContractFactory.create(title="Geheim concept"),
        ContractFactory.create(running=True, title="Hulp in de buurt", slug="buurt"),
    )
    told = text_of(client.get(f"{PUBLIC}{project.slug}/"))
    assert "Hulp in de buurt" in told
    assert goal.label in told
    assert "Geheim concept" not in told
    assert "Een geheim doel" not in told


def test_the_public_chooses_by_nothing_that_only_a_draft_tells(client: Client, goal: Goal) -> None:
    project = started_project()
    hidden, shown = PartnerFactory.create(name="Stichting Geheim"), PartnerFactory.create()
    project.partners.add(shown)
    project.contracts.add(ContractFactory.create(partner=hidden))
    draft = ProjectFactory.create(organisation=PartnerFactory.create(name="Ook geheim"))
    draft.goals.add(goal)
    page = client.get(PUBLIC)
    assert shown.name in text_of(page)
    assert "eheim" not in text_of(page)
    assert goal.label not in text_of(page)
    asked = text_of(client.get(PUBLIC, {"partner": hidden.pk}))
    assert "eheim" not in asked


def test_what_is_invented_says_so_wherever_it_stands(client: Client, goal: Goal) -> None:
    project = started_project(is_example=True)
    project.goals.add(goal)
    agenda = goal.theme.version.agenda.slug
    pages = (PUBLIC, f"{PUBLIC}{project.slug}/", f"{PUBLIC}bij-doel/{agenda}/{goal.slug}/")
    for page in pages:
        assert '<span class="example">' in client.get(page).content.decode()


def test_a_source_that_says_nothing_is_told_once(client: Client) -> None:
    project = ProjectFactory.create(from_source=True, title="Chill-out")
    told = text_of(client.get(f"{PUBLIC}{project.slug}/"))
    assert "De bron beantwoordt geen van de vijf vragen." in told
    assert "Wat gaan we doen?" not in told
    assert "Bestedingen" not in told


# -- finding them ----------------------------------------------------------------------------------
def test_the_list_is_searched_and_chosen_from(client: Client, goal: Goal) -> None:
    one = started_project(title="Aa fietsen", kind="project")
    one.goals.add(goal)
    partner = PartnerFactory.create()
    one.contracts.add(ContractFactory.create(running=True, partner=partner))
    decided_project(title="Bee eten", plan={"what": "Soep koken."})
    other = PartnerFactory.create(kind=OrganisationKind.MUNICIPALITY, name="Gemeente Verweg")
    ProjectFactory.create(from_source=True, title="Aan zee", elsewhere=other)
    assert titles(client) == ["Aa fietsen", "Bee eten", "Aan zee"]
    assert titles(client, zoek="SOEP") == ["Bee eten"]
    assert titles(client, soort="project") == ["Aa fietsen"]
    assert titles(client, stand="closed") == ["Bee eten"]
    assert titles(client, stand="bron") == ["Aan zee"]
    assert titles(client, partner=partner.pk) == ["Aa fietsen"]
    assert titles(client, doel=goal.pk) == ["Aa fietsen"]
    assert titles(client, jaar=2026) == ["Aa fietsen", "Bee eten"]
    assert titles(client, jaar=2025) == []
    assert titles(client, jaar="9" * 20) == ["Aa fietsen", "Bee eten", "Aan zee"]
    assert titles(client, van="elders") == ["Aan zee"]
    assert titles(client, van="eigen") == ["Aa fietsen", "Bee eten"]
    assert "Geen project past bij deze keuze" in text_of(client.get(PUBLIC, {"zoek": "zz"}))


def test_what_is_undecided_or_over_time_is_found_by_its_last_plan(desk: Client) -> None:
    today = timezone.localdate()
    past = {"starts_on": today - 90 * DAY, "incidental_until": today - 2 * DAY}
    late = past | {"ends_on": today - DAY, "decide_by": today - DAY}
    last_day = past | {"ends_on": today, "decide_by": today}
    started_project(title="Te laat", plan=late)
    started_project(title="Vandaag nog", plan=last_day)
    decided_project(title="Besloten", plan=late, says={"decision": "continue"})
    decided_project(title="Klaar", plan=late)
    longer = started_project(title="Verlengd", plan=late)
    plan = longer.plans.get()
    plan.pk, plan.number, plan.reason = None, 2, "Het duurt langer."
    plan.ends_on = plan.decide_by = today + DAY
    plan.save()
    assert titles(desk, DESK, besluit="on") == ["Te laat"]
    assert titles(desk, DESK, tijd="on") == ["Besloten", "Te laat"]
    told = text_of(desk.get(DESK, {"tijd": "on"}))
    assert "Het besluit moest er zijn op" in told


def test_an_empty_list_says_so_to_each(
    client: Client, officer: User, functional_manager: User
) -> None:
    assert "Er zijn nog geen projecten" in text_of(client.get(PUBLIC))
    client.force_login(functional_manager)
    assert "Nieuw project" not in text_of(client.get(DESK))
    client.force_login(officer)
    assert "Begin met een concept" in text_of(client.get(DESK))


def test_a_goal_tells_its_projects_in_a_fragment_and_on_a_page(client: Client, goal: Goal) -> None:
    agenda = goal.theme.version.agenda.slug
    page = f"{PUBLIC}bij-doel/{agenda}/{goal.slug}/"
    assert page in client.get(f"/agenda/{agenda}/doel/{goal.slug}/").content.decode()
    assert "geen projecten" in text_of(client.get(page))
    for project in (started_project(title="Fietsen"), ready_project(title="Geheim")):
        project.goals.add(goal)
    told = text_of(client.get(page))
    assert "Fietsen" in told
    assert "Geheim" not in told
    part = client.get(page, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part["Vary"]


def test_a_contract_tells_its_projects(desk: Client) -> None:
    contract = ContractFactory.create(running=True, slug="buurt")
    for project in (started_project(title="Fietsen"), ready_project(title="Nog geheim")):
        project.contracts.add(contract)
    public = text_of(Client().get("/overeenkomsten/buurt/"))
    assert "Fietsen" in public
    assert "Nog geheim" not in public
    file = text_of(desk.get("/beheer/overeenkomsten/buurt/"))
    assert "Fietsen" in file
    assert "Nog geheim" in file


def test_search_finds_what_is_done_and_what_was_learnt() -> None:
    decided_project(title="Fietsen", plan={"what": "Met de duofiets."})
    ready_project(title="Geheime duofiets")
    for asked in ("duofiets", "fietsen", "eerder"):
        found = {group.code: group.items for group in search(Query.of(asked))}
        assert [item.title for item in found["projecten"]] == ["Fietsen"], asked


# -- what it costs ---------------------------------------------------------------------------------
def richer(project: Project, goal: Goal) -> None:
    """One more of everything that hangs on a running project."""
    ProjectStepFactory.create(project=project)
    ProjectUpdateFactory.create(project=project)
    ProjectSpendingFactory.create(project=project)
    project.goals.add(GoalFactory.create(theme=goal.theme))
    project.contracts.add(ContractFactory.create(running=True))
    project.partners.add(PartnerFactory.create())
    project.municipalities.add(PartnerFactory.create())
    plan = project.plans.order_by("-number")[0]
    plan.pk, plan.number, plan.reason, plan.is_agreed = None, plan.number + 1, "Anders.", False
    plan.save()
    plan.indicators.add(IndicatorFactory.create())
    ProjectEvaluation.objects.create(
        project=project, number=plan.number, source=SourceFactory.create()
    )


@pytest.mark.parametrize(
    "page",
    [PUBLIC, DESK, f"{DESK}nieuw/", "one", "file", "decide", "change", "goal", "contract"],
)
def test_a_page_costs_the_same_at_one_and_at_many(desk: Client, goal: Goal, page: str) -> None:
    first = started_project()
    first.goals.add(goal)
    contract = ContractFactory.create(running=True, slug="buurt")
    first.contracts.add(contract)
    address = {
        "one": f"{PUBLIC}{first.slug}/",
        "file": f"{DESK}{first.slug}/",
        "decide": f"{DESK}{first.slug}/besluit/",
        "change": f"{DESK}{first.slug}/plan/wijzigen/",
        "goal": f"{PUBLIC}bij-doel/{goal.theme.version.agenda.slug}/{goal.slug}/",
        "contract": "/overeenkomsten/buurt/",
    }.get(page, page)
    richer(first, goal)
    # The first look at a draft writes a line in the audit trail.
    desk.get(address)

    def more() -> int:
        other = started_project()
        other.goals.add(goal)
        other.contracts.add(contract)
        richer(other, goal)
        richer(first, goal)
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(address).status_code == 200
        return len(asked)

    counts = [more(), more(), more()]
    assert counts[0] == counts[1] == counts[2]
