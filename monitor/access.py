"""The doors to the monitor: what may be seen is what was offered to the council."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, QueryDict

from accounts.access import roles_of
from accounts.constants import OFFICER_ROLES, STAFF_ROLES, Role
from accounts.models import User
from agenda.models import AgendaVersion
from agenda.story import Story
from core.filters import whole_number
from monitor.constants import JUDGEABLE, DocumentVariant, MonitorKind, MonitorStatus
from monitor.editions import Edition, EditionKey, edition_words
from monitor.models import (
    Bottleneck,
    CouncilDocument,
    InformationNeed,
    Monitor,
    Snapshot,
    SteeringArrangement,
)


def published_editions() -> list[Edition]:
    """Every published edition in its newest version, oldest first. One query."""
    newest: dict[EditionKey, tuple[int, str]] = {}
    rows = (
        Snapshot.objects.filter(monitor__status=MonitorStatus.PUBLISHED)
        .order_by("monitor__year", "monitor__kind", "version")
        .values_list("monitor__year", "monitor__kind", "version", "sha256")
    )
    for year, kind, version, sha256 in rows:
        newest[EditionKey(year, MonitorKind(kind))] = (version, sha256)
    others = tuple(newest)
    return [Edition(key, *held, others=others) for key, held in newest.items()]


def edition_or_404(key: EditionKey) -> Edition:
    """The published edition that ``key`` names. Raises ``Http404``, in Dutch."""
    editions = published_editions()
    for edition in editions:
        if edition.key == key:
            return edition
    years = ", ".join(edition.title for edition in editions)
    raise Http404(
        f"Over {edition_words(key)} is er geen monitor. Wel over: {years}."
        if years
        else "Er is nog geen monitor aan de raad aangeboden."
    )


def find(held: dict[str, Any], slug: str, what: str) -> Story:
    """The item with ``slug`` in an edition. Raises ``Http404``."""
    if slug not in held:
        raise Http404(f"{what} staat niet in deze monitor.")
    found: Story = held[slug]
    return found


def snapshot_or_404(key: EditionKey) -> Snapshot:
    """The newest version of the published edition that ``key`` names. Raises ``Http404``."""
    snapshot = Snapshot.objects.of_published(key.year, key.kind).newest_first().first()
    if snapshot is None:
        raise Http404(f"Over {edition_words(key)} is er geen monitor.")
    return snapshot


def newest_documents() -> dict[EditionKey, list[CouncilDocument]]:
    """The council documents of the newest version of every published edition. One query."""
    found: dict[EditionKey, list[CouncilDocument]] = {}
    for document in CouncilDocument.objects.of_newest_snapshots():
        monitor = document.snapshot.monitor
        key = EditionKey(monitor.year, MonitorKind(monitor.kind))
        found.setdefault(key, []).append(document)
    return found


def document_of(snapshot: Snapshot, variant: str) -> CouncilDocument | None:
    if variant not in DocumentVariant.values:
        raise Http404("Deze uitvoering van het raadsdocument bestaat niet.")
    return snapshot.documents.filter(variant=variant).select_related("file", "job").first()


# -- the work on editions --------------------------------------------------------------------------
JUDGES = (Role.POLICY_OFFICER,)
# They read a draft along; the clerk gets an edition when the college has adopted it.
DRAFT_READERS = (
    *JUDGES,
    Role.FUNCTIONAL_MANAGER,
    Role.CONTRACT_MANAGER,
    Role.COLLEGE,
    Role.AUDITOR,
)
READERS = (*DRAFT_READERS, Role.COUNCIL_CLERK)


def reads_history(user: User | AnonymousUser) -> bool:
    """Whether ``user`` may read who changed what in an edition."""
    return bool(roles_of(user) & OFFICER_ROLES)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was filled in with; an empty form that was sent is sent all the same."""
    return request.POST if request.method == "POST" else None


def monitor_or_404(user: User | AnonymousUser, key: EditionKey) -> Monitor:
    """An edition in whatever state, for ``user`` to work on.

    Raises ``Http404``, and ``PermissionDenied`` for a clerk as long as it is not adopted.
    """
    monitor = (
        Monitor.objects.filter(year=key.year, kind=key.kind)
        .select_related("agenda_version__agenda")
        .first()
    )
    if monitor is None:
        raise Http404(f"Er is geen monitor over {edition_words(key)}.")
    if not monitor.is_adopted and not roles_of(user) & frozenset(DRAFT_READERS):
        raise PermissionDenied("Deze monitor is nog niet vastgesteld door het college.")
    return monitor


def bottleneck_or_404(monitor: Monitor, pk: int) -> Bottleneck:
    """A bottleneck of ``monitor``. Raises ``Http404``. One query."""
    row = monitor.bottlenecks.filter(pk=pk).select_related("theme", "goal").first()
    if row is None:
        raise Http404("Dit knelpunt staat niet in deze monitor.")
    row.monitor = monitor
    return row


def unsolved_or_404(monitor: Monitor, pk: int) -> Bottleneck:
    """A bottleneck of an earlier published edition, to be continued in ``monitor``. One query."""
    row = Bottleneck.objects.published().unsolved().filter(pk=pk).select_related("monitor").first()
    if row is None:
        raise Http404("Dit knelpunt staat niet in een eerdere monitor.")
    return row


def versions_to_judge() -> QuerySet[AgendaVersion]:
    """Versions of agendas that an edition may judge, newest first."""
    adopted = Q(status__in=JUDGEABLE) | Q(status__isnull=True)
    return (
        AgendaVersion.objects.filter(adopted, themes__goals__isnull=False)
        .distinct()
        .select_related("agenda")
        .order_by("-agenda__year", "-number")
    )


# -- who steers by what ----------------------------------------------------------------------------
STEERING_READERS = tuple(sorted(STAFF_ROLES))
STEERING_WRITER = Role.POLICY_OFFICER


def writes_steering(user: User | AnonymousUser) -> bool:
    """Whether ``user`` may change who steers by what. At most one query."""
    return STEERING_WRITER in roles_of(user)


def reads_steering(user: User | AnonymousUser) -> bool:
    """Whether ``user`` may open the list behind the sign-in. At most one query."""
    return bool(roles_of(user) & STAFF_ROLES)


def arrangement_or_404(pk: int) -> SteeringArrangement:
    """An arrangement with its source, for who may read the list. Raises ``Http404``. One query."""
    row = SteeringArrangement.objects.select_related("source").filter(pk=pk).first()
    if row is None:
        raise Http404("Deze afspraak is er niet.")
    return row


def unreplaced_or_404(pk: int) -> SteeringArrangement:
    """An arrangement that may get a last day of its own. Raises ``Http404``. One query."""
    rows = SteeringArrangement.objects.unreplaced().select_related("source")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404("Deze afspraak is er niet, of zij is vervangen: dan staat haar einde vast.")
    return row


def replaced_or_404(word: str | None, *, sent: bool) -> SteeringArrangement | None:
    """The arrangement that an address names to be replaced; None when it names none. One query.

    Raises ``Http404``. Who ``sent`` the form gets it also when it was replaced meanwhile: the
    action says so, and keeps what was typed.
    """
    if word is None:
        return None
    rows = SteeringArrangement.objects.all() if sent else SteeringArrangement.objects.replaceable()
    number = whole_number(word)
    found = rows.filter(pk=number).first() if number is not None else None
    if found is None:
        raise Http404("Deze afspraak is er niet, of zij is al vervangen of beëindigd.")
    return found


def need_or_404(pk: int) -> InformationNeed:
    """What a role needs to know, for who may write it. Raises ``Http404``. One query."""
    row = InformationNeed.objects.filter(pk=pk).first()
    if row is None:
        raise Http404("Dit staat niet in het overzicht.")
    return row
