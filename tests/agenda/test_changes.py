"""Who changed what in an agenda, when, from which text to which."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.utils import IntegrityError
from django.forms import ModelForm
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions import close_account, remove_name
from accounts.models import Change, User
from agenda.changes import KINDS, LABELS
from agenda.edit_forms import AgendaForm
from agenda.models import AgendaVersion, Goal
from agenda.parts import PARTS
from agenda.passport_forms import IndicatorForm
from agenda.tree_forms import ContributionsForm
from agenda.value_forms import ObservationForm
from core.values import ValueType
from tests.factories import UserFactory
from tests.factories_agenda import (
    AgendaVersionFactory,
    GoalFactory,
    IndicatorFactory,
    MeasureFactory,
    ObservationFactory,
    TargetFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
HOME = "/beheer/agenda/mag-3/1/"


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def version() -> AgendaVersion:
    return AgendaVersionFactory.create(agenda__slug="mag-3", agenda__short_name="MAG 3")


@pytest.fixture
def goal(version: AgendaVersion) -> Goal:
    theme = ThemeFactory.create(version=version, name="Gezond leven")
    return GoalFactory.create(
        theme=theme, number="i", label="Bewegen", text="Meer inwoners bewegen elke week."
    )


def at(*parts: Any) -> str:
    return HOME + "".join(f"{part}/" for part in parts)


def typed(goal: Goal, **changes: Any) -> dict[str, Any]:
    held = {"theme": goal.theme_id, "number": goal.number, "label": goal.label, "text": goal.text}
    return {**held, "revision": 1, **changes}


def fields(change: Change) -> dict[str, tuple[str, str]]:
    return {field["label"]: (field["before"], field["after"]) for field in change.fields}


# -- what is kept ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "form",
    [
        AgendaForm,
        ContributionsForm,
        IndicatorForm,
        ObservationForm,
        *(part.form for part in PARTS.values()),
    ],
    ids=lambda form: form.__name__,
)
def test_every_field_of_a_form_is_in_the_history(form: type[ModelForm[Any]]) -> None:
    model = form._meta.model
    assert set(form._meta.fields or ()) - set(LABELS[model]) == set()
    assert model in KINDS
    if any(field.name == "value_type" for field in model._meta.concrete_fields):
        assert "value" in LABELS[model] or model.__name__ == "Indicator"


def test_a_change_keeps_both_texts_and_who_made_it(desk: Client, officer: User, goal: Goal) -> None:
    new = "Meer inwoners bewegen elke dag."
    desk.post(at("doel", goal.pk), typed(goal, text=new, level="outcome"))
    change = Change.objects.get()
    assert (change.actor, change.action, change.name) == (officer, "changed", "Bewegen")
    assert (change.whole, change.part) == (
        f"agendaversion-{goal.theme.version_id}",
        f"goal-{goal.pk}",
    )
    assert fields(change) == {
        "Wat moet er bereikt zijn?": ("Meer inwoners bewegen elke week.", new),
        "Niveau in de doelenboom": ("", Goal(level="outcome").get_level_display()),
    }


def test_a_save_that_changes_nothing_leaves_no_line(desk: Client, goal: Goal) -> None:
    desk.post(at("doel", goal.pk), typed(goal))
    assert not Change.objects.exists()


def test_a_double_click_leaves_one_line(desk: Client, goal: Goal) -> None:
    for _ in range(2):
        desk.post(at("doel", goal.pk), typed(goal, label="Meer bewegen"))
    assert Change.objects.count() == 1
    for _ in range(2):
        desk.post(at("thema", "nieuw"), {"name": "Wonen"})
    assert [c.name for c in Change.objects.all()] == ["Wonen", "Meer bewegen"]


def test_what_the_second_writer_typed_is_no_change(desk: Client, goal: Goal) -> None:
    desk.post(at("doel", goal.pk), typed(goal, label="Van Olga"))
    desk.post(at("doel", goal.pk), typed(goal, label="Van Femke"))
    assert [fields(c) for c in Change.objects.all()] == [{"Korte naam": ("Bewegen", "Van Olga")}]


def test_names_of_related_rows_and_dutch_words_are_kept(desk: Client, goal: Goal) -> None:
    other = ThemeFactory.create(version=goal.theme.version, name="Wonen")
    desk.post(at("doel", goal.pk), typed(goal, theme=other.pk))
    desk.post(
        at("participatie", "nieuw"),
        {"who": "inwoners", "form": "gesprek", "unit": "mensen", "held_on": "2026-03-02"}
        | {"value_number": "1500"},
    )
    added, moved = Change.objects.all()
    assert fields(moved) == {"Thema": ("Gezond leven", "Wonen")}
    assert fields(added)["Wanneer"] == ("", "2 maart 2026")
    assert fields(added)["Waarde"] == ("", "1.500")
    assert "Jaar" not in fields(added)


def test_a_part_that_goes_leaves_what_it_said(desk: Client, goal: Goal) -> None:
    desk.post(at("doel", goal.pk, "verwijderen"))
    change = Change.objects.get()
    assert (change.action, change.name) == ("removed", "Bewegen")
    assert fields(change)["Wat moet er bereikt zijn?"] == (goal.text, "")


def test_a_part_that_may_not_go_leaves_no_line(desk: Client, goal: Goal) -> None:
    desk.post(at("thema", goal.theme.pk, "verwijderen"))
    assert not Change.objects.exists()


def test_a_part_that_moves_says_past_which_other(desk: Client, version: AgendaVersion) -> None:
    _, second = (ThemeFactory.create(version=version, name=name) for name in ("Een", "Twee"))
    for _ in range(2):
        desk.post(at("thema", second.pk, "verplaatsen"), {"omhoog": "1"})
    assert fields(Change.objects.get()) == {"Plaats": ("na ‘Een’", "vooraan, voor ‘Een’")}


def test_a_new_agenda_and_its_particulars_are_in_its_history(
    desk: Client, version: AgendaVersion
) -> None:
    owner = version.agenda.owner
    made = {"name": "Agenda", "short_name": "MAG 4", "owner": owner.pk, "year": 2026}
    desk.post("/beheer/agenda/nieuw/", made)
    desk.post("/beheer/agenda/mag-4/1/gegevens/", {**made, "year": 2027, "revision": 1})
    changed, added = Change.objects.all()
    assert added.whole == changed.whole == f"agendaversion-{AgendaVersion.objects.last().pk}"  # type: ignore[union-attr]
    assert fields(added)["Van welke gemeente"] == ("", owner.name)
    assert fields(changed) == {"Jaar van vaststelling": ("2026", "2027")}


def test_a_passport_and_its_values_have_a_history(desk: Client) -> None:
    row = ObservationFactory.create(value_type="count", number=5, period="2024")
    url = f"/beheer/indicatoren/{row.indicator.slug}/meetwaarden/{row.pk}/"
    new = {"period": "2024", "certainty": row.certainty, "revision": 1, "value_number": "6"}
    for _ in range(2):
        desk.post(url, new)
    change = Change.objects.get()
    assert change.whole == f"indicator-{row.indicator_id}"
    assert fields(change)["Waarde"] == ("5", "6")
    assert (
        "2024"
        in desk.get(f"/beheer/indicatoren/{row.indicator.slug}/geschiedenis/").content.decode()
    )


def test_the_database_keeps_the_history_as_it_is(desk: Client, goal: Goal) -> None:
    desk.post(at("doel", goal.pk), typed(goal, label="Meer bewegen"))
    with pytest.raises(IntegrityError):
        Change.objects.update(fields=[])


# -- the page --------------------------------------------------------------------------------------
def test_the_page_marks_the_words_that_went_and_came(desk: Client, goal: Goal) -> None:
    new = "Meer inwoners bewegen elke dag."
    desk.post(at("doel", goal.pk), typed(goal, text=new))
    html = desk.get(at("geschiedenis")).content.decode()
    assert "Meer inwoners bewegen elke <del>" in html
    assert '<span class="visually-hidden">vervallen: </span>week.</del>' in html
    assert '<span class="visually-hidden">erbij: </span>dag.</ins>' in html
    assert "Olga Beleid" in html


def test_what_people_typed_is_text_and_no_markup(desk: Client, goal: Goal) -> None:
    desk.post(at("doel", goal.pk), typed(goal, text="<script>alert(1)</script> bewegen"))
    html = desk.get(at("geschiedenis")).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_an_empty_history_says_so(desk: Client, version: AgendaVersion) -> None:
    html = desk.get(at("geschiedenis")).content.decode()
    assert "Hier is nog niets gewijzigd" in html


def test_a_part_leads_to_its_own_history_also_before_it_has_one(desk: Client, goal: Goal) -> None:
    link = f"{at('geschiedenis')}?deel=goal-{goal.pk}"
    assert link in desk.get(at("doel", goal.pk)).content.decode()
    assert "Bij deze keuze is niets gewijzigd" in desk.get(link).content.decode()


def test_the_history_of_a_goal_has_its_measures_and_targets(desk: Client, goal: Goal) -> None:
    indicator = IndicatorFactory.create(value_type=ValueType.COUNT)
    measure = MeasureFactory.create(goal=goal, theme=None, indicator=indicator, text="Leden")
    desk.post(
        at("streefwaarde", "nieuw") + f"?meting={measure.pk}",
        {"kind": "target", "period": "2026", "value_number": "12"},
    )
    desk.post(at("thema", "nieuw"), {"name": "Wonen"})
    html = desk.get(at("geschiedenis") + f"?deel=goal-{goal.pk}").content.decode()
    assert "Eén wijziging bij uw keuze" in html
    assert "Streefwaarde ‘2026, Leden’ toegevoegd" in html


def test_a_reader_chooses_by_person(client: Client, desk: Client, goal: Goal) -> None:
    desk.post(at("doel", goal.pk), typed(goal, label="Van Olga"))
    other = UserFactory.create(name="Femke Ander", holds=["policy_officer"])
    client.force_login(other)
    client.post(at("doel", goal.pk), typed(goal, label="Van Femke", revision=2))
    html = client.get(at("geschiedenis") + f"?wie={other.pk}").content.decode()
    assert "Eén wijziging bij uw keuze" in html
    assert "Van Femke" in html
    unknown = client.get(at("geschiedenis") + f"?wie={UserFactory.create().pk}")
    assert unknown.status_code == 200
    assert "Bij deze keuze is niets gewijzigd" in unknown.content.decode()


def test_the_history_of_another_agenda_stays_out(desk: Client, goal: Goal) -> None:
    AgendaVersionFactory.create(agenda__slug="mag-4")
    desk.post(at("doel", goal.pk), typed(goal, label="Hier"))
    html = desk.get("/beheer/agenda/mag-4/1/geschiedenis/").content.decode()
    assert "Hier is nog niets gewijzigd" in html


def test_the_name_of_a_leaver_can_go_and_the_history_stays(
    client: Client, desk: Client, officer: User, functional_manager: User, goal: Goal
) -> None:
    desk.post(at("doel", goal.pk), typed(goal, label="Meer bewegen"))
    close_account(person=officer, user=functional_manager)
    remove_name(person=officer, user=functional_manager)
    client.force_login(functional_manager)
    html = client.get(at("geschiedenis")).content.decode()
    assert "Olga" not in html
    assert f"Oud-medewerker {officer.pk}" in html
    assert "Meer bewegen" in html


def test_an_auditor_reads_along(client: Client, auditor: User, version: AgendaVersion) -> None:
    client.force_login(auditor)
    html = client.get(at("geschiedenis")).content.decode()
    assert "Geschiedenis van MAG 3" in html
    assert f'href="{HOME}"' not in html  # a page that an auditor may not open


def test_the_number_of_queries_does_not_grow(desk: Client, goal: Goal) -> None:
    url = at("geschiedenis")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as held:
            assert desk.get(url).status_code == 200
        return len(held)

    desk.post(at("doel", goal.pk), typed(goal, label="Naam 1"))
    one = queries()
    for number in range(2, 30):
        target = TargetFactory.create(measure__goal=goal, measure__theme=None)
        desk.post(at("streefwaarde", target.pk, "verwijderen"))
        desk.post(at("doel", goal.pk), typed(goal, label=f"Naam {number}", revision=number - 1))
    assert Change.objects.count() > 40
    assert queries() == one


# -- everything together ---------------------------------------------------------------------------
def test_an_auditor_finds_every_change_and_its_whole(
    client: Client, auditor: User, desk: Client, goal: Goal
) -> None:
    desk.post(at("doel", goal.pk), typed(goal, label="Meer bewegen"))
    client.force_login(auditor)
    assert "/beheer/wijzigingen/" in client.get("/beheer/logboek/").content.decode()
    html = client.get("/beheer/wijzigingen/").content.decode()
    assert f'<a href="{at("geschiedenis")}">MAG 3, versie 1</a>' in html
    assert "Doel ‘Meer bewegen’ gewijzigd" in html
    assert client.get(at("geschiedenis")).status_code == 200


def test_all_changes_are_found_by_name_person_and_day(desk: Client, goal: Goal) -> None:
    desk.post(at("doel", goal.pk), typed(goal, label="Meer bewegen"))
    desk.post(at("thema", "nieuw"), {"name": "Wonen"})
    page = "/beheer/wijzigingen/"

    def total(query: str) -> int:
        found: int = desk.get(f"{page}?{query}").context["total"]
        return found

    assert (total(""), total("zoek=mag 3"), total("zoek=wonen"), total("zoek=x")) == (2, 2, 1, 0)
    assert (total("vanaf=2100-01-01"), total("vanaf=geen-dag")) == (0, 0)


def test_all_changes_take_as_many_queries_for_many(desk: Client, goal: Goal) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as held:
            assert desk.get("/beheer/wijzigingen/").status_code == 200
        return len(held)

    desk.post(at("thema", "nieuw"), {"name": "Thema 0"})
    one = queries()
    for number in range(1, 30):
        desk.post(at("thema", "nieuw"), {"name": f"Thema {number}"})
    assert queries() == one
