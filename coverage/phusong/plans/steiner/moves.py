"""Moves: edges given up for other edges, collected first and then made, the best first, while they fit."""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from phusong.plans.steiner.graphs import Graph


class Moves(NamedTuple):
    """Hold moves; move i gives up `gone` and takes `edge`, each from where move i − 1 left it off.

    Lists begin with an entry that stands for nothing, for the sake of their type.
    """

    saving: list[int]
    gone: list[int]
    gone_until: list[int]
    edge: list[int]
    edge_until: list[int]


class _Probe(NamedTuple):
    """Hold working space of a search from two sides: marks, two queues, and the number of the search [1]."""

    mark: np.ndarray
    queue: np.ndarray
    tally: np.ndarray


@numba.njit(cache=True)
def open_moves() -> Moves:
    """Return no moves."""
    return Moves([0], [0], [1], [0], [1])


@numba.njit(cache=True)
def close_move(moves: Moves, saving: int) -> None:
    """Note that the edges listed since the last move are a move, and what it should save."""
    moves.saving.append(saving)
    moves.gone_until.append(len(moves.gone))
    moves.edge_until.append(len(moves.edge))


@numba.njit(cache=True)
def make_moves(graph: Graph, up: np.ndarray, moves: Moves, root: int) -> np.ndarray:
    """Return which vertices a tree holds once the moves are made that still save and join every terminal.

    Parameters
    ----------
    graph : the graph.
    up : arcs of the tree.
    moves : the moves.
    root : root of the tree.
    """
    n = len(up)
    used = np.zeros(len(graph.cost), np.bool_)
    for v in range(n):
        if up[v] >= 0:
            used[up[v] >> 1] = True
    probe = _Probe(np.zeros(n, np.int64), np.empty((2, n), np.int64), np.zeros(1, np.int64))
    for i in np.argsort(-np.array(moves.saving)[1:], kind="mergesort"):
        saved = _switch(
            graph, used, moves.gone, moves.gone_until[i], moves.gone_until[i + 1], False
        )
        saved += _switch(
            graph, used, moves.edge, moves.edge_until[i], moves.edge_until[i + 1], True
        )
        gone = moves.gone[moves.gone_until[i] : moves.gone_until[i + 1]]
        if saved > 0 and _holds_together(graph, used, gone, probe):
            continue
        _take_back(used, moves.edge, moves.edge_until[i], moves.edge_until[i + 1])
        _take_back(used, moves.gone, moves.gone_until[i], moves.gone_until[i + 1])
    return _mark_joined(graph, used, root)


@numba.njit(cache=True)
def _switch(
    graph: Graph, used: np.ndarray, edges: list[int], start: int, until: int, on: bool
) -> int:
    """Put edges into the tree or take them out; return what that saves.

    An edge that changes is marked in the list by its complement −1 − e, so that it can be taken back.
    """
    saved = 0
    for k in range(start, until):
        e = edges[k]
        if used[e] != on:
            used[e] = on
            saved += -graph.cost[e] if on else graph.cost[e]
            edges[k] = -1 - e
    return saved


@numba.njit(cache=True)
def _take_back(used: np.ndarray, edges: list[int], start: int, until: int) -> None:
    """Undo what was switched, in the opposite order."""
    for k in range(until - 1, start - 1, -1):
        if edges[k] < 0:
            edges[k] = -1 - edges[k]
            used[edges[k]] = not used[edges[k]]


@numba.njit(cache=True)
def _holds_together(graph: Graph, used: np.ndarray, gone: list[int], probe: _Probe) -> bool:
    """Tell whether what hung together by edges given up, marked by their complements, still does."""
    first = -1
    for e in gone:
        if e >= 0:
            continue
        for v in graph.tip[2 * (-1 - e) : 2 * (-1 - e) + 2]:
            if not graph.terminal[v] and not _is_used(graph, used, v):
                continue
            if first < 0:
                first = v
            if not _meet(graph, used, probe, first, v):
                return False
    return True


@numba.njit(cache=True)
def _is_used(graph: Graph, used: np.ndarray, v: int) -> bool:
    """Tell whether a vertex has a used edge."""
    return bool(np.any(used[graph.arc[graph.start[v] : graph.start[v + 1]] >> 1]))


@numba.njit(cache=True)
def _meet(graph: Graph, used: np.ndarray, probe: _Probe, v: int, w: int) -> bool:
    """Tell whether used edges join two vertices, searching from both by turns, as new ways are short."""
    if v == w:
        return True
    probe.tally[0] += 2
    tick = probe.tally[0]
    probe.mark[v], probe.mark[w] = tick, tick + 1
    probe.queue[0, 0], probe.queue[1, 0] = v, w
    side, done, size, other_done, other_size = 0, 0, 1, 0, 1
    while done < size:
        u = probe.queue[side, done]
        done += 1
        for a in graph.arc[graph.start[u] : graph.start[u + 1]]:
            x = graph.tip[a]
            if not used[a >> 1] or probe.mark[x] == tick + side:
                continue
            if probe.mark[x] == tick + 1 - side:
                return True
            probe.mark[x], probe.queue[side, size] = tick + side, x
            size += 1
        side, done, size, other_done, other_size = 1 - side, other_done, other_size, done, size
    return False


@numba.njit(cache=True)
def _mark_joined(graph: Graph, used: np.ndarray, root: int) -> np.ndarray:
    """Return to which vertices used edges lead from the root."""
    here, stack = np.zeros(len(graph.terminal), np.bool_), np.empty(len(graph.terminal), np.int64)
    here[root], stack[0], size = True, root, 1
    while size:
        size -= 1
        v = stack[size]
        for a in graph.arc[graph.start[v] : graph.start[v + 1]]:
            w = graph.tip[a]
            if used[a >> 1] and not here[w]:
                here[w], stack[size] = True, w
                size += 1
    return here
