"""Every pair of colours that the look relies on stands apart far enough (WCAG 2.2 AA)."""

from __future__ import annotations

import pytest

from core.tokens import colours, contrast, luminance

TEXT = 4.5
GRAPHIC = 3.0

TEXT_PAIRS = [
    ("ink", "paper"),
    ("ink", "mist"),
    ("ink", "brand-tint"),
    ("ink", "goed-tint"),
    ("ink", "neutraal-tint"),
    ("ink", "negatief-tint"),
    ("ink", "thread-tint"),
    ("ink", "fout-tint"),
    ("ink", "let-op-tint"),
    ("ink-soft", "paper"),
    ("ink-soft", "mist"),
    ("ink-soft", "thread-tint"),
    ("ink-soft", "negatief-tint"),
    ("brand", "paper"),
    ("brand", "mist"),
    ("brand", "brand-tint"),
    ("brand", "thread-tint"),
    ("brand-dark", "paper"),
    ("brand-dark", "brand-tint"),
    ("paper", "brand"),
    ("paper", "brand-dark"),
    ("paper", "ink"),
    ("goed", "paper"),
    ("goed", "mist"),
    ("goed", "goed-tint"),
    ("neutraal", "paper"),
    ("neutraal", "mist"),
    ("neutraal", "neutraal-tint"),
    ("neutraal", "goed-tint"),
    ("neutraal", "negatief-tint"),
    ("negatief", "paper"),
    ("negatief", "mist"),
    ("negatief", "negatief-tint"),
    ("negatief", "goed-tint"),
    ("thread-text", "paper"),
    ("thread-text", "thread-tint"),
    ("let-op", "paper"),
    ("let-op", "let-op-tint"),
    ("fout", "paper"),
    ("fout", "fout-tint"),
]
GRAPHIC_PAIRS = [
    ("thread", "paper"),
    ("thread", "thread-tint"),
    ("control", "paper"),
    ("control", "mist"),
    ("quiet", "paper"),
    ("quiet", "mist"),
    ("brand", "mist-deep"),  # a progress bar on its track
    ("goed", "goed-tint"),
    ("negatief", "negatief-tint"),
    ("fout", "fout-tint"),
]


@pytest.mark.parametrize(("one", "other"), TEXT_PAIRS)
def test_text_can_be_read(one: str, other: str) -> None:
    known = colours()
    assert contrast(known[one], known[other]) >= TEXT


@pytest.mark.parametrize(("one", "other"), GRAPHIC_PAIRS)
def test_a_shape_stands_out(one: str, other: str) -> None:
    known = colours()
    assert contrast(known[one], known[other]) >= GRAPHIC


def test_every_colour_that_carries_meaning_is_in_a_pair() -> None:
    separators = {"rule"}  # never a control, never the only sign of anything
    paired = {name for pair in TEXT_PAIRS + GRAPHIC_PAIRS for name in pair}
    assert set(colours()) - separators == paired


def test_contrast_agrees_with_the_known_ends_of_the_scale() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#1c3f78", "#1c3f78") == 1
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_another_notation_than_six_digits_is_refused() -> None:
    with pytest.raises(ValueError, match="#rrggbb"):
        luminance("#fff")
