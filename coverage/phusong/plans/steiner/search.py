"""The search: bound and tree by turns, on a graph that shrinks as they close in on each other.

A round ascends from another root. The arcs it pays in full make a small graph, in which a tree is grown and
then improved (ascend and prune: Polzin 2003; Pajor, Uchoa & Werneck 2018). Whatever no tree better than
the best known one can use is dropped, so that later rounds are quicker and their bounds higher. Trees
found are put together, and the same search on nothing but their edges finds the best of their parts.
"""

from __future__ import annotations

import numpy as np

from phusong.plans.steiner.ascent import ascend, find_useful
from phusong.plans.steiner.graphs import FAR, Graph, arc_costs
from phusong.plans.steiner.growing import grow_tree
from phusong.plans.steiner.improving import improve_tree
from phusong.plans.steiner.reductions import Shrunk, shrink_graph

#: Vertices a reduction's search for another way may look at.
REACH = 200
#: Trees kept, and trees put together at a time.
POOL, PARENTS = 10, 4
#: Share of the edges that must be superfluous before a graph is laid anew.
WORTH_SHRINKING = 0.02


class Search:
    """Search one graph for its cheapest tree, and for a bound under it.

    Parameters
    ----------
    graph : the graph; its terminals are connected with each other.
    root : a terminal.
    rng : random numbers.
    """

    def __init__(self, graph: Graph, root: int, rng: np.random.Generator) -> None:
        self.rng = rng
        self.graph = graph
        self.now = shrink_graph(graph, root, reach=REACH)
        self.best = int(FAR)
        self.bound = 0
        self.trees: list[tuple[int, np.ndarray]] = []

    @property
    def done(self) -> bool:
        """Return whether the best tree is proven to be the cheapest."""
        return self.bound >= self.best

    @property
    def edges(self) -> np.ndarray:
        """Return the edges of the best tree."""
        return self.trees[0][1]

    def run(self, rounds: int, *, recombine: bool) -> None:
        """Search for a number of rounds, or until the best tree is proven to be the cheapest."""
        for number in range(rounds):
            self._round(number)
            if recombine and number % 2 == 1 and not self.done:
                self._recombine()
            if self.done:
                return

    def keep_tree(self, edges: np.ndarray) -> None:
        """Keep a tree of the graph as it was at first."""
        cost = int(self.graph.cost[edges].sum())
        if any(cost == c and np.array_equal(edges, e) for c, e in self.trees):
            return
        self.trees = sorted([*self.trees, (cost, edges)], key=lambda t: t[0])[:POOL]
        self.best = self.trees[0][0]

    def _round(self, number: int) -> None:
        """Ascend once, grow a tree from what is paid, and drop what is superfluous."""
        graph, root = self.now.graph, self._pick_root(number)
        fixed = int(self.graph.cost[self.now.fixed].sum())
        if number == 0 or graph.terminal.sum() < 2:
            self._grow(arc_costs(graph), root)
        left = arc_costs(graph)
        bound = ascend(graph, left, root, graph.terminal)
        if bound >= FAR:
            self.bound = self.best
            return
        self._grow(np.where(left == 0, arc_costs(graph), FAR), root)
        self.bound = max(self.bound, min(fixed + int(bound), self.best))
        if not self.done:
            useful = find_useful(graph, left, root, graph.terminal, self.best - fixed - int(bound))
            self._shrink(useful[0::2] | useful[1::2])

    def _pick_root(self, number: int) -> int:
        """Return the root at first, later a terminal by lot."""
        if number == 0:
            return self.now.root
        return int(self.rng.choice(np.flatnonzero(self.now.graph.terminal)))

    def _grow(self, weight: np.ndarray, root: int) -> None:
        """Grow a tree over arcs of a weight, improve it over the whole graph, and keep it."""
        graph = self.now.graph
        inside = grow_tree(graph, weight, root, graph.terminal)
        up = improve_tree(graph, inside, root)
        self.keep_tree(self.now.expand(np.unique(up[up >= 0] >> 1)))

    def _shrink(self, keep: np.ndarray) -> None:
        """Leave out edges that no better tree can use."""
        if (~keep).sum() > WORTH_SHRINKING * len(keep):
            inner = shrink_graph(self.now.graph, self.now.root, reach=REACH, keep=keep)
            self.now = compose(self.now, inner)

    def _recombine(self) -> None:
        """Search among the edges of a few good trees."""
        picked = self.rng.permutation(len(self.trees))[:PARENTS]
        union = np.zeros(len(self.graph.cost), np.bool_)
        for i in picked:
            union[self.trees[i][1]] = True
        root = int(np.flatnonzero(self.graph.terminal)[0])
        part = shrink_graph(self.graph, root, reach=REACH, keep=union)
        inner = Search(part.graph, part.root, self.rng)
        inner.run(PARENTS, recombine=False)
        self.keep_tree(part.expand(inner.edges))


def compose(outer: Shrunk, inner: Shrunk) -> Shrunk:
    """Return a reduction of a reduced graph as a reduction of the graph before both."""
    lengths = np.diff(outer.start)
    sizes = lengths[inner.told]
    start = np.concatenate([[0], np.cumsum(sizes)])
    offset = np.repeat(outer.start[inner.told] - start[:-1], sizes)
    told = outer.told[offset + np.arange(start[-1])]
    place = np.where(outer.place >= 0, inner.place[outer.place], -1)
    fixed = outer.expand(inner.fixed)
    return Shrunk(inner.graph, inner.root, fixed, told, start[inner.start], place)
