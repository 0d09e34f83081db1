"""The road network as the planner knows it, and the question put to it in the searches' own terms.

Searches count in whole numbers. Costs that are no whole numbers are cut to multiples of a power of two so
small that their sum has 52 bits: cut downwards, so that a bound under the cut costs is one under the true.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from phusong.plans.steiner.graphs import Graph, label_parts, lay_graph

#: Bits that the sum of all whole costs may have: every partial sum is exact, also as a double.
SUM_BITS = 52


@dataclass(frozen=True, eq=False)
class Network:
    """Hold an undirected network: loops left out, of parallel edges the cheapest, in a fixed order.

    Parameters
    ----------
    vertices : number of vertices.
    tail, head : ends of the edges, the lower first [edges].
    cost : of the edges, ≥ 0 [edges].
    row : row of each edge among those the network was made from [edges].
    """

    vertices: int
    tail: np.ndarray
    head: np.ndarray
    cost: np.ndarray
    row: np.ndarray

    def total(self, edges: np.ndarray) -> float:
        """Return the cost of edges, rounded once, hence the same in whatever order they come."""
        return math.fsum(self.cost[edges])


class Task(NamedTuple):
    """Hold the part of a network that can be reached from its roots, which are one vertex of it.

    Parameters
    ----------
    graph : that part; terminals are the root and whatever is to be joined.
    root : vertex the roots have become.
    edge : edge of the network that each edge of the graph is [edges].
    place : vertex of the graph that each vertex of the network is, −1 where out of reach [vertices].
    scale : whole costs in a unit of cost.
    """

    graph: Graph
    root: int
    edge: np.ndarray
    place: np.ndarray
    scale: float


def build_network(
    tail: np.ndarray, head: np.ndarray, cost: np.ndarray, *, vertices: int
) -> Network:
    """Return the network of edges given by their two ends.

    Parameters
    ----------
    tail, head : ends of the edges, 0 to `vertices` − 1 [edges].
    cost : of the edges, finite and ≥ 0 [edges].
    vertices : number of vertices.

    Raises
    ------
    ValueError
        If an end is no vertex, or a cost is negative or not finite; the row is named.
    """
    ends = np.sort(np.column_stack([tail, head]).astype(np.int64).reshape(-1, 2), axis=1)
    costs = np.asarray(cost, np.float64).reshape(-1)
    _refuse(np.any((ends < 0) | (ends >= vertices), axis=1), "ends at no vertex")
    _refuse(~(np.isfinite(costs) & (costs >= 0)), "has no cost ≥ 0")
    order = np.lexsort((costs, ends[:, 1], ends[:, 0]))
    u, v = ends[order].T
    first = np.ones(len(order), np.bool_)
    first[1:] = (u[1:] != u[:-1]) | (v[1:] != v[:-1])
    row = order[first & (u != v)]
    return Network(vertices, ends[row, 0], ends[row, 1], costs[row], row)


def _refuse(wrong: np.ndarray, what: str) -> None:
    """Refuse edges of which one is marked, naming it."""
    if wrong.any():
        raise ValueError(f"edge {int(np.argmax(wrong))} {what}")


def set_task(network: Network, *, roots: np.ndarray, terminals: np.ndarray) -> Task:
    """Return the question how to join terminals to roots, over what can be reached.

    Without roots it is how to join the terminals with each other: those of the connected part that
    has most of them, and one of them is the root.

    Raises
    ------
    ValueError
        If a root or a terminal is no vertex of the network.
    """
    roots, terminals = _vertices(network, roots, "root"), _vertices(network, terminals, "terminal")
    merged = np.arange(network.vertices)
    merged[roots] = roots.min(initial=network.vertices)
    tail, head = merged[network.tail], merged[network.head]
    whole, scale = _cut_costs(network.cost)
    part = _label(tail, head, whole, network.vertices)
    root = _choose_root(merged, part, roots, terminals)
    reached = part == part[root]
    number = np.cumsum(reached & (merged == np.arange(network.vertices))) - 1
    place = np.where(reached[merged], number[merged], -1)
    edge = np.flatnonzero(reached[tail] & (tail != head))
    wanted = np.zeros(number[-1] + 1, np.bool_)
    wanted[place[terminals[place[terminals] >= 0]]] = True
    wanted[place[root]] = True
    graph = lay_graph(place[tail[edge]], place[head[edge]], whole[edge], wanted)
    return Task(graph, int(place[root]), edge, place, scale)


def _vertices(network: Network, numbers: np.ndarray, what: str) -> np.ndarray:
    """Return vertices, each once and in order, refusing what is none."""
    unique = np.unique(np.asarray(numbers, np.int64))
    if len(unique) and not (unique[0] >= 0 and unique[-1] < network.vertices):
        raise ValueError(f"a {what} is no vertex: {unique[0] if unique[0] < 0 else unique[-1]}")
    return unique


def _label(tail: np.ndarray, head: np.ndarray, cost: np.ndarray, vertices: int) -> np.ndarray:
    """Return the number of the connected part of every vertex."""
    plain = tail != head
    nobody = np.zeros(vertices, np.bool_)
    return label_parts(lay_graph(tail[plain], head[plain], cost[plain], nobody))


def _choose_root(
    merged: np.ndarray, part: np.ndarray, roots: np.ndarray, terminals: np.ndarray
) -> int:
    """Return the merged root, or the first terminal of the part that has most; vertex 0 for neither."""
    if len(roots):
        return int(merged[roots[0]])
    if not len(terminals):
        return 0
    crowd = np.bincount(part[terminals])
    return int(terminals[np.argmax(crowd[part[terminals]])])


def _cut_costs(cost: np.ndarray) -> tuple[np.ndarray, float]:
    """Return costs as whole numbers, and how many of these make a unit."""
    total = float(cost.sum())
    if total < 2.0**SUM_BITS and np.array_equal(cost, np.floor(cost)):
        return cost.astype(np.int64), 1.0
    scale = 2.0 ** (SUM_BITS - 1 - math.frexp(total)[1])
    return np.floor(cost * scale).astype(np.int64), scale
