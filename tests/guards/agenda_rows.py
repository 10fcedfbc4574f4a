"""The rows of agendas and what is measured, for the table of who may ask what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from accounts.constants import STAFF_ROLES, Role
from tests.guards import agenda_pages
from tests.guards import public_pages as pages
from tests.guards.rows import MISSING, NOT_ALLOWED, OK, REDIRECT, Answer, Row, everyone, only

Makes = Callable[[], Mapping[str, Any]]


def _readable(kwargs: Makes = dict) -> Row:
    return Row(get=everyone(OK), post=everyone(NOT_ALLOWED), kwargs=kwargs)


def _officers(kwargs: Makes = dict, *, get: Answer = OK, post: Answer = OK) -> Row:
    officer = Role.POLICY_OFFICER
    return Row(get=only(officer, answer=get), post=only(officer, answer=post), kwargs=kwargs)


def _staff_reads(kwargs: Makes = dict) -> Row:
    return Row(get=only(*STAFF_ROLES), post=only(*STAFF_ROLES, answer=NOT_ALLOWED), kwargs=kwargs)


ROWS = {
    # public
    **dict.fromkeys(("agenda_list", "goal_list", "indicator_list", "agenda_lineage"), _readable()),
    "agenda_detail": _readable(pages.an_agenda),
    "agenda_version": _readable(pages.a_version),
    "agenda_tree": _readable(pages.an_agenda),
    "agenda_version_tree": _readable(pages.a_version),
    "agenda_goal": _readable(pages.a_goal),
    "agenda_goal_csv": _readable(pages.a_goal),
    "agenda_tasks": _readable(pages.an_agenda),
    "agenda_framework": _readable(pages.an_agenda),
    "agenda_values_xlsx": _readable(pages.an_agenda),
    "agenda_values_csv": _readable(pages.an_agenda),
    "agenda_measurability": _readable(pages.an_agenda),
    "agenda_version_measurability": _readable(pages.a_version),
    "agenda_measurability_csv": _readable(pages.a_version_with_a_goal),
    "agenda_difference": _readable(pages.an_agenda),
    "agenda_pdf": _readable(agenda_pages.a_decided_version_with_its_files),
    "agenda_decision": _readable(agenda_pages.a_decided_version_with_its_files),
    # managed
    "agenda_manage_list": _staff_reads(dict),
    "agenda_add": _officers(dict),
    "agenda_manage": _staff_reads(agenda_pages.a_version),
    **{
        name: _officers(agenda_pages.a_version)
        for name in ("agenda_edit", "agenda_consult", "agenda_take_back", "agenda_adopt")
    },
    "agenda_delete": _officers(agenda_pages.a_version, post=REDIRECT),
    "agenda_copy": _officers(agenda_pages.an_adopted_version),
    "agenda_amend": _officers(agenda_pages.an_adopted_version),
    "agenda_reason": _officers(agenda_pages.a_later_version),
    "agenda_copied": _staff_reads(agenda_pages.a_copy),
    "agenda_manage_difference": _staff_reads(agenda_pages.a_version),
    "agenda_document": _officers(agenda_pages.a_version, get=NOT_ALLOWED, post=REDIRECT),
    "agenda_document_job": _staff_reads(agenda_pages.a_version_with_its_files),
    "agenda_manage_pdf": _staff_reads(agenda_pages.a_version_with_its_files),
    "agenda_manage_tree": _staff_reads(agenda_pages.a_version),
    "agenda_contributions": _officers(agenda_pages.a_goal_itself),
    "agenda_succession": _staff_reads(agenda_pages.a_version),
    "agenda_fate": _officers(agenda_pages.a_goal_before),
    "agenda_new_goal": _officers(agenda_pages.a_goal_after),
    "agenda_proposals": _officers(agenda_pages.a_version, get=NOT_ALLOWED, post=REDIRECT),
    "agenda_part_add": _officers(agenda_pages.a_kind),
    "agenda_part_edit": _officers(agenda_pages.a_goal),
    "agenda_part_delete": _officers(agenda_pages.a_goal, post=REDIRECT),
    "agenda_task": _staff_reads(agenda_pages.a_task),
    "agenda_task_update": _officers(agenda_pages.a_task),
    "agenda_task_evaluate": _officers(agenda_pages.a_task),
    "agenda_task_step": _officers(agenda_pages.a_step),
    "agenda_part_move": _officers(agenda_pages.a_goal, get=NOT_ALLOWED, post=REDIRECT),
    "agenda_manage_measurability": _staff_reads(agenda_pages.a_version),
    "goal_wizard": _officers(agenda_pages.a_goal_to_measure),
    "agenda_template": _officers(agenda_pages.a_version_with_a_goal, post=NOT_ALLOWED),
    "agenda_import": _officers(agenda_pages.a_version),
    "agenda_import_preview": _officers(agenda_pages.an_import, get=MISSING, post=MISSING),
    "values_template": _officers(post=NOT_ALLOWED),
    "values_import": _officers(),
    "values_preview": _officers(agenda_pages.an_import_of_values, get=MISSING, post=MISSING),
    "indicator_template": _officers(agenda_pages.a_measured_indicator, post=NOT_ALLOWED),
    "indicator_import": _officers(agenda_pages.an_indicator),
    "indicator_manage_list": _staff_reads(dict),
    "indicator_add": _officers(dict),
    "indicator_use": Row(
        get=only(Role.POLICY_OFFICER),
        post=only(Role.POLICY_OFFICER, answer=NOT_ALLOWED),
        kwargs=agenda_pages.an_indicator,
    ),
    "indicator_sets": _staff_reads(dict),
    "indicator_set": Row(
        get=only(*STAFF_ROLES),
        post=only(Role.POLICY_OFFICER),
        kwargs={"key": "bbv-taakveld-6"},
    ),
    "indicator_manage": _staff_reads(agenda_pages.an_indicator),
    "indicator_edit": _officers(agenda_pages.an_indicator),
    "breakdown_list": _staff_reads(dict),
    "breakdown_add": _officers(dict),
    "breakdown_edit": _officers(agenda_pages.a_breakdown),
    "indicator_xlsx": _readable(pages.an_indicator),
    "indicator_values": _officers(agenda_pages.an_indicator),
    "agenda_targets": _officers(agenda_pages.a_version, post=REDIRECT),
    "observation_add": _officers(agenda_pages.an_indicator),
    "observation_edit": _officers(agenda_pages.an_observation),
    "municipality_list": _readable(),
    "municipality_csv": _readable(),
    "municipality_manage_list": _staff_reads(),
    "municipality_add": _officers(),
    "municipality_edit": _officers(agenda_pages.a_municipality),
    "agenda_undo": _officers(agenda_pages.a_version, get=NOT_ALLOWED, post=REDIRECT),
}
