"""An edition keeps what was measured in its time, and holds nothing against another definition."""

from __future__ import annotations

import json

import pytest

from agenda.models import Goal, Indicator, Measure, Target
from monitor.evidence import measure_evidence, measures_of
from monitor.models import Monitor, Snapshot
from monitor.payload import build_payload
from monitor.suggestion import Evidence, suggest
from tests.factories_agenda import (
    IndicatorVersionFactory,
    MeasureFactory,
    ObservationFactory,
    TargetFactory,
)
from tests.monitor.edition import GOAL, two_editions

pytestmark = pytest.mark.django_db

OLD, NEW = "Aantal meldingen.", "Aantal meldingen bij Veilig Thuis."


def change(indicator: Indicator, since: str) -> None:
    IndicatorVersionFactory.create(
        indicator=indicator, number=1, definition=OLD, replaced_from=since
    )
    Indicator.objects.filter(pk=indicator.pk).update(definition=NEW)


def measured_goal() -> tuple[Monitor, Measure]:
    """The edition of 2016, and a measure of its goal with values of 2015 and 2016."""
    _, monitor = two_editions()
    measure: Measure = MeasureFactory.create(
        theme=None,
        goal=Goal.objects.get(slug=GOAL),
        number="9",
        indicator__definition=OLD,
        indicator__direction="down",
    )
    for year, number in (("2015", 50), ("2016", 20)):
        ObservationFactory.create(indicator=measure.indicator, period=year, number=number)
    TargetFactory.create(measure=measure, period="2016", number=30)
    return monitor, measure


def reasons(monitor: Monitor, measure: Measure) -> list[str]:
    assert measure.goal is not None
    own, _ = measures_of(measure.goal)
    (held,) = (row for row in own if row.pk == measure.pk)
    evidence = Evidence(measures=(measure_evidence(held, monitor),))
    return [reason.text for reason in suggest(evidence).reasons]


def test_without_a_break_the_target_and_the_year_before_count() -> None:
    monitor, measure = measured_goal()
    told = reasons(monitor, measure)
    assert len(told) == 2
    assert not any("niet vergelijkbaar" in text for text in told)


def test_over_a_break_neither_counts_and_the_desk_says_so() -> None:
    monitor, measure = measured_goal()
    change(measure.indicator, "2016")
    (told,) = reasons(monitor, measure)
    assert "niet vergelijkbaar, andere definitie vanaf 2016" in told


def test_a_target_that_was_agreed_after_the_break_counts_again() -> None:
    monitor, measure = measured_goal()
    change(measure.indicator, "2016")
    Target.objects.filter(measure=measure).update(meaning=1)
    told = reasons(monitor, measure)
    assert any("streefwaarde van 30" in text for text in told)
    assert any("niet vergelijkbaar" in text for text in told)  # the year before


def test_a_later_break_leaves_an_earlier_edition_as_it_was() -> None:
    monitor, measure = measured_goal()
    change(measure.indicator, "2019")
    assert len(reasons(monitor, measure)) == 2
    # Made again after the break: still what was measured in 2016.
    story = build_payload(monitor, version=2)["goals"][0]["measures"]
    (held,) = (row for row in story if row["number"] == "9")
    assert (held["definition"], held["breaks"]) == (OLD, [])
    assert not held["targets"][0]["broken"]


def test_what_was_published_keeps_its_definition() -> None:
    two_editions()
    snapshot = Snapshot.objects.get(monitor__year=2016)
    indicator = Indicator.objects.get(name="Meldingen van geweld")
    change(indicator, "2016")
    snapshot.refresh_from_db()
    (theme,) = json.loads(snapshot.payload)["themes"]
    assert theme["measures"][0]["definition"] == OLD
    now = build_payload(snapshot.monitor, version=2)["themes"][0]["measures"][0]
    assert now["definition"] == NEW
    assert now["breaks"][0]["definition"] == OLD
    assert now["targets"][0]["broken"]
