"""Filling in, handing in and reviewing the reports of the example, each by who does that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from contracts.models import KPI, Contract
from core.forms import ValueField
from core.periods import Period
from core.values import ValueType
from demo.loading.example.rows import MemberRow, ReportRow, ResultRow, RoundRow
from demo.loading.example.steps import moment, told_at
from demo.loading.reader import Place, find
from reporting.access import desk_or_404, writing_desk_or_404
from reporting.actions import Typed, accept, draft_of, part_ready, return_, save_answers, submit
from reporting.asked import answer_key, remarks_on
from reporting.models import Report
from reporting.review import REMARK, remarks_of
from reporting.sheet import Block, member_prefix

FIRST = Period(2019, 1)


class Reporting:
    """One report while it goes around; ``kpis`` are those of its contract by subject."""

    def __init__(
        self, row: ReportRow, contract: Contract, kpis: Mapping[str, KPI], *, reviewer: User
    ) -> None:
        self.row, self.kpis, self.reviewer = row, kpis, reviewer
        self.report: Report = contract.reports.filter(period=FIRST).get()

    def go_around(self, *, reporter: User, signatory: User) -> None:
        """Fill in, and then every round of the file. Raises ``DataFileError``."""
        with told_at(self.row.place):
            self._write(self._answers(), reporter, self.row.place, day=self.row.filled_on)
        for number, row in enumerate(self.row.rounds, start=1):
            with told_at(row.place):
                self._round(number, row, reporter, signatory)

    def contribute(self, row: MemberRow, *, user: User) -> None:
        """Write the part of a member of the coalition, and say that it is ready."""
        with told_at(row.place), transaction.atomic():
            desk = writing_desk_or_404(user, self.report.pk, lock=True)
            (member,) = desk.part.members
            typed = [
                Typed(f"{member_prefix(member)}{each.section.value}-text", each.text, 0)
                for each in row.texts
            ]
            when = moment(row.filled_on)
            save_answers(desk.report, typed, user=user, part=desk.part, at=when)
            part_ready(desk, user=user, at=when)

    def _round(self, number: int, row: RoundRow, reporter: User, signatory: User) -> None:
        desk = desk_or_404(signatory, self.report.pk)
        seen = draft_of(desk.report).seen
        submit(desk, user=signatory, seen=seen, at=moment(row.submitted_on, hour=11))
        if row.returned_on is not None:
            asked = {
                f"{REMARK}{self._improvement(each.place, each.subject)}": each.text
                for each in row.remarks
            }
            remarks = remarks_of(self.report, asked)
            if len(remarks) != len(row.remarks):
                raise row.place.error("Er is een vraag bij een veld dat niet is ingevuld.")
            return_(
                self.report,
                user=self.reviewer,
                round_number=number,
                remarks=remarks,
                note=row.note,
                at=moment(row.returned_on, hour=15),
            )
            self._answer(row, reporter)
        if row.accepted_on is not None:
            accept(
                self.report,
                user=self.reviewer,
                round_number=number,
                note=row.note,
                at=moment(row.accepted_on, hour=15),
            )

    def _answer(self, row: RoundRow, reporter: User) -> None:
        if not row.answers:
            return
        self.report.refresh_from_db()
        asked = {remark.key: answer_key(remark) for remark in remarks_on(self.report)}
        typed: dict[str, str] = {}
        for each in row.answers:
            key = self._improvement(each.place, each.subject)
            typed |= {
                key: each.improvement,
                find(each.place, asked, key, "vraag bij onderwerp"): each.text,
            }
        assert row.returned_on is not None  # noqa: S101 - only then there are answers
        self._write(typed, reporter, row.place, day=row.returned_on, hour=16)

    def _improvement(self, place: Place, subject: str) -> str:
        kpi = find(place, self.kpis, subject, "onderwerp met nummer")
        return f"kpi-{kpi.pk}-improvement"

    def _write(self, typed: Mapping[str, str], user: User, place: Place, **when: Any) -> None:
        held = dict(self.report.answers.values_list("key", "revision"))
        self.report.refresh_from_db()
        rows = [Typed(key, text, held.get(key, 0)) for key, text in typed.items()]
        with transaction.atomic():
            saved = save_answers(self.report, rows, user=user, at=moment(**when))
        if saved.conflicts:
            raise place.error("Dit voorbeeld wordt door iemand anders gewijzigd.")

    # -- what is typed -----------------------------------------------------------------------------
    def _answers(self) -> dict[str, str]:
        """What the partner types, by the key of its field."""
        return {key: text for key, text in self._typed() if text}

    def _typed(self) -> Iterator[tuple[str, str]]:
        row = self.row
        sections = {section.kind: section for section in draft_of(self.report).sections}
        scores = find(row.place, sections, "kpi_scores", "onderdeel")
        blocks = {block.kpi.number: block for block in scores.blocks if block.kpi is not None}
        for result in row.results:
            block = find(result.place, blocks, result.subject, "onderwerp met nummer")
            yield from _result(result, block)
        lines = find(row.place, sections, "spending", "onderdeel").blocks
        for line, told in zip(lines, row.spending, strict=True):
            yield f"{line.prefix}-spent", told.spent
            yield f"{line.prefix}-forecast", told.forecast
            yield f"{line.prefix}-note", told.note
        for text in row.texts:
            yield f"{text.section.value}-text", text.text
        yield from self._counted()

    def _counted(self) -> Iterator[tuple[str, str]]:
        row = self.row
        for place, number in enumerate(row.numbers, start=1):
            yield f"number-{place}-label", number.label
            yield from _value(f"number-{place}-value", number.place, ValueType.COUNT, number.value)
        for place, told in enumerate(row.bottlenecks, start=1):
            for name in ("text", "cause", "solution"):
                yield f"bottleneck-{place}-{name}", getattr(told, name)
        for name in ("complaints", "incidents"):
            yield f"complaints-{name}", str(getattr(row.complaints, name))
            yield f"complaints-{name}_nature", getattr(row.complaints, f"{name}_nature")


def _result(row: ResultRow, block: Block) -> Iterator[tuple[str, str]]:
    assert block.kpi is not None  # noqa: S101 - chosen so
    type = ValueType(block.kpi.value_type)
    yield from _value(f"{block.prefix}-value", row.place, type, row.value)
    yield f"{block.prefix}-explanation", row.explanation
    yield f"{block.prefix}-improvement", row.improvement


def _value(key: str, place: Place, type: ValueType, text: str) -> Iterator[tuple[str, str]]:
    """The parts of a value as the fields of the report take them."""
    widget = ValueField(value_type=type).widget
    parts = widget.decompress(place.value(type, text))
    for name, part in zip(widget.parts, parts, strict=True):
        yield f"{key}_{name}", part or ""
