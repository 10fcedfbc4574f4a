"""What a passport does not say yet: a rule that anyone can check by hand.

The rule, in Dutch: ``docs/regels/indicatoren.md``. Known weaknesses and a note are no lack: there
may be none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from core.values import ValueType

if TYPE_CHECKING:
    from agenda.models import Indicator

#: Asked of every indicator, in the order of the passport.
ALWAYS = {
    "definition": "de definitie",
    "rationale": "waarom deze indicator",
    "result_kind": "effect of prestatie",
    "value_type": "de soort waarde",
    "supplier": "de bron van de cijfers",
    "measured_by": "wie meet",
    "rhythm": "hoe vaak er wordt gemeten",
    "available_for": "waarvoor het cijfer beschikbaar is",
    "owner": "wie het paspoort bijhoudt",
}
#: Asked only of a kind of value: euros have their own unit, and a text has no direction.
OF_TYPE: dict[str, dict[str, str]] = {
    ValueType.COUNT: {"unit": "de eenheid", "direction": "welke kant goed is"},
    ValueType.AMOUNT: {"direction": "welke kant goed is"},
    ValueType.PERCENTAGE: {
        "numerator": "de teller",
        "denominator": "de noemer",
        "direction": "welke kant goed is",
    },
    ValueType.SCALE: {"unit": "de eenheid", "direction": "welke kant goed is"},
    ValueType.TEXT: {},
}


def lacks(indicator: Indicator) -> list[str]:
    """What the passport does not say, in words; empty when it is complete."""
    asked = {**ALWAYS, **OF_TYPE.get(indicator.value_type, {})}
    return [words for name, words in asked.items() if not getattr(indicator, name)]


def is_incomplete() -> Q:
    """The condition in the database for what ``lacks`` finds something in."""
    found = Q()
    for name in ALWAYS:
        found |= Q(**{name: ""})
    for value_type, asked in OF_TYPE.items():
        for name in asked:
            found |= Q(**{"value_type": value_type, name: ""})
    return found
