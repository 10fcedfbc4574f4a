"""The database refuses what ``Value`` refuses: the check constraints of ``TypedValue``."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from django.apps.registry import Apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.fields import TypedValue, value_columns
from core.periods import Period, PeriodField
from core.values import Absence, InvalidValue, Qualifier, Value, ValueType


class Sample(TypedValue):
    """A table of the tests alone, in a registry of its own: migrations never see it."""

    period = PeriodField("periode", null=True, blank=True)

    objects: ClassVar[models.Manager[Sample]] = models.Manager()

    class Meta(TypedValue.Meta):
        abstract = False
        app_label = "core"
        apps = Apps(["core"])
        db_table = "test_sample_value"


@pytest.fixture(scope="module", autouse=True)
def table(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    # Outside a test's transaction: SQLite changes no schema within one.
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Sample)
        yield
        with connection.schema_editor() as editor:
            editor.delete_model(Sample)


pytestmark = pytest.mark.django_db

GOOD = [
    Value.count(0),
    Value.count(99_999_999_999_999),
    Value.count(5, Qualifier.ALMOST),
    Value.parse(ValueType.COUNT, "10 tot 20"),
    Value.amount(Decimal("-12.5")),
    Value.fraction(0, 1),
    Value.fraction(4, 4),
    Value.reported_percentage(0),
    Value.reported_percentage(100),
    Value.parse(ValueType.PERCENTAGE, "70 tot 80%"),
    Value(ValueType.SCALE, number=Decimal("6.8")),
    Value(ValueType.TEXT, text="groeit"),
    *(Value.absent(kind, reason) for kind in ValueType for reason in Absence if reason),
]


@pytest.mark.parametrize("value", GOOD, ids=str)
def test_a_good_value_is_kept_and_read_back(value: Value) -> None:
    row = Sample(**value_columns(value))
    row.full_clean()
    row.save()
    assert Sample.objects.get().value == value


def test_a_row_takes_its_value_from_the_property() -> None:
    row = Sample(value_type="count")
    row.value = Value.fraction(3, 4)
    row.save()
    assert Sample.objects.get().value == Value.fraction(3, 4)


BAD: dict[str, dict[str, Any]] = {
    "nothing": {"value_type": "count"},
    "number and reason": {"value_type": "count", "number": 1, "absence": "not_yet"},
    "qualified absence": {"value_type": "count", "absence": "not_yet", "qualifier": "about"},
    "unknown type": {"value_type": "bogus", "number": 1},
    "unknown reason": {"value_type": "count", "absence": "bogus"},
    "unknown qualifier": {"value_type": "count", "number": 1, "qualifier": "bogus"},
    "unknown basis": {"value_type": "percentage", "number": 1, "basis": "bogus"},
    "text as count": {"value_type": "count", "text": "veel"},
    "text beside count": {"value_type": "count", "number": 1, "text": "veel"},
    "number as text": {"value_type": "text", "number": 1},
    "number beside text": {"value_type": "text", "text": "x", "number": 1},
    "upper end beside text": {"value_type": "text", "text": "x", "number_to": 1},
    "qualified text": {"value_type": "text", "text": "x", "qualifier": "about"},
    "negative count": {"value_type": "count", "number": -1},
    "half a person": {"value_type": "count", "number": Decimal("1.5")},
    "upper end with half a person": {
        "value_type": "count",
        "number": 1,
        "number_to": Decimal("2.5"),
    },
    "fraction as count": {"value_type": "count", "numerator": 1, "denominator": 2},
    "reported count": {"value_type": "count", "number": 1, "basis": "reported"},
    "numerator over denominator": {
        "value_type": "percentage",
        "numerator": 5,
        "denominator": 4,
    },
    "negative numerator": {"value_type": "percentage", "numerator": -1, "denominator": 4},
    "denominator of zero": {"value_type": "percentage", "numerator": 0, "denominator": 0},
    "numerator alone": {"value_type": "percentage", "numerator": 1},
    "denominator alone": {"value_type": "percentage", "denominator": 4},
    "computed without fraction": {"value_type": "percentage", "number": 50},
    "reported over 100": {"value_type": "percentage", "number": 101, "basis": "reported"},
    "reported under 0": {"value_type": "percentage", "number": -1, "basis": "reported"},
    "reported range over 100": {
        "value_type": "percentage",
        "number": 90,
        "number_to": 120,
        "basis": "reported",
    },
    "reported without number": {
        "value_type": "percentage",
        "number_to": 50,
        "basis": "reported",
    },
    "reported with fraction": {
        "value_type": "percentage",
        "number": 50,
        "numerator": 1,
        "denominator": 2,
        "basis": "reported",
    },
    "range upside down": {"value_type": "count", "number": 20, "number_to": 10},
    "range of nothing": {"value_type": "count", "number": 10, "number_to": 10},
    "upper end alone": {"value_type": "count", "number_to": 10},
}


@pytest.mark.parametrize("columns", BAD.values(), ids=BAD.keys())
def test_a_bad_row_is_refused_by_the_database(columns: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Sample.objects.create(**columns)
    assert not Sample.objects.exists()


@pytest.mark.parametrize("columns", BAD.values(), ids=BAD.keys())
def test_a_bad_row_is_explained_by_full_clean(columns: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as caught:
        Sample(**columns).full_clean()
    assert "onbekend" not in str(caught.value).lower()


NUMBERS = st.none() | st.sampled_from([Decimal(n) for n in ("-1", "0", "1", "1.5", "50", "101")])
ROWS = st.fixed_dictionaries(
    {
        "value_type": st.sampled_from(ValueType.values),
        "number": NUMBERS,
        "number_to": NUMBERS,
        "numerator": NUMBERS,
        "denominator": NUMBERS,
        "text": st.sampled_from(["", "groeit"]),
        "qualifier": st.sampled_from(["", "about"]),
        "absence": st.sampled_from(["", "not_yet"]),
        "basis": st.sampled_from(["computed", "reported"]),
    }
)


@settings(
    deadline=None,
    max_examples=300,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ROWS)
def test_the_database_and_the_value_agree_on_every_row(columns: dict[str, Any]) -> None:
    row = Sample(**columns)
    try:
        _ = row.value
    except InvalidValue:
        accepted = False
    else:
        accepted = True
    kept = True
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        kept = False
    assert kept is accepted


def test_a_period_is_kept_as_its_code_and_ordered_by_time() -> None:
    for code in ("2019", "2018-H2", "2018", "2017/2018", "2018-H1"):
        Sample.objects.create(**value_columns(Value.count(1)), period=Period.parse(code))
    rows = Sample.objects.order_by("period")
    periods = [row.period for row in rows]
    assert periods == sorted(periods)
    assert rows.filter(period=Period(2018, 1)).count() == 1
    assert rows.filter(period="2018-H1").count() == 1
    assert Sample.objects.filter(period__isnull=True).count() == 0
