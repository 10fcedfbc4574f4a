"""What partners reported, against a table of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo.loading import contracts, organisations, reports
from demo.loading.reader import DataFileError
from reporting.models import Activity, Figure, Narrative, Report, Spending
from tests.demo.cycle import DATA, make_agendas
from tests.demo.test_contract_data import copy_with, plain

TOM = "tom-in-de-buurt-participatie"

# contract, period, kind: activities, achieved, not achieved, bottlenecks, signals, figures, money
REPORTS = {
    ("driemaster-mag", "2015/2016", "annual"): (0, 0, 3, 0, 0, 0, 0),
    ("driemaster-mag-2-0", "2017", "annual"): (0, 2, 4, 3, 0, 0, 0),
    ("driemaster-mag-2-0", "2018", "annual"): (0, 9, 4, 5, 0, 1, 0),
    (TOM, "2016", "annual"): (0, 4, 1, 4, 0, 0, 0),
    (TOM, "2017", "annual"): (0, 1, 0, 3, 0, 4, 0),
    (TOM, "2018", "annual"): (0, 6, 1, 4, 0, 2, 0),
    ("wmo-oud", "2017", "annual"): (0, 2, 1, 1, 0, 8, 2),
    ("wmo-oud", "2018", "annual"): (0, 4, 0, 0, 0, 6, 1),
    ("driemaster-mag-2-0", "2018/2019", "research"): (15, 0, 0, 6, 3, 18, 0),
    (TOM, "2018/2019", "research"): (5, 0, 0, 6, 0, 7, 0),
    ("wmo-oud", "2018/2019", "research"): (2, 0, 0, 0, 7, 0, 0),
}

# period, label: the figure as a reader sees it
FIGURES = {
    ("2018", "Cliënten verwezen via welzijn op recept"): "meer dan 100",
    ("2017", "Inwoners met een hulpvraag die zich beter redden"): "75%",
    ("2017", "Heropende dossiers"): "minder dan 10%",
    ("2017", "Social return"): "tweemaal zo hoog als het afgesproken percentage",
    ("2018", "Incidenten"): "0",
    ("2017", "Aanmeldingen"): "461",
    ("2017", "Aanvragen"): "381",
    ("2017", "Aanmeldingen zonder aanvraag"): "60",
    ("2017", "Besluiten genomen"): "360",
    ("2017", "Besluiten vervallen na de aanvraag"): "13",
    ("2017", "Bezwaren"): "1",
    ("2017", "Klanten verwezen naar de mantelzorgconsulent"): "ten minste 20",
    ("2018", "Aanmeldingen"): "staat niet in de bron",
    ("2018", "Aanvragen"): "743",
    ("2018", "Aanvragen afgewezen"): "12",
    ("2018", "Bezwaren"): "5",
    ("2018", "Voorlichting op de netwerkbijeenkomst dementie"): "2",
    ("2018/2019", "Groepen"): "4",
    ("2018/2019", "Deelnemers"): "82",
    ("2018/2019", "Professionals in het netwerk dementie"): "circa 50",
    ("2018/2019", "Deelnemers aan trainingen"): "109",
    ("2018/2019", "Statushouder die een leerwerktraject afrondde"): "1",
    ("2018/2019", "Jongeren in de hangout"): "30",
    ("2018/2019", "Stagiairs bij de Driemaster"): "4",
    ("2018/2019", "Leerwerkplekken bij anderen"): "3",
    ("2018/2019", "Aanmeldingen welzijn op recept"): "meer dan 100",
    ("2018/2019", "Cliënten van de ouderenadviseur"): "156",
    ("2018/2019", "Gesprekken van de ouderenadviseur"): "192",
    ("2018/2019", "Verzoeken om cliëntondersteuning"): "19",
    ("2018/2019", "Hulpvragen"): "33",
    ("2018/2019", "Vrijwilligers"): "22",
    ("2018/2019", "Jongeren per keer"): "10 tot 20",
    ("2018/2019", "Meiden bij hun eigen activiteit (gemiddeld)"): "15",
    ("2018/2019", "Jongerenwerkers in een team op straat"): "2",
    ("2018/2019", "Klanten naar vrijwilligerswerk"): "circa 4 tot 6",
    ("2018/2019", "Klanten van de ontmoetingscentra"): "26",
    ("2018/2019", "Van hen via Tom in de buurt"): "5",
    ("2018/2019", "Klanten van het sociaal wijkteam"): "97",
    ("2018/2019", "Eerste bespreking na"): "3",
    ("2018/2019", "Meldingen welzijn op recept door huisartsen"): "115",
    ("2018/2019", "Samen op het wijkpunt"): "4",
}
# The same label in two contracts.
COMPLAINTS = {
    (TOM, "2017"): "2",
    (TOM, "2018"): "0",
    ("wmo-oud", "2017"): "5",
    ("wmo-oud", "2018"): "staat niet in de bron",
}

# The fifteen activities of the Driemaster, in order, with the theme of MAG 2.0.
ACTIVITIES = [
    ("Statushouders", "wonen"),
    ("Kwetsbare mensen", "wonen"),
    ("Laaggeletterdheid", "werken"),
    ("Op weg naar werk", "werken"),
    ("Jeugd en werk", "werken"),
    ("Alcohol en drugs", "gezondheid-en-veiligheid"),
    ("Gezonde leefstijl", "gezondheid-en-veiligheid"),
    ("Veiligheid", "gezondheid-en-veiligheid"),
    ("Toegang", "toegang"),
    ("Ontwikkeling", "ontwikkeling"),
    ("Ondersteuning", "ondersteuning"),
    ("Mantelzorg en vrijwilligers", "investeren-in-mensen"),
    ("Vastgoed", "maatschappelijk-vastgoed"),
    ("Jongerenwerk", None),
    ("Hang Out", None),
]


@pytest.fixture
def agreed(db: None) -> None:
    make_agendas()
    organisations.load(DATA)
    contracts.load(DATA)


@pytest.fixture
def loaded(agreed: None) -> None:
    reports.load(DATA)


@pytest.mark.usefixtures("loaded")
def test_every_report_has_all_that_the_source_tells() -> None:
    def count(report: Report, section: str) -> int:
        return report.narratives.filter(section=section).count()

    told = {
        (report.contract.slug, report.period.code, report.kind): (
            report.activities.count(),
            count(report, "achieved"),
            count(report, "not_achieved"),
            count(report, "bottleneck"),
            count(report, "signal"),
            report.figures.count(),
            report.spendings.count(),
        )
        for report in Report.objects.select_related("contract")
    }
    assert told == REPORTS


@pytest.mark.usefixtures("loaded")
def test_history_has_no_status_that_nobody_gave_it() -> None:
    assert set(Report.objects.values_list("origin", "status")) == {("source", None)}


@pytest.mark.usefixtures("loaded")
def test_every_figure_stands_as_the_source_gives_it() -> None:
    told = {
        (figure.report.period.code, figure.label): plain(figure.value.display())
        for figure in Figure.objects.select_related("report").exclude(label="Klachten")
    }
    assert told == FIGURES
    complaints = Figure.objects.filter(label="Klachten").select_related("report__contract")
    assert {
        (figure.report.contract.slug, figure.report.period.code): figure.value.display()
        for figure in complaints
    } == COMPLAINTS


@pytest.mark.usefixtures("loaded")
def test_figures_that_do_not_add_up_are_kept_and_told() -> None:
    figures = {
        figure.label: figure
        for figure in Figure.objects.filter(report__contract__slug="wmo-oud", report__period="2017")
    }
    numbers = [
        figures[label].number
        for label in ("Aanmeldingen", "Aanvragen", "Aanmeldingen zonder aanvraag")
    ]
    assert numbers == [461, 381, 60]
    assert figures["Aanmeldingen zonder aanvraag"].note == (
        "De bron schrijft 60; 461 min 381 is 80."
    )


@pytest.mark.usefixtures("loaded")
def test_a_reported_percentage_is_never_taken_together() -> None:
    percentages = Figure.objects.filter(value_type="percentage")
    assert [figure.basis for figure in percentages] == ["reported", "reported"]
    assert not any(figure.value.may_aggregate for figure in percentages)


@pytest.mark.usefixtures("loaded")
def test_the_driemaster_achieved_27_kpis_of_an_unknown_number() -> None:
    report = Report.objects.get(kpis_achieved__isnull=False)
    assert (report.period.code, report.kpis_achieved, report.kpis_total) == ("2015/2016", 27, None)


@pytest.mark.usefixtures("loaded")
def test_spending_is_told_with_its_reserve_and_outside_the_wmo_only_where_the_source_says() -> None:
    told = [
        (line.period.code, plain(line.value.display()), line.outside_wmo)
        for line in Spending.objects.order_by("period", "order")
    ]
    assert told == [
        ("2017", "€ 1.400.000", False),
        ("2017", "€ 650.000", False),
        ("2018", "bijna € 1.280.000", False),
    ]
    assert "leerlingenvervoer horen niet tot de Wmo" in Spending.objects.get(period="2018").note


@pytest.mark.usefixtures("loaded")
def test_the_fifteen_activities_of_the_driemaster_hang_on_their_theme() -> None:
    activities = Activity.objects.filter(report__contract__slug="driemaster-mag-2-0")
    assert list(activities.values_list("heading", "theme__slug")) == ACTIVITIES
    assert set(
        activities.exclude(theme=None).values_list(
            "theme__version__agenda__slug", "theme__version__number"
        )
    ) == {("mag-2-0", 2)}


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("model", [Report, Activity, Narrative, Figure, Spending])
def test_every_row_opens_to_its_source(model: type[Report]) -> None:
    assert model.objects.exists()
    assert not model.objects.filter(source=None).exists()
    assert not model.objects.filter(locator="").exists()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('value: "461"', "value: velen", "geen getal"),
        ("theme: toegang", "theme: ingang", "Er is geen thema in .* ‘ingang’"),
        ("contract: wmo-oud", "contract: wmo-nieuw", "Er is geen overeenkomst ‘wmo-nieuw’"),
        ('value: "75"', 'value: "175"', "tussen 0 en 100"),
        ("period: 2016", "period: 2018/2016", "eindigt voor zij begint"),
    ],
)
def test_a_wrong_report_is_told_by_line_and_nothing_is_kept(
    agreed: None, tmp_path: Path, old: str, new: str, message: str
) -> None:
    folder = copy_with(tmp_path, "reports.yaml", old, new)
    with pytest.raises(DataFileError, match=rf"reports\.yaml, regel \d+: .*{message}"):
        reports.load(folder)
    assert not Report.objects.exists()
