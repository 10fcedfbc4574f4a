"""What stands around goals: result and role of a theme, target groups, areas, other policy."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Change, User
from agenda.models import AgendaVersion, Area, Goal, PolicyLink, TargetGroup, Theme
from core.edits import MEANWHILE
from tests.factories_agenda import (
    AgendaVersionFactory,
    AreaFactory,
    GoalFactory,
    PolicyLinkFactory,
    TargetGroupFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def version() -> AgendaVersion:
    return AgendaVersionFactory.create(agenda__slug="sma", agenda__short_name="SMA")


@pytest.fixture
def goal(version: AgendaVersion) -> Goal:
    made: Goal = GoalFactory.create(theme=ThemeFactory.create(version=version), label="Meedoen")
    return made


def at(*parts: Any) -> str:
    return "/beheer/agenda/sma/1/" + "".join(f"{part}/" for part in parts)


def html(answer: Any) -> str:
    return str(answer.content.decode())


def typed(goal: Goal, **changes: Any) -> dict[str, Any]:
    held = {"theme": goal.theme_id, "number": goal.number, "label": goal.label, "text": goal.text}
    return {**held, "revision": 1, **changes}


def fields(change: Change) -> dict[str, tuple[str, str]]:
    return {field["label"]: (field["before"], field["after"]) for field in change.fields}


def make_public(version: AgendaVersion) -> None:
    AgendaVersion.objects.filter(pk=version.pk).update(status="consultation")


# -- themes ----------------------------------------------------------------------------------------
def test_a18_and_a21_a_theme_says_its_result_and_the_role_of_the_municipality(
    desk: Client, client: Client, version: AgendaVersion
) -> None:
    result = "Iedereen hoort erbij."
    desk.post(
        at("thema", "nieuw"),
        {"name": "Meedoen", "number": "A", "result": result}
        | {"role": "director", "role_note": "Bij kwetsbare inwoners."},
    )
    goal = GoalFactory.create(theme=Theme.objects.get())
    change = fields(Change.objects.get())
    assert change["Rol van de gemeente"] == ("", "regisseur")
    assert change["Gewenst maatschappelijk resultaat"] == ("", result)
    assert result in html(desk.get(at()))
    make_public(version)
    client.logout()
    for address in ("/agenda/sma/", f"/agenda/sma/doel/{goal.slug}/"):
        page = html(client.get(address))
        assert result in page
        assert "De gemeente is hier regisseur." in page
        assert "Bij kwetsbare inwoners." in page


def test_a_role_that_does_not_exist_is_refused(desk: Client, version: AgendaVersion) -> None:
    answer = desk.post(at("thema", "nieuw"), {"name": "Meedoen", "role": "toeschouwer"})
    assert "role" in answer.context["form"].errors
    assert not Theme.objects.exists()


# -- target groups and areas -----------------------------------------------------------------------
def test_a22_and_a23_a_goal_gets_groups_and_areas_new_and_known(
    desk: Client, client: Client, goal: Goal
) -> None:
    known = TargetGroupFactory.create(name="ouderen", slug="ouderen")
    village = AreaFactory.create(name="Leerdam", slug="leerdam")
    GoalFactory.create().target_groups.add(known)
    desk.post(
        at("doel", goal.pk),
        typed(
            goal,
            target_groups=[known.pk],
            new_groups="jongeren,  mensen met een  beperking, Jongeren",
            areas=[village.pk],
            new_villages="Vianen",
            new_districts="Leerdam-West",
        ),
    )
    groups = {"ouderen", "jongeren", "mensen met een beperking"}
    assert {str(row).lower() for row in goal.target_groups.all()} == groups
    assert {(row.name, row.kind) for row in goal.areas.all()} == {
        ("Leerdam", "core"),
        ("Vianen", "core"),
        ("Leerdam-West", "district"),
    }
    change = fields(Change.objects.get())
    assert change["Kernen en wijken"] == ("", "Leerdam\nLeerdam-West\nVianen")
    outline = html(desk.get(at()))
    assert "Leerdam, Leerdam-West, Vianen" in outline
    make_public(goal.theme.version)
    client.logout()
    for address in ("/agenda/sma/", f"/agenda/sma/doel/{goal.slug}/"):
        page = html(client.get(address))
        assert "/agenda/doelen/?doelgroep=mensen-met-een-beperking" in page
        assert "/agenda/doelen/?gebied=leerdam-west" in page


def test_a_name_that_is_there_is_not_made_again(desk: Client, goal: Goal) -> None:
    TargetGroupFactory.create(name="Statushouders")
    AreaFactory.create(name="Vianen")
    desk.post(at("doel", goal.pk), typed(goal, new_groups="statushouders", new_villages="VIANEN"))
    assert goal.target_groups.get().name == "Statushouders"
    assert (TargetGroup.objects.count(), Area.objects.count()) == (1, 1)


def test_a_group_and_an_area_are_taken_off_again(desk: Client, goal: Goal) -> None:
    goal.target_groups.add(TargetGroupFactory.create(name="ouderen"))
    goal.areas.add(AreaFactory.create())
    desk.post(at("doel", goal.pk), typed(goal))
    assert not goal.target_groups.exists()
    assert not goal.areas.exists()
    assert fields(Change.objects.get())["Doelgroepen"] == ("ouderen", "")
    # What nothing uses any more is not offered either: a slip of the pen does not stay.
    assert "ouderen" not in html(desk.get(at("doel", goal.pk)))


def test_a_double_click_on_new_names_is_no_conflict(desk: Client, goal: Goal) -> None:
    sent = typed(goal, new_groups="jongeren", new_villages="Vianen")
    for _ in range(2):
        answer = desk.post(at("doel", goal.pk), sent)
    assert answer.status_code == 302
    assert Change.objects.count() == 1
    assert (TargetGroup.objects.count(), Area.objects.count()) == (1, 1)


def test_the_second_editor_sees_the_groups_of_the_first(desk: Client, goal: Goal) -> None:
    elder, young = (TargetGroupFactory.create(name=name) for name in ("ouderen", "jongeren"))
    GoalFactory.create().target_groups.add(elder, young)
    desk.post(at("doel", goal.pk), typed(goal, target_groups=[elder.pk]))
    page = html(desk.post(at("doel", goal.pk), typed(goal, target_groups=[young.pk])))
    assert MEANWHILE in page
    assert "Nu staat er: ‘ouderen’." in page
    assert goal.target_groups.get() == elder


def test_a_name_that_is_too_long_stays_on_the_screen(desk: Client, goal: Goal) -> None:
    page = html(desk.post(at("doel", goal.pk), typed(goal, new_groups="x" * 101)))
    assert "Een naam heeft hoogstens 100 tekens." in page
    assert "x" * 101 in page
    assert not TargetGroup.objects.exists()


@pytest.mark.parametrize("wrong", ["999999", "9" * 30, "abc"])
def test_a_group_that_does_not_exist_is_refused(desk: Client, goal: Goal, wrong: str) -> None:
    GoalFactory.create().target_groups.add(TargetGroupFactory.create())
    answer = desk.post(at("doel", goal.pk), typed(goal, target_groups=[wrong]))
    assert "target_groups" in answer.context["form"].errors


def test_a22_and_a23_the_list_of_goals_is_chosen_by_group_and_area(
    client: Client, version: AgendaVersion
) -> None:
    make_public(version)
    theme = ThemeFactory.create(version=version)
    for_young, in_town, other = (
        GoalFactory.create(theme=theme, label=label) for label in ("Jong", "Vianen", "Anders")
    )
    for_young.target_groups.add(TargetGroupFactory.create(name="jongeren", slug="jongeren"))
    in_town.areas.add(AreaFactory.create(name="Vianen", slug="vianen"))
    secret = GoalFactory.create(label="Geheim")
    secret.target_groups.add(TargetGroupFactory.create(name="Geheime groep", slug="geheim"))

    def found(query: str) -> list[Goal]:
        return list(client.get(f"/agenda/doelen/?{query}").context["page"])

    assert found("doelgroep=jongeren") == [for_young]
    assert found("gebied=vianen") == [in_town]
    assert found("doelgroep=jongeren&gebied=vianen") == []
    assert len(found("")) == 3
    assert other in found("")
    page = html(client.get("/agenda/doelen/"))
    assert "Geheime groep" not in page
    assert "Geen doel past bij deze keuze" in html(
        client.get("/agenda/doelen/?doelgroep=jongeren&gebied=vianen")
    )


def test_pages_take_as_many_queries_with_many_groups_and_areas(
    client: Client, version: AgendaVersion, django_assert_max_num_queries: Any
) -> None:
    make_public(version)
    theme = ThemeFactory.create(version=version)
    first = GoalFactory.create(theme=theme)

    def fill(times: int) -> None:
        for _ in range(times):
            goal = GoalFactory.create(theme=theme)
            for one in (goal, first):
                one.target_groups.add(TargetGroupFactory.create())
                one.areas.add(AreaFactory.create())
            PolicyLinkFactory.create(version=version)

    addresses = ("/agenda/sma/", f"/agenda/sma/doel/{first.slug}/", "/agenda/doelen/")
    fill(1)
    counts = []
    for address in addresses:
        with django_assert_max_num_queries(25) as few:
            client.get(address)
        counts.append(len(few))
    fill(6)
    for address, count in zip(addresses, counts, strict=True):
        with django_assert_max_num_queries(count) as many:
            client.get(address)
        assert len(many) == count


# -- a goal of which the source gives the number alone ---------------------------------------------
def test_a_goal_may_have_its_number_alone_when_the_officer_says_so(
    desk: Client, client: Client, version: AgendaVersion
) -> None:
    theme = ThemeFactory.create(version=version, name="Meedoen")
    sent = {"theme": theme.pk, "number": "1"}
    refused = desk.post(at("doel", "nieuw"), sent)
    assert {"label", "text"} <= refused.context["form"].errors.keys()
    desk.post(at("doel", "nieuw"), {**sent, "only_number": "on"})
    goal = Goal.objects.get()
    assert (goal.label, goal.text, goal.slug) == (
        "niet genoemd in de bron",
        "",
        "meedoen-doel-1",
    )
    form = desk.get(at("doel", goal.pk)).context["form"]
    assert form["only_number"].value() is True
    outline = html(desk.get(at()))
    assert "De bron geeft alleen het nummer." in outline
    assert "Doel ‘Meedoen, nummer 1’ heeft geen meting." in outline
    make_public(version)
    client.logout()
    for address in ("/agenda/sma/", "/agenda/sma/doel/meedoen-doel-1/"):
        assert "De bron geeft alleen het nummer van dit doel." in html(client.get(address))
    assert "De bron geeft alleen het nummer." in html(client.get("/agenda/doelen/"))


def test_a_goal_with_its_number_alone_gets_its_words_later(
    desk: Client, version: AgendaVersion
) -> None:
    theme = ThemeFactory.create(version=version)
    goal = GoalFactory.create(theme=theme, number="1", label="niet genoemd in de bron", text="")
    desk.post(at("doel", goal.pk), typed(goal, label="Meedoen", text="Iedereen doet mee."))
    goal.refresh_from_db()
    assert (goal.label, goal.text) == ("Meedoen", "Iedereen doet mee.")


# -- other policy ----------------------------------------------------------------------------------
def policy(**changes: str) -> dict[str, str]:
    return {"name": "Gezond en Actief Leven Akkoord", "kind": "national_duty", **changes}


def test_a20_an_agenda_says_which_other_policy_it_has_to_do_with(
    desk: Client, client: Client, version: AgendaVersion
) -> None:
    desk.post(
        at("beleid", "nieuw"),
        policy(state="in_force", url="https://voorbeeld.nl/gala", asks="Een lokaal plan."),
    )
    assert fields(Change.objects.get())["Soort"] == ("", "landelijk, verplicht")
    assert "Een lokaal plan." in html(desk.get(at()))
    make_public(version)
    client.logout()
    page = html(client.get("/agenda/sma/"))
    for words in (
        '<a href="https://voorbeeld.nl/gala" rel="noopener">Gezond en Actief Leven Akkoord</a>',
        "landelijk, verplicht",
        "van kracht",
        "Een lokaal plan.",
    ):
        assert words in page


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://voorbeeld.nl/nota", "data:text/html,x", "geen adres"]
)
def test_an_address_that_is_no_page_is_refused_and_stays(
    desk: Client, version: AgendaVersion, url: str
) -> None:
    page = html(desk.post(at("beleid", "nieuw"), policy(url=url)))
    assert "Dit is geen adres van een webpagina." in page
    assert url in page
    assert not PolicyLink.objects.exists()


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("www.voorbeeld.nl", "https://www.voorbeeld.nl"),
        ("HTTP://voorbeeld.nl", "http://voorbeeld.nl"),
    ],
)
def test_an_address_is_kept_with_its_scheme(
    desk: Client, version: AgendaVersion, url: str, kept: str
) -> None:
    desk.post(at("beleid", "nieuw"), policy(url=url))
    assert PolicyLink.objects.get().url == kept


def test_the_same_policy_stands_once_also_after_a_double_click(
    desk: Client, version: AgendaVersion
) -> None:
    for _ in range(2):
        answer = desk.post(at("beleid", "nieuw"), policy())
    assert "Dit beleid staat al in deze agenda." in html(answer)
    assert PolicyLink.objects.count() == 1


def test_a_draft_with_other_policy_alone_can_be_thrown_away(
    desk: Client, version: AgendaVersion
) -> None:
    PolicyLinkFactory.create(version=version)
    desk.post(at("verwijderen"))
    assert not AgendaVersion.objects.exists()
