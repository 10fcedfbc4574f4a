"""A new agenda from a copy of the former one, and a new version of an agenda that was adopted.

The rules: docs/regels/versies.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from accounts import history
from accounts.models import User
from agenda.actions.copying import COPIED, Copied, copy_content
from agenda.actions.locks import NotEditable, lock_version
from agenda.actions.writing import create_agenda
from agenda.changes import of_version
from agenda.constants import AgendaStatus, Origin, SuccessionKind
from agenda.fates import ONE_TO_ONE
from agenda.matching import same_themes
from agenda.models import (
    Agenda,
    AgendaVersion,
    DevelopmentTask,
    GoalSuccession,
    TaskUpdate,
    Theme,
    ThemeSuccession,
)
from core.edits import RevisedForm

BUSY = "Iemand anders was tegelijk met deze agenda bezig. Er is niets gewijzigd; probeer opnieuw."
NO_REASON = "Schrijf waarom er een nieuwe versie komt."
NOT_DECIDED = "Dit is nog een concept. Alleen wat is vastgesteld, kan worden overgenomen."


def why_no_copy(version: AgendaVersion) -> str:
    """Why a new agenda cannot begin as a copy of ``version``; empty when it can. One query."""
    if version.is_editable:
        return NOT_DECIDED
    later = _later(version)
    return f"Versie {later.number} is de nieuwste. Neem die over." if later is not None else ""


def _later(version: AgendaVersion) -> AgendaVersion | None:
    """The newest decided version of the same agenda, where that is a later one. One query."""
    decided = AgendaVersion.objects.decided().order_by("-number")
    return decided.filter(agenda=version.agenda_id, number__gt=version.number).first()


def why_no_new_version(version: AgendaVersion) -> str:
    """Why ``version`` cannot be followed by a new version; empty when it can. Two queries."""
    if version.is_editable:
        return "Deze versie is zelf nog in de maak. Wijzig haar op de bladzijde van de agenda."
    later = _later(version)
    if later is not None:
        return f"Versie {later.number} is de nieuwste. Maak daarvan een nieuwe versie."
    followers = AgendaVersion.objects.decided().select_related("agenda").order_by("-number")
    next_one = followers.filter(agenda__predecessor=version.agenda_id).first()
    if next_one is not None:
        return (
            f"Deze agenda is opgevolgd door {next_one.agenda}. Die kan een nieuwe versie krijgen."
        )
    return ""


def start_from(
    form: RevisedForm, former: AgendaVersion, pieces: Collection[str], *, user: User
) -> tuple[AgendaVersion, bool]:
    """A new agenda that follows the agenda of ``former``, filled with a copy; whether it was made.

    The form is valid. A second click finds the draft that the first one made. What becomes of the
    goals of ``former`` is proposed and not written: people say it (agenda/following.py). Raises
    ``ValidationError``.
    """
    agenda: Agenda = form.instance
    with transaction.atomic():
        _hold(former)
        if why := why_no_copy(former):
            raise NotEditable(why)
        drafts = former.copies.filter(status=AgendaStatus.DRAFT).select_related("agenda")
        same = drafts.filter(agenda__name__iexact=agenda.name.strip()).first()
        if same is not None:
            return same, False
        try:
            with transaction.atomic():
                version = create_agenda(form, user=user)
                _fill(version, former, pieces, user=user)
        except IntegrityError as error:
            raise ValidationError(BUSY) from error
    return version, True


def amend(version: AgendaVersion, reason: str, *, user: User) -> tuple[AgendaVersion, bool]:
    """A draft of the next version of an agenda, as a copy of ``version``; whether it was made.

    There is one at a time: a second click, or a colleague, finds the one that is there. Its goals
    are the goals of ``version``: that is written, and stays until somebody rewords or drops one.
    Raises ``NotEditable``.
    """
    if not reason.strip():
        raise NotEditable(NO_REASON)
    with transaction.atomic():
        _hold(version)
        there = AgendaVersion.objects.in_the_making().filter(agenda=version.agenda_id)
        if (opened := there.select_related("agenda").first()) is not None:
            return opened, False
        if why := why_no_new_version(version):
            raise NotEditable(why)
        try:
            with transaction.atomic():
                made = AgendaVersion.objects.create(
                    agenda=version.agenda,
                    number=version.number + 1,
                    status=AgendaStatus.DRAFT,
                    origin=Origin.SYSTEM,
                    reason=reason.strip(),
                    copied_from=version,
                )
                copied = _fill(made, version, None, user=user)
                GoalSuccession.objects.bulk_create(
                    GoalSuccession(
                        predecessor_id=old, successor=goal, kind=SuccessionKind.CONTINUED
                    )
                    for old, goal in copied.goals.items()
                )
        except IntegrityError as error:
            raise NotEditable(BUSY) from error
    return made, True


def save_reason(form: RevisedForm, version: AgendaVersion, *, user: User) -> bool:
    """Write why this version is there. False when somebody else wrote first. Raises
    ``NotEditable``."""
    with transaction.atomic():
        lock_version(version)
        return history.save(form, of_version(version), user=user)


def _hold(version: AgendaVersion) -> None:
    """Those who renew one agenda take turns."""
    list(Agenda.objects.select_for_update().filter(pk=version.agenda_id).order_by("pk"))


def _fill(
    version: AgendaVersion, former: AgendaVersion, pieces: Collection[str] | None, *, user: User
) -> Copied:
    """Copy ``former``, whole or in ``pieces``, and note in the history what came over."""
    if pieces is None:
        copied = copy_content(former, version)
    else:
        copied = copy_content(former, version, pieces=pieces, period=version.agenda.period)
    version.copied_from, version.left_out = former, copied.left_out
    version.save(update_fields=["copied_from", "left_out"])
    part, _ = of_version(version)(version)
    left = "\n".join(f"{row['what']}. {row['why']}" for row in copied.left_out)
    says = {
        "Waarom deze versie": version.reason,
        "Overgenomen uit": str(former),
        "Overgenomen": _counted(copied),
        "Niet overgenomen": left,
    }
    history.note(part, {}, {label: text for label, text in says.items() if text}, user=user)
    return copied


def _counted(copied: Copied) -> str:
    """``5 thema’s, 26 doelstellingen``: how much came over."""
    counts = Counter({model: len(copied.rows.get(model, {})) for model in COPIED})
    return ", ".join(
        f"{count} {_words(model, count)}" for model in COPIED if (count := counts[model])
    )


def _words(model: type[models.Model], count: int) -> str:
    return str(model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural)


# -- at adoption -----------------------------------------------------------------------------------
def complete(version: AgendaVersion, former: AgendaVersion) -> None:
    """What a new version of an agenda takes over when it is about to be adopted: what happened to
    its tasks in the meantime, its themes, and what drafts said about the goals of ``former``.

    Call it in the transaction of the adoption, while ``version`` may still be written.
    """
    _bring_moves(version)
    _say_themes(version, former)
    _hand_over(version, former)


def _bring_moves(version: AgendaVersion) -> None:
    """How its tasks stood, what was done and how they were evaluated, since the copy was made.

    The tasks of the former version are held first: who writes how one stands at this moment does so
    before, and it comes along, or finds that the version was replaced.
    """
    copies = DevelopmentTask.objects.filter(version=version, copied_from__isnull=False)
    held = DevelopmentTask.objects.select_for_update().filter(
        pk__in=list(copies.values_list("copied_from", flat=True))
    )
    before = {task.pk: task for task in held.order_by("pk")}
    for task in copies.order_by("pk"):
        old = before[task.copied_from_id or 0]
        TaskUpdate.objects.bulk_create(
            TaskUpdate(task=task, day=row.day, text=row.text, actor_id=row.actor_id, at=row.at)
            for row in old.updates.order_by("pk")
        )
        if old.result and not task.result:
            DevelopmentTask.objects.filter(pk=task.pk).update(
                evaluated_on=old.evaluated_on, result=old.result, evaluation=old.evaluation
            )
        for step in old.steps.filter(done_on__isnull=False):
            task.steps.filter(copied_from=step, done_on__isnull=True).update(done_on=step.done_on)


def _say_themes(version: AgendaVersion, former: AgendaVersion) -> None:
    """A theme that is the same goes on, perhaps under another name."""
    before = {theme.pk: theme for theme in Theme.objects.filter(version=former)}
    after = {theme.pk: theme for theme in Theme.objects.filter(version=version, origins=None)}
    ThemeSuccession.objects.bulk_create(
        ThemeSuccession(
            predecessor=before[old],
            successor=after[new],
            kind=(
                SuccessionKind.CONTINUED
                if before[old].name == after[new].name
                else SuccessionKind.REWORDED
            ),
        )
        for old, new in same_themes(before.values(), after.values()).items()
    )


def _hand_over(version: AgendaVersion, former: AgendaVersion) -> None:
    """A draft of the agenda that follows this one said what becomes of goals of ``former``; where
    such a goal goes on as one goal of ``version``, it says so of that one."""
    onward: dict[int, list[GoalSuccession]] = defaultdict(list)
    for tie in GoalSuccession.objects.into(version.pk).filter(
        predecessor__isnull=False, successor__isnull=False
    ):
        onward[tie.predecessor_id or 0].append(tie)
    said = GoalSuccession.objects.of_goals_in(former.pk).said_in_the_making()
    for row in said.exclude(successor__theme__version=version).exclude(dropped_in=version):
        ties = onward.get(row.predecessor_id or 0, [])
        if len(ties) == 1 and ties[0].kind in ONE_TO_ONE:
            GoalSuccession.objects.filter(pk=row.pk).update(predecessor=ties[0].successor_id)
