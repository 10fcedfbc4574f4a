"""Periods of the policy cycle: a calendar year, a half-year, or a span of years.

A period is written as a code: ``2018``, ``2018-H1``, ``2015/2016`` (a span, as ISO 8601 writes an
interval).
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from functools import total_ordering
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

CODE = re.compile(r"^(?P<year>\d{4})(?:-H(?P<half>[12])|/(?P<until>\d{4}))?$", re.ASCII)
HALF_NAMES = {1: "eerste", 2: "tweede"}
FIRST_YEAR, LAST_YEAR = 1990, 2100
Day = TypeVar("Day", bound=datetime.date)  # or a moment, which is a day too


def months_before(moment: Day, months: int) -> Day:
    """The same day so many months earlier, or the last day of a shorter month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


@total_ordering
@dataclass(frozen=True)
class Period:
    """A year, a half of it (1 or 2), or the years up to and including ``until``.

    Raises ``ValueError``, in Dutch, on a period that does not exist.
    """

    year: int
    half: int | None = None
    until: int | None = None

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError(f"Het jaar {self.year} ligt niet tussen {FIRST_YEAR} en {LAST_YEAR}.")
        if self.half is not None and self.half not in (1, 2):
            raise ValueError("Een halfjaar is 1 of 2.")
        if self.until is not None:
            if self.half is not None:
                raise ValueError("Een halfjaar heeft geen eindjaar.")
            if not self.year < self.until <= LAST_YEAR:
                raise ValueError("De periode eindigt voor zij begint.")

    @classmethod
    def parse(cls, code: str) -> Period:
        """The period of a code such as ``2018``, ``2018-H1`` or ``2015/2016``."""
        match = CODE.match(code.strip())
        if match is None:
            raise ValueError(f"{code!r} is geen periode. Schrijf 2018, 2018-H1 of 2015/2016.")
        half, until = match["half"], match["until"]
        return cls(int(match["year"]), int(half) if half else None, int(until) if until else None)

    @classmethod
    def of(cls, day: datetime.date, *, half_years: bool = False) -> Period:
        """The period in which ``day`` falls."""
        return cls(day.year, (1 if day.month <= 6 else 2) if half_years else None)

    @property
    def code(self) -> str:
        if self.half:
            return f"{self.year}-H{self.half}"
        return f"{self.year}/{self.until}" if self.until else str(self.year)

    @property
    def label(self) -> str:
        """The period in Dutch: ``2018``, ``eerste halfjaar 2018``, ``2015 en 2016``."""
        if self.half:
            return f"{HALF_NAMES[self.half]} halfjaar {self.year}"
        if self.until:
            word = "en" if self.until == self.year + 1 else "tot en met"
            return f"{self.year} {word} {self.until}"
        return str(self.year)

    @property
    def start(self) -> datetime.date:
        """First day."""
        return datetime.date(self.year, 7 if self.half == 2 else 1, 1)

    @property
    def end(self) -> datetime.date:
        """Last day."""
        if self.half == 1:
            return datetime.date(self.year, 6, 30)
        return datetime.date(self.until or self.year, 12, 31)

    @property
    def moment(self) -> tuple[datetime.date, datetime.date]:
        """By which periods follow each other in time: their last day; of two with the same last
        day the shorter one comes last. A year is later than its first half."""
        return self.end, self.start

    @property
    def previous(self) -> Period:
        """The period of the same length that ends the day before this one starts."""
        if self.half:
            return Period(self.year, 1) if self.half == 2 else Period(self.year - 1, 2)
        if self.until:
            length = self.until - self.year + 1
            return Period(self.year - length, until=self.year - 1)
        return Period(self.year - 1)

    @property
    def next(self) -> Period:
        """The period of the same length that starts the day after this one ends."""
        if self.half:
            return Period(self.year, 2) if self.half == 1 else Period(self.year + 1, 1)
        if self.until:
            length = self.until - self.year + 1
            return Period(self.until + 1, until=self.until + length)
        return Period(self.year + 1)

    def overlaps(self, other: Period) -> bool:
        """Whether they have a day in common."""
        return self.start <= other.end and other.start <= self.end

    def contains(self, other: Period) -> bool:
        return self.start <= other.start and other.end <= self.end

    def __str__(self) -> str:
        return self.label

    def __lt__(self, other: Period) -> bool:
        """As the codes sort, so that Python and the database agree: by first year; within a year
        the whole of it, its halves, then the spans that start in it."""
        return self.code < other.code


# Two years with a dash, or words, between them.
WRITTEN = re.compile(r"^\s*(\d{4})\s*(?:[-–]|t/m|tot en met)\s*(\d{4})\s*$")


class PeriodFormField(forms.CharField):
    """A form field for the code of a period; cleaned data holds a ``Period`` or ``None``.

    Years are also understood as people write them: ‘2027-2030’, ‘2027 t/m 2030’.
    """

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Period) else value

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            return Period.parse(WRITTEN.sub(r"\1/\2", str(value)))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(self.prepare_value(initial)) != self.to_python(data))
        except ValidationError:
            return True

    def run_validators(self, value: Any) -> None:
        """The parsing is the validation: the text validators of a CharField do not fit a Period."""


class PeriodField(models.CharField[Any, Any]):
    """A database column that holds a ``Period`` as its code; ordered as ``Period`` is."""

    description = "periode (jaar, halfjaar of reeks jaren)"
    empty_strings_allowed = False

    if TYPE_CHECKING:  # what may be assigned, in the words of django-stubs
        _pyi_private_set_type: Period | str | Combinable  # type: ignore[assignment]
        _pyi_private_get_type: Period  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 9
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Period | None:
        return None if value is None else Period.parse(value)

    def to_python(self, value: Any) -> Period | None:
        if value is None or isinstance(value, Period):
            return value
        try:
            return Period.parse(str(value))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def get_prep_value(self, value: Any) -> str | None:
        period = self.to_python(value)
        return None if period is None else period.code

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": PeriodFormField, **kwargs})

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def run_validators(self, value: Any) -> None:
        """The parsing is the validation: the text validators of a CharField do not fit a Period."""
