"""The questions about one goal, put together: what was answered, and how the goal will read."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q

from agenda.constants import TargetKind
from agenda.goal_wizard_forms import (
    NEW,
    AimAnswers,
    GoalAnswers,
    IndicatorChoice,
    MeasureAnswers,
    NewIndicator,
    PassportAnswers,
    PassportForm,
    passport_says,
)
from agenda.library_filters import ManagedIndicatorFilter
from agenda.measurability import LABELS, Mark
from agenda.measuring import marks_with
from agenda.models import AgendaVersion, Goal, Indicator, Measure, Target
from core.edits import RevisedForm

MOST_FOUND = 8
NOWHERE = (
    "Kies een indicator of omschrijf een nieuwe. Zonder indicator hebben uw andere antwoorden geen "
    "plek."
)


@dataclass(frozen=True)
class Preview:
    """The goal as it reads: in words, with its marks."""

    text: str
    direction_reason: str
    measure: str
    baseline: str
    target: str
    measured_by: str
    rhythm: str
    marks: list[tuple[str, Mark]]


class Questions:
    """The forms of one page about ``goal``, for the ``measure`` that is there or for a new one.

    ``typed`` is what was posted; only when it is ``judged`` do its errors count, else it is just
    kept on the page.
    """

    def __init__(
        self,
        version: AgendaVersion,
        goal: Goal,
        measure: Measure | None,
        typed: Any = None,
        *,
        judged: bool = False,
    ) -> None:
        self.version, self.held = version, measure
        data = typed if judged else None
        self.goal = GoalAnswers(data, instance=goal, version=version, prefix="doel")
        self.choice = IndicatorChoice(typed, prefix="indicator")
        is_new = judged and self.chosen == NEW
        self.new = NewIndicator(
            data if is_new else None, prefix="nieuw", use_required_attribute=False
        )
        self.measure = MeasureAnswers(
            data, instance=measure, version=version, parent=goal, prefix="meting"
        )
        self.indicator = self._indicator()
        if self.indicator is not None and measure is None:
            self.measure.instance.indicator = self.indicator
        self.passport = PassportAnswers(data, indicator=self.indicator, prefix="wie")
        self.aims = [
            self._aim(TargetKind.BASELINE, data, "nul"),
            self._aim(TargetKind.TARGET, data, "streef"),
        ]
        if typed is not None:
            for form in self._forms():
                if not form.is_bound:
                    _keep(form, typed)

    def _forms(self) -> list[forms.BaseForm]:
        return [self.goal, self.new, self.measure, self.passport, *self.aims]

    def _indicator(self) -> Indicator | None:
        """The one that measures: of the measure, of the library, or a new one."""
        if self.held is not None:
            return self.held.indicator
        if self.new.is_bound:
            self.new.full_clean()
            made: Indicator = self.new.instance
            return made
        return self.choice.found if self.choice.is_valid() else None

    @property
    def chosen(self) -> str:
        """What stands chosen: the key of an indicator, ``NEW``, or nothing."""
        return str(self.choice["keuze"].value() or "")

    def _aim(self, kind: TargetKind, data: Any, prefix: str) -> AimAnswers:
        rows: list[Target] = []
        if self.held is not None:
            rows = [row for row in self.held.targets.all() if row.kind == kind]
            rows.sort(key=lambda row: row.period.moment)
        # Where it began, and where it ends; targets in between stand in the outline.
        row = (rows[0] if kind == TargetKind.BASELINE else rows[-1]) if rows else None
        return AimAnswers(
            data,
            instance=row,
            version=self.version,
            kind=kind,
            measure=self.measure.instance,
            value_type=self.indicator.value_type if self.indicator is not None else "",
            prefix=prefix,
        )

    # -- judging -----------------------------------------------------------------------------------
    def is_valid(self) -> bool:
        """Whether all that was answered can be written. What was skipped is no error."""
        asked: list[forms.BaseForm] = [self.goal, self.choice]
        if self.indicator is not None:
            asked += [self.measure, self.passport, *self.aims]
            if self.new.is_bound:
                asked.append(self.new)
        elif self.choice.is_valid() and self._answered():
            self.choice.add_error("keuze", NOWHERE)
        wrong = [form for form in asked if not form.is_valid()]  # each of them says what is wrong
        return not wrong and self._aims_agree()

    def _aims_agree(self) -> bool:
        """Whether the baseline and the target that were answered may stand beside each other."""
        told = [form for form in self.aims if self.indicator is not None and not form.is_skipped]
        for form in told:
            form.say_fault(
                (other.kind, other.cleaned_data["period"]) for other in told if other is not form
            )
        return not any(form.errors for form in told)

    def _answered(self) -> bool:
        """Whether anything was answered that belongs to a measure."""
        return any(_changed(form) for form in (self.measure, self.passport, *self.aims))

    @property
    def mistaken(self) -> list[forms.BaseForm]:
        """The forms with something to say."""
        return [form for form in (*self._forms(), self.choice) if form.errors]

    # -- writing -----------------------------------------------------------------------------------
    def to_write(self) -> dict[str, Any]:
        """What ``make_measurable`` takes; valid questions only."""
        parts: dict[str, Any] = {
            "goal": self.goal if _changed(self.goal) else None,
            "passport": None,
            "measure": None,
            "aims": [],
        }
        if self.indicator is None:
            return parts
        row = self.measure.instance
        if not row.text:
            row.text = self.indicator.name[: Measure._meta.get_field("text").max_length]
        if row.pk is None or _changed(self.measure):
            parts["measure"] = self.measure
        parts["aims"] = [form for form in self.aims if not form.is_skipped and _changed(form)]
        parts["passport"] = self._passport()
        return parts

    def _passport(self) -> RevisedForm | None:
        added = self.passport.added()
        indicator = self.indicator
        assert indicator is not None  # noqa: S101 - the caller has one
        if self.new.is_bound:
            for name, value in added.items():
                setattr(indicator, name, value)
            return self.new
        if not added:
            return None
        said = {"measured_by": indicator.measured_by, "rhythm": indicator.rhythm}
        typed = {**said, **added, "revision": indicator.revision}
        form = PassportForm(typed, instance=Indicator.objects.get(pk=indicator.pk))
        form.full_clean()
        return form

    # -- reading -----------------------------------------------------------------------------------
    def preview(self) -> Preview:
        """The goal with these answers; those of an unjudged page are what the database says."""
        goal = self.goal.instance
        indicator = copy(self.indicator)  # the page shows the passport as it is
        if indicator is not None and self.passport.is_bound:
            for name, value in self.passport.added().items():
                setattr(indicator, name, value)
        said = passport_says(indicator)
        baseline, target = (_told(form.instance) for form in self.aims)
        found = marks_with(
            goal,
            self.measure.instance,
            indicator,
            has_baseline=_is_present(self.aims[0].instance),
            has_target=_is_present(self.aims[1].instance),
        )
        return Preview(
            text=goal.text,
            direction_reason=goal.direction_reason,
            measure=(self.measure.instance.text or indicator.name) if indicator else "",
            baseline=baseline,
            target=target,
            measured_by=said.get("measured_by", ""),
            rhythm=said.get("rhythm", ""),
            marks=[(LABELS[aspect][0], mark) for aspect, mark in found.items()],
        )

    def options(self) -> list[Indicator]:
        """Indicators to choose from: what was searched, else what measures this theme already; and
        the one that is chosen. Two queries at most, and one more for a search."""
        rows = Indicator.objects.exclude(measures__goal=self.goal.instance.pk).order_by("name")
        words = self.choice["zoek"].value()
        if words and self.choice.is_valid():
            rows = ManagedIndicatorFilter({"zoek": words}, queryset=rows).qs
        else:
            theme = self.goal.instance.theme_id
            rows = rows.filter(Q(measures__theme=theme) | Q(measures__goal__theme=theme)).distinct()
        found = list(rows[:MOST_FOUND])
        chosen = self.choice.found if self.choice.is_bound and self.choice.is_valid() else None
        return found if chosen is None or chosen in found else [chosen, *found]


def _keep(form: forms.BaseForm, typed: Mapping[str, Any]) -> None:
    """Show on an unbound ``form`` what was typed, and the revision it was typed over."""
    for name in form.fields:
        if (key := form.add_prefix(name)) in typed:
            form.initial[name] = typed[key]


def _changed(form: forms.BaseForm) -> bool:
    """Whether an answer differs from what stands there now."""
    return bool(set(form.changed_data) - {"revision"})


def _is_present(row: Target) -> bool:
    return bool(row.value_type) and row.value.is_present


def _told(row: Target) -> str:
    """A value with its period, or nothing."""
    return f"{row.value} ({row.period.label})" if row.value_type and row.period else ""
