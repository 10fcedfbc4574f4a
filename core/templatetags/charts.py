"""Charts in templates: the same picture on the web and in the document.

``{% line_chart chart %}``, ``{% bar_chart chart %}``, ``{% share_chart chart %}`` and
``{% flow_chart chart %}`` write a whole figure: finding, what is measured, picture, notes, table
and link to the spreadsheet. Options:

- ``width``: ``"both"`` (the web: the sheet shows one by the width of the screen), ``"wide"`` or
  ``"narrow"`` (the document);
- ``table=False`` leaves the table out, where the page already holds it;
- ``csv_url``: where the figures can be downloaded.

``{% network_chart chart %}`` writes a figure that can be enlarged, whose boxes are links; the page
holds the same as a list.
``{% spark_chart chart %}`` writes only the small picture, with every value in it as text.
``{% chart_table table csv_url="" %}`` writes a ``DataTable`` on its own.

Colours come from ``chart_tokens`` in the context (a frozen edition brings its own), or else from
the installation's style sheet.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core.charts import (
    NARROW_WIDTH,
    WIDE,
    BarChart,
    DataTable,
    FlowChart,
    LineChart,
    NetworkChart,
    ShareChart,
    SparkChart,
    bar_table,
    draw_bars,
    draw_flow,
    draw_line,
    draw_network,
    draw_shares,
    draw_spark,
    flow_notes,
    flow_table,
    line_notes,
    line_table,
    share_table,
)
from core.charts.flow import FLOW_WIDTH
from core.tokens import tokens

register = template.Library()


def _widths(width: str, wide: float = WIDE) -> dict[str, float]:
    every: dict[str, float] = {"wide": wide, "narrow": NARROW_WIDTH}
    if width == "both":
        return every
    if width not in every:
        raise template.TemplateSyntaxError(f"A chart is both, wide or narrow; not {width!r}.")
    return {width: every[width]}


def _tokens(context: Context) -> dict[str, str]:
    return context.get("chart_tokens") or tokens()


def _figure(
    context: Context,
    name: str,
    chart: Any,
    pictures: dict[str, Any],
    table: DataTable | None,
    csv_url: str,
    notes: list[str] | None = None,
) -> SafeString:
    colours = _tokens(context)
    return render_to_string(
        f"charts/_{name}.html",
        {
            "kind": name,
            "chart": chart,
            "pictures": {key: picture for key, picture in pictures.items() if picture is not None},
            "both": len(pictures) > 1,
            "data": table,
            "csv_url": csv_url,
            "notes": notes or [],
            "colours": colours,
            # A template cannot look up a name with a dash in it.
            "c": {token.replace("-", "_"): value for token, value in colours.items()},
        },
    )


@register.simple_tag(takes_context=True)
def line_chart(
    context: Context,
    chart: LineChart,
    *,
    width: str = "both",
    table: bool = True,
    csv_url: str = "",
) -> SafeString:
    pictures = {key: draw_line(chart, units) for key, units in _widths(width).items()}
    data = line_table(chart) if table else None
    return _figure(context, "line", chart, pictures, data, csv_url, line_notes(chart))


@register.simple_tag(takes_context=True)
def bar_chart(
    context: Context, chart: BarChart, *, width: str = "both", table: bool = True, csv_url: str = ""
) -> SafeString:
    pictures = {key: draw_bars(chart, units) for key, units in _widths(width).items()}
    data = bar_table(chart) if table else None
    return _figure(context, "bars", chart, pictures, data, csv_url)


@register.simple_tag(takes_context=True)
def share_chart(
    context: Context,
    chart: ShareChart,
    *,
    width: str = "both",
    table: bool = True,
    csv_url: str = "",
) -> SafeString:
    pictures = {key: draw_shares(chart, units) for key, units in _widths(width).items()}
    data = share_table(chart) if table else None
    return _figure(context, "shares", chart, pictures, data, csv_url)


@register.simple_tag(takes_context=True)
def flow_chart(
    context: Context,
    chart: FlowChart,
    *,
    width: str = "both",
    table: bool = True,
    csv_url: str = "",
) -> SafeString:
    widths = _widths(width, FLOW_WIDTH)
    pictures = {key: draw_flow(chart, units) for key, units in widths.items()}
    data = flow_table(chart) if table else None
    return _figure(context, "flow", chart, pictures, data, csv_url, flow_notes(chart))


@register.simple_tag(takes_context=True)
def network_chart(context: Context, chart: NetworkChart) -> SafeString:
    return _figure(context, "network", chart, {"wide": draw_network(chart)}, None, "")


@register.simple_tag(takes_context=True)
def spark_chart(context: Context, chart: SparkChart) -> SafeString:
    return _figure(context, "spark", chart, {"spark": draw_spark(chart)}, None, "")


@register.simple_tag
def chart_table(table: DataTable, *, csv_url: str = "") -> SafeString:
    return render_to_string("charts/_data_table.html", {"data": table, "csv_url": csv_url})


@register.filter
def colour_of(colours: dict[str, str], name: str) -> str:
    """The colour of a token named by data; an unknown name raises ``KeyError``."""
    return colours[name]
