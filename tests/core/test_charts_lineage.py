"""The picture of how items went on: everything has its own place (core/charts/lineage.py)."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from core.charts import LineageChart, draw_lineage
from core.charts.lineage import (
    BETWEEN,
    Column,
    Group,
    Item,
    LineagePicture,
    Link,
    Mark,
)
from core.charts.parts import Box

WORDS = st.text("abcdefgh iImMwW.", min_size=1, max_size=70)
KINDS = ["continued", "split", "merged"]


@st.composite
def charts(draw: st.DrawFn) -> LineageChart:
    """Some columns of groups of items, and lines from a column to any later one."""
    columns: list[Column] = []
    keys: list[list[str]] = []
    for c in range(draw(st.integers(1, 6))):
        groups: list[Group] = []
        held: list[str] = []
        for g in range(draw(st.integers(0, 5))):
            items = [
                Item(
                    f"i{c}.{g}.{n}",
                    draw(WORDS),
                    "/",
                    "",
                    marks=[Mark("good", draw(WORDS)) for _ in range(draw(st.integers(0, 4)))],
                    before=draw(st.sampled_from(["", "new"])),
                    after=draw(st.sampled_from(["", "dropped"])),
                )
                for n in range(draw(st.integers(0, 6)))
            ]
            held.extend(item.key for item in items)
            groups.append(
                Group(f"g{c}.{g}", draw(WORDS), items, draw(st.sampled_from(["", "leeg"])))
            )
        columns.append(Column(draw(WORDS), "versie 1", groups))
        keys.append(held)
    pairs = [
        (before, after)
        for left, right in combinations(range(len(keys)), 2)
        for before in keys[left]
        for after in keys[right]
    ]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=40)) if pairs else []
    links = [Link(before, after, draw(st.sampled_from(KINDS))) for before, after in chosen]
    return LineageChart("x", "Vondst", "", columns, links)


def drawn(chart: LineageChart) -> LineagePicture:
    picture = draw_lineage(chart)
    assert picture is not None
    return picture


def inside(box: Box, picture: LineagePicture) -> bool:
    return (
        box.left >= -0.1
        and box.top >= -0.1
        and box.right <= picture.width + 0.1
        and box.bottom <= picture.height + 0.1
    )


@settings(max_examples=80, deadline=None)
@given(charts())
def test_no_words_overlap_and_nothing_leaves_the_canvas(chart: LineageChart) -> None:
    picture = drawn(chart)
    texts = [*picture.texts, *(text for placed in picture.items for text in placed.texts)]
    boxes = [text.box for text in texts]
    for box in [*boxes, *(placed.box for placed in picture.items)]:
        assert inside(box, picture)
    # From left to right, so that only neighbours are compared.
    boxes.sort(key=lambda box: (box.left, box.top))
    for place, box in enumerate(boxes):
        for other in boxes[place + 1 :]:
            assert not box.overlaps(other, gap=-0.2)


@settings(max_examples=80, deadline=None)
@given(charts())
def test_the_words_of_an_item_stay_within_it_and_items_keep_their_order(
    chart: LineageChart,
) -> None:
    picture = drawn(chart)
    placed = {row.item.key: row for row in picture.items}
    for row in picture.items:
        for text in row.texts:
            # Places are rounded to a tenth.
            assert row.box.left < text.box.left
            assert text.box.right <= row.box.right + 0.2
            assert row.box.top <= text.box.top + 0.2
            assert text.box.bottom <= row.box.bottom + 0.2
    for column in chart.columns:
        keys = [item.key for group in column.groups for item in group.items]
        for one, other in pairwise(keys):
            assert placed[one].box.bottom <= placed[other].box.top + 0.1


@settings(max_examples=60, deadline=None)
@given(charts())
def test_each_line_runs_from_the_bar_of_one_item_to_that_of_the_other(chart: LineageChart) -> None:
    picture = drawn(chart)
    placed = {row.item.key: row.box for row in picture.items}
    assert len(picture.curves) == len(chart.links)
    for curve in picture.curves:
        x1, y1, *_, x2, y2 = map(float, re.findall(r"-?[\d.]+", curve.path))
        before, after = placed[curve.before], placed[curve.after]
        assert x1 == before.right
        assert x2 == after.left
        assert before.top < y1 < before.bottom
        assert after.top < y2 < after.bottom


def column(name: str, count: int, *, lead: int = 0) -> Column:
    """Groups of five items; ``lead`` of them stand in a group of their own above the others."""
    items = [Item(f"{name}{n}", f"Doel {n}", "/", "") for n in range(count)]
    groups = [Group(f"{name}g{n}", f"Thema {n}", items[n : n + 5]) for n in range(0, count, 5)]
    extra = [Item(f"{name}lead{n}", "Nieuw", "/", "") for n in range(lead)]
    return Column(name, "", [Group(f"{name}new", "Nieuw", extra), *groups] if lead else groups)


def crossings(picture: LineagePicture) -> int:
    """How many pairs of lines between the same two columns change places."""
    ends = []
    for curve in picture.curves:
        x1, y1, *_, x2, y2 = map(float, re.findall(r"-?[\d.]+", curve.path))
        ends.append((x1, y1, x2, y2))
    return sum(
        (one[1] - other[1]) * (one[3] - other[3]) < 0
        for one, other in combinations(ends, 2)
        if one[0] == other[0] and one[2] == other[2]
    )


def test_thirty_goals_that_all_went_on_in_order_run_straight_and_never_cross() -> None:
    links = [Link(f"a{n}", f"b{n}", "continued") for n in range(30)]
    picture = drawn(LineageChart("x", "", "", [column("a", 30), column("b", 30)], links))
    assert crossings(picture) == 0
    for curve in picture.curves:
        _x, y1, *_, y2 = map(float, re.findall(r"-?[\d.]+", curve.path))
        assert y1 == y2
    assert picture.height < 1500, "thirty goals fit on a page that is read by scrolling once"


def test_a_group_stands_beside_what_it_came_from() -> None:
    """Only the last five of thirty go on: their group stands beside them, not on top."""
    links = [Link(f"a{n}", f"b{n - 25}", "continued") for n in range(25, 30)]
    picture = drawn(LineageChart("x", "", "", [column("a", 30), column("b", 5)], links))
    placed = {row.item.key: row.box for row in picture.items}
    assert placed["b0"].top == placed["a25"].top


def test_the_lines_of_a_split_and_a_merge_do_not_cross_at_their_end() -> None:
    links = [Link("a0", f"b{n}", "split") for n in (3, 1, 0, 2)]
    links += [Link(f"a{n}", "b4", "merged") for n in (4, 2, 3)]
    picture = drawn(LineageChart("x", "", "", [column("a", 5), column("b", 5)], links))
    assert crossings(picture) == 0


def test_groups_that_push_each_other_share_the_difference() -> None:
    """Two groups that both come from the first one: the second stands under the first."""
    links = [Link("a0", "b0", "split"), Link("a0", "b5", "split")]
    picture = drawn(LineageChart("x", "", "", [column("a", 10), column("b", 10)], links))
    placed = {row.item.key: row.box for row in picture.items}
    assert placed["b5"].top - placed["b4"].bottom >= BETWEEN


def test_without_columns_there_is_no_picture() -> None:
    assert draw_lineage(LineageChart("x", "", "", [], [])) is None
