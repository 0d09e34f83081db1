"""Roads and fibre as a graph that anybody can walk, the cheapest trenches on it, and what money connects."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd

from phusong.pipeline.analysis.results import Results
from phusong.pipeline.choices import lay_choices
from phusong.pipeline.comparison import trace_budgets
from phusong.plans.scenarios import SCENARIOS
from phusong.plans.steiner import build_network, connect_terminals
from phusong.plans.ways import build_ways, draw_edges, ways_to_networkx
from phusong.views import plan_charts
from phusong.views.pictures import Picture
from phusong.vocabulary.options import ScenarioName
from phusong.vocabulary.terms import GapClass

#: Hamlets for which something is to be built.
WANTING = [str(c) for c in (GapClass.K2, GapClass.K3, GapClass.K4, GapClass.K5)]


def roads_graph(results: Results) -> nx.Graph:
    """Return the ways for cable: along roads, existing fibre, and from roads to hamlets without fibre.

    Parameters
    ----------
    results : of a run with roads and fibre.

    Returns
    -------
    graph : as `plans.ways.ways_to_networkx` has it: vertices with x_m, y_m, elevation_m [m]; edges with
        length_m [m], slope_deg [°], cost_low_vnd, cost_vnd, cost_high_vnd [VND], basis, medium, operator,
        and line, its course. `graph.graph` holds `hamlets` (hamlet_id → vertex), `nodes` (node_id → vertex:
        where fibre is already) and `crs`. Of parallel ways the cheapest stands.

    Raises
    ------
    ParameterFault
        If the run had neither roads nor fibre.

    Examples
    --------
    >>> graph = ps.roads_graph(ps.read_results(folder))
    >>> all(vertex in graph for vertex in graph.graph["hamlets"].values())
    True
    """
    ground = results.ground
    placed = ground.hamlets[ground.hamlets["class"].isin(WANTING)]
    placed = placed[placed["x_m"].notna() & placed["y_m"].notna()].reset_index(drop=True)
    ways = build_ways(
        ground.roads,
        placed,
        ground.nodes,
        ground.terrain,
        routes=ground.routes,
        rollout=ground.parameters.rollout,
        crs=ground.crs,
    )
    graph = ways_to_networkx(ways)
    rows = [row for _, _, row in graph.edges(data="row")]
    lines = draw_edges(ways, np.array(rows, np.int64))
    ends = dict(zip(graph.edges, lines, strict=True))
    nx.set_edge_attributes(graph, ends, "line")
    graph.graph |= {
        "hamlets": dict(zip(placed["hamlet_id"], ways.hamlet_vertex.tolist(), strict=True)),
        "nodes": dict(zip(ways.node_id.tolist(), ways.node_vertex.tolist(), strict=True)),
    }
    return graph


def steiner_tree(
    graph: nx.Graph,
    terminals: Iterable[Hashable],
    *,
    roots: Iterable[Hashable] = (),
    weight: str = "cost_vnd",
    effort: int = 1,
    seed: int = 0,
) -> nx.Graph:
    """Return the cheapest tree found that joins terminals to roots, and how good it is.

    Parameters
    ----------
    graph : any graph whose edges have the weight, ≥ 0.
    terminals : vertices to be joined.
    roots : vertices that are joined already; with none, the terminals are joined with each other.
    weight : of the edges.
    effort : rounds of search, 1 or more.
    seed : of the random numbers.

    Returns
    -------
    tree : subgraph with the attributes of the graph; `tree.graph` also holds `cost`, `lower_bound` (no tree
        that joins as much costs less), `gap` and `unreached`.

    Raises
    ------
    ValueError
        If a terminal or root is no vertex, or a weight is negative.

    Examples
    --------
    >>> import networkx as nx
    >>> star = nx.star_graph(3)
    >>> nx.set_edge_attributes(star, 2.0, "cost_vnd")
    >>> tree = ps.steiner_tree(star, [1, 2, 3])
    >>> tree.graph["cost"], tree.graph["lower_bound"], tree.graph["gap"]
    (6.0, 6.0, 0.0)
    """
    place = {vertex: at for at, vertex in enumerate(graph)}
    wanted, joined = list(terminals), list(roots)
    strange = [vertex for vertex in (*wanted, *joined) if vertex not in place]
    if strange:
        raise ValueError(f"{strange[0]!r} is no vertex of the graph")
    edges = list(graph.edges(data=weight))
    tail, head = (np.array([place[e[end]] for e in edges], np.int64) for end in (0, 1))
    cost = np.array([e[2] for e in edges], np.float64)
    tree = connect_terminals(
        build_network(tail, head, cost, vertices=len(place)),
        roots=np.array([place[v] for v in joined], np.int64),
        terminals=np.array([place[v] for v in wanted], np.int64),
        effort=effort,
        seed=seed,
    )
    taken = graph.edge_subgraph([edges[row][:2] for row in tree.edges.tolist()]).copy()
    vertices = list(place)
    taken.graph |= {
        "cost": float(tree.cost),
        "lower_bound": float(tree.lower_bound),
        "gap": float(tree.gap),
        "unreached": [vertices[v] for v in tree.unreached.tolist()],
    }
    return taken


def graph_lines(graph: nx.Graph) -> gpd.GeoSeries:
    """Return the edges of a graph of ways as lines, in its metric system.

    Parameters
    ----------
    graph : from `roads_graph`, or a part of it.
    """
    lines = [line for _, _, line in graph.edges(data="line")]
    return gpd.GeoSeries(lines, crs=graph.graph["crs"])


def trace_pareto(results: Results) -> dict[str, Any]:
    """Return what each budget connects, from nothing to what reaches everybody.

    Parameters
    ----------
    results : of a run with roads and fibre.

    Returns
    -------
    the head of the run, `counted` (``pupils`` or ``persons``), and `pareto`: for each budget budget_vnd,
    spent_vnd, hamlets, connected and of by what people lack today, and gap.

    Raises
    ------
    ParameterFault
        If the run cannot be planned with.
    """
    ground = results.ground
    waves = int(ground.parameters.rollout.number("waves"))
    choices = lay_choices(ground, SCENARIOS[ScenarioName.BASELINE])
    steps = list(trace_budgets(ground, choices, waves=waves))
    return {**ground.head, "counted": ground.counted, "pareto": steps}


def pareto_table(told: dict[str, Any]) -> pd.DataFrame:
    """Return the budgets as a table.

    Parameters
    ----------
    told : from `trace_pareto`.

    Returns
    -------
    budget_vnd, spent_vnd [VND], hamlets, connected and of (pupils, or persons), gap 0..1.
    """
    steps = pd.DataFrame(told["pareto"])
    sums = {
        name: steps[name].map(lambda parts: sum(parts.values())) for name in ("connected", "of")
    }
    return steps[["budget_vnd", "spent_vnd", "hamlets"]].assign(**sums, gap=steps["gap"])


def draw_pareto(told: dict[str, Any], language: str = "en") -> Picture:
    """Return what each budget connects as a picture.

    Parameters
    ----------
    told : from `trace_pareto`.
    language : ``vi`` or ``en``.
    """
    return Picture(plan_charts.draw_pareto(told, language))
