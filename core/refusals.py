"""What the database refused, in words for the screen."""

from __future__ import annotations

import re

from django.apps import apps
from django.db import IntegrityError

UNIQUE = "23505"  # SQLSTATE of PostgreSQL, unique_violation
NOT_SAVED = "Dit past niet bij wat er al staat, en is niet bewaard. Kijk na wat u invulde."


def is_twin(error: IntegrityError) -> bool:
    """Whether the row was refused because it is there already, and not for another reason."""
    state = getattr(error.__cause__, "pgcode", None)
    return state == UNIQUE if state else str(error).startswith("UNIQUE constraint failed")


def refusal(error: IntegrityError, *, twin: str) -> str:
    """Why the database refused a row: ``twin`` when it is there already, else what the constraint
    that it broke says. No query."""
    if is_twin(error):
        return twin
    text = str(error)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if re.search(rf"\b{re.escape(constraint.name)}\b", text):
                return str(constraint.get_violation_error_message())
    return NOT_SAVED
