"""The cheapest trenches that join fibre to hamlets, and how far from the cheapest they can be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from phusong.plans.steiner.network import Network, Task, set_task
from phusong.plans.steiner.search import Search


@dataclass(frozen=True, eq=False)
class Tree:
    """Hold the edges that join terminals to roots.

    Parameters
    ----------
    edges : rows of the edges, as the network was given them, in order.
    cost : their cost.
    lower_bound : no set of edges that joins as much costs less.
    gap : share of the cost by which the tree could at most be dearer than the cheapest, 0 where proven.
    unreached : terminals to which no way leads, in order.
    """

    edges: np.ndarray
    cost: float
    lower_bound: float
    gap: float
    unreached: np.ndarray


def connect_terminals(
    network: Network, *, roots: np.ndarray, terminals: np.ndarray, seed: int, effort: int
) -> Tree:
    """Return the cheapest tree that was found, and a bound under the cheapest there is.

    The answer depends on what is asked and on the seed, not on the order of rows nor on the machine.

    Parameters
    ----------
    network : the network.
    roots : vertices that are joined already, such as live nodes of fibre; with none, the terminals are
        joined with each other.
    terminals : vertices to be joined.
    seed : of the random numbers.
    effort : rounds of search, 1 or more; the search ends before where the tree is proven cheapest.

    Raises
    ------
    ValueError
        If a root or terminal is no vertex of the network, or the effort is below 1.
    """
    if effort < 1:
        raise ValueError(f"effort {effort} is no number of rounds")
    task = set_task(network, roots=roots, terminals=terminals)
    search = Search(task.graph, task.root, np.random.default_rng(seed))
    search.run(effort, recombine=True)
    edges = task.edge[search.edges]
    cost = network.total(edges)
    bound = min(search.bound / task.scale, cost)
    return Tree(
        edges=np.sort(network.row[edges]),
        cost=cost,
        lower_bound=bound,
        gap=(cost - bound) / cost if cost > 0 else 0.0,
        unreached=find_unreached(task, terminals),
    )


def find_unreached(task: Task, terminals: np.ndarray) -> np.ndarray:
    """Return the terminals to which no way leads, each once and in order."""
    unique = np.unique(np.asarray(terminals, np.int64))
    return unique[task.place[unique] < 0]
