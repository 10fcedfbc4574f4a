"""Rounds as they are read: the content, the remarks on it, and what changed since the round before.

Everything comes from the payload that the round froze.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from contracts.constants import SectionKind
from contracts.terms import Series
from core.values import InvalidValue, Value, format_euro, parse_number
from reporting.models import Remark, Round, RoundFile
from reporting.sections import AMOUNTS


@dataclass(frozen=True)
class RowRead:
    """A field: its text now, the text of the round before where that differs, the remarks; and what
    the reader is asking about it and did not send yet."""

    key: str
    label: str
    text: str
    former: str
    is_changed: bool
    remarks: tuple[Remark, ...] = ()
    asked: str = ""


@dataclass(frozen=True)
class KPIRead:
    """The result of a KPI as the round tells it; ``withheld`` when it is not published."""

    value: str
    target: str
    achieved: bool | None
    deviates: bool
    words: str
    former: str
    withheld: bool


@dataclass(frozen=True)
class BlockRead:
    prefix: str
    title: str
    rows: tuple[RowRead, ...]
    kpi: KPIRead | None
    member: str = ""

    @property
    def is_changed(self) -> bool:
        return any(row.is_changed for row in self.rows)

    @property
    def deviates(self) -> bool:
        return bool(self.kpi and self.kpi.deviates)


@dataclass(frozen=True)
class SectionRead:
    kind: str
    title: str
    blocks: tuple[BlockRead, ...]


@dataclass(frozen=True)
class FileRead:
    """A file of a round; ``unread`` says what was not searched in it."""

    pk: int
    name: str
    unread: str


@dataclass(frozen=True)
class RoundPage:
    """A round with what stands around it."""

    round: Round
    before: Round | None
    sections: tuple[SectionRead, ...]
    deviations: tuple[BlockRead, ...]
    warnings: tuple[dict[str, Any], ...]
    files: tuple[FileRead, ...]
    general: tuple[Remark, ...]
    numbers: tuple[int, ...]
    changed: int


def content_of(made: Round) -> dict[str, Any]:
    """What the round froze."""
    content: dict[str, Any] = json.loads(made.payload)
    return content


def text_of(row: Mapping[str, Any], block: Mapping[str, Any], kind: str) -> str:
    """What a reader sees in a field of a section of ``kind``: money as euros, however typed."""
    text = str(row["text"])
    name = row["key"].removeprefix(f"{block['prefix']}-")
    return as_euro(text) if kind == SectionKind.SPENDING and name in AMOUNTS else text


def as_euro(text: str) -> str:
    """``text`` as an amount; as it is when it is none."""
    try:
        return format_euro(parse_number(text))
    except InvalidValue:
        return text


def round_page(
    made: Round,
    *,
    earlier: Mapping[Series, str] | None = None,
    asked: Mapping[str, str] | None = None,
    content: Mapping[str, Any] | None = None,
) -> RoundPage:
    """Round ``made`` beside the round before it. Five queries.

    ``earlier`` gives, per series, what it was in the former period; ``asked``, per field, what
    was typed about it and is not sent yet; ``content``, what is shown of the round when that is not
    all of it.
    """
    rounds = list(made.report.rounds.order_by("number"))
    before = next((each for each in reversed(rounds) if each.number < made.number), None)
    remarks: dict[str, list[Remark]] = {}
    for remark in made.remarks.select_related("author"):
        remarks.setdefault(remark.key, []).append(remark)
    content = content or content_of(made)
    around = _Around(
        _texts(content_of(before)) if before else None,
        remarks,
        earlier or {},
        asked or {},
        set(made.results.filter(withheld=True).values_list("kpi", flat=True)),
    )
    sections = tuple(
        SectionRead(
            section["kind"],
            section["title"],
            tuple(_block(block, section["kind"], around) for block in section["blocks"]),
        )
        for section in content["sections"]
    )
    blocks = [block for section in sections for block in section.blocks]
    return RoundPage(
        round=made,
        before=before,
        sections=sections,
        deviations=tuple(block for block in blocks if block.deviates),
        warnings=tuple(content["warnings"]),
        files=_files(made.files.select_related("file"), content),
        general=tuple(remarks.get("", ())),
        numbers=tuple(each.number for each in rounds),
        changed=sum(row.is_changed for block in blocks for row in block.rows),
    )


def _files(files: Iterable[RoundFile], content: Mapping[str, Any]) -> tuple[FileRead, ...]:
    unread = {each["sha256"]: each.get("unread", "") for each in content.get("files", ())}
    return tuple(FileRead(each.pk, each.name, unread.get(each.file.sha256, "")) for each in files)


def members_by_field(content: Mapping[str, Any]) -> dict[str, int]:
    """The member of the coalition that wrote each field; those of the lead are not in it."""
    return {
        row["key"]: block["member"]["id"]
        for section in content["sections"]
        for block in section["blocks"]
        if block.get("member")
        for row in block["rows"]
    }


@dataclass(frozen=True)
class _Around:
    """What stands around the content of a round, by field or by KPI."""

    former: dict[str, str] | None
    remarks: dict[str, list[Remark]]
    earlier: Mapping[Series, str]
    asked: Mapping[str, str]
    withheld: Collection[int]


def _texts(content: dict[str, Any]) -> dict[str, str]:
    return {
        row["key"]: text_of(row, block, section["kind"])
        for section in content["sections"]
        for block in section["blocks"]
        for row in block["rows"]
    }


def _block(told: dict[str, Any], kind: str, around: _Around) -> BlockRead:
    former = around.former
    texts = {row["key"]: text_of(row, told, kind) for row in told["rows"]}
    rows = tuple(
        RowRead(
            row["key"],
            row["label"],
            texts[row["key"]],
            "" if former is None else former.get(row["key"], ""),
            former is not None and former.get(row["key"], "") != texts[row["key"]],
            tuple(around.remarks.get(row["key"], ())),
            around.asked.get(row["key"], ""),
        )
        for row in told["rows"]
    )
    member = (told.get("member") or {}).get("name", "")
    return BlockRead(told["prefix"], told["title"], rows, _kpi(told, around), member)


def _kpi(block: dict[str, Any], around: _Around) -> KPIRead | None:
    told = block.get("kpi")
    if told is None:
        return None
    member = (block.get("member") or {}).get("id")
    return KPIRead(
        value=_display(told["value"], told["unit"]),
        target=_display(told["target"], told["unit"]),
        achieved=told["achieved"],
        deviates=told["deviates"],
        words=told["words"],
        former=around.earlier.get((told["indicator_id"], member), ""),
        withheld=told["id"] in around.withheld,
    )


def _display(kept: dict[str, str] | None, unit: str) -> str:
    return Value.from_json(kept).display(unit=unit) if kept else ""
