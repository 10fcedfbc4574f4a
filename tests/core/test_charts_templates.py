"""The templates: the same picture on the web and in the accessible document."""

import io
from decimal import Decimal as D
from typing import Any

import pypdf
import pytest
import weasyprint
from django.template import Context, Template

from core.charts import (
    BarChart,
    BarRow,
    Category,
    FlowChart,
    FlowItem,
    LineChart,
    Point,
    ShareChart,
    ShareItem,
    SparkChart,
)

POINTS = [Point("2017", D("86.5"), target=D(85)), Point("2018", D(69), True, D(85))]
CASES: list[tuple[str, Any, list[str]]] = [
    ("line_chart", LineChart("a", "Eén <zin>.", "Wat", POINTS, "%"), ["69%", "streefwaarde"]),
    ("bar_chart", BarChart("b", "Zin.", "Wat", [BarRow("Snel", D(72), D(76))], "%"), ["Snel"]),
    ("share_chart", ShareChart("c", "Zin.", "Wat", [ShareItem("Post a", D(1500))]), ["1.500"]),
    ("spark_chart", SparkChart("d", "Zin.", POINTS), ["86,5", "streef"]),
    (
        "flow_chart",
        FlowChart(
            "e", "Zin.", "Wat", [Category("goed", "disc", "goed")], [FlowItem(0, 0)], "2017", "2018"
        ),
        ["1 gelijk", "goed"],
    ),
]


@pytest.mark.parametrize(("tag", "chart", "labels"), CASES)
def test_a_chart_has_title_and_table_and_its_labels_are_text_in_the_document(
    tag: str, chart: Any, labels: list[str]
) -> None:
    source = "{% load charts %}{% " + tag + " chart %}"
    html = Template(source).render(Context({"chart": chart}))
    assert "<title id=" in html
    assert "<desc id=" in html
    assert "style=" not in html
    assert "<zin>" not in html
    assert ("<caption>" in html) == (tag != "spark_chart")
    page = f"<html lang='nl'><head><title>t</title></head><body>{html}</body></html>"
    pdf = weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
    text = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert all(label in text for label in labels)
