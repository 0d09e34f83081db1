"""Local search, third move: give up a fork that is no terminal, and join what that leaves more cheaply.

After Uchoa & Werneck (2012). A fork goes with every key path that ends at it; the parts are joined again by
the cheapest tree over the cheapest ways between any two of them.
"""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from phusong.plans.steiner.exchange import list_inner, list_path
from phusong.plans.steiner.graphs import FAR, Graph
from phusong.plans.steiner.keypaths import Skeleton, Surroundings
from phusong.plans.steiner.moves import Moves, close_move
from phusong.plans.steiner.repairs import Repair, look_up, survey_again, trace_way

#: Forks of more paths than this are left alone, and those over more vertices than this.
WIDEST, LARGEST = 8, 400


class _Parts(NamedTuple):
    """Hold the parts a fork leaves: key vertices below it, and the cheapest edge between any two parts.

    The last part is what lies above; `price` and `bridge` are [WIDEST, WIDEST].
    """

    below: np.ndarray
    price: np.ndarray
    bridge: np.ndarray


@numba.njit(cache=True)
def eliminate_forks(
    graph: Graph,
    up: np.ndarray,
    skeleton: Skeleton,
    around: Surroundings,
    repair: Repair,
    moves: Moves,
) -> None:
    """Append the elimination of every fork that saves; parameters are those of `exchange_paths`."""
    n = len(up)
    child, sibling = np.full(n, -1, np.int64), np.full(n, -1, np.int64)
    for q in skeleton.order:
        if skeleton.key[q] and up[q] >= 0:
            sibling[q], child[skeleton.upper[q]] = child[skeleton.upper[q]], q
    inner, below = np.empty(n, np.int64), np.empty(WIDEST, np.int64)
    price = np.empty((WIDEST, WIDEST), np.int64)
    parts = _Parts(below, price, np.empty((WIDEST, WIDEST), np.int64))
    for x in skeleton.order:
        if not skeleton.key[x] or graph.terminal[x] or up[x] < 0:
            continue
        if skeleton.leave[x] - skeleton.enter[x] > LARGEST:
            continue
        count, q = 0, child[x]
        while q >= 0 and count < WIDEST:
            below[count] = q
            count += 1
            q = sibling[q]
        if count < WIDEST:
            _try_fork(graph, up, skeleton, around, repair, moves, parts, x, count, inner)


@numba.njit(cache=True)
def _try_fork(
    graph: Graph,
    up: np.ndarray,
    skeleton: Skeleton,
    around: Surroundings,
    repair: Repair,
    moves: Moves,
    parts: _Parts,
    x: int,
    count: int,
    inner: np.ndarray,
) -> None:
    """Append the elimination of one fork if it saves."""
    length = skeleton.length[x]
    size = list_inner(graph, up, skeleton, x, inner, 0)
    inner[size] = x
    size += 1
    for q in parts.below[:count]:
        length += skeleton.length[q]
        size = list_inner(graph, up, skeleton, q, inner, size)
    survey_again(graph, around, repair, inner[:size], length)
    parts.price[: count + 1, : count + 1] = FAR
    for u in repair.vertex[: repair.tally[1]]:
        if repair.distance[u] < FAR:
            _note_bridges(graph, skeleton, around, repair, parts, count, u)
    for i in range(count):
        q = parts.below[i]
        for b in skeleton.order[skeleton.enter[q] : skeleton.leave[q]]:
            for u in repair.member[repair.start[b] : repair.start[b + 1]]:
                if around.distance[u] < length:
                    _note_bridges(graph, skeleton, around, repair, parts, count, u)
    ways = np.empty(WIDEST, np.int64)
    total = _span_parts(parts, count, ways)
    if total < length:
        list_path(graph, up, skeleton, x, moves.gone)
        for i in range(count):
            list_path(graph, up, skeleton, parts.below[i], moves.gone)
            trace_way(graph, around, repair, ways[i], moves.edge)
        close_move(moves, length - total)


@numba.njit(cache=True)
def _part_of(skeleton: Skeleton, parts: _Parts, count: int, base: int) -> int:
    """Return the part in which a vertex of the tree lies."""
    place = skeleton.enter[base]
    for i in range(count):
        if skeleton.enter[parts.below[i]] <= place < skeleton.leave[parts.below[i]]:
            return i
    return count


@numba.njit(cache=True)
def _note_bridges(
    graph: Graph,
    skeleton: Skeleton,
    around: Surroundings,
    repair: Repair,
    parts: _Parts,
    count: int,
    u: int,
) -> None:
    """Note every edge of a vertex that joins two parts more cheaply than any before."""
    near, base = look_up(around, repair, u)
    i = _part_of(skeleton, parts, count, base)
    dearest = parts.price[i, : count + 1].max()
    for a in graph.arc[graph.start[u] : graph.start[u + 1]]:
        far, other = look_up(around, repair, graph.tip[a])
        far += near + graph.cost[a >> 1]
        if far >= dearest:
            continue
        j = _part_of(skeleton, parts, count, other)
        if i != j and far < parts.price[i, j]:
            parts.price[i, j] = parts.price[j, i] = far
            parts.bridge[i, j] = parts.bridge[j, i] = a >> 1


@numba.njit(cache=True)
def _span_parts(parts: _Parts, count: int, ways: np.ndarray) -> int:
    """Write the bridges of the cheapest tree over the parts, by Prim, and return what their ways cost."""
    joined = np.zeros(count + 1, np.bool_)
    joined[count] = True
    total = 0
    for step in range(count):
        best, end = FAR, -1
        for i in range(count + 1):
            for j in range(count):
                if joined[i] and not joined[j] and parts.price[i, j] < best:
                    best, end = parts.price[i, j], j
                    ways[step] = parts.bridge[i, j]
        if end < 0:
            return FAR
        joined[end] = True
        total += best
    return total
