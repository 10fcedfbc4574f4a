"""What an accepted report told stands with its partner: on the page, in the edition, as a table."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agenda.story import Story
from contracts.terms import terms_of
from reporting import actions
from reporting.actions import NotReady
from reporting.models import Report
from reporting.story import partner_stories
from tests.factories_agenda import GoalFactory
from tests.reporting.cycle import Cycle, answers, cycle, fill, submit, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted() -> Cycle:
    made = cycle(4)
    write(
        made,
        {
            **answers(made),
            "results-text": "De groepen in de buurt zijn gegroeid.",
            "bottleneck-1-text": "Er is geen woning.",
            "bottleneck-1-cause": "Er komt weinig vrij.",
            "bottleneck-1-solution": "Afspraken met de corporatie.",
            "complaints-complaints": "2",
            "complaints-complaints_nature": "Over wisselende begeleiders.",
            "activity-1-heading": "Koffie in de buurt",
            "activity-1-text": "Elke week.",
            "activity-1-place": "buiten",
        },
    )
    submit(made)
    made.report.refresh_from_db()
    actions.accept(made.report, user=made.manager, round_number=1)
    return made


def story(made: Cycle) -> Story:
    [partner] = [row for row in partner_stories() if row["slug"] == made.partner.slug]
    [report] = partner["reports"]
    told: Story = report
    return told


def test_a_report_tells_its_results_numbers_sentences_and_spending(accepted: Cycle) -> None:
    told = story(accepted)
    results = told["results"]
    assert [row["name"] for row in results] == [f"Indicator {n}" for n in range(1, 5)]
    assert (told["kpis_achieved"], told["kpis_total"]) == (4, 4)
    figures = {row["label"]: row["display"] for row in told["figures"]}
    assert figures["Klachten"] == "2"
    assert figures["Aanmeldingen"] == "12"
    [spent] = told["spendings"]
    assert spent["quantity"] == "400"
    assert "Verwacht voor het hele jaar: € 900." in spent["note"].replace("\xa0", " ")
    lines = {row["code"]: row["lines"] for row in told["sections"]}
    assert lines["bottlenecks"][0]["note"].startswith("Oorzaak: Er komt weinig vrij.")


def test_the_page_of_the_partner_shows_it_and_leads_to_the_report(
    client: Client, accepted: Cycle
) -> None:
    page = client.get(reverse("partner_detail", args=[accepted.partner.slug])).content.decode()
    for words in (
        "4 van 4 prestatie-indicatoren behaald",
        "De groepen in de buurt zijn gegroeid.",
        "Koffie in de buurt",
        "Over wisselende begeleiders.",
        reverse("report_detail", args=[accepted.partner.slug, accepted.report.pk, 1]),
    ):
        assert words in page


def test_the_table_has_a_row_for_each_result(client: Client, accepted: Cycle) -> None:
    address = reverse("partner_figures_csv", args=[accepted.partner.slug])
    table = client.get(address).content.decode()
    assert table.count(";prestatie-indicatoren;") == 4
    assert ";prestatie-indicatoren;Indicator 2;90;%;90%;" in table


def test_what_was_handed_in_but_not_accepted_is_not_told(client: Client) -> None:
    made = cycle(1)
    fill(made)
    submit(made)
    assert all(row["reports"] == [] for row in partner_stories())


def test_the_round_that_is_known_is_told_even_when_the_report_is_open_again(
    accepted: Cycle,
) -> None:
    actions.reopen(accepted.report, user=accepted.manager, reason="Een fout.")
    assert all(row["reports"] == [] for row in partner_stories())
    [partner] = [
        row
        for row in partner_stories(known={accepted.report.pk: 1})
        if row["slug"] == accepted.partner.slug
    ]
    assert [row["round"] for row in partner["reports"]] == [1]


def test_many_reports_cost_as_many_queries_as_one(accepted: Cycle) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            partner_stories()
        return len(queries)

    few = asked()
    later = Report.objects.get(contract=accepted.contract, period="2019-H2")
    again = Cycle(**{**accepted.__dict__, "report": later})
    fill(again)
    submit(again, at=datetime.datetime(2020, 2, 1, tzinfo=datetime.UTC))
    later.refresh_from_db()
    actions.accept(later, user=accepted.manager, round_number=1)
    assert asked() == few


def test_an_activity_stands_with_the_theme_and_goal_that_the_partner_chose() -> None:
    made = cycle(1)
    goal = GoalFactory.create(label="Iedereen doet mee", theme__name="Meedoen")
    made.contract.agenda_versions.add(goal.theme.version)
    place = f"{goal.theme.slug}/{goal.slug}"
    write(made, {**answers(made), "activity-1-place": place})
    submit(made)
    made.report.refresh_from_db()
    actions.accept(made.report, user=made.manager, round_number=1)
    [told] = story(made)["activities"]
    assert (told["theme"], told["theme_slug"]) == ("Meedoen", goal.theme.slug)
    assert told["note"] == "Bij het doel ‘Iedereen doet mee’."


def test_a_place_that_the_agenda_has_not_is_named_and_stays_typed() -> None:
    made = cycle(1)
    write(made, {**answers(made), "activity-1-place": "weg/bestaat-niet"})
    with pytest.raises(NotReady) as refused:
        submit(made)
    told = [finding.text for finding in refused.value.findings if not finding.is_warning]
    assert told == ["Dit thema of doel staat niet meer in de agenda. Kies opnieuw."]
    assert made.report.answers.get(key="activity-1-place").text == "weg/bestaat-niet"


def test_goals_of_two_versions_of_an_agenda_are_offered_once() -> None:
    made = cycle(1)
    first = GoalFactory.create(theme__version__adopted=True)
    agenda = first.theme.version.agenda
    second = GoalFactory.create(theme__version__agenda=agenda, theme__version__number=2)
    made.contract.agenda_versions.add(first.theme.version, second.theme.version)
    places = terms_of(made.contract, made.report.period).places
    assert [place.goal for place in places] == ["", second.label]
