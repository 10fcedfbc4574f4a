from pathlib import Path

import pytest

from core.tokens import load_tokens, tokens

ONE_A_LINE = """
/* --old: #000000; */
:root {
  --brand: #1C3F78;
  --paper: #fff;
  --link: var(--brand);
  --back: var(--nowhere, #ABC);
  --font-sans: "Fira Sans", "Segoe UI", system-ui, sans-serif;
  --s1: 4px;
  --t-xs: .8125rem;
  --veil: rgba(0, 0, 0, .5);
  --bs-link-color-rgb: 28,63,120;
}
"""
MANY_A_LINE = (
    '@font-face{font-family:"Fira Sans";src:url(a.woff2)}:root{/* 1 */--brand:#1c3f78;--paper:#fff;'
    "--link:var(--brand);--back:var(--nowhere,#abc);\n"
    '--font-sans:"Fira Sans","Segoe UI",system-ui,sans-serif;--s1:4px}'
)


def sheet(folder: Path, text: str) -> Path:
    path = folder / "tokens.css"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("text", [ONE_A_LINE, MANY_A_LINE])
def test_both_layouts_give_the_same_tokens(tmp_path: Path, text: str) -> None:
    found = load_tokens(sheet(tmp_path, text))
    font = found.pop("font-sans")
    assert found == {
        "brand": "#1c3f78",
        "paper": "#ffffff",
        "link": "#1c3f78",
        "back": "#aabbcc",
    }
    assert font.replace(" ", "") == "'FiraSans','SegoeUI',system-ui,sans-serif"


def test_a_later_declaration_wins(tmp_path: Path) -> None:
    path = sheet(tmp_path, ":root{--brand:#111111;--mine:var(--brand)}:root{--brand:#222222}")
    assert load_tokens(path) == {"brand": "#222222", "mine": "#222222"}


def test_tokens_that_point_at_each_other_are_left_out(tmp_path: Path) -> None:
    path = sheet(tmp_path, ":root{--a:var(--b);--b:var(--a);--c:#333333}")
    assert load_tokens(path) == {"c": "#333333"}


def test_a_missing_sheet_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_tokens(tmp_path / "nowhere.css")


def test_the_sheet_of_the_project_holds_every_colour_that_the_charts_use() -> None:
    names = "ink ink-soft brand brand-tint mist mist-deep paper rule control goed neutraal negatief"
    assert set(names.split()) <= tokens().keys()
    assert "font-sans" in tokens()
    assert "font-serif" in tokens()
