"""Charts as geometry: data in, places on a canvas out; no HTML, no colours, no domain words.

``{% load charts %}`` draws them. Each kind has a dataclass to fill, a ``draw_…`` function that
gives the picture for a width (``None`` when there is nothing to draw), and a ``…_table`` function
that gives the same figures for the table beside it and the download.
"""

from core.charts.bars import BarChart, BarRow, bar_table, draw_bars
from core.charts.flow import Category, FlowChart, FlowItem, draw_flow, flow_notes, flow_table
from core.charts.line import LineChart, Point, draw_line, line_notes, line_table
from core.charts.lineage import LineageChart, draw_lineage
from core.charts.network import NetworkChart, NetworkColumn, NetworkNode, draw_network
from core.charts.parts import NARROW_WIDTH, WIDE, Cell, DataTable, Row
from core.charts.shares import ShareChart, ShareItem, draw_shares, share_table
from core.charts.spark import SparkChart, draw_spark

__all__ = [
    "NARROW_WIDTH",
    "WIDE",
    "BarChart",
    "BarRow",
    "Category",
    "Cell",
    "DataTable",
    "FlowChart",
    "FlowItem",
    "LineChart",
    "LineageChart",
    "NetworkChart",
    "NetworkColumn",
    "NetworkNode",
    "Point",
    "Row",
    "ShareChart",
    "ShareItem",
    "SparkChart",
    "bar_table",
    "draw_bars",
    "draw_flow",
    "draw_line",
    "draw_lineage",
    "draw_network",
    "draw_shares",
    "draw_spark",
    "flow_notes",
    "flow_table",
    "line_notes",
    "line_table",
    "share_table",
]
