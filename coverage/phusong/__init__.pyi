"""Types of the analysts' shelf; `__init__.py` brings each function in when it is first asked for."""

from phusong.pipeline.analysis.devices import allocate
from phusong.pipeline.analysis.masts import light_site
from phusong.pipeline.analysis.offices import check, write_form
from phusong.pipeline.analysis.places import match_addresses
from phusong.pipeline.analysis.results import Results, read_results, run
from phusong.pipeline.analysis.ways import (
    draw_pareto,
    graph_lines,
    pareto_table,
    roads_graph,
    steiner_tree,
    trace_pareto,
)
from phusong.pipeline.request_kit import write_kit
from phusong.places.editions import list_units, report_edition, trace_lineage
from phusong.views.palette import EVIDENCE, GAP_CLASSES
from phusong.views.pictures import Layer, Picture, draw_bars, draw_curves, draw_map
from phusong.vocabulary.parameters import Parameters, load_parameters

__version__: str

__all__ = [
    "EVIDENCE",
    "GAP_CLASSES",
    "Layer",
    "Parameters",
    "Picture",
    "Results",
    "__version__",
    "allocate",
    "check",
    "draw_bars",
    "draw_curves",
    "draw_map",
    "draw_pareto",
    "graph_lines",
    "light_site",
    "list_units",
    "load_parameters",
    "match_addresses",
    "pareto_table",
    "read_results",
    "report_edition",
    "roads_graph",
    "run",
    "steiner_tree",
    "trace_lineage",
    "trace_pareto",
    "write_form",
    "write_kit",
]
