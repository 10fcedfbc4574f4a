"""The council document says what the frozen content says, as HTML."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitor.constants import DocumentVariant, Verdict
from monitor.documents import document_html
from monitor.models import Snapshot
from monitor.snapshots import read
from tests.monitor.payload_fixture import notes_payload, payload


def html_of(content: dict[str, Any], variant: str = DocumentVariant.FULL) -> str:
    return document_html(content, sha256="ab" * 32, version=3, variant=variant)


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html.split("</head>")[1])).split())


def section(html: str, name: str) -> str:
    return html.split(f'id="{name}"')[1].split("</section>")[0]


def keys(value: Any, path: str = "") -> set[str]:
    """Every path of keys in ``value``; the rows of a list share one."""
    if isinstance(value, dict):
        return {f"{path}.{key}" for key in value}.union(
            *(keys(held, f"{path}.{key}") for key, held in value.items())
        )
    if isinstance(value, list):
        return set().union(*(keys(held, f"{path}[]") for held in value))
    return set()


def test_the_counts_on_the_page_are_those_of_the_content() -> None:
    content = payload()
    html = html_of(content)
    counts = content["counts"]
    assert (counts["good"], counts["neutral"], counts["negative"]) == (24, 6, 0)
    assert "24 goed, 6 neutraal, 0 negatief." in words(html)
    overview = section(html, "oogopslag")
    row = words("</head>" + overview.split("Alle doelen geteld")[1].split("</table>")[0])
    assert "19 goed, 10 neutraal, 1 negatief 24 goed, 6 neutraal, 0 negatief 6 verbeterd" in row
    assert content["finding"]["headline"] in words(html)


def test_the_cover_holds_one_mark_a_goal_in_the_order_of_the_agenda() -> None:
    content = payload()
    cover = html_of(content).split("cover-grid")[1].split("</div>")[0]
    title = unescape(cover.split("<title>")[1].split("</title>")[0])
    assert title.split(", ") == [
        f"{goal['label']}: {Verdict(goal['verdict']).label}" for goal in content["goals"]
    ]
    assert cover.count("<g ") == 30


@pytest.mark.parametrize("number", range(8))
def test_a_theme_tells_its_goals_bottlenecks_and_what_partners_did(number: int) -> None:
    content = payload()
    theme = content["themes"][number]
    chapter = section(html_of(content), f"thema-{theme['slug']}")
    text = words("</head>" + chapter)
    for goal in content["goals"]:
        if goal["theme"] == theme["slug"]:
            assert f"{goal['number']}. {goal['label']}" in text
    assert chapter.count('<th scope="row">') >= len(theme["goals"]) + 1
    for told in theme["bottlenecks"]:
        assert f"{told['text']} bij" in text
        assert f"{told['action']} {told['state']} {told['owner']} 1 oktober 2019" in text
    assert "120 deelnemers" in text
    assert "120 deelnemers –" not in text
    assert 'class="c-svg c-svg-line"' in chapter


def test_money_shows_the_sums_and_what_is_not_wmo() -> None:
    text = words("</head>" + section(html_of(payload()), "geld"))
    assert "Samen, zelf opgeteld waarvan maatwerkvoorzieningen € 1.384.000 € 3.677.000" in text
    assert "Totaal volgens de bron gelijk aan de som € 3.677.000" in text
    assert "Schuldhulpverlening (buiten de Wmo)" in text
    assert "bijna € 1.280.000" in text


def test_the_colophon_names_the_version_and_the_hash() -> None:
    text = words("</head>" + section(html_of(payload()), "colofon"))
    assert "Versie 3" in text
    assert "ab" * 32 in text


def test_a_contradiction_shows_both_readings() -> None:
    text = words("</head>" + section(html_of(payload()), "bronnen"))
    assert "De bron schrijft 60. (H8.5)" in text
    assert "Zelf gerekend: 80. (H8.5)" in text


def test_an_edition_without_verdicts_tells_its_notes_and_what_is_absent() -> None:
    html = html_of(notes_payload())
    text = words(html)
    assert "De vraag naar hulp groeit." in text
    assert "Deze monitor geeft geen oordeel per doel." in text
    assert "geen onderzoek onder cliënten" in text
    assert "geen afgesproken bedrag" in text
    assert "cover-grid" not in html
    assert "0 goed" not in text


def test_the_lean_cover_swaps_paper_and_ink() -> None:
    tokens = payload()["tokens"]
    full, lean = html_of(payload()), html_of(payload(), DocumentVariant.LEAN)
    assert f"@page cover {{ background: {tokens['brand']}; }}" in full
    assert f"@page cover {{ background: {tokens['paper']}; }}" in lean
    assert full.split("_contents")[0] != lean
    assert section(full, "oogopslag") == section(lean, "oogopslag")


def test_what_people_wrote_is_never_markup() -> None:
    content = payload()
    content["goals"][0]["explanation"] = "<script>alert(1)</script> & meer"
    html = html_of(content)
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; meer" in html


def test_the_glossary_and_the_words_of_a_verdict_are_the_frozen_ones() -> None:
    content = payload()
    content["glossary"] = [{"word": "wijkpunt", "explanation": "Zoals het toen heette."}]
    content["verdict_words"]["good"] = {"word": "prima", "meaning": "Het ging prima."}
    html = html_of(content)
    terms = words("</head>" + section(html, "begrippen"))
    assert "wijkpunt Zoals het toen heette." in terms
    assert "penvoerder" not in terms
    assert "prima Het ging prima." in words("</head>" + section(html, "leeswijzer"))


def test_an_edition_frozen_without_a_glossary_shows_that_of_the_release() -> None:
    content = payload()
    del content["glossary"], content["verdict_words"]
    assert "penvoerder" in words("</head>" + section(html_of(content), "begrippen"))


def test_the_document_is_well_formed_so_that_the_quick_reader_takes_it() -> None:
    assert ElementTree.fromstring(html_of(payload())).tag == "html"
    assert ElementTree.fromstring(html_of(notes_payload())).tag == "html"


def test_what_the_sources_lack_is_said_once_a_theme() -> None:
    content = payload()
    for theme in content["themes"]:
        for row in theme["bottlenecks"]:
            row.update(action="", owner="", due_on="", state="")
    for theme in content["themes"]:
        text = words("</head>" + section(html_of(content), f"thema-{theme['slug']}"))
        if theme["bottlenecks"]:
            assert text.count("actie, eigenaar en datum bij knelpunten") == 1
            assert "geen actie afgesproken" not in text


def test_years_and_numbers_carry_no_thousands_separator_of_the_screen() -> None:
    assert "2.018" not in html_of(payload())


@pytest.mark.django_db
def test_the_document_asks_the_database_nothing() -> None:
    content = payload()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        html_of(content)
    assert len(queries) == 0


@pytest.mark.django_db
def test_the_demonstration_makes_a_document_and_the_invented_content_has_its_keys() -> None:
    call_command("load_demo", verbosity=0)
    invented = keys(payload())
    for snapshot in Snapshot.objects.select_related("monitor"):
        content = read(snapshot)
        text = words(html_of(content))
        for goal in content["goals"]:
            assert goal["label"] in text
        for partner in content["partners"]:
            assert partner["name"] in text
        for row in content["contradictions"]:
            assert row["title"] in text
    newest = read(Snapshot.objects.get(monitor__year=2018))
    open_ended = (".tokens", ".value.", ".thread", ".sub_assignments[].expectations")
    missing = {
        path
        for path in keys(newest) - invented
        if not any(part in path for part in open_ended)
        and not path.startswith((".goals[].measures", ".themes[].measures"))
        and not path.startswith((".themes[].expectations", ".goals[].bottlenecks", ".notes"))
    }
    assert missing == set()


def test_what_partners_reached_stands_with_its_report_and_says_what_was_invented() -> None:
    text = words("</head>" + section(html_of(payload()), "thema-wonen"))
    assert "De Brug: Bereik onder jongeren (voorbeeld) bij Wonen 1" in text
    assert "Halfjaarrapportage De Brug, ronde 2, geaccepteerd op 14 september 2018" in text
    assert "120 eerste halfjaar 2018 100 gehaald" in text
    assert "Verbeteractie: Wij gaan ook op zaterdag open. 120" in text
    assert "niet afgesproken niet te zeggen" in text


def test_an_edition_frozen_without_results_still_makes_its_document() -> None:
    content = payload()
    del content["reports"]
    for goal in content["goals"]:
        del goal["results"], goal["reports_accepted"], goal["reports_expected"]
    assert "Wat partners bereikten" not in html_of(content)


def test_the_guide_promises_only_what_the_edition_has() -> None:
    full = words("</head>" + section(html_of(payload()), "leeswijzer"))
    assert "de doelen die bewogen" in full
    assert "de hardnekkige uitdagingen" in full
    bare = words("</head>" + section(html_of(notes_payload()), "leeswijzer"))
    for promise in ("doelen die bewogen", "hardnekkige", "de bedragen", "Elk thema heeft"):
        assert promise not in bare


def test_a_date_with_a_word_beside_it_shows_both_and_a_note_is_not_said_twice() -> None:
    content = payload()
    contract = content["partners"][0]["contracts"][0]
    contract["kind"], contract["kind_note"] = "aanbesteding", "aanbesteding, daarna een subsidie"
    contract["dates"] = [{"kind": "ondertekend", "date": "2018-12-18", "text": "addendum"}]
    contract["budget_lines"] = [
        {**contract["budget_lines"][0], "period": "", "when": "per jaar", "per_year": True}
    ]
    told = words(html_of(content))
    assert "ondertekend: 18 december 2018 (addendum)" in told
    assert "aanbesteding, aanbesteding" not in told
    assert "per jaar, jaar niet vermeld" in told


def test_an_invented_contract_and_report_say_so() -> None:
    content = payload()
    partner = content["partners"][0]
    partner["contracts"][0]["example"] = partner["reports"][0]["example"] = True
    told = words(html_of(content))
    assert f"{partner['contracts'][0]['title']} (voorbeeld)" in told
    assert ", voorbeeld" in told
