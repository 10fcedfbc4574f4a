"""What every page around a file does: take it in, say what is wrong, show what it would change."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from accounts.access import signed_in
from accounts.models import User
from agenda.actions.locks import NotEditable
from agenda.models import TableImport
from agenda.sheets import importing
from agenda.sheets.forms import ConfirmForm
from agenda.sheets.importing import Reader
from agenda.sheets.showing import shown
from core.uploaded_tables.field import UploadedTable
from core.uploaded_tables.reading import Problem

HandIn = Callable[[UploadedTable, User], TableImport]
MOST_PROBLEMS = 100  # that one page shows


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """What a form gets; a form with nothing but a file may be posted empty."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def handed_in(request: HttpRequest, hand_in: HandIn, context: dict[str, Any]) -> TableImport | None:
    """The kept file, or None with what is wrong in ``context``."""
    form: forms.Form = context["form"]
    if request.method != "POST" or not form.is_valid():
        return None
    table: UploadedTable = form.cleaned_data["file"]
    try:
        return hand_in(table, signed_in(request))
    except importing.NotReadable as error:
        _tell(context, error, table.name)
    except NotEditable as error:
        form.add_error("file", error.messages)
    return None


def _tell(context: dict[str, Any], error: importing.NotReadable, name: str) -> None:
    context["problems"] = sorted(error.problems, key=_by_row)[:MOST_PROBLEMS]
    context["problem_count"] = len(error.problems)
    context["file_name"] = name


def _by_row(problem: Problem) -> tuple[str, int]:
    """As one goes through the file: by sheet, and there from the top down."""
    sheet, _, _ = problem.place.partition(",")
    numbers = re.findall(r"\d+", problem.place)
    return ("" if sheet.startswith("regel") else sheet), int(numbers[0]) if numbers else 0


def confirmed(
    request: HttpRequest,
    held: TableImport,
    context: dict[str, Any],
    reader: Reader,
    *,
    can_delete: bool = False,
) -> bool:
    """Whether the file is taken in, now or by a first click; else ``context`` says what to show."""
    if request.method == "POST" and held.applied_at is not None:
        messages.info(request, f"‘{held.file_name}’ is al ingelezen.")
        return True
    if not held.is_waiting:
        messages.warning(request, importing.EXPIRED)
        return False
    data = request.POST if request.method == "POST" else None
    form = ConfirmForm(data, held=held, can_delete=can_delete)
    if data is not None and form.is_valid():
        try:
            done = importing.confirm(held, reader, gone=form.cleaned_data.get("gone", ()))
        except importing.AlreadyDone:
            messages.info(request, f"‘{held.file_name}’ is al ingelezen.")
            return True
        except importing.Outdated:
            held.refresh_from_db()
            context["outdated"] = True
            form = ConfirmForm(held=held, can_delete=can_delete)
        except importing.NotReadable as error:
            _tell(context, error, held.file_name)
        except NotEditable as error:
            context["refused"] = " ".join(error.messages)
        else:
            told = f"{done['new']} nieuw, {done['changed']} gewijzigd"
            if gone := len(form.cleaned_data.get("gone", ())):
                told += f", {gone} verwijderd"
            messages.success(request, f"‘{held.file_name}’ is ingelezen: {told}.")
            return True
    context.update(shown(held), form=form, held=held, can_delete=can_delete)
    context["may_remove"] = "gone" in form.fields
    return False
