"""What may be done to an agenda, each in one transaction; transitions alone write a status."""

from agenda.actions.fates import accept_same, call_new, set_fate
from agenda.actions.steps import TransitionError, adopt, submit_for_consultation, take_back
from agenda.actions.writing import (
    NotEditable,
    create_agenda,
    create_indicator,
    delete_draft,
    delete_part,
    move_part,
    save_agenda,
    save_of_indicator,
    save_part,
)

__all__ = [
    "NotEditable",
    "TransitionError",
    "accept_same",
    "adopt",
    "call_new",
    "create_agenda",
    "create_indicator",
    "delete_draft",
    "delete_part",
    "move_part",
    "save_agenda",
    "save_of_indicator",
    "save_part",
    "set_fate",
    "submit_for_consultation",
    "take_back",
]
