"""The picture of society that an agenda starts from: entered, changed, put in order, removed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.constants import Role
from accounts.models import Change, User
from agenda.actions import NotEditable, last_step, undo
from agenda.comparing import ADDED, CHANGED, GONE, compare
from agenda.documents import document_html
from agenda.models import AgendaVersion, SituationFact
from core.edits import MEANWHILE
from tests.agenda.filled_in import add, confirm, entered, problems, row_of
from tests.factories import UserFactory
from tests.factories_advice import InvitationFactory
from tests.factories_agenda import AgendaVersionFactory, SituationFactFactory, SourceFactory
from tests.uploaded import NUMBER

pytestmark = pytest.mark.django_db
NUMBERS = "In 2025 leefde één op de tien kinderen in armoede."


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def version() -> AgendaVersion:
    made: AgendaVersion = AgendaVersionFactory.create(
        agenda__slug="mag-3", agenda__short_name="MAG 3"
    )
    return made


@pytest.fixture
def fact(version: AgendaVersion) -> SituationFact:
    made: SituationFact = SituationFactFactory.create(
        version=version, topic="Armoede", text="Veel.", source=SourceFactory.create(title="Atlas")
    )
    return made


def at(*parts: Any) -> str:
    return "/beheer/agenda/mag-3/1/" + "".join(f"{part}/" for part in parts)


def html(answer: Any) -> str:
    return str(answer.content.decode())


def typed(fact: SituationFact, **changes: Any) -> dict[str, Any]:
    held = {"topic": fact.topic, "text": fact.text, "source": fact.source_id or ""}
    return {**held, "locator": fact.locator, "revision": 1, **changes}


def make_public(version: AgendaVersion, status: str = "consultation") -> None:
    decided = {"adopted_on": "2026-01-01", "adopted_by": "gemeenteraad"}
    AgendaVersion.objects.filter(pk=version.pk).update(
        status=status, **(decided if status == "adopted" else {})
    )


def topics(version: AgendaVersion) -> list[str]:
    return list(version.situation_facts.order_by("order").values_list("topic", flat=True))


# -- entering --------------------------------------------------------------------------------------
def test_a12_an_officer_enters_the_picture_and_everybody_reads_it(
    desk: Client, client: Client, version: AgendaVersion
) -> None:
    source = SourceFactory.create(title="Armoedemonitor")
    sent = {"topic": "Armoede", "text": NUMBERS, "source": source.pk, "locator": "blz. 4"}
    answer = desk.post(at("feit", "nieuw"), sent)
    assert answer.headers["Location"] == f"{at()}#situationfact-{SituationFact.objects.get().pk}"
    desk.post(at("feit", "nieuw"), {"topic": "Vraag naar zorg", "text": "Die\nstijgt."})
    assert topics(version) == ["Armoede", "Vraag naar zorg"]
    told = {row["label"]: row["after"] for row in Change.objects.earliest("pk").fields}
    assert told == {
        "Onderwerp": "Armoede",
        "Hoe het ervoor staat": NUMBERS,
        "Bron": "Armoedemonitor",
        "Plaats in de bron": "blz. 4",
    }
    outline = html(desk.get(at()))
    assert NUMBERS in outline
    assert "Bron: Armoedemonitor, blz. 4" in outline
    make_public(version)
    client.logout()
    page = html(client.get("/agenda/mag-3/"))
    for words in ("<dt>Armoede</dt>", NUMBERS, "Armoedemonitor", "Die<br>stijgt."):
        assert words in page
    document, _ = document_html(AgendaVersion.objects.get(pk=version.pk))
    for words in ("Het beeld van de samenleving", NUMBERS, "Bron: Armoedemonitor, blz. 4"):
        assert words in document


def test_who_is_asked_for_advice_reads_the_picture_of_a_draft(
    client: Client, fact: SituationFact
) -> None:
    invitation = InvitationFactory.create(round__version=fact.version)
    client.force_login(UserFactory.create(holds=[Role.ADVISORY_COUNCIL]))
    page = html(client.get(reverse("advice_draft", args=[invitation.pk])))
    assert "Het beeld van de samenleving" in page
    assert "Armoede" in page


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"topic": "", "text": "Iets."}, "Dit veld is verplicht."),
        ({"topic": "Armoede", "text": " "}, "Dit veld is verplicht."),
        ({"topic": "x" * 101, "text": "Iets."}, "100 tekens"),
        ({"topic": "Armoede", "text": f"Van {NUMBER}."}, NUMBER),
        (
            {"topic": "Armoede", "text": "Iets.", "locator": "blz. 4"},
            "Kies de bron waarin deze plaats te vinden is.",
        ),
        ({"topic": "Armoede", "text": "Iets.", "source": "999999"}, "Bron"),
    ],
)
def test_wrong_input_stays_on_the_screen_and_nothing_is_written(
    desk: Client, version: AgendaVersion, sent: dict[str, str], told: str
) -> None:
    answer = desk.post(at("feit", "nieuw"), sent)
    assert answer.context["form"].errors
    assert told in html(answer)
    assert sent["topic"] in html(answer)
    assert not SituationFact.objects.exists()


def test_a_double_click_makes_one_fact(desk: Client, version: AgendaVersion) -> None:
    for _ in range(2):
        answer = desk.post(at("feit", "nieuw"), {"topic": "Armoede", "text": NUMBERS})
    assert "Dit onderwerp staat al in het beeld van de samenleving." in html(answer)
    assert SituationFact.objects.count() == 1


def test_the_outline_costs_as_many_queries_with_many_facts(
    desk: Client, version: AgendaVersion, django_assert_max_num_queries: Any
) -> None:
    def fill(times: int) -> None:
        for _ in range(times):
            SituationFactFactory.create(version=version, source=SourceFactory.create())

    fill(1)
    desk.get(at())  # the first time it is noted in the trail
    with django_assert_max_num_queries(27) as few:
        desk.get(at())
    fill(6)
    with django_assert_max_num_queries(len(few)) as many:
        desk.get(at())
    assert len(few) == len(many)


# -- changing --------------------------------------------------------------------------------------
def test_a_fact_is_changed_with_its_history_and_its_source_taken_off(
    desk: Client, fact: SituationFact
) -> None:
    desk.post(at("feit", fact.pk), typed(fact, text=NUMBERS, source=""))
    fact.refresh_from_db()
    assert (fact.text, fact.source, fact.revision) == (NUMBERS, None, 2)
    said = {row["label"]: (row["before"], row["after"]) for row in Change.objects.get().fields}
    assert said == {"Hoe het ervoor staat": ("Veel.", NUMBERS), "Bron": ("Atlas", "")}
    page = html(desk.get(f"{at('geschiedenis')}?deel=situationfact-{fact.pk}"))
    assert "feit over de samenleving" in page.lower()
    assert "Armoede" in page


def test_the_second_editor_sees_both_texts_and_loses_nothing(
    desk: Client, fact: SituationFact
) -> None:
    other = SourceFactory.create(title="Een ander stuk")
    desk.post(at("feit", fact.pk), typed(fact, text="Van Olga.", source=other.pk))
    page = html(desk.post(at("feit", fact.pk), typed(fact, text="Van Femke.")))
    assert MEANWHILE in page
    assert "Nu staat er: ‘Van Olga.’." in page
    assert "Nu staat er: ‘Een ander stuk’." in page
    assert "Van Femke.</textarea>" in page
    fact.refresh_from_db()
    assert fact.text == "Van Olga."


def test_facts_are_put_in_another_order(desk: Client, version: AgendaVersion) -> None:
    rows = [SituationFactFactory.create(version=version, topic=topic) for topic in "ABC"]
    elsewhere = SituationFactFactory.create(topic="Elders")
    desk.post(at("feit", rows[2].pk, "verplaatsen"), {"omhoog": "1"})
    assert topics(version) == ["A", "C", "B"]
    desk.post(at("feit", rows[1].pk, "verplaatsen"), {"voor": rows[0].pk})
    assert topics(version) == ["B", "A", "C"]
    desk.post(at("feit", rows[0].pk, "verplaatsen"), {"voor": elsewhere.pk})
    assert topics(version) == ["B", "A", "C"]
    assert desk.get(at("feit", elsewhere.pk)).status_code == 404


# -- throwing away ---------------------------------------------------------------------------------
def test_a_fact_is_thrown_away_and_taken_back_in_its_place(
    desk: Client, officer: User, fact: SituationFact
) -> None:
    version = fact.version
    SituationFactFactory.create(version=version, topic="Zorg")
    assert "‘Armoede’" in html(desk.get(at("feit", fact.pk, "verwijderen")))
    desk.post(at("feit", fact.pk, "verwijderen"))
    assert topics(version) == ["Zorg"]
    step = last_step(version, officer)
    assert step is not None
    assert undo(version, step.pk, user=officer) == "Feit over de samenleving ‘Armoede’ verwijderd"
    assert topics(version) == ["Armoede", "Zorg"]
    back = SituationFact.objects.get(topic="Armoede")
    assert (back.text, back.source) == ("Veel.", fact.source)


def test_a_step_is_not_taken_back_over_what_a_colleague_put_in_its_place(
    desk: Client, officer: User, fact: SituationFact
) -> None:
    desk.post(at("feit", fact.pk, "verwijderen"))
    SituationFactFactory.create(version=fact.version, topic="Armoede", text="Van een collega.")
    step = last_step(fact.version, officer)
    assert step is not None
    with pytest.raises(NotEditable):
        undo(fact.version, step.pk, user=officer)
    assert SituationFact.objects.get().text == "Van een collega."


def test_a_draft_with_a_picture_alone_is_thrown_away(desk: Client, fact: SituationFact) -> None:
    desk.post(at("verwijderen"))
    assert not AgendaVersion.objects.exists()
    assert not SituationFact.objects.exists()


def test_in_consultation_it_changes_and_stays(desk: Client, fact: SituationFact) -> None:
    make_public(fact.version)
    desk.post(at("feit", fact.pk), typed(fact, text=NUMBERS))
    page = html(desk.post(at("feit", fact.pk, "verwijderen")))
    assert "Verwijderen kan alleen in een concept." in page
    assert SituationFact.objects.get().text == NUMBERS


def test_an_adopted_agenda_keeps_its_picture(desk: Client, fact: SituationFact) -> None:
    second = SituationFactFactory.create(version=fact.version, topic="Zorg")
    make_public(fact.version, "adopted")
    for answer in (
        desk.post(at("feit", fact.pk), typed(fact, text=NUMBERS)),
        desk.post(at("feit", "nieuw"), {"topic": "Wonen", "text": "Iets."}),
        desk.get(at("feit", fact.pk), follow=True),
    ):
        assert "vastgesteld en verandert niet meer" in html(answer)
    desk.post(at("feit", fact.pk, "verwijderen"))
    desk.post(at("feit", second.pk, "verplaatsen"), {"omhoog": "1"})
    assert topics(fact.version) == ["Armoede", "Zorg"]
    assert SituationFact.objects.get(pk=fact.pk).text == "Veel."
    page = html(desk.get(at()))
    assert "Veel." in page
    assert at("feit", "nieuw") not in page


# -- two versions, and a file ----------------------------------------------------------------------
def test_what_came_went_and_changed_between_two_versions(version: AgendaVersion) -> None:
    before = AgendaVersionFactory.create(adopted=True)
    for number, (old, new) in enumerate(
        (("Armoede", "Armoede"), ("Zorg", "Zorg"), ("Werk", "Banen"), ("Sport", "")), start=1
    ):
        SituationFactFactory.create(version=before, topic=old, text="Zoals het was.", order=number)
        if new:
            text = "Zoals het was." if new == "Zorg" else "Anders."
            SituationFactFactory.create(version=version, topic=new, text=text, order=number)
    SituationFactFactory.create(version=version, topic="Wonen", order=9)
    (found,) = [row for row in compare(before, version).sections if row.anchor == "beeld"]
    assert [(row.kind, row.name) for row in found.rows] == [
        (CHANGED, "Armoede"),
        (CHANGED, "Banen"),
        (ADDED, "Wonen"),
        (GONE, "Sport"),
    ]
    assert found.same == 1


def test_the_template_holds_the_picture_and_brings_it_back_changed(
    desk: Client, fact: SituationFact
) -> None:
    version, sheet = fact.version, "Beeld van de samenleving"
    again = entered(desk, version, lambda book: None)
    assert "Geen wijzigingen" in html(again)

    def fill(book: Any) -> None:
        row_of(book, sheet, Onderwerp="Armoede")["Hoe het ervoor staat"].value = NUMBERS
        add(book, sheet, {"Onderwerp": "Zorg", "Hoe het ervoor staat": "Meer vraag."})

    preview = entered(desk, version, fill)
    assert problems(preview) == []
    assert SituationFact.objects.get().text == "Veel."
    confirm(desk, preview)
    told = version.situation_facts.order_by("order").values_list("topic", "text", "source__title")
    assert list(told) == [("Armoede", NUMBERS, "Atlas"), ("Zorg", "Meer vraag.", None)]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"Bron": "Van horen zeggen"}, "staat niet op de bladzijde Bronnen"),
        ({"Plaats in de bron": "blz. 4"}, "Kies de bron"),
        ({"Hoe het ervoor staat": ""}, "Dit veld is verplicht."),
    ],
)
def test_what_is_wrong_in_the_file_is_told_and_nothing_is_kept(
    desk: Client, version: AgendaVersion, row: dict[str, str], told: str
) -> None:
    cells = {"Onderwerp": "Armoede", "Hoe het ervoor staat": "Veel.", **row}
    answer = entered(desk, version, lambda book: add(book, "Beeld van de samenleving", cells))
    ((place, text),) = problems(answer)
    assert place.startswith("Beeld van de samenleving")
    assert told in text
    assert not SituationFact.objects.exists()
