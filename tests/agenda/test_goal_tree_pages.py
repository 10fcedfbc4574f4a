"""What leads to what: chosen by the officer, read by everybody, and nothing hangs loose unseen."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import Change, User
from agenda import actions
from agenda.constants import AgendaStatus
from agenda.models import AgendaVersion, Contribution, Goal, Theme
from agenda.tree_forms import ContributionsForm
from core.edits import MEANWHILE
from core.values import ValueType
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
TREE = "/agenda/mag-3/doelenboom/"


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def theme() -> Theme:
    version = AgendaVersionFactory.create(agenda__slug="mag-3", agenda__short_name="MAG 3")
    return ThemeFactory.create(version=version, name="Gezond leven")


def at(*parts: Any) -> str:
    return HOME + "".join(f"{part}/" for part in parts)


def goal(theme: Theme, label: str, level: str = "", *contributors: Goal, **fields: Any) -> Goal:
    made: Goal = GoalFactory.create(theme=theme, label=label, level=level, **fields)
    for one in contributors:
        Contribution.objects.create(contributor=one, effect=made)
    return made


def choose(desk: Client, one: Goal, *effects: Goal, revision: int = 1) -> str:
    """Tick ``effects`` on the page of ``one``; the page that says why not, or nothing."""
    typed = {"contributes_to": [effect.pk for effect in effects], "revision": revision}
    answer = desk.post(at("doel", one.pk, "bijdragen"), typed)
    return "" if answer.status_code == 302 else answer.content.decode()


def publish(theme: Theme) -> None:
    AgendaVersion.objects.filter(pk=theme.version_id).update(status=AgendaStatus.CONSULTATION)


# -- choosing --------------------------------------------------------------------------------------
def test_what_a_goal_contributes_to_is_ticked_per_level_and_kept(
    desk: Client, theme: Theme
) -> None:
    own = goal(theme, "Sportles", "output")
    lower = goal(theme, "Trainers", "input")
    effect = goal(theme, "Fit", "outcome")
    impact = goal(theme, "Gezonde stad", "impact")
    loose = goal(theme, "Los doel")
    html = desk.get(at("doel", own.pk, "bijdragen")).content.decode()
    for heading in ("Effect (outcome)", "Impact", "Niveau nog niet gekozen"):
        assert f'aria-hidden="true">{heading}</p>' in html
    for offered in (effect, impact, loose):
        assert f'name="contributes_to" value="{offered.pk}"' in html
    for absent in (own, lower):
        assert f'name="contributes_to" value="{absent.pk}"' not in html
    assert choose(desk, own, effect, loose) == ""
    assert set(own.contributes_to.all()) == {effect, loose}
    change = Change.objects.get()
    assert (change.part, change.fields) == (
        f"goal-{own.pk}",
        [{"label": "Draagt bij aan", "before": "", "after": "Fit\nLos doel"}],
    )
    assert choose(desk, own, impact, revision=2) == ""
    assert set(own.contributes_to.all()) == {impact}
    outline = desk.get(at()).content.decode()
    assert "<b>Draagt bij aan:</b>" in outline
    assert choose(desk, own, revision=3) == ""
    assert not Contribution.objects.exists()


def test_only_a_higher_level_is_taken_and_the_tick_stays(desk: Client, theme: Theme) -> None:
    own, same = goal(theme, "Fit", "outcome"), goal(theme, "Sterk", "outcome")
    lower = goal(theme, "Sportles", "output")
    html = choose(desk, own, same, lower)
    assert "‘Fit’ en ‘Sterk’ staan op hetzelfde niveau: effect (outcome)." in html
    assert "‘Sportles’ (prestatie (output)) staat lager dan ‘Fit’ (effect (outcome))." in html
    assert html.count(" checked") == 2
    assert not Contribution.objects.exists()


def test_a_circle_is_refused_and_named(desk: Client, theme: Theme) -> None:
    first = goal(theme, "Bewegen")
    second = goal(theme, "Fit", "", first)
    third = goal(theme, "Gezond", "", second)
    html = choose(desk, third, first)
    assert (
        "Zo ontstaat een kring: ‘Gezond’ draagt bij aan ‘Bewegen’, ‘Bewegen’ draagt bij aan ‘Fit’ "
        "en ‘Fit’ draagt bij aan ‘Gezond’."
    ) in html
    assert Contribution.objects.count() == 2
    row = Contribution(contributor=third, effect=first)
    with pytest.raises(ValidationError, match="Zo ontstaat een kring"):
        row.full_clean()


def test_the_model_asks_for_two_goals_of_one_version(theme: Theme) -> None:
    row = Contribution(contributor=goal(theme, "Hier"), effect=GoalFactory.create())
    with pytest.raises(ValidationError, match="dezelfde versie"):
        row.full_clean()


def test_a_goal_of_another_agenda_or_one_that_went_is_no_choice(desk: Client, theme: Theme) -> None:
    own, elsewhere = goal(theme, "Fit", "output"), GoalFactory.create(level="impact")
    assert "staat niet meer in deze agenda" in choose(desk, own, elsewhere)
    answer = desk.post(at("doel", own.pk, "bijdragen"), {"contributes_to": ["x"], "revision": 1})
    assert "staat niet meer in deze agenda" in answer.content.decode()
    assert desk.get(at("doel", elsewhere.pk, "bijdragen")).status_code == 404


def test_a_level_that_breaks_the_tree_is_refused(desk: Client, theme: Theme) -> None:
    lower = goal(theme, "Sportles", "output")
    own = goal(theme, "Fit", "outcome", lower)
    typed = {"theme": theme.pk, "number": own.number, "label": "Fit", "text": "x", "revision": 1}
    html = desk.post(at("doel", own.pk), {**typed, "level": "output"}).content.decode()
    assert "‘Sportles’ en ‘Fit’ staan op hetzelfde niveau" in html
    assert desk.post(at("doel", own.pk), {**typed, "level": "impact"}).status_code == 302
    own.refresh_from_db()
    assert own.level == "impact"


def test_what_another_wrote_meanwhile_is_seen_under_the_lock(theme: Theme, officer: User) -> None:
    first, second = goal(theme, "Bewegen"), goal(theme, "Fit")
    data = {"contributes_to": [second.pk], "revision": 1}
    form = ContributionsForm(data, instance=first, version=theme.version)
    assert form.is_valid()
    Contribution.objects.create(contributor=second, effect=first)
    with pytest.raises(actions.NotEditable, match="Zo ontstaat een kring"):
        actions.save_part(form, theme.version, user=officer)
    assert Contribution.objects.get().contributor == second


def test_a_double_click_is_one_change_and_the_second_editor_sees_both(
    desk: Client, theme: Theme
) -> None:
    own, effect = goal(theme, "Sportles", "output"), goal(theme, "Fit", "outcome")
    impact = goal(theme, "Gezonde stad", "impact")
    assert [choose(desk, own, effect) for _ in range(2)] == ["", ""]
    assert Change.objects.count() == 1
    html = choose(desk, own, impact)
    assert MEANWHILE in html
    assert "Nu staat er: ‘Fit’." in html
    assert set(own.contributes_to.all()) == {effect}


def test_what_is_adopted_keeps_its_contributions(desk: Client, theme: Theme) -> None:
    own, effect = goal(theme, "Sportles", "output"), goal(theme, "Fit", "outcome")
    adopted = {"status": AgendaStatus.ADOPTED, "adopted_on": "2026-01-01", "adopted_by": "raad"}
    AgendaVersion.objects.filter(pk=theme.version_id).update(**adopted)
    assert "vastgesteld en verandert niet meer" in choose(desk, own, effect)
    assert not Contribution.objects.exists()
    answer = desk.get(at("doel", own.pk, "bijdragen"), follow=True)
    assert answer.redirect_chain
    assert f'href="{at()}#goal-{own.pk}"' in desk.get(at("doelenboom")).content.decode()


def test_a_goal_that_others_contribute_to_is_not_thrown_away(desk: Client, theme: Theme) -> None:
    lower = goal(theme, "Sportles", "output")
    effect = goal(theme, "Fit", "outcome", lower)
    answer = desk.post(at("doel", effect.pk, "verwijderen"))
    assert "bijdragen, overeenkomsten" in answer.content.decode()
    assert desk.post(at("doel", lower.pk, "verwijderen")).status_code == 302
    assert desk.post(at("doel", effect.pk, "verwijderen")).status_code == 302
    assert not Goal.objects.exists()


# -- the date --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "day", "told"),
    [
        ("by", "", "Vul de dag in, of kies ‘niet vermeld’."),
        ("", "2022-01-01", "Kies of het doel op deze dag geldt of vanaf deze dag."),
        ("by", "1822-01-01", "Kies een dag van 1990 tot en met 2100."),
        ("by", "morgen", "Voer een geldige datum in."),
    ],
)
def test_half_a_date_is_told_at_the_field_that_misses(
    desk: Client, theme: Theme, kind: str, day: str, told: str
) -> None:
    typed = {"theme": theme.pk, "number": "1", "label": "Fit", "text": "x"}
    answer = desk.post(at("doel", "nieuw"), {**typed, "due_kind": kind, "due_on": day})
    html = answer.content.decode()
    assert told in html
    assert "Vul beide in" not in html
    assert not Goal.objects.exists()


def test_a_date_stands_wherever_the_level_stands(desk: Client, theme: Theme) -> None:
    typed = {"theme": theme.pk, "number": "1", "label": "Fit", "text": "x", "level": "impact"}
    desk.post(at("doel", "nieuw"), {**typed, "due_kind": "from", "due_on": "2021-01-01"})
    assert "Impact, vanaf 1 januari 2021" in desk.get(at()).content.decode()
    publish(theme)
    assert "vanaf 1 januari 2021</span>" in desk.get("/agenda/mag-3/").content.decode()
    assert "vanaf 1 januari 2021</span>" in desk.get(TREE).content.decode()
    page = desk.get("/agenda/mag-3/doel/fit/").content.decode()
    assert "Niveau in de doelenboom: impact. Dit doel geldt vanaf 1 januari 2021." in page
    kept = {field["label"]: field["after"] for field in Change.objects.get().fields}
    assert (kept["Op of vanaf de doeldatum"], kept["Doeldatum"]) == ("vanaf", "1 januari 2021")


# -- reading ---------------------------------------------------------------------------------------
def test_what_hangs_loose_is_marked_in_the_picture_the_list_and_the_outline(
    desk: Client, theme: Theme
) -> None:
    lost = goal(theme, "Sportles", "output")
    sudden = goal(theme, "Fit", "outcome", number="7")
    goal(theme, "Gezonde stad", "impact", sudden)
    unplaced = goal(theme, "Zonder plaats")
    outline = desk.get(at()).content.decode()
    page = at("doel", lost.pk, "bijdragen")
    assert f'<a href="{page}">Doel ‘Sportles’ in de doelenboom: draagt nergens aan bij.' in outline
    assert "Doel ‘Fit’ in de doelenboom: niets draagt hieraan bij." in outline
    assert "‘Gezonde stad’ in de doelenboom" not in outline
    page = at("doel", unplaced.pk)
    assert f'<a href="{page}" data-inline>Doel ‘Zonder plaats’ heeft geen niveau' in outline
    publish(theme)
    html = desk.get(TREE).content.decode()
    assert "Van de 3 doelen in de doelenboom hangen er 2 los" in html
    picture, told = html.split('id="lijst"')
    assert picture.count('class="c-flag"') == 2
    assert "7. Fit. Niets draagt hieraan bij. niveau Effect (outcome)" in picture
    assert told.count('class="tree-flag"') == 2
    assert "Niet in de tekening: 1 doel zonder niveau" in picture
    assert 'id="doel-' + unplaced.slug in told


def test_each_level_says_what_is_measured_there(client: Client, theme: Theme) -> None:
    money = goal(theme, "Budget", "input")
    stad = goal(theme, "Gezonde stad", "impact", money)
    for row, number, unit, kind in (
        (money, 90_000, "euro", ValueType.AMOUNT),
        (stad, 71, "per 1.000", ValueType.COUNT),
    ):
        indicator = IndicatorFactory.create(value_type=kind, unit=unit, counts_people=False)
        measure = MeasureFactory.create(goal=row, theme=None, indicator=indicator, text=row.label)
        TargetFactory.create(measure=measure, value_type=kind, period="2018", number=80)
        ObservationFactory.create(indicator=indicator, value_type=kind, number=Decimal(number))
    publish(theme)
    html = client.get(TREE).content.decode()
    assert _measured(html, "Impact") == ["1", "1", "0", "1", "0"]
    assert _measured(html, "Inzet (input)") == ["1", "1", "1", "0", "0"]
    assert "<b>Meting:</b> Gezonde stad. 71 in 2018, streefwaarde 80 in 2018; achter" in html
    assert "geen doelen op dit niveau" in html


def _measured(html: str, level: str) -> list[str]:
    row = html.split(f'<th scope="row">{level}<')[1].split("</tr>")[0]
    return [cell.split(">")[1].split("<")[0] for cell in row.split("<td")[1:]]


def test_an_agenda_without_levels_has_no_tree(desk: Client, theme: Theme) -> None:
    goal(theme, "Fit")
    publish(theme)
    assert "Er is geen doelenboom" in desk.get(TREE).content.decode()
    assert TREE not in desk.get("/agenda/mag-3/").content.decode()
    outline = desk.get(at()).content.decode()
    assert "Geen enkel doel heeft een niveau." in outline
    assert "heeft geen niveau, terwijl" not in outline
    assert "Plaats in de doelenboom" not in desk.get("/agenda/mag-3/doel/doel-0/").content.decode()


def test_every_version_has_its_own_tree_and_a_draft_none_for_the_public(
    client: Client, theme: Theme
) -> None:
    own = goal(theme, "Sportles", "output")
    goal(theme, "Fit", "outcome", own)
    assert client.get(TREE).status_code == 404
    publish(theme)
    assert f'href="{TREE}"' in client.get("/agenda/mag-3/").content.decode()
    other = AgendaVersionFactory.create(agenda=theme.version.agenda, number=2, adopted=True)
    goal(ThemeFactory.create(version=other), "Later", "impact")
    first, newest = "/agenda/mag-3/versie/1/doelenboom/", "/agenda/mag-3/versie/2/doelenboom/"
    assert f'href="{newest}"' in client.get("/agenda/mag-3/").content.decode()
    assert "Sportles" in client.get(first).content.decode()
    assert "Sportles" not in client.get(TREE).content.decode()
    assert "Later" in client.get(newest).content.decode()
    page = client.get(f"/agenda/mag-3/doel/{own.slug}/").content.decode()
    assert f'href="{first}"' in page
    assert "<dt>Draagt bij aan</dt><dd>" in page


def test_the_tree_costs_as_many_queries_with_much_as_with_little(
    desk: Client, theme: Theme, django_assert_max_num_queries: Any
) -> None:
    def fill() -> Goal:
        lower = goal(theme, "Sportles", "output")
        measured = goal(theme, "Fit", "outcome", lower)
        TargetFactory.create(measure=MeasureFactory.create(goal=measured, theme=None))
        goal(theme, "Gezonde stad", "impact", measured)
        return lower

    first = fill()
    publish(theme)
    pages = (
        TREE,
        at("doelenboom"),
        at("doel", first.pk, "bijdragen"),
        at(),
        f"/agenda/mag-3/doel/{first.slug}/",
    )
    counts = {}
    for page in pages:
        with django_assert_max_num_queries(28) as few:
            assert desk.get(page).status_code == 200
        counts[page] = len(few)
    for _ in range(8):
        fill()
    for page in pages:
        with django_assert_max_num_queries(counts[page]):
            desk.get(page)
