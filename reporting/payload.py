"""What a round freezes: what was typed, what it meant, and the terms as they stood."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from contracts.terms import Terms
from core.values import Value
from reporting.checking import Finding
from reporting.deviation import judge_kpi
from reporting.models import Attachment, Report
from reporting.sheet import Block, Section

FORMAT = 1


def canonical(content: Any) -> str:
    """``content`` as the one JSON text that it has."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def seen(terms: Terms, answers: Mapping[str, str], files: Iterable[Attachment]) -> str:
    """A mark of everything that a signatory reads before signing: it changes when anything does."""
    names = sorted([attachment.name, attachment.file_id] for attachment in files)
    return digest(canonical([terms.to_json(), dict(answers), names]))


def round_payload(
    report: Report,
    terms: Terms,
    sections: tuple[Section, ...],
    findings: tuple[Finding, ...],
    answers: Mapping[str, str],
    files: Iterable[Attachment],
) -> dict[str, Any]:
    """The whole content of a round; web, comparison and monitor read nothing else of it."""
    return {
        "format": FORMAT,
        "title": report.title,
        "period": report.period.code,
        "kind": report.kind,
        "due_on": report.due_on.isoformat() if report.due_on else "",
        "terms": terms.to_json(),
        "answers": dict(answers),
        "sections": [_section(section) for section in sections],
        "warnings": [
            {"label": finding.label, "text": finding.text, "rule": finding.rule}
            for finding in findings
            if finding.is_warning
        ],
        "files": [_file(each) for each in files],
    }


def _file(attachment: Attachment) -> dict[str, str]:
    told = {"name": attachment.name, "sha256": attachment.file.sha256}
    # What nobody searched for numbers of people: the reader knows that as well.
    return {**told, "unread": attachment.unread} if attachment.unread else told


def _section(section: Section) -> dict[str, Any]:
    return {
        "kind": section.kind,
        "title": section.title,
        "blocks": [
            _block(block)
            for block in section.blocks
            if block.is_filled or not (section.is_repeated or block.is_optional)
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    told: dict[str, Any] = {
        "prefix": block.prefix,
        "title": block.title,
        "rows": [{"key": row.key, "label": row.label, "text": row.text} for row in block.rows()],
    }
    if block.kpi is not None:
        told["kpi"] = kpi_content(block)
    counted = block.value("value") if block.kpi is None else None
    if isinstance(counted, Value):
        told["value"] = counted.to_json()
    if block.member is not None:
        told["member"] = block.member.to_json()
    if block.place is not None:
        told["place"] = block.place.to_json()
    return told


def kpi_content(block: Block) -> dict[str, Any]:
    """The result of one KPI with the target that it was held to."""
    assert block.kpi is not None  # noqa: S101 - a block of a KPI
    value = block.value("value")
    known = value if isinstance(value, Value) else None
    outcome = judge_kpi(known, block.kpi)
    return {
        "id": block.kpi.id,
        "indicator_id": block.kpi.indicator_id,
        "number": block.kpi.number,
        "definition": block.kpi.definition,
        "unit": block.kpi.unit,
        "value": known.to_json() if known else None,
        "target": block.kpi.target.to_json() if block.kpi.target else None,
        "achieved": outcome.achieved,
        "deviates": outcome.deviates,
        "words": outcome.words,
        "explanation": block.words("explanation"),
        "improvement": block.words("improvement"),
    }
