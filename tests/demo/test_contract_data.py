"""The contracts and the budget in the demonstration data, against a table of our own."""

from __future__ import annotations

import datetime
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from accounts.models import Organisation
from contracts.models import (
    KPI,
    Amendment,
    Budget,
    BudgetLine,
    BudgetPost,
    Contract,
    ContractDate,
    ContractTheme,
    Expectation,
    Party,
    ReportingAgreement,
    SubAssignment,
    Term,
)
from demo.loading import budget, contracts, organisations
from demo.loading.reader import DataFileError
from tests.demo.cycle import DATA, make_agendas

TOM = "tom-in-de-buurt-participatie"
ABSENT = "staat niet in de bron"

# contract, label, amount as a reader sees it, kind, period, per year, earmarked
AMOUNTS = [
    ("driemaster-mag", "Budget gezondheid en bewegen", "bijna € 400.000", "available", "", 0, 0),
    ("driemaster-mag", "Dienstencentrum voor ouderen", "€ 62.000", "available", "", 0, 1),
    ("driemaster-mag", "Vrijwilligersorganisaties", "€ 92.000", "available", "", 0, 1),
    ("driemaster-mag", "Budget groei en ontwikkeling", "ruim € 800.000", "available", "", 0, 0),
    ("driemaster-mag", "Bibliotheek", "€ 200.000", "available", "", 0, 1),
    ("driemaster-mag", "Vrijwilligersorganisaties", "bijna € 50.000", "available", "", 0, 1),
    ("driemaster-mag", "Peuterspeelzalen", "€ 120.000", "available", "", 0, 1),
    (
        "driemaster-mag",
        "Budget maatschappelijke betrokkenheid",
        "bijna € 150.000",
        "available",
        "2014",
        0,
        0,
    ),
    ("driemaster-mag", "Vrijwilligersorganisaties", "€ 75.000", "available", "2014", 0, 1),
    (
        "driemaster-mag",
        "Budget maatschappelijke ondersteuning",
        "bijna € 270.000",
        "available",
        "",
        0,
        0,
    ),
    ("driemaster-mag", "Ouderenadviseur van de Spil", "€ 82.000", "available", "", 0, 1),
    ("driemaster-mag", "Vrijwilligersorganisaties", "€ 34.000", "available", "", 0, 1),
    ("driemaster-mag", "Subsidie", "ruim € 1.550.000", "agreed", "", 1, 0),
    (
        TOM,
        "Beschikbaar in de aanbesteding voor Kaag en Braassem",
        "€ 1.255.000",
        "available",
        "2014/2018",
        1,
        0,
    ),
    (TOM, "Subsidie", "€ 750.000", "agreed", "2014/2018", 1, 0),
    (TOM, "Subsidie voor 2019 en 2020", "€ 844.759", "agreed", "2019/2020", 0, 0),
    (
        "driemaster-mag-2-0",
        "Beschikbaar volgens het programma",
        "€ 1.650.000",
        "available",
        "2017/2018",
        0,
        0,
    ),
    ("driemaster-mag-2-0", "Subsidie 2017", "€ 1.750.000", "agreed", "2017", 0, 0),
    ("driemaster-mag-2-0", "Subsidie 2018", "€ 1.720.000", "agreed", "2018", 0, 0),
    ("driemaster-mag-2-0", "Matchgelden cultuur", ABSENT, "agreed", "", 0, 1),
    ("driemaster-mag-2-0", "Begeleiding van asielgerechtigden", ABSENT, "agreed", "", 0, 1),
    ("driemaster-mag-2-0", "Vrijwilligersorganisaties", ABSENT, "agreed", "", 0, 1),
    ("driemaster-mag-2-0", "Vergoeding peuterspeelzalen", ABSENT, "agreed", "", 0, 1),
    ("driemaster-mag-2-0", "Maatschappelijk vastgoed", ABSENT, "agreed", "", 0, 1),
    ("wmo-oud", "Budget 2019", ABSENT, "available", "2019", 0, 0),
]

DATES = {
    ("driemaster-mag", "tender_started", None, "eind 2012"),
    ("driemaster-mag", "awarded", datetime.date(2013, 3, 5), ""),
    ("driemaster-mag", "signed", datetime.date(2014, 12, 4), ""),
    (TOM, "tender_published", datetime.date(2014, 6, 5), ""),
    (TOM, "awarded", datetime.date(2014, 9, 23), ""),
    (TOM, "signed", datetime.date(2018, 12, 18), "addendum"),
    (TOM, "kpis_redefined", None, "januari 2019"),
    ("driemaster-mag-2-0", "signed", datetime.date(2017, 6, 13), ""),
    ("kernteam", "effective", None, "2015"),
    ("wmo-oud", "effective", None, "uitvoering bij Participe vanaf 2017"),
    ("wmo-oud", "awarded", None, "2018 volgens H6.8"),
    ("ondersteuning", "withdrawn", None, "2020"),
}

PARTIES = {
    ("driemaster-mag", "participe", "member"),
    ("driemaster-mag", "kwadraad", "member"),
    ("driemaster-mag", "wijdezorg", "member"),
    (TOM, "kwadraad", "lead"),
    (TOM, "kwadraad", "member"),
    (TOM, "participe", "member"),
    (TOM, "gemiva-svg", "member"),
    (TOM, "kwintes", "member"),
    (TOM, "alphen-aan-den-rijn", "co_client"),
    (TOM, "nieuwkoop", "co_client"),
    (TOM, "alphen-aan-den-rijn", "involved"),
    ("driemaster-mag-2-0", "participe", "lead"),
    ("kernteam", "go-voor-jeugd", "contractor"),
    ("kernteam", "kwadraad", "contractor"),
    ("kernteam", "mee", "contractor"),
    ("kernteam", "gemiva-svg", "contractor"),
    ("kernteam", "participe", "contractor"),
    ("wmo-oud", "participe", "contractor"),
}


@pytest.fixture
def agendas(db: None) -> None:
    make_agendas()


@pytest.fixture
def loaded(agendas: None) -> None:
    organisations.load(DATA)
    contracts.load(DATA)
    budget.load(DATA)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def copy_with(tmp_path: Path, name: str, old: str, new: str) -> Path:
    """A copy of the data in which ``old`` is ``new`` in one file."""
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1))
    return folder


@pytest.mark.usefixtures("loaded")
def test_there_are_six_contracts_with_their_partner_and_agendas() -> None:
    told = {
        contract.slug: (
            contract.partner.slug if contract.partner else None,
            sorted(f"{v.agenda.slug}/{v.number}" for v in contract.agenda_versions.all()),
        )
        for contract in Contract.objects.all()
    }
    assert told == {
        "driemaster-mag": ("driemaster", ["mag-3d/1", "mag/1"]),
        TOM: ("tom-in-de-buurt", ["mag-2-0/1", "mag-3d/1", "mag/1"]),
        "driemaster-mag-2-0": ("driemaster", ["mag-2-0/1"]),
        "kernteam": ("kernteam", ["mag-2-0/1"]),
        "wmo-oud": ("participe", ["mag-2-0/1"]),
        "ondersteuning": (None, ["mag-2-0/1"]),
    }


@pytest.mark.usefixtures("loaded")
def test_history_has_no_status_that_nobody_gave_it() -> None:
    assert set(Contract.objects.values_list("origin", "status")) == {("source", None)}


@pytest.mark.usefixtures("loaded")
def test_twelve_organisations_are_there_with_their_kind() -> None:
    assert dict(Organisation.objects.filter(description__gt="").values_list("slug", "kind")) == {
        **dict.fromkeys(("driemaster", "tom-in-de-buurt", "kernteam"), "coalition"),
        **dict.fromkeys(
            ("participe", "kwadraad", "wijdezorg", "gemiva-svg", "kwintes", "mee"), "partner"
        ),
        "go-voor-jeugd": "partner",
        **dict.fromkeys(("alphen-aan-den-rijn", "nieuwkoop"), "municipality"),
    }


@pytest.mark.usefixtures("loaded")
def test_every_step_has_the_date_or_the_words_of_the_source() -> None:
    assert set(ContractDate.objects.values_list("contract__slug", "kind", "date", "text")) == DATES


@pytest.mark.usefixtures("loaded")
def test_every_party_has_its_role() -> None:
    assert set(Party.objects.values_list("contract__slug", "organisation__slug", "role")) == PARTIES


@pytest.mark.usefixtures("loaded")
def test_every_amount_stands_as_the_source_gives_it() -> None:
    told = [
        (
            line.contract.slug,
            line.label,
            plain(line.value.display()),
            line.amount_kind,
            line.period.code if line.period else "",
            int(line.per_year),
            int(line.is_earmarked),
        )
        for line in BudgetLine.objects.select_related("contract").order_by(
            "contract__order", "order"
        )
    ]
    assert told == AMOUNTS


@pytest.mark.usefixtures("loaded")
def test_the_subsidy_of_the_addendum_is_one_amount_with_its_remark() -> None:
    line = BudgetLine.objects.get(number=Decimal(844_759))
    assert not line.per_year
    assert "per jaar geldt of voor beide jaren" in line.note
    assert [
        each.pk for each in BudgetLine.objects.filter(contract=line.contract, ended_by=None)
    ] == [line.pk]


@pytest.mark.usefixtures("loaded")
def test_the_sub_assignments_have_their_earmarks_and_results() -> None:
    told = {
        part.number: (
            part.theme.slug if part.theme else "",
            part.budget_lines.filter(is_earmarked=False).count(),
            [int(line.number or 0) for line in part.budget_lines.filter(is_earmarked=True)],
            part.expectations.filter(kind="result").count(),
        )
        for part in SubAssignment.objects.all()
    }
    assert told == {
        "1": ("gezondheid-en-bewegen", 1, [62_000, 92_000], 8),
        "2": ("groei-en-ontwikkeling", 1, [200_000, 50_000, 120_000], 9),
        "4": ("maatschappelijke-betrokkenheid", 1, [75_000], 5),
        "5": ("maatschappelijke-ondersteuning", 1, [82_000, 34_000], 4),
    }


@pytest.mark.usefixtures("loaded")
def test_nobody_could_bid_for_working_and_living() -> None:
    closed = ContractTheme.objects.filter(is_open=False)
    assert set(closed.values_list("contract__slug", "theme__slug")) == {
        ("driemaster-mag", "werken-en-leren"),
        ("driemaster-mag", "wonen-en-leefomgeving"),
    }


@pytest.mark.usefixtures("loaded")
def test_the_programme_names_34_expectations_under_its_eight_themes() -> None:
    told = [
        Expectation.objects.filter(
            kind="expectation", theme__slug=slug, theme__version__number=2
        ).count()
        for slug in (
            "wonen",
            "werken",
            "gezondheid-en-veiligheid",
            "toegang",
            "ontwikkeling",
            "ondersteuning",
            "investeren-in-mensen",
            "maatschappelijk-vastgoed",
        )
    ]
    assert told == [6, 4, 4, 3, 3, 5, 6, 3]
    assert sum(told) == Expectation.objects.filter(kind="expectation").count() == 34
    assert Expectation.objects.filter(kind="effect", contract__slug=TOM).count() == 3


@pytest.mark.usefixtures("loaded")
def test_the_addendum_replaces_five_kpi_subjects_by_nine() -> None:
    kpis = KPI.objects.filter(contract__slug=TOM)
    assert [kpi.name for kpi in kpis.as_amended_by(0)] == [
        "Zelfredzaamheid en eigen regie",
        "Gebruik van algemene middelen",
        "Passende ondersteuning is beschikbaar en bereikbaar",
        "Uitvoering van de tegenprestatie",
        "Klanttevredenheid",
    ]
    assert [kpi.name for kpi in kpis.as_amended_by(1)] == [
        "Zelfredzaamheid en regie",
        "Uitvoering van sociale participatie",
        "Uitvoering van de inzet",
        "Social return on investment",
        "Klanttevredenheid",
        "Tevredenheid van samenwerkingspartners",
        "Beschikbaarheid en bereikbaarheid",
        "Soepele overgang van 18- naar 18+",
        "Pilot woontraining LVB",
    ]
    assert set(
        kpis.values_list("indicator__level", "indicator__value_type", "indicator__direction")
    ) == {("performance", "", "")}


@pytest.mark.usefixtures("loaded")
def test_the_number_of_kpis_is_what_the_source_counts() -> None:
    counted = dict(Contract.objects.exclude(kpi_count=None).values_list("slug", "kpi_count"))
    assert counted == {"driemaster-mag-2-0": 44, TOM: 10}


@pytest.mark.usefixtures("loaded")
def test_the_addendum_was_signed_for_two_years() -> None:
    addendum = Amendment.objects.get(number=1)
    assert (addendum.contract.slug, addendum.signed_on, addendum.term.code) == (
        TOM,
        datetime.date(2018, 12, 18),
        "2019/2020",
    )


@pytest.mark.usefixtures("loaded")
def test_reporting_is_agreed_with_its_sections() -> None:
    told = {
        agreement.contract.slug: (
            agreement.frequency,
            [section.kind for section in agreement.sections.all()],
        )
        for agreement in ReportingAgreement.objects.all()
    }
    five = ["trends", "results", "cooperation", "numbers", "bottlenecks"]
    assert told == {
        "driemaster-mag": ("yearly", []),
        TOM: ("half_yearly", five),
        "driemaster-mag-2-0": (
            "half_yearly",
            ["client_experience", "trends", "goes_well", "goes_less_well", "kpi_scores"],
        ),
        "wmo-oud": ("half_yearly", five),
    }


@pytest.mark.usefixtures("loaded")
def test_the_terms_of_each_contract_are_complete() -> None:
    def count(slug: str, kind: str) -> int:
        return Term.objects.filter(contract__slug=slug, kind=kind).count()

    assert count(TOM, "cooperation") == 8
    assert count(TOM, "scope") == 6
    assert count("driemaster-mag-2-0", "cooperation") == 6
    assert count("kernteam", "scope") == 6
    assert (count("wmo-oud", "scope"), count("wmo-oud", "facility")) == (7, 5)
    assert (count("wmo-oud", "division"), count("wmo-oud", "privacy")) == (2, 1)


@pytest.mark.usefixtures("loaded")
def test_the_budget_of_the_wmo_adds_up() -> None:
    table = Budget.objects.get()
    told = [(item.number, int(item.amount), item.is_custom_care) for item in table.items.all()]
    assert told == [(1, 2_293_000, False), (2, 325_000, True), (3, 1_059_000, True)]
    assert table.computed_total() == table.stated_total == 3_677_000
    custom_care = sum(item.amount for item in table.items.filter(is_custom_care=True))
    assert custom_care == 1_384_000
    assert table.year == 2020
    assert "2019" in table.note


@pytest.mark.usefixtures("loaded")
def test_what_is_not_the_wmo_is_marked() -> None:
    outside = BudgetPost.objects.filter(outside_wmo=True)
    assert set(outside.values_list("item__number", "name")) == {
        (2, "Gehandicaptenparkeerkaarten"),
        (3, "Schuldhulpverlening"),
    }


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    "model",
    [
        Contract,
        Amendment,
        ContractDate,
        Party,
        ContractTheme,
        SubAssignment,
        Expectation,
        KPI,
        BudgetLine,
        ReportingAgreement,
        Term,
        Budget,
    ],
)
def test_every_row_opens_to_its_source(model: type[Contract]) -> None:
    assert model.objects.exists()
    assert not model.objects.filter(source=None).exists()
    assert not model.objects.filter(locator="").exists()


def test_a_budget_that_does_not_add_up_is_refused(agendas: None, tmp_path: Path) -> None:
    folder = copy_with(tmp_path, "budget.yaml", "amount: 325000", "amount: 326000")
    with pytest.raises(DataFileError, match=r"budget\.yaml, regel \d+: De onderdelen zijn samen"):
        budget.load(folder)
    assert not Budget.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("partner: driemaster", "partner: driemeester", "Er is geen organisatie ‘driemeester’"),
        ("theme: werken-en-leren", "theme: werken", "Er is geen thema in .* ‘werken’"),
        ("amount: bijna 400.000", "amount: veel", "‘veel’ is geen getal"),
        ("date: 2013-03-05", "date: 2013-02-30", "geen bestaande datum"),
        ("ended_by: 1}", "ended_by: 7}", "Er is geen addendum met nummer ‘7’"),
        ("ended_by: 1}", "ended_by: 0}", "eindig"),
    ],
)
def test_a_wrong_contract_is_told_by_line_and_nothing_is_kept(
    agendas: None, tmp_path: Path, old: str, new: str, message: str
) -> None:
    organisations.load(DATA)
    folder = copy_with(tmp_path, "contracts.yaml", old, new)
    with pytest.raises(DataFileError, match=rf"contracts\.yaml, regel \d+: .*{message}"):
        contracts.load(folder)
    assert not Contract.objects.exists()
