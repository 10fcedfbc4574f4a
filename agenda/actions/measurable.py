"""Making one goal measurable: its words, a measure with its indicator, baseline and target."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from agenda.actions.locks import NotEditable, lock_version
from agenda.actions.passports import create_indicator, save_of_indicator
from agenda.actions.writing import save_part
from agenda.models import AgendaVersion, Indicator
from core.edits import RevisedForm


class _Overtaken(Exception):
    """Somebody else wrote one of the rows first."""


def make_measurable(
    version: AgendaVersion,
    *,
    goal: RevisedForm | None,
    passport: RevisedForm | None,
    measure: RevisedForm | None,
    aims: Sequence[RevisedForm],
    user: User,
) -> bool:
    """Write the valid forms of one goal of ``version``, all or none; ``None`` is left as it is.

    A new ``passport`` becomes the indicator of the new ``measure``; ``aims`` are values of
    ``measure``. False, with both texts on the form, when somebody else wrote first. Raises
    ``NotEditable``.
    """
    try:
        with transaction.atomic():
            lock_version(version)
            if goal is not None:
                _save(goal, version, user)
            if passport is not None:
                _save_passport(passport, user)
            if measure is not None:
                if measure.instance.pk is None:
                    _once(measure)
                _save(measure, version, user)
            # What is there first: a refusal leaves no new row behind on a form.
            for aim in sorted(aims, key=lambda form: form.instance.pk is None):
                _save(aim, version, user)
    except _Overtaken:
        return False
    return True


def _save(form: RevisedForm, version: AgendaVersion, user: User) -> None:
    if not save_part(form, version, user=user):
        raise _Overtaken


def _save_passport(form: RevisedForm, user: User) -> None:
    indicator: Indicator = form.instance
    if not indicator._state.adding:
        if not save_of_indicator(form, indicator, user=user):
            raise _Overtaken
        return
    if Indicator.objects.filter(name__iexact=indicator.name).exists():
        raise NotEditable(
            "Er is al een indicator met deze naam. Zoek hem op in de bibliotheek, of kies een naam "
            "die het verschil zegt."
        )
    create_indicator(form, user=user)


def _once(measure: RevisedForm) -> None:
    """A second click finds the measure there already."""
    row = measure.instance
    if row.goal.measures.filter(indicator=row.indicator).exists():
        raise NotEditable("Deze indicator meet dit doel al. Kies die meting bovenaan.")
