"""What is typed for everybody to read holds no number of a person."""

from __future__ import annotations

from typing import Any

from django import forms

from core.bsn import find_bsn

NUMBER = (
    "‘%s’ kan een burgerservicenummer zijn. Iedereen leest deze tekst: haal het nummer weg, of "
    "schrijf het anders op."
)


def refuse_numbers(form: forms.BaseForm, cleaned: dict[str, Any], *names: str) -> None:
    """An error at each of the fields ``names`` that holds what may be a citizen service number."""
    for name in names:
        found = find_bsn(str(cleaned.get(name) or ""))
        if found:
            form.add_error(name, NUMBER % found[0])
