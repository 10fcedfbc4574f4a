"""Reading the project's papers: tables in Markdown pages, and the variables of the settings."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def rows(page: Path, first_heading: str) -> list[list[str]]:
    """The cells of the table whose first column is called ``first_heading``, without its head."""
    found: list[list[str]] = []
    inside = False
    for line in page.read_text().splitlines():
        if not line.startswith("|"):
            inside = False
            continue
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if cells[0] == first_heading:
            inside = True
        elif inside and not set("".join(cells)) <= set("-: "):
            found.append(cells)
    assert found, f"{page.name} has no table that starts with {first_heading!r}"
    return found


@dataclass(frozen=True)
class Variable:
    """One ``env.<reader>("NAME", default)`` of config/settings.py; default None: not a literal."""

    name: str
    reader: str
    default: str | None


def settings_variables() -> list[Variable]:
    """Every variable that config/settings.py reads, in its order, once each."""
    tree = ast.parse((ROOT / "config" / "settings.py").read_text())
    found: dict[str, tuple[int, Variable]] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="env"), attr=reader),
                args=[ast.Constant(value=str(name)), *rest],
            ):
                default = None
                if rest and isinstance(rest[0], ast.Constant):
                    default = str(rest[0].value)
                if name not in found or found[name][0] > node.lineno:
                    found[name] = (node.lineno, Variable(name, reader, default))
    assert found, "config/settings.py reads nothing from the environment"
    return [variable for _, variable in sorted(found.values(), key=lambda pair: pair[0])]
