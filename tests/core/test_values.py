"""Typed values: what is read, refused, shown and kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.values import (
    Absence,
    Basis,
    InvalidValue,
    Qualifier,
    Value,
    ValueType,
    format_euro,
    format_number,
    parse_number,
)

NUMBERS = st.decimals(
    min_value=-99_999_999, max_value=99_999_999, places=4, allow_nan=False, allow_infinity=False
)
COUNTS = st.integers(min_value=0, max_value=10**13)
QUALIFIERS = st.sampled_from(list(Qualifier))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("1.234,5", "1234.5"),
        ("1.234", "1234"),
        ("1234,5", "1234.5"),
        ("6.8", "6.8"),
        ("12.50", "12.5"),
        ("3.677.000", "3677000"),
        ("1 280 000", "1280000"),
        ("1\N{NO-BREAK SPACE}280", "1280"),
        ("€ 844.759", "844759"),
        ("€844.759,50", "844759.5"),
        ("€ 500,-", "500"),
        ("€ 500,--", "500"),
        ("-€ 5", "-5"),
        ("€ -5", "-5"),
        ("\N{MINUS SIGN}12,5", "-12.5"),
        ("76%", "76"),
        ("76 %", "76"),
        (" 7 ", "7"),
        ("-0", "0"),
        ("0,1234", "0.1234"),
        ("99.999.999.999.999", "99999999999999"),
    ],
)
def test_a_number_is_read_the_dutch_way(text: str, number: str) -> None:
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "veel",
        "circa",
        "12a",
        "1.23.456",
        "1.2345",
        "1,2,3",
        "1,234.5",
        "12 34",
        "10 20",
        "1%2",
        "1€2",
        "--5",
        "1e5",
        "NaN",
        "Infinity",
        "٣",
        "1_000",
        "0x10",
        "100.000.000.000.000",
        "9" * 400,
        "1,23456",
    ],
)
def test_what_is_not_a_number_is_refused_in_dutch(text: str) -> None:
    with pytest.raises(InvalidValue, match=r"geen getal|te groot|achter de komma"):
        parse_number(text)


@given(NUMBERS)
def test_a_written_number_reads_back_as_itself(number: Decimal) -> None:
    assert parse_number(format_number(number)) == number


@given(st.text(max_size=30))
def test_any_text_is_a_finite_number_or_refused(text: str) -> None:
    try:
        number = parse_number(text)
    except InvalidValue:
        return
    assert number.is_finite()


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        ("1234.5", None, "1.234,5"),
        ("1720000", None, "1.720.000"),
        ("0", None, "0"),
        ("100", None, "100"),
        ("-3", None, "\N{MINUS SIGN}3"),
        ("2.50", None, "2,5"),
        ("2.5", 0, "3"),
        ("2.345", 2, "2,35"),
        ("-0.4", 0, "0"),
        ("7", 2, "7,00"),
    ],
)
def test_a_number_is_written_the_dutch_way(number: str, decimals: int | None, text: str) -> None:
    assert format_number(Decimal(number), decimals) == text


def test_euros_show_cents_only_when_there_are_any() -> None:
    assert format_euro(Decimal("1720000")) == "€\N{NO-BREAK SPACE}1.720.000"
    assert format_euro(Decimal("12.5")) == "€\N{NO-BREAK SPACE}12,50"


@pytest.mark.parametrize(
    ("value_type", "text", "expected"),
    [
        (ValueType.COUNT, "461", Value.count(461)),
        (ValueType.COUNT, "0", Value.count(0)),
        (ValueType.COUNT, "bijna 1.280", Value.count(1280, Qualifier.ALMOST)),
        (ValueType.COUNT, "Ruim 40", Value.count(40, Qualifier.JUST_OVER)),
        (ValueType.COUNT, "ca. 40", Value.count(40, Qualifier.ABOUT)),
        (ValueType.COUNT, "meer dan 5", Value.count(5, Qualifier.MORE_THAN)),
        (
            ValueType.COUNT,
            "10 tot 20",
            Value(ValueType.COUNT, number=Decimal(10), number_to=Decimal(20)),
        ),
        (
            ValueType.COUNT,
            "10 - 20",
            Value(ValueType.COUNT, number=Decimal(10), number_to=Decimal(20)),
        ),
        (ValueType.COUNT, "niet gemeten", Value.absent(ValueType.COUNT, Absence.NOT_MEASURED)),
        (ValueType.AMOUNT, "€ 844.759", Value.amount(844759)),
        (ValueType.AMOUNT, "-12,50", Value.amount(Decimal("-12.5"))),
        (ValueType.PERCENTAGE, "3 van 4", Value.fraction(3, 4)),
        (ValueType.PERCENTAGE, "3 van de 4", Value.fraction(3, 4)),
        (ValueType.PERCENTAGE, "3/4", Value.fraction(3, 4)),
        (ValueType.PERCENTAGE, "4 van 4", Value.fraction(4, 4)),
        (ValueType.PERCENTAGE, "76%", Value.reported_percentage(76)),
        (ValueType.PERCENTAGE, "76", Value.reported_percentage(76)),
        (ValueType.PERCENTAGE, "100%", Value.reported_percentage(100)),
        (
            ValueType.PERCENTAGE,
            "70% tot 80%",
            Value(
                ValueType.PERCENTAGE,
                number=Decimal(70),
                number_to=Decimal(80),
                basis=Basis.REPORTED,
            ),
        ),
        (ValueType.SCALE, "6.8", Value(ValueType.SCALE, number=Decimal("6.8"))),
        (ValueType.TEXT, " groeit ", Value(ValueType.TEXT, text="groeit")),
    ],
)
def test_a_value_is_read_as_a_person_writes_it(
    value_type: ValueType, text: str, expected: Value
) -> None:
    assert Value.parse(value_type, text) == expected


@pytest.mark.parametrize(
    ("value_type", "text", "message"),
    [
        (ValueType.COUNT, "", "Vul een waarde in"),
        (ValueType.COUNT, "veel mensen", "geen getal"),
        (ValueType.COUNT, "12,5", "heel getal"),
        (ValueType.COUNT, "-3", "heel getal van 0"),
        (ValueType.COUNT, "20 tot 10", "bovengrens"),
        (ValueType.COUNT, "10 tot 10", "bovengrens"),
        (ValueType.COUNT, "10 tot 15,5", "heel getal"),
        (ValueType.COUNT, "1-2-3", "geen getal"),
        (ValueType.COUNT, "bijna", "geen getal"),
        (ValueType.COUNT, "76%", "geen percentage"),
        (ValueType.COUNT, "€ 5", "geen bedrag"),
        (ValueType.AMOUNT, "nader te bepalen", "geen getal"),
        (ValueType.AMOUNT, "50%", "geen percentage"),
        (ValueType.AMOUNT, "1,23456", "achter de komma"),
        (ValueType.PERCENTAGE, "5 van 4", "groter dan de noemer"),
        (ValueType.PERCENTAGE, "-1 van 4", "kleiner dan 0"),
        (ValueType.PERCENTAGE, "3 van 0", "groter zijn dan 0"),
        (ValueType.PERCENTAGE, "3% van 4", "%-teken"),
        (ValueType.PERCENTAGE, "101%", "tussen 0 en 100"),
        (ValueType.PERCENTAGE, "-1%", "tussen 0 en 100"),
        (ValueType.PERCENTAGE, "90% tot 120%", "tussen 0 en 100"),
        (ValueType.PERCENTAGE, "de meeste", "geen getal"),
        (ValueType.PERCENTAGE, "1/2/3", "geen getal"),
        (ValueType.SCALE, "voldoende", "geen getal"),
        (ValueType.TEXT, "  ", "Vul een waarde in"),
    ],
)
def test_bad_input_is_refused_with_what_to_do(
    value_type: ValueType, text: str, message: str
) -> None:
    with pytest.raises(InvalidValue, match=message):
        Value.parse(value_type, text)


D = Decimal
CONTRADICTIONS: list[tuple[dict[str, Any], str]] = [
    ({"type": ValueType.COUNT}, "Vul een waarde in"),
    ({"type": ValueType.COUNT, "number_to": D(5)}, "Vul een waarde in"),
    ({"type": ValueType.COUNT, "number": D(1), "absence": Absence.NOT_YET}, "Kies één"),
    ({"type": ValueType.COUNT, "number_to": D(1), "absence": Absence.NOT_YET}, "Kies één"),
    ({"type": ValueType.COUNT, "denominator": D(1), "absence": Absence.NOT_YET}, "Kies één"),
    ({"type": ValueType.TEXT, "text": " ", "absence": Absence.NOT_YET}, "Kies één"),
    (
        {"type": ValueType.COUNT, "absence": Absence.NOT_YET, "qualifier": Qualifier.ABOUT},
        "hoort bij een getal",
    ),
    ({"type": ValueType.COUNT, "text": "veel"}, "geen tekst"),
    ({"type": ValueType.COUNT, "number": D(1), "text": "veel"}, "geen tekst"),
    ({"type": ValueType.COUNT, "number": D(1), "denominator": D(2)}, "alleen bij een percentage"),
    ({"type": ValueType.COUNT, "number": D(1), "basis": Basis.REPORTED}, "Alleen een percentage"),
    ({"type": ValueType.COUNT, "number": D("NaN")}, "te groot"),
    ({"type": ValueType.COUNT, "number": D("Infinity")}, "te groot"),
    ({"type": ValueType.AMOUNT, "number": D(10) ** 15}, "te groot"),
    ({"type": ValueType.AMOUNT, "number": D("0.00001")}, "cijfers na de komma"),
    ({"type": ValueType.TEXT, "text": " \n"}, "Vul een waarde in"),
    ({"type": ValueType.TEXT, "text": "x", "number": D(1)}, "geen getal"),
    ({"type": ValueType.TEXT, "text": "x", "number_to": D(1)}, "geen getal"),
    ({"type": ValueType.TEXT, "text": "x", "denominator": D(1)}, "geen getal"),
    ({"type": ValueType.TEXT, "text": "x", "qualifier": Qualifier.ABOUT}, "hoort bij een getal"),
    ({"type": ValueType.TEXT, "text": "x", "basis": Basis.REPORTED}, "Alleen een percentage"),
    ({"type": ValueType.PERCENTAGE, "number": D(50)}, "vraagt een teller"),
    ({"type": ValueType.PERCENTAGE, "numerator": D(1)}, "vraagt een teller"),
    (
        {"type": ValueType.PERCENTAGE, "numerator": D(1), "denominator": D(2), "number": D(50)},
        "vraagt een teller",
    ),
    (
        {
            "type": ValueType.PERCENTAGE,
            "number": D(50),
            "numerator": D(1),
            "denominator": D(2),
            "basis": Basis.REPORTED,
        },
        "geen teller en noemer",
    ),
    (
        {
            "type": ValueType.PERCENTAGE,
            "numerator": D(1),
            "denominator": D(2),
            "number_to": D(3),
        },
        "bovengrens",
    ),
]


@pytest.mark.parametrize(("parts", "message"), CONTRADICTIONS)
def test_a_contradiction_cannot_be_made(parts: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidValue, match=message):
        Value(**parts)


NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (Value.count(1234), "", "1.234"),
        (Value.count(1234), "inwoners", f"1.234{NBSP}inwoners"),
        (Value.count(0), "", "0"),
        (Value.count(40, Qualifier.JUST_OVER), "", f"ruim{NBSP}40"),
        (Value.parse(ValueType.COUNT, "10 tot 20"), "", f"10{NBSP}tot{NBSP}20"),
        (Value.amount(844759), "", f"€{NBSP}844.759"),
        (Value.fraction(1, 3), "", "33%"),
        (Value.reported_percentage(D("76.5")), "", "76,5%"),
        (Value.parse(ValueType.PERCENTAGE, "70-80%"), "", f"70{NBSP}tot{NBSP}80%"),
        (Value(ValueType.SCALE, number=D("6.8")), "", "6,8"),
        (Value(ValueType.TEXT, text="groeit"), "", "groeit"),
        (Value.absent(ValueType.COUNT, Absence.TOO_SMALL), "", "te klein om te publiceren"),
    ],
)
def test_a_value_is_shown_as_a_reader_expects_it(value: Value, unit: str, shown: str) -> None:
    assert value.display(unit=unit) == shown


def _values() -> st.SearchStrategy[Value]:
    counts = st.builds(Value.count, COUNTS, QUALIFIERS)
    amounts = st.builds(Value.amount, NUMBERS, QUALIFIERS)
    ranges = st.builds(
        lambda kind, low, more, qualifier: Value(
            kind, number=D(low), number_to=D(low + more), qualifier=qualifier
        ),
        st.sampled_from([ValueType.COUNT, ValueType.AMOUNT, ValueType.SCALE]),
        st.integers(0, 10**6),
        st.integers(1, 10**6),
        QUALIFIERS,
    )
    reported = st.builds(
        Value.reported_percentage, st.decimals(min_value=0, max_value=100, places=2), QUALIFIERS
    )
    absent = st.builds(
        Value.absent,
        st.sampled_from(list(ValueType)),
        st.sampled_from([reason for reason in Absence if reason]),
    )
    return counts | amounts | ranges | reported | absent


def _fractions() -> st.SearchStrategy[Value]:
    return st.builds(
        lambda numerator, more: Value.fraction(numerator, numerator + more),
        st.integers(0, 10**6),
        st.integers(1, 10**6),
    )


def _texts() -> st.SearchStrategy[Value]:
    return st.builds(
        lambda text: Value(ValueType.TEXT, text=text),
        st.text(min_size=1).filter(lambda text: text.strip() != ""),
    )


@given(_values())
def test_what_is_shown_can_be_typed_in_again(value: Value) -> None:
    if value.type is ValueType.AMOUNT and value.number is not None:
        value = Value(
            value.type,
            number=round(value.number, 2) + 0,
            number_to=value.number_to,
            qualifier=value.qualifier,
        )
    assert Value.parse(value.type, value.display()) == value


@given(_values() | _fractions() | _texts())
def test_a_kept_value_reads_back_as_itself(value: Value) -> None:
    assert Value.from_json(value.to_json()) == value


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"type": "bogus", "number": "1"},
        {"type": "count", "number": "veel"},
        {"type": "count", "number": "NaN"},
        {"type": "count", "number": "1", "qualifier": "bogus"},
        {"type": "count", "absence": "bogus"},
        {"type": "percentage", "numerator": "5", "denominator": "4"},
        {"type": "count", "number": None},
    ],
)
def test_a_broken_kept_value_is_refused(kept: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue):
        Value.from_json(kept)


@given(_fractions())
def test_a_computed_percentage_lies_between_0_and_100(value: Value) -> None:
    assert value.quantity is not None
    assert 0 <= value.quantity <= 100


@pytest.mark.parametrize(
    ("value", "may"),
    [
        (Value.count(5), True),
        (Value.fraction(1, 2), True),
        (Value.amount(5), True),
        (Value.reported_percentage(50), False),
        (Value.parse(ValueType.COUNT, "10 tot 20"), False),
        (Value(ValueType.TEXT, text="x"), False),
        (Value.absent(ValueType.COUNT, Absence.NOT_YET), False),
    ],
)
def test_only_what_can_be_computed_may_be_summed(value: Value, may: bool) -> None:
    assert value.may_aggregate is may
