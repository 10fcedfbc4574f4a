"""Writing an agenda that is not adopted yet: the agenda, its parts, their order."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Max, ProtectedError
from django.utils.text import slugify

from accounts import history
from accounts.models import User
from agenda.changes import of_indicator, of_version
from agenda.constants import AgendaStatus, Origin
from agenda.disclosure import decide
from agenda.models import (
    Agenda,
    AgendaVersion,
    Goal,
    Indicator,
    Measure,
    Participation,
    Principle,
    Theme,
)
from core.edits import RevisedForm

FROM_SOURCE = (
    "Deze agenda is overgenomen uit een bronstuk en is hier niet te wijzigen: hij hoort te zeggen "
    "wat in de bron staat."
)
CLOSED = "Deze agenda is vastgesteld en verandert niet meer. Maak een nieuwe die deze opvolgt."
ADOPTED = f"{CLOSED} Van u is niets bewaard."
# Words that stand in an address where the name of an agenda, theme or indicator stands too.
RESERVED = frozenset({"nieuw", "doelen", "indicatoren", "opvolging", "plannen"})
ASIDE = 32_767  # a place in the order that no row has: room to swap two


class NotEditable(ValidationError):
    """The agenda cannot be written now; the message says why and what to do."""


def free_slug(taken: models.QuerySet[Any], words: str, *, otherwise: str) -> str:
    """A name for the address that no row of ``taken`` has yet. One query."""
    wanted = slugify(words)[:60].strip("-") or otherwise
    held = set(taken.filter(slug__startswith=wanted).values_list("slug", flat=True)) | RESERVED
    number, slug = 2, wanted
    while slug in held:
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def lock_version(version: AgendaVersion) -> AgendaVersion:
    """The version as it stands now, held for this transaction. Raises ``NotEditable``."""
    held = AgendaVersion.objects.select_for_update().filter(pk=version.pk).first()
    if held is None:
        raise NotEditable("Deze agenda is intussen verwijderd. Van u is niets bewaard.")
    if held.origin == Origin.SOURCE:
        raise NotEditable(FROM_SOURCE)
    if not held.is_editable:
        raise NotEditable(ADOPTED)
    return held


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
        return history.save(form, of_version(version), user=user)


def save_part(form: RevisedForm, version: AgendaVersion, *, user: User) -> bool:
    """Write the valid form of a part of ``version``; a new one gets a place and an address.

    False, with both texts on the form, when somebody else wrote first. Raises ``NotEditable``.
    """
    with transaction.atomic():
        lock_version(version)
        if form.instance.pk is None:
            _place(form.instance)
        try:
            with transaction.atomic():
                return history.save(form, of_version(version), user=user)
        except IntegrityError as error:
            raise NotEditable(
                "Iemand anders voegde tegelijk iets toe op deze plaats. Bewaar opnieuw."
            ) from error


def _place(row: models.Model) -> None:
    """The last place among its neighbours, and an address where it has one."""
    if isinstance(row, Theme):
        row.slug = free_slug(row.version.themes.all(), row.name, otherwise="thema")
        row.order = _after(row.version.themes.all())
    elif isinstance(row, Goal):
        row.slug = free_slug(Goal.objects.all(), row.label, otherwise="doel")
        row.order = _after(row.theme.goals.all())
    elif isinstance(row, Measure):
        holder = row.goal or row.theme
        assert holder is not None  # noqa: S101 - a measure stands under one
        row.order = _after(holder.measures.all())
    elif isinstance(row, Principle):
        row.order = _after(row.version.principles.all())
    elif isinstance(row, Participation):
        row.order = _after(row.version.participations.all())


def _after(rows: models.QuerySet[Any]) -> int:
    return (rows.aggregate(last=Max("order"))["last"] or 0) + 1


def move_part(row: Theme | Goal, version: AgendaVersion, *, up: bool, user: User) -> None:
    """Change places with the neighbour above or below, if there is one. Raises ``NotEditable``."""
    with transaction.atomic():
        lock_version(version)
        row.refresh_from_db(fields=["order"])
        rows = row.version.themes if isinstance(row, Theme) else row.theme.goals
        beside = cast("models.QuerySet[Any]", rows)
        if isinstance(row, Theme):
            beside = beside.filter(parent=row.parent)
        neighbour = (
            beside.filter(order__lt=row.order).order_by("-order")
            if up
            else beside.filter(order__gt=row.order).order_by("order")
        ).first()
        if neighbour is None:
            return
        model = type(row)
        model._base_manager.filter(pk=row.pk).update(order=ASIDE)
        model._base_manager.filter(pk=neighbour.pk).update(order=row.order)
        model._base_manager.filter(pk=row.pk).update(order=neighbour.order)
        was, became = ("na", "voor") if up else ("voor", "na")
        part, _ = of_version(version)(row)
        history.note(
            part,
            {"Plaats": f"{was} ‘{neighbour}’"},
            {"Plaats": f"{became} ‘{neighbour}’"},
            user=user,
        )


def delete_part(row: models.Model, version: AgendaVersion, *, user: User) -> None:
    """Throw a part of a draft away. Raises ``NotEditable``, also when something stands under it."""
    with transaction.atomic():
        if lock_version(version).status != AgendaStatus.DRAFT:
            raise NotEditable("Verwijderen kan alleen in een concept. Zet de agenda eerst terug.")
        history.removed(row, of_version(version), user=user)
        try:
            row.delete()
        except ProtectedError as error:
            raise NotEditable(
                "Hier hangt nog iets onder of aan: haal eerst de doelen, metingen, streefwaarden "
                "of overeenkomsten weg die hiernaar verwijzen."
            ) from error


def delete_draft(version: AgendaVersion, *, user: User) -> None:
    """Throw away a draft with nothing under it but principles and participation."""
    with transaction.atomic():
        held = lock_version(version)
        if held.status != AgendaStatus.DRAFT or held.events.exists():
            raise NotEditable("Deze agenda lag al ter inspraak en wordt niet meer verwijderd.")
        try:
            held.principles.all().delete()
            held.participations.all().delete()
            agenda = held.agenda
            held.delete()
            agenda.delete()
        except ProtectedError as error:
            raise NotEditable("Haal eerst de thema’s, doelen en adviesrondes weg.") from error


def create_indicator(form: RevisedForm, *, user: User) -> Indicator:
    """A new passport. The form is valid."""
    with transaction.atomic():
        indicator: Indicator = form.instance
        indicator.slug = free_slug(Indicator.objects.all(), indicator.name, otherwise="indicator")
        form.save()
        history.added(indicator, of_indicator(indicator), user=user)
    return indicator


def save_of_indicator(form: RevisedForm, indicator: Indicator, *, user: User) -> bool:
    """Write the valid form over the passport of ``indicator``, or over a value of it, and decide
    which of its values are not published.

    False when somebody else wrote first. Raises ``IntegrityError`` where the database refuses.
    """
    with transaction.atomic():
        # Which values are not published depends on all of them: they are written in turn.
        Indicator.objects.select_for_update().get(pk=indicator.pk)
        saved = history.save(form, of_indicator(indicator), user=user)
        if saved:
            indicator.refresh_from_db()
            decide(indicator)
    return saved
