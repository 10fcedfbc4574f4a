"""Measuring the half-year report: filling in, saving, handing in, and the inbox of the manager."""

from __future__ import annotations

import itertools
import json
import statistics
import time

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.timing import Result, browser, fetch, median_ms, queries
from contracts.constants import SectionKind
from reporting.actions import draft_of, submit
from reporting.models import Report
from reporting.sheet import SLUGS
from tests.factories_contracts import ContractFactory
from tests.factories_reporting import ReportFactory
from tests.reporting.cycle import MOMENT, Cycle, cycle, fill

KPIS = 44
HANDED_IN = 5
MANY = 500


def report_results() -> list[Result]:
    made = cycle(KPIS)
    fill(made)
    return [*editor(made), *autosave(made), *handing_in(made), *inbox(made)]


def editor(made: Cycle) -> list[Result]:
    """The page with all 44 KPIs, each with its definition, target and last value."""
    client = browser()
    client.force_login(made.reporter)
    url = reverse("report_edit", args=[made.report.pk, SLUGS[SectionKind.KPI_SCORES]])
    return [
        Result(
            f"rapportage met {KPIS} KPI’s: bladzijde", median_ms(lambda: fetch(client, url)), "ms"
        ),
        Result(f"rapportage met {KPIS} KPI’s: queries", queries(client, url), "queries", 20),
    ]


def autosave(made: Cycle) -> list[Result]:
    """One field, as the page saves it while somebody types."""
    client = browser()
    client.force_login(made.reporter)
    url = reverse("report_autosave", args=[made.report.pk])
    key = "goes_well-text"
    revisions = itertools.count(made.report.answers.get(key=key).revision)

    def save() -> None:
        revision = next(revisions)
        typed = {key: f"Verzonnen tekst {revision}.", "revisions": json.dumps({key: revision})}
        answer = client.post(url, typed)
        if answer.status_code != 200 or answer.json()["conflicts"]:
            raise RuntimeError(f"{url} gaf {answer.status_code}: {answer.content!r}")

    duration = median_ms(save)
    with CaptureQueriesContext(connection) as captured:
        save()
    return [
        Result("bewaren tijdens het typen", duration, "ms"),
        # Taking and giving back the transaction are no queries of the page.
        Result("bewaren tijdens het typen: queries", _asked(captured), "queries", 6),
    ]


def _asked(captured: CaptureQueriesContext) -> int:
    frame = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return sum(not row["sql"].startswith(frame) for row in captured.captured_queries)


def handing_in(made: Cycle) -> list[Result]:
    """From the draft that the signatory read to the frozen round, its event and its mails."""
    times = []
    for held in [made, *(_filled() for _time in range(HANDED_IN - 1))]:
        report = Report.objects.get(pk=held.report.pk)
        desk, seen = held.desk(), draft_of(report).seen
        start = time.perf_counter()
        submit(desk, user=held.signatory, seen=seen, at=MOMENT)
        times.append((time.perf_counter() - start) * 1000)
    return [Result(f"indienen van {KPIS} KPI’s", statistics.median(times), "ms", 150)]


def _filled() -> Cycle:
    made = cycle(KPIS)
    fill(made)
    return made


def inbox(made: Cycle) -> list[Result]:
    """The same number of queries with some reports and with five hundred."""
    client, url = browser(), reverse("report_inbox")
    client.force_login(made.manager)
    few = queries(client, url)
    lacking = MANY - Report.objects.of_system().count()
    for _contract in range(lacking // 10 + 1):
        contract = ContractFactory.create(running=True)
        for year in range(2030, 2040):
            ReportFactory.create(contract=contract, period=str(year))
    many = queries(client, url)
    if few != many:
        raise RuntimeError(f"De inbox vraagt {few} queries bij weinig en {many} bij veel.")
    duration = median_ms(lambda: fetch(client, url))
    return [
        Result(f"inbox met {MANY} rapportages: bladzijde", duration, "ms"),
        Result(f"inbox met {MANY} rapportages: queries", many, "queries", few),
    ]
