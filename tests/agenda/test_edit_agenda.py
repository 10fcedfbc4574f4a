"""The policy officer makes an agenda, part by part, and takes it to adoption."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from agenda.constants import AgendaStatus
from agenda.document_story import document_story
from agenda.models import (
    Agenda,
    AgendaVersion,
    AgendaVersionEvent,
    Goal,
    GoalSuccession,
    Indicator,
    Measure,
    Observation,
    Participation,
    Principle,
    Target,
    Theme,
)
from core.edits import MEANWHILE
from core.values import ValueType
from tests.agenda.adopting import adopt, typed
from tests.factories import OrganisationFactory
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
HOME = "/beheer/agenda/"


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def version() -> AgendaVersion:
    return AgendaVersionFactory.create(agenda__slug="mag-3", agenda__short_name="MAG 3")


def at(*parts: Any) -> str:
    return HOME + "mag-3/1/" + "".join(f"{part}/" for part in parts)


# -- making it -------------------------------------------------------------------------------------
def test_an_officer_makes_an_agenda_with_everything_in_it(desk: Client) -> None:
    owner = OrganisationFactory.create(kind="municipality")
    typed = {
        "name": "Maatschappelijke agenda",
        "short_name": "MAG 3",
        "owner": owner.pk,
        "year": 2026,
        "period": "2026/2029",
    }
    answer = desk.post(HOME + "nieuw/", typed)
    assert answer.headers["Location"] == at()
    typed = {"text": "Vertrouwen", "kind": "principle"}
    assert desk.post(at("uitgangspunt", "nieuw"), typed).status_code == 302
    desk.post(
        at("participatie", "nieuw"),
        {"who": "inwoners", "form": "gesprek", "unit": "deelnemers", "value_number": "ca. 50"},
    )
    desk.post(at("thema", "nieuw"), {"name": "Gezond leven", "number": "1"})
    theme = Theme.objects.get()
    goal = {"theme": theme.pk, "number": "i", "label": "Bewegen", "text": "Iedereen beweegt."}
    desk.post(at("doel", "nieuw") + f"?thema={theme.pk}", goal)
    desk.post(
        "/beheer/indicatoren/nieuw/",
        {
            "name": "Deelnemers",
            "value_type": "count",
            "direction": "up",
            "level": "population",
            "aggregation": "sum",
            "measured_by": "de gemeente",
            "measured_when": "elk voorjaar",
        },
    )
    indicator = Indicator.objects.get()
    desk.post(
        at("meting", "nieuw") + f"?doel={Goal.objects.get().pk}",
        {"indicator": indicator.pk, "number": "1", "text": "Aantal deelnemers"},
    )
    measure = Measure.objects.get()
    for kind, period, value in (("baseline", "2025", "40"), ("target", "2026", "60")):
        desk.post(
            at("streefwaarde", "nieuw") + f"?meting={measure.pk}",
            {"kind": kind, "period": period, "value_number": value},
        )
    observed = {"period": "2026", "value_number": "1.234", "certainty": "provisional"}
    desk.post(f"/beheer/indicatoren/{indicator.slug}/meetwaarden/nieuw/", observed)
    assert Participation.objects.get().value.display() == "circa\N{NO-BREAK SPACE}50"
    assert [str(target.value) for target in Target.objects.order_by("period")] == ["40", "60"]
    assert str(Observation.objects.get().value) == "1.234"
    assert (theme.slug, Goal.objects.get().slug, Principle.objects.get().order) == (
        "gezond-leven",
        "bewegen",
        1,
    )
    html = desk.get(at()).content.decode()
    assert "Compleet." in html
    assert "Nulmeting 2025: 40" in html


def test_what_is_missing_is_named_with_the_place_to_mend_it(
    desk: Client, version: AgendaVersion
) -> None:
    theme = ThemeFactory.create(version=version, name="Wonen")
    empty = ThemeFactory.create(version=version, name="Werken")
    goal = GoalFactory.create(theme=theme, label="Dakloos")
    explained = GoalFactory.create(theme=theme, label="Thuis", direction_reason="Niet te meten.")
    MeasureFactory.create(goal=explained, theme=None, text="Tevredenheid")
    html = desk.get(at()).content.decode()
    assert f'<a href="{at("doel", goal.pk)}" data-inline>Doel ‘Dakloos’ heeft geen meting.' in html
    assert (
        f'<a href="{at("thema", empty.pk)}" data-inline>Thema ‘Werken’ heeft geen doelen.' in html
    )
    assert "Doel ‘Thuis’ heeft geen meting" not in html
    assert "Meting ‘Tevredenheid’ heeft geen streefwaarde." in html
    assert "Meting ‘Tevredenheid’ heeft geen nulmeting." in html


@pytest.mark.parametrize("step", ["", "inspraak", "vaststellen"])
def test_much_that_is_missing_is_counted_by_kind_and_folded(
    desk: Client, version: AgendaVersion, step: str
) -> None:
    theme = ThemeFactory.create(version=version)
    GoalFactory.create_batch(30, theme=theme)
    ThemeFactory.create(version=version)
    AgendaVersion.objects.filter(pk=version.pk).update(
        status="consultation" if step == "vaststellen" else "draft"
    )
    html = desk.get(at(step) if step else at()).content.decode()
    assert "Er ontbreken nog 31 dingen" in html
    assert "1 thema heeft geen doelen</summary>" in html
    assert "30 doelen hebben geen meting</summary>" in html
    assert html.count('<details class="more">') == 2, "folded, and no more than one of each kind"


def test_the_outline_costs_as_many_queries_with_much_as_with_little(
    desk: Client, version: AgendaVersion, django_assert_max_num_queries: Any
) -> None:
    def fill(times: int) -> None:
        for _ in range(times):
            goal = GoalFactory.create(theme=ThemeFactory.create(version=version))
            TargetFactory.create(measure=MeasureFactory.create(goal=goal, theme=None))

    fill(1)
    desk.get(at())  # the first time it is noted in the trail
    with django_assert_max_num_queries(27) as few:
        desk.get(at())
    fill(6)
    with django_assert_max_num_queries(len(few)) as many:
        desk.get(at())
    assert len(few) == len(many)


# -- bad input -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("word", "typed", "told"),
    [
        ("thema", {"name": ""}, "Dit veld is verplicht."),
        ("thema", {"name": "x" * 10_000}, "120 tekens"),
        (
            "participatie",
            {"who": "wij", "form": "gesprek", "unit": "x", "value_number": "veel"},
            "is geen getal",
        ),
    ],
)
def test_wrong_input_stays_on_the_screen_and_nothing_is_written(
    desk: Client, version: AgendaVersion, word: str, typed: dict[str, str], told: str
) -> None:
    answer = desk.post(at(word, "nieuw"), typed)
    assert told in answer.content.decode()
    assert not Theme.objects.exists()
    assert not Participation.objects.exists()


def test_html_in_a_name_is_text(desk: Client, version: AgendaVersion) -> None:
    desk.post(at("thema", "nieuw"), {"name": "<script>alert(1)</script>"})
    assert "&lt;script&gt;alert(1)" in desk.get(at()).content.decode()


def test_a_number_is_used_once_in_a_theme(desk: Client, version: AgendaVersion) -> None:
    goal = GoalFactory.create(theme=ThemeFactory.create(version=version), number="i")
    typed = {"theme": goal.theme.pk, "number": "i", "label": "Nog een", "text": "Weer."}
    answer = desk.post(at("doel", "nieuw"), typed)
    assert "Dit thema heeft al een doel met dit nummer." in answer.content.decode()
    assert Goal.objects.count() == 1


def test_a_third_level_of_themes_is_refused(desk: Client, version: AgendaVersion) -> None:
    main = ThemeFactory.create(version=version)
    sub = ThemeFactory.create(version=version, parent=main)
    answer = desk.post(at("thema", "nieuw"), {"name": "Dieper", "parent": sub.pk})
    assert answer.status_code == 200
    other = ThemeFactory.create(version=version)
    told = desk.post(at("thema", main.pk), {"name": "x", "parent": other.pk, "revision": 1})
    assert "hoogstens twee niveaus" in told.content.decode()
    assert Theme.objects.count() == 3


def test_a_part_of_another_agenda_is_not_there(desk: Client, version: AgendaVersion) -> None:
    goal = GoalFactory.create()
    assert desk.get(at("doel", goal.pk)).status_code == 404
    assert desk.get(at("meting", "nieuw") + f"?doel={goal.pk}").status_code == 404
    assert desk.get(at("meting", "nieuw")).status_code == 404
    assert desk.get(at("toverspreuk", "nieuw")).status_code == 404


def test_a_target_has_the_type_of_its_indicator(desk: Client, version: AgendaVersion) -> None:
    indicator = IndicatorFactory.create(value_type=ValueType.COUNT)
    goal = GoalFactory.create(theme=ThemeFactory.create(version=version))
    measure = MeasureFactory.create(goal=goal, theme=None, indicator=indicator)
    url = at("streefwaarde", "nieuw") + f"?meting={measure.pk}"
    answer = desk.post(url, {"kind": "target", "period": "2026", "value_number": "12%"})
    assert "Hier hoort geen percentage." in answer.content.decode()
    twice = {"kind": "target", "period": "2026", "value_number": "12"}
    desk.post(url, twice)
    assert "Voor deze periode is er al een streefwaarde." in desk.post(url, twice).content.decode()
    assert Target.objects.count() == 1


def test_the_type_of_an_indicator_with_values_stays(desk: Client) -> None:
    row = ObservationFactory.create()
    indicator = row.indicator
    typed = {
        "name": indicator.name,
        "value_type": "amount",
        "level": indicator.level,
        "aggregation": "none",
        "revision": 1,
    }
    answer = desk.post(f"/beheer/indicatoren/{indicator.slug}/paspoort/", typed)
    assert "De soort waarde kan daarom niet meer veranderen" in answer.content.decode()


def test_keeping_stable_asks_for_a_band(desk: Client) -> None:
    typed = {"name": "x", "value_type": "count", "direction": "stable", "level": "population"}
    answer = desk.post("/beheer/indicatoren/nieuw/", {**typed, "aggregation": "none"})
    assert "Gelijk houden vraagt een bandbreedte." in answer.content.decode()
    assert not Indicator.objects.exists()


def test_the_second_editor_sees_both_texts(desk: Client, version: AgendaVersion) -> None:
    theme = ThemeFactory.create(version=version, name="Oud")
    desk.post(at("thema", theme.pk), {"name": "Van Olga", "revision": 1})
    answer = desk.post(at("thema", theme.pk), {"name": "Van Femke", "revision": 1})
    html = answer.content.decode()
    assert MEANWHILE in html
    assert "Nu staat er: ‘Van Olga’." in html
    assert 'value="Van Femke"' in html
    theme.refresh_from_db()
    assert theme.name == "Van Olga"


def test_a_second_value_edit_sees_both(desk: Client) -> None:
    row = ObservationFactory.create(
        value_type="count", number=5, period="2024", certainty="final", source=None
    )
    url = f"/beheer/indicatoren/{row.indicator.slug}/meetwaarden/{row.pk}/"
    typed = {"period": "2024", "certainty": "final", "revision": 1}
    desk.post(url, {**typed, "value_number": "6"})
    html = desk.post(url, {**typed, "value_number": "7"}).content.decode()
    assert MEANWHILE in html
    row.refresh_from_db()
    assert str(row.value) == "6"


def test_a_double_click_makes_one_agenda(desk: Client) -> None:
    owner = OrganisationFactory.create(kind="municipality")
    typed = {"name": "Agenda", "short_name": "MAG 3", "owner": owner.pk, "year": 2026}
    for _ in range(2):
        answer = desk.post(HOME + "nieuw/", typed)
    assert "Er is al een concept met deze naam." in answer.content.decode()
    assert Agenda.objects.count() == 1


def test_a_double_click_makes_one_theme_and_one_goal(desk: Client, version: AgendaVersion) -> None:
    for _ in range(2):
        answer = desk.post(at("thema", "nieuw"), {"name": "Wonen"})
    assert "Dit thema staat al in deze agenda." in answer.content.decode()
    theme = version.themes.get()
    typed = {"theme": theme.pk, "number": "i", "label": "Meer huizen", "text": "Er komen huizen."}
    for _ in range(2):
        answer = desk.post(at("doel", "nieuw"), typed)
    assert "Dit thema heeft al een doel met dit nummer." in answer.content.decode()
    assert theme.goals.count() == 1


def test_a_text_that_is_too_long_stays_and_says_its_length(
    desk: Client, version: AgendaVersion
) -> None:
    theme = ThemeFactory.create(version=version)
    text = "lang " * 2_100
    typed = {"theme": theme.pk, "number": "i", "label": "Lang", "text": text}
    html = desk.post(at("doel", "nieuw"), typed).content.decode()
    assert "Deze tekst heeft 10499 tekens; er passen er 10000." in html
    assert text.strip() in html
    assert not theme.goals.exists()


# -- order and removal -----------------------------------------------------------------------------
def test_a_theme_moves_among_its_neighbours(desk: Client, version: AgendaVersion) -> None:
    first, second = (ThemeFactory.create(version=version, name=name) for name in ("Een", "Twee"))
    desk.post(at("thema", second.pk, "verplaatsen"), {"omhoog": "1"})
    assert list(version.themes.order_by("order")) == [second, first]
    desk.post(at("thema", second.pk, "verplaatsen"), {"omhoog": "1"})
    assert list(version.themes.order_by("order")) == [second, first]


def test_removing_asks_and_refuses_what_carries_something(
    desk: Client, version: AgendaVersion
) -> None:
    goal = GoalFactory.create(theme=ThemeFactory.create(version=version))
    asks = desk.get(at("thema", goal.theme.pk, "verwijderen")).content.decode()
    assert "Op de bladzijde van de agenda kunt u dat daarna ongedaan maken" in asks
    answer = desk.post(at("thema", goal.theme.pk, "verwijderen"))
    assert "Hier hangt nog iets onder of aan" in answer.content.decode()
    desk.post(at("doel", goal.pk, "verwijderen"))
    desk.post(at("thema", goal.theme.pk, "verwijderen"))
    assert not Theme.objects.exists()
    desk.post(at("verwijderen"))
    assert not Agenda.objects.exists()


def test_a_heading_above_subthemes_is_no_theme_that_is_counted(
    desk: Client, version: AgendaVersion
) -> None:
    above = ThemeFactory.create(version=version, name="Leven")
    GoalFactory.create(theme=ThemeFactory.create(version=version, name="Sport", parent=above))
    for page in (at("inspraak"), HOME):
        assert "1 doel in 1 thema" in desk.get(page).content.decode()
    desk.post(at("inspraak"))
    assert "1 doel in 1 thema" in desk.get("/agenda/mag-3/").content.decode()
    assert document_story(version)["themes_with_goals"] == 1


# -- steps -----------------------------------------------------------------------------------------
def test_an_agenda_goes_to_consultation_back_and_to_adoption(
    desk: Client, version: AgendaVersion
) -> None:
    GoalFactory.create(theme=ThemeFactory.create(version=version))
    desk.post(at("inspraak"))
    desk.post(at("terug"), {"note": "Er ontbrak een doel."})
    desk.post(at("inspraak"))
    desk.post(at("vaststellen"), typed())
    version.refresh_from_db()
    assert (version.status, version.adopted_by) == (AgendaStatus.ADOPTED, "gemeenteraad")
    assert version.adopted_on == datetime.date(2026, 10, 8)
    steps = AgendaVersionEvent.objects.values_list("from_status", "to_status")
    assert list(steps) == [
        ("draft", "consultation"),
        ("consultation", "draft"),
        ("draft", "consultation"),
        ("consultation", "adopted"),
    ]


@pytest.mark.parametrize("step", ["inspraak", "vaststellen"])
def test_an_agenda_without_goals_goes_nowhere(
    desk: Client, version: AgendaVersion, step: str
) -> None:
    assert "nog geen doelen" in desk.post(at(step), typed()).content.decode()
    assert not AgendaVersionEvent.objects.exists()


def test_adopting_asks_when_and_by_whom(desk: Client, version: AgendaVersion) -> None:
    GoalFactory.create(theme=ThemeFactory.create(version=version))
    desk.post(at("inspraak"))
    answer = desk.post(at("vaststellen"), {"adopted_on": "", "adopted_by": ""})
    assert answer.content.decode().count("Dit veld is verplicht.") >= 2


def test_a_second_click_on_a_step_changes_nothing(desk: Client, version: AgendaVersion) -> None:
    GoalFactory.create(theme=ThemeFactory.create(version=version))
    desk.post(at("inspraak"))
    assert "al gezet" in desk.post(at("inspraak")).content.decode()
    assert AgendaVersionEvent.objects.count() == 1


def test_a_newer_version_takes_the_place_of_the_adopted_one(officer: User) -> None:
    former = AgendaVersionFactory.create(adopted=True)
    newer = AgendaVersionFactory.create(agenda=former.agenda, number=2, consulted=True)
    goal = GoalFactory.create(theme=ThemeFactory.create(version=newer))
    GoalSuccession.objects.create(successor=goal, kind="new", reason="De raad vroeg erom.")
    adopt(newer, officer)
    former.refresh_from_db()
    assert former.status == AgendaStatus.SUPERSEDED


def test_what_was_adopted_is_written_by_nobody(desk: Client) -> None:
    version = AgendaVersionFactory.create(agenda__slug="mag-3", adopted=True)
    goal = GoalFactory.create(theme=ThemeFactory.create(version=version), label="Zoals besloten")
    typed = {"theme": goal.theme.pk, "number": "i", "label": "Anders", "text": "x", "revision": 1}
    answer = desk.post(at("doel", goal.pk), typed)
    assert "vastgesteld en verandert niet meer" in answer.content.decode()
    desk.post(at("doel", goal.pk, "verwijderen"))
    desk.post(at("thema", goal.theme.pk, "verplaatsen"), {"omhoog": "1"})
    goal.refresh_from_db()
    assert goal.label == "Zoals besloten"
    for address in (at("doel", goal.pk), at("thema", "nieuw")):
        answer = desk.get(address, follow=True)
        assert answer.redirect_chain
        assert "vastgesteld" in answer.content.decode()
    assert "toevoegen</a>" not in desk.get(at()).content.decode()


def test_an_agenda_from_a_source_says_why_it_is_closed(desk: Client) -> None:
    AgendaVersionFactory.create(agenda__slug="mag-3", from_source=True)
    assert "overgenomen uit een bronstuk" in desk.get(at()).content.decode()


def test_a_draft_is_on_no_public_page(client: Client, version: AgendaVersion) -> None:
    goal = GoalFactory.create(theme=ThemeFactory.create(version=version), label="Geheim doel")
    MeasureFactory.create(goal=goal, theme=None, indicator__name="Geheime indicator")
    for url in ("/agenda/", "/agenda/doelen/", "/agenda/indicatoren/", "/zoeken/?zoek=geheim"):
        assert "Geheim" not in client.get(url).content.decode()
    assert client.get("/agenda/mag-3/").status_code == 404
