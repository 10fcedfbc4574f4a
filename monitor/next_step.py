"""Where an edition stands and who does what next: one primary action for whoever owns it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.urls import reverse

from accounts.constants import Role
from monitor.constants import MonitorStatus
from monitor.desk import Queue
from monitor.editions import EditionKey
from monitor.models import Monitor


@dataclass(frozen=True)
class NextStep:
    """``url`` is empty for somebody who waits for another."""

    sentence: str
    url: str = ""
    button: str = ""


# Who acts on an edition that stands there.
OWNERS = {
    Role.POLICY_OFFICER: MonitorStatus.DRAFT,
    Role.COLLEGE: MonitorStatus.JUDGED,
    Role.COUNCIL_CLERK: MonitorStatus.ADOPTED,
}
WAITS_FOR = {
    MonitorStatus.JUDGED: "Wacht op vaststelling door het college.",
    MonitorStatus.ADOPTED: "Vastgesteld; wacht op aanbieding aan de raad.",
}


@dataclass(frozen=True)
class Waiting:
    """Something that waits for the reader; ``behalf`` is for whom, where a stand-in reads."""

    title: str
    sentence: str
    url: str
    behalf: str = ""


def waiting_for(behalf: Mapping[Role, str]) -> list[Waiting]:
    """The editions that wait for a holder of the roles of ``behalf``, which says for whom they are
    held. At most one query."""
    owners = {status: role for role, status in OWNERS.items() if role in behalf}
    statuses = list(owners)
    if not statuses:
        return []
    found = []
    columns = ("year", "kind", "status", "judged", "goals")
    for year, kind, status, judged, goals in Monitor.objects.waiting_in(statuses).values_list(
        *columns
    ):
        edition = Monitor(year=year, kind=kind)
        sentence = WAITS_FOR.get(status) or f"{judged} van {goals} doelen beoordeeld."
        url = reverse("monitor_manage", args=[EditionKey.of(edition)])
        found.append(Waiting(edition.title, sentence, url, behalf[owners[status]]))
    return found


def steps_of(monitor: Monitor) -> list[tuple[str, str]]:
    """Every state with whether it is done, now, or still to come."""
    places = list(MonitorStatus)
    now = places.index(MonitorStatus(monitor.status))
    return [
        (str(status.label), "done" if at < now else "now" if at == now else "later")
        for at, status in enumerate(places)
    ]


def next_step(monitor: Monitor, queue: Queue, roles: Collection[Role]) -> NextStep:
    """The step that comes next, as the holder of ``roles`` reads it. No query."""
    key = EditionKey.of(monitor)
    if monitor.status == MonitorStatus.DRAFT:
        return _of_draft(key, queue, Role.POLICY_OFFICER in roles)
    if monitor.status == MonitorStatus.JUDGED:
        if Role.COLLEGE in roles:
            return NextStep(
                "Alle doelen hebben een oordeel. Het college stelt de monitor vast.",
                reverse("monitor_adopt", args=[key]),
                "Lees en stel vast",
            )
        return NextStep("Alle doelen hebben een oordeel. De monitor wacht op het college.")
    if monitor.status == MonitorStatus.ADOPTED:
        if Role.COUNCIL_CLERK in roles:
            return NextStep(
                "Het college heeft de monitor vastgesteld. De griffie biedt hem aan de raad aan.",
                reverse("monitor_publish", args=[key]),
                "Bied aan de raad aan",
            )
        return NextStep("Het college heeft de monitor vastgesteld. De griffie is aan zet.")
    return NextStep(
        "De monitor is aangeboden aan de raad.",
        reverse("monitor_edition", args=[key]),
        "Bekijk de monitor",
    )


def _of_draft(key: EditionKey, queue: Queue, judges: bool) -> NextStep:
    waiting = queue.open_rows
    if not waiting:
        if judges:
            return NextStep(
                "Alle doelen hebben een oordeel.",
                reverse("monitor_mark_judged", args=[key]),
                "Leg voor aan het college",
            )
        return NextStep("Alle doelen hebben een oordeel. De beleidsmedewerker is aan zet.")
    goals = "1 doel" if len(waiting) == 1 else f"{len(waiting)} doelen"
    verb = "wacht" if len(waiting) == 1 else "wachten"
    if not judges:
        return NextStep(f"{goals} {verb} op een oordeel van de beleidsmedewerker.")
    button = "Begin met beoordelen" if not queue.done else "Verder met beoordelen"
    return NextStep(f"{goals} {verb} op een oordeel.", queue.address(waiting[0]), button)
