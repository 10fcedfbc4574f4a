"""What may be done to an agenda, each in one transaction; transitions alone write a status."""

from agenda.actions.measurable import make_measurable
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
    "adopt",
    "create_agenda",
    "create_indicator",
    "delete_draft",
    "delete_part",
    "make_measurable",
    "move_part",
    "save_agenda",
    "save_of_indicator",
    "save_part",
    "submit_for_consultation",
    "take_back",
]
