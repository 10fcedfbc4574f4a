"""Reading data files: what the shape does not allow is named with its file and line."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import pytest

from agenda.constants import Phase
from agenda.models import Source
from core.periods import Period
from core.values import Qualifier, Value, ValueType
from demo.loading.reader import DataFileError, Place, find, read_file, save_all


@dataclass(frozen=True)
class Line:
    place: Place
    name: str
    number: int = 0


@dataclass(frozen=True)
class Page:
    title: str
    phase: Phase | None = None
    day: datetime.date | None = None
    period: Period | None = None
    final: bool = False
    number: Annotated[Value, ValueType.COUNT] | None = None
    lines: list[Line] = field(default_factory=list)


def read(folder: Path, content: str | bytes) -> Page:
    path = folder / "blad.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_file(path, Page)


def test_it_reads_each_kind_of_field_and_remembers_the_line(tmp_path: Path) -> None:
    page = read(
        tmp_path,
        "title: Blad\nphase: goals\nday: 2024-02-29\nperiod: 2018-H1\nfinal: true\n"
        "number: ruim 1.200\nlines:\n  - name: een\n    number: 1\n  - {name: twee}\n",
    )
    assert page == Page(
        title="Blad",
        phase=Phase.GOALS,
        day=datetime.date(2024, 2, 29),
        period=Period(2018, 1),
        final=True,
        number=Value.count(1200, Qualifier.JUST_OVER),
        lines=[
            Line(Place("blad.yaml", 8), "een", 1),
            Line(Place("blad.yaml", 10), "twee"),
        ],
    )


def test_what_may_be_left_out_may_also_be_null(tmp_path: Path) -> None:
    assert read(tmp_path, "title: Blad\nday: null\nphase:\n") == Page(title="Blad")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "regel 1: Dit bestand is leeg."),
        ("- een\n", "regel 1: Hier horen velden"),
        ("titel: x\n", "regel 1: Het veld ‘titel’ hoort hier niet. Haal het weg, of kies uit: ti"),
        ("phase: goals\n", "regel 1: Het veld ‘title’ ontbreekt."),
        ("title: x\ntitle: y\n", "regel 2: Het veld ‘title’ staat er twee keer."),
        ("title: 2018\n", "regel 1: Bij ‘title’ hoort tekst."),
        ("title: ''\n", "regel 1: ‘title’ is leeg."),
        ("title: [x]\n", "regel 1: Bij ‘title’ hoort tekst."),
        ("title: x\nphase: later\n", "regel 2: ‘later’ bij ‘phase’ bestaat niet. Kies uit: goals"),
        ("title: x\nday: 2023-02-29\n", "regel 2: ‘2023-02-29’ bij ‘day’ is geen bestaande datum"),
        ("title: x\nday: gisteren\n", "regel 2: ‘gisteren’ bij ‘day’ is geen bestaande datum"),
        ("title: x\nday: [1]\n", "regel 2: Bij ‘day’ hoort één waarde"),
        ("title: x\nperiod: 2018-Q1\n", "regel 2: Bij ‘period’: '2018-Q1' is geen periode."),
        ("title: x\nfinal: ja\n", "regel 2: Bij ‘final’ hoort true of false, niet ‘ja’."),
        ("title: x\nfinal: yes\n", "regel 2: Bij ‘final’ hoort true of false, niet ‘yes’."),
        ("title: x\nnumber: '-3'\n", "regel 2: Een aantal is een heel getal van 0 of meer."),
        ("title: x\nnumber: 3.5\n", "regel 2: Bij ‘number’ hoort tekst."),
        ("title: x\nlines: een\n", "regel 2: Bij ‘lines’ hoort een lijst"),
        ("title: x\nlines:\n  - een\n", "regel 3: Hier horen velden"),
        ("title: x\nlines:\n- name: a\n  number: -1\n", "regel 4: Bij ‘number’ hoort een heel get"),
        ("title: x\nlines:\n- name: a\n  number: 1.5\n", "regel 4: Bij ‘number’ hoort een heel g"),
        ("title: 'x\n", "Dit is geen geldige YAML."),
        ("title: x\n  day: y\n", "regel 2: Dit is geen geldige YAML."),
        ("title: x\x00\n", "verboden teken"),
        (b"title: \xff\n", "Dit is geen tekst in UTF-8."),
    ],
)
def test_a_mistake_is_named_with_its_line(
    tmp_path: Path, content: str | bytes, message: str
) -> None:
    with pytest.raises(DataFileError) as told:
        read(tmp_path, content)
    assert str(told.value).startswith("blad.yaml, regel ")
    assert message in str(told.value)


def test_a_name_that_is_not_known_is_told_with_what_to_do() -> None:
    with pytest.raises(
        DataFileError, match=r"^blad\.yaml, regel 4: Er is geen bron ‘x’\. Verbeter"
    ):
        find(Place("blad.yaml", 4), {"y": 1}, "x", "bron")


@pytest.mark.django_db
def test_of_many_rows_the_wrong_one_is_named_and_none_is_kept() -> None:
    slugs = ["a", "b", "a"]
    with pytest.raises(DataFileError, match=r"^blad\.yaml, regel 3: korte naam: Er bestaat al een"):
        save_all(
            (Place("blad.yaml", line), Source(slug=slug, title="T", phase=Phase.GOALS))
            for line, slug in enumerate(slugs, start=1)
        )
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_a_field_that_breaks_a_rule_is_called_by_its_dutch_name() -> None:
    row = Source(slug="a", title="T" * 251, phase=Phase.GOALS)
    with pytest.raises(DataFileError, match=r"^blad\.yaml, regel 1: titel: "):
        save_all([(Place("blad.yaml", 1), row)])
