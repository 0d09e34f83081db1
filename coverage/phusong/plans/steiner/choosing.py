"""Choosing whom to join: each vertex has a prize, and what is not joined is missed.

The loss of a tree is its cost and the prizes it misses. To miss a prize is to reach a double of its vertex
over an arc straight from the root that costs the prize; so the question is one of joining all doubles in a
directed graph, and dual ascent bounds it (Ljubić et al. 2006, Mathematical Programming 105:427–449).
"""

from __future__ import annotations

import numba
import numpy as np

from phusong.plans.steiner.ascent import ascend, find_useful, measure_arcs
from phusong.plans.steiner.graphs import FAR, Graph, arc_costs, lay_graph
from phusong.plans.steiner.growing import grow_tree, settle_tree, tree_cost
from phusong.plans.steiner.heaps import make_heap, offer, take
from phusong.plans.steiner.improving import improve_tree
from phusong.plans.steiner.pruning import prune_strongly
from phusong.plans.steiner.reductions import shrink_graph
from phusong.plans.steiner.search import REACH, WORTH_SHRINKING, compose


class Choice:
    """Search one graph for the tree of least loss, and for a bound under it.

    Parameters
    ----------
    graph : the connected graph; terminals are the root and every vertex with a prize.
    root : vertex every tree holds.
    prize : whole prize of every vertex.
    """

    def __init__(self, graph: Graph, root: int, prize: np.ndarray) -> None:
        self.graph, self.root, self.prize = graph, root, prize.copy()
        self.prize[root] = 0
        self.now = shrink_graph(graph, root, reach=REACH, forced=False)
        self.edges = np.empty(0, np.int64)
        self.best = int(self.prize.sum())
        self.bound = 0

    @property
    def done(self) -> bool:
        """Return whether the best tree is proven to be that of least loss."""
        return self.bound >= self.best

    def run(self, rounds: int, rng: np.random.Generator) -> None:
        """Search for a number of rounds, or until the best tree is proven."""
        for number in range(rounds):
            self._round(number, rng)
            if self.done:
                return

    def keep_tree(self, edges: np.ndarray) -> None:
        """Keep a tree of the graph as it was at first, if its loss is the least so far."""
        joined = np.zeros(len(self.prize), np.bool_)
        joined[self.graph.tip[2 * edges]] = True
        joined[self.graph.tip[2 * edges + 1]] = True
        loss = int(self.graph.cost[edges].sum() + self.prize[~joined].sum())
        if loss < self.best:
            self.best, self.edges = loss, edges

    def _round(self, number: int, rng: np.random.Generator) -> None:
        """Grow a tree on costs a little astray, ascend, grow on what is paid, drop what is superfluous."""
        graph, root = self.now.graph, self.now.root
        prize = self._prizes_now()
        weight = graph.cost if number == 0 else _stray(graph.cost, rng)
        self._grow(np.repeat(weight, 2), prize > 0, prize)
        doubled, left, wanted = double_prizes(graph, root, prize)
        bound = int(ascend(doubled, left, root, wanted))
        paid = np.where(left[: 2 * len(graph.cost)] == 0, arc_costs(graph), FAR)
        here = np.arange(len(prize)) == root
        self._grow(paid, (measure_arcs(graph, paid, here, 0) < FAR) & (prize > 0), prize)
        self.bound = max(self.bound, min(bound, self.best))
        if not self.done:
            useful = find_useful(doubled, left, root, wanted, self.best - bound)
            self._shrink((useful[0::2] | useful[1::2])[: len(graph.cost)])

    def _prizes_now(self) -> np.ndarray:
        """Return the prizes of the vertices that are left."""
        prize = np.zeros(len(self.now.graph.terminal), np.int64)
        some = np.flatnonzero(self.prize > 0)
        prize[self.now.place[some]] = self.prize[some]
        return prize

    def _grow(self, weight: np.ndarray, wanted: np.ndarray, prize: np.ndarray) -> None:
        """Grow a tree that joins what is wanted, improve it, and keep it."""
        graph, root = self.now.graph, self.now.root
        inside = grow_tree(graph, weight, root, wanted)
        up = polish_choice(graph, inside, root, prize)
        self.keep_tree(self.now.expand(np.unique(up[up >= 0] >> 1)))

    def _shrink(self, keep: np.ndarray) -> None:
        """Leave out edges that no better tree can use."""
        if (~keep).sum() > WORTH_SHRINKING * len(keep):
            inner = shrink_graph(
                self.now.graph, self.now.root, reach=REACH, keep=keep, forced=False
            )
            self.now = compose(self.now, inner)


def _stray(cost: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return costs, each raised by up to a fifth by lot."""
    return cost + (cost * rng.uniform(0.0, 0.2, len(cost))).astype(np.int64)


def double_prizes(
    graph: Graph, root: int, prize: np.ndarray
) -> tuple[Graph, np.ndarray, np.ndarray]:
    """Return the graph with a double of every prize, the cost of its arcs, and which vertices are doubles."""
    n, some = len(prize), np.flatnonzero(prize > 0)
    double = n + np.arange(len(some))
    wanted = np.arange(n + len(some)) >= n
    doubled = lay_graph(
        np.concatenate([graph.tip[1::2], some, np.full(len(some), root)]),
        np.concatenate([graph.tip[0::2], double, double]),
        np.concatenate([graph.cost, np.zeros(len(some), np.int64), prize[some]]),
        wanted,
    )
    left = arc_costs(doubled)
    left[2 * len(graph.cost) + 1 :: 2] = FAR
    return doubled, left, wanted


@numba.njit(cache=True)
def polish_choice(graph: Graph, inside: np.ndarray, root: int, prize: np.ndarray) -> np.ndarray:
    """Return the arcs into the vertices of a tree whose loss no move makes less any more.

    Parameters
    ----------
    graph : the graph.
    inside : vertices of a tree; changed in place.
    root : one of them.
    prize : of every vertex.
    """
    least = FAR
    up = settle_tree(graph, inside, root)
    best, best_up = inside.copy(), up
    while True:
        prune_strongly(graph, inside, up, root, prize)
        _join_worthy(graph, inside, prize)
        wanted = inside & (prize > 0)
        wanted[root] = True
        bound_to = Graph(graph.start, graph.arc, graph.tip, graph.cost, wanted)
        up = improve_tree(bound_to, inside, root)
        prune_strongly(graph, inside, up, root, prize)
        loss = tree_cost(graph, up) + np.sum(prize[~inside])
        if loss >= least:
            inside[:] = best
            return best_up
        least = loss
        best, best_up = inside.copy(), up.copy()


@numba.njit(cache=True)
def _join_worthy(graph: Graph, inside: np.ndarray, prize: np.ndarray) -> None:
    """Join to a tree, nearest first, whatever vertex has a prize greater than its distance."""
    n = len(inside)
    distance = np.full(n, FAR, np.int64)
    came = np.full(n, -1, np.int64)
    heap = make_heap(n)
    for v in range(n):
        if inside[v]:
            distance[v] = 0
            offer(heap, v, 0)
    while heap.size[0] > 0:
        v = take(heap)
        if not inside[v] and prize[v] > distance[v]:
            while not inside[v]:
                inside[v], distance[v] = True, 0
                offer(heap, v, 0)
                v = graph.tip[came[v] ^ 1]
            continue
        for a in graph.arc[graph.start[v] : graph.start[v + 1]]:
            w = graph.tip[a]
            far = distance[v] + graph.cost[a >> 1]
            if far < distance[w]:
                distance[w], came[w] = far, a
                offer(heap, w, far)
