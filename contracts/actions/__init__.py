"""What may be done to a contract, each in one transaction; transitions alone write a status."""

from contracts.actions.agreed import (
    agree_reporting,
    keep_kpi,
    remove_kpi,
    replace_lines,
    save_kpi,
    set_target,
)
from contracts.actions.amending import (
    amendment_problems,
    delete_amendment,
    save_amendment,
    sign_amendment,
    start_amendment,
    why_no_amendment,
)
from contracts.actions.drafting import (
    add_organisation,
    add_party,
    create_contract,
    delete_draft,
    replace_rows,
    save_draft,
)
from contracts.actions.file import check_term, remove_file_row, save_file_row, tell_of_tender
from contracts.actions.locks import NotEditable, lock_amendment, lock_draft, open_amendment
from contracts.actions.parts import remove_part, save_part
from contracts.actions.privacy import save_data_agreement, save_exchange, save_personal_data
from contracts.actions.targets import save_targets
from contracts.actions.together import replace_amended
from contracts.actions.transitions import TransitionError, activate, end

__all__ = [
    "NotEditable",
    "TransitionError",
    "activate",
    "add_organisation",
    "add_party",
    "agree_reporting",
    "amendment_problems",
    "check_term",
    "create_contract",
    "delete_amendment",
    "delete_draft",
    "end",
    "keep_kpi",
    "lock_amendment",
    "lock_draft",
    "open_amendment",
    "remove_file_row",
    "remove_kpi",
    "remove_part",
    "replace_amended",
    "replace_lines",
    "replace_rows",
    "save_amendment",
    "save_data_agreement",
    "save_draft",
    "save_exchange",
    "save_file_row",
    "save_kpi",
    "save_part",
    "save_personal_data",
    "save_targets",
    "set_target",
    "sign_amendment",
    "start_amendment",
    "tell_of_tender",
    "why_no_amendment",
]
