"""A report laid out: the sections that the contract asks for, in blocks of one form each.

The answers of the draft are the data of the forms. No queries.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django import forms

from contracts.constants import SectionKind
from contracts.terms import BudgetTerms, KPITerms, MemberTerms, PlaceTerms, Terms
from core.values import Value
from reporting.sections import (
    NARRATIVES,
    OUTSIDE,
    OUTSIDE_LABEL,
    REPEATED,
    ActivityForm,
    ComplaintsForm,
    ExperienceForm,
    KPIForm,
    SectionForm,
    SpendingForm,
)

Answers = Mapping[str, str]
# Addresses are Dutch, words of the database English.
SLUGS = {
    SectionKind.KPI_SCORES: "prestatie-indicatoren",
    SectionKind.TRENDS: "trends",
    SectionKind.RESULTS: "resultaten",
    SectionKind.COOPERATION: "samenwerking",
    SectionKind.NUMBERS: "aantallen",
    SectionKind.GOES_WELL: "gaat-goed",
    SectionKind.GOES_LESS_WELL: "gaat-minder-goed",
    SectionKind.BOTTLENECKS: "knelpunten",
    SectionKind.CLIENT_EXPERIENCE: "clientervaring",
    SectionKind.ACTIVITIES: "activiteiten",
    SectionKind.COMPLAINTS: "klachten-en-incidenten",
    SectionKind.SPENDING: "besteding",
}
SINGLE: dict[str, type[SectionForm]] = {
    SectionKind.COMPLAINTS: ComplaintsForm,
    SectionKind.CLIENT_EXPERIENCE: ExperienceForm,
    **NARRATIVES,
}
# More of a kind than anybody writes; an address of a draft cannot ask for a million forms.
MOST = 50


@dataclass(frozen=True)
class Row:
    """One field as it is read: ``text`` is empty when nothing was filled in."""

    key: str
    label: str
    text: str


@dataclass(frozen=True)
class Block:
    """One form, and what it is about; ``member`` is whose part it is, None for the lead's."""

    prefix: str
    title: str
    form: SectionForm
    kpi: KPITerms | None = None
    line: BudgetTerms | None = None
    places: tuple[PlaceTerms, ...] = ()
    member: MemberTerms | None = None

    @property
    def is_optional(self) -> bool:
        """Whether it may stay empty: what a member tells besides what the contract asks of it."""
        return self.member is not None and self.kpi is None

    @property
    def place(self) -> PlaceTerms | None:
        """The theme or goal that was chosen; None for none, and for work outside the assignment."""
        chosen = self.words("place")
        return next((place for place in self.places if place.key == chosen), None)

    @property
    def is_filled(self) -> bool:
        """Whether anything was typed here."""
        return any(str(text).strip() for text in self.answers.values())

    @property
    def answers(self) -> dict[str, str]:
        """What was typed in this block, by key."""
        return {key: self.form.data[key] for key in self.keys if self.form.data.get(key)}

    @property
    def keys(self) -> list[str]:
        """The keys under which the fields of this block are stored."""
        found: list[str] = []
        for name, field in self.form.fields.items():
            key = self.form.add_prefix(name)
            parts = getattr(field.widget, "widgets_names", None)
            found += [key + part for part in parts] if parts else [key]
        return found

    def value(self, name: str) -> object:
        """What the field ``name`` means; None when nothing was typed or it does not fit."""
        self.form.is_valid()
        return self.form.cleaned_data.get(name)

    def words(self, name: str) -> str:
        """The text that was typed in ``name``, without the white space around it."""
        return str(self.form.data.get(self.form.add_prefix(name), "")).strip()

    def rows(self) -> Iterator[Row]:
        """The fields that were filled in, as a reader sees them."""
        for name, field in self.form.fields.items():
            key = self.form.add_prefix(name)
            held = self.value(name)
            if isinstance(held, Value):
                text = held.display(unit=self.kpi.unit if self.kpi else "")
            elif hasattr(field.widget, "widgets_names"):
                text = " ".join(t for k, t in self.answers.items() if k.startswith(key))
            elif isinstance(field, forms.ChoiceField):
                chosen = self.words(name)
                text = OUTSIDE_LABEL if chosen == OUTSIDE else chosen
                text = self.place.label if self.place else text
            else:
                text = self.words(name)
            yield Row(key, str(field.label), text)


@dataclass(frozen=True)
class Section:
    """One page of the editor."""

    kind: str
    blocks: tuple[Block, ...]

    @property
    def slug(self) -> str:
        return SLUGS[SectionKind(self.kind)]

    @property
    def title(self) -> str:
        return str(SectionKind(self.kind).label).capitalize()

    @property
    def is_repeated(self) -> bool:
        return self.kind in REPEATED

    @property
    def filled(self) -> int:
        """How many blocks hold something."""
        return sum(block.is_filled for block in self.blocks)


def sheet(terms: Terms, answers: Answers) -> tuple[Section, ...]:
    """The sections of a report under ``terms``, filled with ``answers``."""
    kinds = list(terms.sections)
    if terms.kpis and SectionKind.KPI_SCORES not in kinds:
        kinds.insert(0, SectionKind.KPI_SCORES)
    return tuple(Section(kind, tuple(_blocks(kind, terms, answers))) for kind in kinds)


def _blocks(kind: str, terms: Terms, answers: Answers) -> Iterator[Block]:
    """The blocks of the lead, and those of each member that contributes."""
    if kind == SectionKind.KPI_SCORES:
        members = {member.id: member for member in terms.members}
        for kpi in terms.kpis:
            prefix = f"kpi-{kpi.id}"
            member = members.get(kpi.member_id) if kpi.member_id else None
            asked = KPIForm(answers, prefix=prefix, kpi=kpi)
            yield Block(prefix, kpi.name, asked, kpi=kpi, member=member)
    elif kind == SectionKind.SPENDING:
        for line in terms.budget:
            prefix = f"budget-{line.id}"
            form = SpendingForm(answers, prefix=prefix, line=line)
            yield Block(prefix, line.label, form, line=line)
    elif kind in REPEATED:
        for member in (None, *terms.members):
            yield from _repeated(kind, terms, answers, member)
    else:
        single = SINGLE[kind]
        yield Block(kind, str(SectionKind(kind).label).capitalize(), single(answers, prefix=kind))
        for member in terms.members if kind in NARRATIVES else ():
            prefix = f"{member_prefix(member.id)}{kind}"
            title = f"Bijdrage van {member.name}"
            yield Block(prefix, title, single(answers, prefix=prefix), member=member)


def member_prefix(member: int) -> str:
    """What the keys of the part of ``member`` start with (but those of its KPIs)."""
    return f"m{member}-"


def _repeated(
    kind: str, terms: Terms, answers: Answers, member: MemberTerms | None
) -> Iterator[Block]:
    """Every block that was filled in up to the last, and one that is empty."""
    name, form_class, title = REPEATED[kind]
    start = f"{member_prefix(member.id) if member else ''}{name}-"
    numbers = [
        int(written)
        for key, text in answers.items()
        if text.strip()
        and key.startswith(start)
        and (written := key.removeprefix(start).split("-")[0]).isdecimal()
        and int(written) <= MOST
    ]
    for number in range(1, min(max(numbers, default=0) + 1, MOST) + 1):
        prefix = f"{start}{number}"
        heading = f"{member.name}: {title.lower()} {number}" if member else f"{title} {number}"
        if kind == SectionKind.ACTIVITIES:
            form = ActivityForm(answers, prefix=prefix, places=terms.places)
            yield Block(prefix, heading, form, places=terms.places, member=member)
        else:
            yield Block(prefix, heading, form_class(answers, prefix=prefix), member=member)


def known_keys(sections: tuple[Section, ...]) -> set[str]:
    """Every key that the pages of this report show, the next empty block included."""
    return {key for section in sections for block in section.blocks for key in block.keys}
