"""Boxes in columns: whatever they hold and however they are joined, nothing overlaps."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import Any

import pytest
from django.template import Context, Template
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.charts import NetworkChart, NetworkColumn, NetworkNode, draw_network
from core.charts.network import NetworkPicture, NodeBox
from core.charts.parts import Box

WORDS = st.text("abcdefghij ëWM", min_size=1, max_size=80)
FLAGS = st.lists(st.just("Draagt nergens aan bij"), max_size=2)


@st.composite
def charts(draw: st.DrawFn) -> NetworkChart:
    """Up to five columns of up to twelve boxes, joined at random or as whole columns."""
    columns = []
    for n, size in enumerate(draw(st.lists(st.integers(0, 12), min_size=2, max_size=5))):
        nodes = [
            NetworkNode(f"{n}-{k}", draw(WORDS), ["Op 1 januari 2022"], draw(FLAGS))
            for k in range(size)
        ]
        columns.append(NetworkColumn(draw(WORDS), draw(WORDS), nodes))
    names = [[node.id for node in column.nodes] for column in columns]
    possible = [
        (one, other)
        for before, after in combinations(names, 2)
        for one in before
        for other in after
    ]
    links = set(draw(st.lists(st.sampled_from(possible), max_size=60)) if possible else [])
    for n in draw(st.sets(st.integers(0, len(columns) - 2), max_size=3)):
        links |= {(one, other) for one in names[n] for other in names[n + 1]}
    return NetworkChart("c", "Zin.", "Wat", columns, sorted(links))


def frame(box: NodeBox) -> Box:
    return Box(box.x, box.y, box.x + box.width, box.y + box.height)


def joined(picture: NetworkPicture) -> set[tuple[str, str]]:
    """What leads to what when one follows the lines from box to box."""
    starts = {(box.right, box.middle): box.node.id for box in picture.boxes}
    ends = {(box.x, box.middle): box.node.id for box in picture.boxes}
    onwards = defaultdict(set)
    for line in picture.lines:
        onwards[line.start].add(line.end)
    found = set()
    for point, one in starts.items():
        edge, seen = set(onwards[point]), set()
        while edge:
            at = edge.pop()
            seen.add(at)
            if at in ends:
                found.add((one, ends[at]))
            else:
                edge |= onwards[at] - seen
    return found


many = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@many
@given(charts())
def test_no_two_boxes_overlap_and_all_stay_on_the_canvas(chart: NetworkChart) -> None:
    picture = draw_network(chart)
    if picture is None:
        assert not any(column.nodes for column in chart.columns)
        return
    assert sorted(box.node.id for box in picture.boxes) == sorted(chart.places)
    canvas = Box(0, 0, picture.width, picture.height)
    for one, other in combinations(picture.boxes, 2):
        assert not frame(one).overlaps(frame(other), gap=4)
    for box in picture.boxes:
        assert canvas.left <= box.x
        assert frame(box).right <= canvas.right
        assert frame(box).bottom <= canvas.bottom
        for text in box.texts:
            assert frame(box).left <= text.box.left
            assert text.box.right <= frame(box).right + 0.6
            assert frame(box).top <= text.box.top
            assert text.box.bottom <= frame(box).bottom
        for heading in picture.headings:
            assert not frame(box).overlaps(heading.box)


@many
@given(charts())
def test_the_lines_lead_from_box_to_box_as_the_links_say(chart: NetworkChart) -> None:
    picture = draw_network(chart)
    if picture is None:
        return
    assert joined(picture) == set(chart.links)
    for line in picture.lines:
        assert line.start[0] < line.end[0]
        assert min(line.start[1], line.end[1]) >= 0
        assert max(line.start[1], line.end[1]) <= picture.height
        told = {(one, other) for one in line.nodes for other in line.nodes} & set(chart.links)
        assert {key for link in told for key in link} == set(line.nodes)


@many
@given(charts())
def test_no_line_runs_through_a_box(chart: NetworkChart) -> None:
    """A line stays between the heights of its ends; so it is enough to look at that rectangle."""
    picture = draw_network(chart)
    if picture is None:
        return
    for line in picture.lines:
        (x1, y1), (x2, y2) = line.start, line.end
        swept = Box(x1, min(y1, y2), x2, max(y1, y2))
        assert not any(swept.overlaps(frame(box), gap=-0.2) for box in picture.boxes)


def pair(*links: tuple[str, str], left: int = 2, right: int = 2) -> NetworkChart:
    columns = [
        NetworkColumn(name, "", [NetworkNode(f"{name}{n}", f"Doel {n}") for n in range(size)])
        for name, size in (("a", left), ("b", right))
    ]
    return NetworkChart("c", "Zin.", "Wat", columns, links)


def test_what_leads_to_the_same_shares_its_lines() -> None:
    whole = [(f"a{n}", f"b{k}") for n in range(5) for k in range(6)]
    picture = draw_network(pair(*whole, left=5, right=6))
    assert picture is not None
    assert len(picture.lines) == 5 + 6
    assert len(picture.knots) == 1


def test_boxes_change_places_only_when_fewer_lines_cross() -> None:
    straight = draw_network(pair(("a0", "b0"), ("a1", "b1")))
    crossed = draw_network(pair(("a0", "b1"), ("a1", "b0")))
    assert straight is not None
    assert crossed is not None

    def order(picture: NetworkPicture) -> list[str]:
        return [box.node.id for box in sorted(picture.boxes, key=lambda box: (box.x, box.y))]

    assert order(straight) == ["a0", "a1", "b0", "b1"]
    assert order(crossed) in (["a1", "a0", "b0", "b1"], ["a0", "a1", "b1", "b0"])


@pytest.mark.parametrize("link", [("b0", "a0"), ("a0", "a1"), ("a0", "c9")])
def test_a_link_runs_to_the_right_between_boxes_that_are_there(link: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match=r"right|no such box"):
        pair(link)


def drawn(chart: Any) -> str:
    return Template("{% load charts %}{% network_chart chart %}").render(Context({"chart": chart}))


def test_a_box_with_an_address_is_a_link_and_is_spoken() -> None:
    node = NetworkNode("een", "1. <b>", ["Op"], ["Los"], "/doel/", "1. <b>. Op. Los")
    html = drawn(NetworkChart("c", "Zin.", "Wat", [NetworkColumn("A", "b", [node])], []))
    assert '<a class="c-node" href="/doel/" aria-label="1. &lt;b&gt;. Op. Los"' in html
    assert 'class="c-flag"' in html
    assert "style=" not in html
    assert '<title id="c-t">Zin.</title>' in html


def test_without_boxes_there_is_no_picture() -> None:
    assert draw_network(NetworkChart("c", "Zin.", "Wat", [NetworkColumn("A", "")], [])) is None
