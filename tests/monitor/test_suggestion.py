"""docs/regels/oordeel.md is read here: every row of it is true of monitor/suggestion.py."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.constants import Direction
from core.values import format_number, parse_number
from monitor.constants import VERDICT_RANK, Verdict
from monitor.suggestion import (
    WORDS,
    Evidence,
    MeasureEvidence,
    Points,
    Reading,
    ResultEvidence,
    combine,
    suggest,
    why_reason,
)
from tests.ops.tables import ROOT, rows

PAGE = ROOT / "docs" / "regels" / "oordeel.md"
MEASURES = rows(PAGE, "richting")
COUNTS = rows(PAGE, "omhoog")
DIRECTIONS = {str(direction.label): direction.value for direction in Direction}
VERDICTS: dict[str, str | None] = {word: code for code, word in WORDS.items()} | {"geen": None}


def number(cell: str) -> Decimal | None:
    return None if cell == "–" else parse_number(cell)


def reading(value: Decimal | None, period: str = "2018") -> Reading | None:
    return None if value is None else Reading(value, period, format_number(value))


def measure(
    direction: str,
    newest: Decimal | None,
    before: Decimal | None = None,
    target: Decimal | None = None,
    **fields: object,
) -> MeasureEvidence:
    held = MeasureEvidence(
        name="Meldingen",
        direction=direction,
        newest=reading(newest),
        before=reading(before, "2017"),
        target=reading(target),
    )
    return replace(held, **fields)  # type: ignore[arg-type]


def result(achieved: bool | None) -> ResultEvidence:
    return ResultEvidence("Bereik", "De Brug", achieved)


@pytest.mark.parametrize("row", MEASURES, ids=lambda row: " ".join(row))
def test_a_measure_points_where_the_page_says(row: list[str]) -> None:
    direction, band, before, newest, target, due, rule_1, rule_2, words = row
    found = suggest(
        Evidence(
            measures=(
                measure(
                    "" if direction == "–" else DIRECTIONS[direction],
                    number(newest),
                    number(before),
                    number(target),
                    band=number(band),
                    is_due=due == "ja",
                ),
            )
        )
    )
    pointed = {reason.rule: reason.points.value for reason in found.reasons}
    assert pointed.get(1, "–") == rule_1
    assert pointed.get(2, "–") == rule_2
    assert found.verdict == VERDICTS[words]


def test_the_examples_show_every_direction_and_every_outcome() -> None:
    assert {row[0] for row in MEASURES} - {"–"} == set(DIRECTIONS) - {"niet vermeld in de bron"}
    assert {row[-1] for row in MEASURES} == set(VERDICTS)


@pytest.mark.parametrize("row", COUNTS, ids=lambda row: " ".join(row))
def test_what_points_somewhere_is_combined_as_the_page_says(row: list[str]) -> None:
    up, same, down = (int(cell) for cell in row[:3])
    points = [Points.UP] * up + [Points.SAME] * same + [Points.DOWN] * down
    assert combine([*points, Points.NOWHERE]) == VERDICTS[row[3]]


def test_the_words_and_codes_are_those_of_the_verdicts() -> None:
    assert {verdict.value: str(verdict.label) for verdict in Verdict} == WORDS


def test_nothing_at_all_gives_no_suggestion_and_says_so() -> None:
    found = suggest(Evidence())
    assert (found.verdict, found.reasons) == (None, ())
    assert "geen voorstel" in found.conclusion


def test_every_reason_is_a_sentence_with_the_number_of_its_rule() -> None:
    found = suggest(
        Evidence(
            measures=(
                measure("up", Decimal(69), Decimal(86), Decimal(85), band=Decimal(5)),
                measure("up", None, missing="geen waarde over 2018 (nog niet beschikbaar)"),
            ),
            results=(result(True), result(None)),
            accepted=1,
            expected=2,
        )
    )
    assert [(reason.rule, reason.text) for reason in found.reasons] == [
        (1, "Meldingen: 69 in 2018, bij een streefwaarde van 85 voor 2018. Niet gehaald."),
        (2, "Meldingen: van 86 in 2017 naar 69 in 2018. Dat is minder goed."),
        (4, "Meldingen: geen waarde over 2018 (nog niet beschikbaar)."),
        (3, "De Brug, ‘Bereik’: gehaald."),
        (3, "De Brug, ‘Bereik’: niet te zeggen of de afspraak is gehaald."),
        (4, "1 van 2 rapportages geaccepteerd. De rest telt niet mee."),
    ]
    assert found.verdict == Verdict.NEUTRAL
    assert found.conclusion == "1 keer omhoog en 2 keer omlaag: niet goed, en ook niet negatief."


@pytest.mark.parametrize(
    ("achieved", "expected"), [(True, True), (None, False)], ids=["counts", "says nothing"]
)
def test_a_suggestion_that_rests_on_invented_data_says_so(
    achieved: bool | None, expected: bool
) -> None:
    invented = replace(result(achieved), is_example=True)
    assert suggest(Evidence(results=(invented, result(True)))).is_example is expected


@pytest.mark.parametrize(
    ("verdict", "previous", "suggested", "words"),
    [
        ("good", None, None, ""),
        ("good", "good", "good", ""),
        ("good", "good", None, ""),
        ("good", "neutral", "good", "Vorige keer was dit neutraal. Een ander"),
        ("good", None, "negative", "Het voorstel is negatief. Een ander"),
        (
            "good",
            "neutral",
            "negative",
            "Vorige keer was dit neutraal en het voorstel is negatief",
        ),
    ],
)
def test_another_verdict_asks_for_a_reason(
    verdict: str, previous: str | None, suggested: str | None, words: str
) -> None:
    assert why_reason(verdict, previous, suggested).startswith(words)
    assert bool(why_reason(verdict, previous, suggested)) == bool(words)


# -- properties ------------------------------------------------------------------------------------
NUMBERS = st.decimals(min_value=0, max_value=1000, places=1)
MAYBE = st.none() | NUMBERS
ONE_WAY = st.sampled_from(["up", "at_least", "down", "at_most"])
RESULTS = st.lists(st.sampled_from([True, False, None]), max_size=6)


@st.composite
def a_measure(draw: st.DrawFn) -> MeasureEvidence:
    return measure(
        draw(ONE_WAY),
        draw(MAYBE),
        draw(MAYBE),
        draw(MAYBE),
        band=draw(MAYBE),
        is_due=draw(st.booleans()),
    )


EVIDENCE = st.builds(
    lambda measures, results: Evidence(
        measures=tuple(measures), results=tuple(result(achieved) for achieved in results)
    ),
    st.lists(a_measure(), max_size=4),
    RESULTS,
)


def not_worse(after: str | None, before: str | None) -> bool:
    if after is None or before is None:
        return True
    return VERDICT_RANK[Verdict(after)] >= VERDICT_RANK[Verdict(before)]


def pointing(evidence: Evidence) -> set[Points]:
    return {reason.points for reason in suggest(evidence).reasons} - {Points.NOWHERE}


@given(EVIDENCE, st.data())
def test_a_better_result_never_gives_a_worse_suggestion(
    evidence: Evidence, data: st.DataObject
) -> None:
    if not evidence.results:
        return
    place = data.draw(st.integers(0, len(evidence.results) - 1))
    better = [*evidence.results]
    better[place] = result(True)
    assert not_worse(
        suggest(replace(evidence, results=tuple(better))).verdict, suggest(evidence).verdict
    )


@given(EVIDENCE, a_measure(), NUMBERS)
def test_a_better_value_never_gives_a_worse_suggestion(
    others: Evidence, held: MeasureEvidence, step: Decimal
) -> None:
    if held.newest is None:
        return
    sign = 1 if held.direction in ("up", "at_least") else -1
    better = replace(held, newest=reading(held.newest.number + sign * step))

    def with_it(row: MeasureEvidence) -> str | None:
        return suggest(replace(others, measures=(*others.measures, row))).verdict

    assert not_worse(with_it(better), with_it(held))


@given(EVIDENCE)
def test_an_extra_success_never_makes_it_worse_and_an_extra_failure_never_better(
    evidence: Evidence,
) -> None:
    before = suggest(evidence).verdict
    more = suggest(replace(evidence, results=(*evidence.results, result(True)))).verdict
    less = suggest(replace(evidence, results=(*evidence.results, result(False)))).verdict
    assert not_worse(more, before)
    assert not_worse(before, less)


@given(EVIDENCE)
def test_there_is_a_suggestion_only_when_something_speaks(evidence: Evidence) -> None:
    assert (suggest(evidence).verdict is None) == (not pointing(evidence))


@given(EVIDENCE, st.integers(1, 5))
def test_how_often_something_is_said_does_not_weigh(evidence: Evidence, times: int) -> None:
    again = Evidence(measures=evidence.measures * times, results=evidence.results * times)
    assert suggest(again).verdict == suggest(evidence).verdict


@given(EVIDENCE, st.randoms())
def test_the_order_of_the_evidence_does_not_matter(evidence: Evidence, random: object) -> None:
    def shuffled(held: Iterable[object]) -> tuple[object, ...]:
        kept = list(held)
        random.shuffle(kept)  # type: ignore[attr-defined]
        return tuple(kept)

    mixed = Evidence(
        measures=shuffled(evidence.measures),  # type: ignore[arg-type]
        results=shuffled(evidence.results),  # type: ignore[arg-type]
    )
    assert suggest(mixed).verdict == suggest(evidence).verdict


@given(EVIDENCE)
def test_good_and_negative_stand_only_when_nothing_says_otherwise(evidence: Evidence) -> None:
    found, points = suggest(evidence).verdict, pointing(evidence)
    assert (found == Verdict.GOOD) == (Points.UP in points and Points.DOWN not in points)
    assert (found == Verdict.NEGATIVE) == (Points.DOWN in points and Points.UP not in points)
