"""Writing an agenda that is not adopted yet: the agenda, its parts, their order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Max, ProtectedError

from accounts import history
from accounts.models import User
from agenda.actions.copying import remove_content
from agenda.actions.locks import NotEditable, lock_version
from agenda.actions.undoing import ASIDE, remember, snapshot
from agenda.changes import KINDS, of_version
from agenda.constants import AgendaStatus, Origin, SuccessionKind
from agenda.models import (
    Agenda,
    AgendaDocument,
    AgendaVersion,
    Goal,
    Measure,
    Participation,
    Principle,
    SituationFact,
    TaskStep,
    Theme,
    contribution_faults,
)
from agenda.slugs import free_slug
from core.edits import RevisedForm

Movable = Theme | Goal | Principle | SituationFact
SHARED = (
    "Naam, looptijd en de andere gegevens van de agenda gelden voor al zijn versies en zijn al "
    "vastgesteld. Veranderen die, maak dan een nieuwe agenda die deze opvolgt."
)


def create_agenda(form: RevisedForm, *, user: User) -> AgendaVersion:
    """A new agenda with its first version as a draft. The form is valid.

    Raises ``ValidationError`` when a draft with this name is there: a second click makes no second.
    """
    with transaction.atomic():
        agenda: Agenda = form.instance
        same = AgendaVersion.objects.filter(
            status=AgendaStatus.DRAFT, agenda__name__iexact=agenda.name.strip()
        )
        if same.exists():
            raise ValidationError(
                "Er is al een concept met deze naam. Ga daarmee verder vanuit de lijst."
            )
        agenda.slug = free_slug(Agenda.objects.all(), agenda.short_name, otherwise="agenda")
        form.save()
        version = AgendaVersion.objects.create(
            agenda=agenda, number=1, status=AgendaStatus.DRAFT, origin=Origin.SYSTEM
        )
        history.added(agenda, of_version(version), user=user)
        return version


def save_agenda(form: RevisedForm, version: AgendaVersion, *, user: User) -> bool:
    """Write what the agenda is. False when somebody else wrote first. Raises ``NotEditable``."""
    with transaction.atomic():
        lock_version(version)
        if shared(version):
            raise NotEditable(SHARED)
        return history.save(form, of_version(version), user=user)


def shared(version: AgendaVersion) -> bool:
    """Whether name, years and the like were decided with an earlier version already. One query."""
    return AgendaVersion.objects.decided().filter(agenda=version.agenda_id).exists()


def save_part(form: RevisedForm, version: AgendaVersion, *, user: User) -> bool:
    """Write the valid form of a part of ``version``; a new one gets a place and an address.

    False, with both texts on the form, when somebody else wrote first. Raises ``NotEditable``, also
    when what others wrote meanwhile makes the goal tree impossible.
    """
    with transaction.atomic():
        before = snapshot(form._meta.model._base_manager.filter(pk=form.instance.pk))
        row = write_part(form, version, user=user)
        if row is not None:
            label = f"{_called(row)} {'gewijzigd' if before else 'toegevoegd'}"
            remember(version, label, before, snapshot([row]), user=user)
        return row is not None


def write_part(
    form: RevisedForm,
    version: AgendaVersion,
    *,
    user: User,
    describe: history.Describe | None = None,
) -> models.Model | None:
    """``save_part`` without a step to take back: for what is one step of many parts.

    ``describe`` tells the history what a row says, where that is not what stands there. Returns the
    row as it is now, or None when somebody else wrote first. Raises ``NotEditable``.
    """
    with transaction.atomic():
        lock_version(version)
        if form.instance.pk is None:
            _place(form.instance)
        elif isinstance(form.instance, Goal):
            _ask_for_a_tree(form.instance, form.cleaned_data.get("contributes_to"))
        try:
            with transaction.atomic():
                saved = history.save(form, describe or of_version(version), user=user)
        except IntegrityError as error:
            raise NotEditable(
                "Iemand anders voegde tegelijk iets toe op deze plaats. Bewaar opnieuw."
            ) from error
        rows = form._meta.model._base_manager
        return rows.get(pk=form.instance.pk) if saved else None


def _called(row: models.Model) -> str:
    return f"{KINDS[type(row)].capitalize()} ‘{row}’"


def _ask_for_a_tree(goal: Goal, effects: Iterable[Goal] | None) -> None:
    """Raise ``NotEditable`` when ``goal`` as it is about to be written breaks the goal tree."""
    keys = None if effects is None else [effect.pk for effect in effects]
    found = contribution_faults(goal, keys)
    if found:
        raise NotEditable([fault.message for fault in found])


def _place(row: models.Model) -> None:
    """The last place among its neighbours, and an address where it has one."""
    if isinstance(row, Theme):
        row.slug = free_slug(row.version.themes.all(), row.name, otherwise="thema")
        row.order = _after(row.version.themes.all())
    elif isinstance(row, Goal):
        words = row.label if row.text else f"{row.theme} doel {row.number}"
        row.slug = free_slug(Goal.objects.all(), words, otherwise="doel")
        row.order = _after(row.theme.goals.all())
    elif isinstance(row, Measure):
        holder = row.goal or row.theme
        assert holder is not None  # noqa: S101 - a measure stands under one
        row.order = _after(holder.measures.all())
    elif isinstance(row, SituationFact):
        row.order = _after(row.version.situation_facts.all())
    elif isinstance(row, Principle):
        row.order = _after(row.version.principles.all())
    elif isinstance(row, Participation):
        row.order = _after(row.version.participations.all())
    elif isinstance(row, TaskStep):
        row.order = _after(row.task.steps.all())


def _after(rows: models.QuerySet[Any]) -> int:
    return (rows.aggregate(last=Max("order"))["last"] or 0) + 1


def move_part(row: Movable, version: AgendaVersion, *, up: bool, user: User) -> None:
    """Change places with the neighbour above or below, if there is one. Raises ``NotEditable``."""
    with transaction.atomic():
        lock_version(version)
        beside = list(_beside(row))
        place = beside.index(row) + (-1 if up else 1)
        if 0 <= place < len(beside):
            _line_up(row, beside, place, version, user=user)


def place_part(row: Movable, version: AgendaVersion, *, before: int | None, user: User) -> None:
    """Put ``row`` before the neighbour with key ``before``, or last when that is None.

    Raises ``NotEditable`` when that row is no neighbour (any more).
    """
    with transaction.atomic():
        lock_version(version)
        beside = list(_beside(row))
        others = [each for each in beside if each.pk != row.pk]
        if before is None:
            place = len(others)
        else:
            places = [place for place, each in enumerate(others) if each.pk == before]
            if not places:
                raise NotEditable(
                    "De plaats waar u dit neerzette, is intussen veranderd. Er is niets "
                    "verplaatst; bekijk de agenda opnieuw."
                )
            place = places[0]
        _line_up(row, beside, place, version, user=user)


def _beside(row: Movable) -> models.QuerySet[Any]:
    """The rows among which ``row`` has its place, itself included, in order."""
    if isinstance(row, Theme):
        rows = cast("models.QuerySet[Any]", row.version.themes.filter(parent=row.parent_id))
    elif isinstance(row, Goal):
        rows = row.theme.goals.all()
    elif isinstance(row, SituationFact):
        rows = row.version.situation_facts.all()
    else:
        rows = row.version.principles.filter(kind=row.kind)
    return rows.order_by("order", "pk")


def _line_up(
    row: Movable,
    beside: list[Any],
    place: int,
    version: AgendaVersion,
    *,
    user: User,
) -> None:
    """Give ``beside`` their places again, with ``row`` at ``place`` among them."""
    others = [each for each in beside if each.pk != row.pk]
    lined = [*others[:place], row, *others[place:]]
    if [each.pk for each in lined] == [each.pk for each in beside]:
        return
    # The places themselves stay: a theme shares its numbering with those under another parent.
    places = [each.order for each in beside]
    moved = [each for each, order in zip(lined, places, strict=True) if each.order != order]
    before = snapshot(moved)
    rows = type(row)._base_manager
    for number, each in enumerate(moved):
        rows.filter(pk=each.pk).update(order=ASIDE + number)
    for each, order in zip(lined, places, strict=True):
        rows.filter(pk=each.pk).exclude(order=order).update(order=order)
    held = rows.in_bulk([each.pk for each in moved])
    after = snapshot([held[each.pk] for each in moved])
    remember(version, f"{_called(row)} verplaatst", before, after, user=user)
    part, _ = of_version(version)(row)
    history.note(
        part,
        {"Plaats": _place_in(beside, row)},
        {"Plaats": _place_in(lined, row)},
        user=user,
    )


def _place_in(rows: list[Any], row: models.Model) -> str:
    place = [each.pk for each in rows].index(row.pk)
    return f"na ‘{rows[place - 1]}’" if place else f"vooraan, voor ‘{rows[1]}’"


def delete_part(row: models.Model, version: AgendaVersion, *, user: User) -> None:
    """Throw a part of a draft away. Raises ``NotEditable``, also when something stands under it."""
    with transaction.atomic():
        label, before = f"{_called(row)} verwijderd", snapshot([row])
        drop_part(row, version, user=user)
        remember(version, label, before, [], user=user)


def drop_part(row: models.Model, version: AgendaVersion, *, user: User) -> None:
    """``delete_part`` without a step to take back: for what is one step of many parts."""
    with transaction.atomic():
        if lock_version(version).status != AgendaStatus.DRAFT:
            raise NotEditable("Verwijderen kan alleen in een concept. Zet de agenda eerst terug.")
        history.removed(row, of_version(version), user=user)
        try:
            if isinstance(row, Goal):
                _untie(row, version)
            row.delete()
        except ProtectedError as error:
            raise NotEditable(
                "Hier hangt nog iets onder of aan: haal eerst de doelen, metingen, streefwaarden, "
                "bijdragen, overeenkomsten of opvolging weg die hiernaar verwijzen."
            ) from error


def _untie(goal: Goal, version: AgendaVersion) -> None:
    """A goal that a new version of the same agenda took over as it was, and now drops: of the goal
    that it was somebody has to say again what becomes of it."""
    own = {
        "predecessor": goal.copied_from_id,
        "predecessor__theme__version__agenda": version.agenda,
    }
    goal.origins.filter(kind=SuccessionKind.CONTINUED, **own).delete()


def delete_draft(version: AgendaVersion, *, user: User) -> None:
    """Throw away a draft: what was copied from a former version whole, and of one that began empty
    nothing but the picture of society, principles, participation and other policy. The agenda goes
    with its only version.

    Raises ``NotEditable``.
    """
    with transaction.atomic():
        held = lock_version(version)
        if held.status != AgendaStatus.DRAFT or held.events.exists():
            raise NotEditable("Deze agenda lag al ter inspraak en wordt niet meer verwijderd.")
        try:
            with transaction.atomic():
                _remove(held)
        except (ProtectedError, IntegrityError) as error:
            raise NotEditable(
                "Haal eerst de thema’s, doelen, opdrachten en adviesrondes weg."
            ) from error


def _remove(version: AgendaVersion) -> None:
    agenda = version.agenda
    version.participations.all().delete()
    version.dropped.all().delete()
    AgendaDocument.objects.filter(version=version).delete()  # a concept
    if version.copied_from_id is None:
        version.situation_facts.all().delete()
        version.principles.all().delete()
        version.policies.all().delete()
    else:
        remove_content(version)
    version.delete()
    if not agenda.versions.exists():
        agenda.delete()
