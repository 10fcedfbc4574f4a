"""What an edition says outside its goals: trends, what went well and not, who else must act.

An officer writes one sentence to a line. A sentence that stays as it was keeps its row, and with it
the source it came from.
"""

from __future__ import annotations

import hashlib
import json

from django.db import transaction

from accounts.models import User
from core.edits import MEANWHILE
from monitor.actions import hold_draft
from monitor.changes import note_lines
from monitor.constants import NoteKind
from monitor.forms import PARTIES, NotesForm
from monitor.models import Monitor, MonitorNote, OtherParty

Lines = dict[str, list[str]]


def lines_of(monitor: Monitor) -> Lines:
    """The sentences of each kind, and the other parties, in order. Two queries."""
    lines: Lines = {kind.value: [] for kind in NoteKind}
    for note in monitor.notes.order_by("order", "pk"):
        lines[note.kind].append(note.text)
    lines[PARTIES] = [party.name for party in monitor.other_parties.order_by("order", "pk")]
    return lines


def notes_form(monitor: Monitor) -> NotesForm:
    """The form over what stands there now. Two queries."""
    return _over(lines_of(monitor))


def write_notes(monitor: Monitor, form: NotesForm, *, user: User) -> bool:
    """Write the valid ``form``. False, with both texts on it, when somebody else wrote meanwhile.

    A second click, which says what stands there, is no conflict. Raises ``Closed``.
    """
    with transaction.atomic():
        hold_draft(monitor)
        held, typed = lines_of(monitor), form.lines()
        if held == typed:
            return True
        if form.cleaned_data["seen"] != _mark(held):
            form.show_both(_over(held).initial, MEANWHILE)
            return False
        for kind in NoteKind:
            _write_kind(monitor, kind, typed[kind])
        _write_parties(monitor, typed[PARTIES])
        note_lines(monitor, held, typed, user=user)
    return True


def _over(lines: Lines) -> NotesForm:
    texts = {name: "\n".join(held) for name, held in lines.items()}
    return NotesForm(initial={**texts, "seen": _mark(lines)})


def _mark(lines: Lines) -> str:
    return hashlib.sha256(json.dumps(lines, sort_keys=True).encode()).hexdigest()


def _write_kind(monitor: Monitor, kind: NoteKind, texts: list[str]) -> None:
    held = {note.text: note for note in monitor.notes.filter(kind=kind)}
    monitor.notes.filter(kind=kind).exclude(text__in=texts).delete()
    for order, text in enumerate(texts, start=1):
        row = held.get(text) or MonitorNote(monitor=monitor, kind=kind, text=text)
        row.order = order
        row.save()


def _write_parties(monitor: Monitor, names: list[str]) -> None:
    held = {party.name: party for party in monitor.other_parties.all()}
    monitor.other_parties.exclude(name__in=names).delete()
    for order, name in enumerate(names, start=1):
        row = held.get(name) or OtherParty(monitor=monitor, name=name)
        row.order = order
        row.save()
