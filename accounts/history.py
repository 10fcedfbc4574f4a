"""The history of what people write: who changed what, when, from which text to which.

Everything that is written goes through here on its way to the database: ``save`` for a form over a
row, ``note`` for what is written otherwise. A change and its line in the history are one
transaction. Nothing is noted when nothing changed, so a second click leaves no second line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from accounts.constants import ChangeAction
from accounts.models import Change, User
from core.edits import RevisedForm
from core.wording import Told

NAME_LENGTH = 300


def key_of(row: models.Model) -> str:
    """By which the history knows a row, also after the row is gone."""
    return f"{row._meta.model_name}-{row.pk}"


@dataclass(frozen=True)
class Whole:
    """What has a history of its own: its key, its name now, and the address of that history.

    One that ``is_private`` is left out of the list of all changes: its own page has a door.
    """

    key: str
    name: str
    page: str
    is_private: bool = False


@dataclass(frozen=True)
class Part:
    """What a change is about: a part of a ``whole``, which perhaps stands ``under`` another part.

    ``key`` and ``under`` come from ``key_of``; ``kind`` and ``name`` are what the screen calls it.
    """

    whole: Whole
    key: str
    kind: str
    name: str
    under: str = ""


#: Names a row, and says what it holds: the part, and its texts by label.
Describe = Callable[[Any], tuple[Part, Told]]


def note(part: Part, before: Told, after: Told, *, user: User | None) -> Change | None:
    """Note that ``part`` said ``before`` and says ``after``; an empty one is no part at all.

    None, and nothing written, when both say the same. One query; call it in the transaction of the
    change.
    """
    labels = [*after, *(label for label in before if label not in after)]
    fields = [
        {"label": label, "before": before.get(label, ""), "after": after.get(label, "")}
        for label in labels
        if before.get(label, "") != after.get(label, "")
    ]
    if not fields:
        return None
    return Change.objects.create(
        actor=user,
        whole=part.whole.key,
        whole_name=part.whole.name[:NAME_LENGTH],
        page=part.whole.page,
        part=part.key,
        under=part.under,
        kind=part.kind,
        name=part.name[:NAME_LENGTH],
        action=_action(before, after),
        fields=fields,
        is_private=part.whole.is_private,
    )


def _action(before: Mapping[str, str], after: Mapping[str, str]) -> ChangeAction:
    if not before:
        return ChangeAction.ADDED
    return ChangeAction.CHANGED if after else ChangeAction.REMOVED


def save(form: RevisedForm, describe: Describe, *, user: User) -> bool:
    """``form.save_if_current()``, and a line in the history of what that changed.

    A row that is there is held until the end of the transaction, so that what is noted as the text
    before is the text that this save replaced. Three queries more than the save, and those of
    ``describe``.
    """
    rows = form._meta.model._base_manager
    with transaction.atomic():
        held = None
        if form.instance.pk is not None:
            # By key, and not in the order of the model: that may join what is not to be locked.
            held = rows.select_for_update().filter(pk=form.instance.pk).order_by("pk").first()
        before = describe(held)[1] if held is not None else {}
        if not form.save_if_current():
            return False
        part, after = describe(rows.get(pk=form.instance.pk))
        note(part, before, after, user=user)
    return True


def added(row: models.Model, describe: Describe, *, user: User) -> None:
    """Note that ``row`` was added."""
    part, says = describe(row)
    note(part, {}, says, user=user)


def removed(row: models.Model, describe: Describe, *, user: User) -> None:
    """Note that ``row`` goes; call it while it is there."""
    part, said = describe(row)
    note(part, said, {}, user=user)
