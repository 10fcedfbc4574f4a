"""docs/eisen.md: every requirement once, and nothing claimed that is not there."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache

import pytest
from django.urls import Resolver404, resolve

from tests.ops.tables import ROOT, rows

PAGE = ROOT / "docs" / "eisen.md"
TABLE = rows(PAGE, "eis")
STATUSES = {"ja", "deels", "nog niet"}
# The last number of each series; a series has no gaps.
SERIES = {
    "A": 23,
    "C": 31,
    "R": 20,
    "G": 17,
    "M": 20,
    "D": 16,
    "E": 11,
    "F": 14,
    "P": 11,
    "B": 9,
    "U": 11,
    "X": 4,
}
SUPPLEMENTARY = (
    "A13 C04 C21 C25 R07 R09 R16 R19 R20 G04 G06 G08 G10 G14 G17 M06 M19 D05 D11 D13 D16 "
    "E02 E07 E11 F02 F09 F12 F13 P08 P10 B05 B08 B09 U02 U09 X03 X04"
)
NOTHING = "–"


def named(cell: str) -> list[str]:
    """What a cell names in `backticks`; the dash names nothing, and anything else is an error."""
    if cell == NOTHING:
        return []
    found = re.findall(r"`([^`]+)`", cell)
    assert re.sub(r"`[^`]+`", "", cell).replace(",", "").strip() == "", f"not in backticks: {cell}"
    return found


@cache
def functions(path: str) -> frozenset[str]:
    """The test functions of a file, those in classes too; empty when there is no such file."""
    file = ROOT / path
    if not path.startswith("tests/") or not file.is_file():
        return frozenset()
    return frozenset(
        node.name
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
    )


class _Addresses(ast.NodeVisitor):
    """The texts in a function, and in what it uses of its module, as patterns of addresses.

    What is filled in with a constant of the module is read; anything else may be any one word.
    """

    def __init__(self, module: ast.Module) -> None:
        self.patterns: set[str] = set()
        self.parts: dict[str, ast.AST] = {}
        for node in module.body:
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    self.parts[name] = value
                case ast.FunctionDef(name=name):
                    self.parts[name] = node

    def visit_Name(self, node: ast.Name) -> None:
        part = self.parts.pop(node.id, None)
        if part is not None:
            self.visit(part)
            self.parts[node.id] = part

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.patterns.add(re.escape(node.value))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self.patterns.add("".join(self._piece(piece) for piece in node.values))
        for piece in node.values:
            if isinstance(piece, ast.FormattedValue):
                self.visit(piece.value)

    def _piece(self, piece: ast.expr) -> str:
        match piece:
            case ast.Constant(value=str(text)):
                return re.escape(text)
            case ast.FormattedValue(value=ast.Name(id=name)):
                match self.parts.get(name):
                    case ast.Constant(value=str(text)):
                        return re.escape(text)
        return "[^/]+"


@cache
def addresses(test: str) -> frozenset[str]:
    """Patterns of the addresses that a test reads, as far as its source says; a page that is asked
    with a choice is read without it too."""
    path, _, function = test.partition("::")
    module = ast.parse((ROOT / path).read_text())
    reader = _Addresses(module)
    reader.visit(reader.parts[function])
    found = {pattern for pattern in reader.patterns if pattern.startswith("/")}
    return frozenset(found | {pattern.split(r"\?")[0] for pattern in found})


def unread_pages(pages: list[str], tests: list[str]) -> list[str]:
    """What a row shows and the tests of ``tests/eisen``, which read pages, do not open.

    The desks behind the sign-in have tests of their own, in an edition of their own.
    """
    reading = [test for test in tests if test.startswith("tests/eisen/")]
    if not reading:
        return []
    read = {test: addresses(test) for test in reading if missing_test(test) is None}
    public = [page for page in pages if not page.startswith("/beheer/")]
    problems = [
        f"no test of it opens {page}"
        for page in public
        if not any(re.fullmatch(each, page) for found in read.values() for each in found)
    ]
    return problems + [
        f"opens none of its pages: {test}"
        for test, found in read.items()
        if not any(re.fullmatch(each, page) for page in public for each in found)
    ]


def missing_page(page: str) -> str | None:
    try:
        resolve(page.split("?")[0].split("#")[0])
    except Resolver404:
        return f"no such page: {page}"
    return None


def missing_test(name: str) -> str | None:
    path, _, function = name.partition("::")
    return None if function in functions(path) else f"no such test: {name}"


def row_problems(row: list[str]) -> list[str]:
    """What is wrong with one row; nothing when it is right."""
    if len(row) != 4:
        return [f"{row[0]}: four columns, not {len(row)}"]
    name, page_cell, test_cell, status = row
    pages, tests = named(page_cell), named(test_cell)
    problems = [problem for page in pages if (problem := missing_page(page))]
    problems += [problem for test in tests if (problem := missing_test(test))]
    problems += unread_pages(pages, tests)
    if status not in STATUSES:
        problems.append(f"no such status: {status}")
    if status == "nog niet" and (pages or tests):
        problems.append("names a page or a test, and is not there yet")
    if status == "ja" and not tests:
        problems.append("is said to be there, and no test guards it")
    if status == "deels" and not (pages or tests):
        problems.append("is said to be there in part, and nothing shows it")
    return [f"{name}: {problem}" for problem in problems]


def test_every_requirement_is_in_the_table_once_and_in_order() -> None:
    wanted = [f"{letter}{n:02}" for letter, last in SERIES.items() for n in range(1, last + 1)]
    assert [row[0] for row in TABLE] == wanted
    assert Counter(name in SUPPLEMENTARY.split() for name in wanted) == {False: 150, True: 37}


def test_every_row_is_true() -> None:
    assert [problem for row in TABLE for problem in row_problems(row)] == []


def test_the_words_for_unfinished_stand_in_the_status_column_only() -> None:
    rest = PAGE.read_text()
    for row in TABLE:
        rest = rest.replace(f"| {' | '.join(row)} |", f"| {' | '.join(row[:3])} |")
    assert [word for word in ("nog niet", "deels") if word in rest.lower()] == []


EISEN = "tests/eisen/test_contracts.py"
X04 = f"{EISEN}::test_x04_the_list_tells_who_has_which_contract"
THIS = "tests/ops/test_requirements_table.py::test_every_row_is_true"


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (["A01", "`/`", f"`{THIS}`", "ja"], None),
        (["A01", "`/`, `/healthz`", NOTHING, "deels"], None),
        (["A01", NOTHING, NOTHING, "nog niet"], None),
        (["A01", "`/bestaat-niet/`", f"`{THIS}`", "ja"], "no such page"),
        (["A01", "`/`", f"`{THIS}_not`", "ja"], "no such test"),
        (["A01", "`/`", "`tests/geen/test_x.py::test_x`", "ja"], "no such test"),
        (["A01", "`/`", NOTHING, "ja"], "no test guards it"),
        (["A01", "`/`", NOTHING, "nog niet"], "not there yet"),
        (["A01", NOTHING, NOTHING, "deels"], "nothing shows it"),
        (["A01", NOTHING, NOTHING, "bijna"], "no such status"),
        (["A01", NOTHING, "ja"], "four columns"),
        (["A01", "`/partners/`", f"`{X04}`", "ja"], None),
        (["A01", "`/partners/`, `/bronnen/`", f"`{X04}`", "ja"], "no test of it opens /bronnen/"),
    ],
)
def test_a_false_row_would_be_found(row: list[str], complaint: str | None) -> None:
    problems = row_problems(row)
    if complaint is None:
        assert problems == []
    else:
        assert len(problems) == 1
        assert complaint in problems[0]
