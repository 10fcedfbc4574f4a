"""Taking back the last step in writing an agenda.

Each step keeps the rows that it wrote, as they stood before and after. It is taken back only while
they still stand as the step left them: what a colleague wrote since is never lost.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from accounts import history
from accounts.models import User
from agenda.actions.locks import NotEditable, lock_version
from agenda.changes import of_version
from agenda.models import AgendaVersion, Contribution, EditStep, Goal

ASIDE = 30_000  # from here on, places that no row has: room to move
KEPT = 50  # steps of one person in one version
ONE_GO = datetime.timedelta(minutes=2)  # saves of one part within it are one step
CHANGED_SINCE = (
    "Dit is niet meer ongedaan te maken: er is intussen verder gewerkt aan hetzelfde onderdeel. "
    "Er is niets gewijzigd."
)
Snapshot = list[dict[str, Any]]


def snapshot(rows: Iterable[models.Model]) -> Snapshot:
    """``rows`` as they are held in memory, many-to-many choices included.

    One query more for all goals among them: what they contribute to, which has a table of its own.
    """
    held = list(rows)
    taken: Snapshot = json.loads(serializers.serialize("json", held))
    effects: dict[int, list[int]] = {row.pk: [] for row in held if isinstance(row, Goal)}
    if effects:
        links = Contribution.objects.filter(contributor__in=effects).order_by("effect")
        for contributor, effect in links.values_list("contributor", "effect"):
            effects[contributor].append(effect)
        for each in taken:
            if each["model"] == Goal._meta.label_lower:
                each["fields"]["contributes_to"] = effects[each["pk"]]
    return taken


def step_aside(
    model: type[models.Model], pk: int, place: int, *, also_order: bool = False
) -> dict[str, Any]:
    """Give a row a number, and a place, that no other has, while others move; which it got.

    It is written over in the same transaction.
    """
    given: dict[str, Any] = {}
    for column in model._meta.concrete_fields:
        if column.name == "number":
            is_text = isinstance(column, models.CharField)
            given["number"] = f"~{place}" if is_text else ASIDE + place
        elif column.name == "order" and also_order:
            given["order"] = ASIDE + place
    if given:
        model._base_manager.filter(pk=pk).update(**given)
    return given


def remember(
    version: AgendaVersion, label: str, before: Snapshot, after: Snapshot, *, user: User
) -> None:
    """Keep a step, in the transaction that took it; none when nothing changed.

    Saves that follow each other in one part are one step: a page that saves itself makes many.
    """
    if before == after:
        return
    steps = EditStep.objects.filter(version=version, actor=user)
    last = steps.order_by("-pk").first()
    if (
        last is not None
        and len(last.before) == len(before) == 1
        and last.after == before
        and timezone.now() - last.at < ONE_GO
    ):
        last.after, last.label, last.at = after, label[:300], timezone.now()
        last.save(update_fields=["after", "label", "at"])
        return
    EditStep.objects.create(
        version=version, actor=user, label=label[:300], before=before, after=after
    )
    old = steps.order_by("-pk").values_list("pk", flat=True)[KEPT:]
    EditStep.objects.filter(pk__in=list(old)).delete()


def last_step(version: AgendaVersion, user: User) -> EditStep | None:
    """What ``user`` would take back in ``version``. One query."""
    return EditStep.objects.filter(version=version, actor=user).order_by("-pk").first()


def _not_the_last(version: AgendaVersion, step: int) -> str:
    if EditStep.objects.filter(version=version, pk=step).exists():
        return "U wijzigde hierna nog iets. Er is niets teruggedraaid; kijk wat nu de laatste is."
    return "Deze stap is al ongedaan gemaakt. Er is niets gewijzigd."


def undo(version: AgendaVersion, step: int, *, user: User) -> str:
    """Take back step ``step``, the last that ``user`` took in ``version``; returns what it was.

    Raises ``NotEditable`` when it is not the last any more (a second click), when its rows changed
    since, or when something hangs on what it added. Nothing changes then.
    """
    with transaction.atomic():
        lock_version(version)
        last = last_step(version, user)
        if last is None or last.pk != step:
            raise NotEditable(_not_the_last(version, step))
        if _says(_now(last.after)) != _says(last.after):
            raise NotEditable(CHANGED_SINCE)
        try:
            with transaction.atomic():
                _put_back(version, last, user)
        except (IntegrityError, ProtectedError) as error:
            raise NotEditable(CHANGED_SINCE) from error
        label = last.label
        last.delete()
    return label


def _put_back(version: AgendaVersion, step: EditStep, user: User) -> None:
    describe = of_version(version)
    told = {_key(each): each for each in step.before}
    stood = {_key(each): describe(_row(each)) for each in step.after}
    # What was added goes first, and nothing that stays may lean on it.
    goals = [each["pk"] for each in step.after if each["model"] == Goal._meta.label_lower]
    Contribution.objects.filter(contributor__in=goals).delete()
    for each in step.after:
        row = _row(each)
        assert row is not None  # noqa: S101 - it stands as the step left it
        if _key(each) not in told:
            history.note(*stood[_key(each)], {}, user=user)
            row.delete()
    # Places are swapped: nobody holds the old place while the others still have to move.
    held = [each for each in step.after if _key(each) in told]
    for place, each in enumerate(held, start=1):
        step_aside(_model(each), each["pk"], place, also_order=True)
    # Past every revision that a page may still hold.
    newest = {_key(each): each["fields"].get("revision", 0) for each in _now(step.after)}
    for each in step.before:
        _, before = stood.get(_key(each), (None, {}))
        (found,) = serializers.deserialize("json", json.dumps([each]))
        if hasattr(found.object, "revision"):
            found.object.revision = newest.get(_key(each), found.object.revision) + 1
        found.save()
        part, after = describe(_row(each))
        history.note(part, before, after, user=user)


def _now(taken: Snapshot) -> Snapshot:
    rows = [_row(each) for each in taken]
    return snapshot(row for row in rows if row is not None)


def _says(taken: Snapshot) -> dict[tuple[str, Any], dict[str, Any]]:
    """What rows say; how often they were written does not matter."""
    return {
        _key(each): {name: held for name, held in each["fields"].items() if name != "revision"}
        for each in taken
    }


def _key(each: dict[str, Any]) -> tuple[str, Any]:
    return each["model"], each["pk"]


def _model(each: dict[str, Any]) -> type[models.Model]:
    return apps.get_model(each["model"])


def _row(each: dict[str, Any]) -> models.Model | None:
    return _model(each)._base_manager.filter(pk=each["pk"]).first()
