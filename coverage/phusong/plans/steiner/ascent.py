"""Dual ascent: a lower bound on the cost of every tree, and what it proves superfluous.

Every set of vertices that holds a terminal but not the root must be entered. Raising the price of such a
set, as long as no arc into it is overpaid, adds to a bound that no tree can undercut (Wong 1984,
Mathematical Programming 28:271–287). What an arc has left unpaid is its reduced cost: a tree through it
costs at least the bound plus what the way from the root, the arc and the way on to a terminal have left
(Polzin & Vahdati Daneshmand 2001, Discrete Applied Mathematics 112:263–300). The set with the fewest arcs
is raised first (Pajor, Uchoa & Werneck 2018, Mathematical Programming Computation 10:69–118).
"""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from phusong.plans.steiner.graphs import FAR, Graph
from phusong.plans.steiner.heaps import Heap, make_heap, offer, take

#: A set is raised further while it has at most so many times the arcs of the next, in quarters.
PATIENCE = 5


class _Wave(NamedTuple):
    """Hold one set under price: its vertices, the arcs into it, a stamp, and both counts [2]."""

    stamp: np.ndarray
    vertex: np.ndarray
    arc: np.ndarray
    size: np.ndarray


@numba.njit(cache=True)
def _spread(
    graph: Graph, left: np.ndarray, wave: _Wave, tick: int, done: int, waiting: Heap, root: int
) -> bool:
    """Take in whatever reaches the set at no cost; tell whether it then meets nobody who goes first."""
    while done < wave.size[0]:
        v = wave.vertex[done]
        done += 1
        for a in graph.arc[graph.start[v] : graph.start[v + 1]]:
            w = graph.tip[a]
            if wave.stamp[w] == tick:
                continue
            if left[a ^ 1] > 0:
                wave.arc[wave.size[1]] = a ^ 1
                wave.size[1] += 1
                continue
            if w == root or waiting.place[w] >= 0:
                return False
            wave.stamp[w] = tick
            wave.vertex[wave.size[0]] = w
            wave.size[0] += 1
    return True


@numba.njit(cache=True)
def _tidy(graph: Graph, left: np.ndarray, wave: _Wave, tick: int) -> int:
    """Drop the arcs that lie within the set by now, and return the least that is left of the others."""
    kept, least = 0, FAR
    for i in range(wave.size[1]):
        a = wave.arc[i]
        if wave.stamp[graph.tip[a ^ 1]] != tick:
            wave.arc[kept] = a
            kept += 1
            least = min(least, left[a])
    wave.size[1] = kept
    return least


@numba.njit(cache=True)
def _pay(graph: Graph, left: np.ndarray, wave: _Wave, tick: int, price: int) -> None:
    """Take a price off every arc into the set, and the vertices whose arc is paid into it."""
    for i in range(wave.size[1]):
        a = wave.arc[i]
        if left[a] >= FAR:
            continue
        left[a] -= price
        w = graph.tip[a ^ 1]
        if left[a] == 0 and wave.stamp[w] != tick:
            wave.stamp[w] = tick
            wave.vertex[wave.size[0]] = w
            wave.size[0] += 1


@numba.njit(cache=True)
def _meets(wave: _Wave, first: int, waiting: Heap, root: int) -> bool:
    """Tell whether one of the newest vertices of the set is the root or a terminal that waits."""
    for i in range(first, wave.size[0]):
        if wave.vertex[i] == root or waiting.place[wave.vertex[i]] >= 0:
            return True
    return False


@numba.njit(cache=True)
def _raise_set(
    graph: Graph, left: np.ndarray, wave: _Wave, tick: int, waiting: Heap, root: int, start: int
) -> tuple[int, bool]:
    """Raise the set around a terminal; return what it adds and whether the terminal is to wait on."""
    wave.stamp[start], wave.vertex[0], wave.size[0], wave.size[1] = tick, start, 1, 0
    gain, done = 0, 0
    while _spread(graph, left, wave, tick, done, waiting, root):
        price = _tidy(graph, left, wave, tick)
        if waiting.size[0] > 0:
            limit = PATIENCE * waiting.key[waiting.item[0]] // 4
            if wave.size[1] > limit and waiting.key[start] < wave.size[1]:
                return gain, True
        if price >= FAR:
            return FAR, False
        gain += price
        done = wave.size[0]
        _pay(graph, left, wave, tick, price)
        if _meets(wave, done, waiting, root):
            return gain, False
    return gain, False


@numba.njit(cache=True)
def ascend(graph: Graph, left: np.ndarray, root: int, wanted: np.ndarray) -> int:
    """Return a lower bound on every tree from a root to wanted vertices; FAR where there is none.

    Parameters
    ----------
    graph : the graph.
    left : cost of every arc, which becomes its reduced cost in place; FAR and beyond is no way.
    root : vertex from which the tree is directed.
    wanted : vertices to be joined.
    """
    n = len(wanted)
    wave = _Wave(
        np.zeros(n, np.int64),
        np.empty(n, np.int64),
        np.empty(len(left), np.int64),
        np.zeros(2, np.int64),
    )
    waiting = make_heap(n)
    for v in range(n):
        if wanted[v] and v != root:
            offer(waiting, v, graph.start[v + 1] - graph.start[v])
    bound, tick = 0, 0
    while waiting.size[0] > 0:
        v = take(waiting)
        tick += 1
        gain, again = _raise_set(graph, left, wave, tick, waiting, root, v)
        if gain >= FAR:
            return FAR
        bound += gain
        if again:
            offer(waiting, v, wave.size[1])
    return bound


@numba.njit(cache=True)
def measure_arcs(graph: Graph, weight: np.ndarray, sources: np.ndarray, against: int) -> np.ndarray:
    """Return how far every vertex is from the nearest source, with the arcs (0) or against them (1)."""
    n = len(sources)
    distance = np.full(n, FAR, np.int64)
    heap = make_heap(n)
    for v in range(n):
        if sources[v]:
            distance[v] = 0
            offer(heap, v, 0)
    while heap.size[0] > 0:
        v = take(heap)
        for a in graph.arc[graph.start[v] : graph.start[v + 1]]:
            w = graph.tip[a]
            far = distance[v] + weight[a ^ against]
            if far < distance[w]:
                distance[w] = far
                offer(heap, w, far)
    return distance


@numba.njit(cache=True)
def find_useful(
    graph: Graph, left: np.ndarray, root: int, wanted: np.ndarray, slack: int
) -> np.ndarray:
    """Return which arcs a tree may use whose cost is less than the bound plus a slack.

    Parameters
    ----------
    graph : the graph.
    left : reduced costs of a dual ascent from the same root.
    root : its root.
    wanted : its wanted vertices.
    slack : what the best known tree costs more than the bound.
    """
    here = np.zeros(len(wanted), np.bool_)
    here[root] = True
    others = wanted.copy()
    others[root] = False
    down = measure_arcs(graph, left, here, 0)
    on = measure_arcs(graph, left, others, 1)
    useful = np.zeros(len(left), np.bool_)
    for a in range(len(left)):
        useful[a] = down[graph.tip[a ^ 1]] + left[a] + on[graph.tip[a]] < slack
    return useful
