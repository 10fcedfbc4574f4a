"""What an officer writes outside the goals: a line each, kept with its source."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from monitor.constants import MonitorStatus, NoteKind
from monitor.editions import EditionKey
from monitor.models import Monitor, MonitorNote
from monitor.notes import lines_of
from monitor.payload import build_payload
from tests.factories_agenda import SourceFactory
from tests.factories_monitor import JudgementFactory, offer

pytestmark = pytest.mark.django_db
TREND = "Meer ouderen wonen zelfstandig."


@pytest.fixture
def draft() -> Monitor:
    monitor: Monitor = JudgementFactory.create(monitor__year=2019).monitor
    return monitor


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def address(monitor: Monitor) -> str:
    return reverse("monitor_notes", args=[EditionKey.of(monitor)])


def opened(desk: Client, monitor: Monitor) -> dict[str, str]:
    """The fields of the form as the page shows them."""
    form = desk.get(address(monitor)).context["form"]
    return {name: form.initial.get(name, "") for name in form.fields}


def test_lines_are_written_in_order_and_read_in_the_edition(desk: Client, draft: Monitor) -> None:
    typed = {
        **opened(desk, draft),
        "trend": f"  {TREND}\n\nEr   zijn minder vrijwilligers.\n",
        "went_well": "Het loket is open.",
        "parties": "Woningcorporatie\nJeugdzorg",
    }
    assert desk.post(address(draft), typed).status_code == 302
    held = lines_of(draft)
    assert held["trend"] == [TREND, "Er zijn minder vrijwilligers."]
    assert held["parties"] == ["Woningcorporatie", "Jeugdzorg"]
    page = desk.get(reverse("monitor_manage", args=[EditionKey.of(draft)])).content.decode()
    assert TREND in page
    content = build_payload(draft, version=1)
    assert content["other_parties"] == ["Woningcorporatie", "Jeugdzorg"]
    assert TREND in str(content["notes"])


def test_a_line_that_stays_keeps_its_row_and_its_source(desk: Client, draft: Monitor) -> None:
    notes = MonitorNote.objects
    stays = notes.create(
        monitor=draft, kind=NoteKind.TREND, text=TREND, source=SourceFactory.create(), locator="8.5"
    )
    notes.create(monitor=draft, kind=NoteKind.TREND, text="Dit gaat weg.")
    desk.post(address(draft), {**opened(desk, draft), "trend": f"Dit is nieuw.\n{TREND}"})
    assert lines_of(draft)["trend"] == ["Dit is nieuw.", TREND]
    held = draft.notes.get(text=TREND)
    assert (held.pk, held.source, held.locator) == (stays.pk, stays.source, "8.5")


def test_of_two_officers_the_second_sees_both_texts(desk: Client, draft: Monitor) -> None:
    first, second = opened(desk, draft), opened(desk, draft)
    desk.post(address(draft), {**first, "trend": "Van de eerste."})
    answer = desk.post(address(draft), {**second, "trend": "Van de tweede."})
    html = answer.content.decode()
    assert "Iemand anders bewaarde dit" in html
    assert "Nu staat er: ‘Van de eerste.’" in html
    assert "Van de tweede." in html
    assert lines_of(draft)["trend"] == ["Van de eerste."]
    again = {**second, "trend": "Van beiden.", "seen": answer.context["form"].data["seen"]}
    assert desk.post(address(draft), again).status_code == 302
    assert lines_of(draft)["trend"] == ["Van beiden."]


def test_a_second_click_is_no_conflict(desk: Client, draft: Monitor) -> None:
    typed = {**opened(desk, draft), "trend": TREND}
    assert [desk.post(address(draft), typed).status_code for _ in range(2)] == [302, 302]
    assert lines_of(draft)["trend"] == [TREND]


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("parties", "x" * 121, "heeft 121 tekens; er passen er 120."),
        ("parties", "Jeugdzorg\nJeugdzorg", "‘Jeugdzorg’ staat er twee keer."),
        ("trend", "y" * 2001, "heeft 2001 tekens; er passen er 2000."),
    ],
)
def test_a_line_that_does_not_fit_is_named_and_nothing_is_lost(
    desk: Client, draft: Monitor, field: str, text: str, words: str
) -> None:
    html = desk.post(address(draft), {**opened(desk, draft), field: text}).content.decode()
    assert words in html
    assert text in html
    assert not any(lines_of(draft).values())


def test_what_went_to_the_college_is_not_written_in_any_more(desk: Client, draft: Monitor) -> None:
    typed = {**opened(desk, draft), "trend": TREND}
    offer(draft, MonitorStatus.JUDGED)
    assert desk.get(address(draft)).status_code == 302
    html = desk.post(address(draft), typed).content.decode()
    assert "Uw tekst is niet bewaard, maar staat er nog." in html
    assert TREND in html
    assert not any(lines_of(draft).values())
