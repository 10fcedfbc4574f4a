"""What may be done to an edition, and to who steers by what; each in one transaction.

The steps of an edition alone write its status.
"""

from monitor.actions.editions import (
    CLOSED,
    NO_DRAFT,
    Closed,
    EditionExists,
    Opened,
    TransitionError,
    adopt,
    back_to_draft,
    catch_up,
    delete_draft,
    hold_draft,
    mark_judged,
    open_edition,
    publish,
    remove_bottleneck,
    set_bottleneck_state,
)
from monitor.actions.steering import replace_arrangement, save_arrangement

__all__ = [
    "CLOSED",
    "NO_DRAFT",
    "Closed",
    "EditionExists",
    "Opened",
    "TransitionError",
    "adopt",
    "back_to_draft",
    "catch_up",
    "delete_draft",
    "hold_draft",
    "mark_judged",
    "open_edition",
    "publish",
    "remove_bottleneck",
    "replace_arrangement",
    "save_arrangement",
    "set_bottleneck_state",
]
