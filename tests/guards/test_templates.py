"""Templates show; they do not ask the database, and carry no style or script of their own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

TAG = re.compile(r"{[{%].*?[%}]}", re.DOTALL)
#: A manager or a queryset method, and Django's default reverse accessor.
QUERY = re.compile(
    r"(?<!forloop)\.(objects|all|first|last|count|exists|values|values_list|iterator|latest|earliest)\b(?!\s*:)"
    r"|\.\w+_set\b"
)


def queries_in(source: str) -> list[str]:
    return [
        match.group(0).lstrip(".")
        for tag in TAG.findall(source)
        if not tag.startswith(("{% static", "{% include", "{% extends", "{% load", "{% comment"))
        for match in QUERY.finditer(tag)
    ]


def test_there_are_templates_to_check() -> None:
    assert len(TEMPLATES) >= 3


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT / "templates")))
def test_no_template_asks_the_database(path: Path) -> None:
    assert queries_in(path.read_text()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT / "templates")))
def test_every_template_compiles(path: Path) -> None:
    engines["django"].get_template(str(path.relative_to(ROOT / "templates")))


INLINE = re.compile(r"""<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*["']|<script(?![^>]*\bsrc=)""", re.I)


def is_print_sheet(path: Path) -> bool:
    """Pages of a document go to the renderer and never to a browser, so no policy holds there."""
    return "document" in path.parts or "documents" in path.parts


@pytest.mark.parametrize(
    "path",
    [path for path in TEMPLATES if not is_print_sheet(path.relative_to(ROOT))],
    ids=lambda p: str(p.relative_to(ROOT / "templates")),
)
def test_no_page_carries_style_or_script_inline(path: Path) -> None:
    source = re.sub(r"{#.*?#}", "", path.read_text())
    assert INLINE.findall(source) == [], "the content security policy would block it"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("{% for goal in theme.goals.all %}", ["all"]),
        ("{{ theme.goal_set.count }}", ["goal_set", "count"]),
        ("{% if Goal.objects %}", ["objects"]),
        ("{{ goals.first.name }}", ["first"]),
        ("{% for goal in theme.rows %}{{ goal.name }}{% endfor %}", []),
        ("{{ counts.good }} of {{ overall }} {{ row.allowed }}", []),
        ('{% static "x.all.css" %} text.all', []),
        ("{{ page.offset }} {{ first }}", []),
        ("{% if forloop.first and not forloop.last %}", []),
    ],
)
def test_a_query_in_a_template_is_found(source: str, found: list[str]) -> None:
    assert queries_in(source) == found


@pytest.mark.parametrize(
    ("source", "bad"),
    [
        ("<p style='x'>", True),
        ('<p onclick="x()">', True),
        ("<style>", True),
        ("<script>x()</script>", True),
        ('<script src="x.js" defer></script>', False),
        ('<p class="style">on = "x"</p>', False),
    ],
)
def test_inline_style_and_script_are_found(source: str, bad: bool) -> None:
    assert bool(INLINE.search(source)) is bad


#: The help text of a field is ours, and no person types in it.
TRUSTED = {"bootstrap5/layout/help_text.html"}
UNESCAPED = re.compile(r"\|\s*safe(seq)?\b|autoescape\s+off")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT / "templates")))
def test_what_a_person_typed_is_escaped_wherever_it_shows(path: Path) -> None:
    if str(path.relative_to(ROOT / "templates")) not in TRUSTED:
        assert UNESCAPED.findall(path.read_text()) == []
