"""The library of indicators: to search, to reuse, and to fill from a standard set."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Change, User
from agenda.completeness import is_incomplete, lacks
from agenda.likeness import alike, likeness, trigrams
from agenda.models import Indicator, Measure
from agenda.standard_sets import read_set, standard_sets
from core.values import ValueType
from tests.factories_agenda import (
    GoalFactory,
    IndicatorFactory,
    MeasureFactory,
    ObservationFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
HOME = "/beheer/indicatoren/"
WHOLE: dict[str, Any] = {
    "definition": "Aandeel mensen dat zich eenzaam voelt.",
    "rationale": "Eenzaamheid maakt ziek.",
    "result_kind": "effect",
    "value_type": ValueType.PERCENTAGE,
    "numerator": "mensen die zich eenzaam voelen",
    "denominator": "alle mensen",
    "direction": "down",
    "supplier": "Gezondheidsmonitor",
    "measured_by": "GGD",
    "rhythm": "four_yearly",
    "available_for": "de hele gemeente",
    "owner": "beleidsmedewerker Wmo",
}


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def names(response: Any) -> list[str]:
    return [row.name for row in response.context["page"]]


# -- complete or not -------------------------------------------------------------------------------
@pytest.mark.parametrize("name", [name for name in WHOLE if name != "value_type"])
def test_python_and_the_database_agree_on_what_lacks(name: str) -> None:
    whole = IndicatorFactory.create(**WHOLE)
    part = IndicatorFactory.create(**WHOLE | {name: ""})
    assert lacks(whole) == []
    assert len(lacks(part)) == 1
    assert list(Indicator.objects.filter(is_incomplete())) == [part]


@pytest.mark.parametrize("kind", ValueType.values)
def test_each_kind_of_value_is_asked_for_what_belongs_to_it(kind: str) -> None:
    bare = {"unit": "", "numerator": "", "denominator": "", "direction": ""}
    row = IndicatorFactory.create(**WHOLE | bare | {"value_type": kind})
    asked = {
        "count": ["de eenheid", "welke kant goed is"],
        "amount": ["welke kant goed is"],
        "percentage": ["de teller", "de noemer", "welke kant goed is"],
        "scale": ["de eenheid", "welke kant goed is"],
        "text": [],
    }[kind]
    assert lacks(row) == asked
    assert Indicator.objects.filter(is_incomplete()).exists() == bool(asked)


def test_a_page_names_calmly_what_lacks(desk: Client) -> None:
    IndicatorFactory.create(slug="heel", performance=True, **WHOLE)
    IndicatorFactory.create(slug="deel", performance=True, **WHOLE | {"owner": "", "rhythm": ""})
    told = "Nog niet in het paspoort: hoe vaak er wordt gemeten en wie het paspoort bijhoudt."
    for home in (HOME, "/agenda/indicatoren/"):
        assert told in desk.get(f"{home}deel/").content.decode()
        page = desk.get(f"{home}heel/").content.decode()
        assert "Dit paspoort is volledig." in page
        assert "Eenzaamheid maakt ziek." in page
        assert "mensen die zich eenzaam voelen" in page


# -- searching -------------------------------------------------------------------------------------
def test_every_choice_narrows_the_list(desk: Client) -> None:
    IndicatorFactory.create(name="Eenzaam", subject="eenzaamheid", **WHOLE)
    used = MeasureFactory.create(indicator__name="Werk", indicator__subject="werk")
    ObservationFactory.create(indicator=used.indicator)
    assert used.theme is not None
    version = used.theme.version
    for asked, found in {
        "zoek=gezondheidsmonitor": ["Eenzaam"],
        "onderwerp=werk": ["Werk"],
        "soort=percentage": ["Eenzaam"],
        "resultaat=effect": ["Eenzaam"],
        "ritme=four_yearly": ["Eenzaam"],
        "volledig=ja": ["Eenzaam"],
        "volledig=nee": ["Werk"],
        "gebruik=ja": ["Werk"],
        "gebruik=nee": ["Eenzaam"],
        f"agenda={version.pk}": ["Werk"],
        "volgorde=-naam": ["Werk", "Eenzaam"],
        "volgorde=-waarden": ["Werk", "Eenzaam"],
        "meet=performance": [],
    }.items():
        response = desk.get(f"{HOME}?{asked}")
        assert names(response) == found, asked
    assert "Geen indicator past bij deze keuze" in response.content.decode()


def test_three_hundred_cost_as_many_queries_as_one(desk: Client) -> None:
    theme = ThemeFactory.create()
    asked: dict[str, list[int]] = {}
    for rows in (1, 299):
        for number in range(rows):
            indicator = IndicatorFactory.create(subject=f"onderwerp {number % 7}")
            MeasureFactory.create(indicator=indicator, theme=theme)
            GoalFactory.create(theme=theme)
        first = Indicator.objects.order_by("pk")[0]
        Indicator.objects.filter(pk=first.pk).update(slug="eerste")
        for address in (HOME, f"{HOME}eerste/", f"{HOME}eerste/gebruiken/", f"{HOME}sets/ceo-wmo/"):
            desk.get(address)  # the first time that somebody reads a draft is written down
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(address).status_code == 200
            asked.setdefault(address, []).append(len(queries))
    for address, (one, many) in asked.items():
        assert one == many <= 13, address


# -- reuse -----------------------------------------------------------------------------------------
def test_an_indicator_goes_from_the_library_to_a_goal(desk: Client) -> None:
    row = IndicatorFactory.create(slug="eenzaam", name="Eenzame mensen")
    goal = GoalFactory.create(label="Niemand alleen", theme__version__agenda__slug="mag-x")
    adopted = GoalFactory.create(label="Ligt vast", theme__version__adopted=True)
    page = desk.get(f"{HOME}eenzaam/gebruiken/").content.decode()
    address = f"/beheer/agenda/mag-x/1/meting/nieuw/?doel={goal.pk}&indicator={row.pk}"
    assert address.replace("&", "&amp;") in page
    assert adopted.label not in page
    form = desk.get(address).context["form"]
    assert (form["indicator"].value(), form["text"].value()) == (row.pk, "Eenzame mensen")
    typed = {"indicator": row.pk, "number": "1", "text": "Minder eenzame mensen"}
    assert desk.post(address, typed).status_code == 302
    assert Measure.objects.get().goal == goal
    page = desk.get(f"{HOME}eenzaam/gebruiken/").content.decode()
    assert "meet dit doel al" in page
    assert "Niemand alleen" in desk.get(f"{HOME}eenzaam/").content.decode()


def test_an_address_with_an_unknown_indicator_starts_empty(desk: Client) -> None:
    goal = GoalFactory.create(theme__version__agenda__slug="mag-x")
    address = f"/beheer/agenda/mag-x/1/meting/nieuw/?doel={goal.pk}&indicator="
    for key in ("999999", "x", ""):
        assert not desk.get(address + key).context["form"]["indicator"].value()


# -- likeness --------------------------------------------------------------------------------------
def test_likeness_sees_through_capitals_accents_and_endings() -> None:
    held = IndicatorFactory.create(name="Cliënten met maatwerk", definition="")
    IndicatorFactory.create(name="Banen in de gemeente", definition="")
    assert alike("clienten met een maatwerk", "") == [held]
    assert alike("Bomen", "") == []
    assert likeness(trigrams(""), trigrams("")) == 0


def test_a_new_one_that_looks_like_another_is_asked_about_once(desk: Client) -> None:
    IndicatorFactory.create(slug="eenzaam", name="Eenzame mensen")
    typed = {
        "name": "Eenzame mensen van 65 en ouder",
        "value_type": "count",
        "level": "population",
        "aggregation": "none",
    }
    response = desk.post(f"{HOME}nieuw/", typed)
    page = response.content.decode()
    assert "Lijkt op wat er al is" in page
    assert f'href="{HOME}eenzaam/"' in page
    assert typed["name"] in page
    assert Indicator.objects.count() == 1
    assert desk.post(f"{HOME}nieuw/", typed | {"is_new": "on"}).status_code == 302
    assert Indicator.objects.count() == 2


# -- standard sets ---------------------------------------------------------------------------------
def test_every_set_names_its_source_in_every_row() -> None:
    sets = standard_sets()
    assert {key: len(each.rows) for key, each in sets.items()} == {
        "bbv-taakveld-6": 11,
        "ceo-wmo": 10,
        "eerste-participatiecontract": 5,
    }
    for each in sets.values():
        assert each.source
        assert all(row.source for row in each.rows)


@pytest.mark.parametrize("wrong", ["kleur: rood", "level: dorp", "value_type: kleur"])
def test_a_set_with_a_mistake_is_not_read(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "fout.yaml"
    path.write_text(
        "title: Fout\nlede: Fout\nsource: geen\nrows:\n"
        f"  - {{item: a, name: A, source: b, {wrong}}}\n".replace(
            "{item", "{level: population, item"
        )
    )
    with pytest.raises(ValueError, match="fout"):
        read_set(path)


def test_every_set_names_its_source_as_a_reader_knows_it() -> None:
    for held in standard_sets().values():
        for named in (held.source, *(row.source for row in held.rows)):
            assert not re.search(r"\b\d{3} H\d", named), named
            assert len(named) > 20, named


def test_a_chosen_set_fills_the_library_once(desk: Client) -> None:
    address = f"{HOME}sets/eerste-participatiecontract/"
    typed = {"rows": ["tegenprestatie", "klanttevredenheid"]}
    assert [desk.post(address, typed).status_code for _ in range(2)] == [302, 302]
    assert Indicator.objects.count() == 2
    assert Change.objects.count() == 2
    row = Indicator.objects.get(standard="eerste-participatiecontract/tegenprestatie")
    assert "Evaluatie sturing Wmo Kaag en Braassem (rekenkamer, 2020), hoofdstuk 6.3" in row.note
    assert row.value_type == ""  # the source does not say
    page = desk.get(address).content.decode()
    assert page.count("staat al in uw bibliotheek") == 2
    assert "2 daarvan staan in uw bibliotheek" in desk.get(f"{HOME}sets/").content.decode()
    # Whoever renames it keeps it: the set knows it by its key.
    Indicator.objects.filter(pk=row.pk).update(name="Tegenprestatie")
    desk.post(address, typed)
    assert Indicator.objects.count() == 2


def test_every_row_of_every_set_can_be_added_and_saved_again(desk: Client) -> None:
    for key, each in standard_sets().items():
        typed = {"rows": [row.item for row in each.rows]}
        assert desk.post(f"{HOME}sets/{key}/", typed).status_code == 302
    for row in Indicator.objects.all():
        row.full_clean()
    assert Indicator.objects.count() == 26


def test_a_choice_that_is_none_is_told(desk: Client) -> None:
    address = f"{HOME}sets/ceo-wmo/"
    assert "Vink ten minste één" in desk.post(address, {}).content.decode()
    assert "hoort niet bij deze set" in desk.post(address, {"rows": ["x"]}).content.decode()
    assert desk.get(f"{HOME}sets/bestaat-niet/").status_code == 404
    assert not Indicator.objects.exists()


def test_a_row_that_looks_like_what_is_there_says_so(desk: Client) -> None:
    IndicatorFactory.create(name="Netto-arbeidsparticipatie", slug="netto")
    page = desk.get(f"{HOME}sets/bbv-taakveld-6/").content.decode()
    assert f'Lijkt op <a href="{HOME}netto/">' in page


def test_the_public_chooses_by_no_subject_that_only_a_draft_measures(client: Client) -> None:
    IndicatorFactory.create(subject="Geheim onderwerp", level="population")
    assert "Geheim onderwerp" not in client.get("/agenda/indicatoren/").content.decode()
