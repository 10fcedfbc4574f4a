"""The audit trail: writing an entry, chaining the entries, anchoring the chain, and checking it.

An entry is written in the transaction of what it tells, and chained right after that transaction:
chaining inside it would make every writer wait for every other. What a crash leaves without a link
the task that runs every few minutes links after all.

The chain is anchored outside its table: the number and hash of its last link go to the stored
files, and to the log; and between two anchors the journal has a line about every link. So a tail
that was cut off is seen, also when who may write in the database did it.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts import journal
from accounts.constants import AuditResult
from accounts.models import AuditEntry, AuditLink, User
from core.guards import frozen

logger = logging.getLogger("audit")

BEGINNING = "0" * 64
ANCHORS = journal.FOLDER
# An entry older than this without a link is a fault; younger ones may just be on their way.
LINKED_WITHIN = timedelta(minutes=15)
# So far two clocks may differ; what is later than that has not happened.
CLOCKS = timedelta(minutes=5)
ATTEMPTS = 50

_address: ContextVar[str | None] = ContextVar("audit_address", default=None)


@contextmanager
def asked_from(address: str | None) -> Iterator[None]:
    """Entries that are written inside come from this network address."""
    token = _address.set(address)
    try:
        yield
    finally:
        _address.reset(token)


def record(
    action: str,
    *,
    actor: User | None,
    target: str = "",
    result: AuditResult = AuditResult.DONE,
    details: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Write an entry. It stands or falls with the transaction that is open, and is chained after.

    ``target`` is an address of the site or a key; names of people belong in neither it nor
    ``details``.
    """
    entry = AuditEntry.objects.create(
        action=action,
        actor=actor,
        origin=_address.get(),
        target=target[:300],
        result=result,
        details=dict(details or {}),
    )
    transaction.on_commit(partial(_link, entry), robust=True)
    return entry


def entry_hash(previous: str, entry: AuditEntry) -> str:
    """The hash of a link: SHA-256 over the hash before it and every column of its entry."""
    content = {
        "id": entry.pk,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor_id,
        "origin": entry.origin,
        "action": entry.action,
        "target": entry.target,
        "result": str(entry.result),
        "details": entry.details,
    }
    words = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{words}".encode()).hexdigest()


def link_entries() -> int:
    """Link every entry that has no link yet, oldest first. Returns how many; reads every entry."""
    linked = 0
    for entry in list(AuditEntry.objects.unlinked()):
        linked += _link(entry)
    return linked


def _link(entry: AuditEntry) -> bool:
    """Whether this call linked ``entry``: of two that take the same number one is refused."""
    for _attempt in range(ATTEMPTS):
        last = AuditLink.objects.order_by("-number").first()
        number, previous = (last.number, last.hash) if last else (0, BEGINNING)
        try:
            with transaction.atomic():
                made = AuditLink.objects.create(
                    number=number + 1, entry=entry, hash=entry_hash(previous, entry)
                )
        except IntegrityError:
            if AuditLink.objects.filter(entry=entry).exists():
                return False
        else:
            # What cannot be written beside the database never undoes what was done in it.
            transaction.on_commit(partial(journal.note, made.number, made.hash), robust=True)
            return True
    raise RuntimeError(f"Entry {entry.pk} of the audit trail found no place in {ATTEMPTS} tries.")


@dataclass(frozen=True)
class Anchor:
    """The last link of the chain at a moment, kept outside the database."""

    number: int
    hash: str


def anchor() -> Anchor | None:
    """Write the last link to the stored files and the log, once per link; None without a chain."""
    link_entries()
    last = AuditLink.objects.order_by("-number").first()
    if last is None:
        return None
    made = Anchor(last.number, last.hash)
    path = f"{ANCHORS}/{last.number:012d}-{last.hash}.txt"
    if not default_storage.exists(path):
        moment = timezone.now().isoformat(timespec="seconds")
        default_storage.save(path, ContentFile(f"{made.number} {made.hash} {moment}\n".encode()))
        logger.info("audit anchor %s %s", made.number, made.hash)
    journal.forget(made.number, timezone.localdate())
    return made


def anchors() -> list[Anchor]:
    """Every anchor among the stored files, oldest first."""
    return _kept_in(ANCHORS)


def _kept_in(folder: str) -> list[Anchor]:
    try:
        _folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    found = []
    for name in sorted(names):
        number, _, digest = name.removesuffix(".txt").partition("-")
        if number.isdigit() and digest:
            found.append(Anchor(int(number), digest))
    return found


# -- cutting off what is past its term -------------------------------------------------------------
CUTS = "logboek-ingekort"
CUT = "audit_cut"


def _links_to_cut(before: datetime) -> QuerySet[AuditLink]:
    """The first links of the chain, as far as all of them are of before ``before``.

    The last link of the chain is never among them: the next one is made after it.
    """
    last = AuditLink.objects.order_by("-number").values("number")[:1]
    younger = AuditLink.objects.filter(entry__at__gte=before).order_by("number").values("number")
    return AuditLink.objects.filter(number__lt=Coalesce(Subquery(younger[:1]), Subquery(last)))


def entries_to_cut(before: datetime) -> QuerySet[AuditEntry]:
    """What ``cut`` would remove of the linked entries."""
    return AuditEntry.objects.filter(link__in=_links_to_cut(before))


def cut(before: datetime) -> int:
    """Remove the oldest entries, those of before ``before``, and say so in the chain and beside it.

    The number and hash of the last link that goes are written to an entry at the end of the chain,
    and to the stored files; ``verify`` begins from there, and takes a beginning that is missing
    without both for what it is. The database is told to let these rows go, in this transaction
    only; the role it is done with must own the tables. Returns how many entries went.
    """
    link_entries()
    with transaction.atomic():
        links = _links_to_cut(before)
        last = links.order_by("-number").first()
        if last is None:
            return 0
        made = Anchor(last.number, last.hash)
        with _lifted():
            gone = AuditLink.objects.filter(number__lte=made.number)
            gone._raw_delete(connection.alias)
            rows = AuditEntry.objects.filter(link__isnull=True, at__lt=before)
            removed = int(rows._raw_delete(connection.alias))
        details = {"nummer": made.number, "controlegetal": made.hash, "regels": removed}
        record(CUT, actor=None, details=details)
        path = f"{CUTS}/{made.number:012d}-{made.hash}.txt"
        if not default_storage.exists(path):
            default_storage.save(path, ContentFile(f"{made.number} {made.hash}\n".encode()))
        logger.info("audit cut %s %s", made.number, made.hash)
    return removed


@contextmanager
def _lifted() -> Iterator[None]:
    """Inside, the database lets rows of the trail be removed; nothing else, and nobody else."""
    tables = (AuditLink._meta.db_table, AuditEntry._meta.db_table)
    _settle()
    frozen.remove(connection, [(table, "DELETE") for table in tables])
    yield
    _settle()
    frozen.install(connection, tables)


def _settle() -> None:
    """PostgreSQL changes no trigger of a table that has foreign keys to check still."""
    if connection.vendor == "postgresql":
        connection.check_constraints()


def _cut_before(number: int) -> Anchor | None:
    """The cut after which the chain begins at ``number``, if it is told in both places."""
    for made in _kept_in(CUTS):
        told = {"nummer": made.number, "controlegetal": made.hash}
        if made.number == number - 1:
            for details in AuditEntry.objects.filter(action=CUT).values_list("details", flat=True):
                if details | told == details:
                    return made
    return None


@dataclass(frozen=True)
class Verdict:
    """What a check of the whole trail found; ``problems`` in Dutch, empty when it is whole.

    ``cut`` is the number of the last entry that went past its term, 0 when none did. ``since`` is
    the number of the oldest entry that is told of outside the database, 0 when none is.
    """

    entries: int
    anchors: int
    unlinked: int
    problems: tuple[str, ...]
    cut: int = 0
    since: int = 0


def verify(now: datetime | None = None) -> Verdict:
    """Read the whole trail, and hold it against its chain and its anchors.

    Found are: a changed or missing entry, a changed, missing or added link, an entry that got no
    link in time or is of a time to come, a tail that was cut off (after an anchor, or after a line
    of the journal), a chain of which nothing is told outside the database, and tables of the trail
    that the database does not guard any more. A chain that began a moment ago may have no anchor:
    its first line outside the database is written right after its first link.
    """
    now = now or timezone.now()
    # Before the chain: what is written while it is read is in the chain and not in these.
    known = anchors()
    noted = [Anchor(number, digest) for number, digest in journal.noted()]
    problems: list[str] = []
    hashes: dict[int, str] = {}
    previous, expected = BEGINNING, 1
    first = AuditLink.objects.select_related("entry").order_by("number").first()
    cut_off = _cut_before(first.number) if first is not None and first.number > 1 else None
    if cut_off is not None:
        previous, expected = cut_off.hash, cut_off.number + 1
    for link in AuditLink.objects.select_related("entry").order_by("number").iterator(2000):
        if link.number != expected:
            problems.append(f"Tussen regel {expected - 1} en {link.number} ontbreken regels.")
            expected = link.number
        elif entry_hash(previous, link.entry) != link.hash:
            problems.append(f"Regel {link.number} is gewijzigd, of een regel ervoor.")
        hashes[link.number] = previous = link.hash
        expected += 1
    for one in sorted({*known, *noted}, key=lambda each: (each.number, each.hash)):
        if cut_off is not None and one.number <= cut_off.number:
            continue  # of an entry that was past its term
        if one.number not in hashes:
            problems.append(f"Regel {one.number} is vastgelegd, maar staat niet in het logboek.")
        elif hashes[one.number] != one.hash:
            problems.append(f"Regel {one.number} is anders dan toen hij werd vastgelegd.")
    told = sorted(one.number for one in (*known, *noted))
    if first is not None and not told and first.entry.at < now - LINKED_WITHIN:
        problems.append(
            f"Buiten de database is van het logboek niets vastgelegd: de map {ANCHORS} in DATA_DIR "
            "is weg of leeg. Of het einde er nog is, is zo niet te zeggen. Zet de map terug uit "
            "een reservekopie en controleer opnieuw."
        )
    tables = (AuditEntry._meta.db_table, AuditLink._meta.db_table)
    if unguarded := frozen.missing(connection, tables):
        words = ", ".join(f"{table} ({event})" for table, event in unguarded)
        problems.append(
            f"De database bewaakt het logboek niet meer: {words}. Kijk wie dat deed; "
            "`manage.py migrate` zet de bewaking terug."
        )
    waiting = AuditEntry.objects.unlinked()
    ahead = waiting.filter(at__gt=now + CLOCKS).count()
    if ahead:
        problems.append(f"{ahead} regels zonder plaats in de keten zijn van later dan nu.")
    late = waiting.filter(at__lt=now - LINKED_WITHIN).count()
    if late:
        problems.append(f"{late} regels staan nog niet in de keten.")
    until = cut_off.number if cut_off is not None else 0
    since = told[0] if told else 0
    return Verdict(len(hashes), len(known), waiting.count(), tuple(problems), until, since)
