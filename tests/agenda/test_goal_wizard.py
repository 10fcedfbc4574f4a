"""An officer makes one goal measurable with plain questions, each of which may be skipped."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Change, User
from agenda.constants import TargetKind
from agenda.measuring import goal_marks
from agenda.models import AgendaVersion, Goal, Indicator, Measure, Target
from core.edits import MEANWHILE
from tests.factories_agenda import (
    AgendaVersionFactory,
    GoalFactory,
    IndicatorFactory,
    MeasureFactory,
    TargetFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
HOME = "/beheer/agenda/mag-3/1/"
NEW = {
    "indicator-keuze": "nieuw",
    "nieuw-name": "Inwoners die wekelijks sporten",
    "nieuw-value_type": "percentage",
    "nieuw-direction": "up",
    "nieuw-level": "population",
}
AIMS = {
    "nul-value": "62%",
    "nul-period": "2025",
    "streef-value": "70%",
    "streef-period": "2028",
}
PASSPORT = {"wie-measured_by": "de GGD", "wie-rhythm": "yearly"}


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def goal() -> Goal:
    version = AgendaVersionFactory.create(
        agenda__slug="mag-3", agenda__short_name="MAG 3", agenda__period="2026/2029"
    )
    theme = ThemeFactory.create(version=version, name="Gezond leven")
    return GoalFactory.create(theme=theme, number="i", label="Bewegen", text="Meer bewegen.")


def address(goal: Goal, measure: Any = "nieuw") -> str:
    return f"{HOME}doel/{goal.pk}/meetbaar/?meting={measure}"


def typed(**answers: Any) -> dict[str, Any]:
    return {"doel-text": "Meer bewegen.", "doel-revision": 1, "stap": "bewaar", **answers}


def post(desk: Client, goal: Goal, answers: dict[str, Any], measure: Any = "nieuw") -> str:
    """What the page says; nothing when it went through."""
    answer = desk.post(address(goal, measure), typed(**answers))
    return "" if answer.status_code == 302 else answer.content.decode()


def words(html: str) -> str:
    return " ".join(html.split())


# -- answering -------------------------------------------------------------------------------------
def test_all_answers_make_the_goal_measurable_at_once(
    desk: Client, officer: User, goal: Goal
) -> None:
    text = {"doel-text": "Meer inwoners sporten elke week."}
    assert post(desk, goal, {**NEW, **AIMS, **PASSPORT, **text}) == ""
    goal.refresh_from_db()
    assert goal.text == "Meer inwoners sporten elke week."
    measure = Measure.objects.get()
    assert (measure.goal, measure.number, measure.text) == (goal, "1", NEW["nieuw-name"])
    indicator = measure.indicator
    assert (indicator.measured_by, indicator.rhythm, indicator.slug) == (
        "de GGD",
        "yearly",
        "inwoners-die-wekelijks-sporten",
    )
    told = [(row.kind, row.period.code, str(row.value)) for row in Target.objects.order_by("pk")]
    assert told == [("baseline", "2025", "62%"), ("target", "2028", "70%")]
    assert {mark.value for mark in goal_marks(goal).marks.values()} == {"ja"}
    kinds = Change.objects.filter(actor=officer).values_list("kind", "action")
    assert sorted(kinds) == [
        ("doel", "changed"),
        ("meting", "added"),
        ("paspoort", "added"),
        ("streefwaarde", "added"),
        ("streefwaarde", "added"),
    ]


def test_every_question_may_be_skipped(desk: Client, goal: Goal) -> None:
    assert post(desk, goal, {}) == ""
    assert not Measure.objects.exists()
    assert not Change.objects.exists()


def test_a_goal_may_be_a_direction_with_a_reason(desk: Client, goal: Goal) -> None:
    assert post(desk, goal, {"doel-direction_reason": "Niet te scheiden."}) == ""
    goal.refresh_from_db()
    assert goal.direction_reason == "Niet te scheiden."


def test_an_indicator_of_the_library_is_found_and_chosen(desk: Client, goal: Goal) -> None:
    indicator = IndicatorFactory.create(name="Sportende jongeren", measured_by="het CBS")
    IndicatorFactory.create(name="Wachttijd")
    html = post(desk, goal, {"stap": "zoek", "indicator-zoek": "sportende", **AIMS})
    assert "Sportende jongeren" in html
    assert "Wachttijd" not in html
    assert 'value="62%"' in html
    assert not Measure.objects.exists()
    chosen = {"indicator-keuze": indicator.pk, "streef-value": "1.200", "streef-period": "2028"}
    assert post(desk, goal, {**chosen, "meting-text": "Jongeren die sporten"}) == ""
    measure = Measure.objects.get()
    assert (measure.indicator, measure.text) == (indicator, "Jongeren die sporten")
    assert str(Target.objects.get().value) == "1.200"


def test_without_a_search_the_theme_tells_which_indicators_it_uses(
    desk: Client, goal: Goal
) -> None:
    MeasureFactory.create(theme=goal.theme, indicator__name="Van dit thema")
    IndicatorFactory.create(name="Van elders")
    html = desk.get(address(goal)).content.decode()
    assert "Van dit thema" in html
    assert "Van elders" not in html


def test_the_passport_is_completed_and_never_rewritten(desk: Client, goal: Goal) -> None:
    indicator = IndicatorFactory.create(measured_by="het CBS")
    chosen = {"indicator-keuze": indicator.pk}
    html = post(desk, goal, {**chosen, **PASSPORT})
    assert "In het paspoort van deze indicator staat ‘het CBS’." in html
    assert post(desk, goal, {**chosen, "wie-rhythm": "yearly"}) == ""
    indicator.refresh_from_db()
    assert (indicator.measured_by, indicator.rhythm) == ("het CBS", "yearly")


def test_a_measure_that_is_there_is_filled_in_and_changed(desk: Client, goal: Goal) -> None:
    measure = MeasureFactory.create(goal=goal, theme=None, text="Leden")
    baseline = TargetFactory.create(measure=measure, kind=TargetKind.BASELINE, period="2025")
    html = desk.get(f"{HOME}doel/{goal.pk}/meetbaar/").content.decode()
    assert "Leden" in html
    assert 'value="2025"' in html
    answers = {
        "meting-text": "Leden van clubs",
        "meting-revision": 1,
        "nul-value": "90",
        "nul-period": "2025",
        "nul-revision": 1,
        "streef-value": "150",
        "streef-period": "2029",
    }
    assert post(desk, goal, answers, measure.pk) == ""
    baseline.refresh_from_db()
    measure.refresh_from_db()
    assert (str(baseline.value), measure.text) == ("90", "Leden van clubs")
    assert str(Target.objects.get(kind=TargetKind.TARGET).value) == "150"


def test_a_value_that_nobody_touched_keeps_its_numerator_and_denominator(
    desk: Client, goal: Goal
) -> None:
    measure = MeasureFactory.create(goal=goal, theme=None, indicator__value_type="percentage")
    fraction = {"value_type": "percentage", "number": None, "numerator": 3, "denominator": 4}
    target = TargetFactory.create(measure=measure, period="2028", **fraction)
    answers = {
        "meting-text": measure.text,
        "meting-revision": 1,
        "streef-value": "75%",
        "streef-period": "2029",
        "streef-revision": 1,
    }
    assert post(desk, goal, answers, measure.pk) == ""
    target.refresh_from_db()
    assert (target.numerator, target.denominator) == (Decimal(3), Decimal(4))
    assert target.period.code == "2029"


def test_the_goal_as_it_will_read_is_shown_and_nothing_is_saved(desk: Client, goal: Goal) -> None:
    html = words(post(desk, goal, {**NEW, **AIMS, **PASSPORT, "stap": "bekijk"}))
    assert "Zo leest het doel straks" in html
    assert "Wij zien dit aan: Inwoners die wekelijks sporten." in html
    assert "Nu: 62% (2025). Straks: 70% (2028)." in html
    assert html.split("Zo leest het doel straks")[1].count("goal-mark-yes") == 6
    assert 'value="de GGD"' in html
    assert not Indicator.objects.exists()


def test_no_line_ends_in_two_full_stops(desk: Client, goal: Goal) -> None:
    stopped = {
        "nieuw-name": "Wie sport.",
        "meting-text": "Meer mensen sporten.",
        "wie-measured_by": "de GGD, elk najaar.",
    }
    typed = {**NEW, **AIMS, **PASSPORT, **stopped}
    html = words(post(desk, goal, {**typed, "stap": "bekijk"}))
    assert "Wie meet: de GGD, elk najaar. Hoe vaak:" in html
    assert ".." not in html.split("Zo leest het doel straks")[1].split("Er is nog niets")[0]
    assert post(desk, goal, typed) == ""
    html = words(desk.get(f"{HOME}doel/{goal.pk}/meetbaar/").content.decode())
    assert "Dit meet: de GGD, elk najaar.<" in html


def test_the_page_costs_as_many_queries_for_many(desk: Client, goal: Goal) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as held:
            assert desk.get(f"{HOME}doel/{goal.pk}/meetbaar/").status_code == 200
        return len(held)

    TargetFactory.create(measure=MeasureFactory.create(goal=goal, theme=None))
    one = queries()
    for _ in range(10):
        TargetFactory.create(measure=MeasureFactory.create(goal=goal, theme=None))
    assert queries() == one


# -- what does not go through ----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("answers", "message"),
    [
        (AIMS, "Zonder indicator hebben uw andere antwoorden geen plek."),
        ({**NEW, "nul-value": "62%"}, "Zeg ook over welk jaar dit gaat"),
        ({**NEW, "nul-period": "2025"}, "Vul ook de waarde in"),
        ({**NEW, "nul-value": "veel", "nul-period": "2025"}, "‘veel’ is geen getal."),
        ({**NEW, "streef-value": "70%", "streef-period": "2040"}, "Kies een jaar daarin."),
        ({**NEW, **AIMS, "nieuw-value_type": ""}, "zegt nog niet welke soort waarde"),
        ({**NEW, "nieuw-name": ""}, "Dit veld is verplicht."),
        ({"indicator-keuze": "99999"}, "Deze indicator is er niet meer."),
        ({"indicator-keuze": "onzin"}, "Deze indicator is er niet meer."),
        ({"doel-text": ""}, "Dit veld is verplicht."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    desk: Client, goal: Goal, answers: dict[str, Any], message: str
) -> None:
    html = post(desk, goal, {**answers, "meting-text": "Mijn eigen woorden"})
    assert message in html
    assert "Er is nog niets bewaard" in html
    assert "Mijn eigen woorden" in html
    assert not [held for held in (Measure, Indicator, Change) if held._base_manager.exists()]


def test_enter_in_a_field_saves_and_in_the_search_it_searches(desk: Client, goal: Goal) -> None:
    html = desk.get(address(goal)).content.decode()
    form = html[html.index('<form class="work-form wizard-questions"') :]
    buttons = re.findall(r"<button[^>]*type=.submit.[^>]*>", form)
    assert 'value="bewaar"' in buttons[0], "a browser presses the first button of a form"
    assert 'tabindex="-1"' in buttons[0]
    search = form[form.index("data-enter-presses") :]
    assert search.index('name="indicator-zoek"') < search.index('value="zoek"')
    assert "js/enter-presses" in html


def test_a_second_click_adds_nothing(desk: Client, goal: Goal) -> None:
    answers = {**NEW, **AIMS, **PASSPORT}
    assert post(desk, goal, answers) == ""
    assert "Er is al een indicator met deze naam." in post(desk, goal, answers)
    chosen = {"indicator-keuze": Indicator.objects.get().pk}
    assert "Deze indicator meet dit doel al." in post(desk, goal, chosen)
    assert (Measure.objects.count(), Target.objects.count()) == (1, 2)


def test_the_second_editor_sees_both_texts_and_nothing_is_half_saved(
    desk: Client, goal: Goal
) -> None:
    measure = MeasureFactory.create(goal=goal, theme=None, text="Leden")
    target = TargetFactory.create(measure=measure, period="2028", number=100)
    Target.objects.filter(pk=target.pk).update(number=110, revision=2)
    answers = {
        "doel-text": "Een nieuwe tekst.",
        "meting-text": "Leden",
        "meting-revision": 1,
        "nul-value": "80",
        "nul-period": "2025",
        "streef-value": "120",
        "streef-period": "2028",
        "streef-revision": 1,
    }
    html = post(desk, goal, answers, measure.pk)
    assert MEANWHILE in html
    assert "Nu staat er: ‘110’." in html
    assert 'value="120"' in html
    goal.refresh_from_db()
    assert goal.text == "Meer bewegen."
    assert Target.objects.count() == 1
    assert not Change.objects.exists()


def test_a_search_keeps_the_revision_it_was_typed_over(desk: Client, goal: Goal) -> None:
    Goal.objects.filter(pk=goal.pk).update(text="Van Olga", revision=2)
    html = post(desk, goal, {"stap": "zoek", "doel-text": "Van Femke"})
    assert "Van Femke" in html
    assert 'name="doel-revision" value="1"' in html
    assert "Nu staat er: ‘Van Olga’." in post(desk, goal, {"doel-text": "Van Femke"})


def test_what_was_adopted_is_not_written(desk: Client, goal: Goal) -> None:
    AgendaVersion.objects.update(
        status="adopted", adopted_on="2026-10-08", adopted_by="gemeenteraad"
    )
    answer = desk.get(address(goal), follow=True)
    assert answer.redirect_chain
    html = post(desk, goal, {**NEW, **AIMS})
    assert "vastgesteld en verandert niet meer" in html
    assert "Inwoners die wekelijks sporten" in html
    assert not Measure.objects.exists()


def test_a_measure_of_another_goal_is_not_there(desk: Client, goal: Goal) -> None:
    other = MeasureFactory.create(goal=GoalFactory.create(theme=goal.theme), theme=None)
    for told in (other.pk, "onzin", "9" * 30):
        assert desk.get(address(goal, told)).status_code == 404
    elsewhere = GoalFactory.create()
    assert desk.get(f"{HOME}doel/{elsewhere.pk}/meetbaar/").status_code == 404
