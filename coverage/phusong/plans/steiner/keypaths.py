"""The skeleton of a tree: its key vertices, the paths between them, and what lies around it.

A key vertex is a terminal or a fork; a key path runs from one to the next with nothing hanging off. A path
is named by the key vertex at its lower end.
"""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from phusong.plans.steiner.graphs import FAR, Graph
from phusong.plans.steiner.heaps import make_heap, offer, take


class Skeleton(NamedTuple):
    """Hold a rooted tree; arrays by vertex, −1 outside.

    Parameters
    ----------
    order : vertices of the tree, every one before what hangs from it.
    enter, leave : w is v or below v where enter[v] ≤ enter[w] < leave[v].
    key : whether it is a key vertex.
    lower : key vertex at the lower end of the path it is on; itself for a key vertex.
    upper : next key vertex above.
    length : cost of the way up to `upper`.
    """

    order: np.ndarray
    enter: np.ndarray
    leave: np.ndarray
    key: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    length: np.ndarray


class Surroundings(NamedTuple):
    """Hold for every vertex the nearest vertex of the tree, how far it is, and the arc it came by."""

    distance: np.ndarray
    base: np.ndarray
    came: np.ndarray


@numba.njit(cache=True)
def _order_tree(
    graph: Graph, inside: np.ndarray, up: np.ndarray, root: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the vertices of a tree in preorder, and how many children each has."""
    n = len(inside)
    child, sibling = np.full(n, -1, np.int64), np.full(n, -1, np.int64)
    children = np.zeros(n, np.int64)
    for v in range(n):
        if inside[v] and up[v] >= 0:
            above = graph.tip[up[v] ^ 1]
            sibling[v], child[above] = child[above], v
            children[above] += 1
    order, stack = np.empty(np.sum(inside), np.int64), np.empty(n, np.int64)
    stack[0], size, done = root, 1, 0
    while size:
        size -= 1
        v = stack[size]
        order[done] = v
        done += 1
        w = child[v]
        while w >= 0:
            stack[size] = w
            size += 1
            w = sibling[w]
    return order, children


@numba.njit(cache=True)
def draw_skeleton(graph: Graph, inside: np.ndarray, up: np.ndarray, root: int) -> Skeleton:
    """Return the skeleton of a tree."""
    n = len(inside)
    order, children = _order_tree(graph, inside, up, root)
    enter, leave = np.full(n, -1, np.int64), np.full(n, -1, np.int64)
    key = np.zeros(n, np.bool_)
    lower, upper = np.full(n, -1, np.int64), np.full(n, -1, np.int64)
    length = np.zeros(n, np.int64)
    for i, v in enumerate(order):
        enter[v], leave[v] = i, i + 1
        key[v] = graph.terminal[v] or v == root or children[v] != 1
        if v != root:
            above = graph.tip[up[v] ^ 1]
            upper[v] = above if key[above] else upper[above]
            length[v] = graph.cost[up[v] >> 1] + (0 if key[above] else length[above])
    for v in order[::-1]:
        if key[v]:
            lower[v] = v
        if v != root:
            above = graph.tip[up[v] ^ 1]
            leave[above] = max(leave[above], leave[v])
            if not key[above]:
                lower[above] = lower[v]
    return Skeleton(order, enter, leave, key, lower, upper, length)


@numba.njit(cache=True)
def survey(graph: Graph, inside: np.ndarray) -> Surroundings:
    """Return the nearest vertex of a tree from everywhere."""
    n = len(inside)
    distance = np.full(n, FAR, np.int64)
    base, came = np.full(n, -1, np.int64), np.full(n, -1, np.int64)
    heap = make_heap(n)
    for v in range(n):
        if inside[v]:
            distance[v], base[v] = 0, v
            offer(heap, v, 0)
    while heap.size[0] > 0:
        v = take(heap)
        for a in graph.arc[graph.start[v] : graph.start[v + 1]]:
            w = graph.tip[a]
            far = distance[v] + graph.cost[a >> 1]
            if far < distance[w]:
                distance[w], base[w], came[w] = far, base[v], a
                offer(heap, w, far)
    return Surroundings(distance, base, came)


@numba.njit(cache=True)
def list_bridges(
    graph: Graph, up: np.ndarray, around: Surroundings
) -> tuple[np.ndarray, np.ndarray]:
    """Return the edges between the surroundings of two tree vertices, cheapest way first, and its cost."""
    m = len(graph.cost)
    edge, cost = np.empty(m, np.int64), np.empty(m, np.int64)
    count = 0
    for e in range(m):
        v, w = graph.tip[2 * e + 1], graph.tip[2 * e]
        if around.base[v] == around.base[w] or up[v] >> 1 == e or up[w] >> 1 == e:
            continue
        edge[count] = e
        cost[count] = around.distance[v] + graph.cost[e] + around.distance[w]
        count += 1
    by_cost = np.argsort(cost[:count], kind="mergesort")
    return edge[by_cost], cost[by_cost]


@numba.njit(cache=True)
def _end_of(skeleton: Skeleton, base: int, other: int) -> int:
    """Return the key vertex at which the way from a tree vertex to another first arrives."""
    if skeleton.key[base]:
        return base
    low = skeleton.lower[base]
    if skeleton.enter[low] <= skeleton.enter[other] < skeleton.leave[low]:
        return low
    return skeleton.upper[low]


@numba.njit(cache=True)
def _top(leader: np.ndarray, v: int) -> int:
    """Return the key vertex to which every path from here upwards has been settled, halving the way."""
    while leader[v] != v:
        leader[v] = leader[leader[v]]
        v = leader[v]
    return v


@numba.njit(cache=True)
def match_bridges(
    graph: Graph, skeleton: Skeleton, around: Surroundings, edge: np.ndarray
) -> np.ndarray:
    """Return for every key path the rank of the cheapest bridge past it, −1 for none.

    A bridge counts that lands on no inner vertex of the path. Bridges go up in cost; each settles the paths
    between its two ends that none before has settled (Tarjan 1979, Journal of the ACM 26:690–715).
    """
    n = len(skeleton.key)
    leader, best = np.arange(n), np.full(n, -1, np.int64)
    for i in range(len(edge)):
        x = around.base[graph.tip[2 * edge[i] + 1]]
        y = around.base[graph.tip[2 * edge[i]]]
        if skeleton.lower[x] == skeleton.lower[y]:
            continue
        v = _top(leader, _end_of(skeleton, x, y))
        w = _top(leader, _end_of(skeleton, y, x))
        while v != w:
            if skeleton.enter[v] < skeleton.enter[w]:
                v, w = w, v
            best[v] = i
            leader[v] = skeleton.upper[v]
            v = _top(leader, v)
    return best
