"""Only transitions change a status."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.guards.status import status_writes

ROOT = Path(__file__).resolve().parents[2]
APPS = ("core", "accounts", "agenda", "contracts", "reporting", "monitor", "demo", "config")

#: Where transitions live: by file name in any app (a package of that name too), and by full name.
#: The rows of core (jobs, mail) carry their own transitions, each compare-and-set, as methods.
TRANSITION_NAMES = {"actions", "transitions"}
TRANSITION_MODULES = {"core/jobs.py", "core/outbox.py", "core/models.py"}


def is_transition_module(path: Path) -> bool:
    inside = path.relative_to(ROOT)
    names = {*inside.parts[1:-1], inside.stem}
    return bool(names & TRANSITION_NAMES) or str(inside) in TRANSITION_MODULES


def modules() -> list[Path]:
    return [
        path
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def test_nothing_but_a_transition_changes_a_status() -> None:
    paths = modules()
    assert len(paths) > 20
    wrong = [
        f"{path.relative_to(ROOT)}:{finding.line}: {finding.what}"
        for path in paths
        if not is_transition_module(path)
        for finding in status_writes(path.read_text())
    ]
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize(
    ("inside", "may"),
    [
        ("monitor/actions.py", True),
        ("monitor/actions/publish.py", True),
        ("reporting/transitions.py", True),
        ("core/jobs.py", True),
        ("core/outbox.py", True),
        ("monitor/jobs.py", False),
        ("monitor/views.py", False),
        ("monitor/models.py", False),
    ],
)
def test_the_transition_modules_are_known_by_name(inside: str, may: bool) -> None:
    assert is_transition_module(ROOT / inside) is may


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("report.status = Status.ACCEPTED", "assigns .status"),
        ("self.monitor.state = 'draft'", "assigns .state"),
        ("report.status: str = 'open'", "assigns .status"),
        ("report.status += 'x'", "assigns .status"),
        ("a, report.status = 1, 'open'", "assigns .status"),
        ("(a, (b, report.status)) = x", "assigns .status"),
        ("for report.status in words: pass", "assigns .status"),
        ("Report.objects.update(status='open')", "status= in update()"),
        ("Report.objects.filter(status='a').update(state='b')", "state= in update()"),
        ("Report.objects.update(**{'status': 'open'})", "'status' in update()"),
        ("await reports.aupdate(status='open')", "status= in aupdate()"),
        ("Report.objects.update_or_create(pk=1, status='x')", "status= in update_or_create()"),
        (
            "R.objects.update_or_create(pk=1, defaults={'status': 'x'})",
            "'status' in update_or_create()",
        ),
        ("R.objects.bulk_update(rows, ['text', 'status'])", "'status' in bulk_update()"),
        ("R.objects.bulk_update(rows, fields=['status'])", "'status' in bulk_update()"),
        ("report.save(update_fields=['status'])", "'status' in update_fields"),
        ("report.save(update_fields={'text', 'state'})", "'state' in update_fields"),
        ("setattr(report, 'status', 'open')", "setattr 'status'"),
    ],
)
def test_a_change_of_status_is_found(source: str, what: str) -> None:
    assert [finding.what for finding in status_writes(source)] == [what]


@pytest.mark.parametrize(
    "source",
    [
        "status = 'open'",
        "status: str = models.CharField()",
        "if report.status == 'open': pass",
        "print(report.status)",
        "report.status.label = 'x'",
        "reports[report.status] = 1",
        "Report.objects.filter(status='open').update(text='x')",
        "Report.objects.create(status='open')",
        "Report.objects.get_or_create(pk=1, defaults={'status': 'open'})",
        "Report.objects.update_or_create(pk=1, defaults={'text': 'x'})",
        "report.save(update_fields=['text', 'status_note'])",
        "render(request, 'x.html', status=403)",
        "JsonResponse(state, status=200)",
        "response.status_code = 400",
        "hashed.update(data)",
        "setattr(report, name, value)",
        "for row in rows: words.append(row.status)",
    ],
)
def test_reading_filtering_and_making_are_no_change(source: str) -> None:
    assert status_writes(source) == []


def test_a_finding_names_its_line() -> None:
    source = "a = 1\n\nreport.status = 'x'\nreport.save(update_fields=['status'])\n"
    assert [finding.line for finding in status_writes(source)] == [3, 4]
