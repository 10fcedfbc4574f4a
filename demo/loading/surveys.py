"""Client experience surveys: what the municipality scored, beside the reference group."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from django.db import transaction

from agenda.constants import Direction, SurveyClients, SurveyGroup
from agenda.models import Statement, StatementResult, Survey
from core.fields import value_columns
from core.values import Value, ValueType
from demo.loading.invented import kept
from demo.loading.reader import Place, read_file, save, save_all
from demo.loading.sources import Citations


@dataclass(frozen=True)
class ResultRow:
    place: Place
    group: SurveyGroup
    year: int
    value: Annotated[Value, ValueType.PERCENTAGE]


@dataclass(frozen=True)
class StatementRow:
    place: Place
    number: int
    topic: str
    text: str
    results: list[ResultRow]
    scale: str = ""
    base: str = ""
    direction: Direction = Direction.NOT_STATED
    note: str = ""
    locator: str = ""


@dataclass(frozen=True)
class SurveyRow:
    place: Place
    slug: str
    name: str
    year: int
    source: str = ""
    locator: str = ""
    example: bool = False
    clients: SurveyClients = SurveyClients.NOT_STATED
    method: str = ""
    sent: int | None = None
    returned: int | None = None
    executor: str = ""
    note: str = ""
    statements: list[StatementRow] = field(default_factory=list)


@dataclass(frozen=True)
class SurveysFile:
    surveys: list[SurveyRow]


def load(data: Path) -> None:
    """Insert the surveys of ``surveys.yaml`` with their statements and results.

    Raises ``DataFileError``; nothing is kept then.
    """
    content = read_file(data / "surveys.yaml", SurveysFile)
    with transaction.atomic():
        for row in kept(content.surveys):
            _survey(row)


def _survey(row: SurveyRow) -> None:
    cited = None if row.example else Citations(row.source, row.locator)
    told = cited.cite(row.place) if cited else {}
    survey = save(
        row.place,
        Survey(
            slug=row.slug,
            name=row.name,
            year=row.year,
            executor=row.executor,
            note=row.note,
            clients=row.clients,
            method=row.method,
            sent=row.sent,
            returned=row.returned,
            is_public=True,
            is_example=row.example,
            **told,
        ),
    )
    statements = save_all(
        (
            each.place,
            Statement(
                survey=survey,
                number=each.number,
                topic=each.topic,
                text=each.text,
                scale=each.scale,
                base=each.base,
                direction=each.direction,
                note=each.note,
                **(cited.cite(each.place, each.locator) if cited else {}),
            ),
        )
        for each in row.statements
    )
    save_all(
        (
            result.place,
            StatementResult(
                statement=statement,
                group=result.group,
                year=result.year,
                **value_columns(result.value),
                **(cited.cite(result.place, each.locator) if cited else {}),
            ),
        )
        for statement, each in zip(statements, row.statements, strict=True)
        for result in each.results
    )
