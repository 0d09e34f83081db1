"""Local search, second move: replace a key path by a cheaper way between the two parts it leaves.

After Uchoa & Werneck (2012, ACM Journal of Experimental Algorithmics 17:2.2): the surroundings of the tree
are surveyed once; where a path goes, only what lay nearest to its inner vertices is surveyed again.
"""

from __future__ import annotations

import numba
import numpy as np

from phusong.plans.steiner.graphs import FAR, Graph
from phusong.plans.steiner.keypaths import Skeleton, Surroundings, list_bridges, match_bridges
from phusong.plans.steiner.moves import Moves, close_move
from phusong.plans.steiner.repairs import Repair, look_up, survey_again, trace_way


@numba.njit(cache=True)
def exchange_paths(
    graph: Graph,
    up: np.ndarray,
    skeleton: Skeleton,
    around: Surroundings,
    repair: Repair,
    moves: Moves,
) -> None:
    """Append the best exchange of every key path that has one.

    Parameters
    ----------
    graph : the graph.
    up : arcs of the tree.
    skeleton, around : its skeleton and surroundings.
    repair : working space.
    moves : to which exchanges are appended.
    """
    edge, cost = list_bridges(graph, up, around)
    best = match_bridges(graph, skeleton, around, edge)
    inner = np.empty(len(up), np.int64)
    for q in skeleton.order:
        if not skeleton.key[q] or up[q] < 0:
            continue
        count = list_inner(graph, up, skeleton, q, inner, 0)
        survey_again(graph, around, repair, inner[:count], skeleton.length[q])
        bridge, price = _find_bridge(graph, skeleton, around, repair, q)
        if best[q] >= 0 and cost[best[q]] < price:
            bridge, price = edge[best[q]], cost[best[q]]
        if price < skeleton.length[q]:
            list_path(graph, up, skeleton, q, moves.gone)
            trace_way(graph, around, repair, bridge, moves.edge)
            close_move(moves, skeleton.length[q] - price)


@numba.njit(cache=True)
def list_inner(
    graph: Graph, up: np.ndarray, skeleton: Skeleton, q: int, inner: np.ndarray, count: int
) -> int:
    """Write the inner vertices of a key path after the first `count` of a list; return the new count."""
    v = graph.tip[up[q] ^ 1]
    while not skeleton.key[v]:
        inner[count] = v
        count += 1
        v = graph.tip[up[v] ^ 1]
    return count


@numba.njit(cache=True)
def list_path(graph: Graph, up: np.ndarray, skeleton: Skeleton, q: int, edges: list[int]) -> None:
    """Append the edges of a key path."""
    v = q
    while True:
        edges.append(up[v] >> 1)
        v = graph.tip[up[v] ^ 1]
        if skeleton.key[v]:
            return


@numba.njit(cache=True)
def _find_bridge(
    graph: Graph, skeleton: Skeleton, around: Surroundings, repair: Repair, q: int
) -> tuple[int, int]:
    """Return the cheapest edge, with its way, across what was surveyed again; FAR where there is none."""
    low, high = skeleton.enter[q], skeleton.leave[q]
    bridge, price = -1, FAR
    for u in repair.vertex[: repair.tally[1]]:
        if repair.distance[u] == FAR:
            continue
        below = low <= skeleton.enter[repair.base[u]] < high
        for a in graph.arc[graph.start[u] : graph.start[u + 1]]:
            far, base = look_up(around, repair, graph.tip[a])
            far += repair.distance[u] + graph.cost[a >> 1]
            if far < price and (low <= skeleton.enter[base] < high) != below:
                bridge, price = a >> 1, far
    return bridge, price
