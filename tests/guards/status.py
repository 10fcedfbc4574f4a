"""Finds code that changes a status outside the transition modules.

A status is changed by a transition and by nothing else: compare-and-set, with an event in the same
transaction. So no other code may assign ``.status`` or ``.state``, pass them to ``update()`` and
its kin, name them in ``update_fields``, or set them by name with ``setattr``.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

NAMES = {"status", "state"}
WRITERS = {"update", "aupdate", "update_or_create", "aupdate_or_create", "bulk_update"}


@dataclass(frozen=True)
class Finding:
    line: int
    what: str


def _literals(node: ast.AST) -> set[str]:
    """The status names among the literal strings anywhere under ``node``."""
    return {
        inner.value
        for inner in ast.walk(node)
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str) and inner.value in NAMES
    }


def _targets(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.Assign):
        return [inner for target in node.targets for inner in ast.walk(target)]
    if isinstance(node, ast.AugAssign | ast.AnnAssign | ast.For | ast.NamedExpr):
        return list(ast.walk(node.target))
    return []


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _call_findings(node: ast.Call) -> list[Finding]:
    name, found = _called(node), []
    if name in WRITERS:
        for keyword in node.keywords:
            if keyword.arg in NAMES:
                found.append(Finding(node.lineno, f"{keyword.arg}= in {name}()"))
            elif keyword.arg in {None, "defaults", "create_defaults", "fields"}:
                found += [
                    Finding(node.lineno, f"{word!r} in {name}()")
                    for word in sorted(_literals(keyword.value))
                ]
        if name == "bulk_update":
            for argument in node.args[1:]:
                found += [Finding(node.lineno, f"{w!r} in {name}()") for w in _literals(argument)]
    for keyword in node.keywords:
        if keyword.arg == "update_fields":
            found += [
                Finding(node.lineno, f"{word!r} in update_fields")
                for word in sorted(_literals(keyword.value))
            ]
    if name == "setattr" and len(node.args) == 3:
        found += [Finding(node.lineno, f"setattr {w!r}") for w in _literals(node.args[1])]
    return found


def status_writes(source: str) -> list[Finding]:
    """What ``source`` does that only a transition may do, in order of lines."""
    found: list[Finding] = []
    for node in ast.walk(ast.parse(source)):
        for target in _targets(node):
            # The context tells a target (x.status = …) from what it is reached through.
            if (
                isinstance(target, ast.Attribute)
                and target.attr in NAMES
                and isinstance(target.ctx, ast.Store)
            ):
                found.append(Finding(target.lineno, f"assigns .{target.attr}"))
        if isinstance(node, ast.Call):
            found += _call_findings(node)
    return sorted(set(found), key=lambda finding: (finding.line, finding.what))
