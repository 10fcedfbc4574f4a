"""The editions of the monitor, verdict by verdict, against a table of our own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from demo.loading import contracts, monitors, organisations
from demo.loading.reader import DataFileError
from monitor.models import Bottleneck, Challenge, Judgement, Monitor, MonitorNote, OtherParty
from tests.demo.cycle import DATA, make_agendas
from tests.demo.test_contract_data import copy_with

WORDS = {"G": "good", "N": "neutral", "S": "negative"}

# goal: number in 2017, number in 2018, verdict in 2017, verdict in 2018
VERDICTS = """
voldoende-woonruimte                            6.2.1  i    G G
inwoners-verantwoordelijk                       6.2.2  ii   G G
openbare-ruimte                                 6.2.3  iii  G G
aantrekkelijk-vestigingsklimaat                 i      i    N N
balans-in-vraag-en-aanbod                       ii     ii   S G
bestaansniveau                                  iii    iii  N G
onder-de-18-geen-drank-of-drugs                 iv     i    N N
boven-18-minder-drank-en-drugs                  v      ii   N N
gezonde-levensstijl                             vi     iii  G G
veilig                                          vii    iv   G G
herkenning-geweld                               viii   v    G N
inwoners-weten-waar-zij-terecht-kunnen          ix     i    G G
inwoners-die-vraag-niet-stellen-worden-bereikt  x      ii   N N
vragen-snel-en-integraal-opgepakt               xi     iii  G G
kinderen-veilig-en-ontwikkelen-talenten         i      i    G G
ouders-toegerust                                ii     ii   G G
hulp-snel-laagdrempelig-en-op-maat              iii    iii  N N
deelname-dagelijks-leven                        i      i    G G
hulp-lokaal-snel-en-laagdrempelig               ii     ii   G G
financieel-redzaam                              iii    iii  N G
voldoende-sociaal-netwerk                       iv     iv   N G
balans-mantelzorgers                            i      i    G G
ondersteuning-mantelzorgers                     ii     ii   G G
mantelzorgers-herkend-en-erkend                 iii    iii  N G
inwoners-vrijwilligers                          iv     iv   G G
effectiever-en-efficienter-vrijwilligerswerk    v      v    G G
ondersteuning-vrijwilligerswerk                 vi     vi   G G
aantoonbare-bijdrage                            i      i    G G
alleen-investeren-in-doelen                     ii     ii   N G
efficienter-en-vernieuwend-gebruik              iii    iii  G G
"""
ROWS = [line.split() for line in VERDICTS.split("\n") if line]

BOTTLENECKS_2017 = {
    "wonen": 1,
    "werken": 2,
    "gezondheid-en-veiligheid": 3,
    "toegang": 1,
    "ontwikkeling": 2,
    "ondersteuning": 2,
    "investeren-in-mensen": 1,
    "maatschappelijk-vastgoed": 1,
}
BOTTLENECKS_2018 = {
    "wonen": 1,
    "gezondheid-en-veiligheid": 1,
    "toegang": 1,
    "ontwikkeling": 1,
    "investeren-in-mensen": 2,
    "maatschappelijk-vastgoed": 1,
}


@pytest.fixture
def before(db: None) -> None:
    make_agendas()
    organisations.load(DATA)
    contracts.load(DATA)


@pytest.fixture
def loaded(before: None) -> None:
    monitors.load(DATA)


def counts(year: int) -> Counter[str | None]:
    return Counter(Judgement.objects.filter(monitor__year=year).values_list("verdict", flat=True))


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(("year", "place"), [(2017, 0), (2018, 1)])
def test_every_goal_has_the_number_and_verdict_of_its_edition(year: int, place: int) -> None:
    told = Judgement.objects.filter(monitor__year=year).values_list(
        "goal__slug", "number", "verdict"
    )
    assert list(told) == [(row[0], row[1 + place], WORDS[row[3 + place]]) for row in ROWS]


@pytest.mark.usefixtures("loaded")
def test_the_counts_are_those_of_the_source() -> None:
    assert counts(2017) == {"good": 19, "neutral": 10, "negative": 1}
    assert counts(2018) == {"good": 24, "neutral": 6}
    assert counts(2016) == {}


@pytest.mark.usefixtures("loaded")
def test_six_goals_improved_and_one_worsened() -> None:
    rank = {"negative": 0, "neutral": 1, "good": 2}
    moved: dict[str, set[str]] = {"better": set(), "worse": set()}
    for row in Judgement.objects.filter(monitor__year=2018).select_related("goal"):
        assert row.verdict is not None
        assert row.previous is not None
        change = rank[row.verdict] - rank[row.previous]
        if change:
            moved["better" if change > 0 else "worse"].add(row.goal.slug)
    assert moved == {
        "better": {
            "balans-in-vraag-en-aanbod",
            "bestaansniveau",
            "financieel-redzaam",
            "voldoende-sociaal-netwerk",
            "mantelzorgers-herkend-en-erkend",
            "alleen-investeren-in-doelen",
        },
        "worse": {"herkenning-geweld"},
    }


@pytest.mark.usefixtures("loaded")
def test_the_previous_verdict_is_that_of_the_year_before_and_2017_has_none() -> None:
    of_2017 = dict(
        Judgement.objects.filter(monitor__year=2017).values_list("goal__slug", "verdict")
    )
    previous = Judgement.objects.filter(monitor__year=2018).values_list("goal__slug", "previous")
    assert dict(previous) == of_2017
    assert set(Judgement.objects.filter(monitor__year=2017).values_list("previous")) == {(None,)}


@pytest.mark.usefixtures("loaded")
def test_a_label_is_that_of_its_edition() -> None:
    labels = Judgement.objects.filter(goal__slug="ondersteuning-vrijwilligerswerk")
    assert dict(labels.values_list("monitor__year", "label")) == {
        2017: "Ondersteun vrijwilligerswerk",
        2018: "Ondersteuning vrijwilligerswerk",
    }
    other = Judgement.objects.exclude(goal__slug="ondersteuning-vrijwilligerswerk")
    assert all(row.label == row.goal.label for row in other.select_related("goal"))


@pytest.mark.usefixtures("loaded")
def test_reasons_are_not_invented_and_motives_only_where_the_source_gives_them() -> None:
    assert set(Judgement.objects.values_list("reason", "suggested", "origin")) == {
        ("", None, "source")
    }
    explained = Judgement.objects.exclude(explanation="")
    assert set(explained.values_list("goal__slug", "monitor__year")) == {
        (goal, year)
        for goal in ("onder-de-18-geen-drank-of-drugs", "boven-18-minder-drank-en-drugs")
        for year in (2017, 2018)
    }


@pytest.mark.usefixtures("loaded")
def test_all_editions_were_published_by_the_same_steps_without_a_person() -> None:
    assert list(
        Monitor.objects.order_by("year").values_list("year", "kind", "status", "judges_goals")
    ) == [
        (2016, "annual", "published", False),
        (2017, "annual", "published", True),
        (2018, "annual", "published", True),
    ]
    for monitor in Monitor.objects.all():
        events = list(monitor.events.all())
        assert [event.to_status for event in events] == ["judged", "adopted", "published"]
        assert all(event.actor is None and event.origin == "source" for event in events)
        assert monitor.snapshots.count() == 1


@pytest.mark.usefixtures("loaded")
def test_the_edition_of_2016_tells_trends_and_no_verdicts() -> None:
    kinds = MonitorNote.objects.filter(monitor__year=2016).values_list("kind", flat=True)
    assert Counter(kinds) == {"trend": 5, "went_well": 3, "went_less_well": 3, "measure": 2}


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(("year", "expected"), [(2017, BOTTLENECKS_2017), (2018, BOTTLENECKS_2018)])
def test_each_theme_has_its_bottlenecks(year: int, expected: dict[str, int]) -> None:
    rows = Bottleneck.objects.filter(monitor__year=year)
    assert Counter(rows.values_list("theme__slug", flat=True)) == expected


@pytest.mark.usefixtures("loaded")
def test_a_bottleneck_hangs_on_a_goal_only_where_the_source_makes_it_certain() -> None:
    rows = Bottleneck.objects.exclude(goal=None)
    assert set(rows.values_list("monitor__year", "goal__slug")) == {
        (2017, "openbare-ruimte"),
        (2017, "balans-in-vraag-en-aanbod"),
        (2017, "herkenning-geweld"),
        (2017, "inwoners-weten-waar-zij-terecht-kunnen"),
        (2018, "voldoende-woonruimte"),
        (2018, "herkenning-geweld"),
    }


@pytest.mark.usefixtures("loaded")
def test_three_challenges_are_stubborn_and_six_are_named_too() -> None:
    assert Counter(Challenge.objects.values_list("is_core", flat=True)) == {True: 3, False: 6}
    good_yet_named = {
        goal.slug
        for challenge in Challenge.objects.all()
        for goal in challenge.goals.all()
        if goal.judgements.get(monitor__year=2018).verdict == "good"
    }
    assert good_yet_named == {
        "voldoende-woonruimte",
        "balans-in-vraag-en-aanbod",
        "hulp-lokaal-snel-en-laagdrempelig",
        "aantoonbare-bijdrage",
        "alleen-investeren-in-doelen",
        "efficienter-en-vernieuwend-gebruik",
    }


@pytest.mark.usefixtures("loaded")
def test_three_other_parties_must_act_too() -> None:
    assert list(OtherParty.objects.values_list("name", flat=True)) == [
        "woningcorporaties",
        "de jeugdzorg",
        "het Serviceplein",
    ]


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    "model", [Monitor, Judgement, Bottleneck, MonitorNote, Challenge, OtherParty]
)
def test_every_row_opens_to_its_source(model: type[Monitor]) -> None:
    assert model.objects.exists()
    assert not model.objects.filter(source=None).exists()
    assert not model.objects.filter(locator="").exists()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("goal: veilig,", "goal: gevaarlijk,", "Er is geen doel in .* ‘gevaarlijk’"),
        ("verdict: negative", "verdict: slecht", "‘slecht’ bij ‘verdict’ bestaat niet"),
        ("theme: toegang, goal:", "theme: wonen, goal:", "Dit doel hoort bij een ander thema"),
        ("agenda_version: {agenda: mag-2-0, number: 2}\n", "\n", "hoort bij een agenda|Noem"),
        ("goal: veilig,", "goal: gezonde-levensstijl,", "al een oordeel"),
    ],
)
def test_a_wrong_monitor_is_told_by_line_and_nothing_is_kept(
    before: None, tmp_path: Path, old: str, new: str, message: str
) -> None:
    folder = copy_with(tmp_path, "monitors.yaml", old, new)
    with pytest.raises(DataFileError, match=rf"monitors\.yaml, regel \d+: .*({message})"):
        monitors.load(folder)
    assert not Monitor.objects.exists()
