"""What ``make bench`` measures, and what each figure is held against."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from functools import partial

from django.core.management import call_command
from django.urls import reverse

from agenda.models import AgendaVersion
from bench.browser import complete_ms
from bench.contracts import contract_results
from bench.reports import report_results
from bench.seed import seed_edition, seed_framework, seed_officer, seed_successor
from bench.timing import PEER, RUNS, Result, browser, fetch, median_ms, queries
from core.documents import page_count
from monitor.actions import open_edition
from monitor.constants import MonitorKind
from monitor.documents.build import build_bytes
from monitor.models import Snapshot


def all_of_it() -> list[Result]:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    version = seed_framework()
    snapshot = seed_edition(version)
    results = [
        *framework(version, "heel raamwerk, 30 doelen en 1.200 waarden"),
        *export(version),
        *measurability(twice := seed_framework(goals=60, indicators=300, slug="zestig")),
        *agenda_pages(twice),
        *edition_pages(snapshot),
        *evidence_desk(version, snapshot.monitor.year + 1),
        *report_results(),
        *contract_results(),
        *document(snapshot),
        *in_chromium(version),
    ]
    large = seed_framework(goals=300, indicators=1500, slug="groot")
    results += framework(large, "heel raamwerk, tien keer zo groot", aims=False)
    return results


def framework(version: AgendaVersion, name: str, *, aims: bool = True) -> list[Result]:
    client, url = browser(), reverse("agenda_framework", args=[version.agenda.slug])
    return [
        Result(
            f"{name}: bladzijde",
            median_ms(lambda: fetch(client, url), RUNS if aims else 5),
            "ms",
            90 if aims else None,
            "2.751 ms" if aims else "",
        ),
        Result(
            f"{name}: queries",
            queries(client, url),
            "queries",
            12,
            "2.416 queries" if aims else "",
        ),
        Result(f"{name}: html", fetch(client, url) / 1024, "kB"),
    ]


def export(version: AgendaVersion) -> list[Result]:
    client, url = browser(), reverse("agenda_values_xlsx", args=[version.agenda.slug])
    return [
        Result(
            "rekenblad met alle waarden",
            median_ms(lambda: fetch(client, url)),
            "ms",
            100,
            "190 tot 229 ms",
        )
    ]


def measurability(version: AgendaVersion) -> list[Result]:
    """How measurable the goals are, of an agenda twice the usual size: 60 goals, 300 indicators."""
    client, url = browser(), reverse("agenda_measurability", args=[version.agenda.slug])
    name = "meetbaarheid van 60 doelen en 300 indicatoren"
    return [
        Result(f"{name}: bladzijde", median_ms(lambda: fetch(client, url)), "ms"),
        Result(f"{name}: queries", queries(client, url), "queries", 7),
    ]


def agenda_pages(version: AgendaVersion) -> list[Result]:
    """The heaviest pages around an agenda of 60 goals and 300 indicators, and the lineage of its
    goals to an agenda as large that followed it."""
    seed_successor(version)
    officer, reader = browser(), browser()
    officer.force_login(seed_officer())
    key = [version.agenda.slug, version.number]
    pages = {
        "agenda van 60 doelen": (reader, reverse("agenda_version", args=key)),
        "opvolging van 60 doelen": (reader, reverse("agenda_lineage")),
        "bibliotheek van indicatoren": (reader, reverse("indicator_list")),
        "agenda van 60 doelen, beheer": (officer, reverse("agenda_manage", args=key)),
        "bibliotheek van indicatoren, beheer": (officer, reverse("indicator_manage_list")),
    }
    return [
        result
        for name, (client, url) in pages.items()
        for result in (
            Result(f"{name}: bladzijde", median_ms(partial(fetch, client, url)), "ms"),
            Result(f"{name}: queries", queries(client, url), "queries"),
        )
    ]


def edition_pages(snapshot: Snapshot) -> list[Result]:
    client, year = browser(), snapshot.monitor.year
    first = snapshot.monitor.judgements.in_order().select_related("goal").first()
    assert first is not None
    pages = {
        "monitor in één oogopslag": reverse("monitor_edition", args=[year]),
        "doel in de monitor": reverse("monitor_goal", args=[year, first.goal.slug]),
    }
    return [
        result
        for name, url in pages.items()
        for result in (
            Result(f"{name}: bladzijde", median_ms(partial(fetch, client, url)), "ms"),
            Result(f"{name}: queries", queries(client, url), "queries"),
        )
    ]


def evidence_desk(version: AgendaVersion, year: int) -> list[Result]:
    """The desk of one goal among all, for the officer who judges it."""
    officer, client = seed_officer(), browser()
    client.force_login(officer)
    opened = open_edition(year=year, kind=MonitorKind.ANNUAL, version=version, user=officer)
    first = opened.monitor.judgements.in_order().select_related("goal")[0]
    url = reverse("monitor_judge", args=[year, first.goal.slug])
    return [
        Result("werkblad van een doel: bladzijde", median_ms(lambda: fetch(client, url)), "ms"),
        Result("werkblad van een doel: queries", queries(client, url), "queries", 20),
    ]


def document(snapshot: Snapshot) -> list[Result]:
    """The document is rendered in a child process; its peak memory is the largest child's."""
    start = time.perf_counter()
    content = build_bytes(snapshot, "full")
    seconds = time.perf_counter() - start
    pages = page_count(content)
    idle = import_seconds()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [
        Result("raadsdocument: bladzijden", pages, "blz"),
        Result("raadsdocument: bouwen", seconds, "s", None, "15 tot 17 s (77 blz)"),
        Result("raadsdocument: daarvan starten van het proces", idle, "s"),
        Result(
            "raadsdocument: per bladzijde, zonder starten",
            (seconds - idle) * 1000 / pages,
            "ms",
            55,
        ),
        Result("raadsdocument: per bladzijde, alles", seconds * 1000 / pages, "ms"),
        Result("raadsdocument: hoogste geheugen", peak, "MB"),
    ]


def import_seconds() -> float:
    """How long a fresh process takes to come up with Django and WeasyPrint, doing nothing."""
    code = "import django; django.setup(); import weasyprint"
    times = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def in_chromium(version: AgendaVersion) -> list[Result]:
    url = reverse("agenda_framework", args=[version.agenda.slug])
    return [Result("heel raamwerk in Chromium: volledig", complete_ms(url), "ms", 500, "8.366 ms")]


def table(results: list[Result]) -> str:
    """The figures as text: name, value, aim, whether it was met, and the peer's figure."""
    rows = [("wat", "gemeten", "streven", "", PEER)]
    for result in results:
        number = f"{result.value:,.0f}" if result.value >= 20 else f"{result.value:,.2f}"
        number = number.translate(str.maketrans(",.", ".,"))
        aim = "" if result.aim is None else f"≤ {result.aim:.0f} {result.unit}"
        mark = {None: "", True: "gehaald", False: "niet gehaald"}[result.met]
        rows.append((result.name, f"{number} {result.unit}", aim, mark, result.peer))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = [
        f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}  "
        f"{row[3]:<{widths[3]}}  {row[4]:>{widths[4]}}".rstrip()
        for row in rows
    ]
    lines.insert(1, "-" * max(len(line) for line in lines))
    return "\n".join(lines)
