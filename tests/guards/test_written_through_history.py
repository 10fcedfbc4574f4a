"""What people write goes through the history: nothing saves a form past it."""

from __future__ import annotations

import re
from pathlib import Path

from core.edits import RevisedForm

ROOT = Path(__file__).resolve().parents[2]
APPS = ("accounts", "agenda", "contracts", "monitor", "reporting")
#: The form's own method, and the one place that calls it.
PAST = re.compile(r"\.save_if_current\(")
THROUGH = "accounts/history.py"
#: A new row of a form that is saved plainly, and noted right after with ``history.added``.
PLAIN = re.compile(r"\bform\.save\(\)")


def sources() -> dict[str, str]:
    paths = [path for app in APPS for path in sorted((ROOT / app).rglob("*.py"))]
    return {str(path.relative_to(ROOT)): path.read_text() for path in paths}


def test_one_module_writes_forms_over_rows() -> None:
    assert hasattr(RevisedForm, "save_if_current")
    assert [name for name, text in sources().items() if PAST.search(text)] == [THROUGH]


def test_a_form_that_is_saved_plainly_is_noted() -> None:
    found = {name: text for name, text in sources().items() if PLAIN.search(text)}
    assert found
    for name, text in found.items():
        saves, notes = len(PLAIN.findall(text)), text.count("history.added(")
        assert notes >= saves, name
