"""Writing indicators: new passports, passports and values that are there, standard sets."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from accounts import history
from accounts.models import User
from agenda.changes import of_indicator
from agenda.constants import MEANING, VersionKind
from agenda.disclosure import decide
from agenda.meanings import said_otherwise
from agenda.models import Indicator, IndicatorVersion
from agenda.money_years import refuse_closed, span_of
from agenda.slugs import free_slug
from agenda.standard_sets import StandardIndicator
from core.edits import RevisedForm
from core.values import ValueType


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

    A passport that comes to say something else keeps how it stood. False when somebody else wrote
    first. Raises ``YearClosed`` for an amount of a closed year, and ``IntegrityError`` where the
    database refuses.
    """
    with transaction.atomic():
        # Which values are not published depends on all of them: they are written in turn.
        held = Indicator.objects.select_for_update().get(pk=indicator.pk)
        if isinstance(form.instance, Indicator):
            _keep_version(form, held, user=user)
        elif held.value_type == ValueType.AMOUNT:
            before = type(form.instance)._base_manager.filter(pk=form.instance.pk).first()
            refuse_closed(span_of(form.instance.period), span_of(before.period if before else None))
        saved = history.save(form, of_indicator(indicator), user=user)
        if saved:
            indicator.refresh_from_db()
            decide(indicator)
    return saved


def _keep_version(form: RevisedForm, held: Indicator, *, user: User) -> None:
    """Keep the passport as it stands in ``held``, which is locked, before ``form`` replaces it.

    Nothing is kept when the form will not be written, or says why of nothing that changes.
    """
    typed = form.cleaned_data
    kind = typed.get("change")
    if not kind or not said_otherwise(held, typed) or typed.get("revision") != held.revision:
        return
    last = held.versions.aggregate(last=Max("number"))["last"] or 0
    IndicatorVersion.objects.create(
        indicator=held,
        number=last + 1,
        value_type=held.value_type,
        kind=kind,
        replaced_from=typed["since"] if kind == VersionKind.CHANGED else None,
        reason=typed["reason"],
        actor=user,
        **{name: getattr(held, name) for name in MEANING},
    )


def add_from_set(rows: Iterable[StandardIndicator], *, user: User) -> list[Indicator]:
    """Passports of ``rows`` of a standard set, but for those that are there already.

    A second click finds them all there, also one of the same moment: the set that an indicator is
    from is unique in the database. One with the name of an indicator of our own is there too. Four
    queries a row.
    """
    added: list[Indicator] = []
    for row in rows:
        if Indicator.objects.filter(name__iexact=row.name).exclude(standard=row.key).exists():
            continue
        with transaction.atomic():
            indicator, is_new = Indicator.objects.get_or_create(
                standard=row.key,
                defaults={
                    "slug": free_slug(Indicator.objects.all(), row.name, otherwise="indicator"),
                    **row.passport(),
                },
            )
            if is_new:
                history.added(indicator, of_indicator(indicator), user=user)
                added.append(indicator)
    return added
