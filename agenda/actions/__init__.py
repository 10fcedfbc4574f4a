"""What may be done to an agenda, each in one transaction; transitions alone write a status."""

from agenda.actions.fates import accept_same, call_new, set_fate
from agenda.actions.locks import NotEditable
from agenda.actions.measurable import make_measurable
from agenda.actions.steps import TransitionError, adopt, submit_for_consultation, take_back
from agenda.actions.tasks import add_update, write_outcome
from agenda.actions.undoing import last_step, undo
from agenda.actions.writing import (
    create_agenda,
    create_indicator,
    delete_draft,
    delete_part,
    move_part,
    place_part,
    save_agenda,
    save_of_indicator,
    save_part,
)

__all__ = [
    "NotEditable",
    "TransitionError",
    "accept_same",
    "add_update",
    "adopt",
    "call_new",
    "create_agenda",
    "create_indicator",
    "delete_draft",
    "delete_part",
    "last_step",
    "make_measurable",
    "move_part",
    "place_part",
    "save_agenda",
    "save_of_indicator",
    "save_part",
    "set_fate",
    "submit_for_consultation",
    "take_back",
    "undo",
    "write_outcome",
]
