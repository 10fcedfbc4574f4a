"""Templates and style sheets keep the promises that the content policy and the tokens rest on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

ROOT = Path(settings.BASE_DIR)
# Charts draw with resolved token values, and the print sheet of the council document too; their
# own tests look after them. Mail has no style sheet.
ELSEWHERE = ("charts", "pdf")
PAGES = sorted(
    path
    for path in (ROOT / "templates").rglob("*.html")
    if path.relative_to(ROOT / "templates").parts[0] not in ELSEWHERE
)
SHEETS = sorted(
    path
    for path in (ROOT / "static" / "css").glob("*.css")
    if path.name != "tokens.css" and not path.name.startswith("document")
)
COMMENT = re.compile(r"/\*.*?\*/|\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)
HEX = re.compile(r"#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b(?![-\w])", re.IGNORECASE)
FUNCTION = re.compile(r"\b(?:rgba?|hsla?|oklch|oklab|lab|lch|color)\(", re.IGNORECASE)
NAMED = re.compile(r":\s*(?:white|black|red|green|blue|gr[ae]y|orange|yellow)\b", re.IGNORECASE)
PAINT = re.compile(
    r"""\b(?:fill|stroke|stop-color|color|bgcolor)\s*=\s*["'](?!none|currentColor|\{)[^"']+["']"""
)


def ids(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


@pytest.mark.parametrize("path", SHEETS, ids=ids(SHEETS))
def test_a_style_sheet_writes_no_colour_of_its_own(path: Path) -> None:
    css = COMMENT.sub("", path.read_text())
    assert not HEX.findall(css)
    assert not FUNCTION.findall(css)
    assert not NAMED.findall(css)


@pytest.mark.parametrize("path", SHEETS, ids=ids(SHEETS))
def test_a_style_sheet_uses_only_tokens_that_exist(path: Path) -> None:
    tokens = (ROOT / "static" / "css" / "tokens.css").read_text()
    css = COMMENT.sub("", path.read_text())
    used = {name for name in re.findall(r"var\(--([\w-]+)", css) if not name.startswith("bs-")}
    assert {name for name in used if f"--{name}:" not in tokens} == set()


@pytest.mark.parametrize("path", PAGES, ids=ids(PAGES))
def test_a_template_holds_no_colour_style_or_script_of_its_own(path: Path) -> None:
    html = COMMENT.sub("", path.read_text())
    assert not PAINT.findall(html)
    assert not re.findall(r"\sstyle\s*=", html)
    # A document goes to the renderer and never to a browser: its one style element hands it the
    # colours that were frozen with the edition.
    assert "<style" not in html or path.parent.name == "document"
    assert not re.findall(r"<script(?![^>]*\bsrc=)", html)
    assert not re.findall(r"""\son[a-z]+\s*=\s*["']""", html)
    assert "javascript:" not in html


@pytest.mark.parametrize("path", PAGES, ids=ids(PAGES))
def test_a_template_compiles(path: Path) -> None:
    get_template(str(path.relative_to(ROOT / "templates")))


def test_every_icon_that_a_template_asks_for_is_drawn() -> None:
    drawn = set(re.findall(r'id="i-([\w-]+)"', (ROOT / "templates" / "_icons.html").read_text()))
    asked = set()
    for path in PAGES:
        html = COMMENT.sub("", path.read_text())
        asked |= set(re.findall(r'\{% icon "([\w-]+)" (?:"[^"]*" )?%\}', html))
        asked |= set(re.findall(r'href="#i-([\w-]+)"', html))
    assert asked - drawn == set()
