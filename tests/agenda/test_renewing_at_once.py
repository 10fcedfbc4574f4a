"""Copies that several people, or several clicks, ask for at the same moment are made once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from accounts.models import User
from agenda import actions
from agenda.constants import CopyPiece
from agenda.copy_counts import counts_of
from agenda.copy_forms import CopyForm
from agenda.models import Agenda, AgendaVersion, Goal
from tests.agenda.whole_agenda import whole_agenda
from tests.connections import needs_connections
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db(transaction=True), needs_connections]
TIMES = 4


def at_once(work: Callable[[], Any]) -> list[Any]:
    """What ``work`` answers in several connections that begin at the same moment."""
    start, answers = threading.Barrier(TIMES), []

    def run() -> None:
        try:
            start.wait()
            answers.append(work())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(TIMES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_one_new_version_is_made() -> None:
    first, user = whole_agenda(), UserFactory.create()
    found = at_once(lambda: actions.amend(first, "De raad vroeg erom.", user=user))
    assert sorted(is_made for _version, is_made in found) == [False, False, False, True]
    assert len({version.pk for version, _is_made in found}) == 1
    assert Goal.objects.count() == 4


def test_one_new_agenda_is_made() -> None:
    former = AgendaVersion.objects.select_related("agenda").get(pk=whole_agenda().pk)
    user: User = UserFactory.create()
    said = {
        "name": "Maatschappelijke agenda",
        "short_name": "MAG 3",
        "owner": former.agenda.owner_id,
        "year": 2023,
        "period": "2023/2026",
    }

    def start() -> tuple[AgendaVersion, bool]:
        form = CopyForm(said, former=former, counts=counts_of(former).pieces)
        assert form.is_valid(), form.errors
        return actions.start_from(form, former, list(CopyPiece), user=user)

    found = at_once(start)
    assert sorted(is_made for _version, is_made in found) == [False, False, False, True]
    assert Agenda.objects.count() == 2
    assert Goal.objects.count() == 4
