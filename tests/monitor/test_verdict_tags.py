"""A verdict is always mark, word and colour together."""

from __future__ import annotations

import pytest
from django.template import Context, Template


def render(source: str) -> str:
    return Template("{% load verdicts %}" + source).render(Context())


@pytest.mark.parametrize(
    ("code", "word"), [("good", "goed"), ("neutral", "neutraal"), ("negative", "negatief")]
)
def test_a_verdict_has_its_mark_and_its_word(code: str, word: str) -> None:
    html = render(f'{{% verdict "{code}" %}}')
    assert f"#i-verdict-{code}" in html
    assert f">{word}<" in html


def test_no_verdict_is_a_sentence_and_a_dashed_circle() -> None:
    html = render('{% verdict "" %}')
    assert "nog geen oordeel" in html
    assert "#i-verdict-none" in html


def test_a_municipality_may_use_a_word_of_its_own() -> None:
    assert ">op koers<" in render('{% verdict "good" "op koers" %}')


def test_an_unknown_verdict_is_a_mistake_of_the_maker() -> None:
    with pytest.raises(ValueError, match="excellent"):
        render('{% verdict "excellent" %}')


def test_a_movement_is_read_out_with_its_years() -> None:
    html = render('{% movement "negative" "good" "2017" "2018" %}')
    assert "2017 negatief, 2018 " in html
    assert html.index("#i-verdict-negative") < html.index("#i-verdict-good")


def test_a_suggestion_is_dashed_and_says_that_it_is_one() -> None:
    assert "voorstel" in render('{% suggested_verdict "good" %}')
    assert "voorstel" not in render('{% decided_verdict "good" %}')
