"""Web page, document and open data of one edition give the same figures, as frozen."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.test import Client
from pypdf import PdfReader

from demo.loading.everything import load_everything
from monitor.documents.build import build_bytes
from monitor.models import Snapshot

pytestmark = pytest.mark.django_db

# As the source counts them (H8.5).
SOURCE = {2017: (19, 10, 1), 2018: (24, 6, 0)}


@pytest.mark.parametrize("year", [2017, 2018])
def test_the_counts_are_the_same_on_the_web_in_the_document_and_in_the_data(
    client: Client, year: int
) -> None:
    load_everything()
    snapshot = Snapshot.objects.of_published(year, "annual").newest_first()[0]

    data = json.loads(client.get(f"/monitor/{year}/monitor.json").content)
    counts = data["counts"]
    assert (counts["good"], counts["neutral"], counts["negative"]) == SOURCE[year]
    good, neutral, negative = SOURCE[year]

    page = client.get(f"/monitor/{year}/").content.decode()
    cells = page[page.index('class="matrix"') :]
    assert len(re.findall(r'class="matrix-goal[ "]', cells)) == counts["total"] == 30
    assert data["finding"]["headline"] in page
    assert f"{good} van de 30 doelen staan op goed" in page

    pdf = PdfReader(io.BytesIO(build_bytes(snapshot, "full")))
    text = re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in pdf.pages))
    assert f"{good} goed, {neutral} neutraal, {negative} negatief" in text
    assert data["finding"]["headline"] in text
    for goal in data["goals"]:
        assert goal["label"] in page
        assert goal["label"].split()[0] in text
    assert snapshot.sha256 in re.sub(r"\s", "", text)
    assert snapshot.sha256 in page
