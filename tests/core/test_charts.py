"""The geometry: what must hold for every chart, whatever the numbers."""

import math
import re
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.charts import (
    NARROW_WIDTH,
    WIDE,
    BarChart,
    BarRow,
    Category,
    FlowChart,
    FlowItem,
    LineChart,
    Point,
    ShareChart,
    ShareItem,
    SparkChart,
    bar_table,
    draw_bars,
    draw_flow,
    draw_line,
    draw_shares,
    draw_spark,
    flow_notes,
    flow_table,
    line_notes,
    line_table,
    share_table,
)
from core.charts.parts import Text
from core.charts.scale import axis, nice_step
from core.charts.text import short_number, text_width, wrap

D = Decimal
WIDTHS = st.sampled_from([WIDE, NARROW_WIDTH])
NUMBERS = st.one_of(
    st.decimals(-200, 200, places=1),
    st.integers(0, 100).map(Decimal),
    st.decimals(D("-99999999999999"), D("99999999999999"), places=2),
)
WORDS = st.text("abcdefghij ëWM", min_size=1, max_size=60)
POINTS = st.lists(
    st.builds(
        lambda value, provisional, target: (value, provisional, target),
        st.none() | NUMBERS,
        st.booleans(),
        st.none() | NUMBERS,
    ),
    min_size=1,
    max_size=24,
).map(
    lambda drawn: [
        Point(str(2000 + i), value, provisional, target)
        for i, (value, provisional, target) in enumerate(drawn)
    ]
)
UNITS = st.sampled_from(["", "%", "€", "per 10.000"])
VERDICTS = [
    Category("goed", "disc", "goed"),
    Category("neutraal", "square", "neutraal"),
    Category("negatief", "triangle", "negatief"),
]


def inside(texts: list[Text], width: float, height: float) -> None:
    for text in texts:
        box = text.box
        assert box.left >= -0.6, text
        assert box.right <= width + 0.6, text
        assert box.top >= -0.6, text
        assert box.bottom <= height + 0.6, text


def places(d: str) -> list[tuple[float, float]]:
    numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", d)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def line_of(*values: object, unit: str = "", targets: list[int | None] | None = None) -> LineChart:
    points = [
        Point(
            str(2014 + i),
            None if value is None else D(str(value)),
            target=D(targets[i] or 0) if targets and targets[i] is not None else None,
        )
        for i, value in enumerate(values)
    ]
    return LineChart("l", "Een zin.", "Wat er gemeten is", points, unit)


# -- line ------------------------------------------------------------------------------------------
@given(POINTS, UNITS, WIDTHS)
def test_every_line_stays_inside_its_canvas(points: list[Point], unit: str, width: int) -> None:
    picture = draw_line(LineChart("l", "Een zin.", "Wat", points, unit), width)
    if picture is None:
        assert all(point.value is None for point in points)
        return
    inside(picture.texts, picture.width, picture.height)
    drawn = [(mark.x, mark.y) for mark in picture.marks]
    assert len(drawn) == sum(point.value is not None for point in points)
    assert all(math.isfinite(n) for place in drawn for n in place)
    assert all(a[0] < b[0] for a, b in pairwise(drawn))
    for x, y in [*drawn, *(p for d in [*picture.lines, *picture.targets] for p in places(d))]:
        assert 0 <= x <= picture.width
        assert 0 <= y <= picture.height


@given(POINTS, WIDTHS)
def test_no_label_crosses_the_line_or_the_target_or_another_label(
    points: list[Point], width: int
) -> None:
    picture = draw_line(LineChart("l", "Een zin.", "Wat", points), width)
    if picture is None:
        return
    for label in picture.labels:
        box = label.box
        for d in [*picture.lines, *picture.targets]:
            for (x1, y1), (x2, y2) in pairwise(places(d)):
                for step in range(41):
                    x, y = x1 + (x2 - x1) * step / 40, y1 + (y2 - y1) * step / 40
                    assert not (box.left < x < box.right and box.top + 1 < y < box.bottom - 1), (
                        label,
                        d,
                    )
    for first, second in pairwise(picture.labels):
        assert not first.box.overlaps(second.box)


@given(POINTS, WIDTHS)
def test_a_higher_value_is_never_drawn_lower(points: list[Point], width: int) -> None:
    picture = draw_line(LineChart("l", "Een zin.", "Wat", points), width)
    if picture is None:
        return
    values = [point.value for point in points if point.value is not None]
    ranked = sorted(zip(values, picture.marks, strict=True), key=lambda pair: pair[0])
    assert all(low[1].y >= high[1].y for low, high in pairwise(ranked))


def test_labels_stand_above_at_or_over_the_target_and_below_under_it() -> None:
    chart = line_of(71, 78, 82, 86, 69, unit="%", targets=[80, 80, 80, 85, 85])
    picture = draw_line(chart)
    assert picture is not None
    sides = {
        label.text: "above" if label.y < mark.y else "below"
        for label, mark in zip(picture.labels, picture.marks, strict=False)
    }
    assert sides == {"71": "below", "78": "below", "82": "above", "86": "above"}
    assert [text.text for text in picture.end_labels] == ["streefwaarde", "85%", "69%"]


def test_the_target_is_a_stepped_line() -> None:
    picture = draw_line(line_of(71, 78, 82, targets=[80, 80, 85]))
    assert picture is not None
    [target] = picture.targets
    steps = [(a, b) for a, b in pairwise(places(target)) if a[1] != b[1]]
    assert len(steps) == 1
    assert steps[0][0][0] == steps[0][1][0]  # upright


def test_a_line_is_not_drawn_across_a_missing_value() -> None:
    chart = line_of(540, 525, None, 430, 418)
    picture = draw_line(chart)
    assert picture is not None
    assert len(picture.lines) == 2
    assert len(picture.missing) == 1
    assert "Geen waarde voor 2016." in line_notes(chart)


def test_an_axis_above_zero_says_so_and_one_from_zero_says_nothing() -> None:
    assert line_notes(line_of(71, 78, 82, unit="%")) == ["De as begint bij 65%, niet bij 0."]
    assert line_notes(line_of(2, 78, 82, unit="%")) == []


@pytest.mark.parametrize("values", [(5, 5, 5), (0, 0), (7,), (-3, -3), ("0.001", "0.001")])
def test_equal_values_and_single_values_have_a_place(values: tuple[object, ...]) -> None:
    picture = draw_line(line_of(*values))
    assert picture is not None
    assert len({mark.y for mark in picture.marks}) == 1
    assert all(math.isfinite(mark.y) for mark in picture.marks)


def test_nothing_is_drawn_when_everything_is_missing() -> None:
    chart = line_of(None, None)
    assert draw_line(chart) is None
    assert [row.cells[0].text for row in line_table(chart).rows] == ["geen waarde"] * 2


def test_a_qualifier_stays_with_its_number() -> None:
    points = [Point("2017", D(400)), Point("2018", D(418), text="bijna 418")]
    chart = LineChart("l", "Een zin.", "Wat", points)
    picture = draw_line(chart)
    assert picture is not None
    assert "bijna 418" in [text.text for text in picture.end_labels]
    assert line_table(chart).rows[1].cells[0].text == "bijna 418"


def test_a_missing_value_keeps_its_reason_in_the_table() -> None:
    chart = LineChart("l", "Z.", "W", [Point("2018", None, absence="niet gemeten")], "%")
    (row,) = line_table(chart).rows
    assert (row.heading, [cell.text for cell in row.cells]) == (
        "2018",
        ["geen waarde: niet gemeten"],
    )
    assert line_notes(chart) == ["Geen waarde voor 2018: niet gemeten."]


# -- axis and text ---------------------------------------------------------------------------------
@given(st.lists(NUMBERS, min_size=1, max_size=8), st.booleans())
def test_an_axis_holds_every_value_with_few_round_ticks(
    values: list[Decimal], from_zero: bool
) -> None:
    scale = axis(values, from_zero=from_zero)
    assert scale.low <= min(values)
    assert max(values) <= scale.high
    assert 2 <= len(scale.ticks) <= 8
    assert len({b - a for a, b in pairwise(scale.ticks)}) == 1
    if from_zero:
        assert scale.low <= 0 <= scale.high


@given(st.lists(st.decimals(0, 100, places=1), min_size=1, max_size=8), st.booleans())
def test_an_axis_of_percentages_stops_at_a_hundred(values: list[Decimal], from_zero: bool) -> None:
    scale = axis(values, from_zero=from_zero, ceiling=D(100))
    assert scale.high <= 100
    assert scale.low >= 0
    assert scale.low <= min(values)
    assert max(values) <= scale.high


@pytest.mark.parametrize(
    ("span", "step"), [("10", "2"), ("11", "2.5"), ("26", "10"), ("0.3", "0.1"), ("4E+9", "1E+9")]
)
def test_steps_are_round(span: str, step: str) -> None:
    assert nice_step(D(span), 5) == D(step)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("69", "69"),
        ("431.5", "431,5"),
        ("6.83", "6,83"),
        ("1234.5", "1.235"),
        ("1720000", "1,72\N{NO-BREAK SPACE}mln"),
        ("-38400000", "−38,4\N{NO-BREAK SPACE}mln"),
        ("99999999999999", "100.000\N{NO-BREAK SPACE}mld"),
    ],
)
def test_a_number_in_a_picture_is_short_and_dutch(number: str, text: str) -> None:
    assert short_number(D(number)) == text


@given(st.text(max_size=80), st.integers(30, 300))
def test_wrapped_lines_fit_and_lose_no_letter(text: str, width: int) -> None:
    lines = wrap(text, 13, width)
    assert all(text_width(line, 13) <= width for line in lines)
    squeezed = re.compile(r"[ \N{NO-BREAK SPACE}]")
    assert squeezed.sub("", "".join(lines)) == squeezed.sub("", text)


# -- bars and shares -------------------------------------------------------------------------------
@given(
    st.lists(
        st.builds(BarRow, WORDS, st.none() | NUMBERS, st.none() | NUMBERS, st.none() | NUMBERS),
        max_size=8,
    ),
    UNITS,
    WIDTHS,
)
def test_bars_start_at_zero_and_stay_inside(rows: list[BarRow], unit: str, width: int) -> None:
    picture = draw_bars(BarChart("b", "Een zin.", "Wat", rows, unit), width)
    known = [row.value for row in rows if row.value is not None]
    if picture is None:
        assert not known
        return
    inside(picture.texts, picture.width, picture.height)
    zero = picture.baselines[0].x1
    assert len(picture.bars) == len(known)
    for bar, value in zip(picture.bars, known, strict=True):
        edge = bar.x if value >= 0 else bar.x + bar.width
        assert edge == pytest.approx(zero, abs=0.2)
        assert 0 <= bar.x <= bar.x + bar.width <= picture.width
    for x in [*(rule.x1 for rule in picture.references), *(x for x, _ in picture.previous)]:
        assert 0 <= x <= picture.width


def test_a_bar_is_as_long_as_its_value_says() -> None:
    rows = [BarRow("a", D(20), reference=D(40)), BarRow("b", D(40)), BarRow("c", D(0))]
    picture = draw_bars(BarChart("b", "Z.", "W", rows, "%"))
    assert picture is not None
    first, second, third = picture.bars
    assert second.width == pytest.approx(2 * first.width, abs=0.2)
    assert third.width == 0
    assert picture.references[0].x1 == pytest.approx(second.x + second.width, abs=0.2)


def test_the_table_of_bars_has_only_the_columns_that_are_known() -> None:
    rows = [BarRow("a", D(20), reference=D(40)), BarRow("b", None, absence="niet gemeten")]
    table = bar_table(BarChart("b", "Z.", "W", rows, "%", "2019", "referentiegroep"))
    assert table.columns == ["Onderwerp", "2019", "Referentiegroep"]
    assert [cell.text for cell in table.rows[0].cells] == ["20%", "40%"]
    assert [cell.text for cell in table.rows[1].cells] == [
        "geen waarde: niet gemeten",
        "geen waarde",
    ]


@given(
    st.lists(st.builds(ShareItem, WORDS, st.none() | NUMBERS, st.booleans()), max_size=12),
    WIDTHS,
)
def test_shares_stay_inside_and_are_told_of_a_whole_only(
    items: list[ShareItem], width: int
) -> None:
    picture = draw_shares(ShareChart("s", "Z.", "W", items, marked_name="geen Wmo"), width)
    amounts = [item.amount for item in items if item.amount is not None]
    if picture is None:
        assert not amounts
        return
    inside(picture.texts, picture.width, picture.height)
    whole = len(amounts) == len(items) and min(amounts) >= 0 and sum(amounts) > 0
    assert bool(picture.stack) == whole
    assert all(b.x >= 0 and b.x + b.width <= width + 0.6 for b in picture.stack + picture.bars)


def test_the_sum_says_when_an_amount_is_missing() -> None:
    items = [ShareItem("a", D(300)), ShareItem("b", None, absence="staat niet in de bron")]
    table = share_table(ShareChart("s", "Z.", "W", items))
    assert table.columns == ["Post", "Bedrag"]
    assert table.rows[-1].heading == "Samen, zonder wat ontbreekt"
    assert table.rows[-1].cells[0].text.endswith("300")


def test_shares_are_of_the_sum() -> None:
    items = [ShareItem("a", D(750000)), ShareItem("b", D(249000)), ShareItem("c", D(1000))]
    table = share_table(ShareChart("s", "Z.", "W", items))
    assert [row.cells[1].text for row in table.rows] == ["75%", "25%", "minder dan 1%", "100%"]


# -- spark and flow --------------------------------------------------------------------------------
@given(POINTS)
def test_a_sparkline_writes_the_last_five_values_inside_its_canvas(points: list[Point]) -> None:
    picture = draw_spark(SparkChart("s", "Z.", points))
    last = points[-5:]
    if picture is None:
        assert all(point.value is None for point in last)
        return
    inside(picture.texts, picture.width, picture.height)
    assert len(picture.labels) == len(last)


ITEMS = st.lists(
    st.builds(FlowItem, st.none() | st.integers(0, 2), st.none() | st.integers(0, 2)), max_size=120
)


@given(ITEMS, st.sampled_from([420, NARROW_WIDTH]))
def test_every_item_is_a_mark_and_every_move_a_curve(items: list[FlowItem], width: int) -> None:
    chart = FlowChart("f", "Z.", "W", VERDICTS, items, "2017", "2018")
    picture = draw_flow(chart, width)
    seen = [item for item in items if item.before is not None or item.after is not None]
    if picture is None:
        assert not seen
        return
    inside(picture.texts, picture.width, picture.height)
    assert len(picture.marks) == sum(
        (item.before is not None) + (item.after is not None) for item in seen
    )
    assert len(picture.curves) == sum(
        item.before is not None and item.after is not None for item in seen
    )
    boxes = [text.box for text in [*picture.counts, *picture.labels]]
    for i, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[:i])


def test_the_movement_of_thirty_goals_is_counted() -> None:
    items = [FlowItem(0, 0)] * 18 + [FlowItem(0, 1)] + [FlowItem(1, 0)] * 5
    items += [FlowItem(1, 1)] * 5 + [FlowItem(2, 0)]
    chart = FlowChart("f", "Z.", "W", VERDICTS, items, "2017", "2018")
    picture = draw_flow(chart)
    assert picture is not None
    assert [text.text for text in picture.counts] == ["19", "10", "1", "24", "6", "0"]
    assert [entry.label.text for entry in picture.key] == [
        "6 verbeterd",
        "1 verslechterd",
        "23 gelijk",
    ]
    table = flow_table(chart)
    assert [cell.text for cell in table.rows[-1].cells] == ["24", "6", "0", "30"]
    assert flow_notes(chart) == []


def test_an_item_of_one_moment_is_told_not_drawn_as_a_move() -> None:
    chart = FlowChart(
        "f", "Z.", "W", VERDICTS, [FlowItem(None, 0)], "2017", "2018", absent_words="geen oordeel"
    )
    picture = draw_flow(chart)
    assert picture is not None
    assert picture.curves == []
    assert flow_notes(chart) == ["1 keer geen oordeel in 2017."]
    assert flow_table(chart).rows[-2].heading == "Geen oordeel in 2017"


def test_an_unknown_mark_is_refused() -> None:
    with pytest.raises(ValueError, match="star"):
        Category("goed", "star", "goed")


def test_a_ceiling_far_from_the_lowest_value_gives_few_ticks() -> None:
    scale = axis([D(-99999999999999), D(60)], from_zero=True, ceiling=D(100))
    assert len(scale.ticks) <= 8
