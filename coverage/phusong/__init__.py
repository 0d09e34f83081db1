"""Say which hamlets and which pupils are left out, and what is the best next đồng.

The package is that argument, told in order. Read the folders from the bottom storey up:

- ``vocabulary``: what things are called, measured in, allowed to be;
- ``vietnamese``: the script itself: legacy fonts, tones, search keys, collation;
- ``places``: the administrative map by edition, hamlets and their ground;
- ``reach``: who is reached by what, how well, and how sure we are;
- ``gaps``: who is left out, and why;
- ``intake``: raw files become validated tables, with a quarantine beside them;
- ``simulate``: a made-up province, as its offices would deliver it;
- ``views``: tables become maps and summaries;
- ``store`` and ``pipeline``: what is kept, and what must be run again;
- ``cli`` and ``screens``: the doors.

Analysts write ``import phusong as ps``: the functions below are the shelf from which notebooks and short
scripts take, described in ``docs/api.md``. Each is brought in when it is first asked for.
"""

from __future__ import annotations

__version__ = "0.1.0"

#: What stands on the shelf, and where it is made.
_SHELF = {
    "EVIDENCE": "phusong.views.palette",
    "GAP_CLASSES": "phusong.views.palette",
    "Layer": "phusong.views.pictures",
    "Parameters": "phusong.vocabulary.parameters",
    "Picture": "phusong.views.pictures",
    "Results": "phusong.pipeline.analysis.results",
    "allocate": "phusong.pipeline.analysis.devices",
    "check": "phusong.pipeline.analysis.offices",
    "draw_bars": "phusong.views.pictures",
    "draw_curves": "phusong.views.pictures",
    "draw_map": "phusong.views.pictures",
    "draw_pareto": "phusong.pipeline.analysis.ways",
    "graph_lines": "phusong.pipeline.analysis.ways",
    "light_site": "phusong.pipeline.analysis.masts",
    "list_units": "phusong.places.editions",
    "load_parameters": "phusong.vocabulary.parameters",
    "match_addresses": "phusong.pipeline.analysis.places",
    "pareto_table": "phusong.pipeline.analysis.ways",
    "read_results": "phusong.pipeline.analysis.results",
    "report_edition": "phusong.places.editions",
    "roads_graph": "phusong.pipeline.analysis.ways",
    "run": "phusong.pipeline.analysis.results",
    "steiner_tree": "phusong.pipeline.analysis.ways",
    "trace_lineage": "phusong.places.editions",
    "trace_pareto": "phusong.pipeline.analysis.ways",
    "write_form": "phusong.pipeline.analysis.offices",
    "write_kit": "phusong.pipeline.request_kit",
}

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


def __getattr__(name: str) -> object:
    """Return what stands on the shelf under a name, brought in when it is first asked for."""
    if name not in _SHELF:
        raise AttributeError(f"module 'phusong' has no attribute {name!r}")
    found = getattr(__import__(_SHELF[name], fromlist=[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Return the names on the shelf."""
    return __all__
