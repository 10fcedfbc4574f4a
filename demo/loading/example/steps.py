"""What the steps of the example share: their moment, and where a refusal is told."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from demo.loading.reader import Place
from reporting.actions import NotReady, ReportError


def moment(day: datetime.date, hour: int = 10) -> datetime.datetime:
    """``day`` at ``hour`` on the clocks of the municipality."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


@contextmanager
def told_at(place: Place) -> Iterator[None]:
    """Within it, what an action refuses becomes a ``DataFileError`` at ``place``."""
    try:
        yield
    except NotReady as problem:
        wrong = "; ".join(f"{each.label}: {each.text}" for each in problem.findings if each.blocks)
        raise place.error(wrong) from problem
    except ReportError as problem:
        raise place.error(str(problem)) from problem
    except ValidationError as problem:
        raise place.error(" ".join(problem.messages)) from problem


def valid(place: Place, form: Any) -> Any:
    """``form``, which a user would have filled in like this. Raises ``DataFileError``."""
    if not form.is_valid():
        raise place.error(" ".join(_problems(form)))
    return form


def _problems(form: forms.BaseForm) -> list[str]:
    return [
        f"{form.fields[name].label}: {text}" if name in form.fields else str(text)
        for name, texts in form.errors.items()
        for text in texts
    ]


def done(place: Place, went: bool | dict[Any, Any]) -> None:
    """An action of the draft says False, or what conflicts, when another wrote meanwhile."""
    if went is False or (isinstance(went, dict) and went):
        raise place.error("Dit voorbeeld wordt door iemand anders gewijzigd. Probeer het opnieuw.")


def posted(**values: Any) -> dict[str, Any]:
    """What a browser posts of ``values``: rows by their key, days as ISO 8601."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return getattr(value, "pk", value)
