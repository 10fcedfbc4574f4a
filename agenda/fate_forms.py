"""The forms in which an officer says what becomes of a goal, and why a goal is new."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import QueryDict

from agenda.constants import SuccessionKind
from agenda.fates import CONTINUED, DROPPED, SPLIT
from agenda.following import Fate, reads_the_same
from agenda.models import Goal
from core.edits import LONGEST_TEXT, MEANWHILE, TOO_LONG
from core.forms import TextForm

OPEN = ("", "nog niet bekend")
OTHER_WORDS = (
    "‘{}’ heeft een andere tekst of een andere korte naam. Is het hetzelfde doel, kies dan ‘anders "
    "verwoord’ of ‘uitgebreid’. Of geef het doel de oude woorden terug."
)
FATES = [
    (SuccessionKind.CONTINUED, "voortgezet: hetzelfde doel, ongewijzigd"),
    (SuccessionKind.EXTENDED, "uitgebreid: hetzelfde doel, en het omvat meer"),
    (SuccessionKind.REWORDED, "anders verwoord: hetzelfde doel in andere woorden"),
    (SuccessionKind.SPLIT, "gesplitst: het worden er twee of meer"),
    (SuccessionKind.MERGED, "samengevoegd: het gaat met een ander doel op in één doel"),
    (SuccessionKind.REPLACED, "vervangen: er komt een ander doel voor in de plaats"),
    (SuccessionKind.DROPPED, "vervallen: het gaat niet verder"),
]


class StampedForm(TextForm):
    """Carries the stamp of what the page was opened with; the second editor sees both texts."""

    #: Which fields are asked depends on the fate: the help text says it.
    all_optional = True

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, held: Fate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", held.stamp)
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and field.max_length is None:
                field.validators.append(MaxLengthValidator(LONGEST_TEXT, TOO_LONG))

    def show_both(self, held: Fate) -> None:
        """Name what somebody else wrote; a next save may then overwrite it."""
        typed = QueryDict(mutable=True)
        typed.update(cast("Any", self.data))
        typed["seen"] = held.stamp
        self.data = typed
        self.add_error(None, MEANWHILE)
        for name, words in self.said(held).items():
            self.add_error(name, f"Nu staat er: ‘{words or '(leeg)'}’.")

    def said(self, held: Fate) -> dict[str, str]:
        """What ``held`` says at each field that says something else here."""
        raise NotImplementedError


class FateForm(StampedForm):
    """What becomes of ``goal`` of the former agenda, among ``goals`` of the new one."""

    kind = forms.ChoiceField(
        label="Wat wordt ervan?", choices=[OPEN, *FATES], required=False, widget=forms.RadioSelect
    )
    after = forms.TypedMultipleChoiceField(
        label="Met welk doel gaat het verder?",
        help_text="Bij ‘gesplitst’ kiest u er twee of meer, bij ‘vervallen’ geen, en anders één.",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label="Waarom?",
        help_text="Verplicht als het doel vervalt. Iedereen kan dit straks lezen.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    decision = forms.CharField(
        label="Welk besluit?",
        help_text="Verplicht als het doel vervalt, bijvoorbeeld: raadsbesluit van 8 oktober 2026.",
        max_length=200,
        required=False,
    )

    def __init__(
        self, *args: Any, held: Fate, goal: Goal, goals: Sequence[Goal], **kwargs: Any
    ) -> None:
        kwargs.setdefault(
            "initial",
            {
                "kind": held.kind,
                "after": list(held.after),
                "reason": held.reason,
                "decision": held.decision,
            },
        )
        super().__init__(*args, held=held, **kwargs)
        self.goal, self.goals = goal, {goal.pk: goal for goal in goals}
        cast("forms.TypedMultipleChoiceField", self.fields["after"]).choices = [
            (goal.pk, f"{goal.theme.name}, {goal.number}. {goal.label}") for goal in goals
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        kind, count = cleaned.get("kind", ""), len(set(cleaned.get("after") or []))
        if "after" in cleaned and (told := _wrong_number(kind, count)):
            self.add_error("after", told)
        elif kind == CONTINUED and "after" in cleaned:
            (after,) = set(cleaned["after"])
            if not reads_the_same(self.goal, self.goals[after]):
                self.add_error("kind", OTHER_WORDS.format(self.goals[after].label))
        if kind == DROPPED:
            if not cleaned.get("reason"):
                self.add_error("reason", "Schrijf waarom het doel vervalt.")
            if "decision" in cleaned and not cleaned["decision"]:
                self.add_error("decision", "Schrijf met welk besluit het doel vervalt.")
        if not kind and not self.errors and (cleaned["reason"] or cleaned["decision"]):
            self.add_error("kind", "Kies wat er van het doel wordt. Uw tekst blijft staan.")
        return cleaned

    @property
    def fate(self) -> Fate:
        """What was chosen; the form is valid."""
        said = self.cleaned_data
        after = tuple(sorted(set(said["after"])))
        return Fate(str(said["kind"]), after, said["reason"], said["decision"])

    def said(self, held: Fate) -> dict[str, str]:
        mine = self.fate
        found = {}
        if mine.kind != held.kind:
            found["kind"] = str(SuccessionKind(held.kind).label) if held.kind else OPEN[1]
        if mine.after != held.after:
            labels = [self.goals[pk].label for pk in held.after if pk in self.goals]
            found["after"] = "; ".join(labels)
        for name in ("reason", "decision"):
            if getattr(mine, name) != getattr(held, name):
                found[name] = getattr(held, name)
        return found


def _wrong_number(kind: str, count: int) -> str:
    """Why ``count`` goals do not fit this kind of fate; empty when they do."""
    if not kind:
        return "Kies ook wat er van het doel wordt." if count else ""
    if kind == DROPPED:
        return "Een doel dat vervalt, gaat niet verder als een ander doel." if count else ""
    if kind == SPLIT:
        return "Kies ten minste twee doelen waarin dit doel is gesplitst." if count < 2 else ""
    if not count:
        return "Kies het doel waarmee het verdergaat."
    if count > 1:
        return "Kies één doel. Worden het er meer, kies dan ‘gesplitst’."
    return ""


class NewGoalForm(StampedForm):
    """Why a goal that comes from no other is new."""

    reason = forms.CharField(
        label="Waarom is dit doel nieuw?",
        help_text="Iedereen kan dit straks lezen. Laat het leeg als het doel toch niet nieuw is.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, held: Fate, **kwargs: Any) -> None:
        super().__init__(*args, held=held, initial={"reason": held.reason}, **kwargs)
        self.held = held

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if not reason and not self.held.kind:
            raise ValidationError("Schrijf waarom dit doel nieuw is.")
        return reason

    def said(self, held: Fate) -> dict[str, str]:
        return {"reason": held.reason}
