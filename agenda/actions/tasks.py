"""What goes on with a development task after its agenda is adopted: how it stands, what came of it.

What the task is belongs to the agenda, and is written there (agenda/actions/writing.py).
"""

from __future__ import annotations

import datetime

from django.db import transaction

from accounts import history
from accounts.models import User
from agenda.actions.locks import FROM_SOURCE, NotEditable
from agenda.changes import of_version
from agenda.constants import AgendaStatus, Origin
from agenda.models import AgendaVersion, DevelopmentTask, TaskUpdate
from core.edits import RevisedForm


def _hold(task: DevelopmentTask) -> AgendaVersion:
    """The version of ``task``, which is held for this transaction. Raises ``NotEditable``."""
    held = DevelopmentTask.objects.select_for_update().filter(pk=task.pk).order_by("pk").first()
    if held is None:
        raise NotEditable("Deze opdracht is intussen verwijderd. Van u is niets bewaard.")
    # Read after the task is held: a new version may have taken its place meanwhile.
    version = AgendaVersion.objects.select_related("agenda").get(pk=held.version_id)
    if version.origin == Origin.SOURCE:
        raise NotEditable(FROM_SOURCE)
    if version.status == AgendaStatus.SUPERSEDED:
        raise NotEditable(
            "Deze versie is vervangen. Werk de opdracht bij in de versie die nu geldt. Van u is "
            "niets bewaard."
        )
    return version


def add_update(task: DevelopmentTask, *, day: datetime.date, text: str, user: User) -> TaskUpdate:
    """Note how ``task`` stood on ``day``; for good.

    Raises ``NotEditable``, also when the same stands there already: a second click adds nothing.
    """
    with transaction.atomic():
        version = _hold(task)
        if task.updates.filter(day=day, text=text).exists():
            raise NotEditable("Deze stand van zaken staat er al; hij is niet nog eens bewaard.")
        made = TaskUpdate.objects.create(task=task, day=day, text=text, actor=user)
        history.added(made, of_version(version), user=user)
        return made


def write_outcome(form: RevisedForm, task: DevelopmentTask, *, user: User) -> bool:
    """Write the valid form over the evaluation of ``task``, or over when a step of it was done.

    False, with both texts on the form, when somebody else wrote first. Raises ``NotEditable``.
    """
    with transaction.atomic():
        return history.save(form, of_version(_hold(task)), user=user)
