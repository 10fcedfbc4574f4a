"""A passport that comes to say something else keeps how it stood, and its series breaks."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Change, User
from agenda.constants import Direction, VersionKind
from agenda.framework import framework, value_rows
from agenda.meanings import break_between, breaks_of, meaning_in, starting
from agenda.models import AgendaVersion, Indicator, IndicatorVersion, Measure, Target
from agenda.pictures import managed_picture, measure_picture, small_picture
from agenda.progress import ProgressState
from agenda.reading import measure_stories
from agenda.story import measure_story
from core.charts import draw_line, line_notes, line_table
from core.edits import MEANWHILE
from core.periods import Period
from tests.factories_agenda import (
    AreaFactory,
    IndicatorFactory,
    IndicatorVersionFactory,
    MeasureFactory,
    ObservationFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db

OLD, NEW = "Mensen die zich eenzaam voelen", "Mensen van 18 jaar en ouder die zich eenzaam voelen"
ADDRESS = "/beheer/indicatoren/eenzaam/paspoort/"


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def indicator() -> Indicator:
    """Lonely people, counted in 2022 and 2024."""
    row: Indicator = IndicatorFactory.create(
        slug="eenzaam", name="Eenzame mensen", definition=OLD, unit="mensen", direction="down"
    )
    for year, number in (("2022", 900), ("2024", 800)):
        ObservationFactory.create(indicator=row, period=year, number=number)
    return row


def passport(indicator: Indicator, **changes: Any) -> dict[str, Any]:
    """What the page of the passport posts when only ``changes`` are typed."""
    indicator.refresh_from_db()
    held = {
        "name": indicator.name,
        "definition": indicator.definition,
        "value_type": indicator.value_type,
        "unit": indicator.unit,
        "direction": indicator.direction,
        "level": indicator.level,
        "aggregation": indicator.aggregation,
        "counts_people": "on",
        "revision": indicator.revision,
    }
    return held | changes


def new_meaning(indicator: Indicator, since: str = "2024", **changes: Any) -> dict[str, Any]:
    said = {"change": "changed", "since": since, "reason": "Kinderen tellen niet meer mee."}
    return passport(indicator, definition=NEW) | said | changes


def errors(response: Any) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


# -- the screen ------------------------------------------------------------------------------------
def test_a_new_definition_keeps_the_former_and_tells_everybody(
    desk: Client, indicator: Indicator
) -> None:
    assert desk.post(ADDRESS, new_meaning(indicator)).status_code == 302
    former = IndicatorVersion.objects.get()
    assert (former.number, former.definition, former.kind) == (1, OLD, VersionKind.CHANGED)
    assert former.replaced_from == Period(2024)
    indicator.refresh_from_db()
    assert indicator.definition == NEW
    assert Change.objects.get().fields[0]["before"] == OLD
    page = desk.get("/agenda/indicatoren/eenzaam/").content.decode()
    assert "Kinderen tellen niet meer mee." in page
    assert "Vanaf 2024 wordt iets anders gemeten" in page
    assert page.count("eerdere definitie: niet vergelijkbaar met nu") == 1  # 2022, not 2024
    assert "andere definitie vanaf 2024" in page  # in the picture


def test_a_percentage_has_no_unit_of_its_own(desk: Client) -> None:
    made = IndicatorFactory.create(slug="deel", value_type="percentage")
    answer = desk.post("/beheer/indicatoren/deel/paspoort/", passport(made, unit="promille"))
    assert errors(answer)["unit"] == ["Een percentage is in procenten. Laat de eenheid leeg."]
    made.refresh_from_db()
    assert made.unit == ""


def test_a_change_must_say_what_it_is_and_why(desk: Client, indicator: Indicator) -> None:
    response = desk.post(ADDRESS, passport(indicator, definition=NEW))
    assert set(errors(response)) == {"change", "reason"}
    assert NEW in response.content.decode()  # what was typed stays
    assert not IndicatorVersion.objects.exists()
    response = desk.post(ADDRESS, new_meaning(indicator, since=""))
    assert set(errors(response)) == {"since"}


@pytest.mark.parametrize(
    ("since", "told"),
    [
        ("2024/2026", "geen reeks jaren"),
        ("2099", "moet nog beginnen"),
        ("morgen", "is geen periode"),
    ],
)
def test_a_period_that_cannot_be_is_told(
    desk: Client, indicator: Indicator, since: str, told: str
) -> None:
    response = desk.post(ADDRESS, new_meaning(indicator, since=since))
    assert told in errors(response)["since"][0]
    assert not IndicatorVersion.objects.exists()


def test_a_second_change_starts_after_the_first(desk: Client, indicator: Indicator) -> None:
    desk.post(ADDRESS, new_meaning(indicator))
    again = new_meaning(indicator, since="2024-H1", definition="Anders")
    assert "vanaf 2024" in errors(desk.post(ADDRESS, again))["since"][0]
    desk.post(ADDRESS, again | {"since": "2025"})
    assert [held.since.code for held in breaks_of(indicator)] == ["2024", "2025"]


def test_a_correction_does_not_break_the_series(desk: Client, indicator: Indicator) -> None:
    said = {"change": "corrected", "reason": "Tikfout."}
    assert desk.post(ADDRESS, passport(indicator, definition=f"{OLD}.") | said).status_code == 302
    assert IndicatorVersion.objects.get().replaced_from is None
    assert breaks_of(indicator) == []
    page = desk.get("/beheer/indicatoren/eenzaam/").content.decode()
    assert "Tekst verbeterd." in page
    assert "Tikfout." in page
    assert "eerdere definitie" not in page


def test_to_complete_a_passport_needs_no_reason(desk: Client, indicator: Indicator) -> None:
    typed = passport(indicator, rationale="Eenzaamheid maakt ziek.", numerator="mensen")
    assert desk.post(ADDRESS, typed).status_code == 302
    assert not IndicatorVersion.objects.exists()


def test_without_values_nothing_is_asked(desk: Client) -> None:
    row = IndicatorFactory.create(slug="eenzaam", definition=OLD)
    assert "change" not in desk.get(ADDRESS).context["form"].fields
    assert desk.post(ADDRESS, passport(row, definition=NEW)).status_code == 302
    assert not IndicatorVersion.objects.exists()


def test_a_second_click_makes_no_second_version(desk: Client, indicator: Indicator) -> None:
    typed = new_meaning(indicator)
    assert [desk.post(ADDRESS, typed).status_code for _ in range(2)] == [302, 302]
    assert IndicatorVersion.objects.count() == 1
    assert Change.objects.count() == 1


def test_a_second_editor_sees_both_texts_and_makes_no_version(
    desk: Client, indicator: Indicator
) -> None:
    stale = new_meaning(indicator, definition="Van een ander")
    desk.post(ADDRESS, new_meaning(indicator))
    response = desk.post(ADDRESS, stale | {"since": "2025"})
    assert MEANWHILE in response.content.decode()
    assert IndicatorVersion.objects.count() == 1


def test_the_kind_of_value_stays(desk: Client, indicator: Indicator) -> None:
    response = desk.post(ADDRESS, new_meaning(indicator, value_type="percentage"))
    assert "maak een nieuwe indicator" in errors(response)["value_type"][0]


# -- the database ----------------------------------------------------------------------------------
def test_the_database_asks_for_the_former_version(indicator: Indicator) -> None:
    rows = Indicator.objects.filter(pk=indicator.pk)
    for texts in ({"definition": NEW}, {"unit": "personen"}):
        with pytest.raises(IntegrityError, match="vastligt"), transaction.atomic():
            rows.update(**texts)
    rows.update(numerator="wie ja zegt", name="Anders", note="Mag")  # was empty, or is no meaning
    rows.update(note="Mag weer")
    IndicatorVersionFactory.create(
        indicator=indicator, number=1, definition=OLD, unit="mensen", numerator="wie ja zegt"
    )
    rows.update(definition=NEW)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(definition="Nog eens anders")


def test_a_target_alone_guards_the_meaning_too() -> None:
    target = TargetFactory.create(measure__indicator__definition=OLD)
    with pytest.raises(IntegrityError), transaction.atomic():
        Indicator.objects.filter(pk=target.measure.indicator_id).update(definition=NEW)


def test_a_version_is_never_changed_or_removed() -> None:
    row = IndicatorVersionFactory.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorVersion.objects.update(reason="Anders")


def test_a_version_starts_with_a_year_or_a_second_half() -> None:
    row = IndicatorVersionFactory.build(replaced_from=Period(2020, 1))
    with pytest.raises(ValidationError, match="tweede halfjaar"):
        row.clean()
    assert starting(Period(2020, 1)) == Period(2020)
    assert starting(Period(2020, 2)) == Period(2020, 2)


# -- which figures go together ---------------------------------------------------------------------
@pytest.mark.parametrize(
    ("period", "number"),
    [("2019", 0), ("2020", 0), ("2020-H1", 0), ("2020-H2", 1), ("2021", 1), ("2019/2023", 0)],
)
def test_a_figure_belongs_to_the_meaning_of_its_first_day(period: str, number: int) -> None:
    assert meaning_in([Period(2020, 2), Period(2023)], Period.parse(period)) == number


def test_the_last_break_between_two_periods_is_told() -> None:
    row = IndicatorFactory.create()
    IndicatorVersionFactory.create(indicator=row, number=1, replaced_from="2020", reason="Een")
    IndicatorVersionFactory.create(
        indicator=row, number=2, kind="corrected", replaced_from=None, reason="Tikfout"
    )
    IndicatorVersionFactory.create(indicator=row, number=3, replaced_from="2023", reason="Twee")
    breaks = breaks_of(row)
    found = break_between(breaks, Period(2024), Period(2018))
    assert found is not None
    assert found.reason == "Twee"
    assert break_between(breaks, Period(2021), Period(2020)) is None


def agenda_of(measure: Measure) -> AgendaVersion:
    assert measure.theme is not None
    return measure.theme.version


def broken_measure(desk: Client, indicator: Indicator) -> Measure:
    """A measure with a baseline and a target that were agreed before the break of 2024."""
    measure: Measure = MeasureFactory.create(
        indicator=indicator, theme__version__adopted=True, theme__version__agenda__slug="mag-x"
    )
    TargetFactory.create(measure=measure, period="2022", kind="baseline", number=900)
    TargetFactory.create(measure=measure, period="2024", number=850)
    assert desk.post(ADDRESS, new_meaning(indicator)).status_code == 302
    return measure


def test_progress_says_that_it_does_not_compare(desk: Client, indicator: Indicator) -> None:
    measure = broken_measure(desk, indicator)
    line = framework(agenda_of(measure)).themes[0].lines[0]
    assert line.state is ProgressState.BROKEN
    assert line.share is None
    assert "niet vergelijkbaar" in desk.get("/agenda/mag-x/voortgang/").content.decode()
    # A target that was agreed after the break is compared, and the former is not any more.
    TargetFactory.create(measure=measure, period="2026", number=850)
    line = framework(agenda_of(measure)).themes[0].lines[0]
    assert (line.state, line.target_when) == (ProgressState.ON_COURSE, "2026")


def test_a_target_that_is_written_anew_holds_under_the_new_meaning(
    desk: Client, indicator: Indicator
) -> None:
    measure = MeasureFactory.create(
        indicator=indicator,
        theme__version__agenda__slug="mag-x",
        theme__version__agenda__period="2022/2030",
    )
    target = TargetFactory.create(measure=measure, period="2026", number=700)
    desk.post(ADDRESS, new_meaning(indicator))
    assert Target.objects.get().meaning == 0
    typed = {"kind": "target", "period": "2026", "value": "650", "revision": target.revision}
    page = f"/beheer/agenda/mag-x/1/streefwaarde/{target.pk}/"
    form = desk.get(page).context["form"]
    names = {name: form[name].value() for name in form.fields}
    assert names["period"] == "2026"
    response = desk.post(page, typed | {"value_0": "650", "value_number": "650"})
    assert response.status_code == 302, errors(response)
    assert Target.objects.get().meaning == 1


def test_the_picture_breaks_and_says_so(desk: Client, indicator: Indicator) -> None:
    measure = broken_measure(desk, indicator)
    ObservationFactory.create(indicator=indicator, period="2025", number=700)
    (story,) = measure_stories(Measure.objects.filter(pk=measure.pk))
    assert [row["meaning"] for row in story["series"]] == [0, 1, 1]
    assert all(row["broken"] for row in [*story["targets"], *story["baselines"]])
    chart = measure_picture(story, 1)
    assert chart is not None
    assert [point.since for point in chart.points] == ["", "andere definitie vanaf 2024", ""]
    assert chart.points[1].target is None  # it was agreed under the former meaning
    for width in (720, 350):
        picture = draw_line(chart, width)
        assert picture is not None
        assert len(picture.breaks) == 1
        assert len(picture.lines) == 1  # 2024 to 2025: not across the break
        first, second = (mark.x for mark in picture.marks[:2])
        assert first < picture.breaks[0].x1 < second
        assert any("andere" in text.text for text in picture.break_labels)
        assert all(text.box.left >= 0 and text.box.right <= width for text in picture.break_labels)
    assert "niet vergelijkbaar" in " ".join(line_notes(chart))
    table = line_table(chart)
    assert table.columns[-1] == "Reeks"
    assert [row.cells[-1].text for row in table.rows] == [
        "eerdere reeks",
        "andere definitie vanaf 2024",
        "andere definitie vanaf 2024",
    ]


def test_figures_in_another_unit_are_not_on_one_axis(desk: Client, indicator: Indicator) -> None:
    measure = MeasureFactory.create(indicator=indicator, theme__version__adopted=True)
    desk.post(ADDRESS, new_meaning(indicator, unit="per 1.000 inwoners"))
    (story,) = measure_stories(Measure.objects.filter(pk=measure.pk))
    chart = measure_picture(story, 1)
    assert chart is not None
    assert [point.label for point in chart.points] == ["2024"]
    assert chart.unit == "per 1.000 inwoners"
    assert "andere eenheid" in " ".join(chart.remarks)


def test_a_percentage_is_one_unit_whatever_a_passport_wrote_there(desk: Client) -> None:
    share: Indicator = IndicatorFactory.create(
        slug="eenzaam", definition=OLD, unit="% van de volwassenen", value_type="percentage"
    )
    for year, number in (("2022", 30), ("2024", 20)):
        ObservationFactory.create(
            indicator=share, period=year, number=number, value_type="percentage", basis="reported"
        )
    measure = MeasureFactory.create(indicator=share, theme__version__adopted=True)
    assert desk.post(ADDRESS, new_meaning(share, unit="")).status_code == 302
    (story,) = measure_stories(Measure.objects.filter(pk=measure.pk))
    chart = measure_picture(story, 1)
    assert chart is not None
    assert [point.label for point in chart.points] == ["2022", "2024"]
    assert chart.unit == "%"
    assert "andere eenheid" not in " ".join(chart.remarks)


def test_the_picture_of_an_indicator_has_its_breaks_and_what_was_agreed(
    desk: Client, indicator: Indicator
) -> None:
    measure = broken_measure(desk, indicator)
    TargetFactory.create(measure=measure, period="2020", kind="baseline", number=870)
    TargetFactory.create(measure=measure, period="2026", number=650)
    ObservationFactory.create(
        indicator=indicator, period="2022", number=30, area=AreaFactory.create(), source=None
    )
    chart = managed_picture(Indicator.objects.get())
    assert chart is not None
    # The baseline over 2020 was written after the break: it has no place before it.
    assert [(p.label, p.value, p.target, p.since) for p in chart.points] == [
        ("2022", 900, None, ""),
        ("2024", 800, None, "andere definitie vanaf 2024"),
        ("2026", None, 650, ""),
    ]
    assert "Nulmeting: 900 in 2022, volgens een andere definitie." in chart.measured
    assert "Nulmeting: 870 in 2020." in chart.measured
    small = small_picture(Indicator.objects.with_figures().get())
    assert small is not None
    assert [(point.label, point.target) for point in small.points] == [("2024", None)]


def test_a_story_of_then_tells_what_was_measured_then(desk: Client, indicator: Indicator) -> None:
    measure = broken_measure(desk, indicator)
    then = measure_story(Measure.objects.get(pk=measure.pk), until=Period(2022))
    assert then["definition"] == OLD
    assert then["breaks"] == []
    assert not any(row["broken"] for row in then["targets"])
    now = measure_story(Measure.objects.get(pk=measure.pk))
    assert now["definition"] == NEW
    assert [held["since"] for held in now["breaks"]] == ["2024"]


def test_the_spreadsheets_say_what_does_not_compare(desk: Client, indicator: Indicator) -> None:
    measure = broken_measure(desk, indicator)
    remarks = {row[3]: row[7] for row in value_rows(agenda_of(measure))}
    assert "eerdere definitie" in str(remarks["2022"])
    assert "eerdere definitie" not in str(remarks["2024"])
    csv = desk.get("/agenda/indicatoren/eenzaam/meetwaarden.csv").content.decode()
    assert csv.count("eerdere definitie") == 1


def test_the_direction_may_change_without_a_break(desk: Client, indicator: Indicator) -> None:
    assert desk.post(ADDRESS, passport(indicator, direction="up")).status_code == 302
    indicator.refresh_from_db()
    assert indicator.direction == Direction.UP
    assert not IndicatorVersion.objects.exists()
