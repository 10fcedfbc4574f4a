"""What a page of the editor shows: one section of the draft, with what stands beside each field."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Min, Q
from django.utils import timezone

from contracts.models import Amendment
from contracts.terms import Series, terms_of
from reporting.access import Desk
from reporting.actions import Draft, Saved, Typed
from reporting.asked import answer_key, is_about, remarks_on
from reporting.checking import Finding, check
from reporting.former import Former, former_values, last_values
from reporting.models import Answer, Remark
from reporting.portal import deadline_now
from reporting.reading import content_of
from reporting.sheet import Block, Section, sheet


@dataclass(frozen=True)
class SectionLink:
    """One line of the list of sections; ``state`` is empty, busy, error or ready."""

    section: Section
    is_current: bool
    errors: int

    @property
    def state(self) -> str:
        if not self.section.filled:
            return "empty"
        return "busy" if self.errors else "ready"


@dataclass(frozen=True)
class RemarkShown:
    """What the municipality asked, and what the partner answers so far."""

    remark: Remark
    answer: str

    @property
    def key(self) -> str:
        """Under which the answer is stored."""
        return answer_key(self.remark)


@dataclass(frozen=True)
class BlockShown:
    """A block with what was reported before, what the check says, and what the reader asked."""

    block: Block
    former: tuple[Former, ...]
    findings: tuple[Finding, ...]
    remarks: tuple[RemarkShown, ...]
    conflicts: tuple[Answer, ...]

    @property
    def hints(self) -> list[Finding]:
        """What the check says of a block that was begun; errors of a field stand at the field."""
        begun = self.block.is_filled
        return [each for each in self.findings if begun and each.blocks and each.rule != 1]

    @property
    def is_explained(self) -> bool:
        """Whether the two questions of a KPI are asked, or answered."""
        return bool(self.hints) or any(
            self.block.words(name) for name in ("explanation", "improvement")
        )


def has_section(desk: Desk, slug: str) -> bool:
    """Whether the contract asks for section ``slug`` in this part of the report."""
    report = desk.report
    sections = desk.part.of(sheet(terms_of(report.contract, report.period), {}))
    return any(section.slug == slug for section in sections)


def editor_context(
    desk: Desk, slug: str, *, typed: Sequence[Typed] = (), saved: Saved | None = None
) -> dict[str, Any] | None:
    """The page of section ``slug``; None when the contract does not ask for it.

    ``typed`` and ``saved`` are those of a post that found other texts: what was typed stays in the
    fields, and the other text stands beside it. At most fifteen queries, with one KPI and with 44.
    """
    report = desk.report
    part = desk.part
    answers = {answer.key: answer for answer in report.answers.all()}
    texts = {key: answer.text for key, answer in answers.items()}
    texts |= {each.key: each.text for each in typed}
    sections = part.of(sheet(terms_of(report.contract, report.period), texts))
    current = next((section for section in sections if section.slug == slug), None)
    if current is None:
        return None
    former = former_values(report)
    remarks = part.remarks(remarks_on(report), sections)
    own = part.keys(sections, remarks)
    answers = {key: answer for key, answer in answers.items() if part.is_whole or key in own}
    texts = part.answers(texts, sections, remarks)
    findings = check(sections, last_values(former), texts, remarks)
    asked = [RemarkShown(each, texts.get(answer_key(each), "")) for each in remarks]
    conflicts = saved.conflicts if saved else {}
    place = sections.index(current)
    return {
        "desk": desk,
        "report": report,
        "section": current,
        "links": [
            SectionLink(
                section,
                section is current,
                sum(finding.blocks for finding in findings if finding.section == section.slug),
            )
            for section in sections
        ],
        "blocks": [_shown(block, former, findings, asked, conflicts) for block in current.blocks],
        "has_conflicts": bool(conflicts),
        "revisions": _revisions(current, answers, conflicts),
        "loaded": _loaded(current, answers, conflicts),
        "saved_at": max((answer.edited_at for answer in answers.values()), default=None),
        "previous": sections[place - 1] if place else None,
        "next": sections[place + 1] if place + 1 < len(sections) else None,
        "deadline": deadline_now(report),
    }


def _shown(
    block: Block,
    former: Mapping[Series, Sequence[Former]],
    findings: Sequence[Finding],
    asked: Sequence[RemarkShown],
    conflicts: Mapping[str, Answer],
) -> BlockShown:
    remarks = tuple(each for each in asked if is_about(each.remark, block))
    keys = {*block.keys, *(each.key for each in remarks)}
    start = f"div_id_{block.prefix}-"
    return BlockShown(
        block,
        tuple(former.get(block.kpi.series, ())) if block.kpi else (),
        tuple(finding for finding in findings if finding.anchor.startswith(start)),
        remarks,
        tuple(answer for key, answer in conflicts.items() if key in keys),
    )


def amended_since(draft: Draft) -> Amendment | None:
    """The amendment that the draft is held to and that was signed since it was begun. Two queries
    at most."""
    begun = draft.report.answers.aggregate(first=Min("edited_at"))["first"]
    if not draft.terms.amendment or begun is None:
        return None
    signed = Q(signed_on__gte=timezone.localdate(begun))
    found = draft.report.contract.amendments.filter(signed, number=draft.terms.amendment)
    return found.first()


def repeats(draft: Draft) -> int | None:
    """The round that a returned draft says again, word for word; None when anything changed. Two
    queries at most."""
    newest = draft.report.rounds.newest_first().first() if draft.report.is_returned else None
    if newest is None:
        return None
    content = content_of(newest)
    files = [(each.name, each.file.sha256) for each in draft.files]
    same = (
        content["answers"] == draft.shown
        and content["terms"] == draft.terms.to_json()
        and [(each["name"], each["sha256"]) for each in content["files"]] == files
    )
    return newest.number if same else None


def _revisions(section: Section, answers: dict[str, Answer], conflicts: dict[str, Answer]) -> str:
    """The revision of each field on the page, for the script and for the post without it."""
    held = answers | conflicts
    on_page = {key for block in section.blocks for key in block.keys}
    return json.dumps(
        {
            key: answer.revision
            for key, answer in held.items()
            if key in on_page or key.startswith("remark-")
        }
    )


def mark(text: str) -> int:
    """A short mark of a text, by which a page that comes back tells what was typed in it."""
    return zlib.crc32(text.replace("\r\n", "\n").encode())


def _loaded(section: Section, answers: dict[str, Answer], conflicts: dict[str, Answer]) -> str:
    """The mark of each text that the page was given. Of a conflict there is none: what stands in
    the field then is the reader's own, and is written when the page comes back."""
    on_page = {key for block in section.blocks for key in block.keys}
    return json.dumps(
        {
            key: None if key in conflicts else mark(answer.text)
            for key, answer in answers.items()
            if key in on_page or key.startswith("remark-")
        }
    )
