"""A survey among clients: the standard questions, own ones, the answers, and who reads what."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Change, User
from agenda.models import Indicator, Observation, Statement, StatementResult, Survey
from agenda.story import survey_story
from core.values import Value
from tests.factories_agenda import (
    IndicatorFactory,
    SourceFactory,
    StatementFactory,
    StatementResultFactory,
    SurveyFactory,
)

pytestmark = pytest.mark.django_db
PAGE, DESK = "/clientervaring/", "/beheer/clientervaring/"


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def text_of(answer: Any) -> str:
    html: str = answer.content.decode()
    return html


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Cliëntervaringsonderzoek Wmo",
        "year": "2025",
        "clients": "wmo",
        "executor": "een bureau",
        "method": "per post",
        "sent": "400",
        "returned": "180",
        **changes,
    }


def drafted(**fields: Any) -> Survey:
    made: Survey = SurveyFactory.create(
        **{"year": 2025, "sent": 400, "returned": 180, "is_public": False, "clients": "wmo"}
        | fields
    )
    return made


def answers(survey: Survey, agreed: int = 90, of: int = 150) -> dict[str, Any]:
    survey.refresh_from_db()
    sent: dict[str, Any] = {"revision": survey.revision}
    for pk in survey.statements.values_list("pk", flat=True):
        sent |= {f"eens_{pk}": str(agreed), f"van_{pk}": str(of)}
    return sent


def test_a_survey_of_ten_standard_questions_and_an_own_one_becomes_figures(desk: Client) -> None:
    assert desk.post(f"{DESK}nieuw/", typed()).status_code == 302
    survey = Survey.objects.get()
    page = f"{DESK}{survey.slug}/"
    assert desk.post(f"{page}standaardvragen/").status_code == 302
    own = {"number": "11", "topic": "vervoer", "text": "Ik kom makkelijk bij de dagbesteding"}
    assert desk.post(f"{page}vraag/", own).status_code == 302
    assert survey.statements.exclude(standard="").count() == 10
    assert survey.statements.filter(standard="").get().text == own["text"]
    assert desk.post(f"{page}antwoorden/", answers(survey)).status_code == 302
    assert Client().get(f"{PAGE}{survey.slug}/").status_code == 404
    assert not Observation.objects.exists()
    assert desk.post(f"{page}openbaar/").status_code == 302

    shown = text_of(Client().get(f"{PAGE}{survey.slug}/"))
    for words in (
        *("60%", "45% (180 van de 400)", "Per post.", "Ik kom makkelijk bij de dagbesteding"),
        *("standaardvraag", "eigen vraag", "Onder cliënten van de Wmo"),
    ):
        assert words in shown
    assert shown.count('<span class="tag">standaardvraag</span>') == 10
    values = Observation.objects.filter(indicator__standard__startswith="ceo-wmo/")
    assert values.count() == 10
    value = values.first()
    assert value is not None
    assert (value.value, value.period.code) == (Value.fraction(90, 150), "2025")
    assert "10 standaardvragen" in text_of(Client().get(PAGE))
    told = survey_story(until=2025)
    assert told is not None
    assert len(told["statements"]) == 11


def test_the_monitor_tells_no_survey_that_is_not_public() -> None:
    StatementFactory.create(survey=drafted())
    assert survey_story(until=2025) is None


def test_the_standard_questions_come_in_once(desk: Client) -> None:
    survey = drafted()
    for _ in range(2):
        desk.post(f"{DESK}{survey.slug}/standaardvragen/")
    assert survey.statements.count() == 10
    assert Indicator.objects.filter(standard__startswith="ceo-wmo/").count() == 10


def test_a_standard_question_keeps_its_words(desk: Client) -> None:
    survey = drafted()
    desk.post(f"{DESK}{survey.slug}/standaardvragen/")
    question = survey.statements.order_by("number")[0]
    sent = {"number": "1", "topic": "toegang", "text": "Anders", "revision": question.revision}
    assert desk.post(f"{DESK}{survey.slug}/vraag/{question.pk}/", sent).status_code == 302
    question.refresh_from_db()
    assert (question.topic, question.text) == (
        "toegang",
        "Ik wist waar ik moest zijn met mijn hulpvraag",
    )


@pytest.mark.parametrize(("agreed", "of"), [(3, 150), (148, 150), (2, 4)])
def test_an_answer_of_few_people_is_not_published(desk: Client, agreed: int, of: int) -> None:
    survey = drafted()
    indicator = IndicatorFactory.create(value_type="percentage", counts_people=True)
    StatementFactory.create(survey=survey, indicator=indicator)
    desk.post(f"{DESK}{survey.slug}/antwoorden/", answers(survey, agreed, of))
    desk.post(f"{DESK}{survey.slug}/openbaar/")
    assert StatementResult.objects.get().withheld
    assert Observation.objects.get().withheld
    shown = text_of(Client().get(f"{PAGE}{survey.slug}/"))
    assert "te klein" in shown
    assert f"<b>{Value.fraction(agreed, of).display()}</b>" not in shown
    assert "niet openbaar: te weinig mensen" in text_of(desk.get(f"{DESK}{survey.slug}/"))
    told = survey_story(until=2025)
    assert told is not None
    assert not told["statements"][0]["own"]["present"]


def test_few_answers_are_not_counted_in_public(desk: Client) -> None:
    survey = drafted(returned=4, is_public=True)
    assert "te weinig om te noemen" in text_of(Client().get(PAGE))
    assert "4 van de 400" in text_of(desk.get(f"{DESK}{survey.slug}/"))


def test_a_mended_answer_mends_the_figure_and_stays_in_the_history(desk: Client) -> None:
    survey = drafted()
    StatementFactory.create(
        survey=survey, indicator=IndicatorFactory.create(value_type="percentage")
    )
    page = f"{DESK}{survey.slug}/"
    desk.post(f"{page}antwoorden/", answers(survey))
    desk.post(f"{page}openbaar/")
    assert desk.post(f"{page}antwoorden/", answers(survey, 75)).status_code == 302
    assert Observation.objects.get().numerator == Decimal(75)
    assert Change.objects.filter(action="changed", kind="antwoord").count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sent": None, "returned": None}, "Vul eerst in hoeveel lijsten"),
        ({}, "Zet eerst vragen in het onderzoek"),
    ],
)
def test_what_is_not_whole_is_not_made_public(
    desk: Client, changes: dict[str, Any], words: str
) -> None:
    survey = drafted(**changes)
    answer = desk.post(f"{DESK}{survey.slug}/openbaar/", follow=True)
    assert words in text_of(answer)
    survey.refresh_from_db()
    assert not survey.is_public


def test_a_question_without_an_answer_is_named(desk: Client) -> None:
    survey = drafted()
    StatementFactory.create(survey=survey)
    answer = desk.post(f"{DESK}{survey.slug}/openbaar/", follow=True)
    assert "Bij één vraag staat nog geen antwoord." in text_of(answer)


@pytest.mark.parametrize(
    ("agreed", "of", "words"),
    [
        ("", "150", "Vul beide getallen in"),
        ("160", "150", "Dit zijn er meer dan er antwoordden."),
        ("10", "200", "Er kwamen 180 vragenlijsten terug."),
        ("0", "0", "Laat dan beide leeg."),
        ("-1", "150", "Geef een getal van 0 of hoger."),
        ("veel", "150", ""),
    ],
)
def test_an_answer_that_cannot_be_is_refused(
    desk: Client, agreed: str, of: str, words: str
) -> None:
    survey = drafted()
    question = StatementFactory.create(survey=survey)
    sent = {"revision": 1, f"eens_{question.pk}": agreed, f"van_{question.pk}": of}
    answer = desk.post(f"{DESK}{survey.slug}/antwoorden/", sent)
    assert answer.status_code == 200
    assert words in text_of(answer)
    assert not StatementResult.objects.exists()


def test_of_two_who_fill_in_the_second_is_told(desk: Client) -> None:
    survey = drafted()
    StatementFactory.create(survey=survey)
    stale = answers(survey, 10)
    assert desk.post(f"{DESK}{survey.slug}/antwoorden/", answers(survey)).status_code == 302
    assert desk.post(f"{DESK}{survey.slug}/antwoorden/", answers(survey)).status_code == 302
    answer = desk.post(f"{DESK}{survey.slug}/antwoorden/", stale)
    assert "Iemand anders wijzigde dit onderzoek" in text_of(answer)
    assert StatementResult.objects.get().numerator == 90


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"year": "1900"}, "year"),
        ({"year": "2099"}, "year"),
        ({"clients": ""}, "clients"),
        ({"sent": ""}, "sent"),
        ({"returned": "500"}, "returned"),
    ],
)
def test_a_survey_that_cannot_be_is_refused(
    desk: Client, changes: dict[str, str], field: str
) -> None:
    answer = desk.post(f"{DESK}nieuw/", typed(**changes))
    assert field in answer.context["form"].errors
    assert not Survey.objects.exists()


def test_a_question_goes_before_it_is_public_and_not_after(desk: Client) -> None:
    survey = drafted()
    question = StatementFactory.create(survey=survey)
    page = f"{DESK}{survey.slug}/vraag/{question.pk}/weghalen/"
    Survey.objects.filter(pk=survey.pk).update(is_public=True)
    assert "Een vraag waarop is geantwoord, blijft staan." in text_of(desk.post(page, follow=True))
    Survey.objects.filter(pk=survey.pk).update(is_public=False)
    assert desk.post(page).status_code == 302
    assert not Statement.objects.exists()


def test_of_a_public_survey_only_the_answers_change(desk: Client) -> None:
    survey = drafted(is_public=True)
    indicator = IndicatorFactory.create(value_type="percentage")
    question = StatementFactory.create(survey=survey, indicator=indicator, text="Zo gevraagd")
    page = f"{DESK}{survey.slug}/vraag/"
    sent = {"number": "1", "topic": "kwaliteit", "text": "Heel anders", "indicator": ""}
    assert desk.post(f"{page}{question.pk}/", sent | {"revision": question.revision}).status_code
    question.refresh_from_db()
    assert (question.topic, question.text) == ("kwaliteit", "Zo gevraagd")
    assert question.indicator == indicator
    told = text_of(desk.post(page, {"number": "2", "topic": "t", "text": "Nog een"}))
    assert "Er komt geen vraag meer bij." in told
    assert survey.statements.count() == 1


def test_two_questions_do_not_give_one_figure(desk: Client) -> None:
    indicator = IndicatorFactory.create(value_type="percentage")
    first, other = drafted(name="Het eerste"), drafted(name="Het tweede", clients="youth")
    for survey in (first, other):
        StatementFactory.create(survey=survey, indicator=indicator, number=1)
        desk.post(f"{DESK}{survey.slug}/antwoorden/", answers(survey))
    twin = {"number": "2", "topic": "t", "text": "Ook zo", "indicator": indicator.pk}
    told = text_of(desk.post(f"{DESK}{first.slug}/vraag/", twin))
    assert "Een andere vraag van dit onderzoek hoort al bij deze indicator." in told
    desk.post(f"{DESK}{first.slug}/openbaar/")
    told = text_of(desk.post(f"{DESK}{other.slug}/openbaar/", follow=True))
    assert "al een uitkomst uit ‘Het eerste’" in told
    other.refresh_from_db()
    assert not other.is_public


@pytest.mark.parametrize(("threshold", "hidden"), [(5, False), (6, True)])
def test_a_survey_has_the_threshold_of_all_figures(
    desk: Client, settings: Any, threshold: int, hidden: bool
) -> None:
    settings.SMALL_NUMBER_THRESHOLD = threshold
    survey = drafted(returned=5)
    indicator = IndicatorFactory.create(value_type="percentage", counts_people=True)
    StatementFactory.create(survey=survey, indicator=indicator)
    desk.post(f"{DESK}{survey.slug}/antwoorden/", answers(survey, 5, 5))
    desk.post(f"{DESK}{survey.slug}/openbaar/")
    assert StatementResult.objects.get().withheld == hidden
    assert Observation.objects.get().withheld == hidden
    assert ("te weinig om te noemen" in text_of(Client().get(PAGE))) == hidden


def test_what_a_source_tells_is_read_and_not_written(desk: Client) -> None:
    survey = SurveyFactory.create(source=SourceFactory.create(), sent=None, returned=None)
    StatementResultFactory.create(statement__survey=survey)
    shown = text_of(Client().get(f"{PAGE}{survey.slug}/"))
    assert "De bron noemt niet hoeveel mensen meededen." in shown
    assert desk.get(f"{DESK}{survey.slug}/").status_code == 200
    assert desk.get(f"{DESK}{survey.slug}/antwoorden/").status_code == 404


@pytest.mark.parametrize("where", ["list", "detail", "desk", "manage", "answers"])
def test_a_page_costs_the_same_at_one_and_at_many(desk: Client, where: str) -> None:
    survey = drafted(is_public=True)
    pages = {
        "list": PAGE,
        "detail": f"{PAGE}{survey.slug}/",
        "desk": DESK,
        "manage": f"{DESK}{survey.slug}/",
        "answers": f"{DESK}{survey.slug}/antwoorden/",
    }

    def more() -> int:
        for held in (survey, drafted(is_public=True)):
            StatementResultFactory.create(
                statement__survey=held, statement__indicator=IndicatorFactory.create(), year=2025
            )
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(pages[where]).status_code == 200
        return len(asked)

    more()  # the first time that somebody reads is noted
    counts = [more(), more(), more()]
    assert counts[0] == counts[1] == counts[2]
