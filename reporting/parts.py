"""The part of a report that somebody sees and writes: all of it, or that of a coalition member.

The lead of a coalition hands in the whole and sees all of it. A member that contributes sees and
writes its own blocks alone: texts, numbers, bottlenecks and activities of its own, and the KPIs
that it reports on. Money, complaints, client experience and files are the lead's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.bsn import find_bsn
from reporting.asked import answer_key, is_about
from reporting.checking import BSN_KEY, bsn_key
from reporting.models import Remark
from reporting.reading import RoundPage
from reporting.sheet import Section, known_keys


@dataclass(frozen=True)
class Part:
    """The blocks of these ``members`` (ids of organisations); without members the whole report."""

    members: frozenset[int] = frozenset()

    @property
    def is_whole(self) -> bool:
        return not self.members

    def of(self, sections: Iterable[Section]) -> tuple[Section, ...]:
        """What of ``sections`` is in this part; a section without blocks of it is left out."""
        if self.is_whole:
            return tuple(sections)
        held = (
            Section(
                section.kind,
                tuple(
                    block
                    for block in section.blocks
                    if block.member is not None and block.member.id in self.members
                ),
            )
            for section in sections
        )
        return tuple(section for section in held if section.blocks)

    def remarks(self, remarks: Iterable[Remark], sections: Iterable[Section]) -> tuple[Remark, ...]:
        """The remarks that are about this part; ``sections`` are those of the part."""
        if self.is_whole:
            return tuple(remarks)
        blocks = [block for section in sections for block in section.blocks]
        return tuple(each for each in remarks if any(is_about(each, block) for block in blocks))

    def answers(
        self,
        answers: Mapping[str, str],
        sections: tuple[Section, ...],
        remarks: Iterable[Remark],
    ) -> dict[str, str]:
        """The answers of this part; ``sections`` and ``remarks`` are those of the part."""
        if self.is_whole:
            return dict(answers)
        keys = self.keys(sections, remarks)
        own = {key: text for key, text in answers.items() if key in keys}
        return own | _explained_by_lead(own, answers.get(BSN_KEY, ""))

    def keys(self, sections: tuple[Section, ...], remarks: Iterable[Remark]) -> set[str]:
        """What may be written in this part."""
        return (
            known_keys(sections)
            | {answer_key(remark) for remark in remarks}
            | ({bsn_key(member) for member in self.members} or {BSN_KEY})
        )

    def read(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """What a round froze of this part."""
        if self.is_whole:
            return dict(content)
        sections = [
            {**section, "blocks": blocks}
            for section in content["sections"]
            if (blocks := [each for each in section["blocks"] if self._holds(each)])
        ]
        return {**content, "sections": sections, "warnings": [], "files": []}

    def page(self, page: RoundPage) -> RoundPage:
        """The page of a round without what is said of the report as a whole."""
        return page if self.is_whole else replace(page, files=(), general=())

    def _holds(self, block: Mapping[str, Any]) -> bool:
        return (block.get("member") or {}).get("id") in self.members


def _explained_by_lead(own: Mapping[str, str], why: str) -> dict[str, str]:
    """That the lead explained numbers of ``own``, and not in which words: those name others too."""
    typed = {re.sub(r"\D", "", number) for text in own.values() for number in find_bsn(text)}
    named = {re.sub(r"\D", "", number) for number in (*find_bsn(why), *re.findall(r"\d+", why))}
    found = ", ".join(sorted(typed & named))
    return {BSN_KEY: f"De penvoerder legde uit wat {found} is."} if found else {}


WHOLE = Part()
