"""Surveying a place anew: what lay nearest to vertices of the tree that are to go."""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from phusong.plans.steiner.graphs import FAR, Graph
from phusong.plans.steiner.heaps import Heap, make_heap, offer, take
from phusong.plans.steiner.keypaths import Surroundings


class Repair(NamedTuple):
    """Hold the survey of one place anew, and the regions of all tree vertices.

    Parameters
    ----------
    stamp : number of the last survey a vertex was part of [vertices].
    distance, base, came : as in `Surroundings`, for the vertices of the survey.
    vertex : the vertices of the survey [vertices].
    heap : working space.
    member, start : vertices nearest to tree vertex b: `member[start[b] : start[b + 1]]`.
    tally : number of the survey, and how many vertices it has [2].
    """

    stamp: np.ndarray
    distance: np.ndarray
    base: np.ndarray
    came: np.ndarray
    vertex: np.ndarray
    heap: Heap
    member: np.ndarray
    start: np.ndarray
    tally: np.ndarray


@numba.njit(cache=True)
def lay_repair(around: Surroundings) -> Repair:
    """Return working space for surveys within given surroundings."""
    n = len(around.base)
    start = np.zeros(n + 1, np.int64)
    for b in around.base:
        if b >= 0:
            start[b + 1] += 1
    start = np.cumsum(start)
    fill, member = start.copy(), np.empty(n, np.int64)
    for v in range(n):
        b = around.base[v]
        if b >= 0:
            member[fill[b]] = v
            fill[b] += 1
    zeros = np.zeros(n, np.int64)
    tally = np.zeros(2, np.int64)
    return Repair(
        zeros,
        zeros.copy(),
        zeros.copy(),
        zeros.copy(),
        zeros.copy(),
        make_heap(n),
        member,
        start,
        tally,
    )


@numba.njit(cache=True)
def survey_again(
    graph: Graph, around: Surroundings, repair: Repair, inner: np.ndarray, limit: int
) -> None:
    """Survey what lay nearest to some tree vertices as if these were not, up to a distance."""
    repair.tally[0] += 1
    tick, size = repair.tally[0], 0
    for b in inner:
        for u in repair.member[repair.start[b] : repair.start[b + 1]]:
            repair.stamp[u], repair.distance[u], repair.vertex[size] = tick, FAR, u
            size += 1
    repair.tally[1] = size
    for u in repair.vertex[:size]:
        for a in graph.arc[graph.start[u] : graph.start[u + 1]]:
            w = graph.tip[a]
            if repair.stamp[w] != tick:
                _reach(graph, repair, u, a ^ 1, around.distance[w], around.base[w], limit)
    while repair.heap.size[0] > 0:
        u = take(repair.heap)
        for a in graph.arc[graph.start[u] : graph.start[u + 1]]:
            w = graph.tip[a]
            if repair.stamp[w] == tick:
                _reach(graph, repair, w, a, repair.distance[u], repair.base[u], limit)


@numba.njit(cache=True)
def _reach(
    graph: Graph, repair: Repair, v: int, a: int, distance: int, base: int, limit: int
) -> None:
    """Note that a vertex is reached by an arc from another at a distance, if that is nearer."""
    far = distance + graph.cost[a >> 1]
    if far < min(repair.distance[v], limit):
        repair.distance[v], repair.base[v], repair.came[v] = far, base, a
        offer(repair.heap, v, far)


@numba.njit(cache=True)
def look_up(around: Surroundings, repair: Repair, v: int) -> tuple[int, int]:
    """Return how far a vertex is from the tree that is left, and from which vertex of it."""
    if repair.stamp[v] == repair.tally[0]:
        return repair.distance[v], repair.base[v]
    return around.distance[v], around.base[v]


@numba.njit(cache=True)
def trace_way(
    graph: Graph, around: Surroundings, repair: Repair, bridge: int, edges: list[int]
) -> None:
    """Append the edges of the way over a bridge: the bridge, then either side down to the tree."""
    edges.append(bridge)
    for side in (2 * bridge, 2 * bridge + 1):
        v = graph.tip[side]
        while True:
            a = repair.came[v] if repair.stamp[v] == repair.tally[0] else around.came[v]
            if a < 0:
                break
            edges.append(a >> 1)
            v = graph.tip[a ^ 1]
