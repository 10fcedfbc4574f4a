"""What may be done to an agenda, each in one transaction; transitions alone write a status."""

from agenda.actions.aims import save_agenda_targets
from agenda.actions.breakdowns import save_breakdown
from agenda.actions.fates import accept_same, call_new, set_fate
from agenda.actions.locks import NotEditable
from agenda.actions.measurable import make_measurable
from agenda.actions.money_years import close_year, reopen_year, save_year
from agenda.actions.passports import add_from_set, create_indicator, save_of_indicator
from agenda.actions.renewing import (
    amend,
    save_reason,
    start_from,
    why_no_copy,
    why_no_new_version,
)
from agenda.actions.steps import TransitionError, adopt, submit_for_consultation, take_back
from agenda.actions.tasks import add_update, write_outcome
from agenda.actions.undoing import last_step, undo
from agenda.actions.values import save_observation, save_values
from agenda.actions.writing import (
    SHARED,
    create_agenda,
    delete_draft,
    delete_part,
    move_part,
    place_part,
    save_agenda,
    save_part,
    shared,
)

__all__ = [
    "SHARED",
    "NotEditable",
    "TransitionError",
    "accept_same",
    "add_from_set",
    "add_update",
    "adopt",
    "amend",
    "call_new",
    "close_year",
    "create_agenda",
    "create_indicator",
    "delete_draft",
    "delete_part",
    "last_step",
    "make_measurable",
    "move_part",
    "place_part",
    "reopen_year",
    "save_agenda",
    "save_agenda_targets",
    "save_breakdown",
    "save_observation",
    "save_of_indicator",
    "save_part",
    "save_reason",
    "save_values",
    "save_year",
    "set_fate",
    "shared",
    "start_from",
    "submit_for_consultation",
    "take_back",
    "undo",
    "why_no_copy",
    "why_no_new_version",
    "write_outcome",
]
