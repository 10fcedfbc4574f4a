"""What may be done to a survey among clients: written, asked, answered, and made public.

They raise ``ValidationError`` with why not, in Dutch, and then nothing changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max

from accounts import history
from accounts.models import User
from agenda.actions.passports import add_from_set
from agenda.actions.values import save_values
from agenda.changes import of_survey
from agenda.constants import Certainty, SurveyGroup
from agenda.models import Indicator, Statement, StatementResult, Survey
from agenda.slugs import free_slug
from agenda.standard_sets import StandardIndicator, standard_sets
from agenda.value_grid import counting
from core.disclosure import is_small, people_in
from core.edits import RevisedForm
from core.fields import value_columns
from core.grid import CellChange
from core.periods import Period
from core.typed import as_typed
from core.values import Value, ValueType

STANDARD = "ceo-wmo"
QUOTED = re.compile("‘(.+?)’")
CHANGED = (
    "Iemand anders wijzigde dit onderzoek terwijl u bezig was. Van u is niets bewaard; uw getallen "
    "staan er nog. Open het onderzoek in een ander tabblad en vergelijk."
)
NO_RESPONSE = "Vul eerst in hoeveel lijsten er zijn verstuurd en hoeveel er terugkwamen."
NO_QUESTIONS = "Zet eerst vragen in het onderzoek."
UNANSWERED = "Bij {number} staat nog geen antwoord. Vul dat in, of haal de vraag weg."
ANSWERED = "Dit onderzoek is openbaar. Een vraag waarop is geantwoord, blijft staan."
NO_NEW = "Dit onderzoek is openbaar, met op elke vraag een antwoord. Er komt geen vraag meer bij."
MEASURED = (
    "‘{indicator}’ heeft over {year} al een uitkomst uit ‘{survey}’. Twee onderzoeken geven niet "
    "hetzelfde cijfer: haal de indicator bij een van beide vragen weg."
)


def save_survey(form: RevisedForm, *, user: User) -> bool:
    """Write what a survey is; a new one gets its name in addresses."""
    survey: Survey = form.instance
    if form.instance.pk is None:
        words = f"{form.cleaned_data['name']} {form.cleaned_data['year']}"
        survey.slug = free_slug(Survey.objects.all(), words, otherwise="onderzoek")
    return history.save(form, of_survey, user=user)


def save_question(form: RevisedForm, *, user: User) -> bool:
    """Write a question of a survey."""
    with transaction.atomic():
        survey = _hold(form.instance.survey)
        if survey.is_public and form.instance.pk is None:
            raise ValidationError(NO_NEW)
        if not history.save(form, of_survey, user=user):
            return False
        if survey.is_public:
            _tell(survey, user=user)
    return True


def add_standard_questions(survey: Survey, *, user: User) -> int:
    """Put the ten standard questions in, but for those that are there; how many were added.

    Each is tied to its indicator of the library, which is added to that where it is not there yet.
    """
    rows = standard_sets()[STANDARD].rows
    with transaction.atomic():
        held = _hold(survey)
        if held.is_public:
            raise ValidationError(NO_NEW)
        asked = set(held.statements.values_list("standard", flat=True))
        wanted = [row for row in rows if row.key not in asked]
        add_from_set(wanted, user=user)
        known = {row.standard: row for row in Indicator.objects.exclude(standard="")}
        last = held.statements.aggregate(last=Max("number"))["last"] or 0
        for number, row in enumerate(wanted, start=last + 1):
            added = Statement.objects.create(
                survey=held,
                number=number,
                topic=row.subject or "cliëntervaring",
                text=_question(row),
                standard=row.key,
                direction=row.direction,
                indicator=known[row.key],
            )
            history.added(added, of_survey, user=user)
    return len(wanted)


def _question(row: StandardIndicator) -> str:
    """The statement as it is put to a client: what the set quotes, or else what it measures."""
    found = QUOTED.search(row.numerator)
    if found is None or found.group(1) == "ja":
        return "Ik wist dat ik een onafhankelijke cliëntondersteuner kon krijgen"
    text = found.group(1)
    return text[:1].upper() + text[1:]


def remove_question(statement: Statement, *, user: User) -> None:
    """Take a question out of a survey that is not public, with its answer; a second click finds it
    gone."""
    with transaction.atomic():
        if _hold(statement.survey).is_public:
            raise ValidationError(ANSWERED)
        held = Statement.objects.select_related("survey").filter(pk=statement.pk).first()
        if held is not None:
            history.removed(held, of_survey, user=user)
            held.results.all().delete()
            held.delete()


def save_answers(
    survey: Survey, answers: Mapping[int, Value | None], *, revision: int | None, user: User
) -> None:
    """Write what the clients answered, by the key of each question; None takes an answer out.

    Raises ``ValidationError`` when somebody else wrote the survey since ``revision``.
    """
    with transaction.atomic():
        held = _hold(survey)
        results = {
            row.statement_id: row
            for row in StatementResult.objects.filter(
                statement__survey=held, group=SurveyGroup.MUNICIPALITY, year=held.year
            ).select_related("statement__survey")
        }
        changed = {
            key: value
            for key, value in answers.items()
            if as_typed(results[key].value if key in results else None) != as_typed(value)
        }
        if not changed:
            return  # a second click: what stands there is what was typed here
        if held.revision != revision:
            raise ValidationError(CHANGED)
        if held.is_public and None in changed.values():
            raise ValidationError(ANSWERED)
        for statement in held.statements.filter(pk__in=changed).select_related("survey"):
            _answer(statement, changed[statement.pk], results.get(statement.pk), user)
        Survey.objects.filter(pk=held.pk).update(revision=F("revision") + 1)
        if held.is_public:
            _tell(held, user=user)


def _answer(
    statement: Statement, value: Value | None, held: StatementResult | None, user: User
) -> None:
    if value is None:
        if held is not None:
            history.removed(held, of_survey, user=user)
            held.delete()
        return
    if held is None:
        held = StatementResult(
            statement=statement, group=SurveyGroup.MUNICIPALITY, year=statement.survey.year
        )
        held.value = value
        held.full_clean()
        held.save()
        history.added(held, of_survey, user=user)
        return
    part, before = of_survey(held)
    held.value = value
    held.full_clean()
    held.save(update_fields=[*value_columns(value)])
    history.note(part, before, of_survey(held)[1], user=user)


def publish(survey: Survey, *, user: User) -> None:
    """From now on everybody reads the survey, and its answers are values of their indicators.

    A second click changes nothing.
    """
    with transaction.atomic():
        held = _hold(survey)
        if held.is_public:
            return
        if held.sent is None or held.returned is None:
            raise ValidationError(NO_RESPONSE)
        number = held.statements.count()
        if not number:
            raise ValidationError(NO_QUESTIONS)
        missing = number - held.statements.filter(results__group=SurveyGroup.MUNICIPALITY).count()
        if missing:
            told = "één vraag" if missing == 1 else f"{missing} vragen"
            raise ValidationError(UNANSWERED.format(number=told))
        _refuse_measured_already(held)
        Survey.objects.filter(pk=held.pk, is_public=False).update(
            is_public=True, revision=F("revision") + 1
        )
        _tell(held, user=user)


def _refuse_measured_already(survey: Survey) -> None:
    """Raise ``ValidationError`` when another public survey of the year gives one of its figures."""
    double = (
        Statement.objects.filter(
            survey__is_public=True,
            survey__year=survey.year,
            indicator__in=survey.statements.exclude(indicator=None).values("indicator"),
        )
        .exclude(survey=survey)
        .select_related("survey", "indicator")
        .order_by("survey__name", "number")
        .first()
    )
    if double is not None:
        raise ValidationError(
            MEASURED.format(indicator=double.indicator, year=survey.year, survey=double.survey.name)
        )


def _tell(survey: Survey, *, user: User) -> None:
    """Decide which answers are too small to publish, and write each as a value of its indicator."""
    threshold = settings.SMALL_NUMBER_THRESHOLD
    rows = StatementResult.objects.filter(
        statement__survey=survey, group=SurveyGroup.MUNICIPALITY, year=survey.year
    ).select_related("statement__indicator")
    for row in rows:
        small = is_small(people_in(row.value), threshold)
        if row.withheld != small:
            StatementResult.objects.filter(pk=row.pk).update(withheld=small)
        indicator = row.statement.indicator
        if indicator is None or indicator.value_type != ValueType.PERCENTAGE:
            continue
        key = (None, None, Period.parse(str(survey.year)))
        was = counting(indicator, None).get(key)
        change = CellChange(key, as_typed(was.value) if was else "", row.value)
        if save_values(indicator, None, Certainty.FINAL, [change], user=user):
            raise ValidationError(CHANGED)


def _hold(survey: Survey) -> Survey:
    return Survey.objects.select_for_update().order_by("pk").get(pk=survey.pk)
